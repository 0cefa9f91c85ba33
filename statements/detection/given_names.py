"""Given names and the gender they usually tell.

A data module: general knowledge, used only to choose between "he" and "she" and to
see that two capitalised words are a person. A name of both genders tells none.
"""

from __future__ import annotations

import unicodedata

_MALE = """
aaron abdel abdul abdullah abel abraham adam adolf ahmad ahmed ahmet aidan akira al
alan albert alec alejandro aleksandr alessandro alex alexander alexandre alexei
alfonso alfred alfredo ali alistair allen alois alvaro alvin ambrose amir anatoly
anders andre andrei andres andrew andy angus anil ansel anthony antoine antonio antony
ari arjun armando arne arnold arthur arturo arvid ashok ashraf asif augusto aurel
austin axel aziz barack barney barry bart bashar bashir bela ben benedict benito
benjamin benny bernard bernie bert bill billy bob bobby bogdan boris brad bradley bram
brandon branko brent bret brett brian bruce bryan burt byron caleb calvin carl carlos
cecil cedric cesar charles charlie chester chip chris christian christoph christopher
chuck clarence claude clay clayton clement cliff clint clive cody colin connor conor
corey cory craig curt curtis cyril cyrus dale dan daniel danny darrell darren dave
david davit dean deepak demetrius denis dennis derek desmond devin dick diego dieter
dietrich dirk dmitri dmitry dominic don donald donovan doug douglas duncan dwayne
dwight earl ed eddie edgar edmund edouard eduardo edward edwin edwy efraim ehud einar
eli elias elijah elliot elliott elmer elon emanuel emil emilio emmanuel emre enrique
enzo eric erik ernest ernesto ernst erwin ethan etienne eugene evan evgeny fabio
fabrice faisal fareed farid farouk federico felipe felix ferdinand fernando fidel
filip florian francis francisco francois frank franklin franz fred frederick fredrik
fritz fyodor gabriel garrett gary gavin geert gene geoff geoffrey georg george gerald
gerard gerardo gerhard gerry gilbert giorgio giovanni giuseppe glen glenn goran gordon
graham grant greg gregg gregory guido guillermo gunnar gunther gus gustav gustavo guy
habib hakan hakim hamid hamza hans harold harrison harry harvey hasan hashim hassan
hector heinrich heinz helmut henry herbert herman hiroshi holger horst howard hugh
hugo hussein ian ibrahim idris ignacio igor ilya imran ingo irving isaac ismael ismail
ivan ivo jacek jack jacob jacques jaime jake jakob jamal james janos jared jason
javier jay jean jeb jeff jeffrey jens jeremy jerome jerry jesse jesus jim jimmy
joachim joaquin joe joel johan johannes john johnny jon jonas jonathan jorge jose
josef joseph josh joshua jozef juan judd julian julio julius jurgen justin karel karim
karl kasper keith kemal ken kenji kenneth kenny kent kevin khaled khalid kirk klaus
kofi konrad konstantin kristian kurt kyle lajos lamar lance larry lars laszlo laurence
lawrence lee leif leo leon leonard leonid leopold leroy lester lewis liam lindsey
lionel lloyd lorenzo lou louis lucas ludwig luigi luis lukas luke luther magnus mahdi
mahmoud malcolm manfred manoj manuel marc marco marcus marek mariano mario mark
marshall martin marty marvin mathew mathias mats matt matthew mattias maurice mauricio
max maximilian maxwell mehmet mel micah michael mick miguel mike mikhail milan milos
mirko mitch mitchell mitt mohamed mohammad mohammed mohsen moshe muhammad murray
mustafa nabil naftali narendra nasser nathan nathaniel neal ned neil nelson newt
nicholas nick nicolas nigel nikola nikolai nils noah noam norbert norman olaf olav
oleg oliver olivier omar oren orhan orlando osama oscar oskar osman otmar otto owen
pablo pascal patrick paul pavel pedro pete peter phil philip philippe phillip piero
pierre piet pieter prakash preston radek rafael rahm rainer rajiv ralph ramesh ramon
rand randall randy rashid raul ravi ray raymond recep reginald reince reinhard rex
ricardo rich richard rick ricky rob robert roberto rod roderick rodney rodrigo roger
roland rolf roman ron ronald rory roy ruben rudolph rudy rupert rurik russ russell
rustam ryan sadiq saeed saif salman salvador sam samuel sanjay santiago saul scott
sean sebastian selim serge sergei sergey sergio seth shaun shawn sheldon shimon shinzo
sidney sigmund sigurd silvio simon slobodan soren stan stanislav stanley stefan
stefano stephen steve steven stewart stuart sven tadeusz tarek tariq ted teddy teodor
terrence terry thaddeus theodore thomas thorsten tibor tim timothy tobias toby todd
tom tomas tomasz tommy tony torsten travis trent trevor trey tyler ulf ulrich umar uwe
vaclav valentin vasily vernon victor vikram viktor vince vincent vito vivek vladimir
volodymyr waleed walid wallace walter warren wayne werner wesley wilbur wilfred
wilhelm will willard william willie wim winston wojciech wolf wolfgang woodrow xavier
yair yannick yasser yitzhak yoweri yukiya yuri yusuf yuval zach zachary zbigniew
zoltan
"""
_FEMALE = """
abby abigail adela adelaide adele adriana adrienne agata agnes agnieszka aida aiko
aisha akemi alejandra aleksandra alena alessandra alexandra alexandria alexis alice
alicia alison allison alma amanda amber amelia amina amira amparo amy ana anastasia
andrea angela angelina angie anita anja ann anna anne anneke annette annie annika
antje antonia anya april ariana arlene asha ashley astrid audrey ava ayesha aylin
barbara beata beatrice becky bella berit bernadette beth betsy bettina betty beverly
birgit birgitta blanca blanche bonnie brenda brianna bridget brigitte brittany camila
camille candace carina carla carlotta carly carmen carol carole caroline carolyn
carrie catherine cathy cecile cecilia celia charlotte chelsea cheryl chiara chloe
christiane christina christine cindy claire clara clarissa claudia colleen concepcion
condoleezza connie consuelo courtney cristina crystal cynthia dagmar daisy dana
daniela danielle daphne darlene dawn debbie deborah debra delphine denise diana diane
dianne dilma dina dolores donna dora doris dorothea dorothy ebba edith eileen elaine
eleanor elena elif elina elisabeth elise elizabeth elke ella ellen ellie eloise elsa
elvira emilia emily emine emma erica erin esperanza estelle ester esther ethel eva eve
evelyn evgenia farah fatima fatma faye federica felicia fiona florence frances
francesca francine frida friederike gabriela gail genevieve georgia geraldine gertrude
gina ginger gita giulia gladys glenda gloria golda grace greta gretchen gudrun gunilla
gwen halina hanna hannah hanne harriet hazel heather hedwig heidi helen helena helga
hilary hilda hildegard hillary hiromi holly hope huma ida ilse ines inga inge ingeborg
inger ingrid ioana irene irina iris isabel isabella isabelle isolde ivana ivanka
jackie jacqueline jadwiga jamila jan jana jane janet janice janine jasmine jean jeanne
jen jenna jennifer jenny jessica jill joan joanna joanne jocelyn jodi johanna jolanta
jonna josephine joy joyce juanita judit judith judy julia juliana julie june justyna
kaisa kajsa kamala karen karin karina karine karla kate katharine katherine kathleen
kathrin kathryn kathy katie katja katrina katya kay kayla keiko kelly kellyanne kendra
khadija kimberly kirsi kirsten klara kristen kristin kristina kristine laila lara
latifa latoya laura lauren laurie leah leila lena leona leslie leticia leyla lidia
lillian lily linda linnea lisa lisbeth liv liz lois loretta lori lorraine lotta lotte
louise lucia lucie lucille lucy ludmila luisa lupita lydia lynn mabel madeleine
madeline magda magdalena maggie malala malin manuela mara marcela marcia maren
margaret margarete margarita margot margrethe margriet maria mariam marian mariana
marianne marie marieke marilyn marina marissa marit marjorie marlene marsha marta
martha martina mary maryam mathilde matilda maureen maxine maya megan melania melanie
melinda melissa mercedes meredith mette michaela michele michelle mildred milena mimi
minna miranda miriam mirja mitzi molly mona monica monique muriel nadezhda nadia nadja
nafisa naima nancy naomi nasrin natalia natalie natalya natasha nathalie neha nellie
nicole nikki nina noor nora norma oda odette oksana olena olga olivia opal ottilie
pamela paola patricia patsy patti paula pauline peggy penelope penny petra phyllis
pilar pippa polina priscilla priti rachel ragna ragnhild raisa ramona rania raquel
rebecca regina renata renate renee rhonda rita roberta robin rochelle ronna rosa
rosalia rosalind rosalyn rose rosemary roxanne ruta ruth sabrina safiya sally salma
samantha samira sandra sandy sanna saoirse sara sarah selena serena sharon sheila
shelley sheryl shirin shirley sigrid silke silvia simone sinead sofia solveig sonia
sonya sophia sophie soraya stacey stacy stella stephanie sue sunita susan susana
susanna susanne suzanne svetlana sylvia tamar tamara tammy tamsin tanya tara tatiana
tatyana teresa terri thelma theresa tiffany tina toni tracy trudy ulla ulrike ursula
valerie vanessa vera veronica veronika vesna vicki victoria vilma viola violeta
virginia vivian wanda wendy whitney wilhelmina wilhelmine wilma winifred xenia yael
yara yasmin yasmine ylva yolanda yulia yvette yvonne zahra zainab zara zeynep zita zoe
zofia zuzana
"""

_EITHER = (
    "jordan taylor casey pat jamie morgan riley cameron avery kim sasha dominique "
    "marion sydney ned jody kerry loren dana robin leslie"
)

_BOTH = frozenset(_MALE.split()) & frozenset(_FEMALE.split())
GENDER: dict[str, str] = {
    **dict.fromkeys(_MALE.split(), "male"),
    **dict.fromkeys(_FEMALE.split(), "female"),
    **dict.fromkeys(_BOTH, ""),
    **dict.fromkeys(_EITHER.split(), ""),
}


def is_given(word: str) -> bool:
    """Is this a given name of the list, accents aside?"""
    return _plain(word) in GENDER


def gender_of(word: str) -> str:
    """male, female, or "" for a name of both or of none."""
    return GENDER.get(_plain(word), "")


def _plain(word: str) -> str:
    low = word.lower()
    if low.isascii():
        return low
    flat = unicodedata.normalize("NFKD", low)
    return "".join(c for c in flat if not unicodedata.combining(c))

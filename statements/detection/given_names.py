"""Given names and the gender they usually tell.

A data module: general knowledge, used only to choose between "he" and "she" and to
see that two capitalised words are a person. A name of both genders tells none.
"""

from __future__ import annotations

import unicodedata

_MALE = """
aaron abdul abdullah abraham adam adolf ahmed ahmad al alan albert alec alejandro alex
alexander alexei alfred ali allen alvin ambrose amir anders andre andrei andres andrew
andy anthony antonio antony ari arnold arthur ashraf asif augusto austin barack barney
barry bashar bart ben benedict benjamin benny bernard bernie bert bill billy bob bobby
boris brad bradley brandon brent bret brett brian bruce bryan burt byron caleb calvin
carl carlos cecil cesar charles charlie chester chip chris christian christopher chuck
clarence claude clay clayton cliff clint clive cody colin connor conor corey cory
craig curt curtis cyrus dale dan daniel danny darrell darren dave david dean deepak
denis dennis derek desmond devin dick diego dmitri dmitry dominic don donald doug
douglas duncan dwayne dwight earl ed eddie edgar edmund eduardo edward edwin eli elias
elijah elliot elliott elon emilio emmanuel enrique eric erik ernest ernesto ethan
eugene evan farouk felipe felix fernando fidel francis francisco francois frank
franklin fred frederick gabriel garrett gary gavin gene geoff geoffrey george gerald
gerard gerry gilbert giovanni glen glenn gordon graham grant greg gregg gregory
guillermo gunther gus gustavo guy hamid hans harold harrison harry harvey hassan
hector henry herbert herman howard hugh hugo hussein ian ibrahim igor imran irving
isaac ismail ivan jack jacob jacques jaime jake jamal james jared jason javier jay
jean jeb jeff jeffrey jeremy jerome jerry jesse jesus jim jimmy joaquin joe joel
johannes john johnny jon jonathan jorge jose josef joseph josh joshua juan judd julian
julio julius justin karl keith ken kenneth kenny kent kevin khalid kirk klaus kofi
konstantin kurt kyle lance larry lars laurence lawrence lee leo leon leonard leonid
leroy lester lewis liam lindsey lionel lloyd lou louis lucas luis luke luther mahmoud
malcolm manuel marc marco marcus mario mark marshall martin marty marvin mathew matt
matthew maurice max maxwell mel miguel michael micah mick miguel mike mikhail mitch
mitchell mohamed mohammad mohammed moshe muhammad murray nabil narendra nathan
nathaniel neal ned neil nelson newt nicholas nick nicolas nigel nikolai noah noam
norman oleg oliver omar oren orlando oscar osama otto owen pablo patrick paul pedro
pete peter phil philip philippe phillip pierre preston rafael ralph ramon rand randall
randy raul ravi ray raymond recep reginald reince rex ricardo rich richard rick ricky
rob robert roberto rod roderick rodney rodrigo roger roland roman ron ronald rory roy
ruben rudolph rudy rupert russ russell ryan saeed salman salvador sam samuel santiago
saul scott sean sebastian sergei sergey sergio seth shaun shawn sheldon sidney silvio
simon stan stanley stefan stephen steve steven stewart stuart tariq ted teddy teodor
terrence terry thaddeus theodore thomas tim timothy toby todd tom tomas tommy tony
travis trent trevor trey tyler ulrich vernon victor viktor vince vincent vladimir
volodymyr wallace walter warren wayne wesley wilbur will willard william willie
winston wolf woodrow xavier yair yasser yitzhak yoweri yuri yusuf zach zachary
"""
_FEMALE = """
abby abigail adele adriana adrienne agnes aisha alejandra alexandra alexandria alexis
alice alicia alison allison amanda amber amelia amina amy ana anastasia andrea angela
angelina angie anita ann anna anne annette annie antonia april arlene ashley audrey
ava barbara beatrice becky bella bernadette beth betsy betty bettina beverly blanche
bonnie brenda brianna bridget brigitte brittany camille candace carla carly carmen
carol carole caroline carolyn carrie catherine cathy cecilia cecile celia charlotte
chelsea cheryl christiane christina christine cindy claire clara claudia colleen
condoleezza connie courtney cristina crystal cynthia daisy dana danielle daphne
darlene dawn deborah debbie debra denise diana diane dianne dina donna dora doris
dorothy edith eileen elaine eleanor elena elisabeth elise elizabeth ella ellen ellie
eloise emily emma erica erin esther ethel eva eve evelyn fatima faye fiona florence
frances francesca gabriela gail genevieve georgia geraldine gertrude gina ginger
gladys glenda gloria grace greta gretchen gwen hannah harriet hazel heather heidi
helen helena helga hilary hillary holly hope huma ida ilse ingrid irene iris isabel
isabella ivanka jackie jacqueline jamila jan jane janet janice janine jasmine jean
jeanne jen jenna jennifer jenny jessica jill joan joanna joanne jocelyn jodi josephine
joy joyce juanita judith judy julia juliana julie june kamala karen karin karine karla
kate katharine katherine kathleen kathryn kathy katie katrina kay kayla kelly
kellyanne kendra kimberly kristen kristin kristina latoya laura lauren laurie leah
leila lena leona leslie leticia lillian lily linda lisa liz lois loretta lori lorraine
louise lucia lucille lucy lydia lynn mabel madeleine madeline maggie malala manuela
mara marcia margaret margarita maria mariam marian marianne marie marilyn marina
marissa marjorie marlene marsha martha mary matilda maureen maxine maya megan melania
melanie melinda melissa mercedes meredith michele michelle mildred mimi miranda miriam
mitzi molly mona monica muriel nadia nancy naomi natalia natalie natasha nellie nicole
nikki nina nora norma olga olivia opal pamela patricia patsy patti paula pauline peggy
penelope penny phyllis priscilla priti rachel ramona raquel rebecca regina renata
renee rhonda rita roberta robin rochelle ronna rosa rosalind rosalyn rose rosemary
roxanne ruth sabrina sally samantha sandra sandy sara sarah selena serena sharon
sheila shelley sheryl shirley sofia sonia sonya sophia sophie stacey stacy stella
stephanie sue susan susana susanna suzanne sylvia tamara tammy tanya tara teresa terri
theresa thelma tiffany tina toni tracy trudy ursula valerie vanessa vera veronica
vicki victoria viola virginia vivian wanda wendy whitney wilma winifred yolanda yvette
yvonne zainab zoe
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

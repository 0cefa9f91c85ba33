"""Word lists of English news and statements: verbs of saying, titles, roles, bodies.

A data module, apart from the rules that read it. General knowledge of the language,
written by hand; nothing here was counted from a corpus.
"""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """The words of a string, as a set."""
    return frozenset(words.split())


# Verbs that may stand alone beside a quote: “…,” she said / said the minister.
SAY = word_set(
    """
question remember share snipe recollect
say tell add ask write tweet state note explain reply respond answer argue claim
continue conclude declare insist announce observe remark recall joke quip warn admit
acknowledge concede agree suggest assert contend maintain predict exclaim shout yell
scream whisper mutter murmur comment reiterate repeat emphasize emphasise stress
underscore underline counter counsel retort cry boast brag gush vow promise pledge
caution complain lament confess deny allege charge report post text email opine muse
reason wonder inquire interject intone begin finish conclude urge demand plead beg
advise instruct explain elaborate clarify confirm testify recount relate reveal
disclose read proclaim preach lecture rail fume snap bark bellow thunder chuckle laugh
sigh grumble gripe groan crow chant sing applaud retweet blog venture volunteer
theorize speculate surmise posit affirm reaffirm attest swear propose offer advocate
implore exhort press retaliate chime drawl demur rebut shoot fire scoff sneer quote
paraphrase summarize deadpan riff ruminate reflect reminisce stammer enthuse rant rave
tout pronounce profess protest object marvel decry deplore bemoan grouse vent intimate
"""
)

# Verbs that need an object or complement before the quoted words: called it “…”.
JUDGE = word_set(
    """
accuse acknowledge address admonish agree alert apologise apologize applaud argue
ascribe assail assure attack attribute bash belittle bemoan berate blame blast boast
brand brief call caricature castigate characterise characterize chide cite clarify
coin commend compare condemn confess congratulate convey criticise criticize debate
declare decry deem denigrate denounce depict deride describe disavow discuss dismiss
disparage dub echo entitle estimate excoriate excuse express flag hail hammer herald
highlight imply indicate inform insinuate insult invoke jab joke label lambast lambaste
lament lash
laud liken mention mimic mock mourn mouth needle note notify oblige outline pan parrot
pillory point portray praise proclaim promise pronounce pummel reaffirm reassure
rebuke rebut recognise recognize recommend refer reference refute reject remind
renounce reprimand ridicule rip rue rule savage scold skewer slam spell stipulate taunt
tease term
thank threaten title tout trash tweak utter voice warn welcome
"""
)

# Verbs of wanting, thinking, doing: a quote in their clause may be anybody's.
MILD = word_set(
    """
identify detail
adopt aim air believe bill borrow broadcast celebrate challenge chat command commit
consider converse convince correct credit defend defy deliver direct dispute doubt
employ encourage endorse envision expect fear feel find float forbid foresee go hint
honor hope instruct intend invite issue justify know lay need oppose order persuade
pitch plan pose print prohibit promote publish project raise regard regret release
require resolve salute see seek seem set signal sketch speak summon support suspect
talk think understand unveil use view want worry
"""
)

# Finite forms that regular spelling does not give.
IRREGULAR = {
    "say": "said says saying",
    "tell": "told tells telling",
    "write": "wrote writes writing written",
    "begin": "began begins beginning begun",
    "read": "read reads reading",
    "swear": "swore swears swearing sworn",
    "shoot": "shot shoots shooting",
    "speak": "spoke speaks speaking spoken",
    "think": "thought thinks thinking",
    "feel": "felt feels feeling",
    "know": "knew knows knowing known",
    "understand": "understood understands understanding",
    "see": "saw sees seeing seen",
    "find": "found finds finding",
    "go": "went goes going gone",
    "lay": "laid lays laying",
    "set": "set sets setting",
    "spell": "spelled spelt spells spelling",
    "foresee": "foresaw foresees foreseeing",
    "seek": "sought seeks seeking",
    "forbid": "forbade forbids forbidding",
    "sing": "sang sings singing",
    "cry": "cried cries crying",
    "quip": "quipped quips quipping",
    "brag": "bragged brags bragging",
    "rip": "ripped rips ripping",
    "slam": "slammed slams slamming",
    "plan": "planned plans planning",
    "pan": "panned pans panning",
    "jab": "jabbed jabs jabbing",
    "refer": "referred refers referring",
    "admit": "admitted admits admitting",
    "commit": "committed commits committing",
    "regret": "regretted regrets regretting",
    "blog": "blogged blogs blogging",
    "dub": "dubbed dubs dubbing",
    "beg": "begged begs begging",
    "chat": "chatted chats chatting",
    "snap": "snapped snaps snapping",
    "rebut": "rebutted rebuts rebutting",
    "label": "labeled labelled labels labeling labelling",
    "flag": "flagged flags flagging",
    "email": "emailed emails emailing e-mailed",
    "deny": "denied denies denying",
    "defy": "defied defies defying",
    "mimic": "mimicked mimics mimicking",
    "spin": "spun spins spinning",
    "outbid": "outbid",
    "riff": "riffed riffs riffing",
    "parrot": "parroted parrots parroting",
    "credit": "credited credits crediting",
    "summon": "summoned summons summoning",
    "offer": "offered offers offering",
    "counter": "countered counters countering",
    "utter": "uttered utters uttering",
    "whisper": "whispered whispers whispering",
    "mutter": "muttered mutters muttering",
    "wonder": "wondered wonders wondering",
    "alter": "altered alters altering",
    "pronounce": "pronounced pronounces pronouncing",
}

# Nouns that hold words: in a statement, his claim that, the letter read.
SAYING_NOUNS = word_set(
    """
statement statements remark remarks comment comments claim claims assertion letter
letters memo email emails e-mail tweet tweets post posts message messages interview
speech speeches address op-ed column article editorial essay book memoir report
testimony affidavit words phrase slogan motto vow pledge promise warning call calls
question answer reply response quote line joke quip declaration announcement
communique communiqué resolution document documents opinion ruling decision order
release note notes text texts transcript brief filing complaint lawsuit petition
"""
)

# Who speaks for something, or what may be quoted: the head of a speaker in words.
ROLES = word_set(
    """
spokesman spokeswoman spokesperson spokesmen spokespeople president minister secretary
ambassador senator congressman congresswoman representative governor mayor official
officials adviser advisor advisers advisors aide aides strategist strategists analyst
analysts expert experts professor director chairman chairwoman chair chief
head leader leaders commissioner commissioners commander general admiral judge justice
attorney lawyer lawyers prosecutor prosecutors candidate candidates nominee nominees
lawmaker lawmakers legislator legislators critic critics supporter supporters opponent
opponents rival rivals voter voters activist activists organizer host anchor reporter
reporters journalist columnist editor author historian economist scientist scientists
scholar researcher researchers student teacher doctor physician nurse veteran soldier
officer officers agent agents investigator investigators source sources witness
witnesses man woman men women person people boy girl father mother son daughter
brother sister wife husband friend friends colleague colleagues neighbor resident
residents businessman businesswoman entrepreneur billionaire mogul developer executive
executives manager consultant pollster moderator delegate delegates member members
envoy diplomat diplomats deputy counsel counselor treasurer founder co-founder
president-elect vice-president undersecretary
democrat democrats republican republicans conservative conservatives liberal liberals
progressive progressives libertarian socialist tycoon celebrity star actor actress
comedian singer rapper musician artist writer blogger radio pundit pundits
commentator
commentators pastor priest bishop pope rabbi imam reverend king queen prince princess
duke senator-elect front-runner frontrunner contender hopeful hopefuls incumbent
challenger protester protesters demonstrator demonstrators attendee crowd audience
fan fans user users player coach captain trainer speaker alderman
councilman councilwoman sheriff
"""
)
BODIES = word_set(
    """
campaign committee commission council agency bureau office department ministry
administration government court congress senate house parliament assembly union
league party organization organisation group groups association federation foundation
institute institution university college school company corporation firm network
newspaper magazine journal site website outlet station channel paper board panel
team coalition alliance movement embassy mission bank fund center centre society
church army police military force forces bloc authority authorities chamber caucus
delegation conference service regime white nations nato osce
"""
)
DOCUMENTS = word_set(
    """
statement report letter memo email e-mail tweet post message article story editorial
column essay op-ed book memoir ad advertisement commercial video poll survey study
document documents transcript filing complaint lawsuit petition ruling opinion decision
order release headline caption sign signs banner poster website page blog bill law
act resolution declaration communique communiqué constitution amendment platform
platform plan proposal text speech song lyrics note script narrator announcer
dossier indictment affidavit invitation press newsletter flier brochure plaque sticker
memorandum rule regulation policy agreement treaty review analysis piece entry
"""
)

# Printed before a name. Gender where the word has one.
COURTESY = {
    "mr": "male",
    "mr.": "male",
    "mister": "male",
    "sir": "male",
    "lord": "male",
    "mrs": "female",
    "mrs.": "female",
    "ms": "female",
    "ms.": "female",
    "miss": "female",
    "lady": "female",
    "dame": "female",
    "madam": "female",
    "dr": "",
    "dr.": "",
    "prof.": "",
    "hon.": "",
}
TITLES = frozenset(
    ["under secretary", "under\u00a0secretary", "first lady", "first\u00a0lady"]
) | word_set(
    """
president vice-president minister premier chancellor secretary undersecretary
under-secretary ambassador senator sen. sens. representative rep. reps. congressman
congresswoman governor gov. govs. mayor spokesman spokeswoman spokesperson
spokespersons director chairman chairwoman chair chairperson chief head leader
commissioner commander general gen. admiral adm. colonel col. lt. lieutenant major
maj. captain capt. sergeant sgt. judge justice attorney atty. prosecutor professor
prof. prof doctor rev. reverend pastor bishop archbishop cardinal pope rabbi imam king
queen prince princess duke sheikh sheik ayatollah sir envoy representative deputy
assistant administrator adviser advisor counselor counsel coordinator delegate speaker
whip treasurer comptroller auditor superintendent officer ceo cfo coo founder
co-founder chairman co-chair host anchor correspondent reporter columnist editor
candidate nominee rival strategist pollster activist historian economist analyst
author actor actress singer rapper comedian billionaire businessman businesswoman
mogul father mother son daughter brother sister wife husband detective sheriff
inspector constable councilman councilwoman councilor assemblyman assemblywoman
lawmaker legislator aide consultant lawyer manager expert executive officials official
member coach brig. gen solicitor surgeon undersecretaries secretary-general rapporteur
commissioner-general dean chaplain rt. hon. deputies mr mr. mrs mrs. ms ms. miss dr
dr. lord lady dame hon. president-elect
"""
)
# Words that open a title: Acting, Deputy, Permanent ... never a given name.
TITLE_PARTS = word_set(
    """
acting deputy assistant associate principal senior chief vice former ex prime foreign
permanent special under state national press interim executive general lead managing
staff democratic republican communications campaign political policy media
"""
)
WOMEN_WORDS = word_set(
    """
spokeswoman congresswoman chairwoman businesswoman councilwoman assemblywoman woman
actress mother daughter sister wife queen princess duchess girl lady grandmother aunt
"""
)
MEN_WORDS = word_set(
    """
spokesman congressman chairman businessman councilman assemblyman man actor father son
brother husband king prince duke boy pope pastor bishop grandfather uncle
"""
)

# Never a name when capitalised: they only open a sentence.
OPENERS = word_set(
    """
a an the this that these those there here it its it's he she they we you i him her them
his their our your my me us who whom whose what which when where why how if in on at
by to for from with without within of off out over under up down into onto upon about
above across after against along among amid amidst around as aside because before
behind below beneath beside besides between beyond but and or nor so yet both either
neither not no never now then thus hence however moreover meanwhile instead indeed
still also even just only later earlier today yesterday tomorrow tonight once since
during despite although though while until till unless whereas whether per via
according asked all any each every few many more most much other others another
some several such same own first second third last next previous recently
finally perhaps maybe yes ok okay well oh according following given
including regarding concerning based speaking writing responding referring
although another anyone anything everyone everybody everything nobody nothing
someone something one two three four five six seven eight nine ten dozens hundreds
is are was were be been being am do does did has have had can could may might must
shall should would let's let don't didn't isn't wasn't won't can't couldn't
said says saying added adding told telling noted noting
read watch see click photo image video advertisement related update correction
like unlike throughout toward towards through than too very
asked pressed told perhaps clearly obviously certainly
"""
)
DAYS = word_set(
    """
monday tuesday wednesday thursday friday saturday sunday january february march april
may june july august september october november december jan. feb. mar. apr. jun. jul.
aug. sept. sep. oct. nov. dec. mon. tues. wed. thurs. fri. sat. sun.
"""
)
# Last words of names that are no person's.
NOT_PERSON = word_set(
    """
department ministry committee commission council agency bureau office administration
government court congress senate house parliament assembly union league party
organization organisation group association federation foundation institute university
college school company corporation corp. corp inc. inc co. llc network news times post
journal tribune herald magazine press daily gazette chronicle review guardian board
bank fund center centre society church army navy corps force forces development
housing urban homeland veterans interior science technology environment relations
management budget communications rights star sun states kingdom nations republic
emirates street avenue hill city county state island islands river valley bay beach
park square hall tower building hotel airport base day week month year act bill law
amendment agreement treaty accord accords deal war wars world cup games bowl awards
award prize show tonight live today morning america american americans republicans
democrats conservatives liberals muslims christians jews service services security
intelligence affairs defense defence justice treasury commerce labor energy education
health transportation agriculture campaign convention conference summit mission
embassy program project initiative strategy plan policy east west north south africa
asia europe york jersey hampshire carolina dakota virginia mexico zealand facebook
twitter google apple microsoft cnn msnbc nbc abc cbs fox pbs npr
sea ocean strait shoal command fleet jet trade democratic republican democrat gop
coalition alliance festival railway station cathedral temple mosque hospital clinic
laboratory index poll survey caucus primary election elections museum library bridge
conservative liberal caucuses partnership authority region peninsula border capitol
"""
)
# Sub-titles after a name.
SUFFIXES = word_set("jr jr. sr sr. ii iii iv esq. ph.d. m.d. md phd")
PARTICLES = word_set(
    "& al bin ibn abu el von van der den de del della di da dos du la le ter ben st."
)

# Words that begin a prepositional phrase.
PREPOSITIONS = word_set(
    """
of in on at by to for from with without within over under into onto upon about above
across after against along among amid around before behind below between beyond during
inside like near off outside past per since through throughout toward towards until
via versus vs. vs despite regarding concerning unlike alongside amongst
"""
)
CONJUNCTIONS = word_set(
    "and or but nor so yet because although though while whereas if when whether "
    "unless until since as that which who whom whose where why how than what"
)
AUXILIARIES = word_set(
    """
cannot has have had having is are was were be been being am do does did can could
may might must shall should will would not never n't hasn't haven't hadn't isn't
aren't wasn't weren't doesn't don't didn't can't couldn't won't wouldn't shouldn't to
"""
)
ADVERBS = word_set(
    """
also then later once again even just only often always sometimes still already now
recently earlier first last long ever quite rather further furthermore famously
soon thus therefore instead simply too repeatedly merely reportedly both all
previously subsequently then-publicly back since yesterday today
"""
)
PRONOUNS = {
    "he": "male",
    "she": "female",
    "they": "plural",
    "i": "first",
    "we": "first",
    "it": "thing",
    "you": "second",
}
OBJECT_GENDER = {"him": "male", "his": "male", "her": "female"}
OBJECTS = word_set("him her them me us it himself herself themselves itself myself")
POSSESSIVES = word_set("his her their its my our your whose")
DETERMINERS = word_set(
    """
the a an this these those some any each every one two three four five several
many most few another no both all other more his her their its my our your
"""
)
# Party and nation words that stand before a name without being part of it.
PARTIES = word_set(
    """
republican democrat democratic independent libertarian conservative liberal labour
green gop socialist american british french german russian chinese israeli iranian
canadian mexican australian japanese indian syrian ukrainian turkish republicans
democrats fellow
"""
)

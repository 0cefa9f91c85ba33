"""The demo's statements of 2025."""

from __future__ import annotations

from datetime import date

from .recording import AUDIO, TRANSCRIPT
from .shapes import DemoStatement, prose

_QUOTA = prose("""
The Ministry of Fisheries and the Strait and the skippers of Sandholm have agreed on
how the catch of the summer is shared. The quota is __TONNES__ tonnes, a tenth less
than last year.

“We divided what there __IS__, not what we remember,” said Minister Hollis Renner after
the meeting, which lasted until four in the morning. Boats under twelve metres receive
two fifths of the quota. They “leave the least behind on the sea bed,” Renner
explained, “and the most in the village.”

For the first time the talks were held on the quay and not in the capital. The figures
of the survey hung on the wall of the ice house, where anybody could check them
against a logbook, and several people did. Two errors were found in the tables of the
Ministry before midnight and one in a logbook after it. All three were corrected with
the same pencil.

The agreement refers to General Assembly resolution 76/300. Nobody on the quay had
asked for that. Renner told reporters that an old skipper had brought a printed copy,
underlined in pencil, and that “[h]e made me read the second paragraph aloud before he
would sit down.”

The closed ground off Sandholm stays closed. The survey of its first winter shows
young herring at nine of twelve stations, which the Ministry called “a sign and not
yet a fact.”
""")

STATEMENTS = (
    DemoStatement(
        key="ice-briefing",
        title="Briefing: ice, ferries and the mail",
        slug="briefing-ice-ferries-and-the-mail",
        dated=date(2025, 1, 21),
        kind="briefing",
        issuer="ministry-of-foreign-affairs",
        desk="The Strait",
        tags=("Northern Strait", "Food security"),
        summary=(
            "Spokesperson Ilse Okafor on the crossing to Estmark, with the recording "
            "and its transcript."
        ),
        body=prose("""
Spokesperson Ilse Okafor briefed reporters in Harrowmere on Tuesday about the ice in
the Northern Strait.

The ferry to Estmark sails on three days of the week until the end of the month. “It
is slow, it is cold, and it is full,” Okafor said. “Please bring a book and be kind to
the crew.”

The mail goes first. Medicine, letters and seed potatoes are loaded before cars, she
explained, “because a car can wait and an insulin pen cannot.”

Asked whether ships with food were being held again, the Spokesperson recalled
Security Council resolution 2417 and the order that followed from it at home.

“No ship with food on board has waited more than six hours this winter. I have the
list here, and you may read it. If it ever becomes seven hours, you will find a
signature beside it, and you will hear from me before you have to ask.”

There will be no ferry on Sundays this winter. The Spokesperson said that she knew
what this means for families on both shores. “The crew has to sleep,” she added.

The next briefing is on Friday at ten.
"""),
        speakers=(
            ("It is slow, it is cold", "ilse-okafor"),
            ("Please bring a book", "ilse-okafor"),
            ("because a car can wait", "ilse-okafor"),
            ("No ship with food", "ilse-okafor"),
            ("The crew has to sleep", "ilse-okafor"),
        ),
        cites=("S/RES/2417 (2018)",),
        audio=AUDIO,
        transcript=TRANSCRIPT,
    ),
    DemoStatement(
        key="new-prime-minister",
        title="Maren Achterberg becomes Prime Minister",
        slug="maren-achterberg-becomes-prime-minister",
        dated=date(2025, 3, 1),
        kind="press-release",
        issuer="office-of-the-prime-minister",
        desk="Home affairs",
        tags=("Multilateralism",),
        summary="Casimir Oduya hands over the office after four years.",
        body=prose("""
Maren Achterberg took the oath as Prime Minister of Vallorn this morning. She succeeds
Casimir Oduya, who had announced in the autumn that he would not stand again.

The handing over took eleven minutes. Oduya gave his successor the keys, a list of
what was left undone and the telephone number of the night watchman, who, he said,
“knows more about this country than the cabinet does.”

“I was wrong about some things and slow about others,” the former Prime Minister told
the staff in the yard. “You were patient with me about both. That is the whole secret
of government, and now you know that I knew it.”

Prime Minister Achterberg, Foreign Minister until yesterday, spoke for less than two
minutes. She will keep the list of her predecessor on her desk, and it will be
published every quarter with whatever has been crossed out. “Nobody is owed my
confidence,” she said. “Everybody is owed my arithmetic.”

The list has forty-seven entries. It begins with the bridge at Sandholm, which three
governments have promised, and ends with the letter of a pupil that had not been
answered. The Prime Minister answered the letter before lunch. The bridge will take
longer.

Foreign Minister of Estmark Aurel Kestrin sent his congratulations with the noon
ferry. In eleven years of talks, he wrote, Vallorn had sent him “opponents, never
strangers.”

In the afternoon she wrote to her colleague in Estmark that the talks on the Northern
Strait go on as agreed. The office of Foreign Minister passes to Tamsin Brandao, who
has led the legal department of the Ministry since 2021, on Monday.
"""),
        speakers=(
            ("knows more about", "casimir-oduya"),
            ("I was wrong about", "casimir-oduya"),
            ("You were patient", "casimir-oduya"),
            ("Nobody is owed", "maren-achterberg"),
            ("Everybody is owed", "maren-achterberg"),
            ("opponents, never", "aurel-kestrin"),
        ),
    ),
    DemoStatement(
        key="first-morning",
        title="Foreign Minister Brandao’s first address to the Ministry",
        slug="foreign-minister-brandaos-first-address",
        dated=date(2025, 3, 4),
        kind="remarks",
        issuer="ministry-of-foreign-affairs",
        desk="Foreign affairs",
        tags=("Multilateralism",),
        summary=(
            "Remarks by Foreign Minister Tamsin Brandao to the staff of the Ministry "
            "of Foreign Affairs."
        ),
        body=prose("""
Remarks by Foreign Minister Tamsin Brandao to the staff of the Ministry of Foreign
Affairs, as prepared for delivery.

Good morning. Most of you have had a memorandum back from me with too much red ink. I
am sorry about the ink. I am not sorry about the commas.

A lawyer who becomes a minister should say what will change. Very little will. We
shall go on saying what we mean, in the order in which it happened. We shall go on
citing things correctly: a resolution has a number, a year and a body that adopted it,
and a reader who wants to check us should be able to do so before the coffee is cold.

One thing will be new. Whatever we publish and later find to be wrong, we correct in
the open. The old words stay where people can read them, with the date and the reason.
Some of you have asked whether that will make us look careless. I put the question to
Dagny Sorrel, who stood at this lectern for longer than any of us and now guards the
honesty of broadcasters. “A ministry that never corrects itself,” she said, “is not
careful. It is just not being read.”

I should like us to be read.

Prime Minister Achterberg told you on Saturday that everybody is owed her arithmetic.
You are owed mine as well. There are four hundred and six of us, nineteen time zones,
counted generously, and one strait. Let us begin with the strait.
"""),
        speakers=(
            ("A ministry that never", "dagny-sorrel"),
            ("is not careful.", "dagny-sorrel"),
        ),
    ),
    DemoStatement(
        key="press-2025",
        title="On the safety of correspondents in the Northern Strait",
        slug="safety-of-correspondents",
        dated=date(2025, 5, 2),
        kind="statement",
        issuer="ministry-of-foreign-affairs",
        desk="Foreign affairs",
        tags=("Press freedom", "Northern Strait"),
        summary=(
            "Vallorn calls for the release of a camera team. Withdrawn on the same day."
        ),
        body=prose("""
The Ministry of Foreign Affairs has learned that a camera team of three was taken from
the ferry to Estmark on Thursday evening and has not been heard of since.

Spokesperson Ilse Okafor called on all who know of the team to come forward.
Resolution 2222 (2015) of the Security Council “does not stop at the water’s edge,”
she said.

The Ministry is in contact with the families and with the Foreign Ministry of Estmark.
"""),
        speakers=(("does not stop at", "ilse-okafor"),),
        cites=("S/RES/2222 (2015)",),
        state="withdrawn",
        withdrawn=(
            "error",
            (
                "The three members of the camera team had missed the ferry and were "
                "found well in Harrowmere an hour after this statement was published."
                " Nobody had been taken from the ship. The Ministry apologises to "
                "them, to their families and to the crew."
            ),
        ),
    ),
    DemoStatement(
        key="quota",
        title="Agreement on the summer catch off Sandholm",
        slug="agreement-on-the-summer-catch",
        dated=date(2025, 6, 5),
        kind="press-release",
        issuer="ministry-of-fisheries-and-the-strait",
        desk="The Strait",
        tags=("Environment", "Northern Strait"),
        summary="Small boats receive two fifths of a smaller quota.",
        body=_QUOTA.replace("__TONNES__", "14,200").replace("__IS__", "was"),
        speakers=(
            ("We divided what there", "hollis-renner"),
            ("leave the least behind", "hollis-renner"),
            ("and the most in", "hollis-renner"),
            ("[h]e made me read", "hollis-renner"),
            ("a sign and not yet", "ministry-of-fisheries-and-the-strait"),
        ),
        cites=("A/RES/76/300",),
        state="corrected",
        correction=(
            _QUOTA.replace("__TONNES__", "12,400").replace("__IS__", "is"),
            (
                "The first edition gave the quota as 14,200 tonnes. It is 12,400 "
                "tonnes: two figures had changed places. It also misheard the "
                "Minister, who spoke of what there is."
            ),
        ),
    ),
    DemoStatement(
        key="youth",
        title="A seat is not a voice",
        slug="a-seat-is-not-a-voice",
        dated=date(2025, 8, 12),
        kind="editorial",
        issuer="ministry-of-foreign-affairs",
        desk="Foreign affairs",
        tags=("Youth", "Northern Strait"),
        summary=(
            "Nearly ten years after resolution 2250 the young delegates to the strait "
            "talks have a vote. An editorial for International Youth Day."
        ),
        body=prose("""
When the Security Council adopted resolution 2250 (2015), the youngest member of our
delegation to the strait talks was nine years old. She is nineteen now and sits at the
table. For a year she also sat silent, because the rules of the talks gave her a chair
and no microphone.

It was the delegation of Estmark that asked for the change. Foreign Minister Aurel
Kestrin made the case in one sentence: “We will have to explain the result to them
anyway, so let them hear how it was reached.” Foreign Minister Tamsin Brandao seconded
him within the minute. She later called it “the quickest agreement of my life, and I
have agreed to a second breakfast.”

Since June the four delegates under twenty-five may speak, propose and vote on
everything that concerns the years after 2030. They have used it twice. The first time
they asked that the tide tables of both shores be printed in one booklet. The second
time they asked why this had not been done before, and an awkward silence followed
that the minutes record with its length.

UNSCR 2250 speaks of participation. It is a long word for a short test: did anything
change because you were there? Petra Vanholm, Deputy Permanent Representative in New
York, has taken the tide tables to the United Nations as an example. “People laugh,”
she reports, “and then they ask for a copy.”

The booklet can be had at every harbour office. It is bound in yellow and floats.
"""),
        speakers=(
            ("We will have to explain", "aurel-kestrin"),
            ("the quickest agreement", "tamsin-brandao"),
            ("People laugh,", "petra-vanholm"),
            ("and then they ask", "petra-vanholm"),
        ),
        cites=("S/RES/2250 (2015)", "S/RES/2250 (2015)"),
    ),
    DemoStatement(
        key="agenda",
        title=(
            "Prime Minister Achterberg at the United Nations: ten years of the 2030 "
            "Agenda"
        ),
        slug="ten-years-of-the-2030-agenda",
        dated=date(2025, 9, 25),
        kind="press-release",
        issuer="office-of-the-prime-minister",
        desk="United Nations",
        tags=("Multilateralism", "Environment"),
        summary=(
            "In New York the Prime Minister proposes that each government publish the"
            " goal it is furthest from."
        ),
        body=prose("""
Ten years to the day after the General Assembly adopted the 2030 Agenda, in
A/RES/70/1, Prime Minister Maren Achterberg proposed in New York that every government
publish the one goal that it is furthest from reaching.

“I will begin. Vallorn is furthest from the fourteenth goal, life below water, and we
are a people that lives from it. We have taken more from the strait in fifty years
than it can give back in a hundred, and we have called each bad year an exception.
There is no shame in standing at this lectern and saying so; the shame would be in
coming back in five years with a better speech and the same sea, to be applauded for
both.”

She did not leave it at the confession. By the spring Vallorn will have closed three
spawning grounds instead of one, and every skipper who stays in port is paid from a
fund that the large boats fill. What it costs stands on page nine of the budget, where
the opposition has found it without difficulty.

The Prime Minister asked for no new institution. A single page for each country would
do, she said, “signed by somebody who can be voted out.”

Foreign Minister Tamsin Brandao, a lawyer by training, was asked whether a page
without sanctions can bind anybody. She replied that “a promise with a name under it
is the oldest treaty there is.”

Ambassador Teodor Lindqvist will collect the pages. By the evening seven governments
had promised one. “I had expected three,” he admitted. “I have ordered a larger
folder.”

Achterberg also met the young delegates to the talks on the Northern Strait, who had
come with their tide tables.

“Thank you for the page. We had mislaid our reasons and have found them on yours.”

— Aurel Kestrin, Foreign Minister of Estmark, in the guest book of the Permanent
Mission
"""),
        speakers=(
            ("I will begin. Vallorn", "maren-achterberg"),
            ("signed by somebody", "maren-achterberg"),
            ("a promise with a name", "tamsin-brandao"),
            ("I had expected three,", "teodor-lindqvist"),
            ("I have ordered", "teodor-lindqvist"),
            ("Thank you for the page", "aurel-kestrin"),
        ),
        cites=("A/RES/70/1",),
    ),
    DemoStatement(
        key="twenty-five-years",
        title="Twenty-five years of women, peace and security",
        slug="twenty-five-years-of-women-peace-and-security",
        dated=date(2025, 10, 31),
        kind="statement",
        issuer="permanent-mission",
        desk="United Nations",
        tags=("Women, peace and security", "Multilateralism"),
        summary="The Permanent Mission reports under last year’s heading, as promised.",
        body=prose("""
The Permanent Mission of Vallorn to the United Nations marked the anniversary of
resolution 1325 with a reading. Twenty-five people read one line each from the reports
of twenty-five years, in the order in which they were written.

The readers were diplomats, students, two interpreters and the guard of the night
shift, who had asked for the year in which his daughter was born. It took nineteen
minutes. When it was over nobody clapped, which the chair of the reading took for the
best review that she has ever had.

“You hear the promises arrive, and you hear them arrive again,” Deputy Permanent
Representative Petra Vanholm said afterwards, and Permanent Representative Teodor
Lindqvist added that “it was the first meeting on this subject at which nobody said
‘momentum.’”

Security Council resolutions 1325 (2000), 2222 (2015) and 2250 (2015) have a habit in
common, Vanholm noted: they name those who are usually spoken about, and ask them to
speak. Vallorn’s own report was one of the twenty-five lines. A year ago the Ministry
had written that two of its promises were not kept. The shelter on Farrow Island has
been open for eleven months. Of the ambassadors, three in ten are women.

“Three in ten is not a third,” said Vanholm.

“It is three in ten. We shall be back next year under the same heading, and we shall
bring the figure, whatever it is, before anybody asks.”

The Mission has printed the twenty-five lines on a card. The last line is blank.
"""),
        speakers=(
            ("You hear the promises", "petra-vanholm"),
            ("it was the first meeting", "teodor-lindqvist"),
            ("Three in ten is not", "petra-vanholm"),
            ("It is three in ten.", "petra-vanholm"),
        ),
        cites=(
            "S/RES/1325 (2000)",
            "S/RES/1325 (2000)",
            "S/RES/2222 (2015)",
            "S/RES/2250 (2015)",
        ),
    ),
    DemoStatement(
        key="envoy",
        title="The Special Envoy’s first report on the Northern Strait",
        slug="special-envoys-first-report",
        dated=date(2025, 11, 20),
        kind="statement",
        issuer="office-of-the-prime-minister",
        desk="The Strait",
        tags=("Northern Strait", "Missing persons"),
        summary="Casimir Oduya reports on two months of listening on both shores.",
        body=prose("""
Casimir Oduya, Special Envoy for the Northern Strait since September and Prime
Minister before that, has given his first report. It is twelve pages long. Ten of them
are what other people told him.

The envoy has spoken with two hundred and sixty people on both shores: pilots, widows,
customs officers, a priest, the keeper of the light on Sandholm and the children of
the school beside it. “Everybody told me where the boundary is,” Oduya said. “I have
collected nineteen boundaries. Every one of them runs just behind the house of the
person I was talking to.”

Much of what he heard concerned small things done by people who were never thanked for
them. For years the customs house at the northern pier has let a school choir cross
without papers. The pilots of both shores keep a common kettle. “If I were to write
down who first broke the rules out of kindness,” Oduya notes in the report, “I should
have to open proceedings against half the coast.”

His proposals are small. The two coast guards should exchange an officer each for a
year. The archives should go on with the files of the missing, for which the envoy
refers to Security Council resolution 2474 (2019); sixteen of forty-four have been
closed. And the winter ferry should sail on Sundays.

The Northern Strait Commission welcomed the report and said that it “will answer each
proposal by name, including those that it does not like.” The Office of the Prime
Minister announced that the ferry sails from the first Sunday in Advent.

Oduya was asked whether he misses his former office. The envoy thought about it. “I
miss the night watchman,” he said.
"""),
        speakers=(
            ("Everybody told me", "casimir-oduya"),
            ("I have collected nineteen", "casimir-oduya"),
            ("If I were to write", "casimir-oduya"),
            ("I should have to open", "casimir-oduya"),
            ("will answer each proposal", "northern-strait-commission"),
            ("I miss the night", "casimir-oduya"),
        ),
        cites=("S/RES/2474 (2019)",),
    ),
)

"""The demo's statements of 2026, and what its desks are still working on."""

from __future__ import annotations

from datetime import date

from .pictures import WATERWORKS
from .shapes import DemoStatement, prose

STATEMENTS = (
    DemoStatement(
        key="grey-roofs",
        title="A mark for every clinic",
        slug="a-mark-for-every-clinic",
        dated=date(2026, 1, 15),
        kind="press-release",
        issuer="ministry-of-health",
        desk="Home affairs",
        tags=("Health care", "Northern Strait"),
        summary=(
            "The map of clinics becomes a common one for both shores of the strait."
        ),
        body=prose("""
Vallorn and Estmark have put their maps of hospitals, clinics and ambulance stations
together. From today there is one, and both coast guards carry it.

Minister of Health Amadou Veitch presented the common map on Thursday in the clinic of
Farrow Island, two rooms above a chandlery. “For five years I have been asked what
this map is for,” he said. “I hope that I shall be asked for another sixty.”

The idea is older than the agreement. Five years ago, when Veitch was Chief Medical
Officer, a rescue helicopter from Estmark circled over Farrow Island for forty minutes
in the fog because its crew did not know which of the roofs had a ward beneath it. The
patient lived. The pilot was among the guests on Thursday and was shown the roof.

The work goes back to Security Council resolution 2286 (2016), which calls for the
protection of the wounded and of those who care for them. It was adopted for wars.
Veitch believes that it is best read in peace, “when one can still ask the neighbours
for their grey roofs without frightening anybody.”

The Foreign Ministry of Estmark said in a statement that the map “is the first
document of the two governments on which no line is disputed.” It shows three hundred
and twelve buildings and not one boundary.

Spokesperson Ilse Okafor announced that anyone can see the map at the harbour offices,
“including those who are cross that their own roof is not on it.”
"""),
        speakers=(
            ("For five years", "amadou-veitch"),
            ("I hope that I shall", "amadou-veitch"),
            ("when one can still ask", "amadou-veitch"),
            ("is the first document", "foreign-ministry-of-estmark"),
            ("including those who", "ilse-okafor"),
        ),
        cites=("S/RES/2286 (2016)",),
    ),
    DemoStatement(
        key="water",
        title="On World Water Day",
        slug="on-world-water-day",
        dated=date(2026, 3, 22),
        kind="statement",
        issuer="ministry-of-foreign-affairs",
        desk="Foreign affairs",
        tags=("Environment", "Human rights"),
        summary="Vallorn gives half a million crowns for the repair of waterworks.",
        body=prose("""
Water is the first thing that a town needs and the first that it loses. On World Water
Day Vallorn announces that it gives five hundred thousand crowns to repair waterworks
in regions that are recovering from war.

“Whoever repairs a pump gives a city back its morning,” said Foreign Minister Tamsin
Brandao.

In its resolution 2573 (2021) the Security Council called on all parties to spare the
installations that civilians need to live. Spokesperson Ilse Okafor said that this
promise “must be kept every day, not only on this one.”
"""),
        speakers=(
            ("Whoever repairs a pump", "tamsin-brandao"),
            ("must be kept every day", "ilse-okafor"),
        ),
        cites=("S/RES/2573 (2021)",),
        picture=WATERWORKS,
    ),
    DemoStatement(
        key="water-ar",
        title="بيان بمناسبة اليوم العالمي للمياه",
        slug="on-world-water-day-ar",
        dated=date(2026, 3, 22),
        kind="statement",
        issuer="ministry-of-foreign-affairs",
        desk="Foreign affairs",
        tags=("Environment", "Human rights"),
        summary="فالورن تقدّم نصف مليون كرونة لإصلاح محطات المياه.",
        body=prose("""
الماء أول ما تحتاج إليه المدينة وأول ما تفقده. وبمناسبة اليوم العالمي للمياه تعلن
فالورن أنها تقدّم خمسمئة ألف كرونة لإصلاح محطات المياه في المناطق التي تتعافى من
الحرب.

وقالت وزيرة الخارجية تامسين برانداو: «من يصلح مضخة يُعِد إلى المدينة صباحها».

وكان مجلس الأمن قد دعا في القرار 2573 (2021) جميع الأطراف إلى عدم المساس بالمنشآت التي
يحتاج إليها المدنيون للعيش. وقالت المتحدثة إلسه أوكافور إن هذا الوعد «يجب الوفاء به كل
يوم، لا في هذا اليوم وحده».
"""),
        speakers=(
            ("من يصلح مضخة", "tamsin-brandao"),
            ("يجب الوفاء به", "ilse-okafor"),
        ),
        cites=("S/RES/2573 (2021)",),
        language="ar",
        translation_of="water",
    ),
    DemoStatement(
        key="ten-years-2286",
        title="Ten years of resolution 2286: those who stay with the wounded",
        slug="ten-years-of-resolution-2286",
        dated=date(2026, 5, 3),
        kind="statement",
        issuer="ministry-of-foreign-affairs",
        desk="United Nations",
        tags=("Health care", "Press freedom", "Multilateralism"),
        summary=(
            "Two anniversaries fall on one day: the protection of hospitals, and of "
            "those who report from them."
        ),
        body=prose("""
Ten years ago today the Security Council adopted resolution 2286 (2016) on the
protection of hospitals and of those who work in them. The day is also World Press
Freedom Day. Foreign Minister Tamsin Brandao chose to speak about both.

“A nurse who stays with the wounded and a reporter who stays with the story have the
same employer. They work for the truth that this person was here, and was hurt, and
had a name.

“We protect them with very old means: a red sign on a roof, a word on a jacket. The
means are old because they are good. They fail when somebody decides that a sign is an
opinion.”

The minister read both paragraphs twice, the second time in the dialect of the ward
sisters of Farrow Island, who had come to Harrowmere for the day. They had brought the
lamp of their boat. It stood on the lectern while she spoke.

Minister of Health Amadou Veitch reported that the common map of Vallorn and Estmark
has been requested by five governments. He sends it with a letter of one line, “which
asks them to draw their own before they need it.”

From New York, Ambassador Teodor Lindqvist announced that Vallorn will ask the members
of the Council to say once a year what they have done under resolutions 2222 (2015),
2286 (2016) and 2573 (2021). “It is not an accusation,” he stressed. “It is homework,
and we shall hand in ours first.”

Spokesperson Ilse Okafor, asked what the answer of the Council had been, said:
“Polite.”
"""),
        speakers=(
            ("A nurse who stays", "tamsin-brandao"),
            ("which asks them", "amadou-veitch"),
            ("It is not an accusation", "teodor-lindqvist"),
            ("It is homework", "teodor-lindqvist"),
            ("Polite.", "ilse-okafor"),
        ),
        cites=(
            "S/RES/2286 (2016)",
            "S/RES/2222 (2015)",
            "S/RES/2286 (2016)",
            "S/RES/2573 (2021)",
        ),
    ),
    DemoStatement(
        key="archive",
        title="Thirty files closed",
        slug="thirty-files-closed",
        dated=date(2026, 6, 11),
        kind="joint-statement",
        issuer="northern-strait-commission",
        desk="The Strait",
        tags=("Missing persons", "Northern Strait"),
        summary=(
            "The archivists of both shores report on the search for the missing of "
            "the herring dispute."
        ),
        body=prose("""
The Northern Strait Commission announces that thirty of the forty-four files on people
who went missing in the herring dispute have been closed. Thirty families have been
told what is known, in person and before anyone else.

The Commission works under an agreement of Vallorn and Estmark and refers to Security
Council resolution 2474 (2019), adopted seven years ago today.

The work is slow because it is done twice. Every file is read by one archivist from
each shore, separately, and is closed only when both have come to the same end. In
four cases they have not. Those families were told so as well, with both accounts, and
asked which question they would like to see pursued.

Special Envoy Casimir Oduya thanked the archivists of both shores. “They read eleven
thousand pages of other people’s grief,” Oduya said, “and not one of them has given an
interview.” Foreign Minister of Estmark Aurel Kestrin recalled that his own
great-uncle was in the nineteenth file. “My grandmother laid a plate for him every
Sunday until she died,” he said. “She asked me once how long one should wait. I said,
‘Until somebody looks.’ I am sorry that it took us so long to look.”

Fourteen files are open. The Commission said that it “knows where to look for nine of
them.” For the other five it asks anyone who has letters, logbooks or photographs of
those years to lend them. Everything is returned.
"""),
        speakers=(
            ("They read eleven thousand", "casimir-oduya"),
            ("and not one of them", "casimir-oduya"),
            ("My grandmother laid", "aurel-kestrin"),
            ("She asked me once", "aurel-kestrin"),
            ("knows where to look", "northern-strait-commission"),
        ),
        cites=("S/RES/2474 (2019)",),
    ),
    DemoStatement(
        key="reading-out",
        title="Vallorn hands in its homework",
        slug="vallorn-hands-in-its-homework",
        dated=date(2026, 11, 19),
        kind="statement",
        issuer="permanent-mission",
        desk="United Nations",
        tags=("Multilateralism", "Food security", "Health care"),
        summary=(
            "The first yearly account under four resolutions of the Security Council."
        ),
        body=prose("""
The Permanent Mission of Vallorn has given the Secretariat its first account of what
it has done under four resolutions of the Security Council. It is one page long.

The idea goes back to May and to the tenth anniversary of resolution 2286, when
Vallorn asked the members of the Council to say once a year what they had done. The
first answers were reserved. One delegation wished to know whether silence would be
recorded. It would be, the Permanent Mission replied, “as a blank page, with the date
on which it did not arrive.”

Under UNSCR 2222: one emergency number for reporters on both shores of the strait,
called nineteen times. Under UNSCR 2286: a common map of clinics. Under UNSCR 2417: no
ship with food on board held longer than six hours, for the third year. Under UNSCR
2573: four waterworks repaired, a fifth begun.

“It is not much,” Permanent Representative Teodor Lindqvist conceded, “but every line
has a telephone number beside it.” Deputy Permanent Representative Petra Vanholm, who
answers the telephone, said that “three colleagues have called to ask how one gets it
on one page. You leave out the adjectives.”

The Mission expects eleven further accounts before the end of the year. It will
publish them side by side, as they were written.
"""),
        speakers=(
            ("as a blank page", "permanent-mission"),
            ("It is not much", "teodor-lindqvist"),
            ("but every line", "teodor-lindqvist"),
            ("three colleagues have", "petra-vanholm"),
        ),
        cites=(
            "S/RES/2286 (2016)",
            "S/RES/2222 (2015)",
            "S/RES/2286 (2016)",
            "S/RES/2417 (2018)",
            "S/RES/2573 (2021)",
        ),
    ),
    DemoStatement(
        key="sunday-ferry",
        title="The Sunday ferry sails again",
        slug="the-sunday-ferry-sails-again",
        dated=date(2026, 11, 24),
        kind="press-release",
        issuer="ministry-of-fisheries-and-the-strait",
        desk="The Strait",
        tags=("Northern Strait",),
        summary="The winter timetable begins on the first Sunday in Advent.",
        body=prose("""
The winter ferry to Estmark sails on Sundays again from 29 November. The boat leaves
Harrowmere at nine and Estmark at three.

Minister Hollis Renner said that 4,100 passengers crossed on the Sundays of last
winter, and that the boat “was never late and never on time.” There is room for forty
cars, or for sixty if nobody opens a door.

Letters, medicine and seed potatoes go first.
"""),
        speakers=(("was never late and", "hollis-renner"),),
        state="approved",
    ),
    DemoStatement(
        key="emergency-number",
        title="One number for reporters in trouble",
        slug="one-number-for-reporters",
        dated=date(2026, 11, 25),
        kind="statement",
        issuer="ministry-of-foreign-affairs",
        desk="Foreign affairs",
        tags=("Press freedom", "Northern Strait"),
        summary="The emergency number for reporters is extended to the whole coast.",
        body=prose("""
The emergency number for reporters, which has served the ferry ports for a year, can
be called from the whole coast of Vallorn from 1 December.

It goes back to the record of threats that the Broadcasting Authority published two
and a half years ago. “It rang nineteen times,” said Dagny Sorrel, Chair of the
Authority. “Eighteen times somebody needed advice. Once somebody needed a boat, and
the boat came.”

Spokesperson Ilse Okafor said that the number carries out “one line of resolution 2222
(2015), and not the easiest one.”
"""),
        speakers=(
            ("It rang nineteen", "dagny-sorrel"),
            ("Eighteen times", "dagny-sorrel"),
            ("one line of resolution", "ilse-okafor"),
        ),
        cites=("S/RES/2222 (2015)",),
        state="in_review",
    ),
    DemoStatement(
        key="tide-tables",
        title="Tide tables for 2027",
        slug="tide-tables-for-2027",
        dated=date(2026, 11, 27),
        kind="press-release",
        issuer="ministry-of-fisheries-and-the-strait",
        desk="The Strait",
        tags=("Youth", "Northern Strait"),
        summary="",
        body=prose("""
The tide tables for 2027 are out. For the second time they cover both shores of the
Northern Strait.

Minister Hollis Renner thanked the young delegates who had asked for them. “I was told
that it could not be done,” he said. “It turned out that nobody had tried.”

The booklet is yellow.
"""),
        speakers=(
            ("I was told that it", "hollis-renner"),
            ("It turned out", "hollis-renner"),
        ),
        state="draft",
    ),
    DemoStatement(
        key="answers",
        title="The rights that we have been dividing",
        slug="the-rights-that-we-have-been-dividing",
        dated=date(2026, 12, 10),
        kind="statement",
        issuer="office-of-the-prime-minister",
        desk="Home affairs",
        tags=("Human rights",),
        summary=(
            "On Human Rights Day the Government publishes the answers of its "
            "ministries."
        ),
        body=prose("""
Two years ago, on the anniversary of General Assembly resolution 217 A (III), the
ministries of Vallorn were asked to name a right that they had been dividing. The last
of eleven answers arrived in October. All of them are published today.

“Some are brave and some are short,” Prime Minister Maren Achterberg writes in the
preface. “One was sent back to us by the post office, which I am told is also an
answer.”

The Ministry of Health names the right to be told one’s own diagnosis in one’s own
language. The Ministry of Fisheries and the Strait names the right to a clean sea and
refers to resolution 76/300. The Ministry of Foreign Affairs writes that it has “too
often spoken of rights to those who have them.”

The Office of the Prime Minister has changed nothing in the answers, not even the
spelling. Where two ministries had divided the same right between them, and each named
the other, both answers stand side by side. One was written by hand, and is printed as
it was.

Each answer ends with a date. On that date, Achterberg promised, “somebody from
outside the ministry will come and look.”
"""),
        speakers=(
            ("Some are brave", "maren-achterberg"),
            ("One was sent back", "maren-achterberg"),
            ("too often spoken", "ministry-of-foreign-affairs"),
            ("somebody from outside", "maren-achterberg"),
        ),
        cites=("A/RES/217 A (III)", "A/RES/76/300"),
        state="scheduled",
    ),
)

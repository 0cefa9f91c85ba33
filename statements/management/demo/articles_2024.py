"""The demo's statements of January to May 2024."""

from __future__ import annotations

from datetime import date

from .shapes import DemoStatement, prose

STATEMENTS = (
    DemoStatement(
        key="credentials",
        title="Teodor Lindqvist takes up his post in New York",
        slug="lindqvist-takes-up-his-post",
        dated=date(2024, 1, 16),
        kind="press-release",
        issuer="permanent-mission",
        desk="United Nations",
        tags=("Multilateralism",),
        summary=(
            "The new Permanent Representative promises a mission that reads closely "
            "and answers its letters."
        ),
        body=prose("""
Teodor Lindqvist presented his credentials at United Nations Headquarters on Monday
and took up his post as Permanent Representative of Vallorn to the United Nations.

Ambassador Lindqvist, who had led multilateral affairs in the Ministry of Foreign
Affairs for five years, described a small mission with a plain task. “A country of two
million people has no other army than the Charter,” he said. “So we shall read it
closely, and keep it.”

He reminded the staff that most of what a mission signs has been written by others and
will be read by others still. A delegation earns its standing, according to Lindqvist,
“in the footnotes, at two in the morning, when everyone who counts has gone home.”

His first concern is the 2030 Agenda, which the General Assembly adopted in its
resolution 70/1. Six years are left for seventeen goals, Lindqvist noted, and
“arithmetic is not on the side of those who wait.”

Foreign Minister Maren Achterberg, who proposed the appointment, said that the new
ambassador “has never left a meeting before the interpreters did.” He had also, she
added, never made one longer than it needed to be.

The Permanent Mission has nine diplomats. Lindqvist has asked each of them to spend a
week of every year at home, in one of the harbour towns, and to come back with a list
of questions. The purpose, he said, is that “nobody here forgets whom the word ‘we’ is
for.”

The first act of the mission under its new head was to answer a school class in
Sandholm that had asked whether a small country can veto anything. It cannot. The
ambassador’s reply, which hangs beside the blackboard now, explains what it can do
instead: ask in public, and by name, what became of a promise.
"""),
        speakers=(
            ("A country of two million", "teodor-lindqvist"),
            ("So we shall read it", "teodor-lindqvist"),
            ("in the footnotes", "teodor-lindqvist"),
            ("arithmetic is not", "teodor-lindqvist"),
            ("has never left a meeting", "maren-achterberg"),
            ("nobody here forgets", "teodor-lindqvist"),
        ),
        cites=("A/RES/70/1",),
    ),
    DemoStatement(
        key="grain-ships",
        title="On the grain ships held in the Northern Strait",
        slug="grain-ships-held-in-the-northern-strait",
        dated=date(2024, 2, 9),
        kind="statement",
        issuer="ministry-of-foreign-affairs",
        desk="The Strait",
        tags=("Northern Strait", "Food security"),
        summary=(
            "Eleven ships with wheat have waited in the ice for two weeks. Vallorn "
            "offers its pilots to every flag."
        ),
        body=prose("""
Eleven vessels with wheat and cooking oil have waited off the eastern anchorage of the
Northern Strait since 27 January. The Government of Vallorn is concerned for the ports
that expect them.

They carry the winter supply of four harbours on the far side of the strait. According
to the Ministry of Fisheries and the Strait the shops there have flour for nineteen
days and cooking oil for twelve. No one is going hungry. The figures are given today
so that they can be compared with those of next week.

Foreign Ministry Spokesperson Ilse Okafor called the delay “a queue that nobody
ordered” and said that Vallorn offers its pilots to any ship, of any flag, that asks
for one.

“No one intended this. Ice, insurance and caution have each done their part, and each
of them is reasonable by itself. Together they have left forty thousand tonnes of
bread standing in the cold.”

“Security Council resolution 2417 (2018) condemns the use of hunger as a method of
warfare,” Spokesperson Okafor recalled. “Nobody is at war in the strait. But it taught
all of us to look at a ship that is late and ask who is waiting for it.”

Asked who would pay for the pilots, the Spokesperson answered: “We will. The bill for
a winter is small beside the bill for a spring.”

The pilot station at Sandholm is staffed day and night from today, and its officers
take calls in four languages. Estmark has been informed. In its reply the Foreign
Ministry of Estmark wrote that it “sees no reason why bread should wait for politics.”

Vallorn sees none either. The first three ships are expected to move at high water on
Saturday.
"""),
        speakers=(
            ("a queue that nobody", "ilse-okafor"),
            ("No one intended this.", "ilse-okafor"),
            ("Security Council resolution 2417", "ilse-okafor"),
            ("Nobody is at war", "ilse-okafor"),
            ("We will. The bill", "ilse-okafor"),
            ("sees no reason why", "foreign-ministry-of-estmark"),
        ),
        cites=("S/RES/2417 (2018)",),
    ),
    DemoStatement(
        key="photograph",
        title="The woman with the charts",
        slug="the-woman-with-the-charts",
        dated=date(2024, 3, 8),
        kind="editorial",
        issuer="ministry-of-foreign-affairs",
        desk="Foreign affairs",
        tags=("Women, peace and security", "Northern Strait"),
        summary=(
            "A photograph of old negotiations, and what it leaves out. An editorial "
            "for International Women’s Day."
        ),
        body=prose("""
In the harbour office of Harrowmere hangs a photograph of the talks that ended the
herring dispute. Eleven men sit at a table. Behind them stands a woman with an armful
of charts, whose name the caption does not give. The archivists found it last year.
She had drawn every line on the map that the men are signing.

The Security Council adopted resolution 1325 (2000) a generation later. It asks that
women take their full part wherever peace is made and kept, and it remains the
shortest answer to the question why the caption is wrong.

Foreign Minister Maren Achterberg keeps a copy of the picture on her desk. “I look at
it when somebody tells me that no woman had the right experience,” she said on
Thursday. “There was one. She is holding the charts.”

The story could end there, as a story about a caption. It does not, because the map
was good. The line that the unnamed woman drew between the spawning grounds has been
disputed by lawyers, by governments and once by a dredger, and never by the herring.
Before she drew it she had asked the women who gutted the catch where it came from.

Since 2022 every delegation that Vallorn sends to talks on the Northern Strait has had
as many women as men. The result is modest and can be counted: four rounds, two
agreements, nobody who walked out. Deputy Spokesperson Petra Vanholm warned against
reading too much into it.

“[T]he figures do not say that women make peace and men make war. They say that a
table at which half of a country is missing forgets half of the questions ... and that
somebody pays for the forgotten half later.”

“Resolution 1325 asked for no favour. It asked for accuracy,” Permanent Representative
Teodor Lindqvist wrote this week. A negotiation that leaves out half of those who must
live with its result is, in his words, “simply badly informed.”

The photograph will stay where it is. Since this morning a new caption hangs beside
it. It has twelve names.
"""),
        speakers=(
            ("I look at it when", "maren-achterberg"),
            ("There was one.", "maren-achterberg"),
            ("[T]he figures do not", "petra-vanholm"),
            ("Resolution 1325 asked", "teodor-lindqvist"),
            ("simply badly informed", "teodor-lindqvist"),
        ),
        cites=("S/RES/1325 (2000)", "S/RES/1325 (2000)"),
    ),
    DemoStatement(
        key="midwives",
        title="A register for the midwives of the outer islands",
        slug="a-register-for-midwives",
        dated=date(2024, 3, 8),
        kind="press-release",
        issuer="ministry-of-health",
        desk="Home affairs",
        tags=("Health care",),
        summary=(
            "Midwives who cross the strait at night are paid without a claim form "
            "from April on."
        ),
        body=prose("""
The Ministry of Health has opened a register for the forty-one midwives who serve the
outer islands. From 1 April whoever is on it is paid for a crossing at night without
filing a claim.

“A midwife on Farrow Island should not need a lawyer to be paid for a night on the
water,” said Amadou Veitch, the Minister of Health, who was a district doctor there
for nine years. “She should need a boat, a lamp and a telephone that works.”

There is a history to this. Five years ago the claim for one crossing, in January and
against the tide, went eleven times between the district and the capital because the
form had no line for the weather. The midwife who had filed it still serves on Farrow
Island. She was asked today whether the new rule would have helped her, and answered
that she had given up the claims after that winter, but not the crossings.

The register was drawn up with the midwives themselves. In a note to the districts the
Ministry said that it “costs less in a year than one helicopter flight a month.”
Minister Veitch confirmed the figure. “We counted twice,” he said, “because nobody
believed us the first time.”

Midwives may enter their names at any harbour office or by telephone. The boats are
being fitted with lamps.
"""),
        speakers=(
            ("A midwife on Farrow", "amadou-veitch"),
            ("She should need a boat", "amadou-veitch"),
            ("costs less in a year", "ministry-of-health"),
            ("We counted twice", "amadou-veitch"),
            ("because nobody believed", "amadou-veitch"),
        ),
    ),
    DemoStatement(
        key="library",
        title="Prime Minister Oduya opens the library of the women’s harbour guild",
        slug="prime-minister-opens-guild-library",
        dated=date(2024, 3, 8),
        kind="remarks",
        issuer="office-of-the-prime-minister",
        desk="Home affairs",
        tags=("Women, peace and security",),
        summary=(
            "Remarks by Prime Minister Casimir Oduya at the opening of a library in "
            "Harrowmere."
        ),
        body=prose("""
Remarks by Prime Minister Casimir Oduya in Harrowmere, as prepared for delivery.

Madam President of the guild, friends and neighbours: thank you for letting me in. I
am told that I am the first man who has been given a key to this building, and that it
opens only the side door. I shall wear it with pride.

Your guild has kept books for one hundred and ten years. They record who went out, who
came back, and who looked after the children of those who did not. No ministry has
anything as complete. When the Government prepared its plan for carrying out Security
Council resolution 1325 (2000), it borrowed your books for a month. I can now return
them. We have tried not to spill coffee on the year 1931.

What did we learn? That help came in every hard winter before anyone in an office had
heard of the need. That it was always the same doors that opened. My colleague Maren
Achterberg put it best when she had read them. “Peace was kept in these pages,” she
said, “by people who were never asked to the table and set it every day.”

From now on we ask. The guild has two seats in the council of the harbour, with votes,
beginning with its session in May. I would call that generous if it were not a hundred
and ten years late.

Please keep writing things down. And please leave the side door open.
"""),
        speakers=(
            ("Peace was kept", "maren-achterberg"),
            ("by people who were never", "maren-achterberg"),
        ),
        cites=("S/RES/1325 (2000)",),
    ),
    DemoStatement(
        key="press-2024",
        title="Twenty-three lines: the record of threats against reporters",
        slug="record-of-threats-against-reporters",
        dated=date(2024, 5, 3),
        kind="statement",
        issuer="broadcasting-authority",
        desk="Home affairs",
        tags=("Press freedom", "Human rights"),
        summary=(
            "The Broadcasting Authority publishes its yearly record on World Press "
            "Freedom Day."
        ),
        body=prose("""
<p>On World Press Freedom Day the Broadcasting Authority publishes its record of
threats against people who report in Vallorn. It has twenty-three lines, four fewer
than last year. Dagny Sorrel, Chair of the Authority, introduced it in Harrowmere this
morning:</p>

<blockquote><p>“Twenty-three is not a small number because it was twenty-seven. Each
line is somebody who looked twice before opening a door. We print them one by one,
with the day and the weather, so that nobody can read them as a
trend.”</p></blockquote>

<p>In its resolutions <strong>1738 (2006)</strong> and <strong>2222 (2015)</strong>
the Security Council condemned attacks on journalists in armed conflict and recalled
that they are civilians. Vallorn is at peace. The habit of protection, Sorrel argued,
has to be older than the day on which it is needed. “You cannot learn to swim in the
storm,” she said.</p>

<p>In the preface to the record the Broadcasting Authority states that it “neither
asks for nor keeps” the names of sources. Whoever has been threatened can report it at
any harbour office without giving a reason.</p>

<p>Spokesperson Ilse Okafor welcomed the record on behalf of the Ministry of Foreign
Affairs. Vallorn will ask the states along the Northern Strait to agree on one
emergency number for reporters. “Ships have a common distress signal,” Okafor said.
“People who write about ships should have one too.”</p>

<p>The record is open to the public in the reading room of the Authority, beside the
exhibition “Nets and Names.”</p>
"""),
        speakers=(
            ("Twenty-three is not", "dagny-sorrel"),
            ("You cannot learn to swim", "dagny-sorrel"),
            ("neither asks for nor", "broadcasting-authority"),
            ("Ships have a common", "ilse-okafor"),
            ("People who write", "ilse-okafor"),
        ),
        not_quotes=("Nets and Names.",),
        cites=("S/RES/1738 (2006)", "S/RES/2222 (2015)"),
    ),
)

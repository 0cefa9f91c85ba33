"""The demo's statements of the second half of 2024."""

from __future__ import annotations

from datetime import date

from .shapes import DemoStatement, prose

STATEMENTS = (
    DemoStatement(
        key="clean-sea",
        title="Two years of a right to a healthy environment",
        slug="two-years-of-a-right-to-a-healthy-environment",
        dated=date(2024, 7, 26),
        kind="statement",
        issuer="ministry-of-fisheries-and-the-strait",
        desk="The Strait",
        tags=("Environment", "Northern Strait", "Human rights"),
        summary=(
            "The Ministry of Fisheries and the Strait closes the spawning ground off "
            "Sandholm for three summers."
        ),
        body=prose("""
Two years ago the General Assembly recognised in its resolution 76/300 that a clean,
healthy and sustainable environment is a human right. Vallorn voted for it. This week
the Ministry of Fisheries and the Strait closed the spawning ground off Sandholm to
bottom trawls for three summers.

“It would have been easier to vote twice,” said Hollis Renner, the Minister of
Fisheries and the Strait and once the country’s Director of Harbours, at a meeting
with skippers on the quay. “A right that never costs anybody a day of fishing is a
poem.”

“Nobody on this quay poisoned anything,” the minister continued. “We were merely many,
and early, and good at it.”

Sixty-two boats are affected. They are paid for the days on which they stay in, and
their crews may work on the survey of the sea bed. Renner did not promise that the
herring will return. “I can promise you the survey,” he told the skippers. “The
herring have not signed anything.”

The skippers’ association asked for the closure to end after two summers if the stock
recovers. The Ministry has agreed to decide in public and to publish the survey first.
It will, it said, “rather be corrected by the sea than by the court.”

The closure follows lines of depth and not a boundary, so that no skipper needs to
know whose water he is in to know whether he may fish. Estmark has been asked to close
the matching ground on its side. It has asked for the survey, which is a beginning.

General Assembly resolution 76/300 is not binding. Foreign Minister Maren Achterberg
sees in that no reason for delay. She called the text “a lamp, not a fence,” and asked
the states along the Northern Strait to light theirs.
"""),
        speakers=(
            ("It would have been easier", "hollis-renner"),
            ("A right that never", "hollis-renner"),
            ("Nobody on this quay", "hollis-renner"),
            ("We were merely many", "hollis-renner"),
            ("I can promise you", "hollis-renner"),
            ("The herring have not", "hollis-renner"),
            ("rather be corrected", "ministry-of-fisheries-and-the-strait"),
            ("a lamp, not a fence,", "maren-achterberg"),
        ),
        cites=("A/RES/76/300", "A/RES/76/300"),
    ),
    DemoStatement(
        key="rescue",
        title="Joint statement on search and rescue in the Northern Strait",
        slug="joint-statement-search-and-rescue",
        dated=date(2024, 9, 20),
        kind="joint-statement",
        issuer="ministry-of-foreign-affairs",
        desk="The Strait",
        tags=("Northern Strait",),
        summary=(
            "Vallorn and Estmark agree that the nearest boat goes first, whatever its"
            " flag."
        ),
        body=prose("""
The Foreign Ministers of Vallorn and Estmark met on Sandholm on Friday and signed an
agreement on search and rescue in the Northern Strait. It enters into force on 1
November.

The agreement has one rule and four pages. The rule is that the nearest boat goes
first, whatever its flag, and that nobody needs to ask. The pages say who is told
afterwards.

The agreement was written by the crews. For two winters the coxswains of the six
lifeboat stations met in the lighthouse, without a flag on the table, and put down
what they do. The lawyers of both ministries were asked to change as little as
possible. They moved one comma and were thanked for it.

“The sea has never asked a drowning man for his papers,” said Foreign Minister Maren
Achterberg of Vallorn. Her colleague, Foreign Minister of Estmark Aurel Kestrin,
agreed: “We have spent eleven years on a line in the water. It took us eleven days to
decide what to do when somebody falls in.”

Minister of Fisheries and the Strait Hollis Renner, who answers for the agreement on
the side of Vallorn, put the test more plainly. “If anybody has to read this during an
emergency,” said Renner, “we have written it badly.”

Achterberg and Kestrin thanked the rescue crews of both shores, who had kept the rule
for decades without an agreement. Kestrin described the ceremony as “paperwork
catching up with decency.” Achterberg said that she “could not improve on that.”

The two governments remain of different opinions about the boundary in the eastern
part of the strait. They continue their talks in good faith, under the same roof and,
from now on, with the same radio channel.
"""),
        speakers=(
            ("The sea has never", "maren-achterberg"),
            ("We have spent eleven years", "aurel-kestrin"),
            ("If anybody has to read", "hollis-renner"),
            ("we have written it", "hollis-renner"),
            ("paperwork catching up", "aurel-kestrin"),
            ("could not improve on that", "maren-achterberg"),
        ),
    ),
    DemoStatement(
        key="anniversary-2024",
        title="What Vallorn has done under resolution 1325",
        slug="what-vallorn-has-done-under-resolution-1325",
        dated=date(2024, 10, 31),
        kind="statement",
        issuer="ministry-of-foreign-affairs",
        desk="Foreign affairs",
        tags=("Women, peace and security", "Youth"),
        summary="A year’s account, in numbers, on the anniversary of the resolution.",
        body=prose("""
<p>The Security Council adopted resolution 1325 (2000) on this day twenty-four years
ago. The Ministry of Foreign Affairs gives its yearly account of what Vallorn has done
to carry it out, together with resolution 2250 (2015) on young people and resolution
2222 (2015) on those who report.</p>

<ul>

<li>Of fourteen members of the delegations to the talks on the Northern Strait, seven
are women. Three are under thirty.</li>

<li>All officers of the coast guard have taken the course on violence against women.
Last year it was two in three.</li>

<li>The guild of harbour women has had two seats and two votes in the council of the
harbour of Harrowmere since May.</li>

<li>Nine women from the region have finished the school for mediators on Sandholm.
Four of them come from Estmark.</li>

</ul>

<p>Two promises were not kept. The shelter on Farrow Island has not been opened,
because the boat that serves it was in repair until August. And the Ministry had
announced that a third of its ambassadors would be women by this autumn; it is a
little more than a quarter.</p>

<p>The shelter opens on 15 November. On the second promise the Ministry will report
again in a year, under the same heading.</p>
"""),
        cites=("S/RES/1325 (2000)", "S/RES/2250 (2015)", "S/RES/2222 (2015)"),
    ),
    DemoStatement(
        key="indivisible",
        title="On Human Rights Day",
        slug="on-human-rights-day",
        dated=date(2024, 12, 10),
        kind="statement",
        issuer="office-of-the-prime-minister",
        desk="Home affairs",
        tags=("Human rights",),
        summary="A short statement on the anniversary of the Universal Declaration.",
        body=prose("""
Today is the anniversary of the Universal Declaration of Human Rights, which the
General Assembly adopted as its resolution 217 A (III).

Prime Minister Casimir Oduya marked the day without a ceremony. He visited the reading
room for prisoners in Harrowmere, which had been closed for want of a librarian, and
stayed for two hours. There is a librarian now.

In a note to the ministries the Prime Minister recalled that rights are “indivisible”
and asked each of them to name, by the end of January, one that it has been dividing.
The answers will be published as they come in.
"""),
        speakers=(("indivisible", "casimir-oduya"),),
        cites=("A/RES/217 A (III)",),
    ),
)

"""The longest statement of the demo: an address with headings and a list."""

from __future__ import annotations

from datetime import date

from .shapes import DemoStatement, prose

ADDRESS = DemoStatement(
    key="debate",
    title=(
        "Remarks to the Security Council’s open debate on the protection of civilians"
    ),
    slug="open-debate-protection-of-civilians",
    dated=date(2024, 5, 21),
    kind="remarks",
    issuer="permanent-mission",
    desk="United Nations",
    tags=("Multilateralism", "Food security", "Health care", "Press freedom"),
    summary=(
        "Permanent Representative Teodor Lindqvist on what the Council has "
        "already decided, and what small states can do with it."
    ),
    body=prose("""
<p>Remarks by Teodor Lindqvist, Permanent Representative of Vallorn to the United
Nations, as prepared for delivery.</p>

<p>Mr. President, thank you for calling this debate, and for holding it in the
morning. My delegation has learned that speakers number sixty and above address the
interpreters, the ushers and one another. It is a good audience, and an honest one.
Today we are number twenty-two, and I shall try to deserve it.</p>

<p>Vallorn has never been a member of this Council. We are a country of two million
people on a strait that others cross. We have no veto, no troops to offer beyond a
company of engineers, and no advice for those who suffer what we have been spared.
What we can offer is the attention of a careful reader. So I have done what small
delegations do. I have gone back to what the Council has decided, and asked what
became of it.</p>

<h2>What has been decided</h2>

<p>The list is long, and it is better than its reputation. In the last two decades the
Council has spoken, in turn, about almost everything that a civilian needs in order to
stay alive:</p>

<ul>

<li>reporters, in resolutions 1738 (2006) and 2222 (2015);</li>

<li>hospitals and those who work in them, in resolution 2286 (2016);</li>

<li>food, in resolution 2417 (2018);</li>

<li>people who go missing and the families who look for them, in resolution 2474
(2019);</li>

<li>water, power and whatever else a town cannot do without, in resolution 2573
(2021).</li>

</ul>

<p>Every one of these six texts was adopted with fifteen votes in favour. I ask
colleagues to pause over that. We are told that this Council cannot agree. On six
questions of life and death it has agreed entirely. What has not followed is the
duller half of the work: the lists, the telephone numbers, the officer who knows on a
Sunday night that the building with the grey roof is a clinic.</p>

<h2>What a small state can do</h2>

<p>I should like to report on three dull things that Vallorn has done. None of them is
heroic. All of them can be copied by Friday.</p>

<p>First, we have made a map. Our Ministry of Health has marked every hospital, clinic
and ambulance station in the country, down to the two rooms above the chandlery on
Farrow Island, and has given the coordinates to our neighbours. We did this in peace,
with states that have never harmed us. When the plan came before the cabinet, a
colleague asked whether it was not rather early. Minister of Health Amadou Veitch gave
the answer that I have quoted in this building ever since: “The map you need in a war
is the one you drew before it.”</p>

<p>Secondly, we have changed an order. Until last year the rules of our coast guard
said that a vessel with food on board could be held for inspection as long as
necessary. They now say that it can be held for six hours, and that every further hour
needs a signature and a reason. In February eleven ships with grain lay in the ice of
the Northern Strait, and for the first time the question was not who had stopped them
but who was going to sign. Hollis Renner, our Minister of Fisheries and the Strait,
has told me that it was the shortest argument of his career. “Nobody,” he said,
“wanted to be the name on the seventh hour.” Resolution 2417 (2018) does not mention
signatures. But I believe that this is what it looks like when it arrives at a
desk.</p>

<p>Thirdly, we have opened a drawer. Since the dispute of the seventies, our archive
and that of Estmark have each kept files about fishermen who did not come back. For
fifty years each side believed that the other knew more. In January two archivists,
one from each shore, were allowed to sit in one room. They have closed nine files.
Nine families have been told what happened, most of them grandchildren by now. I do
not compare this with the great tragedies before the Council. I say only that
resolution 2474 (2019) was in the room, in both languages, with pencil marks in the
margin.</p>

<h2>What we ask</h2>

<p>Mr. President, we are sometimes asked what small states want from this Council. The
wish is simple. When you adopt a text, say who will read it aloud to the officer at
the gate. When you renew a mandate, ask the mission which of these six resolutions its
soldiers can name. When you receive a report, ask for one page on what was done,
before the forty pages on what was feared.</p>

<p>And let the Council not write the same decision twice because the first was not
carried out. A promise does not become truer by being repeated; it becomes a habit of
speech. As my Foreign Minister, Maren Achterberg, told our parliament this spring, “we
have enough words for everything that must not happen, and too few people who are paid
to prevent it on a Sunday.”</p>

<p>Let me end with a word on those who have spoken before me this morning. Several
described what they had seen: a queue for water, a ward without light, a teacher who
keeps the register of a school that is gone. These were not illustrations. They were
the report. If the Council were to do nothing else this year than read its own six
texts beside those three pictures, and ask of each line who was responsible for it,
this debate would have been worth its morning.</p>

<p>Vallorn will do its part. Our engineers remain available, our map is open to anyone
who wishes to see how it was made, and our two archivists have asked for a third
chair.</p>

<p>I thank you.</p>
"""),
    speakers=(
        ("The map you need", "amadou-veitch"),
        ("Nobody,", "hollis-renner"),
        ("wanted to be the name", "hollis-renner"),
        ("we have enough words", "maren-achterberg"),
    ),
    cites=(
        "S/RES/1738 (2006)",
        "S/RES/2222 (2015)",
        "S/RES/2286 (2016)",
        "S/RES/2417 (2018)",
        "S/RES/2474 (2019)",
        "S/RES/2573 (2021)",
        "S/RES/2417 (2018)",
        "S/RES/2474 (2019)",
    ),
)

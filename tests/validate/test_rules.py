"""The rules of feeds find what they are there for, and let pass what is right."""

from __future__ import annotations

import pytest

from . import feeds

AT = "https://statements.example/feeds/statements"
TYPES = {form: f"application/{form}+xml; charset=utf-8" for form in ("atom", "rss")}

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>Statements</title><link href="https://statements.example/" rel="alternate"/>
<link href="{AT}.atom" rel="self"/><id>https://statements.example/</id>
<updated>2026-03-02T09:00:00+00:00</updated><author><name>Vallorn</name></author>
<entry><title>Ferries &lt; ships</title>
<link href="https://statements.example/1/" rel="alternate"/>
<id>tag:statements.example,2026:statement-1</id>
<updated>2026-03-02T09:00:00.123456+00:00</updated>
<summary type="html">&lt;p&gt;They &lt;em&gt;sail&lt;/em&gt;.&lt;/p&gt;</summary>
<category term="Statement"/></entry></feed>"""

RSS = f"""<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Statements</title>
<link>https://statements.example/</link><description>What was said.</description>
<atom:link href="{AT}.rss" rel="self"/><language>en</language>
<lastBuildDate>Mon, 02 Mar 2026 09:00:00 +0000</lastBuildDate>
<item><title>Ferries</title><link>https://statements.example/1/</link>
<description>&lt;p&gt;They sail.&lt;/p&gt;</description>
<dc:creator>Vallorn</dc:creator><pubDate>Mon, 02 Mar 2026 09:00:00 +0000</pubDate>
<guid isPermaLink="false">tag:statements.example,2026:statement-1</guid>
<category>Statement</category></item></channel></rss>"""


def told(form: str, text: str) -> list[str]:
    return feeds.faults(
        text.encode(), url=f"{AT}.{form}", content_type=TYPES.get(form, "text/xml")
    )


def test_what_is_right_has_no_fault():
    assert told("atom", ATOM) == []
    assert told("rss", RSS) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<title>Statements</title>", "", "feed: has 0 of title"),
        ("<title>Statements<", "<title> <", "feed: an empty title"),
        (
            "Ferries &lt; ships",
            "&lt;b&gt;Ferries",
            "entry 1: '<b>Ferries' looks like markup",
        ),
        (
            "+00:00</updated><author>",
            "</updated><author>",
            "feed: '2026-03-02T09:00:00' is no moment of RFC 3339",
        ),
        (
            "<updated>2026-03-02T09:00:00.123456",
            "<updated>2226-03-02T09:00:00",
            "entry 1: 2226-03-02T09:00:00+00:00 is to come",
        ),
        (
            "tag:statements.example,2026:",
            "tag:Ferries ",
            "entry 1: id 'tag:Ferries statement-1' is no tag",
        ),
        (
            f"{AT}.atom",
            f"{AT}.xml",
            f"feed: says that it is at ['{AT}.xml']",
        ),
        ("They", '&lt;img src="x"&gt;They', "entry 1: <img> in a text"),
        (
            "&lt;em&gt;",
            "&lt;em onclick=x&gt;",
            "entry 1: <em onclick> in a text",
        ),
        (
            "&lt;em&gt;sail&lt;/em&gt;",
            "&lt;a href=/1/&gt;sail&lt;/a&gt;",
            "entry 1: <a href>: address '/1/' is no whole address",
        ),
        ("&lt;/em&gt;", "", "entry 1: </p> closes what is not open"),
        ("<name>Vallorn</name>", "", "feed: an author with []"),
        ("<category", "<genre/><category", "entry 1: has genre, which is not in these"),
        ('rel="alternate"/>\n<id>', 'rel="via"/>\n<id>', "entry 1: no link to a page"),
    ],
)
def test_a_fault_of_an_atom_feed_is_found(old, new, fault):
    assert old in ATOM
    assert fault in " | ".join(told("atom", ATOM.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("What was said.", "", "channel: an empty description"),
        (
            "Mon, 02 Mar 2026 09:00:00 +0000</last",
            "Tue, 02 Mar 2026 09:00:00 +0000</last",
            "channel: Tue, 02 Mar 2026 09:00:00 +0000 is another day of the week",
        ),
        (
            "<pubDate>Mon, 02 Mar",
            "<pubDate>2 March",
            "item 1: '2 March 2026 09:00:00 +0000' is no moment of RFC 822",
        ),
        (' isPermaLink="false"', "", "item 1: guid 'tag:statements.example"),
        (">en<", ">English<", "channel: 'English' is no language"),
        ("<item>", "<item><guid>12</guid>", "item 1: has 2 of guid"),
        ("Vallorn</dc:creator>", "V</dc:creator><author>V</author>", "has author"),
        (
            "</channel>",
            RSS[RSS.index("<item>") : RSS.index("</channel>")] + "</channel>",
            "tag:statements.example,2026:statement-1: stands 2 times",
        ),
    ],
)
def test_a_fault_of_an_rss_feed_is_found(old, new, fault):
    assert old in RSS
    assert fault in " | ".join(told("rss", RSS.replace(old, new, 1)))


def test_a_feed_comes_as_what_it_is():
    assert told("xml", "<rss") == ["is no XML: unclosed token: line 1, column 0"]
    assert "comes as text/xml" in told("xml", RSS)
    assert told("rss", "<rdf/>")[-1] == "begins with rdf"

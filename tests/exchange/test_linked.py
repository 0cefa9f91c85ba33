"""Linked data says what schema.org can read, and no text gets out of its block."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

from statements.exchange import linked
from tests.validate import shapes

SITE = linked.Site("Newsroom", "https://news.example", "https://news.example/licence/")
HOUR = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
MINISTRY = linked.Party(
    "Organization", "Ministry", "https://news.example/organizations/ministry/"
)
OKAFOR = linked.Party("Person", "Ilse Okafor", "https://news.example/people/okafor/")
OFFICE = linked.Office("Spokesperson", MINISTRY, "2024-01", "2026-05-31", now=True)
RESOLUTION = linked.Resolution(
    "S/RES/2417 (2018)",
    "https://news.example/resolutions/un-sc/2417/",
    body="Security Council",
    topic="Hunger",
    adopted_on=dt.date(2018, 5, 24),
    official="https://un.example/2417",
)
STATEMENT = linked.Statement(
    url="https://news.example/statements/2026/03/02/ferries/",
    title="The ferries will sail",
    schema_type="OpinionNewsArticle",
    dated=dt.date(2026, 3, 2),
    published_at=HOUR,
    language="en",
    issuer=MINISTRY,
    summary="They sail.",
    byline="The harbour desk",
    disclaimer="A view.",
    correction=linked.Correction("It named the wrong harbour.", HOUR),
    topics=[("Ferries", "https://news.example/topics/ferries/")],
    resolutions=[RESOLUTION],
    quotes=["https://news.example/quotes/0123456789/"],
    translations=[("https://news.example/statements/2026/03/02/x/", "ar")],
    media=[
        linked.Medium(
            "audio",
            "https://news.example/media/a.mp3",
            "audio/mpeg",
            caption="Bells",
            transcript="Bells.",
            duration=dt.timedelta(minutes=1, seconds=35),
        ),
        linked.Medium(
            "image", "https://news.example/a.png", "image/png", width=3, height=2
        ),
    ],
)
QUOTE = linked.Quote(
    url="https://news.example/quotes/0123456789/",
    words="The ferries will sail",
    language="en",
    said_on=dt.date(2026, 3, 2),
    speaker=OKAFOR,
    statement=STATEMENT,
    office=OFFICE,
    printed="Spokesperson",
    resolutions=[RESOLUTION],
    corrections=[linked.Correction("", HOUR)],
)


def nodes() -> list[linked.Node]:
    return [
        linked.website(SITE, "https://news.example/search/?q="),
        linked.statement(SITE, STATEMENT),
        linked.trail([("Newsroom", "https://news.example/"), ("x", STATEMENT.url)]),
        linked.quote(SITE, QUOTE),
        linked.person(OKAFOR, [OFFICE], ["https://www.wikidata.org/entity/Q1"]),
        linked.organization(MINISTRY, MINISTRY, [(OKAFOR, OFFICE)]),
        linked.resolution(RESOLUTION),
    ]


def test_all_that_is_told_has_the_shapes_of_schema_org():
    assert shapes.faults(json.loads(linked.block(*nodes()))) == []


def test_what_is_not_known_is_left_out():
    bare = replace(
        STATEMENT,
        schema_type="Sermon",
        issuer=None,
        **dict.fromkeys(("summary", "byline", "disclaimer"), ""),
        correction=None,
        **dict.fromkeys(
            ("topics", "resolutions", "quotes", "translations", "media"), ()
        ),
    )
    told = [
        linked.statement(linked.Site("Newsroom", "https://news.example"), bare),
        linked.quote(
            SITE,
            replace(QUOTE, speaker=MINISTRY, office=None, printed="", corrections=()),
        ),
        linked.person(OKAFOR, []),
        linked.organization(MINISTRY, None),
        linked.resolution(linked.Resolution("A/RES/1", RESOLUTION.url)),
    ]
    assert shapes.faults(json.loads(linked.block(*told))) == []
    assert sorted(told[0]) == [
        "@id",
        "@type",
        "author",
        "dateModified",
        "datePublished",
        "headline",
        "inLanguage",
        "isPartOf",
        "mainEntityOfPage",
        "publisher",
        "url",
    ]
    assert told[0]["@type"] == "Article"
    assert told[1]["creator"] == {
        "@type": "Organization",
        "@id": MINISTRY.url,
        "name": "Ministry",
        "url": MINISTRY.url,
    }


def test_a_quotation_has_its_speaker_in_the_office_of_the_day():
    assert linked.quote(SITE, QUOTE)["creator"] == {
        "@type": "Role",
        "roleName": "Spokesperson",
        "startDate": "2024-01",
        "endDate": "2026-05-31",
        "creator": {
            "@type": "Person",
            "@id": OKAFOR.url,
            "name": "Ilse Okafor",
            "url": OKAFOR.url,
        },
        "memberOf": {
            "@type": "Organization",
            "@id": MINISTRY.url,
            "name": "Ministry",
            "url": MINISTRY.url,
        },
    }
    printed = linked.quote(SITE, replace(QUOTE, printed="Madam Spokesperson"))
    assert printed["creator"]["roleName"] == "Madam Spokesperson"


def test_no_text_ends_the_block_or_is_read_as_markup():
    hostile = (
        "</script><script>alert(1)</script><!-- <script> ]]> &lt;b&gt;"
        " \u2028\u2029 \\u003c \" ' \\"
    )
    page = linked.block(linked.quote(SITE, replace(QUOTE, words=hostile)))
    assert not set("<>&\u2028\u2029") & set(page)
    whole = f'<script type="application/ld+json">{page}</script><p>after</p>'
    (read,) = shapes.blocks(whole)
    assert read["@graph"][0]["text"] == hostile


def test_what_has_no_bound_is_named_up_to_one():
    many = replace(
        STATEMENT,
        quotes=[f"https://news.example/quotes/{n:010}/" for n in range(5_000)],
        resolutions=[RESOLUTION] * 5_000,
        media=[replace(STATEMENT.media[0], transcript="Bells. " * 500)],
    )
    told = linked.statement(SITE, many)
    assert (len(told["hasPart"]), len(told["citation"])) == (100, 100)
    assert "transcript" not in told["associatedMedia"][0]


def test_the_shapes_notice_what_is_wrong():
    """The control."""
    wrong = [
        linked.quote(SITE, QUOTE) | {"dateCreated": "next Monday"},
        linked.quote(SITE, QUOTE) | {"spokenBy": "somebody"},
        linked.quote(SITE, QUOTE) | {"about": []},
        linked.quote(SITE, QUOTE) | {"creator": linked.resolution(RESOLUTION)},
        linked.quote(SITE, QUOTE) | {"creator": {"@type": "Role", "roleName": "x"}},
        {"@type": "Sermon"},
        {"@type": "NewsArticle", "headline": "x"},
    ]
    assert [len(shapes.faults(json.loads(linked.block(node)))) for node in wrong] == [
        1,
        1,
        1,
        1,
        1,
        1,
        2,
    ]

"""The first real statement that Newsroom was made for, from its file to its page."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from statements.models import (
    Appointment,
    Article,
    Citation,
    Organization,
    Post,
    Quote,
    Resolution,
    Spokesperson,
)

from .conftest import healthy

SHARED = Path(os.environ.get("NEWSROOM_SHARED", Path(__file__).parents[3] / "shared"))
SEED = SHARED / "data" / "seed_article.txt"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SEED.exists(), reason="The shared data folder is not here."),
]


def test_the_seed_is_received_and_published_with_an_empty_roster(run):
    out = run(
        "receive",
        SEED,
        "--title",
        "Fierce fighting in Syria",
        "--date",
        "2024-12-05",
        "--kind",
        "editorial",
        "--accept",
        "all",
        "--publish",
    )

    assert out.splitlines() == [
        "left out: Your browser doesn’t support HTML5 (player fallback)",
        "confirmed: 7 quotes, 2 citations",
        "published: /statements/2024/12/05/fierce-fighting-in-syria/",
    ]
    (article,) = Article.objects.published()
    (edition,) = article.editions.all()
    raw = SEED.read_text()
    quotes = (
        Quote.objects.public().order_by("start").select_related("appointment__post")
    )
    # Spans of the raw text, with their marks; ours lie between them, in the text
    # without its first line.
    spans = [
        (726, 860),
        (1074, 1334),
        (1365, 1386),
        (1441, 1625),
        (1663, 1946),
        (2088, 2116),
        (2166, 2325),
    ]
    assert [q.text for q in quotes] == [raw[a + 1 : b - 1] for a, b in spans]
    assert [edition.text[q.start : q.end] for q in quotes] == [q.text for q in quotes]
    assert [q.speaker.name for q in quotes] == ["Sean Savett"] + ["Matthew Miller"] * 6
    assert sorted(p.name for p in Spokesperson.objects.all()) == [
        "Matthew Miller",
        "Sean Savett",
    ]
    assert {q.title_as_printed for q in quotes} == {
        "U.S. National Security Council Spokesperson",
        "State Department Spokesperson",
        "Spokesperson",
    }
    assert sorted(
        Appointment.objects.values_list(
            "person__name", "post__label", "post__organization__name"
        )
    ) == [
        ("Matthew Miller", "Spokesperson", "State Department"),
        ("Sean Savett", "Spokesperson", "U.S. National Security Council"),
    ]
    assert Post.objects.count() == 2
    assert Organization.objects.count() == 2
    assert [r.symbol for r in Resolution.objects.all()] == ["S/RES/2254 (2015)"]
    savett, miller = Citation.objects.order_by("start")
    assert savett.quote.speaker.name == "Sean Savett"
    assert miller.quote is None
    assert healthy(run("doctor"))

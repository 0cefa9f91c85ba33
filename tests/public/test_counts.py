"""Counts that the database keeps: those of the public rows, at any moment."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from statements.editorial import catalogue, checking, intake, publishing
from statements.models import (
    Article,
    Citation,
    Kind,
    Organization,
    Quote,
    Resolution,
    Spokesperson,
    Tag,
    Tally,
)
from statements.public import narrowing

from ..builders import make_draft, make_person, quote_words, review_and_publish
from .conftest import make_ferries

pytestmark = pytest.mark.django_db


def kept(at: dt.datetime | None) -> dict[str, dict]:
    found = {
        name: {row.slug: row.count for row in model.objects.counted(at)}
        for name, model in {
            "speakers": Spokesperson,
            "organizations": Organization,
            "resolutions": Resolution,
            "topics": Tag,
        }.items()
    }
    days = {}
    for year in dict(Tally.objects.summed("a", at)):
        for month in dict(Tally.objects.summed(f"a:{year}", at)):
            for day, count in dict(
                Tally.objects.summed(f"a:{year}-{month}", at)
            ).items():
                days[f"{year}-{month}-{day}"] = count
    kinds = {
        kind.pk: sum(dict(Tally.objects.summed(f"k:{kind.pk}", at)).values())
        for kind in Kind.objects.all()
    }
    return found | {"days": days, "kinds": {k: n for k, n in kinds.items() if n}}


def read(at: dt.datetime | None) -> dict[str, dict]:
    """The same, from the rows themselves."""
    quotes, articles = Quote.objects.public(at), Article.objects.published(at)
    days, kinds = {}, {}
    for article in articles:
        day = article.dated.isoformat()
        days[day] = days.get(day, 0) + 1
        kinds[article.kind_id] = kinds.get(article.kind_id, 0) + 1
    return {
        "speakers": {
            row.slug: quotes.filter(speaker=row).count()
            for row in Spokesperson.objects.public(at)
        },
        "organizations": {
            row.slug: quotes.filter(organization=row).count()
            for row in Organization.objects.public(at)
        },
        "resolutions": {
            row.slug: Citation.objects.public(at).filter(resolution=row).count()
            for row in Resolution.objects.public(at)
        },
        "topics": {
            row.slug: articles.filter(article_tags__tag=row).count()
            for row in Tag.objects.public(at)
        },
        "days": days,
        "kinds": kinds,
    }


def test_counts_are_those_of_the_public_rows_whatever_happens(
    make_public, author, editor, publisher, steward, okafor, resolution, tomorrow
):
    later = tomorrow + dt.timedelta(minutes=1)

    def right() -> dict[str, dict]:
        for at in (None, later):
            assert kept(at) == read(at)
        assert checking._counts_that_differ() == []
        return kept(None)

    # The control: there is something to count.
    first = make_public(1)
    assert right()["speakers"] == {"ilse-okafor": 1}
    make_public(2, at=tomorrow)
    make_draft(by=author, title="Unseen", tags=["Ferries", "Unseen"])
    assert right()["speakers"] == {"ilse-okafor": 1}
    assert kept(later)["speakers"] == {"ilse-okafor": 2}
    # A schedule taken off leaves no count behind, not even one of nothing.
    off = make_ferries(
        by=author,
        speaker=make_person("Amina Haddad", by=steward),
        resolution=resolution,
        number=3,
        tags=["Winter"],
    )
    review_and_publish(off, editor=editor, publisher=publisher, at=tomorrow)
    rows = Tally.objects.count()
    assert kept(later)["speakers"] == {"amina-haddad": 1, "ilse-okafor": 2}
    publishing.unschedule(off, by=publisher)
    assert Tally.objects.count() < rows
    assert right()["topics"] == {"ferries": 1}
    # Another date, another kind, another topic.
    third = make_public(4).article
    intake.set_address(
        third,
        by=publisher,
        dated=dt.date(2025, 12, 24),
        tags=["Winter"],
        kind=Kind.objects.exclude(pk=third.kind_id)[0],
    )
    assert right()["days"] == {"2026-03-01": 1, "2025-12-24": 1}
    assert right()["topics"] == {"ferries": 1, "winter": 1}
    # Another person is the same one.
    other = make_person("I. Okafor", by=steward)
    said = make_draft(by=author, title="Said", body="“We sail,” said I. Okafor.")
    quote_words(said, "We sail,", by=author, speaker=other)
    review_and_publish(said, editor=editor, publisher=publisher)
    assert right()["speakers"] == {"ilse-okafor": 2, "i-okafor": 1}
    catalogue.merge(okafor, other, by=steward)
    assert right()["speakers"] == {"i-okafor": 3}
    publishing.withdraw(first.article, by=publisher, reason="error", note="Wrong.")
    assert right()["speakers"] == {"i-okafor": 2}


def test_the_readers_role_sees_no_count_of_what_lies_ahead(
    make_public, public, tomorrow, okafor
):
    make_public(5, at=tomorrow, tags=["Secret"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT whose, number FROM published.tally WHERE part = ''"
            " AND (whose LIKE 's:%' OR whose LIKE 't:%')"
        )
        told = dict(cursor.fetchall())
    ferries = Tag.objects.get(slug="ferries")
    assert told == {f"s:{okafor.pk}": 1, f"t:{ferries.pk}": 1}
    assert Tally.objects.filter(whose=f"s:{okafor.pk}", part="").count() == 2


def test_a_count_that_is_wrong_is_found_and_mended(public, okafor):
    assert checking._counts_that_differ() == []
    Tally.objects.filter(whose=f"s:{okafor.pk}", part="").update(number=7)
    assert checking._counts_that_differ() == [f"count s:{okafor.pk}  6"]
    assert checking._count_anew() == 1
    assert dict(Tally.objects.summed(f"s:{okafor.pk}"))[""] == 1


def test_choices_have_no_number_where_too_many_would_be_counted(
    make_public, public, client, monkeypatch
):
    make_public(3)
    make_public(4, dated=dt.date(2025, 3, 4), tags=["Ferries", "Winter"])
    address = "/people/ilse-okafor/?topic=ferries"
    page = client.get(address).text
    assert ">2026 (2)</option>" in page
    assert "3 quotes" in page
    monkeypatch.setattr(narrowing, "MOST_COUNTED", 1)
    page = client.get(address).text
    # The one thing that is chosen has a number that is kept.
    assert ">2026</option>" in page
    assert "3 quotes" in page
    page = client.get(f"{address}&year=2026").text
    assert "more than 1 quote<" in page

"""Where a statement leads on to: others like it with the reason, and its neighbours."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from statements.editorial import publishing

from .. import builders

LINK = re.compile(r'<h3 class="item-title"[^>]*><a href="([^"]+)">')
REASON = re.compile(r'<p class="item-reason">([^<]+)</p>')


@pytest.fixture
def out(author, editor, publisher, okafor, resolution):
    """Publish a statement of some day that quotes and cites, or does not."""

    def published(
        day: int, *, person=None, cites=False, inside=False, at=None, **fields
    ):
        words = f"We sail at {day}" + (" by UNSCR 2417" if inside else "")
        draft = builders.make_draft(
            by=author,
            title=f"Of day {day}",
            body="\n".join(
                [
                    *([f"“{words},” said Okafor."] if person else []),
                    *([f"UNSCR 2417 asks for {day}."] if cites and not inside else []),
                    f"The strait was calm on day {day}.",
                ]
            ),
            dated=dt.date(2026, 5, day),
            **fields,
        )
        if person is not None:
            builders.quote_words(draft, f"{words},", by=author, speaker=person)
        if cites:
            builders.cite(draft, "UNSCR 2417", resolution, by=author)
        builders.review_and_publish(draft, editor=editor, publisher=publisher, at=at)
        return draft.article

    return published


def read(client, article) -> str:
    return client.get(article.get_absolute_url()).content.decode()


def related(page: str) -> list[tuple[str, str]]:
    section = page.partition("Read on")[2]
    return list(
        zip(
            [link.split("/")[-2] for link in LINK.findall(section)],
            REASON.findall(section),
            strict=True,
        )
    )


def test_statements_of_the_same_person_and_resolution_are_told_with_the_reason(
    client, out, okafor, system, tomorrow, publisher
):
    berg = builders.make_person("Jonas Berg", by=system)
    out(1, person=okafor)
    out(2, cites=True, person=berg)
    out(3, cites=True, person=okafor)
    out(4, person=berg)
    out(5, person=okafor, cites=True, at=tomorrow)  # of which nobody knows yet
    gone = out(6, person=okafor, cites=True)
    publishing.withdraw(gone, by=publisher, reason="error", note="A date.")
    out(7, person=okafor, cites=True, inside=True)
    page = read(client, out(8, person=okafor, cites=True))

    assert related(page) == [
        ("of-day-7", "Quotes Ilse Okafor on S/RES/2417 (2018)"),
        ("of-day-3", "Quotes Ilse Okafor and cites S/RES/2417 (2018)"),
        ("of-day-2", "Cites S/RES/2417 (2018)"),
        ("of-day-1", "Quotes Ilse Okafor"),
    ]
    assert "Read on" not in read(client, out(9))


def test_the_same_text_in_another_language_is_not_told(client, out):
    other = out(1, cites=True)
    here = out(2, cites=True)
    german = out(3, cites=True, language="de", translation_of=here)
    assert 'rel="next"' not in read(client, here)
    assert 'rel="prev"' in read(client, german)
    for article in (here, german):
        assert [slug for slug, _ in related(read(client, article))] == ["of-day-1"]
    assert [slug for slug, _ in related(read(client, other))] == [
        "of-day-3",
        "of-day-2",
    ]


def test_two_speakers_and_a_resolution_are_asked_about_together(
    client, out, okafor, system, author, editor, publisher, resolution
):
    berg = builders.make_person("Jonas Berg", by=system)
    out(1, person=berg)
    out(2, cites=True)
    draft = builders.make_draft(
        by=author,
        title="Both",
        body="“We sail,” said Okafor. “We wait,” said Berg. UNSCR 2417 asks for it.",
        dated=dt.date(2026, 5, 3),
    )
    builders.quote_words(draft, "We sail,", by=author, speaker=okafor)
    builders.quote_words(draft, "We wait,", by=author, speaker=berg)
    builders.cite(draft, "UNSCR 2417", resolution, by=author)
    builders.review_and_publish(draft, editor=editor, publisher=publisher)
    assert related(read(client, draft.article)) == [
        ("of-day-2", "Cites S/RES/2417 (2018)"),
        ("of-day-1", "Quotes Jonas Berg"),
    ]


def test_four_are_told_at_most_the_newest_first(client, out, okafor):
    for day in range(1, 7):
        out(day, person=okafor)
    assert [slug for slug, _ in related(read(client, out(9, person=okafor)))] == [
        "of-day-6",
        "of-day-5",
        "of-day-4",
        "of-day-3",
    ]


def test_before_and_after_stand_the_neighbours_that_readers_have(client, out, tomorrow):
    first, middle, last = out(1), out(2), out(4)
    out(3, at=tomorrow)
    page = read(client, middle)
    assert f'rel="prev" href="{first.get_absolute_url()}"' in page
    assert f'rel="next" href="{last.get_absolute_url()}"' in page
    assert 'rel="prev"' not in read(client, first)
    assert 'rel="next"' not in read(client, last)


def test_of_one_day_the_order_is_that_of_the_archive(client, out):
    one, two, three = out(1), out(1), out(1)
    page = read(client, two)
    assert f'rel="prev" href="{one.get_absolute_url()}"' in page
    assert f'rel="next" href="{three.get_absolute_url()}"' in page


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("", "/about/#contact"),
        ("https://harrow.example/write", "https://harrow.example/write"),
        (
            "mailto:press@harrow.example",
            "mailto:press@harrow.example?subject=Of%20day%201%20%28"
            "http%3A//localhost%3A8000/statements/2026/05/01/of-day-1/%29",
        ),
    ],
)
def test_an_error_is_reported_where_the_site_says(
    client, out, settings, contact, address
):
    settings.SITE_CONTACT = contact
    assert f'<a href="{address}">Report an error' in read(client, out(1))

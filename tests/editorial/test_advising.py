"""What the check asks beside the reasons against, and what somebody silenced."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from statements.detection.findings import Span
from statements.editorial import advising, publishing, reasons, silencing, verbs
from statements.models import (
    Article,
    Audit,
    Edition,
    Origin,
    Quote,
    Silence,
    Verdict,
    Waiver,
)

from .. import builders

pytestmark = pytest.mark.django_db

#: Forty words and more: so many are compared.
LONG = (
    "The harbour office counted the ferries of the strait on each day of the month and"
    " found that none of them had been late by more than a quarter of an hour, which"
    " the pilots put down to a calm sea and to new lamps upon the eastern pier."
)


def look(edition: Edition, by: Any) -> advising.Advised:
    rows = Edition.objects.select_related("article").filter(pk=edition.pk)
    return advising.look_many(rows, by=by)[edition.pk]


def told(edition: Edition, by: Any) -> list[tuple[str, str]]:
    return [(each.rule, each.subject) for each in look(edition, by).told]


def draft(by: Any, body: str, **fields: Any) -> Edition:
    return builders.make_draft(by=by, body=body, **fields)


def test_slips_of_the_words_are_told_with_their_places(author, okafor):
    body = (
        "On Tuesday, 4 March 2026 the OKTM met the the crew of Ilse Okafour in Vall"
        "оrn.\nThe mate wrote: [name of the pier]."  # a Cyrillic o
    )
    found = look(draft(author, body), author).told
    assert [(a.rule, a.place and a.place.of(body), a.step) for a in found] == [
        ("weekday", "Tuesday, 4 March 2026", "write"),
        ("acronym", "OKTM", "write"),
        ("doubled", "the the", "write"),
        ("spelling", "Ilse Okafour", "write"),
        ("mixed", "Vallоrn", "write"),
        ("unfilled", "[name of the pier]", "write"),
    ]
    sound = (
        "On Wednesday, 4 March 2026 the Ovelan Kelp Trade Mission (OKTM) met the crew"
        " of Ilse Okafor in Vallorn."
    )
    assert told(draft(author, sound, slug="sound"), author) == []


def test_an_acronym_of_the_catalogue_needs_no_word(author, system):
    builders.make_organization("Ovelan Kelp Trade Mission", by=system)
    assert told(draft(author, "The OKTM met in Vallorn."), author) == []


def test_titles_are_held_against_the_office_of_the_day(
    author, okafor, okafors_office, draft
):
    builders.quote_words(
        draft,
        "The ferries will sail,",
        by=author,
        speaker=okafor,
        title_as_printed="Minister",
    )
    (advice,) = look(draft, author).told
    assert (advice.rule, advice.step) == ("office", "quotes")
    assert advice.sentence == (
        "Printed as “Minister”, but the catalogue has Ilse Okafor as Spokesperson,"
        " Ministry of Foreign Affairs on 2 March 2026."
    )
    Quote.objects.update(title_as_printed="Spokesperson")
    assert look(draft, author).told == []


def test_citations_that_can_mean_several_or_are_too_young_are_told(author, system):
    body = "It recalls resolution 12/3, S/RES/9999 (2030) and S/RES/2231 (2015)."
    found = look(draft(author, body), author).told
    assert [(a.rule, a.subject) for a in found] == [
        ("ambiguous", "12/3"),
        ("reference", "S/RES/9999 (2030)"),
    ]
    assert found[0].sentence == (
        "“12/3” can mean 2 resolutions: A/RES/12/3, A/HRC/RES/12/3. Choose one."
    )


def test_only_of_imports_open_suggestions_are_advice(author, draft):
    assert told(draft, author) == []
    Article.objects.update(origin=Origin.IMPORT)
    assert told(draft, author) == [("suggestions", "suggestions")]


def test_a_statement_entered_twice_is_told_to_who_may_read_the_other(
    author, outsider, publisher, editor
):
    first = draft(author, LONG, title="Ferries on time")
    again = draft(author, f"{LONG} So it went.", title="The ferries are on time")
    theirs = draft(outsider, LONG, title="Ferries on time", slug="of-culture")
    assert told(again, author) == [("twin", f"statement {first.article_id}")]
    # Of the other desk nobody is told before it is public.
    assert told(theirs, outsider) == []
    publishing.publish(
        first, by=builders.User.objects.system(), unreviewed_reason="It is calm."
    )
    assert told(theirs, outsider) == [("twin", f"statement {first.article_id}")]
    other = draft(author, "The sea was calm. " * 20, title="Ferries on time", slug="x")
    assert [rule for rule, _ in told(other, author) if rule == "twin"] == []


def test_links_are_judged_as_a_reader_would_find_them(author, live, outsider, okafor):
    hidden = draft(outsider, "The strait was calm.", title="Of another desk")
    there = live.article.get_absolute_url()
    paths = {
        hidden.article.get_absolute_url(): True,
        "/statements/2026/03/02/never-was/": True,
        "/admin/": True,
        "/people/nobody/": True,
        "/nowhere": True,
        there: False,
        f"http://localhost:8000{there}": False,
        okafor.get_absolute_url(): False,
        "/people/": False,
        "https://elsewhere.example/nowhere": False,
    }
    lines = [f'<p><a href="{path}">Word {n}</a></p>' for n, path in enumerate(paths)]
    edition = draft(author, "".join(lines), title="Links")
    found = look(edition, author).told
    assert [a.subject for a in found] == [path for path, bad in paths.items() if bad]
    # What is hidden is told of in the words of what never was.
    sentences = {a.sentence.replace(a.subject, "…")[9:] for a in found}
    assert sentences == {
        "leads to …, where readers find nothing. Correct the link, or take it out."
    }
    assert found[0].place == Span(0, 6)


def test_what_a_draft_itself_makes_public_is_no_broken_link(author, okafor):
    body = (
        f'<p>“The ferries will sail,” said <a href="{okafor.get_absolute_url()}">'
        'Ilse Okafor</a>. <a href="/statements/2026/03/02/ours/">Here</a>.</p>'
    )
    edition = draft(author, body, slug="ours")
    assert told(edition, author) == [("link", okafor.get_absolute_url())]
    builders.quote_words(edition, "The ferries will sail,", by=author, speaker=okafor)
    assert told(edition, author) == []


def test_as_many_queries_for_three_as_for_one(
    author, okafor, django_assert_num_queries
):
    body = f'<p>{LONG} <a href="/people/nobody/">Nobody</a>. The OKTM met.</p>'
    for n in range(3):
        draft(author, body, title=f"Ferries, part {n}")
    rows = list(Edition.objects.select_related("article").order_by("pk"))
    author.has_perm("statements.see_every_desk")
    with django_assert_num_queries(13):
        advising.advise_many(rows[:1], by=author)
    with django_assert_num_queries(13):
        found = advising.advise_many(rows, by=author)
    assert [len(each) for each in found.values()] == [4, 4, 4]


def test_a_frozen_edition_is_not_looked_at(live, author, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert advising.advise_many([live], by=author) == {live.pk: []}


# ---------- silences ----------


@pytest.fixture
def two(author) -> tuple[Edition, Edition]:
    """Two drafts that both name the OKTM, and the first the HMK as well."""
    return (
        draft(author, "The OKTM met the HMK.", title="One"),
        draft(author, "The OKTM left.", title="Two"),
    )


def silence(edition: Edition, by: Any, scope: str, subject: str = "OKTM") -> Silence:
    return silencing.silence(
        edition,
        by=by,
        rule="acronym",
        subject=subject,
        scope=scope,
        reason=" Known here. ",
    )


OKTM, HMK = ("acronym", "OKTM"), ("acronym", "HMK")


@pytest.mark.parametrize(
    ("scope", "one", "other"),
    [
        ("here", [HMK], [OKTM]),
        ("subject", [HMK], []),
        ("rule", [], []),
    ],
)
def test_a_finding_is_silenced_as_far_as_was_said(
    two, author, publisher, scope, one, other
):
    first, second = two
    row = silence(first, publisher, scope)
    assert (told(first, author), told(second, author)) == (one, other)
    assert [s.pk for _, s in look(first, author).silenced] == [row.pk] * (2 - len(one))
    noted = Audit.objects.get(table="silence", op="insert")
    assert (noted.actor, noted.reason) == (publisher, "Known here.")

    silencing.lift(row, by=publisher)
    assert (told(first, author), told(second, author)) == ([OKTM, HMK], [OKTM])
    assert Audit.objects.get(table="silence", op="delete").actor == publisher


def test_who_writes_silences_here_and_who_publishes_always(two, author, publisher):
    first, _ = two
    for scope in ("subject", "rule"):
        with pytest.raises(PermissionDenied):
            silence(first, author, scope)
    row = silence(first, author, "here")
    always = silence(first, publisher, "subject", "HMK")
    with pytest.raises(PermissionDenied):
        silencing.lift(always, by=author)
    silencing.lift(row, by=author)
    assert list(Silence.objects.all()) == [always]


def test_silenced_twice_is_once_with_the_last_reason(two, author):
    first, _ = two
    silence(first, author, "here")
    silencing.silence(
        first, by=author, rule="acronym", subject="OKTM", scope="here", reason="So."
    )
    assert [row.reason for row in Silence.objects.all()] == ["So."]


def test_what_is_silenced_always_outlives_the_draft(two, publisher):
    first, second = two
    silence(first, publisher, "here", "HMK")
    silence(first, publisher, "subject")
    publishing.discard(first.article, by=publisher)
    assert [(row.subject, row.article) for row in Silence.objects.all()] == [
        ("OKTM", None)
    ]
    assert told(second, publisher) == []


def test_nothing_is_silenced_in_a_published_edition_or_without_a_reason(
    live, publisher
):
    with pytest.raises(verbs.Frozen):
        silence(live, publisher, "here")
    with pytest.raises(verbs.Unusable):
        silencing.silence(
            live, by=publisher, rule="acronym", subject="X", scope="here", reason=" "
        )


# ---------- reasons ----------


def test_a_waiver_is_for_one_quote_and_not_for_its_rule(
    author, publisher, okafor, okafors_office
):
    edition = draft(
        author, "“One is calm,” said Ilse Okafor. “Two are calm,” she said."
    )
    for words in ("One is calm,", "Two are calm,"):
        builders.quote_words(edition, words, by=author, speaker=okafor)
    Quote.objects.update(verdict=Verdict.DIFFERS)
    one, two = Quote.objects.order_by("start")

    def judged() -> reasons.Judgement:
        return reasons.judge_many(
            [edition], before={edition.article_id: None}, now=verbs.clock()
        )[edition.pk]

    against = [r for r in judged().against if r.rule == "verdict"]
    assert [(r.subject, r.place and r.place.of(edition.text)) for r in against] == [
        (one.permalink_id, "One is calm,"),
        (two.permalink_id, "Two are calm,"),
    ]
    reasons.waive(
        edition, by=publisher, rule="verdict", subject=one.permalink_id, reason="Noise."
    )
    assert [r.subject for r in judged().against if r.rule == "verdict"] == [
        two.permalink_id
    ]
    assert [r.subject for r in judged().aside] == [one.permalink_id]
    with pytest.raises(verbs.Unusable):
        reasons.waive(edition, by=publisher, rule="verdict", reason="All of them.")
    assert Waiver.objects.count() == 1

"""A text comes in, and changes; quotes and citations follow their words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from statements.detection.findings import Attribution
from statements.editorial import editions, intake, quoting, suggesting, verbs
from statements.models import (
    Article,
    ArticleTag,
    Citation,
    Edition,
    FormerAddress,
    Quote,
)

from ..builders import (
    BODY,
    cite,
    make_draft,
    make_user,
    quote_words,
    review_and_publish,
)

pytestmark = pytest.mark.django_db

WORDS = "The ferries will sail,"


def revise(edition, body, *, by):
    edition.refresh_from_db()
    return intake.revise(edition, by=by, lock_version=edition.lock_version, body=body)


def test_plain_text_becomes_paragraphs_and_its_words_stay(draft):
    assert draft.text == BODY
    assert draft.body.count("<p>") == 2


def test_a_players_fallback_line_is_dropped_and_shown(author):
    received = intake.receive(
        intake.Incoming(
            title="With a player",
            body=f"Your browser doesn’t support HTML5\n{BODY}",
            dated=dt.date(2026, 3, 2),
            kind=make_draft(by=author).article.kind,
        ),
        by=author,
    )

    assert [line.text for line in received.dropped] == [
        "Your browser doesn’t support HTML5"
    ]
    assert received.edition.text == BODY


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "  "}, "has no title"),
        ({"title": "x" * 301}, "301 characters"),
        ({"title": "a\0b"}, "cannot be stored"),
        ({"summary": "\ud800"}, "cannot be stored"),
        ({"body": ""}, "has no text"),
        ({"body": "<p> </p>"}, "has no text"),
        ({"body": "a\0b"}, ""),
        ({"body": "\udfff"}, ""),
        ({"body": "x" * 2_000_001}, ""),
    ],
)
def test_a_text_that_cannot_be_taken_is_refused_with_a_sentence(
    author, fields, sentence
):
    with pytest.raises(verbs.Unusable) as refused:
        make_draft(by=author, **fields)

    assert sentence in str(refused.value)
    assert str(refused.value).endswith(".")
    assert list(Article.objects.all()) == []


def test_a_batch_is_taken_whole_or_not_at_all(author):
    kind = make_draft(by=author).article.kind
    good = intake.Incoming(
        title="Good", body=BODY, dated=dt.date(2026, 1, 1), kind=kind
    )
    bad = intake.Incoming(title="", body=BODY, dated=dt.date(2026, 1, 1), kind=kind)

    with pytest.raises(verbs.Unusable):
        intake.receive_many([good, bad], by=author)

    assert Article.objects.count() == 1


def test_two_statements_of_one_title_and_day_get_two_addresses(author):
    slugs = [make_draft(by=author).article.slug for _ in range(3)]
    assert slugs == [
        "the-ferries-will-sail",
        "the-ferries-will-sail-2",
        "the-ferries-will-sail-3",
    ]


def test_topics_are_made_once_however_they_are_written(author):
    make_draft(by=author, tags=["Northern Strait", "Fisheries"])
    make_draft(by=author, tags=["northern strait"])

    names = ArticleTag.objects.values_list("tag__name", flat=True).order_by("tag__name")
    assert list(names) == ["Fisheries", "Northern Strait", "Northern Strait"]


def test_scripts_and_handlers_do_not_get_in(author):
    draft = make_draft(
        by=author,
        body="<p onclick=x>One<script>alert(1)</script></p>"
        '<p><a href="javascript:x">Two</a></p>',
    )
    assert "script" not in draft.body
    assert "onclick" not in draft.body
    assert draft.text == "One\nTwo"


def test_a_quote_follows_its_words_when_a_paragraph_is_put_before(ready, author):
    before = ready.quotes.get()
    ready.refresh_from_db()

    revised = revise(ready, f"<p>A new beginning.</p>{ready.body}", by=author)

    quote = ready.quotes.get()
    assert revised.notices == []
    assert quote.permalink_id == before.permalink_id
    assert quote.start == before.start + len("A new beginning.\n")
    assert quote.confirmed_at is not None
    assert revised.edition.text[quote.start : quote.end] == WORDS


def test_a_text_pasted_again_without_marks_keeps_its_quotes(ready, author):
    before = ready.quotes.get()

    revise(ready, "A new beginning.\n" + BODY, by=author)

    quote = ready.quotes.get()
    assert quote.permalink_id == before.permalink_id
    assert (quote.text, quote.detached_at) == (WORDS, None)
    ready.refresh_from_db()
    assert quote.permalink_id in ready.body


def test_a_quote_whose_words_changed_is_to_be_confirmed_again(ready, author):
    ready.refresh_from_db()
    revised = revise(ready, ready.body.replace("will sail", "must sail"), by=author)

    quote = ready.quotes.get()
    assert quote.text == "The ferries must sail,"
    assert quote.confirmed_at is None
    assert "Confirm it again." in revised.notices[0]

    quoting.confirm([quote], by=author)
    quote.refresh_from_db()
    assert quote.confirmed_by == author


def test_a_quote_whose_words_are_gone_is_detached_and_comes_back_with_them(
    ready, author
):
    revised = revise(ready, "Nobody said anything at all today.", by=author)
    quote = ready.quotes.get()
    assert quote.detached_at is not None
    assert (quote.start, quote.end) == (None, None)
    assert "detached" in revised.notices[0]


def test_a_sentence_quoted_twice_keeps_each_quote_in_its_place(author, okafor):
    body = "Ilse Okafor said “We will sail.”\nLater, Ilse Okafor said “We will sail.”"
    draft = make_draft(by=author, body=body)
    first = draft.text.index("We will sail.")
    second = draft.text.rindex("We will sail.")
    speaker = quoting.Speaker(person=okafor)
    one, two = quoting.accept(
        draft,
        by=author,
        quotes=[
            quoting.NewQuote(first, first + 13, speaker),
            quoting.NewQuote(second, second + 13, speaker),
        ],
    )

    revise(draft, "In between, nothing.\n" + body, by=author)

    assert list(draft.quotes.order_by("start").values_list("permalink", flat=True)) == [
        one.permalink_id,
        two.permalink_id,
    ]


def test_a_citation_follows_its_words_and_goes_with_them(author, resolution):
    draft = make_draft(by=author, body="It recalls resolution 2417 (2018).")
    cite(draft, "2417 (2018)", resolution, by=author)

    revise(draft, "Before.\nIt recalls resolution 2417 (2018).", by=author)
    citation = draft.citations.get()
    draft.refresh_from_db()
    assert draft.text[citation.start : citation.end] == "2417 (2018)"

    revised = revise(draft, "It recalls nothing.", by=author)
    assert list(draft.citations.all()) == []
    assert "no longer names" in revised.notices[0]


def test_a_citation_inside_a_quote_is_linked_to_it(author, okafor, resolution):
    draft = make_draft(
        by=author,
        body="Ilse Okafor said “we stand by resolution 2417 (2018) today” on Monday.",
    )
    quote = quote_words(
        draft, "we stand by resolution 2417 (2018) today", by=author, speaker=okafor
    )
    cite(draft, "2417 (2018)", resolution, by=author)

    assert Citation.objects.get().quote == quote
    quote.refresh_from_db()
    assert f"r:{resolution.pk}" in quote.facets


def test_a_mark_pasted_from_another_statement_is_nobodys_here(ready, author):
    ready.refresh_from_db()
    other = make_draft(by=author, title="Another", body=ready.body)
    assert list(other.quotes.all()) == []

    revise(other, ready.body + "<p>More.</p>", by=author)

    other.refresh_from_db()
    assert "data-quote" not in other.body


def test_a_save_over_somebody_elses_is_a_conflict(draft, author, editor):
    intake.revise(draft, by=editor, lock_version=0, summary="Theirs.")

    with pytest.raises(verbs.Conflict) as refused:
        intake.revise(draft, by=author, lock_version=0, summary="Ours.")

    assert refused.value.edition.summary == "Theirs."
    draft.refresh_from_db()
    assert draft.summary == "Theirs."


def test_a_published_edition_is_not_revised(live, author):
    with pytest.raises(verbs.Frozen):
        intake.revise(live, by=author, lock_version=live.lock_version, title="x")


def test_a_new_slug_leaves_the_former_address_only_if_it_was_public(
    live, draft, author, publisher
):
    other = make_draft(by=author, title="Hidden")
    intake.set_address(other.article, by=author, slug="still-hidden")
    assert list(FormerAddress.objects.all()) == []

    was = live.article.get_absolute_url()
    intake.set_address(live.article, by=publisher, slug="they-sailed")

    assert list(FormerAddress.objects.values_list("path", "article")) == [
        (was, live.article_id)
    ]


def test_new_topics_reach_the_facets_of_published_quotes(live, publisher):
    intake.set_address(live.article, by=publisher, tags=["Northern Strait"])
    tag = live.article.tags.get()
    assert f"t:{tag.pk}" in Quote.objects.get().facets


def test_the_same_words_are_not_quoted_twice(ready, author, okafor):
    with pytest.raises(verbs.Unusable, match="Remove that one first"):
        quote_words(ready, "ferries will", by=author, speaker=okafor)


def test_a_removed_quote_leaves_the_text_and_its_words(ready, author):
    quote = ready.quotes.get()
    quoting.remove(quote, by=author)

    ready.refresh_from_db()
    assert "data-quote" not in ready.body
    assert WORDS in ready.text
    assert list(ready.quotes.all()) == []


def test_rejected_findings_stay_away(draft, author):
    (suggestion,) = suggesting.suggest(draft).quotes
    quoting.reject(draft, by=author, quotes=[suggestion.finding])
    assert len(suggesting.suggest(draft)) == 0


def test_a_turn_of_a_transcript_is_accepted_like_a_quote(author, okafor):
    """Words over two paragraphs and without marks: a place is enough."""
    body = (
        "Briefing by Spokesperson Ilse Okafor\n\nMS OKAFOR: The Strait is open.\n\n"
        "It will stay open.\n\nQUESTION: For whom?\n\nMS OKAFOR: For ships."
    )
    edition = make_draft(by=author, body=body)
    first, asked, last = suggesting.suggest(edition).quotes
    assert first.words == "The Strait is open.\nIt will stay open."
    assert [c.person for c in first.finding.attribution.candidates] == [okafor.pk]
    span = first.finding.span
    new = quoting.NewQuote(
        span.start, span.end, quoting.Speaker(person=okafor), first.finding.kind
    )
    (quote,) = quoting.accept(edition, by=author, quotes=[new])
    edition.refresh_from_db()
    assert edition.text[quote.start : quote.end] == first.words
    assert quote.kind == "block"
    assert suggesting.suggest(edition).quotes == (asked, last)


def test_a_second_edition_carries_quotes_citations_and_files(
    live, author, editor, publisher
):
    second = editions.begin(live.article, by=author)
    review_and_publish(second, editor=editor, publisher=publisher)
    assert Edition.objects.live().get() == second
    assert second.quotes.get().permalink == live.quotes.get().permalink


def test_somebody_without_the_right_is_refused(draft):
    auditor = make_user("auden", "Auditor")
    with pytest.raises(PermissionDenied, match="may not"):
        intake.revise(draft, by=auditor, lock_version=0, title="x")


@pytest.mark.parametrize(
    ("speaker", "title"),
    [
        ("Foreign Ministry Spokesperson Ilse Okafor", "Foreign Ministry Spokesperson"),
        ("Spokesperson Okafor", "Spokesperson"),
        ("Okafor", "Foreign Ministry Spokesperson"),  # none here: the fullest
        ("she", "Foreign Ministry Spokesperson"),
        ("Ms. Okafor", "Foreign Ministry Spokesperson"),  # courtesy names no office
    ],
)
def test_the_printed_title_is_the_one_at_the_quote(speaker, title):
    printed = Attribution(
        speaker=speaker,
        full_name="Ilse Okafor",
        title="Foreign Ministry Spokesperson",
    )
    assert suggesting.printed_title(printed) == title

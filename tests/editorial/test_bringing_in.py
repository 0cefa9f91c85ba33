"""What hangs on the words comes with them: quotes, citations, files."""

from __future__ import annotations

import pytest

from statements.editorial import (
    checking,
    editions,
    intake,
    merging,
    publishing,
    quoting,
    suggesting,
    verbs,
)
from statements.models import Change, Edition, User

from .. import builders
from ..public.hidden import make_asset

pytestmark = pytest.mark.django_db

BODY = (
    "<p>“The ferries will sail,” said Ilse Okafor on Monday.</p>"
    "<p>“Pilots are ready,” she said, and “the strait is calm.”</p>"
    "<p>It goes back to resolution 2417 (2018), and to UNSCR 2231.</p>"
)


def out(edition: Edition) -> Edition:
    """Published by the system; what is suggested still is rejected."""
    system = User.objects.system()
    edition.refresh_from_db()
    found = suggesting.suggest(edition)
    quoting.reject(
        edition,
        by=system,
        quotes=[each.finding for each in found.quotes],
        citations=[each.finding for each in found.citations],
    )
    edition.refresh_from_db()
    return publishing.publish(edition, by=system, unreviewed_reason="The hour is late.")


def attach(edition: Edition, asset, caption: str, *, by: User) -> None:
    words = {"caption": caption, "transcript": "Sounds of the harbour."}
    editions.attach(edition, asset, by=by, role="attachment", **words)


@pytest.fixture
def first(author, editor, okafor, okafors_office, resolution) -> Edition:
    edition = builders.make_draft(by=author, body=BODY)
    for words in ("The ferries will sail,", "the strait is calm."):
        builders.quote_words(edition, words, by=author, speaker=okafor)
    builders.cite(edition, "resolution 2417 (2018)", resolution, by=author)
    asset = make_asset("bells.mp3", b"bells" * 40, by=author, desk=author.desks.get())
    editions.attach(
        edition,
        asset,
        by=author,
        role="attachment",
        caption="Bells.",
        transcript="Bells.",
    )
    return out(edition)


@pytest.fixture
def both(first, author, editor) -> tuple[Edition, Edition]:
    """A long revision of one's own, and the urgent edition beside it."""
    return (
        editions.begin(first.article, by=author),
        editions.begin(first.article, by=editor, change=Change.MINOR),
    )


def bring(edition: Edition, *, by: User, choice: str = "mine") -> list[str]:
    edition.refresh_from_db()
    theirs = merging.behind(edition)
    asked = merging.compare(edition, theirs).to_choose()
    return merging.bring_in(
        edition,
        by=by,
        lock_version=edition.lock_version,
        choices=dict.fromkeys(asked, choice),
    )


def revise(edition: Edition, old: str, new: str, *, by: User) -> None:
    edition.refresh_from_db()
    assert old in edition.body
    intake.revise(
        edition,
        by=by,
        lock_version=edition.lock_version,
        body=edition.body.replace(old, new),
    )
    edition.refresh_from_db()


def quotes(edition: Edition) -> dict[str, tuple]:
    return {
        quote.text: (quote.permalink_id, quote.speaker_id, quote.confirmed_at is None)
        for quote in edition.quotes.order_by("start")
    }


def test_a_quote_confirmed_there_comes_with_its_address(both, author, editor, okafor):
    long, urgent = both
    mine = builders.quote_words(urgent, "Pilots are ready,", by=editor, speaker=okafor)
    theirs = out(urgent)
    revise(long, "on Monday", "on Tuesday", by=author)
    assert bring(long, by=author) == []
    long.refresh_from_db()
    assert quotes(long) == quotes(theirs)
    assert long.quotes.get(text="Pilots are ready,").permalink_id == mine.permalink_id
    assert long.quotes.filter(facets=[]).count() == 0
    assert "on Tuesday" in long.text
    assert long.based_on == theirs
    assert [check.find() for check in checking.CHECKS if check.find()] == []


def test_a_speaker_mended_there_is_mended_here(both, author, editor, system):
    long, urgent = both
    other = builders.make_person("Lena Marsh", by=system)
    quote = urgent.quotes.get(text="the strait is calm.")
    quoting.reattribute(quote, by=editor, speaker=quoting.Speaker(person=other))
    out(urgent)
    assert bring(long, by=author) == []
    assert long.quotes.get(text="the strait is calm.").speaker == other


def test_two_new_speakers_of_one_quote_are_left_to_confirm(
    both, author, editor, system
):
    long, urgent = both
    for edition, name, by in ((urgent, "Lena", editor), (long, "Zack", author)):
        person = builders.make_person(f"{name} Marsh", by=system)
        quote = edition.quotes.get(text="the strait is calm.")
        quoting.reattribute(quote, by=by, speaker=quoting.Speaker(person=person))
    out(urgent)
    (notice,) = bring(long, by=author)
    assert notice.startswith("The quote “the strait is calm.” was changed in edition 3")
    quote = long.quotes.get(text="the strait is calm.")
    assert (str(quote.speaker), quote.confirmed_at) == ("Zack Marsh", None)


def test_a_quote_taken_out_there_is_out_here(both, author, editor):
    long, urgent = both
    quoting.remove(urgent.quotes.get(text="the strait is calm."), by=editor)
    out(urgent)
    (notice,) = bring(long, by=author)
    assert "“the strait is calm.” is out: edition 3 took it out." in notice
    long.refresh_from_db()
    assert list(quotes(long)) == ["The ferries will sail,"]
    assert long.body.count("data-quote") == 1


def test_one_quote_confirmed_on_both_sides_keeps_the_address_that_readers_know(
    both, author, editor, okafor
):
    long, urgent = both
    words = "Pilots are ready,"
    builders.quote_words(long, words, by=author, speaker=okafor)
    known = builders.quote_words(urgent, words, by=editor, speaker=okafor)
    out(urgent)
    (notice,) = bring(long, by=author)
    assert "The one that readers know is kept." in notice
    assert long.quotes.get(text=words).permalink_id == known.permalink_id


def test_citations_of_both_are_kept(both, author, editor, system):
    long, urgent = both
    plan = builders.make_resolution("S/RES/2231 (2015)", by=system)
    builders.cite(urgent, "UNSCR 2231", plan, by=editor)
    revise(urgent, "on Monday", "on Tuesday", by=editor)
    out(urgent)
    revise(long, "<p>It goes", "<p>Say it again.</p><p>It goes", by=author)
    assert bring(long, by=author) == []
    long.refresh_from_db()
    assert [
        (row.printed, long.text[row.start : row.end], row.resolution.symbol)
        for row in long.citations.order_by("start")
    ] == [
        ("resolution 2417 (2018)", "resolution 2417 (2018)", "S/RES/2417 (2018)"),
        ("UNSCR 2231", "UNSCR 2231", "S/RES/2231 (2015)"),
    ]


def test_a_citation_taken_out_is_out_on_whichever_side(both, author, editor):
    long, urgent = both
    quoting.remove_citation(urgent.citations.get(), by=editor)
    out(urgent)
    (notice,) = bring(long, by=author)
    assert "took it out" in notice
    assert not long.citations.exists()


def test_a_citation_taken_out_here_does_not_come_back(both, author, editor):
    long, urgent = both
    quoting.remove_citation(long.citations.get(), by=author)
    revise(urgent, "on Monday", "on Tuesday", by=editor)
    out(urgent)
    assert bring(long, by=author) == []
    assert not long.citations.exists()


def test_files_and_their_words_come_too(both, author, editor):
    long, urgent = both
    bells = urgent.media.get()
    new = make_asset("gulls.mp3", b"gulls" * 40, by=editor, desk=editor.desks.get())
    for asset, caption in ((bells.asset, "Bells at noon."), (new, "Gulls.")):
        urgent.refresh_from_db()
        editions.attach(
            urgent, asset, by=editor, role="attachment", caption=caption, transcript="-"
        )
    out(urgent)
    assert bring(long, by=author) == []
    assert list(long.media.order_by("caption").values_list("caption", flat=True)) == [
        "Bells at noon.",
        "Gulls.",
    ]


def test_a_file_taken_out_there_is_out_here(both, author, editor):
    long, urgent = both
    editions.detach_media(urgent.media.get(), by=editor)
    out(urgent)
    (notice,) = bring(long, by=author)
    assert "is no longer attached: edition 3 took it out." in notice
    assert not long.media.exists()


def test_nothing_is_brought_in_where_nothing_went_out_or_nobody_chose(
    both, author, editor
):
    long, urgent = both
    with pytest.raises(verbs.Unusable, match="No edition went out"):
        merging.bring_in(long, by=author, lock_version=long.lock_version, choices={})
    revise(urgent, "on Monday", "on Tuesday", by=editor)
    revise(long, "on Monday", "on Sunday", by=author)
    out(urgent)
    before = Edition.objects.values().get(pk=long.pk)
    with pytest.raises(merging.Undecided):
        merging.bring_in(long, by=author, lock_version=long.lock_version, choices={})
    with pytest.raises(verbs.Conflict):
        merging.bring_in(long, by=author, lock_version=0, choices={})
    assert Edition.objects.values().get(pk=long.pk) == before
    bring(long, by=author, choice="theirs")
    long.refresh_from_db()
    assert "on Tuesday" in long.text

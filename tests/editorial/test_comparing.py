"""Two editions side by side: all that differs is named, and nothing else."""

from __future__ import annotations

import pytest

from statements.editorial import catalogue, comparing, editions, intake, quoting
from statements.models import Edition

from ..builders import cite, make_person, quote_words
from ..public.hidden import make_asset

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(live, author, resolution, system) -> Edition:
    """A draft with another of everything."""
    edition = editions.begin(live.article, by=author, change="correction")
    intake.revise(
        edition,
        by=author,
        lock_version=edition.lock_version,
        title="The ferries will sail again",
        change_note="A word was missing.",
        body=edition.body.replace("will sail,", "will sail today,")
        + "<p>“The pilots rest,” it was said under resolution 2417 (2018).</p>",
    )
    edition.refresh_from_db()
    ruiz = make_person("Mara Ruiz", by=system)
    quoting.reattribute(
        edition.quotes.get(),
        by=author,
        speaker=quoting.Speaker(person=ruiz),
        title_as_printed="Pilot",
    )
    edition.refresh_from_db()
    quote_words(edition, "The pilots rest,", by=author, speaker=ruiz)
    cite(edition, "resolution 2417 (2018)", resolution, by=author)
    asset = make_asset("bells.mp3", by=author)
    editions.attach(edition, asset, by=author, transcript="Bells.")
    edition.refresh_from_db()
    return edition


def facts(part) -> dict[str, tuple[str, str]]:
    return {fact.label: (fact.old, fact.new) for fact in part.changes}


def test_everything_that_differs_is_named(live, second, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = comparing.compare(live.pk, second.pk)
    assert {fact.label: (fact.old, fact.new) for fact in found.changed_facts} == {
        "Title": ("The ferries will sail", "The ferries will sail again"),
        "Change": ("First edition", "Correction"),
        "What was corrected": ("", "A word was missing."),
    }
    assert found.changed_text == 2
    changed, added = found.quotes
    assert (changed.state, added.state) == ("changed", "added")
    assert changed.permalink == live.quotes.get().permalink_id
    assert facts(changed) == {
        "Words": ("The ferries will sail,", "The ferries will sail today,"),
        "Speaker": ("Ilse Okafor", "Mara Ruiz"),
        "Office": ("Spokesperson, Ministry of Foreign Affairs", ""),
        "Title as printed": ("", "Pilot"),
    }
    assert [(part.title, part.state) for part in found.citations] == [
        ("S/RES/2417 (2018): “resolution 2417 (2018)”", "added")
    ]
    assert [(part.title, part.state) for part in found.media] == [
        ("bells.mp3", "added")
    ]
    assert not found.same


def test_the_other_way_round_what_was_new_is_gone(live, second):
    found = comparing.compare(second.pk, live.pk)
    assert sorted(part.state for part in found.quotes) == ["changed", "gone"]
    assert [part.state for part in (*found.citations, *found.media)] == ["gone"] * 2


def test_an_edition_that_was_just_begun_differs_in_nothing_but_that(live, author):
    edition = editions.begin(live.article, by=author)
    found = comparing.compare(live.pk, edition.pk)
    assert [fact.label for fact in found.changed_facts] == ["Change"]
    assert (found.changed_text, found.changed_parts, found.form) == (0, 0, False)
    assert comparing.compare(live.pk, live.pk).same


def test_another_form_of_the_same_words_is_told(live, author):
    edition = editions.begin(live.article, by=author)
    intake.revise(
        edition,
        by=author,
        lock_version=edition.lock_version,
        body=edition.body.replace(
            "The strait was calm.", "The <em>strait</em> was calm."
        ),
    )
    found = comparing.compare(live.pk, edition.pk)
    assert (found.changed_text, found.form) == (0, True)


def test_a_quote_that_was_removed_is_gone_and_the_form_is_the_same(live, author):
    """The mark of a quote is no part of the form that readers see."""
    edition = editions.begin(live.article, by=author)
    quoting.remove(edition.quotes.get(), by=author)
    found = comparing.compare(live.pk, edition.pk)
    assert (found.changed_text, found.form) == (0, False)
    assert [part.state for part in found.quotes] == ["gone"]


def test_published_editions_have_the_names_and_topics_of_their_hour(
    live, author, publisher, okafor, system
):
    edition = editions.begin(live.article, by=author)
    okafor.name = "Ilse Okafor-Brandt"
    catalogue.keep(okafor, by=system)
    intake.set_address(live.article, by=publisher, slug="the-ferries-sail")
    found = comparing.compare(live.pk, edition.pk)
    (quote,) = found.quotes
    assert facts(quote) == {"Speaker": ("Ilse Okafor", "Ilse Okafor-Brandt")}
    assert ("the-ferries-will-sail", "the-ferries-sail") in [
        (fact.old, fact.new) for fact in found.changed_facts
    ]

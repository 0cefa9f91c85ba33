"""Quotes at the desk: found, decided, said by somebody, confirmed again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from statements.editorial import quoting, suggesting
from statements.models import (
    Appointment,
    Citation,
    Edition,
    Organization,
    Post,
    Quote,
    Rejection,
    Resolution,
    Spokesperson,
)

from .. import builders

pytestmark = pytest.mark.django_db

BODY = """\
Spokesperson Ilse Okafor said that “the ferries will sail on Sunday,” and left.
“We read resolution 2417 (2018) every morning,” she said.
Hunger, says S/RES/2417 (2018), is no weapon. The ferries sail, the ferries sail."""


@pytest.fixture
def statement(author) -> Edition:
    return builders.make_draft(by=author, body=BODY)


def open_keys(edition: Edition) -> tuple[list[str], list[str]]:
    edition.refresh_from_db()
    found = suggesting.suggest(edition)
    return [each.key for each in found.quotes], [each.key for each in found.citations]


def who(person: Spokesperson, office: Appointment | None = None) -> str:
    organization = office.post.organization_id if office else 0
    return f"{person.pk}.{office.pk if office else 0}.{organization}"


def text_of(response) -> str:
    return response.content.decode()


def test_the_page_shows_who_where_and_why(amina, statement, okafor, okafors_office):
    page = amina.page(statement, "quotes")
    assert "As written: <bdi>Spokesperson Ilse Okafor</bdi>" in page
    assert "<strong><bdi>Ilse Okafor</bdi></strong>" in page
    assert "named beside the words" in page
    assert "by a pronoun" in page
    assert "“said”" in page
    assert "% sure" in page
    assert "S/RES/2417 (2018)" in page


def test_all_safe_are_accepted_together(
    amina, statement, okafor, okafors_office, resolution
):
    amina.send(statement, "quotes", "safe")
    assert Quote.objects.count() == 2
    assert {quote.speaker for quote in Quote.objects.all()} == {okafor}
    assert {quote.appointment for quote in Quote.objects.all()} == {okafors_office}
    assert Citation.objects.filter(resolution=resolution).exists()


def test_decisions_accept_reject_and_leave(
    edgar, statement, okafor, okafors_office, resolution
):
    (first, second), (third, fourth) = open_keys(statement)
    page = edgar.page(statement, "quotes")
    assert f'value="{who(okafor, okafors_office)}"' in page
    edgar.send(
        statement,
        "quotes",
        "decide",
        **{
            f"{first}-do": "accept",
            f"{first}-who": who(okafor, okafors_office),
            f"{first}-title": "Spokesperson",
            f"{first}-said_on": "2026-03-01",
            f"{second}-do": "reject",
            f"{third}-do": "later",
            f"{fourth}-do": "accept",
            f"{fourth}-symbol": "S/RES/2417 (2018)",
        },
    )
    quote = Quote.objects.get()
    assert quote.text == "the ferries will sail on Sunday,"
    assert (quote.speaker, quote.appointment) == (okafor, okafors_office)
    assert quote.title_as_printed == "Spokesperson"
    assert quote.said_on == dt.date(2026, 3, 1)
    assert quote.confirmed_by == edgar.user
    assert {each.kind for each in Rejection.objects.all()} == {Rejection.Of.QUOTE}
    assert Citation.objects.get().resolution == resolution
    assert open_keys(statement) == ([], [third])


def test_a_speaker_is_made_from_the_attribution(edgar, statement):
    first, second = open_keys(statement)[0]
    page = edgar.page(statement, "quotes")
    assert "Not in the catalogue yet." in page
    assert f'name="{first}-new_name" value="Ilse Okafor"' in page
    edgar.send(
        statement,
        "quotes",
        "decide",
        **{
            f"{first}-do": "accept",
            f"{first}-who": "new",
            f"{first}-new_name": "Ilse Okafor",
            f"{first}-new_organization": "Ministry of Foreign Affairs",
            f"{first}-new_office": "Spokesperson",
            f"{second}-do": "accept",
            f"{second}-who": "new",
            f"{second}-new_name": "Ilse Okafor",
        },
    )
    okafor = Spokesperson.objects.get()
    assert okafor.quotes.count() == 2
    assert Post.objects.get().label == "Spokesperson"
    assert Organization.objects.get().name == "Ministry of Foreign Affairs"
    assert Appointment.objects.get().basis == "sighted"


def test_an_organisation_can_have_said_it(edgar, statement, ministry):
    first, second = open_keys(statement)[0]
    edgar.send(
        statement,
        "quotes",
        "decide",
        **{
            f"{first}-do": "accept",
            f"{first}-who": "other",
            f"{first}-name": "ministry of foreign affairs",
            f"{second}-do": "accept",
            f"{second}-who": "new",
            f"{second}-new_organization": "Harbour Board",
        },
    )
    said = {quote.text[:10]: quote.organization.name for quote in Quote.objects.all()}
    assert said == {
        "the ferrie": "Ministry of Foreign Affairs",
        "We read re": "Harbour Board",
    }
    assert set(Quote.objects.values_list("speaker", flat=True)) == {None}


def test_two_people_of_one_name_are_both_offered_and_none_chosen(
    edgar, statement, okafor, system
):
    other = builders.make_person("Ilse Okafor", by=system)
    first, _ = open_keys(statement)[0]
    drawn = edgar.page(statement, "quotes")
    for person in (okafor, other):
        assert f"Ilse Okafor (no. {person.pk}) (" in drawn
    fields = {f"{first}-do": "accept", f"{first}-who": "other"}
    response = edgar.send(
        statement, "quotes", "decide", **fields, **{f"{first}-name": "Ilse Okafor"}
    )
    page = text_of(response)
    assert "2 in the catalogue are called “Ilse Okafor”" in page
    assert f"“Ilse Okafor (no. {other.pk})”" in page
    assert not Quote.objects.exists()
    edgar.send(
        statement,
        "quotes",
        "decide",
        **fields,
        **{f"{first}-name": f"Ilse Okafor (no. {other.pk})"},
    )
    assert Quote.objects.get().speaker == other


def test_one_wrong_decision_saves_none_and_keeps_all(edgar, statement, okafor):
    first, second = open_keys(statement)[0]
    response = edgar.send(
        statement,
        "quotes",
        "decide",
        **{
            f"{first}-do": "accept",
            f"{first}-who": who(okafor),
            f"{first}-title": "Typed with care",
            f"{second}-do": "accept",
            f"{second}-who": "other",
            f"{second}-name": "Nobody Known",
        },
    )
    page = text_of(response)
    assert "Nothing was saved" in page
    assert "No person or organisation of the catalogue is called “Nobody Known”" in page
    assert "Typed with care" in page
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("who", "", "Choose who said it."),
        ("who", "999999.0.0", "Select a valid choice."),
        ("said_on", "next Tuesday", "Write the date as year, month and day"),
    ],
)
def test_a_decision_that_lacks_something_says_what(
    edgar, statement, okafor, name, value, sentence
):
    first, _ = open_keys(statement)[0]
    fields = {f"{first}-do": "accept", f"{first}-who": who(okafor)}
    fields[f"{first}-{name}"] = value
    response = edgar.send(statement, "quotes", "decide", **fields)
    assert sentence in text_of(response)
    assert not Quote.objects.exists()


def test_an_author_may_not_make_speakers(amina, statement):
    first, _ = open_keys(statement)[0]
    assert "Ask an editor to add them." in amina.page(statement, "quotes")
    response = amina.send(
        statement,
        "quotes",
        "decide",
        **{
            f"{first}-do": "accept",
            f"{first}-who": "new",
            f"{first}-new_name": "Ilse Okafor",
        },
    )
    assert "Select a valid choice." in text_of(response)
    assert not Spokesperson.objects.exists()


def test_an_author_may_not_make_resolutions(amina, statement):
    key = open_keys(statement)[1][0]
    response = amina.send(
        statement,
        "quotes",
        "decide",
        **{f"{key}-do": "accept", f"{key}-symbol": "S/RES/2417 (2018)"},
    )
    assert "Ask an editor to add it." in text_of(response)
    assert not Resolution.objects.exists()


def test_an_editor_makes_a_resolution_by_accepting(edgar, statement):
    key = open_keys(statement)[1][0]
    edgar.send(
        statement,
        "quotes",
        "decide",
        **{f"{key}-do": "accept", f"{key}-symbol": "S/RES/2417 (2018)"},
    )
    assert Resolution.objects.get().body.slug == "un-sc"


def test_the_speaker_of_a_quote_changes(edgar, ready, system):
    lindqvist = builders.make_person("Teodor Lindqvist", by=system)
    quote = Quote.objects.get()
    key = quote.permalink_id
    edgar.send(
        ready,
        "quotes",
        "speaker",
        quote=key,
        **{
            f"{key}-who": "other",
            f"{key}-name": "Teodor Lindqvist",
            f"{key}-title": "Permanent Representative",
            f"{key}-said_on": "2026-03-01",
        },
    )
    quote.refresh_from_db()
    assert quote.speaker == lindqvist
    assert quote.title_as_printed == "Permanent Representative"
    assert quote.said_on == dt.date(2026, 3, 1)


def test_changed_words_are_confirmed_again(amina, ready):
    changed = ready.body.replace("will sail,", "will sail soon,")
    amina.write(ready, body=changed)
    assert "Changed: confirm again" in amina.page(ready, "quotes")
    amina.send(ready, "quotes", "confirm", quote=Quote.objects.get().permalink_id)
    assert Quote.objects.get().confirmed_by == amina.user
    amina.write(ready, body=changed.replace("soon", "late"))
    amina.send(ready, "quotes", "confirm_all")
    assert Quote.objects.get().confirmed_at is not None


def test_the_verb_itself_asks_who_confirms(ready, steward):
    with pytest.raises(PermissionDenied, match="may not confirm"):
        quoting.confirm(ready.quotes.all(), by=steward)


def test_a_quote_is_removed_and_its_address_kept(amina, ready):
    quote = Quote.objects.get()
    amina.send(ready, "quotes", "remove", quote=quote.permalink_id)
    assert not Quote.objects.exists()
    ready.refresh_from_db()
    assert quote.permalink_id not in ready.body


def test_words_become_a_quote_by_hand(edgar, statement, okafor):
    fields = {"manual-who": "other", "manual-name": "Ilse Okafor"}
    once = {"manual-words": "“Hunger, says”", **fields}
    edgar.send(statement, "quotes", "quote", **once)
    assert Quote.objects.get().text == "Hunger, says"


def test_words_that_stand_twice_need_a_number(edgar, statement, okafor):
    fields = {
        "manual-who": "other",
        "manual-name": "Ilse Okafor",
        "manual-words": "ferries sail",
    }
    response = edgar.send(statement, "quotes", "quote", **fields)
    assert "These words stand in the text 2 times. Say which" in text_of(response)
    response = edgar.send(
        statement, "quotes", "quote", **fields, **{"manual-occurrence": "3"}
    )
    assert "2 times only" in text_of(response)
    edgar.send(statement, "quotes", "quote", **fields, **{"manual-occurrence": "2"})
    assert Quote.objects.get().start == statement.text.rindex("ferries sail")


def test_words_that_are_not_there_are_refused_and_kept(edgar, statement, okafor):
    response = edgar.send(
        statement,
        "quotes",
        "quote",
        **{
            "manual-who": "other",
            "manual-name": "Ilse Okafor",
            "manual-words": "the trains will run",
        },
    )
    assert "These words do not stand in the text." in text_of(response)
    assert "the trains will run" in text_of(response)


def test_words_of_a_quote_are_not_quoted_twice(edgar, ready):
    response = edgar.send(
        ready,
        "quotes",
        "quote",
        **{
            "manual-who": "other",
            "manual-name": "Ilse Okafor",
            "manual-words": "ferries will",
        },
    )
    assert "These words meet the quote" in text_of(response)
    assert Quote.objects.count() == 1


@pytest.mark.parametrize("written", ["S/RES/2417 (2018)", "UNSCR 2417 (2018)"])
def test_a_citation_by_hand(edgar, statement, resolution, written):
    edgar.send(
        statement,
        "quotes",
        "cite",
        **{"cite-words": "no weapon", "cite-reference": written},
    )
    citation = Citation.objects.get()
    assert (citation.printed, citation.resolution) == ("no weapon", resolution)
    edgar.send(statement, "quotes", "uncite", citation=citation.pk)
    assert not Citation.objects.exists()


@pytest.mark.parametrize("written", ["the harbour rules", "9" * 30])
def test_a_reference_to_nothing_is_refused(edgar, statement, written):
    response = edgar.send(
        statement,
        "quotes",
        "cite",
        **{"cite-words": "no weapon", "cite-reference": written},
    )
    assert "is no resolution that is known" in text_of(response)
    assert not Resolution.objects.exists()


def test_decisions_on_an_older_version_are_refused(edgar, amina, statement, okafor):
    first, _ = open_keys(statement)[0]
    response = edgar.send(
        statement,
        "quotes",
        "decide",
        lock_version="7",
        **{f"{first}-do": "accept", f"{first}-who": who(okafor)},
    )
    assert "Somebody saved this edition since you opened it." in text_of(response)
    assert not Quote.objects.exists()


def test_an_unknown_action_is_a_bad_request(edgar, statement):
    assert edgar.send(statement, "quotes", "__class__").status_code == 400


def test_a_live_edition_offers_no_controls(edgar, live):
    page = edgar.page(live, "quotes")
    assert "Change the speaker" not in page
    response = edgar.send(
        live, "quotes", "remove", quote=Quote.objects.get().permalink_id
    )
    assert "its words are frozen" in text_of(response).lower()
    assert Quote.objects.exists()


def test_a_written_name_counts_where_the_preset_choice_was_left(
    edgar, statement, okafor
):
    """Otherwise the words would be given to whom the page had preset."""
    first, _ = open_keys(statement)[0]
    edgar.send(
        statement,
        "quotes",
        "decide",
        **{
            f"{first}-do": "accept",
            f"{first}-who": who(okafor),
            f"{first}-new_name": "Marguerite Aldane",
            f"{first}-new_organization": "Harrowmere Port Authority",
            f"{first}-new_office": "Port Director",
        },
    )
    assert Quote.objects.get().speaker.name == "Marguerite Aldane"


def test_two_written_names_are_asked_about(edgar, statement, okafor):
    first, _ = open_keys(statement)[0]
    response = edgar.send(
        statement,
        "quotes",
        "decide",
        **{
            f"{first}-do": "accept",
            f"{first}-who": who(okafor),
            f"{first}-name": okafor.name,
            f"{first}-new_name": "Marguerite Aldane",
        },
    )
    assert "Choose one: two names are written below." in text_of(response)
    assert not Quote.objects.exists()

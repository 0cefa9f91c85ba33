"""What a suggestion shows at the desk, and what no second reading may undo."""

from __future__ import annotations

import datetime as dt
import re
from io import StringIO

import pytest
from django.core.management import call_command

from statements.editorial import editions, suggesting
from statements.models import Citation, Found, Quote, Rejection

from .. import builders

pytestmark = pytest.mark.django_db

BODY = """\
Spokesperson Ilse Okafor said on Monday that “the ferries will sail,” and left.
“There is water enough for all of us today.”
“It is late,” said Teodor Lindqvist."""


@pytest.fixture
def statement(author):
    return builders.make_draft(by=author, body=BODY)


@pytest.fixture
def lindqvist(system, ministry):
    """An ambassador, and no spokesperson."""
    person = builders.make_person("Teodor Lindqvist", gender="male", by=system)
    post = builders.make_post("Ambassador", ministry, by=system)
    builders.make_appointment(person, post, starts_on=dt.date(2024, 1, 1), by=system)
    return person


def marked(page: str) -> list[tuple[str, str, str]]:
    """The marks in the text: class, what is said to those who do not see it, words."""
    found = re.findall(
        r'<mark class="([^"]+)">(?:<span class="unseen" lang="en">([^<]*): </span>)?'
        r"([^<]*)</mark>",
        page[page.index('class="desk-rows"') :],
    )
    return [row for row in found if row[0] != "suggested"]


def texts(page: str, pattern: str) -> list[str]:
    """What stands in the elements that a pattern finds, without their marks."""
    found = re.findall(pattern, page, re.S)
    return [re.sub(r"<[^>]+>", "", each).strip() for each in found]


def legend(page: str) -> list[str]:
    start = page.index('class="desk-legend"')
    return re.findall(r'<mark class="(\w+)">', page[start : page.index("</ul>", start)])


def open_keys(edition) -> tuple[list[str], list[str]]:
    found = suggesting.suggest(edition)
    return [each.key for each in found.quotes], [each.key for each in found.citations]


def warnings(page: str) -> list[str]:
    return texts(page, r'<p class="warning">(.*?)</p>')


def candidates(page: str) -> list[str]:
    return texts(page, r"<li>(<strong>.*?)</li>")


def offered(edition) -> list[str]:
    edition.refresh_from_db()
    return [each.words for each in suggesting.suggest(edition).quotes]


def test_speaker_and_cue_are_marked_in_the_text_and_said(edgar, statement):
    page = edgar.page(statement, "quotes")
    assert marked(page) == [
        ("speaker", "Speaker of 1, 2", "Spokesperson Ilse Okafor"),
        ("cue", "Cue of 1, 2", "said"),
        ("cue", "Cue of 3", "said"),
        ("speaker", "Speaker of 3", "Teodor Lindqvist"),
    ]
    assert legend(page) == ["suggested", "speaker", "cue"]


def test_a_number_leads_from_the_words_to_their_suggestion(edgar, statement):
    page = edgar.page(statement, "quotes")
    keys = [each.key for each in suggesting.suggest(statement).quotes]
    first, second, third = (f'href="#s-{key}"' for key in keys)
    assert [page.count(each) for each in (first, second, third)] == [3, 3, 3]
    for key in keys:
        assert page.count(f'id="s-{key}"') == 1


def test_what_stands_has_no_marks_of_a_suggestion(edgar, ready):
    page = edgar.page(ready, "quotes")
    assert marked(page) == [("quote", "", "The ferries will sail,")]
    assert legend(page) == ["quote"]


def test_a_text_without_marks_needs_no_legend(edgar, author):
    plain = builders.make_draft(by=author, body="The strait was calm.")
    assert "desk-legend" not in edgar.page(plain, "quotes")


def test_what_stands_beside_the_text_is_in_its_order(
    edgar, author, okafor, okafors_office, resolution
):
    """Confirmed or open, quotes and references as they are read."""
    draft = builders.make_draft(
        by=author,
        body="We read UNSCR 2417 (2018) at dawn. “It is late,” said Ilse Okafor. “It "
        "is quite late by now,” said Paul Rask, and read UNSCR 2474 (2019).",
    )
    builders.quote_words(draft, "It is quite late by now,", by=author, speaker=okafor)
    page = edgar.page(draft, "quotes")
    quotes, references = open_keys(draft)
    order = [page.index(f'id="s-{key}"') for key in (*quotes, *references)]
    standing = page.index(f'id="q-{Quote.objects.get().permalink_id}"')
    quote, first, second = order
    assert first < quote < standing < second


def test_candidates_stand_in_order_with_their_office_and_none_is_chosen(
    edgar, author, system, okafor, okafors_office, ministry
):
    other = builders.make_organization("Ministry of Ports", by=system)
    for name, body, label in (
        ("Olga Rask", other, "Deputy Spokesperson"),
        ("Ada Brandt", other, "Spokesperson of the Harbours"),
    ):
        builders.make_appointment(
            builders.make_person(name, by=system),
            builders.make_post(label, body, by=system),
            starts_on=dt.date(2024, 1, 1),
            by=system,
        )
    draft = builders.make_draft(
        by=author, body="“The ferries will sail,” the spokesperson said."
    )
    page = edgar.page(draft, "quotes")
    assert candidates(page) == [
        "Ilse Okafor: holds the office; Spokesperson, Ministry of Foreign Affairs",
        "Ada Brandt: holds the office; Spokesperson of the Harbours, Ministry of Ports",
    ]
    assert warnings(page) == ["2 can be meant, the likeliest first. Choose one."]
    (key,) = (each.key for each in suggesting.suggest(draft).quotes)
    chooser = page[page.index(f'name="{key}-who"') :]
    assert re.findall(r'<option value="([^"]*)" selected', chooser[:900]) == [""]
    edgar.send(draft, "quotes", "safe")
    assert not Quote.objects.exists()


def test_a_title_that_the_calendar_denies_is_said_and_not_safe(
    edgar, statement, author, lindqvist, okafor, okafors_office
):
    wrong = builders.make_draft(
        by=author,
        title="Wrong",
        body="“It is late,” said Spokesperson Teodor Lindqvist. “It is quite late by "
        "now,” said Spokesperson Ilse Okafor.",
    )
    page = edgar.page(wrong, "quotes")
    assert warnings(page) == [
        "Printed as “Spokesperson”, but the catalogue has Teodor Lindqvist as "
        "Ambassador, Ministry of Foreign Affairs on 2 March 2026."
    ]
    assert "Accept all safe (1)" in page
    edgar.send(wrong, "quotes", "safe")
    assert Quote.objects.get().speaker == okafor


def test_a_planted_speaker_is_not_among_the_safe(
    edgar, author, system, okafor, okafors_office
):
    """Paul Okafor is nobody's spokesperson; the Ilse who is must not get his words."""
    builders.make_person("Paul Okafor", gender="male", by=system)
    draft = builders.make_draft(
        by=author,
        body="“The ferries will sail,” said Spokesperson P. Okafor. “It is quite "
        "late by now,” the spokesperson said. “It is over for today,” Mr. Okafor "
        "said. “There is water enough for all,” said Ilse Okafor.",
    )
    found = suggesting.suggest(draft)
    assert [each.words for each in found.quotes if each.safe] == [
        "There is water enough for all,"
    ]
    assert all(
        each.finding.confidence >= suggesting.SAFE
        and len(each.finding.attribution.candidates) == 1
        for each in found.quotes
        if each.safe
    )
    edgar.send(draft, "quotes", "safe")
    assert [quote.text for quote in Quote.objects.all()] == [
        "There is water enough for all,"
    ]


def test_the_title_of_the_form_is_the_one_printed_at_the_quote(edgar, author, okafor):
    draft = builders.make_draft(
        by=author,
        body="Prime Minister Ilse Okafor said “yes, we will all sail on Sunday.” “It "
        "is late,” said Envoy Ilse Okafor.",
    )
    first, second = suggesting.suggest(draft).quotes
    page = edgar.page(draft, "quotes")
    assert f'name="{first.key}-title" value="Prime Minister"' in page
    assert f'name="{second.key}-title" value="Envoy"' in page


def test_names_to_choose_stand_with_the_office_of_that_day(
    edgar, author, system, okafor, ministry, spokesperson_post
):
    envoy = builders.make_post("Envoy", ministry, by=system)
    for post, first, last in (
        (spokesperson_post, dt.date(2020, 1, 1), dt.date(2022, 12, 31)),
        (envoy, dt.date(2024, 1, 1), None),
    ):
        builders.make_appointment(
            okafor, post, starts_on=first, ends_on=last, by=system
        )

    def beside(dated):
        draft = builders.make_draft(by=author, title=str(dated), dated=dated)
        page = edgar.page(draft, "quotes")
        return re.findall(r'<option value="Ilse Okafor">([^<]*)</option>', page)

    assert beside(dt.date(2026, 3, 2)) == ["Envoy, Ministry of Foreign Affairs"]
    assert beside(dt.date(2021, 3, 2)) == ["Spokesperson, Ministry of Foreign Affairs"]
    (neither,) = beside(dt.date(2023, 3, 2))
    assert " from 1 January 20" in neither


# ---------- what stays ----------


def test_what_was_rejected_stays_rejected(edgar, statement, okafor):
    first, second, third = suggesting.suggest(statement).quotes
    edgar.send(statement, "quotes", "decide", **{f"{second.key}-do": "reject"})
    left = [first.words, third.words]
    assert offered(statement) == left

    # in another paragraph, right before and behind, and in its own
    for old, new in (
        ("<p>Spokesperson", "<p>The strait was calm.</p><p>Spokesperson"),
        ("and left.", "and left by the last boat of all."),
        ("“It is late,”", "“It is far too late,”"),
        ("us today.”", "us today.” She had come by the first boat."),
    ):
        assert old in statement.body
        edgar.write(statement, body=statement.body.replace(old, new))
        assert second.words not in offered(statement)
    assert offered(statement) == [first.words, "It is far too late,"]
    assert f'id="s-{second.key}"' not in edgar.page(statement, "quotes")

    told = StringIO()
    call_command("redetect", statement.article.get_absolute_url(), stdout=told)
    assert second.words not in told.getvalue()
    assert first.words in told.getvalue()
    edgar.send(statement, "quotes", "safe")
    assert {quote.text for quote in Quote.objects.all()} == {first.words}


def test_of_words_that_stand_twice_only_the_rejected_are_gone(
    edgar, author, resolution
):
    body = "We read S/RES/2417 (2018) at dawn.\nWe read S/RES/2417 (2018) at dusk."
    draft = builders.make_draft(by=author, body=body)
    first, _ = suggesting.suggest(draft).citations
    edgar.send(draft, "quotes", "decide", **{f"{first.key}-do": "reject"})
    edgar.write(draft, body=f"The strait was calm, and the water high.\n{body}")
    draft.refresh_from_db()
    (left,) = suggesting.suggest(draft).citations
    assert left.after.startswith(" at dusk")
    edgar.send(draft, "quotes", "safe")
    citation = Citation.objects.get()
    assert citation.start == draft.text.rindex("S/RES/2417")


def test_a_rejection_of_before_is_still_known(statement, author):
    """It kept the words with all that stands around them, whatever paragraph."""
    first, second, third = suggesting.suggest(statement).quotes
    Rejection.objects.create(
        article=statement.article,
        kind=Rejection.Of.QUOTE,
        fingerprint=second.key,
        by=author,
    )
    assert offered(statement) == [first.words, third.words]


def test_what_was_rejected_stays_so_in_the_next_edition(
    edgar, author, editor, publisher, statement, okafor, okafors_office, lindqvist
):
    _, second, third = suggesting.suggest(statement).quotes
    edgar.send(
        statement,
        "quotes",
        "decide",
        **{f"{second.key}-do": "reject", f"{third.key}-do": "reject"},
    )
    edgar.send(statement, "quotes", "safe")
    statement.refresh_from_db()
    someone = builders.make_user("enid", "Editor", desk=statement.article.desk)
    builders.review_and_publish(statement, editor=someone, publisher=publisher)
    again = editions.begin(statement.article, by=author)
    assert offered(again) == []
    Rejection.objects.all().delete()
    assert offered(again) == [second.words, third.words]


def by_hand() -> list[tuple]:
    return list(
        Quote.objects.filter(origin=Found.MANUAL)
        .order_by("pk")
        .values_list(
            "permalink",
            "text",
            "speaker",
            "title_as_printed",
            "said_on",
            "confirmed_at",
        )
    )


def test_no_second_reading_touches_what_was_added_by_hand(
    edgar, statement, okafor, okafors_office, lindqvist
):
    """Words that detection gives to another, and words that it calls no quote."""
    for words in ("ferries will", "and left"):
        edgar.send(
            statement,
            "quotes",
            "quote",
            **{
                "manual-words": words,
                "manual-who": "other",
                "manual-name": "Teodor Lindqvist",
                "manual-title": "Ambassador",
                "manual-said_on": "2026-03-01",
            },
        )
    before = by_hand()
    assert [row[1] for row in before] == ["ferries will", "and left"]
    assert offered(statement) == [
        "There is water enough for all of us today.",
        "It is late,",
    ]
    edgar.page(statement, "quotes")
    (second, _) = suggesting.suggest(statement).quotes
    edgar.send(statement, "quotes", "decide", **{f"{second.key}-do": "reject"})
    edgar.send(statement, "quotes", "safe")
    call_command("redetect", stdout=StringIO())
    statement.refresh_from_db()
    edgar.write(statement, body=f"<p>The strait was calm.</p>{statement.body}")
    assert by_hand() == before
    assert Quote.objects.filter(origin=Found.DETECTED).count() == 1


# ---------- citations ----------

CITED = """\
The Council adopted resolution 2417 (2017) on hunger, and S/RES/9999 (2022) as well.
UNSCR 2417 and S/RES/2417 (2018) and S/RES/2417 (2018) came before UNSCR 2471 (2019).
It recalled UN resolution 181 and S/RES/2730 (2024)."""


def test_a_citation_shows_what_it_means_and_what_speaks_against_it(
    edgar, author, system, resolution
):
    builders.make_resolution("S/RES/2730 (2024)", by=system)
    draft = builders.make_draft(by=author, body=CITED, dated=dt.date(2023, 3, 2))
    page = edgar.page(draft, "quotes")
    known = "S/RES/2417 (2018), Hunger and conflict · adopted 24 May 2018"
    assert candidates(page) == [
        known,
        "S/RES/9999 (2022) · not in the catalogue yet",
        known,
        known,
        known,
        "S/RES/2471 (2019) · not in the catalogue yet",
        "A/RES/181 (II) · not in the catalogue yet",
        "S/RES/181 (1963) · not in the catalogue yet",
        "S/RES/2730 (2024), Hunger and conflict · adopted 24 May 2024",
    ]
    assert warnings(page) == [
        "S/RES/2417 is of 2018, not 2017.",
        "S/RES/9999 (2022) is not in the catalogue (known to S/RES/2730).",
        "One digit away from S/RES/2417 (2018), which this text names 4 times.",
        "S/RES/2471 (2019) is not in the catalogue (known to S/RES/2730).",
        "The General Assembly or the Security Council?",
        "2 resolutions can be meant. Choose one.",
        "S/RES/2730 (2024) was adopted on 24 May 2024, after this statement.",
    ]
    edgar.send(draft, "quotes", "safe")
    assert {citation.printed for citation in Citation.objects.all()} == {
        "2417",
        "S/RES/2417 (2018)",
    }
    assert Citation.objects.count() == 3


def test_of_two_resolutions_each_stands_with_its_title_and_day(edgar, author, system):
    for symbol in ("S/RES/181 (1963)",):
        builders.make_resolution(symbol, by=system)
    draft = builders.make_draft(by=author, body="We recall UN resolution 181 today.")
    page = edgar.page(draft, "quotes")
    assert candidates(page) == [
        "A/RES/181 (II) · not in the catalogue yet",
        "S/RES/181 (1963), Hunger and conflict · adopted 24 May 1963",
    ]
    (found,) = suggesting.suggest(draft).citations
    edgar.send(
        draft,
        "quotes",
        "decide",
        **{f"{found.key}-do": "accept", f"{found.key}-symbol": "S/RES/181 (1963)"},
    )
    assert Citation.objects.get().resolution.symbol == "S/RES/181 (1963)"


def test_words_that_point_back_are_offered_and_never_counted_as_open(
    amina, author, resolution
):
    body = (
        "The resolution of the dispute can wait.\nUNSCR 2417 stands. That resolution"
        " binds us. Ask for that resolution. That resolution binds all."
    )
    edition = builders.make_draft(by=author, body=body)
    assert "point back" not in amina.page(edition, "quotes")
    builders.cite(edition, "UNSCR 2417", resolution, by=author)
    page = amina.page(edition, "quotes")
    assert "Words that point back to a resolution (3)" in page
    assert "0 to decide" not in page
    assert len(suggesting.suggest(edition)) == 0
    found = re.findall(
        r'cite-words" value="([^"]+)"><input type="hidden" name="cite-occurrence"'
        r' value="(\d)"><input type="hidden" name="cite-reference" value="([^"]+)"',
        page,
    )
    assert found == [
        ("That resolution", "1", resolution.symbol),
        ("that resolution", "1", resolution.symbol),
        ("That resolution", "2", resolution.symbol),
    ]
    fields = dict(
        zip(("cite-words", "cite-occurrence", "cite-reference"), found[2], strict=True)
    )
    assert amina.send(edition, "quotes", "cite", **fields).status_code == 302
    cited = Citation.objects.get(printed="That resolution")
    assert cited.start == edition.text.rindex("That resolution")
    assert cited.resolution == resolution
    assert "resolution (2)" in amina.page(edition, "quotes")

"""The editor behind its script: what its door answers, what the form does with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from statements.markup import marks
from statements.models import (
    Article,
    Citation,
    Edition,
    Quote,
    Rejection,
    Resolution,
    Spokesperson,
    Submission,
)

from .. import builders
from .conftest import Colleague, edition_version, filled

pytestmark = pytest.mark.django_db

NEW = "/admin/statements/article/find/"
TEXT = (
    "Spokesperson Ilse Okafor of the Ministry of Foreign Affairs spoke.\n"
    "“The ferries will sail,” said Okafor. “We recall S/RES/2417 (2018) today.”"
)
DAY = "2026-03-02"


def door(edition: Edition | None) -> str:
    if edition is None:
        return NEW
    return reverse(
        "admin:statements_article_find", args=[edition.article_id, edition.number]
    )


def ask(colleague: Colleague, edition: Edition | None = None, **question):
    return colleague.client.post(door(edition), {"dated": DAY} | question)


def marked(text: str, **places: str) -> str:
    """The text as a body with a mark over the first place of each piece of words."""
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    for key, words in places.items():
        assert words in body
        body = body.replace(words, f'<span data-quote="{key}">{words}</span>', 1)
    return body


# ---------- the door ----------


def test_a_text_that_nobody_saved_is_answered_with_what_is_in_it(
    edgar, okafor, okafors_office, resolution
):
    answer = ask(edgar, text=TEXT).json()
    assert [
        (TEXT[each["start"] : each["end"]], each["who"][0]["label"], each["safe"])
        for each in answer["quotes"]
    ] == [
        ("The ferries will sail,", "Ilse Okafor", True),
        ("We recall S/RES/2417 (2018) today.", "Ilse Okafor", True),
    ]
    assert [
        (TEXT[each["start"] : each["end"]], each["symbol"], each["safe"])
        for each in answer["citations"]
    ] == [("S/RES/2417 (2018)", "S/RES/2417 (2018)", True)]
    first = answer["quotes"][0]
    assert [
        (what, TEXT[start:end])
        for start, end, what in sorted(first["places"], key=lambda each: each[2])
    ] == [("cue", "said"), ("speaker", "Okafor")]
    assert not Article.objects.exists()


def test_places_count_code_points_and_line_ends_once(edgar, okafor):
    text = "A 🎵 first.\r\n“The ferries will sail,” said Ilse Okafor."
    (quote,) = ask(edgar, text=text).json()["quotes"]
    plain = text.replace("\r\n", "\n")
    assert plain[quote["start"] : quote["end"]] == "The ferries will sail,"


def test_what_saving_leaves_out_is_told(edgar):
    text = "Your browser does not support HTML5\nThe strait was calm."
    (line,) = ask(edgar, text=text).json()["dropped"]
    assert line["words"].strip() == "Your browser does not support HTML5"


def test_a_rejected_finding_is_not_found_again(amina, draft):
    (found,) = ask(amina, draft, text=draft.text).json()["quotes"]
    words = draft.text[found["start"] : found["end"]]
    body = marked(draft.text, **{"0123456789": words})
    send(amina, draft, body, {"0123456789": {"do": "reject", "of": "quote"}})
    assert Rejection.objects.filter(article=draft.article).exists()
    assert ask(amina, draft, text=draft.text).json()["quotes"] == []
    # In another statement the same words are found.
    assert len(ask(amina, text=draft.text).json()["quotes"]) == 1


def test_likely_duplicates_are_offered_before_somebody_new(edgar, system):
    twin = builders.make_person("Ilse Okafur", by=system)
    builders.make_person("Bruno Sand", by=system)
    (first, _) = ask(edgar, text=TEXT).json()["quotes"]
    assert first["who"] == []
    assert [each["who"] for each in first["alike"]] == [f"{twin.pk}.0.0"]
    assert first["new"]["name"] == "Ilse Okafor"


def test_an_office_that_nobody_knew_stands_apart_from_the_name(edgar):
    text = (
        "“The quay is safe,” said Harbour Master Ilse Brankov of the Port Authority "
        "of Skerrow on Monday."
    )
    (only,) = ask(edgar, text=text).json()["quotes"]
    assert only["new"] == {
        "name": "Ilse Brankov",
        "organization": "Port Authority of Skerrow",
        "office": "Harbour Master",
    }


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("oka", ["Ilse Okafor"]),
        ("I. Okafor", ["Ilse Okafor"]),
        ("okafor ilse", ["Ilse Okafor"]),
        ("ministry", ["Ministry of Foreign Affairs"]),
        ("Bruno Sand", []),
        ("  ", []),
    ],
)
def test_the_catalogue_is_searched_by_any_part_of_a_name(
    edgar, okafor, ministry, written, found
):
    people = ask(edgar, name=written).json()["people"]
    assert [each["label"] for each in people] == found


def test_a_wrong_speaker_is_not_among_the_safe(edgar, okafor, okafors_office, system):
    """Two people of one surname, and words that nobody near them said."""
    builders.make_person("Bram Okafor", by=system)
    text = (
        "Ilse Okafor and Bram Okafor met in Harrowmere.\n"
        "“The ferries will sail,” said Okafor.\n"
        "“Nobody was told.”"
    )
    found = ask(edgar, text=text).json()["quotes"]
    assert [each["safe"] for each in found] == [False] * len(found)
    assert len(found[0]["who"]) == 2
    # The positive control: named in full, the same words are safe.
    text = "“The ferries will sail,” said Ilse Okafor."
    assert [each["safe"] for each in ask(edgar, text=text).json()["quotes"]] == [True]


@pytest.mark.parametrize(
    ("question", "status", "sentence"),
    [
        ({"text": "calm " * 210_000}, 413, "longer than 1,000,000 characters"),
        ({"text": "A NUL\0 here"}, 400, "NUL"),
        ({"name": "x" * 201}, 413, "longer than"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    edgar, question, status, sentence
):
    response = ask(edgar, **question)
    assert response.status_code == status
    assert sentence in response.json()["problem"]


def test_it_asks_for_the_right_to_write_and_for_the_desk(
    amina, odile, stefan, draft, client
):
    assert ask(amina, draft, text="Calm.").status_code == 200
    assert ask(odile, draft, text="Calm.").status_code == 404
    # A steward reads every desk's statements and writes none.
    assert ask(stefan, draft, text="Calm.").status_code == 403
    assert ask(stefan, text="Calm.").status_code == 403
    assert client.post(NEW, {"text": "Calm."}).status_code == 302
    assert amina.client.get(NEW).status_code == 405


def test_a_question_without_the_forms_key_is_refused(edgar):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(edgar.user)
    assert strict.post(NEW, {"text": "Calm."}).status_code == 403


def test_nothing_of_an_answer_is_kept_by_a_cache(edgar):
    assert "no-store" in ask(edgar, text="Calm.")["Cache-Control"]


# ---------- decisions on saving ----------


def send(colleague: Colleague, edition: Edition, body: str, decisions, **fields):
    given = decisions if isinstance(decisions, str) else json.dumps(decisions)
    form = filled(edition, colleague.user) | {"body": body, "decisions": given}
    return colleague.send(edition, "write", "save", **form | fields)


def by(person: Spokesperson, **more) -> dict:
    return {"do": "quote", "who": f"{person.pk}.0.0", "title": "Spokesperson"} | more


def test_accepted_words_become_records_with_their_marks(
    edgar, okafor, okafors_office, resolution
):
    words = "We recall <span data-quote=0JFC5653TP>S/RES/2417 (2018)</span> today."
    body = marked(TEXT, **{"5GJE3WJRD9": "The ferries will sail,"}).replace(
        "We recall S/RES/2417 (2018) today.",
        f'<span data-quote="8ZQ62BNZCG">{words}</span>',
    )
    response = edgar.new(
        body=body,
        decisions=json.dumps(
            {
                "5GJE3WJRD9": by(okafor, kind="partial"),
                "8ZQ62BNZCG": by(okafor, found=False),
                "0JFC5653TP": {"do": "cite", "symbol": "S/RES/2417 (2018)"},
            }
        ),
    )
    assert response.status_code == 302
    edition = Edition.objects.get()
    assert edition.text == TEXT
    assert list(
        edition.quotes.order_by("start").values_list(
            "text", "speaker", "appointment", "kind", "origin", "title_as_printed"
        )
    ) == [
        (
            "The ferries will sail,",
            okafor.pk,
            okafors_office.pk,
            "partial",
            "detected",
            "Spokesperson",
        ),
        (
            "We recall S/RES/2417 (2018) today.",
            okafor.pk,
            okafors_office.pk,
            "direct",
            "manual",
            "Spokesperson",
        ),
    ]
    assert all(quote.confirmed_by == edgar.user for quote in edition.quotes.all())
    # The marks are the records' own: the keys of the page are gone.
    assert {mark.permalink for mark in marks.read(edition.body)} == set(
        edition.quotes.values_list("permalink", flat=True)
    )
    (citation,) = Citation.objects.all()
    assert citation.resolution == resolution
    assert citation.quote.text == "We recall S/RES/2417 (2018) today."


def test_the_same_form_twice_makes_its_quotes_once(edgar, okafor):
    fields = {
        "body": marked(TEXT, **{"5GJE3WJRD9": "The ferries will sail,"}),
        "decisions": json.dumps({"5GJE3WJRD9": by(okafor)}),
        "token": "1" * 32,
    }
    first, second = edgar.new(**fields), edgar.new(**fields)
    assert first.url == second.url
    assert Submission.objects.count() == 1
    assert Quote.objects.count() == 1


def test_a_conflict_saves_nothing_and_keeps_the_decisions(amina, edgar, draft, okafor):
    body = marked(draft.text, **{"5GJE3WJRD9": builders.WORDS})
    decided = {"5GJE3WJRD9": by(okafor)}
    old = edition_version(draft)
    edgar.write(draft, title="Edgar was faster")
    response = send(amina, draft, body, decided, lock_version=old)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Somebody saved this edition since you opened it." in page
    assert "5GJE3WJRD9" in page.split('name="decisions"')[1].split(">")[0]
    assert not Quote.objects.exists()


def test_somebody_new_is_made_once_however_often_they_speak(edgar):
    new = {
        "do": "quote",
        "name": "Ilse Okafor",
        "organization": "Ministry of Foreign Affairs",
        "office": "Spokesperson",
    }
    edgar.new(
        body=marked(
            TEXT,
            **{"5GJE3WJRD9": "The ferries will sail,", "8ZQ62BNZCG": "We recall"},
        ),
        decisions=json.dumps({"5GJE3WJRD9": new, "8ZQ62BNZCG": new}),
    )
    person = Spokesperson.objects.get()
    assert list(Quote.objects.values_list("speaker", flat=True)) == [person.pk] * 2
    assert str(person.appointments.get().post.label) == "Spokesperson"


def test_who_may_add_no_people_adds_none_by_a_forged_form(amina, draft):
    body = marked(draft.text, **{"5GJE3WJRD9": builders.WORDS})
    new = {"5GJE3WJRD9": {"do": "quote", "name": "Zack Quay"}}
    assert send(amina, draft, body, new).status_code == 403
    assert not Spokesperson.objects.exists()
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        ({"do": "quote", "who": "999.0.0"}, "not in the catalogue any more"),
        ({"do": "quote"}, "has no speaker"),
        ({"do": "cite", "symbol": "S/RES/99 (2001) or 1=1"}, "is no resolution"),
        ({"do": "cite", "symbol": "S/RES/2231 (2015)"}, "Ask an editor to add it."),
        ({"do": "sing"}, "could not be read"),
        ([], "could not be read"),
        ({"do": "quote", "title": "x" * 301}, "could not be read"),
    ],
)
def test_what_no_page_sends_saves_nothing(amina, draft, decision, sentence):
    body = marked(draft.text, **{"5GJE3WJRD9": builders.WORDS})
    response = send(amina, draft, body, {"5GJE3WJRD9": decision})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Quote.objects.exists()
    assert not Resolution.objects.exists()


@pytest.mark.parametrize("written", ["{", "[" * 5000, "7", '{"x": 1}', "{}x"])
def test_junk_for_decisions_is_refused(amina, draft, written):
    page = send(amina, draft, draft.body, written).content.decode()
    assert "could not be read" in page


def test_a_decision_whose_words_are_gone_is_gone_with_them(amina, draft, okafor):
    response = send(amina, draft, "<p>Calm.</p>", {"5GJE3WJRD9": by(okafor)})
    assert response.status_code == 302
    assert not Quote.objects.exists()


def test_a_quote_that_stands_is_given_to_another_confirmed_or_removed(
    edgar, ready, okafor, system
):
    sand = builders.make_person("Bruno Sand", by=system)
    quote = ready.quotes.get()
    key = quote.permalink_id
    send(edgar, ready, ready.body, {key: by(sand, do="speaker", title="Pilot")})
    quote.refresh_from_db()
    assert (quote.speaker, quote.title_as_printed) == (sand, "Pilot")
    # Its words change: it asks to be confirmed, and is, on the same page.
    ready.refresh_from_db()
    changed = ready.body.replace("ferries will", "ferries shall")
    send(edgar, ready, changed, {key: {"do": "confirm"}})
    quote.refresh_from_db()
    assert quote.text == "The ferries shall sail,"
    assert quote.confirmed_at is not None
    assert "Confirm it again." not in edgar.page(ready, "write")
    ready.refresh_from_db()
    send(edgar, ready, ready.body.replace("shall", "may"), {})
    assert "Confirm it again." in edgar.page(ready, "write")
    ready.refresh_from_db()
    send(edgar, ready, ready.body, {key: {"do": "remove"}})
    assert not Quote.objects.exists()


def test_marks_of_another_article_are_nobodys_here(edgar, ready):
    key = ready.quotes.get().permalink_id
    edgar.new(body=f'<p>Copied: <span data-quote="{key}">Sail.</span></p>')
    copied = Edition.objects.exclude(pk=ready.pk).get()
    assert copied.body == "<p>Copied: Sail.</p>"


def test_save_and_submit_is_one_button(edgar, draft):
    response = edgar.send(draft, "write", "submit", **filled(draft, edgar.user))
    assert response.url.endswith("/review/")
    draft.refresh_from_db()
    assert draft.submitted_by == edgar.user


def test_the_script_is_told_of_quotes_that_stand_and_only_to_writers(
    edgar, stefan, ready
):
    def told(page):
        return json.loads(
            page.split('id="editor-told" type="application/json">')[1].split("<")[0]
        )

    data = told(edgar.page(ready, "write"))
    assert [(quote["words"], quote["speaker"]) for quote in data["quotes"]] == [
        ("The ferries will sail,", "Ilse Okafor")
    ]
    assert data["find"] == door(ready)
    assert "editor-told" not in stefan.page(ready, "write")


# ---------- how many queries ----------


@contextmanager
def queries(most: int) -> Iterator[list[str]]:
    """At most so many statements; savepoints hold a transaction and ask nothing."""
    asked: list[str] = []
    with CaptureQueriesContext(connection) as context:
        yield asked
    asked += [
        each["sql"]
        for each in context.captured_queries
        if not each["sql"].startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))
    ]
    assert len(asked) <= most, "\n".join(sql[:120] for sql in asked)


def long_text(number: int) -> str:
    lines = [
        f"“Sentence {each} of the strait is said aloud today,” said Ilse Okafor."
        for each in range(number)
    ]
    return "\n".join(lines)


def test_saving_fifty_quotes_takes_thirty_queries_at_most(
    edgar, okafor, okafors_office
):
    text = long_text(50)
    found = ask(edgar, text=text).json()["quotes"]
    assert len(found) == 50
    keys = [f"0000000{each:03}" for each in range(50)]
    decided = {
        key: {"do": "quote", "who": each["who"][0]["who"], "title": each["title"]}
        for key, each in zip(keys, found, strict=True)
    }
    body = marked(
        text,
        **{
            key: text[each["start"] : each["end"]]
            for key, each in zip(keys, found, strict=True)
        },
    )
    with queries(30):
        response = edgar.new(body=body, decisions=json.dumps(decided), dated=DAY)
    assert response.status_code == 302
    assert Quote.objects.count() == 50
    # And once more in a draft that stands, with a changed title and one quote more.
    edition = Edition.objects.get()
    form = filled(edition, edgar.user) | {
        "action": "save",
        "token": "2" * 32,
        "lock_version": edition.lock_version,
        "title": "Changed",
        "body": edition.body + '<p>“<span data-quote="5GJE3WJRD9">One more</span>”</p>',
        "decisions": json.dumps({"5GJE3WJRD9": by(okafor)}),
    }
    url = reverse(
        "admin:statements_article_step", args=[edition.article_id, 1, "write"]
    )
    with queries(30):
        assert edgar.client.post(url, form).status_code == 302
    assert Quote.objects.count() == 51


def test_the_form_takes_twelve_queries_however_many_quotes(
    edgar, okafor, okafors_office
):
    edgar.new(body="“The ferries sail,” said Ilse Okafor.", dated=DAY)
    edition = Edition.objects.get()
    builders.quote_words(edition, "The ferries sail,", by=edgar.user, speaker=okafor)
    edgar.new(title="Fifty", body=long_text(50), dated=DAY, token="3" * 32)
    fifty = Edition.objects.get(title="Fifty")
    for each in range(0, 50, 5):
        words = f"Sentence {each} of the strait is said aloud today,"
        builders.quote_words(fifty, words, by=edgar.user, speaker=okafor)
    counted = []
    for each in (edition, fifty):
        with queries(12) as seen:
            edgar.page(each, "write")
        counted.append(len(seen))
    assert counted[0] == counted[1]
    with queries(12):
        edgar.client.get(reverse("admin:statements_article_add"))

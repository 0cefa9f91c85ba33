"""``manage.py receive``: one text in, all or nothing, on record."""

from __future__ import annotations

import pytest
from django.core.management import CommandError

from statements.editorial import suggesting
from statements.models import (
    Article,
    Audit,
    Citation,
    Edition,
    Quote,
    Resolution,
    Spokesperson,
)
from tests import builders

from .conftest import rows

pytestmark = pytest.mark.django_db

WHEN = ("--title", "On the strait", "--date", "2026-03-02")
ADDRESS = "/statements/2026/03/02/on-the-strait/"


def test_nothing_is_accepted_that_nobody_knows(run, strait):
    out = run("receive", strait, *WHEN)

    edition = Edition.objects.get()
    assert out.splitlines() == [
        "left out: Your browser does not support the audio element. (player fallback)",
        "confirmed: 0 quotes, 0 citations",
        "waiting: “the ferries will sail as long as there is water under them,” — by "
        "Ilse Okafor, to be confirmed.",
        "waiting: “Nobody on either shore will wait for bread,” — by Ilse Okafor, to "
        "be confirmed.",
        "waiting: “Vallorn keeps its word.” — by Teodor Lindqvist, to be confirmed.",
        "waiting: 2417 (2018) — S/RES/2417 (2018) is not in the catalogue.",
        f"draft: /admin/statements/article/{edition.article_id}/change/",
    ]
    assert Spokesperson.objects.count() == 0
    assert Resolution.objects.count() == 0
    assert edition.text.startswith("HARROWMERE")


def test_safe_accepts_those_who_are_known(
    run, strait, okafor, okafors_office, resolution
):
    out = run("receive", strait, *WHEN, "--accept", "safe")

    assert "confirmed: 2 quotes, 1 citation\n" in out
    assert {
        (q.speaker, q.appointment, str(q.said_on)) for q in Quote.objects.all()
    } == {(okafor, okafors_office, "2026-03-02")}
    assert [c.resolution for c in Citation.objects.all()] == [resolution]
    assert [p.name for p in Spokesperson.objects.all()] == ["Ilse Okafor"]


def test_all_makes_who_and_what_is_new(run, strait, okafor, okafors_office):
    out = run("receive", strait, *WHEN, "--accept", "all")

    assert "confirmed: 3 quotes, 1 citation\n" in out
    assert "waiting" not in out
    assert sorted(p.name for p in Spokesperson.objects.all()) == [
        "Ilse Okafor",
        "Teodor Lindqvist",
    ]
    assert [r.symbol for r in Resolution.objects.all()] == ["S/RES/2417 (2018)"]
    lindqvist = Quote.objects.get(speaker__name="Teodor Lindqvist")
    assert lindqvist.text == "Vallorn keeps its word."
    assert Quote.objects.filter(speaker=okafor).count() == 2


def test_none_leaves_every_suggestion_open(run, strait, okafor, okafors_office):
    out = run("receive", strait, *WHEN, "--accept", "none")

    assert "confirmed: 0 quotes, 0 citations\n" in out
    assert len(suggesting.suggest(Edition.objects.get()).quotes) == 3


def test_published_without_an_approver_the_reason_is_recorded(run, strait, client):
    out = run("receive", strait, *WHEN, "--accept", "all", "--publish")

    edition = Edition.objects.get()
    reason = "Received from the command line, where nobody else could approve it."
    assert out.endswith(f"published: {ADDRESS}\n")
    assert edition.unreviewed_reason == reason
    assert edition.approved_at is None
    assert [a.slug for a in Article.objects.published()] == ["on-the-strait"]
    assert Audit.objects.filter(
        table="edition", op="update", reason=reason, changes__has_key="published_at"
    ).exists()


def test_what_is_against_publishing_is_listed_and_nothing_kept(run, strait, unchanged):
    with pytest.raises(CommandError) as caught:
        run("receive", strait, *WHEN, "--publish")

    assert str(caught.value) == (
        "Not published, and nothing was kept:\n"
        "  - Suggestions are open: 3 quotes and 1 citation. Accept or reject each."
    )


def test_run_again_it_makes_nothing(run, strait):
    first = run("receive", strait, *WHEN, "--accept", "all", "--publish")
    before = rows()
    again = run("receive", strait, *WHEN, "--accept", "all", "--publish")

    assert f"published: {ADDRESS}" in first
    assert again.splitlines() == [
        "known already: the same day, title and text",
        f"published: {ADDRESS}",
    ]
    assert rows() == before


def test_the_same_words_on_another_day_are_another_statement(run, strait):
    run("receive", strait, *WHEN)
    run("receive", strait, "--title", "On the strait", "--date", "2026-03-03")

    assert Article.objects.count() == 2


def test_html_is_cleaned_and_kept(run, file):
    path = file(
        "strait.html",
        "<p>Ilse Okafor said: “We <em>will</em> sail.”</p>"
        "<script>alert(1)</script><p onclick='x()'>The strait was calm.</p>",
    )
    run("receive", path, *WHEN, "--accept", "all")

    edition = Edition.objects.get()
    assert edition.text == "Ilse Okafor said: “We will sail.”\nThe strait was calm."
    assert "<em>will</em>" in edition.body
    assert "script" not in edition.body
    assert "onclick" not in edition.body


def test_who_does_it_is_recorded(run, strait, administrator):
    run("receive", strait, *WHEN, "--by", "ada", "--issuer", "Council of Ministers")

    actors = set(
        Audit.objects.filter(table__in=["article", "edition", "organization"])
        .values_list("actor__username", "reason")
        .distinct()
    )
    assert actors == {("ada", "receive strait.txt")}
    assert Edition.objects.get().created_by == administrator
    assert Article.objects.get().issuer.name == "Council of Ministers"


def test_the_draft_is_seen_at_its_desk(run, strait, author, outsider):
    run("receive", strait, *WHEN, "--desk", "strait", "--by", "amina")

    assert Article.objects.of_desks(author).count() == 1
    assert Article.objects.of_desks(outsider).count() == 0


def test_without_by_it_is_the_system(run, strait, system):
    run("receive", strait, *WHEN)

    assert Edition.objects.get().created_by == system


def test_two_people_of_one_name_wait_with_both(run, strait, system, spokesperson_post):
    for slug in ("okafor-the-elder", "okafor-the-younger"):
        person = builders.make_person("Ilse Okafor", slug=slug, by=system)
        builders.make_appointment(person, spokesperson_post, by=system)

    out = run("receive", strait, *WHEN, "--accept", "all")

    assert "confirmed: 1 quote, 1 citation\n" in out
    waiting = [line for line in out.splitlines() if line.startswith("waiting")]
    assert len(waiting) == 2
    for line in waiting:
        assert line.endswith("— Ilse Okafor or Ilse Okafor: choose one.")
    assert Spokesperson.objects.filter(name="Ilse Okafor").count() == 2
    assert not Quote.objects.filter(speaker__name="Ilse Okafor").exists()


def test_a_resolution_number_of_thirty_digits_is_none(run, file):
    number = "2417" * 7 + "24"
    path = file("r.txt", f"The order goes back to UN resolution {number}. All is calm.")
    run("receive", path, *WHEN, "--accept", "all", "--publish")

    assert Citation.objects.count() == 0
    assert Resolution.objects.count() == 0


def test_a_quotation_mark_left_open_harms_nothing_after_it(run, file):
    path = file(
        "open.txt",
        "Ilse Okafor said: “The ferries will sail.\nThe strait was calm.\n"
        "Teodor Lindqvist said: “Vallorn keeps its word.”\n",
    )
    run("receive", path, *WHEN, "--accept", "all")

    (last,) = Quote.objects.filter(speaker__name="Teodor Lindqvist")
    assert last.text == "Vallorn keeps its word."
    assert Edition.objects.get().text.count("\n") == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "bad.txt: The statement has no text. Paste or write it."),
        (b" \n\t\n", "bad.txt: The statement has no text. Paste or write it."),
        (
            b"Your browser does not support the audio element.\n",
            "bad.txt: The statement has no text. Paste or write it.",
        ),
        (
            b"One.\nTwo\0.",
            "bad.txt: line 2: There is a NUL character. Remove it and load the file "
            "again.",
        ),
        (
            b"One.\nTwo \xed\xa0\x80.",  # half of a character, as some exports write
            "bad.txt: line 2: The byte 0xED is not UTF-8. Save the file as UTF-8 and "
            "load it again.",
        ),
        (
            "Fähren.\nDie Straße.".encode("latin-1"),
            "bad.txt: line 1: The byte 0xE4 is not UTF-8. Save the file as UTF-8 and "
            "load it again.",
        ),
        (
            "Ferries.".encode("utf-16"),
            "bad.txt: line 1: The file is in UTF-16. Save it as UTF-8 and load it "
            "again.",
        ),
        (
            b"Ferries. " * 240_000,  # 2.2 MB
            "bad.txt: The text has 2,160,000 characters with its markup; at most "
            "2,000,000 can be stored. Divide it into several statements.",
        ),
        (
            b"Ferries. " * 120_000,
            "bad.txt: The text has 1,079,999 characters; 1,000,000 are the most. Split "
            "it.",
        ),
    ],
    ids=[
        "empty",
        "blank",
        "nothing but what a player says",
        "NUL",
        "lone surrogate",
        "Latin-1",
        "UTF-16",
        "2 MB",
        "more than detection reads",
    ],
)
def test_a_text_that_cannot_be_taken_is_refused_with_a_sentence(
    run, file, unchanged, content, sentence
):
    with pytest.raises(CommandError) as caught:
        run("receive", file("bad.txt", content), *WHEN, "--accept", "all", "--publish")

    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["--date", "the second of March"],
            "'the second of March' is not a day. Write it as 2026-03-02.",
        ),
        (["--date", "2026-03"], "'2026-03' is not a day. Write it as 2026-03-02."),
        (
            ["--date", "2026-02-30"],
            "'2026-02-30' is not a day. Write it as 2026-03-02.",
        ),
        (
            ["--kind", "sermon"],
            "There is no kind 'sermon'. Choose one of: briefing, editorial, "
            "joint-statement, press-release, remarks, statement.",
        ),
        (
            ["--by", "nobody"],
            "Nobody is called 'nobody' here. Use a user name from the admin's list of "
            "accounts.",
        ),
        (
            ["--by", "stefan"],
            "You may not enter statements. Ask a colleague who may.",
        ),
        (
            ["--desk", "Sports"],
            "There is no desk 'Sports'. Choose one of: none yet.",
        ),
        (["--title", " "], "strait.txt: The statement has no title. Give it one."),
        (
            ["--title", "Half \udcff a name"],
            "strait.txt: The text holds characters that cannot be stored (a NUL or "
            "half of a character). Paste it again from its source.",
        ),
    ],
)
def test_an_option_that_cannot_be_used_is_refused_with_a_sentence(
    run, strait, steward, words, sentence
):
    before = rows()
    with pytest.raises(CommandError) as caught:
        run("receive", strait, *WHEN, *words)

    assert str(caught.value) == sentence
    assert rows() == before


def test_an_author_may_enter_but_not_publish(run, strait, author):
    before = rows()
    with pytest.raises(CommandError, match=r"^You may not publish statements"):
        run("receive", strait, *WHEN, "--accept", "none", "--publish", "--by", "amina")

    assert rows() == before


def test_a_file_that_is_not_there_is_named(run, tmp_path, unchanged):
    path = tmp_path / "nowhere.txt"
    with pytest.raises(CommandError) as caught:
        run("receive", path, *WHEN)

    assert str(caught.value) == f"{path}: There is no such file. Check the path."

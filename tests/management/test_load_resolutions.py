"""``manage.py load_resolutions``: a CSV, all or nothing, runnable twice."""

from __future__ import annotations

import pytest
from django.core.management import CommandError

from statements.models import Audit, Rendering, Resolution
from tests import builders

from .conftest import rows
from .test_load_people import counts

pytestmark = pytest.mark.django_db

HEAD = "symbol,number,year,date,title,yes,no,abstain,adoption,meeting,source,note\n"
HUNGER = (
    "S/RES/2417 (2018),2417,2018,2018-05-24,Protection of civilians in armed conflict,"
    "15,0,0,vote,S/PV.8267,library,\n"
)
WOMEN = (
    "S/RES/1325 (2000),1325,2000,2000-10-31,on women and peace and security,"
    ",,,adopted unanimously,S/PV.4213,library,the date is as printed\n"
)
CSV = HEAD + HUNGER + WOMEN


def test_resolutions_come_with_title_or_topic(run, file):
    out = run("load_resolutions", file("r.csv", CSV))

    assert counts(out) == {"resolutions": (2, 0)}
    assert "note on S/RES/1325 (2000): the date is as printed\n" in out
    hunger, women = Resolution.objects.order_by("-symbol")
    assert (hunger.symbol, hunger.slug) == ("S/RES/2417 (2018)", "2417")
    assert (hunger.title, hunger.topic) == (
        None,
        "Protection of civilians in armed conflict",
    )
    assert (hunger.votes_for, hunger.abstentions) == (15, 0)
    assert (women.title, women.topic) == ("on women and peace and security", "")
    assert (women.adoption, women.votes_for) == ("unanimously", None)


def test_the_second_run_makes_nothing(run, file):
    path = file("r.csv", CSV)
    run("load_resolutions", path)
    before = rows()
    out = run("load_resolutions", path)

    assert counts(out) == {"resolutions": (0, 2)}
    assert rows() == before


def test_what_the_file_says_now_wins_and_pages_are_drawn_again(
    run, file, live, author, editor, publisher
):
    run("load_resolutions", file("r.csv", CSV))
    resolution = Resolution.objects.get(slug="2417")
    citing = builders.make_draft(by=author, title="Bread", body="UNSCR 2417 stands.")
    builders.cite(citing, "UNSCR 2417", resolution, by=author)
    builders.review_and_publish(citing, editor=editor, publisher=publisher)
    old = "<p>Drawn before.</p>"
    assert Rendering.objects.update(html=old) == 2

    out = run("load_resolutions", file("r.csv", CSV.replace(",15,0,0,", ",14,0,1,")))

    resolution.refresh_from_db()
    assert counts(out) == {"resolutions": (0, 2)}
    assert (resolution.votes_for, resolution.abstentions) == (14, 1)
    kept = dict(Rendering.objects.values_list("edition", "html"))
    assert kept[live.pk] == old
    assert kept[citing.pk] != old


def test_who_does_it_is_recorded(run, file, steward):
    run("load_resolutions", file("r.csv", CSV), "--by", "stefan")

    assert set(
        Audit.objects.filter(table="resolution").values_list(
            "actor__username", "reason"
        )
    ) == {("stefan", "load resolutions")}


def test_an_author_may_not(run, file, author):
    before = rows()
    with pytest.raises(CommandError, match=r"^You may not add resolutions"):
        run("load_resolutions", file("r.csv", CSV), "--by", "amina")

    assert rows() == before


EXPECTED = (
    "The first line must name the columns symbol, number, year, date, title, yes, no, "
    "abstain, adoption, meeting, source, note."
)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            CSV.replace("date,", "day,", 1).encode(),
            f"r.csv: line 1: The column is missing: date. {EXPECTED}",
        ),
        (
            CSV.replace("date,", "", 1).encode(),
            f"r.csv: line 1: The column is missing: date. {EXPECTED}",
        ),
        (b"", f"r.csv: The file is empty. {EXPECTED}"),
        (
            CSV.encode("utf-16"),
            "r.csv: line 1: The file is in UTF-16. Save it as UTF-8 and load it again.",
        ),
        (
            CSV.replace("library", "bibliothèque").encode("latin-1"),
            "r.csv: line 2: The byte 0xE8 is not UTF-8. Save the file as UTF-8 and "
            "load it again.",
        ),
        (
            CSV.replace("library", "lib\0rary", 1).encode(),
            "r.csv: line 2: There is a NUL character. Remove it and load the file "
            "again.",
        ),
        (
            CSV.replace(",2417,", f",{'24' * 15},", 1).encode(),
            "r.csv: line 2: number has 30 digits. Write a whole number up to 99999.",
        ),
        (
            CSV.replace("2018-05-24", "24 May 2018").encode(),
            'r.csv: line 2: date "24 May 2018" is not a day. Write it as 2000-10-31.',
        ),
        (
            (HEAD + HUNGER + WOMEN.replace("on women", '"on women')).encode(),
            "r.csv: line 3: The row cannot be read (unexpected end of data). Look for "
            "a quotation mark that is not closed.",
        ),
        (
            (CSV + HUNGER).encode(),
            "r.csv: line 4: S/RES/2417 (2018) is already in line 2. Remove one.",
        ),
    ],
    ids=[
        "renamed column",
        "missing column",
        "empty",
        "UTF-16",
        "Latin-1",
        "NUL",
        "thirty digits",
        "date in words",
        "unclosed quotation mark",
        "twice",
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_file_and_line(
    run, file, unchanged, content, sentence
):
    with pytest.raises(CommandError) as caught:
        run("load_resolutions", file("r.csv", content))

    assert str(caught.value) == sentence

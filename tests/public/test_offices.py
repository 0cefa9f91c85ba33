"""Pages of organisations and posts: who holds what, when, and what is said there."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.db import IntegrityError, transaction

from statements.editorial import catalogue
from statements.models import Appointment, OtherName
from statements.public import offices

from ..builders import make_appointment, make_organization, make_person, make_post

pytestmark = pytest.mark.django_db

DAY = dt.date


def shown(client, address: str) -> str:
    """What a page says, without its marks."""
    main = client.get(address).text.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


def terms(post, *known: tuple[str, dict], by) -> list[Appointment]:
    made = []
    for name, days in known:
        person = make_person(name, by=by)
        made.append(make_appointment(person, post, by=by, **days))
        catalogue.list_publicly([person, made[-1]], by=by)
    return made


def test_an_organisation_shows_its_posts_their_holders_its_parts_and_former_names(
    client, public, ministry, okafors_office, spokesperson_post, resolution, system
):
    envoy = make_post("Envoy", ministry, by=system)
    hidden = make_post("Hidden envoy", ministry, by=system)
    part = make_organization("Strait Mission", parent=ministry, by=system)
    make_organization("Hidden mission", parent=ministry, by=system)
    catalogue.list_publicly([okafors_office, spokesperson_post, envoy, part], by=system)
    terms(envoy, ("Ada Brink", {"ends_on": DAY(2020, 1, 31)}), by=system)
    terms(hidden, ("Bo Quill", {"starts_on": DAY(2020, 1, 1)}), by=system)
    for name, ends, precision in (
        ("Foreign Office", None, "day"),
        ("Board of Pilots", DAY(1994, 12, 31), "year"),
        ("Ministry of Straits", DAY(2019, 5, 31), "month"),
        ("Ministry of Tomorrow", DAY(9998, 1, 1), "day"),
    ):
        OtherName.objects.create(
            organization=ministry, name=name, ends_on=ends, ends_precision=precision
        )
    page = shown(client, ministry.get_absolute_url())
    before, _, after = page.partition("In its name")
    assert before.strip().endswith(
        "Ministry of Foreign Affairs Until May 2019 : Ministry of Straits "
        "Until 1994 : Board of Pilots Posts Envoy Nobody on record today "
        "Hidden envoy Bo Quill 1 January 2020 – today "
        "Spokesperson Ilse Okafor 1 January 2024 – today "
        "All who spoke for it Who spoke for it before "
        "until 31 January 2020 Ada Brink , Envoy"
    )
    assert after.endswith(
        "Parts of it Strait Mission Resolutions named last S/RES/2417 (2018) 2 Mar 2026"
    )
    found = client.get(ministry.get_absolute_url()).text
    assert f'href="{part.get_absolute_url()}"' in found
    assert f'href="{envoy.get_absolute_url()}"' in found
    # Listed by its holder, it has no page of its own yet.
    assert hidden.get_absolute_url() not in found
    assert client.get(part.get_absolute_url()).text.count(ministry.name) >= 1


def test_the_days_of_a_name_are_in_order(ministry):
    days = {"starts_on": DAY(2020, 1, 1), "ends_on": DAY(2019, 12, 31)}
    with pytest.raises(IntegrityError, match="ends_after"), transaction.atomic():
        OtherName.objects.create(organization=ministry, name="Board", **days)


def test_a_post_tells_who_held_it_and_when_nobody_did(
    client, public, spokesperson_post, okafors_office, okafor, system
):
    catalogue.list_publicly([okafors_office], by=system)
    terms(
        spokesperson_post,
        (
            "Ada Brink",
            {"starts_on": DAY(2015, 1, 1), "ends_on": DAY(2017, 5, 31)}
            | {"ends_precision": "month"},
        ),
        ("Bo Quill", {"starts_on": DAY(2017, 6, 1), "ends_on": DAY(2021, 3, 31)}),
        by=system,
    )
    page = shown(client, spokesperson_post.get_absolute_url())
    assert (
        "Held today by Ilse Okafor . Who held it 1 January 2024 – today Ilse Okafor "
        "1 April 2021 – 31 December 2023 Nobody on record "
        "1 June 2017 – 31 March 2021 Bo Quill 1 January 2015 – May 2017 Ada Brink"
    ) in page
    Appointment.objects.filter(person=okafor).update(ends_on=DAY(2025, 6, 30))
    page = shown(client, spokesperson_post.get_absolute_url())
    assert "Nobody is on record as holding it today." in page
    assert "Who held it 1 July 2025 – today Nobody on record 1 January 2024 – " in page


@pytest.mark.parametrize(
    ("first", "second", "gap"),
    [
        # Years alone: only the year between is sure.
        ((2019, "year"), (2021, "year"), (DAY(2020, 1, 1), "year", DAY(2020, 12, 31))),
        ((2019, "year"), (2020, "year"), None),
        ((2019, "day"), (2020, "day"), None),
    ],
)
def test_a_gap_is_only_what_nobody_can_have_filled(
    first, second, gap, spokesperson_post, system
):
    made = terms(
        spokesperson_post,
        (
            "Ada Brink",
            {"ends_on": DAY(first[0], 12, 31), "ends_precision": first[1]},
        ),
        (
            "Bo Quill",
            {"starts_on": DAY(second[0], 1, 1), "starts_precision": second[1]},
        ),
        by=system,
    )
    for each in made:
        each.refresh_from_db()
    drawn = offices.line(made[::-1], DAY(2026, 3, 2))
    found = [each for each in drawn if isinstance(each, offices.Gap)]
    assert [(one.starts_on, one.starts_precision, one.ends_on) for one in found] == (
        [gap] if gap else []
    )


def test_what_was_said_in_a_post_is_read_by_key_over_all_who_held_it(
    client, make_public, okafor, okafors_office, spokesperson_post, monkeypatch
):
    monkeypatch.setattr(offices, "SIZE", 2)
    for number in (1, 2, 3):
        make_public(number)
    address = spokesperson_post.get_absolute_url()
    first = client.get(address).text
    assert re.findall(r"in hour (\d)", first) == ["3", "2"]
    (older,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = client.get(address + html.unescape(older)).text
    assert re.findall(r"in hour (\d)", second) == ["1"]
    (newer,) = re.findall(r'rel="prev" href="([^"]+)"', second)
    third = client.get(address + html.unescape(newer)).text
    assert re.findall(r"in hour (\d)", third) == ["3", "2"]


def test_terms_beyond_a_page_are_told_and_have_no_gaps(
    client, public, spokesperson_post, okafors_office, system, monkeypatch
):
    catalogue.list_publicly([okafors_office], by=system)
    terms(spokesperson_post, ("Ada Brink", {"ends_on": DAY(2020, 1, 31)}), by=system)
    address = spokesperson_post.get_absolute_url()
    assert "Nobody on record" in shown(client, address)
    colleagues = [(name, {"starts_on": DAY(2020, 2, 1)}) for name in ("Bo", "Cy", "Di")]
    terms(spokesperson_post, *colleagues, by=system)
    assert "Held today by 4 people." in shown(client, address)
    monkeypatch.setattr(offices, "TERMS", 1)
    page = shown(client, address)
    assert "Ada Brink" not in page
    assert "Nobody on record" not in page
    assert "Those who held it earlier are not listed here." in page

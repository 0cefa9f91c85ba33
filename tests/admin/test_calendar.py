"""The calendar: a month at the desk, and a private address for other programs."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from statements.editorial import editions, intake, publishing
from statements.models import Audit, CalendarKey, Change, Edition, TakenOff

from .. import builders
from ..editorial.test_scenarios import in_minutes
from .conftest import address

pytestmark = pytest.mark.django_db

MONTH = reverse("admin:calendar")
ADDRESS = reverse("admin:calendar_address")


@pytest.fixture
def scheduled(ready, editor, publisher) -> Edition:
    return builders.review_and_publish(
        ready, editor=editor, publisher=publisher, at=in_minutes(90)
    )


def month_of(moment: dt.datetime, **query) -> dict[str, str]:
    return {"month": f"{timezone.localtime(moment):%Y-%m}", **query}


def entries(page: str) -> list[tuple[str, str, str]]:
    """Day, hour and title of what stands in a month, and where each title leads."""
    found = []
    for day in page.split('<li class="month-day')[1:]:
        date = re.search(r'<time datetime="([\d-]{10})"', day)
        for hour, title in re.findall(
            r'class="month-hour"[^>]*>([\d:]+)</time> <bdi[^>]*>([^<]*)</bdi>', day
        ):
            found.append((date[1], hour, title))
    return found


def made(colleague) -> str:
    """The path of the address that somebody makes on the page."""
    response = colleague.client.post(ADDRESS, {"action": "make"})
    assert response.status_code == 201
    found = re.search(r'id="made"[^>]* value="([^"]+)"', response.content.decode())
    return found[1].removeprefix("http://localhost:8000")


def told(path: str, *names: str) -> list[str]:
    """What a program is told at an address: properties of the events, unfolded."""
    response = Client().get(path)
    assert response.status_code == 200
    _, *events = response.content.decode().replace("\r\n ", "").split("BEGIN:VEVENT")
    return [
        line
        for line in "".join(events).split("\r\n")
        if line.partition(":")[0] in names
    ]


def test_a_month_shows_what_goes_out_at_the_hour_of_the_site(amina, odile, scheduled):
    hour = timezone.localtime(scheduled.published_at)
    page = amina.client.get(MONTH, month_of(hour)).content.decode()
    what = (f"{hour:%Y-%m-%d}", f"{hour:%H:%M}", "The ferries will sail")
    assert entries(page) == [what]
    assert f'href="{address(scheduled, "publish")}"' in page
    assert "Scheduled · Statement · Strait" in page
    assert entries(odile.client.get(MONTH, month_of(hour)).content.decode()) == []


def test_a_month_shows_what_went_out_and_what_became_of_it(
    amina, live, author, editor, publisher
):
    second = editions.begin(live.article, by=author, change=Change.CORRECTION)
    intake.revise(
        second,
        by=author,
        lock_version=second.lock_version,
        change_note="A pier was misnamed.",
        title="The ferries have sailed",
    )
    second.refresh_from_db()
    builders.review_and_publish(second, editor=editor, publisher=publisher)
    page = amina.client.get(MONTH).content.decode()
    assert [title for _, _, title in entries(page)] == [
        "The ferries will sail",
        "The ferries have sailed",
    ]
    assert "Superseded · Statement · Strait" in page
    assert "Out · Correction · Statement · Strait" in page
    # Imports came out elsewhere and long ago.
    type(live.article).objects.update(origin="import")
    assert entries(amina.client.get(MONTH).content.decode()) == []


def test_months_follow_one_another_and_weeks_begin_as_the_locale_says(
    amina, strait_desk, culture_desk
):
    page = amina.client.get(MONTH, {"month": "2026-12"}).content.decode()
    assert 'href="?month=2026-11" rel="prev"' in page
    assert 'href="?month=2027-01" rel="next"' in page
    heads = re.search(r"month-heads.*?</div>", page)[0]
    assert re.findall(r"<span>(\w+)</span>", heads)[0] == "Mon"
    # The first of December 2026 is a Tuesday: one day of November stands before it.
    assert page.count("month-day month-outside") == 1 + 3
    assert "Nothing goes out in December 2026." in page
    assert "<select" not in page
    culture_desk.members.add(amina.user)
    query = {"month": "2026-12", "desk": culture_desk.pk}
    page = amina.client.get(MONTH, query).content.decode()
    assert "Nothing goes out in December 2026 at Culture." in page
    assert f'href="?month=2027-01&amp;desk={culture_desk.pk}"' in page
    for month in ("2026-13", "0000-01", "9999-12", "x", "2026-1\n"):
        assert amina.client.get(MONTH, {"month": month}).status_code == 404
    assert 'rel="prev"' not in (
        amina.client.get(MONTH, {"month": "1900-01"}).content.decode()
    )


def test_a_busy_day_has_a_page_of_its_own(amina, editor, publisher, strait_desk):
    def out(number: int) -> None:
        edition = builders.make_draft(
            by=amina.user, title=f"Notice {number}", body="Calm."
        )
        builders.review_and_publish(edition, editor=editor, publisher=publisher)

    for number in range(6):
        out(number)
    page = amina.client.get(MONTH).content.decode()
    assert (len(entries(page)), "month-more" in page) == (6, False)
    out(6)
    page = amina.client.get(MONTH).content.decode()
    assert len(entries(page)) == 5
    today = timezone.localdate()
    day = {"day": f"{today:%Y-%m-%d}"}
    assert f'<a href="?day={day["day"]}">and 2 more<' in page
    assert f'href="{MONTH}#today">Today</a>' in page
    assert page.count('id="today"') == 1
    whole = amina.client.get(MONTH, day).content.decode()
    assert re.findall(r"<bdi[^>]*>(Notice \d)", whole) == [
        f"Notice {number}" for number in range(7)
    ]
    assert f'href="{MONTH}?month={today:%Y-%m}">' in whole
    narrow = amina.client.get(MONTH, day | {"desk": strait_desk.pk}).content.decode()
    assert f"{strait_desk} alone." in narrow
    before = {"day": f"{today - dt.timedelta(days=1):%Y-%m-%d}"}
    assert "Nothing goes out on this day." in (
        amina.client.get(MONTH, before).content.decode()
    )
    for wrong in ("2026-02-30", "x", "2026-1-1", "0001-01-01", "2026-01-01\n"):
        assert amina.client.get(MONTH, {"day": wrong}).status_code == 404


def test_a_desk_that_is_not_ones_own_is_as_if_it_were_not_there(
    amina, scheduled, culture_desk, strait_desk
):
    for desk in (culture_desk.pk, 99_999_999, "x"):
        answer = amina.client.get(MONTH, {"desk": desk})
        assert answer.status_code == 404
    shown = month_of(scheduled.published_at, desk=strait_desk.pk)
    assert len(entries(amina.client.get(MONTH, shown).content.decode())) == 1


def test_a_month_costs_the_same_for_one_and_many(
    amina, editor, publisher, django_assert_num_queries
):
    def seen() -> int:
        with django_assert_num_queries(7):
            return len(entries(amina.client.get(MONTH).content.decode()))

    for number in range(3):
        edition = builders.make_draft(
            by=amina.user, title=f"Notice {number}", body="Calm."
        )
        builders.review_and_publish(edition, editor=editor, publisher=publisher)
        if number != 1:
            assert seen() == number + 1


# ---------- the address ----------


def test_an_address_tells_hour_kind_and_place_and_no_hidden_title(amina, scheduled):
    path = made(amina)
    response = Client().get(path)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "sail" not in response.content.decode()
    assert told(path, "UID", "DTSTART", "SUMMARY", "URL", "SEQUENCE", "STATUS") == [
        f"UID:edition-{scheduled.pk}@localhost",
        f"DTSTART:{scheduled.published_at:%Y%m%dT%H%M%SZ}",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "SUMMARY:Statement",
        f"URL:http://localhost:8000{address(scheduled, 'publish')}",
    ]


def test_a_title_is_told_while_readers_have_it(amina, live, publisher):
    path = made(amina)
    assert told(path, "SUMMARY", "URL") == [
        "SUMMARY:Statement: The ferries will sail",
        f"URL:http://localhost:8000{live.article.get_absolute_url()}",
    ]
    publishing.withdraw(live.article, by=publisher, reason="error", note="Wrong pier.")
    assert told(path, "SUMMARY", "URL") == [
        "SUMMARY:Statement",
        f"URL:http://localhost:8000{address(live, 'publish')}",
    ]


def test_what_is_taken_off_is_cancelled_and_what_is_moved_stays_one_event(
    amina, scheduled, publisher
):
    path = made(amina)
    names = ("UID", "DTSTART", "SEQUENCE", "STATUS")
    first = told(path, *names)
    publishing.unschedule(scheduled, by=publisher)
    assert told(path, *names) == [
        *first[:2],
        "SEQUENCE:1",
        "STATUS:CANCELLED",
    ]
    assert told(path, "SUMMARY") == ["SUMMARY:Statement (taken off)"]
    fresh = Edition.objects.get(pk=scheduled.pk)
    later = publishing.publish(fresh, by=publisher, at=in_minutes(200))
    assert told(path, *names) == [
        first[0],
        f"DTSTART:{later.published_at:%Y%m%dT%H%M%SZ}",
        "SEQUENCE:2",
        "STATUS:CONFIRMED",
    ]
    publishing.unschedule(later, by=publisher)
    assert told(path, "SEQUENCE") == ["SEQUENCE:3"]
    # A draft that is deleted takes the note of it along.
    publishing.discard(later.article, by=publisher)
    assert told(path, "UID") == []
    assert not TakenOff.objects.exists()


def test_rights_are_asked_at_each_request(amina, scheduled, strait_desk):
    path = made(amina)
    user = amina.user
    assert len(told(path, "UID")) == 1
    user.desks.clear()
    assert told(path, "UID") == []
    publishing.unschedule(scheduled, by=type(user).objects.get(username="petra"))
    assert told(path, "UID") == []
    strait_desk.members.add(user)
    assert len(told(path, "UID")) == 1
    for change in ({"is_active": False}, {"is_staff": False}):
        type(user).objects.filter(pk=user.pk).update(**change)
        assert Client().get(path).status_code == 404
        type(user).objects.filter(pk=user.pk).update(is_active=True, is_staff=True)
    user.groups.clear()
    assert Client().get(path).status_code == 404


def test_made_anew_or_revoked_the_former_address_leads_nowhere(amina, edgar):
    first = made(amina)
    others = made(edgar)
    second = made(amina)
    statuses = [Client().get(path).status_code for path in (first, second, others)]
    assert statuses == [404, 200, 200]
    page = amina.client.post(ADDRESS, {"action": "revoke"}, follow=True)
    assert "Revoked. The address leads nowhere any more." in page.content.decode()
    assert "You have no address yet." in page.content.decode()
    assert [Client().get(path).status_code for path in (second, others)] == [404, 200]
    again = amina.client.post(ADDRESS, {"action": "revoke"}, follow=True)
    assert "There was no address to revoke." in again.content.decode()
    assert amina.client.post(ADDRESS, {}).status_code == 400


def test_the_token_is_kept_nowhere_and_shown_once(amina):
    path = made(amina)
    token = path.split("/")[2].removesuffix(".ics")
    assert len(token) == 43
    key = CalendarKey.objects.get()
    assert token not in repr([vars(key), *Audit.objects.values_list("changes")])
    assert Audit.objects.filter(table="calendar_key", actor=amina.user).count() == 1
    page = amina.client.get(ADDRESS)
    assert token not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    # A sixteenth of all tokens ends in an A.
    other = "E" if token.endswith("A") else "A"
    assert Client().get(f"{path[:-5]}{other}.ics").status_code == 404
    assert Client().post(path).status_code == 405


def test_who_reads_no_drafts_has_no_calendar(db):
    noor = Client()
    noor.force_login(builders.make_user("noor"))
    statuses = [noor.get(MONTH), noor.get(ADDRESS), noor.post(ADDRESS)]
    assert [answer.status_code for answer in statuses] == [403, 403, 403]


def test_a_calendar_has_no_address_among_readers():
    assert reverse("calendar_feed", args=["a" * 43], urlconf="newsroom.urls")
    with pytest.raises(NoReverseMatch):
        reverse("calendar_feed", args=["a" * 43], urlconf="newsroom.urls_public")


def test_a_calendar_costs_the_same_for_one_and_many(
    amina, editor, publisher, django_assert_num_queries
):
    path = made(amina)
    for number in range(3):
        edition = builders.make_draft(
            by=amina.user, title=f"Notice {number}", body="Calm."
        )
        builders.review_and_publish(
            edition, editor=editor, publisher=publisher, at=in_minutes(60 + number)
        )
        if number == 2:
            publishing.unschedule(edition, by=publisher)
        if number != 1:
            with django_assert_num_queries(6):
                assert len(told(path, "UID")) == number + 1

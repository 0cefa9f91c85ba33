"""Check, Review and Publish: who may, what stands against, what readers get."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from statements.editorial import editions, intake, publishing
from statements.models import Article, Audit, Binned, Change, Edition, Waiver

from .. import builders
from .conftest import Colleague, address, hidden

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


def in_minutes(minutes: int) -> dt.datetime:
    return (timezone.now() + dt.timedelta(minutes=minutes)).replace(
        second=0, microsecond=0
    )


def test_the_bar_says_what_is_left(amina, draft):
    page = amina.page(draft, "check")
    assert 'aria-current="step"' in page
    for left in ("1 to decide", "2 reasons against", "not submitted", "not out"):
        assert left in page


def test_all_reasons_stand_together(amina, draft):
    page = amina.page(draft, "check")
    assert "Nobody has approved it." in page
    assert "Suggestions are open: 1 quote. Accept or reject each." in page


def test_submit_return_submit_approve_publish(amina, edgar, petra, ready):
    amina.send(ready, "review", "submit")
    edgar.send(ready, "review", "return", remark="Name the pier.")
    page = amina.page(ready, "review")
    assert "Name the pier." in page
    assert "Returned by" in page
    assert Audit.objects.filter(reason="Name the pier.").exists()
    amina.send(ready, "review", "submit")
    edgar.send(ready, "review", "approve")
    petra.send(ready, "publish", "publish")
    ready.refresh_from_db()
    assert ready.published_at is not None
    assert ready.published_by == petra.user
    assert Article.objects.published().count() == 1


def test_a_return_needs_a_remark(amina, edgar, ready):
    amina.send(ready, "review", "submit")
    response = edgar.send(ready, "review", "return", remark="  ")
    assert "Say what to change" in text_of(response)
    ready.refresh_from_db()
    assert ready.returned_at is None


def test_nobody_approves_what_they_wrote(edgar, ready):
    edgar.write(ready, summary="At nine.")
    edgar.send(ready, "review", "submit")
    assert "Approve this text" not in edgar.page(ready, "review")
    response = edgar.send(ready, "review", "approve")
    assert "somebody else must approve it" in text_of(response)
    ready.refresh_from_db()
    assert ready.approved_at is None


def test_an_approval_is_of_the_text_that_was_read(amina, edgar, ready):
    amina.send(ready, "review", "submit")
    old = ready.lock_version
    amina.write(ready, title="Something else")
    response = edgar.send(ready, "review", "approve", lock_version=old)
    assert "Somebody saved this edition since you opened it." in text_of(response)
    ready.refresh_from_db()
    assert ready.approved_at is None


def test_publication_is_refused_with_every_reason(petra, draft):
    response = petra.send(draft, "publish", "publish")
    page = text_of(response)
    assert "2 reasons stand against it" in page
    assert "Nobody has approved it." in page
    assert "Suggestions are open" in page


def test_a_refused_withdrawal_says_at_each_field_what_is_missing(petra, live):
    page = petra.send(live, "publish", "withdraw", reason="", note=" ")
    page = page.content.decode()
    assert "Choose why the statement is withdrawn." in page
    assert "Write a sentence for readers about the withdrawal." in page
    assert page.count('class="field field-wrong"') == 2
    assert page.count('aria-invalid="true"') == 2
    assert "<title>Error: " in page
    assert "stand against it" not in page
    live.refresh_from_db()
    assert live.withdrawn_at is None


def test_the_review_of_a_minor_change_leads_to_what_it_changes(amina, edgar, live):
    assert "See word by word" not in edgar.page(live, "review")
    minor = editions.begin(live.article, by=amina.user)
    link = f'<a href="{address(minor, "compare")}?view=inline">See word by word'
    assert link in edgar.page(minor, "review")


def test_a_refused_return_marks_its_field(amina, edgar, ready):
    amina.send(ready, "review", "submit")
    assert "<title>Error: " not in edgar.page(ready, "review")
    page = edgar.send(ready, "review", "return", remark="").content.decode()
    assert "<title>Error: " in page
    assert '<div class="field field-wrong"><label for="remark">' in page
    assert 'aria-invalid="true" aria-describedby="remark-error"' in page


@pytest.fixture
def approved(ready, author, editor) -> Edition:
    publishing.submit(ready, by=author)
    return publishing.approve(ready, by=editor)


def test_a_statement_is_scheduled_and_taken_off(petra, approved):
    at = in_minutes(90)
    petra.send(approved, "publish", "schedule", at=f"{at:%Y-%m-%dT%H:%M}")
    approved.refresh_from_db()
    assert approved.published_at == at
    assert not Article.objects.published().exists()
    assert "Goes out on" in petra.page(approved, "publish")
    petra.send(approved, "publish", "unschedule")
    approved.refresh_from_db()
    assert approved.published_at is None


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("next Tuesday", "Write date and time as year, month, day"),
        ("", "Choose the date and the time."),
        ("2001-01-01T10:00", "The hour has passed."),
        ("2999-01-01T10:00:30", "Choose a whole minute."),
    ],
)
def test_an_hour_that_cannot_be_used(petra, approved, at, sentence):
    response = petra.send(approved, "publish", "schedule", at=at)
    assert sentence in text_of(response)
    approved.refresh_from_db()
    assert approved.published_at is None


@override_settings(TIME_ZONE="Europe/Berlin")
def test_an_hour_that_the_clock_leaves_out_is_refused_with_its_neighbours(
    petra, approved
):
    page = petra.page(approved, "publish")
    assert "Europe/Berlin" in page
    response = petra.send(approved, "publish", "schedule", at="2031-03-30T02:30")
    page = text_of(response)
    assert "02:30 does not exist on 30 March 2031 in Europe/Berlin" in page
    assert "Choose 01:30 or 03:30." in page
    assert 'value="2031-03-30T02:30"' in page
    approved.refresh_from_db()
    assert approved.published_at is None


@override_settings(TIME_ZONE="Europe/Berlin")
@pytest.mark.parametrize(("which", "hour"), [("first", 0), ("second", 1)])
def test_of_an_hour_that_comes_twice_one_is_chosen(petra, approved, which, hour):
    asked = petra.send(approved, "publish", "schedule", at="2031-10-26T02:30")
    page = text_of(asked)
    assert "02:30 comes twice on 26 October 2031" in page
    assert "The first (UTC+2)" in page
    assert "The second (UTC+1)" in page
    petra.send(approved, "publish", "schedule", at="2031-10-26T02:30", which=which)
    approved.refresh_from_db()
    assert approved.published_at == dt.datetime(2031, 10, 26, hour, 30, tzinfo=dt.UTC)


@override_settings(
    TIME_ZONE="Europe/Berlin",
    ELSEWHERE=["UTC", "America/New_York", "Europe/Berlin", "Europe/Rome", "Asia/Tokyo"],
)
def test_an_hour_may_be_given_in_another_zone_and_is_told_in_all(petra, approved):
    petra.send(
        approved, "publish", "schedule", at="2031-01-10T20:00", zone="America/New_York"
    )
    approved.refresh_from_db()
    assert approved.published_at == dt.datetime(2031, 1, 11, 1, tzinfo=dt.UTC)
    page = petra.page(approved, "publish")
    assert "11 January 2031, 02:00 (Europe/Berlin)" in page
    start = page.index('class="clocks"')
    told = re.findall(r"<li>([^<]+)</li>", page[start : page.index("</ul>", start)])
    # Rome's clocks show what Berlin's do.
    assert told == ["UTC: 01:00", "New York: 10 January, 20:00", "Tokyo: 10:00"]
    assert 'data-moment="2031-01-11T02:00:00+01:00"' in page


def test_a_live_statement_is_withdrawn_with_reason_and_note(petra, live):
    response = petra.send(live, "publish", "withdraw", reason="", note="")
    assert "Choose why the statement is withdrawn." in text_of(response)
    assert "Write a sentence for readers" in text_of(response)
    petra.send(live, "publish", "withdraw", reason="error", note="The hour was wrong.")
    live.refresh_from_db()
    assert live.withdrawn_note == "The hour was wrong."
    assert not Article.objects.published().exists()


def test_a_rule_is_set_aside_with_a_reason(petra, draft):
    response = petra.send(draft, "check", "waive", rule="suggestions", why="")
    assert "Say why the rule is set aside." in text_of(response)
    petra.send(draft, "check", "waive", rule="suggestions", why="A title, no quote.")
    assert Waiver.objects.get().by == petra.user
    page = petra.page(draft, "check")
    against, aside = page.split(">Set aside<")
    assert "Suggestions are open" not in against
    assert "Suggestions are open" in aside
    assert "A title, no quote." in aside


def test_a_draft_that_fell_behind_is_rebased(amina, edgar, petra, live, author):
    amina.send(live, "write", "begin", change="minor", change_note="")
    slow = Edition.objects.get(number=2)
    amina.send(live, "write", "begin", change="minor", change_note="Quick")
    quick = Edition.objects.get(number=3)
    builders.review_and_publish(quick, editor=edgar.user, publisher=petra.user)
    page = amina.page(slow, "check")
    assert "Edition 3 went out since; bring its changes in." in page
    amina.send(slow, "check", "rebase")
    slow.refresh_from_db()
    assert slow.based_on == quick


def test_a_draft_goes_to_the_bin_and_what_is_out_does_not(petra, live):
    petra.send(live, "write", "begin", change="minor", change_note="")
    second = Edition.objects.get(number=2)
    petra.send(second, "publish", "discard_edition")
    third = editions.begin(live.article, by=petra.user)
    response = petra.send(third, "publish", "discard")
    assert "Withdraw it instead." in text_of(response)
    assert [(each.article, each.edition) for each in Binned.objects.all()] == [
        (live.article, second)
    ]


def test_the_preview_is_the_page_as_it_will_look(amina, ready):
    url = reverse("admin:statements_article_preview", args=[ready.article_id, 1])
    response = amina.client.get(url)
    assert response.status_code == 200
    page = text_of(response)
    assert "Only your desk sees this page." in page
    assert "Ilse Okafor" in page
    assert "no-store" in response["Cache-Control"]


def facts(response) -> dict[str, str]:
    rows = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text_of(response), re.DOTALL)
    return {name: re.sub(r"<[^>]+>", "", told) for name, told in rows}


def test_it_is_asked_before_a_statement_goes_out(petra, approved, settings):
    settings.SITE_URL = "https://record.example"
    assert 'value="publish"' not in petra.page(approved, "publish")
    response = petra.send(approved, "publish", "ask", at="2999-01-01T10:00")
    assert response.status_code == 200
    told = facts(response)
    assert told.pop("Approved by").startswith("Edgar, on ")
    assert told == {
        "Address": "https://record.example" + approved.article.get_absolute_url(),
        "Bears the date": "2 March 2026",
        "Quotes": "1, with an address of its own",
    }
    page = text_of(response)
    assert "becomes public, at once." in page
    assert "You also chose an hour, 1 January 2999, 10:00" in page
    approved.refresh_from_db()
    assert approved.published_at is None
    # What the page then sends is of the version that was asked about.
    assert hidden(page, "lock_version") == str(approved.lock_version)
    assert 'value="publish"' in page


def test_what_stands_against_it_is_said_in_place_of_the_question(petra, draft):
    page = text_of(petra.send(draft, "publish", "ask"))
    assert "2 reasons stand against it" in page
    assert "Publish it now?" not in page


def test_nobody_is_asked_about_a_text_that_was_saved_since(amina, petra, approved):
    read = approved.lock_version
    amina.write(approved, title="Something else")
    page = text_of(petra.send(approved, "publish", "ask", lock_version=read))
    assert "Somebody saved this edition since you opened it." in page
    assert "Publish it now?" not in page


def test_the_question_names_what_is_replaced_and_taken_off(
    amina, edgar, petra, administrator, live
):
    second = editions.begin(live.article, by=amina.user)
    publishing.submit(second, by=amina.user)
    publishing.approve(second, by=edgar.user)
    at = in_minutes(90)
    publishing.publish(second, by=petra.user, at=at)
    third = editions.begin(live.article, by=amina.user)
    ada = Colleague(administrator)
    reason = "Lives depend on it."
    response = ada.send(third, "publish", "ask", unreviewed_reason=reason)
    told = facts(response)
    page = text_of(response)
    assert "takes the place of edition 1, at once." in page
    assert told["Approved by"].endswith(f"with your reason: {reason}")
    assert told["Off the schedule"].startswith("Edition 2, which was to go out on ")
    assert hidden(page, "unreviewed_reason") == reason
    assert petra.send(third, "publish", "ask", unreviewed_reason="x").status_code == 403
    publishing.withdraw(
        live.article, by=petra.user, reason="error", note="It was not ours."
    )
    page = text_of(ada.send(third, "publish", "ask", unreviewed_reason=reason))
    assert "is withdrawn. This edition makes it public again, at once." in page


FORGED = [
    ("review", "submit", {}),
    ("review", "return", {"remark": "No."}),
    ("review", "approve", {}),
    ("publish", "ask", {}),
    ("publish", "publish", {}),
    ("publish", "schedule", {"at": "2999-01-01T10:00"}),
    ("check", "waive", {"rule": "alt", "why": "No."}),
    ("publish", "discard", {}),
    ("quotes", "safe", {}),
    ("check", "rebase", {}),
]


@pytest.mark.parametrize(("step", "action", "fields"), FORGED)
def test_a_forged_action_without_the_right_is_forbidden(
    ready, strait_desk, step, action, fields
):
    ines = Colleague(builders.make_user("ines", "Auditor", desk=strait_desk))
    before = ready.lock_version
    response = ines.send(ready, step, action, **fields)
    assert response.status_code == 403
    ready.refresh_from_db()
    assert ready.lock_version == before
    assert ready.submitted_at is None


def test_forged_withdrawals_and_unschedulings_are_forbidden(amina, live):
    for action in ("withdraw", "unschedule"):
        response = amina.send(live, "publish", action, reason="error", note="No.")
        assert response.status_code == 403


def test_buttons_are_absent_where_the_right_is(amina, edgar, petra, ready):
    assert "Publish now" not in amina.page(ready, "publish")
    assert "Publish now" not in edgar.page(ready, "publish")
    assert "Publish now" in petra.page(ready, "publish")
    amina.send(ready, "review", "submit")
    assert "Approve this text" not in amina.page(ready, "review")
    assert "Approve this text" in edgar.page(ready, "review")


def test_unreviewed_publication_needs_the_right_and_a_reason(
    petra, ready, administrator
):
    response = petra.send(ready, "publish", "publish", unreviewed_reason="Urgent.")
    assert response.status_code == 403
    ada = Colleague(administrator)
    assert "without a second person" in ada.page(ready, "publish")
    ada.send(ready, "publish", "publish", unreviewed_reason="Urgent.")
    ready.refresh_from_db()
    assert ready.unreviewed_reason == "Urgent."
    assert ready.published_at is not None


def test_the_desk_lists_what_waits(amina, edgar, ready):
    first = text_of(amina.client.get("/admin/"))
    assert "submitted" not in first
    amina.send(ready, "review", "submit")
    page = text_of(edgar.client.get("/admin/"))
    assert "The ferries will sail" in page
    assert "submitted" in page


def test_the_desk_leads_to_the_page_where_the_work_is(amina, edgar, ready):
    def queued() -> str:
        return text_of(amina.client.get(reverse("admin:index")))

    assert f'href="{address(ready, "write")}?from=draft"' in queued()
    amina.send(ready, "review", "submit")
    assert f'href="{address(ready, "review")}?from=with_a_colleague"' in queued()
    edgar.send(ready, "review", "return", remark="Name the pier.")
    assert f'href="{address(ready, "review")}?from=returned_to_me"' in queued()
    amina.send(ready, "review", "submit")
    edgar.send(ready, "review", "approve")
    assert f'href="{address(ready, "publish")}?from=approved"' in queued()


def test_a_reviewer_reads_what_readers_are_told_was_corrected(amina, edgar, live):
    fields = {"change": "correction", "change_note": "The pier was misnamed."}
    amina.send(live, "write", "begin", **fields)
    correction = Edition.objects.get(number=2)
    assert "The pier was misnamed." in edgar.page(correction, "review")


def test_a_live_statement_leads_to_its_correction(edgar, live):
    page = edgar.page(live, "publish")
    assert f'href="{address(live, "write")}#begin">Correct or change it</a>' in page
    page = edgar.page(live, "write")
    assert '<h2 id="begin">' in page
    assert "This edition was published." in page
    assert "The edition was published." in edgar.page(live, "check")


def test_the_review_of_a_correction_leads_to_what_it_changes(edgar, live):
    draft = editions.begin(live.article, by=edgar.user, change=Change.CORRECTION)
    intake.revise(
        draft,
        by=edgar.user,
        lock_version=draft.lock_version,
        change_note="Another pier.",
    )
    page = edgar.page(draft, "review")
    assert "Another pier." in page
    assert f'href="{address(draft, "compare")}?view=inline">See word by word' in page

"""Many statements at once, as an editor does it from the list."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from statements.editorial import intake, moving, publishing
from statements.models import Audit, Binned, BulkAction, Desk, Edition, Tag

from ..builders import make_draft
from ..editorial.test_scenarios import in_minutes

pytestmark = pytest.mark.django_db

LIST = "/admin/statements/article/"
BULK = "/admin/statements/article/bulk/"


@pytest.fixture
def drafts(author) -> list[Edition]:
    return [
        make_draft(by=author, title=f"Calm, part {number}", body="The strait was calm.")
        for number in (1, 2, 3)
    ]


@pytest.fixture
def harbours(db) -> Tag:
    return Tag.objects.create(name="Harbours", slug="harbours")


def form(page: str) -> dict[str, list[str]]:
    """The hidden fields of the form that confirms."""
    confirming = re.split(r'<form method="post"(?: class="desk-form")?>', page)[1]
    confirming = confirming.split("</form>")[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)"', confirming
    ):
        found.setdefault(name, []).append(value)
    return found


def test_topics_are_added_to_what_was_chosen_and_taken_back(amina, drafts, harbours):
    page = amina.client.get(LIST).content.decode()
    assert page.count('name="row"') == 3
    assert 'aria-label="Choose Calm, part 1, 2026-03-02"' in page
    rows = [drafts[0].article_id, drafts[1].article_id]
    asked = amina.client.get(BULK, {"do": "add_topics", "row": rows})
    assert "Show what would change" in asked.text
    page = amina.client.get(
        BULK, {"do": "add_topics", "row": rows, "topics": "harbours"}
    ).text
    assert page.count("<del>none</del> → <ins>Harbours</ins>") == 2
    assert not drafts[0].article.tags.exists()
    answer = amina.client.post(BULK, form(page), follow=True)
    assert "Add topics: done to 2 statements. It can be undone below." in answer.text
    assert [
        list(draft.article.tags.values_list("name", flat=True)) for draft in drafts
    ] == [["Harbours"], ["Harbours"], []]
    key = BulkAction.objects.get().pk
    answer = amina.client.post(BULK, {"undo": key}, follow=True)
    assert "Undone for 2 statements: Add topics." in answer.text
    assert "undone " in answer.text
    assert not any(draft.article.tags.exists() for draft in drafts)


def test_a_form_that_is_sent_twice_does_it_once(amina, drafts, harbours):
    rows = [draft.article_id for draft in drafts]
    page = amina.client.get(
        BULK, {"do": "add_topics", "row": rows, "topics": "harbours"}
    ).text
    sent = form(page)
    amina.client.post(BULK, sent)
    answer = amina.client.post(BULK, sent, follow=True)
    assert "Already done: this form was sent before." in answer.text
    assert BulkAction.objects.count() == 1


def test_what_changed_meanwhile_is_shown_anew_and_nothing_is_done(
    amina, drafts, harbours, publisher
):
    rows = [draft.article_id for draft in drafts]
    page = amina.client.get(
        BULK, {"do": "add_topics", "row": rows, "topics": "harbours"}
    ).text
    sent = form(page)
    Tag.objects.create(name="Tides", slug="tides")
    intake.set_address(drafts[2].article, by=publisher, tags=["Tides"])
    answer = amina.client.post(BULK, sent)
    assert answer.status_code == 409
    assert "1 of these statements changed since this page was made." in answer.text
    assert "<del>Tides</del> → <ins>Harbours, Tides</ins>" in answer.text
    assert not BulkAction.objects.exists()
    amina.client.post(BULK, form(answer.text))
    assert BulkAction.objects.get().rows.count() == 3


def test_all_of_a_list_are_taken_with_its_filters(petra, author, drafts):
    make_draft(by=author, title="Storm in the strait", body="It rained.")
    page = petra.client.get(BULK, {"do": "bin", "all": "1", "list": "q=Calm"}).text
    assert "These 3 would change" in page
    assert "Storm" not in page
    answer = petra.client.post(BULK, form(page), follow=True)
    assert "Put in the bin: done to 3 statements." in answer.text
    assert Binned.objects.count() == 3


def test_all_of_a_list_stay_all_while_one_says_which_topics(amina, drafts, harbours):
    """Their keys would make an address that no server takes."""
    page = amina.client.get(BULK, {"do": "add_topics", "all": "1", "list": "q=Calm"})
    asking = page.text.split('class="bulk-wish"')[1].split("</form>")[0]
    assert '<input type="hidden" name="all" value="1">' in asking
    assert 'name="row"' not in asking
    page = amina.client.get(
        BULK,
        {"do": "add_topics", "all": "1", "list": "q=Calm", "topics": "Harbours"},
    ).text
    amina.client.post(BULK, form(page))
    assert BulkAction.objects.get().rows.count() == 3


def test_boxes_stand_before_those_who_may_do_something(
    amina, drafts, client, django_user_model
):
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(
        Permission.objects.get(codename="view_article"),
        Permission.objects.get(codename="see_every_desk"),
    )
    client.force_login(reader)
    page = client.get(LIST).text
    assert "Calm, part 1" in page
    assert ('name="row"' in page, 'id="bulk"' in page) == (False, False)
    popup = amina.client.get(LIST, {"_popup": "1"}).text
    assert ('name="row"' in popup, 'id="bulk"' in popup) == (False, False)


def test_the_admins_own_deleting_of_many_does_nothing_to_statements(
    admin_client, drafts
):
    rows = {"action": "delete_selected", "post": "yes", "index": "0"}
    chosen = [draft.article_id for draft in drafts]
    admin_client.post(LIST, {**rows, "_selected_action": chosen})
    assert Edition.objects.filter(article__in=chosen).count() == 3
    assert not Binned.objects.exists()


def test_a_colleagues_action_is_not_there_to_be_undone(amina, petra, drafts, harbours):
    page = amina.client.get(
        BULK, {"do": "add_topics", "row": drafts[0].article_id, "topics": "Harbours"}
    ).text
    amina.client.post(BULK, form(page))
    key = BulkAction.objects.get().pk
    assert petra.client.post(BULK, {"undo": key}).status_code == 404
    assert drafts[0].article.tags.exists()


def test_a_topic_that_there_is_not_is_told_and_what_was_typed_stays(amina, drafts):
    page = amina.client.get(
        BULK,
        {"do": "add_topics", "row": drafts[0].article_id, "topics": "Habrours"},
    ).text
    assert "There is no topic “Habrours”." in page
    assert 'value="Habrours"' in page
    assert '<form method="post">' not in page


def test_what_cannot_change_says_why(amina, petra, drafts):
    desk = Desk.objects.get(pk=drafts[0].article.desk_id)
    page = amina.client.get(
        BULK, {"do": "desk", "row": drafts[0].article_id, "desk": desk.pk}
    ).text
    assert "Nothing would change." in page
    assert "It is so already." in page


def test_each_colleague_is_offered_what_is_theirs(amina, petra, drafts):
    offered = {
        one.user.username: re.findall(
            r'<option value="(\w+)">',
            one.client.get(LIST).text.split('id="bulk-do"')[1],
        )
        for one in (amina, petra)
    }
    mine = ["add_topics", "remove_topics", "kind", "desk"]
    assert offered == {
        amina.user.username: [*mine, "submit"],
        petra.user.username: [*mine, "bin", "submit", "return", "unschedule"],
    }
    refused = amina.client.get(BULK, {"do": "bin", "row": drafts[0].article_id})
    assert refused.status_code == 403


def test_drafts_are_submitted_and_returned_together(amina, edgar, drafts):
    rows = [draft.article_id for draft in drafts]
    publishing.submit(drafts[2], by=amina.user)
    page = amina.client.get(BULK, {"do": "submit", "row": rows}).text
    assert page.count("<del>Draft</del> → <ins>In review</ins>") == 2
    assert "It was submitted already." in page
    assert "It is not undone here: who reviews it returns what came too" in page
    sent = form(page)
    answer = amina.client.post(BULK, sent, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "Submit for review: done to 2 statements." in answer.text
    assert "Already done" in amina.client.post(BULK, sent, follow=True).text
    # Back to them, with a remark for each.
    publishing.approve(drafts[0], by=edgar.user)
    page = edgar.client.get(BULK, {"do": "return", "row": rows}).text
    assert page.count("→ <ins>Returned</ins>") == 3
    assert page.count("Its approval is void afterwards.") == 1
    refused = edgar.client.post(BULK, form(page) | {"remark": " "})
    assert "Say what to change, so that the authors know." in refused.text
    assert "<title>Error: " in refused.text
    edgar.client.post(BULK, form(refused.text) | {"remark": "Shorter, please."})
    states = Edition.objects.filter(pk__in=[draft.pk for draft in drafts])
    assert {(row.returned_by, row.approved_at) for row in states} == {
        (edgar.user, None)
    }
    reasons = Audit.objects.filter(
        table="edition", changes__has_key="returned_at", reason="Shorter, please."
    )
    assert reasons.count() == 3
    assert not BulkAction.objects.exists()


def test_what_is_scheduled_is_taken_off_together_or_not_at_all(petra, edgar, drafts):
    for number, draft in enumerate(drafts[:2]):
        publishing.submit(draft, by=draft.created_by)
        publishing.approve(draft, by=edgar.user)
        publishing.publish(draft, by=petra.user, at=in_minutes(90 + number))
    rows = [draft.article_id for draft in drafts]
    page = petra.client.get(BULK, {"do": "unschedule", "row": rows}).text
    assert page.count("<del>Scheduled</del> → <ins>Approved</ins>") == 2
    assert page.count("It is due on ") == 2
    assert page.count("The edition is not scheduled.") == 1
    # One of them is put off meanwhile: nothing is taken off.
    drafts[1].refresh_from_db()
    publishing.unschedule(drafts[1], by=petra.user)
    answer = petra.client.post(BULK, form(page))
    assert answer.status_code == 409
    assert "1 of these statements changed since this page was made." in answer.text
    drafts[0].refresh_from_db()
    assert drafts[0].published_at is not None
    petra.client.post(BULK, form(answer.text))
    drafts[0].refresh_from_db()
    assert drafts[0].published_at is None


def test_a_step_that_one_row_refuses_is_taken_by_none(petra, edgar, drafts):
    """Seconds before it goes out, and after it was shown."""
    for draft, minutes in zip(drafts, (1, 90), strict=False):
        publishing.submit(draft, by=draft.created_by)
        publishing.approve(draft, by=edgar.user)
        publishing.publish(draft, by=petra.user, at=in_minutes(minutes))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "TOO_LATE", dt.timedelta(minutes=5))
        rows = [draft.article_id for draft in drafts[:2]]
        page = petra.client.get(BULK, {"do": "unschedule", "row": rows}).text
        answer = petra.client.post(BULK, form(page))
    assert answer.status_code == 409
    assert "“Calm, part 1”: Edition 1 goes out within seconds." in answer.text
    assert Edition.objects.filter(published_at__isnull=False).count() == 2


def test_a_step_is_refused_to_those_who_may_not_take_it(amina, petra, drafts):
    row = {"row": drafts[0].article_id}
    for do in ("return", "unschedule"):
        assert amina.client.get(BULK, {"do": do, **row}).status_code == 403
        sent = {"do": do, "row": f"{row['row']}::1-0-Draft", "remark": "No."}
        assert amina.client.post(BULK, sent).status_code == 403
    many = {"do": "submit", "row": [*range(1, 102), row["row"]]}
    assert "More than 100 statements were chosen." in petra.client.get(BULK, many).text


def test_a_step_of_many_costs_the_same_to_show_for_one_and_three(
    amina, drafts, django_assert_num_queries
):
    rows = [draft.article_id for draft in drafts]
    for chosen in (rows[:1], rows):
        with django_assert_num_queries(5):
            moving.plan(chosen, moving.Move.SUBMIT, by=amina.user)


def test_statements_of_others_are_not_there(outsider, drafts, client, harbours):
    client.force_login(outsider)
    shown = client.get(
        BULK, {"do": "kind", "row": [draft.article_id for draft in drafts]}
    )
    assert shown.status_code == 404
    assert "Calm" not in shown.text


@pytest.mark.parametrize(
    "asked",
    [
        {"do": "nonsense", "row": "1"},
        {"do": "kind", "row": "x"},
        {"do": "kind", "row": "1:²"},
        {"do": "kind", "row": "9" * 30},
    ],
)
def test_nonsense_in_an_address_is_refused(asked, amina, drafts):
    assert amina.client.get(BULK, asked).status_code == 400


def test_the_way_back_is_to_the_list_and_nowhere_else(amina, drafts):
    page = amina.client.get(
        BULK,
        {
            "do": "kind",
            "row": drafts[0].article_id,
            "list": "//evil.example/?q=Calm",
        },
    ).text
    assert f'href="{LIST}?%2F%2Fevil.example%2F%3Fq=Calm"' in page
    assert 'href="//evil' not in page


def test_nothing_chosen_leads_back_with_a_sentence(amina, drafts):
    answer = amina.client.get(BULK, {"do": "kind", "list": "q=Calm"}, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?q=Calm", 302)]
    assert "Choose at least one statement in the list." in answer.text


def test_the_page_says_what_there_is_to_undo_or_that_there_is_nothing(amina):
    assert reverse("admin:statements_article_bulk") == BULK
    assert "Nothing so far." in amina.client.get(BULK).text

"""What is typed is kept, seen by its writer alone, and offered back."""

from __future__ import annotations

import datetime as dt
import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from statements.admin.forms import StatementForm
from statements.editorial import buffers, intake, publishing
from statements.models import (
    Audit,
    DraftBuffer,
    Edition,
    EditionBase,
    Presence,
    Submission,
)

from .conftest import Colleague, address, edition_version, filled

pytestmark = pytest.mark.django_db

PAGE, OTHER_PAGE = "a" * 32, "b" * 32
DOOR = "/admin/statements/article/unsaved/"


def ask(who: Colleague, edition: Edition | None, *, page: str = PAGE, **fields: Any):
    sent = {
        "user": who.user.pk,
        "page": page,
        "edition": edition.pk if edition else "",
        "turn": 1,
        **({"lock_version": edition_version(edition)} if edition else {}),
    }
    return who.client.post(DOOR, sent | fields)


def offers(who: Colleague, edition: Edition | None, page: str = "c" * 32) -> list:
    return ask(who, edition, page=page, hello=1).json()["offers"]


def test_what_is_typed_is_kept_and_is_no_edition(amina, draft):
    before = Audit.objects.count(), Edition.objects.values().get()
    answer = ask(amina, draft, title="The ferries sail", body="At nine, as ever.")
    assert answer.status_code == 200
    buffer = DraftBuffer.objects.get()
    assert (buffer.user, buffer.edition, buffer.page) == (amina.user, draft, PAGE)
    assert buffer.values == {"title": "The ferries sail", "body": "At nine, as ever."}
    assert (Audit.objects.count(), Edition.objects.values().get()) == before


def test_each_field_of_the_form_is_kept(amina, draft):
    form = {name: f"typed {name}" for name in StatementForm.base_fields}
    ask(amina, draft, **form | {"lock_version": 0})
    assert DraftBuffer.objects.get().values.keys() == (
        StatementForm.base_fields.keys() - {"lock_version"}
    )


def test_what_comes_late_changes_nothing(amina, draft):
    ask(amina, draft, body="first and second", turn=2)
    ask(amina, draft, body="first", turn=1)
    assert DraftBuffer.objects.get().values["body"] == "first and second"
    ask(amina, draft, body="first, second and third", turn=3)
    assert DraftBuffer.objects.get().values["body"] == "first, second and third"


def test_two_windows_do_not_write_over_each_other(amina, draft):
    ask(amina, draft, body="in one window")
    ask(amina, draft, page=OTHER_PAGE, body="in the other")
    assert [row["of"] != "" for row in offers(amina, draft)] == [True, True]
    assert len(offers(amina, draft, page=PAGE)) == 1


def test_an_unsaved_text_is_shown_with_what_differs_and_taken_back(amina, draft):
    ask(amina, draft, title=draft.title, body=f"{draft.body}<p>And windy.</p>")
    (offer,) = offers(amina, draft)
    page = amina.client.get(offer["look"]).content.decode()
    assert "<ins>\n\nAnd windy.</ins>" in page
    assert "<del>" not in page.partition("<h2>Text</h2>")[2]
    assert offer["take"].startswith(address(draft, "write"))
    page = amina.client.get(offer["take"]).content.decode()
    assert "And windy." in page
    taken = DraftBuffer.objects.get()
    assert f'data-taken="{taken.pk}"' in page

    # Saved, it is offered no more; what comes late from that page is not kept.
    amina.write(
        draft,
        body=f"{draft.body}<p>And windy.</p>",
        page=OTHER_PAGE,
        taken=taken.pk,
    )
    draft.refresh_from_db()
    assert draft.text.endswith("And windy.")
    assert offers(amina, draft) == []
    late = ask(amina, draft, page=OTHER_PAGE, body="And windy, late.")
    assert late.json()["closed"] is True
    assert [row.values for row in DraftBuffer.objects.all()] == [{}]


def test_a_refused_form_keeps_its_buffer(amina, draft):
    ask(amina, draft, title="", body="Typed with care.")
    response = amina.write(draft, title="", body="Typed with care.", page=PAGE)
    assert response.status_code == 200
    assert f'data-page="{PAGE}"' in response.content.decode()
    assert DraftBuffer.objects.get().values["body"] == "Typed with care."


def test_a_text_for_a_new_statement_is_kept_too(amina):
    ask(amina, None, title="Pilots", body="Pilots for the strait.")
    (offer,) = offers(amina, None)
    page = amina.client.get(offer["take"]).content.decode()
    assert offer["take"].startswith(reverse("admin:statements_article_add"))
    assert "Pilots for the strait." in page
    amina.new(page=PAGE)
    assert offers(amina, None) == []


def test_an_empty_form_of_a_new_statement_keeps_nothing(amina):
    nothing = {"title": " ", "summary": "", "body": "", "dated": "2026-03-02"}
    assert ask(amina, None, **nothing).json()["kept"]
    assert not DraftBuffer.objects.exists()
    ask(amina, None, turn=2, **nothing | {"title": "Pilots"})
    assert DraftBuffer.objects.count() == 1
    ask(amina, None, turn=3, **nothing)
    assert not DraftBuffer.objects.exists()


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"title": " Pilots  for all", "body": "<p>The strait.</p>"}, "Pilots for all"),
        ({"body": "<p>The strait.</p><p>Calm.</p>"}, "The strait. Calm."),
        (
            {"body": f"<p>{'The strait is calm. ' * 19}</p><p class='long'>Far</p>"},
            f"{'The strait is calm. ' * 4}"[:79] + "…",
        ),
        ({"summary": "At nine.", "body": ""}, "A new statement"),
    ],
)
def test_a_text_for_a_new_statement_is_called_by_its_title_or_first_words(
    amina, values, name
):
    ask(amina, None, **values)
    page = amina.client.get("/admin/").content.decode()
    assert f"<bdi>{name}</bdi>" in page


def test_a_text_for_a_new_statement_is_shown_as_it_reads(amina):
    ask(amina, None, body="<p>One.</p><p>Two.</p>", issuer="Port", topics="Ferries")
    look = reverse(
        "admin:statements_article_unsaved", args=[DraftBuffer.objects.get().pk]
    )
    page = amina.client.get(look).content.decode().partition("<h1")[2]
    assert "<ins>" not in page
    assert ">One.\n\nTwo.\n</div>" in page
    assert re.findall(
        r'<h2>(.*?)</h2>\n<p class="differences" dir="auto">(.*?)\n</p>', page
    ) == [
        ("Issued by", "Port"),
        ("Topics", "Ferries"),
    ]


def test_what_is_as_it_is_saved_is_not_offered(amina, draft):
    form = {name: str(value) for name, value in filled(draft, amina.user).items()}
    ask(amina, draft, **form)
    assert offers(amina, draft) == []
    ask(amina, draft, page=OTHER_PAGE, **form | {"summary": "New."})
    assert len(offers(amina, draft)) == 1


def waiting(who: Colleague) -> list[str]:
    """The unsaved texts that My desk counts."""
    page = who.client.get(reverse("admin:index")).content.decode()
    texts = reverse("admin:statements_article_texts")
    listed = who.client.get(texts).content.decode()
    keys = re.findall(r"/article/unsaved/(\d+)/\"", page)
    assert set(keys) == set(re.findall(r"/article/unsaved/(\d+)/\"", listed))
    return sorted(set(keys))


@pytest.mark.parametrize(
    "change",
    [
        {"body": "Other words."},
        {"topics": "Ferries"},
        {"issuer": "Port"},
        {"slug": "other"},
        {"decisions": '{"5GJE3WJRD9": {"do": "quote"}}'},
    ],
    ids=lambda each: next(iter(each)),
)
def test_what_is_typed_and_taken_out_again_waits_for_nobody(amina, draft, change):
    form = {name: str(value) for name, value in filled(draft, amina.user).items()}
    ask(amina, draft, **form)
    assert waiting(amina) == []
    ask(amina, draft, turn=2, **form | change)
    assert len(waiting(amina)) == 1
    ask(amina, draft, turn=4, **form)
    assert waiting(amina) == []
    # What comes late does not bring it back.
    ask(amina, draft, turn=3, **form | change)
    assert waiting(amina) == []
    ask(amina, draft, turn=5, **form | change)
    assert len(waiting(amina)) == 1


def test_topics_and_issuer_as_they_are_saved_are_no_unsaved_text(
    amina, draft, ministry
):
    draft.article.issuer = ministry
    draft.article.save()
    draft.article.tags.add("Ferries", "Women, peace and security")
    form = {name: str(value) for name, value in filled(draft, amina.user).items()}
    form |= {
        "issuer": f"{ministry.name} (no. {ministry.pk})",
        "topics": "“Women, peace and security”, Ferries",
    }
    ask(amina, draft, **form)
    assert waiting(amina) == []
    ask(amina, draft, turn=2, **form | {"topics": "Ferries"})
    assert len(waiting(amina)) == 1


def test_words_that_another_page_saved_wait_no_longer(amina, draft):
    new = {"body": "<p>The ferries sail.</p>"}
    form = {name: str(value) for name, value in filled(draft, amina.user).items()}
    ask(amina, draft, page=OTHER_PAGE, **form | new)
    ask(amina, draft, page="d" * 32, **form | {"body": "Other words."})
    amina.write(draft, page=PAGE, **new)
    left = DraftBuffer.objects.get(closed_at=None)
    assert left.values["body"] == "Other words."
    assert waiting(amina) == [str(left.pk)]


def test_nobody_else_sees_or_drops_an_unsaved_text(amina, edgar, odile, draft):
    ask(amina, draft, body="Only mine.")
    buffer = DraftBuffer.objects.get()
    look = reverse("admin:statements_article_unsaved", args=[buffer.pk])
    take = f"{address(draft, 'write')}?unsaved={buffer.pk}"
    assert offers(edgar, draft) == []
    for answer in (
        edgar.client.get(look),
        edgar.client.post(look),
        edgar.client.get(take),
        odile.client.get(look),
    ):
        assert answer.status_code == 404
    assert amina.client.get(look).status_code == 200
    # Somebody who may no longer read the statement no longer reads this either.
    amina.user.desks.clear()
    assert amina.client.get(look).status_code == 404
    assert DraftBuffer.objects.count() == 1


def test_words_are_never_kept_for_the_one_who_signed_in_beside_them(
    amina, edgar, draft
):
    answer = edgar.client.post(
        DOOR,
        {"user": amina.user.pk, "page": PAGE, "edition": draft.pk, "body": "Aminas."},
    )
    assert answer.status_code == 409
    assert not DraftBuffer.objects.exists()


def test_thrown_away_it_is_gone(amina, draft):
    ask(amina, draft, body="Nonsense.")
    (offer,) = offers(amina, draft)
    response = amina.client.post(offer["look"])
    assert response.url == address(draft, "write")
    assert not DraftBuffer.objects.exists()


def test_another_desks_edition_takes_nothing(odile, draft):
    assert ask(odile, draft, body="Not mine.").status_code == 404
    assert not DraftBuffer.objects.exists()
    assert not Presence.objects.exists()


def test_who_may_not_write_keeps_nothing(stefan, draft):
    assert ask(stefan, draft, body="Not mine.").status_code == 403
    assert ask(stefan, None, body="Not mine.").status_code == 403
    assert ask(stefan, draft).status_code == 200
    assert not DraftBuffer.objects.exists()


def test_too_many_and_too_long_are_refused_with_a_sentence(amina, draft):
    for number in range(buffers.MOST):
        ask(amina, draft, page=f"{number:032x}", body="One more.")
    answer = ask(amina, draft, page=PAGE, body="And one.").json()
    assert "20 unsaved texts" in answer["problem"]
    assert (answer["kept"], DraftBuffer.objects.count()) == (None, buffers.MOST)
    answer = ask(amina, draft, page=f"{1:032x}", body="x" * 2_100_001, turn=2).json()
    assert "too long" in answer["problem"]


def test_what_was_typed_outlives_a_publication(amina, ready, editor, publisher):
    ask(amina, ready, body="Typed while it went out.")
    publishing.submit(ready, by=publisher)
    publishing.approve(ready, by=editor)
    publishing.publish(ready, by=publisher)
    answer = ask(amina, ready, body="Typed while it went out, on.", turn=2).json()
    assert answer["frozen"] is True
    assert answer["kept"]
    (offer,) = offers(amina, ready)
    page = amina.client.get(offer["look"]).content.decode()
    assert "Typed while it went out, on." in page
    assert "Take it back" not in page


def test_others_are_told_who_has_the_edition_open(amina, edgar, draft):
    assert ask(amina, draft).json()["others"] == []
    (line,) = ask(edgar, draft).json()["others"]
    assert line.startswith("Amina has this edition open since ")
    assert len(ask(amina, draft).json()["others"]) == 1
    # After a minute of silence somebody is gone, and comes anew.
    long_ago = timezone.now() - dt.timedelta(minutes=5)
    Presence.objects.filter(user=amina.user).update(since=long_ago, seen_at=long_ago)
    assert ask(edgar, draft).json()["others"] == []
    ask(amina, draft)
    assert Presence.objects.get(user=amina.user).since > long_ago
    assert len(ask(edgar, draft).json()["others"]) == 1
    ask(amina, draft, bye=1)
    assert ask(edgar, draft).json()["others"] == []


def test_a_save_by_somebody_else_is_told(amina, edgar, draft):
    before = ask(amina, draft).json()["version"]
    edgar.write(draft, summary="At nine.")
    assert ask(amina, draft).json()["version"] == before + 1


def test_the_key_of_forms_is_given_to_who_is_signed_in(amina, client):
    answer = amina.client.get(DOOR)
    assert answer.json().keys() == {"user", "token"}
    assert "no-store" in answer["Cache-Control"]
    assert client.get(DOOR).status_code == 302


def test_keeping_asks_a_steady_number_of_questions(
    amina, draft, django_assert_num_queries
):
    ask(amina, draft, body="One.")
    with django_assert_num_queries(9):
        ask(amina, draft, body="One, two.", turn=2)


def test_housekeeping_deletes_what_is_old(amina, draft):
    intake.revise(
        draft, by=amina.user, lock_version=edition_version(draft), title="Later"
    )
    ask(amina, draft, body="Old.")
    ask(amina, draft, page=OTHER_PAGE, body="Young.")
    old = timezone.now() - dt.timedelta(days=31)
    DraftBuffer.objects.filter(page=PAGE).update(saved_at=old)
    for token, at in (("old", old), ("young", timezone.now())):
        Submission.objects.create(token=token, user=amina.user, at=at)
    out = StringIO()
    call_command("housekeeping", stdout=out)
    assert out.getvalue() == (
        "Deleted: 1 unsaved texts, 0 replaced words, 1 notes of sent forms, "
        "0 signs of presence, 0 drafts from the bin, 0 letters.\n"
        "Gathered: 0 words of public quotes.\n"
    )
    assert [each.token for each in Submission.objects.all()] == ["young"]
    assert DraftBuffer.objects.get().page == OTHER_PAGE
    assert EditionBase.objects.count() == 1
    EditionBase.objects.update(replaced_at=old)
    Presence.objects.update(seen_at=old)
    call_command("housekeeping", stdout=StringIO())
    assert not EditionBase.objects.exists()
    assert not Presence.objects.exists()


def test_a_save_leaves_the_words_that_it_replaced(amina, draft):
    was = draft.body
    amina.write(draft, body="Other words.", dated="2026-03-04")
    base = EditionBase.objects.get()
    assert base.lock_version == 0
    assert base.words["body"] == was
    assert base.words["dated"] == "2026-03-02"

"""What went out without a second person stays marked until somebody has read it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from statements.editorial import publishing, verbs
from statements.models import Audit, Edition, LateApproval, User

from .. import builders
from .conftest import Colleague

pytestmark = pytest.mark.django_db

MARK = "Published without a review <span"
READ = "I have read it: approve"


@pytest.fixture
def rushed(ready) -> Edition:
    """Published by the system alone, for the hour was late."""
    return publishing.publish(
        ready, by=User.objects.system(), unreviewed_reason="The quay was on fire."
    )


def desk(colleague: Colleague) -> str:
    return colleague.client.get(reverse("admin:index")).content.decode()


def test_it_is_marked_until_somebody_else_has_read_it(amina, edgar, petra, rushed):
    for colleague in (amina, edgar, petra):
        assert MARK in desk(colleague)
    page = edgar.page(rushed, "review")
    assert "It stays marked" in page
    assert "The quay was on fire." in page
    listed = reverse("admin:statements_article_changelist") + "?stage=unreviewed"
    assert rushed.title in edgar.client.get(listed).content.decode()

    edgar.send(rushed, "review", "approve_late")

    late = LateApproval.objects.get()
    assert (late.edition, late.by) == (rushed, edgar.user)
    assert Audit.objects.filter(table="late_approval", actor=edgar.user).exists()
    for colleague in (amina, edgar, petra):
        assert MARK not in desk(colleague)
    page = edgar.page(rushed, "review")
    assert "Read and approved afterwards by" in page
    assert READ not in page
    assert rushed.title not in edgar.client.get(listed).content.decode()
    rushed.refresh_from_db()
    assert (rushed.approved_at, rushed.unreviewed_reason) == (
        None,
        "The quay was on fire.",
    )


def test_nobody_who_wrote_or_published_it_takes_the_mark_off(
    amina, edgar, rushed, administrator
):
    # Amina wrote it, and may approve nothing anyhow.
    assert READ not in amina.page(rushed, "review")
    assert amina.send(rushed, "review", "approve_late").status_code == 403
    alone = builders.make_draft(
        by=edgar.user, title="Edgar's own", body="The strait is calm."
    )
    alone = publishing.publish(
        alone, by=administrator, unreviewed_reason="It could not wait."
    )
    assert READ not in edgar.page(alone, "review")
    response = edgar.send(alone, "review", "approve_late")
    assert "somebody else must read it" in response.content.decode()
    with pytest.raises(verbs.NotReady, match="somebody else"):
        publishing.approve_late(alone, by=administrator)
    assert not LateApproval.objects.exists()


def test_only_what_went_out_unreviewed_is_approved_afterwards(edgar, live, draft):
    for edition in (live, draft):
        assert READ not in edgar.page(edition, "review")
        response = edgar.send(edition, "review", "approve_late")
        assert "nothing to approve afterwards" in response.content.decode()
    assert not LateApproval.objects.exists()


def test_the_database_keeps_four_eyes_and_the_answer(amina, edgar, petra, rushed):
    reviewed = builders.review_and_publish(
        builders.make_draft(by=amina.user, title="Read before", body="It is calm."),
        editor=edgar.user,
        publisher=petra.user,
    )
    tries = [
        lambda: LateApproval.objects.create(edition=rushed, by=amina.user),
        lambda: LateApproval.objects.create(edition=rushed, by=rushed.published_by),
        lambda: LateApproval.objects.create(edition=reviewed, by=edgar.user),
    ]
    for attempt in tries:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    LateApproval.objects.create(edition=rushed, by=edgar.user)
    for attempt in (
        lambda: LateApproval.objects.update(by=petra.user),
        lambda: LateApproval.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_another_desk_is_not_told(rushed, outsider):
    assert MARK not in desk(Colleague(outsider))

"""Who is told what, by which letter, and how each wants it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import signing
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from statements.editorial import (
    binning,
    editions,
    inviting,
    notices,
    publishing,
    remarking,
    verbs,
)
from statements.models import (
    Change,
    Clearance,
    Letter,
    Mailbox,
    Notice,
    User,
    Wish,
)

from .. import builders
from .test_scenarios import in_minutes

pytestmark = pytest.mark.django_db

ALL_AT_ONCE = dict.fromkeys(Notice.values, Wish.ONCE.value)


@pytest.fixture(autouse=True)
def everybody(author, editor, publisher, outsider, administrator, strait_desk):
    """All have an address. Nadia edits at the desk too, and so does Silas, without."""
    builders.make_user("nadia", "Editor", desk=strait_desk)
    people = User.objects.exclude(username="system")
    people.update(email=Concat(F("username"), Value("@vallorn.example")))
    Mailbox.objects.bulk_create(
        Mailbox(user=person, wishes=ALL_AT_ONCE) for person in people
    )
    builders.make_user("silas", "Editor", desk=strait_desk)


def told() -> set[tuple[str, str]]:
    """Who is written to of what since it was asked last."""
    letters = Letter.objects.select_related("box__user")
    found = [(each.box.user.username, each.kind) for each in letters]
    letters.delete()
    assert len(found) == len(set(found))
    return set(found)


def test_each_kind_is_told_to_those_concerned_and_nobody_else(
    ready, author, editor, publisher
):
    nadia = User.objects.get(username="nadia")
    publishing.submit(ready, by=publisher)
    # Who wrote cannot approve; Ada sees every desk, and is of none.
    assert told() == {("edgar", "submitted"), ("nadia", "submitted")}
    publishing.send_back(ready, by=editor, remark="Where is the pier?")
    assert told() == {("amina", "returned"), ("petra", "returned")}
    start = ready.text.index("calm")
    remark = remarking.remark(ready, start=start, end=start + 4, body="Was?", by=nadia)
    assert told() == {("amina", "remark")}
    answer = remarking.reply(remark, body="It was.", by=author)
    assert told() == {("nadia", "remark")}
    remarking.reply(answer, body="Good.", by=editor)
    assert told() == {("amina", "remark"), ("nadia", "remark")}
    made = inviting.invite(ready, by=nadia, name="The envoy", days=1, asks=True)
    assert told() == set()
    inviting.answer(
        made.link,
        answer=Clearance.Answer.APPROVE,
        digest=inviting.current_digest(ready.pk),
    )
    assert told() == {("nadia", "answered")}
    publishing.submit(ready, by=publisher)
    told()
    publishing.approve(ready, by=editor)
    assert told() == {("amina", "approved"), ("petra", "approved")}
    publishing.publish(ready, by=publisher, at=in_minutes(90))
    assert told() == {("amina", "scheduled"), ("amina", "published")}
    publishing.unschedule(ready, by=publisher)
    assert told() == set()
    publishing.publish(ready, by=publisher)
    assert told() == {("amina", "published")}
    publishing.withdraw(ready.article, by=publisher, reason="error", note="No.")
    assert told() == {("amina", "withdrawn")}


def test_a_correction_is_told_as_one_to_who_wrote_it(live, author, editor, publisher):
    told()
    edition = editions.begin(live.article, by=editor, change=Change.CORRECTION)
    edition.change_note = "The hour was wrong."
    edition.save()
    nadia = User.objects.get(username="nadia")
    publishing.submit(edition, by=publisher)
    # Edgar could approve, but not what he wrote.
    assert told() == {("nadia", "submitted")}
    publishing.approve(edition, by=nadia)
    assert told() == {("edgar", "approved"), ("petra", "approved")}
    publishing.publish(edition, by=publisher)
    assert told() == {("edgar", "corrected")}


def test_approving_afterwards_is_told_to_who_wrote_it(
    ready, author, editor, administrator
):
    publishing.publish(ready, by=administrator, unreviewed_reason="It is urgent.")
    told()
    publishing.approve_late(ready, by=editor)
    assert told() == {("amina", "approved")}


def test_what_is_of_no_desk_is_reviewed_by_those_who_see_every_desk(
    ready, author, administrator
):
    ready.article.desk = None
    ready.article.save()
    publishing.submit(ready, by=author)
    assert told() == {("ada", "submitted")}


def test_a_verb_that_fails_tells_nobody(ready, author):
    with transaction.atomic():
        publishing.submit(ready, by=author)
        assert Letter.objects.count() == 3
        transaction.set_rollback(True)
    assert told() == set()


def test_nobody_is_told_of_an_archive_that_is_loaded(ready, author):
    ready.article.origin = "import"
    ready.article.save()
    publishing.submit(ready, by=author)
    assert told() == set()


def test_who_left_and_who_is_no_staff_is_not_told(ready, author, editor):
    User.objects.filter(username="edgar").update(is_active=False)
    User.objects.filter(username="petra").update(is_staff=False)
    publishing.submit(ready, by=author)
    assert told() == {("nadia", "submitted")}


def test_telling_costs_two_queries_and_of_nobody_one(
    ready, author, django_assert_num_queries
):
    assert ready.article.desk_id is not None
    now = verbs.clock()
    with django_assert_num_queries(2):
        notices.tell(Notice.SUBMITTED, ready, by=author, at=now)
    assert len(told()) == 3
    with django_assert_num_queries(1):
        notices.tell(Notice.RETURNED, ready, by=author, at=now)
    # The first time, a mailbox is made for each.
    Mailbox.objects.all().delete()
    with django_assert_num_queries(3):
        notices.tell(Notice.SUBMITTED, ready, by=author, at=now)
    assert len(told()) == 3


def test_who_chose_nothing_is_told_at_once_of_what_waits_for_them():
    assert {kind: notices.wish_of(Mailbox(), kind) for kind in Notice} == notices.USUAL
    assert notices.USUAL.keys() == set(Notice.values)


def test_a_choice_is_followed_by_what_waits_too(ready, author, editor):
    publishing.submit(ready, by=author)
    nadia = User.objects.get(username="nadia")
    notices.choose(by=editor, wishes={"submitted": "never"}, hour=8)
    notices.choose(by=nadia, wishes={"submitted": "digest"}, hour=23)
    ends = Letter.objects.filter(box__user=editor).values_list("end", flat=True)
    assert list(ends) == ["dropped"]
    waiting = Letter.objects.get(box__user=nadia)
    assert (waiting.ended_at, waiting.due_at.hour, waiting.due_at.minute) == (
        None,
        23,
        0,
    )
    notices.choose(by=nadia, wishes={"submitted": "once"}, hour=23)
    waiting.refresh_from_db()
    assert waiting.due_at == waiting.at
    told()
    publishing.submit(ready, by=author)
    assert told() == {("nadia", "submitted"), ("petra", "submitted")}


@pytest.mark.parametrize(
    ("wishes", "hour"),
    [
        ({"submitted": "often"}, 8),
        ({"gossip": "once"}, 8),
        ({"submitted": "once"}, 24),
        ({"submitted": "once"}, -1),
    ],
)
def test_a_choice_that_is_none_is_refused(editor, wishes, hour):
    with pytest.raises(verbs.Unusable, match=r"^Choose .+\.$"):
        notices.choose(by=editor, wishes=wishes, hour=hour)
    assert notices.box_of(editor).wishes == ALL_AT_ONCE


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("hour", "moment", "due"),
    [
        (8, utc(2026, 7, 1, 5, 59), utc(2026, 7, 1, 6)),  # before the hour
        (8, utc(2026, 7, 1, 6), utc(2026, 7, 2, 6)),  # at it: the next day's
        (8, utc(2026, 7, 1, 22, 30), utc(2026, 7, 2, 6)),  # past midnight there
        (0, utc(2026, 7, 1, 21, 59), utc(2026, 7, 1, 22)),  # at midnight there
        (2, utc(2026, 3, 29, 0, 30), utc(2026, 3, 29, 1)),  # two o'clock is left out
        (2, utc(2026, 10, 25, 0, 30), utc(2026, 10, 26, 1)),  # it comes twice
    ],
)
def test_the_digest_comes_at_the_hour_of_the_site(settings, hour, moment, due):
    settings.TIME_ZONE = "Europe/Oslo"
    box = Mailbox(hour=hour)
    assert notices.due(box, Wish.DIGEST, moment) == due
    assert notices.due(box, Wish.ONCE, moment) == moment


def test_a_draft_that_somebody_was_told_of_can_be_deleted(ready, author, administrator):
    publishing.submit(ready, by=author)
    binning.put(ready.article, by=administrator)
    publishing.discard(ready.article, by=administrator)
    assert told() == set()


def test_a_link_ends_its_kinds_and_no_other(ready, author, editor):
    token = notices.token(editor, [Notice.SUBMITTED, Notice.REMARK])
    user, kinds = notices.read(token)
    assert (user, set(kinds)) == (editor, {Notice.SUBMITTED, Notice.REMARK})
    for _ in range(2):
        notices.stop(user, kinds)
        assert notices.box_of(editor).wishes == ALL_AT_ONCE | {
            "submitted": "never",
            "remark": "never",
        }
    publishing.submit(ready, by=author)
    assert told() == {("nadia", "submitted"), ("petra", "submitted")}


def test_every_kind_has_its_letter_in_a_link(editor):
    for kind in Notice:
        assert notices.read(notices.token(editor, [kind])) == (editor, [kind])
    assert notices.read(notices.token(editor, Notice.values))[1] == list(Notice)


def test_a_link_that_was_never_given_ends_nothing(editor):
    token = notices.token(editor, [Notice.SUBMITTED])
    other = token.replace(f"{editor.pk}-", f"{editor.pk + 1}-")
    foreign = signing.Signer(salt="another", sep="~").sign(f"{editor.pk}-s")
    for wrong in (other, foreign, token[:-1], "nothing", f"-s~{'A' * 43}"):
        assert notices.read(wrong) is None
    assert notices.read(notices.token(User(pk=99_999), ["remark"])) is None

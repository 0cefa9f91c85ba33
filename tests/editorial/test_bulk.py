"""One thing done to many statements: as it was shown, whole, and undone again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from statements.editorial import binning, bulk, intake, verbs
from statements.editorial.bulk import Act, Wish
from statements.models import (
    Article,
    Audit,
    Binned,
    BulkAction,
    BulkRow,
    Desk,
    Kind,
    Tag,
)

from ..builders import make_draft, review_and_publish

pytestmark = pytest.mark.django_db

#: A statement that was shown to have nothing, as it was first saved.
NOTHING = ((), "1-0-draft")
#: The queries that one statement more costs.
EACH = {Act.ADD_TOPICS: 15, Act.KIND: 11, Act.DESK: 9, Act.BIN: 8}


@pytest.fixture
def drafts(author) -> list[Article]:
    """Three statements of the author's desk: one about ferries, two about nothing."""
    return [
        make_draft(
            by=author,
            title=f"Calm, part {number}",
            body="The strait was calm.",
            tags=["Ferries"] if number == 1 else [],
        ).article
        for number in (1, 2, 3)
    ]


@pytest.fixture
def topic(system) -> Tag:
    return Tag.objects.create(name="Harbours", slug="harbours")


def names(article: Article) -> list[str]:
    return sorted(article.tags.values_list("name", flat=True))


def keys(articles) -> list[int]:
    return [article.pk for article in articles]


def agree(articles, wish: Wish, by) -> BulkAction | None:
    """Do what the plan shows, but for the rows that it says stay as they are."""
    lines = bulk.plan(keys(articles), wish, by=by)
    shown = {line.article.pk: line.shown for line in lines if not line.problem}
    return bulk.carry_out(shown, wish, by=by)


def state(articles) -> list[tuple]:
    """All of a statement that an action may change."""
    return [
        (
            fresh.kind_id,
            fresh.desk_id,
            names(fresh),
            Binned.objects.filter(article=fresh).exists(),
        )
        for fresh in Article.objects.filter(pk__in=keys(articles)).order_by("pk")
    ]


@pytest.fixture
def wishes(topic, author, publisher) -> dict[Act, Wish]:
    other = Desk.objects.create(name="Harbour desk")
    other.members.add(author, publisher)
    kind = Kind.objects.create(name="Remarks on ferries", slug="remarks-on-ferries")
    ferries = Tag.objects.get_or_create(name="Ferries", slug="ferries")[0]
    return {
        Act.ADD_TOPICS: Wish(Act.ADD_TOPICS, (topic.pk,)),
        Act.REMOVE_TOPICS: Wish(Act.REMOVE_TOPICS, (ferries.pk,)),
        Act.KIND: Wish(Act.KIND, (kind.pk,)),
        Act.DESK: Wish(Act.DESK, (other.pk,)),
        Act.BIN: Wish(Act.BIN),
    }


@pytest.mark.parametrize("act", list(Act))
def test_what_is_shown_is_done_and_undone_exactly(act, drafts, wishes, publisher):
    before = state(drafts)
    lines = bulk.plan(keys(drafts), wishes[act], by=publisher)
    changing = {line.article.pk for line in lines if not line.problem}
    assert len(changing) == (1 if act == Act.REMOVE_TOPICS else 3)
    action = agree(drafts, wishes[act], publisher)
    after = state(drafts)
    assert [old != new for old, new in zip(before, after, strict=True)] == [
        draft.pk in changing for draft in drafts
    ]
    result = bulk.undo(action, by=publisher)
    assert (result.done, result.left) == (len(changing), [])
    assert state(drafts) == before


def test_each_line_says_what_a_statement_has_and_would_have(
    drafts, topic, wishes, author
):
    ferries = Tag.objects.get(name="Ferries")
    lines = {
        line.title: line
        for line in bulk.plan(keys(drafts), wishes[Act.ADD_TOPICS], by=author)
    }
    assert lines["Calm, part 1"].before == (ferries.pk,)
    assert lines["Calm, part 1"].after == tuple(sorted((ferries.pk, topic.pk)))
    assert lines["Calm, part 2"].before == ()
    lines = bulk.plan(keys(drafts), wishes[Act.REMOVE_TOPICS], by=author)
    assert {line.title: line.problem for line in lines} == {
        "Calm, part 1": "",
        "Calm, part 2": "It is so already.",
        "Calm, part 3": "It is so already.",
    }


def test_what_readers_have_only_those_change_who_publish(
    drafts, wishes, author, editor, publisher
):
    review_and_publish(drafts[0].editions.get(), editor=editor, publisher=publisher)
    for act, sentence in (
        (Act.ADD_TOPICS, "It is out or scheduled: ask somebody who publishes."),
        (Act.KIND, "It is out or scheduled: ask somebody who publishes."),
        (Act.DESK, ""),
    ):
        lines = bulk.plan([drafts[0].pk], wishes[act], by=author)
        assert [line.problem for line in lines] == [sentence], act
    [line] = bulk.plan([drafts[0].pk], wishes[Act.ADD_TOPICS], by=publisher)
    assert (line.problem, line.note) == (
        "",
        "Readers see it at once, or from its hour on.",
    )
    [line] = bulk.plan([drafts[0].pk], wishes[Act.BIN], by=publisher)
    assert line.problem == "It was scheduled or published. Withdraw it instead."
    # The plan is not the guard: the verb refuses by itself.
    with pytest.raises(bulk.Changed):
        bulk.carry_out({drafts[0].pk: NOTHING}, wishes[Act.BIN], by=publisher)


def test_if_one_row_is_not_as_it_was_shown_nothing_is_done(
    drafts, wishes, author, publisher
):
    wish = wishes[Act.ADD_TOPICS]
    lines = bulk.plan(keys(drafts), wish, by=author)
    shown = {line.article.pk: line.shown for line in lines}
    intake.set_address(drafts[1], by=publisher, tags=["Ferries"])
    before = state(drafts)
    with pytest.raises(bulk.Changed, match="1 of these statements changed"):
        bulk.carry_out(shown, wish, by=author)
    assert state(drafts) == before
    assert not BulkAction.objects.exists()


def test_what_was_written_in_or_went_out_meanwhile_is_looked_at_again(
    drafts, wishes, author, editor, publisher
):
    """Readers would see at once what was shown as a change to a draft."""
    for act in (Act.KIND, Act.BIN):
        lines = bulk.plan(keys(drafts), wishes[act], by=publisher)
        shown = {line.article.pk: line.shown for line in lines}
        assert {stamp for _, stamp in shown.values()} == {NOTHING[1]}
    draft = drafts[1].editions.get()
    intake.revise(draft, by=author, lock_version=0, title="Calm no more")
    with pytest.raises(bulk.Changed, match="1 of these"):
        bulk.carry_out(shown, wishes[Act.BIN], by=publisher)
    shown = {
        line.article.pk: line.shown
        for line in bulk.plan(keys(drafts), wishes[Act.KIND], by=publisher)
    }
    review_and_publish(drafts[0].editions.get(), editor=editor, publisher=publisher)
    with pytest.raises(bulk.Changed, match="1 of these"):
        bulk.carry_out(shown, wishes[Act.KIND], by=publisher)
    assert not BulkAction.objects.exists()


def test_undoing_leaves_alone_what_went_out_since_unless_one_publishes(
    drafts, wishes, author, editor, publisher
):
    action = agree(drafts, wishes[Act.ADD_TOPICS], author)
    review_and_publish(drafts[0].editions.get(), editor=editor, publisher=publisher)
    result = bulk.undo(action, by=author)
    assert result.done == 2
    [(title, why)] = result.left
    assert title == "Calm, part 1"
    assert why.endswith(".")
    assert [names(draft) for draft in drafts] == [["Ferries", "Harbours"], [], []]


def test_a_statement_more_costs_so_many_queries_more(drafts, wishes, publisher):
    """What its own verb asks, and no more than that."""

    def asked(articles, wish) -> int:
        lines = bulk.plan(keys(articles), wish, by=publisher)
        shown = {line.article.pk: line.shown for line in lines}
        with CaptureQueriesContext(connection) as counted:
            action = bulk.carry_out(shown, wish, by=publisher)
        bulk.undo(action, by=publisher)
        return len(counted)

    found = {}
    for act in EACH:
        one, three = asked(drafts[1:2], wishes[act]), asked(drafts, wishes[act])
        found[act] = (three - one) / 2
    assert found == EACH


def test_a_statement_of_another_desk_cannot_be_smuggled_in(
    drafts, wishes, outsider, author
):
    assert bulk.plan(keys(drafts), wishes[Act.ADD_TOPICS], by=outsider) == []
    with pytest.raises(bulk.Changed):
        bulk.carry_out({drafts[0].pk: NOTHING}, wishes[Act.ADD_TOPICS], by=outsider)
    assert len(bulk.plan(keys(drafts), wishes[Act.ADD_TOPICS], by=author)) == 3


def test_undoing_leaves_alone_what_was_changed_since_and_says_so(
    drafts, wishes, author, publisher
):
    action = agree(drafts, wishes[Act.ADD_TOPICS], author)
    intake.set_address(drafts[1], by=publisher, tags=["Ferries"])
    result = bulk.undo(action, by=author)
    assert result.done == 2
    assert result.left == [("Calm, part 2", "was changed again since")]
    assert [names(draft) for draft in drafts] == [["Ferries"], ["Ferries"], []]


def test_it_is_undone_once_by_whom_it_is_and_within_thirty_days(
    drafts, wishes, author, publisher
):
    action = agree(drafts, wishes[Act.ADD_TOPICS], author)
    with pytest.raises(verbs.Unusable):
        bulk.undo(action, by=publisher)
    bulk.undo(action, by=author)
    with pytest.raises(verbs.Unusable, match="undone already"):
        bulk.undo(action, by=author)
    old = BulkAction.objects.create(
        act=Act.BIN, by=author, at=timezone.now() - dt.timedelta(days=31)
    )
    assert list(bulk.of(author)) == [action]
    with pytest.raises(verbs.Unusable, match="older than thirty days"):
        bulk.undo(old, by=author)


def test_a_right_is_asked_for_and_a_desk_of_ones_own(drafts, wishes, author, system):
    with pytest.raises(PermissionDenied, match="may not delete"):
        bulk.plan(keys(drafts), wishes[Act.BIN], by=author)
    strange = Desk.objects.create(name="A desk of others")
    with pytest.raises(verbs.Unusable, match="one of your desks"):
        bulk.plan(keys(drafts), Wish(Act.DESK, (strange.pk,)), by=author)
    for wish in (Wish(Act.ADD_TOPICS), Wish(Act.KIND, (1, 2)), Wish(Act.KIND, (0,))):
        with pytest.raises(verbs.Unusable):
            bulk.plan(keys(drafts), wish, by=author)


def test_more_than_five_hundred_are_refused(wishes, author):
    with pytest.raises(verbs.Unusable, match="at most 500"):
        bulk.plan(range(1, 502), wishes[Act.KIND], by=author)
    with pytest.raises(verbs.Unusable, match="at most 500"):
        bulk.carry_out(
            dict.fromkeys(range(1, 502), NOTHING), wishes[Act.KIND], by=author
        )


def test_a_plan_asks_as_often_for_three_as_for_one(
    drafts, wishes, author, django_assert_num_queries
):
    for wish in wishes.values():
        if wish.act == Act.BIN:
            continue
        for articles in (drafts[:1], drafts):
            author = type(author).objects.get(pk=author.pk)
            author.get_all_permissions()
            with django_assert_num_queries(4):
                bulk.plan(keys(articles), wish, by=author)


def test_what_lies_in_the_bin_is_nowhere_and_comes_back_by_undoing(
    drafts, wishes, publisher
):
    action = agree(drafts, wishes[Act.BIN], publisher)
    assert Binned.objects.count() == 3
    assert bulk.plan(keys(drafts), wishes[Act.KIND], by=publisher) == []
    binning.take_out(Binned.objects.get(article=drafts[0]), by=publisher)
    result = bulk.undo(action, by=publisher)
    assert (result.done, len(result.left)) == (2, 1)
    assert not Binned.objects.exists()


def test_the_record_names_who_did_it_and_who_undid_it(drafts, wishes, author):
    action = agree(drafts, wishes[Act.ADD_TOPICS], author)
    bulk.undo(action, by=author)
    rows = Audit.objects.filter(table="bulk_action", row=str(action.pk))
    assert list(rows.order_by("pk").values_list("op", "actor")) == [
        ("insert", author.pk),
        ("update", author.pk),
    ]


@pytest.mark.parametrize(
    "tamper",
    [
        lambda action: BulkRow.objects.filter(action=action).delete(),
        lambda action: BulkRow.objects.filter(action=action).update(before=[1]),
        lambda action: BulkAction.objects.filter(pk=action.pk).update(act="bin"),
        lambda action: BulkAction.objects.filter(pk=action.pk).update(undone_at=None),
    ],
)
def test_what_was_done_stays_as_it_was_done(tamper, drafts, wishes, author):
    action = agree(drafts, wishes[Act.ADD_TOPICS], author)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        tamper(action)

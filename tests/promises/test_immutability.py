"""What was published does not change, whoever asks and by whatever door.

Nothing is listed: the tries are made from the tables and their columns, the rows of
what is published in every state, and the ways there are into a database. Each is done
to a draft as well, where it must succeed, or it does not count.
"""

from __future__ import annotations

import hashlib

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import ForeignKey

from statements.editorial import (
    catalogue,
    editions,
    intake,
    publishing,
    quoting,
    reasons,
    verbs,
)
from statements.foundation import ROLES
from statements.models import Quote, Spokesperson, Waiver

from .. import builders
from .freezing import doors, forms, seen, tries, values
from .freezing import world as worlds

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("static_files_as_they_lie"),
]


@pytest.fixture
def world(
    author, editor, publisher, okafor, okafors_office, ministry, resolution
) -> worlds.World:
    return worlds.make(
        amina=author,
        edgar=editor,
        petra=publisher,
        okafor=okafor,
        office=okafors_office,
        ministry=ministry,
        resolution=resolution,
    )


@pytest.fixture
def trial(world) -> tries.Trial:
    worlds.as_the_app()
    return tries.Trial(world)


def told(capsys, what: str, trial: tries.Trial) -> None:
    with capsys.disabled():
        print(f"\n{what}: {trial.tally}")


def test_every_table_that_names_what_is_published_is_known():
    """One that a later migration adds is published, or is not: somebody says which."""
    known = set(seen.OF_EDITION) | set(seen.BESIDE)
    naming = {
        model._meta.db_table
        for model in apps.get_app_config("statements").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and field.related_model._meta.db_table in seen.OF_EDITION
    }
    assert naming - known == set()


def test_nothing_that_is_published_changes(trial, capsys):
    tries.change(trial)
    tries.take_away(trial)
    tries.add(trial)
    tries.move(trial)

    told(capsys, "tries", trial)
    assert trial.tally.open == {}
    assert trial.tally.refused.total() >= 1_000
    every = {*doors.CHANGE, *doors.DELETE, *doors.INSERT}
    assert {door for door, _ in trial.tally.refused} == every
    # What a permalink holds is held by keys, so that of a draft as well.
    tables = set(tries.TABLES) - {"permalink"}
    assert {table for _, table in trial.tally.refused} == tables
    assert trial.world.seen() == trial.before


@pytest.mark.long
def test_nothing_that_is_published_changes_by_any_door(trial, capsys):
    every = len(trial.world.frozen)
    tries.change(trial, each=4, at_once=every)
    tries.take_away(trial, every)
    tries.add(trial, every)
    tries.move(trial, every)

    told(capsys, "more tries", trial)
    assert trial.tally.open == {}
    assert trial.tally.refused.total() >= 10_000


def somebody(role: str, world: worlds.World):
    user = builders.make_user(
        f"forger-{role.casefold().replace(' ', '-')}",
        *([role] if role in ROLES else []),
        desk=world.amina.desks.get(),
    )
    if role == "Superuser":
        user.is_superuser = True
        user.save()
    return user


EVERYBODY = [*ROLES, "Superuser", "nobody"]


def forge(world: worlds.World, who: list[str], each: int, capsys) -> tries.Trial:
    publishing.submit(world.drafts[2], by=world.amina)
    forgers = {role: somebody(role, world) for role in who}
    worlds.as_the_app()
    trial = tries.Trial(world)
    states = list(world.frozen)
    for turn, (role, user) in enumerate(forgers.items()):
        chosen = [states[(turn + step) % len(states)] for step in range(each)]
        forms.send(trial, role, user, chosen)
        forms.send_to_records(trial, role, user, chosen)
    told(capsys, "forged forms", trial)
    return trial


def whole(world: worlds.World) -> bool:
    """Whether every published file is, byte for byte, what was uploaded."""
    assets = [edition.media.get().asset for edition in world.frozen.values()]
    return all(
        hashlib.sha256(asset.file.open().read()).hexdigest() == asset.sha256
        for asset in assets
    )


@pytest.mark.long
def test_no_forged_form_changes_what_is_published(world, capsys):
    """By who may do everything; the others follow in the long test."""
    trial = forge(world, ["Superuser"], 1, capsys)

    assert trial.tally.open == {}
    assert trial.tally.refused.total() >= 10
    assert whole(world)


@pytest.mark.long
def test_no_forged_form_of_anybody_changes_what_is_published(world, capsys):
    trial = forge(world, EVERYBODY, 3, capsys)

    assert trial.tally.open == {}
    assert trial.tally.refused.total() >= 300
    assert whole(world)


# ---------- controls: the guards are no simple wall ----------


def wrong(before: seen.Seen, world: worlds.World) -> list[str]:
    found = seen.changes(before, world.seen())
    return [str(change) for change in found if not change.free]


def test_what_may_change_does(trial):
    """Each column that is free changes by some try, else it is not free but frozen."""
    for table, column in seen.FREE:
        model = seen.model_of(table)
        asked = [
            each
            for each in values.asked_of(model)
            if column in {field.column for field, _, _ in each}
        ]
        for number, _ in tries.targets(trial.world, table):
            for _, target in tries.frozen(trial.world, table, number):
                for each in asked:
                    given = tries.meant(target, each)
                    if given and (table, column) not in trial.tally.free:
                        trial.done(
                            "",
                            "UPDATE",
                            table,
                            lambda target=target, given=given: doors.update(
                                target, given
                            ),
                            False,
                        )
    assert trial.tally.open == {}
    changed = {place for place in seen.FREE if place in trial.tally.free}
    by_verbs_alone = {place for place, free in seen.FREE.items() if free.by_verbs}
    assert set(seen.FREE) - changed - by_verbs_alone == set()


def test_verbs_pass_and_leave_the_words(world):
    """Merge and back, verdict, office, resolution, correction, withdrawal, address."""
    worlds.as_the_app()
    before = world.seen()
    quotes = Quote.objects.filter(edition__in=world.keys())
    of_okafor = quotes.filter(speaker=world.okafor).count()
    by = world.petra
    steward = builders.make_user("steward", "Data steward")

    catalogue.merge(world.okafor, world.rival, by=steward)
    assert quotes.filter(speaker=world.rival).count() == of_okafor == len(world.frozen)
    assert wrong(before, world) == []

    with connection.cursor() as cursor:
        # Undone: while the one still leads to the other, the words go back to it.
        cursor.execute(
            "UPDATE quote SET speaker_id = %s WHERE speaker_id = %s AND appointment_id"
            " IN (SELECT id FROM appointment WHERE id = %s)",
            [world.okafor.pk, world.rival.pk, world.office.pk],
        )
        cursor.execute(
            "UPDATE appointment SET person_id = %s WHERE id = %s",
            [world.okafor.pk, world.office.pk],
        )
    Spokesperson.objects.filter(pk=world.okafor.pk).update(merged_into=None)
    assert quotes.filter(speaker=world.okafor).count() == of_okafor
    assert wrong(before, world) == []

    quotes.update(verdict="verbatim")
    verbs.refresh_facets(quotes.values_list("pk", flat=True))
    assert all("v:verbatim" in quote.facets for quote in quotes)
    world.resolution.title, world.office.post.label = "On hunger", "First Spokesperson"
    catalogue.keep(world.resolution, by=steward)
    catalogue.keep(world.office.post, by=steward)
    quotes.filter(speaker=world.okafor).update(appointment=None)
    assert wrong(before, world) == []

    live = world.frozen["live"]
    intake.set_address(live.article, by=by, slug="ferries-again", tags=["Ports"])
    world.publish(world.follow(live))
    live.refresh_from_db()
    assert live.superseded_at is not None
    publishing.withdraw(live.article, by=by, reason="error", note="The hour was wrong.")
    publishing.unschedule(world.frozen["scheduled"], by=by)
    quoting.reattribute(
        world.frozen["scheduled"].quotes.order_by("start")[0],
        by=by,
        speaker=quoting.Speaker(person=world.rival),
    )
    editions.begin(world.frozen["withdrawn"].article, by=by)
    assert wrong(before, world) == []


#: One change a table, of words that are published.
CHANGES = (
    ("edition", "title = 'Otherwise'"),
    ("edition", "digest = ''"),
    ("quote", "text = 'Otherwise'"),
    ("quote", "speaker_id = (SELECT max(id) FROM spokesperson)"),
    ("citation", "pinpoint = 'paragraph 9'"),
    ("edition_media", "transcript = 'Otherwise'"),
    ("edition_contributor", "user_id = (SELECT max(id) FROM account)"),
    ("waiver", "reason = 'Otherwise'"),
    ("media_asset", "sha256 = ''"),
    ("former_address", "path = path || 'x'"),
)


def test_who_takes_the_guards_away_is_seen(world):
    """With the guards off, the look at all that is published tells of the change.

    So does the look at the tables alone that were written, by every door.
    """
    before = world.seen()
    told, narrow = {}, {}
    for table, change in CHANGES:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
                written = seen.written()
                cursor.execute(f"UPDATE {table} SET {change}")
                cursor.execute("SET LOCAL session_replication_role = origin")
            told[table, change] = {each.split(" ")[0] for each in wrong(before, world)}
            touched = seen.touched(written)
            found = seen.changes(before, world.seen(touched), touched)
            narrow[table, change] = {
                str(each).split(" ")[0] for each in found if not each.free
            }
            transaction.set_rollback(True)
    assert told == {
        (table, change): {f"{table}.{change.split(' ')[0]}"}
        for table, change in CHANGES
    }
    assert narrow == told
    assert wrong(before, world) == []


def test_what_is_written_by_any_door_is_counted(world):
    """Else the narrow look would pass by it: of a draft, where every door is open."""
    draft = world.drafts[0]
    (key, *_), (like, *_) = (tries.rows(each, "waiver") for each in world.drafts[:2])
    target = doors.Target("waiver", key, like)
    fields = {field.name: field for field in values.fields_of(target.model)}
    more = tries.copied(world, "waiver", key, draft)
    counted = {}
    for ways, *given in (
        (doors.CHANGE, {fields["reason"]: "Otherwise"}),
        (doors.DELETE,),
        (doors.INSERT, more),
    ):
        for door, act in ways.items():
            written, found = seen.written(), []
            tries.attempt(
                lambda act=act, given=given: act(target, *given),
                lambda written=written, found=found: found.append(
                    seen.touched(written)
                ),
            )
            counted[len(counted), door] = found
    assert len(counted) == len(doors.CHANGE) + len(doors.DELETE) + len(doors.INSERT)
    assert {str(found) for found in counted.values()} == {"[{'waiver'}]"}, counted


KEYS = (
    "SET LOCAL session_replication_role = replica",
    "ALTER TABLE edition DISABLE TRIGGER USER",
    "ALTER TABLE edition DISABLE TRIGGER guard",
    "ALTER TABLE edition DROP CONSTRAINT edition_published_is_approved_or_says_why",
    "DROP TRIGGER guard ON edition",
    "CREATE RULE quiet AS ON UPDATE TO edition DO INSTEAD NOTHING",
    "CREATE OR REPLACE FUNCTION public.guard_edition() RETURNS trigger"
    " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE TEMPORARY TABLE edition (id bigint)",
    "TRUNCATE edition, quote CASCADE",
)


def test_the_application_takes_no_guard_away(world):
    taken = []
    for key in KEYS:
        worlds.as_the_app()
        try:
            with transaction.atomic():
                doors.run(key)
                taken.append(key)
                transaction.set_rollback(True)
        except DatabaseError:
            pass
        worlds.as_the_owner()
        with transaction.atomic():
            worlds.settle()
            doors.run(key)  # who owns the tables may, so the statement is no nonsense
            transaction.set_rollback(True)
    assert taken == []


def test_no_rule_is_set_aside_after_the_fact(ready, editor, publisher):
    """Why it could go out is told by then, and read by whoever audits it."""
    reasons.waive(ready, by=publisher, rule="suggestions", reason="No quote.")
    builders.review_and_publish(ready, editor=editor, publisher=publisher)
    with pytest.raises(verbs.Frozen):
        reasons.waive(ready, by=publisher, rule="suggestions", reason="Otherwise.")
    with pytest.raises(verbs.Frozen):
        reasons.waive(ready, by=publisher, rule="alt", subject="1", reason="Otherwise.")
    assert [waiver.reason for waiver in Waiver.objects.all()] == ["No quote."]

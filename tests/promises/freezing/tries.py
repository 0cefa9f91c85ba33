"""Tries to change, take away or add what is published; each with its twin on a draft.

A try counts only if the same done to a draft changes the draft: what the database would
never take proves nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError, RestrictedError

from statements.models import Edition
from statements.models.quotes import new_permalink

from . import doors, seen, values
from .doors import Target, run
from .world import World

#: How a try ends when it is refused: by the database, or by the ORM before it.
REFUSALS = (
    DatabaseError,
    ProtectedError,
    RestrictedError,
    ValidationError,
    ObjectDoesNotExist,
    ValueError,
    TypeError,
)

SETTLE = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"

#: Tables whose rows are published. The rest of ``seen.OF_EDITION`` is drawn anew.
TABLES = tuple(table for table in seen.OF_EDITION if table != "rendering")


@dataclass
class Tally:
    """What became of the tries.

    ``refused``: by door and table, only those that a draft would have taken; ``silent``
    are those among them that raised nothing; ``free``: columns that did change and may.
    """

    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    silent: int = 0
    idle: int = 0
    passed: int = 0
    free: set[tuple[str, str]] = field(default_factory=set)
    open: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        by_table: Counter[str] = Counter()
        by_door: Counter[str] = Counter()
        for (door, table), count in self.refused.items():
            by_door[door] += count
            by_table[table] += count
        lines = [
            f"{self.refused.total():,} tries refused that a draft would have taken,"
            f" {self.silent:,} of them in silence; {self.passed:,} changed only what"
            f" may change; {self.idle:,} that a draft refuses too",
            *(
                ", ".join(f"{name} {count:,}" for name, count in counts.most_common())
                for counts in (by_table, by_door)
            ),
        ]
        return "\n  ".join(lines)


class Undo(Exception):
    """Take back what was tried."""


def attempt(act: Callable[[], Any], look: Callable[[], None]) -> bool:
    """Do it to the end of its transaction, as a commit would, look, and take it back.

    False where it was refused; then there is nothing to look at.
    """
    try:
        with transaction.atomic():
            act()
            with connection.cursor() as cursor:
                # What waits for the end of the transaction is asked now.
                cursor.execute(SETTLE)
            look()
            raise Undo
    except Undo:
        return True
    except REFUSALS:
        return False


@dataclass
class Trial:
    """Tries in one world, all counted together."""

    world: World
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self.before = self.world.seen()
        self.twins = [edition.pk for edition in self.world.drafts]
        self.twins.append(self.world.spare.pk)
        self.drafts = seen.see(self.twins)
        self.known: dict[object, bool] = {}
        self.looked: set[tuple[str, str]] = set()
        self.written = seen.written()

    def takes(self, key: object, *acts: Callable[[], Any]) -> bool:
        """Whether one of these, done to drafts, changes them. Asked once for a key."""
        if key not in self.known:
            self.known[key] = any(self._changes(act) for act in acts)
        return self.known[key]

    def _changes(self, act: Callable[[], Any]) -> bool:
        found: list[bool] = []

        def look() -> None:
            tables = seen.touched(self.written)
            now = seen.see(self.twins, tables)
            found.append(now != seen.only(self.drafts, tables))

        attempt(act, look)
        return any(found)

    def done(
        self, where: str, door: str, table: str, act: Callable[[], Any], counts: bool
    ) -> None:
        """Try, look at all that is published, and take it back.

        Of each way to try, the first time at everything; then at the tables of which
        PostgreSQL says that something was written.
        """
        if attempt(act, lambda: self._look(where, door, table, counts)):
            return
        if counts:
            self.tally.refused[door, table] += 1
        else:
            self.tally.idle += 1

    def _look(self, where: str, door: str, table: str, counts: bool) -> None:
        # Since the last look: what was refused meanwhile may be among them.
        tables = seen.touched(self.written)
        if (door, table) not in self.looked:
            self.looked.add((door, table))
            tables = seen.EVERY
        now = self.world.seen(tables)
        found = list(seen.changes(self.before, now, tables))
        wrong = [change for change in found if not change.free]
        for change in wrong:
            state = self.world.state_of(change.edition)
            what = f"{change.table}.{change.column} ({state})"
            self.tally.open.setdefault(what, f"{where}, by {door}: {change}")
        if wrong:
            return
        if found:
            self.tally.passed += 1
            self.tally.free |= {(change.table, change.column) for change in found}
        elif counts:
            self.tally.silent += 1
            self.tally.refused[door, table] += 1
        else:
            self.tally.idle += 1


def rows(edition: Edition, table: str) -> list[Any]:
    """Keys of an edition's rows of a table, always in the same order."""
    key = seen.key_of(table)
    order = {"quote": "t.start", "citation": "t.start"}.get(table, f"t.{key}")
    found = run(
        f"SELECT t.{key} FROM edition e JOIN {table} t ON {seen.OF_EDITION[table]}"
        f" WHERE e.id = %s ORDER BY {order}",
        edition.pk,
    )
    return [key for (key,) in found]


def targets(world: World, table: str) -> Iterator[tuple[int, Target | None]]:
    """The rows of a table that a draft has; each with its number."""
    mine, likes = rows(world.drafts[0], table), rows(world.drafts[1], table)
    for number, (key, like) in enumerate(zip(mine, likes, strict=True)):
        yield number, Target(table, key, like)


def twins(world: World, table: str, number: int) -> list[Target]:
    """What stands for the row among what may change."""
    found = []
    for edition in (world.drafts[0], world.spare):
        keys = rows(edition, table)
        like = rows(world.drafts[1], table)
        if number < len(keys):
            found.append(Target(table, keys[number], like[number]))
    return found if table == "edition" else found[:1]


def frozen(world: World, table: str, number: int) -> Iterator[tuple[str, Target]]:
    """The row of that number of each published edition, by its state."""
    like = rows(world.drafts[1], table)[number]
    for state, edition in world.frozen.items():
        keys = rows(edition, table)
        if number < len(keys):
            yield state, Target(table, keys[number], like)


def meant(target: Target, asked: values.Asked) -> doors.Values | None:
    """The values for a row; None where they would leave it as it is."""
    row = target.row
    given = {f: make(getattr(row, f.attname)) for f, _, make in asked}
    same = all(getattr(row, f.attname) == value for f, value in given.items())
    return None if same else given


def some[Item](items: Iterable[Item], turn: int, at_once: int) -> list[Item]:
    """So many of the items, in each turn from another on."""
    every = list(items)
    return [every[(turn + n) % len(every)] for n in range(min(at_once, len(every)))]


def change(trial: Trial, each: int = 1, at_once: int = 1) -> None:
    """Change every column of every table: of ``at_once`` states, by ``each`` doors.

    Doors and states take turns, so that all meet all over the whole of the columns.
    """
    world, turn, ways = trial.world, 0, list(doors.CHANGE)
    for table in TABLES:
        for number, _ in targets(world, table):
            if number and table != "quote":
                break
            alike = twins(world, table, number)
            states = list(frozen(world, table, number))
            for asked in values.asked_of(seen.model_of(table)):
                turn += 1
                for step in range(each):
                    door = ways[(turn + step) % len(ways)]
                    chosen = some(states, turn, at_once)
                    _change(trial, table, number, door, asked, alike, chosen)


def _change(
    trial: Trial,
    table: str,
    number: int,
    door: str,
    asked: values.Asked,
    alike: list[Target],
    states: list[tuple[str, Target]],
) -> None:
    ways = tuple((f.column, way) for f, way, _ in asked)
    act = doors.CHANGE[door]

    def to(target: Target) -> Callable[[], None]:
        def doing() -> None:
            given = meant(target, asked)
            if given is not None:
                act(target, given)

        return doing

    counts = trial.takes((table, number, door, ways), *map(to, alike))
    for state, target in states:
        given = meant(target, asked)
        if given is None:
            continue
        what = ", ".join(f"{column} set to {way}" for column, way in ways)
        trial.done(
            f"{table} of {state}: {what}",
            door,
            table,
            lambda target=target, given=given: act(target, given),
            counts,
        )


def take_away(trial: Trial, at_once: int = 2) -> None:
    """Delete every row by every door, of ``at_once`` states in turn."""
    world, turn = trial.world, 0
    for table in TABLES:
        for number, _ in targets(world, table):
            alike = twins(world, table, number)
            for door, act in doors.DELETE.items():
                turn += 1
                for state, target in some(frozen(world, table, number), turn, at_once):
                    counts = trial.takes(
                        ("less", table, number, door),
                        *(lambda t=t, act=act: act(t) for t in alike),
                    )
                    trial.done(
                        f"{table} of {state}: deleted",
                        door,
                        table,
                        lambda target=target, act=act: act(target),
                        counts,
                    )


#: Tables whose rows are part of one edition, and what makes another row of a copy.
PARTS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "quote": {"start": lambda start: start + 1, "end": lambda end: end + 2},
    "citation": {"start": lambda start: start + 1, "end": lambda end: end + 2},
    "edition_media": {"position": lambda position: position + 1},
    "edition_contributor": {},
    "waiver": {"rule": lambda rule: "alt"},
}


def copied(world: World, table: str, source: Any, edition: Edition) -> doors.Values:
    """A row for an edition, made of one of another edition."""
    model = seen.model_of(table)
    row = model._base_manager.get(pk=source)
    given = {
        f: getattr(row, f.attname)
        for f in values.fields_of(model)
        if not f.primary_key and f.column not in {"at", "live"}
    }
    fields = {f.name: f for f in given}
    for name, other in PARTS[table].items():
        given[fields[name]] = other(given[fields[name]])
    for name, value in {
        "edition": edition.pk,
        "article": edition.article_id,
        "quote": None,
        "user": world.petra.pk,
    }.items():
        if name in fields:
            given[fields[name]] = value
    return given


def claims(table: str, edition: Edition) -> dict[str, Any]:
    """What a new row may say of the time in which it is public."""
    if table not in ("quote", "citation"):
        return {"": None}
    return {
        "without a claim": None,
        "said to be empty": values.DateTimeTZRange(empty=True),
        "with the edition's range": edition.live,
    }


def add(trial: Trial, at_once: int = 1) -> None:
    """Add rows to every edition, copied from it, from a draft and from another.

    Each way to as many as ``at_once`` editions in turn, all after a draft.
    """
    world, turn = trial.world, 0
    other = world.frozen["withdrawn"]
    for table in PARTS:
        for state, edition in [("a draft", world.drafts[0]), *world.frozen.items()]:
            edition.refresh_from_db()
            sources = {"its own": edition, "a draft's": world.drafts[1]}
            if edition != other:
                sources["another's"] = other
            for (whose, source), door in _all(sources, doors.INSERT):
                for claim, live in claims(table, edition).items():
                    turn += 1
                    if state != "a draft" and turn % len(world.frozen) >= at_once:
                        continue
                    key = rows(source, table)[0]
                    _add(trial, table, state, edition, (whose, key), door, claim, live)


def _all(one: dict[str, Any], two: dict[str, Any]) -> Iterator[tuple[Any, str]]:
    for pair in one.items():
        for name in two:
            yield pair, name


def _add(
    trial: Trial,
    table: str,
    state: str,
    edition: Edition,
    source: tuple[str, Any],
    door: str,
    claim: str,
    live: Any,
) -> None:
    whose, key = source
    act, model = doors.INSERT[door], seen.model_of(table)

    def doing() -> None:
        given = copied(trial.world, table, key, edition)
        fields = {f.name: f for f in values.fields_of(model)}
        if table == "quote":
            given[fields["permalink"]] = new_link(edition)
        if table == "edition_media":
            given[fields["asset"]] = trial.world.loose.pk
        if live is not None:
            given[fields["live"]] = live
        act(Target(table, None, None), given)

    name = ("more", table, whose, door, claim)
    if state == "a draft":
        trial.takes(name, doing)
    else:
        counts = trial.known.get(name) or trial.known.get(
            ("more", table, "a draft's", door, "without a claim"), False
        )
        trial.done(
            f"{table} of {state}: one more, like {whose}, {claim}",
            door,
            table,
            doing,
            counts,
        )


def move(trial: Trial, at_once: int = 2) -> None:
    """Move rows of drafts into editions that are out, and theirs into drafts."""
    world = trial.world
    first, second, _ = world.drafts
    for table in PARTS:
        (mine, *_), (like, *_) = rows(first, table), rows(second, table)
        for turn, (door, act) in enumerate(doors.CHANGE.items()):

            def moving(
                key: Any, to: Edition, alone: bool, table=table, like=like, act=act
            ) -> Callable[[], None]:
                target = Target(table, key, like)
                return lambda: act(target, _into(world, table, to, alone))

            counts = trial.takes(("move", table, door), moving(mine, second, False))
            for state, edition in some(world.frozen.items(), turn, at_once):
                edition.refresh_from_db()
                theirs = rows(edition, table)[0]
                for alone in (True, False):
                    for what, key, to in (
                        ("a draft's moved into it", mine, edition),
                        ("moved into a draft", theirs, second),
                    ):
                        trial.done(
                            f"{table} of {state}: {what}",
                            door,
                            table,
                            moving(key, to, alone),
                            counts,
                        )


def _into(world: World, table: str, to: Edition, alone: bool) -> doors.Values:
    """What a row says that is part of an edition; ``alone``: only which."""
    fields = {f.name: f for f in values.fields_of(seen.model_of(table))}
    said: dict[str, Any] = {"edition": to.pk}
    if not alone:
        said |= {"article": to.article_id, "live": to.live, "quote": None}
        said |= {"user": world.petra.pk, "rule": "alt", "asset": world.loose.pk}
        if "permalink" in fields:
            said["permalink"] = new_link(to)
    return {fields[name]: value for name, value in said.items() if name in fields}


def new_link(edition: Edition) -> str:
    """A new address for a quote of an edition's statement."""
    link = new_permalink()
    run(
        "INSERT INTO permalink (id, article_id) VALUES (%s, %s)",
        *(link, edition.article_id),
    )
    return link

"""Ask one thing as one person; what it changed is seen, and taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client

from ..watching import rows, settle
from .table import STRANGER, holds
from .way import GET, POST, Way
from .world import OTHER, OWN, World

SIGN_IN, CLOSED, REFUSED = "sign in", "closed", "refused"
HIDDEN, ALLOWED = "hidden", "allowed"

#: Requests write these by being made: a session is kept, a look at a form is logged.
_ASIDE = {"django_session", "django_migrations"}

#: Refused POSTs between two looks at the whole database.
BATCH = 40


def expected(way: Way, viewer: str, relation: str) -> str:
    """What the table and the rules beside it say of one cell."""
    if viewer == STRANGER:
        return SIGN_IN
    if way.closed:
        return CLOSED
    if not all(holds(viewer, right) for right in way.door):
        return HIDDEN if way.hides else REFUSED
    if way.of_desk and relation == OTHER and not holds(viewer, "see_every_desk"):
        return HIDDEN
    if not all(holds(viewer, right) for right in way.deed):
        return REFUSED
    if way.other_eyes and relation == OWN:
        return REFUSED
    return ALLOWED


def tables() -> dict[str, str]:
    """One digest of each table, and of the folder of files."""
    names = [
        name
        for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname='public'")
        if name not in _ASIDE
    ]
    whole = " UNION ALL ".join(
        f"SELECT '{name}', count(*) || ' ' || max(id) FROM audit"
        if name == "audit"
        else f"SELECT '{name}', count(*) || ' ' || sum(hashtext(t::text)::bigint)"
        f' FROM public."{name}" t'
        for name in names
    )
    found = dict(rows(whole))
    folder = Path(settings.MEDIA_ROOT)
    stored = sorted(str(path) for path in folder.rglob("*") if path.is_file())
    return found | {"files": " ".join(stored)}


def differ(one: dict[str, str], other: dict[str, str]) -> set[str]:
    return {
        name for name in one.keys() | other.keys() if one.get(name) != other.get(name)
    }


@dataclass
class Asker:
    """A signed-in client, the world that it asks in, and what was wrong."""

    world: World
    wrong: list[str] = field(default_factory=list)
    cells: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = Client(raise_request_exception=False)
        if self.world.viewer != STRANGER:
            self.client.force_login(self.world.user)
        self.held = SimpleCookie(self.client.cookies.output(header=""))
        self.before = tables()

    def send(self, way: Way, relation: str) -> Any:
        self.client.cookies = SimpleCookie(self.held.output(header=""))
        url = way.url(self.world, relation)
        if way.method == GET:
            return self.client.get(url)
        data = way.data(self.world, relation) if way.data else {"post": "yes"}
        return self.client.post(url, data)

    def ask(self, found: list[tuple[Way, str]]) -> None:
        """Every cell; those that must change nothing together, the others alone."""
        refused = []
        for way, relation in found:
            told = expected(way, self.world.viewer, relation)
            self.cells[told] = self.cells.get(told, 0) + 1
            if way.method == GET:
                self._judge(way, relation, told, self.send(way, relation), set())
            elif told == ALLOWED:
                self._alone(way, relation, told)
            else:
                refused.append((way, relation, told))
        for start in range(0, len(refused), BATCH):
            self._together(refused[start : start + BATCH])
        changed = differ(self.before, tables())
        if changed:
            self.wrong.append(f"Reading changed {sorted(changed)}.")

    def _alone(self, way: Way, relation: str, told: str) -> None:
        with transaction.atomic():
            response = self.send(way, relation)
            changed = differ(self.before, tables())
            if response.status_code < 500:
                settle()
            transaction.set_rollback(True)
        for name in changed & {"files"}:
            self._sweep(name)
        self._judge(way, relation, told, response, changed)

    def _sweep(self, name: str) -> None:
        """Take away the files that an allowed upload stored: no rollback does."""
        kept = set(self.before[name].split(" "))
        for path in Path(settings.MEDIA_ROOT).rglob("*"):
            if path.is_file() and str(path) not in kept:
                path.unlink()

    def _together(self, some: list[tuple[Way, str, str]]) -> None:
        with transaction.atomic():
            answers = [self.send(way, relation) for way, relation, _ in some]
            quiet = all(way.soft for way, _, _ in some)
            changed = differ(self.before, tables()) - _logged(quiet)
            transaction.set_rollback(True)
        if changed:
            # Somebody did what they may not: each again, to say who.
            for way, relation, told in some:
                self._alone(way, relation, told)
            return
        for (way, relation, told), response in zip(some, answers, strict=True):
            self._judge(way, relation, told, response, set())

    def _judge(
        self, way: Way, relation: str, told: str, response: Any, changed: set[str]
    ) -> None:
        problem = _problem(way, told, response, changed)
        if problem:
            self.wrong.append(
                f"{way.name} ({relation}) as {self.world.viewer}: {told} expected, "
                f"{problem}"
            )


def _logged(soft: bool) -> set[str]:
    # The row beside was refused, the row itself saved as it is: that is logged.
    return {"django_admin_log"} if soft else set()


def _problem(way: Way, told: str, response: Any, changed: set[str]) -> str:
    status = response.status_code
    to_sign_in = status == 302 and "/login/" in response.headers["Location"]
    if told == ALLOWED:
        if to_sign_in:
            return "sent to sign in."
        if way.effect:
            done = status == way.answer and way.effect in changed
            return "" if done else f"{status}, changed {sorted(changed)}."
        shown = {200, 302} if way.method == GET else {200, 302, 405}
        return "" if status in shown and not changed else f"{status} {sorted(changed)}."
    changed = changed - _logged(way.soft)
    if changed:
        return f"{status}, and changed {sorted(changed)}."
    if told == SIGN_IN:
        # A form that somebody filled in is shown to them again; one that is only read
        # is refused for its method.
        fine = to_sign_in or (way.method == POST and status in {403, 405})
    elif told == HIDDEN:
        fine = status == 404
    elif told == CLOSED:
        fine = status in {403, 404, 405} or (way.soft and status in {200, 302, 400})
    else:
        soft = way.soft or way.other_eyes
        fine = status == 403 or (soft and status in {200, 302} and not to_sign_in)
    return "" if fine else f"answered {status}."

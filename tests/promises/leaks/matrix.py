"""One group of surfaces in one state: what was asked, and what was told."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.test import Client

from . import oracle
from .states import State
from .surface import ADMIN, INSIDE, MEDIA, Surface
from .viewers import ANONYMOUS, MEMBERS, SIGNED_IN, Viewers
from .words import INVENTED, OF_DESK
from .world import Secret


def ask(client: Client, one: Surface, *, twin: bool = False) -> oracle.Answer:
    """The answer; what it wrote is taken back."""
    url = one.twin if twin and one.twin else one.url
    headers = one.twin_headers if twin else one.headers
    data = one.twin_data if twin else one.data
    # Whoever holds a dead session's cookie keeps it, whatever the answer says.
    held = copy.deepcopy(client.cookies)
    with transaction.atomic():
        send = {"GET": client.get, "HEAD": client.head, "POST": client.post}
        answer = oracle.read(send[one.method](url, data or None, headers=headers))
        transaction.set_rollback(True)
    client.cookies = held
    return answer


def like(group: str, viewer: str) -> str:
    """Who is answered the same: to readers' pages everybody is anonymous."""
    return viewer if group in INSIDE and viewer in SIGNED_IN else ANONYMOUS


def ask_before(
    group: str, viewers: Viewers, surfaces: Sequence[Surface]
) -> dict[tuple[str, str], oracle.Answer]:
    """What requests that hold nothing of a secret answer while there is none."""
    return {
        (viewer, one.name): ask(clients[number % len(clients)], one)
        for viewer, clients in viewers.items()
        if like(group, viewer) == viewer
        for number, one in enumerate(surfaces)
        if not one.twin and not one.by_key and one.method != "POST"
    }


@dataclass
class Matrix:
    """One group of surfaces in one state: what was asked, and what was told."""

    group: str
    state: State
    viewers: Viewers
    colleagues: list[Client]
    secret: Secret
    surfaces: list[Surface]
    before: dict[tuple[str, str], oracle.Answer]
    leaks: list[str] = field(default_factory=list)
    asked: list[tuple[str, str, frozenset[str]]] = field(default_factory=list)
    told: dict[str, set[str]] = field(default_factory=dict)
    twins: dict[tuple[str, str, int], oracle.Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ear = oracle.Ear(self.secret.values)
        #: What readers have all the same; the editors' door is open to the desk alone.
        self.shown = set() if self.group in ADMIN else set(self.state.shown)

    def words(self, one: Surface) -> list[tuple[str, str]]:
        """What stands for what in the answers to a request and to its twin."""
        pairs = [(one.url, one.twin)] if one.twin else []
        if "?" in one.url and one.twin:
            # The foot of a page names the address that was asked, without its question.
            pairs.append((one.url.partition("?")[0], one.twin.partition("?")[0]))
        if one.rows and one.twin:
            # Heads of columns lead to the same question in another order.
            pairs.append((one.url.partition("?")[2], one.twin.partition("?")[2]))
        secret = self.secret
        return [
            *pairs,
            (secret.quotes[0].permalink_id.lower(), "0" * 10),
            *INVENTED,
        ]

    def has_twin(self, one: Surface) -> bool:
        return bool(one.twin) or one.twin_data is not None

    def member(self, one: Surface, viewer: str) -> bool:
        """Whether it is asked by a colleague, who may read the catalogue there."""
        return viewer in MEMBERS and (
            self.group in ADMIN or (self.group == MEDIA and one.catalogue)
        )

    def secrets(self, one: Surface, viewer: str) -> frozenset[str]:
        """The fields that a viewer may not be told there."""
        fields = self.secret.values.keys() - self.shown
        if self.member(one, viewer):
            fields &= set(OF_DESK)
        return frozenset(fields)

    def ask_all(self) -> None:
        """Every surface as every viewer; keeps what was told that should not be."""
        for viewer, clients in self.viewers.items():
            for number, one in enumerate(self.surfaces):
                turn = number % len(clients)
                self._ask(viewer, clients[turn], turn, one)

    def _ask(self, viewer: str, client: Client, turn: int, one: Surface) -> None:
        answer = ask(client, one)
        hidden = self.secrets(one, viewer)
        own = self.ear.asked(f"{one.url} {one.headers} {one.data}")
        where = f"{self.state.name}: {one.name} as {viewer}"
        for name, around in self.ear.hears(answer).items():
            if name in hidden and name not in own:
                self.leaks.append(f"{where} tells {name}: {around}")
        self.asked.append((one.name, viewer, hidden))
        member = self.member(one, viewer)
        if member and one.catalogue:
            return
        same = like(self.group, viewer)
        if self.has_twin(one):
            if not self._may_differ(one, answer):
                # Of dead cookies all are answered as nobody's.
                key = same, one.name, turn if same == viewer else 0
                if key not in self.twins:
                    self.twins[key] = ask(client, one, twin=True)
                twin = self.twins[key]
                if member and one.rows:
                    answer, twin = answer.rows(), twin.rows()
                apart = oracle.alike(answer, twin, self.words(one))
                if apart:
                    self.leaks.append(f"{where} is not as if it never was: {apart}")
        elif (same, one.name) in self.before and not self.shown:
            before = self.before[same, one.name]
            if member:
                answer, before = answer.rows(), before.rows()
            apart = oracle.alike(answer, before, [])
            if apart:
                self.leaks.append(f"{where} is not as it was before: {apart}")

    def _may_differ(self, one: Surface, answer: oracle.Answer) -> bool:
        """What was public and is gone says so; what is still shown is still there."""
        if not self.state.after or self.group in ADMIN:
            return False
        if answer.status == 410:
            return True
        return bool(
            (self.shown and one.of_article) or self.ear.asked(one.url) & self.shown
        )

    def control(self) -> None:
        """The same requests by those who may be told: which fields each tells."""
        for one in self.surfaces:
            told = self.told.setdefault(one.name, set())
            for client in self.colleagues:
                if told:
                    break
                answer = ask(client, one)
                own = self.ear.asked(f"{one.url} {one.headers} {one.data}")
                told |= self.ear.hears(answer).keys() - own
                if self.has_twin(one) and (own or one.by_key):
                    twin = ask(client, one, twin=True)
                    if oracle.alike(answer, twin, self.words(one)):
                        told |= own or {"existence"}

    def cells(self) -> list[tuple[str, str, str]]:
        """Surface, viewer and field of each cell that has its control."""
        return [
            (name, viewer, one)
            for name, viewer, hidden in self.asked
            for one in sorted(self.told.get(name, set()) & (hidden | {"existence"}))
        ]

    def figures(self) -> tuple[str, list[tuple[str, str]], list[str]]:
        """For the end of the run: group, pairs of surface and field, names of cells."""
        cells = self.cells()
        pairs = sorted({(surface, one) for surface, _, one in cells})
        return self.group, pairs, [_digest(self.state.name, *cell) for cell in cells]


def _digest(*names: str) -> str:
    """Short, since every worker of a run sends one for each cell."""
    return hashlib.blake2s("|".join(names).encode(), digest_size=6).hexdigest()

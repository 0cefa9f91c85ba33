"""One group of surfaces in one state: what was asked, and what was told."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from django.db import transaction
from django.test import Client

from . import oracle
from .states import State
from .surface import ADMIN, STAFF, Surface
from .words import INVENTED, OF_DESK
from .world import Secret

MEMBERS = ("author of another desk", "editor of another desk")
SIGNED_IN = (*MEMBERS, "staff without a role")


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


@dataclass
class Matrix:
    """One group of surfaces in one state: what was asked, and what was told."""

    group: str
    state: State
    viewers: dict[str, Client]
    colleagues: list[Client]
    secret: Secret
    surfaces: list[Surface]
    before: dict[tuple[str, str], oracle.Answer]
    leaks: list[str] = field(default_factory=list)
    asked: list[tuple[str, str, frozenset[str]]] = field(default_factory=list)
    told: dict[str, set[str]] = field(default_factory=dict)
    twins: dict[tuple[str, str], oracle.Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ear = oracle.Ear(self.secret.values)

    def words(self, one: Surface) -> list[tuple[str, str]]:
        """What stands for what in the answers to a request and to its twin."""
        pairs = [(one.url, one.twin)] if one.twin else []
        secret = self.secret
        return [
            *pairs,
            (secret.quotes[0].permalink_id.lower(), "0" * 10),
            *INVENTED,
        ]

    def _like(self, viewer: str) -> str:
        """Who is answered the same: to readers' pages everybody is anonymous."""
        inside = self.group in ADMIN or self.group == STAFF
        return viewer if inside and viewer in SIGNED_IN else "anonymous"

    def has_twin(self, one: Surface) -> bool:
        return bool(one.twin) or one.twin_data is not None

    def secrets(self, viewer: str, one: Surface) -> frozenset[str]:
        """The fields that a viewer may not be told there."""
        fields = self.secret.values.keys() - set(self.state.shown)
        if self.group in ADMIN and viewer in MEMBERS:
            fields &= set(OF_DESK)
        return frozenset(fields)

    def ask_all(self) -> None:
        """Every surface as every viewer; keeps what was told that should not be."""
        for viewer, client in self.viewers.items():
            for one in self.surfaces:
                self._ask(viewer, client, one)

    def _ask(self, viewer: str, client: Client, one: Surface) -> None:
        answer = ask(client, one)
        hidden = self.secrets(viewer, one)
        request = f"{one.url} {one.headers} {one.data}"
        own = self.ear.asked(request)
        where = f"{self.state.name}: {one.name} as {viewer}"
        for name, around in self.ear.hears(answer).items():
            if name in hidden and name not in own:
                self.leaks.append(f"{where} tells {name}: {around}")
        member = self.group in ADMIN and viewer in MEMBERS
        if self.has_twin(one):
            if not (member and one.catalogue) and not self._may_differ(one, answer):
                key = self._like(viewer), one.name
                if key not in self.twins:
                    self.twins[key] = ask(client, one, twin=True)
                control = self.twins[key]
                apart = oracle.alike(answer, control, self.words(one))
                if apart:
                    self.leaks.append(f"{where} is not as if it never was: {apart}")
        elif (self._like(viewer), one.name) in self.before and not self.state.shown:
            before = self.before[self._like(viewer), one.name]
            if member:
                answer, before = answer.rows(), before.rows()
            if not (member and one.catalogue):
                apart = oracle.alike(answer, before, [])
                if apart:
                    self.leaks.append(f"{where} is not as it was before: {apart}")
        self.asked.append((one.name, viewer, hidden))

    def _may_differ(self, one: Surface, answer: oracle.Answer) -> bool:
        """What was public and is gone says so; what is still shown is still there."""
        if not self.state.after:
            return False
        return answer.status == 410 or bool(
            self.state.shown and self.ear.asked(one.url) & set(self.state.shown)
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

    def count(self) -> tuple[set[tuple[str, str]], int]:
        """Distinct pairs of surface and field with a control, and cells of them."""
        pairs, cells = set(), 0
        for name, _, hidden in self.asked:
            found = self.told.get(name, set()) & (hidden | {"existence"})
            pairs |= {(name, one) for one in found}
            cells += len(found)
        return pairs, cells

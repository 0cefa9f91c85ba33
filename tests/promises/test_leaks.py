"""No word of what is hidden is told to anybody, at any address, in any state.

Each test takes one group of surfaces and one state: it asks before the secret exists,
brings the secret into its state, asks again as every viewer, and asks once more when it
may be told. A cell (state, surface, viewer, field) counts only if the last time told.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from io import StringIO

import pytest
from django.contrib import admin
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from .. import builders
from . import routes as program
from .leaks import oracle, surfaces, world
from .leaks.surfaces import ADMIN, GROUPS, Surface

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


@pytest.fixture
def cast(
    author, editor, publisher, outsider, steward, administrator, system, culture_desk
) -> world.Cast:
    return world.Cast(
        amina=author,
        edgar=editor,
        petra=publisher,
        stefan=steward,
        ada=administrator,
        odile=outsider,
        olga=builders.make_user("olga", "Author", desk=culture_desk),
        noor=builders.make_user("noor"),
        system=system,
    )


@pytest.fixture
def viewers(cast) -> dict[str, Client]:
    """Who asks, none of whom may be told."""
    dead, out = Client(), Client()
    dead.force_login(cast.petra)
    Session.objects.filter(pk=dead.session.session_key).delete()
    out.force_login(cast.petra)
    out.post("/admin/logout/")
    # As a browser does with a cookie taken back.
    out.cookies.clear()
    known = {
        "anonymous": Client(),
        "dead token": dead,
        "just signed out": out,
    }
    for name, user in (
        ("author of another desk", cast.olga),
        ("editor of another desk", cast.odile),
        ("staff without a role", cast.noor),
    ):
        known[name] = Client()
        known[name].force_login(user)
    return known


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
    state: world.State
    viewers: dict[str, Client]
    colleagues: list[Client]
    secret: world.Secret
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
            *world.INVENTED,
        ]

    def _like(self, viewer: str) -> str:
        """Who is answered the same: to readers' pages everybody is anonymous."""
        inside = self.group in ADMIN or self.group == surfaces.STAFF
        return viewer if inside and viewer in SIGNED_IN else "anonymous"

    def has_twin(self, one: Surface) -> bool:
        return bool(one.twin) or one.twin_data is not None

    def secrets(self, viewer: str, one: Surface) -> frozenset[str]:
        """The fields that a viewer may not be told there."""
        fields = self.secret.values.keys() - set(self.state.shown)
        if self.group in ADMIN and viewer in MEMBERS:
            fields &= set(world.OF_DESK)
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


MEMBERS = ("author of another desk", "editor of another desk")
SIGNED_IN = (*MEMBERS, "staff without a role")

#: Distinct pairs of surface and field, and cells, that the quick run of a group has.
PAIRS = dict(zip(GROUPS, (150, 200, 30, 140, 50, 50, 25), strict=True))
CELLS = dict(zip(GROUPS, (500, 600, 100, 450, 150, 150, 60), strict=True))

READING_COMMANDS = {"detect", "doctor"}

#: What the quick run takes: one state, and of the viewers one of each kind.
QUICK = {"scheduled"}
QUICK_VIEWERS = ("anonymous", "dead token", "editor of another desk")


#: States that a group is asked in.
UNPUBLISHED = ("draft", "in review", "returned", "approved", "scheduled")
ASKED = {
    surfaces.PAGES: (*UNPUBLISHED, "withdrawn"),
    surfaces.SEARCH: UNPUBLISHED,
    surfaces.MEDIA: tuple(state.name for state in world.STATES),
    surfaces.STAFF: ("draft", "scheduled"),
    surfaces.AUTOCOMPLETE: ("draft", "scheduled"),
    surfaces.ADMIN_LIST: ("scheduled",),
    surfaces.ADMIN_PAGE: ("scheduled",),
}


def cases():
    for group in GROUPS:
        for state in world.STATES:
            if state.name in ASKED[group]:
                marks = () if state.name in QUICK else (pytest.mark.long,)
                name = f"{group}-{state.name}"
                yield pytest.param(group, state, marks=marks, id=name)


@pytest.mark.parametrize(("group", "state"), list(cases()))
def test_nobody_is_told_of_what_is_hidden(group, state, cast, viewers, request):
    quick = state.name in QUICK
    if quick:
        viewers = {name: viewers[name] for name in QUICK_VIEWERS}
    known = world.make_known(cast)
    of = known.article if state.newer else None
    colleague, keeper = Client(), Client()
    colleague.force_login(cast.petra)
    keeper.force_login(cast.ada)
    before = {}
    with transaction.atomic():
        secret = world.make_secret(cast, known, of=of)
        planned = surfaces.surfaces(group, cast, known, secret, quick=quick)
        transaction.set_rollback(True)
    inside = group in ADMIN or group == surfaces.STAFF
    for viewer, client in viewers.items():
        if viewer == "anonymous" or (inside and viewer in SIGNED_IN):
            for one in planned:
                if not one.twin and not one.by_key and one.method != "POST":
                    before[viewer, one.name] = ask(client, one)
    secret = world.make_secret(cast, known, of=of)
    matrix = Matrix(
        group,
        state,
        viewers,
        {surfaces.STAFF: [colleague]}.get(
            group, [colleague, keeper] if group in ADMIN else [Client()]
        ),
        secret,
        surfaces.surfaces(group, cast, known, secret, quick=quick),
        before,
    )
    if state.after:
        world.release(cast, secret)
    if state.after and group not in ADMIN:
        matrix.control()
    state.bring(cast, secret)
    matrix.ask_all()
    if group in ADMIN:
        matrix.control()
    elif not state.after:
        world.release(cast, secret)
        matrix.control()
    assert not matrix.leaks, "\n".join(matrix.leaks)
    assert mail.outbox == []
    pairs, cells = matrix.count()
    request.node.user_properties.append(("leak cells", (group, sorted(pairs), cells)))
    if quick:
        assert len(pairs) >= PAIRS[group]
        assert cells >= CELLS[group]
    else:
        assert pairs


def test_the_quick_run_asks_what_it_promises():
    assert sum(PAIRS.values()) >= 400
    assert sum(CELLS.values()) >= 2000


def test_every_way_in_is_asked_or_exempted_with_a_reason(cast):
    """A new address, action or command fails here until somebody thinks of it."""
    known = world.make_known(cast)
    secret = world.make_secret(cast, known)
    asked = {
        one.route
        for group in GROUPS
        for one in surfaces.surfaces(group, cast, known, secret)
    }
    routes = {
        route.name or route.template
        for route in program.routes()
        if not any(f"/{noun}/" in route.template for noun in surfaces.PLAIN)
    }
    assert routes - asked - surfaces.EXEMPT.keys() == set()
    actions = {f"{one.model}.{one.name}" for one in program.actions(cast.ada)}
    assert actions - asked - surfaces.EXEMPT_ACTIONS.keys() == set()
    commands = set(program.commands())
    assert commands == surfaces.EXEMPT_COMMANDS.keys() | READING_COMMANDS


def test_no_exemption_outlives_what_it_exempts(cast):
    names = {route.name or route.template for route in program.routes()}
    assert surfaces.EXEMPT.keys() <= names
    assert surfaces.PLAIN.keys() <= {
        model._meta.model_name for model in admin.site._registry
    }
    actions = {f"{one.model}.{one.name}" for one in program.actions(cast.ada)}
    assert surfaces.EXEMPT_ACTIONS.keys() <= actions


def test_commands_that_read_print_nothing_of_what_is_hidden(cast, tmp_path):
    secret = world.make_secret(cast, world.make_known(cast))
    ear = oracle.Ear(secret.values)
    text = tmp_path / "text.txt"
    text.write_text(f"“{world.c('quote.text')} is ready,” said Ilse Okafor.")
    told = StringIO()
    call_command("detect", str(text), stdout=told)
    assert ear.hears(oracle.Answer(0, (), told.getvalue())).keys() == {"quote.text"}
    told = StringIO()
    try:
        call_command("doctor", stdout=told, stderr=told)
    except (CommandError, SystemExit) as problem:
        told.write(str(problem))
    assert told.getvalue().strip()
    assert not ear.hears(oracle.Answer(0, (), told.getvalue()))

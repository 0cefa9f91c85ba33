"""No word of what is hidden is told to anybody, at any address, in any state.

Each test takes groups of surfaces and one state: it asks before the secret exists,
brings the secret into its state, asks again as every viewer, and asks once more when it
may be told. A cell (state, surface, viewer, field) counts only if the last time told.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import pytest
from django.contrib import admin
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from . import routes as program
from .leaks import exempt, oracle, surfaces, world
from .leaks.matrix import Matrix, ask_before
from .leaks.states import STATES, State, release, schedule
from .leaks.surface import (
    ADMIN,
    ADMIN_LIST,
    ADMIN_PAGE,
    AUTOCOMPLETE,
    GROUPS,
    INSIDE,
    MEDIA,
    PAGES,
    READERS,
    SEARCH,
    STAFF,
)
from .leaks.viewers import ANONYMOUS, AUTHOR, EDITOR, signed_in
from .leaks.words import c

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("static_files_as_they_lie"),
]

READING_COMMANDS = {"detect", "doctor"}

#: Distinct pairs of surface and field, and cells, that the quick run of a group has.
PAIRS = {
    PAGES: 150,
    SEARCH: 100,
    MEDIA: 30,
    STAFF: 140,
    ADMIN_LIST: 50,
    ADMIN_PAGE: 50,
    AUTOCOMPLETE: 25,
}
CELLS = {
    PAGES: 800,
    SEARCH: 300,
    MEDIA: 100,
    STAFF: 450,
    ADMIN_LIST: 150,
    ADMIN_PAGE: 150,
    AUTOCOMPLETE: 60,
}

#: Pages and files are asked in full in every state. Of the others only the scheduled
#: statement is; elsewhere one surface of so many in turn, since lists of the admin have
#: hundreds of filters, orders and words.
SHARES = {SEARCH: 4, ADMIN_LIST: 12, ADMIN_PAGE: 4, STAFF: 8, AUTOCOMPLETE: 8}
QUICK_SHARES = {SEARCH: 2, ADMIN_LIST: 5, ADMIN_PAGE: 3, STAFF: 6, AUTOCOMPLETE: 3}
#: What the quick run takes of other states: one in so many, of those that differ most.
SAMPLE = 25
SAMPLED = {"live with a scheduled correction", "withdrawn"}


@dataclass(frozen=True)
class Case:
    """Groups of surfaces that are asked in one state, and by whom (default: all)."""

    state: State
    groups: tuple[str, ...]
    shares: dict[str, int] = field(default_factory=dict)
    viewers: tuple[str, ...] = ()
    floors: bool = False

    def least(self, floors: dict[str, int], group: str) -> int:
        """What must be asked at least; of a few surfaces it may be that none counts."""
        if self.floors:
            return floors[group]
        return 0 if self.shares.get(group) == SAMPLE else 1

    @property
    def turn(self) -> int:
        return STATES.index(self.state)


def cases() -> Iterator[Any]:
    scheduled = next(state for state in STATES if state.name == "scheduled")
    three = (ANONYMOUS, "dead token", EDITOR)
    apart = (
        (PAGES, MEDIA),
        (SEARCH,),
        (STAFF, AUTOCOMPLETE),
        (ADMIN_LIST,),
        (ADMIN_PAGE,),
    )
    for groups in apart:
        case = Case(scheduled, groups, QUICK_SHARES, three, floors=True)
        yield pytest.param(case, id=f"{' and '.join(groups)}-scheduled")
    for state in STATES:
        groups = ADMIN if state.inside else GROUPS
        if state.name in SAMPLED:
            sample = dict.fromkeys(groups, SAMPLE)
            case = Case(state, groups, sample, (ANONYMOUS, AUTHOR))
            yield pytest.param(case, id=f"some of all-{state.name}")
        shares = {} if state == scheduled else SHARES
        for part in apart if state == scheduled else (READERS, INSIDE):
            if asked := tuple(group for group in part if group in groups):
                name = f"all of {asked[0]} and others-{state.name}"
                yield pytest.param(
                    Case(state, asked, shares), id=name, marks=pytest.mark.long
                )


@pytest.fixture
def _no_log_of_refusals():
    """Thousands of requests are refused here; each would be written with its trace."""
    log = logging.getLogger("django.request")
    before = log.level
    log.setLevel(logging.CRITICAL)
    yield
    log.setLevel(before)


@pytest.mark.usefixtures("_no_log_of_refusals")
@pytest.mark.parametrize("case", list(cases()))
def test_nobody_is_told_of_what_is_hidden(case, cast, viewers, request):
    state = case.state
    asking = {name: viewers[name] for name in case.viewers or viewers}
    known = world.make_known(cast)
    of = known.article if state.newer else None

    def planned(group, secret):
        share = case.shares.get(group, 1)
        return surfaces.surfaces(
            group, cast, known, secret, share=share, turn=case.turn
        )

    with transaction.atomic():
        secret = world.make_secret(cast, known, of=of)
        plans = {group: planned(group, secret) for group in case.groups}
        transaction.set_rollback(True)
    before = {group: ask_before(group, asking, plans[group]) for group in plans}
    secret = world.make_secret(cast, known, of=of)
    colleagues = [signed_in(cast.petra), signed_in(cast.ada)]
    matrices = [
        Matrix(
            group,
            state,
            asking,
            [Client()] if group in READERS else colleagues,
            secret,
            planned(group, secret),
            before[group],
        )
        for group in case.groups
    ]
    public = [one for one in matrices if one.group not in ADMIN]
    if state.after:
        release(cast, secret)
        for matrix in public:
            matrix.control()
    state.bring(cast, secret)
    for matrix in matrices:
        matrix.ask_all()
        if matrix.group in ADMIN:
            matrix.control()
    if public and not state.after:
        release(cast, secret)
        for matrix in public:
            matrix.control()
    leaks = [leak for matrix in matrices for leak in matrix.leaks]
    assert not leaks, "\n".join(leaks)
    assert mail.outbox == []
    for matrix in matrices:
        group, pairs, cells = matrix.figures()
        request.node.user_properties.append(("leak cells", (group, pairs, cells)))
        assert len(pairs) >= case.least(PAIRS, group), group
        assert len(cells) >= case.least(CELLS, group), group
    assert sum(len(matrix.cells()) for matrix in matrices) >= 40


def test_the_quick_run_asks_what_it_promises():
    assert sum(PAIRS.values()) >= 400
    assert sum(CELLS.values()) >= 2000


def test_every_group_is_asked_in_every_state():
    asked = {
        (group, param.values[0].state.name)
        for param in cases()
        for group in param.values[0].groups
        if not param.values[0].floors
    }
    states = {state.name for state in STATES if not state.inside}
    assert asked >= {(group, state) for group in GROUPS for state in states}
    assert asked >= {(group, "live") for group in ADMIN}
    assert len(STATES) == 12


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
        if not any(f"/{noun}/" in route.template for noun in exempt.PLAIN)
    }
    assert routes - asked - exempt.EXEMPT.keys() == set()
    actions = {f"{one.model}.{one.name}" for one in program.actions(cast.ada)}
    assert actions - asked - exempt.EXEMPT_ACTIONS.keys() == set()
    commands = set(program.commands())
    assert commands == exempt.EXEMPT_COMMANDS.keys() | READING_COMMANDS


def test_no_exemption_outlives_what_it_exempts(cast):
    names = {route.name or route.template for route in program.routes()}
    assert exempt.EXEMPT.keys() <= names
    assert exempt.PLAIN.keys() <= {
        model._meta.model_name for model in admin.site._registry
    }
    actions = {f"{one.model}.{one.name}" for one in program.actions(cast.ada)}
    assert exempt.EXEMPT_ACTIONS.keys() <= actions


def test_commands_that_read_print_nothing_of_what_is_hidden(cast, tmp_path):
    secret = world.make_secret(cast, world.make_known(cast))
    schedule(cast, secret)
    ear = oracle.Ear(secret.values)
    text = tmp_path / "text.txt"
    text.write_text(f"“{c('quote.text')} is ready,” said Ilse Okafor.")
    told = StringIO()
    call_command("detect", str(text), stdout=told)
    assert ear.hears(oracle.Answer(0, (), told.getvalue())).keys() == {"quote.text"}
    for command in ("doctor", "seal", "verify_record"):
        told = StringIO()
        try:
            call_command(command, stdout=told, stderr=told)
        except (CommandError, SystemExit) as problem:
            told.write(str(problem))
        assert told.getvalue().strip(), command
        assert not ear.hears(oracle.Answer(0, (), told.getvalue())), command

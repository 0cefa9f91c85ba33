"""No word of what is hidden is told to anybody, at any address, in any state.

Each test takes one group of surfaces and one state: it asks before the secret exists,
brings the secret into its state, asks again as every viewer, and asks once more when it
may be told. A cell (state, surface, viewer, field) counts only if the last time told.
"""

from __future__ import annotations

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
from .leaks import exempt, oracle, surface, surfaces, world
from .leaks.matrix import SIGNED_IN, Matrix, ask
from .leaks.states import STATES, release
from .leaks.surface import ADMIN, GROUPS
from .leaks.words import c

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
    surface.PAGES: (*UNPUBLISHED, "withdrawn"),
    surface.SEARCH: UNPUBLISHED,
    surface.MEDIA: tuple(state.name for state in STATES),
    surface.STAFF: ("draft", "scheduled"),
    surface.AUTOCOMPLETE: ("draft", "scheduled"),
    surface.ADMIN_LIST: ("scheduled",),
    surface.ADMIN_PAGE: ("scheduled",),
}


def cases():
    for group in GROUPS:
        for state in STATES:
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
    inside = group in ADMIN or group == surface.STAFF
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
        {surface.STAFF: [colleague]}.get(
            group, [colleague, keeper] if group in ADMIN else [Client()]
        ),
        secret,
        surfaces.surfaces(group, cast, known, secret, quick=quick),
        before,
    )
    if state.after:
        release(cast, secret)
    if state.after and group not in ADMIN:
        matrix.control()
    state.bring(cast, secret)
    matrix.ask_all()
    if group in ADMIN:
        matrix.control()
    elif not state.after:
        release(cast, secret)
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
    ear = oracle.Ear(secret.values)
    text = tmp_path / "text.txt"
    text.write_text(f"“{c('quote.text')} is ready,” said Ilse Okafor.")
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

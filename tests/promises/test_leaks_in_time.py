"""Around the second of a release nothing is told before, and everything after.

Pages are read as anybody reads them, a second and a millisecond before NOON, at it and
a second later. What is told then is what is told of a statement published at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from .leaks import clock, states, surfaces, world
from .leaks.clock import AFTER, BEFORE, NOON
from .leaks.matrix import Matrix, ask_before
from .leaks.states import STATES
from .leaks.surface import MEDIA, PAGES, READERS, SEARCH
from .leaks.viewers import ANONYMOUS

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("static_files_as_they_lie"),
]

STATE = {state.name: state for state in STATES}


@dataclass
class Turn:
    """What changes at NOON: readers are told of it only ``then``, or until then."""

    state: str
    gone: bool = False

    @property
    def hidden(self) -> dict[str, Any]:
        return AFTER if self.gone else BEFORE

    @property
    def told(self) -> dict[str, Any]:
        return BEFORE if self.gone else AFTER

    def bring(self, cast: world.Cast, secret: world.Secret) -> None:
        if self.gone:
            states.release(cast, secret)
            states.withdraw(cast, secret, NOON)
        else:
            states.schedule(cast, secret, NOON)


RELEASE = Turn("scheduled")
CORRECTION = Turn("live with a scheduled correction")
WITHDRAWAL = Turn("withdrawn", gone=True)

#: One surface of so many.
QUICK = {PAGES: 8, SEARCH: 20, MEDIA: 6}
LONG = {PAGES: 1, SEARCH: 6, MEDIA: 1}


@pytest.mark.parametrize(
    ("turn", "shares"),
    [
        pytest.param(RELEASE, QUICK, id="some of a release"),
        *(
            pytest.param(turn, LONG, id=f"all of {turn.state}", marks=pytest.mark.long)
            for turn in (RELEASE, CORRECTION, WITHDRAWAL)
        ),
    ],
)
def test_nothing_is_told_before_the_second_and_everything_after(
    turn, shares, cast, request
):
    clock.prepare()
    state = STATE[turn.state]
    known = world.make_known(cast)
    of = known.article if state.newer else None
    nobody = {ANONYMOUS: [Client()]}

    def planned(group, secret):
        return surfaces.surfaces(group, cast, known, secret, share=shares[group])

    def matrix(group, when, before):
        at = replace(state, name=f"{state.name}, {when}")
        asked = planned(group, secret)
        return Matrix(group, at, nobody, [Client()], secret, asked, before)

    before = {}
    with transaction.atomic():
        plans = {
            group: planned(group, world.make_secret(cast, known, of=of))
            for group in READERS[:1]
        }
        transaction.set_rollback(True)
    for when, moment in turn.hidden.items():
        with clock.at(moment):
            before[when] = ask_before(PAGES, nobody, plans[PAGES])
    secret = world.make_secret(cast, known, of=of)
    at_once = {}
    with transaction.atomic():
        states.release(cast, secret)
        for group in READERS:
            one = matrix(group, "at once", {})
            one.control()
            at_once[group] = one.told
        transaction.set_rollback(True)
    turn.bring(cast, secret)
    for group in READERS:
        hidden = [
            matrix(group, when, before[when] if group == PAGES else {})
            for when in turn.hidden
        ]
        for one, moment in zip(hidden, turn.hidden.values(), strict=True):
            with clock.at(moment):
                one.ask_all()
            assert not one.leaks, "\n".join(one.leaks)
        for when, moment in turn.told.items():
            one = matrix(group, when, {})
            with clock.at(moment):
                one.control()
            assert one.told == at_once[group]
        for one in hidden:
            one.told = at_once[group]
            name, pairs, cells = one.figures()
            assert pairs
            found = (f"{name} around the second", pairs, cells)
            request.node.user_properties.append(("leak cells", found))

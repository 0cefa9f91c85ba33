"""A worker that dies between two statements leaves a save whole or undone.

``make drill-crash`` does this two hundred times; here it is tried on a few.
"""

from __future__ import annotations

import pytest

from ..drills.killing import SAVES, Cast, Drill

pytestmark = pytest.mark.django_db(transaction=True)


#: Saves that write much, so that there is much to break.
FEW = ["receive", "revise", "accept quotes", "publish", "supersede", "merge"]


@pytest.fixture
def drill() -> Drill:
    return Drill(Cast.hired())


def test_a_worker_killed_in_a_save_leaves_nothing_half_saved(drill, capsys):
    drill.kill_workers(12, names=FEW)
    drill.look_closely()
    drill.control()

    with capsys.disabled():
        print(f"\ncrashes: {drill.kills} kills, {drill.control_halves} in the control")
    assert drill.kills == 12
    assert drill.passed, drill.report()


def test_every_save_of_the_drill_has_a_name_of_its_own():
    assert set(FEW) <= set(SAVES)
    assert len(set(SAVES.values())) == len(SAVES)

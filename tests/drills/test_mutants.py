"""The drill bites: what it takes away is gone, and only that."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from . import mutants, mutations
from .exempt import EXEMPT

#: Refuses without a question to the database: the account is inactive.
SAMPLE = """
import pytest
from django.core.exceptions import PermissionDenied
from statements.editorial import verbs
from statements.models import User

def test_one_who_left_is_refused():
    with pytest.raises(PermissionDenied):
        verbs.demand(User(username="noor", is_active=False), "add_tag", "No.")
"""

TRY = """
import json, os, sys
import django
from tests.drills import mutants, mutations
mutations.install()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()
test, *points = sys.argv[1:]
print(json.dumps([mutants.attempt(point, [test], 30)[0] for point in points]))
"""


@pytest.fixture(scope="module")
def points() -> list[mutations.Point]:
    return mutations.find()


@pytest.mark.long
def test_a_guard_taken_away_is_noticed_by_the_test_that_asks_it(tmp_path, points):
    (asked,) = (p for p in points if p.text == "by.may(permission)")
    inert = next(p for p in points if p.path == "statements/public/people.py")
    sample = tmp_path / "test_sample.py"
    sample.write_text(SAMPLE)

    done = subprocess.run(
        [sys.executable, "-c", TRY, sample, "", asked.id, inert.id],
        cwd=mutations.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout.splitlines()[-1]) == [
        "survived",
        "caught",
        "survived",
    ]


def test_there_are_enough_guards_and_each_has_a_place_of_its_own(points):
    assert len(points) >= mutants.LEAST
    assert len({point.id for point in points}) == len(points)


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("rows = Quote.objects.public(at)", ["gate"]),
        ("verbs.demand(by, 'add_tag', 'No.')", ["demand"]),
        ("shown = user.has_perm('x') or user.is_staff", ["check", "check"]),
        ("@page\ndef people(request): ...", ["decorator"]),
        ("@admin.action(permissions=['change'])\ndef show(): ...", ["action"]),
        ("urls = [path('', self.admin_view(view))]", ["door"]),
        ("if row.frozen:\n    raise PermissionDenied", ["refusal"]),
        ("class Door:\n    def has_add_permission(self): ...", ["override"]),
        ("class NounQuerySet:\n    def public(self, at=None): ...", ["definition"]),
        ("rows = Quote.objects.filter(pk=1)", []),
    ],
)
def test_each_sort_of_guard_is_found(source, kinds):
    assert [p.kind for p in mutations.switched(source, "a.py")[1]] == kinds


def test_every_exemption_fits_a_guard_and_says_why(points):
    assert set(EXEMPT) <= {point.id for point in points}
    assert all(reason.endswith(".") for reason in EXEMPT.values())

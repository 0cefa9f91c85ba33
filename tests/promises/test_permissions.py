"""Nobody does more than docs/permissions.md says, at any page, by any button.

A cell is one request (a page read, a form forged) by one kind of person, of a statement
of their own, a colleague's or another desk's. Whether it is allowed is computed from
the table and the rule of desks; see ``permissions/``. What is refused changes nothing,
what is allowed must be seen to work, and what is hidden is not found.
"""

from __future__ import annotations

import logging

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from statements.admin.articles import PAGES
from statements.models import User

from .permissions import ways as register
from .permissions.asking import (
    ALLOWED,
    CLOSED,
    HIDDEN,
    REFUSED,
    SIGN_IN,
    Asker,
    expected,
)
from .permissions.nouns import offered
from .permissions.steps import DEEDS
from .permissions.table import VIEWERS, holds, roles
from .permissions.way import Way
from .permissions.ways import ways
from .permissions.world import OWN, SAME, build
from .routes import routes

pytestmark = pytest.mark.django_db

#: Cells that the whole matrix has at least, those of them that are denials, and those
#: of the quick run.
CELLS, DENIALS, QUICK = 4500, 1800, 1000


@pytest.fixture(autouse=True)
def _plain_files(settings, monkeypatch):
    # Each refusal is logged with its way through the program, thousands of times.
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


@pytest.fixture
def root(db) -> User:
    return User.objects.create_user("root", is_staff=True, is_superuser=True)


def cells(found: list[Way]) -> list[tuple[Way, str]]:
    return [(way, relation) for way in found for relation in way.relations]


def quick(whole: list[tuple[Way, str]]) -> dict[str, list[tuple[Way, str]]]:
    """Each request once by somebody who may, and by one who may not, in turn.

    Where a statement is hidden from some and refused to others, by one of each. Over
    the whole matrix each kind of person asks for much.
    """
    plan: dict[str, list[tuple[Way, str]]] = {viewer: [] for viewer in VIEWERS}
    for number, (way, relation) in enumerate(whole):
        told = {viewer: expected(way, viewer, relation) for viewer in VIEWERS}
        for answers in ({ALLOWED}, {HIDDEN}, {SIGN_IN, CLOSED, REFUSED}):
            who = [viewer for viewer in VIEWERS if told[viewer] in answers]
            if who:
                plan[who[number % len(who)]].append((way, relation))
    return plan


def answer(plan: dict[str, list[tuple[Way, str]]], request) -> None:
    world = build()
    wrong = []
    for viewer, asked in plan.items():
        world.become(viewer)
        asker = Asker(world)
        asker.ask(asked)
        wrong += asker.wrong
        request.node.user_properties.append(("permission cells", (viewer, asker.cells)))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "part", [0, *(pytest.param(part, marks=pytest.mark.long) for part in (1, 2))]
)
def test_each_request_is_granted_once_and_denied_once(part, root, request):
    plan = quick(cells(ways(root)))
    assert sum(map(len, plan.values())) >= QUICK
    answer({viewer: asked[part::3] for viewer, asked in plan.items()}, request)


@pytest.mark.long
@pytest.mark.parametrize("viewer", VIEWERS)
def test_everybody_may_what_the_table_says_and_no_more(viewer, root, request):
    whole = cells(ways(root))
    asked = set(quick(whole)[viewer])
    answer({viewer: [cell for cell in whole if cell not in asked]}, request)


def test_a_right_given_or_taken_beside_the_table_is_found(root):
    """The positive control: what the matrix says of a hole, and of a lost right."""
    world = build()
    world.become("Author")
    asked = [
        (way, SAME)
        for way in ways(root)
        if way.name in {"publish withdraw", "review submit", "organization add POST"}
    ]
    sound = Asker(world)
    sound.ask(asked)
    assert sound.wrong == []
    rights = Permission.objects.filter(content_type__app_label="statements")
    role = Group.objects.get(name="Author")
    role.permissions.add(
        *rights.filter(codename__in=["withdraw_article", "add_organization"])
    )
    role.permissions.remove(rights.get(codename="submit_edition"))
    holed = Asker(world)
    holed.ask(asked)
    assert sorted(line.partition(" as ")[0] for line in holed.wrong) == [
        "organization add POST (same desk)",
        "publish withdraw (same desk)",
        "review submit (same desk)",
    ]


def test_every_denial_has_an_allowed_twin(root):
    """What is denied to one is allowed, and so was seen to work, for another.

    The twin is the same request of the same statement; only where it is denied to
    whoever wrote the words is it that of a colleague's.
    """
    counted = dict.fromkeys((SIGN_IN, CLOSED, REFUSED, HIDDEN, ALLOWED), 0)
    lonely = []
    for way, relation in cells(ways(root)):
        told = {viewer: expected(way, viewer, relation) for viewer in VIEWERS}
        for answer in told.values():
            counted[answer] += 1
        twin = SAME if way.other_eyes and relation == OWN else relation
        allowed = any(expected(way, viewer, twin) == ALLOWED for viewer in VIEWERS)
        if not allowed and not way.closed:
            lonely.append((way.name, relation))
    assert lonely == []
    assert sum(counted.values()) >= CELLS
    assert counted[SIGN_IN] + counted[REFUSED] + counted[HIDDEN] >= DENIALS


def test_every_page_and_button_is_in_the_matrix_or_exempted_with_a_reason(root):
    """A new address, action or button fails here until somebody says what it needs."""
    there = {
        route.name or route.template
        for route in routes()
        if route.template.startswith(("/admin/", "/staff/"))
    }
    # One address for many pages, each with its buttons.
    there.discard("admin:statements_article_step")
    there |= {f"step {step}" for step in PAGES}
    there |= {
        f"button {step}.{act}" for step, page in PAGES.items() for act in page.actions
    }
    there |= {f"action {noun}.{name}" for noun, name in offered(root)}
    tried = {way.source for way in ways(root)}
    assert tried & register.EXEMPT.keys() == set()
    assert there == tried | register.EXEMPT.keys()


def test_every_right_of_the_table_opens_something(root):
    """A right that nothing asks for is a word in the handbook only."""
    asked = {right for way in ways(root) for right in (*way.door, *way.deed)}
    given = {right for rights in roles().values() for right in rights}
    assert given - asked - UNASKED.keys() == set()
    assert UNASKED.keys() <= given - asked


#: Rights that no page or button asks for by itself, each with the reason.
UNASKED = dict.fromkeys(
    ("view_othername", "view_identifier", "view_resolutionrelation"),
    "Without it the page of a row leaves out the rows beside it.",
)


def test_rows_beside_a_row_are_shown_to_those_who_may_see_them(root):
    """Editors see a person's other names, and not what registers call the person."""
    world = build()
    url = reverse(
        "admin:statements_spokesperson_change", args=[world.hosts["spokesperson"].pk]
    )
    shown = {}
    for viewer in ("Author", "Editor", "Data steward"):
        world.become(viewer)
        page = Asker(world).client.get(url).content.decode()
        shown[viewer] = ["Z. Quay" in page, "identifiers-group" in page]
    assert shown == {
        "Author": [True, False],
        "Editor": [True, False],
        "Data steward": [True, True],
    }


def test_the_oracle_reads_the_table():
    """The positive control of all that is computed from it."""
    assert holds("Publisher", "withdraw_article")
    assert not holds("Editor", "withdraw_article")
    assert not holds("none", "view_article")
    assert {deed.step for deed in DEEDS} == PAGES.keys()

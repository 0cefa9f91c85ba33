"""Verbs ask for the right themselves: a command or another door may call them too."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from statements.editorial import catalogue, intake, loading
from statements.exchange.popolo import PopoloFile
from statements.exchange.undl import ResolutionRow
from statements.models import (
    Appointment,
    Audit,
    Identifier,
    Kind,
    Organization,
    OtherName,
    Post,
    Resolution,
    ResolutionAlias,
    ResolutionBody,
    ResolutionRelation,
    Spokesperson,
    Tag,
)

from .. import builders

pytestmark = pytest.mark.django_db

CATALOGUE = (
    Kind,
    Tag,
    Organization,
    Post,
    Spokesperson,
    Appointment,
    OtherName,
    Identifier,
    ResolutionBody,
    Resolution,
    ResolutionAlias,
    ResolutionRelation,
)


@pytest.fixture
def keeper():
    return builders.make_user("karim")


def give(user, *codenames):
    """Exactly these rights; the user as read afresh."""
    permissions = user.user_permissions.model.objects
    user.user_permissions.set(
        permissions.filter(codename__in=codenames, content_type__app_label="statements")
    )
    return type(user).objects.get(pk=user.pk)


def row_of(model, okafor, spokesperson_post, resolution):
    made = {
        Kind: {"name": "Reading", "slug": "reading"},
        Tag: {"name": "Gulls"},
        Organization: {"name": "Harbour Board"},
        Post: {"label": "Envoy", "organization": spokesperson_post.organization},
        Spokesperson: {"name": "Zora Quay"},
        Appointment: {"person": okafor, "post": spokesperson_post},
        OtherName: {"person": okafor, "name": "I. Okafor"},
        Identifier: {"person": okafor, "scheme": "pier", "identifier": "7"},
        ResolutionBody: {"name": "Pier Council", "slug": "pier-council"},
        Resolution: {"symbol": "HC/1", "body": resolution.body},
        ResolutionAlias: {"resolution": resolution, "name": "The hunger resolution"},
        ResolutionRelation: {
            "resolution": resolution,
            "other": resolution,
            "kind": ResolutionRelation.Kind.RECALLS,
        },
    }
    return model(**made[model])


@pytest.mark.parametrize("model", CATALOGUE, ids=lambda model: model.__name__)
def test_each_row_of_the_catalogue_asks_for_its_own_right(
    model, keeper, okafor, spokesperson_post, resolution, ministry, system
):
    noun = model._meta.model_name
    if model is ResolutionRelation:
        other = builders.make_resolution("S/RES/1325 (2000)", by=system)
        row = row_of(model, okafor, spokesperson_post, resolution)
        row.other = other
    else:
        row = row_of(model, okafor, spokesperson_post, resolution)
    everything = [f"{verb}_{noun}" for verb in ("add", "change", "delete")]
    before = Audit.objects.count()

    def refused(verb):
        """All rights of the row but one do not suffice."""
        return give(keeper, *[name for name in everything if name != f"{verb}_{noun}"])

    with pytest.raises(PermissionDenied):
        catalogue.keep(row, by=refused("add"))
    assert Audit.objects.count() == before
    catalogue.keep(row, by=give(keeper, f"add_{noun}"))
    kept = Audit.objects.count()
    with pytest.raises(PermissionDenied):
        catalogue.keep(row, by=refused("change"))
    if hasattr(row, "listed_at"):
        with pytest.raises(PermissionDenied):
            catalogue.list_publicly([row], by=refused("change"))
    with pytest.raises(PermissionDenied):
        catalogue.remove(row, by=refused("delete"))
    assert Audit.objects.count() == kept
    catalogue.keep(row, by=give(keeper, f"change_{noun}"))
    if hasattr(row, "listed_at"):
        catalogue.list_publicly([row], by=give(keeper, f"change_{noun}"))
        assert model.objects.public().filter(pk=row.pk).exists()
    catalogue.remove(row, by=give(keeper, f"delete_{noun}"))
    assert not model.objects.filter(pk=row.pk).exists()


def test_one_row_that_may_not_be_shown_leaves_all_hidden(keeper, okafor, ministry):
    who = give(keeper, "change_spokesperson")
    with pytest.raises(PermissionDenied):
        catalogue.list_publicly([okafor, ministry], by=who)
    okafor.refresh_from_db()
    assert okafor.listed_at is None
    catalogue.list_publicly([okafor], by=who)
    okafor.refresh_from_db()
    assert okafor.listed_at is not None


def test_an_organisation_is_found_by_all_and_made_by_those_who_may(
    author, editor, ministry
):
    assert catalogue.organization_named(ministry.name, by=author) == ministry
    with pytest.raises(PermissionDenied):
        catalogue.organization_named("Harbour Board", by=author)
    made = catalogue.organization_named("Harbour Board", by=editor)
    assert list(Organization.objects.order_by("pk")) == [ministry, made]


def test_authors_choose_topics_and_make_none(author, editor, draft):
    """The page refused it; a command, ``receive --by``, did not."""
    catalogue.keep(Tag(name="Ferries"), by=editor)
    with pytest.raises(PermissionDenied):
        intake.set_address(draft.article, by=author, tags=["ferries", "Gulls"])
    assert not draft.article.tags.exists()
    intake.set_address(draft.article, by=author, tags=["ferries"])
    assert [tag.name for tag in draft.article.tags.all()] == ["Ferries"]
    intake.set_address(draft.article, by=editor, tags=["Gulls"])
    assert [tag.name for tag in draft.article.tags.all()] == ["Gulls"]


def test_a_list_of_people_needs_the_right_to_all_that_it_brings(editor, steward):
    """It writes identifiers as well, which editors do not keep."""
    file = PopoloFile((), (), (), ())
    with pytest.raises(PermissionDenied, match=r"^You may not add identifiers\.$"):
        loading.load_people(file, by=editor)
    assert loading.load_people(file, by=steward).made == {}


def listed(symbol, **fields):
    row = {
        "line": 1,
        "number": 2417,
        "year": 2018,
        "adopted_on": dt.date(2018, 5, 24),
        "title": "",
        "topic": "Ferries",
        "yes": 15,
        "no": 0,
        "abstain": 0,
        "adoption": "vote",
        "meeting": "",
        "source": "",
        "note": "",
    }
    return ResolutionRow(symbol=symbol, **(row | fields))


def test_a_list_of_resolutions_changes_none_for_those_who_may_only_add(
    editor, steward, resolution
):
    both = [listed("S/RES/2417 (2018)"), listed("S/RES/2418 (2018)", number=2418)]
    with pytest.raises(PermissionDenied):
        loading.load_resolutions(both, by=editor)
    assert Resolution.objects.get() == resolution
    assert loading.load_resolutions(both[1:], by=editor).made == {"resolutions": 1}
    assert loading.load_resolutions(both, by=steward).known == {"resolutions": 2}
    resolution.refresh_from_db()
    assert resolution.topic == "Ferries"


#: They take ``by`` and ask nothing: parts of verbs, which have asked already.
PARTS = {
    "editions.follow",
    "editions.unseen",
    "intake.touch",
    "media.store",
    "notices.tell",
    "traces.note",
    "verbs.contributed",
}
#: They touch or show rows of ``by`` alone: what was typed, who is there, and how they
#: wish to be told.
OWN = {
    *(f"buffers.{name}" for name in ("close", "leave", "offered", "throw_away")),
    "buffers.unsaved",
    "calendars.revoke_key",
    "notices.choose",
    *(f"preferring.{name}" for name in ("forget", "prefer", "preferred")),
}

#: They tell ``by`` what is to be looked at, and change nothing.
TOLD = {
    "advising.advise_many",
    "advising.look_many",
    "bulk.chosen",
    "twins.find",
}

FOLDER = Path(intake.__file__).parent


def functions() -> dict[str, ast.FunctionDef]:
    """Every function of the room, ``quoting.accept``, from the syntax trees."""
    return {
        f"{path.stem}.{node.name}": node
        for path in sorted(FOLDER.glob("*.py"))
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
    }


def called(name: str, node: ast.FunctionDef) -> set[str]:
    """What a function calls, by the names of ``functions``."""
    module = name.partition(".")[0]
    found = set()
    for call in ast.walk(node):
        if not isinstance(call, ast.Call):
            continue
        match call.func:
            case ast.Name(id=inner):
                found.add(f"{module}.{inner}")
            case ast.Attribute(value=ast.Name(id=room), attr=inner):
                found.add(f"{room}.{inner}")
    return found


def unasked(there: dict[str, ast.FunctionDef]) -> set[str]:
    """Public functions that act for somebody, and never come to ask for a right."""
    asking = {name for name in there if name.partition(".")[2].startswith("demand")}
    while more := {
        name
        for name, node in there.items()
        if name not in asking and called(name, node) & asking
    }:
        asking |= more
    return {
        name
        for name, node in there.items()
        if "by" in {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
        and not name.partition(".")[2].startswith("_")
        and name not in asking
    }


def test_every_verb_asks_for_a_right_by_itself_or_by_another():
    there = functions()
    assert {"catalogue.keep", "quoting.accept", "publishing.publish"} <= there.keys()
    assert unasked(there) - PARTS - OWN - TOLD == set()


def test_a_verb_that_asks_for_nothing_is_found():
    careless = ast.parse("def hide(row, *, by):\n    row.delete()").body[0]
    lazy = ast.parse("def hide_all(rows, *, by):\n    hide(rows[0], by=by)").body[0]
    there = functions() | {"careless.hide": careless, "careless.hide_all": lazy}
    assert unasked(there) - PARTS - OWN - TOLD == {"careless.hide", "careless.hide_all"}

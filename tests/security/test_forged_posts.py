"""Class: a button is hidden, and the address behind it is not.

Every page of the admin's registry is asked by every role, by forged POSTs, whatever it
draws for them. What a role lacks is refused and leaves no trace in the audit.
"""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import NoReverseMatch, reverse

from statements.editorial import catalogue, editions, publishing
from statements.foundation import ROLES
from statements.models import Audit, User

from .. import builders
from ..admin.conftest import Colleague

pytestmark = pytest.mark.django_db

#: Nobody writes these rows by hand, whatever their role.
RECORD = {"edition", "quote", "citation", "permalink", "formeraddress", "audit"}
NEVER = {
    *((noun, verb) for noun in RECORD for verb in ("add", "change", "delete")),
    ("article", "delete"),  # by its verb alone, on the page Publish
    ("article", "change"),  # leads on to the newest edition
    ("user", "delete"),
    ("mediaasset", "delete"),
    ("desk", "delete"),
    ("group", "add"),
    ("group", "change"),
    ("group", "delete"),
}


def may(role: str, verb: str, noun: str) -> bool:
    return (noun, verb) not in NEVER and f"{verb}_{noun}" in ROLES.get(role, [])


@pytest.mark.parametrize("role", ["", *ROLES])
def test_no_role_writes_what_it_may_not(role, live, resolution, strait_desk):
    user = builders.make_user("forger", *([role] if role else []), desk=strait_desk)
    client = Client()
    client.force_login(user)
    rows = {
        model: model._default_manager.exclude(pk=user.pk)
        if model is User
        else model._default_manager.all()
        for model in admin.site._registry
    }
    before = Audit.objects.filter(actor=user).count()
    wrong, asked = [], 0
    for model, found in rows.items():
        noun, row = model._meta.model_name, found.order_by("pk").first()
        for verb in ("add", "change", "delete"):
            if may(role, verb, noun) or (verb != "add" and row is None):
                continue
            url = reverse(
                f"admin:{model._meta.app_label}_{noun}_{verb}",
                args=[] if verb == "add" else [row.pk],
            )
            response = client.post(url, {"post": "yes", "name": "x", "action": "save"})
            asked += 1
            led_on = (noun, verb) == (
                "article",
                "change",
            ) and response.status_code < 400
            if response.status_code not in {403, 404} and not led_on:
                wrong.append((url, response.status_code))
        if row is not None:
            for action in ("delete_selected", "show", "hide", "merge", "deactivate"):
                if may(role, "change", noun) or may(role, "delete", noun):
                    continue
                client.post(
                    reverse(f"admin:{model._meta.app_label}_{noun}_changelist"),
                    {
                        "action": action,
                        "_selected_action": [row.pk],
                        "post": "yes",
                    },
                )
                asked += 1
    assert wrong == []
    assert asked > 20
    assert Audit.objects.filter(actor=user).count() == before


STEPS = {
    "write": ("save", "submit", "begin"),
    "quotes": (
        [
            "decide",
            "safe",
            "confirm",
            "confirm_all",
            "speaker",
            "remove",
            "quote",
            "cite",
            "uncite",
        ]
    ),
    "check": ("waive", "silence", "lift", "rebase"),
    "review": ("submit", "return", "approve"),
    "publish": (
        ["publish", "schedule", "unschedule", "withdraw", "discard_edition", "discard"]
    ),
    "files": ("upload", "attach", "words", "take"),
}


@pytest.mark.parametrize("role", ["", "Auditor", "Data steward"])
def test_those_who_only_read_do_nothing_to_a_statement(role, live, author, strait_desk):
    following = editions.begin(live.article, by=author)
    user = builders.make_user("reader", *([role] if role else []), desk=strait_desk)
    client = Client()
    client.force_login(user)
    for edition in (live, following):
        for step, actions in STEPS.items():
            url = reverse(
                "admin:statements_article_step",
                args=[edition.article_id, edition.number, step],
            )
            for action in actions:
                client.post(
                    url,
                    {
                        "action": action,
                        "lock_version": edition.lock_version,
                        "quote": edition.quotes.get().permalink_id,
                        "sure": "yes",
                        "reason": "error",
                        "note": "x",
                        "unreviewed_reason": "x",
                        "rule": "alt",
                        "why": "x",
                        "remark": "x",
                        "change": "minor",
                    },
                )
    assert not Audit.objects.filter(actor=user).exists()


RISES = {
    "is_superuser": "on",
    "user_permissions": ["1", "2", "3"],
    "groups": ["1", "2", "3", "4", "5", "6"],
    "is_staff": "on",
    "is_active": "on",
}


@pytest.mark.parametrize("role", [role for role in ROLES if role != "Administrator"])
def test_nobody_else_touches_accounts(role, author):
    user = builders.make_user("climber", role)
    climber = Colleague(user)
    for whom in (user, author):
        for name in ("change", "delete", "history"):
            url = reverse(f"admin:statements_user_{name}", args=[whom.pk])
            response = climber.client.post(url, {"username": whom.username, **RISES})
            assert response.status_code in {403, 404}
        url = reverse("admin:auth_user_password_change", args=[whom.pk])
        response = climber.client.post(url, {"password1": "x", "password2": "x"})
        assert response.status_code in {403, 404}
    url = reverse("admin:statements_user_add")
    assert climber.client.post(url, RISES).status_code == 403
    user.refresh_from_db()
    assert [group.name for group in user.groups.all()] == [role]


def test_an_administrator_gives_nobody_all_powers(administrator, author, system):
    ada = Colleague(administrator)
    for whom in (administrator, author):
        url = reverse("admin:statements_user_change", args=[whom.pk])
        ada.client.post(url, {"username": whom.username, **RISES})
        whom.refresh_from_db()
        assert not whom.is_superuser
        assert not whom.user_permissions.exists()
    root = builders.make_user("root")
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    for account in (root, system):
        for name in ("statements_user_change", "auth_user_password_change"):
            url = reverse(f"admin:{name}", args=[account.pk])
            form = {"username": "mine", "password1": "x" * 20, "password2": "x" * 20}
            assert ada.client.post(url, form).status_code in {403, 404}
    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_user_add")


def test_by_is_no_escalation(ready, author, steward, okafor, system):
    """A command acts with the rights of whom ``--by`` names, and no more."""
    other = builders.make_person("Ilse Okafor-Brandt", by=system)
    for user in (author, steward):
        with pytest.raises(PermissionDenied):
            publishing.publish(ready, by=user, unreviewed_reason="x")
    with pytest.raises(PermissionDenied):
        catalogue.merge(okafor, other, by=author)
    User.objects.filter(pk=author.pk).update(is_active=False)
    gone = User.objects.get(pk=author.pk)
    with pytest.raises(PermissionDenied):
        builders.make_draft(by=gone)

"""Who works here, and who asks without a right to be told."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Mapping, Sequence

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from statements.models import User

from ... import builders
from .world import Cast

ANONYMOUS = "anonymous"
AUTHOR = "author of another desk"
EDITOR = "editor without the right"
#: Members of the newsroom: they read the catalogue in the admin, and their own desk.
MEMBERS = (AUTHOR, EDITOR)
SIGNED_IN = (*MEMBERS, "staff without a role")

#: One name may stand for several people, who ask in turn.
type Viewers = Mapping[str, Sequence[Client]]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _session(client: Client) -> Session:
    return Session.objects.get(pk=client.session.session_key)


def _dead(user: User) -> list[Client]:
    """Holders of a cookie that opens nothing: ended, run out, forged."""
    ended, expired, forged = signed_in(user), signed_in(user), Client()
    _session(ended).delete()
    old = _session(expired)
    old.expire_date = timezone.now() - dt.timedelta(seconds=1)
    old.save()
    forged.cookies = copy.deepcopy(expired.cookies)
    forged.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    return [ended, expired, forged]


def _signed_out(user: User) -> Client:
    client = signed_in(user)
    client.post("/admin/logout/")
    # As a browser does with a cookie taken back.
    client.cookies.clear()
    return client


@pytest.fixture
def cast(
    author, editor, publisher, outsider, steward, administrator, system, culture_desk
) -> Cast:
    return Cast(
        amina=author,
        edgar=editor,
        petra=publisher,
        stefan=steward,
        ada=administrator,
        odile=outsider,
        olga=builders.make_user("olga", "Author", desk=culture_desk),
        edda=builders.make_user("edda", "Editor"),
        noor=builders.make_user("noor"),
        system=system,
    )


@pytest.fixture
def viewers(cast) -> Viewers:
    """Who asks, none of whom may be told."""
    return {
        ANONYMOUS: [Client()],
        "dead token": _dead(cast.petra),
        "just signed out": [_signed_out(cast.petra)],
        AUTHOR: [signed_in(cast.olga)],
        # Of another desk, and of none.
        EDITOR: [signed_in(cast.odile), signed_in(cast.edda)],
        "staff without a role": [signed_in(cast.noor)],
    }

"""An address that is taken tells no more than that it is taken.

Two statements of a day cannot share an address, so a desk that types one which another
desk has already chosen is given the next: ``calm`` becomes ``calm-2``. That is known
and accepted: somebody who guesses the day and the words of an address learns that there
is such a statement, as they would from a sentence of refusal. What they do not learn is
whose it is, whether it is out, hidden or was moved, or a word of it; and whoever may
not write learns nothing at all. Names in the catalogue are read by everybody with a
role, so a slug taken there is no secret.
"""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from statements.models import Edition, Kind

from ..admin.conftest import Colleague, address
from .leaks import oracle, world
from .leaks.states import STATES, release
from .leaks.viewers import signed_in
from .leaks.words import OF_DESK, canary, invented

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("static_files_as_they_lie"),
]

#: Longer by the slug that the page repeats.
LENGTH = re.compile(r"(?:Content-Length|ETag): .*\n")
ADD = reverse("admin:statements_article_add")
HOLDING = [
    pytest.param(
        one, id=one.name, marks=() if one.name == "scheduled" else pytest.mark.long
    )
    for one in STATES
    if not one.newer and one.name != "live"
]


@pytest.fixture
def known(cast) -> world.Known:
    return world.make_known(cast)


@pytest.fixture(params=HOLDING)
def secret(request, cast, known) -> world.Secret:
    state, secret = request.param, world.make_secret(cast, known)
    if state.after:
        release(cast, secret)
    state.bring(cast, secret)
    return secret


def form(cast: world.Cast, known: world.Known, **fields: object) -> dict[str, object]:
    return {
        "action": "save",
        "token": "0" * 32,
        "title": "Pilots for the strait",
        "summary": "",
        "body": "The strait was calm.",
        "dated": known.article.dated.isoformat(),
        "kind": Kind.objects.get(slug="statement").pk,
        "issuer": "",
        "language": "en",
        "desk": cast.odile.desks.get().pk,
        "topics": "",
        "byline": "",
        "slug": "",
        **fields,
    }


def told(client: Client, data: dict[str, object], slug: str) -> str:
    """All that a POST of a new statement leads to, with names in place of keys."""
    with transaction.atomic():
        answer = client.post(ADD, data, follow=True)
        steps = [str(status) for _, status in answer.redirect_chain]
        text = oracle.read(answer).whole
        made = Edition.objects.order_by("pk").last()
        assert made is not None
        transaction.set_rollback(True)
    text = text.replace(f"/article/{made.article_id}/", "/article/KEY/")
    text = text.replace(slug, "SLUG")
    return "\n".join([*steps, LENGTH.sub("", text)])


def in_the_address(cast, known, client, slug: str) -> str:
    return told(client, form(cast, known, slug=slug), slug)


def in_the_title(cast, known, client, slug: str) -> str:
    """Without an address typed, one is made of the title."""
    return told(client, form(cast, known, title=slug), slug)


@pytest.mark.parametrize("field", ["article.slug", "former.path"])
def test_a_taken_address_tells_what_any_taken_address_tells(cast, known, secret, field):
    assert secret.article.dated == known.article.dated
    ear = oracle.Ear(secret.values)
    taken, unused = canary(field), invented(canary(field))
    for user, typed in ((cast.odile, in_the_address), (cast.olga, in_the_title)):
        client = signed_in(user)
        hidden = typed(cast, known, client, taken)
        public = typed(cast, known, client, known.article.slug)
        never = typed(cast, known, client, unused)
        assert "SLUG-2" in hidden
        assert hidden == public
        assert hidden.replace("SLUG-2", "SLUG") == never
        assert not ear.hears(oracle.Answer(0, (), hidden)).keys() & set(OF_DESK)


def test_a_draft_moved_to_a_taken_address_tells_no_more(cast, known, secret):
    odile = Colleague(cast.odile)
    odile.new()
    mine = Edition.objects.order_by("pk").last()
    day = known.article.dated.isoformat()
    pages = []
    for slug in (canary("article.slug"), known.article.slug, "quite-another"):
        with transaction.atomic():
            answers = [
                oracle.read(odile.write(mine, slug=slug, dated=day)),
                oracle.read(odile.client.get(address(mine, "write"))),
            ]
            transaction.set_rollback(True)
        whole = "\n".join(answer.whole for answer in answers)
        pages.append(LENGTH.sub("", whole.replace(slug, "SLUG")))
    hidden, public, never = pages
    assert "SLUG-2" in hidden
    assert hidden == public
    assert hidden.replace("SLUG-2", "SLUG") == never


def test_who_may_not_write_is_told_nothing_of_addresses(cast, known, secret):
    for client in (Client(), signed_in(cast.noor)):
        answers = []
        for slug in (secret.article.slug, invented(secret.article.slug)):
            answer = oracle.read(client.post(ADD, form(cast, known, slug=slug)))
            answers.append(answer.whole.replace(slug, "SLUG"))
        assert answers[0] == answers[1]
    assert Edition.objects.count() == 2

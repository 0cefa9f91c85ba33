"""No mail tells a word of what is hidden, in any state, of any kind, to anybody.

A letter of each kind is written to colleagues of all sorts, whether or not the verbs
would write it, and everything that is sent is read. Once readers have the text,
its title must be told: else nothing would have been read.
"""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import transaction

from statements.editorial import posting
from statements.models import Edition, Letter, Mailbox, Notice, Wish

from .leaks import oracle, world
from .leaks.states import STATES, now, release

pytestmark = pytest.mark.django_db

#: A member of the desk, and who sees every desk. Odile is of another, and Noor of none.
READERS = {"amina", "ada"}


def write_to_all(edition: Edition) -> None:
    """A letter of each kind to each person, in place of those that the verbs wrote."""
    Letter.objects.all().delete()
    edition.refresh_from_db()
    moment = now()
    at = {
        Notice.PUBLISHED: edition.published_at,
        Notice.CORRECTED: edition.published_at,
        Notice.WITHDRAWN: edition.withdrawn_at,
    }
    Letter.objects.bulk_create(
        Letter(
            box=box,
            kind=kind,
            edition=edition,
            at=at.get(kind) or moment,
            due_at=moment,
        )
        for box in Mailbox.objects.all()
        for kind in Notice
    )


def sent() -> dict[str, str]:
    """What each person is sent: all headers and parts, as they are read."""
    mail.outbox.clear()
    posting.send_due()
    read: dict[str, str] = {}
    for each in mail.outbox:
        made = each.message()
        told = [f"{name}: {value}" for name, value in made.items()]
        told += [part.get_content() for part in made.iter_parts()]
        (to,) = each.to
        name = to.partition("@")[0]
        read[name] = read.get(name, "") + "\n".join(told)
    mail.outbox.clear()
    return read


@pytest.mark.parametrize("newer", [False, True])
def test_no_mail_tells_a_word_of_what_is_hidden(cast, newer):
    for person in (cast.amina, cast.ada, cast.odile, cast.noor):
        person.email = f"{person.username}@vallorn.example"
        person.save()
        # Amina is told of remarks at once, and all of them of the rest by a digest.
        wishes = dict.fromkeys(Notice.values, Wish.DIGEST.value)
        if person == cast.amina:
            wishes["remark"] = Wish.ONCE.value
        Mailbox.objects.create(user=person, wishes=wishes)
    known = world.make_known(cast)
    secret = world.make_secret(cast, known, of=known.article if newer else None)
    ear = oracle.Ear(secret.values)

    def heard() -> dict[str, set[str]]:
        write_to_all(secret.edition)
        return {
            name: set(ear.hears(oracle.Answer(0, (), told)))
            for name, told in sent().items()
        }

    states = [state for state in STATES if state.newer == newer]
    assert len(states) == (3 if newer else 9)
    for state in states:
        with transaction.atomic():
            if state.after:
                release(cast, secret)
            state.bring(cast, secret)
            told = READERS if "in the bin" not in state.name else set()
            shown = {"edition.title"} if state.inside else set()
            assert heard() == dict.fromkeys(told, shown), state.name
            if state.name == "scheduled":
                release(cast, secret)
                assert heard() == {name: {"edition.title"} for name in READERS}
            transaction.set_rollback(True)

"""What a worker is killed in: each kind of save, ready to be sent.

A save is a form that somebody sends, with its token, or a command that loads a file.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from statements.editorial import editions, publishing
from statements.models import (
    Appointment,
    Desk,
    Edition,
    Resolution,
    Spokesperson,
    User,
)

from .. import builders
from ..admin.conftest import address, edition_version, filled

#: One save: called in the worker, again for the same form.
type Save = Callable[[], None]

BODY = f"{builders.BODY}\nShe recalled resolution 2417 (2018)."


@dataclass
class Cast:
    """Those who save, signed in, and those who are quoted."""

    author: User
    editor: User
    publisher: User
    steward: User
    okafor: Spokesperson
    office: Appointment
    resolution: Resolution
    clients: dict[int, Client]

    @classmethod
    def hired(cls) -> Cast:
        system = User.objects.system()
        desk = Desk.objects.create(name="Strait")
        staff = [
            builders.make_user("amina", "Author", desk=desk),
            builders.make_user("edgar", "Editor", desk=desk),
            builders.make_user("petra", "Publisher", desk=desk),
            builders.make_user("stefan", "Data steward"),
        ]
        ministry = builders.make_organization("Ministry of Foreign Affairs", by=system)
        okafor = builders.make_person("Ilse Okafor", gender="female", by=system)
        clients = {}
        for user in staff:
            clients[user.pk] = Client(HTTP_HOST="localhost")
            clients[user.pk].force_login(user)
        return cls(
            *staff,
            okafor=okafor,
            office=builders.make_appointment(
                okafor,
                builders.make_post("Spokesperson", ministry, by=system),
                starts_on=dt.date(2024, 1, 1),
                by=system,
            ),
            resolution=builders.make_resolution(by=system),
            clients=clients,
        )

    def sends(self, user: User, url: str, form: dict[str, Any]) -> Save:
        """A form, sent by somebody; what is answered otherwise than by going on."""
        form = form | {"token": secrets.token_hex(16)}

        def send() -> None:
            response = self.clients[user.pk].post(url, form)
            if response.status_code != 302:
                raise AssertionError(f"{url} answered {response.status_code}.")

        return send

    def step(
        self, user: User, edition: Edition, step: str, action: str, **fields: Any
    ) -> Save:
        form = {"action": action, "lock_version": edition_version(edition), **fields}
        return self.sends(user, address(edition, step), form)

    def draft(self) -> Edition:
        return builders.make_draft(by=self.author, body=BODY)

    def ready(self) -> Edition:
        """A draft with a quote and a citation, both confirmed."""
        draft = self.draft()
        builders.quote_words(
            draft, "The ferries will sail,", by=self.author, speaker=self.okafor
        )
        builders.cite(draft, "resolution 2417 (2018)", self.resolution, by=self.author)
        return draft

    def approved(self) -> Edition:
        ready = publishing.submit(self.ready(), by=self.author)
        return publishing.approve(ready, by=self.editor)

    def live(self) -> Edition:
        return publishing.publish(self.approved(), by=self.publisher)


def receive(cast: Cast) -> Save:
    form = filled(cast.draft(), cast.author)
    form |= {"action": "save", "title": f"Pilots {secrets.token_hex(4)}", "slug": ""}
    return cast.sends(cast.author, reverse("admin:statements_article_add"), form)


def revise(cast: Cast) -> Save:
    edition = cast.ready()
    form = filled(edition, cast.author)
    form["body"] = form["body"].replace("The strait was calm", "The sea was rough")
    form["title"] = "The ferries will sail again"
    return cast.step(cast.author, edition, "write", "save", **form)


def move(cast: Cast) -> Save:
    edition = cast.live()
    form = filled(_next(cast, edition), cast.publisher)
    form["slug"] = f"pilots-{secrets.token_hex(4)}"
    newest = Edition.objects.get(article=edition.article_id, number=2)
    return cast.step(cast.publisher, newest, "write", "save", **form)


def accept(cast: Cast) -> Save:
    return cast.step(cast.author, cast.draft(), "quotes", "safe")


def submit(cast: Cast) -> Save:
    return cast.step(cast.author, cast.ready(), "review", "submit")


def approve(cast: Cast) -> Save:
    edition = publishing.submit(cast.ready(), by=cast.author)
    return cast.step(cast.editor, edition, "review", "approve")


def publish(cast: Cast) -> Save:
    return cast.step(cast.publisher, cast.approved(), "publish", "publish")


def schedule(cast: Cast) -> Save:
    at = timezone.localtime() + dt.timedelta(hours=3)
    return cast.step(
        cast.publisher,
        cast.approved(),
        "publish",
        "schedule",
        at=f"{at:%Y-%m-%dT%H:%M}",
    )


def begin(cast: Cast) -> Save:
    return cast.step(
        cast.author, cast.live(), "write", "begin", change="minor", change_note="A word"
    )


def supersede(cast: Cast) -> Save:
    edition = publishing.submit(_next(cast, cast.live()), by=cast.author)
    edition = publishing.approve(edition, by=cast.editor)
    return cast.step(cast.publisher, edition, "publish", "publish")


def withdraw(cast: Cast) -> Save:
    return cast.step(
        cast.publisher,
        cast.live(),
        "publish",
        "withdraw",
        reason="error",
        note="The hour was wrong.",
    )


def merge(cast: Cast) -> Save:
    twins = [builders.make_person("Tarik Demir", by=cast.steward) for _ in range(2)]
    draft = cast.draft()
    builders.quote_words(
        draft, "The ferries will sail,", by=cast.author, speaker=twins[1]
    )
    form = {
        "action": "merge",
        "_selected_action": [twin.pk for twin in twins],
        "merging": "1",
        "into": twins[0].pk,
    }
    url = reverse("admin:statements_spokesperson_changelist")
    return cast.sends(cast.steward, url, form)


def load(cast: Cast) -> Save:
    name = secrets.token_hex(4)
    lines = [
        {
            "id": f"{name}-{number}",
            "source": "releases",
            "publisher": "Ministry of Foreign Affairs",
            "url": f"https://mfa.example/{name}-{number}",
            "date": "2026-03-02",
            "title": f"On the strait {name} {number}",
            "byline": "Office of the Spokesperson",
            "text": BODY,
        }
        for number in range(2)
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)

    def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "archive.jsonl")
            path.write_text(text)
            call_command(
                "load_statements", path, stdout=io.StringIO(), stderr=io.StringIO()
            )

    return run


def _next(cast: Cast, live: Edition) -> Edition:
    return editions.begin(live.article, by=cast.author)


#: All saves, by the names that the drill's report uses.
SAVES: dict[str, Callable[[Cast], Save]] = {
    "receive": receive,
    "revise": revise,
    "move": move,
    "accept quotes": accept,
    "submit": submit,
    "approve": approve,
    "publish": publish,
    "schedule": schedule,
    "begin": begin,
    "supersede": supersede,
    "withdraw": withdraw,
    "merge": merge,
    "load a file": load,
}

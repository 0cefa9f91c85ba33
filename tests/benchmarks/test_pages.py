"""What readers' pages cost, beside another system's and as the record grows.

Run by ``make bench-pages``. With ``PEER=folder`` the same pages of a Wagtail project
are timed in turns with ours. ``SIZES=few,many`` says between how many quotes pages may
not grow. Shares are of CPU time in one run, buffers PostgreSQL's.
A page is timed as the process has it, which is the limit's, and drawn anew, as after a
write: inside a transaction nothing is kept.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.template.base import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext, _TestState

from statements.models import (
    Article,
    Desk,
    Organization,
    Post,
    Quote,
    Resolution,
    Spokesperson,
    Tag,
)

from .. import builders
from ..chromium import static_files_as_they_lie  # noqa: F401  # a fixture
from . import crowd
from .peer import STATEMENTS, Peer

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.long,
    pytest.mark.usefixtures("static_files_as_they_lie"),
]

TURNS, PAGES = 9, 10

#: A record of so many quotes, and one of so many more.
FEW, MANY = map(int, (os.environ.get("SIZES") or "20000,1000000").split(","))

#: The most that a page may cost, as a share of the peer's page beside it.
SHARES = {
    "article": ("article", 0.20),
    "not modified": ("article", 0.10),
    "list": ("list", 0.15),
    "spokesperson": ("speaker", 0.20),
}
GROWTH = 1.2


@pytest.fixture
def told(capsys) -> Callable[[str], None]:
    def tell(line: str) -> None:
        with capsys.disabled():
            print(line, flush=True)

    return tell


@pytest.fixture
def peer(monkeypatch):
    folder = os.environ.get("PEER")
    if not folder:
        pytest.skip("PEER=folder of a Wagtail project gives the pages to compare with.")
    found = Peer(
        Path(folder).resolve(), settings.VAR / "peer", settings.DATABASES["default"]
    )
    found.prepare()
    found.start()
    # Tests note what each template was given; the peer's process does not.
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)
    yield found
    found.stop()


def test_pages_cost_a_share_of_the_peers(peer, editor, publisher, author, told):
    crowd.fill(STATEMENTS, editor=editor, publisher=publisher, author=author)
    client, chance = Client(), random.Random(3)
    statements = [
        each.get_absolute_url()
        for each in Article.objects.published().without_words()[:PAGES]
    ]
    people = [each.get_absolute_url() for each in Spokesperson.objects.all()[:PAGES]]
    tags = {path: client.get(path)["ETag"] for path in statements}

    def ask(paths: list[str], status: int = 200) -> float:
        began = time.process_time_ns()
        for path in paths:
            given = {"If-None-Match": tags[path]} if status == 304 else {}
            assert client.get(path, headers=given).status_code == status
        return (time.process_time_ns() - began) / 1e6 / len(paths)

    ours = {
        "article": lambda: ask(chance.sample(statements, k=PAGES)),
        "not modified": lambda: ask(list(tags), 304),
        "list": lambda: ask(["/statements/"] * PAGES),
        "spokesperson": lambda: ask(chance.sample(people, k=PAGES)),
    }
    theirs = {kind: kind for kind in ("article", "list", "speaker")}
    taken: dict[str, list[float]] = {
        name: [] for name in (*ours, *(f"{name}, drawn" for name in ours))
    }
    beside: dict[str, list[float]] = {name: [] for name in theirs}
    for turn in range(TURNS + 1):
        # A minute that ends between a tag and its question makes the page another.
        tags.update({path: client.get(path)["ETag"] for path in tags})
        for name, work in ours.items():
            work()  # Whoever asks first in a minute has it drawn.
            took = work()
            with transaction.atomic():
                drawn = work()
            if turn:
                taken[name].append(took)
                taken[f"{name}, drawn"].append(drawn)
        for kind in theirs:
            took = peer.takes(kind, PAGES)
            if turn:
                beside[kind].append(took)
    told(f"\nCPU ms a page, {STATEMENTS:,} statements; median of {TURNS} turns")
    over = []
    for name, (kind, most) in SHARES.items():
        own, other = statistics.median(taken[name]), statistics.median(beside[kind])
        drawn = statistics.median(taken[f"{name}, drawn"])
        told(
            f"  {name:<14}{own:8.2f}, drawn anew{drawn:8.2f}   beside {kind:<8}"
            f"{other:8.2f}   share {own / other:5.2f}, at most {most:.2f}; "
            f"drawn anew {drawn / other:5.2f}"
        )
        if own > most * other:
            over.append(name)
    assert over == []


def test_pages_read_as_little_of_many_quotes(transactional_db, told):
    read = {}
    for size in (FEW, MANY):
        # The staff go with all else.
        desk = Desk.objects.create(name="Strait")
        staff = {
            role.lower(): builders.make_user(role.lower(), role, desk=desk)
            for role in ("Author", "Editor", "Publisher")
        }
        crowd.fill(-(-size // crowd.QUOTES), **staff)
        read[size] = _buffers()
        call_command("flush", verbosity=0, interactive=False)
    told(f"\nBuffers of each page at {FEW:,} and at {MANY:,} quotes")
    over = []
    for name, few in read[FEW].items():
        many = read[MANY][name]
        told(f"  {name:<24}{few:8}{many:8}   {many / few:5.2f}, at most {GROWTH:.2f}")
        if many > GROWTH * few:
            over.append(name)
    assert over == []


def _buffers() -> dict[str, int]:
    """Blocks that the queries of each page touch, of the busiest of its kind."""
    newest = Article.objects.published().without_words()[0]
    person = Spokesperson.objects.order_by("pk")[0]
    quote = Quote.objects.public().newest()[0]
    resolution = Resolution.objects.order_by("pk")[0]
    organization = Organization.objects.order_by("pk")[0]
    post = Post.objects.order_by("pk")[0]
    topic = Tag.objects.order_by("pk")[0]
    said = person.get_absolute_url()
    addresses = {
        "home": "/",
        "statements": "/statements/",
        "statements of a year": f"/statements/{newest.dated.year}/",
        "statements of a month": f"/statements/{newest.dated:%Y/%m}/",
        "statements of a kind": f"/statements/?kind={newest.kind.slug}",
        "statements of a day": f"/statements/{newest.dated:%Y/%m/%d}/",
        "statement": newest.get_absolute_url(),
        "history": f"{newest.get_absolute_url()}history/",
        "quote": quote.get_absolute_url(),
        "people": "/people/",
        "spokesperson": said,
        "spokesperson in a year": f"{said}?year={quote.said_on.year}",
        "spokesperson on a topic": f"{said}?topic={topic.slug}",
        "spokesperson on both": f"{said}?topic={topic.slug}&year={quote.said_on.year}",
        "organizations": "/organizations/",
        "organization": organization.get_absolute_url(),
        "post": post.get_absolute_url(),
        "resolutions": "/resolutions/",
        "resolution": resolution.get_absolute_url(),
        "topics": "/topics/",
        "topic": topic.get_absolute_url(),
        "following": f"/following/?topic={topic.slug}",
        "search": "/search/?q=harbour",
        "feed of statements": "/feeds/statements.atom",
        "feed of quotes": "/feeds/quotes.atom",
        "feed of a topic": f"/feeds{topic.get_absolute_url()[:-1]}.atom",
        "corrections": "/corrections/",
    }
    client = Client()
    return {name: _touched(client, path) for name, path in addresses.items()}


def _touched(client: Client, path: str) -> int:
    assert client.get(path).status_code == 200, path
    # Inside a transaction no page is kept: it is drawn, with all that it asks.
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        client.get(path)
    touched = 0
    for query in asked.captured_queries:
        if not query["sql"].lstrip("(").startswith(("SELECT", "WITH")):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {query['sql']}")
            plan = json.loads(json.dumps(cursor.fetchone()[0]))[0]["Plan"]
        touched += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return touched

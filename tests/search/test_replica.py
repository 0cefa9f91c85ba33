"""A second PostgreSQL that answers the search: near, behind, cut off and gone."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.test import Client

from newsroom import environment
from newsroom.database import NAME, USER, Cluster
from newsroom.places import PORT, SHARED
from newsroom.postgresql.base import DatabaseWrapper
from newsroom.replica import ALIAS, Router
from statements.editorial import publishing
from statements.models import Quote, User, WithdrawnReason
from statements.public import kept
from statements.search import quotes as answers
from statements.search import replica
from statements.search.query import parse

MIB = 2**20
HERE = "the replica"


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Places:
    """How far both servers are, in bytes of the log; a replica may be gone."""

    def __init__(self) -> None:
        self.written = self.replayed = 10 * MIB
        self.gone = False
        self.asked = 0

    def __call__(self, alias: str, _asked: str) -> int:
        if alias != ALIAS:
            return self.written
        self.asked += 1
        if self.gone:
            raise OperationalError("no route")
        return self.replayed


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def places() -> Places:
    return Places()


@pytest.fixture
def watch(clock, places) -> replica.Watch:
    return replica.Watch(clock, places)


def test_a_replica_that_has_all_serves(watch):
    assert watch.serves()


def test_one_that_is_behind_from_the_start_does_not(watch, places):
    places.replayed -= 1
    assert not watch.serves()


def test_what_was_written_a_moment_ago_may_be_missing(watch, places, clock):
    assert watch.serves()
    places.written += MIB
    clock.now += 2
    assert watch.serves()


def test_what_was_written_long_ago_may_not(watch, places, clock, caplog):
    assert watch.serves()
    places.written += MIB
    served = []
    for _second in range(8):
        clock.now += 1
        served.append(watch.serves())
    # The place of the first second counts until it is MOST_BEHIND seconds old.
    assert served == [True] * 5 + [False] * 3
    places.replayed = places.written
    clock.now += 1
    assert watch.serves()
    assert [record.getMessage() for record in caplog.records] == [
        "The replica of the search is some seconds behind: the primary answers.",
        "The replica of the search answers again.",
    ]


def test_one_that_is_gone_is_left_alone_for_a_while(watch, places, clock, caplog):
    places.gone = True
    assert not watch.serves()
    clock.now += replica.REST - 1
    assert not watch.serves()
    assert places.asked == 1
    places.gone = False
    clock.now += 1
    assert watch.serves()
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


def test_both_are_asked_once_a_second_however_many_search(watch, places, clock):
    assert [watch.serves() for _ in range(100)] == [True] * 100
    assert places.asked == 1


def test_nothing_is_migrated_on_a_replica():
    assert Router().allow_migrate(ALIAS, "statements") is False
    assert Router().allow_migrate("default", "statements") is None


def test_its_address_waits_for_seconds_and_what_the_address_says_stands():
    primary = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    url = "postgresql://search@replica/newsroom?connect_timeout=9"
    found = environment.replica(url, primary, "SEARCH_DATABASE_URL")
    assert found["OPTIONS"] == {
        "connect_timeout": "9",
        "tcp_user_timeout": "3000",
        "options": "-c statement_timeout=5000 -c default_transaction_read_only=on",
    }
    assert found["CONN_MAX_AGE"] == 600


# -- a second server that is not there, and one that is -------------------------------


@pytest.fixture
def alias() -> Iterator[Callable[[dict], None]]:
    """Tell Django of the replica, as settings do with SEARCH_DATABASE_URL."""

    def tell(one: dict) -> None:
        them = connection.settings_dict | {"EMBEDDED": ""} | one
        connections.settings[ALIAS] = them
        # By another name, under which a test may connect to it.
        connections[ALIAS] = connections[HERE] = DatabaseWrapper(them, alias=HERE)

    former, replica.watch = replica.watch, replica.Watch()
    yield tell
    if ALIAS in connections.settings:
        connections[ALIAS].close()
        del connections.settings[ALIAS], connections[ALIAS], connections[HERE]
    replica.watch = former


@pytest.mark.django_db(transaction=True)
def test_where_the_replica_is_gone_the_primary_answers(alias, say, tmp_path, caplog):
    quote = say("The ferry goes on.")
    alias({"HOST": str(tmp_path)})
    page = replica.find(parse("ferry"), Quote.objects.public())
    assert (page.items, page.elsewhere) == ([quote], False)
    (told,) = [record.getMessage() for record in caplog.records]
    assert told.startswith("The replica of the search does not answer (connection")


@pytest.mark.django_db(transaction=True)
def test_a_server_that_follows_nobody_is_no_replica(alias, say, caplog):
    quote = say("The ferry goes on.")
    alias({})
    page = replica.find(parse("ferry"), Quote.objects.public())
    assert (page.items, page.elsewhere) == ([quote], False)
    assert "is no replica" in caplog.text


@pytest.mark.django_db
def test_within_a_transaction_the_primary_answers(alias, say, tmp_path, caplog):
    """What is written there is on no replica yet."""
    quote = say("The ferry goes on.")
    alias({"HOST": str(tmp_path)})
    assert replica.find(parse("ferry"), Quote.objects.public()).items == [quote]
    assert caplog.records == []


@dataclass
class Two:
    """A primary with the demo in it, and a replica of it that really runs."""

    primary: Cluster
    follower: Cluster

    def follower_says(self, statement: str) -> None:
        with self.follower.connect() as raw:
            raw.execute(statement)

    def wait(self) -> None:
        """Until the replica has replayed all that is written by now."""
        with self.primary.connect() as raw:
            (place,) = raw.execute("SELECT pg_current_wal_lsn()").fetchone()
        for _try in range(200):
            with self.follower.connect() as raw:
                asked = "SELECT pg_last_wal_replay_lsn() >= %s"
                (there,) = raw.execute(asked, [place]).fetchone()
            if there:
                return
            time.sleep(0.05)
        pytest.fail("The replica did not follow in ten seconds.")


@pytest.fixture
def two(tmp_path, alias, django_db_blocker) -> Iterator[Two]:
    # Short, and where any user may go: the servers' sockets lie there.
    here = SHARED / f"newsroom-two-{os.getpid()}"
    one, other = Cluster(here / "a"), Cluster(here / "b")
    own = dict(connection.settings_dict)
    with django_db_blocker.unblock():
        connection.close()
        try:
            one.start(say=lambda _words: None)
            with (one.data / "pg_hba.conf").open("a") as rules:
                rules.write("local replication all trust\n")
            with one.connect() as raw:
                raw.execute("SELECT pg_reload_conf()")
            connection.settings_dict |= {
                "HOST": str(one.socket_dir), "NAME": NAME, "EMBEDDED": "",
            }  # fmt: skip
            call_command("migrate", verbosity=0)
            call_command("demo", verbosity=0)
            other.make_home()
            other.own(other.data)
            done = one._run(
                "pg_basebackup", "-D", other.data, "-c", "fast", "-w",
                "-h", one.socket_dir, "-U", USER,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            (other.data / "standby.signal").touch()
            # Not by -R: it names options that an older libpq refuses.
            with (other.data / "postgresql.conf").open("a") as rules:
                whom = f"host={one.socket_dir} port={PORT} user={USER}"
                rules.write(f"primary_conninfo = '{whom}'\n")
            # The copy holds the lock of the socket that it was copied beside.
            for lock in (other.data / "socket").glob(".s.PGSQL.*.lock"):
                lock.unlink()
            other.start(say=lambda _words: None)
            alias({"HOST": str(other.socket_dir), "NAME": NAME})
            yield Two(one, other)
        finally:
            connection.close()
            for cluster in (other, one):
                cluster.stop()
            connection.settings_dict.clear()
            connection.settings_dict.update(own)
            shutil.rmtree(here, ignore_errors=True)


def words(page: answers.Page) -> list[str]:
    return [quote.text for quote in page.items]


@pytest.mark.long
def test_a_real_replica_answers_lags_hides_nothing_and_may_go(two, caplog, monkeypatch):
    monkeypatch.setattr(replica, "ASKED_EVERY", 0.0)
    monkeypatch.setattr(replica, "MOST_BEHIND", 1.0)
    monkeypatch.setattr(replica, "REST", 0.5)
    ask = lambda: replica.find(parse("strait"), Quote.objects.public())  # noqa: E731
    own = answers.find(parse("strait"), Quote.objects.public())
    assert len(own.items) > 1

    # Near: it answers, the same quotes, marked; and no process keeps the page.
    two.wait()
    first = ask()
    assert (first.elsewhere, words(first), first.total) == (True, words(own), own.total)
    assert [q.pieces for q in first.items] == [q.pieces for q in own.items]
    kept.pages = kept.Store()
    assert Client().get("/search/?q=strait").status_code == 200
    assert kept.pages.size == 0

    # Behind for a moment: what was withdrawn meanwhile is shown by nobody.
    two.follower_says("SELECT pg_wal_replay_pause()")
    gone = own.items[0]
    publishing.withdraw(
        gone.article,
        by=User.objects.get(username="petra"),
        reason=WithdrawnReason.ERROR,
        note="A trial of the replica.",
    )
    page = ask()
    left = [q.text for q in own.items if q.article_id != gone.article_id]
    assert (page.elsewhere, words(page)) == (False, left)
    assert left

    # Behind for long: the primary answers, of everything.
    time.sleep(1.2)
    caplog.clear()
    assert (ask().elsewhere, words(ask())) == (False, left)
    assert "seconds behind" in caplog.text
    two.follower_says("SELECT pg_wal_replay_resume()")
    two.wait()
    assert (ask().elsewhere, words(ask())) == (True, left)

    # Gone, in the middle of its connection; and back.
    two.follower.stop()
    caplog.clear()
    assert (ask().elsewhere, words(ask())) == (False, left)
    assert "does not answer" in caplog.text
    two.follower.start(say=lambda _words: None)
    two.wait()
    time.sleep(0.6)
    assert (ask().elsewhere, words(ask())) == (True, left)

    # Nothing can be written there.
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        two.follower_says("DELETE FROM quote")

"""What must hold after every step of a walk, and a small model of what readers have."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from statements import wall
from statements.editorial import verbs
from statements.models import (
    Article,
    Audit,
    Edition,
    FormerAddress,
    Permalink,
    Quote,
    State,
)

TICK = dt.timedelta(microseconds=1)

#: Rows whose change would be one of a verb that was refused.
TABLES = (
    "article",
    "article_tag",
    "audit",
    "citation",
    "edition",
    "edition_contributor",
    "edition_media",
    "former_address",
    "other_name",
    "permalink",
    "quote",
    "rejection",
    "spokesperson",
    "waiver",
)


def rows(sql: str, *params: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def settle() -> None:
    """Ask now what a commit would ask: the guards that wait for it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def digest() -> str:
    """One digest of everything that a refused verb must leave alone."""
    each = " UNION ALL ".join(
        f"SELECT '{table}' || md5(t::text) AS row FROM {table} t" for table in TABLES
    )
    ((found,),) = rows(f"SELECT md5(string_agg(row, '' ORDER BY row)) FROM ({each}) r")
    return found


def words() -> dict[int, str]:
    """What is frozen of every edition that is out or scheduled, by its key."""
    return dict(
        rows(
            """
            SELECT e.id, md5(concat_ws('|', e.title, e.summary, e.byline, e.body,
                e.text, e.change_note,
                (SELECT string_agg(concat_ws('|', q.permalink_id, q.text, q.start,
                    q."end", q.said_on, q.title_as_printed), '|' ORDER BY q.id)
                 FROM quote q WHERE q.edition_id = e.id),
                (SELECT string_agg(concat_ws('|', c.printed, c.start, c.resolution_id),
                    '|' ORDER BY c.id) FROM citation c WHERE c.edition_id = e.id),
                (SELECT string_agg(concat_ws('|', m.asset_id, m.alt, m.caption),
                    '|' ORDER BY m.id) FROM edition_media m
                 WHERE m.edition_id = e.id)))
            FROM edition e WHERE e.published_at IS NOT NULL
            """
        )
    )


@dataclass
class Timeline:
    """What readers of one statement have, and from when: an edition, or nothing."""

    changes: list[tuple[dt.datetime, int | None]] = field(default_factory=list)

    def at(self, moment: dt.datetime) -> int | None:
        place = bisect_right([when for when, _ in self.changes], moment)
        return self.changes[place - 1][1] if place else None

    def publish(self, edition: int, moment: dt.datetime) -> None:
        """A later publication falls; a later withdrawal was meant for the statement."""
        self._keep(lambda when, what: when < moment or what is None)
        self._add(moment, edition)

    def unschedule(self, moment: dt.datetime) -> None:
        self._keep(lambda when, what: when < moment or what is None)
        # A withdrawal of what is no longer out before it withdraws nothing.
        self._tidy()

    def withdraw(self, moment: dt.datetime) -> None:
        self._keep(lambda when, what: when < moment)
        self._add(moment, None)

    def pass_by(self, time: dt.timedelta) -> None:
        self.changes = [(when - time, what) for when, what in self.changes]

    def _keep(self, wanted: Callable[[dt.datetime, int | None], bool]) -> None:
        self.changes = [change for change in self.changes if wanted(*change)]

    def _add(self, moment: dt.datetime, what: int | None) -> None:
        self.changes = sorted(
            [*self.changes, (moment, what)], key=lambda change: change[0]
        )

    def _tidy(self) -> None:
        kept: list[tuple[dt.datetime, int | None]] = []
        for moment, what in self.changes:
            if what is not None or (kept and kept[-1][1] is not None):
                kept.append((moment, what))
        self.changes = kept


@dataclass
class Watch:
    """What was seen so far in one walk, and what readers should have.

    ``timelines``: of each statement that ever went out, by its key; ``frozen``: digests
    of the words of editions; ``paths`` and ``links``: addresses that were printed.
    """

    timelines: dict[int, Timeline] = field(default_factory=dict)
    frozen: dict[int, str] = field(default_factory=dict)
    paths: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    audited: int = 0

    def complaints(self) -> Iterator[str]:
        """Every promise that is broken, in a sentence."""
        now = verbs.clock()
        editions = list(Edition.objects.all())
        moments = {when for t in self.timelines.values() for when, _ in t.changes}
        for moment in sorted({now, *moments, *(when - TICK for when in moments)}):
            yield from self._gates(moment, editions)
        yield from self._behind_the_wall()
        frozen = words()
        for key, before in self.frozen.items():
            if frozen.get(key, before) != before:
                yield f"The words of edition {key} changed."
        self.frozen = frozen
        paths = set(FormerAddress.objects.values_list("path", flat=True))
        links = set(
            # Of what is only scheduled nobody has a link yet: it may be taken off, and
            # discarded.
            Permalink.objects.filter(quotes__edition__published_at__lte=now)
            .distinct()
            .values_list("pk", flat=True)
        )
        if lost := self.paths - paths:
            yield f"Printed addresses lead nowhere: {lost}."
        known = set(Permalink.objects.values_list("pk", flat=True))
        if lost := self.links - known:
            yield f"Printed permalinks lead nowhere: {lost}."
        self.paths, self.links = paths, self.links | links
        if wrote := rows(
            "SELECT e.id FROM edition e JOIN edition_contributor c"
            " ON c.edition_id = e.id AND c.user_id = e.approved_by_id"
        ):
            yield f"Somebody approved what they wrote: {wrote}."
        count = Audit.objects.count()
        if count < self.audited:
            yield "The record became shorter."
        self.audited = count

    def _gates(self, moment: dt.datetime, editions: list[Edition]) -> Iterator[str]:
        expected = {
            (article, edition)
            for article, timeline in self.timelines.items()
            if (edition := timeline.at(moment)) is not None
        }
        shown = [(a.pk, a.live_edition.pk) for a in Article.objects.published(moment)]
        if sorted(shown) != sorted(expected):
            yield f"At {moment} readers have {shown}, and should have {expected}."
        live = {edition for _, edition in expected}
        quoted = set(Quote.objects.public(moment).values_list("pk", flat=True))
        meant = set(Quote.objects.filter(edition__in=live).values_list("pk", flat=True))
        if quoted != meant:
            yield f"At {moment} quotes {quoted} are public, and should be {meant}."
        states = {
            edition.pk for edition in editions if edition.state(moment) == State.LIVE
        }
        if states != live:
            yield f"At {moment} {states} call themselves live, and {live} are."

    def _behind_the_wall(self) -> Iterator[str]:
        """The readers' role sees what the gate shows, at the server's own moment."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {wall.ROLE}")
            cursor.execute(f"SET LOCAL search_path = {wall.SCHEMA}, public")
            # One statement, one moment: something may be due in the next.
            cursor.execute(
                "SELECT statement_timestamp(), ARRAY(SELECT id FROM edition"
                " WHERE live @> statement_timestamp())"
            )
            moment, seen = cursor.fetchone()
            cursor.execute("RESET ROLE")
            cursor.execute("RESET search_path")
        expected = {
            edition
            for timeline in self.timelines.values()
            if (edition := timeline.at(moment)) is not None
        }
        if set(seen) != expected:
            yield f"Behind the wall are {seen}, and should be {expected}."

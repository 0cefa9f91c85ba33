"""Random walks through all verbs, beside a small model of what readers may see.

The model knows nothing of moments in rows. For each statement it keeps a timeline:
what goes out when, and when it is withdrawn. After every step the gates, the states of
the editions and the readers' own role must say the same as the timeline, at every
moment at which something changes.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from statements import wall
from statements.editorial import (
    catalogue,
    editions,
    intake,
    publishing,
    quoting,
    reasons,
    suggesting,
    verbs,
)
from statements.editorial.accepting import accept_suggestions
from statements.models import (
    Article,
    Audit,
    Edition,
    FormerAddress,
    Kind,
    MediaAsset,
    Permalink,
    Quote,
    Resolution,
    Spokesperson,
    State,
    User,
)

from ..builders import BODY

#: What a verb may answer instead of doing it.
REFUSALS = (
    PermissionDenied,
    ValidationError,
    verbs.NotReady,
    verbs.Frozen,
    verbs.Conflict,
    verbs.Unusable,
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

BODIES = (
    f"{BODY}\nShe recalled resolution 2417 (2018).",
    f"The fog had lifted.\n{BODY}",
    "The strait was calm. Nobody spoke.",
)

WHO = ["amina", "edgar", "edgar", "petra", "petra", "ada", "odile", "stefan"]
who = st.sampled_from(WHO)
pick = st.integers(0, 60)
#: Minutes from now; None is at once.
when = st.sampled_from([None, None, 30, 60, 90])


def rows(sql: str, *params: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


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


class Walk(RuleBasedStateMachine):
    """One walk: statements come, change, go out and are withdrawn.

    ``cast``: people of the newsroom by their first names; ``asset``: a file;
    ``resolution``: one that the texts name; ``people``: who is quoted. The test that
    walks sets them.
    """

    cast: ClassVar[dict[str, User]] = {}
    people: ClassVar[list[Spokesperson]] = []
    asset: ClassVar[MediaAsset]
    resolution: ClassVar[Resolution]
    #: Steps after which all was looked at; verbs done, and refused; over all walks.
    steps: ClassVar[int] = 0
    done: ClassVar[Counter[str]] = Counter()
    refused: ClassVar[Counter[str]] = Counter()

    @initialize()
    def begin_the_walk(self) -> None:
        self.walk = transaction.atomic()
        self.walk.__enter__()
        self.timelines: dict[int, Timeline] = {}
        self.frozen: dict[int, str] = {}
        self.paths: set[str] = set()
        self.links: set[str] = set()
        self.audited = Audit.objects.count()
        self.receive("amina", BODIES[0])
        self.receive("amina", BODIES[1])

    def teardown(self) -> None:
        if hasattr(self, "walk"):
            transaction.set_rollback(True)
            self.walk.__exit__(None, None, None)

    # ---------- what is acted on ----------

    def edition(self, number: int) -> Edition | None:
        found = list(Edition.objects.select_related("article").order_by("-pk"))
        return found[number % len(found)] if found else None

    def out(self, number: int) -> Edition | None:
        """An edition that is out or scheduled, the last of them more often."""
        found = Edition.objects.filter(published_at__isnull=False)
        found = list(found.select_related("article").order_by("-published_at")[:3])
        return found[number % len(found)] if found else None

    def article(self, number: int) -> Article | None:
        edition = self.edition(number)
        return edition.article if edition else None

    @contextmanager
    def verb(self, name: str, by: str, permission: str = "") -> Iterator[None]:
        """Do a verb; what is refused changes nothing, what is done is audited."""
        before, count = digest(), Audit.objects.count()
        may = not permission or self.cast[by].may(permission)
        try:
            with transaction.atomic():
                yield
        except REFUSALS as problem:
            self.refused[name] += 1
            assert digest() == before, f"{name} was refused and changed something."
            if not may and not isinstance(problem, PermissionDenied):
                raise AssertionError(f"{by} may not {name}.") from problem
        else:
            self.done[name] += 1
            assert may, f"{by} may not {name}."
            after = list(
                Audit.objects.order_by("pk").values_list("actor", "pk")[count:]
            )
            assert {actor for actor, _ in after} <= {self.cast[by].pk}
            assert after or digest() == before, f"{name} is not in the record."

    # ---------- verbs ----------

    @rule(by=who, body=st.sampled_from(BODIES))
    def another(self, by: str, body: str) -> None:
        self.receive(by, body)

    def receive(self, by: str, body: str) -> None:
        with self.verb("receive", by, "add_article"):
            intake.receive(
                intake.Incoming(
                    title="The ferries will sail",
                    body=body,
                    dated=dt.date(2026, 3, 2),
                    kind=Kind.objects.get(slug="statement"),
                ),
                by=self.cast[by],
            )

    @rule(by=who, number=pick, body=st.sampled_from((None, *BODIES)), stale=pick)
    def revise(self, by: str, number: int, body: str | None, stale: int) -> None:
        if edition := self.edition(number):
            with self.verb("revise", by, "change_article"):
                intake.revise(
                    edition,
                    by=self.cast[by],
                    lock_version=edition.lock_version + (stale == 0),
                    title=f"The ferries will sail, {number}",
                    body=body,
                    change_note="A word was missing.",
                )

    @rule(by=who, number=pick, reject=st.booleans())
    def decide(self, by: str, number: int, reject: bool) -> None:
        if not (edition := self.edition(number)):
            return
        found = suggesting.suggest(edition)
        if reject:
            with self.verb("reject", by, "change_article"):
                quoting.reject(
                    edition,
                    by=self.cast[by],
                    quotes=[each.finding for each in found.quotes[:1]],
                    citations=[each.finding for each in found.citations[:1]],
                )
        elif found.quotes or found.citations:
            with self.verb("accept", by, "change_article"):
                accept_suggestions(edition, found, by=self.cast[by])

    @rule(by=who, number=pick, other=st.booleans())
    def attribute(self, by: str, number: int, other: bool) -> None:
        edition = self.edition(number)
        quote = edition and edition.quotes.first()
        if quote is None:
            return
        if other:
            with self.verb("reattribute", by, "change_article"):
                quoting.reattribute(
                    quote,
                    by=self.cast[by],
                    speaker=quoting.Speaker(person=self.people[number % 2]),
                )
        else:
            with self.verb("confirm", by, "change_article"):
                quoting.confirm([quote], by=self.cast[by])

    @rule(by=who, number=pick)
    def remove_quote(self, by: str, number: int) -> None:
        edition = self.edition(number)
        if edition and number % 3 == 0 and (quote := edition.quotes.first()):
            with self.verb("remove quote", by, "change_article"):
                quoting.remove(quote, by=self.cast[by])

    @rule(by=who, number=pick)
    def submit(self, by: str, number: int) -> None:
        if edition := self.edition(number):
            with self.verb("submit", by, "submit_edition"):
                publishing.submit(edition, by=self.cast[by])

    @rule(by=who, number=pick)
    def send_back(self, by: str, number: int) -> None:
        if edition := self.edition(number):
            with self.verb("return", by, "approve_edition"):
                publishing.send_back(edition, by=self.cast[by], remark="Too long.")

    @rule(by=who, number=pick)
    def approve(self, by: str, number: int) -> None:
        if edition := self.edition(number):
            with self.verb("approve", by, "approve_edition"):
                publishing.approve(edition, by=self.cast[by])

    @rule(by=who, number=pick)
    def waive(self, by: str, number: int) -> None:
        if edition := self.edition(number):
            with self.verb("waive", by, "publish_edition"):
                reasons.waive(
                    edition, by=self.cast[by], rule="suggestions", reason="No quote."
                )

    @rule(by=who, number=pick, after=when, unreviewed=st.booleans())
    def publish(self, by: str, number: int, after: int | None, unreviewed: bool):
        if edition := self.edition(number):
            self._publish(edition, by, after, "Urgent." if unreviewed else "")

    @rule(number=pick, after=when)
    def carry_through(self, number: int, after: int | None) -> None:
        """All that publication asks for, so that walks get as far as that."""
        if not (edition := self.edition(number)) or edition.frozen:
            return
        with self.verb("accept", "amina"):
            accept_suggestions(edition, suggesting.suggest(edition), by=self._("amina"))
        with self.verb("confirm", "amina"):
            quoting.confirm(edition.quotes.all(), by=self._("amina"))
        with self.verb("waive", "petra"):
            reasons.waive(edition, by=self._("petra"), rule="suggestions", reason="No.")
        with self.verb("approve", "petra"):
            publishing.approve(edition, by=self._("petra"))
        self._publish(edition, "petra", after, "")

    def _(self, name: str) -> User:
        return self.cast[name]

    def _publish(
        self, edition: Edition, by: str, after: int | None, unreviewed: str
    ) -> None:
        name = "publish" if after is None else "schedule"
        permission = "publish_unreviewed_edition" if unreviewed else "publish_edition"
        with self.verb(name, by, permission):
            out = publishing.publish(
                edition,
                by=self.cast[by],
                at=None if after is None else self._in(after),
                unreviewed_reason=unreviewed,
            )
            timeline = self.timelines.setdefault(out.article_id, Timeline())
            timeline.publish(out.pk, out.published_at)
            assert out.approved_at or unreviewed

    def _in(self, minutes: int) -> dt.datetime:
        now = verbs.clock().replace(second=0, microsecond=0)
        return now + dt.timedelta(minutes=minutes + 1)

    @rule(by=who, number=pick)
    def unschedule(self, by: str, number: int) -> None:
        if edition := self.out(number) or self.edition(number):
            with self.verb("unschedule", by, "publish_edition"):
                publishing.unschedule(edition, by=self.cast[by])
                self.timelines[edition.article_id].unschedule(edition.published_at)

    @rule(by=who, number=pick, after=when)
    def withdraw(self, by: str, number: int, after: int | None) -> None:
        if edition := self.out(number) or self.edition(number):
            article = edition.article
            with self.verb("withdraw", by, "withdraw_article"):
                gone = publishing.withdraw(
                    article,
                    by=self.cast[by],
                    reason="error",
                    note="The hour was wrong.",
                    at=None if after is None else self._in(after),
                )
                self.timelines[article.pk].withdraw(gone.withdrawn_at)

    @rule(by=who, number=pick)
    def discard(self, by: str, number: int) -> None:
        if number % 3 == 0 and (article := self.article(number)):
            with self.verb("discard", by, "delete_article"):
                publishing.discard(article, by=self.cast[by])

    @rule(by=who, number=pick)
    def discard_edition(self, by: str, number: int) -> None:
        if number % 3 == 0 and (edition := self.edition(number)):
            with self.verb("discard edition", by, "change_article"):
                publishing.discard_edition(edition, by=self.cast[by])

    @rule(by=who, number=pick)
    def begin(self, by: str, number: int) -> None:
        if article := self.article(number):
            with self.verb("begin", by, "change_article"):
                editions.begin(article, by=self.cast[by], change="correction")

    @rule(by=who, number=pick)
    def rebase(self, by: str, number: int) -> None:
        if edition := self.edition(number):
            with self.verb("rebase", by, "change_article"):
                editions.rebase(edition, by=self.cast[by])

    @rule(by=who, number=pick)
    def attach_or_take(self, by: str, number: int) -> None:
        if not (edition := self.edition(number)):
            return
        if use := edition.media.first():
            with self.verb("take a file", by, "change_article"):
                editions.detach_media(use, by=self.cast[by])
        else:
            with self.verb("attach a file", by, "change_article"):
                editions.attach(edition, self.asset, by=self.cast[by], alt="A pier.")

    @rule(by=who, number=pick, slug=st.sampled_from(["calm", "ferries", "pilots"]))
    def set_address(self, by: str, number: int, slug: str) -> None:
        if article := self.article(number):
            with self.verb("move", by, "change_article"):
                intake.set_address(article, by=self.cast[by], slug=slug, tags=["Sea"])

    @rule(by=who, number=pick, listed=st.booleans())
    def list_publicly(self, by: str, number: int, listed: bool) -> None:
        with self.verb("list", by):
            catalogue.list_publicly(
                [self.people[number % 2]], by=self.cast[by], listed=listed
            )

    @rule(by=who, number=pick)
    def rename(self, by: str, number: int) -> None:
        person = Spokesperson.objects.get(pk=self.people[number % 2].pk)
        with self.verb("rename", by):
            person.slug = f"speaker-{number % 5}-{person.pk}"
            catalogue.keep(person, by=self.cast[by])

    @rule(by=who, number=pick)
    def merge(self, by: str, number: int) -> None:
        free = list(Spokesperson.objects.filter(merged_into=None).order_by("pk"))
        if number % 4 == 0 and len(free) > 1:
            with self.verb("merge", by, "change_spokesperson"):
                catalogue.merge(free[-1], free[0], by=self.cast[by])

    @rule(minutes=st.sampled_from([20, 45, 100]))
    def time_passes(self, minutes: int) -> None:
        """As if all had been done earlier: the clock itself cannot be turned.

        The guards refuse exactly this, so they are off for it.
        """
        time = dt.timedelta(minutes=minutes)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE edition DISABLE TRIGGER USER")
            # The earliest first: ranges of one statement may not overlap on the way.
            for (key,) in rows("SELECT id FROM edition ORDER BY published_at"):
                cursor.execute(
                    "UPDATE edition SET published_at = published_at - %s,"
                    " superseded_at = superseded_at - %s,"
                    " withdrawn_at = withdrawn_at - %s WHERE id = %s",
                    [time, time, time, key],
                )
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE edition ENABLE TRIGGER USER")
        for timeline in self.timelines.values():
            timeline.pass_by(time)
        self.done["time passes"] += 1

    # ---------- what must hold after each step ----------

    @invariant()
    def promises_hold(self) -> None:
        if hasattr(self, "timelines"):
            Walk.steps += 1
            for complaint in self.complaints():
                raise AssertionError(complaint)

    def complaints(self) -> Iterator[str]:
        """Every promise that is broken, in a sentence."""
        now = verbs.clock()
        moments = {when for t in self.timelines.values() for when, _ in t.changes}
        for moment in sorted({now, *moments, *(when - TICK for when in moments)}):
            yield from self._gates(moment)
        yield from self._behind_the_wall(now)
        frozen = words()
        for key, before in self.frozen.items():
            if frozen.get(key, before) != before:
                yield f"The words of edition {key} changed."
        self.frozen = frozen
        paths = set(FormerAddress.objects.values_list("path", flat=True))
        links = set(
            Permalink.objects.filter(quotes__edition__published_at__isnull=False)
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

    def _gates(self, moment: dt.datetime) -> Iterator[str]:
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
            edition.pk
            for edition in Edition.objects.all()
            if edition.state(moment) == State.LIVE
        }
        if states != live:
            yield f"At {moment} {states} call themselves live, and {live} are."

    def _behind_the_wall(self, now: dt.datetime) -> Iterator[str]:
        """The readers' role sees what the gate shows, at the server's own moment."""
        expected = {
            edition
            for timeline in self.timelines.values()
            if (edition := timeline.at(now)) is not None
        }
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {wall.ROLE}")
            cursor.execute(f"SET LOCAL search_path = {wall.SCHEMA}, public")
            cursor.execute("SELECT id FROM edition WHERE live @> statement_timestamp()")
            seen = {key for (key,) in cursor.fetchall()}
            cursor.execute("RESET ROLE")
            cursor.execute("RESET search_path")
        if seen != expected:
            yield f"Behind the wall are {seen}, and should be {expected}."

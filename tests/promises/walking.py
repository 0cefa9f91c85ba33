"""Random walks through all verbs, beside a small model of what readers may see.

The model knows nothing of moments in rows. For each statement it keeps a timeline:
what goes out when, and when it is withdrawn. After every step the gates, the states of
the editions and the readers' own role must say the same as the timeline, at every
moment at which something changes.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

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
    Kind,
    MediaAsset,
    Resolution,
    Spokesperson,
    User,
)

from ..builders import BODY
from .watching import Timeline, Watch, digest, rows, settle

#: What a verb may answer instead of doing it.
REFUSALS = (
    PermissionDenied,
    ValidationError,
    verbs.NotReady,
    verbs.Frozen,
    verbs.Conflict,
    verbs.Unusable,
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
        self.watch = Watch(audited=Audit.objects.count())
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
                settle()
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
            timeline = self.watch.timelines.setdefault(out.article_id, Timeline())
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
                self.watch.timelines[edition.article_id].unschedule(
                    edition.published_at
                )

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
                self.watch.timelines[article.pk].withdraw(gone.withdrawn_at)

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
        with self.verb("list", by, "change_spokesperson"):
            catalogue.list_publicly(
                [self.people[number % 2]], by=self.cast[by], listed=listed
            )

    @rule(by=who, number=pick)
    def rename(self, by: str, number: int) -> None:
        person = Spokesperson.objects.get(pk=self.people[number % 2].pk)
        with self.verb("rename", by, "change_spokesperson"):
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
            settle()
            cursor.execute("ALTER TABLE edition DISABLE TRIGGER USER")
            # The earliest first: ranges of one statement may not overlap on the way.
            for (key,) in rows("SELECT id FROM edition ORDER BY published_at"):
                cursor.execute(
                    "UPDATE edition SET published_at = published_at - %s,"
                    " superseded_at = superseded_at - %s,"
                    " withdrawn_at = withdrawn_at - %s WHERE id = %s",
                    [time, time, time, key],
                )
            settle()
            cursor.execute("ALTER TABLE edition ENABLE TRIGGER USER")
        for timeline in self.watch.timelines.values():
            timeline.pass_by(time)
        self.done["time passes"] += 1

    # ---------- what must hold after each step ----------

    @invariant()
    def promises_hold(self) -> None:
        if hasattr(self, "watch"):
            Walk.steps += 1
            for complaint in self.watch.complaints():
                raise AssertionError(complaint)

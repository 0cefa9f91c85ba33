"""The lists of My desk: what waits for whom, and since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Window,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Left, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince

from statements.editorial import buffers
from statements.editorial.reasons import DOUBTFUL
from statements.models import (
    Article,
    Change,
    DraftBuffer,
    Edition,
    EditionContributor,
    Quote,
    VerbatimCheck,
    Waiver,
)

from .standing import counted
from .typed import OPENING, called

#: How many a list of the first page shows; the whole is one click away.
SHOWN = 10

type Rows = QuerySet[Edition]


@dataclass(frozen=True)
class Item:
    """One line of a list. ``since`` and ``verb`` are "submitted, 3 days ago"."""

    title: str
    url: str
    about: str
    verb: str
    since: dt.datetime | None
    ahead: bool = False
    note: str = ""

    @property
    def age(self) -> str:
        """How long it waits, in its greatest unit."""
        if self.since is None or self.ahead:
            return ""
        if timezone.now() - self.since < dt.timedelta(minutes=1):
            return "just now"
        return f"{timesince(self.since, depth=1)} ago"


@dataclass(frozen=True)
class Queue:
    """One list of the first page. ``more`` leads to all of it, where there is a page.

    ``wrong``: a fault until it is mended, so that it stands first. ``whole``: the page
    does more than the list, so that it is led to however short the list is. ``name`` is
    what one comes back to it by. ``partly``: ``more`` has those of other lists as well.
    """

    title: str
    count: int
    items: list[Item]
    more: str = ""
    wrong: bool = False
    whole: bool = False
    name: str = ""
    partly: bool = False


@dataclass(frozen=True)
class Kind:
    """What of all editions is in a list, and how the list reads.

    ``since`` is the field that says since when each waits; the oldest stands first.
    ``step`` is the page on which what waits is done. ``rights``: for whom the list is.
    """

    title: str
    rows: Callable[[Rows, Any], Rows]
    since: str
    verb: str
    step: str
    rights: tuple[str, ...] = ()
    note: Callable[[Any], str] = field(default=lambda edition: "")
    wrong: bool = False
    ahead: bool = False
    #: On the first page a draft stands once: not here, if it stands in one of these.
    after: tuple[str, ...] = ()


def mine(user: Any) -> Exists:
    return Exists(EditionContributor.objects.filter(edition=OuterRef("pk"), user=user))


def _drafts(rows: Rows) -> Rows:
    return rows.filter(published_at=None)


def _undecided(rows: Rows) -> Rows:
    return _drafts(rows).filter(approved_at=None)


def _to_review(rows: Rows, user: Any) -> Rows:
    return _undecided(rows).filter(~mine(user), submitted_at__isnull=False)


def _with_a_colleague(rows: Rows, user: Any) -> Rows:
    return _undecided(rows).filter(mine(user), submitted_at__isnull=False)


def _returned(rows: Rows, user: Any) -> Rows:
    return _undecided(rows).filter(
        mine(user), submitted_at=None, returned_at__isnull=False
    )


def _unconfirmed(rows: Rows, user: Any) -> Rows:
    """One's own drafts with quotes to confirm, or whose words are gone."""
    open_quotes = Quote.objects.filter(
        Q(confirmed_at=None) | Q(detached_at__isnull=False), edition=OuterRef("pk")
    )
    found = open_quotes.order_by().values("edition").annotate(n=Count("pk"))
    return (
        _drafts(rows)
        .filter(mine(user), Exists(open_quotes))
        .annotate(left=Subquery(found.values("n")))
    )


def _doubtful(rows: Rows, user: Any) -> Rows:
    """What readers have, with a quote found wrong after it went out."""
    # Of one quote; those of before named none, and were of all.
    set_aside = Waiver.objects.filter(
        Q(subject=OuterRef("quote__permalink")) | Q(subject=""),
        edition=OuterRef("quote__edition"),
        rule="verdict",
    )
    checks = VerbatimCheck.objects.filter(
        quote__edition=OuterRef("pk"),
        quote__verdict__in=DOUBTFUL,
        verdict__in=DOUBTFUL,
        at__gt=OuterRef("published_at"),
    ).exclude(Exists(set_aside))
    named = Quote.objects.filter(verdict__in=DOUBTFUL).values("article")
    latest = checks.order_by().values("quote__edition").annotate(last=Max("at"))
    return rows.filter(
        Exists(checks),
        # The few that the index holds come first.
        article__in=named,
        live__contains=Now(),
    ).annotate(found_at=Subquery(latest.values("last")))


#: The lists, in the order of the page, by the name that the list of statements has too.
KINDS = {
    "unreviewed": Kind(
        "Published without a review",
        lambda rows, user: rows.filter(
            pk__in=Edition.objects.unreviewed().values("pk")
        ),
        since="published_at",
        verb="went out",
        step="review",
        wrong=True,
    ),
    "doubtful": Kind(
        "Corrections due",
        _doubtful,
        since="found_at",
        verb="a quote was found to differ from its source",
        step="quotes",
        wrong=True,
    ),
    "to_review": Kind(
        "To review",
        _to_review,
        since="submitted_at",
        verb="submitted",
        step="review",
        rights=("approve_edition",),
    ),
    "returned_to_me": Kind(
        "Returned to me",
        _returned,
        since="returned_at",
        verb="returned",
        # There the remark stands.
        step="review",
    ),
    "correction": Kind(
        "Corrections begun",
        lambda rows, user: _drafts(rows).filter(change=Change.CORRECTION),
        since="created_at",
        verb="begun",
        step="write",
        after=("to_review", "returned_to_me", "approved", "unconfirmed"),
    ),
    "approved": Kind(
        "Approved, to publish",
        lambda rows, user: _drafts(rows).filter(approved_at__isnull=False),
        since="approved_at",
        verb="approved",
        step="publish",
    ),
    "unconfirmed": Kind(
        "Quotes to confirm",
        _unconfirmed,
        since="created_at",
        verb="begun",
        step="quotes",
        note=lambda edition: counted(edition.left, "quote"),
        after=("returned_to_me", "approved"),
    ),
    "with_a_colleague": Kind(
        "With a colleague",
        _with_a_colleague,
        since="submitted_at",
        verb="submitted",
        step="review",
        after=("unconfirmed", "correction"),
    ),
    "scheduled": Kind(
        "Scheduled",
        lambda rows, user: rows.filter(published_at__gt=Now()),
        since="published_at",
        verb="goes out",
        step="publish",
        ahead=True,
    ),
    "draft": Kind(
        "Drafts",
        lambda rows, user: _undecided(rows).filter(submitted_at=None, returned_at=None),
        since="created_at",
        verb="begun",
        step="write",
        after=("unconfirmed", "correction"),
    ),
}


def of_kind(name: str, user: Any) -> Rows:
    """The editions of one list that a person may see."""
    seen = Edition.objects.kept().filter(
        article__in=Article.objects.of_desks(user).values("pk")
    )
    return KINDS[name].rows(seen, user)


def queues(user: Any) -> list[Queue]:
    """The lists of one person, each with its first lines, a draft once.

    One query a list.
    """
    return [
        *(
            _read(name, kind, user)
            for name, kind in KINDS.items()
            if all(user.may(right) for right in kind.rights)
        ),
        _unsaved(user),
    ]


def _read(name: str, kind: Kind, user: Any) -> Queue:
    first = of_kind(name, user)
    for other in kind.after:
        if all(user.may(right) for right in KINDS[other].rights):
            first = first.exclude(pk__in=of_kind(other, user).values("pk"))
    rows = list(
        first.select_related("article__kind", "created_by")
        .defer("body", "text", "record")
        .annotate(of_all=Window(Count("pk")))
        .order_by(kind.since, "pk")[:SHOWN]
    )
    return Queue(
        title=kind.title,
        count=rows[0].of_all if rows else 0,
        items=[
            Item(
                title=edition.title,
                url=way(edition, kind.step, name),
                about=about(edition),
                verb=kind.verb,
                since=getattr(edition, kind.since),
                ahead=kind.ahead,
                note=kind.note(edition),
            )
            for edition in rows
        ],
        more=f"{reverse('admin:statements_article_changelist')}?stage={name}",
        wrong=kind.wrong,
        name=name,
        partly=bool(kind.after),
    )


def way(edition: Edition, step: str, name: str) -> str:
    """The page on which what waits is done; it knows from which list one comes."""
    page = reverse(
        "admin:statements_article_step", args=[edition.article_id, edition.number, step]
    )
    return f"{page}?from={name}"


def about(edition: Edition) -> str:
    parts = [str(edition.article.kind), f"by {edition.created_by}"]
    if edition.number > 1:
        parts.insert(1, f"edition {edition.number}")
    return ", ".join(parts)


def unsaved(user: Any) -> QuerySet[DraftBuffer]:
    """One's own unsaved texts, of statements that one may still read, by name."""
    seen = Article.objects.of_desks(user).values("pk")
    return (
        buffers.unsaved(user)
        .filter(Q(edition=None) | Q(edition__article__in=seen, edition__binned=None))
        .annotate(
            # What it is called by (typed.called).
            statement=F("edition__title"),
            headed=KT("values__title"),
            opening=Left(KT("values__body"), OPENING),
        )
    )


def _unsaved(user: Any) -> Queue:
    """What the person typed and never saved."""
    rows = list(
        unsaved(user)
        .annotate(of_all=Window(Count("pk")))
        .defer("values")
        .order_by("saved_at", "pk")[:SHOWN]
    )
    return Queue(
        title="Unsaved texts",
        count=rows[0].of_all if rows else 0,
        items=[
            Item(
                title=called(row),
                url=reverse("admin:statements_article_unsaved", args=[row.pk]),
                about="seen by you alone",
                verb="last typed",
                since=row.saved_at,
            )
            for row in rows
        ],
        more=reverse("admin:statements_article_texts"),
        whole=True,
    )

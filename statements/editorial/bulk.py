"""One thing done to many statements: shown before, done whole, and undone again.

Each statement goes through the verb that changes one, with all that this demands. What
was shown is what is done: if a row is not as it was shown, nothing is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Now

from statements.models import (
    Article,
    BulkAction,
    BulkRow,
    Desk,
    Edition,
    Kind,
    Tag,
    User,
    acting,
)
from statements.models.bulk import UNDOABLE

from . import binning, intake, verbs
from .verbs import NotReady, Unusable

#: More statements than this nobody can look over before saying yes.
MOST = 500

Act = BulkAction.Act
_TOPICS = {Act.ADD_TOPICS, Act.REMOVE_TOPICS}

type Keys = tuple[int, ...]
#: What a statement was shown to have, and the stamp of how it stood then.
type Shown = tuple[Keys, str]


class Changed(Exception):
    """Statements are not as they were shown. Nothing was done."""

    def __init__(self, number: int):
        self.number = number
        super().__init__(
            f"{number} of these statements changed since this page was made. Nothing "
            "was done: look at it again."
        )


@dataclass(frozen=True)
class Wish:
    """What is wanted of each statement: topics, a kind or a desk, as keys.

    No key of a desk stands for no desk; what goes in the bin needs none.
    """

    act: Act
    keys: Keys = ()


@dataclass
class Line:
    """One statement as it is and as it would be, or why it stays as it is.

    ``before`` and ``after`` are keys; ``note`` is what else happens. ``stamp`` is
    another as soon as somebody writes in the statement, approves it or sends it out.
    """

    article: Article
    title: str
    before: Keys
    after: Keys
    problem: str = ""
    note: str = ""
    stamp: str = ""

    @property
    def shown(self) -> Shown:
        return self.before, self.stamp


@dataclass
class Undone:
    """What undoing did: how many statements, and which were left alone and why."""

    done: int = 0
    left: list[tuple[str, str]] = field(default_factory=list)


def plan(articles: Iterable[int], wish: Wish, *, by: User) -> list[Line]:
    """What the wish would do to statements, row by row. Five queries at most.

    Statements whose drafts ``by`` may not read are not in it. Raises Unusable where
    the wish names nothing, and PermissionDenied where ``by`` may not do it to any.
    """
    _demand(wish, by)
    keys = set(articles)
    if len(keys) > MOST:
        raise Unusable(f"Choose at most {MOST} statements at once.")
    return [_line(article, wish, by) for article in _rows(keys, by)]


def carry_out(shown: Mapping[int, Shown], wish: Wish, *, by: User) -> BulkAction | None:
    """Do it to the statements that ``shown`` names, as each was shown in the plan.

    All or nothing. None if there was nothing to do. Raises Changed, Unusable or
    PermissionDenied.
    """
    _demand(wish, by)
    if len(shown) > MOST:
        raise Unusable(f"Choose at most {MOST} statements at once.")
    with acting(by):
        verbs.lock(shown)
        lines = [_line(article, wish, by) for article in _rows(shown, by)]
        same = [
            line
            for line in lines
            if not line.problem and line.shown == shown[line.article.pk]
        ]
        if len(same) != len(shown):
            raise Changed(len(shown) - len(same))
        if not same:
            return None
        action = BulkAction.objects.create(act=wish.act, by=by)
        BulkRow.objects.bulk_create(
            BulkRow(
                action=action,
                article=line.article.pk,
                before=list(line.before),
                after=list(_set(line.article, wish.act, line.after, by)),
            )
            for line in same
        )
    return action


def undo(action: BulkAction, *, by: User) -> Undone:
    """Put back what the action changed, where nobody changed it again since.

    Raises Unusable if it is not ``by``'s own, is undone or too old.
    """
    result = Undone()
    with acting(by):
        fresh = (
            BulkAction.objects.select_for_update(no_key=True)
            .filter(pk=action.pk, by=by, at__gt=Now() - UNDOABLE, undone_at=None)
            .first()
        )
        if fresh is None:
            raise Unusable(
                "It was undone already, or is older than thirty days. Nothing was "
                "changed."
            )
        done = {row.article: row for row in fresh.rows.all()}
        verbs.lock(done)
        found = {
            article.pk: article
            for article in _with_values(
                Article.objects.readable(by).filter(pk__in=done)
            )
        }
        wish = Wish(Act(fresh.act))
        for key, row in done.items():
            article = found.get(key)
            if article is None:
                result.left.append(("", "is not there for you any more"))
            elif list(_have(article, wish.act)) != row.after:
                result.left.append((_title(article), "was changed again since"))
            else:
                try:
                    _put_back(article, wish.act, tuple(row.before), by)
                    result.done += 1
                # A right was taken away since, or it went out and needs another.
                except (NotReady, Unusable, PermissionDenied) as problem:
                    result.left.append((_title(article), str(problem)))
        fresh.undone_at = Now()
        fresh.save(update_fields=["undone_at"])
    return result


def chosen(articles: Iterable[int], *, by: User) -> list[Any]:
    """Those of the statements whose drafts ``by`` may read, with ``newest_title``."""
    return _rows(set(articles), by)


def of(user: User) -> QuerySet[BulkAction]:
    """What somebody did to many statements and may still undo, the newest first."""
    return BulkAction.objects.filter(by=user, at__gt=Now() - UNDOABLE)


def demand(act: Act, *, by: User) -> None:
    """Raise PermissionDenied unless somebody may do it to any statement at all."""
    if act == Act.BIN:
        verbs.demand(by, "delete_article", "You may not delete statements.")
    else:
        verbs.demand(by, "change_article", "You may not change statements.")


def _demand(wish: Wish, by: User) -> None:
    demand(wish.act, by=by)
    if wish.act == Act.BIN:
        return
    if wish.act in _TOPICS:
        rows: QuerySet[Any] = Tag.objects.all()
        nothing = "Name at least one topic that there is."
    elif wish.act == Act.KIND:
        rows, nothing = Kind.objects.all(), "Choose a kind."
    else:
        rows, nothing = Desk.objects.of(by), "Choose one of your desks."
    if not wish.keys or rows.filter(pk__in=wish.keys).count() != len(set(wish.keys)):
        raise Unusable(nothing)
    if wish.act not in _TOPICS and len(wish.keys) != 1:
        raise Unusable(nothing)


def _rows(keys: Collection[int], by: User) -> list[Any]:
    return list(_with_values(Article.objects.of_desks(by).filter(pk__in=keys)))


def _with_values(rows: QuerySet[Article]) -> QuerySet[Any]:
    """With what an action may change, and with what stands in its way."""
    kept = Edition.objects.kept()
    newest = kept.filter(article=OuterRef("pk")).order_by("-number")
    editions = Edition.objects.filter(article=OuterRef("pk"))
    return (
        rows.select_related("kind", "desk")
        .prefetch_related("article_tags", "binned")
        .annotate(
            newest_title=Subquery(newest.values("title")[:1]),
            newest_number=Subquery(newest.values("number")[:1]),
            newest_version=Subquery(newest.values("lock_version")[:1]),
            ever_out=Exists(editions.filter(published_at__isnull=False)),
            approved=Exists(
                editions.filter(published_at=None, approved_at__isnull=False)
            ),
            translated=Exists(Article.objects.filter(translation_of=OuterRef("pk"))),
        )
        .order_by("-dated", "-pk")
    )


def _title(article: Any) -> str:
    return getattr(article, "newest_title", None) or str(article)


def _have(article: Any, act: Act) -> Keys:
    """What a statement has now of that which the action changes."""
    if act in _TOPICS:
        return tuple(sorted(bears.tag_id for bears in article.article_tags.all()))
    if act == Act.KIND:
        return (article.kind_id,)
    if act == Act.DESK:
        return (article.desk_id,) if article.desk_id else ()
    return tuple(row.pk for row in article.binned.all() if row.edition_id is None)


def _line(article: Any, wish: Wish, by: User) -> Line:
    have = _have(article, wish.act)
    line = Line(article, _title(article), have, have, stamp=_stamp(article))
    if wish.act == Act.ADD_TOPICS:
        line.after = tuple(sorted({*have, *wish.keys}))
    elif wish.act == Act.REMOVE_TOPICS:
        line.after = tuple(key for key in have if key not in wish.keys)
    elif wish.act != Act.BIN:
        line.after = wish.keys
    line.problem = _problem(article, wish, line, by)
    if not line.problem and wish.act in {*_TOPICS, Act.KIND}:
        if article.ever_out:
            line.note = "Readers see it at once, or from its hour on."
        elif article.approved:
            line.note = "Its approval is void afterwards."
    return line


def _stamp(article: Any) -> str:
    """Its edition, how often that was saved, and what became of it: ``2-5-draft``."""
    stands = "out" if article.ever_out else "approved" if article.approved else "draft"
    return f"{article.newest_number}-{article.newest_version}-{stands}"


def _problem(article: Any, wish: Wish, line: Line, by: User) -> str:
    if wish.act == Act.BIN:
        if article.ever_out:
            return "It was scheduled or published. Withdraw it instead."
        if article.translated:
            return "Other statements translate this one."
        return ""
    if line.before == line.after:
        return "It is so already."
    if wish.act != Act.DESK and article.ever_out and not by.may("publish_edition"):
        return "It is out or scheduled: ask somebody who publishes."
    return ""


def _set(article: Article, act: Act, keys: Keys, by: User) -> Keys:
    """Change one statement by its own verb; what it has then. Raises Unusable."""
    if act == Act.BIN:
        return (binning.put(article, by=by).pk,)
    model: Any = Tag if act in _TOPICS else Kind if act == Act.KIND else Desk
    rows = list(model.objects.filter(pk__in=keys))
    if len(rows) != len(keys):
        raise Unusable("What it had was deleted since.")
    if act in _TOPICS:
        intake.set_address(article, by=by, tags=[row.name for row in rows])
    elif act == Act.KIND:
        intake.set_address(article, by=by, kind=rows[0])
    else:
        intake.set_address(article, by=by, desk=rows[0] if rows else None)
    return keys


def _put_back(article: Any, act: Act, keys: Keys, by: User) -> None:
    if act != Act.BIN:
        _set(article, act, keys, by)
        return
    for row in article.binned.all():
        if row.edition_id is None:
            binning.take_out(row, by=by)

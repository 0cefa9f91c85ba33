"""One step of the way to publication, taken by many statements: shown, then done whole.

Each goes by the verb that moves one, with all that this demands, and refuses in its
words. What was shown is what is done: if an edition is not as it was shown, nothing is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils import formats, timezone

from statements.models import Edition, State, User, acting

from . import bulk, publishing, verbs
from .verbs import NotReady, Unusable

#: More than these nobody reviews in a day; each is moved by its own verb, with mail.
MOST = 100


class Move(TextChoices):
    SUBMIT = "submit", "Submit for review"
    RETURN = "return", "Return to the authors"
    UNSCHEDULE = "unschedule", "Take off the schedule"


#: The right that each demands, and what is said without it.
_DEMANDED = {
    Move.SUBMIT: ("submit_edition", "You may not submit statements for review."),
    Move.RETURN: ("approve_edition", "You may not return statements."),
    Move.UNSCHEDULE: (
        "publish_edition",
        "You may not change when statements go out.",
    ),
}


@dataclass
class Line:
    """One statement, the edition that moves, and where to; or why it stays."""

    article: Any
    title: str
    edition: Edition
    before: str
    after: str
    problem: str = ""
    note: str = ""

    @property
    def stamp(self) -> str:
        """Another as soon as the edition is saved, or stands elsewhere: ``2-5-draft``.

        With the hour of one that is scheduled.
        """
        edition = self.edition
        hour = edition.published_at
        parts = [edition.number, edition.lock_version, self.before]
        return "-".join(map(str, [*parts, hour.timestamp()] if hour else parts))


def right(move: Move) -> str:
    return _DEMANDED[move][0]


def demand(move: Move, *, by: User) -> None:
    verbs.demand(by, *_DEMANDED[move])


def plan(articles: Iterable[int], move: Move, *, by: User) -> list[Line]:
    """What the move would do, row by row. Statements that ``by`` may not read are not
    in it. Five queries. Raises Unusable and PermissionDenied.
    """
    demand(move, by=by)
    keys = set(articles)
    if len(keys) > MOST:
        raise Unusable(f"Choose at most {MOST} statements at once.")
    now = verbs.clock()
    rows = bulk.chosen(keys, by=by)
    found: dict[int, list[Edition]] = {row.pk: [] for row in rows}
    for edition in (
        Edition.objects.kept()
        .filter(article__in=found)
        .defer("body", "text", "record")
        .order_by("number")
    ):
        found[edition.article_id].append(edition)
    lines = []
    for row in rows:
        editions = found[row.pk]
        ahead = [each for each in editions if each.state(now) == State.SCHEDULED]
        ahead.sort(key=lambda each: (each.published_at, each.number))
        if move == Move.UNSCHEDULE and ahead:
            line = _line(row, ahead[0], move, now)
            if others := ", ".join(str(each.number) for each in ahead[1:]):
                line.note += (
                    f" Scheduled after it, this comes off too: edition {others}."
                )
        elif editions:
            line = _line(row, editions[-1], move, now)
        else:
            # Every draft of it is in the bin.
            continue
        lines.append(line)
    return lines


def carry_out(
    shown: Mapping[int, str], move: Move, *, by: User, remark: str = ""
) -> int:
    """Move the statements that ``shown`` names, as each was shown; how many.

    All or nothing. Raises bulk.Changed, NotReady with the title of what refuses,
    Unusable or PermissionDenied.
    """
    with acting(by, remark):
        verbs.lock(shown)
        lines = [
            line
            for line in plan(shown, move, by=by)
            if not line.problem and line.stamp == shown[line.article.pk]
        ]
        if len(lines) != len(shown):
            raise bulk.Changed(len(shown) - len(lines))
        for line in lines:
            try:
                _move(line.edition, move, by, remark)
            except NotReady as problem:
                raise NotReady(
                    [f"“{line.title}”: {reason}" for reason in problem.reasons]
                ) from problem
    return len(lines)


def _line(row: Any, edition: Edition, move: Move, now: Any) -> Line:
    state = edition.state(now)
    here = str(state.label)
    line = Line(row, edition.title, edition, here, here)
    if move == Move.SUBMIT:
        line.after = str(State.IN_REVIEW.label)
        if edition.frozen:
            line.problem = publishing.OUT_ALREADY
        elif edition.submitted_at is not None:
            line.problem = "It was submitted already."
    elif move == Move.RETURN:
        line.after = str(State.RETURNED.label)
        if edition.frozen:
            line.problem = publishing.OUT_ALREADY
        elif edition.submitted_at is None:
            line.problem = publishing.NOT_SUBMITTED
        elif edition.approved_at is not None:
            line.note = "Its approval is void afterwards."
    elif state != State.SCHEDULED:
        line.problem = publishing.NOT_SCHEDULED
    else:
        then = State.APPROVED if edition.approved_at else State.DRAFT
        line.after = str(then.label)
        due = timezone.localtime(edition.published_at)
        line.note = f"It is due on {formats.date_format(due, 'j F Y, H:i')}."
    return line


def _move(edition: Edition, move: Move, by: User, remark: str) -> None:
    if move == Move.SUBMIT:
        publishing.submit(edition, by=by)
    elif move == Move.RETURN:
        publishing.send_back(edition, by=by, remark=remark)
    else:
        publishing.unschedule(edition, by=by)

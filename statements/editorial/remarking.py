"""Remark on words of a draft, answer, mark a remark done, open it again.

A remark is no part of the text: it voids no approval, and whoever remarks has not
written. It follows its words when the text changes, and is kept when they are gone.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from statements.markup import characters, marks
from statements.models import Edition, Notice, Remark, User, acting

from . import notices, verbs

#: The most characters of a remark.
LONGEST = 5_000
#: The most remarks and answers of one edition.
MOST = 1_000


def may_remark(user: User) -> bool:
    """Whether somebody writes or reviews: on which statements, their desks say."""
    return user.may("change_article") or user.may("approve_edition")


def remark(
    edition: Edition,
    *,
    start: int,
    end: int,
    body: str,
    by: User,
    words: str | None = None,
) -> Remark:
    """Remark on the words from ``start`` to ``end``, in code points of the text.

    ``words`` are those that were read there: where the text has changed since, they are
    looked for. Raises verbs.Frozen, or verbs.Unusable with what to do instead.
    """
    demand(by)
    said = _said(body)
    with acting(by):
        fresh = _open(edition)
        start, end = _place(fresh.text, start, end, words)
        before, after = marks.context(fresh.text, start, end)
        made = Remark.objects.create(
            edition=fresh,
            start=start,
            end=end,
            words=fresh.text[start:end],
            prefix=before,
            suffix=after,
            body=said,
            by=by,
        )
        notices.tell(Notice.REMARK, fresh, by=by)
        return made


def reply(remark: Remark, *, body: str, by: User) -> Remark:
    """Answer a remark; of an answer, the remark that it answers."""
    demand(by)
    said = _said(body)
    with acting(by):
        fresh = _open(remark.edition)
        first = remark.parent_id or remark.pk
        made = Remark.objects.create(edition=fresh, parent_id=first, body=said, by=by)
        thread = fresh.remarks.filter(Q(pk=first) | Q(parent=first))
        notices.tell(
            Notice.REMARK, fresh, by=by, also=thread.values_list("by", flat=True)
        )
        return made


def resolve(remark: Remark, *, by: User) -> bool:
    """Mark a remark done; whether it was open until now."""
    return _settle(remark, by=by, done=True)


def reopen(remark: Remark, *, by: User) -> bool:
    """Open a remark again; whether it was done."""
    return _settle(remark, by=by, done=False)


def follow(edition: Edition, old: str, text: str) -> list[str]:
    """Let the remarks of a draft follow their words from an old text to a new one.

    To be called with the article locked. Returns a sentence for each open remark whose
    words are gone; it has them again if they come back as they were.
    """
    rows = list(edition.remarks.filter(parent=None))
    standing = [row for row in rows if row.start is not None]
    spans = [(row.start or 0, row.end or 0) for row in standing]
    moved = dict(zip(standing, marks.move(spans, old, text), strict=True))
    changed, notices = [], []
    for row in rows:
        place = moved[row] if row in moved else _again(row, text)
        before = (row.start, row.end)
        row.start, row.end = place or (None, None)
        if before == (row.start, row.end):
            continue
        changed.append(row)
        if place is None and row.resolved_at is None:
            notices.append(
                f"The words “{_short(row.words)}” are gone from the text. The remark "
                "on them is kept."
            )
    Remark.objects.bulk_update(changed, ["start", "end"])
    return notices


def carry(source: Edition, edition: Edition) -> None:
    """Copy what is still open to a draft that was begun with the same words."""
    copies: dict[int, Remark] = {}
    rows = source.remarks.order_by("pk")
    for row in rows.filter(parent=None, resolved_at=None):
        copies[row.pk] = _copy(row, edition)
    Remark.objects.bulk_create(copies.values())
    answers = []
    for row in rows.filter(parent__in=copies):
        copy = _copy(row, edition)
        copy.parent = copies[row.parent_id or 0]
        answers.append(copy)
    Remark.objects.bulk_create(answers)


def demand(by: User) -> None:
    """Raise PermissionDenied unless the person may remark on drafts."""
    if not may_remark(by):
        raise PermissionDenied("You may not remark on drafts.")


def _open(edition: Edition) -> Edition:
    verbs.lock([edition.article_id])
    fresh = Edition.objects.select_related("article").defer("record").get(pk=edition.pk)
    if fresh.frozen:
        raise verbs.Frozen(fresh)
    if fresh.remarks.count() >= MOST:
        raise verbs.Unusable(
            f"The edition has {MOST:,} remarks, the most that it can have."
        )
    return fresh


def _said(body: str) -> str:
    said = body.replace("\r\n", "\n").strip()
    if not said:
        raise verbs.Unusable("Write what is to be said.")
    if len(said) > LONGEST:
        raise verbs.Unusable(
            f"The remark has {len(said):,} characters; {LONGEST:,} are the most. "
            "Shorten it."
        )
    try:
        characters.check_words(said)
    except characters.Unclean as problem:
        raise verbs.Unusable(problem.reason) from problem
    return said


def _place(text: str, start: int, end: int, words: str | None) -> tuple[int, int]:
    if words is not None and text[start:end] != words:
        start = text.find(words) if words else -1
        if start < 0 or text.find(words, start + 1) >= 0:
            raise verbs.Unusable(
                "The text was changed since you chose these words. Choose them again."
            )
        end = start + len(words)
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise verbs.Unusable("Choose the words that the remark is about.")
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return start, end


def _settle(remark: Remark, *, by: User, done: bool) -> bool:
    demand(by)
    with acting(by):
        verbs.lock([remark.edition.article_id])
        fresh = Remark.objects.select_related("edition").get(pk=remark.pk)
        if fresh.edition.frozen:
            raise verbs.Frozen(fresh.edition)
        if fresh.parent_id is not None or (fresh.resolved_at is not None) == done:
            return False
        fresh.resolved_at = verbs.clock() if done else None
        fresh.resolved_by = by if done else None
        fresh.save(update_fields=["resolved_at", "resolved_by"])
        return True


def _again(row: Remark, text: str) -> tuple[int, int] | None:
    """Where words that were gone stand again, if it is one place or has their context.

    Only as they were: a likeness to something else would be a guess.
    """
    known = f"{row.prefix}{row.words}{row.suffix}"
    start = len(row.prefix)
    (place,) = marks.move([(start, start + len(row.words))], known, text)
    return place if place is not None and text[slice(*place)] == row.words else None


def _copy(row: Remark, edition: Edition) -> Remark:
    return Remark(
        edition=edition,
        start=row.start,
        end=row.end,
        words=row.words,
        prefix=row.prefix,
        suffix=row.suffix,
        body=row.body,
        at=row.at,
        by_id=row.by_id,
    )


def _short(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:79]}…"

"""Keep chosen quotes in a folder: put them in, order them, write notes, share it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from statements.markup import characters
from statements.models import (
    LONGEST_INTRODUCTION,
    LONGEST_NOTE,
    Desk,
    Folder,
    FolderQuote,
    Quote,
    User,
    acting,
)

from . import verbs

#: So many folders one person keeps, and so many quotes one folder holds.
MOST, MOST_QUOTES = 100, 200
#: The introduction among the texts of a sheet; a note stands there by its row's key.
INTRODUCTION = 0


@dataclass(frozen=True)
class Text:
    """What was typed, and the mark of what stood there when the page was made."""

    typed: str
    was: str


@dataclass(frozen=True)
class Sheet:
    """The page of a folder as it was filled in.

    ``texts`` are the introduction and notes; ``order`` is the rows as the page showed
    them, ``places`` where rows are to stand from now on, counted from 1.
    """

    texts: Mapping[int, Text]
    order: Sequence[int]
    places: Mapping[int, int]


@dataclass(frozen=True)
class Put:
    """How many quotes were put in, were there already, and are not public."""

    added: int
    there: int
    hidden: int


class Refused(Exception):
    """The sheet was not saved: sentences by text, and those on the whole of it.

    ``theirs`` are texts that somebody else wrote meanwhile; ``lost`` are notes that
    were typed to quotes which somebody took out.
    """

    def __init__(
        self,
        texts: Mapping[int, str],
        whole: Sequence[str] = (),
        lost: Sequence[str] = (),
        theirs: Iterable[int] = (),
    ):
        self.texts, self.whole, self.lost = dict(texts), list(whole), list(lost)
        self.theirs = set(theirs)
        super().__init__(" ".join([*self.whole, *self.texts.values()]))


def mark_of(text: str) -> str:
    """A short sign of a text, the same as long as the text is."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def clean(typed: str) -> str:
    """A text as it is kept: lines end in one way, and nothing is around it."""
    return typed.replace("\r\n", "\n").strip()


def make(name: str, *, by: User, desk: Desk | None = None) -> Folder:
    """Begin an empty folder. Raises verbs.Unusable."""
    _demand(by)
    folder = Folder(owner=by)
    with acting(by):
        if Folder.objects.filter(owner=by).count() >= MOST:
            raise verbs.Unusable(
                f"You keep {MOST} folders already. Delete one that you need no longer."
            )
        _name(folder, name, desk, by)
    return folder


def change(folder: Folder, name: str, *, by: User, desk: Desk | None) -> None:
    """Give it another name, share it with a desk, or keep it to oneself again.

    Raises verbs.Unusable.
    """
    _demand_own(folder, by)
    with acting(by):
        _name(folder, name, desk, by)


def _name(folder: Folder, name: str, desk: Desk | None, by: User) -> None:
    name = " ".join(name.split())
    if not name or not name.isprintable():
        raise verbs.Unusable("Give the folder a name, in letters that can be read.")
    if len(name) > 100:
        raise verbs.Unusable("The name has more than 100 letters. Shorten it.")
    if (
        desk is not None
        and desk.pk != folder.desk_id
        and not Desk.objects.of(by).filter(pk=desk.pk).exists()
    ):
        raise PermissionDenied("You may share a folder with desks of yours alone.")
    folder.name, folder.desk = name, desk
    try:
        with transaction.atomic():
            # The introduction is saved with the page, by whoever it is shared with.
            if folder.pk is None:
                folder.save()
            else:
                folder.save(update_fields=["name", "desk"])
    except IntegrityError as problem:
        raise verbs.Unusable(
            f"You have a folder called “{name}” already. Choose another name."
        ) from problem


def delete(folder: Folder, *, by: User) -> None:
    """Delete it with its notes; the quotes stay where they are."""
    _demand_own(folder, by)
    with acting(by):
        folder.delete()


def put(folder: Folder, permalinks: Sequence[str], *, by: User) -> Put:
    """Put quotes behind those that are there, in the order given.

    What is not public is left out and counted, as are those that are there already.
    Raises verbs.Unusable.
    """
    _demand_reader(folder, by)
    wanted = list(dict.fromkeys(permalinks))
    if not wanted:
        raise verbs.Unusable("Choose the quotes first: tick those that you want.")
    with acting(by):
        rows = _rows(folder)
        have = {row.permalink_id for row in rows}
        public = {
            quote.permalink_id: quote.pk
            for quote in Quote.objects.public()
            .filter(permalink__in=wanted)
            .only("permalink_id")
        }
        new = [key for key in wanted if key in public and key not in have]
        if len(rows) + len(new) > MOST_QUOTES:
            raise verbs.Unusable(
                f"A folder holds {MOST_QUOTES} quotes at most, and this one has "
                f"{len(rows)}. Take some out, or begin another folder."
            )
        FolderQuote.objects.bulk_create(
            FolderQuote(
                folder=folder, permalink_id=key, chosen_id=public[key], position=place
            )
            for place, key in enumerate(new, len(rows) + 1)
        )
    there = sum(key in have for key in wanted)
    return Put(len(new), there, len(wanted) - len(new) - there)


def put_in(
    folder: Folder | None, name: str, permalinks: Sequence[str], *, by: User
) -> tuple[Folder, Put]:
    """Put quotes in a folder, or in a new one of this name, in one transaction.

    Raises verbs.Unusable; then no folder was begun either.
    """
    with acting(by):
        kept = folder or make(name, by=by)
        put_now = put(kept, permalinks, by=by)
        if folder is None and not put_now.added:
            raise verbs.Unusable("None of these quotes is public, so none was put in.")
        return kept, put_now


def fill(
    folder: Folder, sheet: Sheet, *, by: User, step: tuple[int, int] | None = None
) -> None:
    """Save the page of a folder: what was typed, and the order.

    ``step`` moves one row up (-1) or down (1) as the page showed it. All is saved or
    nothing; what somebody else wrote or moved meanwhile is not overwritten. Raises
    Refused.
    """
    _demand_reader(folder, by)
    with acting(by):
        rows = _rows(folder)
        folder = Folder.objects.get(pk=folder.pk)
        stand = {INTRODUCTION: folder.introduction, **{r.pk: r.note for r in rows}}
        typed, problems, lost = _typed(sheet, stand)
        theirs = {
            key for key in problems if mark_of(stand[key]) != sheet.texts[key].was
        }
        order = [row.pk for row in rows]
        wanted = _moved(sheet.order, sheet.places, step)
        whole = []
        if wanted == list(sheet.order):
            wanted = order
        elif order != list(sheet.order):
            whole.append(
                "Somebody else changed which quotes stand here, or their order, since "
                "you opened this page. Nothing is saved yet: look at the order as it "
                "is now, and move again."
            )
        if lost:
            whole.append(
                "Quotes that you wrote notes to were taken out meanwhile. Nothing is "
                "saved yet; your words stand here."
            )
        if problems or whole:
            raise Refused(problems, whole, lost, theirs)
        if INTRODUCTION in typed:
            folder.introduction = typed.pop(INTRODUCTION)
            folder.save(update_fields=["introduction"])
        for row in rows:
            row.note = typed.get(row.pk, row.note)
        FolderQuote.objects.bulk_update([r for r in rows if r.pk in typed], ["note"])
        _place(rows, wanted)


def take_out(folder: Folder, row: int, *, by: User) -> None:
    """Take one quote out with its note; once more it changes nothing."""
    _demand_reader(folder, by)
    with acting(by):
        rows = _rows(folder)
        left = [each.pk for each in rows if each.pk != row]
        folder.quotes.filter(pk=row).delete()
        _place([each for each in rows if each.pk != row], left)


def renew(folder: Folder, row: int, *, by: User) -> None:
    """Take a quote as it stands now: what changed until now has been seen."""
    _demand_reader(folder, by)
    with acting(by):
        for one in _rows(folder):
            if one.pk == row:
                now = Quote.objects.public().filter(permalink=one.permalink_id)
                for quote in now.only("pk")[:1]:
                    one.chosen = quote
                    one.save(update_fields=["chosen"])


def _rows(folder: Folder) -> list[FolderQuote]:
    """Its quotes in their order, the folder locked: one change at a time."""
    if not Folder.objects.select_for_update(no_key=True).filter(pk=folder.pk):
        raise PermissionDenied("This folder was deleted meanwhile.")
    return list(FolderQuote.objects.filter(folder=folder).order_by("position"))


def _typed(
    sheet: Sheet, stand: Mapping[int, str]
) -> tuple[dict[int, str], dict[int, str], list[str]]:
    """What is to be written, what is wrong with it, and words that have no place."""
    typed: dict[int, str] = {}
    problems: dict[int, str] = {}
    lost: list[str] = []
    for key, text in sheet.texts.items():
        words = clean(text.typed)
        if mark_of(words) == text.was or words == stand.get(key):
            continue
        if key not in stand:
            lost.append(words)
            continue
        problem = _problem(words, key)
        if not problem and mark_of(stand[key]) != text.was:
            problem = (
                "Somebody else wrote here since you opened this page. Save again to "
                "put your words in the place of theirs."
            )
        if problem:
            problems[key] = problem
        typed[key] = words
    return typed, problems, [words for words in lost if words]


def _problem(words: str, key: int) -> str:
    what, most = ("note", LONGEST_NOTE)
    if key == INTRODUCTION:
        what, most = ("introduction", LONGEST_INTRODUCTION)
    if len(words) > most:
        return (
            f"The {what} has {len(words):,} characters; {most:,} are the most. "
            "Shorten it."
        )
    try:
        characters.check_words(words)
    except characters.Unclean as problem:
        return problem.reason
    return ""


def _moved(
    order: Sequence[int], places: Mapping[int, int], step: tuple[int, int] | None
) -> list[int]:
    """The order that is wanted: rows given a place stand there, the others around."""
    moved = {
        row: place
        for place, row in enumerate(order, 1)
        if places.get(row, place) != place
    }
    wanted = [row for row in order if row not in moved]
    for row in sorted(moved, key=lambda row: places[row]):
        wanted.insert(max(0, places[row] - 1), row)
    if step is not None and step[0] in wanted:
        row, way = step
        place = wanted.index(row)
        wanted.remove(row)
        wanted.insert(max(0, place + way), row)
    return wanted


def _place(rows: Iterable[FolderQuote], order: Sequence[int]) -> None:
    """Number rows from 1 in an order; the database lets no two share a place."""
    places = {row: place for place, row in enumerate(order, 1)}
    moved = [row for row in rows if row.position != places[row.pk]]
    for row in moved:
        row.position = places[row.pk]
    FolderQuote.objects.bulk_update(moved, ["position"])


def _demand(by: User) -> None:
    verbs.demand(by, "view_quote", "You may not search quotes.")


def _demand_own(folder: Folder, by: User) -> None:
    _demand(by)
    if folder.owner_id != by.pk:
        raise PermissionDenied("Only who keeps a folder may change its name.")


def _demand_reader(folder: Folder, by: User) -> None:
    _demand(by)
    if not Folder.objects.of(by).filter(pk=folder.pk).exists():
        raise PermissionDenied("This folder is not shared with you.")

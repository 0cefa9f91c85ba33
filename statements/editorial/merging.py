"""Bring two texts of one statement together: two editors', or two editions'.

A page that was drawn before somebody else saved, and a long revision on an urgent
correction that went out meanwhile, are the same case: two made something of one text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from statements.markup import marks, merging
from statements.models import (
    Citation,
    Edition,
    EditionBase,
    EditionMedia,
    Quote,
    User,
    acting,
)

from . import editions, intake, verbs

#: Fields whose words are merged; the others are taken whole.
LINES = ("title", "summary", "byline", "change_note")
#: What belongs to an edition; the rest of a form belongs to the statement.
OF_EDITION = ("title", "summary", "byline", "body")


class Undecided(Exception):
    """Both changed something, and nobody has chosen yet."""


@dataclass(frozen=True)
class Clash:
    """A field that both changed."""

    name: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Both:
    """Two texts in one: the fields, and what is left to choose."""

    fields: Mapping[str, str]
    clashes: Sequence[Clash]
    body: merging.Merged
    #: Fields in which the other's words were taken.
    taken: Sequence[str] = field(default=())

    @property
    def open(self) -> int:
        return len(self.clashes) + len(self.body.conflicts)

    def to_choose(self) -> list[str]:
        """What a choice is asked for: names of fields, keys of conflicts."""
        return [each.name for each in self.clashes] + [
            each.key for each in self.body.conflicts
        ]

    def values(self, choices: Mapping[str, merging.Choice]) -> dict[str, str]:
        """All fields, as they were chosen. Raises Undecided."""
        if any(key not in choices for key in self.to_choose()):
            raise Undecided
        values = dict(self.fields)
        for clash in self.clashes:
            choice = choices[clash.name]
            values[clash.name] = clash.mine if choice == "mine" else clash.theirs
            if choice == "both":
                values[clash.name] = f"{clash.mine} {clash.theirs}"
        values["body"] = self.body.html(choices)
        return values


def bring_together(
    base: Mapping[str, str] | None, mine: Mapping[str, str], theirs: Mapping[str, str]
) -> Both:
    """Merge two forms by their fields; ``base`` is None where nobody knows it.

    Bodies are cleaned as a save would. Raises verbs.Unusable for one that cannot be.
    """
    fields: dict[str, str] = {}
    clashes: list[Clash] = []
    taken: list[str] = []
    for name in mine:
        if name == "body":
            continue
        own, other = mine[name], theirs.get(name, mine[name])
        was = base.get(name) if base is not None else None
        if own == other or other == was:
            fields[name] = own
        elif own == was:
            fields[name] = other
            taken.append(name)
        else:
            merged = (
                merging.merge_words(was, own, other)
                if name in LINES and was is not None
                else None
            )
            if merged is None:
                clashes.append(Clash(name, own, other))
            else:
                fields[name] = merged
                taken.append(name)
    own_body = intake.prepare(mine["body"])[0]
    if base is None:
        body = merging.merge_unknown(own_body, theirs["body"])
    else:
        body = merging.merge(base["body"], own_body, theirs["body"])
    return Both(fields, clashes, body, taken)


def base_of(edition: Edition, lock_version: int | None) -> dict[str, object] | None:
    """The words that an edition had at a version; None if they are not kept any more.

    As the database wrote them: issuer, kind and desk by key, topics as a list.
    """
    if lock_version is None:
        return None
    row = EditionBase.objects.filter(edition=edition, lock_version=lock_version).first()
    return row.words if row is not None else None


def behind(edition: Edition) -> Edition | None:
    """The edition that went out since this one was begun; None if none did."""
    if edition.frozen:
        return None
    last = editions.last_published(edition.article)
    return last if last and last.pk != edition.based_on_id else None


def compare(edition: Edition, theirs: Edition) -> Both:
    """A draft and the edition that went out since, both made from one base."""
    return bring_together(
        words(edition.based_on) if edition.based_on else None,
        words(edition),
        words(theirs),
    )


def words(edition: Edition) -> dict[str, str]:
    return {name: getattr(edition, name) for name in OF_EDITION}


def bring_in(
    edition: Edition,
    *,
    by: User,
    lock_version: int,
    choices: Mapping[str, merging.Choice],
) -> list[str]:
    """Bring the changes of the edition that went out since into a draft.

    Words, quotes, citations and files of both are kept; what one alone changed is
    taken. The draft follows that edition then, and may be published over it. Returns
    sentences for the editor. Raises Undecided, verbs.Unusable, verbs.Conflict and
    verbs.Frozen.
    """
    verbs.demand(by, "change_article", "You may not change statements.")
    with acting(by):
        fresh = intake.open_draft(edition, lock_version)
        theirs = behind(fresh)
        if theirs is None:
            raise verbs.Unusable("No edition went out since this one was begun.")
        base = fresh.based_on
        values = compare(fresh, theirs).values(choices)
        notices, body = _quotes(fresh, base, theirs, values["body"])
        revised = intake.revise(
            fresh,
            by=by,
            lock_version=fresh.lock_version,
            title=values["title"],
            summary=values["summary"],
            byline=values["byline"],
            body=body,
        )
        after = revised.edition
        notices += revised.notices
        notices += _citations(after, base, theirs)
        notices += _files(after, base, theirs)
        editions.rebase(after, by=by)
        verbs.refresh_facets(after.quotes.values_list("pk", flat=True))
    return notices


_SPEAKER = ("speaker_id", "organization_id", "appointment_id", "title_as_printed")
#: What is decided about a quote, each group by itself.
_GROUPS = (_SPEAKER, ("said_on",), ("kind",), ("language",))


def _quotes(
    edition: Edition, base: Edition | None, theirs: Edition, body: str
) -> tuple[list[str], str]:
    """Let the rows of a draft's quotes take in what became of theirs."""
    number = theirs.number
    notices: list[str] = []
    own = _by_permalink(edition)
    was = _by_permalink(base) if base else {}
    other = _by_permalink(theirs)
    here = {mark.permalink: mark for mark in marks.read(body)}
    for permalink in other.keys() & own.keys():
        quote, now = own[permalink], other[permalink]
        then = was.get(permalink)
        for group in _GROUPS:
            mine, new = _values(quote, group), _values(now, group)
            old = _values(then, group) if then else None
            if mine == new or new == old:
                continue
            if mine == old:
                for name in group:
                    setattr(quote, name, getattr(now, name))
            else:
                quote.confirmed_at = quote.confirmed_by = None
                notices.append(
                    f"The quote “{quote}” was changed in edition {number} and here. "
                    "Yours is kept: look at it again and confirm it."
                )
    Quote.objects.bulk_update(
        own.values(),
        [
            *(name for group in _GROUPS for name in group),
            "confirmed_at",
            "confirmed_by",
        ],
    )
    # Taken out there, and untouched here.
    for permalink in (own.keys() & was.keys()) - other.keys():
        if permalink not in here:
            notices.append(
                f"The quote “{own[permalink]}” is out: edition {number} took it out."
            )
            _delete(own.pop(permalink))
    added = [permalink for permalink in other.keys() - own.keys() if permalink in here]
    # Confirmed here and there: readers know the address of theirs.
    known = {(here[each].start, here[each].end) for each in added}
    for permalink in own.keys() - other.keys():
        mark = here.get(permalink)
        if mark is not None and (mark.start, mark.end) in known:
            notices.append(
                f"The quote “{own[permalink]}” was confirmed in edition {number} too. "
                "The one that readers know is kept."
            )
            _delete(own[permalink])
            del here[permalink]
    Quote.objects.bulk_create(
        [
            Quote(
                edition=edition,
                **editions.values_of(other[permalink], editions.QUOTE)
                | {"start": here[permalink].start, "end": here[permalink].end},
            )
            for permalink in added
        ]
    )
    return notices, marks.write(body, here.values())


def _by_permalink(edition: Edition) -> dict[str, Quote]:
    rows = edition.quotes.defer("tsv", "facets").order_by("start", "pk")
    return {quote.permalink_id: quote for quote in rows}


def _delete(quote: Quote) -> None:
    Citation.objects.filter(quote=quote).update(quote=None)
    quote.delete()


def _values(row: object, names: Iterable[str]) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in names)


_NAMED = ("resolution_id", "pinpoint")


def _citations(edition: Edition, base: Edition | None, theirs: Edition) -> list[str]:
    """Let a draft's citations take in what became of theirs, place by place."""
    notices: list[str] = []
    own = {(c.start, c.end): c for c in edition.citations.all()}
    other = _moved(theirs, edition)
    was = _moved(base, edition) if base else {}
    for place, citation in other.items():
        mine, then = own.get(place), was.get(place)
        old = _values(then, _NAMED) if then else None
        if mine is None:
            if then is None and not any(_overlap(place, each) for each in own):
                Citation.objects.create(
                    edition=edition,
                    **editions.values_of(citation, editions.CITATION)
                    | {
                        "start": place[0],
                        "end": place[1],
                        "printed": edition.text[slice(*place)],
                    },
                )
            continue
        new = _values(citation, _NAMED)
        if _values(mine, _NAMED) == new or new == old:
            continue
        if _values(mine, _NAMED) == old:
            for name in (*_NAMED, "confirmed_at", "confirmed_by_id"):
                setattr(mine, name, getattr(citation, name))
        else:
            mine.confirmed_at = mine.confirmed_by = None
            notices.append(
                f"The citation “{mine.printed}” was changed in edition "
                f"{theirs.number} and here. Yours is kept: remove it, or cite anew."
            )
        mine.save()
    for place, citation in was.items():
        mine = own.get(place)
        untouched = mine and _values(mine, _NAMED) == _values(citation, _NAMED)
        if mine is not None and untouched and place not in other:
            notices.append(
                f"The citation “{mine.printed}” is out: edition {theirs.number} took "
                "it out."
            )
            mine.delete()
    return notices


def _moved(source: Edition, edition: Edition) -> dict[tuple[int, int], Citation]:
    """Citations of another edition at the places of their words in this one."""
    rows = list(source.citations.order_by("start"))
    places = marks.move(
        [(row.start, row.end) for row in rows], source.text, edition.text
    )
    return {
        place: row for row, place in zip(rows, places, strict=True) if place is not None
    }


def _overlap(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one[0] < two[1] and two[0] < one[1]


_USE = ("role", "alt", "caption", "transcript")


def _files(edition: Edition, base: Edition | None, theirs: Edition) -> list[str]:
    """The same for its files and the words that stand with them."""
    notices: list[str] = []
    own, was, other = (
        {use.asset_id: use for use in each.media.select_related("asset")}
        if each
        else {}
        for each in (edition, base, theirs)
    )
    for asset, use in other.items():
        mine, then = own.get(asset), was.get(asset)
        if mine is None:
            if then is None:
                EditionMedia.objects.create(
                    edition=edition, **editions.values_of(use, editions.MEDIA)
                )
            continue
        for name in _USE:
            new = getattr(use, name)
            old = getattr(then, name) if then else None
            if new in (old, getattr(mine, name)):
                continue
            if getattr(mine, name) == old:
                setattr(mine, name, new)
            else:
                notices.append(
                    f"The words with {mine.asset} were changed in edition "
                    f"{theirs.number} and here. Yours are kept: look under Files."
                )
        mine.save(update_fields=_USE)
    for asset in (own.keys() & was.keys()) - other.keys():
        if _values(own[asset], _USE) == _values(was[asset], _USE):
            notices.append(
                f"{own[asset].asset} is no longer attached: edition {theirs.number} "
                "took it out."
            )
            own[asset].delete()
    return notices

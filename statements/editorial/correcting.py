"""What an edition changes in quotes that readers had, and where else they stand."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, F, Func, Q, Value
from django.db.models.functions import Now

from statements.detection import wording
from statements.models import (
    Article,
    Correction,
    Edition,
    Permalink,
    Quote,
    State,
    User,
)

from . import verbs

#: Other places of the same words that are listed: "Thank you." is said often.
MOST = 50

type Speaker = tuple[int | None, int | None]


@dataclass(frozen=True)
class Changed:
    """A quote of the former edition that the new one has otherwise, or not at all."""

    former: Quote
    now: Quote | None

    @property
    def words(self) -> bool:
        return self.now is not None and _plain(self.former) != _plain(self.now)

    @property
    def speaker(self) -> bool:
        return self.now is not None and _who(self.former) != _who(self.now)

    @property
    def gone(self) -> bool:
        return self.now is None


@dataclass(frozen=True)
class Elsewhere:
    """Another statement with the words that are being changed, and what to do there.

    ``edition`` is the one to open: the newest that can still be written in, else the
    one that readers have. ``state`` is its state; ``ours`` tells whether the colleague
    may open it at the desk at all.
    """

    changed: Changed
    quote: Quote
    edition: Edition
    state: State
    ours: bool

    @property
    def advice(self) -> str:
        number = self.edition.number
        if not self.ours:
            return "It belongs to another desk. Tell your colleagues there."
        if self.state == State.LIVE:
            return f"Edition {number} is out. Begin a correction of it."
        if self.state == State.SCHEDULED:
            return (
                f"Edition {number} is scheduled. Take it off the schedule, and mend it."
            )
        return f"Edition {number} is not out yet. Mend it there."


def changes(edition: Edition) -> list[Changed]:
    """The quotes that an edition changes, or drops, of the one it is based on."""
    if edition.based_on_id is None:
        return []
    pairs = {edition.pk: edition.based_on_id}
    return _changes(pairs)[edition.pk]


def record(editions: Sequence[Edition], before: Mapping[int, Edition | None]) -> None:
    """Write down what editions that go out now change in quotes.

    ``before`` is what readers had, by article. Nothing is asked for first editions.
    """
    pairs = {
        edition.pk: former.pk
        for edition in editions
        if (former := before[edition.article_id]) is not None
    }
    Correction.objects.bulk_create(
        [
            row
            for key, found in _changes(pairs).items()
            for changed in found
            for row in _rows(key, changed)
        ]
    )


def foreseen(edition: Edition) -> list[Correction]:
    """What a draft would be told to have corrected, were it out now; never saved."""
    rows = [row for each in changes(edition) for row in _rows(edition.pk, each)]
    for row in rows:
        row.edition = edition
    return rows


def forget(editions: Iterable[int]) -> None:
    """Drop what editions would have told that do not go out after all."""
    Correction.objects.filter(edition__in=list(editions)).delete()


def elsewhere(changed: Sequence[Changed], *, user: User) -> list[Elsewhere]:
    """Other statements with the words that are being changed, as they were.

    The same words by the same speaker, compared as the verbatim check compares them;
    and quotes whose address is the same since they were merged. Two or three queries,
    whatever the number of quotes. Drafts of other desks are not told of.
    """
    if not changed:
        return []
    article = changed[0].former.article_id
    seen = Article.objects.of_desks(user).values("pk")
    open_ = Q(edition__published_at=None) | Q(edition__published_at__gt=Now())
    merged = _merged([each.former.permalink_id for each in changed])
    rows = (
        Quote.objects.filter(_same_words(changed) | Q(permalink__in=merged))
        .filter(Q(live__contains=Now()) | (open_ & Q(article__in=seen)))
        .exclude(article=article)
        .exclude(start=None)
        .select_related("edition", "article__desk")
        .defer("tsv", "facets", "edition__body", "edition__text", "edition__record")
        .order_by("-said_on", "-pk")[:MOST]
    )
    found: dict[tuple[str, int], Elsewhere] = {}
    ours = set(
        Article.objects.of_desks(user)
        .filter(pk__in={row.article_id for row in rows})
        .values_list("pk", flat=True)
    )
    now = verbs.clock()
    for row in rows:
        for each in changed:
            former = each.former
            linked = merged.get(row.permalink_id) == former.permalink_id
            if not linked and (
                _who(row) != _who(former) or _folded(row.text) != _folded(former.text)
            ):
                continue
            place = Elsewhere(
                each,
                row,
                row.edition,
                row.edition.state(now),
                row.article_id in ours,
            )
            key = (former.permalink_id, row.article_id)
            if key not in found or row.edition.number > found[key].edition.number:
                found[key] = place
    return sorted(
        found.values(), key=lambda each: (each.changed.former.start or 0, each.quote.pk)
    )


def _changes(pairs: Mapping[int, int]) -> dict[int, list[Changed]]:
    """By edition, what it changes of its former one. One query for all."""
    quotes: dict[int, dict[str, Quote]] = defaultdict(dict)
    if pairs:
        rows = (
            Quote.objects.filter(
                edition__in={*pairs, *pairs.values()}, detached_at=None
            )
            .select_related("speaker", "organization")
            .defer("tsv", "facets")
            .order_by("start", "pk")
        )
        for row in rows:
            quotes[row.edition_id][row.permalink_id] = row
    found = {}
    for key, former in pairs.items():
        both = [
            Changed(quote, quotes[key].get(permalink))
            for permalink, quote in quotes[former].items()
        ]
        found[key] = [each for each in both if each.words or each.speaker or each.gone]
    return found


def _rows(edition: int, changed: Changed) -> list[Correction]:
    former, now = changed.former, changed.now
    if now is None:
        return []
    rows = []
    if changed.words:
        rows.append((Correction.What.WORDS, former.words, now.words))
    if changed.speaker:
        rows.append((Correction.What.SPEAKER, _name(former), _name(now)))
    return [
        Correction(
            edition_id=edition,
            permalink_id=former.permalink_id,
            what=what,
            before=before,
            after=after,
        )
        for what, before, after in rows
    ]


def _same_words(changed: Iterable[Changed]) -> Q:
    same = Q(pk__in=[])
    for each in changed:
        person, organization = _who(each.former)
        key = Func(
            Value(each.former.text),
            function="public.quote_key",
            output_field=BigIntegerField(),
        )
        same |= Q(
            pk__in=Quote.objects.alias(
                same=Func(
                    F("text"),
                    function="public.quote_key",
                    output_field=BigIntegerField(),
                )
            )
            .filter(same=key, speaker=person)
            .filter(**({} if person else {"organization": organization}))
            .exclude(article=each.former.article_id)
            .order_by("-pk")
            .values("pk")[:MOST]
        )
    return same


def _merged(permalinks: Sequence[str]) -> dict[str, str]:
    """Other addresses that lead to these, or that these lead to: which to which."""
    asked = set(permalinks)
    found: dict[str, str] = {}
    rows = Permalink.objects.filter(
        Q(pk__in=asked, merged_into__isnull=False) | Q(merged_into__in=asked)
    ).values_list("pk", "merged_into")
    for one, other in rows:
        if other is None:
            continue
        if one in asked:
            found[other] = one
        if other in asked:
            found[one] = other
    return found


def _who(quote: Quote) -> Speaker:
    """Who speaks: of a person, whatever the office beside the name."""
    if quote.speaker_id is not None:
        return quote.speaker_id, None
    return None, quote.organization_id


def _name(quote: Quote) -> str:
    return str(quote.speaker or quote.organization or "")


def _plain(quote: Quote) -> str:
    """The words as they are shown, without how their blanks and accents are stored."""
    return " ".join(unicodedata.normalize("NFC", quote.words).split())


def _folded(text: str) -> list[str]:
    """The words as the verbatim check compares them."""
    words = map(wording.fold, wording.scan(text).findall(text))
    return [word for word in words if word]

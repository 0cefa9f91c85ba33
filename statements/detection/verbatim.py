"""A quote against its sources: the seven verdicts.

=============  ==================================================================
``unchecked``  no source was given
``verbatim``   word for word
``marked``     word for word, with edits that the reader can see
``differs``    words, emphasis, fillers or style differ; ``rank`` says which
``elsewhere``  in another's turn or another document: possible misattribution
``not_found``  in none of them; the nearest words are shown
``stale``      an earlier verdict no longer holds, as the source has changed
=============  ==================================================================
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from .comparing import compare
from .findings import Person, Span
from .given_names import is_given
from .ledger import Comparison
from .locating import exact
from .nearby import nearest
from .printed import Printed, Word
from .verdicts import Class, Outcome, SourceText, Trust, Turn, Verdict

#: How bad an outcome is; what is stale was good once.
_BADNESS = {
    Outcome.VERBATIM: 0,
    Outcome.MARKED: 0,
    Outcome.STALE: 0,
    Outcome.DIFFERS: 1,
    Outcome.ELSEWHERE: 2,
    Outcome.NOT_FOUND: 3,
    Outcome.UNCHECKED: 4,
}
#: No quote is longer, in code points.
LONGEST = 100_000
#: Of the words of a quote so many must be there, or it was not found.
_SHARE = 0.6
#: So many, and so much of it, are worth showing all the same.
_NEAR, _NEAR_WORDS = 0.35, 1.5
#: Fewer words than that are in everybody's mouth.
_TELLING = 3

# MS OKAFOR: · SECRETARY OF STATE (via phone): · Q: · Q  Is it open?
_LABEL = re.compile(
    r"^[^\S\n]*(?:(?P<label>(?=[^\n:]{1,60}:)[A-ZÀ-ÞČŠŽ]"
    r"(?:[A-ZÀ-ÞČŠŽ.’' ,-]*[A-ZÀ-ÞČŠŽ.])?)[^\S\n]*(?:\([^()\n]{1,40}\))?:"
    r"|(?P<question>Q)(?=[^\S\n]{1,4}[A-Z(—–“\"]))",
    re.MULTILINE,
)

_TRUST = {
    Trust.THIRD_PARTY: "The transcript is a third party's, not official.",
    Trust.PREPARED: "The source is the text as prepared, not as delivered.",
}


@dataclass(frozen=True, slots=True)
class _Found:
    """A comparison and the source that it was made with."""

    source: SourceText
    comparison: Comparison

    @property
    def good(self) -> bool:
        """Word for word?"""
        return self.comparison.outcome is not Outcome.DIFFERS

    @property
    def told(self) -> bool:
        """Is so much the same that it is this place, with differences?"""
        rank = self.comparison.rank
        return self.comparison.share >= (_SHARE if rank is Class.WORDS else 0.5)

    @property
    def near(self) -> bool:
        """Is so much the same that it is worth showing?"""
        comparison = self.comparison
        return comparison.share >= _NEAR and comparison.words >= _NEAR_WORDS


def check(
    quote: str,
    sources: Sequence[SourceText],
    *,
    speaker: Person | None = None,
    elsewhere: Sequence[SourceText] = (),
    earlier: Verdict | None = None,
) -> Verdict:
    """Hold a quote against the sources in which its speaker said it.

    ``elsewhere`` are all other sources, looked through only for words that are not
    found. With ``speaker``, only his or her turns count as the right place, and turns
    of nobody known. ``earlier`` is the verdict of an older check. Of several places
    the best counts, then the first. Cost: the first check of a source reads it.

    >>> said = SourceText("The pier is open, and it stays open.", key=7)
    >>> verdict = check("“[t]he pier is open.”", [said])
    >>> verdict.outcome, [(o.kind, o.printed, o.said) for o in verdict.operations]
    (<Outcome.MARKED: 'marked'>, [('case', '[t]he', 'The'), ('punctuation', '.', ',')])
    """
    sources = [source for source in sources if source.text.strip()]
    elsewhere = [source for source in elsewhere if source.text.strip()]
    if len(quote) > LONGEST:
        warning = f"A quote of more than {LONGEST:,} characters is not compared."
        return Verdict(Outcome.UNCHECKED, warnings=(warning,))
    printed = Printed(quote)
    if not any(isinstance(item, Word) for item in printed.items):
        warning = "The quote holds no words of its own."
        if sources:
            return _nowhere(sources[0], warning)
        return Verdict(Outcome.UNCHECKED, warnings=(warning,))
    verdict = _check(printed, sources, speaker, elsewhere)
    return verdict if earlier is None else _held(verdict, earlier, sources)


def changed(earlier: Verdict, source: SourceText) -> bool:
    """Was this verdict given on another version of this source?"""
    return earlier.source == source.key and earlier.digest != source.digest


def _check(
    quote: Printed,
    sources: Sequence[SourceText],
    speaker: Person | None,
    elsewhere: Sequence[SourceText],
) -> Verdict:
    if not sources:
        return _unchecked(quote, elsewhere)
    mine = [(source, _turns(source, speaker)) for source in sources]
    own = _best(quote, mine, word_for_word=False)
    if own is not None and own.good:
        return _verdict(own.comparison.outcome, own)
    if own is not None and own.told and own.comparison.rank is not Class.WORDS:
        return _verdict(Outcome.DIFFERS, own)
    others = [(source, _rest(source, turns)) for source, turns in mine]
    places: list[tuple[SourceText, Collection[int] | None]] = [
        (source, turns) for source, turns in others if turns
    ]
    places += [(source, None) for source in elsewhere]
    words = sum(isinstance(item, Word) for item in quote.items)
    if words >= _TELLING:
        other = _best(quote, places, word_for_word=True)
        if other is None and not (own is not None and own.told):
            other = _best(quote, places, word_for_word=False)
            if other and other.comparison.rank is Class.WORDS:
                if own is None or own.comparison.share < other.comparison.share:
                    own, other = other, None
                else:
                    other = None
                if own is not None and own.told:
                    return _verdict(Outcome.NOT_FOUND, own)
        if other is not None:
            return _misattributed(other)
    if own is not None and own.told:
        return _verdict(Outcome.DIFFERS, own)
    if own is not None and own.near:
        return _verdict(Outcome.NOT_FOUND, own)
    return _nowhere(sources[0])


def _nowhere(source: SourceText, *warnings: str) -> Verdict:
    """Not found; what was looked through first is kept all the same."""
    return Verdict(
        Outcome.NOT_FOUND,
        source=source.key,
        digest=source.digest,
        trust=source.trust,
        warnings=warnings,
    )


def _unchecked(quote: Printed, elsewhere: Sequence[SourceText]) -> Verdict:
    """Without a source; one that has the words word for word is named."""
    found = _best(quote, [(source, None) for source in elsewhere], word_for_word=True)
    if found is None:
        return Verdict(Outcome.UNCHECKED)
    name = found.source.title or f"source {found.source.key}"
    warning = f"No source is given, but these words stand in {name}."
    return _verdict(Outcome.UNCHECKED, found, warning)


def _held(fresh: Verdict, earlier: Verdict, sources: Sequence[SourceText]) -> Verdict:
    """The fresh verdict; stale, if an earlier one fell because the source changed."""
    gone = any(changed(earlier, source) for source in sources)
    if not gone or _BADNESS[fresh.outcome] <= _BADNESS[earlier.outcome]:
        return fresh
    warning = (
        "The source has changed since the check, which found: "
        f"{earlier.outcome.value.replace('_', ' ')}. Check the quote again."
    )
    return replace(fresh, outcome=Outcome.STALE, warnings=(warning, *fresh.warnings))


def _best(
    quote: Printed,
    places: Sequence[tuple[SourceText, Collection[int] | None]],
    *,
    word_for_word: bool,
) -> _Found | None:
    """The best place: all that are word for word before any that is not."""
    found = [
        _Found(source, comparison)
        for source, turns in places
        for comparison in _exact(quote, source, turns)
    ]
    if not found and not word_for_word:
        for source, turns in places:
            placing = nearest(quote, source.prepared, turns)
            if placing is not None:
                comparison = compare(quote, source.prepared, placing)
                found.append(_Found(source, comparison))
    return min(found, key=lambda each: each.comparison.order) if found else None


def _exact(
    quote: Printed, source: SourceText, turns: Collection[int] | None
) -> Iterator[Comparison]:
    for placing in exact(quote, source.prepared, turns):
        comparison = compare(quote, source.prepared, placing)
        yield comparison
        if comparison.outcome is Outcome.VERBATIM and not comparison.operations:
            return


def _verdict(outcome: Outcome, found: _Found, *warnings: str) -> Verdict:
    source, comparison = found.source, found.comparison
    told = list(warnings)
    if source.trust in _TRUST and outcome is not Outcome.NOT_FOUND:
        told.append(_TRUST[source.trust])
    turn = source.prepared.turn(comparison.first)
    said_by = source.turns[turn] if turn >= 0 else source
    return Verdict(
        outcome,
        rank=comparison.rank,
        source=source.key,
        digest=source.digest,
        trust=source.trust,
        label=said_by.label,
        person=said_by.person,
        spans=tuple(comparison.spans),
        operations=tuple(comparison.operations),
        differences=tuple(comparison.differences),
        warnings=(*told, *comparison.warnings),
        left_out=comparison.left_out,
        share=comparison.share,
    )


def _misattributed(found: _Found) -> Verdict:
    verdict = _verdict(Outcome.ELSEWHERE, found)
    name = found.source.title or f"source {found.source.key}"
    who = f", said by {verdict.label}" if verdict.label else ""
    warning = f"These words stand in {name}{who}: the quote may be somebody else's."
    return replace(verdict, warnings=(warning, *verdict.warnings))


# Whose turn it is.


def _turns(source: SourceText, speaker: Person | None) -> Collection[int] | None:
    """The turns that may be the speaker's; None for the whole text."""
    if speaker is None:
        return None
    if not source.turns:
        said = _said_by(source.label, source.person, speaker)
        return set() if said is False else None
    return {
        number
        for number, turn in enumerate(source.turns)
        if _said_by(turn.label, turn.person, speaker) is not False
    }


def _rest(source: SourceText, turns: Collection[int] | None) -> Collection[int]:
    """All other turns; -1 is the text outside of any."""
    if turns is None:
        return ()
    return set(range(-1, len(source.turns))) - set(turns)


def _said_by(label: str, person: int | None, speaker: Person) -> bool | None:
    """Is this the speaker? None if nobody can tell.

    MS OKAFOR, SPOKESPERSON OKAFOR and ILSE OKAFOR are Ilse Okafor; ANNA OKAFOR is not.
    """
    if person is not None:
        return person == speaker.key
    words = re.findall(r"[^\W\d_]+", label.casefold())
    if not words:
        return None
    for name in (speaker.name, *speaker.other_names):
        names = re.findall(r"[^\W\d_]+", name.casefold())
        if names and names[-1] == words[-1]:
            given = words[-2] if len(words) > 1 else ""
            return given in names or not is_given(given.capitalize())
    return False


def turns(text: str) -> tuple[Turn, ...]:
    """The turns of a transcript in the usual layout, each from after its label.

    >>> text = "MS OKAFOR: The pier is open.\\nQUESTION: Since when?"
    >>> [(turn.label, turn.span.of(text).strip()) for turn in turns(text)]
    [('MS OKAFOR', 'The pier is open.'), ('QUESTION', 'Since when?')]
    """
    labels = list(_LABEL.finditer(text))
    ends = [*(label.start() for label in labels), len(text)][1:]
    return tuple(
        Turn(Span(label.end(), end), label["label"] or label["question"])
        for label, end in zip(labels, ends, strict=True)
    )

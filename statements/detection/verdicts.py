"""Frozen values of the verbatim check: what is compared, and what came of it.

Spans of a source are places in its text, spans of a quote places in the quote as it
was given, so ``span.of(text)`` is always what stands there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from .findings import Span
from .wording import Prepared

#: Changes whenever the same texts may get another verdict.
CHECKER = "verbatim 1"


class Outcome(StrEnum):
    """The seven verdicts, spelled as they are stored."""

    UNCHECKED = "unchecked"
    VERBATIM = "verbatim"
    MARKED = "marked"
    DIFFERS = "differs"
    ELSEWHERE = "elsewhere"
    NOT_FOUND = "not_found"
    STALE = "stale"


class Trust(StrEnum):
    """How far a source can be believed, spelled as it is stored."""

    OFFICIAL = "official"
    PREPARED = "prepared"
    THIRD_PARTY = "third_party"


class Class(StrEnum):
    """How grave a difference is; the gravest first.

    ``emphasis`` was laid on words without saying so. ``fillers`` were left out
    ("uh", "I – I think"). ``style`` is another way to write the same words.
    """

    WORDS = "words"
    EMPHASIS = "emphasis"
    FILLERS = "fillers"
    STYLE = "style"


GRAVITY = tuple(Class)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said in one go; ``label`` as printed, ``person`` if known."""

    span: Span
    label: str = ""
    person: int | None = None


@dataclass(frozen=True)
class SourceText:
    """One version of a transcript or a statement.

    ``key`` is the caller's own and handed back. Without turns the whole text is
    ``label``'s or ``person``'s; text outside every turn is nobody's. The index
    that the check needs is built on first use and kept with the object: about 50 ms
    of processor time for 600,000 characters, and some 2 MB.
    """

    text: str
    key: int | str = ""
    turns: tuple[Turn, ...] = ()
    label: str = ""
    person: int | None = None
    title: str = ""
    trust: Trust = Trust.OFFICIAL
    sha256: str = ""

    @cached_property
    def prepared(self) -> Prepared:
        """The words of the text, numbered."""
        return Prepared(self.text, [(t.span.start, t.span.end) for t in self.turns])

    @cached_property
    def digest(self) -> str:
        """The digest given, else that of the text."""
        return (
            self.sha256
            or hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        )


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing in which the quote is not printed letter by letter as the source.

    ==============  ==============================================================
    ``case``        another first letter: ``[t]he``, or a capital lowered or raised
    ``bracket``     ``[the regime]`` for words of the source, or put in (0 words)
    ``omission``    an ellipsis; ``said`` and ``words`` are what was left out
    ``sic``         ``[sic]``: the word before it stands so in the source
    ``emphasis``    laid on words, and marked as added
    ``punctuation`` the last sign; ``goes_on`` if the source's sentence does
    ``aside``       a stage direction of the source that was passed over
    ``style``       the same words, written otherwise
    ``fillers``     hesitation left out
    ==============  ==============================================================
    """

    kind: str
    quote: Span
    source: Span | None
    printed: str
    said: str
    words: int = 0
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that are not the same: ``inserted``, ``missing`` or ``changed``."""

    kind: str
    printed: str
    said: str
    quote: Span
    source: Span
    rank: Class = Class.WORDS


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of comparing one quote with its sources.

    ``spans`` are the places in the source ``source``, one for each piece between
    omissions; of a quote that was not found, those of the nearest words, or none and
    the first source given. ``rank`` is the gravest of the differences. ``label`` and
    ``person`` say whose turn it is. The hour of the check is the caller's to keep.
    """

    outcome: Outcome
    rank: Class | None = None
    source: int | str | None = None
    digest: str = ""
    trust: Trust | None = None
    label: str = ""
    person: int | None = None
    spans: tuple[Span, ...] = ()
    operations: tuple[Operation, ...] = ()
    differences: tuple[Difference, ...] = ()
    warnings: tuple[str, ...] = ()
    left_out: int = 0
    share: float = field(default=0.0, compare=False)
    checker: str = CHECKER

    @property
    def span(self) -> Span | None:
        """From the first word of the place to its last."""
        if not self.spans:
            return None
        return Span(self.spans[0].start, self.spans[-1].end)

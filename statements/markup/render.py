"""The HTML of a public article body: the text, with its notes in the margin.

One row for each top-level block, to be put into an <article>. Classes, for the CSS::

    .row            one block and its note; let it be ``display: contents`` in a grid
    .row-noted      a row that has a note
    .row-text       the block: column 1
    .note           <aside>, after its block in the source: column 2
    .note-tall      a note taller than its block; it may span rows below, which have
                    no note: .note-span-2, .note-span-3 or .note-span-4 rows in all
    .note-entry     one speaker's note, id "n-PERMALINK" of its first quote
    .note-letter    its superior letter; only where two notes share a block
    .note-who, .note-count, .note-what, .note-office, .note-corrected      two lines
    .verdict, .verdict-ok, -note, -differs, -unchecked, .verdict-sign
    .note-more      <details>; .note-quotes, .note-facts, .note-was, .note-permalink
                    in it
    .quote          the wash, quotation marks included; the first piece of each quote
                    has the id "q-PERMALINK", all have aria-describedby
    .corrected      <ins> in it: words that a correction put there
    .quote-ref      <sup> behind the closing mark: a link to the note, by its letter;
                    .print-only without a link where no two notes share the block
    .quote-links    behind the mark: .quote-here to these words on the page, .quote-page
                    to the quote's own page; without text, the CSS draws their signs
    .citation       a link to a resolution; ``.quote .citation`` was spoken
    .end-notes      behind the last row, hidden but on paper: the notes by their letters

No style attributes, no script. The same arguments always give the same HTML.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from . import differences
from .attributes import DIRECTIONS, LANGUAGE, link
from .marks import Mark, cut
from .notes import CitationNote, Note, QuoteNote, end_notes, entry, height, runs
from .pieces import Piece, Run, Tag, parse, placed, serialise
from .projection import divided, to_text
from .saying import ENGLISH, Saying

__all__ = ["CitationNote", "QuoteNote", "Remarked", "RowHTML", "render", "rows"]

_OPENING = frozenset("“„«‹‘‚‟‛「『《〈\"'»›")
_CLOSING = frozenset("”“»›’‘」』》〉\"'«‹")

# The measure of the page: 38 rem of 19 px on 1.6, a note of 13 px beside it.
_LINE = 68
_LINE_HEIGHT = 30
_BLOCK_GAP = 20
_TALLEST = 4  # rows that a note may span


class Remarked(NamedTuple):
    """Words that a colleague remarked on; ``number`` and ``key`` lead to the remark."""

    start: int
    end: int
    number: int
    key: str


class RowHTML(NamedTuple):
    """A block's row, and its span of the text."""

    start: int
    end: int
    html: str


def render(
    body: str, quotes: Sequence[QuoteNote], citations: Sequence[CitationNote]
) -> str:
    """Draw a clean body with its quotes and citations: see ``rows``."""
    return "\n".join(row.html for row in rows(body, quotes, citations))


def rows(
    body: str,
    quotes: Sequence[QuoteNote],
    citations: Sequence[CitationNote],
    remarks: Sequence[Remarked] | None = None,
    saying: Saying = ENGLISH,
) -> list[RowHTML]:
    """The rows of a clean body with its quotes and citations.

    With ``remarks``, even none, they are for the desk: without links to the quotes and
    without what only paper shows. Else the last row is that of the end notes.

    Marks in the body are not looked at: ``quotes`` decides what is shown. A citation
    inside a link that the author made is left to that link, and of two overlapping
    citations the first is drawn.

    Raises ValueError for a quote, citation or remark outside the text or without a
    word.
    """
    text = to_text(body)
    quotes = sorted(quotes, key=lambda each: (each.start, -each.end, each.permalink))
    places = [(each.start, each.end) for each in quotes]
    places += [(each.start, each.end) for each in citations]
    linked = remarks is None
    remarks = remarks or ()
    places += [(each.start, each.end) for each in remarks]
    for start, end in places:
        if not 0 <= start < end <= len(text):
            raise ValueError(
                f"The place {start}–{end} lies outside the text "
                f"of {len(text)} characters."
            )
        if not text[start:end].strip():
            raise ValueError(f"The place {start}–{end} covers no words.")
    washed = [_washed(quote, text) for quote in quotes]
    pieces = cut(placed(parse(body)), sorted(washed, key=_order))
    pieces = _cited(placed(pieces), sorted(citations, key=lambda each: each.start))
    for tag, spans in _corrected(quotes, text).items():
        pieces = _marked(placed(pieces), spans, tag)
    pieces = _marked(
        placed(pieces),
        [(each.start, each.end) for each in remarks],
        '<mark class="remarked">',
    )
    blocks = divided(placed(pieces))
    starts = [start for _, start, _, _ in blocks]
    lines = [
        (_row_of(mark.start, starts), _row_of(mark.end - 1, starts)) for mark in washed
    ]
    notes = runs(quotes, lines)
    note_of = {quote.permalink: note for note in notes for quote in note.quotes}
    # By the place in the text where it ends, what follows a quote: letter and links.
    closing: dict[int, list[Tag]] = {}
    for number, (mark, (first, last)) in enumerate(zip(washed, lines, strict=True)):
        note = note_of[mark.permalink]
        if not note.shared.isdisjoint(range(first, last + 1)):
            closing.setdefault(mark.end, []).append(_letter(note, saying))
        elif linked:
            closing.setdefault(mark.end, []).append(_paper_letter(note))
        if linked and (links := _links(quotes[number], number + 1, saying)):
            closing.setdefault(mark.end, []).append(links)
    heights = [_block_height(tag, text[start:end]) for tag, start, end, _ in blocks]
    standing: dict[int, list[Note]] = {}
    for note in notes:
        standing.setdefault(note.row, []).append(note)
    opener = _Opener(quotes, note_of)
    written: list[RowHTML] = []
    for index, (_, begin, end, inside) in enumerate(blocks):
        html = serialise(_lettered(inside, closing, remarks), opener)
        here = standing.get(index, [])
        if not here:
            plain = f'<div class="row">{_column(html)}</div>'
            written.append(RowHTML(begin, end, plain))
            continue
        needed = sum(height(note) for note in here)
        span = _span(index, needed, heights, standing)
        tall = f" note-tall note-span-{span}" if span > 1 else ""
        entries = "".join(entry(note, text, saying, paper=linked) for note in here)
        noted = (
            f'<div class="row row-noted">{_column(html)}'
            f'<aside class="note{tall}">{entries}</aside></div>'
        )
        written.append(RowHTML(begin, end, noted))
    if linked and notes:
        written.append(RowHTML(len(text), len(text), end_notes(notes, text, saying)))
    return written


def _column(html: str) -> str:
    """The text's column; one that holds a table can be scrolled by keyboard too."""
    reach = ' tabindex="0"' if "<table" in html else ""
    return f'<div class="row-text"{reach}>{html}</div>'


class _Opener:
    """Writes the start tag of each piece of a quote; only the first has the id."""

    def __init__(self, quotes: Iterable[QuoteNote], notes: dict[str, Note]) -> None:
        self.quotes = {quote.permalink: quote for quote in quotes}
        self.notes = notes
        self.seen: set[str] = set()

    def __call__(self, permalink: str) -> str:
        quote = self.quotes[permalink]
        written = '<span class="quote"'
        if permalink not in self.seen:
            self.seen.add(permalink)
            written += f' id="q-{escape(permalink)}"'
        written += f' aria-describedby="{escape(self.notes[permalink].id)}"'
        if LANGUAGE.fullmatch(quote.lang):
            written += f' lang="{quote.lang}"'
        if quote.dir in DIRECTIONS:
            written += f' dir="{quote.dir}"'
        return f"{written}>"


def _order(mark: Mark) -> tuple[int, int, str]:
    return mark.start, -mark.end, mark.permalink


def _washed(quote: QuoteNote, text: str) -> Mark:
    """The quote with the quotation marks beside its words, where there are any."""
    start, end = quote.start, quote.end
    if start and text[start - 1] in _OPENING:
        start -= 1
    if end < len(text) and text[end] in _CLOSING:
        end += 1
    return Mark(quote.permalink, start, end)


def _cited(
    pieces: Iterable[tuple[int, Piece]], citations: Sequence[CitationNote]
) -> list[Piece]:
    """Divide runs at citations and put links on them, at the place of <a>."""
    cited: list[Piece] = []
    index = 0
    for place, piece in pieces:
        if not isinstance(piece, Run):
            cited.append(piece)
            continue
        at, end = place, place + len(piece.text)
        while at < end:
            while index < len(citations) and citations[index].end <= at:
                index += 1
            citation = citations[index] if index < len(citations) else None
            stop = end
            marks = piece.marks
            if citation is not None and citation.start < end:
                if citation.start > at:
                    stop = citation.start
                else:
                    stop = min(end, citation.end)
                    marks = _with_link(marks, citation)
            text = piece.text[at - place : stop - place]
            cited.append(Run(text, piece.quotes, marks))
            at = stop
    return cited


def _with_link(marks: tuple[str, ...], citation: CitationNote) -> tuple[str, ...]:
    address = link(citation.url)
    if not address or any(mark.startswith("<a ") for mark in marks):
        return marks
    title = ", ".join(
        words
        for words in (citation.symbol, citation.title, citation.adopted_words)
        if words
    )
    told = f' title="{escape(title)}"' if title else ""
    opened = f'<a class="citation" href="{escape(address)}"{told}>'
    outside = sum(mark.startswith("<span") for mark in marks)
    return (*marks[:outside], opened, *marks[outside:])


def _corrected(
    quotes: Sequence[QuoteNote], text: str
) -> dict[str, list[tuple[int, int]]]:
    """By start tag, the words that the newest correction of each quote put there.

    None where the words that stand there are not those of the correction.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for quote in quotes:
        one = next((each for each in quote.corrected if each.what == "words"), None)
        if one is None or not text.startswith(one.after, quote.start):
            continue
        if len(one.after) < quote.end - quote.start - 1:  # a comma of the sentence
            continue
        when = f' datetime="{escape(one.on)}"' if one.on else ""
        spans = found.setdefault(f'<ins class="corrected"{when}>', [])
        spans += [
            (quote.start + start, quote.start + end)
            for start, end in differences.places(one.before, one.after)
        ]
    return found


def _marked(
    pieces: Iterable[tuple[int, Piece]], spans: Sequence[tuple[int, int]], tag: str
) -> list[Piece]:
    """Divide runs at spans and put a tag on what any of them covers, innermost."""
    cuts = sorted({at for span in spans for at in span})
    divided: list[Piece] = []
    for place, piece in pieces:
        if not isinstance(piece, Run) or not cuts:
            divided.append(piece)
            continue
        end = place + len(piece.text)
        edges = [place, *(at for at in cuts if place < at < end), end]
        for here, there in pairwise(edges):
            marks = piece.marks
            if any(start <= here < end for start, end in spans):
                marks = (*marks, tag)
            text = piece.text[here - place : there - place]
            divided.append(Run(text, piece.quotes, marks))
    return divided


def _lettered(
    pieces: Iterable[tuple[int, Piece]],
    closing: dict[int, list[Tag]],
    remarks: Sequence[Remarked],
) -> list[Piece]:
    """The pieces of a block with what follows quotes, and with remarks' numbers."""
    lettered: list[Piece] = []
    for place, piece in pieces:
        lettered.append(piece)
        if isinstance(piece, Run) and piece.text != "\n":
            lettered += closing.get(place + len(piece.text), ())
            for remark in remarks:
                if remark.end == place + len(piece.text):
                    html = (
                        f'<sup class="remark-ref"><a href="#{escape(remark.key)}" '
                        f'aria-label="Remark {remark.number}">{remark.number}</a></sup>'
                    )
                    lettered.append(Tag("sup", html, 0))
    return lettered


def _letter(note: Note, saying: Saying) -> Tag:
    """The superior letter that leads to a note."""
    label = saying.gettext("%(letter)s: note on %(name)s") % {
        "letter": note.letter,
        "name": note.quotes[0].speaker_name,
    }
    html = (
        f'<sup class="quote-ref"><a href="#{escape(note.id)}" '
        f'aria-label="{escape(label)}">{note.letter}</a></sup>'
    )
    return Tag("sup", html, 0)


def _paper_letter(note: Note) -> Tag:
    """The letter of a note on paper, where a screen needs none to tell it."""
    return Tag("sup", f'<sup class="quote-ref print-only">{note.letter}</sup>', 0)


def _links(quote: QuoteNote, number: int, saying: Saying) -> Tag | None:
    """Links to copy: to these words on the page, and to the quote's own page."""
    address = link(quote.url)
    if not address:
        return None
    which = {"number": number, "name": quote.speaker_name}
    here = saying.gettext("Quote %(number)d, %(name)s: link to these words") % which
    page = saying.gettext("Quote %(number)d, %(name)s: its own page") % which
    html = (
        '<span class="quote-links">'
        f'<a class="quote-here" href="#q-{escape(quote.permalink)}" '
        f'aria-label="{escape(here)}"></a>'
        f'<a class="quote-page" href="{escape(address)}" rel="bookmark" '
        f'aria-label="{escape(page)}"></a></span>'
    )
    return Tag("span", html, 0)


def _row_of(place: int, starts: Sequence[int]) -> int:
    """The block in which a place of the text lies; empty blocks hold none."""
    return bisect_right(starts, place) - 1


def _block_height(tag: str, text: str) -> int:
    """Pixels that a block takes at the full measure: an estimate."""
    if not text:
        return _BLOCK_GAP
    lines = sum(-(-len(line) // _LINE) for line in text.split("\n"))
    return lines * (_LINE_HEIGHT + 8 * tag.startswith("h")) + _BLOCK_GAP


def _span(
    row: int, needed: int, heights: Sequence[int], standing: dict[int, list[Note]]
) -> int:
    """How many rows a note of this height spans: at most down to the next note."""
    span = 1
    reached = heights[row]
    while (
        reached < needed
        and span < _TALLEST
        and row + span < len(heights)
        and row + span not in standing
    ):
        reached += heights[row + span]
        span += 1
    return span

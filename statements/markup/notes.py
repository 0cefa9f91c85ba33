"""The notes in the margin: which quotes share one, and the HTML of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from .attributes import LANGUAGE, link
from .differences import around_change
from .saying import ENGLISH, Saying


@dataclass(frozen=True, slots=True)
class Corrected:
    """What an edition changed in a quote: "words" or "speaker", and when it went out.

    ``on_words`` is the date for readers, ``on`` for machines; both are empty where an
    edition is not out yet.
    """

    what: str
    before: str
    after: str
    on_words: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class QuoteNote:
    """A quote as the page shows it: its place in the text and what is said of it.

    ``start`` and ``end`` count code points of the projection, between the quotation
    marks. ``office`` and the words are ready for readers, "" where there are none;
    ``resolutions`` are pairs of symbol and address, ``corrected`` begins with the
    newest correction; ``heard`` is "Listen from 0:36" and the address of that time.
    """

    permalink: str
    start: int
    end: int
    url: str
    speaker_name: str
    speaker_url: str = ""
    office: str = ""
    verdict: str = ""
    verdict_words: str = ""
    evidence_words: str = ""
    said_on_words: str = ""
    lang: str = ""
    dir: str = ""
    resolutions: tuple[tuple[str, str], ...] = ()
    corrected: tuple[Corrected, ...] = ()
    heard: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class CitationNote:
    """A place where the text names a resolution, and that resolution's address."""

    start: int
    end: int
    url: str
    symbol: str
    title: str = ""
    adopted_words: str = ""


@dataclass(slots=True, eq=False)
class Note:
    """One note: a run of quotes of the same speaker in the same office.

    ``row`` is the block beside which it stands, ``shared`` the blocks that hold
    quotes of other notes too; then its letter is shown on a screen as well.
    """

    row: int
    quotes: list[QuoteNote] = field(default_factory=list)
    shared: set[int] = field(default_factory=set)
    letter: str = ""

    @property
    def id(self) -> str:
        return f"n-{self.quotes[0].permalink}"

    @property
    def who(self) -> tuple[str, str, str]:
        return _who(self.quotes[0])


#: Verdicts by the class and the sign they are shown with.
_SIGNS = {
    "verbatim": ("ok", "✓"),
    "ok": ("ok", "✓"),
    "marked": ("note", "≈"),
    "elsewhere": ("note", "≈"),
    "note": ("note", "≈"),
    "differs": ("differs", "≠"),
    "not_found": ("differs", "≠"),
}
_UNCHECKED = ("unchecked", "○")
#: Of several verdicts the gravest is told.
_GRAVITY = ("ok", "note", "unchecked", "differs")

_EXCERPT = 48  # characters of a quote by which it is told from the others


def runs(quotes: Sequence[QuoteNote], blocks: Sequence[tuple[int, int]]) -> list[Note]:
    """Notes for quotes in text order; ``blocks`` says where each begins and ends.

    A quote joins the note before it if speaker and office are the same, or another
    note that already has a quote in its block. Notes that share a block are told
    apart by letters, counted through the article.
    """
    notes: list[Note] = []
    touching: dict[int, list[Note]] = {}  # block -> its notes
    for quote, (first, last) in zip(quotes, blocks, strict=True):
        who = _who(quote)
        candidates = [*notes[-1:], *touching.get(first, ())]
        note = next((each for each in candidates if each.who == who), None)
        if note is None:
            note = Note(first)
            notes.append(note)
        note.quotes.append(quote)
        for block in range(first, last + 1):
            here = touching.setdefault(block, [])
            if note not in here:
                here.append(note)
    for block, here in touching.items():
        if len(here) > 1:
            for note in here:
                note.shared.add(block)
    for number, note in enumerate(notes):
        note.letter = _letter(number)
    return notes


def _who(quote: QuoteNote) -> tuple[str, str, str]:
    return quote.speaker_name, quote.speaker_url, quote.office


def _letter(number: int) -> str:
    """a … z, aa … az, ba …"""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def entry(
    note: Note, text: str, saying: Saying = ENGLISH, *, paper: bool = True
) -> str:
    """The HTML of one note: two lines, and the rest in <details>.

    Without ``paper`` a letter is written only where a screen shows it.
    """
    first = note.quotes[0]
    name = f"<bdi>{escape(first.speaker_name)}</bdi>"
    letter = ""
    if note.shared or paper:
        only = "" if note.shared else " print-only"
        letter = f'<span class="note-letter{only}">{note.letter}</span> '
    count = len(note.quotes)
    counted = ""
    if count > 1:
        # Only ever of several; the form for one is there for languages with more forms.
        told = saying.ngettext("%(n)d quote", "%(n)d quotes", count) % {"n": count}
        counted = f' <span class="note-count">· {escape(told)}</span>'
    lines = [
        f'<p class="note-who">{letter}<strong>{_linked(first.speaker_url, name)}'
        f"</strong>{counted}</p>"
    ]
    office = f'<bdi class="note-office">{escape(first.office)}</bdi>'
    what = [office] if first.office else []
    if corrected := sum(bool(quote.corrected) for quote in note.quotes):
        words = saying.gettext("Corrected")
        if count > 1:
            words = saying.gettext("%(some)d of %(all)d corrected") % {
                "some": corrected,
                "all": count,
            }
        what.append(f'<span class="note-corrected">{escape(words)}</span>')
    if verdict := _common_verdict(note.quotes, saying):
        what.append(verdict)
    if what:
        lines.append(f'<p class="note-what">{" · ".join(what)}</p>')
    if count == 1:
        about = saying.gettext("About this quote")
        more = _facts(first, saying)
    else:
        about = saying.ngettext(
            "About this %(n)d quote", "About these %(n)d quotes", count
        ) % {"n": count}
        more = "".join(
            f"<li>{_excerpt(quote, text)}{_facts(quote, saying, verdict=True)}</li>"
            for quote in note.quotes
        )
        more = f'<ol class="note-quotes">{more}</ol>'
    return (
        f'<div class="note-entry" id="{escape(note.id)}">{"".join(lines)}'
        f'<details class="note-more"><summary>{escape(about)}</summary>{more}</details>'
        "</div>"
    )


def end_notes(notes: Sequence[Note], text: str, saying: Saying = ENGLISH) -> str:
    """What paper shows behind the text: all that a note folds away, by its letter.

    On a screen the notes themselves open, so this is hidden there, and from those who
    have a page read to them. Nothing in it has an id.
    """
    listed = []
    for note in notes:
        first = note.quotes[0]
        who = f"<strong><bdi>{escape(first.speaker_name)}</bdi></strong>"
        if first.office:
            who += f"{escape(saying.gettext(', '))}<bdi>{escape(first.office)}</bdi>"
        several = len(note.quotes) > 1
        told = "".join(
            f"<p>{_on_paper(quote, text, saying, excerpt=several)}</p>"
            for quote in note.quotes
        )
        letter = f'<span class="note-letter">{note.letter}</span>'
        listed.append(f"<li>{letter}<div><p>{who}</p>{told}</div></li>")
    if not listed:
        return ""
    title = escape(saying.gettext("Notes"))
    return (
        f'<div class="end-notes" hidden><p class="small-title">{title}</p>'
        f"<ol>{''.join(listed)}</ol></div>"
    )


def _on_paper(quote: QuoteNote, text: str, saying: Saying, *, excerpt: bool) -> str:
    """All that is told of a quote on one line, with its address in full view."""
    facts = [f"<bdi>“{escape(_first_words(quote, text))}”</bdi>"] if excerpt else []
    if quote.verdict_words:
        facts.append(_verdict(quote))
    facts += [_was(one, quote, saying) for one in quote.corrected]
    facts += [escape(words) for words in (quote.said_on_words, quote.evidence_words)]
    facts += [
        escape(saying.gettext("cites %(symbol)s"))
        % {"symbol": f"<bdi>{escape(symbol)}</bdi>"}
        for symbol, _ in quote.resolutions
    ]
    if url := link(quote.url):
        facts.append(f'<a href="{escape(url)}"><bdi dir="ltr">{escape(url)}</bdi></a>')
    return " · ".join(fact for fact in facts if fact)


def height(note: Note) -> int:
    """Pixels that a note takes in the margin, closed: an estimate from its letters."""
    first = note.quotes[0]
    words = max((len(quote.verdict_words) for quote in note.quotes), default=0)
    if any(quote.corrected for quote in note.quotes):
        words += len("9 of 9 corrected · ")
    lines = 1 + -(-(len(first.office) + words + 5) // 34) + 1
    if len(first.speaker_name) > 28:
        lines += 1
    return 20 * lines + 12


def _common_verdict(quotes: Sequence[QuoteNote], saying: Saying) -> str:
    """What is told of all quotes of a run: one verdict, or the gravest of them."""
    told = [quote for quote in quotes if quote.verdict_words]
    if not told:
        return ""
    gravest = max(told, key=lambda quote: _GRAVITY.index(_sign(quote)[0]))
    number = sum(quote.verdict_words == gravest.verdict_words for quote in told)
    if number == len(quotes):
        return _verdict(gravest)
    some = saying.gettext("%(some)d of %(all)d:") % {
        "some": number,
        "all": len(quotes),
    }
    return _verdict(gravest, f"{escape(some)} ")


def _sign(quote: QuoteNote) -> tuple[str, str]:
    return _SIGNS.get(quote.verdict, _UNCHECKED)


def _verdict(quote: QuoteNote, before: str = "") -> str:
    kind, sign = _sign(quote)
    return (
        f'<span class="verdict verdict-{kind}">'
        f'<span class="verdict-sign" aria-hidden="true">{sign}</span> '
        f"{before}{escape(quote.verdict_words)}</span>"
    )


def _facts(quote: QuoteNote, saying: Saying, *, verdict: bool = False) -> str:
    """What is told of a quote: of one of several with its verdict."""
    facts = [_was(one, quote, saying) for one in quote.corrected]
    if verdict and quote.verdict_words:
        facts.append(_verdict(quote))
    facts += [escape(words) for words in (quote.said_on_words, quote.evidence_words)]
    facts += [
        escape(saying.gettext("cites %(symbol)s"))
        % {"symbol": _linked(url, f"<bdi>{escape(symbol)}</bdi>")}
        for symbol, url in quote.resolutions
    ]
    if quote.heard and (url := link(quote.heard[1])):
        facts.append(
            f'<a class="note-heard" href="{escape(url)}">{escape(quote.heard[0])}</a>'
        )
    if url := link(quote.url):
        if not verdict:  # an excerpt leads there already
            facts.append(
                f'<a class="note-place" href="#q-{escape(quote.permalink)}">'
                f"{escape(saying.gettext('Its place in this text'))}</a>"
            )
        facts.append(
            f'<a class="note-permalink" href="{escape(url)}" rel="bookmark">'
            f"{escape(saying.gettext('Link to this quote'))}</a>"
        )
    listed = "".join(f"<li>{fact}</li>" for fact in facts if fact)
    return f'<ul class="note-facts">{listed}</ul>' if listed else ""


def _was(one: Corrected, quote: QuoteNote, saying: Saying) -> str:
    """What stood there before a correction: "Corrected on 2 May 2026: was …"."""
    if one.what == "words":
        lang = f' lang="{quote.lang}"' if LANGUAGE.fullmatch(quote.lang) else ""
        was = around_change(one.before, one.after)
        former = f'<del{lang} dir="auto">“{escape(was)}”</del>'
        told = (
            saying.gettext("Corrected on %(day)s: was %(former)s")
            if one.on
            else saying.gettext("Corrected: was %(former)s")
        )
    else:
        former = f"<del><bdi>{escape(one.before)}</bdi></del>"
        told = (
            saying.gettext("Speaker corrected on %(day)s: was %(former)s")
            if one.on
            else saying.gettext("Speaker corrected: was %(former)s")
        )
    day = f'<time datetime="{one.on}">{escape(one.on_words)}</time>'
    whole = escape(told) % {"day": day, "former": former}
    return f'<span class="note-was">{whole}</span>'


def _excerpt(quote: QuoteNote, text: str) -> str:
    """The first words of a quote, leading to it in the text."""
    words = escape(_first_words(quote, text))
    return f'<a href="#q-{escape(quote.permalink)}"><bdi>“{words}”</bdi></a>'


def _first_words(quote: QuoteNote, text: str) -> str:
    words = text[quote.start : quote.end].replace("\n", " ")
    if len(words) > _EXCERPT:
        words = words[:_EXCERPT].rpartition(" ")[0] or words[:_EXCERPT]
        words = f"{words.rstrip(' ,;:–—-')} …"
    return words


def _linked(url: str, html: str) -> str:
    address = link(url) if url else ""
    return f'<a href="{escape(address)}">{html}</a>' if address else html

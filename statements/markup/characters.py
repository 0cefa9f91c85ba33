"""Which characters a text may hold, and what becomes of the others.

Kept: everything that can be seen, the no-break spaces, the soft hyphen, the joiners
ZWJ and ZWNJ that Persian, Indic scripts and emoji are written with, and the bidi
marks LRM, RLM and ALM. Taken out, because they show nothing and make equal words
unequal: zero-width space, word joiner, byte order mark, embeddings and isolates,
tag characters, fillers, other controls. Refused: the two overrides, which make
words read otherwise than they are stored; NUL and halves of surrogate pairs, which
say that a file was read in the wrong encoding.
"""

import re
import unicodedata
from collections import Counter

_LIMIT = 2_000_000

#: White space that a browser shows as one space; no-break spaces are not among it.
_SPACE = re.compile("[ \t\n\r\f\x0b\x1c-\x1f\x85\u2028\u2029]+")

_INVISIBLE = re.compile(
    "["
    "\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are not white space
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # grapheme joiner, fillers
    "\u180e\u200b\u2060-\u2065\ufeff"  # zero-width spaces, byte order mark
    "\u202a-\u202c\u2066-\u2069\u206a-\u206f"  # embeddings, isolates, deprecated
    "\ufff0-\ufffb\ufdd0-\ufdef\ufffe\uffff"  # annotations, noncharacters
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand, music
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tags, and more set aside for such
    "]+"
)

#: More than 30 combining characters on one letter: no script writes that, and
#: putting them in order would take the square of their number (Unicode Standard
#: Annex 15, stream-safe text, draws the same line).
_COMBINING = "".join(
    chr(n) for n in range(0x300, 0x1E950) if unicodedata.combining(chr(n))
)
_PILED = re.compile(f"[{_COMBINING}]{{31,}}")

_OVERRIDE = re.compile("[\u202d\u202e]")
_BROKEN = re.compile("[\x00\ud800-\udfff]")

_NAMES = {
    "\u200b": "zero-width space",
    "\u2060": "word joiner",
    "\ufeff": "byte order mark",
    "\u034f": "combining grapheme joiner",
}


class Unclean(ValueError):
    """A text cannot be stored; ``reason`` is a sentence that says what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_source(source: str) -> None:
    """Raise Unclean for a source that is too long or was read wrongly."""
    check_length(source)
    broken = _BROKEN.search(source)
    if broken is None:
        return
    line = source.count("\n", 0, broken.start()) + 1
    if broken[0] == "\x00":
        raise Unclean(
            f"Line {line} holds a NUL character, which no text can hold. "
            "Save the file as UTF-8 text and paste it again."
        )
    raise Unclean(
        f"Line {line} holds half of a character (a lone surrogate). "
        "Save the file as UTF-8 text and paste it again."
    )


def check_length(source: str) -> None:
    """Raise Unclean above two million characters."""
    if len(source) > _LIMIT:
        raise Unclean(
            f"The text has {len(source):,} characters with its markup; "
            f"at most {_LIMIT:,} can be stored. Divide it into several statements."
        )


def settle(text: str) -> str:
    """One text node as it is stored, apart from its edges and its NFC form.

    Raises Unclean for a bidi override.
    """
    override = _OVERRIDE.search(text)
    if override is not None:
        place = _after(text, override.start())
        name = unicodedata.name(override[0]).lower()
        raise Unclean(
            f"There is an invisible character{place} that turns the writing direction "
            f"(U+{ord(override[0]):04X}, {name}). "
            "Delete it there, or type these words again."
        )
    return _SPACE.sub(" ", _INVISIBLE.sub("", text))


def check_words(text: str) -> None:
    """Raise Unclean for words that are stored as typed: a name, a title, a note.

    What would be taken out of a body is refused here, or two names that look the same
    would be two.
    """
    check_length(text)
    if text.isascii() and text.isprintable():
        return
    if _BROKEN.search(text):
        raise Unclean(
            "The text holds characters that cannot be stored (a NUL or half of a "
            "character). Paste it again from its source."
        )
    found = _OVERRIDE.search(text) or _INVISIBLE.search(text)
    if found is not None:
        character = found[0][0]
        number = f"U+{ord(character):04X}"
        name = unicodedata.name(character, "").lower()
        raise Unclean(
            f"There is an invisible character{_after(text, found.start())} "
            f"({', '.join(filter(None, (number, name)))}). "
            "Delete it there, or type these words again."
        )
    check_piles(text)


def check_piles(line: str) -> None:
    """Raise Unclean where more than 30 combining characters stand in a row."""
    if line.isascii():
        return
    pile = _PILED.search(line)
    if pile is not None:
        before = line[max(0, pile.start() - 30) : pile.start()]
        raise Unclean(
            f"More than 30 accents stand upon one letter after “{before}”. "
            "Type these words again."
        )


def _after(text: str, start: int) -> str:
    """Where in a text a place is, by the words before it."""
    words = _INVISIBLE.sub("", text[max(0, start - 30) : start])
    before = _SPACE.sub(" ", words).strip()
    return f" after “{before}”" if before else " at the start of a text"


def invisible(text: str) -> Counter[str]:
    """Count by name the characters that cleaning takes out, for the editor to see."""
    found: Counter[str] = Counter()
    for match in _INVISIBLE.finditer(text):
        for character in match[0]:
            number = f"control U+{ord(character):04X}"
            name = _NAMES.get(character, unicodedata.name(character, number).lower())
            found[name] += 1
    return found


def composes(character: str, before: str) -> bool:
    """Does the character belong to the one before it, in the eyes of NFC?"""
    return unicodedata.combining(character) != 0 or (
        before != "" and not unicodedata.is_normalized("NFC", before[-1] + character)
    )

"""Characters that are kept, and of which an editor should know.

Letters of other alphabets that look like ours, and signs that show nothing: a name
with one of them is another name to search, and the same to every eye.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

#: Words told of; a text written through and through in twins needs no list.
_MOST = 5

# Letters in circles and squares are symbols to Unicode.
_LETTER = r"(?:[^\W\d_]|[\u24b6-\u24e9\U0001f110-\U0001f189])"
_WORD = re.compile(rf"{_LETTER}+(?:[\u00ad\u200c\u200d’'-]*{_LETTER}+)*")

#: Alphabets that share shapes, as Unicode begins the names of their letters.
_ALPHABETS = frozenset(
    {"ARMENIAN", "CHEROKEE", "COPTIC", "CYRILLIC", "GEORGIAN", "GREEK", "LATIN", "LISU"}
)
#: Letters of Cyrillic, Greek and Armenian that look like Latin ones in most typefaces.
_TWINS = frozenset(
    "АВЕЅІЈКМНОРСТУХҮҺԌԚԜавеѕіјкморсухһԁԛԝүґΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυχικϲϳͿՍՏՕօոսցհյքՈզղ"
)
#: How Unicode begins the names of letters that only dress up as plain ones.
_DRESSED = re.compile(
    r"MATHEMATICAL |FULLWIDTH |CIRCLED |PARENTHESIZED |SQUARED |NEGATIVE "
    r"|DOUBLE-STRUCK |SCRIPT |BLACK-LETTER |KELVIN |REGIONAL "
    r"|MODIFIER LETTER (?:SMALL|CAPITAL) "
    r"|LATIN LETTER SMALL CAPITAL |LATIN SMALL LETTER (?:ALPHA|SCRIPT G|IOTA)$"
    r"|(?:SMALL )?ROMAN NUMERAL |LATIN LETTER DENTAL CLICK|SUPERSCRIPT |SUBSCRIPT "
)

_QUIET = re.compile(
    "[\u00ad\u061c\u180b-\u180d\u180f\u200c-\u200f\u2800\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_DIRECTIONS = frozenset("\u061c\u200e\u200f")
_JOINERS = frozenset("\u200c\u200d")


def remarks(text: str) -> list[str]:
    """What an editor should know of a text, in sentences; none for most texts.

    Soft hyphens, direction marks in a text that runs one way only, joiners and
    variation selectors where no script and no emoji has them; words that mix
    alphabets, that consist of twins of Latin letters, or of letters in disguise.
    """
    if text.isascii():
        return []
    told = list(dict.fromkeys(sentence for _, _, sentence in spotted(text)))
    if len(told) > _MOST:
        told = [*told[:_MOST], f"There are {len(told) - _MOST} more such words."]
    quiet = Counter(
        unicodedata.name(character, f"U+{ord(character):04X}").lower()
        for character in _misplaced(text)
    )
    if quiet:
        listed = ", ".join(f"{count} × {name}" for name, count in quiet.items())
        told.append(f"It holds what shows nothing and was kept: {listed}.")
    return told


def spotted(text: str) -> Iterator[tuple[int, int, str]]:
    """Each such word: where it starts and ends, and the sentence about it."""
    for match in _WORD.finditer(text):
        word, (start, end) = match[0], match.span()
        if word.isascii():
            continue
        letters = [c for c in word if unicodedata.category(c)[0] in "LS"]
        names = [unicodedata.name(c, "") for c in letters]
        found = sorted({name.split(" ")[0] for name in names} & _ALPHABETS)
        dressed = next(
            (c for c, name in zip(letters, names, strict=True) if _DRESSED.match(name)),
            "",
        )
        if len(found) > 1:
            mixed = " and ".join(name.title() for name in found)
            yield start, end, f"“{word}” mixes {mixed} letters, which can look alike."
        elif dressed and len(letters) > 1:
            name = unicodedata.name(dressed).lower()
            yield start, end, f"“{word}” holds a letter in disguise: {name}."
        elif found and found != ["LATIN"] and _TWINS.issuperset(letters):
            yield (
                start,
                end,
                f"“{word}” is {found[0].title()}, but every letter looks Latin.",
            )


def _misplaced(text: str) -> Iterator[str]:
    """The signs that show nothing, where nothing needs them."""
    both = None
    for match in _QUIET.finditer(text):
        character, place = match[0], match.start()
        before = text[place - 1] if place else " "
        after = text[place + 1 : place + 2] or " "
        if character in _DIRECTIONS:
            if both is None:
                # The marks themselves count as right to left.
                both = any(
                    unicodedata.bidirectional(c) in ("R", "AL")
                    for c in set(text) - _DIRECTIONS
                )
            if both:
                continue
        elif character in _JOINERS:
            # Latin, Cyrillic and Greek letters join nothing.
            if _joins(before) and _joins(after):
                continue
        elif (
            character not in "\u00ad\u2800"
            # A picture or a letter of a script that has variants; 1️⃣ is a digit.
            and (unicodedata.category(before) in ("So", "Sm", "Lo", "Sk", "Mn"))
        ) or (character == "\ufe0f" and after == "\u20e3"):
            continue
        yield character


def _joins(character: str) -> bool:
    """May a joiner stand beside it: a letter without case, a vowel sign, an emoji?"""
    return unicodedata.category(character) in ("Lo", "Mn", "Mc", "So", "Sk", "Cf")

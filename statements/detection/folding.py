"""A text made readable, place by place: broken letters, marks and blanks.

What a page printed in the wrong encoding (``â€œ`` for “, ``Ã©`` for é) and blanks that
nobody sees keep their places: the folded text is exactly as long as the printed one, so
that every place found in it holds in the print.
"""

from __future__ import annotations

import re

# Stands where a letter was printed as two signs: a letter itself, but never anybody's.
FILLER = "\u02b9"
# Blank, and of no width: trimmed from the ends of a quote.
_PAD = "\u200b"
_BLANKS = dict.fromkeys(map(ord, "\ufeff\u2060\u200b\u200c\u200e\u200f\u00ad"), " ")
_SIGN = re.compile("[\ufeff\u2060\u200b\u200c\u200e\u200f\u00ad]")
_HIDDEN = re.compile("(?<=\\w)[\ufeff\u2060\u200b\u200c\u00ad](?=\\w)")


def _printed(char: str) -> str:
    """What a reader of Windows-1252 makes of a letter's UTF-8."""
    return "".join(
        bytes([byte]).decode("cp1252", errors="ignore") or chr(byte)
        for byte in char.encode()
    )


_OPENING, _CLOSING = "“‘„«", "”’»"
_REPAIRED: dict[str, str] = {}
for _char in map(chr, range(0xC0, 0x180)):
    _REPAIRED[_printed(_char)] = _char + FILLER
for _char in "“‘„…–—•":
    _REPAIRED[_printed(_char)] = _char + _PAD * 2
for _char in "”’":
    _REPAIRED[_printed(_char)] = _PAD * 2 + _char
# The last byte of ” has no sign in Windows-1252, and is often lost.
_REPAIRED["â€\x9d"] = _PAD * 2 + "”"
for _char in "«\u00a0":
    _REPAIRED[_printed(_char)] = _char + _PAD
_REPAIRED[_printed("»")] = _PAD + "»"
_LOST = re.compile("â€(?![™œ˜“”\u009d])")

_BROKEN = re.compile("|".join(sorted(map(re.escape, _REPAIRED), key=len, reverse=True)))
# Only what certainly is broken: Ä and Å begin words of their own.
_SURELY = re.compile("Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Â[\xa0«»]")


def fold(text: str) -> str:
    """The text with broken letters, marks and hidden blanks made readable.

    As long as before; the very same text where nothing is broken.
    """
    # To look for three signs is cheaper than to look for what they begin.
    if any(sign in text for sign in "ÃâÂ") and _SURELY.search(text):
        text = _BROKEN.sub(lambda match: _REPAIRED[match.group()], text)
        text = _LOST.sub(_PAD + "”", text)
    if _SIGN.search(text):
        text = _HIDDEN.sub(FILLER, text).translate(_BLANKS)
    return text


def unfold(folded: str, printed: str, words: str) -> str:
    """Words found in the folded text, as the page prints them."""
    if FILLER not in words:
        return words
    place = folded.find(words)
    if place < 0:  # put together from several places
        return " ".join(
            printed[at : at + len(word)] if (at := folded.find(word)) >= 0 else word
            for word in words.split()
        )
    return printed[place : place + len(words)]

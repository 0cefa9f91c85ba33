"""A body that one line above it gives to somebody: attributable to, statement by.

The whole body is that one's words, without marks. Where the body itself is set in
marks, the marks decide, and the line above is their label.
"""

from __future__ import annotations

import re

from . import phrases, rightward, subjects
from .findings import Span
from .layouts import END, Turn
from .lexicon import BODIES, DOCUMENTS, TITLES, word_set
from .marks import Pair
from .meaning import Meaning
from .sources import Source, source
from .surroundings import headed
from .words import Sentence, Token, Words

_FIRST = 6  # paragraphs at the head of a text in which such a line may stand
_LONGEST = 400  # code points of such a line
# The below is attributable to … · Please attribute the following to …
_ATTRIBUTABLE = re.compile(
    r"\b(?:below|following|statement|remarks|comments?|quotes?|words)\b"
    r"[^.:\n]{0,60}\b(?:attributable|attributed)[ \xa0]to[ \xa0]"
    r"|\bplease[ \xa0]attribute\b[^.:\n]{0,60}[ \xa0]to[ \xa0]"
    r"|^statement[ \xa0]attributable[ \xa0]to[ \xa0]",
    re.IGNORECASE,
)
# The following statement was issued by …: · The below is from …:
_ISSUED = re.compile(
    r"\b(?:following|below)\b[^.:\n]{0,80}\b(?:statement|remarks|message|readout|text)\b"
    r"[^.:\n]{0,60}\b(?:issued|released|made|given|delivered|published|sent|provided)"
    r"(?:[ \xa0](?:today|tonight|jointly|on[ \xa0]\w+))?[ \xa0]by[ \xa0]",
    re.IGNORECASE,
)
# Minister Ada Brandt issued the following statement on the strait:
_ISSUES = re.compile(
    r"\b(?:issued|released|made|gave|delivered|published|issues|releases)[ \xa0]"
    r"(?:today[ \xa0])?(?:the[ \xa0]following|this)[ \xa0](?:\w+[ \xa0])?"
    r"(?:statement|remarks|message|comments?)\b",
    re.IGNORECASE,
)
_BEGIN = re.compile(r"\s*begin text:?[^\S\n]*\n", re.IGNORECASE)
# Statement by Minister Ada Brandt on the strait
_HEADING = re.compile(
    r"^(?:(?:joint|press|media|official)[ \xa0])?(?:statement|message)[ \xa0]"
    r"(?:by|from|of)[ \xa0](?!(?:\w+[ \xa0]){0,2}(?:polic|intent|purpose|principle|fact"
    r"|claim|work))",  # a statement of policy is nobody's
    re.IGNORECASE,
)
_JOINT = word_set("governments ministers ministries leaders members presidents")
_CUTS = word_set(
    "on regarding concerning about following after today upon marking tonight "
    "yesterday ahead"
)


def whole(words: Words, pairs: list[Pair], meaning: Meaning) -> Turn | None:
    """The body that the head of a text gives to one speaker, or None."""
    text = words.text
    for number, (low, high) in enumerate(words.blocks[:_FIRST]):
        if high - low > _LONGEST or number + 1 >= len(words.blocks):
            continue
        line = text[low:high].strip()
        said = _speaker(line, low + len(text[low:high]) - len(text[low:high].lstrip()))
        if said is None or not words.by_block[number]:
            continue
        rule, place = said
        start = words.blocks[number + 1][0]
        end = words.blocks[-1][1]
        over = END.search(text, start, end)
        if over is not None:
            end = over.start()
        begin = _BEGIN.match(text, start, end)
        if begin is not None:
            start = begin.end()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        inside = [p for p in pairs if start <= p.opened < end]
        if start >= end or (inside and inside[0].opened == start):
            return None
        quoted = [p for p in inside if text.count(" ", p.start, p.end) > 3]
        if quoted and rule != "attributable":
            return None
        named = _source(words.by_block[number][-1], rule, place)
        if named is None:
            return None
        tokens, phrase = named.sentence.tokens, named.phrase
        label = Span(tokens[phrase.first].start, tokens[phrase.last].end)
        if label.end - label.start > 80:
            label = Span(tokens[phrase.core].start, tokens[phrase.last].end)
        meant = meaning.meant(named.sentence, phrase)
        return Turn(label, Span(start, end), meant, "whole")
    return None


def _speaker(line: str, low: int) -> tuple[str, int] | None:
    """Which kind of line this is, and from where on it names the speaker."""
    colon = line.endswith((":", ":-"))
    match = _ATTRIBUTABLE.search(line)
    if match is not None and not line.endswith("."):
        return "attributable", low + match.end()
    match = _ISSUED.search(line)
    if match is not None:
        return "issued", low + match.end()
    if colon and _ISSUES.search(line):
        return "issues", low
    match = _HEADING.match(line)
    if match is not None and not line.endswith((".", "?", "!")):
        return "heading", low + match.end()
    return None


def _source(sentence: Sentence, rule: str, place: int) -> Source | None:
    """The phrase that names the speaker, from a place in the line on."""
    tokens = sentence.tokens
    low = next((i for i, t in enumerate(tokens) if t.start >= place), len(tokens))
    end = len(tokens)
    if rule == "issues":
        phrase = subjects.leading(tokens, 0, end)
        return source(sentence, phrase, "label", None, 0.9, "label")
    for at in range(low + 1, end):
        if tokens[at].low in _CUTS or tokens[at].text == ":":
            end = at
            break
    found = headed(sentence, end, low)
    first = rightward.after(tokens, low, end)
    if rule == "heading" and (first is None or not _speaks(tokens, first)):
        return None
    if found is None or (rule == "issued" and not phrases.human(tokens, found.phrase)):
        return source(sentence, first, "label", None, 0.9, "label")
    return found


def _speaks(tokens: list[Token], phrase: phrases.Phrase) -> bool:
    """The minister and the ministry make statements; a policy makes none."""
    held = tokens[phrase.first : phrase.last + 1]
    if held[-1].low in DOCUMENTS:
        return False
    if phrases.human(tokens, phrase) and phrase.kind != "role":
        return True
    return any(
        t.low in TITLES
        or t.low in _JOINT
        or (t.low in BODIES and (t is held[-1] or held[i + 1].low in ("of", "for")))
        for i, t in enumerate(held)
    )

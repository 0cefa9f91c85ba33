"""How sure a finding is: what share of its like is right.

Every finding is of one sort: the family of the rule that found its speaker, what the
speaker is, whether anything speaks against it. What is expected of a sort is written
by hand, as risks that add up; what was seen of it in our own set, govpress and
wikinews (``make score ARGS=--seen`` counts it) corrects that. PolNeAR only verifies.
"""

from __future__ import annotations

from . import phrases
from .cues import SAYING, VERBS, is_verb
from .lexicon import ROLES, TITLES
from .meaning import Meant
from .rivals import Rivals
from .seen import SEEN
from .sources import Source
from .words import QUOTE

#: How many findings seen count as much as what was expected.
WEIGHT = 20
#: Nothing is surer, nothing that names somebody less sure.
_MOST, _LEAST = 0.99, 0.3
#: Two whom the words may mean: the choice is the editor's.
UNDECIDED = 0.6
#: Known by the roster's calendar alone: another may hold such an office elsewhere.
BY_OFFICE = 0.85
NOBODY = 0.3

_FAMILIES = {
    "tag": "tag",
    "tag-inverted": "tag",
    "tag-apart": "apart",
    "trailing": "apart",
    "clause": "clause",
    "clause-inverted": "clause",
    "according-to": "according",
    "by": "according",
    "reported": "reported",
    "label": "label",
    "signature": "label",
    "repeated": "next",
    "next-sentence": "next",
    "same-sentence": "same",
    "colon": "colon",
}
RISKS = {
    # The family of the rule.
    "tag": 0.02,
    "apart": 0.06,
    "label": 0.03,
    "next": 0.03,
    "clause": 0.04,
    "according": 0.06,
    "reported": 0.15,
    "same": 0.08,
    "colon": 0.1,
    "previous": 0.06,
    "guess": 0.3,
    # Who speaks.
    "full name": 0.0,
    "name": 0.04,
    "pronoun": 0.03,
    "pronoun?": 0.2,
    "holder": 0.08,
    "role": 0.05,
    "thing": 0.2,
    # What speaks against it.
    "doubt": 0.12,
    "nested": 0.05,
}


def sort(
    source: Source,
    meant: Meant,
    rivals: Rivals,
    few: bool,
    beside: bool,
    headline: bool,
) -> str:
    """The sort of a finding: "tag, full name" or "clause, role, doubt".

    ``few``: whether only a few words are quoted; ``beside``: whether a speaker from
    another paragraph stands in its last sentence; ``headline``: whether the quote is
    a headline's, which shortens and sharpens what was said.
    """
    family = _FAMILIES.get(source.rule, "guess")
    if source.rule == "previous-paragraph":
        family = "previous" if beside else "guess"
    elif source.rule == "colon" and source.strength < 0.8:
        family = "guess"
    who = _who(source, meant, rivals)
    if who == "thing" and family in ("tag", "next", "label"):
        who = "role"  # “…,” the report said: no other subject stands near
    parts = [family, who]
    if family != "guess":
        against = "doubt" if headline else _against(source, family, few)
        parts += [against] if against else []
    return ", ".join(parts)


def confidence(sort: str) -> float:
    """What share of the findings of a sort is right."""
    expected = 1 - sum(RISKS[part] for part in sort.split(", "))
    seen, right = SEEN.get(sort, (0, 0))
    share = (right + WEIGHT * expected) / (seen + WEIGHT)
    return round(min(_MOST, max(_LEAST, share)), 3)


def _who(source: Source, meant: Meant, rivals: Rivals) -> str:
    phrase, tokens = source.phrase, source.sentence.tokens
    if phrase.kind in ("pronoun", "relative"):
        if not meant.full:
            # They, it, who: may be the thing that the sentence is about.
            return "pronoun?" if source.tokens[0].low in ("he", "she") else "thing"
        place = tokens[phrase.first].start
        if rivals.crowd(meant.full, meant.gender, place):
            return "pronoun?"
        sure = meant.sure or rivals.alone(meant.full, meant.gender)
        return "pronoun" if sure else "pronoun?"
    if meant.full and not meant.sure:
        return "holder"  # the minister, of whom the text names one
    if phrase.kind == "name":
        if meant.full:
            return "full name"
        return "name" if phrases.personal(tokens, phrase) else "thing"
    head = tokens[phrase.core].low
    return "role" if head in ROLES or head in TITLES else "thing"


def _against(source: Source, family: str, few: bool) -> str:
    """What in the sentence speaks against the finding: "doubt", "nested" or ""."""
    tokens, phrase, cue = source.sentence.tokens, source.phrase, source.cue
    if not phrase.free or (family == "same" and few):
        return "doubt"
    if family not in ("clause", "same") or cue is None:
        return ""
    verb = VERBS.get(cue.low)
    if verb is not None and verb.group != SAYING and few:
        return "doubt"  # called it “a map”: whose map is it?
    # Okafor said the envoy called it “…”: who said that the other did?
    at = next((i for i, t in enumerate(tokens) if t is cue), 0)
    for step in (-1, 1):
        index = at + step
        while 0 <= index < len(tokens) and tokens[index].kind != QUOTE:
            other = is_verb(tokens, index)
            if other is not None and other.group == SAYING and other.form != "base":
                return "doubt" if few else "nested"
            index += step
    return ""

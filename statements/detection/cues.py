"""Verbs and phrases of saying, and the cue that governs a quote."""

from __future__ import annotations

from dataclasses import dataclass

from .lexicon import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    IRREGULAR,
    JUDGE,
    MILD,
    POSSESSIVES,
    PREPOSITIONS,
    SAY,
    word_set,
)
from .words import WORD, Token

SAYING, JUDGING, WEAK = "say", "judge", "weak"


@dataclass(frozen=True, slots=True)
class Verb:
    """One inflected form: its base, its class, and which form it is.

    ``form``: base (say), third (says), past (said), ing (saying), part (written).
    """

    base: str
    group: str
    form: str


def _forms(base: str) -> dict[str, str]:
    """Regular forms of a verb: {"claims": "third", "claimed": "past", …}."""
    if base in IRREGULAR:
        forms = {base: "base"}
        for word in IRREGULAR[base].split():
            if word.endswith("ing") and word != base:
                forms[word] = "ing"
            elif word.endswith("s") and not word.endswith("ss"):
                forms[word] = "third"
            elif word.endswith("n") and word not in ("began",):
                forms[word] = "part"
            else:
                forms[word] = "past"
        return forms
    if base.endswith("e"):
        third, past, ing = base + "s", base + "d", base[:-1] + "ing"
    elif base.endswith("y") and base[-2] not in "aeiou":
        third, past, ing = base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    elif base.endswith(("s", "sh", "ch", "x", "z")):
        third, past, ing = base + "es", base + "ed", base + "ing"
    else:
        third, past, ing = base + "s", base + "ed", base + "ing"
    return {base: "base", third: "third", past: "past", ing: "ing"}


VERBS: dict[str, Verb] = {}
for _group, _bases in (
    (WEAK, MILD),
    (JUDGING, JUDGE),
    (SAYING, SAY),
):
    for _base in sorted(_bases):
        for _word, _form in _forms(_base).items():
            VERBS[_word] = Verb(_base, _group, _form)

# Finite verbs that say nothing, yet show where a subject ends.
PLAIN = word_set(
    """
is are was were be been am has had have do does did will would can could may might must
shall should went goes came comes got gets took takes made makes gave gives kept keeps
left leaves ran runs sat sits stood stands won wins lost loses held holds met meets
became becomes began turned turns used uses tried tries seemed seems appeared appears
looked looks pointed points opened opens closed helped helps worked works lives lived
joined joins led leads served serves faced faces showed shows played plays put puts
sent sends brought brings heard hears let lets cut cuts hit hits drew draws grew grows
fell falls rose rises broke breaks spent spends pushed pushes pulled pulls moved moves
started starts stopped stops ended ends continues continued remains remained stayed
cast beat built bought caught chose clung dealt drove fed felt fought forgot hung knew
laid lent meant paid quit rode rang sang sank sold shook shut slid spun split spread
swept swung taught tore threw woke wore flew blew hurt
laughed laughs smiled nodded shrugged paused gestured walked walks signed
"""
)

# A noun or a preposition in these places, not a verb.
_NOUN_BEFORE = (
    DETERMINERS
    | POSSESSIVES
    | word_set(
        """
        's ’s of in on at by for with from into about united new public recent official
        joint initial written first last final
        """
    )
)
_EITHER = word_set(
    """
    claims claim comments comment notes note reports report calls call answers answer
    promises promise tweets tweet charges charge questions question states state
    remarks remark demands demand reply replies response attacks attack quotes quote
    posts post texts text emails email jokes joke protests protest offers offer orders
    order addresses address issues issue releases release prints points point views view
    plans plan hopes hope fears fear needs need aims aim wants doubts doubt thanks
    challenges challenge credits credit supports support fire fires sets set pledges
    pledge vows vow urges urge blasts blast pans pan rips rip slams hammer needle jab
    labels label brands brand titles title terms term bill bills flag flags pitch
    project projects remember reference references mention mentions warning reading
    saying telling meaning
    writing briefing meeting feeling finding understanding spelling planning
    charged concerned reasons reason wonder wonders address shouts shout cry cries rant
    laugh laughs sigh whisper whispers murmur chant chants rave blog venture ventures
    shares share objects object marvel joke regrets regret debate debates counsel
    counsels press excuse excuses emails email e-mails
    """
)


_MANY = word_set("many few more most several such these those other racial own")
_OWNING = word_set("his its my our your their the a an")


# Verbs that a headline in capitals may hold: Okafor Said Of The Pact “…”
_HEADED = frozenset(["said", "says", "told", "wrote", "called", "asked", "added"])


# made clear, put it, went on, pointed out: first word -> (second words, base)
_PHRASAL: dict[str, tuple[tuple[str, ...], str]] = {
    "made": (("clear", "plain", "it"), "make clear"),
    "makes": (("clear", "plain", "it"), "make clear"),
    "put": (("it",), "put it"),
    "puts": (("it",), "put it"),
    "went": (("on",), "go on"),
    "goes": (("on",), "go on"),
    "pointed": (("out",), "point out"),
    "points": (("out",), "point out"),
}


def _phrasal(tokens: list[Token], index: int) -> Verb | None:
    """A verb of saying made of two words, or None."""
    seconds, base = _PHRASAL.get(tokens[index].low, ((), ""))
    second = tokens[index + 1].low
    if second not in seconds:
        return None
    if (
        base == "make clear"
        and second == "it"
        and (index + 2 >= len(tokens) or tokens[index + 2].low != "clear")
    ):
        return None
    return Verb(base, SAYING, "third" if tokens[index].low[-1] == "s" else "past")


#: The words for which it is worth asking: cheaper than a call for every word.
VERBAL = frozenset([*VERBS, *_PHRASAL, "held", "holds"])


def is_verb(tokens: list[Token], index: int) -> Verb | None:
    """The verb of saying at ``index``, or None.

    Leaves out nouns spelled alike ("the claims", "his remarks", "United States") and
    capitalised words inside a sentence.
    """
    token = tokens[index]
    if token.kind != WORD:
        return None
    verb = VERBS.get(token.low)
    if token.low in ("held", "holds") and any(
        each.low == "that" for each in tokens[index + 1 : index + 4]
    ):
        return Verb("hold", SAYING, "third" if token.low == "holds" else "past")
    if token.low in _PHRASAL and index + 1 < len(tokens):
        verb = _phrasal(tokens, index) or verb
    if verb is None:
        return None
    if token.upper and index and not (token.low in _HEADED and tokens[index - 1].upper):
        return None
    before = tokens[index - 1].low if index else ""
    if token.low in _EITHER:
        if before in _NOUN_BEFORE:
            return None
        after = tokens[index + 1].low if index + 1 < len(tokens) else ""
        if verb.form in ("base", "third") and (
            after == "of" or after in AUXILIARIES - {"to"}
        ):
            return None  # "his remarks were", "the states can"
        if before.isdigit() or (verb.form == "third" and before in _MANY):
            return None  # 29 points, many claims
        # "we claim", "critics claim", but not "tax claim"
        plural = (
            before in AUXILIARIES
            or before in ADVERBS
            or before in ("", "i", "we", "they", "you", "who", "and")
            or before.endswith("s")
        )
        if verb.form == "base" and not plural:
            return None
    if verb.base == "share":  # shared, “…” but not "shared the view"
        following = tokens[index + 1].text if index + 1 < len(tokens) else ""
        return verb if following in (",", ":") else None
    if verb.form in ("base", "third") and before in _NOUN_BEFORE:
        following = tokens[index + 1].text if index + 1 < len(tokens) else "."
        two = verb.form == "base" and before in ("two", "three", "both", "others")
        return verb if two and following in (".", ",", ":") else None
    if verb.form == "past" and before in _OWNING:
        return None  # "his repeated mistakes"
    return verb


def is_finite(tokens: list[Token], index: int) -> bool:
    """Does a finite verb of any meaning stand here? Good enough to end a subject."""
    token = tokens[index]
    if token.kind != WORD or token.upper:
        return False
    if token.low in PLAIN:
        return True
    verb = VERBS.get(token.low)
    if verb is not None:
        return is_verb(tokens, index) is not None and verb.form != "ing"
    return (
        token.low.endswith("ed")
        and len(token.low) > 4
        and bool(index)
        and tokens[index - 1].kind == WORD
        and tokens[index - 1].low not in _NOUN_BEFORE
    )


def skippable(token: Token) -> bool:
    """May this word stand between a subject and its verb: has, also, repeatedly?"""
    low = token.low
    return (token.kind == WORD and not token.upper) and (
        low in AUXILIARIES
        or low in ADVERBS
        or low.endswith("ly")
        or (low[0] in "'’" and low[1:] in ("d", "ll", "ve", "re", "m"))
    )


def is_preposition(token: Token) -> bool:
    """Is this word a preposition?"""
    return token.kind == WORD and token.low in PREPOSITIONS

"""Who says a quote in German, French, Spanish, Italian and their neighbours.

A short lexicon: the verb stands right beside the quote, and a name beside the verb.
What is not as plain as that is left to the editor, without a speaker.
"""

from __future__ import annotations

from .lexicon import word_set
from .phrases import Phrase, core, named
from .sources import Source, source
from .words import QUOTE, WORD, Sentence, Token

_SAYS = word_set(
    """
    sagte sagt schrieb schreibt erklärte erklärt betonte betont meinte meint mahnte
    warnte fragte antwortete ergänzte berichtete forderte kritisierte twitterte rief
    erwiderte versicherte bekräftigte gesagt geschrieben geäußert so
    déclare déclara déclaré dit dira écrit explique expliqua expliqué affirme affirmé
    raconte raconta raconté ajoute ajouta ajouté souligne souligné estime précise
    précisé répond répondu assure assuré insiste insisté lance lancé indique indiqué
    rappelle conclut
    dijo dice afirmó afirma declaró declara señaló señala aseguró asegura explicó
    explica escribió escribe añadió añade respondió agregó subrayó manifestó indicó
    dicho declarado afirmado
    disse detto ha afferma affermato ha dichiara dichiarato dichiarò scrive scritto
    spiega spiegato aggiunge aggiunto sottolinea risponde racconta raccontato
    disse diz afirmou afirma declarou declara escreveu explicou acrescentou respondeu
    zei zegt schreef schrijft verklaarde aldus stelde vertelde antwoordde benadrukte
    säger sade sa skrev skriver förklarade svarade berättar betonade
    siger sagde skriver udtaler udtalte fortalte svarede
    sier fortalte uttalte
    sanoi sanoo kirjoitti kertoi
    powiedział powiedziała mówi napisał napisała dodał dodała oświadczył oświadczyła
    řekl řekla uvedl uvedla dodal dodala napsal napsala
    mondta írta közölte
    dedi söyledi
    сказал сказала заявил заявила написал написала добавил добавила отметил отметила
    заявила сообщил сообщила
    """
)
# Before the word of saying: a déclaré, ha detto, hat gesagt, har sagt.
_HAS = word_set("a ha hat har heeft avait había aveva hatte")
# Of these an English sentence may be made.
_ENGLISH = word_set("so a ha sa dice lance stelde insiste")
_FEW = 5  # words between verb and name: le ministre des Affaires étrangères Ada Brandt
_BEFORE = 14  # words between a name and the verb before a quote


def tag(sentence: Sentence, at: int, high: int) -> Source | None:
    """„…“, sagte Ilse Okafor · «…», ha detto la ministra Ada Brandt"""
    tokens = sentence.tokens
    first = at + 1
    while first < high and first < at + 3 and tokens[first].text in ",—–-":
        first += 1
    if first + 1 >= high:
        return None
    verb = first
    if tokens[verb].low in _HAS and tokens[verb + 1].low in _SAYS:
        verb += 1
    if tokens[verb].low not in _SAYS or (
        tokens[verb].low in _ENGLISH and not _foreign(tokens[at])
    ):
        return None
    phrase = _name_after(tokens, verb + 1, high)
    return source(sentence, phrase, "tag-inverted", tokens[verb], 0.9)


def before(sentence: Sentence, at: int, low: int) -> Source | None:
    """Ada Brandt a déclaré lundi : «…» · Ilse Okafor sagte: „…“"""
    tokens = sentence.tokens
    if at - 1 <= low or tokens[at - 1].text not in (":", ","):
        return None
    for verb in range(at - 2, max(low, at - 8) - 1, -1):
        word = tokens[verb].low
        if word in _SAYS and (word not in _ENGLISH or _foreign(tokens[at])):
            end = verb - 1
            if end >= low and tokens[end].low in _HAS:
                end -= 1
            phrase = _name_before(tokens, end, max(low, verb - _BEFORE))
            return source(sentence, phrase, "clause", tokens[verb], 0.9)
    return None


def _foreign(quote: Token) -> bool:
    """Is the quote in marks that English does not use?"""
    return quote.text[:1] in "„»«‹「『" or quote.text[:1] == "”"


def _name_after(tokens: list[Token], at: int, high: int) -> Phrase | None:
    """The first name of two words or more: Sprecherin Ilse Okafor."""
    for first in range(at, min(at + _FEW, high)):
        if tokens[first].kind != WORD:
            return None
        if not named(tokens[first]):
            continue
        last = first
        while (
            last + 1 < high
            and tokens[last + 1].kind == WORD
            and named(tokens[last + 1])
        ):
            last += 1
        if last > first:
            begins = max(core(tokens, first, last), last - 1)
            return Phrase(first, last, "name", begins)
    return None


def _name_before(tokens: list[Token], at: int, low: int) -> Phrase | None:
    """The name that ends at the verb, or before the comma that stands there."""
    if at >= low and tokens[at].text == ",":
        at -= 1
    last = at
    while at >= low and tokens[at].kind == WORD and named(tokens[at]):
        at -= 1
    if last - at < 2 or (at >= low and tokens[at].kind == QUOTE):
        return None
    return Phrase(at + 1, last, "name", max(core(tokens, at + 1, last), last - 1))

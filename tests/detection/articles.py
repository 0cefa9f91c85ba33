"""Own statements about an invented country, in the shapes that real ones have.

``briefing`` is an article of the kind the project began from: a player line, an
introduction that quotes nobody, one speaker with a bracketed partial quote, another
named in full once and by office and surname afterwards, paragraphs that are a quote
and nothing else, and a pronoun in the last sentence. Names, offices and the order of
its parts are the caller's.
"""

from dataclasses import dataclass

PLAYER = "Your browser doesn’t support HTML5\n"


@dataclass(frozen=True)
class Speaker:
    """A person, the body they speak for, their office, and how they are called."""

    given: str
    surname: str
    body: str
    office: str
    pronoun: str

    @property
    def full(self) -> str:
        return f"{self.given} {self.surname}"

    @property
    def titled(self) -> str:
        return f"{self.body} {self.office} {self.full}"

    @property
    def short(self) -> str:
        return f"{self.office} {self.surname}"


@dataclass(frozen=True)
class Expected:
    """One quote that must be found: its words, its speaker, how it is known."""

    words: str
    full: str
    evidence: str


OKAFOR = Speaker("Ilse", "Okafor", "Ministry of Foreign Affairs", "Spokesperson", "she")
LINDQVIST = Speaker("Teodor", "Lindqvist", "Vallorn Security Council", "Adviser", "he")

_INTRODUCTION = (
    "Shelling has begun again along the Northern Strait after militias loyal to "
    "Estmark’s long-time ruler Harald Voss seized the port of Saltby, the island’s "
    "second harbour, in a raid at dawn.",
    "Fighting has spread since, with the Sons of Ja’far ad-Din moving on posts south "
    "of Saltby.",
    "Voss’s friends, Korrin and Dalmere, which kept him in his palace when the bread "
    "riots of 2011 turned into war, have promised him their help.",
)
_WORDS = {
    "bracketed": "[t]he Voss government’s long refusal to take the road laid out in "
    "UNSCR 2222, and its trust in Korrin and Dalmere.",
    "block": "It’s right that that road be Estmark’s own and that it end at a ballot "
    "box. That’s what we hope to see in time, but this week we’d be glad of a quiet "
    "night and of children who sleep.",
    "short": "not one line has moved",
    "dots": "Voss is a hard man with much to answer for. ... In the end, what we want "
    "is a table at which the people of Estmark sit down themselves.",
    "long": "it would do some good if Korrin and Dalmere pulled back their guns. We "
    "have watched them feed this fire for more than ten years now, and it doesn’t "
    "warm anyone, not in Estmark and not on this shore.",
    "closing": "not by a word, not by a coin.",
    "pronoun": "that the Voss government ... in fact sit down with its own people "
    "instead of shelling them.",
}


def briefing(
    first: Speaker = LINDQVIST,
    second: Speaker = OKAFOR,
    order: tuple[int, ...] = (0, 1, 2, 3, 4),
    version: int = 0,
) -> tuple[str, list[Expected]]:
    """The article and its seven quotes, in the order of the text.

    ``order`` arranges the five parts that hold quotes; ``version`` is one of three
    ways to say the sentences around the quotes.
    """
    noted, said, underlined, stressed = (
        ("noted", "said", "underscored", "emphasized"),
        ("pointed out", "told reporters", "stressed", "insisted"),
        ("explained", "declared", "warned", "made clear"),
    )[version]
    parts = [
        (
            [
                f"In a recent statement, {first.titled} attributed the new fighting "
                f"to “{_WORDS['bracketed']}”"
            ],
            [("bracketed", first, "explicit")],
        ),
        (
            [
                f"As {second.titled} {noted}, Resolution 2222 asks for talks under "
                "United Nations roofs where the government of Estmark and those who "
                "oppose it would agree on a way ahead.",
                f"“{_WORDS['block']}”",
            ],
            [("block", second, "inherited")],
        ),
        (
            [
                f"{second.short} {said} that “{_WORDS['short']}” in what Vallorn "
                "thinks of the government of Estmark.",
                f"“{_WORDS['dots']}”",
            ],
            [("short", second, "explicit"), ("dots", second, "inherited")],
        ),
        (
            [f"{second.short} {underlined} that “{_WORDS['long']}”"],
            [("long", second, "explicit")],
        ),
        (
            [
                f"The Sons of Ja’far ad-Din are banned in Vallorn. {second.short} "
                f"{stressed} that Vallorn does not help them “{_WORDS['closing']}” "
                f"What Vallorn does want, {second.pronoun} said, is "
                f"“{_WORDS['pronoun']}”"
            ],
            [("closing", second, "explicit"), ("pronoun", second, "pronoun")],
        ),
    ]
    lines = list(_INTRODUCTION)
    expected: list[Expected] = []
    for number in order:
        paragraphs, quotes = parts[number]
        lines.extend(paragraphs)
        expected += [Expected(_WORDS[k], who.full, how) for k, who, how in quotes]
    return PLAYER + "\n".join(lines), expected

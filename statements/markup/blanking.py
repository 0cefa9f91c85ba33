"""Words put out of a body by blocks of the same length: every place stays."""

from collections.abc import Callable, Iterable
from urllib.parse import unquote

from .pieces import Piece, Run, parse, placed, serialise
from .tokens import Open, tokens

BLOCK = "█"


def blanked(words: str) -> str:
    """As many blocks as there are characters; line ends stay.

    "left the room" -> "█████████████"
    """
    return "".join("\n" if sign == "\n" else BLOCK for sign in words)


def blank(
    html: str, spans: Iterable[tuple[int, int]], tells: Callable[[str], bool]
) -> str:
    """The body with the text in these spans of its projection put out.

    ``tells`` says whether a value, an address or a source of a quotation, holds the
    words: a link that does is taken off, and a block loses its attributes.
    """
    wanted = sorted(spans)
    pieces: list[Piece] = []
    for place, piece in placed(parse(html)):
        if not isinstance(piece, Run):
            told = piece.step >= 0 and _told(piece.html, tells)
            pieces.append(piece._replace(html=f"<{piece.name}>") if told else piece)
            continue
        text = list(piece.text)
        for start, end in wanted:
            for at in range(max(start, place), min(end, place + len(text))):
                if text[at - place] != "\n":
                    text[at - place] = BLOCK
        marks = tuple(mark for mark in piece.marks if not _told(mark, tells))
        pieces.append(Run("".join(text), piece.quotes, marks))
    return serialise(pieces)


def _told(tag: str, tells: Callable[[str], bool]) -> bool:
    return any(
        tells(unquote(value))
        for token in tokens(tag)
        if isinstance(token, Open)
        for value in token.attributes.values()
    )

"""The runs of one leaf block made into lines: white space, empty lines, NFC."""

import unicodedata

from .characters import check_piles, composes
from .pieces import Run


def lines_of(runs: list[Run]) -> list[list[list[Run]]]:
    """Paragraphs of lines of runs: white space collapsed, empty lines gone, NFC.

    An empty line divides paragraphs, as two <br> in a row do for a reader.
    """
    paragraphs: list[list[list[Run]]] = []
    divided = True
    for line in _lines(runs):
        if not line:
            divided = True
            continue
        if divided:
            paragraphs.append([])
            divided = False
        paragraphs[-1].append(line)
    return paragraphs


def _lines(runs: list[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = []
    line: list[Run] = []
    parts: list[str] = []  # texts of the run that is growing
    marks = runs[0][1:] if runs else ((), ())
    spaced = True  # the line ends in a space, or has not begun
    for text, *own in (*runs, Run("\n")):
        new = tuple(own) != marks
        if parts and (new or text == "\n"):
            line.append(Run("".join(parts), *marks))
            parts = []
        if text == "\n":
            lines.append(_composed(_trimmed(line)))
            line = []
            spaced = True
            continue
        marks = (own[0], own[1])
        if spaced and text.startswith(" "):
            text = text[1:]
        if text:
            spaced = text.endswith(" ")
            parts.append(text)
    return lines


def _trimmed(line: list[Run]) -> list[Run]:
    """The line without the space at its end; nothing if nothing is to be seen."""
    if line and line[-1].text.endswith(" "):
        text = line[-1].text[:-1]
        line = [*line[:-1], line[-1]._replace(text=text)] if text else line[:-1]
    return line if any(run.text.strip() for run in line) else []


def _composed(line: list[Run]) -> list[Run]:
    """The line in NFC, over the borders of its runs as well.

    A combining character that opens a run moves to the run before, where the
    character stands that it belongs to. At the very start of a line, U+0338 would
    merge with the ">" of the tag, so it gets a no-break space to stand on. Raises
    Unclean for piles of accents.
    """
    if not line:
        return line
    whole = "".join(run.text for run in line)
    check_piles(whole)
    if unicodedata.is_normalized("NFC", whole) and not any(
        unicodedata.combining(run.text[0]) for run in line
    ):
        return line
    composed: list[Run] = []
    for run in line:
        text = run.text
        if composed:
            before = composed[-1]
            moved = 0
            tail = before.text
            while moved < len(text) and composes(text[moved], tail):
                tail = unicodedata.normalize("NFC", tail + text[moved])
                moved += 1
            composed[-1] = before._replace(text=tail)
            text = text[moved:]
        if text:
            composed.append(run._replace(text=unicodedata.normalize("NFC", text)))
    if composed[0].text.startswith("\u0338"):
        composed[0] = composed[0]._replace(text="\u00a0" + composed[0].text)
    return composed


def break_between(before: Run, after: Run) -> Run:
    """A line break, in those marks that both its neighbours have."""
    return Run(
        "\n",
        tuple(quote for quote in before.quotes if quote in after.quotes),
        tuple(mark for mark in before.marks if mark in after.marks),
    )

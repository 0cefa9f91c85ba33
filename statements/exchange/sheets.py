"""Tables as XLSX (ECMA-376, SpreadsheetML), row by row.

A library was looked at, and writes the first byte only when it has the last row: of a
million quotes nobody waits for that. Cells hold words as words, so none is a formula;
they are marked so ("quotePrefix") for whoever edits them, too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count

from .packing import Part, attribute, pack
from .xml import content

type Cell = str | dt.date

#: Rows of a sheet, fewer than a program takes (1,048,576), and letters of a cell.
ROWS, LETTERS = 1_000_000, 32_767
#: Of XML in a sheet, or its size would need a form of ZIP that some cannot read.
MOST = 1 << 30

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACK = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: Days are counted from here; before March 1900 programs differ by one.
_FIRST, _SURE = dt.date(1899, 12, 30), dt.date(1900, 3, 1)
#: Read as a letter by its number, so it is written as one.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

#: Looks of cells, by their place: words, headings, days.
_WORDS, _BOLD, _DAY = 0, 1, 2
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
    "</borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    "</cellStyleXfs>"
    '<cellXfs count="3">'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"'
    ' applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0"'
    ' applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)


def write(
    name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]
) -> Iterator[bytes]:
    """A workbook, as it is made. ``columns``: headings, and how many letters wide.

    What does not fit into one sheet goes on in the next.
    """
    return pack(_parts(name, columns, iter(rows)))


def _parts(
    name: str, columns: Sequence[tuple[str, int]], rows: Iterator[Sequence[Cell]]
) -> Iterator[Part]:
    sheets = 0
    # Before it is written, a sheet must know that it has a row; the first need not.
    waiting: list[Sequence[Cell]] = []
    for number in count(1):
        if number > 1 and not waiting:
            break
        sheets = number
        yield (
            f"xl/worksheets/sheet{number}.xml",
            _sheet(columns, chain(waiting.copy(), rows)),
        )
        waiting = [row for row in (next(rows, None),) if row is not None]
    names = [name if one == 1 else f"{name} {one}" for one in range(1, sheets + 1)]
    yield "xl/styles.xml", [_STYLES]
    yield "xl/workbook.xml", [_workbook(names)]
    yield "xl/_rels/workbook.xml.rels", [_links(sheets)]
    yield (
        "_rels/.rels",
        [
            f'{_HEAD}<Relationships xmlns="{_PACK}/relationships">'
            f'<Relationship Id="rId1" Type="{_LINK}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>'
        ],
    )
    yield "[Content_Types].xml", [_types(sheets)]


def _sheet(
    columns: Sequence[tuple[str, int]], rows: Iterator[Sequence[Cell]]
) -> Iterator[str]:
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews><cols>"
    )
    for place, (_heading, width) in enumerate(columns, 1):
        yield f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield _row([heading for heading, _width in columns], _BOLD)
    written = size = 0
    # Asked before the next row is taken: what is taken must be written here.
    while written < ROWS - 1 and size < MOST:
        row = next(rows, None)
        if row is None:
            break
        line = _row(row)
        written, size = written + 1, size + len(line)
        yield line
    yield "</sheetData></worksheet>"


def _row(cells: Sequence[Cell], look: int = _WORDS) -> str:
    return f"<row>{''.join(_cell(cell, look) for cell in cells)}</row>"


def _cell(cell: Cell, look: int) -> str:
    if isinstance(cell, dt.date):
        if cell >= _SURE:
            return f'<c s="{_DAY}"><v>{(cell - _FIRST).days}</v></c>'
        cell = cell.isoformat()
    if not cell:
        return f'<c s="{look}"/>'
    text = content(_ESCAPE.sub("_x005F_", _short(cell)))
    return (
        f'<c s="{look}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    )


def _short(cell: str) -> str:
    """What fits: letters are counted as UTF-16 has them."""
    if len(cell) <= LETTERS // 2:
        return cell
    coded = cell.encode("utf-16-le", "surrogatepass")
    if len(coded) <= 2 * LETTERS:
        return cell
    return coded[: 2 * (LETTERS - 1)].decode("utf-16-le", "ignore") + "…"


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name={attribute(name)} sheetId="{one}" r:id="rId{one}"/>'
        for one, name in enumerate(names, 1)
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINK}">'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def _links(sheets: int) -> str:
    links = "".join(
        f'<Relationship Id="rId{one}" Type="{_LINK}/worksheet"'
        f' Target="worksheets/sheet{one}.xml"/>'
        for one in range(1, sheets + 1)
    )
    return (
        f'{_HEAD}<Relationships xmlns="{_PACK}/relationships">{links}'
        f'<Relationship Id="rId{sheets + 1}" Type="{_LINK}/styles"'
        ' Target="styles.xml"/></Relationships>'
    )


def _types(sheets: int) -> str:
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{one}.xml"'
        f' ContentType="{_TYPE}.worksheet+xml"/>'
        for one in range(1, sheets + 1)
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACK}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f"{parts}</Types>"
    )

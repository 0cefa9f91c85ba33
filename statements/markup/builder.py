"""Any HTML rebuilt as the blocks and runs of a body.

The builder keeps what a statement is made of and lets everything else fall, never a
word of the text: unknown elements vanish around their content, containers that are
only layout become boundaries between paragraphs, list items, cells and bare text
get the parents they need. What it gives is a body in its one written form: building
it again changes nothing, and a browser reads it as it stands.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from .attributes import direction, link, own
from .characters import settle
from .elements import (
    CAPTIONS,
    CELLS,
    CONTAINERS,
    FLOW,
    FORMATS,
    HEADINGS,
    IMPLIED,
    LAYOUT,
    LEAVES,
    LISTS,
    SECTIONS,
    TABLE,
    VOID,
)
from .lines import break_between, lines_of
from .pieces import DEEPEST, PERMALINK, Piece, Run, Tag, start_tag
from .tokens import Close, Open, Text, tokens

_DEEPEST_BLOCK = 12  # a table in an item in a quotation, twice over
_DEEPEST_LAYOUT = 64
_DEEPEST_INLINE = 64

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)

_OPENING_MARKS = frozenset("“„«‹‘‚\"'「『")


@dataclass(slots=True)
class _Block:
    """An open container; ``written`` is False for layout, which only hands down."""

    name: str
    written: bool
    inline: int
    lang: str
    dir: str


@dataclass(slots=True)
class _Inline:
    """An open inline element and the marks it gives to the text in it."""

    name: str
    marks: dict[str, str]


@dataclass(slots=True)
class _Builder:
    pieces: list[Piece] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    inline: list[_Inline] = field(default_factory=list)
    depth: int = 0
    leaf: str | None = None  # the open leaf's start tag; "" is bare text
    leaf_name: str = ""
    leaf_inline: int = 0
    held: str = ""  # the heading or caption whose end tag is still to come
    preformatted: bool = False
    quoting: bool = False  # a <q> has begun whose first text is still to come
    runs: list[Run] = field(default_factory=list)
    current: tuple[tuple[str, ...], tuple[str, ...]] | None = ((), ())

    # --- inline ---------------------------------------------------------------

    def text(self, text: str) -> None:
        if self.preformatted and "\n" in text:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self.text(first)
            for each in others:
                self.line_break()
                self.text(each)
            return
        text = settle(text)
        if not text or (self.leaf is None and not text.strip(" ")):
            return
        if self.leaf is None:
            self.open_leaf(self.held or self.default_leaf(), {})
        if self.quoting:
            self.open_typed_quote(text)
        self.runs.append(Run(text, *self.marks()))

    def line_break(self) -> None:
        if self.leaf is not None:
            self.runs.append(Run("\n"))

    def marks(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Quotes and formatting at this place, in their written order."""
        if self.current is not None:
            return self.current
        effective: dict[str, str] = {}
        quotes: list[str] = []
        for element in self.inline:
            quote = element.marks.get("quote")
            if quote and quote not in quotes and len(quotes) < DEEPEST:
                quotes.append(quote)
            effective.update(element.marks)
        marks = []
        if effective.get("lang") or effective.get("dir"):
            marks.append(start_tag("span", direction(effective)))
        if address := effective.get("a"):
            attributes = {"href": address}
            if address.startswith(("http:", "https:")):
                attributes["rel"] = "noopener"
            marks.append(start_tag("a", attributes))
        marks += [f"<{name}>" for name in ("strong", "em", "cite") if name in effective]
        if height := effective.get("height"):
            marks.append(f"<{height}>")
        self.current = (tuple(quotes), tuple(marks))
        return self.current

    def open_inline(self, name: str, attributes: dict[str, str]) -> None:
        if name == "a":
            # Links do not nest: a second one ends the first.
            for element in self.inline:
                element.marks.pop("a", None)
        if len(self.inline) >= _DEEPEST_INLINE:
            return
        marks = direction(attributes) if attributes else {}
        style = attributes.get("style", "")
        kind = FORMATS.get(name)
        # Google Docs wraps a whole text into <b style="font-weight:normal">.
        if kind == "strong" and style and _NOT_BOLD.search(style):
            kind = None
        if kind in ("sup", "sub"):
            marks["height"] = kind
        elif kind:
            marks[kind] = ""
        elif name == "a":
            if address := link(attributes.get("href", "")):
                marks["a"] = address
        elif name == "span":
            quote = attributes.get("data-quote", "")
            if PERMALINK.fullmatch(quote):
                marks["quote"] = quote
            if style and _BOLD.search(style):
                marks["strong"] = ""
            if style and _ITALIC.search(style):
                marks["em"] = ""
        elif name == "q":
            marks["q"] = "pending"
            self.quoting = True
        self.inline.append(_Inline(name, marks))
        self.current = None

    def close_inline(self, name: str) -> None:
        for index in range(len(self.inline) - 1, -1, -1):
            if self.inline[index].name == name:
                self.close_typed_quote(self.inline[index])
                del self.inline[index]
                self.current = None
                return

    def open_typed_quote(self, text: str) -> None:
        """Write the quotation marks that a browser would draw around <q>.

        They belong to the text that a reader sees, and in which quotes are looked
        for; where the author typed them as well, those stay alone.
        """
        self.quoting = False
        typed = text.lstrip(" ")[:1] in _OPENING_MARKS
        depth = 0
        for element in self.inline:
            if element.marks.get("q") == "pending":
                element.marks["q"] = "typed" if typed else "“‘"[depth % 2]
                if not typed:
                    self.runs.append(Run(element.marks["q"], *self.marks()))
            if element.marks.get("q"):
                depth += 1

    def close_typed_quote(self, element: _Inline) -> None:
        mark = {"“": "”", "‘": "’"}.get(element.marks.get("q", ""))
        if mark and self.leaf is not None:
            self.runs.append(Run(mark, *self.marks()))

    # --- leaves ---------------------------------------------------------------

    def default_leaf(self) -> str:
        return "p" if self.parent() in ("", "blockquote", "figure") else ""

    def open_leaf(self, name: str, attributes: dict[str, str]) -> None:
        parent = self.parent()
        if (name == "caption" and not self.begins_table()) or (
            name == "figcaption" and parent != "figure"
        ):
            name = "p"
        if name != "caption":
            self.ensure_flow()
        self.leaf_name = name
        self.leaf = start_tag(name, self.inherited(attributes)) if name else ""
        self.leaf_inline = len(self.inline)

    def end_leaf(self) -> None:
        """Write the lines of the open leaf, if there are any words in them."""
        if self.leaf is None:
            return
        while len(self.inline) > self.leaf_inline:
            element = self.inline.pop()
            self.close_typed_quote(element)
            self.current = None
        opened, name = self.leaf, self.leaf_name
        self.leaf = None
        paragraphs = lines_of(self.runs)
        self.runs = []
        if name != "p" and len(paragraphs) > 1:
            paragraphs = [[line for each in paragraphs for line in each]]
        for lines in paragraphs:
            if opened:
                self.pieces.append(Tag(name, opened, 1))
            elif self.pieces and isinstance(before := self.pieces[-1], Run):
                self.pieces.append(break_between(before, lines[0][0]))
            for index, line in enumerate(lines):
                if index:
                    self.pieces.append(break_between(lines[index - 1][-1], line[0]))
                self.pieces += line
            if opened:
                self.pieces.append(Tag(name, f"</{name}>", -1))

    def begins_table(self) -> bool:
        """Was a table opened a moment ago? Only there may its caption stand."""
        last = self.pieces[-1] if self.pieces else None
        return isinstance(last, Tag) and last.name == "table" and last.step > 0

    # --- containers -----------------------------------------------------------

    def parent(self) -> str:
        """The innermost written container; "" for the body itself."""
        for block in reversed(self.blocks):
            if block.written:
                return block.name
        return ""

    def inherited(self, attributes: dict[str, str]) -> dict[str, str]:
        """Language and direction for a written block: its own, else its layout's."""
        found = direction(attributes) if attributes else {}
        if self.blocks and not self.blocks[-1].written:
            block = self.blocks[-1]
            found = {
                "lang": found.get("lang") or block.lang,
                "dir": found.get("dir") or block.dir,
            }
        return found

    def ensure_flow(self) -> None:
        while (parent := self.parent()) not in FLOW:
            self.push(IMPLIED[parent], {})

    def push(self, name: str, attributes: dict[str, str]) -> None:
        written = {**self.inherited(attributes), **own(name, attributes)}
        self.pieces.append(Tag(name, start_tag(name, written), 1))
        self.blocks.append(_Block(name, True, len(self.inline), "", ""))
        self.names[name] += 1
        self.depth += 1

    def pop(self) -> str:
        block = self.blocks.pop()
        self.names[block.name] -= 1
        if len(self.inline) > block.inline:
            del self.inline[block.inline :]
            self.current = None
        if block.written:
            self.pieces.append(Tag(block.name, f"</{block.name}>", -1))
            self.depth -= 1
        return block.name

    def pop_to(self, wanted: frozenset[str]) -> None:
        """Close containers until the innermost written one is among ``wanted``."""
        while self.parent() not in wanted:
            self.pop()
        while not self.blocks[-1].written:
            self.pop()

    def open_layout(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.blocks) >= _DEEPEST_LAYOUT or name in ("html", "body"):
            return
        handed = self.inherited(attributes)
        self.blocks.append(
            _Block(
                name,
                False,
                len(self.inline),
                handed.get("lang", ""),
                handed.get("dir", ""),
            )
        )
        self.names[name] += 1

    def open_container(self, name: str, attributes: dict[str, str]) -> None:
        if name == "li":
            if not self.in_list():
                self.ensure_flow()
                if self.depth >= _DEEPEST_BLOCK:
                    return
                self.push("ul", {})
            self.pop_to(LISTS)
        elif name in TABLE and name != "table":
            if not self.names["table"]:
                return
            if name in SECTIONS:
                self.pop_to(frozenset({"table"}))
            elif name == "tr":
                self.pop_to(SECTIONS | {"table"})
                if self.parent() == "table":
                    self.push("tbody", {})
            else:
                self.pop_to(SECTIONS | {"table", "tr"})
                while self.parent() != "tr":
                    self.push(IMPLIED[self.parent()], {})
        else:
            self.ensure_flow()
            if self.depth >= _DEEPEST_BLOCK:
                return
        self.push(name, attributes)

    def in_list(self) -> bool:
        """Would an item here belong to a list that is open?"""
        for block in reversed(self.blocks):
            if block.name in LISTS:
                return True
            if block.written and block.name != "li":
                return False
        return False

    def close_block(self, name: str) -> None:
        if not self.names[name]:
            return
        if name not in TABLE and self.names["table"]:
            # An end tag in a cell closes nothing outside that cell.
            for block in reversed(self.blocks):
                if block.name == name:
                    break
                if block.name in CELLS:
                    return
        while self.pop() != name:
            pass

    # --- everything -----------------------------------------------------------

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "br":
            self.line_break()
        elif name in LEAVES:
            kind = LEAVES[name]
            if self.held in CAPTIONS and kind == "p":
                self.line_break()
                return
            self.end_leaf()
            self.preformatted = name in ("pre", "listing")
            self.held = kind if kind in HEADINGS or kind in CAPTIONS else ""
            self.open_leaf(kind, attributes)
        elif name in CONTAINERS:
            self.end_leaf()
            self.held = ""
            self.preformatted = False
            self.open_container(CONTAINERS[name], attributes)
        elif name in LAYOUT:
            if self.held:
                self.line_break()
                return
            self.end_leaf()
            self.open_layout(name, attributes)
        elif name == "hr":
            self.end_leaf()
            self.held = ""
            if self.parent() in FLOW:
                self.pieces.append(Tag("hr", "<hr>", 0))
        elif name not in VOID:
            self.open_inline(name, attributes)

    def close(self, name: str) -> None:
        if name in LEAVES:
            kind = LEAVES[name]
            if self.held in CAPTIONS and kind != self.held:
                self.line_break()
                return
            self.end_leaf()
            self.preformatted = False
            if kind in HEADINGS or kind in CAPTIONS:
                self.held = ""
        elif name in CONTAINERS:
            self.end_leaf()
            self.held = ""
            self.close_block(CONTAINERS[name])
        elif name in LAYOUT:
            if self.held:
                self.line_break()
                return
            self.end_leaf()
            self.close_block(name)
        elif name == "br":  # browsers read </br> as <br>
            self.line_break()
        else:
            self.close_inline(name)


def build(html: str) -> list[Piece]:
    """The body that any HTML source amounts to. Raises Unclean for bidi overrides."""
    builder = _Builder()
    for token in tokens(html):
        match token:
            case Text(text):
                builder.text(text)
            case Open(name, attributes):
                builder.open(name, attributes)
            case Close(name):
                builder.close(name)
    builder.end_leaf()
    while builder.blocks:
        builder.pop()
    return _without_empty(builder.pieces)


def _without_empty(pieces: list[Piece]) -> list[Piece]:
    """Leave out containers without a word; cells stay, their table needs them."""
    kept: list[Piece] = []
    opened = [0]  # where each open container begins
    full = [False]  # whether a word was met in it
    for piece in pieces:
        if isinstance(piece, Run) or piece.step == 0:
            kept.append(piece)
            full[-1] = True
        elif piece.step > 0:
            opened.append(len(kept))
            full.append(False)
            kept.append(piece)
        else:
            start = opened.pop()
            worded = full.pop()
            full[-1] = full[-1] or worded
            if worded or piece.name in CELLS or piece.name == "tr":
                kept.append(piece)
            else:
                del kept[start:]
    return kept

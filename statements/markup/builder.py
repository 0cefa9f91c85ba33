"""Any HTML rebuilt as the blocks and runs of a body.

The builder keeps what a statement is made of and lets everything else fall, never a
word of the text: unknown elements vanish around their content, containers that are
only layout become boundaries between paragraphs, list items, cells and bare text
get the parents they need. What it gives is a body in its one written form: building
it again changes nothing, and a browser reads it as it stands.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote as percent

from .characters import composes, settle
from .pieces import DEEPEST, PERMALINK, Piece, Run, Tag, start_tag
from .tokens import Close, Open, Text, tokens

#: One line of text each.
_LEAVES = {
    "p": "p",
    "h1": "h2",
    "h2": "h2",
    "h3": "h3",
    "h4": "h4",
    "h5": "h4",
    "h6": "h4",
    "pre": "p",
    "listing": "p",
    "dt": "p",
    "dd": "p",
    "summary": "p",
    "legend": "p",
    "figcaption": "figcaption",
    "caption": "caption",
}
_HEADINGS = frozenset({"h2", "h3", "h4"})
_CAPTIONS = frozenset({"figcaption", "caption"})
_CONTAINERS = {
    "blockquote": "blockquote",
    "figure": "figure",
    "ul": "ul",
    "menu": "ul",
    "dir": "ul",
    "ol": "ol",
    "li": "li",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tfoot": "tfoot",
    "tr": "tr",
    "td": "td",
    "th": "th",
}
_LAYOUT = frozenset(
    {
        "address",
        "article",
        "aside",
        "body",
        "center",
        "details",
        "dialog",
        "div",
        "dl",
        "fieldset",
        "footer",
        "form",
        "header",
        "hgroup",
        "html",
        "main",
        "nav",
        "search",
        "section",
    }
)
_LISTS = frozenset({"ul", "ol"})
_CELLS = frozenset({"td", "th"})
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_TABLE = _CELLS | _SECTIONS | {"table", "tr"}
_FLOW = _CELLS | {"", "blockquote", "figure", "li"}
#: What must stand in a container that holds no text of its own.
_IMPLIED = {
    "ul": "li",
    "ol": "li",
    "table": "tbody",
    "thead": "tr",
    "tbody": "tr",
    "tfoot": "tr",
    "tr": "td",
}
_FORMATS = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "cite": "cite",
    "sup": "sup",
    "sub": "sub",
}

#: Elements without content that say nothing in a text.
_VOID = frozenset(
    {
        "area",
        "base",
        "basefont",
        "bgsound",
        "col",
        "embed",
        "frame",
        "image",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    }
)

_DEEPEST_BLOCK = 12  # a table in an item in a quotation, twice over
_DEEPEST_LAYOUT = 64
_DEEPEST_INLINE = 64

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
DIRECTIONS = frozenset({"ltr", "rtl", "auto"})
SCOPES = frozenset({"col", "row", "colgroup", "rowgroup"})
SMALL_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
START = re.compile(r"-?[0-9]{1,6}")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SOURCE_SCHEMES = frozenset({"http", "https"})
_URL_DROPPED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+"
)
_URL_ESCAPED = re.compile("[\\s\"'<>`\\\\^{|}\u00a0\ufffe\uffff]")

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)

_OPENING_MARKS = frozenset("“„«‹‘‚\"'「『")


def link(url: str, schemes: frozenset[str] = LINK_SCHEMES) -> str:
    """An address as it may be stored; "" for one that may not.

    Characters that could end an attribute or hide in an address are
    percent-encoded or dropped, as browsers drop them.
    """
    url = _URL_DROPPED.sub("", url).strip(" \u00a0")
    url = _URL_ESCAPED.sub(lambda each: percent(each[0], safe=""), url)
    if url.startswith("//"):
        url = f"https:{url}"
    scheme = _SCHEME.match(url)
    if scheme is None:
        # A colon before the first slash that is no scheme is not worth guessing at.
        return "" if ":" in re.split(r"[/?#]", url, maxsplit=1)[0] else url
    if scheme[1].lower() not in schemes:
        return ""
    return scheme[1].lower() + url[scheme.end(1) :]


def source_link(url: str) -> str:
    """The address of a quotation's source: absolute, http or https."""
    address = link(url, _SOURCE_SCHEMES)
    return address if _SCHEME.match(address) else ""


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
            marks.append(start_tag("span", effective_direction(effective)))
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
        kind = _FORMATS.get(name)
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
                self.pieces.append(_break(before, lines[0][0]))
            for index, line in enumerate(lines):
                if index:
                    self.pieces.append(_break(lines[index - 1][-1], line[0]))
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
        own = direction(attributes) if attributes else {}
        if self.blocks and not self.blocks[-1].written:
            block = self.blocks[-1]
            own = {
                "lang": own.get("lang") or block.lang,
                "dir": own.get("dir") or block.dir,
            }
        return own

    def ensure_flow(self) -> None:
        while (parent := self.parent()) not in _FLOW:
            self.push(_IMPLIED[parent], {})

    def push(self, name: str, attributes: dict[str, str]) -> None:
        written = {**self.inherited(attributes), **_own(name, attributes)}
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
            self.pop_to(_LISTS)
        elif name in _TABLE and name != "table":
            if not self.names["table"]:
                return
            if name in _SECTIONS:
                self.pop_to(frozenset({"table"}))
            elif name == "tr":
                self.pop_to(_SECTIONS | {"table"})
                if self.parent() == "table":
                    self.push("tbody", {})
            else:
                self.pop_to(_SECTIONS | {"table", "tr"})
                while self.parent() != "tr":
                    self.push(_IMPLIED[self.parent()], {})
        else:
            self.ensure_flow()
            if self.depth >= _DEEPEST_BLOCK:
                return
        self.push(name, attributes)

    def in_list(self) -> bool:
        """Would an item here belong to a list that is open?"""
        for block in reversed(self.blocks):
            if block.name in _LISTS:
                return True
            if block.written and block.name != "li":
                return False
        return False

    def close_block(self, name: str) -> None:
        if not self.names[name]:
            return
        if name not in _TABLE and self.names["table"]:
            # An end tag in a cell closes nothing outside that cell.
            for block in reversed(self.blocks):
                if block.name == name:
                    break
                if block.name in _CELLS:
                    return
        while self.pop() != name:
            pass

    # --- everything -----------------------------------------------------------

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "br":
            self.line_break()
        elif name in _LEAVES:
            kind = _LEAVES[name]
            if self.held in _CAPTIONS and kind == "p":
                self.line_break()
                return
            self.end_leaf()
            self.preformatted = name in ("pre", "listing")
            self.held = kind if kind in _HEADINGS or kind in _CAPTIONS else ""
            self.open_leaf(kind, attributes)
        elif name in _CONTAINERS:
            self.end_leaf()
            self.held = ""
            self.preformatted = False
            self.open_container(_CONTAINERS[name], attributes)
        elif name in _LAYOUT:
            if self.held:
                self.line_break()
                return
            self.end_leaf()
            self.open_layout(name, attributes)
        elif name == "hr":
            self.end_leaf()
            self.held = ""
            if self.parent() in _FLOW:
                self.pieces.append(Tag("hr", "<hr>", 0))
        elif name not in _VOID:
            self.open_inline(name, attributes)

    def close(self, name: str) -> None:
        if name in _LEAVES:
            kind = _LEAVES[name]
            if self.held in _CAPTIONS and kind != self.held:
                self.line_break()
                return
            self.end_leaf()
            self.preformatted = False
            if kind in _HEADINGS or kind in _CAPTIONS:
                self.held = ""
        elif name in _CONTAINERS:
            self.end_leaf()
            self.held = ""
            self.close_block(_CONTAINERS[name])
        elif name in _LAYOUT:
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
    merge with the ">" of the tag, so it gets a no-break space to stand on.
    """
    if not line:
        return line
    whole = "".join(run.text for run in line)
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


def _break(before: Run, after: Run) -> Run:
    """A line break, in those marks that both its neighbours have."""
    return Run(
        "\n",
        tuple(quote for quote in before.quotes if quote in after.quotes),
        tuple(mark for mark in before.marks if mark in after.marks),
    )


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
            if worded or piece.name in _CELLS or piece.name == "tr":
                kept.append(piece)
            else:
                del kept[start:]
    return kept


def direction(attributes: dict[str, str]) -> dict[str, str]:
    """Language and direction, where they are well formed."""
    found: dict[str, str] = {}
    lang = attributes.get("lang", "").strip()
    if LANGUAGE.fullmatch(lang):
        found["lang"] = lang
    dir_ = attributes.get("dir", "").strip().lower()
    if dir_ in DIRECTIONS:
        found["dir"] = dir_
    return found


def effective_direction(marks: dict[str, str]) -> dict[str, str]:
    return {key: marks[key] for key in ("lang", "dir") if marks.get(key)}


def _own(name: str, attributes: dict[str, str]) -> dict[str, str]:
    """Attributes that mean something on this container alone."""
    if not attributes:
        return {}
    own: dict[str, str] = {}
    if name == "blockquote" and (source := source_link(attributes.get("cite", ""))):
        own["cite"] = source
    if name == "ol" and START.fullmatch(attributes.get("start", "")):
        own["start"] = attributes["start"]
    if name in _CELLS:
        for key in ("colspan", "rowspan"):
            if SMALL_NUMBER.fullmatch(attributes.get(key, "")):
                own[key] = attributes[key]
    if name == "th" and attributes.get("scope", "").lower() in SCOPES:
        own["scope"] = attributes["scope"].lower()
    return own

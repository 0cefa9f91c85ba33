"""What each element of a pasted source is taken for."""

#: One line of text each.
LEAVES = {
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
HEADINGS = frozenset({"h2", "h3", "h4"})
CAPTIONS = frozenset({"figcaption", "caption"})
CONTAINERS = {
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
LAYOUT = frozenset(
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
LISTS = frozenset({"ul", "ol"})
CELLS = frozenset({"td", "th"})
SECTIONS = frozenset({"thead", "tbody", "tfoot"})
TABLE = CELLS | SECTIONS | {"table", "tr"}
FLOW = CELLS | {"", "blockquote", "figure", "li"}
#: What must stand in a container that holds no text of its own.
IMPLIED = {
    "ul": "li",
    "ol": "li",
    "table": "tbody",
    "thead": "tr",
    "tbody": "tr",
    "tfoot": "tr",
    "tr": "td",
}
FORMATS = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "cite": "cite",
    "sup": "sup",
    "sub": "sub",
}

#: Elements without content that say nothing in a text.
VOID = frozenset(
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

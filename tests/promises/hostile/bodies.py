"""Bodies that would run a script, or bring in what may not stand in a statement.

All are put together here from lists of elements, events, addresses and shapes, by a
seed, so that what fails once fails again. Each has a number, and a script that runs
calls ``hit(number)``.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Iterator

from .parts import (
    ADDRESSED,
    ALONE,
    AROUND,
    ELEMENTS,
    EVENTS,
    FOREIGN,
    HIDING,
    LETTERS,
    PLAIN,
    REFERENCES,
    SIGNS,
    SPACES,
)

SEED = 2417


class Maker:
    """Draws bodies, one after another, from a seed."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.last = "<p>x</p>"

    def body(self, number: int) -> str:
        """One body; what it runs calls ``hit`` with its number."""
        kinds: list[Callable[[int], str]] = [
            self.event,
            self.alone,
            self.address,
            self.element,
            self.script,
            self.mutation,
            self.hidden,
            self.nested,
            self.clobbering,
        ]
        weights = [16, 22, 18, 6, 8, 20, 10, 5, 3]
        (kind,) = self.random.choices(kinds, weights)
        made = kind(number)
        if self.random.random() < 0.7:
            made = self.one(AROUND).format(made.replace("{", "").replace("}", ""))
        if self.random.random() < 0.1:
            made = self.spliced(made)
        if self.random.random() < 0.4:
            for _ in range(self.random.randint(1, 3)):
                made = self.changed(made)
        if self.random.random() < 0.02:
            made = self.encoded(made)
        self.last = made
        return made

    # ---------- what they are made of ----------

    def one(self, things):
        return self.random.choice(things)

    def code(self, number: int) -> str:
        """A script that calls the hook, without spaces or quotation marks."""
        return self.one(
            (
                f"hit({number})",
                f"hit({number})",
                f"top.hit({number})",
                f"window.hit({number})",
                f"self[/hit/.source]({number})",
                f"hit.call(0,{number})",
                f"[{number}].map(hit)",
                f"(0,hit)({number})",
                f"hit`{number}`",
                f"\\u0068it({number})",
                f"eval(`hit({number})`)",
                f"Function(`hit({number})`)()",
                f"setTimeout(`hit({number})`)",
                f"alert({number})",
                f"parent.hit({number})//",
            )
        )

    def case(self, name: str) -> str:
        how = self.random.random()
        if how < 0.6:
            return name
        if how < 0.8:
            return name.upper()
        return "".join(self.one((c.lower(), c.upper())) for c in name)

    def attribute(self, name: str, value: str) -> str:
        equals = self.one(("=", "=", "=", " = ", "\n=\n", "=\t"))
        quote = self.one(('"', '"', "'", "'", ""))
        if not quote and any(c in value for c in " \t\n\"'<>`"):
            quote = '"'
        if quote:
            value = value.replace(quote, "&quot;" if quote == '"' else "&#39;")
        if self.random.random() < 0.2:
            value = self.referenced(value)
        return f"{self.case(name)}{equals}{quote}{value}{quote}"

    def referenced(self, value: str) -> str:
        """Some signs of a value as character references, in all their spellings."""
        return "".join(
            self.one(
                (
                    f"&#{ord(c)};",
                    f"&#x{ord(c):x};",
                    f"&#X{ord(c):X};",
                    f"&#{ord(c):07};",
                )
            )
            if c.isascii() and c.isalpha() and self.random.random() < 0.4
            else c
            for c in value
        )

    def tag(self, start: str, *attributes: str) -> str:
        """A start tag and often its end."""
        space = self.one(PLAIN if self.random.random() < 0.8 else SPACES)
        attributes = tuple(self.random.sample(attributes, len(attributes)))
        whole = f"<{self.case(start)}{space}{space.join(attributes)}"
        whole += self.one((">", ">", ">", " >", "/>", "\n>"))
        if self.random.random() < 0.5:
            name = start.rsplit("<", 1)[-1].split()[0]
            whole += f"x</{name}>"
        return whole

    def url(self, number: int) -> str:
        code = self.code(number)
        script = f"<script>{code}</script>"
        plain = self.one(
            (
                f"javascript:{code}",
                f"javascript:{code}",
                f"javascript://%0a{code}",
                f"javascript:/*x*/{code}",
                f"javascript:%68it({number})",
                f"vbscript:{code}",
                f"data:text/html,{script}",
                "data:text/html;base64," + base64.b64encode(script.encode()).decode(),
                f"data:image/svg+xml,<svg onload={code} />",
                f"data:text/javascript,{code}",
                f"feed:javascript:{code}",
                f"view-source:javascript:{code}",
                f"blob:javascript:{code}",
                f"about:{code}",
                f"x:{code}",
                f"jar:javascript:{code}!/",
                f"url(javascript:{code})",
                f"expression({code})",
                f"//evil.example/?{number}",
                f"\\\\evil.example\\{number}",
            )
        )
        return self.mangled(plain) if self.random.random() < 0.5 else plain

    def mangled(self, url: str) -> str:
        """What browsers overlook in the scheme of an address."""
        end = url.find(":") + 1
        if not end:
            return url
        scheme = self.case(url[:end])
        between = self.one(
            ("", "\t", "\n", "\r", "&Tab;", "&NewLine;", "&#9;", "&#x0A;", "&#13")
        )
        place = self.random.randrange(len(scheme))
        scheme = scheme[:place] + between + scheme[place:]
        if self.random.random() < 0.3:
            scheme = scheme.replace(":", self.one(("&colon;", "&#58;", "&#x3a", ":")))
        before = self.one(("", "", " ", "\x01", "\x1b ", "&#32;", "\u2028", "\ufeff"))
        return before + scheme + url[end:]

    # ---------- kinds of bodies ----------

    def event(self, number: int) -> str:
        """An element that does something when somebody touches it."""
        handlers = [
            self.attribute(self.one(EVENTS), self.code(number))
            for _ in range(self.one((1, 1, 1, 2)))
        ]
        return self.tag(self.one(ELEMENTS), *handlers)

    def alone(self, number: int) -> str:
        """An element that does something by itself."""
        start, event = self.one(ALONE)
        return self.tag(start, self.attribute(event, self.code(number)))

    def address(self, number: int) -> str:
        """A script in an address."""
        name, start = self.one(ADDRESSED)
        url = self.url(number)
        if name == "style":
            url = f"background:url({url});behavior:url({url});-moz-binding:url({url})"
        if name in {"from", "to", "values"}:
            url = f"{url};{url}"
        if self.random.random() < 0.1:
            return self.tag(start, self.attribute(name, "/"), self.attribute(name, url))
        return self.tag(start, self.attribute(name, url))

    def element(self, number: int) -> str:
        """An element that may not stand there, whatever it does."""
        start = self.one(
            (
                f"iframe srcdoc='<script>parent.{self.code(number)}</script>'",
                "meta charset=utf-7",
                "meta http-equiv=content-security-policy content=x",
                "base target=_parent",
                "link rel=preload as=script href=x:",
                "link rel=prefetch href=//evil.example/",
                "input name=attributes",
                "form id=x name=y",
                "object type=text/html",
                "svg><style>@import'//evil.example/x'",
                "style>@import'//evil.example/x'",
                "noscript><img src=//evil.example/",
                "portal src=x:",
                "fencedframe",
                "audio controls src=//evil.example/",
                "math><maction actiontype=statusline#x",
                "a target=_blank rel=opener href=//evil.example/",
                "p class=errornote id=content",
                "p slot=x part=y is=z",
                "template shadowrootmode=open",
                "p contenteditable draggable=true",
                "p style=position:fixed;inset:0",
            )
        )
        return self.tag(start, self.attribute("title", "x"))

    def script(self, number: int) -> str:
        """A script as such, in the ways it may be written."""
        code = self.code(number)
        return self.one(
            (
                f"<script>{code}</script>",
                f"<script type=module>{code}</script>",
                f"<script\n>{code}</script\n>",
                f"<script/x>{code}</script/x>",
                f"<script>{code}",
                f"<scr<script>ipt>{code}</scr</script>ipt>",
                f"<script><!--\n{code}\n--></script>",
                f"<script>//<![CDATA[\n{code}//]]></script>",
                f"<svg><script>{code}</script></svg>",
                f"<svg><script>{self.referenced(code)}</script></svg>",
                f"<svg><script href='data:text/javascript,{code}' /></svg>",
                f"<math><script>{code}</script></math>",
                f"<script src='data:text/javascript,{code}'></script>",
                f"<<script>{code}//<</script>",
                f"<script x='>'>{code}</script>",
                f'<script x="</script>">{code}</script>',
                f"<style>*{{}}</style><script>{code}</script>",
            )
        )

    def mutation(self, number: int) -> str:
        """Read one way first, and another way after being written and read again."""
        return self.one(FOREIGN) + self.hidden(number)

    def hidden(self, number: int) -> str:
        """In what a parser may take for raw text, a comment or a value."""
        opening, closing = self.one(HIDING)
        inner = self.one((self.alone, self.script, self.event))(number)
        flat = inner.replace('"', "'")
        return self.one(
            (
                f"{opening}{closing}{inner}",
                f"{opening}<a id='{closing}{inner}'>",
                f'{opening}<a title="{closing}{flat}">{closing}',
                f'<p title="{closing}{flat}">{opening}</p>{inner}',
                f'{opening}<p title="{closing}{flat}"></p>',
                f"{opening}{opening}{closing}{inner}{closing}",
                f"{opening}x{closing[:-1]}{self.one(SPACES)}>{inner}",
                f"{opening}&lt;{closing}{inner}",
            )
        )

    def nested(self, number: int) -> str:
        """Deeper than parsers go, where some close what others leave open."""
        name = self.one(("div", "b", "p", "svg", "span", "ul><li", "table><td", "form"))
        return f"<{name}>" * self.one((2, 7, 40, 300, 515)) + self.alone(number)

    def clobbering(self, number: int) -> str:
        """A name that scripts of a page would find in place of their own."""
        name = self.one(
            ("location", "cookie", "attributes", "body", "getElementById", "__proto__")
        )
        start = self.one(("form", "img", "a", "iframe", "input", "object", "embed"))
        return self.tag(start, f"id={name}", f"name={name}") + self.alone(number)

    # ---------- what becomes of them ----------

    def spliced(self, made: str) -> str:
        """Put into the middle of the body before."""
        place = self.random.randrange(len(self.last) + 1)
        return self.last[:place] + made + self.last[place:]

    def changed(self, made: str) -> str:
        """One small change: something put in, taken out, doubled or moved."""
        size = len(made)
        place = self.random.randrange(size + 1)
        stop = min(size, place + self.random.randint(1, 4))
        how = self.random.randrange(9)
        if how == 0:
            return made[:place] + self.one(SIGNS) + made[place:]
        if how == 1:
            return made[:place] + self.one(REFERENCES) + made[place:]
        if how == 2:
            return made[:place] + self.one(LETTERS) + made[place:]
        if how == 3:
            return made[:place] + made[stop:]
        if how == 4:
            return made[:stop] + made[place:]
        if how == 5:
            return made.replace(" ", self.one(SPACES))
        if how == 6:
            return made.swapcase() if self.random.random() < 0.2 else made + made
        if how == 7:
            name = self.one(ELEMENTS)
            return f"{made[:place]}{self.one(('<', '</'))}{name}>{made[place:]}"
        return made[: max(place, size // 2)]

    def encoded(self, made: str) -> str:
        """As text that some decoder would turn into markup: it is to stay text."""
        how = self.random.randrange(4)
        if how == 0:
            return made.replace("<", "&lt;")
        if how == 1:
            return made.replace("<", "+ADw-").replace(">", "+AD4-")
        if how == 2:
            return made.replace("<", "\uff1c").replace(">", "\uff1e")
        return made.replace("<", "%3C").replace(">", "%3E")


def bodies(count: int, seed: int = SEED) -> Iterator[str]:
    """So many bodies, numbered from 0 as their scripts call the hook."""
    maker = Maker(seed)
    for number in range(count):
        yield maker.body(number)

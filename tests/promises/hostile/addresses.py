"""Addresses that lead to a script, to a file or to another site than they seem to."""

from __future__ import annotations

import random

#: What browsers run, or open beside the web.
SCHEMES = (
    "javascript:hit(1)",
    "vbscript:hit(1)",
    "data:text/html,<script>hit(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5oaXQoMSk8L3NjcmlwdD4=",
    "data:image/svg+xml,<svg onload=hit(1)>",
    "blob:https://official.example/1",
    "file:///etc/passwd",
    "filesystem:https://official.example/x",
    "view-source:javascript:hit(1)",
    "feed:javascript:hit(1)",
    "jar:javascript:hit(1)!/",
    "about:blank",
    "ws://official.example/",
    "ms-word:ofe|u|https://official.example/",
)
#: Addresses without a scheme that lead to another site.
HOSTS = (
    "//evil.example/x",
    "\\\\evil.example\\x",
    "/\\evil.example/x",
    "\\/evil.example/x",
    "///evil.example/x",
    "/\t/evil.example/x",
    "http:evil.example",
    "https:/evil.example/x",
    "https:\\\\evil.example",
)
#: Addresses that are as they should be.
GOOD = (
    "https://official.example/",
    "http://official.example/a/b?c=d&e=f#g",
    "HTTPS://Official.Example/A",
    "https://official.example:8443/x",
    "https://docs.un.org/S/RES/2417(2018)",
)


def mangled(seed: int = 2417, each: int = 12) -> list[str]:
    """The schemes as browsers still read them, in so many spellings each."""
    draw = random.Random(seed)
    found: dict[str, None] = dict.fromkeys((*SCHEMES, *HOSTS))
    for scheme in SCHEMES:
        for _ in range(each):
            found.setdefault(_spelt(draw, scheme))
    return list(found)


def _spelt(draw: random.Random, address: str) -> str:
    name, _, rest = address.partition(":")
    name = "".join(draw.choice((c.lower(), c.upper())) for c in name)
    for _ in range(draw.randrange(3)):
        place = draw.randrange(1, len(name))
        name = name[:place] + draw.choice("\t\n\r\u200b\ufeff\x01") + name[place:]
    before = draw.choice(("", "", " ", "\t", "\n", "\x01", "\x1f ", "\u00a0", "\u3000"))
    colon = draw.choice((":", ":", ":", "\t:", "\n:", " :", "\u200b:"))
    return f"{before}{name}{colon}{rest}"


def as_references(draw: random.Random, address: str) -> str:
    """The same in HTML, where signs may be character references."""
    spelt = []
    for character in address:
        number = ord(character)
        spelt.append(
            draw.choice(
                (
                    character if character not in "<>&\"'" else f"&#{number};",
                    f"&#{number};",
                    f"&#x{number:x};",
                    f"&#0000{number};",
                    {":": "&colon;", "\t": "&Tab;", "\n": "&NewLine;"}.get(
                        character, f"&#X{number:X};"
                    ),
                )
            )
        )
    return "".join(spelt)

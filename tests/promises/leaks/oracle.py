"""What an answer tells: its words in every dress, and whether two answers are one."""

from __future__ import annotations

import gzip
import html
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus, unquote_plus

#: Drawn anew for each answer, or going down with the clock.
_FRESH = re.compile(
    r'(name="(?:csrfmiddlewaretoken|token)" value=")[^"]*'
    r"|(data-(?:token|edition)=\")[^\"]*"
    r"|(nonce[-=]\"?)[\w+/=-]+"
    r"|(s-maxage=)\d+"
)
_FRESH_HEADERS = {"Date", "Expires", "Last-Modified"}


@dataclass(frozen=True)
class Answer:
    """An answer as a reader has it, decompressed; fresh parts taken out."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str

    @property
    def whole(self) -> str:
        lines = [f"{name}: {value}" for name, value in self.headers]
        return "\n".join([str(self.status), *lines, "", self.body])

    def rows(self) -> Answer:
        """The rows of a list of the admin, without what stands around them."""
        found = re.search(
            r'<form id="changelist-form".*?</form>'
            r'|<section class="found" aria-labelledby="found-statements".*?</section>',
            self.body,
            re.DOTALL,
        )
        return Answer(self.status, (), found[0] if found else "")


def read(response: Any) -> Answer:
    """Take an answer of the test client apart. Consumes a stream."""
    content = b"".join(response) if response.streaming else response.content
    encoding = response.headers.get("Content-Encoding", "")
    if encoding == "gzip":
        content = gzip.decompress(content)
    elif encoding == "deflate":
        content = zlib.decompress(content)
    body = content.decode("utf-8", "replace")
    headers = tuple(
        (name, _FRESH.sub(_kept, value))
        for name, value in sorted(response.headers.items())
        if name not in _FRESH_HEADERS
    )
    # A cookie taken back tells only that the one who asks had one.
    cookies = tuple(
        ("Set-Cookie", name)
        for name, morsel in sorted(response.cookies.items())
        if morsel["max-age"] != 0
    )
    return Answer(response.status_code, headers + cookies, _FRESH.sub(_kept, body))


def _kept(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group)


def dresses(text: str) -> str:
    """A text with what it says after unescaping HTML, JSON and addresses."""
    plain = html.unescape(html.unescape(text))
    shown = [text, plain, unquote_plus(plain)]
    if "\\" in text:
        shown.append(
            re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), plain).replace(
                "\\/", "/"
            )
        )
    return "\n".join(dict.fromkeys(shown)).lower()


class Ear:
    """Hears the values of a secret in an answer."""

    def __init__(self, values: Mapping[str, str]):
        self.fields = {value.lower(): name for name, value in values.items()}
        longest = sorted(self.fields, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest)))

    def hears(self, answer: Answer) -> dict[str, str]:
        """The fields whose values an answer tells, each with the words around it."""
        text = dresses(answer.whole)
        heard: dict[str, str] = {}
        for match in self.pattern.finditer(text):
            around = text[max(match.start() - 60, 0) : match.end() + 60]
            heard.setdefault(self.fields[match[0]], " ".join(around.split()))
        return heard

    def asked(self, request: str) -> set[str]:
        """The fields whose values stand in a request already."""
        found = self.pattern.findall(dresses(request))
        return {self.fields[value] for value in found}


def alike(one: Answer, other: Answer, words: Sequence[tuple[str, str]]) -> str:
    """Where two answers differ, "" if nowhere.

    ``words``: what stands in the first for what stands in the other: what the two
    requests asked for, which pages repeat. Addresses come before words in them.
    """
    left, right = one.whole, other.whole
    for ours, theirs in words:
        for dress in (str, html.escape, quote, quote_plus):
            left = left.replace(dress(ours), dress(theirs))
            right = right.replace(dress(ours), dress(theirs))
    if (left, right) != (one.whole, other.whole) and one.body:
        # The page repeats what was asked, so that its length and its tag differ.
        left, right = (_SIZE.sub("", text) for text in (left, right))
    if left == right:
        return ""
    place = next(
        (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b),
        min(len(left), len(right)),
    )
    start = max(place - 60, 0)
    return f"{left[start : place + 80]!r} and {right[start : place + 80]!r}"


_SIZE = re.compile(r"(?:Content-Length|ETag): .*\n")

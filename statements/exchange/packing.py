"""Office files are ZIP archives of XML: written piece by piece, read by anybody."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from .xml import plain

#: An archive is the same for the same content: it tells no moment.
_WHEN = (1980, 1, 1, 0, 0, 0)

type Part = tuple[str, Iterable[str]]


def attribute(text: str) -> str:
    """Words as the value of an attribute, with its quotation marks."""
    return quoteattr(plain(text))


def pack(parts: Iterable[Part]) -> Iterator[bytes]:
    """The archive of some parts, each a name and its XML in pieces, as it is made."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]  # a sink that only takes
        for name, pieces in parts:
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as part:
                for piece in pieces:
                    part.write(piece.encode())
                    yield from sink.taken()
    yield from sink.taken()


class _Sink:
    """What the archive writes to. It cannot go back, so sizes stand after the parts."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []

    def write(self, block: bytes) -> int:
        self._blocks.append(bytes(block))
        return len(block)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> Iterator[bytes]:
        """What was written since the last time."""
        blocks, self._blocks = self._blocks, []
        if blocks:
            yield b"".join(blocks)

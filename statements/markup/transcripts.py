"""Transcripts that tell when words were said: in a form of our own, or as WebVTT.

Of our own, a line that begins a turn has its time before it::

    [0:06] Ilse Okafor: Good morning. It is slow, it is cold, and it is full.
    [1:02:07] Question: And on Sundays?
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_TIME = re.compile(r"\[(?:(\d{1,2}):)?(\d{1,2}):(\d{2})\][ \t]*")
_CUE = re.compile(
    r"(?:(\d{2,}):)?(\d{2}):(\d{2})\.\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?\d{2}:\d{2}\.\d{3}"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]+)>")
_TAG = re.compile(r"</?[a-z0-9][^>]*>")
_WORD = re.compile(r"\w+")


class Turn(NamedTuple):
    """What was said from one time on; ``seconds`` is None before the first time."""

    seconds: int | None
    text: str

    @property
    def clock(self) -> str:
        """The time as a player shows it: ``0:36``, ``1:02:07``."""
        minutes, seconds = divmod(self.seconds or 0, 60)
        hours, minutes = divmod(minutes, 60)
        if hours:
            return f"{hours}:{minutes:02}:{seconds:02}"
        return f"{minutes}:{seconds:02}"


def is_captions(transcript: str) -> bool:
    """Whether it is WebVTT, which a player can show as captions."""
    return re.match(r"\ufeff?WEBVTT(?:[ \t\n]|$)", transcript) is not None


def turns(transcript: str) -> list[Turn]:
    """The turns or cues in their order; a single one where no time is told."""
    transcript = transcript.replace("\r\n", "\n").replace("\r", "\n")
    read = _cues if is_captions(transcript) else _lines
    return [turn for turn in read(transcript) if turn.text]


def said_at(words: str, among: Sequence[Turn]) -> Turn | None:
    """The turn in which these words begin; None if they are not there just once."""
    tokens: list[str] = []
    begins: list[int] = []
    for turn in among:
        begins.append(len(tokens))
        tokens += _folded(turn.text)
    text = f" {' '.join(tokens)} "
    wanted = f" {' '.join(_folded(words))} "
    at = text.find(wanted)
    if not wanted.strip() or at < 0 or text.find(wanted, at + 1) >= 0:
        return None
    turn = among[bisect_right(begins, text.count(" ", 0, at)) - 1]
    return None if turn.seconds is None else turn


def _lines(transcript: str) -> Iterator[Turn]:
    seconds: int | None = None
    text: list[str] = []
    for line in transcript.split("\n"):
        if found := _TIME.match(line):
            yield Turn(seconds, "\n".join(text).strip())
            seconds, text = _seconds(found), []
            line = line[found.end() :]
        text.append(line)
    yield Turn(seconds, "\n".join(text).strip())


def _cues(transcript: str) -> Iterator[Turn]:
    for block in re.split(r"\n{2,}", transcript):
        lines = block.strip("\n").split("\n")
        for number, line in enumerate(lines[:2]):
            if found := _CUE.match(line):
                text = " ".join(lines[number + 1 :])
                text = _TAG.sub("", _VOICE.sub(r"\1: ", text))
                for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
                    text = text.replace(name, sign)
                yield Turn(_seconds(found), text.strip())
                break


def _seconds(found: re.Match[str]) -> int:
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def _folded(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())

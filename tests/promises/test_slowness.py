"""Promise: no text makes reading it slow; twice as much takes about twice as long.

Seconds are never asserted: the clock is the processor's, sizes grow until the time is
above its noise, and of several tries the shortest counts.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from statements.detection.engine import detect
from statements.markup.projection import blocks, to_text
from statements.markup.sanitise import Unclean, clean, from_text
from statements.search.query import parse

from .hostile.shapes import QUESTIONS, SOURCES, TEXTS

RATIO = 2.5


def every_other(shapes: dict[str, Any]) -> list[Any]:
    """All shapes; half of them only where there is time."""
    return [
        pytest.param(name, marks=pytest.mark.long if number % 2 else ())
        for number, name in enumerate(shapes)
    ]


#: Seconds below which the clock tells nothing.
NOISE = 0.02
#: Seconds that no noise makes out of less than half of them.
CLEAR = 0.3
TRIES = 8


def seconds(act: Callable[[Any], Any], given: Any) -> float:
    begin = time.process_time()
    with suppress(Unclean):
        act(given)
    return time.process_time() - begin


def growth(
    act: Callable[[Any], Any],
    make: Callable[[int], Any],
    size: int,
    most: int = 1_000_000,
    tries: int = TRIES,
) -> float:
    """How much longer twice the size takes; the first try that is good enough ends.

    A size at which nothing can be measured is doubled, up to ``most``.
    """
    small, large = make(size), make(2 * size)
    while seconds(act, large) < NOISE and 4 * size <= most:
        size *= 2
        small, large = large, make(2 * size)
    once = twice = float("inf")
    for _ in range(tries):
        once = min(once, seconds(act, small))
        twice = min(twice, seconds(act, large))
        if twice <= RATIO * once:
            break
    tells = twice > NOISE and (twice <= RATIO * once or twice >= CLEAR)
    if not tells and 4 * size <= most:
        # What is not linear is so in a larger size too, where noise counts for less.
        return growth(act, make, 2 * size, most, tries)
    for _ in range(0 if tells else 4 * tries):
        # There is no larger one to ask: so often that noise has left both alone once.
        once = min(once, seconds(act, small))
        twice = min(twice, seconds(act, large))
        if twice <= RATIO * once:
            break
    return twice / once if twice > NOISE else 1


@pytest.mark.parametrize("shape", every_other(TEXTS))
def test_detection_is_linear(shape):
    assert growth(detect, TEXTS[shape], 2_000) <= RATIO


@pytest.mark.parametrize("shape", every_other(SOURCES))
def test_cleaning_is_linear(shape):
    assert growth(clean, SOURCES[shape], 4_000) <= RATIO


@pytest.mark.parametrize("shape", every_other(TEXTS))
def test_taking_in_a_plain_text_is_linear(shape):
    assert growth(from_text, TEXTS[shape], 4_000) <= RATIO


@pytest.mark.parametrize("shape", every_other(SOURCES))
def test_projection_is_linear(shape):
    """Of what is stored, and the text of what never was."""
    assert growth(to_text, SOURCES[shape], 4_000) <= RATIO
    stored = {size: clean(SOURCES[shape](size)) for size in (20_000, 40_000)}
    assert growth(blocks, stored.__getitem__, 20_000, 40_000) <= RATIO


@pytest.mark.parametrize("shape", QUESTIONS)
def test_reading_a_question_is_linear(shape):
    """Up to the length that is read: two hundred times, to see anything at all."""

    def read(question: str) -> None:
        for _ in range(200):
            parse(question)

    short, long = QUESTIONS[shape](150), QUESTIONS[shape](300)
    assert growth(read, {150: short, 300: long}.__getitem__, 150, 300) <= RATIO


@pytest.mark.parametrize("shape", QUESTIONS)
def test_a_question_costs_no_more_when_it_is_longer_than_is_read(shape):
    def read(question: str) -> None:
        for _ in range(20):
            parse(question)

    def make(size: int) -> str:
        return QUESTIONS[shape](size)

    assert growth(read, make, 20_000) <= RATIO


def test_a_careless_expression_is_found_out():
    """The control: it takes eight times as long for twice as many marks."""
    careless = re.compile(r'["“](.+?)["”]\s*,?\s*(.+?)(?:said|says)')
    assert growth(careless.findall, '"'.__mul__, 350, 1_400, tries=2) > RATIO


def test_a_square_is_found_out():
    """Four times as long for twice as much: of nine tries a busy machine hides some."""

    def square(text: str) -> list[int]:
        return [text.count(sign) for sign in text]

    grown = (growth(square, "a".__mul__, 14_000, 56_000, tries=1) for _ in range(9))
    assert any(each > RATIO for each in grown)

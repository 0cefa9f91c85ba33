"""Time: twice the source may take at most two and a half times as long.

Time is the processor's, and below the floor nothing is said, so that a busy machine
fails no test; the ratio is the best of several tries. Of references in one text node
there are fewer: nh3 itself takes more than twice as long for twice as many of them
(1.2 s for 320,000), which the limit of two million characters bounds.
"""

import time
from contextlib import suppress

import pytest

from statements.markup.marks import Mark, move, read, write
from statements.markup.projection import to_text
from statements.markup.render import CitationNote, QuoteNote, render
from statements.markup.sanitise import Unclean, clean, from_text, is_html

FLOOR = 0.25  # seconds
RATIO = 2.5

SHAPES = {
    "less-than signs": lambda n: "<" * (8 * n),
    "ampersands": lambda n: "&" * (8 * n),
    "unclosed start tags": lambda n: "<a " * (6 * n),
    "unclosed values": lambda n: '<a b="' * (3 * n),
    "tags in values": lambda n: '<a b="<a" ' * (2 * n),
    "attributes": lambda n: f"<p {'a=b ' * (5 * n)}>x",
    "unclosed comments": lambda n: "<!--" * (5 * n),
    "unclosed end tags": lambda n: "</" * (10 * n),
    "nested divs": lambda n: f"{'<div>' * (4 * n)}x",
    "nested bold": lambda n: f"{'<b>' * (4 * n)}x",
    "nested spans, closed": lambda n: f"{'<span>' * 2 * n}x{'</span>' * 2 * n}",
    "nested lists": lambda n: f"{'<ul><li>' * (2 * n)}x",
    "nested tables": lambda n: f"{'<table><td>' * (2 * n)}x",
    "formatting never closed": lambda n: "".join(f"<b id={i}><p>x" for i in range(n)),
    "crossed formatting": lambda n: "<b><i></b></i>x" * n,
    "unclosed drawings": lambda n: "<svg>" * (4 * n),
    "end tags of nothing": lambda n: "<ul><table><td>" + "</ul></p>" * (2 * n),
    "breaks": lambda n: f"<p>{'x<br>' * (4 * n)}",
    "spaces": lambda n: f"<p>x{' ' * (20 * n)}<b>{' ' * (20 * n)}y",
    "combining marks": lambda n: f"<p>x{'<b>\u0301</b>' * (2 * n)}",
    "quotes in quotes": lambda n: "<q>" * (2 * n) + "x",
    "marks": lambda n: "".join(
        f'<p>a <span data-quote="{i:010d}">b <b>c</b></span> d</p>' for i in range(n)
    ),
}


def seconds(act, *arguments):
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        with suppress(Unclean):
            act(*arguments)
        best = min(best, time.process_time() - begin)
        if best < FLOOR:
            break
    return best


def assert_linear(act, make, size):
    for _ in range(3):
        twice = seconds(act, *make(2 * size))
        if twice < FLOOR or twice <= RATIO * seconds(act, *make(size)):
            return
    pytest.fail("Twice the source took more than two and a half times as long.")


@pytest.mark.parametrize("shape", SHAPES)
def test_cleaning_is_linear_whatever_is_pasted(shape):
    assert_linear(clean, lambda n: (SHAPES[shape](n),), 1_000)


@pytest.mark.parametrize("shape", SHAPES)
def test_telling_markup_from_text_is_linear(shape):
    assert_linear(is_html, lambda n: (SHAPES[shape](n),), 2_000)


def test_a_hundred_thousand_nested_tags_are_cleaned():
    assert clean(f"{'<div>' * 100_000}x{'</div>' * 100_000}") == "<p>x</p>"
    assert clean(f"{'<b>' * 100_000}x") == "<p><strong>x</strong></p>"


def marked(count):
    return "\n".join(
        f'<p>In the morning of day {i} she said “<span data-quote="{i:010d}">the '
        f"<strong>ferries</strong> sail {i}</span>” and went.</p>"
        for i in range(count)
    )


def test_thousands_of_marks_are_read_and_written_in_linear_time():
    def turn(html):
        assert write(html, read(html)) == html

    assert_linear(turn, lambda n: (marked(n),), 1_000)


def test_projection_is_linear():
    assert_linear(to_text, lambda n: (marked(n),), 1_000)


def changed(count):
    html = marked(count)
    old = to_text(html)
    spans = [(mark.start, mark.end) for mark in read(html)]
    new = old.replace("In the morning", "On the evening").replace("sail 7", "rest 7")
    return spans, old, new


def test_moving_many_quotes_is_linear():
    assert_linear(move, changed, 300)


def test_moving_into_quite_another_text_is_linear():
    def other(count):
        spans, old, _ = changed(count)
        return spans, old, "one two three " * (4 * count)

    assert_linear(move, other, 300)


def noted(count):
    html = marked(count)
    text = to_text(html)
    quotes = [
        QuoteNote(each.permalink, each.start, each.end, "/q/", f"Speaker {i % 2}")
        for i, each in enumerate(read(html))
    ]
    citations = [CitationNote(q.end - 4, q.end, "/r/", "S/RES/1325") for q in quotes]
    assert text
    return html, quotes, citations


def test_drawing_is_linear():
    assert_linear(render, noted, 500)


def test_eight_marks_over_everything_are_written():
    html = from_text("word\n" * 1_000)
    size = len(to_text(html))
    marks = [Mark(f"{i:010d}", i, size - i) for i in range(0, 8)]
    marks = [mark for mark in marks if mark.start < mark.end]
    assert len(read(write(html, marks))) == 8

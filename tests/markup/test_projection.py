"""The plain text of a body: what all places count in."""

import pytest

from statements.markup.projection import Block, blocks, drop, to_text
from statements.markup.sanitise import clean, from_text


@pytest.mark.parametrize(
    ("html", "text", "why"),
    [
        ("", "", "nothing"),
        ("<p>a</p>", "a", "no line end at the end"),
        ("<p>a</p>\n<p>b</p>", "a\nb", "one line end between blocks"),
        ("<p>a</p><p>b</p>", "a\nb", "with or without one in the source"),
        ("<p>a<br>b</p>", "a\nb", "a break"),
        ("<ul><li>a</li><li>b</li></ul>\n<p>c</p>", "a\nb\nc", "items are lines"),
        (
            "<ul><li>a<ul><li>b</li></ul></li></ul>",
            "a\nb",
            "a nested list begins a line",
        ),
        (
            "<table><caption>t</caption><tbody><tr><th>a</th><td></td><td>b</td></tr>"
            "</tbody></table>",
            "t\na\nb",
            "cells are lines, empty ones none",
        ),
        (
            "<blockquote><p>a</p><p>b</p></blockquote>",
            "a\nb",
            "paragraphs of a quotation",
        ),
        ("<p>a</p>\n<hr>\n<p>b</p>", "a\nb", "a rule is no line"),
        ("<p>a&nbsp;b &amp; &lt;c&gt;</p>", "a\u00a0b & <c>", "references resolved"),
        ("<p>a <strong>b</strong> c</p>", "a b c", "formatting is no text"),
        (
            '<p>“<span data-quote="0123456789">a</span>”</p>',
            "“a”",
            "marks are no text",
        ),
        ("<p>\U0001f1fa\U0001f1f3 a</p>", "\U0001f1fa\U0001f1f3 a", "code points"),
    ],
)
def test_a_body_has_one_plain_text(html, text, why):
    assert clean(html).replace("\n", "") == html.replace("\n", "")
    assert to_text(html) == text


def test_blocks_have_their_span_of_the_text():
    html = clean("<h2>Title</h2><ul><li>one</li><li>two</li></ul><hr><p>end</p>")
    text = to_text(html)
    assert blocks(html) == [
        Block("h2", 0, 5),
        Block("ul", 6, 13),
        Block("hr", 13, 13),
        Block("p", 14, 17),
    ]
    assert [text[start:end] for _, start, end in blocks(html)] == [
        "Title",
        "one\ntwo",
        "",
        "end",
    ]


def test_a_line_that_is_dropped_takes_its_block_with_it():
    html = from_text("First.\nYour browser cannot play this.\nLast.")
    text = to_text(html)
    start = text.index("Your")
    assert drop(html, [(start, text.index("Last"))]) == from_text("First.\nLast.")


def test_dropping_part_of_a_block_leaves_its_marks_and_formatting():
    html = clean(
        '<p>Listen <a href="/a">here</a>. She said “<span data-quote="0123456789">'
        "yes</span>”.</p>"
    )
    end = to_text(html).index("She")
    assert drop(html, [(0, end)]) == (
        '<p>She said “<span data-quote="0123456789">yes</span>”.</p>'
    )


def test_dropping_over_a_border_joins_no_blocks():
    html = from_text("one two\nthree four")
    assert drop(html, [(3, 13)]) == from_text("one\n four")


def test_spans_to_drop_may_overlap_and_come_in_any_order():
    html = from_text("a\nb\nc\nd")
    assert drop(html, [(4, 6), (0, 2), (4, 5), (3, 3)]) == from_text("b\nd")


def test_dropping_everything_leaves_an_empty_body():
    html = clean("<ul><li>a</li></ul><table><tr><td>b</td></tr></table>")
    assert drop(html, [(0, 99)]) == ""

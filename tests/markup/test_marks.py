"""Quote marks in a body."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.markup.marks import Mark, read, strip, write
from statements.markup.projection import to_text
from statements.markup.sanitise import clean

A, B, C = "0000000001", "0000000002", "0000000003"

BODY = clean(
    "<p>Okafor said “we <b>stand by</b> the <a href='/r/'>resolution</a>”.</p>"
    "<ul><li>one</li><li>two<br>three</li></ul>"
    "<table><tr><td>cell</td><td></td></tr></table>"
)
TEXT = to_text(BODY)


def mark(permalink, words, text=TEXT):
    start = text.index(words)
    return Mark(permalink, start, start + len(words))


@pytest.mark.parametrize(
    ("words", "html", "why"),
    [
        (
            "we stand",
            f'“<span data-quote="{A}">we <strong>stand</strong></span><strong> by',
            "begins outside strong and ends in it",
        ),
        (
            "by the reso",
            f'<strong>stand </strong><span data-quote="{A}"><strong>by</strong> the '
            '<a href="/r/">reso</a></span><a href="/r/">lution</a>',
            "crosses strong and a link",
        ),
        (
            "two\nthree",
            f'<li><span data-quote="{A}">two<br>three</span></li>',
            "holds a break",
        ),
        (
            "one\ntwo",
            f'<li><span data-quote="{A}">one</span></li><li><span data-quote="{A}">two'
            "</span><br>",
            "one span in each block",
        ),
        (
            "three\ncell",
            f'<span data-quote="{A}">three</span></li></ul>\n<table><tbody><tr><td>'
            f'<span data-quote="{A}">cell</span></td><td></td>',
            "from a list into a table",
        ),
    ],
)
def test_a_mark_nests_with_what_it_crosses(words, html, why):
    written = write(BODY, [mark(A, words)])
    assert html in written
    assert read(written) == [mark(A, words)]
    assert clean(written) == written


def test_marks_touch():
    marks = [mark(A, "we "), mark(B, "stand")]
    assert read(write(BODY, marks)) == marks


def test_of_nested_marks_the_longer_is_outside():
    written = write(BODY, [mark(A, "by"), mark(B, "stand by")])
    assert (
        f'<span data-quote="{B}"><strong>stand </strong><span data-quote="{A}">'
        "<strong>by</strong></span></span>"
    ) in written


def test_of_overlapping_marks_the_second_goes_on_in_a_second_span():
    marks = [mark(A, "we stand"), mark(B, "stand by")]
    written = write(BODY, marks)
    assert written.count(f'data-quote="{A}"') == 1
    assert written.count(f'data-quote="{B}"') == 2
    assert read(written) == marks


def test_writing_replaces_the_marks_there_are():
    written = write(write(BODY, [mark(A, "we")]), [mark(B, "one")])
    assert read(written) == [mark(B, "one")]
    assert strip(written) == BODY


def test_several_spans_of_a_permalink_are_one_mark():
    html = f'<p><span data-quote="{A}">a</span> b <span data-quote="{A}">c</span></p>'
    assert read(html) == [Mark(A, 0, 5)]


def test_edges_at_line_ends_are_trimmed_to_the_words():
    start = TEXT.index("\none")
    assert read(write(BODY, [Mark(A, start, start + 5)])) == [mark(A, "one")]


def test_an_edge_never_parts_a_letter_from_its_accent():
    html = clean("<p>x\u0323\u0304y</p>")
    text = to_text(html)
    assert len(text) > 2
    written = write(html, [Mark(A, 0, 1)])
    assert read(written) == [Mark(A, 0, len(text) - 1)]
    assert clean(written) == written


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ([Mark(A, 0, 6), Mark(A, 7, 11)], "given twice"),
        ([Mark(A, 0, len(TEXT) + 1)], "outside the text"),
        ([Mark(A, -1, 3)], "outside the text"),
        ([Mark(A, 5, 4)], "outside the text"),
        ([Mark(A, 3, 3)], "no words"),
        ([mark(A, ".\none")._replace(start=TEXT.index("\none"), end=0)], "outside"),
        ([Mark(A, 6, 7)], "no words"),
        ([Mark("x", 0, 6)], "no permalink"),
        ([Mark('"><b>aaaaa', 0, 6)], "no permalink"),
        ([Mark(f"{i:010d}", 0, 6) for i in range(9)], "More than 8"),
    ],
)
def test_marks_that_cannot_be_written_are_refused(marks, words):
    with pytest.raises(ValueError, match=words):
        write(BODY, marks)


FORMATTED = st.sampled_from(
    [
        "words",
        " and ",
        "<b>bold</b>",
        "<em>so <b>it</b></em>",
        "<a href='/x'>link</a>",
        "<br>",
        "H<sub>2</sub>O",
        "<span lang='fr'>mot</span>",
        "<span data-quote='0000000009'>old</span>",
        "&nbsp;",
        "&amp;",
        "</p><p>",
        "</p><ul><li>item<li>next</ul><p>",
        "</p><table><tr><td>a<td>b</table><p>",
        "</p><blockquote>said</blockquote><p>",
        "\U0001f54a",
        "سلام",
    ]
)
BODIES = st.lists(FORMATTED, min_size=1, max_size=15).map(
    lambda parts: clean(f"<p>{''.join(parts)}</p>")
)


@st.composite
def marked(draw):
    html = draw(BODIES)
    text = to_text(html)
    marks = []
    for number in range(draw(st.integers(0, 6)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        words = text[start:end]
        if words.strip() and words == words.strip("\n"):
            marks.append(Mark(f"{number:010d}", start, end))
    return html, marks


@settings(max_examples=300, deadline=None)
@given(marked())
def test_what_is_written_is_what_is_read(body):
    html, marks = body
    written = write(html, marks)
    assert read(written) == sorted(
        marks, key=lambda each: (each.start, -each.end, each.permalink)
    )
    assert to_text(written) == to_text(html)
    assert clean(written) == written
    assert strip(written) == strip(html)
    assert write(written, read(written)) == written

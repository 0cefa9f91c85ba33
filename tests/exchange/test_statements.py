"""Statements one a line: packed, broken, hostile."""

import gzip
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.exchange import popolo, statements, undl
from statements.exchange.reading import ImportProblem
from statements.exchange.statements import StatementRow, load

SHARED = Path(os.environ.get("NEWSROOM_SHARED", Path(__file__).parents[3] / "shared"))
ARTICLES = SHARED / "data" / "articles.jsonl.gz"

ONE = {
    "id": "mfa-1",
    "source": "releases",
    "publisher": "Ministry of Foreign Affairs",
    "url": "https://mfa.example/1",
    "date": "2026-03-14",
    "title": "On the Northern Strait",
    "byline": "Office of the Spokesperson",
    "text": "One.\n\nTwo.",
    "licence": "public domain",
}


def lines(*values: object) -> bytes:
    return "".join(json.dumps(value) + "\n" for value in values).encode()


def problems_of(data: bytes) -> list[str]:
    with pytest.raises(ImportProblem) as caught:
        load(data, "s.jsonl")
    return str(caught.value).splitlines()


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_statement_is_read_packed_or_not(pack):
    found = load(pack(lines(ONE)), "s.jsonl")
    expected = StatementRow(
        line=1,
        id="mfa-1",
        source="releases",
        publisher="Ministry of Foreign Affairs",
        url="https://mfa.example/1",
        date=date(2026, 3, 14),
        title="On the Northern Strait",
        byline="Office of the Spokesperson",
        text="One.\n\nTwo.",
    )
    assert len(found) == 1
    assert list(found) == [expected]
    assert list(found) == [expected]  # as often as needed


def test_only_what_identifies_a_statement_must_be_there():
    bare = {key: ONE[key] for key in ("id", "date", "title", "text")}
    (row,) = load(lines(bare), "s.jsonl")
    assert (row.source, row.publisher, row.url, row.byline) == ("", "", "", "")


def test_blank_lines_and_a_byte_order_mark_are_passed_over():
    data = b"\xef\xbb\xbf" + lines(ONE) + b"\n  \n" + lines(ONE | {"id": "mfa-2"})
    assert [row.line for row in load(data, "s.jsonl")] == [1, 4]


def test_parts_packed_one_after_the_other_are_one_file():
    parts = gzip.compress(lines(ONE)) + gzip.compress(lines(ONE | {"id": "mfa-2"}))
    assert [row.id for row in load(parts, "s.jsonl")] == ["mfa-1", "mfa-2"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"title": None}, "title is missing. Add it."),
        ({"title": "\u200b "}, "title is blank. Fill it in."),
        ({"id": ""}, "id is missing. Add it."),
        ({"id": 7}, "id is a number, not a text. Put it in quotation marks."),
        ({"date": "14 March 2026"}, 'date "14 March 2026" is not a day. Write it as '),
        ({"date": "2026-03"}, 'date "2026-03" is not a day. Write it as 2026-03-14.'),
        ({"date": {}}, "date is an object, not a text. Put it in quotation marks."),
        ({"text": ["One."]}, "text is a list, not a text. Put it in quotation marks."),
        ({"text": "a\0"}, "text holds a NUL character. Remove it."),
        ({"text": "\udc00"}, "text holds half a character (a lone surrogate). "),
        (
            {"text": "a" * 1_000_001},
            "text has 1000001 characters. Shorten it to 1000000.",
        ),
        (
            {"url": "javascript:alert(1)"},
            'url "javascript:alert(1)" is not a web address',
        ),
        ({"title": "a\u202eb"}, "title holds characters that turn the text."),
    ],
)
def test_what_is_wrong_names_its_line(changed, expected):
    (line, *_) = problems_of(lines(ONE, ONE | {"id": "mfa-2"} | changed))
    assert line.startswith(f"s.jsonl: line 2: {expected}")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"{", "This is not JSON: expecting property name"),
        (b"[1]", "This is a list, not a statement in { }."),
        (b'"x"', "This is a text, not a statement in { }."),
        (b"\xe9", "The byte 0xE9 is not UTF-8."),
        (b"[" * 100_000, "Lists or objects are nested too deeply."),
        (b"9" * 5_000, "A number has thousands of digits."),
    ],
)
def test_a_line_that_is_no_statement_does_not_hide_the_next(line, expected):
    found = problems_of(line + b"\n" + lines(ONE, ONE | {"id": "2", "date": "?"}))
    assert found[0].startswith(f"s.jsonl: line 1: {expected}")
    assert found[1].startswith("s.jsonl: line 3: date")
    assert len(found) == 2


def test_an_id_twice_names_both_lines():
    assert problems_of(lines(ONE, ONE)) == [
        's.jsonl: line 2: id "mfa-1" is already in line 1. Remove one.'
    ]


# The two workers must agree on the name of each case, so no packing time is in it.
@pytest.mark.parametrize("data", [b"", b"\n\n", gzip.compress(b"", mtime=0)])
def test_a_file_without_statements_is_refused(data):
    assert problems_of(data) == ["s.jsonl: There are no statements in the file."]


def test_a_broken_archive_is_told_from_an_empty_one():
    packed = gzip.compress(lines(*(ONE | {"id": str(n)} for n in range(100))))
    for broken in (packed[:-9], packed[:30], packed[:40] + b"x" * 20 + packed[60:]):
        (line,) = problems_of(broken)
        assert line.endswith(
            "The gzip data is broken or cut off here. Pack the file again."
        )


def test_a_bomb_stops_after_the_longest_line():
    bomb = gzip.compress(b"0" * (statements.MAX_LINE_BYTES * 4), compresslevel=1)
    assert problems_of(bomb) == [
        "s.jsonl: line 1: The line is longer than 8 MB. Put one statement on a line."
    ]


def test_a_bomb_of_many_lines_stops_at_the_limit(monkeypatch):
    monkeypatch.setattr(statements, "MAX_UNPACKED", 5_000)
    bomb = gzip.compress(b"\n" * 100_000)
    assert problems_of(bomb) == [
        "s.jsonl: line 5001: The file is larger than 0 MB. Split it and load the parts."
    ]


def test_a_bomb_of_blank_lines_stops_at_the_limit(monkeypatch):
    monkeypatch.setattr(statements, "MAX_LINES", 1_000)
    assert problems_of(gzip.compress(b"\n" * 100_000)) == [
        "s.jsonl: line 1001: There are more than 1,000 lines. "
        "Split the file and load the parts."
    ]


def told(module, data: bytes) -> list[str]:
    """Return the lines of the problems, printable as they are; [] if none."""
    try:
        module.load(data, "f")
    except ImportProblem as error:
        return str(error).encode().decode().split("\n")
    return []


@pytest.mark.parametrize("module", [popolo, undl, statements])
@given(data=st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_whatever_bytes_come_nothing_but_an_import_problem_is_raised(module, data):
    for line in told(module, data):
        assert line.startswith(("f: ", "… and "))


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "name", "person_id", "organization_id", "date"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(
    persons=_JSON, organizations=_JSON, posts=_JSON, memberships=_JSON, statement=_JSON
)
@settings(max_examples=80, deadline=None)
def test_whatever_json_comes_nothing_but_an_import_problem_is_raised(
    persons, organizations, posts, memberships, statement
):
    people = {
        "persons": persons,
        "organizations": organizations,
        "posts": posts,
        "memberships": memberships,
    }
    for module, value in ((popolo, people), (statements, statement)):
        for line in told(module, json.dumps(value).encode()):
            assert line.startswith(("f: ", "… and "))


@pytest.mark.skipif(not ARTICLES.is_file(), reason="the shared data folder is absent")
def test_the_real_file_is_read_without_loss():
    found = load(ARTICLES.read_bytes(), ARTICLES.name)
    assert len(found) == 1844
    assert sum(1 for row in found if row.text) == 1844

"""manage.py detect, as far as it reads and writes: no settings, no connection."""

import gzip
import io
import json

import pytest
from django.core.management.base import CommandError

from statements.management.commands import detect as command

from .articles import briefing


def lines(path):
    errors = io.StringIO()
    return [json.loads(line) for line in command.each_line(str(path), errors)], errors


def test_each_line_of_the_input_gives_one_line_of_findings(tmp_path):
    text, expected = briefing()
    path = tmp_path / "in.jsonl"
    rows = [{"id": "a", "text": text, "date": "2024-12-05"}, {"id": 7, "text": "Calm."}]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    (first, second), _ = lines(path)
    assert second == {"id": 7, "quotes": [], "citations": []}
    assert first["id"] == "a"
    assert set(first["quotes"][0]) == {
        "start", "end", "kind", "speaker", "speaker_start", "speaker_end",
        "speaker_full", "cue", "evidence", "rule", "confidence", "candidates",
    }  # fmt: skip
    assert set(first["citations"][0]) == {"start", "end", "symbol", "candidates"}
    for quote, wanted in zip(first["quotes"], expected, strict=True):
        assert text[quote["start"] : quote["end"]] == wanted.words
        assert quote["speaker_full"] == wanted.full
        place = text[quote["speaker_start"] : quote["speaker_end"]]
        assert place == quote["speaker"]


def test_a_packed_file_is_read_too(tmp_path):
    path = tmp_path / "in.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.write(json.dumps({"id": 1, "text": "UNSCR 2417"}) + "\n\n")
    (row,), _ = lines(path)
    assert row["citations"][0]["symbol"] == "S/RES/2417 (2018)"


def test_a_date_that_is_none_is_said_and_left_out(tmp_path):
    path = tmp_path / "in.jsonl"
    row = {"id": 1, "text": "H.Res. 5", "date": "some day in May"}
    path.write_text(json.dumps(row), encoding="utf-8")
    (found,), errors = lines(path)
    assert found["citations"][0]["symbol"] == "H.Res.5"
    assert "in.jsonl, line 1: 'some day in May' is no date" in errors.getvalue()


BAD = [
    (b'{"id": 1, "text": "a"}\n{not json}\n', "line 2: not JSON"),
    (b'{"id": 1}\n', 'line 1: needs an object with "id" and "text"'),
    (b"[1, 2]\n", 'line 1: needs an object with "id" and "text"'),
    (b'{"id": 1, "text": 5}\n', 'line 1: needs an object with "id" and "text"'),
    (b'{"id": 1, "text": "\xff"}\n', "not UTF-8"),
]


@pytest.mark.parametrize(("raw", "sentence"), BAD)
def test_what_cannot_be_read_is_named_with_file_and_line(tmp_path, raw, sentence):
    path = tmp_path / "bad.jsonl"
    path.write_bytes(raw)
    with pytest.raises(CommandError) as caught:
        lines(path)
    assert "bad.jsonl, line" in str(caught.value)
    assert sentence in str(caught.value)


def test_a_text_too_long_is_named_with_file_and_line(tmp_path):
    path = tmp_path / "long.jsonl"
    path.write_text(json.dumps({"id": 1, "text": "a" * 1_000_001}), encoding="utf-8")
    with pytest.raises(CommandError, match=r"long\.jsonl, line 1: The text has"):
        lines(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"none\.jsonl: No such file"):
        lines(tmp_path / "none.jsonl")
    with pytest.raises(CommandError, match=r"none\.txt: No such file"):
        command.read(str(tmp_path / "none.txt"))


def test_a_text_of_another_encoding_is_named_with_its_line(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes("calm\nOkafor: \xe9\xe8\n".encode("latin-1"))
    with pytest.raises(CommandError, match=r"old\.txt, line 2: not UTF-8"):
        command.read(str(path))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-12-05", "2024-12-05"),
        ("2024-12-05T10:00:00Z", "2024-12-05"),
        ("Fri, 01 Jul 2022 10:00:00 +0000", "2022-07-01"),
        ("in May", None),
        ("2024-13-01", None),
    ],
)
def test_dates(written, read):
    assert command.day(written) == (command.date.fromisoformat(read) if read else None)


def test_the_table_shows_words_speaker_and_what_was_dropped():
    text, _ = briefing()
    shown = command.as_table("a.txt", text, command.detect(text))
    for part in (
        "not one line has moved", "Ilse Okafor", "inherited", "S/RES/2222 (2015)",
        "Dropped (player fallback)",
    ):  # fmt: skip
        assert part in " ".join(shown.split()), part


def test_the_table_of_a_text_without_quotes_says_so():
    assert "No quotes." in command.as_table("a.txt", "Calm.", command.detect("Calm."))


def test_the_table_bears_a_lone_surrogate_and_markup():
    text = "“[bold]no\ud800[/bold] way at all”, said Okafor."
    shown = command.as_table("[red]a.txt", text, command.detect(text))
    assert "[bold]no?[/bold]" in shown

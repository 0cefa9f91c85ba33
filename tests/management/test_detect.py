"""``manage.py detect``: findings of files, for eye and machine, without a database."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError

from .conftest import STRAIT

CHECKOUT = Path(__file__).resolve().parents[2]


def test_a_table_shows_words_speaker_cue_and_what_was_dropped(run, strait):
    out = run("detect", strait)

    words = " ".join(out.replace("│", " ").split())
    assert "Okafor = Ilse Okafor" in words
    assert "explicit, direct" in words
    assert "2417 (2018) S/RES/2417 (2018)" in words
    assert words.endswith(
        "Dropped (player fallback): Your browser does not support the audio element."
    )


def test_json_holds_places_between_the_marks(run, strait):
    found = json.loads(run("detect", strait, "--json"))

    assert found["file"] == str(strait)
    assert [STRAIT[q["start"] : q["end"]] for q in found["quotes"]] == [
        "the ferries will sail as long as there is water under them,",
        "Nobody on either shore will wait for bread,",
        "Vallorn keeps its word.",
    ]
    assert [q["speaker_full"] for q in found["quotes"]] == [
        "Ilse Okafor",
        "Ilse Okafor",
        "Teodor Lindqvist",
    ]
    for quote in found["quotes"]:
        span = STRAIT[quote["speaker_start"] : quote["speaker_end"]]
        assert span == quote["speaker"]
    (citation,) = found["citations"]
    assert citation["symbol"] == "S/RES/2417 (2018)"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_lines_go_in_and_lines_come_out(run, file, pack):
    lines = [
        {"id": "a", "text": STRAIT, "date": "2026-03-02"},
        {"id": 7, "text": "The strait was calm."},
    ]
    data = "\n".join(json.dumps(line) for line in lines).encode() + b"\n\n"
    name = "in.jsonl.gz" if pack is gzip.compress else "in.jsonl"
    out = run("detect", "--jsonl", file(name, pack(data)))

    first, second = map(json.loads, out.splitlines())
    assert first["id"] == "a"
    assert sorted(first["quotes"][0]) == [
        "candidates",
        "confidence",
        "cue",
        "end",
        "evidence",
        "kind",
        "rule",
        "speaker",
        "speaker_end",
        "speaker_full",
        "speaker_start",
        "start",
    ]
    assert sorted(first["citations"][0]) == ["candidates", "end", "start", "symbol"]
    assert second == {"id": 7, "quotes": [], "citations": []}


def test_offsets_count_code_points(run, file):
    text = "😀 Ilse Okafor said: “The 🚢 will sail.”"
    found = json.loads(run("detect", file("ship.txt", text), "--json"))

    (quote,) = found["quotes"]
    assert text[quote["start"] : quote["end"]] == "The 🚢 will sail."


def test_a_date_that_is_none_is_said_and_left_out(run, file):
    line = json.dumps({"id": 1, "text": "Calm.", "date": "in spring"})
    path = file("in.jsonl", line)
    out = run("detect", "--jsonl", path)

    assert f"{path}, line 1: 'in spring' is no date and is left out.\n" in out


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"id": 1, "text": "One."}\n{"id": 2', "line 2: not JSON ("),
        ('{"id": 1}', 'line 1: needs an object with "id" and "text".'),
        ("[1]", 'line 1: needs an object with "id" and "text".'),
        (b'{"id": 1, "text": "\xe9"}', "line 1: not UTF-8."),
        (
            json.dumps({"id": 1, "text": "Ice. " * 200_001}),
            "line 1: The text has 1,000,005 characters; at most 1,000,000 are read.",
        ),
    ],
)
def test_a_line_that_cannot_be_read_is_named(run, file, content, sentence):
    path = file("in.jsonl", content)
    with pytest.raises(CommandError) as caught:
        run("detect", "--jsonl", path)

    assert str(caught.value).startswith(f"{path}, {sentence}")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"One.\nTw\xf6.",
            ", line 2: not UTF-8. Save the file as UTF-8 and try again.",
        ),
        (None, ": No such file or directory."),
    ],
)
def test_a_file_that_cannot_be_read_is_named(run, file, tmp_path, content, sentence):
    path = tmp_path / "in.txt" if content is None else file("in.txt", content)
    with pytest.raises(CommandError) as caught:
        run("detect", path)

    assert str(caught.value) == f"{path}{sentence}"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Name at least one file, or give --jsonl IN."),
        (["a.txt", "--jsonl", "b"], "Give either files or --jsonl, not both."),
        (
            ["a.txt", "--date", "in spring"],
            "--date in spring is no date; write it as 2024-12-31.",
        ),
    ],
)
def test_options_that_do_not_fit_get_a_sentence(run, words, sentence):
    with pytest.raises(CommandError) as caught:
        run("detect", *words)

    assert str(caught.value) == sentence


def test_no_server_is_started_and_no_connection_opened(strait, tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "detect", str(strait), "--json"],
        cwd=CHECKOUT,
        env={
            **os.environ,
            # Nobody listens there: a connection would fail.
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
            "SECRET_KEY": "k" * 50,
            "NEWSROOM_VAR": str(tmp_path / "var"),
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert len(json.loads(done.stdout)["quotes"]) == 3
    assert not (tmp_path / "var").exists()


def test_standard_input_is_read_line_by_line(monkeypatch, run):
    monkeypatch.setattr("sys.stdin", io.StringIO('{"id": 1, "text": "Calm."}\n'))

    assert json.loads(run("detect", "--jsonl", "-"))["id"] == 1

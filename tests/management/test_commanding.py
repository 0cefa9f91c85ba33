"""What all commands promise: help with examples, and no traceback for trouble."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import load_command_class

from statements.management.commanding import NewsroomCommand

CHECKOUT = Path(__file__).resolve().parents[2]
NAMES = sorted(
    path.stem
    for path in (CHECKOUT / "statements/management/commands").glob("[a-z]*.py")
)


def test_there_are_these_commands():
    assert NAMES == [
        "demo",
        "detect",
        "doctor",
        "housekeeping",
        "load_people",
        "load_resolutions",
        "load_statements",
        "receive",
        "redact",
        "redetect",
        "seal",
        "send_mail",
        "verify_record",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_help_fits_the_screen_and_ends_with_examples(name):
    command = load_command_class("statements", name)
    text = command.create_parser("manage.py", name).format_help()

    assert isinstance(command, NewsroomCommand)
    examples = text.partition("\nexamples:\n")[2]
    assert f"manage.py {name}" in examples
    assert [line for line in text.splitlines() if len(line) > 80] == []


def start(*words: str, **streams: object) -> subprocess.Popen[bytes]:
    """A command in a process of its own, without a database to reach."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=CHECKOUT,
        env={
            **os.environ,
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
            "SECRET_KEY": "k" * 50,
        },
        stderr=subprocess.PIPE,
        **streams,
    )


def test_a_reader_that_leaves_early_gets_no_traceback(file):
    line = '{"id": 1, "text": "The strait was calm."}\n'
    process = start(
        "detect", "--jsonl", str(file("in.jsonl", line * 5000)), stdout=subprocess.PIPE
    )
    process.stdout.readline()
    process.stdout.close()

    assert process.stderr.read() == b""
    assert process.wait(30) == 0


def test_ctrl_c_gets_a_sentence_and_130():
    process = start(
        "detect",
        "--jsonl",
        "-",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A test run in the background ignores Ctrl-C, and hands that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    process.stdin.write(b'{"id": 1, "text": "The strait was calm."}\n' * 2000)
    process.stdin.flush()
    process.stdout.read(1)  # it is at work
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)

    assert said == b"Stopped. Nothing was changed.\n"
    assert process.returncode == 130


def test_an_option_that_is_none_ends_with_2():
    process = start("receive", "strait.txt", stdout=subprocess.PIPE)
    _, said = process.communicate(timeout=30)

    assert b"the following arguments are required: --title, --date" in said
    assert process.returncode == 2

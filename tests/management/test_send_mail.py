"""``manage.py send_mail``: once, for ever, what was given up, and no mail at all."""

from __future__ import annotations

import os
import signal
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from newsroom import environment
from statements.editorial import publishing
from statements.models import Edition, Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(ready, author, editor) -> Edition:
    editor.email = "edgar@vallorn.example"
    editor.save()
    return publishing.submit(ready, by=author)


def run(*words: str) -> str:
    told = StringIO()
    call_command("send_mail", *words, stdout=told, stderr=told)
    return told.getvalue()


def test_it_sends_what_is_due_once(submitted):
    assert run() == ("Mails sent: 1; letters dropped: 0, put off: 0, given up: 0.\n")
    assert [each.to for each in mail.outbox] == [["edgar@vallorn.example"]]
    assert run().startswith("Mails sent: 0;")


def test_what_was_given_up_is_listed_without_a_word_and_tried_again(submitted):
    Letter.objects.update(
        ended_at="2026-03-02T10:00Z", end="failed", problem="SMTPDataError (554)"
    )
    listed = run("--failed")
    assert listed == (
        "2026-03-02 10:00  edgar  submitted, "
        f"statement {submitted.article_id}, edition 1: SMTPDataError (554)\n"
        "Given up: 1.\n"
    )
    assert mail.outbox == []
    assert run("--again").splitlines() == [
        "To be tried again: 1.",
        "Mails sent: 1; letters dropped: 0, put off: 0, given up: 0.",
    ]


def test_without_mail_letters_are_kept(submitted, settings):
    settings.MAILERS = {}
    with pytest.raises(CommandError, match=r"^No mail is set up, so 1 letters wait\."):
        run()
    assert Letter.objects.get().ended_at is None


def test_a_server_that_is_away_is_told_without_its_password(
    submitted, settings, tmp_path
):
    settings.MAILERS = environment.mailers("smtp://n:Zqxjkv@localhost:1", tmp_path)
    with pytest.raises(CommandError) as problem:
        run()
    assert str(problem.value) == (
        "The mail server cannot be reached (ConnectionRefusedError). 1 letters wait; "
        "nothing is lost."
    )


def test_it_goes_on_until_it_is_told_to_stop(submitted):
    def stop(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    former = signal.signal(signal.SIGALRM, stop)
    before = signal.getsignal(signal.SIGTERM)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        told = run("--loop", "3600").splitlines()
    finally:
        signal.signal(signal.SIGALRM, former)
    assert told == [
        "Mails sent: 1; letters dropped: 0, put off: 0, given up: 0.",
        "Stopped. What was sent is noted, the rest waits.",
    ]
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize("nonsense", ["0", "-1", "often", "3601"])
def test_a_wait_that_is_none_is_refused(nonsense):
    with pytest.raises(CommandError, match="give a number of seconds from 1 to 3600"):
        run("--loop", nonsense)


def test_mails_are_written_to_a_folder(submitted, settings, tmp_path):
    """What ``make run`` does, where there is no server."""
    settings.MAILERS = environment.mailers("file:", tmp_path / "mail")
    run()
    (file,) = (tmp_path / "mail").iterdir()
    assert "Subject: [Newsroom] Submitted for review" in file.read_text()

"""Hand one mail to the server, and say what came of it."""

from __future__ import annotations

import enum
import smtplib
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email


class Unreachable(Exception):
    """The mail server cannot be reached: no letter was tried, and none is lost."""


class Came(enum.Enum):
    """What came of a mail."""

    TAKEN = enum.auto()
    LATER = enum.auto()
    REFUSED = enum.auto()
    AWAY = enum.auto()


@dataclass(frozen=True)
class Outcome:
    """``problem`` says in a word why it was not taken."""

    what: Came
    problem: str = ""


def hand(connection: Any, mail: EmailMessage) -> Outcome:
    """Send it. AWAY means that no mail would go out at all, so none should be tried."""
    try:
        validate_email(mail.to[0])
    except ValidationError:
        return Outcome(Came.REFUSED, "The address is none.")
    try:
        connection.open()
    except OSError as problem:
        close(connection)
        return Outcome(Came.AWAY, _trouble(problem))
    try:
        connection.send_messages([mail])
    except (OSError, ValueError) as problem:
        close(connection)
        what = Came.REFUSED if _refused(problem) else Came.LATER
        return Outcome(what, _trouble(problem))
    return Outcome(Came.TAKEN)


def _refused(problem: Exception) -> bool:
    """Whether there is no use in trying again: the address is refused for good."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in problem.recipients.values())
    return isinstance(problem, ValueError)


def _trouble(problem: Exception) -> str:
    """What went wrong, without a word of the server's, which may hold anything."""
    code = getattr(problem, "smtp_code", "")
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code = max((code for code, _ in problem.recipients.values()), default="")
    name = type(problem).__name__
    return f"{name} ({code})" if code else name


def close(connection: Any) -> None:
    try:
        connection.close()
    except OSError:
        # The server had gone first.
        connection.connection = None

"""What is looked at before a deployment: ``manage.py check --deploy``."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from newsroom import look


def mail_leaves(**_: Any) -> list[checks.CheckMessage]:
    """Warn where no mail leaves the server: colleagues are told of nothing."""
    if settings.EMAIL_URL.startswith("smtp"):
        return []
    return [
        checks.Warning(
            "No mail leaves this server: nobody is told what happened to a statement.",
            hint="Set EMAIL_URL and MAIL_FROM, and have manage.py send_mail run. Until "
            "then letters are kept.",
            id="newsroom.W001",
        )
    ]


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        checks.register(mail_leaves, deploy=True)
        checks.register(look.accent_can_be_read)

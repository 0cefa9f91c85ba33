"""What a mail says: never a word of a text that readers do not have.

It names what happened, the desk, and the numbers of statement and edition; the title
only of what readers have at that moment. All else is behind the link, which asks to
sign in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from statements.models import Edition, Letter, Mailbox, Notice, Wish

from . import notices

#: How a mail says it.
SAID: dict[str, str] = {
    Notice.SUBMITTED: "Submitted for review",
    Notice.RETURNED: "Returned to its authors",
    Notice.REMARK: "Remarked on",
    Notice.APPROVED: "Approved",
    Notice.SCHEDULED: "Scheduled",
    Notice.PUBLISHED: "Published",
    Notice.CORRECTED: "Corrected in public",
    Notice.WITHDRAWN: "Withdrawn",
    Notice.ANSWERED: "Answered by an official",
}
#: The page of a statement on which one looks further; else the last, Publish.
_REVIEW = {
    Notice.SUBMITTED,
    Notice.RETURNED,
    Notice.REMARK,
    Notice.APPROVED,
    Notice.ANSWERED,
}


class Mail(EmailMultiAlternatives):
    """A mail whose headers stay on one line each.

    Folded at 78 characters, an address in ``List-Unsubscribe`` becomes an encoded
    word, in which no program finds it.
    """

    def message(self, **given: Any) -> Any:
        made = super().message(**given)
        made.policy = made.policy.clone(max_line_length=998)
        return made


@dataclass(frozen=True)
class Item:
    """One notice as a mail tells it. ``title`` is "" unless readers have it now."""

    said: str
    what: str
    when: str
    title: str
    url: str


def message(letters: Sequence[Letter], box: Mailbox, *, digest: bool) -> Mail:
    """One mail about some letters, in plain text and in HTML."""
    items = _items(letters)
    kinds = {each.kind for each in letters}
    if digest:
        kinds |= {
            kind for kind in Notice.values if notices.wish_of(box, kind) == Wish.DIGEST
        }
        subject = f"{len(items)} {'notice' if len(items) == 1 else 'notices'}"
    else:
        subject = f"{items[0].said}: {items[0].what}"
    stop = settings.SITE_URL + reverse(
        "unsubscribe", args=[notices.token(box.user, kinds)]
    )
    context = {
        "items": items,
        "digest": digest,
        "stop": stop,
        "choose": settings.SITE_URL + reverse("admin:notices"),
        "site_name": settings.SITE_NAME,
        "language": settings.LANGUAGE_CODE,
    }
    mail = Mail(
        subject=one_line(f"[{settings.SITE_NAME}] {subject}"),
        body=render_to_string("mail/notices.txt", context),
        to=[one_line(box.user.email)],
        headers={
            "Message-ID": _message_id(letters),
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    mail.attach_alternative(render_to_string("mail/notices.html", context), "text/html")
    return mail


def reference(letter: Letter) -> str:
    """What a letter is about, by numbers alone: statement 12, edition 2."""
    return f"statement {letter.edition.article_id}, edition {letter.edition.number}"


def at_the_desk(letter: Letter) -> str:
    """The page of what a letter is about, as a path."""
    step = "review" if Notice(letter.kind) in _REVIEW else "publish"
    edition = letter.edition
    return reverse(
        "admin:statements_article_step", args=[edition.article_id, edition.number, step]
    )


def _items(letters: Sequence[Letter]) -> list[Item]:
    """What they tell, in the order of the hours; the same twice is told once."""
    titles = _public_titles({each.edition.article_id for each in letters})
    last: dict[tuple[str, int], Letter] = {}
    for each in sorted(letters, key=lambda each: (each.at, each.pk)):
        last.pop((each.kind, each.edition_id), None)
        last[each.kind, each.edition_id] = each
    return [
        Item(
            SAID[each.kind],
            reference(each),
            _when_and_where(each),
            titles.get(each.edition.article_id, ""),
            settings.SITE_URL + at_the_desk(each),
        )
        for each in last.values()
    ]


def _when_and_where(letter: Letter) -> str:
    hour = timezone.localtime(letter.at)
    desk = letter.edition.article.desk
    where = f"desk {one_line(desk.name)}" if desk is not None else "no desk"
    return f"{where}, {hour.day} {hour:%B %Y, %H:%M %Z}"


def _public_titles(articles: set[int]) -> dict[int, str]:
    """What readers see as the title at this moment, of those that they see at all."""
    rows = Edition.objects.live().filter(article__in=articles)
    titles = rows.values_list("article_id", "title")
    return {key: one_line(title) for key, title in titles}


def one_line(text: str) -> str:
    """On one line, so that nothing can begin a header of its own."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _message_id(letters: Sequence[Letter]) -> str:
    """The same for the same letters, so that a mail sent twice is known to be one."""
    keys = ",".join(str(key) for key in sorted(each.pk for each in letters))
    digest = hashlib.sha256(keys.encode()).hexdigest()[:32]
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<notices-{digest}@{host}>"

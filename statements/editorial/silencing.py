"""Silence what the check finds, here or always, with a reason; and lift that again."""

from __future__ import annotations

from typing import Any

from statements.models import Article, Edition, Silence, User, acting

from . import intake, verbs
from .advising import RULES

#: What somebody needs who silences a finding in one statement, or in all.
HERE, ALWAYS = "change_article", "publish_edition"
_REFUSED = {
    HERE: "You may not change statements.",
    ALWAYS: "You may not decide for every statement. Silence it here, or ask a "
    "publisher to.",
}


def silence(
    edition: Edition, *, by: User, rule: str, subject: str, scope: str, reason: str
) -> Silence:
    """Tell a finding no more: in this statement, in all, or nothing of its rule.

    ``subject`` is that of the advice. Raises verbs.Frozen: a published edition is not
    checked.
    """
    demand(by, scope)
    if rule not in RULES or not subject.strip() or scope not in Silence.Scope:
        raise verbs.Unusable("That is no finding of the check. Reload the page.")
    if not reason.strip():
        raise verbs.Unusable("Say why it is silenced.")
    with acting(by, reason.strip()):
        fresh = intake.open_draft(edition)
        kept: dict[str, Any] = {"reason": reason.strip(), "by": by}
        if scope == Silence.Scope.HERE:
            row, _ = Silence.objects.update_or_create(
                scope=scope,
                article=fresh.article,
                rule=rule,
                subject=subject,
                defaults=kept,
            )
        else:
            row, _ = Silence.objects.update_or_create(
                scope=scope,
                rule=rule,
                subject="" if scope == Silence.Scope.RULE else subject,
                defaults=kept | {"article": fresh.article},
            )
    return row


def lift(row: Silence, *, by: User) -> None:
    """Tell it again from now on."""
    demand(by, row.scope)
    with acting(by):
        row.delete()


def may(user: User, scope: str) -> bool:
    """Whether somebody may silence or lift so far."""
    return user.may(HERE if scope == Silence.Scope.HERE else ALWAYS)


def demand(by: User, scope: str) -> None:
    """Raise PermissionDenied unless the person may silence or lift so far."""
    permission = HERE if scope == Silence.Scope.HERE else ALWAYS
    verbs.demand(by, permission, _REFUSED[permission])


def keep_always(article: Article) -> None:
    """What holds for every statement outlives the draft it was said at."""
    Silence.objects.filter(article=article).exclude(scope=Silence.Scope.HERE).update(
        article=None
    )

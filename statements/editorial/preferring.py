"""Remember what somebody chose about the desk, and forget it again.

It is nobody else's, and no part of any record: nothing here asks for ``acting``.
"""

from __future__ import annotations

from typing import Any

from statements.models import Preference, User


def prefer(name: str, value: Any, *, by: User) -> None:
    """Remember one choice, in place of the one before."""
    Preference.objects.update_or_create(user=by, name=name, defaults={"value": value})


def forget(name: str, *, by: User) -> None:
    """Go back to how it is for whoever chose nothing."""
    Preference.objects.filter(user=by, name=name).delete()


def preferred(name: str, *, by: User) -> Any:
    """What somebody chose; None if nothing."""
    rows = Preference.objects.filter(user=by, name=name)
    return rows.values_list("value", flat=True).first()

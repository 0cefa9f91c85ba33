"""What readers may choose to narrow a list, and what of it an address asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """``count``: how many rows it leaves; None where these are too many to count."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One kind of choices: its name in the address, what it is called, its choices."""

    name: str
    label: str
    choices: list[Choice]


def wanted(query: Mapping[str, str], **forms: re.Pattern[str]) -> dict[str, str]:
    """What an address asks for, by name; what cannot be meant is not asked for."""
    return {
        name: query[name]
        for name, form in forms.items()
        if form.fullmatch(query.get(name, ""))
    }

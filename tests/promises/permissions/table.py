"""docs/permissions.md, read as the oracle that the matrix is held to."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs/permissions.md"

#: Beside the roles of the table: staff without one, and those who may do everything.
NONE, SUPERUSER, STRANGER = "none", "superuser", "stranger"


def roles() -> dict[str, frozenset[str]]:
    """What the table gives to each role: ``{"Author": {"view_article", …}, …}``."""
    page = PAGE.read_text()
    letters = dict(re.findall(r"\*\*([A-Z])\*\* (\w+(?: steward)?)", page))
    head, _, *body = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in page.splitlines()
        if line.startswith("|")
    ]
    given: dict[str, set[str]] = {role: set() for role in letters.values()}
    for row in body:
        for letter, cell in zip(head[1:-1], row[1:-1], strict=True):
            if cell == "yes":
                given[letters[letter]] |= set(re.findall(r"`(\w+)`", row[-1]))
    return {role: frozenset(names) for role, names in given.items()}


ROLES = roles()

#: Every kind of person who asks.
VIEWERS = (STRANGER, NONE, *ROLES, SUPERUSER)


def holds(viewer: str, permission: str) -> bool:
    return viewer == SUPERUSER or permission in ROLES.get(viewer, ())

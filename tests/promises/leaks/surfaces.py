"""Every request at which a secret could show, made from what the program has.

A surface belongs to a route of the resolver, an action of the admin or a command; the
test of completeness holds that each has one, or a reason in ``exempt``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from . import editors, readers
from .surface import (
    ADMIN_LIST,
    ADMIN_PAGE,
    MEDIA,
    PAGES,
    SEARCH,
    STAFF,
    Surface,
)
from .world import Cast, Known, Secret


def surfaces(
    group: str,
    cast: Cast,
    known: Known,
    secret: Secret,
    *,
    share: int = 1,
    turn: int = 0,
) -> list[Surface]:
    """The surfaces of a group, each name once.

    ``share``: of so many only one, so that ``turn`` after turn all have theirs.
    """
    made: Iterator[Surface]
    if group == PAGES:
        made = iter([*readers.lists(known), *readers.addresses(secret)])
    elif group in (SEARCH, STAFF):
        asked = chain(readers.folders(known, secret), readers.searches(secret))
        made = (one for one in asked if one.group == group)
    elif group == MEDIA:
        made = readers.media(secret)
    elif group == ADMIN_LIST:
        made = iter([*editors.admin_lists(secret, cast), *editors.finding(secret)])
    elif group == ADMIN_PAGE:
        made = editors.admin_pages(secret)
    else:
        made = editors.autocompletes(secret)
    found = list({one.name: one for one in made}.values())
    return found[turn % share :: share]

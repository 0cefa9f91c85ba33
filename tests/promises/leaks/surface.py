"""One request at which a secret could show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

PAGES, SEARCH, MEDIA, STAFF, ADMIN_LIST, ADMIN_PAGE, AUTOCOMPLETE = GROUPS = (
    "public pages",
    "search",
    "media",
    "staff",
    "admin list",
    "admin page",
    "autocomplete",
)
#: The editors' door; what stands behind a sign-in; what readers have.
ADMIN = (ADMIN_LIST, ADMIN_PAGE, AUTOCOMPLETE)
INSIDE = (STAFF, *ADMIN)
READERS = (PAGES, SEARCH, MEDIA)

#: A key that no row has, in place of the secret's.
NOBODY = 99_999_999


@dataclass(frozen=True)
class Surface:
    """One request. ``name`` is the same in every state and run.

    ``url`` asks with the secret's values and keys, ``twin`` the same with invented
    ones, or is "" where the request holds none; ``route`` as the resolver names it.
    """

    group: str
    name: str
    route: str
    url: str
    twin: str = ""
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict, hash=False)
    twin_headers: dict[str, str] = field(default_factory=dict, hash=False)
    data: dict[str, Any] | None = field(default=None, hash=False)
    twin_data: dict[str, Any] | None = field(default=None, hash=False)
    #: Keys of hidden rows were asked for, not only words.
    by_key: bool = False
    #: Rows of the catalogue, which everybody with a role may read in the admin.
    catalogue: bool = False
    #: A list of the admin: beside its rows stand filters with words of the catalogue.
    rows: bool = False
    #: The key is the article's own, which readers have while any edition of it is live.
    of_article: bool = False

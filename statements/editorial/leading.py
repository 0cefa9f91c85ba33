"""Links of a text into the site itself: do they lead readers anywhere?

A draft, a withdrawn statement and an address that never was are told in one sentence:
whoever checks a link learns what a reader would, and no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404, resolve

from statements.markup.hyperlinks import hyperlinks
from statements.models import (
    Article,
    Citation,
    Edition,
    EditionMedia,
    FormerAddress,
    MediaAsset,
    Organization,
    Post,
    Quote,
    Resolution,
    Spokesperson,
    Tag,
)
from statements.models.addresses import put_out

#: Pages of the readers' door that are always there.
_ALWAYS = frozenset(
    {
        "home",
        "archive",
        "archive_year",
        "archive_month",
        "archive_day",
        "people",
        "organizations",
        "resolutions",
        "resolution_reference",
        "topics",
        "search",
    }
)

#: ("article", "2026-03-02", "pilots-for-the-strait"): a page and what its address says.
type _Target = tuple[str, ...]


@dataclass(frozen=True)
class Broken:
    """A link that leads to nothing public; its words stand from start to end."""

    path: str
    start: int
    end: int
    words: str

    @property
    def sentence(self) -> str:
        return (
            f"“{' '.join(self.words.split())}” leads to {self.path}, where readers find"
            " nothing. Correct the link, or take it out."
        )


def broken(editions: Sequence[Edition]) -> dict[int, list[Broken]]:
    """The links of each edition that lead into the site and to nothing public.

    What an edition itself will make public counts as there: its own address, its files,
    whom and what it names. A query a noun that is linked to, one for former addresses,
    and none without links. The archive's pages of a day count as there.
    """
    found: dict[int, list[Broken]] = {edition.pk: [] for edition in editions}
    links: list[tuple[Edition, Broken, _Target]] = []
    for edition in editions:
        own = edition.article.get_absolute_url()
        for link in hyperlinks(edition.body):
            path = _within(link.href)
            if path is not None and path != own:
                leads = Broken(path, link.start, link.end, link.words)
                links.append((edition, leads, _target(path)))
    if not links:
        return found
    there = _there(
        {target for _, _, target in links}, [edition.pk for edition in editions]
    )
    moved = _moved({leads.path for _, leads, _ in links})
    for edition, leads, target in links:
        if target[0] not in _ALWAYS and target not in there and leads.path not in moved:
            found[edition.pk].append(leads)
    return found


def _within(href: str) -> str | None:
    """The path of an address of the site; None for one elsewhere, or on the page."""
    site, parts = urlsplit(settings.SITE_URL), urlsplit(href)
    if parts.scheme not in ("", "http", "https"):
        return None
    if parts.netloc:
        own = parts.netloc.lower() == site.netloc.lower()
        return (unquote(parts.path) or "/") if own else None
    return unquote(parts.path) if parts.path.startswith("/") else None


def _target(path: str) -> _Target:
    """The name of a readers' page and what its address says; ("",) is none of them."""
    try:
        match = resolve(path)
    except Resolver404:
        return ("",)
    name, said = match.url_name or "", match.kwargs
    # The desk's own pages, and those of guests, are no readers'.
    if match.namespaces or name not in _ALWAYS | _ROWS.keys():
        return ("",)
    if name == "article":
        day = f"{said['year']:04}-{said['month']:02}-{said['day']:02}"
        return (name, day, said["slug"])
    if name == "quote":
        return (name, said["key"].upper())
    if name == "resolution":
        return (name, said["body"], said["slug"])
    return (name, *(str(said[part]) for part in ("key", "slug") if part in said))


def _there(targets: set[_Target], drafts: list[int]) -> set[_Target]:
    """Those that readers find now, or will with one of the drafts."""
    asked: dict[str, set[_Target]] = defaultdict(set)
    for target in targets:
        asked[target[0]].add(target)
    found: set[_Target] = set()
    for name, those in asked.items():
        if name in _ROWS:
            rows, fields = _ROWS[name](drafts)
            wanted = Q(**{f"{fields[-1]}__in": {target[-1] for target in those}})
            for row in rows.filter(wanted).values_list(*fields):
                found.add((name, *map(str, row)))
    return found


type _Rows = tuple[Any, tuple[str, ...]]


def _articles(drafts: list[int]) -> _Rows:
    return Article.objects.published(), ("dated", "slug")


def _quotes(drafts: list[int]) -> _Rows:
    return _or(Quote.objects, Q(edition__in=drafts)), ("permalink",)


def _people(drafts: list[int]) -> _Rows:
    named = Quote.objects.filter(edition__in=drafts).values("speaker")
    return _or(Spokesperson.objects, Q(pk__in=named)), ("slug",)


def _organizations(drafts: list[int]) -> _Rows:
    named = Quote.objects.filter(edition__in=drafts).values("organization")
    issuing = Edition.objects.filter(pk__in=drafts).values("article__issuer")
    rows = _or(Organization.objects, Q(pk__in=named) | Q(pk__in=issuing))
    return rows, ("slug",)


def _posts(drafts: list[int]) -> _Rows:
    named = Quote.objects.filter(edition__in=drafts).values("appointment__post")
    return _or(Post.objects, Q(pk__in=named)), ("slug",)


def _resolutions(drafts: list[int]) -> _Rows:
    named = Citation.objects.filter(edition__in=drafts).values("resolution")
    return _or(Resolution.objects, Q(pk__in=named)), ("body__slug", "slug")


def _topics(drafts: list[int]) -> _Rows:
    borne = Edition.objects.filter(pk__in=drafts).values("article__tags")
    return _or(Tag.objects, Q(pk__in=borne)), ("slug",)


def _files(drafts: list[int]) -> _Rows:
    used = EditionMedia.objects.filter(edition__in=drafts).values("asset")
    return _or(MediaAsset.objects, Q(pk__in=used)), ("key",)


def _or(manager: Any, will_be: Q) -> Any:
    """What is public, and what a draft names."""
    return manager.filter(Q(pk__in=manager.public().values("pk")) | will_be)


#: The pages of one thing each: how readers' things are found, and what addresses say.
_ROWS: dict[str, Callable[[list[int]], _Rows]] = {
    "article": _articles,
    "quote": _quotes,
    "spokesperson": _people,
    "organization": _organizations,
    "post": _posts,
    "resolution": _resolutions,
    "topic": _topics,
    "media": _files,
}


def _moved(paths: set[str]) -> set[str]:
    """Former addresses that lead on: of a statement only to one that is public."""
    asked = {put_out(path): path for path in paths} | {path: path for path in paths}
    public = Article.objects.published().values("pk")
    rows = FormerAddress.objects.filter(
        Q(article=None) | Q(article__in=public), path__in=asked
    )
    return {asked[path] for path in rows.values_list("path", flat=True)}

"""The box in the head of every page: what the desk has under a few words.

One table says what may be looked up, who may, and where it leads. The page of results
works without a script; the offers while one types are the same rows, fewer of them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.cache import add_never_cache_headers
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.views import View

from statements.editorial import verbs
from statements.models import (
    Article,
    Edition,
    Organization,
    Resolution,
    Spokesperson,
    Tag,
)
from statements.search import desk as answers

#: How many of each kind stand on the page, and how many are offered while one types.
ON_THE_PAGE, OFFERED, OF_A_KIND = 20, 4, 8


def offers_of(*kinds: str) -> Any:
    """The address that a field asks while one types in it."""
    query = urlencode([("of", kind) for kind in kinds])
    return format_lazy("{}?{}", reverse_lazy("admin:find_offers"), query)


@dataclass(frozen=True)
class Hit:
    """One row: what it is called, what tells it from others, and where it is kept."""

    key: int
    label: str
    beside: str
    url: str
    state: str = ""
    state_label: str = ""
    #: What a form takes for this row; told apart from one of the same name.
    write: str = ""


@dataclass(frozen=True)
class Group:
    """The rows of one kind; ``more`` is the address of the list, if it has more."""

    name: str
    label: str
    hits: list[Hit]
    more: str


@dataclass(frozen=True)
class Sort:
    """A kind of row that can be looked up by those who hold a right."""

    name: str
    label: str
    #: The model of the admin, whose page a row leads to.
    noun: str
    find: Callable[[answers.Asked, Any, int], tuple[list[Any], bool]]
    rows: Callable[[Any], Any]
    hit: Callable[[Any, dt.datetime], tuple[int, str, str]]


def _statement(edition: Edition, now: dt.datetime) -> tuple[int, str, str]:
    article = edition.article
    beside = [str(article.kind), date_format(article.dated)]
    if article.desk:
        beside.append(str(article.desk))
    return article.pk, edition.title, " · ".join(beside)


def _person(person: Spokesperson, now: dt.datetime) -> tuple[int, str, str]:
    offices = [str(office.post) for office in person.appointments.all()[:1]]
    return person.pk, person.name, "".join(offices)


def _organization(row: Organization, now: dt.datetime) -> tuple[int, str, str]:
    return row.pk, row.name, str(row.parent or "")


def _resolution(row: Resolution, now: dt.datetime) -> tuple[int, str, str]:
    return row.pk, row.symbol, row.title or row.topic


def _topic(row: Tag, now: dt.datetime) -> tuple[int, str, str]:
    return row.pk, row.name, ""


SORTS = (
    Sort(
        "statements",
        "Statements",
        "article",
        answers.statements,
        lambda user: Article.objects.of_desks(user),
        _statement,
    ),
    Sort(
        "people",
        "Spokespersons",
        "spokesperson",
        answers.people,
        lambda user: Spokesperson.objects.filter(merged_into__isnull=True),
        _person,
    ),
    Sort(
        "organizations",
        "Organisations",
        "organization",
        answers.organizations,
        lambda user: Organization.objects.select_related("parent"),
        _organization,
    ),
    Sort(
        "resolutions",
        "Resolutions",
        "resolution",
        answers.resolutions,
        lambda user: Resolution.objects.all(),
        _resolution,
    ),
    Sort("topics", "Topics", "tag", answers.topics, lambda user: Tag.objects, _topic),
)


def sorts_for(user: Any) -> list[Sort]:
    """What somebody may look up: rows whose pages they may open."""
    return [sort for sort in SORTS if user.has_perm(f"statements.view_{sort.noun}")]


def find(
    asked: answers.Asked, user: Any, most: int, sorts: list[Sort] | None = None
) -> list[Group]:
    """The rows that fit, by kind; one query a kind, and two for statements or people.

    A kind without a row is left out.
    """
    groups = []
    now = verbs.clock()
    for sort in sorts_for(user) if sorts is None else sorts:
        rows, more = sort.find(asked, sort.rows(user), most)
        if not rows:
            continue
        page = f"admin:statements_{sort.noun}_change"
        hits = []
        for row in rows:
            key, label, beside = sort.hit(row, now)
            state = row.state(now) if isinstance(row, Edition) else None
            hits.append(
                Hit(
                    key,
                    label,
                    beside,
                    reverse(page, args=[key]),
                    state.value if state else "",
                    str(state.label) if state else "",
                )
            )
        listed = reverse(f"admin:statements_{sort.noun}_changelist")
        groups.append(
            Group(
                sort.name,
                sort.label,
                hits,
                f"{listed}?{urlencode({'q': asked.text})}" if more else "",
            )
        )
    return groups


class Find(View):
    """The page of results."""

    http_method_names = ["get", "head"]
    site: ClassVar[Any] = None

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = request.GET.get("q", "")
        asked = answers.read(typed)
        groups = find(asked, request.user, ON_THE_PAGE) if asked.words else []
        response = TemplateResponse(
            request,
            "admin/statements/find.html",
            {
                **self.site.each_context(request),
                "title": "Find",
                "asked": asked,
                # What is far too long, or no text, is not drawn again.
                "typed": "" if asked.problem else typed,
                "groups": groups,
                "sorts": [sort.label for sort in sorts_for(request.user)],
                "may_quotes": request.user.has_perm("statements.view_quote"),
            },
        )
        add_never_cache_headers(response)
        return response


def told_apart(groups: list[Group]) -> None:
    """Number those of the speakers found whose name another bears, as forms ask for."""
    speakers = [g for g in groups if g.name in ("people", "organizations")]
    plain = {hit.label.lower() for group in speakers for hit in group.hits}
    if not plain:
        return
    people, bodies = (
        rows.annotate(plain=Lower("name"))
        .filter(plain__in=plain)
        .order_by()
        .values_list("plain", flat=True)
        for rows in (
            Spokesperson.objects.filter(merged_into__isnull=True),
            Organization.objects.all(),
        )
    )
    borne = Counter(people.union(bodies, all=True).order_by())
    for group in speakers:
        group.hits[:] = [
            replace(hit, write=f"{hit.label} (no. {hit.key})")
            if borne[hit.label.lower()] > 1
            else hit
            for hit in group.hits
        ]


class Offers(View):
    """The same while one types, as JSON; ``of`` narrows it to some kinds.

    A field that names a row asks for its kind, and is told what to write.
    """

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = answers.read(request.GET.get("q", ""))
        of = request.GET.getlist("of")
        sorts = [s for s in sorts_for(request.user) if not of or s.name in of]
        most = OF_A_KIND if of else OFFERED
        groups = find(asked, request.user, most, sorts) if asked.words else []
        if of:
            told_apart(groups)
        response = JsonResponse(
            {
                "problem": asked.problem,
                "groups": [
                    {
                        "label": group.label,
                        "options": [
                            {
                                "label": hit.label,
                                "beside": " · ".join(
                                    filter(None, (hit.state_label, hit.beside))
                                ),
                                "url": hit.url,
                                "value": hit.write or hit.label,
                            }
                            for hit in group.hits
                        ],
                    }
                    for group in groups
                ],
            }
        )
        add_never_cache_headers(response)
        return response

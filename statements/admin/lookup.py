"""The box in the head of every page: what the desk has under a few words.

One table says what may be looked up, who may, and where it leads. The page of results
works without a script; the offers while one types are the same rows, fewer of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.formats import date_format
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
ON_THE_PAGE, OFFERED = 20, 4


@dataclass(frozen=True)
class Hit:
    """One row: what it is called, what tells it from others, and where it is kept."""

    label: str
    beside: str
    url: str
    state: str = ""
    state_label: str = ""


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


class Offers(View):
    """The same while one types, as JSON."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = answers.read(request.GET.get("q", ""))
        groups = find(asked, request.user, OFFERED) if asked.words else []
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

"""Organisations and posts: who holds what, what is said there, which names it had."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    FETCH_RAISE,
    BooleanField,
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from statements.models import (
    Appointment,
    Article,
    Citation,
    Organization,
    OtherName,
    Post,
    Quote,
)
from statements.models.people import Basis, Precision

from . import former, linking, paging
from .answers import draw, page
from .people import SIZE, public_offices

#: Posts of one organisation, its parts, and terms in office on one page; former names.
POSTS, PARTS, TERMS, NAMES = 100, 50, 100, 20
#: The newest quotes of an organisation that are searched for resolutions, and how many
#: of these are named.
RECENT, NAMED = 100, 8


@dataclass
class Held:
    """A post and who holds it now; ``url`` is "" while it has no page of its own."""

    label: str
    url: str
    holders: list[Appointment] = field(default_factory=list)


@dataclass(frozen=True)
class Gap:
    """Days on which nobody is known to have held a post; no last day: until now."""

    starts_on: dt.date
    starts_precision: str
    ends_on: dt.date | None = None
    ends_precision: str = Precision.DAY


@page
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: its posts and who holds them, and what was said in its name."""
    found = (
        Organization.objects.public()
        .filter(slug=slug)
        .select_related("parent")
        .annotate(
            as_of=Now(),
            parent_public=Exists(
                Organization.objects.public().filter(pk=OuterRef("parent"))
            ),
        )
        .fetch_mode(FETCH_RAISE)
        .first()
    )
    if found is None:
        former.nothing_here(request, Organization, slug=slug)
    if not found.parent_public:
        found.parent = None
    at = found.as_of
    day = timezone.localdate(at)
    articles = list(
        Article.objects.published(at)
        .without_words()
        .filter(issuer=found.pk)
        .fetch_mode(FETCH_RAISE)[:5]
    )
    terms = list(
        public_offices(at)
        .filter(post__organization=found.pk)
        .annotate(present=_holds(day))
        .order_by("-present", F("starts_on").desc(nulls_last=True), "-pk")[:TERMS]
    )
    parts = list(
        Organization.objects.public(at)
        .filter(parent=found.pk)
        .order_by("name", "pk")
        .fetch_mode(FETCH_RAISE)[:PARTS]
    )
    names = list(
        OtherName.objects.filter(organization=found.pk)
        .former(day)
        .fetch_mode(FETCH_RAISE)[:NAMES]
    )
    return draw(
        request,
        "statements/organization.html",
        {
            "organization": found,
            "names": names,
            "posts": _posts(found.pk, at, [each for each in terms if each.present]),
            "earlier": [each for each in terms if not each.present],
            "parts": [
                {"url": part.get_absolute_url(), "label": part.name} for part in parts
            ],
            "resolutions": _cited(found.pk, [one.pk for one in articles], at),
            "linked": linking.organization(found, terms, parts, names),
            "page": paging.read(
                Quote.objects.public(at)
                .filter(organization=found.pk)
                .for_list()
                .fetch_mode(FETCH_RAISE),
                request.GET,
                by="said_on",
                size=SIZE,
            ),
            "articles": articles,
            "section": "spokespersons",
        },
        at=at,
    )


@page
def post(request: HttpRequest, slug: str) -> HttpResponse:
    """One post: who held it, and when; and what was said in it."""
    found = (
        Post.objects.public()
        .filter(slug=slug, organization__in=Organization.objects.public().values("pk"))
        .select_related("organization")
        .annotate(as_of=Now())
        .fetch_mode(FETCH_RAISE)
        .first()
    )
    if found is None:
        former.nothing_here(request)
    at = found.as_of
    day = timezone.localdate(at)
    terms = list(
        public_offices(at)
        .filter(post=found.pk)
        .annotate(present=_holds(day))[: TERMS + 1]
    )
    more = len(terms) > TERMS
    return draw(
        request,
        "statements/post.html",
        {
            "post": found,
            "present": [each for each in terms if each.present],
            # Of a part of the terms nobody can say when there was no holder.
            "line": terms[:TERMS] if more else line(terms, day),
            "more": more,
            "page": _said_in(found.pk, request, at),
            "section": "spokespersons",
        },
        at=at,
    )


def line(terms: Sequence[Appointment], day: dt.date) -> list[Appointment | Gap]:
    """Terms in a post, the latest first, with the gaps between them and after the last.

    A gap is what no term can have filled, however its dates are read: where only the
    years 2019 and 2021 are known, it is 2020. A term of which no day is known can have
    filled any.
    """
    found: list[Appointment | Gap] = []
    last: Appointment | None = None
    for term in reversed(terms):
        if found and last is not None:
            found.extend(_between(last, term, day))
        found.append(term)
        if last is None or _end(term) > _end(last):
            last = term
    if last is not None and _end(last) <= day:
        found.append(_after(last))
    return found[::-1]


def _end(term: Appointment) -> dt.date:
    """The day after the last on which somebody can have held the post."""
    return term.possibly.upper or dt.date.max


def _between(last: Appointment, term: Appointment, day: dt.date) -> Iterable[Gap]:
    begins = term.possibly.lower
    if begins is None or _end(last) >= begins:
        return
    gap = _after(last)
    ends = begins - dt.timedelta(days=1)
    if gap.starts_on <= day:
        yield Gap(gap.starts_on, gap.starts_precision, ends, _known(term, "starts"))


def _after(last: Appointment) -> Gap:
    return Gap(_end(last), _known(last, "ends"))


def _known(term: Appointment, edge: str) -> str:
    """How exactly the days beside a term are known; a sighting is no day of office."""
    known = getattr(term, f"{edge}_precision")
    if term.basis == Basis.SIGHTED and known == Precision.DAY:
        return Precision.MONTH
    return str(known)


def _holds(day: dt.date) -> Case:
    """Whether somebody is in office on a day, for all that is known."""
    return Case(
        When(certainly__contains=day, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )


def _posts(key: int, at: dt.datetime, present: Iterable[Appointment]) -> list[Held]:
    """The posts of an organisation by name, those without a holder too. One query."""
    rows = (
        Post.objects.public(at)
        .filter(organization=key)
        .order_by("label", "pk")
        .fetch_mode(FETCH_RAISE)[:POSTS]
    )
    held = {row.pk: Held(row.label, row.get_absolute_url()) for row in rows}
    for each in present:
        row = each.post
        url = row.get_absolute_url() if each.post_public else ""
        held.setdefault(row.pk, Held(row.label, url)).holders.append(each)
    return sorted(held.values(), key=lambda one: one.label)


def _cited(key: int, articles: list[int], at: dt.datetime) -> list[dict[str, Any]]:
    """The resolutions named last in its newest quotes and statements. One query."""
    quotes = (
        Quote.objects.public(at).filter(organization=key).newest().values("pk")[:RECENT]
    )
    named = [Citation.objects.public(at).filter(quote__in=quotes)]
    if articles:
        named.append(Citation.objects.public(at).filter(article__in=articles))
    first, *others = (
        rows.newest().values_list(
            "said_on",
            "pk",
            "resolution__symbol",
            "resolution__body__slug",
            "resolution__slug",
        )[:RECENT]
        for rows in named
    )
    found: dict[str, dict[str, Any]] = {}
    for said_on, _key, symbol, *address in sorted(
        first.union(*others, all=True), reverse=True
    ):
        found.setdefault(
            symbol,
            {
                "url": reverse("resolution", args=address),
                "label": symbol,
                "count": date_format(said_on, "SHORT_DATE_FORMAT"),
            },
        )
    return list(found.values())[:NAMED]


def _said_in(key: int, request: HttpRequest, at: dt.datetime) -> paging.Page:
    """The quotes said in a post, newest first.

    The newest of each holder are found by the index of appointments, then the newest
    of these: the post's own quotes have no order in the database.
    """
    said = Quote.objects.public(at).filter(appointment=OuterRef("pk"))

    def of_all(newest: QuerySet[Quote]) -> QuerySet[Quote]:
        keys = (
            Appointment.objects.filter(post=key)
            .annotate(said=Func(ArraySubquery(newest.values("pk")), function="unnest"))
            .values("said")
        )
        # As one array: with a table more the planner would join all quotes first.
        few = Func(
            F("pk"),
            ArraySubquery(keys),
            template="(%(expressions)s))",
            arg_joiner=" = ANY (",
            output_field=BooleanField(),
        )
        return Quote.objects.filter(few).for_list().fetch_mode(FETCH_RAISE)

    return paging.read(said, request.GET, by="said_on", size=SIZE, each=of_all)

"""Those who speak: spokespersons, organisations and posts, and their words."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    FETCH_RAISE,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import (
    Concat,
    JSONObject,
    Now,
    TruncDate,
)
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from statements.models import (
    Appointment,
    Identifier,
    Organization,
    Post,
    Spokesperson,
)

from . import catalogues, charts, former, linking, narrowing, paging
from .answers import draw, page
from .composed import composed

SIZE = 20
#: Rows of a catalogue on one page.
MANY = 100


@page
def people(request: HttpRequest) -> HttpResponse:
    """All spokespersons by family name, with their present office.

    ``?organization=``, ``?time=present``, ``?time=former`` and ``?letter=`` narrow them
    down.
    """
    held = Appointment.objects.public().filter(
        post__organization__in=Organization.objects.public().values("pk")
    )
    present = (
        held.filter(person=OuterRef("pk"), certainly__contains=TruncDate(Now()))
        .order_by(F("starts_on").desc(nulls_last=True), "-pk")
        .annotate(words=Concat("post__label", Value(", "), "post__organization__name"))
    )
    rows = Spokesperson.objects.counted().annotate(
        office=Subquery(present.values("words")[:1])
    )
    narrowed = catalogues.people(rows, held, request.GET)
    return draw(
        request,
        "statements/people.html",
        {
            "narrowed": narrowed,
            "page": paging.read(
                narrowed.rows.fetch_mode(FETCH_RAISE),
                request.GET,
                by="sort_name",
                size=MANY,
                ascending=True,
            ),
            "section": "spokespersons",
        },
    )


@page
def spokesperson(request: HttpRequest, slug: str) -> HttpResponse:
    """One person: the offices with their dates, then the words, newest first.

    ``?office=``, ``?resolution=``, ``?topic=`` and ``?year=`` narrow the words down.
    """
    person: Spokesperson | None = next(iter(_person(slug=slug)), None)
    if person is None:
        former.nothing_here(request, Spokesperson, slug=slug)
    at = person.as_of
    appointments = _offices_of(at=at, person=person.pk)
    narrowed = narrowing.narrow(person.pk, request.GET, at)
    return draw(
        request,
        "statements/spokesperson.html",
        {
            "person": person,
            "appointments": appointments,
            "linked": linking.spokesperson(
                person,
                appointments,
                person.identifiers_told,
                getattr(person, "portrait", None),
            ),
            "present": [
                each
                for each in appointments
                if timezone.localdate(at) in each.certainly
            ],
            "chart": charts.by_year(narrowed.years),
            "narrowed": narrowed,
            "page": paging.read(narrowed.rows, request.GET, by="said_on", size=SIZE),
            "section": "spokespersons",
        },
        at=at,
    )


@page
def organizations(request: HttpRequest) -> HttpResponse:
    """All organisations by name."""
    rows = Organization.objects.counted()
    return draw(
        request,
        "statements/organizations.html",
        {
            "page": paging.read(
                rows.fetch_mode(FETCH_RAISE),
                request.GET,
                by="name",
                size=MANY,
                ascending=True,
            ),
            "section": "spokespersons",
        },
    )


@composed
def _person(slug: str) -> QuerySet[Spokesperson]:
    return (
        Spokesperson.objects.public()
        .filter(slug=slug)
        .select_related("portrait__asset")
        .annotate(as_of=Now(), identifiers_told=_identifiers())
        .order_by("pk")
        .fetch_mode(FETCH_RAISE)[:1]
    )


@composed
def _offices_of(at: dt.datetime, person: int) -> QuerySet[Appointment]:
    return public_offices(at).filter(person=person)


def public_offices(at: dt.datetime | None) -> QuerySet[Appointment]:
    """Public appointments, newest first, of people and organisations that are public.

    An appointment may be listed before its person or organisation is: until they are,
    it would name them, and link to nothing.
    """
    return (
        Appointment.objects.public(at)
        .filter(
            person__in=Spokesperson.objects.public(at).values("pk"),
            post__organization__in=Organization.objects.public(at).values("pk"),
        )
        .select_related("person", "post__organization")
        .annotate(
            post_public=Exists(Post.objects.public(at).filter(pk=OuterRef("post")))
        )
        .order_by(F("starts_on").desc(nulls_last=True), "-pk")
        .fetch_mode(FETCH_RAISE)
    )


def _identifiers() -> ArraySubquery:
    """What registers call a person, with the person: no query more."""
    return ArraySubquery(
        Identifier.objects.filter(person=OuterRef("pk"))
        .order_by("scheme", "identifier")
        .values(row=JSONObject(scheme="scheme", identifier="identifier"))[:20]
    )

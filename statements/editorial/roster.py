"""What detection may know of our catalogue: plain frozen values, two queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject, Lower, Upper

from statements.detection.findings import Office, Organization, Person, Roster
from statements.models import (
    Appointment,
    OtherName,
    Resolution,
    Spokesperson,
)
from statements.models import Organization as OrganizationRow


def bodies() -> Roster:
    """The organisations alone, in one query: who may issue a statement."""
    return Roster(organizations=_organizations(_named_bodies()))


def roster() -> Roster:
    """Everybody who may speak, with their offices and the days these cover."""
    organizations = _named_bodies()
    people = (
        Spokesperson.objects.filter(merged_into__isnull=True)
        .annotate(
            others=ArraySubquery(
                OtherName.objects.filter(person=OuterRef("pk")).values("name")
            ),
            offices=ArraySubquery(
                Appointment.objects.filter(person=OuterRef("pk")).values(
                    office=JSONObject(
                        key="pk",
                        title="post__label",
                        organization="post__organization_id",
                        certain_from=Lower("certainly"),
                        certain_to=Upper("certainly"),
                        certain_never=F("certainly__isempty"),
                        possible_from=Lower("possibly"),
                        possible_to=Upper("possibly"),
                    )
                )
            ),
        )
        .values("pk", "name", "gender", "others", "offices")
        .order_by("pk")
    )
    return Roster(
        persons=tuple(
            Person(
                key=row["pk"],
                name=row["name"],
                other_names=tuple(row["others"]),
                gender=row["gender"],
                offices=tuple(
                    _office(office, organizations) for office in row["offices"]
                ),
            )
            for row in people
        ),
        organizations=_organizations(organizations),
    )


def _named_bodies() -> dict[int, Any]:
    return {
        row["pk"]: row
        for row in OrganizationRow.objects.annotate(
            others=ArraySubquery(
                OtherName.objects.filter(organization=OuterRef("pk")).values("name")
            )
        ).values("pk", "name", "others")
    }


def _organizations(rows: Mapping[int, Any]) -> tuple[Organization, ...]:
    return tuple(
        Organization(key=row["pk"], name=row["name"], other_names=tuple(row["others"]))
        for row in rows.values()
    )


def known_resolutions() -> dict[str, dt.date | None]:
    """The catalogue as detection asks for it: symbol to day of adoption."""
    return dict(Resolution.objects.values_list("symbol", "adopted_on"))


def _office(row: dict[str, Any], organizations: Mapping[int, Any]) -> Office:
    organization = organizations[row["organization"]]
    return Office(
        key=row["key"],
        title=row["title"],
        organization=organization["name"],
        organization_key=organization["pk"],
        organization_names=tuple(organization["others"]),
        certainly=None
        if row["certain_never"]
        else (_day(row["certain_from"]), _day(row["certain_to"])),
        possibly=(_day(row["possible_from"]), _day(row["possible_to"])),
    )


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None

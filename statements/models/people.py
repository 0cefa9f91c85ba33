"""Those who speak: organisations, posts, spokespersons and their appointments.

Names follow Popolo (Person, Organization, Post, Membership); a membership is called an
appointment, as a newsroom would.
"""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse

from .moments import Listed, paired
from .quotes import Quote
from .tallies import Tally


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def public(self, at: dt.datetime | None = None) -> Self:
        """Organisations listed by hand, quoted in public, or issuing a public text."""
        when = Now() if at is None else at
        quoted = Quote.objects.public(when).filter(organization=OuterRef("pk"))
        issuing = Organization.objects.filter(
            pk=OuterRef("pk"), articles_issued__editions__live__contains=when
        )
        return self.filter(Q(listed_at__lte=when) | Exists(quoted) | Exists(issuing))

    def counted(self, at: dt.datetime | None = None) -> Self:
        """The same, each with ``count``, its public quotes, by the kept counts."""
        when = Now() if at is None else at
        issuing = Organization.objects.filter(
            pk=OuterRef("pk"), articles_issued__editions__live__contains=when
        )
        return self.annotate(count=Tally.objects.of("o", at)).filter(
            Q(listed_at__lte=when) | Q(count__gt=0) | Exists(issuing)
        )


class Organization(Listed):
    """A ministry, a mission, a council: whoever has posts, or speaks itself."""

    slug = models.SlugField(max_length=160, unique=True)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        db_table = "organization"
        ordering = ["name"]
        constraints = [
            *paired("organization", "listed"),
            models.CheckConstraint(
                condition=~Q(parent=F("pk")), name="organization_is_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organization", args=[self.slug])


class PostQuerySet(models.QuerySet["Post"]):
    def public(self, at: dt.datetime | None = None) -> Self:
        """Posts listed by hand, or held by somebody quoted in that post in public."""
        when = Now() if at is None else at
        quoted = Quote.objects.public(when).filter(appointment__post=OuterRef("pk"))
        return self.filter(Q(listed_at__lte=when) | Exists(quoted))


class Post(Listed):
    """An office of an organisation, whoever holds it."""

    slug = models.SlugField(max_length=200, unique=True)
    label = models.CharField(max_length=200, help_text="Spokesperson, Ambassador…")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts")
    exclusive = models.BooleanField(
        default=False, help_text="Only one person can hold it at a time."
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        db_table = "post"
        ordering = ["organization__name", "label"]
        constraints = [
            *paired("post", "listed"),
            models.UniqueConstraint(
                fields=["organization", "label"], name="post_named_once"
            ),
            # What appointments point at, so that their exclusion knows the rule.
            models.UniqueConstraint(
                fields=["id", "exclusive"], name="post_with_its_rule"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.organization}"

    def get_absolute_url(self) -> str:
        return reverse("post", args=[self.slug])


class SpokespersonQuerySet(models.QuerySet["Spokesperson"]):
    def public(self, at: dt.datetime | None = None) -> Self:
        """People listed by hand, or quoted in public; never one merged into another."""
        when = Now() if at is None else at
        quoted = Quote.objects.public(when).filter(speaker=OuterRef("pk"))
        return self.filter(
            Q(listed_at__lte=when) | Exists(quoted), merged_into__isnull=True
        )

    def counted(self, at: dt.datetime | None = None) -> Self:
        """The same, each with ``count``, its public quotes, by the kept counts."""
        return self.annotate(count=Tally.objects.of("s", at)).filter(
            Q(listed_at__lte=Now() if at is None else at) | Q(count__gt=0),
            merged_into__isnull=True,
        )


class Spokesperson(Listed):
    """Somebody who speaks for an organisation."""

    class Gender(models.TextChoices):
        FEMALE = "female", "Female (she)"
        MALE = "male", "Male (he)"
        OTHER = "other", "Other (they)"

    slug = models.SlugField(max_length=160, unique=True)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(
        max_length=200,
        blank=True,
        help_text="Okafor, Ilse. Made from the name if empty.",
    )
    gender = models.CharField(
        max_length=8,
        choices=Gender,
        blank=True,
        help_text="Helps to tell who “she” is in a text.",
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="merged_from",
        null=True,
        blank=True,
        editable=False,
    )

    objects = SpokespersonQuerySet.as_manager()

    class Meta:
        db_table = "spokesperson"
        ordering = ["sort_name", "name"]
        constraints = [
            *paired("spokesperson", "listed"),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")),
                name="spokesperson_not_merged_into_self",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("spokesperson", args=[self.slug])

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class Precision(models.TextChoices):
    DAY = "day", "Day"
    MONTH = "month", "Month"
    YEAR = "year", "Year"


class OtherNameQuerySet(models.QuerySet["OtherName"]):
    def former(self, day: dt.date) -> Self:
        """Names that were given up by a day, the latest first: readers may know them.

        The others are how texts write a name, which helps to find who is meant.
        """
        return self.filter(ends_on__lte=day).order_by("-ends_on", "-pk")


class OtherName(models.Model):
    """Another name of a person or an organisation: a short form, a spelling.

    One with a last day is a former name.
    """

    person = models.ForeignKey(
        Spokesperson,
        models.CASCADE,
        related_name="other_names",
        null=True,
        blank=True,
    )
    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        related_name="other_names",
        null=True,
        blank=True,
    )
    name = models.CharField(max_length=200)
    note = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(
        null=True, blank=True, help_text="The first day. Empty: not known."
    )
    starts_precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.DAY
    )
    ends_on = models.DateField(
        null=True,
        blank=True,
        help_text="Of a former name, the last day; then readers see the name.",
    )
    ends_precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.DAY
    )

    objects = OtherNameQuerySet.as_manager()

    class Meta:
        db_table = "other_name"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="other_name_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, organization__isnull=True)
                | Q(person__isnull=True, organization__isnull=False),
                name="other_name_of_one",
            ),
            models.UniqueConstraint(
                fields=["person", "name"], name="other_name_of_person_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="other_name_of_organization_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """What another register calls a person: a Wikidata id, a parliament's id."""

    person = models.ForeignKey(Spokesperson, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=60)
    identifier = models.CharField(max_length=200)

    class Meta:
        db_table = "identifier"
        ordering = ["scheme", "identifier"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "identifier"], name="identifier_names_one_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.identifier}"


class Basis(models.TextChoices):
    STATED = "stated", "Stated by a source"
    SIGHTED = "sighted", "First and last time seen in the office"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def public(self, at: dt.datetime | None = None) -> Self:
        """Appointments listed by hand, or shown beside a public quote."""
        when = Now() if at is None else at
        quoted = Quote.objects.public(when).filter(appointment=OuterRef("pk"))
        return self.filter(Q(listed_at__lte=when) | Exists(quoted))

    def possibly_on(self, day: dt.date) -> Self:
        return self.filter(possibly__contains=day)


class Appointment(Listed):
    """A person in a post, from a day to a day, as exactly as is known.

    ``certainly`` is the range of days on which the person held the post for sure and
    ``possibly`` the widest that the dates allow: a precision of month or year widens
    it, and dates that are only sightings widen it by a year at both ends.
    """

    person = models.ForeignKey(
        Spokesperson, models.PROTECT, related_name="appointments"
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    exclusive = models.BooleanField(default=False, editable=False)
    starts_on = models.DateField(null=True, blank=True)
    starts_precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.DAY
    )
    ends_on = models.DateField(
        null=True, blank=True, help_text="The last day. Empty: until today."
    )
    ends_precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.DAY
    )
    basis = models.CharField(max_length=7, choices=Basis, default=Basis.STATED)
    certainly = models.GeneratedField(
        expression=Func(
            F("starts_on"),
            F("starts_precision"),
            F("ends_on"),
            F("ends_precision"),
            function="public.appointment_certainly",
        ),
        output_field=DateRangeField(),
        db_persist=True,
    )
    possibly = models.GeneratedField(
        expression=Func(
            F("starts_on"),
            F("starts_precision"),
            F("ends_on"),
            F("ends_precision"),
            F("basis"),
            function="public.appointment_possibly",
        ),
        output_field=DateRangeField(),
        db_persist=True,
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        db_table = "appointment"
        ordering = [F("starts_on").desc(nulls_last=True), "-pk"]
        constraints = [
            *paired("appointment", "listed"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="appointment_ends_after_it_starts",
            ),
            ExclusionConstraint(
                name="appointment_exclusive_post_has_one_holder",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("certainly", RangeOperators.OVERLAPS),
                ],
                condition=Q(exclusive=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.post}"

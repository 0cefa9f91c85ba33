"""Articles: an identity, an address, and the editions of its text."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, FilteredRelation, Func, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from .moments import at as moment
from .moments import by, paired
from .tags import ArticleTag

LANGUAGES = [
    ("en", "English"),
    ("ar", "العربية"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fr", "Français"),
    ("it", "Italiano"),
    ("pt", "Português"),
    ("ru", "Русский"),
    ("uk", "Українська"),
    ("zh", "中文"),
]
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}


def _binned(**of: Any) -> models.QuerySet:
    """What lies in the bin: whole statements, unless an edition is asked for."""
    rows = apps.get_model("statements", "Binned").objects.filter(**of)
    return rows if "edition" in of else rows.filter(edition=None)


class KindQuerySet(models.QuerySet["Kind"]):
    def public(self) -> Self:
        """Kinds of public statements; others may be made for what is hidden."""
        of_kind = Article.objects.published().filter(kind=OuterRef("pk"))
        return self.filter(Exists(of_kind))


class Kind(models.Model):
    """What sort of statement it is: editorial, remarks, joint statement…"""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    schema_type = models.CharField(
        "schema.org type",
        max_length=40,
        default="NewsArticle",
        help_text="For machines: NewsArticle, OpinionNewsArticle, Report…",
    )
    disclaimer = models.TextField(
        blank=True, help_text="Stands below every statement of this kind."
    )

    objects = KindQuerySet.as_manager()

    class Meta:
        db_table = "kind"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DeskQuerySet(models.QuerySet["Desk"]):
    def of(self, user: Any) -> Self:
        """The desks whose drafts a person may read."""
        if user.has_perm("statements.see_every_desk"):
            return self
        return self.filter(members=user)


class Desk(models.Model):
    """A group of colleagues who see one another's drafts."""

    name = models.CharField(max_length=80, unique=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="desks",
        blank=True,
        db_table="desk_member",
    )

    objects = DeskQuerySet.as_manager()

    class Meta:
        db_table = "desk"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Origin(models.TextChoices):
    DESK = "desk", "Written at a desk"
    IMPORT = "import", "Imported"


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self, at: dt.datetime | None = None) -> Self:
        """Articles that have a live edition, with that edition as ``live_edition``.

        Every public door starts here or at ``Quote.objects.public``. ``at`` defaults
        to the database's clock; the moment used is annotated as ``as_of``, so that a
        page's further queries can ask about the same moment.
        """
        when: Any = Now() if at is None else models.Value(at, models.DateTimeField())
        return (
            self.annotate(
                live_edition=FilteredRelation(
                    "editions", condition=Q(editions__live__contains=when)
                ),
                as_of=models.ExpressionWrapper(when, models.DateTimeField()),
            )
            .filter(live_edition__isnull=False)
            .select_related("live_edition", "kind", "issuer")
            .defer("live_edition__record")
            .order_by("-dated", "-pk")
        )

    def without_words(self) -> Self:
        """For lists: the live edition's title and summary, not its text."""
        return self.defer(
            "live_edition__record", "live_edition__body", "live_edition__text"
        )

    def bearing(self, tag: int) -> Self:
        """Those of a topic, in the order of an index: a page reads its own rows alone.

        ``borne_on`` is the article's date, as the topic has it.
        """
        return (
            self.filter(article_tags__tag=tag)
            .annotate(borne_on=F("article_tags__dated"))
            .order_by("-borne_on", "-pk")
        )

    def of_desks(self, user: Any) -> Self:
        """Articles whose drafts this person may read, without those in the bin."""
        return self.readable(user).filter(~Exists(_binned(article=OuterRef("pk"))))

    def readable(self, user: Any) -> Self:
        """The same, with those in the bin."""
        if user.has_perm("statements.see_every_desk"):
            return self
        return self.filter(desk__in=user.desks.values("pk"))


class Article(models.Model):
    """A statement's identity and address; its words are in its editions."""

    slug = models.SlugField(max_length=120)
    dated = models.DateField(
        "date", help_text="The date that the statement bears; part of its address."
    )
    kind = models.ForeignKey(
        Kind,
        models.PROTECT,
        related_name="articles",
        db_index=False,  # article_kind_new serves
    )
    issuer = models.ForeignKey(
        "Organization",
        models.PROTECT,
        related_name="articles_issued",
        null=True,
        blank=True,
        db_index=False,  # article_issuer_new serves
        help_text="In whose name the statement is made.",
    )
    language = models.CharField(max_length=12, choices=LANGUAGES, default="en")
    desk = models.ForeignKey(
        Desk, models.PROTECT, related_name="articles", null=True, blank=True
    )
    translation_of = models.ForeignKey(
        "self", models.PROTECT, related_name="translations", null=True, blank=True
    )
    origin = models.CharField(
        max_length=8, choices=Origin, default=Origin.DESK, editable=False
    )

    tags = TaggableManager(through=ArticleTag, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        db_table = "article"
        constraints = [
            models.UniqueConstraint(
                fields=["dated", "slug"], name="article_has_its_own_address"
            ),
            models.UniqueConstraint(
                fields=["translation_of", "language"],
                name="article_has_one_translation_a_language",
            ),
            models.CheckConstraint(
                condition=~Q(translation_of=F("pk")),
                name="article_does_not_translate_itself",
            ),
        ]
        indexes = [
            models.Index(F("dated").desc(), F("id").desc(), name="article_new"),
            models.Index(
                F("kind"), F("dated").desc(), F("id").desc(), name="article_kind_new"
            ),
            models.Index(
                F("issuer"),
                F("dated").desc(),
                F("id").desc(),
                name="article_issuer_new",
            ),
        ]
        permissions = [("see_every_desk", "Can read the drafts of every desk")]

    def __str__(self) -> str:
        return f"{self.dated:%Y-%m-%d} {self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("article", args=self.address)

    @property
    def address(self) -> list[str]:
        """Year, month, day and slug: the parts of its address."""
        return [*self.dated.isoformat().split("-"), self.slug]

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"


class State(models.TextChoices):
    """Where an edition stands at a moment; derived from its moments, never stored."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    RETURNED = "returned", "Returned"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    LIVE = "live", "Live"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Change(models.TextChoices):
    FIRST = "first", "First edition"
    MINOR = "minor", "Minor change"
    CORRECTION = "correction", "Correction"


class WithdrawnReason(models.TextChoices):
    ERROR = "error", _("It contained an error")
    DUPLICATE = "duplicate", _("It was published twice")
    SUPERSEDED = "superseded", _("Another statement replaces it")
    LEGAL = "legal", _("Legal reasons")
    PREMATURE = "premature", _("It was published too early")
    OTHER = "other", _("Another reason")


class EditionQuerySet(models.QuerySet["Edition"]):
    def kept(self) -> Self:
        """Editions that do not lie in the bin by themselves.

        Those of a statement in the bin are left out by ``Article.objects.of_desks``.
        """
        return self.filter(~Exists(_binned(edition=OuterRef("pk"))))

    def outside_bin(self) -> Self:
        """Editions that are in the bin neither by themselves nor with the statement."""
        return self.kept().filter(~Exists(_binned(article=OuterRef("article"))))

    def with_bin(self) -> Self:
        """Tells of each as ``in_bin`` whether it, or its statement, is in the bin."""
        own = _binned(edition=OuterRef("pk"))
        whole = _binned(article=OuterRef("article"))
        return self.annotate(in_bin=Q(Exists(own)) | Q(Exists(whole)))

    def live(self, at: dt.datetime | None = None) -> Self:
        """The editions that the public reads at a moment (default: now)."""
        return self.filter(live__contains=Now() if at is None else at)

    def unreviewed(self) -> Self:
        """Editions that are or were out and that nobody else has read yet."""
        return self.filter(
            published_at__lte=Now(), approved_at=None, late_approval=None
        ).exclude(article__origin=Origin.IMPORT)

    def ever_live(self, at: dt.datetime | Now | None = None) -> Self:
        """Editions that are or were public, withdrawn ones with them."""
        return self.filter(live__startswith__lte=Now() if at is None else at)

    def first_of(self, article: str, at: dt.datetime | None = None) -> models.Subquery:
        """When readers first saw an article, for a query that names it ``article``."""
        return models.Subquery(
            self.ever_live(at)
            .filter(article=OuterRef(article))
            .order_by()
            .values("article")
            .annotate(first=models.Min("published_at"))
            .values("first")
        )

    def history(self, at: dt.datetime | Now | None = None) -> Self:
        """Editions whose words readers may still have, each followed by the next.

        What was withdrawn is not repeated, nor what went before it.
        """
        withdrawn = Edition.objects.filter(
            article=OuterRef("article"),
            published_at__gte=OuterRef("published_at"),
            withdrawn_at__lte=Now() if at is None else at,
        )
        return self.ever_live(at).filter(~Exists(withdrawn))


class Edition(models.Model):
    """One version of an article's text.

    ``body`` is sanitised HTML that carries the quote marks; ``text`` is its plain
    projection, in whose code points every quote and citation counts. Both are frozen
    once the edition is scheduled or published. ``live`` is the range of time in which
    the public reads it; the database derives it from the moments.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    based_on = models.ForeignKey(
        "self", models.PROTECT, related_name="successors", null=True, blank=True
    )
    translates = models.ForeignKey(
        "self", models.PROTECT, related_name="translated_by", null=True, blank=True
    )
    change = models.CharField(max_length=10, choices=Change, default=Change.FIRST)
    change_note = models.TextField(
        blank=True, help_text="What was corrected, in a sentence for readers."
    )
    name = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    byline = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    text = models.TextField(blank=True, editable=False)
    lock_version = models.PositiveIntegerField(default=0, editable=False)

    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = by(null=False)
    submitted_at = moment()
    submitted_by = by()
    returned_at = moment()
    returned_by = by()
    approved_at = moment()
    approved_by = by()
    published_at = moment()
    published_by = by()
    superseded_at = moment()
    superseded_by = by()
    withdrawn_at = moment()
    withdrawn_by = by()

    approved_digest = models.CharField(max_length=64, blank=True, editable=False)
    unreviewed_reason = models.TextField(blank=True)
    withdrawn_reason = models.CharField(
        max_length=12, choices=WithdrawnReason, blank=True
    )
    withdrawn_note = models.TextField(blank=True)
    record = models.JSONField(null=True, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    previous_digest = models.CharField(max_length=64, blank=True, editable=False)
    redacted_at = moment()
    redacted_by = by()
    redacted_reason = models.TextField(blank=True, editable=False)
    redacted_digest = models.CharField(max_length=64, blank=True, editable=False)
    live = models.GeneratedField(
        expression=Func(
            F("published_at"),
            F("superseded_at"),
            F("withdrawn_at"),
            function="public.edition_live",
        ),
        output_field=DateTimeRangeField(),
        db_persist=True,
    )

    objects = EditionQuerySet.as_manager()

    #: Told by ``with_bin`` alone.
    in_bin: bool

    class Meta:
        db_table = "edition"
        ordering = ["article", "number"]
        constraints = [
            *paired(
                "edition",
                "submitted",
                "returned",
                "approved",
                "published",
                "superseded",
                "withdrawn",
                "redacted",
            ),
            models.UniqueConstraint(
                fields=["article", "number"], name="edition_has_its_own_number"
            ),
            # What quotes and citations point at; see quote_of_edition.
            models.UniqueConstraint(
                fields=["id", "article", "live"], name="edition_with_its_live_range"
            ),
            ExclusionConstraint(
                name="article_has_one_live_edition",
                expressions=[
                    ("article", RangeOperators.EQUAL),
                    ("live", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True)
                | Q(superseded_at__gt=F("published_at")),
                name="edition_superseded_after_published",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | Q(withdrawn_at__gt=F("published_at")),
                name="edition_withdrawn_after_published",
            ),
            # NULL > NULL is not false, so the two above need these.
            models.CheckConstraint(
                condition=Q(published_at__isnull=False)
                | Q(superseded_at__isnull=True, withdrawn_at__isnull=True),
                name="edition_ends_only_if_published",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | Q(approved_at__isnull=False)
                | ~Q(unreviewed_reason=""),
                name="edition_published_is_approved_or_says_why",
            ),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_at__isnull=True, withdrawn_reason="", withdrawn_note=""
                )
                | (
                    Q(withdrawn_at__isnull=False)
                    & ~Q(withdrawn_reason="")
                    & ~Q(withdrawn_note="")
                ),
                name="edition_withdrawn_with_reason_and_note",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | ~Q(change=Change.CORRECTION)
                | ~Q(change_note=""),
                name="edition_published_correction_has_note",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | ~Q(approved_digest=""),
                name="edition_approved_with_digest",
            ),
        ]
        indexes = [
            models.Index(fields=["published_at"], name="edition_by_hour"),
            # Finds statements that were entered twice.
            GinIndex(OpClass("title", name="gin_trgm_ops"), name="edition_title_like"),
            # Finds a quotation in what readers have.
            GinIndex(
                Func(F("text"), function="public.text_words"),
                name="edition_words",
                condition=Q(published_at__isnull=False),
            ),
            # All corrections of the site are read in this order, and are few.
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                name="edition_corrected",
                condition=Q(change="correction"),
            ),
        ]
        permissions = [
            ("submit_edition", "Can submit editions for review"),
            ("approve_edition", "Can approve or return editions"),
            ("publish_edition", "Can publish and schedule approved editions"),
            ("publish_unreviewed_edition", "Can publish without a second person"),
            ("withdraw_article", "Can withdraw articles"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (edition {self.number})"

    def state(self, at: dt.datetime) -> State:
        """Where the edition stands at a moment: the first that fits."""
        if self.withdrawn_at and self.withdrawn_at <= at:
            return State.WITHDRAWN
        if self.superseded_at and self.superseded_at <= at:
            return State.SUPERSEDED
        if self.published_at:
            return State.LIVE if self.published_at <= at else State.SCHEDULED
        if self.approved_at:
            return State.APPROVED
        if self.submitted_at:
            return State.IN_REVIEW
        return State.RETURNED if self.returned_at else State.DRAFT

    @property
    def frozen(self) -> bool:
        """Whether its words may no longer change: it is scheduled or was published."""
        return self.published_at is not None

    def out_at(self, now: dt.datetime) -> bool:
        """Whether readers have it or had it at a moment, scheduled ones not yet."""
        return self.published_at is not None and self.published_at <= now


class EditionContributor(models.Model):
    """Somebody who wrote in an edition, and so may never approve it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="contributors")
    user = by(related_name="contributions", null=False)

    class Meta:
        db_table = "edition_contributor"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "user"], name="edition_names_a_contributor_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.edition}"


class Rejection(models.Model):
    """A finding that an editor refused; it is not suggested again for the article."""

    class Of(models.TextChoices):
        QUOTE = "quote", "Quote"
        CITATION = "citation", "Citation"

    article = models.ForeignKey(Article, models.CASCADE, related_name="rejections")
    kind = models.CharField(max_length=8, choices=Of)
    fingerprint = models.CharField(max_length=32)
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = by(null=False)

    class Meta:
        db_table = "rejection"
        constraints = [
            models.UniqueConstraint(
                fields=["article", "kind", "fingerprint"], name="rejection_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint}"


class Waiver(models.Model):
    """A publishing rule set aside for one edition, and why."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="waivers")
    rule = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    reason = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = by(null=False)

    class Meta:
        db_table = "waiver"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "rule", "subject"], name="waiver_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"


class Rendering(models.Model):
    """The HTML drawn for an edition; without one, the page draws it on the spot."""

    edition = models.OneToOneField(
        Edition, models.CASCADE, primary_key=True, related_name="rendering"
    )
    html = models.TextField()
    card = models.TextField(blank=True)
    release = models.CharField(max_length=40)
    drawn_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "rendering"

    def __str__(self) -> str:
        return f"Rendering of {self.edition_id}"

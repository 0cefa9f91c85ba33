"""Keep the catalogue: people, posts, organisations, resolutions, topics.

Every change passes here, so that renamed things keep their former addresses, facets
follow, and drawn pages that named them are drawn again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.text import slugify

from statements.detection.findings import Attribution
from statements.markup import characters
from statements.models import (
    Appointment,
    Basis,
    Citation,
    Edition,
    Organization,
    OtherName,
    Post,
    Quote,
    Rendering,
    Resolution,
    ResolutionBody,
    Spokesperson,
    Tag,
    User,
    acting,
)

from . import addresses, drawing, portraits, quoting, verbs

_PARTICLES = {
    "al",
    "bin",
    "da",
    "de",
    "del",
    "der",
    "di",
    "du",
    "la",
    "le",
    "van",
    "von",
}
_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}

#: How many pages are drawn again while somebody waits.
AT_ONCE = 50

#: How a public quote leads to a row of the catalogue.
_QUOTED: dict[type[models.Model], str] = {
    Spokesperson: "speaker",
    Organization: "organization",
    Post: "appointment__post",
}


def sort_name(name: str) -> str:
    """The family name first, with its particles: "van Dijk, Anna"."""
    words = name.split()
    suffix: list[str] = []
    while len(words) > 1 and words[-1].casefold() in _SUFFIXES:
        suffix.insert(0, words.pop())
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].casefold() in _PARTICLES:
        cut -= 1
    if cut < 1:
        return name
    return f"{' '.join(words[cut:])}, {' '.join(words[:cut] + suffix)}"


def free_slug(model: type[models.Model], wanted: str, **scope: Any) -> str:
    """A slug that no other row has; a number is added where one has it."""
    base = slugify(wanted)[:140].strip("-") or model._meta.model_name or "row"
    taken = set(
        model._default_manager.filter(slug__startswith=base, **scope).values_list(
            "slug", flat=True
        )
    )
    taken |= addresses.slugs_that_led(model, base)
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def keep[Row: models.Model](row: Row, *, by: User) -> Row:
    """Save a row of the catalogue, new or changed.

    A slug that the public knew becomes a former address; drawn pages that show the row
    are dropped. Raises ValidationError with sentences.
    """
    verbs.demand_row(by, "add" if row._state.adding else "change", row)
    with acting(by):
        model = type(row)
        new = row._state.adding
        former = None
        if row.pk is not None and hasattr(row, "slug"):
            former = _former_address(row)
        if isinstance(row, Spokesperson):
            row.sort_name = row.sort_name.strip() or sort_name(row.name)
        if isinstance(row, Appointment):
            row.exclusive = row.post.exclusive
        if hasattr(row, "slug") and not row.slug:
            row.slug = free_slug(model, _slug_source(row))
        elif model in addresses.NOUN and addresses.led_elsewhere(row):
            here: Any = row
            raise ValidationError(
                f"The address {here.get_absolute_url()} led to something else, and "
                "printed links to it must go on. Choose another slug."
            )
        _refuse_invisible(row)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as problem:
            if "appointment_exclusive_post_has_one_holder" in str(problem):
                raise ValidationError(
                    "Somebody else held this post on some of these days, and only one "
                    "person can. Change the dates, or let the post have several."
                ) from problem
            raise
        if former:
            addresses.keep(former, row)
        if new:
            return row  # Nothing shows it yet.
        forget_renderings(row)
        if isinstance(row, Appointment):
            verbs.refresh_facets(row.quotes.values_list("pk", flat=True))
    return row


def _former_address(row: Any) -> str | None:
    """The address that the public knew a changed row by, if it is another one now.

    Raises ValidationError where many addresses would change at once.
    """
    before: Any = type(row)._default_manager.filter(pk=row.pk).first()
    if before is None:
        return None
    if isinstance(row, ResolutionBody):
        if before.slug != row.slug and row.resolutions.exists():
            raise ValidationError(
                "The addresses of its resolutions hold this slug, and printed links to "
                f"them must go on. Let it be “{before.slug}”."
            )
        return None
    if type(row) not in addresses.NOUN or not row.slug:
        return None
    address = str(before.get_absolute_url())
    moved = address != row.get_absolute_url() and was_public(before)
    return address if moved else None


def words_of(row: models.Model) -> Iterator[tuple[str, str]]:
    """The fields of a row that hold words somebody wrote, each with its label."""
    for field in row._meta.concrete_fields:
        if isinstance(field, (models.CharField, models.TextField)) and not (
            field.choices or field.generated
        ):
            words = getattr(row, field.attname)
            if words:
                yield str(field.verbose_name).capitalize(), words


def _refuse_invisible(row: models.Model) -> None:
    """Names that look the same must be the same. Raises ValidationError."""
    for _, words in words_of(row):
        try:
            characters.check_words(words)
        except characters.Unclean as problem:
            raise ValidationError(problem.reason) from problem


def remove(row: models.Model, *, by: User) -> None:
    """Delete a row that nothing names: another name, an office nobody was quoted in.

    Raises ProtectedError where something does name it.
    """
    verbs.demand_row(by, "delete", row)
    with acting(by):
        forget_renderings(row)
        row.delete()


def was_public(row: Any) -> bool:
    """Whether the public can have seen the row's address: it is, or ever was, shown."""
    if type(row)._default_manager.public().filter(pk=row.pk).exists():
        return True
    past = Edition.objects.ever_live()
    if isinstance(row, Resolution):
        return Citation.objects.filter(resolution=row, edition__in=past).exists()
    if isinstance(row, Tag):
        return past.filter(article__tags=row).exists()
    name = _QUOTED.get(type(row))
    if name is None:
        return False
    return Quote.objects.filter(edition__in=past, **{name: row}).exists()


def forget_renderings(row: models.Model) -> None:
    """Drop the drawn pages that show a row, and draw the newest of them again.

    The rest are drawn on the spot when somebody reads them, until ``doctor --mend``
    keeps them again: to rename somebody quoted ten thousand times must not take long.
    """
    if isinstance(row, Spokesperson):
        named = Q(quotes__speaker=row)
    elif isinstance(row, Organization):
        named = Q(quotes__organization=row)
    elif isinstance(row, Post):
        named = Q(quotes__appointment__post=row)
    elif isinstance(row, Appointment):
        named = Q(quotes__appointment=row)
    elif isinstance(row, Resolution):
        named = Q(citations__resolution=row)
    else:
        return
    showing = Edition.objects.filter(named, published_at__isnull=False).distinct()
    Rendering.objects.filter(edition__in=showing.values("pk")).delete()
    drawing.draw(
        list(showing.order_by("-published_at").values_list("pk", flat=True)[:AT_ONCE])
    )


def list_publicly(rows: Iterable[Any], *, by: User, listed: bool = True) -> None:
    """Show rows of the catalogue before a statement names them, or no longer."""
    rows = list(rows)
    for row in rows:
        verbs.demand_row(by, "change", row)
    with acting(by):
        for row in rows:
            row.listed_at = verbs.clock() if listed else None
            row.listed_by = by if listed else None
            row.save(update_fields=["listed_at", "listed_by"])


def speaker_named(
    attribution: Attribution, *, on: dt.date, by: User
) -> quoting.Speaker:
    """The person or body that a text names, made anew where the catalogue has none.

    A printed title that splits makes an organisation and a post as well, and an
    appointment sighted on that day. Raises verbs.Unusable when nobody is named.
    """
    name = " ".join(attribution.full_name.split())
    if not name:
        raise verbs.Unusable(
            f"The text does not say who “{attribution.speaker or 'the speaker'}” is. "
            "Choose somebody."
        )
    return new_speaker(
        name,
        on=on,
        by=by,
        organization=attribution.organization,
        office=attribution.office or attribution.title,
    )


def new_speaker(
    name: str,
    *,
    on: dt.date,
    by: User,
    organization: str = "",
    office: str = "",
) -> quoting.Speaker:
    """A person of that name, found or made, with the office held on that day.

    Raises verbs.Unusable when two people of the catalogue bear the name.
    """
    verbs.demand(by, "add_spokesperson", "You may not add spokespersons.")
    if not name.strip():
        raise verbs.Unusable("Give the speaker's name.")
    with acting(by):
        person = _person(name, by=by)
        if not organization or not office:
            return quoting.Speaker(
                person=person, appointment=quoting.office_on(person, on, office)
            )
        body = organization_named(organization, by=by)
        post = Post.objects.filter(organization=body, label__iexact=office).first()
        if post is None:
            post = Post(
                organization=body,
                label=office,
                slug=free_slug(Post, f"{office} {body.name}"),
            )
            keep(post, by=by)
        appointment = person.appointments.filter(
            post=post, possibly__contains=on
        ).first()
        if appointment is None:
            appointment = Appointment(
                person=person,
                post=post,
                starts_on=on,
                ends_on=on,
                basis=Basis.SIGHTED,
            )
            keep(appointment, by=by)
        return quoting.Speaker(
            person=person, organization=body, appointment=appointment
        )


def organization_named(name: str, *, by: User) -> Organization:
    """The organisation of that name or other name, made anew if there is none."""
    wanted = _plain(name)
    for organization in Organization.objects.prefetch_related("other_names"):
        names = [organization.name, *(o.name for o in organization.other_names.all())]
        if wanted in map(_plain, names):
            return organization
    organization = Organization(name=name, slug=free_slug(Organization, name))
    keep(organization, by=by)
    return organization


def resolution_of(symbol: str, *, body: str, by: User) -> Resolution:
    """The resolution of that symbol, made anew if the catalogue has none.

    ``body`` is the key that detection gives ("un-sc"); an unknown one becomes "other".
    """
    found = Resolution.objects.filter(
        Q(symbol=symbol) | Q(aliases__name=symbol)
    ).first()
    if found is not None:
        return found
    owner = ResolutionBody.objects.filter(
        slug=body
    ).first() or ResolutionBody.objects.get(slug="other")
    resolution = Resolution(
        body=owner,
        symbol=symbol,
        slug=free_slug(Resolution, resolution_slug(symbol), body=owner),
        url=canonical_url(symbol),
    )
    keep(resolution, by=by)
    return resolution


def resolution_slug(symbol: str) -> str:
    """The end of an address: 2417 of S/RES/2417 (2018), 76-300 of A/RES/76/300."""
    plain = re.sub(r"^(?:S|A|E|A/HRC)/RES/", "", symbol)
    if symbol.startswith("S/RES/"):
        plain = re.sub(r"\s*\(\d{4}\)$", "", plain)
    return slugify(re.sub(r"[/.()]+", "-", plain)).strip("-") or "resolution"


def canonical_url(symbol: str) -> str:
    """Where the United Nations keep the text; empty for other bodies.

    Addresses of the form docs.un.org/SYMBOL, without blanks in the symbol.
    """
    if symbol.startswith(("S/RES/", "A/RES/", "A/HRC/RES/", "E/RES/")):
        return f"https://docs.un.org/{symbol.replace(' ', '')}"
    return ""


def merge(duplicate: Spokesperson, into: Spokesperson, *, by: User) -> int:
    """Say that two records are one person; return the number of quotes moved.

    The duplicate's address leads to the other for ever. Its names become other names.
    """
    verbs.demand(by, "change_spokesperson", "You may not merge spokespersons.")
    if duplicate.pk == into.pk:
        raise verbs.Unusable("A record cannot be merged into itself.")
    if into.merged_into_id is not None:
        raise verbs.Unusable(
            f"{into} was itself merged. Merge into {into.merged_into}."
        )
    with acting(by, f"{duplicate} is {into}"):
        former, shown = duplicate.get_absolute_url(), was_public(duplicate)
        duplicate.merged_into = into
        duplicate.save(update_fields=["merged_into"])
        forget_renderings(duplicate)
        quotes = list(duplicate.quotes.values_list("pk", flat=True))
        # Somebody approved words of the one, not of the other.
        Edition.objects.filter(
            pk__in=duplicate.quotes.values("edition"),
            published_at=None,
            approved_at__isnull=False,
        ).update(approved_at=None, approved_by=None, approved_digest="")
        Quote.objects.filter(pk__in=quotes).update(speaker=into)
        duplicate.appointments.update(person=into)
        portraits.merge(duplicate, into)
        OtherName.objects.bulk_create(
            [
                OtherName(person=into, name=name)
                for name in {
                    duplicate.name,
                    *duplicate.other_names.values_list("name", flat=True),
                }
                - {into.name}
            ],
            ignore_conflicts=True,
        )
        if shown:
            addresses.keep(former, into)
        duplicate.former_addresses.update(spokesperson=into)
        verbs.refresh_facets(quotes)
    return len(quotes)


def _person(name: str, *, by: User) -> Spokesperson:
    wanted = _plain(name)
    found = [
        person
        for person in Spokesperson.objects.filter(
            merged_into__isnull=True
        ).prefetch_related("other_names")
        if wanted in map(_plain, [person.name, *_others(person)])
    ]
    if len(found) > 1:
        raise verbs.Unusable(
            f"{len(found)} people in the catalogue are called {name}. Choose one."
        )
    if found:
        return found[0]
    person = Spokesperson(name=name, slug=free_slug(Spokesperson, name))
    keep(person, by=by)
    return person


def _others(person: Spokesperson) -> Sequence[str]:
    return [other.name for other in person.other_names.all()]


def _plain(name: str) -> str:
    """A name without what printing varies: case, stops, a leading article."""
    folded = re.sub(r"[.\s]+", " ", name.replace("U.S.", "US")).casefold().strip()
    return folded.removeprefix("the ")


def _slug_source(row: Any) -> str:
    if isinstance(row, Post):
        return f"{row.label} {row.organization.name}"
    if isinstance(row, Resolution):
        return resolution_slug(row.symbol)
    return str(row.name)

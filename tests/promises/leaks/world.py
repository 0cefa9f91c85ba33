"""Something secret with a word of its own in every field.

Beside it stands a public statement by somebody known, so that every page has something
to show before the secret is made.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from statements.editorial import (
    catalogue,
    editions,
    folders,
    intake,
    quoting,
    remarking,
    silencing,
)
from statements.models import (
    Appointment,
    Article,
    Change,
    DraftBuffer,
    Edition,
    Folder,
    FormerAddress,
    Identifier,
    Kind,
    MediaAsset,
    Organization,
    OtherName,
    Portrait,
    Post,
    Quote,
    Resolution,
    ResolutionAlias,
    ResolutionBody,
    Spokesperson,
    Tag,
    User,
)

from ... import builders
from ...public.hidden import make_asset
from .words import DRAWN, FIELDS, OF_ARTICLE, c, canary


@dataclass
class Cast:
    """Who works here; ``amina`` and her colleagues are of one desk."""

    amina: User
    edgar: User
    petra: User
    stefan: User
    ada: User
    odile: User
    olga: User
    edda: User
    noor: User
    system: User


@dataclass
class Known:
    """What readers have before the secret is made."""

    article: Article
    person: Spokesperson
    ministry: Organization
    post: Post
    resolution: Resolution
    quote: Quote
    #: What another desk chose; the secret is put in while it is public.
    folder: Folder


@dataclass
class Secret:
    """The rows that are hidden, and the values that tell of them by field."""

    edition: Edition
    article: Article
    person: Spokesperson
    organization: Organization
    voice: Organization
    post: Post
    appointment: Appointment
    resolution: Resolution
    asset: MediaAsset
    portrait: Portrait
    kind: Kind | None
    issuer: Organization | None
    tag: Tag | None
    quotes: list[Quote]
    values: dict[str, str] = field(default_factory=dict)


def make_known(cast: Cast) -> Known:
    """Publish a statement with a quote, a topic, a resolution and a file."""
    system = cast.system
    ministry = builders.make_organization("Ministry of Foreign Affairs", by=system)
    post = builders.make_post("Spokesperson", ministry, by=system)
    person = builders.make_person("Ilse Okafor", gender="female", by=system)
    builders.make_appointment(person, post, starts_on=dt.date(2024, 1, 1), by=system)
    resolution = builders.make_resolution(by=system)
    catalogue.keep(Tag(name="Ferries", slug="ferries"), by=system)
    edition = builders.make_draft(
        by=cast.amina,
        title="The ferries will sail",
        body=(
            "“We recall UNSCR 2417 in this hour,” said Spokesperson Ilse Okafor.\n"
            "The strait was calm. The ferries sail."
        ),
        issuer=ministry,
        tags=["Ferries"],
    )
    quote = builders.quote_words(
        edition, "We recall UNSCR 2417 in this hour,", by=cast.amina, speaker=person
    )
    builders.cite(edition, "UNSCR 2417", resolution, by=cast.amina)
    asset = make_asset("ferries.mp3", by=cast.amina)
    editions.attach(edition, asset, by=cast.amina, transcript="Bells.")
    edition.refresh_from_db()
    builders.review_and_publish(edition, editor=cast.edgar, publisher=cast.petra)
    folder, _put = folders.put_in(None, "Chosen", [quote.permalink_id], by=cast.olga)
    folders.change(folder, "Chosen", by=cast.olga, desk=cast.olga.desks.get())
    return Known(edition.article, person, ministry, post, resolution, quote, folder)


def _catalogue(cast: Cast) -> dict[str, object]:
    system = cast.system
    organization = builders.make_organization(
        f"{c('organization.name')} Institute",
        slug=canary("organization.slug"),
        by=system,
    )
    voice = builders.make_organization(
        f"{c('voice.name')} Mission", slug=canary("voice.slug"), by=system
    )
    post = builders.make_post(
        f"{c('post.label')} Envoy", organization, slug=canary("post.slug"), by=system
    )
    person = builders.make_person(
        f"Zelda {c('person.name')}",
        sort_name=f"{c('person.sort_name')}, Zelda",
        slug=canary("person.slug"),
        by=system,
    )
    appointment = builders.make_appointment(
        person, post, starts_on=dt.date(2025, 1, 1), by=system
    )
    resolution = catalogue.keep(
        Resolution(
            body=ResolutionBody.objects.get(slug="un-sc"),
            symbol="S/RES/2222 (2015)",
            slug=canary("resolution.slug"),
            title=f"On {canary('resolution.title')}",
            topic=f"The {canary('resolution.topic')}",
            url=f"https://example.org/{canary('resolution.url')}",
            adopted_on=dt.date(2015, 5, 27),
        ),
        by=system,
    )
    for row in (
        OtherName(
            person=person,
            name=f"Zora {c('person.other_name')}",
            note=canary("person.other_note"),
        ),
        OtherName(
            organization=organization, name=f"{c('organization.other_name')} House"
        ),
        Identifier(
            person=person,
            scheme=canary("person.scheme"),
            identifier=canary("person.identifier"),
        ),
        ResolutionAlias(
            resolution=resolution, name=f"{c('resolution.alias')} Resolution"
        ),
    ):
        catalogue.keep(row, by=system)
    picture = make_asset(
        f"{canary('portrait.name')}.png",
        canary("portrait.content").encode() * 40,
        "image/png",
        "image",
        by=system,
    )
    picture.credit, picture.width, picture.height = canary("portrait.credit"), 40, 50
    picture.save()
    portrait = Portrait.objects.create(
        person=person,
        asset=picture,
        alt=f"{c('portrait.alt')} at a lectern",
        credit=f"Photo: {c('portrait.credit')}",
    )
    return {
        "portrait": portrait,
        "organization": organization,
        "voice": voice,
        "post": post,
        "person": person,
        "appointment": appointment,
        "resolution": resolution,
    }


def _body() -> str:
    return (
        f"The {canary('quote.prefix')} came: “{c('quote.text')} is ready,” said Zelda"
        f" {c('person.name')} of {canary('quote.suffix')}.\n"
        f"“{c('quote.second_text')} holds,” said the {c('voice.name')} Mission.\n"
        f"The {canary('edition.body')} text names UNSCR 2222 and "
        f"resolution 2222 (2015) {canary('citation.printed')}."
    )


def make_secret(cast: Cast, known: Known, *, of: Article | None = None) -> Secret:
    """Write it as a draft: a statement of its own, or a new edition ``of`` one."""
    by = cast.amina
    made = _catalogue(cast)
    kind = issuer = tag = None
    if of is None:
        kind = catalogue.keep(
            Kind(
                name=f"{c('kind.name')} note",
                slug="note-of-its-kind",
                schema_type="NewsArticle",
                disclaimer=f"Of {canary('kind.disclaimer')}.",
            ),
            by=cast.system,
        )
        issuer = builders.make_organization(
            f"{c('issuer.name')} Board", slug=canary("issuer.slug"), by=cast.system
        )
        catalogue.keep(
            OtherName(organization=issuer, name=f"{c('issuer.other_name')} Panel"),
            by=cast.system,
        )
        tag = catalogue.keep(
            Tag(name=f"{c('tag.name')} talks", slug=canary("tag.slug")), by=cast.system
        )
        edition = builders.make_draft(
            by=by,
            title=f"{c('edition.title')} treaty",
            summary=f"{c('edition.summary')}, in short.",
            byline=f"{c('edition.byline')} staff",
            body=_body(),
            slug=canary("article.slug"),
            dated=known.article.dated,
            kind=kind,
            issuer=issuer,
            tags=["Ferries", tag.name],
        )
    else:
        edition = editions.begin(of, by=by, change=Change.CORRECTION)
        for use in edition.media.all():
            editions.detach_media(use, by=by)
        edition.refresh_from_db()
        intake.revise(
            edition,
            by=by,
            lock_version=edition.lock_version,
            title=f"{c('edition.title')} treaty",
            summary=f"{c('edition.summary')}, in short.",
            byline=f"{c('edition.byline')} staff",
            body="".join(f"<p>{line}</p>" for line in _body().split("\n")),
            change_note=f"{c('edition.change_note')} was mended.",
        )
        let_go(edition, by)
    quotes = [
        builders.quote_words(
            edition,
            f"{c('quote.text')} is ready,",
            by=by,
            speaker=made["person"],
            title_as_printed=f"{c('quote.title_as_printed')} envoy",
        ),
        builders.quote_words(
            edition,
            f"{c('quote.second_text')} holds,",
            by=by,
            speaker=made["voice"],
        ),
    ]
    for printed in ("UNSCR 2222", "resolution 2222 (2015)"):
        builders.cite(edition, printed, made["resolution"], by=by)
    edition.citations.update(pinpoint=canary("citation.pinpoint"))
    asset = make_asset(
        f"{canary('asset.name')}.mp3",
        canary("asset.content").encode() * 40,
        by=by,
        desk=by.desks.first(),
    )
    asset.credit = canary("asset.credit")
    asset.save()
    editions.attach(
        edition,
        asset,
        by=by,
        alt=canary("use.alt"),
        caption=canary("use.caption"),
        transcript=canary("use.transcript"),
    )
    if of is None:
        FormerAddress.objects.create(
            path=f"/statements/2026/03/02/{canary('former.path')}/",
            article=edition.article,
        )
    DraftBuffer.objects.create(
        user=by,
        edition=edition,
        page="f" * 32,
        values={"title": f"{c('edition.title')} treaty, unsaved", "body": _body()},
    )
    silencing.silence(
        edition,
        by=by,
        rule="acronym",
        subject=canary("silence.subject"),
        scope="here",
        reason=f"{c('silence.reason')} is known.",
    )
    edition.refresh_from_db()
    start = edition.text.index("holds,")
    remark = remarking.remark(
        edition,
        start=start,
        end=start + len("holds"),
        body=f"Does {canary('remark.body')} hold?",
        by=by,
    )
    remarking.reply(remark, body=f"{c('remark.answer')} does.", by=by)
    secret = Secret(
        edition=edition,
        article=edition.article,
        asset=asset,
        kind=kind,
        issuer=issuer,
        tag=tag,
        quotes=quotes,
        **made,
    )
    secret.values = {
        name: canary(name)
        for name in FIELDS
        if name not in DRAWN and (of is None or name not in OF_ARTICLE)
    }
    if of is None:
        secret.values.pop("edition.change_note")
    secret.values |= {
        "quote.permalink": quotes[0].permalink_id.lower(),
        "asset.key": asset.key.lower(),
        "asset.sha256": asset.sha256,
        "portrait.key": made["portrait"].asset.key.lower(),
        "portrait.sha256": made["portrait"].asset.sha256,
        "resolution.symbol": "res/2222",
    }
    return secret


def let_go(edition: Edition, by: User) -> None:
    """Remove the quotes whose words a revision took out."""
    for gone in edition.quotes.filter(detached_at__isnull=False):
        quoting.remove(gone, by=by)
    edition.refresh_from_db()

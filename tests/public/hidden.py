"""A statement that would show on every page, with a word of its own in each field.

It is said by somebody new and by somebody known, on a day and a topic that readers
know, cites a resolution that they know and one that they do not, translates a public
statement and has a file. Whatever page fails to ask what is public shows the word.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile

from statements.editorial import catalogue, editions
from statements.models import (
    Article,
    Edition,
    MediaAsset,
    Portrait,
    Resolution,
    ResolutionBody,
    Spokesperson,
    User,
)

from .. import builders

WORD = "zinnober"


@dataclass
class Hidden:
    edition: Edition
    article: Article
    addresses: list[str]


def make_asset(
    name: str = "ferries.mp3",
    content: bytes = b"The sound of ferries.",
    content_type: str = "audio/mpeg",
    type: str = "audio",
    *,
    by: User,
    desk=None,
) -> MediaAsset:
    asset = MediaAsset(
        name=name,
        type=type,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        duration=dt.timedelta(seconds=320) if type == "audio" else None,
        uploaded_by=by,
        desk=desk,
    )
    asset.file.save(name, ContentFile(content), save=False)
    asset.save()
    return asset


def make_hidden(
    *,
    by: User,
    system: User,
    beside: Article,
    known_person: Spokesperson,
    known_resolution: Resolution,
) -> Hidden:
    institute = builders.make_organization("Zinnober Institute", by=system)
    envoy = builders.make_post("Zinnober Envoy", institute, by=system)
    person = builders.make_person("Zelda Zinnober", by=system)
    builders.make_appointment(person, envoy, starts_on=dt.date(2025, 1, 1), by=system)
    picture = make_asset(
        "zelda-zinnober.png", b"zinnober pictured", "image/png", "image", by=by
    )
    Portrait.objects.create(
        person=person, asset=picture, alt="Zinnober", credit="Photo: Zinnober"
    )
    resolution = catalogue.keep(
        Resolution(
            body=ResolutionBody.objects.get(slug="un-sc"),
            symbol="S/RES/2222 (2015)",
            slug="2222-zinnober",
            title="On zinnober",
            topic="Zinnober",
            adopted_on=dt.date(2015, 5, 27),
        ),
        by=system,
    )
    edition = builders.make_draft(
        by=by,
        title="Zinnober treaty",
        summary="Zinnober, in short.",
        byline="Zinnober desk",
        body=(
            "“Zinnober is ready,” said Zelda Zinnober.\n"
            "“Zinnober again, under UNSCR 2417,” said Spokesperson Ilse Okafor.\n"
            "The zinnober text names UNSCR 2222 and resolution 2417 (2018)."
        ),
        dated=beside.dated,
        language="de",
        translation_of=beside,
        issuer=institute,
        tags=["Ferries", "Zinnober"],
    )
    quotes = [
        builders.quote_words(edition, "Zinnober is ready,", by=by, speaker=person),
        builders.quote_words(
            edition,
            "Zinnober again, under UNSCR 2417,",
            by=by,
            speaker=known_person,
            title_as_printed="Zinnober speaker",
        ),
    ]
    builders.cite(edition, "UNSCR 2417", known_resolution, by=by)
    builders.cite(edition, "resolution 2417 (2018)", known_resolution, by=by)
    builders.cite(edition, "UNSCR 2222", resolution, by=by)
    asset = make_asset("zinnober.mp3", b"zinnober sounds", by=by, desk=by.desks.first())
    editions.attach(
        edition,
        asset,
        by=by,
        alt="zinnober",
        caption="zinnober",
        transcript="zinnober",
    )
    edition.refresh_from_db()
    return Hidden(
        edition,
        edition.article,
        [
            edition.article.get_absolute_url(),
            *(quote.get_absolute_url() for quote in quotes),
            person.get_absolute_url(),
            institute.get_absolute_url(),
            envoy.get_absolute_url(),
            resolution.get_absolute_url(),
            "/topics/zinnober/",
            asset.get_absolute_url(),
            picture.get_absolute_url(),
            "/resolutions/?ref=UNSCR+2222",
            "/resolutions/S/RES/2222(2015)",
            quotes[0].get_absolute_url().lower(),
        ],
    )

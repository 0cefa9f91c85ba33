"""A newsroom with a past: what may change since publication has changed in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from statements.editorial import catalogue, editions, intake, media, publishing
from statements.models import (
    Change,
    Desk,
    Edition,
    EditionMedia,
    MediaAsset,
    Organization,
    Quote,
    Spokesperson,
    User,
)

from .. import builders

PDF = b"%PDF-1.7 The tides of the strait."


@dataclass
class History:
    """``first`` was corrected by ``second``; ``withdrawn`` was withdrawn."""

    first: Edition
    second: Edition
    withdrawn: Edition
    asset: MediaAsset
    use: EditionMedia
    quote: Quote
    speaker: Spokesperson
    other: Spokesperson
    desk: Desk
    amina: User
    edgar: User
    petra: User


def make() -> History:
    """Everything through the verbs."""
    desk = Desk.objects.create(name="Strait")
    amina = builders.make_user("amina", "Author", desk=desk)
    edgar = builders.make_user("edgar", "Editor", desk=desk)
    petra = builders.make_user("petra", "Publisher", desk=desk)
    system = User.objects.system()
    ministry = builders.make_organization("Ministry of Foreign Affairs", by=system)
    okafor = builders.make_person("Ilse Okafor", by=system)
    halloran = builders.make_person("Piet Halloran", by=system)
    post = builders.make_post("Spokesperson", ministry, by=system)
    start = dt.date(2024, 1, 1)
    builders.make_appointment(okafor, post, starts_on=start, by=system)
    resolution = builders.make_resolution(by=system)

    def out(edition: Edition) -> Edition:
        return builders.review_and_publish(edition, editor=edgar, publisher=petra)

    first = builders.make_draft(
        by=amina, body=f"{builders.BODY} It recalls resolution 2417 (2018)."
    )
    builders.quote_words(first, builders.WORDS, by=amina, speaker=okafor)
    builders.cite(first, "2417 (2018)", resolution, by=amina)
    asset = media.upload(
        SimpleUploadedFile("tides.pdf", PDF), by=amina, desk=desk, credit="The port"
    )
    use = editions.attach(
        first, asset, by=amina, role="attachment", alt="Tides", caption="The tides."
    )
    first.refresh_from_db()
    first = out(first)
    second = editions.begin(first.article, by=amina, change=Change.CORRECTION)
    intake.revise(
        second,
        by=amina,
        lock_version=second.lock_version,
        title="The ferries will sail again",
        change_note="The title lacked a word.",
    )
    second.refresh_from_db()
    second = out(second)

    withdrawn = builders.make_draft(by=amina, title="The port is closed", body="Calm.")
    withdrawn = publishing.withdraw(
        out(withdrawn).article, by=petra, reason="error", note="It was open."
    )
    builders.make_draft(by=amina, title="A draft that nobody read")

    # All that may change, changes.
    intake.set_address(first.article, by=petra, slug="moved", tags=["Ferries"])
    okafor.name, okafor.slug = "Ilse Okafor-Brandt", "ilse-okafor-brandt"
    catalogue.keep(okafor, by=system)
    one = builders.make_person("Ilse B. Okafor", by=system)
    speaker = builders.make_person("Ilse Brandt", by=system)
    catalogue.merge(okafor, one, by=system)
    catalogue.merge(one, speaker, by=system)
    quote = first.quotes.get()
    Quote.objects.filter(pk=quote.pk).update(verdict="verbatim")
    port = builders.make_post(
        "Envoy", Organization.objects.create(name="Port", slug="port"), by=system
    )
    office = builders.make_appointment(speaker, port, starts_on=start, by=system)
    Quote.objects.filter(pk=quote.pk).update(
        appointment=office, organization=port.organization
    )
    media.describe(asset, by=amina, credit="The harbour master", desk=desk)
    for edition in (first, second, withdrawn):
        edition.refresh_from_db()
    quote.refresh_from_db()
    return History(
        first=first,
        second=second,
        withdrawn=withdrawn,
        asset=asset,
        use=use,
        quote=quote,
        speaker=speaker,
        other=halloran,
        desk=desk,
        amina=amina,
        edgar=edgar,
        petra=petra,
    )

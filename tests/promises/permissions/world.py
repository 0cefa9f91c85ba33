"""One statement in each state: one's own, a colleague's, and another desk's.

Beside them a spare row of each noun of the catalogue that no statement names, so that
whoever may delete it can.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group

from statements.editorial import (
    binning,
    catalogue,
    editions,
    folders,
    inviting,
    publishing,
    remarking,
    silencing,
    suggesting,
    verbs,
)
from statements.models import (
    Appointment,
    Article,
    Audit,
    Desk,
    DraftBuffer,
    Edition,
    Folder,
    FormerAddress,
    Identifier,
    Kind,
    MediaAsset,
    Organization,
    OtherName,
    Resolution,
    ResolutionAlias,
    ResolutionBody,
    ResolutionRelation,
    Source,
    Spokesperson,
    Tag,
    User,
)

from ... import builders
from ...public.hidden import make_asset
from .table import NONE, STRANGER, SUPERUSER

OWN, SAME, OTHER = "own", "same desk", "other desk"
RELATIONS = (OWN, SAME, OTHER)

PASSWORD = "a sea without a single ferry"

BODY = (
    "Spokesperson Ilse Okafor said on Monday that “The ferries will sail,” and left.\n"
    "“Pilots are ready for the strait,” said Spokesperson Ilse Okafor.\n"
    "The strait recalls UNSCR 2417 and resolution 2417 (2018)."
)


@dataclass
class Stock:
    """The statements of one writer; each stands where an action finds it."""

    draft: Edition
    reviewed: Edition
    approved: Edition
    #: Out without a review.
    rushed: Edition
    scheduled: Edition
    live: Edition
    #: A later draft of the statement that is live, begun before the edition that is.
    behind: Edition
    attached: MediaAsset
    spare: MediaAsset
    #: The keys of what is in the bin: a statement, and a draft beside one that is out.
    binned_statement: int
    binned_draft: int
    #: The key of a suggested quote of the draft.
    suggestion: str
    #: A folder of the writer's, shared with their desk.
    folder: Folder

    def rows(self) -> dict[str, Any]:
        """A row of each noun that belongs to a statement, hence to a desk."""
        quote = self.draft.quotes.get()
        return {
            "article": self.draft.article,
            "edition": self.draft,
            "quote": quote,
            "citation": self.draft.citations.get(),
            "permalink": quote.permalink,
            "mediaasset": self.spare,
            "silence": self.draft.article.silences.get(),
        }


@dataclass
class World:
    """Who asks, and what there is to ask for.

    ``user`` is one person all the time; ``become`` gives them the role that is tried.
    """

    user: User
    desk: Desk
    stocks: dict[str, Stock]
    person: Spokesperson
    ministry: Organization
    #: A row of each noun that belongs to no desk.
    spares: dict[str, Any] = field(default_factory=dict)
    #: Rows that have others beside them: names, offices, identifiers.
    hosts: dict[str, Any] = field(default_factory=dict)
    viewer: str = NONE

    def become(self, viewer: str) -> None:
        self.viewer = viewer
        self.user.groups.set(Group.objects.filter(name=viewer))
        self.user.is_superuser = viewer == SUPERUSER
        self.user.save()
        assert viewer in (STRANGER, NONE, SUPERUSER) or self.user.groups.exists()


def build() -> World:
    """Let everybody write, as authors; then the one who asks may be anybody."""
    system = User.objects.system()
    strait = Desk.objects.create(name="Strait")
    culture = Desk.objects.create(name="Culture")
    amina = builders.make_user("amina", "Author", desk=strait)
    olga = builders.make_user("olga", "Author", desk=culture)
    user = builders.make_user("uma", "Author", desk=strait)
    ministry = builders.make_organization("Ministry of Foreign Affairs", by=system)
    post = builders.make_post("Spokesperson", ministry, by=system)
    person = builders.make_person("Ilse Okafor", gender="female", by=system)
    builders.make_appointment(person, post, starts_on=dt.date(2024, 1, 1), by=system)
    resolution = builders.make_resolution(by=system)
    stocks = {
        relation: _stock(by, person, resolution)
        for relation, by in ((OWN, user), (SAME, amina), (OTHER, olga))
    }
    user.set_password(PASSWORD)
    world = World(user, strait, stocks, person, ministry)
    for stock in stocks.values():
        # The own unsaved words of whoever asks, of each statement.
        DraftBuffer.objects.create(
            user=user, edition=stock.draft, page="e" * 32, values={"body": "Typed."}
        )
    world.become(NONE)
    _spare(world, system, ministry)
    return world


def _stock(by: User, person: Spokesperson, resolution: Resolution) -> Stock:
    system = User.objects.system()

    def plain(title: str) -> Edition:
        return builders.make_draft(by=by, title=title, body="The strait was calm.")

    def approve(edition: Edition) -> Edition:
        publishing.submit(edition, by=system)
        return publishing.approve(edition, by=system)

    draft = builders.make_draft(by=by, body=BODY, tags=["Ferries"])
    quote = builders.quote_words(draft, "The ferries will sail,", by=by, speaker=person)
    builders.cite(draft, "UNSCR 2417", resolution, by=by)
    attached = make_asset("pier.mp3", by=by, desk=by.desks.get())
    editions.attach(draft, attached, by=by, transcript="Bells.")
    # As after a revision that touched its words.
    draft.quotes.filter(pk=quote.pk).update(confirmed_at=None, confirmed_by=None)
    reviewed = publishing.submit(plain("To be read"), by=system)
    approved = approve(plain("Ready to go"))
    hour = verbs.clock().replace(second=0, microsecond=0) + dt.timedelta(days=1)
    scheduled = publishing.publish(approve(plain("Tomorrow")), by=system, at=hour)
    first = publishing.publish(approve(plain("Out")), by=system)
    behind = editions.begin(first.article, by=by)
    live = publishing.publish(approve(editions.begin(first.article, by=by)), by=system)
    draft = Edition.objects.select_related("article").get(pk=draft.pk)
    inviting.invite(draft, by=system, name="Ida Brandt", days=3)
    for words in ("The ferries", "Pilots"):
        start = draft.text.index(words)
        end = start + len(words)
        made = remarking.remark(draft, start=start, end=end, body="Why?", by=system)
    remarking.resolve(made, by=system)
    silencing.silence(
        draft,
        by=system,
        rule="acronym",
        subject="HMK",
        scope="here",
        reason="Everybody knows it.",
    )
    folder = folders.make("Of the strait", by=by)
    folders.change(folder, "Of the strait", by=by, desk=by.desks.get())
    return Stock(
        folder=folder,
        draft=draft,
        reviewed=reviewed,
        approved=approved,
        rushed=publishing.publish(
            plain("In haste"), by=system, unreviewed_reason="It burns."
        ),
        scheduled=scheduled,
        live=live,
        behind=behind,
        attached=attached,
        spare=make_asset("quay.mp3", b"Gulls.", by=by, desk=by.desks.get()),
        binned_statement=binning.put(plain("Not wanted").article, by=system).pk,
        binned_draft=binning.put_edition(
            editions.begin(first.article, by=by), by=system
        ).pk,
        suggestion=suggesting.suggest(draft).quotes[0].key,
    )


def _spare(world: World, system: User, ministry: Organization) -> None:
    body = catalogue.keep(
        ResolutionBody(name="Harbour Council", slug="harbour-council"), by=system
    )
    person = builders.make_person("Zora Quay", by=system)
    rows: list[Any] = [
        Kind(name="Reading", slug="reading"),
        Tag(name="Gulls", slug="gulls"),
        Organization(name="Harbour Board"),
        ResolutionBody(name="Pier Council", slug="pier-council"),
        Resolution(body=body, symbol="HC/1", adopted_on=dt.date(2020, 1, 1)),
        Spokesperson(name="Zita Quay"),
        Appointment(
            person=person,
            post=builders.make_post("Harbour master", ministry, by=system),
            starts_on=dt.date(2024, 1, 1),
        ),
    ]
    for row in rows:
        world.spares[row._meta.model_name] = catalogue.keep(row, by=system)
    world.spares["post"] = builders.make_post("Envoy", ministry, by=system)
    world.spares["resolutionalias"] = catalogue.keep(
        ResolutionAlias(resolution=Resolution.objects.get(symbol="HC/1"), name="One"),
        by=system,
    )
    world.hosts = {
        "spokesperson": person,
        "organization": builders.make_organization("Tide Office", by=system),
        "resolution": catalogue.keep(
            Resolution(body=body, symbol="HC/2", adopted_on=dt.date(2021, 1, 1)),
            by=system,
        ),
    }
    for beside in (
        OtherName(person=person, name="Z. Quay"),
        Identifier(person=person, scheme="pier", identifier="6"),
        OtherName(organization=world.hosts["organization"], name="The Tides"),
        ResolutionAlias(resolution=world.hosts["resolution"], name="Two"),
        ResolutionRelation(
            resolution=world.hosts["resolution"],
            other=world.spares["resolution"],
            kind=ResolutionRelation.Kind.AMENDS,
        ),
    ):
        catalogue.keep(beside, by=system)
    # Shown by hand, so that showing and hiding both change the row.
    catalogue.list_publicly(
        [row for row in world.spares.values() if hasattr(row, "listed_at")], by=system
    )
    world.spares |= {
        "source": Source.objects.create(title="Briefing of March"),
        "desk": Desk.objects.create(name="Harbour"),
        "user": builders.make_user("ulf"),
        "group": Group.objects.create(name="Helpers"),
        "formeraddress": FormerAddress.objects.create(
            path="/organizations/tides/", organization=world.hosts["organization"]
        ),
        "audit": Audit.objects.earliest("pk"),
    }
    assert Article.objects.filter(desk=world.desk).exists()

"""Let somebody without an account read one edition, and ask an official for clearance.

The token is in the address alone; kept is its SHA-256, so that whoever reads the
database cannot open what it leads to. An answer is of exactly the text that was read:
any change afterwards voids it, and the official may be asked again by the same link.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Prefetch

from statements.models import (
    Clearance,
    Edition,
    Notice,
    PreviewLink,
    User,
    acting,
)

from . import notices, verbs

#: For how many days a link may lead somewhere.
DAYS = (1, 3, 7, 14, 30)
#: Links of one edition that are open at a time.
MOST = 50
#: A remark is a remark.
LONGEST = 5_000


@dataclass(frozen=True)
class Invitation:
    """A link with its token, which is told once and kept nowhere."""

    link: PreviewLink
    token: str


def invite(
    edition: Edition, *, by: User, name: str, days: int, asks: bool = False
) -> Invitation:
    """Make a link to one edition, for one person, that ends by itself.

    Raises verbs.Unusable with what to do instead.
    """
    verbs.demand(by, "approve_edition", "You may not show drafts to outsiders.")
    name = " ".join(name.split())
    if not name:
        raise verbs.Unusable("Say who the link is for.")
    if len(name) > 120:
        raise verbs.Unusable("The name has more than 120 characters. Shorten it.")
    if days not in DAYS:
        raise verbs.Unusable(f"A link lasts {', '.join(map(str, DAYS))} days.")
    token = secrets.token_urlsafe(32)
    with acting(by):
        verbs.lock([edition.article_id])
        fresh = Edition.objects.get(pk=edition.pk)
        now = verbs.clock()
        if fresh.published_at is not None and fresh.published_at <= now:
            raise verbs.Unusable(
                "The edition is out: send the address of the statement."
            )
        open_links = PreviewLink.objects.filter(
            edition=fresh, revoked_at=None, expires_at__gt=now
        )
        if open_links.count() >= MOST:
            raise verbs.Unusable(f"{MOST} links are open already. Revoke some first.")
        link = PreviewLink.objects.create(
            edition=fresh,
            name=name,
            asks=asks,
            token_sha256=digest_of(token),
            created_at=now,
            created_by=by,
            expires_at=now + dt.timedelta(days=days),
        )
    return Invitation(link, token)


def revoke(link: PreviewLink, *, by: User) -> None:
    """End a link now; what was answered by it stays."""
    verbs.demand(by, "approve_edition", "You may not revoke links.")
    with acting(by):
        PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(
            revoked_at=verbs.clock(), revoked_by=by
        )


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str) -> PreviewLink | None:
    """The link of a token while it leads somewhere, with its edition and article."""
    link = (
        PreviewLink.objects.filter(token_sha256=digest_of(token))
        # What is in the bin leads nowhere until it is taken out.
        .filter(edition__in=Edition.objects.outside_bin().values("pk"))
        .select_related(
            "edition__article__kind", "edition__article__issuer", "created_by"
        )
        .defer("edition__record")
        .first()
    )
    return link if link is not None and link.open_at(verbs.clock()) else None


def ended_by_readers(link: PreviewLink, now: dt.datetime) -> bool:
    """Whether readers had the edition since, or the statement was withdrawn from them.

    A link made after a withdrawal, to clear what comes next, still leads there.
    """
    if link.edition.out_at(now):
        return True
    withdrawn = Edition.objects.filter(
        article=link.edition.article_id,
        withdrawn_at__lte=now,
        withdrawn_at__gte=link.created_at,
    )
    return withdrawn.exists()


def note_opened(link: PreviewLink) -> None:
    """Remember when a link was first opened: who waits for an answer may know."""
    if link.opened_at is None:
        with acting(User.objects.system(), f"Opened by {link.name}"):
            PreviewLink.objects.filter(pk=link.pk, opened_at=None).update(
                opened_at=verbs.clock()
            )


def current_digest(edition: int) -> str:
    """The digest of what stands in an edition now: what an answer is bound to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.edition_digest(%s)", [edition])
        (digest,) = cursor.fetchone()
    return str(digest)


def answer(
    link: PreviewLink, *, answer: str, remark: str = "", digest: str
) -> Clearance:
    """Take down what an official says of the text that bears ``digest``.

    Raises verbs.Unusable when the text was changed since the page was drawn, or an
    objection gives no reason.
    """
    if answer not in Clearance.Answer.values:
        raise verbs.Unusable("Choose whether you approve or object.")
    remark = remark.strip()
    if len(remark) > LONGEST:
        raise verbs.Unusable("The remark is too long. Shorten it to 5,000 characters.")
    if answer == Clearance.Answer.OBJECT and not remark:
        raise verbs.Unusable("Say what you object to, so that it can be changed.")
    system = User.objects.system()
    with acting(system, f"Clearance by {link.name}"):
        verbs.lock([link.edition.article_id])
        fresh = PreviewLink.objects.select_related("edition__article").get(pk=link.pk)
        if not fresh.asks or not fresh.open_at(verbs.clock()):
            raise verbs.Unusable("This link does not ask for an answer any more.")
        if digest != current_digest(fresh.edition_id):
            raise verbs.Unusable(
                "The text was changed while you read it. It stands below as it is now: "
                "read it again, and answer then."
            )
        given = Clearance.objects.create(
            link=fresh, answer=answer, remark=remark, digest=digest
        )
        notices.tell(
            Notice.ANSWERED, fresh.edition, by=system, also=[fresh.created_by_id]
        )
        return given


@dataclass(frozen=True)
class Standing:
    """A link as its desk sees it, with what was answered last and whether it holds."""

    link: PreviewLink
    open: bool
    answer: Clearance | None
    void: bool

    @property
    def waits(self) -> bool:
        """Whether an answer is missing, or is an objection to the text as it stands."""
        if self.answer is None or self.void:
            return self.open
        return self.answer.answer == Clearance.Answer.OBJECT


def links_of(edition: Edition, now: dt.datetime) -> list[Standing]:
    """The links of an edition, newest first. Two queries, and one for the digest."""
    links: Iterable[PreviewLink] = (
        PreviewLink.objects.filter(edition=edition)
        .select_related("created_by", "revoked_by")
        .prefetch_related(Prefetch("answers", Clearance.objects.order_by("-pk")))
    )
    found = []
    digest = ""
    for link in links:
        last = next(iter(link.answers.all()), None)
        if last is not None and not digest:
            digest = current_digest(edition.pk)
        void = last is not None and last.digest != digest
        found.append(Standing(link, link.open_at(now), last, void))
    return found

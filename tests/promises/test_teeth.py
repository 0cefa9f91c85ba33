"""What noticed nothing while a guard was missing: found by ``make drill-mutants``.

Each test here fails as soon as one guard of the program is taken away which no other
test would miss.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from statements.admin.site import waiting
from statements.editorial import (
    catalogue,
    editions,
    intake,
    loading,
    media,
    portraits,
    publishing,
    quoting,
    reasons,
    verbs,
)
from statements.exchange.popolo import PopoloFile
from statements.models import Article, EditionMedia, Kind, MediaAsset, Quote

from .. import builders

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("static_files_as_they_lie"),
]


@pytest.fixture
def noor(strait_desk):
    """One who belongs to the desk and holds no role."""
    return builders.make_user("noor", desk=strait_desk)


@pytest.fixture
def desk(ready, author, editor, publisher, okafor, resolution, strait_desk):
    """One statement that is worked on, with a quote, a citation and a file."""
    builders.cite(ready, "strait", resolution, by=author)
    asset = MediaAsset.objects.create(
        name="pier.pdf",
        type="document",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        file="aa/nothing",
        desk=strait_desk,
        uploaded_by=author,
    )
    return SimpleNamespace(
        draft=ready,
        article=ready.article,
        asset=asset,
        quote=ready.quotes.get(),
        citation=ready.citations.get(),
        okafor=okafor,
        resolution=resolution,
    )


def revise(desk, by):
    desk.draft.refresh_from_db()
    version = desk.draft.lock_version
    intake.revise(desk.draft, by=by, lock_version=version, title="Another")


#: Every verb that demands a permission, called rightly.
VERBS: dict[str, Callable] = {
    "receive": lambda desk, by: intake.receive(
        intake.Incoming(
            title="Pilots",
            body="The strait was calm.",
            dated=dt.date(2026, 3, 3),
            kind=Kind.objects.get(slug="statement"),
            desk=by.desks.first(),
        ),
        by=by,
    ),
    "revise": revise,
    "set_address": lambda desk, by: intake.set_address(
        desk.article, by=by, slug="pilots"
    ),
    "begin": lambda desk, by: editions.begin(desk.article, by=by),
    "begin_translation": lambda desk, by: editions.begin_translation(
        desk.article, language="fr", by=by
    ),
    "rebase": lambda desk, by: editions.rebase(desk.draft, by=by),
    "attach": lambda desk, by: editions.attach(desk.draft, desk.asset, by=by),
    "detach_media": lambda desk, by: editions.detach_media(
        EditionMedia(edition=desk.draft, asset=desk.asset), by=by
    ),
    "upload": lambda desk, by: media.upload(
        ContentFile(b"%PDF-1.4\n", "pier.pdf"), by=by
    ),
    "describe": lambda desk, by: media.describe(
        desk.asset, by=by, credit="Pool", desk=desk.asset.desk
    ),
    "accept": lambda desk, by: quoting.accept(desk.draft, by=by),
    "confirm": lambda desk, by: quoting.confirm([desk.quote], by=by),
    "reattribute": lambda desk, by: quoting.reattribute(
        desk.quote, by=by, speaker=quoting.Speaker(person=desk.okafor)
    ),
    "reject": lambda desk, by: quoting.reject(desk.draft, by=by),
    "remove": lambda desk, by: quoting.remove(desk.quote, by=by),
    "remove_citation": lambda desk, by: quoting.remove_citation(desk.citation, by=by),
    "submit": lambda desk, by: publishing.submit(desk.draft, by=by),
    "send_back": lambda desk, by: publishing.send_back(desk.draft, by=by),
    "approve": lambda desk, by: publishing.approve(desk.draft, by=by),
    "publish": lambda desk, by: publishing.publish(desk.draft, by=by),
    "unschedule": lambda desk, by: publishing.unschedule(desk.draft, by=by),
    "withdraw": lambda desk, by: publishing.withdraw(
        desk.article, by=by, reason="error", note="A date."
    ),
    "discard": lambda desk, by: publishing.discard(desk.article, by=by),
    "discard_edition": lambda desk, by: publishing.discard_edition(desk.draft, by=by),
    "waive": lambda desk, by: reasons.waive(
        desk.draft, by=by, rule="suggestions", reason="In haste."
    ),
    "new_speaker": lambda desk, by: catalogue.new_speaker(
        "Jonas Berg", on=dt.date(2026, 3, 2), by=by
    ),
    "resolution_of": lambda desk, by: catalogue.resolution_of(
        "S/RES/1325 (2000)", body="un-sc", by=by
    ),
    "merge": lambda desk, by: catalogue.merge(
        builders.make_person("Ilse Okafor-Berg", by=by), desk.okafor, by=by
    ),
    "show a portrait": lambda desk, by: portraits.show(
        desk.okafor, by=by, alt="Okafor", credit="Pool"
    ),
    "remove a portrait": lambda desk, by: portraits.remove(desk.okafor, by=by),
    "load_people": lambda desk, by: loading.load_people(
        PopoloFile((), (), (), ()), by=by
    ),
    "load_resolutions": lambda desk, by: loading.load_resolutions([], by=by),
}


def test_every_verb_refuses_who_holds_no_role(desk, noor, subtests):
    for name, verb in VERBS.items():
        with (
            subtests.test(name),
            pytest.raises(PermissionDenied),
            transaction.atomic(),
        ):
            verb(desk, noor)


#: The buttons of a statement's pages, as (page, what the button sends, role).
BUTTONS = [
    *[
        ("quotes", action, "Auditor")
        for action in (
            "decide",
            "safe",
            "confirm",
            "confirm_all",
            "speaker",
            "remove",
            "quote",
            "cite",
            "uncite",
        )
    ],
    ("check", "waive", "Author"),
    ("review", "return", "Author"),
    ("publish", "publish", "Author"),
    ("publish", "withdraw", "Author"),
]


def address(edition, step: str) -> str:
    return reverse(
        "admin:statements_article_step",
        args=[edition.article_id, edition.number, step],
    )


def test_a_forged_button_is_refused_before_its_form_is_read(
    desk, client, strait_desk, subtests
):
    """Told that the form is wrong, one would mend it and try again."""
    for role in dict.fromkeys(role for *_, role in BUTTONS):
        client.force_login(builders.make_user(role.lower(), role, desk=strait_desk))
        for step, action in [each[:2] for each in BUTTONS if each[2] == role]:
            forged = {"action": action, "token": "0" * 32, "reason": "no such"}
            with subtests.test(action):
                answer = client.post(address(desk.draft, step), forged)
                assert answer.status_code == 403


def offered(client, edition, step: str) -> set[str]:
    """What the buttons of a page send."""
    page = client.get(address(edition, step)).content.decode()
    return set(re.findall(r'name="action" value="(\w+)"', page))


STEPS = ("write", "quotes", "check", "review", "publish", "files")


def submitted(desk, editor, publisher):
    publishing.submit(desk.draft, by=publisher)


def approved(desk, editor, publisher):
    submitted(desk, editor, publisher)
    publishing.approve(desk.draft, by=editor)


def scheduled(desk, editor, publisher):
    approved(desk, editor, publisher)
    hour = verbs.clock().replace(second=0, microsecond=0) + dt.timedelta(hours=1)
    publishing.publish(desk.draft, by=publisher, at=hour)


def out(desk, editor, publisher):
    approved(desk, editor, publisher)
    publishing.publish(desk.draft, by=publisher)


def corrected(desk, editor, publisher):
    out(desk, editor, publisher)
    desk.draft = editions.begin(desk.article, by=publisher)


@pytest.mark.parametrize(
    "stage", [None, submitted, approved, scheduled, out, corrected]
)
def test_who_only_reads_is_offered_no_button(
    desk, client, editor, publisher, administrator, stage
):
    if stage is not None:
        stage(desk, editor, publisher)
    ilja = builders.make_user("ilja", "Auditor")

    client.force_login(ilja)
    assert {step: offered(client, desk.draft, step) for step in STEPS} == {
        step: set() for step in STEPS
    }
    client.force_login(administrator)
    assert any(offered(client, desk.draft, step) for step in STEPS)


def test_who_may_not_publish_is_not_asked_for_a_reason_to_publish_unreviewed(
    desk, client, publisher, administrator
):
    client.force_login(publisher)
    assert "unreviewed_reason" not in page_of(client, desk.draft, "publish")
    client.force_login(administrator)
    assert "unreviewed_reason" in page_of(client, desk.draft, "publish")


def page_of(client, edition, step: str) -> str:
    return client.get(address(edition, step)).content.decode()


def test_only_who_adds_people_is_offered_somebody_new(draft, client, author, editor):
    client.force_login(author)
    assert "Somebody new" not in page_of(client, draft, "quotes")
    client.force_login(editor)
    assert "Somebody new" in page_of(client, draft, "quotes")


def test_only_who_adds_people_is_offered_somebody_new_for_a_quote(
    desk, client, author, editor
):
    client.force_login(author)
    assert "Somebody new" not in page_of(client, desk.draft, "quotes")
    client.force_login(editor)
    assert "Somebody new" in page_of(client, desk.draft, "quotes")


def granted(username: str, *names: str, role: str = "", **fields):
    """One with single permissions, as only a superuser gives them."""
    user = builders.make_user(username, *filter(None, [role]), **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


def test_files_are_never_deleted(desk, client, administrator):
    client.force_login(administrator)
    url = reverse("admin:statements_mediaasset_delete", args=[desk.asset.pk])
    assert client.get(url).status_code == 403


def test_the_desk_counts_only_what_waits_at_ones_own(desk, author, outsider):
    Quote.objects.update(confirmed_at=None, confirmed_by=None)
    Article.objects.update(origin="import")
    assert waiting(outsider) == {"imports": 0, "quotes": 0}
    assert waiting(author) == {"imports": 1, "quotes": 1}


def test_the_desk_alone_opens_no_statement(desk, client, noor, author):
    for user, status in ((noor, 403), (author, 200)):
        client.force_login(user)
        told = {step: client.get(address(desk.draft, step)) for step in STEPS}
        assert {step: answer.status_code for step, answer in told.items()} == (
            dict.fromkeys(STEPS, status)
        )


def test_who_only_reads_is_not_offered_to_follow_the_edition_that_went_out(
    desk, client, author, editor, publisher
):
    out(desk, editor, publisher)
    behind = editions.begin(desk.article, by=author)
    newer = editions.begin(desk.article, by=author)
    builders.review_and_publish(newer, editor=editor, publisher=publisher)
    client.force_login(builders.make_user("ilja", "Auditor"))
    assert offered(client, behind, "check") == set()
    client.force_login(author)
    assert offered(client, behind, "check") == {"rebase"}


def test_a_new_organisation_needs_the_right_to_add_one(desk, client, strait_desk):
    client.force_login(
        granted("noor", "add_spokesperson", role="Author", desk=strait_desk)
    )
    desk.draft.refresh_from_db()
    forged = {
        "action": "quote",
        "token": "0" * 32,
        "lock_version": desk.draft.lock_version,
        "manual-words": "The strait was calm",
        "manual-who": "new",
        "manual-new_organization": "Port Authority",
    }
    assert client.post(address(desk.draft, "quotes"), forged).status_code == 403


@pytest.fixture
def second(desk, author, editor, publisher):
    """A second edition, which readers have instead of the first."""
    out(desk, editor, publisher)
    edition = editions.begin(desk.article, by=author)
    intake.revise(
        edition, by=author, lock_version=edition.lock_version, title="It sailed"
    )
    edition.refresh_from_db()
    return builders.review_and_publish(edition, editor=editor, publisher=publisher)


def test_a_translation_follows_what_readers_have(desk, second, author):
    begun = editions.begin_translation(desk.article, language="fr", by=author)
    assert (begun.translates, begun.title) == (second, "It sailed")


def test_what_is_withdrawn_is_what_readers_have(desk, second, publisher):
    withdrawn = publishing.withdraw(
        desk.article, by=publisher, reason="error", note="A date."
    )
    assert withdrawn == second


def test_who_may_not_add_files_is_not_asked_for_one(desk, client, strait_desk, author):
    client.force_login(
        granted("noor", "view_article", "change_article", desk=strait_desk)
    )
    assert offered(client, desk.draft, "files") == {"attach"}
    client.force_login(author)
    assert offered(client, desk.draft, "files") == {"attach", "upload"}


def test_the_search_of_the_staff_finds_what_is_public(
    desk, client, author, editor, publisher
):
    client.force_login(author)
    words = f"{desk.quote.permalink_id}"
    assert words not in client.get("/staff/quotes/").text
    out(desk, editor, publisher)
    assert words in client.get("/staff/quotes/").text


def test_the_stock_page_deletes_no_statement(desk, client, administrator):
    client.force_login(administrator)
    url = reverse("admin:statements_article_delete", args=[desk.article.pk])
    assert client.post(url, {"post": "yes"}).status_code == 403
    assert client.get(url).status_code == 403


def test_what_nobody_approved_goes_out_only_by_those_who_may_do_that(
    desk, publisher, administrator
):
    with pytest.raises(PermissionDenied):
        publishing.publish(desk.draft, by=publisher, unreviewed_reason="In haste.")
    publishing.publish(desk.draft, by=administrator, unreviewed_reason="In haste.")


def test_a_draft_follows_what_readers_have(desk, author, editor, publisher):
    out(desk, editor, publisher)
    behind = editions.begin(desk.article, by=author)
    newer = editions.begin(desk.article, by=author)
    builders.review_and_publish(newer, editor=editor, publisher=publisher)
    editions.rebase(behind, by=author)
    behind.refresh_from_db()
    assert behind.based_on == newer


def test_a_speaker_is_named_anew_only_by_those_who_may_add_people(
    okafor, editor, author
):
    """Somebody who is known already too."""
    day = dt.date(2026, 3, 2)
    assert catalogue.new_speaker("Ilse Okafor", on=day, by=editor).person == okafor
    with pytest.raises(PermissionDenied):
        catalogue.new_speaker("Ilse Okafor", on=day, by=author)


def test_people_and_offices_are_public_with_the_quote_that_names_them(
    ready, okafor, okafors_office, spokesperson_post, ministry, editor, publisher
):
    rows = [okafor, okafors_office, spokesperson_post, ministry]

    def seen() -> list[bool]:
        return [type(row).objects.public().filter(pk=row.pk).exists() for row in rows]

    assert ready.quotes.get().appointment == okafors_office
    assert seen() == [False] * 4
    builders.review_and_publish(ready, editor=editor, publisher=publisher)
    assert seen() == [True] * 4

"""Class: the page is guarded, and the one beside it is not.

Old editions, histories and previews by the numbers of another desk's rows; actions that
take two things of which one was asked about; lists of rows chosen by hand.
"""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from statements.editorial import editions, intake
from statements.models import Audit, EditionMedia, MediaAsset

from .. import builders
from ..admin.conftest import Colleague, address
from ..admin.test_walls import STEPS
from ..public.hidden import make_asset
from .hidden import body, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(secret, author, strait_desk):
    """One row of each noun that belongs to the other desk's draft."""
    edition = secret.edition
    return {
        "article": edition.article_id,
        "edition": edition.pk,
        "quote": edition.quotes.first().pk,
        "citation": edition.citations.first().pk,
        "permalink": edition.quotes.first().permalink_id,
        "mediaasset": edition.media.get().asset_id,
    }


def test_every_page_of_a_row_is_closed_to_another_desk(rows, secret, outsider, author):
    """Found in the resolver: change, delete, history, and what is to come."""
    odile, amina = Colleague(outsider).client, Colleague(author).client
    names = {
        key
        for key in get_resolver("newsroom.urls").namespace_dict["admin"][1].reverse_dict
        if isinstance(key, str)
    }
    asked = opened = 0
    for noun, pk in rows.items():
        for name in sorted(names):
            if not name.startswith(f"statements_{noun}_"):
                continue
            try:
                url = reverse(f"admin:{name}", args=[pk])
            except NoReverseMatch:
                continue
            for response in (odile.get(url), odile.post(url, {"post": "yes"})):
                assert response.status_code in {403, 404}, url
                assert not told(body(response)), url
                asked += 1
            opened += bool(told(body(amina.get(url, follow=True))))
    assert asked >= 24
    assert opened >= 6


def test_no_edition_old_or_new_is_read_by_its_number(secret, seen, outsider, author):
    """A public statement's later draft is as hidden as a draft of its own."""
    following = editions.begin(seen.article, by=author)
    intake.revise(
        following,
        by=author,
        lock_version=following.lock_version,
        title="Zinnober treaty",
    )
    odile, amina = Colleague(outsider), Colleague(author)
    for number in (0, 1, 2, 3):
        for step in STEPS:
            for pk in (seen.article_id, secret.article.pk):
                url = reverse("admin:statements_article_step", args=[pk, number, step])
                assert not told(body(odile.client.get(url)))
    assert told(amina.page(following, "write"))


def test_a_preview_is_for_the_desk_and_of_the_number_asked(
    secret, seen, outsider, author, client
):
    def preview(who, pk, number):
        url = reverse("admin:statements_article_preview", args=[pk, number])
        return who.get(url)

    amina, odile = Colleague(author).client, Colleague(outsider).client
    mine = builders.make_draft(by=outsider, title="Museums open")
    pk = secret.article.pk
    assert told(body(preview(amina, pk, 1)))
    for who in (odile, client):
        for number in (0, 1, 2):
            response = preview(who, pk, number)
            assert response.status_code in {302, 404}
            assert not told(body(response))
    # Through a statement of one's own, with the other's number.
    editions.begin(seen.article, by=author)
    assert preview(odile, mine.article_id, 1).status_code == 200
    assert preview(odile, mine.article_id, 2).status_code == 404
    response = odile.post(
        reverse("admin:statements_article_preview", args=[mine.article_id, 1]),
        {"edition": secret.edition.pk, "body": "<script>"},
    )
    assert response.status_code == 405


@pytest.mark.parametrize("own_file", [True, False])
@pytest.mark.parametrize("own_statement", [True, False])
def test_a_file_is_attached_only_where_both_are_ones_own(
    secret, outsider, own_file, own_statement
):
    odile = Colleague(outsider)
    mine = builders.make_draft(by=outsider)
    desk = outsider.desks.get()
    asset = (
        make_asset("museum.mp3", by=outsider, desk=desk)
        if own_file
        else secret.edition.media.get().asset
    )
    edition = mine if own_statement else secret.edition
    before = EditionMedia.objects.count()
    response = odile.client.post(
        address(edition, "files"),
        {
            "action": "attach",
            "asset": asset.key,
            "role": "main",
            "alt": "x",
            "lock_version": edition.lock_version,
        },
    )
    allowed = own_file and own_statement
    assert EditionMedia.objects.count() == before + allowed
    assert response.status_code == (302 if allowed else 200 if own_statement else 404)
    assert not told(body(response))


@pytest.mark.parametrize(
    "action", ["confirm", "remove", "speaker", "uncite", "confirm_all", "decide"]
)
def test_a_quote_of_another_statement_is_not_reached_through_ones_own(
    secret, outsider, action, okafor
):
    odile = Colleague(outsider)
    mine = builders.make_draft(by=outsider)
    quote = secret.edition.quotes.first()
    before = Audit.objects.count()
    words = [(q.pk, q.speaker_id, q.confirmed_at) for q in secret.edition.quotes.all()]
    response = odile.client.post(
        address(mine, "quotes"),
        {
            "action": action,
            "lock_version": mine.lock_version,
            "quote": quote.permalink_id,
            "citation": secret.edition.citations.first().pk,
            "speaker": okafor.pk,
        },
    )
    assert response.status_code < 500
    assert not told(body(response))
    after = [(q.pk, q.speaker_id, q.confirmed_at) for q in secret.edition.quotes.all()]
    assert after == words
    assert Audit.objects.filter(table__in=["quote", "citation"]).count() <= before


@pytest.mark.parametrize("stays_may", [True, False])
@pytest.mark.parametrize("goes_may", [True, False])
def test_records_are_merged_only_when_both_are_there(
    steward, okafor, system, stays_may, goes_may
):
    """A record that was merged before is neither side of a merge."""
    other = builders.make_person("I. Okafor", by=system)
    gone = builders.make_person("Ilse O.", by=system)
    from_list = Colleague(steward).client
    url = reverse("admin:statements_spokesperson_changelist")
    stays, goes = (okafor.pk if stays_may else 10**9), (other.pk if goes_may else 10**8)
    from_list.post(
        url,
        {
            "action": "merge",
            "_selected_action": [stays, goes],
            "merging": "1",
            "into": stays,
        },
    )
    other.refresh_from_db()
    gone.refresh_from_db()
    assert (other.merged_into_id == okafor.pk) == (stays_may and goes_may)
    assert gone.merged_into_id is None


def test_a_mixed_choice_touches_and_names_nothing_of_another_desk(
    rows, secret, outsider, administrator
):
    """Every action of every list, with keys of one's own and of another desk's."""
    odile = Colleague(outsider)
    mine = builders.make_draft(by=outsider)
    file = make_asset("museum.mp3", by=outsider, desk=outsider.desks.get())
    own = {"article": mine.article_id, "edition": mine.pk, "mediaasset": file.pk}
    before = Audit.objects.filter(actor=outsider).count()
    asked = 0
    for noun, pk in rows.items():
        if not str(pk).isdecimal():
            continue
        url = reverse(f"admin:statements_{noun}_changelist")
        for action in ("delete_selected", "show", "hide", "merge", "export", "tag"):
            response = odile.client.post(
                url,
                {
                    "action": action,
                    "_selected_action": [own.get(noun, pk), pk],
                    "select_across": "1",
                    "post": "yes",
                },
                follow=True,
            )
            assert response.status_code < 500
            assert not told(body(response)), (noun, action)
            asked += 1
    assert asked == 30
    assert Audit.objects.filter(actor=outsider).count() == before
    assert MediaAsset.objects.filter(pk=rows["mediaasset"]).exists()


def test_what_is_related_to_a_hidden_statement_does_not_name_it(
    secret, seen, outsider, author, okafor, resolution, ministry, pages, client
):
    """From each end of each relation: speaker, resolution, issuer, topic, original."""
    odile = Colleague(outsider).client
    for row in (okafor, resolution, ministry, seen.article):
        noun = row._meta.model_name
        for name in ("change", "history", "delete"):
            url = reverse(f"admin:statements_{noun}_{name}", args=[row.pk])
            assert not told(body(odile.get(url, follow=True))), url
    for page in pages:
        assert not told(body(client.get(page))), page
        assert not told(body(odile.get(page))), page
    assert told(Colleague(author).page(secret.edition, "write"))

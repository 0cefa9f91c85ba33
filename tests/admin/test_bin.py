"""The bin: drafts are put there, out of everybody's way, and taken out again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from statements.editorial import binning, editions, inviting, publishing, verbs
from statements.models import Article, Audit, Binned, DraftBuffer, Edition, Quote

from .. import builders
from .conftest import address

pytestmark = pytest.mark.django_db

LIST = "/admin/statements/article/"


def titles(colleague) -> dict[str, bool]:
    """Where the statement is named: on the desk, in the list, in the bin."""
    return {
        page: "Calm in the strait" in colleague.client.get(page).content.decode()
        for page in ("/admin/", LIST, reverse("admin:statements_article_bin"))
    }


@pytest.fixture
def named(ready) -> Edition:
    Edition.objects.filter(pk=ready.pk).update(title="Calm in the strait")
    ready.refresh_from_db()
    return ready


def test_a_statement_in_the_bin_is_in_no_list_until_it_is_taken_out(
    petra, amina, named, publisher
):
    away = {"/admin/": False, LIST: False, "/admin/statements/article/bin/": True}
    there = {page: not shown for page, shown in away.items()}
    assert titles(amina) == there
    answer = petra.send(named, "publish", "discard")
    assert answer.url == LIST
    assert titles(amina) == away
    binned = Binned.objects.get()
    assert (binned.article_id, binned.edition, binned.by) == (
        named.article_id,
        None,
        publisher,
    )
    assert Audit.objects.filter(table="binned", actor=publisher, op="insert").exists()
    for page in (
        address(named, "write"),
        address(named, "review"),
        reverse("admin:statements_article_preview", args=[named.article_id, 1]),
    ):
        shown = petra.client.get(page).content.decode()
        assert "This statement is in the bin." in shown
        assert "The ferries will sail" not in shown
    # An author may not delete statements, so they may not take one out either.
    shown = amina.page(named, "write")
    assert "Ask somebody who may delete statements to take it out." in shown
    refused = amina.client.post(
        reverse("admin:statements_article_bin"), {"binned": binned.pk}
    )
    assert refused.status_code == 403
    out = petra.client.post(
        reverse("admin:statements_article_bin"), {"binned": binned.pk}, follow=True
    )
    assert "Taken out of the bin." in out.content.decode()
    assert titles(amina) == there
    assert Quote.objects.get().confirmed_at is not None


def test_another_desk_sees_nothing_of_the_bin(petra, outsider, named, client):
    petra.send(named, "publish", "discard")
    client.force_login(outsider)
    bin_ = reverse("admin:statements_article_bin")
    assert "Calm in the strait" not in client.get(bin_).content.decode()
    key = Binned.objects.get().pk
    assert client.post(bin_, {"binned": key}).status_code == 404
    assert client.get(address(named, "write")).status_code == 404


def test_a_draft_of_a_statement_that_is_out_goes_to_the_bin_alone(petra, amina, live):
    petra.send(live, "write", "begin", change="minor", change_note="")
    second = Edition.objects.get(number=2)
    answer = petra.send(second, "publish", "discard_edition")
    assert answer.url == f"{LIST}{live.article_id}/change/"
    assert Binned.objects.get().edition == second
    assert "This draft is in the bin." in amina.page(second, "write")
    assert "Editions:" not in amina.page(live, "write")
    newest = amina.client.get(answer.url)
    assert newest.url == address(live, "write")
    # Who may write may take a draft out.
    amina.client.post(
        reverse("admin:statements_article_bin"), {"binned": Binned.objects.get().pk}
    )
    assert "Editions:" in amina.page(live, "write")


def test_what_was_typed_is_not_lost_when_a_colleague_uses_the_bin(
    amina, named, publisher
):
    form = {
        "action": "save",
        "token": "b" * 32,
        "lock_version": named.lock_version,
        "title": "Calm in the strait",
        "body": "<p>Typed for an hour.</p>",
        "dated": "2026-03-02",
        "kind": named.article.kind_id,
        "language": "en",
        "desk": named.article.desk_id or "",
    }
    kept = {"user": amina.user.pk, "page": "c" * 32, "turn": 1, "edition": named.pk}
    binning.put(named.article, by=publisher)
    answer = amina.client.post(address(named, "write"), form)
    page = answer.content.decode()
    assert "It is in the bin. Take it out of the bin first" in page
    assert "Typed for an hour." in page
    amina.client.post(
        reverse("admin:statements_article_buffers"), kept | {"body": form["body"]}
    )
    own = reverse(
        "admin:statements_article_unsaved", args=[DraftBuffer.objects.get().pk]
    )
    assert amina.client.get(own).status_code == 404
    binning.take_out(Binned.objects.get(), by=publisher)
    assert "Typed for an hour." in amina.client.get(own).content.decode()


def test_nothing_is_done_with_what_is_in_the_bin(
    named, author, editor, publisher, administrator
):
    publishing.submit(named, by=author)
    link = inviting.invite(named, by=editor, name="Legal", days=1, asks=False)
    assert inviting.find(link.token) == link.link
    binned = binning.put(named.article, by=publisher)
    assert inviting.find(link.token) is None
    for verb in (
        lambda: publishing.submit(named, by=author),
        lambda: publishing.approve(named, by=editor),
        lambda: publishing.publish(
            named, by=administrator, unreviewed_reason="Urgent."
        ),
    ):
        with pytest.raises(verbs.InBin):
            verb()
    with pytest.raises(verbs.NotReady, match="in the bin already"):
        binning.put(named.article, by=publisher)
    binning.take_out(binned, by=publisher)
    assert publishing.approve(named, by=editor).approved_at is not None


def test_the_database_itself_keeps_the_bin_and_readers_apart(live, publisher, editor):
    now = timezone.now()
    refused = "What is or was scheduled or public has no bin."
    with pytest.raises(IntegrityError, match=refused), transaction.atomic():
        Binned.objects.create(article=live.article, by=publisher)
    with pytest.raises(IntegrityError, match="Only a draft"), transaction.atomic():
        Binned.objects.create(article=live.article, edition=live, by=publisher)
    other = builders.make_draft(by=publisher, title="Another")
    with pytest.raises(IntegrityError, match="Only a draft"), transaction.atomic():
        Binned.objects.create(article=live.article, edition=other, by=publisher)
    Binned.objects.create(article=other.article, by=publisher)
    row = Edition.objects.filter(pk=other.pk)
    refused = "neither submitted nor published"
    row.update(unreviewed_reason="Urgent.")
    for step, beside in (
        ("submitted", {}),
        ("approved", {"approved_digest": "x" * 64}),
        ("published", {}),
    ):
        moment = {f"{step}_at": now, f"{step}_by": editor}
        with pytest.raises(IntegrityError, match=refused), transaction.atomic():
            row.update(**moment, **beside)
    Binned.objects.all().delete()
    row.update(submitted_at=now, submitted_by=publisher)


def test_housekeeping_deletes_after_thirty_days(live, publisher, author, system):
    kept = builders.make_draft(by=author, title="Kept")
    old = builders.make_draft(by=author, title="Old")
    from_live = editions.begin(live.article, by=publisher)
    hour = dt.timedelta(hours=1)
    for article, edition, age in (
        (kept.article, None, dt.timedelta(days=30) - hour),
        (old.article, None, dt.timedelta(days=30) + hour),
        (live.article, from_live, dt.timedelta(days=30) + hour),
    ):
        Binned.objects.create(
            article=article, edition=edition, by=publisher, at=timezone.now() - age
        )
    assert binning.empty(by=system) == 2
    assert binning.empty(by=system) == 0
    assert {article.pk for article in Article.objects.all()} == {
        live.article_id,
        kept.article_id,
    }
    assert set(Edition.objects.values_list("pk", flat=True)) == {live.pk, kept.pk}
    assert Audit.objects.filter(
        table="article", op="delete", reason="Thirty days in the bin"
    ).exists()

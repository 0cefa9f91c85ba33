"""Outsiders read one edition by a link, and an official's answer is of one text."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from PIL import Image

from statements.editorial import (
    editions,
    intake,
    inviting,
    media,
    publishing,
    redacting,
    verbs,
)
from statements.models import Audit, Clearance, Edition, PreviewLink

from .. import builders
from .conftest import address, hidden

pytestmark = pytest.mark.django_db

GUEST = "Ida Brandt, Cabinet Office"


@pytest.fixture
def picture(author, strait_desk):
    held = BytesIO()
    Image.new("RGB", (3, 2)).save(held, "PNG")
    return media.upload(
        SimpleUploadedFile("quay.png", held.getvalue()), by=author, desk=strait_desk
    )


def made(edgar, edition, **fields) -> str:
    """The path of a link that Edgar makes on the page."""
    response = edgar.send(
        edition, "review", "invite", **({"guest": GUEST, "days": "3"} | fields)
    )
    page = response.content.decode()
    found = re.search(r'id="made"[^>]* value="([^"]+)"', page)
    assert found, page
    return found[1].removeprefix("http://localhost:8000")


def opened(path: str):
    return Client().get(path)


def test_a_link_opens_one_edition_to_somebody_without_an_account(edgar, ready, live):
    later = editions.begin(live.article, by=edgar.user)
    path = made(edgar, later)
    response = opened(path)
    page = response.content.decode()
    assert response.status_code == 200
    assert later.title in page
    assert GUEST in page
    assert "noindex" in page
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response.cookies == {}
    # What it leads to is this edition, and nothing else of the desk.
    assert opened(address(later, "write")).status_code == 302


def test_the_token_is_kept_nowhere(edgar, draft):
    path = made(edgar, draft)
    token = path.split("/")[2]
    assert len(token) == 43
    link = PreviewLink.objects.get()
    assert link.token_sha256 == hashlib.sha256(token.encode()).hexdigest()
    kept = str(list(Audit.objects.values_list("changes", "reason")))
    assert link.token_sha256 in kept
    assert token not in kept
    assert token not in edgar.page(draft, "review")


def test_a_link_ends_by_itself_by_revocation_and_never_was(edgar, draft, monkeypatch):
    path = made(edgar, draft)
    token = path.split("/")[2]
    assert opened(path).status_code == 200
    never = opened(path.replace(token, token[::-1]))
    later = verbs.clock() + dt.timedelta(days=3)
    with monkeypatch.context() as patch:
        patch.setattr(verbs, "clock", lambda: later)
        ended = opened(path)
    link = PreviewLink.objects.get()
    page = edgar.page(draft, "review")
    assert "opened" in page
    edgar.send(draft, "review", "revoke", link=link.pk)
    revoked = opened(path)
    for response in (never, ended, revoked):
        assert response.status_code == 404
        assert draft.title not in response.content.decode()
    bodies = {
        re.sub(r"preview/[^/]+/|nonce=\"[^\"]+\"", "", r.content.decode())
        for r in (never, ended, revoked)
    }
    assert len(bodies) == 1
    assert f"revoked {PreviewLink.objects.get().revoked_at:%-d %B}" in edgar.page(
        draft, "review"
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"guest": "  "}, "Say who the link is for"),
        ({"guest": "x" * 121}, "more than 120 characters"),
        ({"days": "400"}, "Select a valid choice"),
    ],
)
def test_a_link_that_cannot_be_made_says_why(edgar, draft, fields, sentence):
    response = edgar.send(
        draft, "review", "invite", **({"guest": GUEST, "days": "3"} | fields)
    )
    assert sentence in response.content.decode()
    assert not PreviewLink.objects.exists()


def test_authors_may_not_show_drafts_to_outsiders(amina, edgar, draft):
    assert "Make a link" not in amina.page(draft, "review")
    form = {"guest": GUEST, "days": "3"}
    assert amina.send(draft, "review", "invite", **form).status_code == 403
    made(edgar, draft)
    link = PreviewLink.objects.get()
    refused = amina.send(draft, "review", "revoke", link=link.pk)
    assert refused.status_code == 403
    assert PreviewLink.objects.get().revoked_at is None


def test_of_what_is_out_the_address_is_sent(edgar, live):
    assert "Make a link" not in edgar.page(live, "review")
    response = edgar.send(live, "review", "invite", guest=GUEST, days="3")
    assert "send the address of the statement" in response.content.decode()


def test_files_come_by_the_link_and_only_those_of_the_edition(
    edgar, amina, draft, picture, author
):
    editions.attach(draft, picture, by=author, role="main", alt="The quay")
    other = builders.make_draft(by=author, title="Another text")
    path, others = made(edgar, draft), made(edgar, other)
    assert opened(picture.get_absolute_url()).status_code == 404
    page = opened(path).content.decode()
    (inside,) = re.findall(r'src="(/preview/[^"]+)"', page)
    assert inside.startswith(path)
    file = opened(inside)
    assert (file.status_code, file["Content-Type"]) == (200, "image/png")
    assert file["Cache-Control"] == "private, no-store"
    assert b"".join(file.streaming_content)[:4] == b"\x89PNG"
    assert opened(inside.replace(path, others)).status_code == 404
    PreviewLink.objects.update(revoked_at=verbs.clock(), revoked_by=edgar.user)
    assert opened(inside).status_code == 404


def answer(path: str, **fields):
    guest = Client()
    page = guest.get(path).content.decode()
    return guest.post(path, {"digest": hidden(page, "digest")} | fields)


def test_an_official_approves_and_a_change_voids_it(edgar, amina, draft):
    path = made(edgar, draft, asks="on")
    assert "You are asked for clearance" in opened(path).content.decode()
    response = answer(path, answer="approve", remark="No objection.")
    assert (response.status_code, response["Location"]) == (302, path)
    given = Clearance.objects.get()
    assert given.digest == inviting.current_digest(draft.pk)
    assert "approves" in opened(path).content.decode()
    page = edgar.page(draft, "review")
    assert "Approves</span>" in page
    assert "No objection." in page
    assert Audit.objects.filter(reason=f"Clearance by {GUEST}").exists()

    amina.write(draft, body="<p>The strait was rough.</p>")
    assert "Approves, void</span>" in edgar.page(draft, "review")
    page = opened(path).content.decode()
    assert "no longer holds" in page
    assert answer(path, answer="object", remark="It was calm.").status_code == 302
    page = edgar.page(draft, "review")
    assert "Objects</span>" in page
    assert "It was calm." in page


def test_an_answer_is_refused_with_a_sentence_and_keeps_what_was_typed(
    edgar, amina, draft
):
    path = made(edgar, draft, asks="on")
    refused = answer(path, answer="object", remark=" ")
    assert refused.status_code == 409
    assert "Say what you object to" in refused.content.decode()
    refused = answer(path, answer="", remark="Hm & <b>")
    assert "Choose whether you approve or object." in refused.content.decode()
    assert "Hm &amp; &lt;b&gt;" in refused.content.decode()
    # Somebody saves while the page is read.
    guest = Client()
    page = guest.get(path).content.decode()
    amina.write(draft, summary="At nine.")
    late = guest.post(
        path,
        {"digest": hidden(page, "digest"), "answer": "approve", "remark": "Fine."},
    )
    assert late.status_code == 409
    assert "changed while you read it" in late.content.decode()
    assert "Fine." in late.content.decode()
    assert not Clearance.objects.exists()


def test_an_official_is_spoken_to_in_the_language_of_the_site(edgar, draft):
    path = made(edgar, draft, asks="on")
    with translation.override("ar"):
        page = opened(path).content.decode()
        refused = answer(path, answer="object", remark=" ").content.decode()
    notice = page[page.index("notice preview") :]
    assert "You are asked" not in notice
    assert "موافقتك مطلوبة" in notice
    assert "Send the answer" not in notice
    assert "اذكر ما تعترض عليه كي يمكن تغييره." in refused


def test_a_link_that_only_shows_takes_no_answer(edgar, draft):
    path = made(edgar, draft)
    assert "Clearance" not in opened(path).content.decode()
    refused = Client().post(
        path, {"digest": inviting.current_digest(draft.pk), "answer": "approve"}
    )
    assert refused.status_code == 409
    assert not Clearance.objects.exists()


def test_the_database_holds_answers_to_their_text(edgar, amina, draft):
    made(edgar, draft, asks="on")
    link = PreviewLink.objects.get()
    digest = inviting.current_digest(draft.pk)
    given = Clearance.objects.create(link=link, answer="approve", digest=digest)
    tries = [
        lambda: Clearance.objects.create(link=link, answer="approve", digest="0" * 64),
        lambda: Clearance.objects.create(link=link, answer="object", digest=digest),
        lambda: Clearance.objects.filter(pk=given.pk).update(answer="object"),
        lambda: PreviewLink.objects.update(edition=builders.make_draft(by=amina.user)),
        lambda: PreviewLink.objects.update(asks=False),
        lambda: PreviewLink.objects.update(expires_at=verbs.clock()),
    ]
    for attempt in tries:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    PreviewLink.objects.update(revoked_at=verbs.clock(), revoked_by=edgar.user)
    with pytest.raises(DatabaseError), transaction.atomic():
        Clearance.objects.create(link=link, answer="approve", digest=digest)
    with pytest.raises(DatabaseError), transaction.atomic():
        PreviewLink.objects.update(revoked_at=None, revoked_by=None)


def test_a_draft_goes_with_its_links_and_a_published_ones_answers_stay(
    edgar, petra, ready, administrator, author
):
    other = builders.make_draft(by=author, title="Never out")
    for edition in (ready, other):
        path = made(edgar, edition, asks="on")
        assert answer(path, answer="approve").status_code == 302
    publishing.discard(other.article, by=administrator)
    builders.review_and_publish(ready, editor=edgar.user, publisher=petra.user)
    (left,) = Clearance.objects.all()
    assert left.link.edition == ready
    assert "Approves</span>" in edgar.page(ready, "review")
    with pytest.raises(DatabaseError), transaction.atomic():
        left.delete()


def test_words_removed_by_law_go_from_answers_too(edgar, petra, ready, administrator):
    path = made(edgar, ready, asks="on", guest="Ida of the Zqxjkvbureau")
    answer(path, answer="object", remark="Not the zqxjkvword.")
    live = builders.review_and_publish(ready, editor=edgar.user, publisher=petra.user)
    redacting.redact(live.article, by=administrator, reason="Order 12/26")
    with connection.cursor() as cursor:
        for table in ("preview_link", "clearance", "audit"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ~* 'zqxjkv'")
            assert cursor.fetchone() == (0,), table


def test_a_page_of_links_costs_the_same_for_one_and_many(
    edgar, draft, django_assert_max_num_queries
):
    for _ in range(6):
        made(edgar, draft, asks="on")
    with django_assert_max_num_queries(32):
        edgar.page(draft, "review")


def test_links_have_no_address_among_readers():
    assert reverse("preview", args=["a" * 43], urlconf="newsroom.urls")
    with pytest.raises(NoReverseMatch):
        reverse("preview", args=["a" * 43], urlconf="newsroom.urls_public")


def test_an_approved_answer_survives_publication_unchanged(edgar, petra, ready):
    path = made(edgar, ready, asks="on")
    answer(path, answer="approve")
    live = builders.review_and_publish(ready, editor=edgar.user, publisher=petra.user)
    standing = inviting.links_of(live, verbs.clock())
    assert [each.void for each in standing] == [False]
    assert Edition.objects.get(pk=live.pk).digest
    assert opened(path)["Location"] == live.article.get_absolute_url()


def test_the_edition_is_shown_as_it_stands_at_that_hour(edgar, amina, draft, author):
    path = made(edgar, draft)
    fresh = Edition.objects.get(pk=draft.pk)
    intake.revise(
        fresh, by=author, lock_version=fresh.lock_version, title="A title made later"
    )
    assert "A title made later" in opened(path).content.decode()


def test_an_answer_needs_no_cookie_and_no_origin(edgar, draft):
    """A browser that sends no referrer sends ``Origin: null`` with a form."""
    path = made(edgar, draft, asks="on")
    guest = Client(enforce_csrf_checks=True)
    page = guest.get(path).content.decode()
    assert guest.cookies == {}
    answer = guest.post(
        path,
        {"answer": "approve", "remark": "", "digest": hidden(page, "digest")},
        headers={"Origin": "null"},
    )
    assert (answer.status_code, answer["Location"]) == (302, path)
    assert Clearance.objects.get().answer == "approve"


def test_once_it_went_out_a_link_leads_to_what_readers_have(
    edgar, ready, editor, publisher
):
    path = made(edgar, ready, asks="on")
    digest = hidden(opened(path).content.decode(), "digest")
    builders.review_and_publish(ready, editor=editor, publisher=publisher)
    answer = opened(path)
    assert answer.status_code == 302
    assert answer["Location"] == ready.article.get_absolute_url()
    assert answer["Cache-Control"] == "private, no-store"
    late = Client().post(
        path, {"answer": "object", "remark": "Name the quay.", "digest": digest}
    )
    assert late.status_code == 409
    assert "Your answer came too late" in late.text
    assert "Name the quay." in late.text
    assert not Clearance.objects.exists()
    publishing.withdraw(
        ready.article, by=publisher, reason="error", note="Another harbour."
    )
    gone = opened(path)
    assert gone.status_code == 410
    assert ready.text[:30] not in gone.content.decode()
    assert "This statement has been withdrawn." in gone.content.decode()


def test_a_withdrawal_ends_links_to_drafts_that_followed(edgar, petra, live):
    draft = editions.begin(live.article, by=edgar.user)
    path = made(edgar, draft)
    words = live.text[:30]
    assert words in opened(path).text
    publishing.withdraw(
        live.article, by=petra.user, reason="error", note="Another harbour."
    )
    gone = opened(path)
    assert gone.status_code == 410
    assert words not in gone.text
    # One made afterwards is for clearing what comes next.
    assert words in opened(made(edgar, draft)).text


def test_a_guest_is_not_told_what_holds_for_what_is_public(edgar, draft):
    kind = draft.article.kind
    kind.disclaimer = "It may be quoted freely with its date."
    kind.save()
    path = made(edgar, draft)
    for place in (path, f"{path}?screen=frame"):
        page = opened(place)
        assert page.status_code == 200
        assert "quoted freely" not in page.text


def test_publishing_tells_who_was_asked_and_has_not_answered(edgar, petra, draft):
    path = made(edgar, draft, asks="on")
    told = f"{GUEST}, who was asked for clearance, has not answered."
    assert told in petra.page(draft, "publish")
    answer(path, answer="object", remark="Name the quay.")
    page = petra.page(draft, "publish")
    assert told not in page
    assert f"{GUEST} objects: Name the quay." in page

"""My desk: what waits for one person, how much of it, and since when."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from statements.admin.queues import KINDS, SHOWN
from statements.editorial import buffers, publishing, reasons
from statements.models import Edition, Quote, Source, SourceVersion, VerbatimCheck

from .. import builders
from ..editorial.test_correcting import begin
from ..editorial.test_scenarios import in_minutes

pytestmark = pytest.mark.django_db

LIST = reverse("admin:statements_article_changelist")


def desk(colleague, asked: dict | None = None) -> dict[str, tuple[int, list[str]]]:
    """The lists of somebody's first page: title, how many, and the titles shown."""
    page = colleague.client.get("/admin/", asked).content.decode()
    found = {}
    for part in re.findall(r'<section class="queue.*?</section>', page, re.DOTALL):
        head = re.search(r'<h2>(.*?) <span class="queue-count">(\d+)</span>', part)
        if head:
            found[head[1]] = (int(head[2]), re.findall(r"<bdi>(.*?)</bdi>", part))
    return found


def draft(colleague, title: str, body: str = "The strait was calm.") -> Edition:
    return builders.make_draft(by=colleague.user, title=title, body=body)


def test_each_has_what_waits_for_them(amina, edgar, petra, odile):
    text = draft(amina, "Tides")
    assert desk(amina) == desk(edgar) == {"Drafts": (1, ["Tides"])}
    publishing.submit(text, by=amina.user)
    assert desk(amina) == {"With a colleague": (1, ["Tides"])}
    assert desk(edgar) == desk(petra) == {"To review": (1, ["Tides"])}
    publishing.send_back(text, by=edgar.user, remark="Shorter.")
    assert desk(amina) == {"Returned to me": (1, ["Tides"])}
    assert desk(edgar) == {}
    text.refresh_from_db()
    publishing.submit(text, by=amina.user)
    publishing.approve(text, by=edgar.user)
    assert desk(petra) == {"Approved, to publish": (1, ["Tides"])}
    text.refresh_from_db()
    publishing.publish(text, by=petra.user, at=in_minutes(90))
    assert desk(petra) == {"Scheduled": (1, ["Tides"])}
    page = petra.client.get("/admin/").content.decode()
    assert "goes out <time" in page
    assert "Nothing waits in: " in page
    assert desk(odile) == {}
    assert "Nothing waits for you: " in odile.client.get("/admin/").content.decode()


def test_what_one_wrote_oneself_is_not_ones_own_to_review(edgar, amina):
    own = draft(edgar, "Edgar's own")
    publishing.submit(own, by=edgar.user)
    assert desk(edgar) == {"With a colleague": (1, ["Edgar&#x27;s own"])}


def test_the_longest_waiting_stands_first_and_the_whole_is_a_link_away(amina, edgar):
    texts = [draft(amina, f"Notice {number:02}") for number in range(SHOWN + 2)]
    for text in reversed(texts):
        publishing.submit(text, by=amina.user)
    count, shown = desk(edgar)["To review"]
    assert count == SHOWN + 2
    assert shown == [f"Notice {number:02}" for number in range(11, 1, -1)]
    page = edgar.client.get("/admin/").content.decode()
    assert f'href="{LIST}?stage=to_review">All 12' in page
    whole = edgar.client.get(LIST, {"stage": "to_review"}).content.decode()
    assert "12 statements" in whole
    own = amina.client.get(LIST, {"stage": "to_review"}).content.decode()
    assert "Nothing fits." in own


def test_quotes_to_confirm_are_counted_of_ones_own_drafts(amina, edgar, ready):
    assert "Quotes to confirm" not in desk(amina)
    Quote.objects.update(confirmed_at=None, confirmed_by=None)
    assert desk(amina)["Quotes to confirm"] == (1, ["The ferries will sail"])
    assert "1 quote ·" in amina.client.get("/admin/").content.decode()
    assert "Quotes to confirm" not in desk(edgar)


def test_a_draft_stands_once_where_most_is_to_be_done(amina, edgar, live):
    second = begin(live, by=amina.user)
    lone = (1, [second.title])
    assert desk(amina) == desk(edgar) == {"Corrections begun": lone}
    Quote.objects.filter(edition=second).update(confirmed_at=None, confirmed_by=None)
    assert desk(amina) == {"Quotes to confirm": lone}
    assert desk(edgar) == {"Corrections begun": lone}
    # The list of statements has them in both.
    for stage in ("unconfirmed", "correction"):
        page = amina.client.get(LIST, {"stage": stage}).content.decode()
        assert second.title in page
    Edition.objects.filter(pk=second.pk).update(change_note="A pier was misnamed.")
    second.refresh_from_db()
    publishing.submit(second, by=amina.user)
    assert desk(amina) == {"Quotes to confirm": lone}
    assert desk(edgar) == {"To review": lone}
    publishing.send_back(second, by=edgar.user, remark="Which pier?")
    assert desk(amina) == {"Returned to me": lone}


def test_a_correction_that_is_begun_is_due_until_it_is_out(amina, edgar, petra, live):
    second = begin(live, by=amina.user)
    assert desk(edgar)["Corrections begun"] == (1, [second.title])
    Edition.objects.filter(pk=second.pk).update(change_note="A pier was misnamed.")
    builders.review_and_publish(second, editor=edgar.user, publisher=petra.user)
    assert desk(edgar) == {}


def test_a_quote_found_wrong_after_it_went_out_calls_for_a_correction(
    amina, edgar, live, odile
):
    source = Source.objects.create(title="A briefing")
    version = SourceVersion.objects.create(
        source=source, number=1, text="-", sha256="0" * 64
    )
    quote = live.quotes.get()
    check = VerbatimCheck.objects.create(
        quote=quote, version=version, verdict="differs", checker="test", by=edgar.user
    )
    assert desk(amina) == {}
    Quote.objects.filter(pk=quote.pk).update(verdict="differs")
    assert desk(amina) == {"Corrections due": (1, ["The ferries will sail"])}
    assert desk(odile) == {}
    # Judged before it went out, it was published so with a reason.
    VerbatimCheck.objects.filter(pk=check.pk).update(at=live.created_at)
    assert desk(amina) == {}


@pytest.mark.parametrize("own", [True, False])
def test_a_waiver_sets_aside_the_quote_that_it_names_alone(
    amina, edgar, petra, ready, own
):
    quote = ready.quotes.get()
    subject = quote.permalink_id if own else "0000000000"
    reasons.waive(
        ready, by=petra.user, rule="verdict", subject=subject, reason="He misspoke."
    )
    live = builders.review_and_publish(ready, editor=edgar.user, publisher=petra.user)
    source = Source.objects.create(title="A briefing")
    version = SourceVersion.objects.create(
        source=source, number=1, text="-", sha256="0" * 64
    )
    quote = live.quotes.get()
    VerbatimCheck.objects.create(
        quote=quote, version=version, verdict="differs", checker="test", by=edgar.user
    )
    Quote.objects.filter(pk=quote.pk).update(verdict="differs")
    due = {} if own else {"Corrections due": (1, [live.title])}
    assert desk(amina) == due


def test_unsaved_texts_are_offered_to_their_writer_alone(amina, edgar, ready):
    text = draft(amina, "Tides")
    for edition, page in ((text, "a" * 32), (None, "b" * 32)):
        buffers.keep(
            edition, by=amina.user, page=page, turn=1, values={"body": "<p>Typed.</p>"}
        )
    assert desk(amina)["Unsaved texts"] == (2, ["Tides", "Typed."])
    assert "Unsaved texts" not in desk(edgar)
    amina.user.desks.clear()
    assert desk(amina)["Unsaved texts"] == (1, ["Typed."])


def test_the_desk_costs_the_same_for_one_and_many(
    amina, petra, edgar, django_assert_max_num_queries
):
    def seen() -> None:
        with django_assert_max_num_queries(20):
            amina.client.get("/admin/")

    for number in range(3):
        text = draft(amina, f"Notice {number}")
        publishing.submit(draft(amina, f"Tides {number}"), by=amina.user)
        buffers.keep(text, by=amina.user, page=f"{number}" * 32, turn=1, values={})
        seen()


def test_every_list_of_the_desk_is_a_list_of_statements_too(edgar, live):
    page = edgar.client.get(LIST).content.decode()
    for name in KINDS:
        assert f"?stage={name}" in page
        assert edgar.client.get(LIST, {"stage": name}).status_code == 200

"""The life of a statement, walked through moment by moment.

Moments that lie ahead are asked about with ``at``: nothing here waits for a clock.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from statements.editorial import editions, intake, publishing
from statements.editorial.verbs import NotReady
from statements.models import (
    Article,
    Change,
    Edition,
    Organization,
    Post,
    Quote,
    Resolution,
    Spokesperson,
    State,
    Tag,
)

from ..builders import BODY, cite, make_draft, quote_words, review_and_publish

pytestmark = pytest.mark.django_db


def now() -> dt.datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def in_minutes(minutes: int) -> dt.datetime:
    """A whole minute, ``minutes`` or a little more from now."""
    return now().replace(second=0, microsecond=0) + dt.timedelta(minutes=minutes + 1)


def titles(at: dt.datetime | None = None) -> list[str]:
    return [a.live_edition.title for a in Article.objects.published(at)]


def quoted(at: dt.datetime | None = None) -> list[str]:
    return [quote.text for quote in Quote.objects.public(at).newest()]


def correct(
    live, *, by, title="The ferries will sail again", note="A word was missing."
):
    edition = editions.begin(live.article, by=by, change=Change.CORRECTION)
    intake.revise(
        edition,
        by=by,
        lock_version=edition.lock_version,
        title=title,
        change_note=note,
    )
    return edition


def test_a_draft_is_seen_by_nobody(ready):
    assert titles() == []
    assert quoted() == []
    assert ready.state(now()) == State.DRAFT


def test_publishing_shows_the_statement_and_its_quotes_at_once(live):
    assert titles() == ["The ferries will sail"]
    assert quoted() == ["The ferries will sail,"]
    assert live.state(now()) == State.LIVE


def test_publish_for_tomorrow_shows_nothing_today(ready, editor, publisher):
    tomorrow = in_minutes(24 * 60)

    scheduled = review_and_publish(
        ready, editor=editor, publisher=publisher, at=tomorrow
    )

    assert titles() == []
    assert quoted() == []
    assert titles(tomorrow - dt.timedelta(microseconds=1)) == []
    assert titles(tomorrow) == ["The ferries will sail"]
    assert quoted(tomorrow) == ["The ferries will sail,"]
    assert scheduled.state(now()) == State.SCHEDULED
    assert scheduled.state(tomorrow) == State.LIVE


def test_a_catalogue_row_made_for_a_hidden_text_is_hidden_until_its_hour(
    author, editor, publisher, okafor, okafors_office, ministry, resolution
):
    draft = make_draft(
        by=author, body=f"{BODY} It recalls resolution 2417 (2018).", tags=["Strait"]
    )
    quote_words(draft, "The ferries will sail,", by=author, speaker=okafor)
    cite(draft, "2417 (2018)", resolution, by=author)
    hour = in_minutes(60)
    review_and_publish(draft, editor=editor, publisher=publisher, at=hour)
    nouns = {
        Spokesperson: okafor,
        Organization: ministry,
        Post: okafors_office.post,
        type(okafors_office): okafors_office,
        Resolution: resolution,
        Tag: Tag.objects.get(name="Strait"),
    }

    for noun, row in nouns.items():
        assert list(noun.objects.public()) == [], noun
        assert list(noun.objects.public(hour)) == [row], noun


def test_editing_while_live_changes_nothing_for_readers(live, author):
    edition = editions.begin(live.article, by=author)
    intake.revise(
        edition,
        by=author,
        lock_version=0,
        body="Quite another text. Nobody is quoted.",
    )

    assert titles() == ["The ferries will sail"]
    assert quoted() == ["The ferries will sail,"]
    assert edition.number == 2


def test_a_quote_keeps_its_address_in_the_next_edition(live, author, editor, publisher):
    before = live.quotes.get()
    edition = correct(live, by=author)
    review_and_publish(edition, editor=editor, publisher=publisher)

    after = Quote.objects.public().get()
    assert after.edition_id == edition.pk
    assert after.permalink_id == before.permalink_id
    assert after.appointment_id == before.appointment_id


def test_a_scheduled_correction_takes_over_at_its_minute(
    live, author, editor, publisher
):
    hour = in_minutes(60)
    edition = correct(live, by=author)
    review_and_publish(edition, editor=editor, publisher=publisher, at=hour)

    assert titles() == ["The ferries will sail"]
    assert titles(hour - dt.timedelta(seconds=1)) == ["The ferries will sail"]
    assert titles(hour) == ["The ferries will sail again"]
    live.refresh_from_db()
    assert live.superseded_at == hour
    assert live.state(hour) == State.SUPERSEDED


def test_an_urgent_correction_takes_a_scheduled_one_off_and_has_it_rebased(
    live, author, editor, publisher
):
    hour = in_minutes(60)
    long_revision = correct(live, by=author, title="A long revision")
    review_and_publish(long_revision, editor=editor, publisher=publisher, at=hour)
    urgent = correct(live, by=author, title="An urgent correction")

    review_and_publish(urgent, editor=editor, publisher=publisher)

    assert titles() == ["An urgent correction"]
    assert titles(hour) == ["An urgent correction"]
    long_revision.refresh_from_db()
    assert long_revision.published_at is None
    with pytest.raises(NotReady) as refused:
        publishing.publish(long_revision, by=publisher, at=hour)
    assert refused.value.reasons == ["Edition 3 went out since; bring its changes in."]

    editions.rebase(long_revision, by=author)
    review_and_publish(long_revision, editor=editor, publisher=publisher, at=hour)
    assert titles(hour) == ["A long revision"]


def test_unscheduling_leaves_readers_what_they_have(live, author, editor, publisher):
    hour = in_minutes(60)
    edition = correct(live, by=author)
    review_and_publish(edition, editor=editor, publisher=publisher, at=hour)

    publishing.unschedule(edition, by=publisher)

    assert titles(hour) == ["The ferries will sail"]
    live.refresh_from_db()
    assert live.superseded_at is None
    edition.refresh_from_db()
    assert edition.state(now()) == State.APPROVED


def test_unscheduling_takes_off_what_was_built_upon_it(live, author, editor, publisher):
    first, second = in_minutes(60), in_minutes(120)
    edition = correct(live, by=author)
    review_and_publish(edition, editor=editor, publisher=publisher, at=first)
    further = correct(live, by=author, title="Further")
    Edition.objects.filter(pk=further.pk).update(based_on=edition)
    review_and_publish(further, editor=editor, publisher=publisher, at=second)
    assert titles(second) == ["Further"]

    publishing.unschedule(edition, by=publisher)

    assert titles(first) == titles(second) == ["The ferries will sail"]


def test_withdrawing_hides_the_statement_and_says_why(live, publisher):
    publishing.withdraw(
        live.article, by=publisher, reason="error", note="A date was wrong."
    )

    assert titles() == []
    assert quoted() == []
    live.refresh_from_db()
    assert live.state(now()) == State.WITHDRAWN
    assert (live.withdrawn_reason, live.withdrawn_note) == (
        "error",
        "A date was wrong.",
    )


def test_withdrawing_takes_off_what_is_scheduled_or_the_clock_would_publish_again(
    live, author, editor, publisher
):
    hour = in_minutes(60)
    edition = correct(live, by=author)
    review_and_publish(edition, editor=editor, publisher=publisher, at=hour)

    publishing.withdraw(live.article, by=publisher, reason="error", note="Wrong.")

    assert titles() == []
    assert titles(hour) == []


def test_nothing_is_withdrawn_at_the_minute_at_which_it_goes_out(
    live, author, editor, publisher
):
    hour = in_minutes(60)
    edition = correct(live, by=author, title="Mended")
    review_and_publish(edition, editor=editor, publisher=publisher, at=hour)

    with pytest.raises(NotReady) as refused:
        publishing.withdraw(
            live.article, by=publisher, reason="error", note="Wrong.", at=hour
        )

    assert refused.value.reasons == [
        "The statement goes out at that minute. Choose a later one, or take it off the "
        "schedule."
    ]
    assert titles(hour) == ["Mended"]
    publishing.withdraw(
        live.article, by=publisher, reason="error", note="Wrong.", at=in_minutes(61)
    )
    assert titles(hour) == ["Mended"]
    assert titles(in_minutes(61)) == []


def test_a_withdrawal_set_for_later_passes_on_to_a_correction(
    live, author, editor, publisher
):
    hour = in_minutes(60)
    publishing.withdraw(
        live.article, by=publisher, reason="legal", note="The term ends.", at=hour
    )
    edition = correct(live, by=author)
    review_and_publish(edition, editor=editor, publisher=publisher)

    assert titles() == ["The ferries will sail again"]
    assert titles(hour) == []
    edition.refresh_from_db()
    assert (edition.withdrawn_at, edition.withdrawn_note) == (hour, "The term ends.")


def test_republishing_is_a_new_edition_based_on_the_last(
    live, author, editor, publisher
):
    publishing.withdraw(live.article, by=publisher, reason="error", note="Wrong.")

    edition = correct(live, by=author, title="Mended")
    review_and_publish(edition, editor=editor, publisher=publisher)

    assert edition.based_on_id == live.pk
    assert titles() == ["Mended"]
    assert quoted() == ["The ferries will sail,"]


def test_several_drafts_of_one_article_live_side_by_side(
    live, author, editor, publisher
):
    long_revision = correct(live, by=author, title="A long revision")
    comma = correct(live, by=author, title="An urgent comma")
    review_and_publish(comma, editor=editor, publisher=publisher)

    assert titles() == ["An urgent comma"]
    with pytest.raises(NotReady):
        review_and_publish(long_revision, editor=editor, publisher=publisher)
    editions.rebase(long_revision, by=author)
    review_and_publish(long_revision, editor=editor, publisher=publisher)
    assert titles() == ["A long revision"]


def test_a_translation_is_linked_to_the_edition_that_it_translates(live, author):
    edition = editions.begin_translation(live.article, language="ar", by=author)

    assert edition.translates_id == live.pk
    assert edition.article.translation_of_id == live.article_id
    assert edition.article.language == "ar"
    assert titles() == ["The ferries will sail"]
    with pytest.raises(ValueError, match="exists in that language"):
        editions.begin_translation(live.article, language="ar", by=author)


def test_all_reasons_against_publishing_are_given_at_once(draft, author, publisher):
    quote_words(
        draft,
        "The ferries will sail,",
        by=author,
        speaker=draft.article.issuer or _a_ministry(author),
    )
    intake.revise(
        draft,
        by=author,
        lock_version=draft.lock_version,
        body="Quite another text, without those words.",
        change=Change.CORRECTION,
    )

    with pytest.raises(NotReady) as refused:
        publishing.publish(draft, by=publisher)

    assert refused.value.reasons == [
        "Say in a sentence for readers what was corrected.",
        "Nobody has approved it. Ask a colleague to read and approve it.",
        "The words “The ferries will sail,” are gone from the text. Put them back, or "
        "remove the quote.",
    ]
    assert titles() == []


def _a_ministry(user):
    return Organization.objects.create(name="Ministry of Fisheries", slug="fisheries")


def test_open_suggestions_keep_a_statement_from_going_out(draft, editor, publisher):
    publishing.submit(draft, by=publisher)
    publishing.approve(draft, by=editor)

    with pytest.raises(NotReady) as refused:
        publishing.publish(draft, by=publisher)

    assert refused.value.reasons == [
        "Suggestions are open: 1 quote. Accept or reject each."
    ]


def test_what_was_approved_is_what_goes_out(ready, author, editor, publisher):
    publishing.submit(ready, by=author)
    publishing.approve(ready, by=editor)
    intake.revise(
        ready, by=author, lock_version=ready.lock_version, summary="A summary."
    )

    with pytest.raises(NotReady) as refused:
        publishing.publish(ready, by=publisher)

    assert refused.value.reasons == [
        "Nobody has approved it. Ask a colleague to read and approve it."
    ]


def test_nobody_approves_what_they_wrote(ready, author, editor, publisher):
    publishing.submit(ready, by=author)
    intake.revise(ready, by=editor, lock_version=ready.lock_version, summary="Mine.")

    with pytest.raises(NotReady, match="somebody else must approve"):
        publishing.approve(ready, by=editor)


def test_publishing_unreviewed_needs_the_right_and_a_reason(
    ready, publisher, administrator
):
    with pytest.raises(PermissionDenied):
        publishing.publish(ready, by=publisher, unreviewed_reason="It is urgent.")
    publishing.publish(ready, by=administrator, unreviewed_reason="It is urgent.")

    ready.refresh_from_db()
    assert ready.unreviewed_reason == "It is urgent."
    assert titles() == ["The ferries will sail"]


def test_an_hour_is_a_whole_minute_ahead(ready, editor, publisher):
    publishing.submit(ready, by=publisher)
    publishing.approve(ready, by=editor)

    for at, reason in (
        (now() - dt.timedelta(hours=1), "The hour has passed."),
        (in_minutes(5) + dt.timedelta(seconds=3), "Choose a whole minute."),
    ):
        with pytest.raises(NotReady, match=reason):
            publishing.publish(ready, by=publisher, at=at)


def test_only_a_statement_never_public_can_be_deleted(live, draft, administrator):
    other = make_draft(by=administrator, title="Never out")
    publishing.discard(other.article, by=administrator)
    with pytest.raises(NotReady, match="Withdraw it instead"):
        publishing.discard(live.article, by=administrator)

    assert [a.pk for a in Article.objects.all()] == [live.article_id]


def test_the_record_written_at_publication_keeps_the_names_of_that_hour(live, okafor):
    live.refresh_from_db()
    (speaker,) = live.record["speakers"].values()

    assert speaker == {
        "name": "Ilse Okafor",
        "organization": "Ministry of Foreign Affairs",
        "post": "Spokesperson",
    }
    assert len(live.digest) == 64


def test_each_edition_links_to_the_digest_before_it(live, author, editor, publisher):
    live.refresh_from_db()
    edition = correct(live, by=author)
    review_and_publish(edition, editor=editor, publisher=publisher)

    edition.refresh_from_db()
    assert live.previous_digest == ""
    assert edition.previous_digest == live.digest != edition.digest

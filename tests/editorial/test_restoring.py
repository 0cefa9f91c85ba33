"""Old editions come back as drafts; drafts have names."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from statements.editorial import editions, intake, publishing, redacting, restoring
from statements.editorial.verbs import Unusable
from statements.models import Change, Correction, Edition

from ..builders import cite, review_and_publish
from ..public.hidden import make_asset
from .test_correcting import rewrite
from .test_scenarios import in_minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(ready, author, editor, publisher, resolution) -> Edition:
    """An edition with a quote, a citation and a file, that readers had once."""
    cite(ready, "strait", resolution, by=author)
    asset = make_asset("bells.mp3", by=author)
    editions.attach(ready, asset, by=author, transcript="Bells.", caption="Bells")
    ready.refresh_from_db()
    return review_and_publish(ready, editor=editor, publisher=publisher)


@pytest.fixture
def second(first, author, editor, publisher) -> Edition:
    edition = editions.begin(first.article, by=author, change=Change.CORRECTION)
    edition = rewrite(edition, "will sail,", "will sail today,", by=author)
    review_and_publish(edition, editor=editor, publisher=publisher)
    edition.refresh_from_db()
    return edition


def test_an_old_edition_comes_back_with_all_that_hangs_on_it(
    first, second, author, editor, publisher
):
    draft = restoring.restore(first, by=author)
    assert (draft.number, draft.based_on, draft.change) == (3, second, "correction")
    assert (draft.title, draft.body, draft.text) == (
        first.title,
        first.body,
        first.text,
    )
    was, now = first.quotes.get(), draft.quotes.get()
    assert (now.permalink_id, now.text, now.speaker) == (
        was.permalink_id,
        was.text,
        was.speaker,
    )
    assert now.confirmed_at is not None
    assert draft.citations.get().printed == "strait"
    assert draft.media.get().transcript == "Bells."
    assert draft.name == "Edition 1 restored"
    # Readers keep what they have, until it is published as any other edition.
    assert Edition.objects.live().get() == second
    intake.revise(
        draft, by=author, lock_version=draft.lock_version, change_note="As it was."
    )
    draft.refresh_from_db()
    review_and_publish(draft, editor=editor, publisher=publisher)
    assert Edition.objects.live().get() == draft
    told = Correction.objects.get(edition=draft)
    assert (told.before, told.after) == (
        "The ferries will sail today",
        "The ferries will sail",
    )


def test_a_withdrawn_statement_is_restored_from_any_edition(
    first, second, author, publisher
):
    publishing.withdraw(
        first.article, by=publisher, reason="error", note="It was not ours."
    )
    for edition in (first, second):
        draft = restoring.restore(edition, by=author)
        assert (draft.text, draft.based_on) == (edition.text, second)


def test_what_cannot_be_restored_says_what_to_do_instead(
    first, second, author, editor, publisher
):
    def refused(edition: Edition) -> str:
        with pytest.raises(Unusable) as error:
            restoring.restore(edition, by=author)
        return str(error.value)

    assert refused(second) == (
        "Edition 2 is what readers have. Begin a new edition instead."
    )
    third = editions.begin(first.article, by=author)
    assert refused(third) == "Edition 3 is not out yet. Open it, and go on with it."
    review_and_publish(third, editor=editor, publisher=publisher, at=in_minutes(60))
    assert refused(third) == (
        "Edition 3 is scheduled. Take it off the schedule to work on it."
    )
    assert Edition.objects.count() == 3


def test_words_that_were_removed_by_law_do_not_come_back(
    first, second, author, administrator
):
    redacting.redact(
        first.article, by=administrator, reason="Order 12/26", words="left the room"
    )
    with pytest.raises(Unusable, match="were removed by law"):
        restoring.restore(first, by=author)
    assert Edition.objects.count() == 2


def test_nobody_approves_restored_words_that_they_wrote_and_nobody_saw(
    ready, author, editor, publisher, administrator
):
    publishing.publish(ready, by=administrator, unreviewed_reason="The hour is late.")
    following = editions.begin(ready.article, by=editor)
    review_and_publish(following, editor=publisher, publisher=publisher)
    draft = restoring.restore(ready, by=editor)
    assert {wrote.user for wrote in draft.contributors.all()} == {author, editor}


def test_who_may_not_write_restores_and_names_nothing(first, second, steward):
    with pytest.raises(PermissionDenied):
        restoring.restore(first, by=steward)
    with pytest.raises(PermissionDenied):
        restoring.name(second, "Mine", by=steward)


def test_a_draft_is_named_for_colleagues_and_keeps_its_approval(
    ready, author, editor, publisher
):
    publishing.submit(ready, by=author)
    publishing.approve(ready, by=editor)
    restoring.name(ready, "  For the\n council ", by=author)
    ready.refresh_from_db()
    assert ready.name == "For the council"
    publishing.publish(ready, by=publisher)
    ready.refresh_from_db()
    assert ready.name == "For the council"
    with pytest.raises(Unusable, match="its name is frozen with it"):
        restoring.name(ready, "Another", by=author)
    with pytest.raises(Unusable, match="at most 120 characters"):
        restoring.name(ready, "x" * 121, by=author)

"""Class: what needs a second person is done by one, by a side door.

An address, a date or an issuer changed on the form of a harmless draft; a colleague's
draft begun anew so that its writer may approve it; a right that is asked for at one
button and not at another.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from statements.editorial import editions, intake, publishing, verbs

from .. import builders
from ..admin.conftest import Colleague

pytestmark = pytest.mark.django_db

CHANGES = [
    {"slug": "another"},
    {"dated": dt.date(2020, 1, 1)},
    {"tags": ["Hidden"]},
    {"language": "fr"},
    {"issuer": None},
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_readers_have_only_those_who_publish_change(
    live, author, editor, publisher, change
):
    for by in (author, editor):
        with pytest.raises(PermissionDenied):
            intake.set_address(live.article, by=by, **change)
    intake.set_address(live.article, by=publisher, **change)


def test_what_is_scheduled_neither(ready, author, editor, publisher, in_an_hour):
    builders.review_and_publish(
        ready, editor=editor, publisher=publisher, at=in_an_hour
    )
    with pytest.raises(PermissionDenied):
        intake.set_address(ready.article, by=author, dated=dt.date(2020, 1, 1))


def test_a_draft_of_an_author_does_not_move_the_public_statement(live, author, petra):
    before = live.article.get_absolute_url()
    following = editions.begin(live.article, by=author)
    forged = {"slug": "hijacked", "dated": "2020-01-01", "language": "fr"}
    forged |= {"change": "minor", "change_note": "", "summary": "In short."}

    response = Colleague(author).write(following, **forged)

    assert response.status_code == 302
    live.article.refresh_from_db()
    assert live.article.get_absolute_url() == before
    assert live.article.language == "en"
    following.refresh_from_db()
    assert following.summary == "In short."  # the words are saved all the same

    petra.write(following, **forged)
    live.article.refresh_from_db()
    assert live.article.get_absolute_url() == "/statements/2020/01/01/hijacked/"


@pytest.fixture
def petra(publisher) -> Colleague:
    return Colleague(publisher)


def test_what_was_approved_is_approved_with_its_date_and_issuer(ready, author, editor):
    publishing.submit(ready, by=author)
    publishing.approve(ready, by=editor)
    second = editions.begin(ready.article, by=author)
    intake.set_address(second.article, by=author, dated=dt.date(2020, 1, 1))
    ready.refresh_from_db()
    assert ready.approved_at is None


def test_a_draft_begun_anew_keeps_its_writers(ready, editor, author, administrator):
    """Else Amina, were she an editor, could approve her own words once begun anew."""
    wrote = set(ready.contributors.values_list("user", flat=True))
    second = editions.begin(ready.article, by=editor)
    assert set(second.contributors.values_list("user", flat=True)) == {
        *wrote,
        editor.pk,
    }
    author.groups.set(editor.groups.all())
    author = type(author).objects.get(pk=author.pk)
    publishing.submit(second, by=author)
    with pytest.raises(verbs.NotReady, match="somebody else must approve"):
        publishing.approve(second, by=author)
    publishing.approve(second, by=administrator)

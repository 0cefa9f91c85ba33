"""What the database holds of printed addresses, and of offices beside public quotes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from statements.editorial import catalogue, intake, publishing
from statements.models import Appointment, Article, FormerAddress, Quote, Spokesperson

from ..builders import (
    make_appointment,
    make_organization,
    make_person,
    make_post,
    review_and_publish,
)

pytestmark = pytest.mark.django_db


def refused(sql: str, *params: object) -> str:
    with (
        pytest.raises(IntegrityError) as error,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, params)
    return str(error.value)


@pytest.fixture
def moved(live, publisher) -> FormerAddress:
    """The former address of the statement, which readers knew."""
    intake.set_address(live.article, by=publisher, slug="moved")
    return FormerAddress.objects.get(article=live.article)


@pytest.fixture
def renamed(live, okafor, steward) -> FormerAddress:
    """The former address of the speaker, who was quoted under it."""
    okafor.slug = "ilse-okafor-brandt"
    catalogue.keep(okafor, by=steward)
    return FormerAddress.objects.get(spokesperson=okafor)


@pytest.mark.parametrize("row", ["moved", "renamed"])
def test_a_printed_address_is_neither_deleted_nor_changed(row, request):
    pk = request.getfixturevalue(row).pk
    assert "for ever" in refused("DELETE FROM former_address WHERE id = %s", pk)
    for change in ("path = '/elsewhere/'", "at = now() - interval '1 year'"):
        assert "as it was printed" in refused(
            f"UPDATE former_address SET {change} WHERE id = %s", pk
        )


def test_a_printed_address_leads_where_it_led(moved, renamed, steward):
    other = make_person("Piet Halloran", by=steward)
    for change, key in (
        ("spokesperson_id = %s", other.pk),
        ("spokesperson_id = NULL, article_id = %s", moved.article_id),
    ):
        assert "leads where it led" in refused(
            f"UPDATE former_address SET {change} WHERE id = %s", key, renamed.pk
        )


def test_printed_addresses_follow_a_merge_and_its_undoing(renamed, okafor, steward):
    into = make_person("Ilse B. Okafor", by=steward)
    catalogue.merge(okafor, into, by=steward)
    assert set(FormerAddress.objects.values_list("spokesperson", flat=True)) == {
        into.pk
    }
    FormerAddress.objects.filter(pk=renamed.pk).update(spokesperson=okafor)


def test_a_withdrawn_statement_keeps_its_printed_address(moved, live, publisher):
    publishing.withdraw(live.article, by=publisher, reason="error", note="A number.")
    assert "for ever" in refused("DELETE FROM former_address WHERE id = %s", moved.pk)


def test_a_statement_that_nobody_read_is_discarded_with_its_addresses(ready, publisher):
    FormerAddress.objects.create(path="/statements/old/", article=ready.article)
    publishing.discard(ready.article, by=publisher)
    assert not FormerAddress.objects.exists()
    assert not Article.objects.exists()


def test_somebody_with_a_printed_address_is_not_deleted(okafor, steward):
    catalogue.list_publicly([okafor], by=steward)
    okafor.slug = "ilse-okafor-brandt"
    catalogue.keep(okafor, by=steward)
    with pytest.raises(ProtectedError):
        catalogue.remove(okafor, by=steward)

    unknown = make_person("Piet Halloran", by=steward)
    catalogue.remove(unknown, by=steward)
    assert list(Spokesperson.objects.all()) == [okafor]


@pytest.fixture
def elsewhere(steward) -> tuple[Spokesperson, Appointment]:
    """Somebody else, and an office of theirs at another ministry."""
    person = make_person("Piet Halloran", by=steward)
    office = make_post("Envoy", make_organization("Port", by=steward), by=steward)
    return person, make_appointment(person, office, by=steward)


def test_the_office_beside_a_published_quote_stays_whose_it_was(
    live, okafors_office, elsewhere
):
    person, other = elsewhere
    for change, key in (("person_id", person.pk), ("post_id", other.post_id)):
        assert "its person and post stay" in refused(
            f"UPDATE appointment SET {change} = %s WHERE id = %s",
            key,
            okafors_office.pk,
        )
    # Nobody was quoted in the other one, so it may be mended.
    Appointment.objects.filter(pk=other.pk).update(post=okafors_office.post)


def test_it_stays_so_when_the_quote_is_public_no_more(
    live, okafors_office, elsewhere, publisher
):
    publishing.withdraw(live.article, by=publisher, reason="error", note="A number.")
    refused(
        "UPDATE appointment SET person_id = %s WHERE id = %s",
        elsewhere[0].pk,
        okafors_office.pk,
    )


def test_and_when_it_is_scheduled(ready, okafors_office, elsewhere, editor, publisher):
    sql = "UPDATE appointment SET person_id = %s WHERE id = %s"
    with transaction.atomic():
        Appointment.objects.filter(pk=okafors_office.pk).update(person=elsewhere[0])
        transaction.set_rollback(True)
    hour = dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
    hour += dt.timedelta(hours=1)
    review_and_publish(ready, editor=editor, publisher=publisher, at=hour)
    refused(sql, elsewhere[0].pk, okafors_office.pk)


def test_dates_of_an_office_may_be_mended(live, okafors_office, steward):
    okafors_office.starts_on = dt.date(2023, 5, 1)
    catalogue.keep(okafors_office, by=steward)
    okafors_office.refresh_from_db()
    assert okafors_office.starts_on == dt.date(2023, 5, 1)


def test_offices_follow_a_merge(live, okafor, okafors_office, steward):
    into = make_person("Ilse B. Okafor", by=steward)
    catalogue.merge(okafor, into, by=steward)
    okafors_office.refresh_from_db()
    assert okafors_office.person == into
    assert Quote.objects.get().appointment == okafors_office


def test_a_published_quote_gets_no_office_of_somebody_else(
    live, okafor, elsewhere, steward, ministry
):
    quote = live.quotes.get()
    assert "one of its speaker" in refused(
        "UPDATE quote SET appointment_id = %s WHERE id = %s", elsewhere[1].pk, quote.pk
    )
    own = make_appointment(okafor, make_post("Envoy", ministry, by=steward), by=steward)
    Quote.objects.filter(pk=quote.pk).update(appointment=own)
    assert live.quotes.get().appointment == own


@pytest.mark.parametrize(
    ("language", "marks"),
    [("en", "“”"), ("en-GB", "“”"), ("ar", "«»"), ("de-AT", "„“"), ("zh", "“”")],
)
def test_a_quote_stands_between_the_marks_of_its_language(language, marks):
    assert "".join(Quote(language=language).marks) == marks

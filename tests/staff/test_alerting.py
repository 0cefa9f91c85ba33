"""What is new in a saved search, by mail: to whom, when, and nothing hidden."""

from __future__ import annotations

import datetime as dt
import re
from email import policy
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction

from newsroom import environment
from statements.editorial import alerting, editions, publishing, searching, verbs
from statements.models import Alert, Desk, SavedSearch
from statements.search import news
from tests import builders
from tests.smtp import serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(monkeypatch):
    """What is published stands at once."""
    monkeypatch.setattr(searching, "SETTLED", dt.timedelta(0))


@pytest.fixture
def reader(editor):
    editor.email = "edgar@vallorn.example"
    editor.save()
    return editor


@pytest.fixture
def ferries(reader) -> SavedSearch:
    return searching.save("Ferries", {"q": "ferry"}, by=reader)


def run() -> str:
    """Send what is due, as if the hour of each had come."""
    Alert.objects.exclude(due_at=None).update(due_at=verbs.clock())
    out = StringIO()
    call_command("send_mail", stdout=out)
    return out.getvalue()


def told() -> list[str]:
    """The words that the mails since the last time show, and the box emptied."""
    found = [
        words
        for each in mail.outbox
        for words in re.findall(r"^“(.+)”$", each.body, re.M)
    ]
    mail.outbox.clear()
    return found


@pytest.mark.usefixtures("settled")
def test_what_is_new_is_told_once_and_what_was_there_never(ferries, reader, say):
    say("The ferry sailed before.")
    searching.tell(ferries, "once", by=reader)
    assert (run()[:13], told()) == ("Mails sent: 0", [])
    quote = say("The ferry sails.")
    say("The tram stands.")
    assert run().startswith("Mails sent: 1;")
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (
        ["edgar@vallorn.example"],
        "[Newsroom] Ferries: 1 new quote",
    )
    assert quote.get_absolute_url() in sent.body
    assert f"Ilse Okafor, {quote.office}, 2 March 2026" in sent.body
    assert told() == ["The ferry sails."]
    assert (run()[:13], told()) == ("Mails sent: 0", [])


@pytest.mark.usefixtures("settled")
def test_a_new_edition_of_words_that_were_told_is_no_news(
    ferries, reader, say, author, editor, publisher
):
    quote = say("The ferry sails.")
    searching.tell(ferries, "once", by=reader)
    again = editions.begin(quote.article, by=author)
    builders.review_and_publish(again, editor=editor, publisher=publisher)
    run()
    assert told() == []


@pytest.mark.usefixtures("settled")
def test_what_is_hidden_when_the_mail_goes_is_not_in_it(
    ferries, reader, say, publisher
):
    searching.tell(ferries, "once", by=reader)
    say("The ferry is a draft.", publish=False)
    gone = say("The ferry is withdrawn.")
    say("The ferry sails.")
    tomorrow = verbs.clock().replace(second=0, microsecond=0) + dt.timedelta(days=1)
    say("The ferry waits.", at=tomorrow)
    publishing.withdraw(gone.article, by=publisher, reason="error", note="An error.")
    run()
    assert told() == ["The ferry sails."]


def test_what_has_just_been_published_waits_until_every_sender_sees_it(
    ferries, reader, say, monkeypatch
):
    searching.tell(ferries, "once", by=reader)
    say("The ferry sails.")
    run()
    assert told() == []
    monkeypatch.setattr(searching, "SETTLED", dt.timedelta(0))
    run()
    assert told() == ["The ferry sails."]


@pytest.mark.usefixtures("settled")
def test_who_may_not_read_the_search_any_more_is_told_nothing(
    ferries, reader, author, say
):
    author.email = "amina@vallorn.example"
    author.save()
    searching.change(ferries, "Ferries", by=reader, desk=Desk.objects.of(author).get())
    searching.tell(ferries, "once", by=author)
    say("The ferry sails.")
    author.desks.clear()
    run()
    assert told() == []
    author.desks.add(ferries.desk)
    for change in ({"is_active": False}, {"is_staff": False}, {"email": ""}):
        say("The ferry sails.")
        former = {name: getattr(author, name) for name in change}
        for name, value in change.items():
            setattr(author, name, value)
        author.save()
        run()
        assert told() == []
        for name, value in former.items():
            setattr(author, name, value)
        author.save()
    author.groups.clear()
    say("The ferry sails.")
    run()
    assert told() == []


def test_daily_and_weekly_come_at_the_hour_of_the_digest(ferries, reader, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    wednesday = dt.datetime(2026, 3, 25, 12, tzinfo=dt.UTC)
    box = searching.notices.box_of(reader)
    due = {
        often: searching.following(Alert(often=often), box, wednesday)
        for often in ("never", "once", "daily", "weekly")
    }
    assert due == {
        "never": None,
        "once": wednesday + searching.PAUSE,
        # At eight in the morning; on Sunday the clocks went forward.
        "daily": dt.datetime(2026, 3, 26, 7, tzinfo=dt.UTC),
        "weekly": dt.datetime(2026, 3, 30, 6, tzinfo=dt.UTC),
    }


@pytest.mark.usefixtures("settled")
def test_a_sender_that_dies_leaves_everything_to_the_next(
    ferries, reader, say, settings
):
    searching.tell(ferries, "once", by=reader)
    say("The ferry sails.")
    Alert.objects.update(due_at=verbs.clock())

    def die(*_: object, **__: object):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        alerting.send_due(die, alerting.Sent())
    run()
    assert told() == ["The ferry sails."]


@pytest.mark.usefixtures("settled")
def test_a_server_that_refuses_or_is_away_loses_nothing(
    ferries, reader, say, settings, tmp_path
):
    searching.tell(ferries, "once", by=reader)
    say("The ferry sails.")
    Alert.objects.update(due_at=verbs.clock())
    settings.MAILERS = environment.mailers("smtp://localhost:1", tmp_path)
    with pytest.raises(alerting.Unreachable):
        alerting.send_due(news.fresh, alerting.Sent())
    with serving() as server:
        settings.MAILERS = environment.mailers(server.url, tmp_path)
        sent = alerting.Sent()
        alerting.send_due(news.fresh, sent)
        assert (sent.mails, len(server.mails)) == (1, 1)


@pytest.mark.usefixtures("settled")
def test_one_click_ends_the_mails_of_this_search_and_nothing_else(
    ferries, reader, say, client
):
    trams = searching.save("Trams", {"q": "tram"}, by=reader)
    for search in (ferries, trams):
        searching.tell(search, "daily", by=reader)
    say("The ferry sails.")
    run()
    (sent,) = mail.outbox
    headers = sent.message(policy=policy.SMTP)
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = headers["List-Unsubscribe"].strip("<>").partition("://")[2].partition("/")[2]
    page = client.get(f"/{path}")
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert Alert.objects.filter(often="daily").count() == 2
    for _ in range(2):
        answer = client.post(f"/{path}", {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.cookies) == (200, {})
    left = Alert.objects.exclude(often="never").values_list("search__name", flat=True)
    assert list(left) == ["Trams"]


def test_a_link_that_was_made_up_leads_nowhere(ferries, reader, client):
    searching.tell(ferries, "daily", by=reader)
    alert = Alert.objects.get()
    made_up = f"/unsubscribe/search/{alert.pk}~{'a' * 43}/"
    assert client.post(made_up).status_code == 404
    good = f"/unsubscribe/search/{searching.token(alert)}/"
    ferries.delete()
    assert client.get(good).status_code == 404


def test_the_database_holds_what_must_be(ferries, reader):
    for wrong in (
        {"often": "daily"},
        {"due_at": verbs.clock()},
        {"token_sha256": "secret"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Alert.objects.create(search=ferries, reader=reader, **wrong)
    for wrong in ({"name": ""}, {"name": "Ferries"}, {"question": {}}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedSearch.objects.create(
                **{"owner": reader, "name": "Trams", "question": {"q": "x"}, **wrong}
            )

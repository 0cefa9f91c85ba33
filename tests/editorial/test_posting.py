"""Letters on their way: to a real server that refuses, breaks and is away."""

from __future__ import annotations

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import F

from newsroom import environment
from statements.editorial import (
    binning,
    composing,
    editions,
    notices,
    posting,
    publishing,
    verbs,
)
from statements.models import Change, Edition, Letter, Mailbox, Notice, User

from .. import builders
from ..smtp import SAYS, serving
from .test_scenarios import in_minutes

pytestmark = pytest.mark.django_db

EDGAR, PETRA = "edgar@vallorn.example", "petra@vallorn.example"


@pytest.fixture
def server(settings, tmp_path):
    with serving() as server:
        settings.EMAIL_URL = server.url
        settings.MAILERS = environment.mailers(server.url, tmp_path)
        yield server


@pytest.fixture
def people(author, editor, publisher):
    for person in (author, editor, publisher):
        person.email = f"{person.username}@vallorn.example"
        person.save()


@pytest.fixture
def submitted(people, ready, author) -> Edition:
    """Edgar and Petra are to be told, each at once."""
    return publishing.submit(ready, by=author)


def letters(**of) -> list[tuple[str, str, str]]:
    rows = Letter.objects.filter(**of).order_by("box__user__username", "pk")
    return [(each.box.user.username, each.end, each.problem) for each in rows]


def make_due() -> None:
    Letter.objects.filter(ended_at=None).update(due_at=verbs.clock())


def test_a_mail_says_what_happened_and_where_and_how_to_end_such_mails(
    server, submitted, settings
):
    settings.SITE_URL = "https://statements.of-the-foreign-ministry.vallorn.example"
    sent = posting.send_due()
    assert (sent.mails, sent.dropped, sent.put_off, sent.given_up) == (2, 0, 0, 0)
    assert sorted(server.to()) == [EDGAR, PETRA]
    mail = dict(server.mails)[EDGAR]
    article = submitted.article_id
    what = f"statement {article}, edition 1"
    assert mail["Subject"] == f"[Newsroom] Submitted for review: {what}"
    assert mail["From"] == settings.DEFAULT_FROM_EMAIL
    assert mail["To"] == EDGAR
    assert mail["Auto-Submitted"] == "auto-generated"
    page = f"{settings.SITE_URL}/admin/statements/article/{article}/edition/1/review/"
    plain, html = (mail.get_body(kind).get_content() for kind in (["plain"], ["html"]))
    assert plain.startswith(f"Submitted for review: {what}\ndesk Strait, ")
    assert f"\n{page}\n" in plain
    assert f'<a href="{page}">Submitted for review: {what}</a>' in html
    # Neither the title nor a word of the text.
    for word in ("ferries", "Okafor", "calm"):
        assert word not in mail.as_string()
    found = re.search(rb"^List-Unsubscribe: <(\S+)>\r$", server.raw[0], re.MULTILINE)
    assert found, "An encoded or folded address is found by no program."
    assert found[1].decode() in "".join(
        each.get_body(["plain"]).get_content() for _, each in server.mails
    )
    post = "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe-Post"] == post
    assert letters() == [("edgar", "sent", ""), ("petra", "sent", "")]
    assert posting.send_due().mails == 0


def test_the_title_is_told_of_what_readers_have(server, people, ready, publisher):
    nadia = builders.make_user("nadia", "Editor", desk=ready.article.desk)
    builders.review_and_publish(ready, editor=nadia, publisher=publisher)
    Letter.objects.exclude(kind="published").delete()
    make_due()
    posting.send_due()
    ((_, mail),) = server.mails
    assert mail["Subject"] == "[Newsroom] 1 notice"
    assert "\nThe ferries will sail\n" in mail.get_body(["plain"]).get_content()
    assert "<bdi>The ferries will sail</bdi>" in mail.get_body(["html"]).get_content()


def test_a_title_is_text_in_the_mail(server, people, ready, publisher):
    Edition.objects.filter(pk=ready.pk).update(title="<b>Calm</b> & quiet")
    nadia = builders.make_user("nadia", "Editor", desk=ready.article.desk)
    builders.review_and_publish(ready, editor=nadia, publisher=publisher)
    make_due()
    posting.send_due()
    mail = server.mails[-1][1]
    assert (
        "&lt;b&gt;Calm&lt;/b&gt; &amp; quiet" in mail.get_body(["html"]).get_content()
    )
    assert "\n<b>Calm</b> & quiet\n" in mail.get_body(["plain"]).get_content()


def lose_desk(edgar, edition, publisher):
    edition.article.desk.members.remove(edgar)


def lose_role(edgar, edition, publisher):
    edgar.groups.clear()


def lose_account(edgar, edition, publisher):
    User.objects.filter(pk=edgar.pk).update(is_active=False)


def lose_staff(edgar, edition, publisher):
    User.objects.filter(pk=edgar.pk).update(is_staff=False)


def lose_address(edgar, edition, publisher):
    User.objects.filter(pk=edgar.pk).update(email="")


def put_in_bin(edgar, edition, publisher):
    binning.put(edition.article, by=publisher)
    # Petra may still look into the bin; nobody is sent there.
    Letter.objects.filter(box__user=publisher).delete()


def read_by_another(edgar, edition, publisher):
    publishing.approve(edition, by=publisher)


def returned_by_another(edgar, edition, publisher):
    publishing.send_back(edition, by=publisher)


def choose_none(edgar, edition, publisher):
    Mailbox.objects.filter(user=edgar).update(wishes={"submitted": "never"})


@pytest.mark.parametrize(
    "lose",
    [
        lose_desk,
        lose_role,
        lose_account,
        lose_staff,
        lose_address,
        put_in_bin,
        read_by_another,
        returned_by_another,
        choose_none,
    ],
)
def test_what_was_lost_between_writing_and_sending_is_not_told(
    server, submitted, editor, publisher, lose
):
    lose(editor, submitted, publisher)
    posting.send_due()
    assert EDGAR not in server.to()
    assert letters(box__user=editor) == [("edgar", "dropped", "")]


def test_a_publication_is_told_at_its_hour_and_not_if_it_was_put_off(
    server, people, ready, author, editor, publisher
):
    notices.choose(by=author, wishes={"published": "once", "approved": "never"}, hour=8)
    hour = in_minutes(90)
    builders.review_and_publish(ready, editor=editor, publisher=publisher, at=hour)
    Letter.objects.exclude(box__user=author).delete()
    kinds = Letter.objects.values_list("kind", "at", "due_at")
    assert ("published", hour, hour) in kinds
    publishing.unschedule(ready, by=publisher)
    publishing.publish(ready, by=publisher, at=in_minutes(91))
    make_due()
    sent = posting.send_due()
    # Scheduled twice is told once, in the digest. Neither hour has come; of the first,
    # it is known that it will not.
    assert (sent.mails, sent.dropped) == (2, 1)
    subjects = [mail["Subject"].partition("] ")[2] for _, mail in server.mails]
    what = f"statement {ready.article_id}, edition 1"
    assert sorted(subjects) == ["1 notice", f"Published: {what}"]


@pytest.mark.parametrize("otherwise", [False, True])
def test_a_withdrawal_passes_on_to_the_edition_that_takes_over_and_is_told(
    server, people, live, author, publisher, editor, otherwise
):
    withdrawal = {"by": publisher, "reason": "error", "note": "It was not ours."}
    publishing.withdraw(live.article, at=in_minutes(90), **withdrawal)
    newer = editions.begin(live.article, by=author, change=Change.MINOR)
    builders.review_and_publish(newer, editor=editor, publisher=publisher)
    Letter.objects.exclude(kind="withdrawn").delete()
    if otherwise:
        publishing.withdraw(live.article, at=in_minutes(80), **withdrawal)
    make_due()
    posting.send_due()
    number = 2 if otherwise else 1
    what = f"statement {live.article_id}, edition {number}"
    assert [mail["Subject"] for _, mail in server.mails] == [
        f"[Newsroom] Withdrawn: {what}"
    ]


def test_a_digest_is_one_mail_of_what_was_kept_for_it(
    server, people, ready, author, editor, publisher
):
    notices.choose(by=author, wishes=dict.fromkeys(Notice.values, "digest"), hour=8)
    builders.review_and_publish(ready, editor=editor, publisher=publisher)
    publishing.withdraw(ready.article, by=publisher, reason="error", note="No.")
    Letter.objects.exclude(box__user=author).delete()
    assert posting.send_due().mails == 0
    assert Letter.objects.filter(due_at__gt=verbs.clock()).count() == 3
    make_due()
    assert posting.send_due().mails == 1
    ((to, mail),) = server.mails
    assert (to, mail["Subject"]) == ("amina@vallorn.example", "[Newsroom] 3 notices")
    plain = mail.get_body(["plain"]).get_content()
    told = re.findall(r"^(\w+): statement", plain, re.MULTILINE)
    assert told == ["Approved", "Published", "Withdrawn"]
    # It is not public any more.
    assert "ferries" not in mail.as_string()
    token = re.search(r"/unsubscribe/([^/]+)/", plain)[1]
    assert notices.read(token) == (author, list(Notice))


def test_remarks_on_one_edition_are_one_mail(server, people, ready, author, editor):
    for _ in range(3):
        notices.tell(Notice.REMARK, ready, by=editor)
    assert posting.send_due().mails == 1
    assert letters() == [("amina", "sent", "")] * 3


def test_what_waited_long_comes_in_one_mail(
    server, submitted, author, editor, publisher
):
    """Mail is set up after weeks: nobody gets a heap of mails."""
    other = builders.make_draft(by=author, title="Pilots for the strait")
    publishing.submit(other, by=publisher)
    Letter.objects.exclude(box__user=editor).delete()
    assert Letter.objects.count() == 2
    Letter.objects.update(at=F("at") - dt.timedelta(days=2))
    assert posting.send_due().mails == 1
    assert server.mails[0][1]["Subject"] == "[Newsroom] 2 notices"


def test_a_server_that_breaks_off_loses_nothing_and_repeats_nothing(server, submitted):
    server.breaks_at = 1
    sent = posting.send_due()
    # The line was cut at the first; the second went over a new one.
    assert (sent.mails, sent.put_off) == (1, 1)
    assert len(server.mails) == 1
    waiting = Letter.objects.get(ended_at=None)
    wait = waiting.due_at - verbs.clock()
    assert dt.timedelta(seconds=50) < wait < dt.timedelta(seconds=60)
    assert (waiting.tries, waiting.problem) == (1, "SMTPServerDisconnected")
    assert posting.send_due().mails == 0
    make_due()
    assert posting.send_due().mails == 1
    assert sorted(server.to()) == [EDGAR, PETRA]


def test_a_mail_sent_twice_bears_one_id_and_another_mail_another(submitted, editor):
    box = Mailbox.objects.get(user=editor)
    own = list(Letter.objects.filter(box=box).select_related("edition__article__desk"))
    names = [
        composing.message(own, box, digest=digest).extra_headers["Message-ID"]
        for digest in (False, True)
    ]
    assert names[0] == names[1]
    own[0].pk += 1
    changed = composing.message(own, box, digest=False).extra_headers["Message-ID"]
    assert changed != names[0]
    assert re.fullmatch(r"<notices-[0-9a-f]{32}@localhost>", names[0])


def test_a_server_that_is_away_costs_no_try(server, submitted, settings, tmp_path):
    settings.MAILERS = environment.mailers("smtp://127.0.0.1:1", tmp_path)
    with pytest.raises(posting.Unreachable, match=r"^ConnectionRefusedError$"):
        posting.send_due()
    assert set(Letter.objects.values_list("tries", "end")) == {(0, "")}
    assert posting.waiting() == 2
    settings.MAILERS = environment.mailers(server.url, tmp_path)
    assert posting.send_due().mails == 2


def test_waits_grow_until_it_is_given_up_and_can_be_tried_again(server, submitted):
    Letter.objects.filter(box__user__username="petra").delete()
    server.refused[EDGAR] = 451
    waits = []
    for tries in (0, 1, 2, posting.TRIES - 2, posting.TRIES - 1):
        Letter.objects.update(tries=tries)
        make_due()
        now = verbs.clock()
        posting.send_due()
        letter = Letter.objects.get()
        waits.append(round((letter.due_at - now) / dt.timedelta(minutes=1)))
    assert waits == [1, 2, 4, 512, 1024]
    assert letters() == [("edgar", "failed", "SMTPRecipientsRefused (451)")]
    assert server.mails == []
    assert posting.send_due().mails == 0
    del server.refused[EDGAR]
    assert posting.again() == 1
    assert posting.send_due().mails == 1
    assert letters() == [("edgar", "sent", "")]


def test_an_address_that_is_refused_for_good_is_given_up_at_once(server, submitted):
    server.refused[EDGAR] = 550
    sent = posting.send_due()
    assert (sent.mails, sent.given_up) == (1, 1)
    assert letters() == [
        ("edgar", "failed", "SMTPRecipientsRefused (550)"),
        ("petra", "sent", ""),
    ]
    assert SAYS not in str(letters())


@pytest.mark.parametrize(
    "address", ["edgar", "edgar@vallorn.example\nBcc: x@vallorn.example", "ê@b.example"]
)
def test_an_address_that_is_none_hinders_nobody_else(server, submitted, address):
    User.objects.filter(username="edgar").update(email=address)
    posting.send_due()
    assert server.to() == [PETRA]
    assert letters()[0] == ("edgar", "failed", "The address is none.")


def test_old_letters_are_tidied_and_those_that_wait_kept(submitted):
    Letter.objects.filter(box__user__username="edgar").update(
        ended_at=verbs.clock() - dt.timedelta(days=29), end="sent"
    )
    assert posting.tidy() == 0
    Letter.objects.update(due_at=F("due_at") - dt.timedelta(days=89))
    assert posting.tidy() == 0
    Letter.objects.filter(end="sent").update(
        ended_at=F("ended_at") - dt.timedelta(days=2)
    )
    assert posting.tidy() == 1
    Letter.objects.update(due_at=F("due_at") - dt.timedelta(days=2))
    assert posting.tidy() == 1


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_mail_once(server, submitted):
    """The second begins while the server has the first one's mail in its hands."""
    others: list[posting.Sent] = []

    def meanwhile() -> None:
        server.meanwhile = lambda: None

        def send() -> posting.Sent:
            try:
                return posting.send_due()
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as threads:
            others.append(threads.submit(send).result(timeout=20))

    server.meanwhile = meanwhile
    mine = posting.send_due()
    assert (mine.mails, [other.mails for other in others]) == (1, [1])
    assert sorted(server.to()) == [EDGAR, PETRA]
    assert {end for _, end, _ in letters()} == {"sent"}

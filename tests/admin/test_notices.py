"""My notices, and the page that ends mails without signing in."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from statements.editorial import notices, publishing
from statements.models import Letter, Mailbox, Notice, User, Wish

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:notices")
SAVED = "Saved. What waits to be sent follows it too."


def chosen(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="radio" name="(\w+)" value="(\w+)" checked', page))


def page(colleague) -> str:
    response = colleague.client.get(PAGE)
    assert response.status_code == 200
    return response.content.decode()


def letters(html: str) -> list[str]:
    found = re.findall(r'<li class="letter">(.*?)</li>', html, re.DOTALL)
    return [re.sub(r"<[^>]+>|\s+", " ", each).strip() for each in found]


def test_each_kind_is_chosen_by_itself_and_the_hour_too(edgar):
    assert chosen(page(edgar)) == notices.USUAL
    wishes = dict.fromkeys(Notice.values, "digest") | {"remark": "never"}
    response = edgar.client.post(PAGE, {**wishes, "hour": "17"}, follow=True)
    html = response.content.decode()
    assert SAVED in html
    assert chosen(html) == wishes
    assert '<option value="17" selected>17:00</option>' in html
    assert Mailbox.objects.get().hour == 17


@pytest.mark.parametrize("hour", ["24", "-1", "", "noon", "٧", "0008"])
def test_a_refused_form_keeps_what_was_chosen(edgar, hour):
    wishes = dict.fromkeys(Notice.values, Wish.NEVER.value)
    response = edgar.client.post(PAGE, {**wishes, "hour": hour})
    assert response.status_code == 422
    html = response.content.decode()
    assert "Choose an hour from 0 to 23. Nothing was saved." in html
    assert chosen(html) == wishes
    assert not Mailbox.objects.exists()
    response = edgar.client.post(PAGE, {**wishes, "remark": "often", "hour": "8"})
    assert response.status_code == 422
    assert chosen(response.content.decode()) == {
        kind: wish for kind, wish in wishes.items() if kind != "remark"
    }


def test_it_says_where_mails_go_or_why_they_do_not(edgar, settings):
    settings.EMAIL_URL = "smtp://mail.vallorn.example"
    without = page(edgar)
    assert "Your account has no address" in without
    assert "not set up" not in without
    assert "No mail leaves" not in without
    User.objects.filter(pk=edgar.user.pk).update(email="edgar@vallorn.example")
    assert "Mails go to <bdi>edgar@vallorn.example</bdi>." in page(edgar)
    settings.EMAIL_URL = ""
    assert "Mail is not set up here yet. Letters are kept" in page(edgar)
    settings.EMAIL_URL = "file:"
    assert "No mail leaves this computer" in page(edgar)


def test_the_last_letters_are_listed_without_a_word_of_the_text(
    edgar, petra, ready, author, django_assert_max_num_queries
):
    User.objects.update(email="colleague@vallorn.example")
    publishing.submit(ready, by=author)
    publishing.send_back(ready, by=edgar.user)
    publishing.submit(ready, by=author)
    own = Letter.objects.filter(box__user=edgar.user).order_by("pk")
    Letter.objects.filter(pk=own[0].pk).update(
        ended_at="2026-03-02T10:00Z", end="failed", problem="SMTPDataError (554)"
    )
    with django_assert_max_num_queries(12):
        html = page(edgar)
    what = f"Submitted for review: statement {ready.article_id}, edition 1"
    found = letters(html)
    assert len(found) == 2
    assert found[0].startswith(what)
    assert re.search(r"· waits, due \d+ \w{3}, \d\d:\d\d$", found[0])
    assert found[1].endswith("· not sent, given up 2 Mar, 10:00: SMTPDataError (554)")
    assert "ferries" not in html
    assert len(letters(page(petra))) == 2


def test_letters_about_what_one_may_not_see_any_more_are_not_listed(
    edgar, ready, author
):
    User.objects.update(email="colleague@vallorn.example")
    publishing.submit(ready, by=author)
    assert len(letters(page(edgar))) == 1
    ready.article.desk.members.remove(edgar.user)
    assert letters(page(edgar)) == []


def test_the_page_is_linked_from_every_page_of_the_desk(edgar):
    html = edgar.client.get(reverse("admin:index")).content.decode()
    assert f'<a href="{PAGE}">My notices</a>' in html


def test_mails_end_by_one_click_without_signing_in(editor):
    """What a program of mail sends by itself (RFC 8058): no cookie, no page before."""
    link = reverse("unsubscribe", args=[notices.token(editor, ["submitted", "remark"])])
    client = Client(enforce_csrf_checks=True)
    for method in (client.get, client.head):
        response = method(link)
        assert response.status_code == 200
        assert not Mailbox.objects.exists()
    html = client.get(link).content.decode()
    assert html.count("<button") == 1
    assert '<li lang="en" dir="ltr">Submitted for review</li>' in html
    for _ in range(2):
        response = client.post(link, {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
        assert Mailbox.objects.get().wishes == {"submitted": "never", "remark": "never"}
    done = response.content.decode()
    assert "You get no more of these mails." in done
    assert "<button" not in done
    # Whoever got the mail passed on learns nothing of whom it was for.
    assert "edgar" not in html.lower() + done.lower()
    assert response.cookies == {}
    headers = {
        name: response[name]
        for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")
    }
    assert headers == {
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
    }


def test_a_link_that_was_made_up_leads_nowhere(editor):
    link = reverse("unsubscribe", args=[notices.token(editor, ["submitted"])])
    for wrong in (link[:-2] + "/", link.replace("-s~", "-sm~")):
        for method in (Client().get, Client().post):
            assert method(wrong).status_code == 404
    assert not Mailbox.objects.exists()

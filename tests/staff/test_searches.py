"""Saved searches as a page, and as a private feed."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import NoReverseMatch, reverse

from statements.editorial import publishing, searching
from statements.models import Alert, Desk, SavedSearch
from tests import builders

pytestmark = pytest.mark.django_db

URL = "/staff/searches/"
_ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def staff(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def ferries(editor) -> SavedSearch:
    return searching.save("Ferries", {"q": "ferry -tram", "since": "2026"}, by=editor)


def post(client, **data):
    return client.post(URL, data)


def titles(client, address: str) -> list[str]:
    root = ElementTree.fromstring(client.get(address).content)  # noqa: S314  # our own
    return [each.text for each in root.iterfind("a:entry/a:title", _ATOM)]


def names(html: str) -> list[str]:
    found = re.findall(
        r'<h3 class="kept-name"><a href="([^"]*)"><bdi>(.*?)</bdi>', html
    )
    return [f"{unescape(name)} {unescape(url)}" for url, name in found]


# --- The page


def test_before_any_search_is_kept_the_page_says_how(staff):
    html = staff.get(URL).content.decode()
    assert "No search is kept yet." in html


def test_a_search_is_kept_from_its_answer_and_asks_the_same_again(staff, say, editor):
    say("The ferry sails.")
    html = staff.get("/staff/quotes/", {"q": "ferry -tram", "since": "2026"}).content
    (link,) = re.findall(r'href="(/staff/searches/\?save=[^"]*)"', html.decode())
    form = staff.get(unescape(link)).content.decode()
    (question,) = re.findall(r'name="question" value="([^"]*)"', form)
    assert "ferry -tram from 2026" in form
    answer = post(
        staff, action="save", question=unescape(question), name=" My  ferries "
    )
    kept = SavedSearch.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}#search-{kept.pk}")
    assert (kept.name, kept.owner, kept.desk) == ("My ferries", editor, None)
    asked = urlencode({"q": "ferry -tram", "since": "2026"})
    assert names(staff.get(URL).content.decode()) == [
        f"My ferries /staff/quotes/?{asked}"
    ]


def test_what_is_refused_keeps_what_was_typed(staff, ferries):
    for name, says in (
        ("Ferries", "You have a search called “Ferries” already."),
        ("", "Give the search a name"),
        ("a" * 101, "The name has more than 100 letters."),
    ):
        answer = post(staff, action="save", question="q=ferry", name=name)
        html = answer.content.decode()
        assert answer.status_code == 422
        assert says in html
        assert f'name="name" maxlength="100" required value="{name}"' in html
    nothing = post(staff, action="save", question="page=2", name="All")
    assert (nothing.status_code, SavedSearch.objects.count()) == (422, 1)
    trams = searching.save("Trams", {"q": "tram"}, by=ferries.owner)
    taken = post(staff, action="change", search=trams.pk, name="Ferries")
    assert taken.status_code == 422
    assert f'id="name-{trams.pk}" name="name" maxlength="100" value="Ferries"' in (
        taken.content.decode()
    )


def test_it_is_renamed_shared_and_deleted_by_its_owner_alone(
    staff, ferries, editor, author, client
):
    desk = editor.desks.get()
    post(staff, action="change", search=ferries.pk, name="Boats", desk=desk.pk)
    ferries.refresh_from_db()
    assert (ferries.name, ferries.desk) == ("Boats", desk)
    client.force_login(author)
    html = client.get(URL).content.decode()
    assert "kept by" in html
    assert names(html)[0].startswith("Boats /staff/quotes/?")
    for action in ("change", "delete"):
        assert (
            post(client, action=action, search=ferries.pk, name="X").status_code == 403
        )
    client.force_login(editor)
    post(client, action="change", search=ferries.pk, name="Boats", desk="")
    client.force_login(author)
    assert names(client.get(URL).content.decode()) == []
    assert (
        post(client, action="tell", search=ferries.pk, often="once").status_code == 404
    )
    client.force_login(editor)
    post(client, action="delete", search=ferries.pk)
    assert not SavedSearch.objects.exists()


def test_searches_are_shared_with_desks_of_ones_own(staff, ferries, editor):
    other = Desk.objects.create(name="Other desk")
    answer = post(staff, action="change", search=ferries.pk, name="X", desk=other.pk)
    assert answer.status_code == 404
    with pytest.raises(PermissionDenied):
        searching.change(ferries, "X", by=editor, desk=other)
    stranger = builders.make_user("stranger", "Editor", desk=other)
    for verb in (
        lambda: searching.change(ferries, "X", by=stranger, desk=None),
        lambda: searching.delete(ferries, by=stranger),
        lambda: searching.tell(ferries, "once", by=stranger),
        lambda: searching.make_address(ferries, by=stranger),
        lambda: searching.revoke_address(ferries, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    nobody = builders.make_user("nobody")
    with pytest.raises(PermissionDenied):
        searching.save("X", {"q": "x"}, by=nobody)


def test_so_many_are_kept_and_no_more(staff, ferries, monkeypatch):
    monkeypatch.setattr(searching, "MOST", 1)
    answer = post(staff, action="save", question="q=tram", name="Trams")
    assert answer.status_code == 422
    assert "You keep 1 searches already." in answer.content.decode()


def test_names_and_questions_are_escaped(staff, editor):
    for name in ("<script>hit()</script>", "\"'><img src=x onerror=hit()>"):
        searching.save(name, {"q": f'"{name}"'}, by=editor)
    html = staff.get(URL).content.decode()
    assert ("<script>hit" in html, "<img src=x" in html) == (False, False)
    # Twice the name; a question is kept without angles, which no search reads.
    assert html.count("&lt;script&gt;hit()&lt;/script&gt;") == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    staff, editor, count, django_assert_num_queries
):
    for number in range(count):
        search = searching.save(f"Ferries {number}", {"q": "ferry"}, by=editor)
        searching.tell(search, "daily", by=editor)
    with django_assert_num_queries(7):
        staff.get(URL)


@pytest.mark.parametrize(
    "data",
    [
        {"action": "nothing", "search": "1"},
        {"action": "delete", "search": "99999999999999999999"},
        {"action": "delete", "search": "x"},
        {"action": "save", "name": "\0", "question": "q=%00"},
        {"action": "save", "name": "X", "question": "&" * 4000},
        {"action": "save", "name": "X", "question": "q=x", "desk": "x"},
        {"action": "save", "name": "X", "question": "q=%ff%fe\ud800"},
    ],
)
def test_no_form_is_an_error(staff, data):
    data = {name: value.encode("utf-8", "replace") for name, value in data.items()}
    assert staff.post(URL, data).status_code in {302, 400, 404, 422}


# --- The private feed


def test_a_private_address_is_shown_once_and_kept_nowhere(staff, ferries, say, client):
    say("The ferry sails.")
    say("The ferry and the tram.")
    page = post(staff, action="address", search=ferries.pk)
    (address,) = re.findall(r'value="([^"]*/staff/searches/[^"]*\.atom)"', page.text)
    token = address.rpartition("/")[2].removesuffix(".atom")
    assert token not in staff.get(URL).text
    assert token not in str(Alert.objects.values_list())
    client.logout()
    path = address.partition("://")[2].partition("/")[2]
    feed = client.get(f"/{path}")
    assert {
        name: feed[name]
        for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy", "Content-Type")
    } == {
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
        "Referrer-Policy": "no-referrer",
        "Content-Type": "application/atom+xml; charset=utf-8",
    }
    assert feed.cookies == {}
    assert titles(client, f"/{path}") == ["Ilse Okafor: “The ferry sails.”"]


def test_a_feed_shows_what_readers_have_at_that_moment(ferries, say, publisher, client):
    path = reverse(
        "search_feed", args=[searching.make_address(ferries, by=ferries.owner)]
    )
    say("The ferry is a draft.", publish=False)
    quote = say("The ferry sails.")
    assert titles(client, path) == ["Ilse Okafor: “The ferry sails.”"]
    publishing.withdraw(quote.article, by=publisher, reason="error", note="An error.")
    assert titles(client, path) == []


def test_an_address_made_anew_revoked_or_of_somebody_without_the_right_leads_nowhere(
    ferries, editor, author, client
):
    def path(by):
        return reverse("search_feed", args=[searching.make_address(ferries, by=by)])

    former, now = path(editor), path(editor)
    assert (client.get(former).status_code, client.get(now).status_code) == (404, 200)
    searching.revoke_address(ferries, by=editor)
    assert client.get(now).status_code == 404
    searching.change(ferries, "Ferries", by=editor, desk=editor.desks.get())
    shared = path(author)
    assert client.get(shared).status_code == 200
    author.desks.clear()
    assert client.get(shared).status_code == 404
    now = path(editor)
    editor.is_active = False
    editor.save()
    assert client.get(now).status_code == 404
    assert client.get(f"{URL}{'a' * 43}.atom").status_code == 404


def test_readers_have_no_such_address():
    for name in ("search_feed", "unsubscribe_search"):
        with pytest.raises(NoReverseMatch):
            reverse(name, args=["a" * 43], urlconf="newsroom.urls_public")

"""The staff's search of quotes, as a page."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from urllib.parse import urlencode

import pytest

from statements.editorial import wording
from statements.models import Kind, User
from tests import builders

pytestmark = pytest.mark.django_db

URL = "/staff/quotes/"


@pytest.fixture
def staff(client, editor):
    client.force_login(editor)
    return client


def page(client, **params) -> str:
    """The page for a question, as its HTML."""
    response = client.get(URL, params)
    assert response.status_code == 200
    return response.content.decode()


def shown(html: str) -> list[str]:
    """The words of the quotes on a page, in their order, hits in braces."""
    found = re.findall(r'<blockquote[^>]*><a href="[^"]*">“(.*?)”</a>', html, re.DOTALL)
    return [unescape(re.sub(r"<mark>(.*?)</mark>", r"{\1}", words)) for words in found]


def notes(html: str) -> list[str]:
    """The sentences on the question."""
    found = re.findall(r'<p class="errors" role="status">([^<]*)', html)
    return [unescape(note).strip() for note in found]


def link(html: str, label: str) -> str:
    """Where the link leads that holds some words."""
    for href, words in re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', html):
        if label in re.sub(r"<[^>]+>", "", words):
            return unescape(href)
    raise AssertionError(f"No link says {label!r}.")


# --- Who may come in


def test_visitors_are_asked_to_sign_in_and_come_back(client):
    response = client.get(f"{URL}?q=ferry")
    assert (response.status_code, response["Location"]) == (
        302,
        f"/admin/login/?{urlencode({'next': f'{URL}?q=ferry'}, safe='/')}",
    )


def test_for_those_who_are_not_staff_the_page_does_not_exist(client, db):
    client.force_login(User.objects.create_user("visitor"))
    assert client.get(URL).status_code == 404


def test_for_staff_without_a_role_the_page_does_not_exist(client, db):
    client.force_login(builders.make_user("nobody"))
    assert client.get(URL).status_code == 404


@pytest.mark.parametrize(
    "role", ["Author", "Editor", "Publisher", "Data steward", "Auditor"]
)
def test_every_role_may_search(client, db, role):
    client.force_login(builders.make_user("somebody", role))
    response = client.get(URL)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_the_page_only_reads(staff):
    assert staff.post(URL).status_code == 405


# --- What is shown


def test_before_any_quote_is_public_the_page_says_so(staff):
    html = page(staff)
    assert "No quote is public yet." in html
    assert shown(html) == []


def test_without_a_question_the_newest_are_shown(staff, say):
    say("The ferry sails", on=dt.date(2025, 1, 1))
    say("The strait is calm", on=dt.date(2025, 1, 2))
    html = page(staff)
    assert shown(html) == ["The strait is calm", "The ferry sails"]
    assert "2 quotes in all, newest first" in html


def test_a_quote_shows_who_spoke_in_which_office_where_and_about_what(
    staff, say, resolution
):
    quote = say(
        "As S/RES/2417 says, the ferry must sail", cites={"S/RES/2417": resolution}
    )
    html = page(staff, q="ferry")
    assert shown(html) == ["As S/RES/2417 says, the {ferry} must sail"]
    text = " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())
    assert "Ilse Okafor, Spokesperson, Ministry of Foreign Affairs" in text
    assert "Not checked against a source" in text
    assert "2 Mar 2026" in text
    assert "1 quote" in text
    assert link(html, "S/RES/2417 (2018)") == resolution.get_absolute_url()
    assert link(html, "Ilse Okafor") == quote.speaker.get_absolute_url()
    place = f"{quote.article.get_absolute_url()}#q-{quote.permalink_id}"
    assert f'in <a href="{place}"><cite><bdi>{quote.edition.title}</bdi>' in html


def test_hits_and_questions_are_escaped(staff, say):
    say("The ferry sails")
    html = page(staff, q="ferry <script>x</script>", speaker='"><b>')
    assert "<script>" not in html.split("<search>")[1].split("</search>")[0]
    assert '"><b>' not in html


def test_nothing_found_says_what_to_try(staff, say):
    say("The ferry sails")
    html = page(staff, q="kestrel")
    assert "No quote fits this question." in html
    assert "Try fewer words" in html
    html = page(staff, q="ferry", since="2030")
    assert "Take a filter off, or try fewer words." in html


def test_hidden_quotes_show_nowhere(staff, say, system):
    hidden = builders.make_person("Hidden Person", by=system)
    say("The ferry is a draft", publish=False, speaker=hidden, tags=["Secret"])
    say(
        "The ferry is scheduled",
        at=dt.datetime(2030, 1, 1, tzinfo=dt.UTC),
        speaker=hidden,
        tags=["Secret"],
    )
    say("The ferry is public")
    html = page(staff, q="ferry")
    assert shown(html) == ["The {ferry} is public"]
    assert "Hidden Person" not in html
    assert "Secret" not in html


# --- The form


def test_the_form_keeps_what_was_typed_whatever_was_wrong(staff, say):
    say("The ferry sails")
    html = page(staff, q="ferry", since="last spring", speaker="nobody")
    assert 'value="last spring"' in html
    assert 'value="nobody"' in html
    assert notes(html) == [
        "“last spring” is not a date here. Write 2024, 2024-11 or 2024-11-03.",
        "There is no speaker “nobody”. Check the spelling.",
    ]


def test_the_form_offers_names_that_are_often_quoted(staff, say, resolution):
    say("S/RES/2417 says so", cites={"S/RES/2417": resolution}, tags=["Strait"])
    html = page(staff)
    for name in (
        "Ilse Okafor",
        "Ministry of Foreign Affairs",
        "S/RES/2417 (2018)",
        "Strait",
    ):
        assert f'<option value="{name}">' in html


@pytest.mark.parametrize(
    "params",
    [
        {"speaker": "Ilse Okafor"},
        {"organization": "ministry-of-foreign-affairs"},
        {"resolution": "2417"},
        {"tag": "Strait"},
        {"office": "Spokesperson"},
        {"kind": "Statement"},
        {"verdict": "unchecked", "since": "2026"},
        {"since": "2026-03"},
        {"q": "about:2417 after:2026 says"},
    ],
)
def test_each_control_narrows(staff, say, ministry, resolution, system, params):
    other = builders.make_person("Teodor Lindqvist", by=system)
    say("S/RES/2417 says so", cites={"S/RES/2417": resolution}, tags=["Strait"])
    editorial = Kind.objects.get(slug="editorial")
    say("He says nothing", speaker=other, on=dt.date(2020, 1, 1), kind=editorial)
    words = [
        text.replace("{", "").replace("}", "") for text in shown(page(staff, **params))
    ]
    assert words == ["S/RES/2417 says so"]


def test_what_is_chosen_stays_chosen_under_whatever_name(staff, say):
    say("The ferry sails")
    html = page(staff, kind="Remarks", verdict="differs")
    assert re.findall(r'<option value="([^"]*)" selected', html) == [
        "Remarks",
        "differs",
    ]
    html = page(staff, kind="nonsense", verdict="Not found")
    assert re.findall(r'<option value="([^"]*)" selected', html) == [
        "nonsense",
        "Not found",
    ]


def test_a_filter_is_a_chip_that_comes_off(staff, say):
    say("The ferry sails")
    html = page(staff, q="ferry", speaker="okafor", since="2026", sort="relevance")
    chips = re.findall(r'<a class="chip" href="([^"]*)"><bdi>(.*?)</bdi>', html)
    assert [(unescape(url), label) for url, label in chips] == [
        ("?q=ferry&since=2026&sort=relevance", "Ilse Okafor"),
        ("?q=ferry&speaker=okafor&sort=relevance", "from 2026"),
    ]


def test_an_ambiguous_name_lets_choose(staff, say, system):
    say("The ferry sails")
    say("The ferry waits", speaker=builders.make_person("Ben Okafor", by=system))
    html = page(staff, q="ferry", speaker="okafor")
    assert notes(html) == [
        "“okafor” may be Ben Okafor or Ilse Okafor. All are shown; choose one."
    ]
    assert len(shown(html)) == 2
    url = re.search(r'<a class="chip" href="([^"]*)"><bdi>Ben Okafor', html)
    chosen = staff.get(URL + unescape(url[1])).content.decode()
    assert shown(chosen) == ["The {ferry} waits"]
    assert notes(chosen) == []


def test_the_order_is_switched_by_a_link(staff, say):
    say("A ferry among many other words of a long and winding sentence")
    say("Ferry, ferries, and one more ferry", on=dt.date(2020, 1, 1))
    newest = page(staff, q="ferry")
    assert [text[:8] for text in shown(newest)] == ["A {ferry", "{Ferry},"]
    best = staff.get(URL + link(newest, "by relevance")).content.decode()
    assert [text[:8] for text in shown(best)] == ["{Ferry},", "A {ferry"]
    assert 'name="sort" value="relevance"' in best
    assert link(best, "newest first") == "?q=ferry"


def test_pages_are_read_by_key(staff, say, monkeypatch):
    monkeypatch.setattr("statements.staff.views.SIZE", 2)
    for number in range(5):
        say(f"Ferry {number}")
    html, seen = page(staff, q="ferry"), []
    while True:
        seen += shown(html)
        if 'rel="next"' not in html:
            break
        html = staff.get(URL + link(html, "Older")).content.decode()
    assert seen == [f"{{Ferry}} {number}" for number in (4, 3, 2, 1, 0)]
    html = staff.get(URL + link(html, "Newer")).content.decode()
    assert shown(html) == ["{Ferry} 2", "{Ferry} 1"]


# --- Queries


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    staff, say, resolution, count, django_assert_num_queries
):
    for _ in range(count):
        say("S/RES/2417 feeds us", cites={"S/RES/2417": resolution}, tags=["Strait"])
    # Session, user, their permissions (their own, and of their roles); keys, page, its
    # resolutions, total; what is offered and its names. With a question: compile, mark.
    with django_assert_num_queries(10):
        page(staff)
    # With words the total comes along with the keys.
    with django_assert_num_queries(11):
        page(staff, q="feeds")


@pytest.mark.parametrize(
    "params",
    [
        {"q": "(" * 5000},
        {"q": "a " * 3000},
        {"q": "\0", "speaker": "\0", "tag": "\0", "since": "\0", "before": "\0"},
        {"q": "\ufffd\ufeff", "sort": "\0"},
        {"speaker": "%", "organization": "_", "resolution": "\\", "tag": "'"},
        {"since": "9999", "until": "0001", "after": "9999-12-31.999999999999999999"},
        {"before": "0.000000001e-99.1", "sort": "relevance", "q": "ferry"},
    ],
)
def test_no_address_is_an_error(staff, say, params):
    say("The ferry sails")
    page(staff, **params)


def test_bytes_that_are_no_text_are_no_error(staff, say):
    say("The ferry sails")
    assert staff.get(f"{URL}?q=%ff%ed%a0%80&speaker=%00%ff").status_code == 200


def test_a_word_with_a_slip_is_offered_as_it_was_meant(staff, say):
    say("The ferry sails")
    wording.gather()
    for url in ("/search/", URL):
        html = staff.get(url, {"q": "feryr"}).text
        assert 'Did you mean <a href="?q=ferry"><bdi>ferry</bdi></a>?' in html
        assert "Did you mean" not in staff.get(url, {"q": "ferry"}).text
        assert "Did you mean" not in staff.get(url, {"q": "harbuor"}).text


# --- Counts beside the answer, views, and names while one types

COUNTS, NAMES = f"{URL}counts/", f"{URL}names/"


def test_counts_come_after_the_answer_and_are_a_page_without_a_script(staff, say):
    say("The ferry sails", on=dt.date(2025, 1, 1))
    say("The ferry is late", on=dt.date(2026, 1, 1))
    asked = link(page(staff, q="ferry"), "Narrow down by counts")
    assert asked == f"{COUNTS}?q=ferry"
    whole = staff.get(asked).text
    assert "<title>Narrow down" in whole
    assert link(whole, "Back to the quotes") == f"{URL}?q=ferry"
    assert link(whole, "2025") == f"{URL}?q=ferry&since=2025&until=2025"
    assert shown(staff.get(link(whole, "2025")).text) == ["The {ferry} sails"]
    part = staff.get(asked, headers={"HX-Request": "true"}).text
    assert "<title>Narrow down" not in part
    assert link(part, "Ilse Okafor") == f"{URL}?q=ferry&speaker=ilse-okafor"
    chosen = staff.get(f"{COUNTS}?q=ferry&speaker=ilse-okafor").text
    assert link(chosen, "Ilse Okafor") == f"{URL}?q=ferry"
    # Of one quote there is nothing to count.
    assert "Narrow down" not in page(staff, q="late")


def test_counts_and_names_are_for_staff_alone(client, db):
    for url in (f"{COUNTS}?q=ferry", f"{NAMES}?in=speakers&q=oka"):
        assert client.get(url).status_code == 302
        # Nor is the page to sign in put into a page that is open.
        assert client.get(url, headers={"HX-Request": "true"}).status_code == 401
    client.force_login(builders.make_user("nobody"))
    for url in (COUNTS, NAMES):
        assert client.get(url).status_code == 404


def test_names_are_offered_as_json(staff, say):
    say("The ferry sails")
    answer = staff.get(NAMES, {"in": "speakers", "q": "oka"})
    assert answer.json() == {"results": [{"id": "Ilse Okafor", "text": "Ilse Okafor"}]}
    assert "no-store" in answer["Cache-Control"]
    assert staff.get(NAMES).json() == {"results": []}


def test_the_view_stays_in_every_address(staff, say):
    for number in range(2):
        say(f"The ferry sails at {number}")
    dense = page(staff, q="ferry")
    assert 'class="page dense"' in dense
    roomy = staff.get(URL + link(dense, "comfortable")).text
    assert 'class="page roomy"' in roomy
    for label in ("by relevance", "Narrow down by counts"):
        assert "view=comfortable" in link(roomy, label)
    assert 'name="view" value="comfortable"' in roomy
    assert "view=" not in link(roomy, "dense")


def test_keys_of_a_single_sign_can_be_switched_off(staff, editor):
    assert " data-keys>" in page(staff)
    staff.cookies[f"letters-{editor.pk}"] = "off"
    assert " data-keys>" not in page(staff)


# --- Unpublished quotes


def test_unpublished_quotes_of_ones_desks_stand_apart_if_asked_for(
    client, say, author, outsider
):
    public = say("The ferry sails to the other shore")
    draft = say("The ferry waits for the tide", publish=False)
    other = say("The barge waits for the tide", publish=False)
    client.force_login(author)
    html = page(client, q="ferry")
    assert shown(html) == ["The {ferry} sails to the other shore"]
    assert draft.text not in html
    html = page(client, q="ferry", unpublished="on")
    apart, rest = html.split("</section>")
    assert shown(apart) == [draft.text]
    assert shown(rest) == ["The {ferry} sails to the other shore"]
    assert apart.count('class="not-published"') == 1
    assert (draft.get_absolute_url() in html, other.text in html) == (False, False)
    assert 'name="unpublished" value="on" checked' in html
    # No file, and nobody of another desk, is told of them.
    file = client.get(f"{URL}export.csv", {"q": "ferry", "unpublished": "on"})
    told = b"".join(file).decode() if file.streaming else file.content.decode()
    assert (public.text in told, draft.text in told) == (True, False)
    client.force_login(outsider)
    assert draft.text not in page(client, q="ferry", unpublished="on")
    assert shown(page(client, speaker="nobody", unpublished="on")) == []


def test_who_may_not_read_drafts_is_not_offered_them(client, say, author):
    say("The ferry waits for the tide", publish=False)
    role = author.groups.get()
    role.permissions.remove(role.permissions.get(codename="view_edition"))
    client.force_login(author)
    html = page(client, q="ferry", unpublished="on")
    assert ('name="unpublished"' in html, "for the tide" in html) == (False, False)

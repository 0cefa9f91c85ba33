"""Class: what may not be shown may be asked for, and the count is the answer.

By filters and orders, by parameters of other programs, by signs of the database's own
language, and by headers that ask whether something has changed.
"""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.urls import NoReverseMatch, reverse

from ..admin.conftest import Colleague
from ..builders import review_and_publish
from .hidden import KNOWN, OF_THE_DESK, body, same, told

pytestmark = pytest.mark.django_db

QUESTIONS = [
    {"q": "zinnober"},
    {"q": "zinn*"},
    {"q": '"Zinnober is ready"'},
    {"q": "-recall"},
    {"q": "speaker:zelda-zinnober"},
    {"q": "org:zinnober"},
    {"q": "about:2222"},
    {"q": "topic:zinnober"},
    {"speaker": "Zelda Zinnober"},
    {"organization": "Zinnober Institute"},
    {"resolution": "S/RES/2222 (2015)"},
    {"tag": "Zinnober"},
    {"since": "2026-03-02"},
    {"until": "2026-03-02"},
    {"q": "recall", "sort": "relevance"},
    {"q": "recall", "sort": "newest"},
    {"tag": "Ferries", "sort": "relevance"},
    {"before": "9999-01-01.1"},
    {"after": "0001-01-01.1"},
]

LISTS = [
    "/",
    "/statements/",
    "/statements/?before=9999-01-01.1",
    "/people/?after=a.1",
    "/people/?before=zz.1",
    "/organizations/?after=a.1",
    "/resolutions/?ref=UNSCR+2222",
    "/resolutions/?after=a.1",
    "/topics/",
    "/topics/ferries/",
]


def asked(client, place: str) -> dict[str, tuple]:
    found = {str(each): same(client.get(place, each)) for each in QUESTIONS}
    return found | {each: same(client.get(each)) for each in LISTS}


@pytest.mark.parametrize("staff", [False, True], ids=["readers", "staff"])
def test_no_question_tells_of_a_hidden_statement(
    client, seen, outsider, editor, publisher, request, staff
):
    """Every answer is, to the last byte, what it was before there was a statement.

    Staff are asked on their own page: their catalogue does name the new people.
    """
    if staff:
        client.force_login(outsider)
    place = "/staff/quotes/" if staff else "/search/"
    before = asked(client, place)
    secret = request.getfixturevalue("secret")
    after = asked(client, place)
    assert [each for each in before if before[each] != after[each]] == []

    review_and_publish(secret.edition, editor=editor, publisher=publisher)
    public = asked(client, place)
    changed = [each for each in before if before[each] != public[each]]
    assert len(changed) > len(QUESTIONS) - 3


#: Lists of the admin that hold what belongs to a desk.
OF_DESKS = [
    "article",
    "edition",
    "quote",
    "citation",
    "mediaasset",
    "permalink",
    "formeraddress",
]


def links(page: str) -> set[str]:
    """Filters that a list offers."""
    found = re.findall(r'href="(\?[^"o][^"]*)"', page)
    return {each.replace("&amp;", "&") for each in found}


def searched(client, noun: str) -> dict[str, str]:
    """All that a list answers to its search, its filters and its orders."""
    url = reverse(f"admin:statements_{noun}_changelist")
    first = client.get(url)
    if first.status_code != 200:
        return {"": str(first.status_code)}
    asked = {f"?q={word}" for word in OF_THE_DESK[::4]} | links(body(first)) | {""}
    return {each: body(client.get(url + each)) for each in sorted(asked)}


def plain(client, noun: str) -> str:
    return body(client.get(reverse(f"admin:statements_{noun}_changelist")))


@pytest.mark.long  # the matrix of leaks asks the same lists
def test_no_list_of_the_desk_tells_of_another_desks_statement(
    seen, outsider, author, request
):
    odile, amina = Colleague(outsider).client, Colleague(author).client
    before = {noun: searched(odile, noun) for noun in OF_DESKS}
    mine = {noun: plain(amina, noun) for noun in OF_DESKS}
    request.getfixturevalue("secret")
    # Signed in afresh: a list offers the filters again that one asked before.
    odile = Colleague(outsider).client
    after = {noun: searched(odile, noun) for noun in OF_DESKS}
    wrong = [
        (noun, each)
        for noun in OF_DESKS
        for each in before[noun]
        if before[noun][each] != after[noun].get(each)
    ]
    assert wrong == []
    now = {noun: plain(amina, noun) for noun in OF_DESKS}
    changed = {noun for noun in OF_DESKS if mine[noun] != now[noun]}
    assert changed >= {"article", "edition", "quote", "citation", "mediaasset"}


@pytest.mark.parametrize(
    ("noun", "lookup"),
    [
        ("user", "password__startswith"),
        ("spokesperson", "quotes__text__contains"),
        ("spokesperson", "quotes__edition__title__startswith"),
        ("organization", "issued__editions__title__startswith"),
        ("resolution", "citations__edition__title__startswith"),
        ("tag", "article__editions__title__startswith"),
        ("kind", "article__editions__title__startswith"),
        ("desk", "article__slug__startswith"),
        ("appointment", "quotes__text__contains"),
        ("article", "editions__title__startswith"),
        ("mediaasset", "uploaded_by__password__startswith"),
        ("edition", "created_by__password__startswith"),
    ],
)
def test_what_a_list_does_not_offer_it_does_not_answer(
    administrator, secret, noun, lookup
):
    url = reverse(f"admin:statements_{noun}_changelist")
    client = Colleague(administrator).client
    client.raise_request_exception = False
    answers = [client.get(url, {lookup: value}) for value in ("z", "Z", "Zinnober", "")]
    assert {each.status_code for each in answers} <= {302, 400}


def test_pages_read_nothing_from_parameters_of_others(client, pages, secret):
    """Nor all of them at once; what a page does not know changes nothing of it."""
    own = {"q", "speaker", "organization", "resolution", "tag", "since", "until"}
    own |= {"sort", "before", "after", "ref", "topic", "kind", "office", "year"}
    own |= {"format", "maxwidth", "body", "state", "time", "letter"}
    strange = [name for name in KNOWN if name not in own]
    wrong = []
    for page in pages:
        mark = "&" if "?" in page else "?"
        plain = same(client.get(page))
        assert not told(plain[1])
        for value in ("asc", secret.article.pk):
            together = "&".join(f"{name}={value}" for name in strange)
            answer = same(client.get(f"{page}{mark}{together}"))
            if (answer[0], answer[1]) != (plain[0], plain[1]):
                wrong.append((page, value))
        query = "&".join(f"{name}=1" for name in KNOWN)
        answer = client.get(f"{page}{mark}{query}")
        # A form of oEmbed that there is not is "not implemented", as it asks.
        failed = answer.status_code >= 500 and answer.status_code != 501
        if failed or told(body(answer)):
            wrong.append((page, query))
    assert wrong == []


INJECTIONS = [
    "' OR '1'='1",
    "1' OR 1=1--",
    "') OR 1=1--",
    '" OR ""="',
    "1; DROP TABLE article;--",
    "1) UNION SELECT username, password FROM account--",
    "' AND 1=CAST((SELECT password FROM account LIMIT 1) AS int)--",
    "'||(SELECT pg_sleep(5))||'",
    "\\'; SELECT 1;--",
    "$$;SELECT 1;$$",
    "%' OR 1=1--",
    "id); DROP TABLE quote;--",
    "-id, (SELECT 1)",
    "pk__gte",
    "a.b; --",
    "?",
    "%s",
    "%(x)s",
    "{}",
]
#: What nobody said: a question for it finds nothing.
NOTHING = "qqxqq"


def rows() -> dict[str, int]:
    """How many rows each table has that people write."""
    with connection.cursor() as cursor:
        found = {}
        for table in ("article", "edition", "quote", "account", "audit"):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            (found[table],) = cursor.fetchone()
    return found


@pytest.mark.parametrize("place", ["/search/", "/staff/quotes/"])
def test_signs_of_the_databases_language_are_words(client, seen, outsider, place):
    client.raise_request_exception = False
    client.force_login(outsider)
    before, wrong = rows(), []
    # Both pages hand the question to one reader: the second is asked a sample.
    injections = INJECTIONS if place == "/search/" else INJECTIONS[::4]

    def finds(name: str, value: str) -> bool | int:
        answer = client.get(place, {"q": "recall"} | {name: value})
        if answer.status_code != 200:
            return answer.status_code
        return "ferries sail" in answer.content.decode()

    for name in ("q", "speaker", "organization", "resolution", "tag"):
        assert finds(name, NOTHING) is False
        for each in injections:
            # Without a letter or a digit there is no word to look for.
            if any(map(str.isalnum, each)) and finds(name, each) is not False:
                wrong.append((name, each))
    for name in ("sort", "before", "after", "since", "until"):
        assert finds(name, NOTHING) is True
        wrong += [(name, each) for each in injections if finds(name, each) is not True]
    assert wrong == []
    assert rows() == before


@pytest.mark.long
def test_lists_take_no_language_of_the_database_either(client, seen, administrator):
    client.raise_request_exception = False
    names = [
        f"{place}?{name}="
        for place in ("/statements/", "/people/", "/resolutions/", "/topics/")
        for name in ("before", "after", "ref")
    ]
    before, wrong = rows(), []
    for place in names:
        for each in INJECTIONS[::3]:
            if client.get(place + each).status_code >= 500:
                wrong.append((place, each))
    ada = Colleague(administrator).client
    ada.raise_request_exception = False
    for model in admin.site._registry:
        meta = model._meta
        try:
            url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        except NoReverseMatch:
            continue
        for name in ("o", "q"):
            for each in INJECTIONS[:12:6]:
                if ada.get(url, {name: each}).status_code >= 500:
                    wrong.append((url, name, each))
    assert wrong == []
    assert rows() == before

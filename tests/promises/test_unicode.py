"""Promise: words are what they look like, or an editor is told that they are not."""

from __future__ import annotations

import unicodedata
from collections import Counter
from html import escape, unescape

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from statements.markup.lookalikes import remarks
from statements.models import Edition, Spokesperson

from ..admin.conftest import Colleague, address, edition_version, filled
from .hostile.tricks import TWINS, UNSEEN, Trick, tricks

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("static_files_as_they_lie"),
]

TRICKS = tricks()
EVERY = pytest.param(TRICKS, marks=pytest.mark.long)
#: What a form does to the end of a line and what is the same text in any case.
BODY = "Spokesperson {} spoke in Harrowmere on Monday."


PLAIN_NAMES = [
    "Ilse Okafor",
    "Zoë Ångström-Núñez",
    "Иван Петров",
    "Αλέξανδρος Παππάς",
    "مریم می‌خواهد",
    "क्‍षमा शर्मा",
    "東京 太郎",
    "Yıldız Çelik",
    "N’Golo O’Hara",
]


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def name_of(trick: Trick) -> str:
    return f"{trick.kind}: {trick.written.encode('unicode_escape').decode()}"


def test_there_are_two_hundred_of_every_kind():
    assert len({trick.written for trick in TRICKS}) == 200
    assert {trick.kind for trick in TRICKS} == {*UNSEEN, *TWINS}
    used = set("".join(trick.written for trick in TRICKS))
    assert used.issuperset("".join(UNSEEN.values()))


@pytest.mark.parametrize("some", [TRICKS[::4], EVERY], ids=["some", "all"])
def test_as_a_name_each_is_refused_or_told_of(steward, some):
    """A person's name, posted to the catalogue's form."""
    client = Colleague(steward).client
    url = reverse("admin:statements_spokesperson_add")
    outcomes: Counter[str] = Counter()
    silent = []
    for trick in some:
        response = client.post(url, person(trick.written))
        made = Spokesperson.objects.filter(name=trick.written)
        if response.status_code == 200:
            outcomes["refused"] += 1
            page = unescape(response.content.decode())
            good = "invisible character" in page and not made.exists()
        else:
            outcomes["told"] += 1
            said = [line for line in told(response) if line.startswith("Name: ")]
            good = bool(said) and made.exists()
        if not good:
            silent.append(name_of(trick))
        made.delete()
    assert silent == []
    assert Spokesperson.objects.count() == 0
    assert outcomes["refused"] > len(some) / 3
    assert outcomes["told"] > len(some) / 3


def test_a_plain_name_is_told_nothing(steward):
    """The control; so is a name that needs other letters than ours."""
    client = Colleague(steward).client
    url = reverse("admin:statements_spokesperson_add")
    for name in PLAIN_NAMES:
        response = client.post(url, person(name))
        assert response.status_code == 302
        assert [line for line in told(response) if "Name: " in line] == []
        assert Spokesperson.objects.filter(name=name).exists()


def person(name: str) -> dict[str, str]:
    inlines = ("appointments", "other_names", "identifiers")
    return {
        "name": name,
        "gender": "",
        "sort_name": "",
        "slug": "",
        **{f"{inline}-TOTAL_FORMS": "0" for inline in inlines},
        **{f"{inline}-INITIAL_FORMS": "0" for inline in inlines},
    }


@pytest.mark.parametrize("some", [TRICKS[1::4], EVERY], ids=["some", "all"])
def test_in_a_body_each_is_refused_or_told_of(draft, author, some):
    """What is stored is what was typed, or the editor reads what became of it."""
    silent, outcomes = [], Counter()
    for trick in some:
        body = BODY.format(trick.written)
        before = Edition.objects.get(pk=draft.pk)
        response = save(draft, author, body=body)
        after = Edition.objects.get(pk=draft.pk)
        if response.status_code == 200:
            outcomes["refused"] += 1
            page = unescape(response.content.decode())
            good = "invisible character" in page and after.body == before.body
        else:
            outcomes["told"] += 1
            said = " ".join(told(response))
            if after.text == unicodedata.normalize("NFC", body):
                good = "Text: " in said
            else:
                # Only what shows nothing was taken out, and that is told.
                good = "Taken out of the text" in said and after.text == BODY.format(
                    trick.plain
                )
        if not good:
            silent.append(name_of(trick))
    assert silent == []
    assert outcomes["refused"] >= 2
    assert outcomes["told"] > 0.75 * len(some)


def test_a_plain_body_is_told_nothing(draft, author):
    for name in PLAIN_NAMES:
        body = BODY.format(name)
        response = save(draft, author, body=body)
        assert Edition.objects.get(pk=draft.pk).text == body
        assert told(response) == ["Saved."]


@pytest.mark.parametrize("field", ["title", "summary", "byline"])
def test_in_other_fields_of_a_statement_each_is_refused_or_told_of(
    draft, author, field
):
    silent = []
    for trick in TRICKS[1::16]:
        response = save(draft, author, **{field: trick.written})
        after = getattr(Edition.objects.get(pk=draft.pk), field)
        if response.status_code == 200:
            page = unescape(response.content.decode())
            good = "invisible character" in page and after != trick.written
        else:
            label = f"{field.capitalize()}: "
            good = after == trick.written and label in " ".join(told(response))
        if not good:
            silent.append(name_of(trick))
    assert silent == []


def save(draft: Edition, author, **changes: str):
    """Send the form of a draft as its page shows it, with some fields changed."""
    form = {"action": "save", "lock_version": edition_version(draft)}
    return Colleague(author).client.post(
        address(draft, "write"), form | filled(draft, author) | changes
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Il\u00adse Okafor", "1 × soft hyphen"),
        ("Il\u200dse", "1 × zero width joiner"),
        ("abc\u200e", "1 × left-to-right mark"),
        ("Ilse a\ufe0f", "1 × variation selector-16"),
        ("Ils\u0435", "“Ils\u0435” mixes Cyrillic and Latin letters"),
        ("\u041e\u0441\u0435", "is Cyrillic, but every letter looks Latin"),
        ("\U0001d408lse", "mathematical bold capital i"),
    ],
)
def test_what_is_told_of(text, said):
    (sentence,) = remarks(text)
    assert said in sentence


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d👧 1\ufe0f\u20e3 ❤\ufe0f",
        "שלום\u200f, abc",
        "می\u200cخواهم",
        escape("<é>"),
    ],
)
def test_what_scripts_and_pictures_need_is_not_told_of(text):
    assert remarks(text) == []


def test_a_text_full_of_twins_is_told_of_in_few_sentences():
    words = " ".join(f"Ils\u0435{letter}" for letter in "abcdefghij")
    assert len(remarks(words)) == 6

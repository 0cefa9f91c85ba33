"""Check: what must be done and what should be looked at, each leading to its words."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from statements.editorial import silencing
from statements.models import Silence, Waiver

from .. import builders
from .conftest import address

pytestmark = pytest.mark.django_db

BODY = "The OKTM met the the crew.\nSpokesperson Ilse Okafor said: “The ferries sail.”"


@pytest.fixture
def slips(author):
    return builders.make_draft(by=author, body=BODY, title="Slips")


def section(page: str, name: str) -> str:
    """The part of the page under one heading, without its forms."""
    found = re.search(rf'aria-labelledby="{name}">(.*?)</section>', page, re.DOTALL)
    assert found is not None, name
    return re.sub(r"<details.*?</details>", "", found[1], flags=re.DOTALL)


def links(part: str) -> list[str]:
    return re.findall(r'<a href="[^"?#]*/(\w+/(?:\?[^"#]*)?(?:#[^"]*)?)"', part)


def test_what_must_be_and_what_should_be_stand_apart_and_lead_to_the_words(
    amina, slips
):
    page = amina.page(slips, "check")
    assert links(section(page, "against")) == ["review/", "quotes/?at=59-76#at"]
    assert links(section(page, "look")) == [
        "write/?at=4-8#at",
        "write/?at=13-20#at",
    ]
    assert "2 reasons against, 2 to look at" in page
    quotes = amina.client.get(f"{address(slips, 'quotes')}?at=59-76").content.decode()
    (row,) = re.findall(r'class="desk-row" id="at">(.*?)</p>', quotes, re.DOTALL)
    assert re.findall(r'<mark class="([^"]*sought[^"]*)">([^<]*)<', row) == [
        ("sought suggested", "The ferries sail.")
    ]
    # Where the text is a plain field, its words are told.
    write = amina.client.get(f"{address(slips, 'write')}?at=13-20").content.decode()
    (told,) = re.findall(r'class="notice passage" id="at">(.*?)</p>', write)
    assert re.findall(r"<mark>(.*?)</mark>", told) == [slips.text[13:20]]
    assert "in line 1 of" in told
    for asked in ("", "76-59", "1-9999", "a-b", "٣-٤", "1-2-3", "9" * 30 + "-1"):
        odd = amina.client.get(f"{address(slips, 'quotes')}?at={asked}")
        assert (odd.status_code, b"sought" in odd.content) == (200, False)
        odd = amina.client.get(f"{address(slips, 'write')}?at={asked}")
        assert (odd.status_code, b'id="at"' in odd.content) == (200, False)


def test_a_finding_is_silenced_here_by_who_writes_and_lifted_again(amina, slips):
    asked = {"rule": "acronym", "subject": "OKTM", "scope": "here"}
    refused = amina.send(slips, "check", "silence", **asked, why=" ").content.decode()
    assert "Say why it is silenced." in refused
    assert Silence.objects.count() == 0
    assert refused.count("<details open") == 1
    amina.send(slips, "check", "silence", **asked, why="Everybody knows it.")
    row = Silence.objects.get()
    assert (row.by, row.reason) == (amina.user, "Everybody knows it.")
    page = amina.page(slips, "check")
    assert "OKTM" not in section(page, "look")
    assert "Everybody knows it." in section(page, "silenced")
    amina.send(slips, "check", "lift", silence=row.pk)
    page = amina.page(slips, "check")
    assert "OKTM" in section(page, "look")
    assert 'id="silenced"' not in page


def test_only_who_publishes_silences_always(amina, petra, slips):
    asked = {"rule": "acronym", "subject": "OKTM", "scope": "subject", "why": "Known."}
    assert amina.send(slips, "check", "silence", **asked).status_code == 403
    assert 'value="subject"' not in amina.page(slips, "check")
    assert 'value="subject"' in petra.page(slips, "check")
    petra.send(slips, "check", "silence", **asked)
    row = Silence.objects.get()
    page = amina.page(slips, "check")
    assert "Known." in section(page, "silenced")
    assert 'value="lift"' not in page
    assert amina.send(slips, "check", "lift", silence=row.pk).status_code == 403
    petra.send(slips, "check", "lift", silence=row.pk)
    assert Silence.objects.count() == 0


def test_a_reason_is_set_aside_for_one_thing(amina, petra, slips):
    assert "Set aside" not in amina.page(slips, "check")
    petra.send(slips, "check", "waive", rule="suggestions", why="A title, no quote.")
    assert Waiver.objects.get().by == petra.user
    page = petra.page(slips, "check")
    assert "Suggestions are open" not in section(page, "against")
    assert "A title, no quote." in section(page, "aside")
    odd = petra.send(slips, "check", "waive", rule="alt", why="All.").content.decode()
    assert "Say what the rule is set aside for." in odd
    assert Waiver.objects.count() == 1


def test_the_list_of_what_is_silenced_is_for_its_desk(
    amina, odile, petra, slips, publisher
):
    here = silencing.silence(
        slips,
        by=publisher,
        rule="acronym",
        subject="HMK",
        scope="here",
        reason="Known to the strait.",
    )
    silencing.silence(
        slips,
        by=publisher,
        rule="acronym",
        subject="OKTM",
        scope="subject",
        reason="Known to all.",
    )
    url = reverse("admin:statements_silence_changelist")

    def seen(who) -> list[str]:
        page = who.client.get(url).content.decode()
        return [s for s in ("HMK", "OKTM", "Known to the strait.") if s in page]

    assert seen(amina) == ["HMK", "OKTM", "Known to the strait."]
    assert seen(odile) == ["OKTM"]
    delete = reverse("admin:statements_silence_delete", args=[here.pk])
    assert amina.client.post(delete, {"post": "yes"}).status_code == 403
    petra.client.post(delete, {"post": "yes"})
    assert [row.subject for row in Silence.objects.all()] == ["OKTM"]


def test_the_page_takes_as_many_queries_however_much_is_found(
    petra, author, slips, django_assert_num_queries
):
    more = builders.make_draft(
        by=author,
        body=f"{BODY}\nThe HMK left the the pier.\nThe QRVX said “We are off.”",
        title="More of them",
    )
    petra.page(slips, "check")
    with django_assert_num_queries(27):
        petra.page(slips, "check")
    with django_assert_num_queries(27):
        petra.page(more, "check")

"""The keys of the desk: said in one list, and single letters off for who wants that."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse

from statements.admin import keys

from .conftest import address

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "statements" / "static" / "statements"
KEYS = reverse("admin:keys")
#: How scripts call what keyboards print.
CALLED = {"↑": "ArrowUp", "↓": "ArrowDown", "←": "ArrowLeft", "→": "ArrowRight"}


def lines(groups) -> list[tuple[str, str, str]]:
    return [
        (group.where, " ".join(key.names), key.does)
        for group in groups
        for key in group.keys
    ]


def drawn(page: str) -> list[tuple[str, str, str]]:
    """Place, keys and deed of each line of the tables in a piece of HTML."""
    found = []
    for table in re.findall(r'<table class="keys">(.*?)</table>', page, re.DOTALL):
        where = re.search(r"<caption>(.*?)</caption>", table)[1]
        for head, does in re.findall(
            r'<th scope="row">(.*?)</th><td>(.*?)</td>', table, re.DOTALL
        ):
            names = " ".join(re.findall(r"<kbd>(.*?)</kbd>", head))
            found.append((where, unescape(names), unescape(does)))
    return found


def dialog(colleague, path: str) -> str:
    page = colleague.client.get(path).content.decode()
    return re.search(r'<dialog id="keys".*?</dialog>', page, re.DOTALL)[0]


def called(*groups: keys.Keys) -> set[str]:
    names = {n for group in groups for key in group.keys for n in key.names}
    return {
        CALLED.get(name, "Escape" if name == "Esc" else name.lower())
        if len(name) == 1 or name == "Esc"
        else name
        for name in names
    }


def test_the_handbook_has_each_key_once_and_no_other():
    handbook = (ROOT / "docs" / "editors.md").read_text()
    section = handbook.partition("\n## Keys\n")[2].partition("\n## ")[0]
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in section.splitlines()
        if line.startswith("| ")
    ]
    assert rows == [("where", "key", "does"), *lines(keys.EVERY)]


def test_the_findings_know_the_keys_of_the_list_and_no_other():
    script = (SCRIPTS / "editor" / "margin.js").read_text()
    body = re.search(r"const keys = \{(.*?)\n    \};", script, re.DOTALL)[1]
    assert set(re.findall(r"^      (\w+): ", body, re.MULTILINE)) == called(
        keys.WRITING[1]
    )


def test_the_text_on_review_knows_the_keys_of_the_list_and_no_other():
    script = (SCRIPTS / "remarks.js").read_text()
    body = re.search(r"const to = \{(.*?)\}\[event.key\]", script, re.DOTALL)[1]
    known = set(re.findall(r"^      (\w+): ", body, re.MULTILINE))
    assert known | {"Enter", "Shift"} == called(keys.READING[0])


@pytest.mark.django_db
def test_each_page_shows_its_own_keys_and_those_of_all(ready, edgar, live, petra):
    everywhere = lines(keys.EVERYWHERE)
    for path, own in (
        (reverse("admin:index"), ()),
        (reverse("admin:statements_post_add"), ()),
        (reverse("admin:statements_article_add"), keys.WRITING),
        (address(ready, "review"), keys.READING),
        (address(live, "write"), ()),
    ):
        assert drawn(dialog(petra, path)) == [*lines(own), *everywhere], path


@pytest.mark.django_db
def test_without_a_script_a_page_has_all_keys(edgar):
    page = edgar.client.get(KEYS).content.decode()
    assert f'<a href="{KEYS}" id="keys-open">Keys</a>' in page
    assert drawn(page.partition("<dialog")[0]) == lines(keys.EVERY)


@pytest.mark.django_db
def test_single_letters_stay_off_for_whoever_switched_them_off(edgar, petra):
    desk = reverse("admin:index")
    assert 'data-letters="on"' in dialog(edgar, desk)
    response = edgar.client.post(KEYS, {"letters": "off"}, follow=True)
    assert response.redirect_chain == [(KEYS, 302)]
    assert "Single letters and signs are off." in response.content.decode()
    assert 'data-letters="off"' in dialog(edgar, desk)
    (cookie,) = [
        each
        for name, each in edgar.client.cookies.items()
        if name.startswith("letters")
    ]
    kept = ("path", "httponly", "samesite", "max-age")
    assert [cookie[name] for name in kept] == ["/admin/", True, "Lax", 34_560_000]

    # Another person at the same machine has keys of their own.
    petra.client.cookies[cookie.key] = cookie.value
    assert 'data-letters="on"' in dialog(petra, desk)

    answer = edgar.client.post(
        KEYS, {"letters": "on"}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 204
    assert 'data-letters="on"' in dialog(edgar, desk)


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["", "OFF", "\0", "x" * 5000])
def test_a_forged_switch_is_refused(wanted, edgar):
    assert edgar.client.post(KEYS, {"letters": wanted}).status_code == 400

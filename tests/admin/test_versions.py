"""The editions of a statement on its pages: compared, restored, named, corrected."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from statements.editorial import editions
from statements.models import Edition, FormerAddress

from .. import builders
from ..editorial.test_correcting import begin, rewrite
from .conftest import address, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(live, author) -> Edition:
    return rewrite(begin(live, by=author), "will sail,", "will sail today,", by=author)


def text(page: str) -> str:
    page = re.sub(r"<del>(.*?)</del>", r"[-\1-]", page)
    page = re.sub(r"<ins>(.*?)</ins>", r"{+\1+}", page)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_every_page_of_a_statement_leads_to_the_comparison(amina, second):
    url = address(second, "compare")
    for step in ("write", "quotes", "check", "review", "publish", "files"):
        assert f'href="{url}"' in amina.page(second, step)


def test_an_edition_is_compared_with_the_one_it_is_based_on(amina, second):
    page = amina.page(second, "compare")
    assert '<option value="1" selected>' in page
    assert '<option value="2" selected>' in page
    shown = text(page)
    assert "Change [-First edition-]{+Correction+}" in shown
    assert "1 paragraph unchanged The strait was calm." in shown
    assert "that “The ferries will sail{+ today+},” and left" in shown
    assert "“The ferries will sail today,” Changed Words" in shown
    inline = amina.client.get(address(second, "compare") + "?a=2&b=1&view=inline")
    assert "compare-row" not in inline.text
    assert "that “The ferries will sail[- today-],” and left" in text(inline.text)


def test_editions_that_are_not_there_are_refused_with_a_sentence(amina, second):
    for asked in ("a=1&b=9", "a=x&b=2", "a=1"):
        page = amina.client.get(f"{address(second, 'compare')}?{asked}")
        assert page.status_code == 200
        assert "There is no such edition. Choose two from the list." in page.text


def test_editions_of_other_statements_are_not_compared(amina, odile, second):
    other = builders.make_draft(by=odile.user, title="Elsewhere")
    assert amina.client.get(address(other, "compare")).status_code == 404
    assert amina.client.get(address(second, "compare") + "?a=1&b=2").status_code == 200


def test_the_page_asks_as_often_for_three_editions_as_for_two(
    amina, live, author, editor, publisher, django_assert_num_queries
):
    second = editions.begin(live.article, by=author)
    url = address(second, "compare")
    amina.client.get(url)
    with django_assert_num_queries(25):
        amina.client.get(url)
    editions.begin(live.article, by=author)
    with django_assert_num_queries(25):
        amina.client.get(url)


def test_an_old_edition_is_restored_by_a_button_and_a_draft_is_named(
    amina, edgar, second, editor, publisher
):
    builders.review_and_publish(second, editor=editor, publisher=publisher)
    page = amina.page(second, "compare")
    assert "Restore edition 1 as a draft" in page
    assert "Restore edition 2" not in page
    answer = amina.send(second, "compare", "restore", number="1")
    third = Edition.objects.get(number=3)
    assert answer.url == address(third, "write")
    assert third.text.count("will sail,") == 1
    page = amina.client.get(answer.url).text
    assert "Edition 3 begun with the words of edition 1." in page
    refused = amina.send(second, "compare", "restore", number="2").text
    assert "Edition 2 is what readers have. Begin a new edition instead." in refused

    amina.send(third, "compare", "name", number="3", name="For the council")
    assert "For the council" in edgar.page(third, "compare")
    refused = amina.send(third, "compare", "name", number="2", name="Late").text
    assert "its name is frozen with it" in refused
    assert amina.send(third, "compare", "name", number="7", name="X").status_code == 400


def test_a_correction_lists_where_else_its_words_stand(
    amina, petra, second, author, okafor, editor, publisher
):
    other = builders.make_draft(
        by=author, title="Later that day", body="Again: “The ferries will sail.”"
    )
    builders.quote_words(other, "The ferries will sail.", by=author, speaker=okafor)
    for step in ("check", "publish"):
        page = amina.page(second, step)
        assert "Also quoted in" in page
        assert "Edition 1 is not out yet. Mend it there." in page
        assert address(other, "write") in page
    assert "Also quoted in" not in amina.page(other, "check")

    builders.review_and_publish(second, editor=editor, publisher=publisher)
    told = "{+The ferries will sail today+}” was “[-The ferries will sail-]"
    assert told in text(petra.page(second, "publish"))
    assert "Also quoted in" in petra.page(second, "publish")
    for noun, row in (("edition", second), ("quote", second.quotes.get())):
        record = petra.client.get(
            reverse(f"admin:statements_{noun}_change", args=[row.pk])
        )
        assert told in text(record.text)
        assert "The day was left out." in record.text


def test_a_changed_day_and_address_lead_on_from_the_pages(
    petra, live, client, publisher
):
    former = live.article.get_absolute_url()
    draft = editions.begin(live.article, by=publisher)
    form = filled(draft, publisher) | {
        "dated": "2026-03-04",
        "slug": "ferries-sail",
        "change": "minor",
    }
    assert petra.send(draft, "write", "save", **form).status_code == 302
    live.article.refresh_from_db()
    now = live.article.get_absolute_url()
    assert (live.article.dated, live.article.slug) == (
        dt.date(2026, 3, 4),
        "ferries-sail",
    )
    answer = client.get(former)
    assert (answer.status_code, answer.url) == (301, now)
    assert client.get(now).status_code == 200
    assert FormerAddress.objects.get().path == former


def test_withdrawing_needs_a_reason_and_a_sentence_and_readers_get_both(
    petra, live, client
):
    page = petra.send(live, "publish", "withdraw", reason="", note="").text
    assert "Choose why the statement is withdrawn." in page
    assert "Write a sentence for readers about the withdrawal." in page
    assert client.get(live.article.get_absolute_url()).status_code == 200
    note = "It named the wrong harbour."
    page = petra.send(live, "publish", "withdraw", reason="", note=note).text
    assert note in page
    petra.send(live, "publish", "withdraw", reason="error", note=note)
    answer = client.get(live.article.get_absolute_url())
    assert answer.status_code == 410
    assert note in answer.text
    assert "It contained an error" in answer.text
    assert "The ferries will sail" not in answer.text
    shown = petra.page(live, "publish")
    assert note in shown

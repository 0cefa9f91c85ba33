"""Compare, restore and withdraw in a real browser, wide and on a phone."""

from __future__ import annotations

import pytest

from statements.editorial import editions, intake

from .. import builders
from ..editorial.test_correcting import begin, rewrite
from .test_editor_journey import look, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MORE = "".join(f"<p>In week {n} the pilots counted every ship.</p>" for n in range(9))


def test_an_edition_is_compared_restored_and_the_statement_withdrawn(
    page, live_server, live, author, okafor, editor, publisher, complaints
):
    wide = {"width": 1280, "height": 900}
    phone = {"width": 360, "height": 740}
    first = begin(live, by=author, change="minor")
    intake.revise(
        first,
        by=author,
        lock_version=first.lock_version,
        body=first.body + MORE,
        summary="Pilots are ready.",
    )
    first.refresh_from_db()
    builders.review_and_publish(first, editor=editor, publisher=publisher)
    second = begin(live, by=author)
    second = rewrite(second, "will sail,", "will sail today,", by=author)
    second = rewrite(second, "week 8 the pilots", "week 8 all pilots", by=author)
    other = builders.make_draft(
        by=author, title="Later that day", body="Again: “The ferries will sail.”"
    )
    builders.quote_words(other, "The ferries will sail.", by=author, speaker=okafor)

    page.set_viewport_size(wide)
    sign_in(page, live_server, publisher)
    page.get_by_role("link", name="The ferries will sail").first.click()
    page.get_by_role("link", name="Compare").click()
    rows = page.locator(".compare-row")
    assert rows.count() == 3
    assert rows.nth(1).locator("p").nth(1).is_visible()
    assert page.get_by_text("9 paragraphs unchanged").is_visible()
    look(page)
    page.emulate_media(color_scheme="dark")
    page.reload()
    look(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(phone)
    page.reload()
    look(page)
    assert not rows.nth(1).is_visible()
    inline = page.locator(".compare-inline")
    assert [one.is_visible() for one in inline.all()] == [True, True]
    page.get_by_label("From").select_option("1")
    page.get_by_label("Show").select_option("inline")
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("Pilots are ready.").first.wait_for()
    look(page)

    page.locator(".steps").get_by_role("link", name="Check").click()
    page.get_by_role("heading", name="Also quoted in").wait_for()
    look(page)
    builders.review_and_publish(second, editor=editor, publisher=publisher)
    page.locator(".steps").get_by_role("link", name="Publish").click()
    page.get_by_role("heading", name="Corrected in this edition").wait_for()
    look(page)
    page.locator(".corrected-address").first.click()
    page.get_by_text("The day was left out.").wait_for()
    look(page)
    page.go_back()

    page.get_by_role("link", name="Editions").click()
    page.get_by_role("button", name="Restore edition 1 as a draft").click()
    page.get_by_text("Edition 4 begun with the words of edition 1.").wait_for()
    assert editions.last_published(live.article).number == 3

    page.goto(
        f"{live_server.url}/admin/statements/article/{live.article_id}"
        "/edition/3/publish/"
    )
    page.get_by_text("Withdraw the statement").click()
    look(page)
    page.get_by_role("button", name="Withdraw now").click()
    page.get_by_text("Choose why the statement is withdrawn.").wait_for()
    page.get_by_label("Reason").select_option("error")
    page.get_by_label("A sentence for readers").fill("It named the wrong harbour.")
    page.get_by_role("button", name="Withdraw now").click()
    page.get_by_text("Withdrawn. Readers see the reason and your sentence.").wait_for()
    look(page)
    page.goto(live_server.url + live.article.get_absolute_url())
    page.get_by_text("It named the wrong harbour.").wait_for()
    # The page of a withdrawn statement answers 410, of which the browser complains.
    complaints[:] = [one for one in complaints if "410" not in one]

"""Typing is not lost: whatever is cut, and whenever."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from itertools import count

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, Page

from statements.models import DraftBuffer, Edition

from .. import builders
from .test_editor_journey import look, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: How old the newest words may be that a cut loses.
LOST = 5.0
CUTS = ("killed", "closed", "offline", "refused")


def open_page(page, live_server, edition) -> None:
    page.goto(
        f"{live_server.url}/admin/statements/article/{edition.article_id}"
        f"/edition/{edition.number}/write/"
    )
    page.wait_for_function("document.querySelector('input[name=page]')")


def kept(edition) -> str:
    return "\n".join(
        row.values.get("title", "")
        for row in DraftBuffer.objects.filter(edition=edition).order_by("saved_at")
    )


def until(true, seconds: float = 8.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "It did not come true in time."
        time.sleep(0.1)


def cut(page, how: str) -> None:
    if how == "killed":
        # The process of the tab dies: no event reaches the page any more.
        with pytest.raises(Error):
            page.goto("chrome://crash", timeout=1000)
    elif how == "closed":
        page.close()
    elif how == "offline":
        page.context.set_offline(True)
    else:
        page.context.route("**/*", lambda route: route.abort("connectionrefused"))


@dataclass
class Window:
    """Somebody types in it; it is cut after so many seconds."""

    page: Page
    edition: Edition
    how: str
    seconds: float
    #: What was typed, by which moment.
    moments: list[tuple[float, str]] = field(default_factory=list)
    at: float | None = None

    def type(self, word: str) -> None:
        self.page.keyboard.type(word)
        before = self.moments[-1][1] if self.moments else ""
        self.moments.append((time.monotonic(), before + word))

    def cut(self) -> None:
        cut(self.page, self.how)
        self.at = time.monotonic()

    def lost(self) -> float:
        """How many seconds of typing were lost."""
        there = kept(self.edition)
        lost = [when for when, typed in self.moments if typed.strip() not in there]
        return self.at - lost[0] if lost else 0.0


def cut_side_by_side(
    new_window, live_server, author, hows, numbers: random.Random
) -> list[float]:
    """Numbered words with pauses, in a window for each cut; what each cut lost."""
    windows = []
    for how in hows:
        page = new_window()
        page.set_default_timeout(8000)
        edition = builders.make_draft(by=author)
        open_page(page, live_server, edition)
        page.get_by_label("Title").fill("")
        windows.append(Window(page, edition, how, numbers.uniform(0.5, 6.5)))
    begun = time.monotonic()
    for number in count():
        going = [window for window in windows if window.at is None]
        if not going:
            break
        for window in going:
            window.type(f"w{number} ")
            if time.monotonic() - begun > window.seconds:
                window.cut()
        time.sleep(numbers.choice([0.02, 0.05, 0.1, 0.3, 1.5]))
    time.sleep(0.3)
    lags = [window.lost() for window in windows]
    for window in windows:
        window.page.context.close()
    DraftBuffer.objects.all().delete()
    return lags


@pytest.mark.parametrize(
    "rounds", [1, pytest.param(12, marks=pytest.mark.long)], ids=["few", "fifty"]
)
def test_a_cut_loses_five_seconds_of_typing_at_most(
    page, new_context, live_server, author, rounds
):
    sign_in(page, live_server, author)
    state = page.context.storage_state()

    def new_window() -> Page:
        return new_context(storage_state=state).new_page()

    numbers = random.Random(5)  # moments, not secrets
    lost = {}
    for turn in range(rounds):
        hows = CUTS if turn < 11 else (*CUTS, *CUTS[:2])
        lags = cut_side_by_side(new_window, live_server, author, hows, numbers)
        lost |= {
            (turn, *each): lag for *each, lag in zip(count(), hows, lags, strict=False)
        }
    assert {key: lag for key, lag in lost.items() if lag > LOST} == {}
    assert len(lost) >= 4 * rounds + (2 if rounds > 11 else 0)


def test_what_was_never_saved_is_offered_looked_at_and_taken_back(
    page, live_server, author, draft, complaints
):
    sign_in(page, live_server, author)
    open_page(page, live_server, draft)
    page.get_by_label("Summary").fill("The ferries go at nine.")
    page.get_by_text("What you typed is kept until you save").wait_for()
    look(page)
    # Left without saving, and opened again.
    page.goto(f"{live_server.url}/admin/")
    open_page(page, live_server, draft)
    offer = page.locator(".drafts-offers")
    offer.get_by_text("that was never saved").wait_for()
    look(page)
    offer.get_by_role("link", name="look at it").click()
    page.locator("ins", has_text="The ferries go at nine.").wait_for()
    look(page)
    page.get_by_role("link", name="Take it back").click()
    assert page.get_by_label("Summary").input_value() == "The ferries go at nine."
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved.").wait_for()
    draft.refresh_from_db()
    assert draft.summary == "The ferries go at nine."
    assert [row.values for row in DraftBuffer.objects.all()] == [{}]
    page.wait_for_timeout(500)
    assert offer.is_hidden()

    # The next one is thrown away.
    page.get_by_label("Summary").fill("Nonsense.")
    until(lambda: DraftBuffer.objects.filter(values__summary="Nonsense.").exists())
    open_page(page, live_server, draft)
    offer.get_by_role("button", name="throw it away").click()
    offer.get_by_role("button", name="throw it away for good?").click()
    until(lambda: not DraftBuffer.objects.exclude(values={}).exists())
    assert offer.is_hidden()


def test_an_ended_login_is_said_and_the_text_stays_until_signed_in_again(
    page, live_server, author, draft
):
    sign_in(page, live_server, author)
    open_page(page, live_server, draft)
    Session.objects.all().delete()
    page.get_by_label("Summary").press_sequentially("Typed when signed out.")
    page.get_by_text("You are signed out").wait_for()
    look(page)
    assert not DraftBuffer.objects.exists()
    other = page.context.new_page()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in again in a new tab").click()
    other = opened.value
    other.get_by_label("Username").fill(author.username)
    other.locator("#id_password").fill("the strait is calm")
    other.get_by_role("button", name="Log in").click()
    other.get_by_text("Close this tab, and go on in the other one").wait_for()
    other.close()
    page.bring_to_front()
    until(lambda: DraftBuffer.objects.count() == 1, 12)
    page.locator(".drafts-problem").wait_for(state="hidden")
    # The page can be saved, although its key is from before the sign-in.
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved.").wait_for()
    draft.refresh_from_db()
    assert draft.summary == "Typed when signed out."


def test_a_lost_connection_is_said_and_mended_by_itself(
    page, live_server, author, draft
):
    sign_in(page, live_server, author)
    open_page(page, live_server, draft)
    page.context.set_offline(True)
    page.get_by_label("Summary").fill("Typed at sea.")
    page.get_by_text("the server does not answer").wait_for()
    # Nothing of it is left in the browser for whoever sits there next.
    stored = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}]) + document.cookie"
    )
    assert "at sea" not in stored
    page.context.set_offline(False)
    until(lambda: DraftBuffer.objects.filter(values__summary="Typed at sea.").exists())
    page.locator(".drafts-problem").wait_for(state="hidden")

"""What other sites and machines are given, as a real browser takes it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from statements.editorial import publishing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def elsewhere() -> Iterator[Callable[[str], str]]:
    """Serve a page of somebody else, at another origin."""
    shown: list[bytes] = []

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(shown[-1])

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def show(html: str) -> str:
        shown.append(html.encode())
        return f"http://127.0.0.1:{server.server_port}/"

    yield show
    server.shutdown()
    server.server_close()


def test_data_is_allowed_and_a_quote_stands_in_a_frame_of_others(
    page, live_server, live, publisher, complaints, elsewhere
):
    quote = live.quotes.get().get_absolute_url()
    for path in (live.article.get_absolute_url(), quote):
        page.goto(live_server.url + path)
        # Parsed, not run, and nothing to complain of under the strict policy.
        (told,) = page.evaluate(
            "[...document.querySelectorAll('script')]"
            ".map((each) => JSON.parse(each.textContent)['@context'])"
        )
        assert told == "https://schema.org"
    assert "/embed/" in page.get_by_label("Show this quote on your page").input_value()

    # On a page of another origin, in which the strict policy would refuse it.
    frame = f'<iframe src="{live_server.url}{quote}embed/" width="320" height="300">'
    other = elsewhere(frame)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(other)
        inside = page.frame_locator("iframe")
        inside.get_by_text("The ferries will sail").first.wait_for(timeout=8_000)
        ground = inside.locator("body").evaluate(
            "(body) => [getComputedStyle(body).backgroundColor,"
            " document.documentElement.scrollWidth <= innerWidth]"
        )
        colour = {"light": "rgb(251, 250, 247)", "dark": "rgb(20, 22, 26)"}[scheme]
        assert ground == [colour, True]
    assert page.context.cookies() == []

    publishing.withdraw(live.article, by=publisher, reason="error", note="Wrong.")
    page.goto(other)
    inside.get_by_text("This statement has been withdrawn.").wait_for()
    assert inside.get_by_text("The ferries will sail").count() == 0
    # The browser itself tells of the status.
    assert [text for text in complaints if "410" not in text] == []
    complaints.clear()

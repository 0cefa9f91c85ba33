"""An official without an account answers by a link, in a browser of their own."""

from __future__ import annotations

import pytest

from statements.editorial import inviting
from statements.models import Clearance, PreviewLink

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_official_answers_by_a_link(page, live_server, ready, editor, complaints):
    invitation = inviting.invite(
        ready, by=editor, name="Ida Brandt, Cabinet Office", days=3, asks=True
    )
    page.goto(f"{live_server.url}{PreviewLink.address(invitation.token)}")
    page.get_by_label("approves").check()
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_text("you answered: approves").wait_for()
    assert Clearance.objects.get().link == invitation.link
    assert page.context.cookies() == []

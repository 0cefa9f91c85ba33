"""What was published does not change, whoever asks and by whatever door."""

from __future__ import annotations

import pytest

from statements.editorial import reasons, verbs
from statements.models import Waiver

from .. import builders

pytestmark = pytest.mark.django_db


def test_no_rule_is_set_aside_after_the_fact(ready, editor, publisher):
    """Why it could go out is told by then, and read by whoever audits it."""
    reasons.waive(ready, by=publisher, rule="suggestions", reason="No quote.")
    builders.review_and_publish(ready, editor=editor, publisher=publisher)
    with pytest.raises(verbs.Frozen):
        reasons.waive(ready, by=publisher, rule="suggestions", reason="Otherwise.")
    with pytest.raises(verbs.Frozen):
        reasons.waive(ready, by=publisher, rule="alt", reason="Otherwise.")
    assert [waiver.reason for waiver in Waiver.objects.all()] == ["No quote."]

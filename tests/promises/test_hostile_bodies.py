"""Promise: no body that somebody sends runs a script in a reader's browser."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from statements.editorial import drawing, publishing
from statements.markup import sanitise
from statements.markup.sanitise import Unclean, clean
from statements.models import Edition

from .. import builders
from .hostile.bodies import bodies
from .hostile.parsing import Bench

FEW, MANY = 5_000, 50_000
COUNTS = [FEW, pytest.param(MANY, marks=pytest.mark.long)]


@dataclass(frozen=True)
class Cleaned:
    """Bodies as they came and as they would be stored; None where it was refused."""

    raw: list[str]
    stored: list[str]
    refused: int


@pytest.fixture(scope="module")
def cleaned():
    made: dict[int, Cleaned] = {}

    def of(count: int) -> Cleaned:
        if count not in made:
            raw = list(bodies(count))
            stored = []
            for body in raw:
                try:
                    stored.append(clean(body))
                except Unclean:
                    continue
            made[count] = Cleaned(raw, stored, len(raw) - len(stored))
        return made[count]

    return of


@pytest.mark.parametrize("count", COUNTS)
def test_cleaning_reaches_its_fixed_point_at_once(cleaned, count):
    found = cleaned(count)
    assert [body for body in found.stored if clean(body) != body] == []
    # What is refused proves nothing, so it may not be much.
    assert found.refused < count / 100
    assert len(set(found.raw)) > 0.99 * count


@pytest.mark.browser
@pytest.mark.parametrize("count", COUNTS)
def test_nothing_of_a_stored_body_runs_or_is_foreign(cleaned, browser, count):
    stored = cleaned(count).stored
    bench = Bench(browser)
    for look in (bench.served, bench.scripted):
        seen = look(stored)
        found = zip(stored, seen.faults, strict=True)
        assert [(body, faults) for body, faults in found if faults] == []
        assert not seen.hits
        assert not seen.requests
    # Most of them leave words behind, so there was something to look at.
    assert sum(map(bool, stored)) > count / 2


@pytest.mark.browser
@pytest.mark.parametrize("count", COUNTS)
def test_every_fifth_is_hostile_as_it_came(cleaned, browser, count):
    """The control: the same browser and the same eyes find fault with them."""
    # Two thousand at most: raw as they are, some thousands more end Chromium itself.
    step = max(5, count // 2_000)
    raw = cleaned(count).raw[::step]
    seen = Bench(browser).scripted(raw)
    ran = {int(number) for number in seen.hits if number.isdecimal()}
    flagged = [
        bool(faults) or number in ran
        for number, faults in zip(range(0, count, step), seen.faults, strict=True)
    ]
    assert sum(flagged) >= 0.85 * len(raw)
    # Scripts are seen to run and files to be asked for, not only nodes to stand there.
    assert len(ran) >= 0.08 * len(raw)
    assert len(seen.requests) >= 0.05 * len(raw)


class Counting:
    """The cleaner of the sanitiser, counting how often it is asked."""

    def __init__(self, cleaner):
        self.cleaner = cleaner
        self.calls = 0

    def clean(self, html: str) -> str:
        self.calls += 1
        return self.cleaner.clean(html)


@pytest.mark.django_db
@pytest.mark.usefixtures("static_files_as_they_lie")
def test_what_is_public_is_never_cleaned_again(
    monkeypatch, client, ready, author, editor, publisher
):
    """Cleaning again could change words that are out: it is done when they come in."""
    counting = Counting(sanitise._CLEANER)
    monkeypatch.setattr(sanitise, "_CLEANER", counting)
    body = ready.body
    builders.review_and_publish(ready, editor=editor, publisher=publisher)
    for path in (
        ready.article.get_absolute_url(),
        ready.quotes.get().get_absolute_url(),
        "/",
        "/statements/",
        "/search/?q=ferries",
    ):
        response = client.get(path)
        assert response.status_code == 200
        assert builders.WORDS in response.content.decode()
    drawing.draw([ready.pk])
    publishing.withdraw(ready.article, by=publisher, reason="error", note="A slip.")
    assert Edition.objects.get(pk=ready.pk).body == body
    assert counting.calls == 0
    # The control: a text that comes in is cleaned.
    builders.make_draft(by=author, title="Another")
    assert counting.calls > 0

"""Another engine, and Django's own way, find the same newest rows in a small record.

``make bench-search`` says the same of large ones, and how long each takes.
"""

from __future__ import annotations

import pytest

from tests.benchmarks import engines
from tests.benchmarks.measures import Bench

pytestmark = pytest.mark.django_db


def test_every_engine_finds_the_same_newest_rows(tmp_path, monkeypatch):
    # So that the ways of a large record are taken: the window too.
    monkeypatch.setattr("statements.search.plans.SMALLEST", 1)
    monkeypatch.setattr("statements.search.plans.RARE", 300)
    monkeypatch.setattr("statements.search.plans.WINDOW", 15_000)
    bench = Bench(tmp_path, 600, peers=[engines.Fts5])
    assert bench.same() == 50
    ways = {bench.ours.hits(asked, "newest").way for asked in bench.asked[::4]}
    assert ways == {"index", "window"}

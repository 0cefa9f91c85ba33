"""What is timed, in CPU time and as ratios within one run; nothing fails on seconds.

Run by ``make bench``; the table is printed. A ratio compares two ways of doing the same
work, taken in turns, so that a busy machine slows both alike.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable

import pytest

from statements.detection.engine import LONGEST, detect
from statements.management.demo import STATEMENTS, stage
from statements.models import Article, Quote, Rendering
from statements.search import quotes as search
from statements.search.query import parse

from ..chromium import static_files_as_they_lie  # noqa: F401  # a fixture
from ..promises.hostile.shapes import TEXTS

pytestmark = [pytest.mark.django_db, pytest.mark.long]

ROUNDS = 15
WORST = 12  # shapes that are timed at full length


def cpu(work: Callable[[], object]) -> float:
    """Milliseconds of CPU time that one call takes."""
    began = time.process_time_ns()
    work()
    return (time.process_time_ns() - began) / 1e6


def side_by_side(**works: Callable[[], object]) -> dict[str, float]:
    """Median CPU milliseconds of each, taken in turns after a first call of each."""
    for work in works.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            taken[name].append(cpu(work))
    return {name: statistics.median(times) for name, times in taken.items()}


@pytest.fixture
def report(capsys) -> Callable[[str, dict[str, float]], None]:
    def print_rows(title: str, rows: dict[str, float]) -> None:
        first = next(iter(rows.values()))
        with capsys.disabled():
            print(f"\n{title}")
            for name, value in rows.items():
                print(f"  {name:<34}{value:9.3f} ms  {value / first:7.3f} x")

    return print_rows


@pytest.fixture
def demo(db):
    return stage.fill()


@pytest.mark.usefixtures("static_files_as_they_lie")
def test_pages(demo, client, report):
    article = Article.objects.published().get(
        slug="open-debate-protection-of-civilians"
    )
    address = article.get_absolute_url()
    kept = Rendering.objects.get(edition=article.live_edition.pk)

    def page(path: str) -> None:
        assert client.get(path).status_code == 200

    def drawn() -> None:
        Rendering.objects.all().delete()
        page(address)
        kept.save(force_insert=True)

    quote = Quote.objects.public().newest()[0]
    report(
        "Pages, against the article drawn on the spot",
        side_by_side(
            article_drawn_on_the_spot=drawn,
            article_from_its_rendering=lambda: page(address),
            archive=lambda: page("/statements/"),
            spokesperson=lambda: page(quote.speaker.get_absolute_url()),
            quote=lambda: page(quote.get_absolute_url()),
        ),
    )


def test_detection(report):
    texts = [s.body for s in STATEMENTS if not s.body.startswith("<")]
    marks = re.compile("“([^”]{1,2000})”")
    report(
        f"Detection, {len(texts)} statements of the demo, all together",
        side_by_side(
            quotation_marks_alone=lambda: [marks.findall(text) for text in texts],
            detect=lambda: [detect(text) for text in texts],
        ),
    )


def test_a_megabyte(report):
    """Goals on a quiet core: ordinary text in 2 seconds, the worst shape in 5."""
    ordinary = "\n\n".join(s.body for s in STATEMENTS if not s.body.startswith("<"))
    text = (ordinary * (LONGEST // len(ordinary) + 1))[:LONGEST]
    begun = {
        name: cpu(lambda shape=shape: detect(shape(50_000)))
        for name, shape in TEXTS.items()
    }
    worst = sorted(begun, key=lambda name: -begun[name])[:WORST]
    report(
        "Detection, 1,000,000 characters, ordinary and of the worst shapes",
        {"ordinary text": cpu(lambda: detect(text))}
        | {
            name: cpu(lambda n=name: detect(TEXTS[n](LONGEST)[:LONGEST]))
            for name in worst
        },
    )


def test_search(demo, report):
    public = Quote.objects.public()
    report(
        "Search, against all quotes, newest first",
        side_by_side(
            newest=lambda: search.find(parse(""), public),
            word=lambda: search.find(parse("strait"), public),
            phrase=lambda: search.find(parse('"young delegates"'), public),
            exclusion=lambda: search.find(parse("ferry -sunday"), public),
        ),
    )

"""Scores on texts annotated by hand, which may not fall.

Detection F1, and joint F1 (the quote found and its speaker right), as the shared
folder's own ``eval/evaluate.py`` counts them. Raise a floor when detection gets better.
"""

import gzip
import importlib.util
import json
import sys

import pytest

from statements.detection.engine import detect

from .shared import SHARED, shared

FLOORS = [
    ("gold/polnear.dev.jsonl.gz", 0.975, 0.925),
    ("gold/govpress.dev.jsonl", 0.985, 0.985),
    ("gold/wikinews.dev.jsonl", 0.985, 0.965),
]


@pytest.fixture(scope="module")
def evaluate():
    path = SHARED / "eval" / "evaluate.py"
    if not path.is_file():
        pytest.skip("needs eval/evaluate.py of the shared data folder")
    spec = importlib.util.spec_from_file_location("shared_evaluate", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["shared_evaluate"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["shared_evaluate"]


def as_answer(identity, text):
    quotes = []
    for quote in detect(text).quotes:
        who = quote.attribution
        quotes.append(
            {
                "start": quote.span.start,
                "end": quote.span.end,
                "kind": quote.kind,
                "speaker": who.speaker,
                "speaker_full": who.full_name,
                "speaker_start": who.span.start if who.span else None,
                "speaker_end": who.span.end if who.span else None,
            }
        )
    return {"id": identity, "quotes": quotes}


@pytest.mark.parametrize(
    ("name", "found", "joint"), FLOORS, ids=[row[0] for row in FLOORS]
)
def test_the_scores_do_not_fall(evaluate, name, found, joint):
    path = shared(name)
    opening = gzip.open if name.endswith(".gz") else open
    with opening(path, "rt", encoding="utf-8") as stream:
        gold = [json.loads(line) for line in stream]
    answers = {row["id"]: as_answer(row["id"], row["text"]) for row in gold}
    _, scores, _, _ = evaluate.evaluate(gold, answers, 0)
    assert scores["ov_F1"] >= found
    assert scores["joint_F1"] >= joint

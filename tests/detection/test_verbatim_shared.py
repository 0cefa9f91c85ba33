"""Real quotes against their real sources, where the shared data folder exists."""

from __future__ import annotations

import gzip
import json

import pytest

from statements.detection.verbatim import check, turns
from statements.detection.verdicts import SourceText, Trust

from .shared import shared
from .verbatim_overruled import OVERRULED

SPELLED = {
    "verbatim": "verbatim",
    "verbatim with marked edits": "marked",
    "differs": "differs",
    "found in another source": "elsewhere",
}

#: What the vectors say in words, by name: operations and differences.
NOTES = {
    "Savett (seed)": [("case", "[t]he", "The", False), ("punctuation", ".", ",", True)],
    "Savett (KUNA wire)": [("missing", "", "political"), ("inserted", "has", "")],
    "Miller nothing (seed)": [("case", "nothing", "Nothing", False)],
    "Miller helpful (seed)": [("missing", "", "of")],
    "bracket insertion": [
        ("bracket", "[The Syrian regime]", "The Syrian government", False)
    ],
}


def test_the_vectors_get_the_verdicts_they_expect():
    vectors = json.loads(shared("quote_vectors.json").read_text())
    sources = {
        key: SourceText(
            row["text"],
            key=key,
            label=row["speaker"],
            title=row["title"],
            trust=Trust.THIRD_PARTY,
        )
        for key, row in vectors["sources"].items()
    }
    for row in vectors["quotes"]:
        others = [each for key, each in sources.items() if key != row["source"]]
        verdict = check(row["quote"], [sources[row["source"]]], elsewhere=others)
        name = row["name"]
        assert verdict.outcome == SPELLED[row["expect"]], name
        assert verdict.left_out == row["left_out"], name
        stop = [w for w in verdict.warnings if w.startswith("A full stop")]
        assert len(stop) == ("warning" in row), name
        assert "The transcript is a third party's, not official." in verdict.warnings
        if name in NOTES:
            found = [
                (op.kind, op.printed, op.said, op.goes_on) for op in verdict.operations
            ] + [(d.kind, d.printed, d.said) for d in verdict.differences]
            assert found == NOTES[name], name


@pytest.fixture(scope="module")
def links():
    with shared("quote_links.jsonl").open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


@pytest.fixture(scope="module")
def texts(links):
    wanted = {link["source_id"] for link in links}
    found = {}
    for name in ("quote_sources.jsonl", "transcripts.jsonl.gz"):
        path = shared(name)
        opening = gzip.open if name.endswith(".gz") else open
        with opening(path, "rt", encoding="utf-8") as stream:
            for row in map(json.loads, stream):
                if row["id"] in wanted:
                    found[row["id"]] = row["text"]
    return found


@pytest.mark.parametrize("parted", [False, True], ids=["whole", "in turns"])
def test_links_are_judged_as_labelled(links, texts, parted):
    sources = {
        key: SourceText(text, key=key, turns=turns(text) if parted else ())
        for key, text in texts.items()
    }
    wrong = []
    for link in links:
        outcome = check(link["quote"], [sources[link["source_id"]]]).outcome
        here = (link["article_id"], link["offset"])
        if here in OVERRULED:
            right = link["kind"] == "near-miss" and outcome == "marked"
        elif link["kind"] == "near-miss":
            right = outcome in ("differs", "not_found")
        else:
            expected = {"verbatim": "verbatim", "altered-with-marks": "marked"}
            right = outcome == expected[link["kind"]]
        if not right:
            wrong.append((*here, link["kind"], str(outcome)))
    assert wrong == []
    assert {(link["article_id"], link["offset"]) for link in links} >= set(OVERRULED)

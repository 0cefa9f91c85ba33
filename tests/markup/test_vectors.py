"""The vectors by which Python and JavaScript agree hold for Python.

tests/browser/test_vectors.py holds the editor's script to the same file: a rule that
changes here changes there.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from statements.markup import attributes, marks, projection, sanitise

VECTORS = json.loads(Path(__file__).parents[1].joinpath("vectors.json").read_text())


@pytest.mark.parametrize("vector", VECTORS["bodies"], ids=lambda each: each["why"])
def test_a_body_has_its_text_and_places(vector):
    html, text = vector["html"], vector["text"]
    assert sanitise.clean(html) == html
    assert projection.to_text(html) == text
    assert len(text) == vector["length"]
    assert [text[start:end] for start, end, _ in vector["spans"]] == [
        words for *_, words in vector["spans"]
    ]
    assert [[m.permalink, m.start, m.end] for m in marks.read(html)] == vector["marks"]


@pytest.mark.parametrize(("typed", "stored"), VECTORS["links"])
def test_an_address_is_stored_so(typed, stored):
    assert attributes.link(typed) == stored


def test_every_element_and_attribute_that_may_be_stored_is_in_a_body():
    whole = "".join(vector["html"] for vector in VECTORS["bodies"])
    assert [tag for tag in sorted(sanitise.TAGS) if f"<{tag}" not in whole] == []
    names = {name for found in sanitise.ATTRIBUTES.values() for name in found}
    assert [name for name in sorted(names) if f" {name}=" not in whole] == []

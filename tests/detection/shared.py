"""Where the shared data folder is, for the tests that want real input.

It is no part of the project: the environment's NEWSROOM_SHARED names it, else it is
looked for beside the checkout. Tests that need it say so and skip.
"""

import os
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("NEWSROOM_SHARED", _ROOT.parent / "shared"))


def shared(name: str) -> Path:
    """A file of the shared data folder; skips the test where it is absent."""
    path = SHARED / "data" / name
    if not path.is_file():
        pytest.skip(f"needs {name} of the shared data folder (NEWSROOM_SHARED)")
    return path

"""The rule of the house, read from the syntax trees: arrows point one way."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parent.parent
STATEMENTS = ROOT / "statements"

PURE = {"detection", "markup", "exchange"}
ROOMS = {
    "detection",
    "markup",
    "models",
    "search",
    "exchange",
    "editorial",
    "public",
    "staff",
    "guests",
    "admin",
    "management",
    "templatetags",
}

#: The table of the house: what of ours each room may import, beside itself.
MAY_IMPORT: dict[str, set[str]] = {
    "detection": set(),
    "markup": set(),
    "exchange": {"mammoth"},
    "models": set(),
    "search": {"models", "detection"},
    "editorial": {"models", "detection", "markup", "exchange"},
    "public": {"models", "search", "markup", "detection", "exchange"},
    "staff": {"models", "search", "editorial", "exchange"},
    # A private feed is a search, written as Atom.
    "guests": {"models", "editorial", "search", "exchange"},
    "admin": {
        "models",
        "search",
        "editorial",
        "exchange",
        "markup",
        "detection",
    },
    "management": {
        "models",
        "search",
        "editorial",
        "exchange",
        "markup",
        "detection",
    },
    "templatetags": {"models", "markup"},
    "migrations": {"models"},
}

#: Third parties that the rooms without Django may use.
PURE_MAY_IMPORT = {
    "detection": {"rapidfuzz"},
    "markup": {"nh3", "rapidfuzz"},
    "exchange": {"mammoth", "PIL"},
}

STANDARD = set(sys.stdlib_module_names)


def modules(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.py")))


def imported(path: Path) -> Iterator[tuple[str, bool]]:
    """Full names that a module imports, and whether it does so inside a function."""
    tree = ast.parse(path.read_text())
    package = list(path.relative_to(ROOT).with_suffix("").parts[:-1])
    top = set(tree.body)
    for block in tree.body:
        if isinstance(block, ast.If):  # if TYPE_CHECKING
            top |= set(block.body)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node not in top
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = package[: len(package) - node.level + 1]
                base = ".".join([*parts, base] if base else parts)
            if base in {"statements", "newsroom"}:
                for alias in node.names:
                    yield f"{base}.{alias.name}", node not in top
            else:
                yield base, node not in top


def room_of(name: str) -> str | None:
    """The room that a full name lies in; None for what is not in a room."""
    parts = name.split(".")
    if parts[0] == "statements" and len(parts) > 1 and parts[1] in ROOMS:
        return parts[1]
    return None


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_imports_point_one_way(room):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(STATEMENTS / room)
        for name, _ in imported(path)
        if room_of(name) not in {None, room, *MAY_IMPORT[room]}
    ]
    assert wrong == []


@pytest.mark.parametrize("room", sorted(PURE))
def test_the_pure_rooms_know_neither_django_nor_the_database(room):
    allowed = STANDARD | {"statements"} | PURE_MAY_IMPORT[room]
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(STATEMENTS / room)
        for name, _ in imported(path)
        if name.split(".")[0] not in allowed
    ]
    assert wrong == []


def test_every_room_stands_in_the_table():
    folders = {
        path.name
        for path in STATEMENTS.iterdir()
        if path.is_dir() and any(path.glob("*.py"))
    }
    assert folders == set(MAY_IMPORT)


def test_the_project_imports_only_the_doors():
    doors = {"statements.public", "statements.staff", "statements.admin"}
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(ROOT / "newsroom")
        for name, _ in imported(path)
        if name.startswith("statements")
        and not any(name.startswith(door) for door in doors)
    ]
    assert wrong == []


def test_no_request_reaches_the_rooms_below_the_doors():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for room in ("search", "editorial", "models", "detection", "markup", "exchange")
        for path in modules(STATEMENTS / room)
        for name, _ in imported(path)
        if name.startswith(("django.http", "django.contrib.messages"))
    ]
    assert wrong == []


def test_imports_stand_at_the_top():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name} inside"
        for folder in (STATEMENTS, ROOT / "newsroom")
        for path in modules(folder)
        for name, inside in imported(path)
        if inside
    ]
    assert wrong == []


def test_no_module_is_a_junk_drawer():
    names = {"utils", "helpers", "common", "services", "managers", "misc"}
    assert [
        path
        for folder in (STATEMENTS, ROOT / "newsroom")
        for path in modules(folder)
        if path.stem in names or names & set(path.relative_to(ROOT).parts)
    ] == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def tracked(*patterns: str) -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listing.returncode:
        pytest.skip("Not a git checkout, so there is no list of tracked files.")
    return [ROOT / name for name in listing.stdout.split("\0") if name]


def test_requirements_name_no_address():
    wrong = [
        f"{path.name}: {line}"
        for path in tracked("*requirements*", "*.lock", "pyproject.toml", "Makefile")
        for line in path.read_text().splitlines()
        if re.search(r"\w+://", line)
        and not re.search(r"https?://localhost|postgresql://", line)
    ]
    assert wrong == []
    assert tracked("uv.lock") == []


def test_no_tracked_file_names_a_folder_of_this_machine():
    home = str(Path.home())
    names = {str(ROOT), home} if home != "/" else {str(ROOT)}
    wrong = []
    for path in tracked():
        if not path.is_file():
            continue
        words = path.read_bytes()
        wrong += [
            f"{path.relative_to(ROOT)}: {name}"
            for name in names
            if re.search(re.escape(name.encode()) + rb"/", words)
        ]
    assert wrong == []


def test_every_dependency_says_why_it_is_there():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    wrong = [
        line
        for line in lines
        if re.match(r'\s+"[a-z][\w.\[\]-]*[~>=<!]', line) and "#" not in line
    ]
    assert wrong == []

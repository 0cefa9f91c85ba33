"""The handbooks say what is there: every variable, command, target and permission."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from statements.foundation import ROLES

from .browser import handbook

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
DOCS = "\n".join(page.read_text() for page in PAGES)

READ = re.compile(
    r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"|environment\.\w+\(\s*\"([A-Z_]+)\""
)
#: Variables of the system that we only look at.
NOT_OURS = {"HOME", "PATH", "PYENV_ROOT", "DEBIAN_FRONTEND"}


def code() -> list[Path]:
    folders = [ROOT / "newsroom", ROOT / "statements", ROOT / "tests"]
    return [
        ROOT / "manage.py",
        *(path for folder in folders for path in sorted(folder.rglob("*.py"))),
    ]


def read_by_code() -> set[str]:
    """Environment variables that Python, make and the shell scripts read."""
    found = {
        name
        for path in code()
        for pair in READ.findall(path.read_text())
        for name in pair
    }
    makefile = (ROOT / "Makefile").read_text()
    found |= set(re.findall(r"^([A-Z]+) \?=", makefile, re.MULTILINE))
    found |= set(re.findall(r"\$\$\{([A-Z_]+)", makefile))
    for path in sorted((ROOT / ".ci").iterdir()):
        found |= set(re.findall(r"\$\{([A-Z_]+):", path.read_text()))
    return found - NOT_OURS - {""}


def in_the_table() -> list[str]:
    """Variables of the README's table, in its order."""
    return re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)


def test_the_readme_has_every_variable_once_and_no_other():
    table = in_the_table()

    assert sorted(table) == sorted(set(table))
    assert set(table) == read_by_code()


def test_the_settings_are_among_them():
    assert {"DATABASE_URL", "SECRET_KEY", "SITE_URL", "PORT", "NO_BROWSER"} <= set(
        in_the_table()
    )


@pytest.mark.parametrize(
    "command",
    sorted(
        name
        for name, app in get_commands().items()
        if app in {"statements", "newsroom"}
    ),
)
def test_every_command_stands_in_the_docs(command):
    assert re.search(rf"manage\.py {command}\b", DOCS)


@pytest.mark.parametrize(
    "target",
    re.findall(
        r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), flags=re.MULTILINE
    ),
)
def test_every_target_stands_in_the_docs(target):
    assert re.search(rf"make {target}\b", DOCS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_leads_to_a_file(page):
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text())
    missing = [
        target
        for target in targets
        if not target.startswith("http") and not (page.parent / target).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_named_is_one(page):
    known = set(get_commands())
    named = set(re.findall(r"manage\.py ([a-z_]+)", page.read_text()))
    assert named <= known


def test_pictures_are_small():
    pictures = sorted((ROOT / "docs/images").iterdir())
    assert pictures
    assert [p.name for p in pictures if p.stat().st_size > 200_000] == []


def test_the_handbook_shows_what_its_command_takes():
    taken = {f"{name}.png" for name in handbook.PICTURES}
    kept = {path.name for path in (ROOT / "docs/images").glob("desk-*")}
    handed = (ROOT / "docs/editors.md").read_text()
    shown = re.findall(r"\]\(images/(desk-[^)]+)\)", handed)

    assert sorted(shown) == sorted(taken)
    assert kept == taken
    sizes = [(ROOT / "docs/images" / name).stat().st_size for name in taken]
    assert max(sizes) <= handbook.LARGEST
    assert sum(sizes) <= 1_000_000


def test_the_table_of_permissions_is_that_of_the_roles():
    page = (ROOT / "docs/permissions.md").read_text()
    letters = dict(re.findall(r"\*\*([A-Z])\*\* (\w+(?: steward)?)", page))
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in page.splitlines()
        if line.startswith("|")
    ]
    head, _, *body = rows
    written: dict[str, set[str]] = {role: set() for role in letters.values()}
    for row in body:
        permissions = set(re.findall(r"`(\w+)`", row[-1]))
        assert permissions, row
        for letter, cell in zip(head[1:-1], row[1:-1], strict=True):
            assert cell in {"yes", ""}
            if cell:
                written[letters[letter]] |= permissions
    assert written == {role: set(names) for role, names in ROLES.items()}

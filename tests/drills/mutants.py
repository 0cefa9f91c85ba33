"""Take away every guard of the program in turn: a test must notice each.

    python -m tests.drills.mutants [--only WORDS] [--list] [--seconds 20]

One run of the tests writes which of them comes past which guard; then, for each guard,
those tests run without it, first the ones about walls, for at most 20 seconds of a
processor. Exits
with 1 if a guard can go unnoticed, if fewer than 80 were found, or if an exemption
fits no guard any more.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.base.creation import BaseDatabaseCreation
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

from tests.drills import mutations, switch
from tests.drills.exempt import EXEMPT
from tests.drills.mutations import ROOT, Point

LEAST = 80

#: Tests of what never asks a guard, or not in this process.
ELSEWHERE = (
    "tests/benchmarks",
    "tests/browser",
    "tests/detection",
    "tests/drills",
    "tests/markup",
    "tests/newsroom/test_database.py",
    "tests/newsroom/test_dump_and_restore.py",
    "tests/promises/test_crashes.py",
    "tests/promises/test_hostile_bodies.py",
    "tests/promises/test_slowness.py",
    "tests/test_docs.py",
    "tests/test_house.py",
)
QUICK = ["-q", "-m", "not long and not browser", "-p", "no:cacheprovider"]

FIRST = 12

#: Where tests about walls stand; they run first, in this order.
WALLS = (
    "tests/promises/test_teeth",
    "tests/public/test_hidden.py",
    "tests/admin/test_walls.py",
    "tests/security/",
    "tests/staff/",
    "tests/test_wall.py",
    "tests/promises/",
)


@dataclass(frozen=True)
class Recorded:
    """A test that comes past guards."""

    name: str
    seconds: float
    asked: frozenset[str]


def recording(folder: Path, *, stale: bool) -> list[Recorded]:
    """Which test asks which guard: kept until the program or its tests change."""
    digest = hashlib.sha256()
    for room in (*mutations.ROOMS, "tests", "templates"):
        for path in sorted((ROOT / room).rglob("*.*")):
            if path.suffix in {".py", ".html"}:
                digest.update(path.read_bytes())
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"asked-{digest.hexdigest()[:16]}.json"
    if stale:
        file = max(folder.glob("asked-*.json"), key=os.path.getmtime, default=file)
    if not file.exists():
        for old in folder.glob("asked-*.json"):
            old.unlink()
        subprocess.run(
            [
                *[sys.executable, "-m", "pytest", "-p", "tests.drills.mutating"],
                *[*QUICK, "--reuse-db", "--create-db", "--asked", str(file)],
                *(f"--ignore={one}" for one in ELSEWHERE),
            ],
            cwd=ROOT,
            check=False,  # a test that fails anyway is left out
        )
    return [
        Recorded(name, one["seconds"], frozenset(one["asked"]))
        for name, one in json.loads(file.read_text()).items()
    ]


def tests_of(point: Point, tests: Iterable[Recorded], seconds: float) -> list[Recorded]:
    """The tests that come past a guard, the likeliest to notice first.

    Of each module those that share words with the guard or ask few others, which are
    about this one, in turn with those that ask many, which go through all pages.
    """
    meant = words(f"{point.path} {point.text}")
    modules: dict[str, list[Recorded]] = {}
    for test in sorted(
        (test for test in tests if point.id in test.asked),
        key=lambda test: (
            -len(meant & words(test.name.split("::")[1])),
            len(test.asked),
            test.seconds,
        ),
    ):
        modules.setdefault(test.name.split("::")[0], []).append(test)
    chosen: list[Recorded] = []
    left = seconds
    for module in sorted(modules, key=_rank):
        share, few_first = left / 2, deque(modules[module])
        while few_first:
            for test in (few_first.popleft(), few_first and few_first.pop()):
                if test and (test.seconds < share or not chosen):
                    chosen.append(test)
                    share -= test.seconds
                    left -= test.seconds
    return chosen


def words(text: str) -> set[str]:
    """The beginnings of the longer words: ``perm`` of ``PermalinkAdmin``."""
    return {word[:4].lower() for word in re.findall(r"[A-Z]?[a-z]{3,}", text)}


def _rank(module: str) -> int:
    for rank, start in enumerate(WALLS):
        if module.startswith(start):
            return rank
    return len(WALLS)


def _existing(self: Any, *_: Any, **__: Any) -> str:
    """Use the test database that the recording has made, as it is."""
    name = self._get_test_db_name()
    self.connection.close()
    settings.DATABASES[self.connection.alias]["NAME"] = name
    self.connection.settings_dict["NAME"] = name
    return name


def warm(tests: Iterable[Recorded]) -> None:
    """Import the program with its switches, and all tests, once for all mutants."""
    mutations.install()
    modules = sorted({test.name.split("::")[0] for test in tests})
    with tempfile.TemporaryFile() as nowhere:
        kept = os.dup(1)
        os.dup2(nowhere.fileno(), 1)
        try:
            code = pytest.main(["--collect-only", *QUICK, *modules])
        finally:
            os.dup2(kept, 1)
            os.close(kept)
    assert code == 0, f"pytest could not collect the tests ({code})."
    BaseDatabaseCreation.create_test_db = _existing  # type: ignore[method-assign]
    connections.close_all()


def attempt(point: str, names: list[str], seconds: float) -> tuple[str, str]:
    """Run tests without a guard, in a copy of this process.

    ``seconds`` are of the processor, so that a busy machine tells the same; the clock
    may run for three times as long. Gives "caught", "survived", "late" or "broken",
    and what pytest said.
    """
    with tempfile.TemporaryFile("w+") as said:
        child = os.fork()
        if child == 0:
            code = 70
            try:
                spent = resource.getrusage(resource.RUSAGE_SELF)
                limit = math.ceil(seconds + spent.ru_utime + spent.ru_stime)
                resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
                os.dup2(said.fileno(), 1)
                os.dup2(said.fileno(), 2)
                switch.missing = point
                code = int(
                    pytest.main(
                        [*QUICK, "-x", "--reuse-db", "--tb=line", "--no-header", *names]
                    )
                )
            finally:
                os._exit(code)
        until = time.monotonic() + 3 * seconds
        while True:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                break
            if time.monotonic() > until:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return "late", ""
            time.sleep(0.02)
        said.seek(0)
        code = os.waitstatus_to_exitcode(status)
        late = -signal.SIGXCPU
        verdict = {0: "survived", 1: "caught", late: "late"}.get(code, "broken")
        return verdict, said.read()


def reason(point: Point) -> str:
    """Why the program is the same without a guard; "" if it is not."""
    return EXEMPT.get(point.id, "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="guards that hold these words")
    parser.add_argument("--list", action="store_true", help="list the guards and stop")
    parser.add_argument("--seconds", type=float, default=20.0, help="for each guard")
    parser.add_argument("--stale", action="store_true", help="use the last recording")
    parser.add_argument("--verbose", action="store_true", help="show what tests said")
    asked = parser.parse_args()
    console = Console(soft_wrap=True, highlight=False)

    points = mutations.find()
    known = {point.id for point in points}
    idle = [key for key in EXEMPT if key not in known]
    tried = [p for p in points if not reason(p) and asked.only in str(p)]
    if asked.list:
        for point in points:
            console.print(f"{point}  {reason(point)}", markup=False)
        return 0

    folder = Path(os.environ.get("NEWSROOM_VAR", ROOT / "var")) / "drills"
    tests = recording(folder, stale=asked.stale)
    warm(tests)
    survivors: list[tuple[Point, str, int]] = []
    noticed: set[str] = set()
    bar = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # Without its thread, which a fork could leave holding a lock.
    drawn = Progress("{task.description}", *bar, console=console, auto_refresh=False)
    with drawn as progress:
        task = progress.add_task("Guards taken away", total=len(tried))
        for point in tried:
            names = [one.name for one in tests_of(point, tests, asked.seconds)]
            verdict, said = "survived", ""
            began = time.monotonic()
            # Nearly all are noticed by the first few; to gather more takes longer.
            for some in (names[:FIRST], names[FIRST:]):
                left = asked.seconds - (time.monotonic() - began)
                if some and verdict == "survived":
                    verdict, said = attempt(point.id, some, left)
            failed = {
                name
                for name in names
                if f"\nFAILED {name}" in said or f"\nERROR {name}" in said
            }
            if verdict == "caught" and failed:
                noticed |= failed
            else:
                survivors.append((point, verdict, len(names)))
                console.print(f"{verdict} {len(names)} tests: {point}", markup=False)
            if asked.verbose:
                console.print(said, markup=False)
            progress.update(task, advance=1, refresh=True)

    # The control: with every guard in its place the same tests pass. It is what tells
    # a test that noticed from one that could not run at all.
    control, said = "survived", ""
    if noticed:
        control, said = attempt("", sorted(noticed), 60 * asked.seconds)
    console.print(
        f"{len(points)} guards, {len(points) - len(tried)} not tried or exempt; "
        f"{len(tried) - len(survivors)} of {len(tried)} caught."
    )
    for key in idle:
        console.print(f"This exemption fits no guard: {key}", markup=False)
    if control != "survived":
        console.print(f"The tests fail with all guards in place:\n{said}", markup=False)
    few = len(points) < LEAST
    return int(bool(survivors or idle or few or control != "survived"))


if __name__ == "__main__":
    sys.exit(main())

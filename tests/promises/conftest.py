"""The figures of the promises, printed at the end of a run."""

from __future__ import annotations

from ..chromium import (  # noqa: F401  # fixtures
    browser_type_launch_args,
    rows_beside_the_browser,
    static_files_as_they_lie,
)
from .leaks.viewers import cast, viewers  # noqa: F401  # fixtures


def pytest_terminal_summary(terminalreporter):
    """How many cells of each matrix were asked; from every worker."""
    _leaks(terminalreporter)
    _permissions(terminalreporter)


def _permissions(terminalreporter):
    told, cells = {}, 0
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") != "call":
                continue
            for name, value in report.user_properties:
                if name == "permission cells":
                    for answer, count in value[1].items():
                        told[answer] = told.get(answer, 0) + count
                        cells += count
    if cells:
        terminalreporter.section("permission matrix")
        for answer, count in sorted(told.items()):
            terminalreporter.write_line(f"{count:7,} cells: {answer}")
        terminalreporter.write_line(f"{cells:7,} cells in all")


def _leaks(terminalreporter):
    cells, pairs, groups = set(), set(), {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") != "call":
                continue
            for name, value in report.user_properties:
                if name == "leak cells":
                    group, found, asked = value
                    pairs |= {(group, *pair) for pair in found}
                    # The quick run is a part of the long one: no cell counts twice.
                    groups.setdefault(group, set()).update(asked)
                    cells |= {(group, one) for one in asked}
    if cells:
        terminalreporter.section("leak matrix")
        for group, asked in sorted(groups.items()):
            terminalreporter.write_line(f"{len(asked):7,} cells: {group}")
        terminalreporter.write_line(
            f"{len(cells):7,} cells in all of {len(pairs):,} pairs of surface and field"
        )

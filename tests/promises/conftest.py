"""The figures of the promises, printed at the end of a run."""

from __future__ import annotations

from ..chromium import (  # noqa: F401  # fixtures
    browser_type_launch_args,
    rows_beside_the_browser,
    static_files_as_they_lie,
)


def pytest_terminal_summary(terminalreporter):
    """How many cells of the leak matrix were asked; from every worker."""
    cells, pairs, groups = 0, set(), {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") != "call":
                continue
            for name, value in report.user_properties:
                if name == "leak cells":
                    group, found, count = value
                    cells += count
                    pairs |= {(group, *pair) for pair in found}
                    groups[group] = groups.get(group, 0) + count
    if cells:
        terminalreporter.section("leak matrix")
        for group, count in groups.items():
            terminalreporter.write_line(f"{count:7,} cells: {group}")
        terminalreporter.write_line(
            f"{cells:7,} cells in all of {len(pairs):,} pairs of surface and field"
        )

"""How long something takes, and tables of it."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection


def tell(line: str) -> None:
    print(line, flush=True)


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of CPU time, of this process and of the one that serves it.

    So that what else the machine does in the meantime counts for nobody: ours waits for
    another process, and peers that live in this one do not. Nothing runs in parallel.
    """
    began = _cpu()
    work()
    return (_cpu() - began) / 1e6


def clocked(work: Callable[[], object]) -> float:
    """Milliseconds that pass."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1e3


def _cpu() -> int:
    """Nanoseconds; where the system does not tell of other processes, those of all."""
    if connection.connection is None:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
    serving = connection.connection.info.backend_pid
    try:
        served = int(Path(f"/proc/{serving}/schedstat").read_text().split()[0])
    except OSError:
        return time.perf_counter_ns()
    return time.process_time_ns() + served


def quantile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, math.ceil(share * len(times)) - 1)]


def brief(times: list[float]) -> str:
    return f"{statistics.median(times):.1f}/{quantile(times, 0.95):.1f}"


def tables(took: dict[str, dict[str, list[float]]], order: str) -> dict[str, Any]:
    """Print medians and p95 of each kind, and give those of all, in milliseconds."""
    found: dict[str, Any] = {}
    kinds = list(next(iter(took.values())))
    tell(f"  {order:<24}" + "".join(f"{name:>16}" for name in took))
    for kind in kinds:
        tell(
            f"  {kind:<24}"
            + "".join(f"{brief(by_kind[kind]):>16}" for by_kind in took.values())
        )
    for name, by_kind in took.items():
        every = [ms for times in by_kind.values() for ms in times]
        found[name] = {
            "median": round(statistics.median(every), 2),
            "p95": round(quantile(every, 0.95), 2),
            "p99": round(quantile(every, 0.99), 2),
            "max": round(max(every), 2),
            "kinds": {
                kind: [round(statistics.median(t), 2), round(quantile(t, 0.95), 2)]
                for kind, t in by_kind.items()
            },
        }
    tell(
        f"  {'ALL, median/p95':<24}"
        + "".join(
            f"{each['median']:.1f}/{each['p95']:.1f}".rjust(16)
            for each in found.values()
        )
    )
    return found

"""``make drill-crash``: kill a worker between any two statements of a save.

The drill has a PostgreSQL of its own in a temporary folder, which goes when it ends.
It prints how many kills there were, how many saves were left half done, how many were
doubled by the repetition, and the same of a worker without transactions: there the
drill must find halves, or it finds nothing at all.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connections
from rich.progress import Progress

from newsroom.database import Cluster


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.drills.crash")
    parser.add_argument("--kills", type=int, default=200, help="of a worker")
    parser.add_argument("--falls", type=int, default=4, help="of the whole server")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="newsroom-drill-")).resolve()
    # PostgreSQL runs as another user where root starts it.
    folder.chmod(0o755)
    (folder / "static").mkdir()
    cluster = Cluster(folder)
    try:
        return drill(folder, cluster, asked.kills, asked.falls)
    finally:
        connections.close_all()
        cluster.stop()
        if cluster.home != folder:
            shutil.rmtree(cluster.home, ignore_errors=True)
        if cluster.socket_dir.is_symlink():
            cluster.socket_dir.unlink()
        shutil.rmtree(folder, ignore_errors=True)


def drill(folder: Path, cluster: Cluster, kills: int, falls: int) -> int:
    """Run it in a database of its own; the exit code."""
    os.environ.pop("DATABASE_URL", None)
    os.environ["NEWSROOM_VAR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    # Models can be imported only now that the settings know the folder.
    killing = import_module("tests.drills.killing")
    work = killing.Drill(killing.Cast.hired())
    # Without a thread of its own: this process is forked again and again.
    with Progress(auto_refresh=False, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("Kills", total=kills + falls + len(killing.SAVES))

        def advance() -> None:
            progress.update(task, advance=1, refresh=True)

        work.kill_workers(kills, advance)
        for _ in range(falls):
            work.fell(cluster)
            advance()
        work.look_closely()
        work.control(advance)
    print(work.report())
    return 0 if work.passed else 1


if __name__ == "__main__":
    sys.exit(main())

"""``make bench-search``: the search beside its peers, in one run, on a record of SIZE.

The record, its PostgreSQL and the peers' indexes lie in a temporary folder that goes at
the end; ``--keep=FOLDER`` keeps them for another run. Every question goes to each
engine in turn, after a first time that does not count, so that a busy machine slows all
alike. Thresholds may be looked for on the even questions (``--tune``); what is reported
are the odd ones.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connections

from newsroom.database import Cluster

RESULTS = Path(__file__).parent / "results"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search")
    parser.add_argument("--size", type=int, default=100_000, help="quotes on record")
    parser.add_argument("--corpus", type=Path, nargs="*", default=[], help="JSON lines")
    parser.add_argument("--alone", action="store_true", help="without the peers")
    parser.add_argument("--tune", action="store_true", help="try other thresholds")
    parser.add_argument("--keep", type=Path, help="a folder to keep, or use again")
    parser.add_argument("--only", nargs="*", default=[], help="measures by name")
    asked = parser.parse_args()
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
    folder = folder.resolve()
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)  # PostgreSQL runs as another user where root starts it.
    cluster = Cluster(folder)
    try:
        os.environ.pop("DATABASE_URL", None)
        os.environ["NEWSROOM_VAR"] = str(folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
        django.setup()
        call_command("migrate", verbosity=0)
        # Models can be imported only now that the settings know the folder.
        measures = import_module("tests.benchmarks.measures")
        peers = {"peers": ()} if asked.alone else {}
        bench = measures.Bench(folder, asked.size, asked.corpus, **peers)
        if asked.tune:
            bench.tune()
            return 0
        for found in bench.run(asked.only):
            if not asked.only:
                RESULTS.mkdir(exist_ok=True)
                kept = RESULTS / f"search-{asked.size}.json"
                kept.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
        return 0
    finally:
        connections.close_all()
        cluster.stop()
        if not asked.keep:
            if cluster.home != folder:
                shutil.rmtree(cluster.home, ignore_errors=True)
            if cluster.socket_dir.is_symlink():
                cluster.socket_dir.unlink()
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())

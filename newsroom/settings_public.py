"""Settings of the readers' process: the public site alone, as newsroom_public.

It knows neither the application's database role nor its secret key, has no admin, no
sessions and no forms, and its connection can read the schema ``published`` and nothing
else. ``newsroom.wsgi_public`` serves it; the web server sends ``/admin/`` and
``/staff/`` to ``newsroom.wsgi`` and all else here.
"""

import os
import secrets

from django.core.exceptions import ImproperlyConfigured

from newsroom import environment

if not os.environ.get("PUBLIC_DATABASE_URL"):
    raise ImproperlyConfigured(
        "PUBLIC_DATABASE_URL is missing. Set it to the database's address with a role "
        "that is, or is a member of, newsroom_public: "
        "postgresql://reader@host/newsroom."
    )
_database = environment.database(
    os.environ["PUBLIC_DATABASE_URL"], "PUBLIC_DATABASE_URL"
)
# Whatever the environment holds: this process uses the application's role for nothing,
# and signs nothing, so that a key of its own, forgotten at its end, is enough.
os.environ["DATABASE_URL"] = os.environ["PUBLIC_DATABASE_URL"]
os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
# Likewise where it searches: by an address of its own, with a role that only reads.
os.environ["SEARCH_DATABASE_URL"] = os.environ.get("PUBLIC_SEARCH_DATABASE_URL", "")
# It sends nothing, so that it need not know the password of the mail server.
os.environ["EMAIL_URL"] = ""

# They read the variables set above.
from newsroom.settings import *  # noqa: E402, F403
from newsroom.settings import (  # noqa: E402
    DATABASES,
    INSTALLED_APPS,
    MIDDLEWARE,
    TEMPLATES,
)

ROOT_URLCONF = "newsroom.urls_public"
WSGI_APPLICATION = "newsroom.wsgi_public.application"


def _reading(options: dict[str, str]) -> dict[str, str]:
    """Options of a connection that sees what readers may see, and writes nothing."""
    words = [
        options.get("options", ""),
        "-c role=newsroom_public",
        # Views bear the tables' names; what they call lies in schema public.
        "-c search_path=published,public",
        "-c default_transaction_read_only=on",
    ]
    return options | {"options": " ".join(words).strip()}


DATABASES = {
    name: one | (_database if name == "default" else {})
    for name, one in DATABASES.items()
}
for _one in DATABASES.values():
    _one["OPTIONS"] = _reading(_one["OPTIONS"])

_STAFF_APPS = {
    "statements.apps.DeskConfig",
    "django.contrib.sessions",
    "django.contrib.messages",
}
INSTALLED_APPS = [name for name in INSTALLED_APPS if name not in _STAFF_APPS]

_STAFF_MIDDLEWARE = {
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
}
MIDDLEWARE = [name for name in MIDDLEWARE if name not in _STAFF_MIDDLEWARE]

_STAFF_CONTEXT = {
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
}
TEMPLATES = [
    engine
    | {
        "OPTIONS": {
            "context_processors": [
                name
                for name in engine["OPTIONS"]["context_processors"]
                if name not in _STAFF_CONTEXT
            ]
        }
    }
    for engine in TEMPLATES
]

CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"  # ours belongs to the admin
SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # no CSRF middleware: no page here takes anything but GET and HEAD
    "mail.W001",  # no mail: it sends none
    "newsroom.W001",  # likewise
]

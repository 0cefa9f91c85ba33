"""Settings, read from the environment; the README has every variable in one table.

Without DATABASE_URL Newsroom is *local*: it runs its own PostgreSQL in ``var/``, keeps
its secret key there and serves plain HTTP on localhost. With it, nothing is assumed.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from newsroom import database, environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("NEWSROOM_VAR") or BASE_DIR / "var").resolve()
DATABASE_URL = os.environ.get("DATABASE_URL", "")
LOCAL = not DATABASE_URL

DEBUG = environment.boolean("DEBUG")
if LOCAL:
    SECRET_KEY = os.environ.get("SECRET_KEY") or environment.kept_secret(
        VAR / "secret_key"
    )
else:
    SECRET_KEY = os.environ.get("SECRET_KEY", "")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing or shorter than 50 characters. Set it to a long "
            "random string that nobody else knows."
        )
ALLOWED_HOSTS = environment.words(
    "ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if LOCAL else ""
)

SITE_NAME = os.environ.get("SITE_NAME", "Newsroom")
#: Who answers for what is published here; the name of the site if nobody else.
SITE_PUBLISHER = os.environ.get("SITE_PUBLISHER", "").strip() or SITE_NAME
SITE_ACCENT = environment.accent("SITE_ACCENT")
SITE_MARK = environment.mark("SITE_MARK")
SITE_URL = os.environ.get("SITE_URL", "http://localhost:8000").rstrip("/")
#: Where readers write, of an error or anything else; and of a page they cannot use.
SITE_CONTACT = environment.contact("SITE_CONTACT")
ACCESSIBILITY_CONTACT = environment.contact("ACCESSIBILITY_CONTACT") or SITE_CONTACT
#: The page of the licence under which statements may be used, told to machines.
SITE_LICENSE = environment.page("SITE_LICENSE")
#: Whom security.txt names.
SECURITY_CONTACT = environment.contact("SECURITY_CONTACT")
SECURE = SITE_URL.startswith("https://")
# Whether what a proxy says of a request, its scheme and its sender, is believed.
BEHIND_PROXY = environment.boolean("BEHIND_PROXY")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "statements.admin.kept.refused"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    # Before ours: its permissions are made first, and our roles hold them.
    "django.contrib.auth",
    "newsroom",
    "statements",
    "statements.apps.DeskConfig",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "taggit",
    # For its static files: the built editor of statements.
    "django_prose_editor",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "newsroom.headers.QuietHeaders",
    # Inside those that set headers, which static files carry as well.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.sanity.Sane",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.site.site",
            ],
        },
    },
]

if LOCAL:
    DATABASES = {
        "default": {
            "ENGINE": "newsroom.postgresql",
            **database.parameters(VAR),
        }
    }
else:
    DATABASES = {"default": environment.database(DATABASE_URL)}
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
if SEARCH_DATABASE_URL := os.environ.get("SEARCH_DATABASE_URL", ""):
    DATABASES["search"] = environment.replica(
        SEARCH_DATABASE_URL, DATABASES["default"], "SEARCH_DATABASE_URL"
    )
    DATABASE_ROUTERS = ["newsroom.replica.Router"]

AUTH_USER_MODEL = "statements.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation."
        "UserAttributeSimilarityValidator"
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

#: The desk speaks English. Readers are spoken to in SITE_LANGUAGE, and about a text in
#: the text's own language, as far as our sentences are translated into it.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]
SITE_LANGUAGE = environment.one_of("SITE_LANGUAGE", [code for code, _ in LANGUAGES])
TIME_ZONE = os.environ.get("TIME_ZONE", "UTC")
#: Zones in which an editor may give an hour, and sees what it is there.
ELSEWHERE = environment.zones(
    "ELSEWHERE", "UTC,America/New_York,Europe/London,Asia/Tokyo"
)
USE_TZ = True
FORMAT_MODULE_PATH = "newsroom.formats"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
        # Anybody may read these, a web server that runs as another user too.
        "OPTIONS": {
            "file_permissions_mode": 0o644,
            "directory_permissions_mode": 0o755,
        },
    },
}
# Uploads lie outside everything that a web server could be pointed at; one view
# decides who may have them (statements.public.media).
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or VAR / "media").resolve()
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
# Of files, as much as the largest kind may have (statements.editorial.media), once.
FILE_UPLOAD_HANDLERS = ["newsroom.uploads.BoundedUpload"]
UPLOAD_MOST = 500 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# Local, mails are files to look at; a server says where they go, or keeps them.
EMAIL_URL = os.environ.get("EMAIL_URL", "file:" if LOCAL else "")
MAILERS = environment.mailers(EMAIL_URL, VAR / "mail")
if EMAIL_URL.startswith("smtp") and not os.environ.get("MAIL_FROM"):
    raise ImproperlyConfigured(
        "MAIL_FROM is missing. Set it to the address that your mail server sends from, "
        "as in Newsroom <newsroom@statements.example>."
    )
DEFAULT_FROM_EMAIL = environment.sender("MAIL_FROM", "newsroom@localhost")
# No mail at all is a choice; newsroom.W001 warns of it where it matters.
SILENCED_SYSTEM_CHECKS = ["mail.W001"]

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
if SECURE:
    SECURE_SSL_REDIRECT = environment.boolean("SECURE_SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

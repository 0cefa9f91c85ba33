"""The one app."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate, pre_migrate

from statements import foundation, wall


def _clear(using: str, plan: list[Any], **_: Any) -> None:
    if plan:
        wall.drop(using)


def _lay(using: str, **_: Any) -> None:
    foundation.lay(using)
    wall.build(using)


class StatementsConfig(AppConfig):
    name = "statements"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        # After migrate, and after the flush of a test that commits: the permissions
        # that the roles hold exist only then.
        pre_migrate.connect(_clear, sender=self)
        post_migrate.connect(_lay, sender=self)


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin with our first page: what waits at the desk."""

    default = False
    default_site = "statements.admin.site.DeskSite"

    def ready(self) -> None:
        super().ready()
        # Not by the package itself: the site lies in it, and is needed to register.
        import_module("statements.admin.nouns")

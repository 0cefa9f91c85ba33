"""The router of a replica: ``DATABASES["search"]``, where the search reads."""

ALIAS = "search"


class Router:
    """Nothing is migrated on a replica, and nobody reads there unasked."""

    def db_for_read(self, model: object, **hints: object) -> None:
        return None

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool | None:
        return False if db == ALIAS else None

    def allow_relation(self, *rows: object, **hints: object) -> bool:
        """The same rows stand in both."""
        return True

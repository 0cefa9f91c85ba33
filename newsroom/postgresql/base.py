"""The database backend: ``ENGINE = "newsroom.postgresql"``."""

from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.utils import OperationalError
from django.utils.asyncio import async_unsafe

from newsroom.database import ensure
from newsroom.places import ClusterError


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that starts the embedded server if there is none.

    The key ``EMBEDDED`` of the settings names the server's folder
    (``newsroom.database.parameters`` puts it there). Without it, as with
    DATABASE_URL, this is Django's own backend. Importing it, or asking for the
    connection's settings, starts nothing: only a connection does.
    """

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        var = self.settings_dict.get("EMBEDDED")
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            if not var:
                raise
        try:
            cluster = ensure(Path(var))
        except ClusterError as error:
            raise OperationalError(str(error)) from error
        return super().get_new_connection(
            conn_params | {"host": str(cluster.socket_dir)}
        )

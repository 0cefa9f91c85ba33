"""Take seals: digests that an operator keeps where nobody can rewrite them."""

from __future__ import annotations

from django.db import connection, transaction

from statements.models import Seal

from . import verbs

#: Held while a seal is taken: of two at once, the second waits and finds nothing new.
_LOCK = 0x5EA1


@transaction.atomic
def take() -> Seal | None:
    """Seal what was published, ended or redacted since the last seal; None if nothing.

    One seal holds at most 50,000 editions: call again until it returns None.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(
            """
            INSERT INTO seal (number, at, previous_digest, digest, entries)
            SELECT number, at, previous, public.seal_digest(number, at, previous, new),
                new
            FROM (
                SELECT coalesce(max(number), 0) + 1 AS number, %s::timestamptz AS at,
                    coalesce((array_agg(digest ORDER BY number DESC))[1], '')
                        AS previous
                FROM seal
            ) following, public.unsealed(at) new WHERE new <> '[]'
            RETURNING number
            """,
            [verbs.clock()],
        )
        row = cursor.fetchone()
    return None if row is None else Seal.objects.get(pk=row[0])

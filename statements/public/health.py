"""Whether the site can serve: for load balancers and those who deploy."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


@csrf_exempt  # as in answers.page
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 "ok", or 503 with a word on what is missing; never kept."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return _answer("database unreachable", 503)
    if pending:
        return _answer("migrations pending", 503)
    return _answer("ok", 200)


def _answer(word: str, status: int) -> HttpResponse:
    return HttpResponse(
        f"{word}\n",
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )

"""What machines ask: is the process up, can it do its work."""

from celery import current_app
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from council.web.visitors import public

BROKER_TIMEOUT_S = 2


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nobody else."""
    return JsonResponse({"status": "ok"})


@public
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 where database, migrations and broker are fine, else 503 that names what is not.

    `degraded`: pages work and background work waits in the database for the broker.
    """
    parts = {"database": database_is_up(), "migrations": False, "broker": broker_is_up()}
    parts["migrations"] = parts["database"] and migrations_are_applied()
    usable = parts["database"] and parts["migrations"]
    status = "ok" if all(parts.values()) else "degraded" if usable else "unavailable"
    report = {name: "ok" if fine else "failed" for name, fine in parts.items()}
    return JsonResponse({"status": status, **report}, status=200 if status == "ok" else 503)


def database_is_up() -> bool:
    """Whether the database answers a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def migrations_are_applied() -> bool:
    """Whether the schema is the one that this code was written for."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def broker_is_up() -> bool:
    """Whether the broker takes a connection within `BROKER_TIMEOUT_S`."""
    try:
        with current_app.connection_for_write(connect_timeout=BROKER_TIMEOUT_S) as link:
            link.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_TIMEOUT_S)
            link.default_channel  # noqa: B018 - virtual transports connect no earlier
    except Exception:  # noqa: BLE001 - each broker's library has its own errors
        return False
    return True

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections


class ElectionsConfig(AppConfig):
    name = "elections"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Bỏ phiếu"

    def ready(self) -> None:
        """`migrate` refuses a database that it would leave half old."""
        checks.register(database_is_of_this_state, checks.Tags.database)


def database_is_of_this_state(
    *, databases: Sequence[str] | None = None, **_options: Any
) -> list[checks.CheckMessage]:
    """An error for a database made before the ways of counting, which no migration mends.

    Until release 1.0 each app has one initial migration; an older database names it as applied.
    """
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        tables = set(connections[alias].introspection.table_names())
        if "elections_poll" in tables and "elections_paperbatch" not in tables:
            found.append(
                checks.Error(
                    "This database was made by an earlier state of the code and is not migrated.",
                    hint="Move DATA_DIR (./var) away, or name another database, and start again.",
                    id="elections.E001",
                )
            )
    return found

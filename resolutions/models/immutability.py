"""Database triggers: what is signed never changes, on SQLite and on PostgreSQL.

Each rule is one table, one event and a condition under which the event is refused. SQLite needs
INSERT guards too, since INSERT OR REPLACE goes around a DELETE trigger; PostgreSQL needs ENABLE
ALWAYS, since `session_replication_role = replica` goes around an ordinary trigger.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

MESSAGE = "signed text is immutable"

SIGNED_COLUMNS = (
    "council_id", "council_session_id", "poll_id", "adoption_id", "kind", "purpose", "title",
    "bases", "closing", "recipients", "signatory_post", "signatory_name", "year", "number",
    "symbol", "slug", "adopted_on", "effective_on", "illustrative_note", "signed_at",
)  # fmt: skip
"""Columns of a resolution that never change once it is signed; state and published_at may."""


@dataclass(frozen=True)
class Guard:
    """One trigger: `condition` speaks of NEW and OLD; true means refused."""

    name: str
    table: str
    event: str
    condition: str


def _differs(column: str) -> str:
    return f"(NEW.{column} <> OLD.{column} OR (NEW.{column} IS NULL) <> (OLD.{column} IS NULL))"


def _signed(reference: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM resolutions_resolution r WHERE r.id = {reference}"
        " AND r.signed_at IS NOT NULL)"
    )


def _once(column: str) -> str:
    return f"(OLD.{column} <> '' AND NEW.{column} <> OLD.{column})"


_ARTICLE, _RESOLUTION = "resolutions_article", "resolutions_resolution"
_SIGNATURE, _PUBLICATION = "resolutions_signature", "resolutions_publication"
_STEP = "resolutions_stepdone"

GUARDS = (
    Guard("res_article_insert", _ARTICLE, "INSERT", _signed("NEW.resolution_id")),
    Guard(
        "res_article_update", _ARTICLE, "UPDATE",
        f"{_signed('OLD.resolution_id')} OR {_signed('NEW.resolution_id')}",
    ),
    Guard("res_article_delete", _ARTICLE, "DELETE", _signed("OLD.resolution_id")),
    Guard("res_resolution_insert", _RESOLUTION, "INSERT", _signed("NEW.id")),
    Guard(
        "res_resolution_update", _RESOLUTION, "UPDATE",
        "OLD.signed_at IS NOT NULL AND ("
        + " OR ".join(_differs(column) for column in SIGNED_COLUMNS)
        + " OR NEW.state NOT IN ('signed', 'published')"
        " OR (OLD.state = 'published' AND NEW.state <> 'published')"
        f" OR (OLD.published_at IS NOT NULL AND {_differs('published_at')}))",
    ),
    Guard("res_resolution_delete", _RESOLUTION, "DELETE", "OLD.signed_at IS NOT NULL"),
    Guard(
        "res_signature_insert", _SIGNATURE, "INSERT",
        f"EXISTS (SELECT 1 FROM {_SIGNATURE} s"
        " WHERE s.id = NEW.id OR s.resolution_id = NEW.resolution_id)",
    ),
    Guard("res_signature_update", _SIGNATURE, "UPDATE", "1 = 1"),
    Guard("res_signature_delete", _SIGNATURE, "DELETE", "1 = 1"),
    Guard(
        "res_publication_insert", _PUBLICATION, "INSERT",
        f"EXISTS (SELECT 1 FROM {_PUBLICATION} p"
        " WHERE p.id = NEW.id OR p.resolution_id = NEW.resolution_id)",
    ),
    Guard(
        "res_publication_update", _PUBLICATION, "UPDATE",
        "NEW.resolution_id <> OLD.resolution_id OR "
        + " OR ".join(_once(column) for column in ("frozen", "frozen_sha256", "pdf", "pdf_sha256")),
    ),
    Guard("res_publication_delete", _PUBLICATION, "DELETE", "1 = 1"),
    Guard("res_step_update", _STEP, "UPDATE", "1 = 1"),
    Guard("res_step_delete", _STEP, "DELETE", "1 = 1"),
)  # fmt: skip


def _sqlite(guard: Guard) -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"WHEN {guard.condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    ]


def _postgresql(guard: Guard) -> list[str]:
    row = "OLD" if guard.event == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {guard.condition} THEN RAISE EXCEPTION '{MESSAGE}' "
        "USING ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN {row}; END $$",
        f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
        f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {guard.name}",
    ]


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; a no-op where they are."""
    statements = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        for guard in GUARDS:
            for statement in statements(guard):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for going back a migration and for emptying a test database."""
    with connection.cursor() as cursor:
        for guard in GUARDS:
            table = "" if connection.vendor == "sqlite" else f" ON {guard.table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{table}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should exist and do not (or are not ENABLE ALWAYS)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type='trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled='A'")
        found = {row[0] for row in cursor.fetchall()}
    return sorted(guard.name for guard in GUARDS if guard.name not in found)

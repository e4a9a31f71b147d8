"""Database triggers: what is signed never changes, on SQLite and on PostgreSQL.

Each rule is one table, one event and a condition under which the event is refused. SQLite needs
INSERT guards too, since INSERT OR REPLACE goes around a DELETE trigger; PostgreSQL needs ENABLE
ALWAYS, since `session_replication_role = replica` goes around an ordinary trigger.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from resolutions.models.guards import ALWAYS as _ALWAYS
from resolutions.models.guards import KEPT, Guard
from resolutions.models.guards import differs as _differs

MESSAGE = "signed text is immutable"

SIGNED_COLUMNS = (
    "council_id", "council_session_id", "poll_id", "adoption_id", "kind", "purpose", "title",
    "bases", "body", "closing", "recipients", "signatory_post", "signatory_name", "year", "number",
    "symbol", "slug", "adopted_on", "effective_on", "illustrative_note", "adopted_digest",
    "signed_at",
)  # fmt: skip
"""Columns of a resolution that never change once it is signed; state and published_at may."""


def _signed(reference: str) -> str:
    signed = f"r.id = {reference} AND r.signed_at IS NOT NULL"
    return f"EXISTS (SELECT 1 FROM resolutions_resolution r WHERE {signed})"  # noqa: S608 - ours


def _issued(reference: str) -> str:
    issued = f"n.id = {reference} AND n.state = 'published'"
    return f"EXISTS (SELECT 1 FROM resolutions_notice n WHERE {issued})"  # noqa: S608 - ours


def _once(column: str) -> str:
    return f"(OLD.{column} <> '' AND NEW.{column} <> OLD.{column})"


def _taken(table: str) -> str:
    """A row with the new row's key or resolution is there already."""
    same = "x.id = NEW.id OR x.resolution_id = NEW.resolution_id"
    return f"EXISTS (SELECT 1 FROM {table} x WHERE {same})"  # noqa: S608 - our own names


_PART_TAKEN = (
    "EXISTS (SELECT 1 FROM resolutions_signedfile x WHERE x.id = NEW.id "
    "OR (x.resolution_id = NEW.resolution_id AND x.part = NEW.part))"
)
_VERSION, _RESOLUTION = "resolutions_textversion", "resolutions_resolution"
_COPY = "resolutions_signingcopy"
_SIGNATURE, _PUBLICATION = "resolutions_signature", "resolutions_publication"
_STEP, _FILE = "resolutions_stepdone", "resolutions_publishedfile"
_SIGNED_FILE = "resolutions_signedfile"
_RELATION = "resolutions_relation"
_NOTICE, _LINE = "resolutions_notice", "resolutions_noticeline"

_SIGNED_CHANGES = " OR ".join(
    [
        *(_differs(column) for column in SIGNED_COLUMNS),
        "NEW.state NOT IN ('signed', 'published')",
        "(OLD.state = 'published' AND NEW.state <> 'published')",
        f"(OLD.published_at IS NOT NULL AND {_differs('published_at')})",
    ]
)
_PUBLICATION_CHANGES = " OR ".join(
    [
        _differs("resolution_id"),
        *(_once(column) for column in ("frozen", "frozen_sha256", "pdf", "pdf_sha256")),
    ]
)

GUARDS = (
    Guard("res_version_update", _VERSION, "UPDATE", _ALWAYS),
    Guard("res_version_delete", _VERSION, "DELETE", _signed("OLD.resolution_id")),
    Guard("res_copy_update", _COPY, "UPDATE", _ALWAYS),
    Guard("res_copy_delete", _COPY, "DELETE", _signed("OLD.resolution_id")),
    Guard("res_resolution_insert", _RESOLUTION, "INSERT", _signed("NEW.id")),
    Guard(
        "res_resolution_update",
        _RESOLUTION,
        "UPDATE",
        f"OLD.signed_at IS NOT NULL AND ({_SIGNED_CHANGES})",
    ),
    Guard("res_resolution_delete", _RESOLUTION, "DELETE", "OLD.signed_at IS NOT NULL"),
    Guard("res_signature_insert", _SIGNATURE, "INSERT", _taken(_SIGNATURE)),
    Guard("res_signature_update", _SIGNATURE, "UPDATE", _ALWAYS),
    Guard("res_signature_delete", _SIGNATURE, "DELETE", _ALWAYS),
    Guard("res_publication_insert", _PUBLICATION, "INSERT", _taken(_PUBLICATION)),
    Guard("res_publication_update", _PUBLICATION, "UPDATE", _PUBLICATION_CHANGES),
    Guard("res_publication_delete", _PUBLICATION, "DELETE", _ALWAYS),
    Guard("res_file_update", _FILE, "UPDATE", _ALWAYS),
    Guard("res_file_delete", _FILE, "DELETE", _ALWAYS),
    Guard("res_signed_file_insert", _SIGNED_FILE, "INSERT", _PART_TAKEN),
    Guard("res_signed_file_update", _SIGNED_FILE, "UPDATE", _ALWAYS),
    Guard("res_signed_file_delete", _SIGNED_FILE, "DELETE", _ALWAYS),
    Guard("res_relation_insert", _RELATION, "INSERT", _signed("NEW.resolution_id")),
    Guard(
        "res_relation_update",
        _RELATION,
        "UPDATE",
        f"{_signed('OLD.resolution_id')} OR {_signed('NEW.resolution_id')}",
    ),
    Guard("res_relation_delete", _RELATION, "DELETE", _signed("OLD.resolution_id")),
    Guard("res_notice_insert", _NOTICE, "INSERT", _issued("NEW.id")),
    Guard("res_notice_update", _NOTICE, "UPDATE", "OLD.state = 'published'"),
    Guard("res_notice_delete", _NOTICE, "DELETE", "OLD.state = 'published'"),
    Guard("res_notice_line_insert", _LINE, "INSERT", _issued("NEW.notice_id")),
    Guard(
        "res_notice_line_update",
        _LINE,
        "UPDATE",
        f"{_issued('OLD.notice_id')} OR {_issued('NEW.notice_id')}",
    ),
    Guard("res_notice_line_delete", _LINE, "DELETE", _issued("OLD.notice_id")),
    Guard("res_step_update", _STEP, "UPDATE", _ALWAYS),
    Guard("res_step_delete", _STEP, "DELETE", _ALWAYS),
    *KEPT,
)


def _sqlite(guard: Guard) -> list[str]:
    head = f"CREATE TRIGGER IF NOT EXISTS {guard.name} BEFORE {guard.event} ON {guard.table}"
    refusal = f"SELECT RAISE(ABORT, '{MESSAGE}')"
    return [f"{head} WHEN {guard.condition} BEGIN {refusal}; END"]


def _postgresql(guard: Guard) -> list[str]:
    row = "OLD" if guard.event == "DELETE" else "NEW"
    function = f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql"
    refusal = f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'"
    body = f"BEGIN IF {guard.condition} THEN {refusal}; END IF; RETURN {row}; END"
    trigger = f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table}"
    return [
        f"{function} AS $$ {body} $$",
        f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}",
        f"{trigger} FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
        f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {guard.name}",
    ]


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers of the tables that exist; a no-op where they are.

    A migration that adds a guarded table calls it again.
    """
    statements = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for guard in (guard for guard in GUARDS if guard.table in tables):
            for statement in statements(guard):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for going back a migration and for emptying a test database."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for guard in (guard for guard in GUARDS if guard.table in tables):
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

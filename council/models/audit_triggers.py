"""Database triggers that make the audit log append-only, on SQLite and on PostgreSQL.

SQLite needs the INSERT guard too: INSERT OR REPLACE goes around a DELETE trigger. PostgreSQL
needs ENABLE ALWAYS: `session_replication_role = replica` goes around an ordinary trigger.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "council_auditentry"  # the only thing put into the statements below

SQLITE = {
    "audit_no_update": f"""CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    "audit_no_delete": f"""CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    "audit_chain": f"""CREATE TRIGGER IF NOT EXISTS audit_chain BEFORE INSERT ON {TABLE}
        WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM {TABLE})
          OR NEW.prev IS NOT COALESCE(
               (SELECT hash FROM {TABLE} ORDER BY seq DESC LIMIT 1), '{"0" * 64}')
        BEGIN SELECT RAISE(ABORT, 'audit chain broken'); END""",
}
POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION audit_deny() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'audit is append-only'; END $$""",
    f"""CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE last_seq bigint; last_hash text;
        BEGIN
          SELECT seq, hash INTO last_seq, last_hash FROM {TABLE} ORDER BY seq DESC LIMIT 1;
          IF NEW.seq <> COALESCE(last_seq, 0) + 1
             OR NEW.prev <> COALESCE(last_hash, '{"0" * 64}') THEN
            RAISE EXCEPTION 'audit chain broken';
          END IF;
          RETURN NEW;
        END $$""",
    f"""CREATE TRIGGER audit_row BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION audit_deny()""",
    f"""CREATE TRIGGER audit_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION audit_deny()""",
    f"""CREATE TRIGGER audit_insert BEFORE INSERT ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION audit_chain()""",
    f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER audit_row",
    f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER audit_truncate",
    f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER audit_insert",
]
POSTGRESQL_NAMES = ("audit_row", "audit_truncate", "audit_insert")


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers."""
    statements = list(SQLITE.values()) if connection.vendor == "sqlite" else POSTGRESQL
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for going back a migration and for emptying a test database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            for name in POSTGRESQL_NAMES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {TABLE}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should exist and do not (or are not ENABLE ALWAYS)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type='trigger'")
            wanted = set(SQLITE)
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled='A'")
            wanted = set(POSTGRESQL_NAMES)
        return sorted(wanted - {row[0] for row in cursor.fetchall()})

"""The test database is a copy: migrations run once for each set of them, not once a process.

Whoever comes first with a new set migrates its own test database and keeps a copy, the template;
all others, also of later runs, copy the template. Its name holds a digest of all that makes the
database: a changed migration or trigger is a new set. `pytest --create-db` migrates in any case.
"""

import fcntl
import hashlib
import os
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import setup_databases

FOLDER = Path(tempfile.gettempdir()) / f"nghitruong-templates-{os.getuid()}"
KEPT_SECONDS = 7 * 24 * 3600  # a template that nobody took for so long goes
KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}
SESSIONS_END_SECONDS = 20
MOST_SELECTS = 100  # of one statement; SQLite takes 500
PREFIX = "nghitruong_template_"
OURS = ("council", "sessions", "elections", "resolutions", "portal")
IMPORT = re.compile(
    rf"^(?:from|import) ((?:{'|'.join(OURS)})[\w.]*)(?: import (\w+))?", re.MULTILINE
)


class FileTemplates:
    """SQLite: files in a folder of the user's, copied through the backup API."""

    def __init__(self, key: str) -> None:
        self.file = FOLDER / f"{key}.sqlite3"

    def is_there(self) -> bool:
        return self.file.exists()

    def store(self, database: str) -> None:
        for old in FOLDER.glob("*.sqlite3"):
            if old.stat().st_mtime < time.time() - KEPT_SECONDS:
                old.unlink()
        unfinished = self.file.with_suffix(f".{os.getpid()}")
        copy_file(database, unfinished)
        unfinished.replace(self.file)

    def copy_to(self, database: str) -> None:
        copy_file(self.file, database)
        self.file.touch()


class ServerTemplates:
    """PostgreSQL: databases that the server itself copies."""

    def __init__(self, key: str, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.name = PREFIX + key

    def is_there(self) -> bool:
        return self.name in self.all()

    def store(self, database: str) -> None:
        for old in self.all():
            self.execute(f'DROP DATABASE "{old}"')
        self.execute(f'CREATE DATABASE "{self.name}_new" TEMPLATE "{database}"')
        self.execute(f'ALTER DATABASE "{self.name}_new" RENAME TO "{self.name}"')

    def copy_to(self, database: str) -> None:
        self.execute(f'DROP DATABASE IF EXISTS "{database}"')  # of a run that was killed
        self.execute(f'CREATE DATABASE "{database}" TEMPLATE "{self.name}"')

    def all(self) -> list[str]:
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
            )
            return [name for (name,) in cursor.fetchall()]

    def execute(self, statement: str) -> None:
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(statement)


def provide(connection: BaseDatabaseWrapper, *, verbosity: int, is_new: bool) -> None:
    """Put the connection on a migrated test database: a copy, or the first of its set."""
    key = digest(connection.vendor)
    sqlite = connection.vendor == "sqlite"
    templates = FileTemplates(key) if sqlite else ServerTemplates(key, connection)
    database = str(connection.creation._get_test_db_name())
    with alone():
        if is_new or not templates.is_there():
            only = [connection.alias]
            setup_databases(verbosity, interactive=False, aliases=only, serialized_aliases=[])
            connection.close()
            templates.store(database)
        else:
            connection.close()
            templates.copy_to(database)
            settings.DATABASES[connection.alias]["NAME"] = database
            connection.settings_dict["NAME"] = database
    connection.ensure_connection()


def end_other_sessions(connection: BaseDatabaseWrapper) -> None:
    """End all other sessions of a PostgreSQL database, and wait until they are gone.

    A worker that a test killed leaves its server process behind: that one ends what it is doing,
    and could commit rows or hold locks after the test.
    """
    if connection.vendor != "postgresql":
        return
    others = (
        "FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    until = time.monotonic() + SESSIONS_END_SECONDS
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid) {others}")
        while True:
            cursor.execute(f"SELECT count(*) {others}")
            if not cursor.fetchone()[0]:
                return
            if time.monotonic() > until:
                message = "another session of the test database does not end"
                raise TimeoutError(message)
            time.sleep(0.02)


def empty(connection: BaseDatabaseWrapper) -> None:
    """Delete all rows that a test committed; those that migrating made stay.

    Django truncates every table and makes permissions anew: on PostgreSQL a second a test.
    """
    tables = set(connection.introspection.django_table_names(only_existing=True)) - KEPT_TABLES
    names = [connection.ops.quote_name(table) for table in sorted(tables)]
    questions = [
        f"SELECT {place} WHERE EXISTS (SELECT 1 FROM {name})" for place, name in enumerate(names)
    ]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        filled = []
        for start in range(0, len(questions), MOST_SELECTS):
            cursor.execute(" UNION ALL ".join(questions[start : start + MOST_SELECTS]))
            filled += [names[place] for (place,) in cursor.fetchall()]
        for name in filled:  # in any order: foreign keys are looked at when the transaction ends
            cursor.execute(f"DELETE FROM {name}")


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time looks for a template or makes one: the others wait, then copy."""
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    if FOLDER.stat().st_uid != os.getuid():
        message = f"{FOLDER} belongs to somebody else; remove it."
        raise PermissionError(message)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copy_file(source: str | Path, target: str | Path) -> None:
    """Copy a SQLite database through its backup API."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def digest(vendor: str) -> str:
    """Name of a set: what its files say, and for which programs."""
    words = [vendor, sqlite3.sqlite_version, sys.version, django.__version__]
    # Not by their whole path: the same files in another folder are the same set.
    words += sorted(f"{path.parts[-3:]}: {path.read_text()}" for path in files_of_the_set())
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:20]


def files_of_the_set() -> set[Path]:
    """All migrations of all apps, and our own modules that they import: triggers lie there."""
    migrations = {
        path for app in apps.get_app_configs() for path in Path(app.path).glob("migrations/*.py")
    }
    return migrations | {path for file in migrations for path in imports_of(file.read_text())}


def imports_of(text: str) -> Iterator[Path]:
    """Files of our modules that this text imports."""
    for module, name in IMPORT.findall(text):
        for dotted in (module, f"{module}.{name}"):
            path = settings.BASE_DIR / f"{dotted.replace('.', '/')}.py"
            if path.is_file():
                yield path

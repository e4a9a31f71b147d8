"""Migrations: in step with the models, named, one initial per app, and the way back works."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from council.models import audit_triggers
from resolutions.models import immutability
from tests import template_database

OURS = ("council", "council_sessions", "elections", "resolutions", "portal")


def migrations(label: str) -> list[str]:
    """Names of an app's migration files."""
    folder = Path(apps.get_app_config(label).path) / "migrations"
    return sorted(path.stem for path in folder.glob("[0-9]*.py"))


@pytest.mark.django_db
def test_models_and_migrations_say_the_same() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("label", OURS)
def test_each_app_has_one_initial_migration_and_the_others_have_names(label: str) -> None:
    found = migrations(label)
    assert [name for name in found if name.endswith("_initial")] == ["0001_initial"]
    assert not [name for name in found if "_auto_" in name]


@pytest.mark.parametrize("label", OURS)
def test_numbers_follow_without_gap_or_fork(label: str) -> None:
    assert [int(name[:4]) for name in migrations(label)] == list(
        range(1, len(migrations(label)) + 1)
    )


def test_the_graph_has_one_end_in_each_app() -> None:
    assert MigrationLoader(None).detect_conflicts() == {}


@pytest.mark.django_db
def test_every_step_can_be_taken_back() -> None:
    executor = MigrationExecutor(connection)
    stuck = [
        f"{key[0]}.{key[1]}: {operation.describe()}"
        for key, migration in executor.loader.graph.nodes.items()
        if key[0] in OURS and migration is not None
        for operation in migration.operations
        if not operation.reversible
    ]
    assert stuck == []


@pytest.mark.django_db
def test_the_test_database_took_every_step_and_holds_every_trigger() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert audit_triggers.missing(connection) == []
    assert immutability.missing(connection) == []


def test_the_template_of_the_test_database_is_of_these_migrations_and_triggers() -> None:
    files = template_database.files_of_the_set()
    ours = [Path(apps.get_app_config(label).path) / "migrations" for label in OURS]
    assert files.issuperset(path for folder in ours for path in folder.glob("*.py"))
    assert {Path(audit_triggers.__file__), Path(immutability.__file__)} <= files


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_a_changed_migration_asks_for_another_template(
    vendor: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migration = tmp_path / "0001_initial.py"
    migration.write_text("one")
    monkeypatch.setattr(template_database, "files_of_the_set", lambda: {migration})
    before = template_database.digest(vendor)
    assert template_database.digest(vendor) == before
    migration.write_text("another")
    assert template_database.digest(vendor) != before


def test_a_template_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_database, "FOLDER", tmp_path)
    templates = template_database.FileTemplates("key")
    (tmp_path / "broken").write_bytes(b"not a database" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        templates.store(str(tmp_path / "broken"))
    assert not templates.is_there()
    with closing(sqlite3.connect(tmp_path / "migrated")) as database:
        database.execute("CREATE TABLE council (name)")
    templates.store(str(tmp_path / "migrated"))
    templates.copy_to(str(tmp_path / "copy"))
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert copy.execute("SELECT name FROM sqlite_master").fetchall() == [("council",)]

"""Migrations: in step with the models, named, one initial per app, and the way back works."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

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

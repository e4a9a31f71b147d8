"""What machines ask of the product."""

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from tests.processes import sending_to


def test_the_process_answers_without_asking_the_database(client: Client) -> None:
    response = client.get("/healthz")
    assert response.json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_where_database_migrations_and_broker_are_fine(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "migrations": "ok",
        "broker": "ok",
    }


@pytest.mark.django_db
def test_a_broker_that_is_down_is_named_and_is_no_500(client: Client) -> None:
    with sending_to("redis://127.0.0.1:1/0"):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["status"] == "degraded"
    assert response.json()["broker"] == "failed"
    assert response.json()["database"] == "ok"


@pytest.mark.django_db
def test_a_schema_that_the_code_does_not_know_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["one"])
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"
    assert response.json()["migrations"] == "failed"


def test_a_database_that_is_away_is_no_500(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", away)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_machines_only_look(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405

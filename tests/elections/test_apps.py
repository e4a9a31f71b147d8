"""`migrate` says so where a database is older than the one initial migration."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from elections.apps import database_is_of_this_state


@pytest.mark.django_db
def test_the_database_of_this_state_passes() -> None:
    assert database_is_of_this_state(databases=["default"]) == []
    assert database_is_of_this_state(databases=None) == []


@pytest.mark.django_db
def test_an_older_database_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    old = ["django_migrations", "elections_poll", "elections_count"]
    monkeypatch.setattr(connection.introspection, "table_names", lambda *_cursor: old)
    with pytest.raises(SystemCheckError, match=r"elections\.E001(.|\n)*Move DATA_DIR"):
        call_command("migrate", verbosity=0, skip_checks=False)

"""What the tables could tell: no paper beside a person or a time, no way to browse."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection, models

from elections.models import Poll
from elections.services import polls
from tests.elections import stage as staging

# Rows that hold, or lead to, what stands on a single paper.
PAPERS = {
    "PaperBatch", "PaperReading", "PaperDifference",
    "ScanRun", "ScanUpload", "ScanSheet", "ScanPair", "ScanTask", "ScanAnswer", "ScanSample",
}  # fmt: skip
# Rows that hold figures before the committee agreed on them.
FIGURES = {"Count", "CountLine", "Recount", "PaperAccount"}
PEOPLE = {"council.Mandate", "council.Person", "council_sessions.Presence", "elections.PollEntry"}
MOMENTS = (models.DateTimeField, models.DateField, models.TimeField)


def table(name: str) -> type[models.Model]:
    return apps.get_model("elections", name)


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_no_paper_is_tied_to_a_delegate_or_to_a_moment(name: str) -> None:
    for field in table(name)._meta.get_fields():
        if field.is_relation and field.related_model is not None:
            assert field.related_model._meta.label not in PEOPLE, field
        assert not isinstance(field, MOMENTS), field


@pytest.mark.parametrize("name", ["ScanUpload", "ScanSheet", "ScanPair", "ScanTask"])
def test_keys_of_scanned_things_are_random(name: str) -> None:
    key = table(name)._meta.pk
    assert isinstance(key, models.CharField)
    made = {key.get_default() for _ in range(50)}
    assert len(made) == 50
    assert all(len(value) == 32 for value in made)
    # Neither a clock nor a counter: the keys of fifty rows do not come sorted.
    assert sorted(made) != list(made)


@pytest.mark.parametrize("name", sorted(PAPERS | FIGURES))
def test_the_administration_cannot_browse_papers_or_figures(name: str) -> None:
    assert table(name) not in admin.site._registry


def test_every_table_of_papers_is_named_here() -> None:
    """A new table that belongs to a batch or to a run of scans is looked at by these tests."""
    roots = {table("PaperBatch"), table("ScanRun"), table("ScanSheet"), table("ScanTask")}
    found = {
        model.__name__
        for model in apps.get_app_config("elections").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model in roots
    }
    assert found <= PAPERS


@pytest.mark.django_db
def test_nothing_is_written_between_opening_and_closing_but_the_state() -> None:
    """Votes are cast on paper: while the hall votes, only the two verbs leave a trace."""
    stage = staging.build()
    poll = staging.approved(stage, staging.confidence(stage))
    staging.elect_committee(stage)
    polls.print_ballots(poll, printed=40, by=stage.user("clerk"))
    before = rows_of_all_tables()
    polls.open_poll(poll, by=stage.user("clerk"))
    polls.close_poll(Poll.objects.get(pk=poll.pk), by=stage.user("clerk"))
    grown = {name for name, rows in rows_of_all_tables().items() if rows != before[name]}
    assert grown == {"council_auditentry"}


def rows_of_all_tables() -> dict[str, int]:
    """How many rows each of our tables has."""
    tables = connection.introspection.table_names()
    names = [name for name in tables if not name.startswith("django_")]
    counted = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
            counted[name] = cursor.fetchone()[0]
    return counted

"""The audit log: a chain that nobody changes unseen, guarded by triggers on both databases."""

import pytest
from django.db import DatabaseError, connection, transaction

from council.models import AuditEntry, AuditHead, audit_triggers
from council.rules import chain
from council.services import audit, people

TABLE = "council_auditentry"
COPY = f"""INSERT INTO {TABLE} (seq, at, actor_label, verb, object_type, object_id, object_label,
    payload, prev, hash) SELECT {{seq}}, at, actor_label, verb, object_type, object_id,
    object_label, payload, {{prev}}, 'f' FROM {TABLE} WHERE seq=3"""


@pytest.fixture
def log(cast):
    """Three entries."""
    for name in ("Lê Một", "Lê Hai", "Lê Ba"):
        people.add(cast.council, honorific="ong", full_name=name, by=cast.user["clerk"])
    return list(AuditEntry.objects.order_by("seq"))


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_each_entry_follows_the_one_before(log):
    assert [entry.seq for entry in log] == [1, 2, 3]
    assert log[0].prev == chain.GENESIS
    assert [entry.prev for entry in log[1:]] == [entry.hash for entry in log[:-1]]
    head = AuditHead.objects.get()
    assert (head.seq, head.hash) == (3, log[-1].hash)
    assert audit.first_broken() is None


def test_an_entry_says_who_what_where_and_what_changed(log, cast):
    entry = log[0]
    assert (entry.verb, entry.actor, entry.council) == (
        "person.add", cast.user["clerk"], cast.council,
    )  # fmt: skip
    assert entry.object_label == "ông Lê Một"
    assert '"full_name":"Lê Một"' in entry.payload


def test_what_fails_leaves_no_entry(cast):
    before = AuditEntry.objects.count()

    def add_and_fail():
        with transaction.atomic():
            people.add(cast.council, honorific="ong", full_name="Lê Bốn", by=cast.user["clerk"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        add_and_fail()
    assert AuditEntry.objects.count() == before
    assert audit.first_broken() is None


@pytest.mark.django_db(transaction=True)
def test_a_record_outside_its_changes_transaction_is_a_bug(cast):
    with pytest.raises(RuntimeError):
        audit.record("person.add", cast.people[0], by=None)


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET verb='x' WHERE seq=2",
        f"DELETE FROM {TABLE} WHERE seq=3",
        f"DELETE FROM {TABLE}",
        COPY.format(seq=9, prev="hash"),
        COPY.format(seq=4, prev="'not the last hash'"),
    ],
    ids=["update", "delete", "delete all", "gap", "fork"],
)
def test_the_database_itself_refuses_tampering(log, statement):
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(statement)
    assert audit.first_broken() is None


def test_replacing_a_row_is_refused_too(log):
    if connection.vendor == "sqlite":
        statement = f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE} WHERE seq=2"
    else:
        statement = f"TRUNCATE {TABLE}"
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(statement)
    assert AuditEntry.objects.count() == 3


@pytest.fixture
def unguarded(log):
    """As if somebody with the database's password had dropped the triggers."""
    connection.check_constraints()  # PostgreSQL alters no table with checks still to come
    audit_triggers.remove(connection)
    yield log
    connection.check_constraints()
    audit_triggers.install(connection)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        (f"UPDATE {TABLE} SET payload='{{}}' WHERE seq=2", (2, "changed")),
        (f"UPDATE {TABLE} SET actor_label='ai khác' WHERE seq=1", (1, "changed")),
        (f"DELETE FROM {TABLE} WHERE seq=2", (2, "missing")),
        (f"DELETE FROM {TABLE} WHERE seq=3", (3, "head")),
    ],
)
def test_verify_finds_what_was_changed_behind_the_triggers(unguarded, statement, broken):
    assert audit_triggers.missing(connection)
    sql(statement)
    assert audit.first_broken() == broken


def test_the_triggers_are_there(db):
    assert audit_triggers.missing(connection) == []


def test_moments_hash_alike_whatever_the_zone(log):
    again = AuditEntry.objects.get(seq=2)
    assert chain.link(audit.chained_fields(again), prev=again.prev) == again.hash

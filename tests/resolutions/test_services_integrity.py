"""What is signed stays: the database refuses changes, and `manage.py verify` finds forced ones."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from types import ModuleType
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from council.models import audit_triggers
from council.services import jobs
from elections.models import CountLine
from resolutions.models import (
    Publication,
    Resolution,
    Signature,
    SigningCopy,
    StepDone,
    TextVersion,
    immutability,
)
from resolutions.services import drafts, integrity, signing
from tests.cast import PASSWORD
from tests.resolutions.stage import Stage, agreed_poll, ready_to_sign


@pytest.fixture
def published(stage: Stage) -> Resolution:
    draft = drafts.from_poll(agreed_poll(stage), by=stage.user["clerk"])
    resolution = signing.sign(
        ready_to_sign(stage, draft), password=PASSWORD, by=stage.user["chair"]
    )
    jobs.run_due()
    return Resolution.objects.get(pk=resolution.pk)


CHANGES = {
    "title": lambda r: Resolution.objects.filter(pk=r.pk).update(title="Khác"),
    "bases": lambda r: Resolution.objects.filter(pk=r.pk).update(bases="Khác"),
    "number": lambda r: Resolution.objects.filter(pk=r.pk).update(number=9),
    "symbol": lambda r: Resolution.objects.filter(pk=r.pk).update(symbol="09/NQ-HĐND"),
    "state": lambda r: Resolution.objects.filter(pk=r.pk).update(state="signed"),
    "published_at": lambda r: Resolution.objects.filter(pk=r.pk).update(published_at=None),
    "signed_at": lambda r: Resolution.objects.filter(pk=r.pk).update(signed_at=None),
    "poll": lambda r: Resolution.objects.filter(pk=r.pk).update(poll=None),
    "body": lambda r: Resolution.objects.filter(pk=r.pk).update(
        body=r.body.replace("phiếu", "lá phiếu")
    ),
    "version": lambda r: TextVersion.objects.filter(resolution=r).update(content="{}"),
    "version gone": lambda r: TextVersion.objects.filter(resolution=r).delete(),
    "copy": lambda r: SigningCopy.objects.filter(resolution=r).update(sha256="0" * 64),
    "copy gone": lambda r: SigningCopy.objects.filter(resolution=r).delete(),
    "signature": lambda r: Signature.objects.filter(resolution=r).update(text_digest="0" * 64),
    "signature gone": lambda r: Signature.objects.filter(resolution=r).delete(),
    "frozen": lambda r: Publication.objects.filter(resolution=r).update(frozen="{}"),
    "frozen emptied": lambda r: Publication.objects.filter(resolution=r).update(frozen=""),
    "pdf": lambda r: Publication.objects.filter(resolution=r).update(pdf="published/x.pdf"),
    "pdf hash": lambda r: Publication.objects.filter(resolution=r).update(pdf_sha256="0" * 64),
    "step": lambda r: StepDone.objects.filter(publication__resolution=r).delete(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_database_refuses_to_change_what_is_published(published: Resolution, what: str) -> None:
    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
        CHANGES[what](published)


def test_a_published_row_is_not_replaced_either(published: Resolution) -> None:
    table = Resolution._meta.db_table
    insert, end = {
        "sqlite": ("INSERT OR REPLACE", ""),
        "postgresql": ("INSERT", "ON CONFLICT (id) DO UPDATE SET title = 'x'"),
    }[connection.vendor]
    with (
        connection.cursor() as cursor,
        pytest.raises(IntegrityError, match="immutable"),
        transaction.atomic(),
    ):
        cursor.execute(
            f"{insert} INTO {table} SELECT * FROM {table} WHERE id = %s {end}", [published.pk]
        )


def test_drafts_stay_free(stage: Stage) -> None:
    draft = drafts.from_poll(agreed_poll(stage), by=stage.user["clerk"])
    assert Resolution.objects.filter(pk=draft.pk).update(title="Khác") == 1


def verify() -> dict[str, Any]:
    out = StringIO()
    with suppress(CommandError):
        call_command("verify", "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def codes() -> set[str]:
    return {problem["code"] for problem in verify()["problems"]}


def test_an_honest_installation_verifies(published: Resolution) -> None:
    assert verify() == {"ok": True, "problems": [], "orphan_files": []}
    out = StringIO()
    call_command("verify", stdout=out)
    assert out.getvalue().count(": đúng") == 4


@contextmanager
def lifted(guards: ModuleType) -> Iterator[None]:
    """Without the triggers; PostgreSQL alters no table that has a check outstanding."""
    connection.check_constraints()
    guards.remove(connection)
    yield
    connection.check_constraints()
    guards.install(connection)


def forced(what: str, published: Resolution) -> None:
    """Change something as the owner of the database could: triggers lifted, then put back."""
    with lifted(immutability):
        CHANGES[what](published)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("title", "text_changed"), ("body", "text_changed"),
        ("frozen", "frozen_changed"), ("pdf", "file_changed"), ("pdf hash", "file_changed"),
        ("signature", "text_changed"), ("number", "number_differs"),
        ("frozen emptied", "published_without_file"),
    ],
)  # fmt: skip
def test_a_forced_change_is_found(published: Resolution, what: str, code: str) -> None:
    forced(what, published)
    assert code in codes()


def test_a_changed_and_a_missing_file_are_found(published: Resolution) -> None:
    file = published.publication.pdf
    with file.storage.open(str(file.name), "r+b") as stored:
        stored.seek(100)
        stored.write(b"X")
    assert codes() == {"file_changed"}
    file.storage.delete(str(file.name))
    assert codes() == {"file_changed"}


def test_a_count_changed_afterwards_is_found(published: Resolution) -> None:
    line = CountLine.objects.filter(count__poll=published.poll, option="high").latest("pk")
    CountLine.objects.filter(pk=line.pk).update(votes=(line.votes or 0) + 1)
    assert "outcome_changed" in codes()


def test_the_command_fails_with_exit_code_1(published: Resolution) -> None:
    forced("title", published)
    with pytest.raises(CommandError) as failed:
        call_command("verify", stdout=StringIO())
    assert failed.value.returncode == 1


def test_missing_triggers_are_named(published: Resolution) -> None:
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON resolutions_signature"
        cursor.execute(f"DROP TRIGGER res_signature_update{on}")
    assert immutability.missing(connection) == ["res_signature_update"]
    assert codes() == {"trigger_missing"}


def test_a_changed_audit_entry_is_found_with_its_number(published: Resolution) -> None:
    with lifted(audit_triggers), connection.cursor() as cursor:
        cursor.execute("UPDATE council_auditentry SET verb = 'x' WHERE seq = 2")
    assert {"code": "chain_changed", "where": "2"}.items() <= verify()["problems"][0].items()


def test_an_orphan_file_is_told_but_is_no_fault(published: Resolution) -> None:
    published.publication.pdf.storage.save("published/orphan.pdf", ContentFile(b"%PDF-1.7"))
    assert verify() == {"ok": True, "problems": [], "orphan_files": ["orphan.pdf"]}
    assert integrity.orphans() == ["orphan.pdf"]

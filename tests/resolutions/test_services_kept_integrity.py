"""Archives, numbers, approved and signed texts: nothing changes, and what is forced is found."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from council.services import jobs
from resolutions.models import (
    ArchivedResolution,
    ArchiveRow,
    NumberEntry,
    SessionText,
    SessionTextApproval,
    SessionTextFile,
    SessionTextVersion,
    immutability,
)
from resolutions.services import kept_integrity, register
from resolutions.services import session_text_approvals as approvals
from resolutions.services import session_texts as texts
from tests.cast import Cast
from tests.resolutions.stage import DAY, Stage
from tests.resolutions.test_services_archives import approved as archive_approved
from tests.resolutions.test_services_integrity import codes, lifted
from tests.resolutions.texts_stage import approved, fresh


@pytest.fixture
def archived(stage: Stage, run_jobs: Any) -> ArchivedResolution:
    archive_approved(stage.cast, run_jobs)
    run_jobs()
    return ArchivedResolution.objects.get(number=7)


@pytest.fixture
def signed(stage: Stage) -> SessionText:
    text = approved(stage, "minutes")
    approvals.record_signature(
        text, signed_on=timezone.localdate(), presiding="Lê Văn Thử", secretary="Trần Thị Mẫu",
        by=stage.user["clerk"],
    )  # fmt: skip
    jobs.run_due()
    return fresh(text)


ARCHIVES = {
    "title": lambda: ArchivedResolution.objects.update(title="Khác"),
    "hash": lambda: ArchivedResolution.objects.update(sha256="0" * 64),
    "file": lambda: ArchivedResolution.objects.update(file="archive/khac.pdf"),
    "gone": lambda: ArchivedResolution.objects.all().delete(),
    "row": lambda: ArchiveRow.objects.filter(state="imported").update(title="Khác"),
    "row gone": lambda: ArchiveRow.objects.filter(state="imported")._raw_delete("default"),
    "number": lambda: NumberEntry.objects.update(title="Khác"),
    "number void": lambda: NumberEntry.objects.update(state="void", reason="x"),
    "number gone": lambda: NumberEntry.objects.all().delete(),
}
MINUTES = {
    "words": lambda: SessionText.objects.update(content=[]),
    "number": lambda: SessionText.objects.update(number="99/BB-HĐND"),
    "digest": lambda: SessionText.objects.update(digest="0" * 64),
    "who signed": lambda: SessionText.objects.update(signed_presiding="Khác"),
    "day": lambda: SessionText.objects.update(signed_on=DAY),
    "back to a draft": lambda: SessionText.objects.update(
        state="draft", digest="", facts_digest="", signed_on=None
    ),
    "gone": lambda: SessionText.objects.all()._raw_delete("default"),
    "version": lambda: SessionTextVersion.objects.update(content=[]),
    "version gone": lambda: SessionTextVersion.objects.all().delete(),
    "approval": lambda: SessionTextApproval.objects.update(digest="0" * 64),
    "approval gone": lambda: SessionTextApproval.objects.all().delete(),
    "file": lambda: SessionTextFile.objects.update(sha256="0" * 64),
    "file gone": lambda: SessionTextFile.objects.all().delete(),
}


def refused(change: Any) -> None:
    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
        change()


def replaced(row: Model) -> None:
    """SQLite's way around a DELETE trigger; PostgreSQL's is an UPDATE."""
    table = row._meta.db_table
    insert, end = {
        "sqlite": ("INSERT OR REPLACE", ""),
        "postgresql": ("INSERT", "ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"{insert} INTO {table} SELECT * FROM {table} WHERE id = %s {end}", [row.pk])


@pytest.mark.parametrize("what", ARCHIVES)
def test_what_was_imported_is_never_changed(archived: ArchivedResolution, what: str) -> None:
    refused(ARCHIVES[what])


@pytest.mark.parametrize("what", MINUTES)
def test_signed_minutes_are_never_changed(signed: SessionText, what: str) -> None:
    refused(MINUTES[what])


def test_no_row_is_replaced_either(archived: ArchivedResolution, signed: SessionText) -> None:
    entry = NumberEntry.objects.first()
    for row in (
        archived, archived.row, entry, signed, signed.versions.first(), signed.approvals.first(),
        signed.files.first(),
    ):  # fmt: skip
        assert row is not None
        refused(lambda row=row: replaced(row))


def test_an_approved_summary_keeps_its_words_until_it_is_a_draft_again(stage: Stage) -> None:
    text = approved(stage, "press")
    for change in (
        {"content": []}, {"public_text": "Khác"}, {"digest": "0" * 64}, {"state": "submitted"},
    ):  # fmt: skip
        refused(lambda change=change: SessionText.objects.update(**change))
    assert SessionText.objects.update(checked_seq=99) == 1
    texts.reopen(fresh(text), reason="Sửa", verb="session_text.reopen", by=stage.user["clerk"])
    assert fresh(text).state == "draft"
    assert SessionText.objects.update(content=[]) == 1
    refused(lambda: SessionTextApproval.objects.update(voided_reason="Khác"))


def test_a_kept_number_may_be_used_or_struck_out_and_nothing_else(cast: Cast) -> None:
    entry = register.reserve(
        cast.council, kind="individual", title="Về việc mẫu", day=DAY, by=cast.user["clerk"]
    )
    refused(lambda: NumberEntry.objects.update(number=9))
    refused(lambda: NumberEntry.objects.update(title="Khác"))
    register.void(entry, reason="Nhầm", by=cast.user["clerk"])
    refused(lambda: NumberEntry.objects.update(reason="Khác"))


def test_an_honest_book_verifies(archived: ArchivedResolution, signed: SessionText) -> None:
    assert list(kept_integrity.verify()) == []


FORCED = {
    "archive hash": (ARCHIVES["hash"], "archived_file_changed"),
    "archive file": (ARCHIVES["file"], "archived_file_changed"),
    "archive number": (
        lambda: NumberEntry.objects.filter(number=7).delete(), "archived_without_number",
    ),
    "words": (MINUTES["words"], "session_text_changed"),
    "number": (MINUTES["number"], "session_text_changed"),
    "digest": (MINUTES["digest"], "session_text_without_approval"),
    "approval": (MINUTES["approval"], "session_text_without_approval"),
    "approval gone": (MINUTES["approval gone"], "session_text_without_approval"),
    "version": (MINUTES["version"], "session_text_changed"),
    "made file": (MINUTES["file"], "session_text_file_changed"),
}  # fmt: skip


@pytest.mark.parametrize("what", FORCED)
def test_a_forced_change_is_found(
    archived: ArchivedResolution, signed: SessionText, what: str
) -> None:
    change, code = FORCED[what]
    with lifted(immutability):
        change()
    assert code in codes()


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_damaged_or_missing_file_is_found(
    archived: ArchivedResolution, signed: SessionText, damage: str
) -> None:
    for file in (archived.file, signed.files.get(kind="pdf").file):
        default_storage.delete(str(file.name))
        if damage == "changed":
            assert default_storage.save(str(file.name), ContentFile(b"%PDF")) == file.name
    assert codes() == {"archived_file_changed", "session_text_file_changed"}


def test_a_trigger_that_is_gone_is_told(archived: ArchivedResolution) -> None:
    where = "" if connection.vendor == "sqlite" else " ON resolutions_archivedresolution"
    with connection.cursor() as cursor:
        connection.check_constraints()
        cursor.execute(f"DROP TRIGGER res_archived_update{where}")
    assert "trigger_missing" in codes()
    immutability.install(connection)
    assert "trigger_missing" not in codes()

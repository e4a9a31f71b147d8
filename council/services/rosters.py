"""Import of delegates and office holders: read, preview, and only then write, all or nothing."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any
from zipfile import ZipFile

import openpyxl
from django.core.files.base import File
from django.db import transaction

from council.models import Council, DelegateGroup, Office, Person, Tenure, Term, User
from council.rules import roster, text
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, mandates, offices, people

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MAX_COLUMNS = 60


def read_table(file: "File[Any]", *, rows_max: int = roster.MAX_ROWS + 50) -> list[list[object]]:
    """The rows of a CSV (UTF-8 with or without BOM, UTF-16, Windows-1258) or XLSX file.

    Raises:
        Refusal: ``roster.file_too_large``, ``roster.file_empty``, ``roster.file_unreadable``.
    """
    if (file.size or 0) > MAX_BYTES:
        raise Refusal(
            "roster.file_too_large",
            gettext_noop("Tệp lớn hơn 5 MB. Bỏ bớt ảnh và các trang khác."),
            field="file",
        )
    content = file.read(MAX_BYTES + 1)
    if not content.strip():
        raise Refusal("roster.file_empty", gettext_noop("Tệp rỗng. Chọn lại tệp."), field="file")
    if content[:4] == b"PK\x03\x04":
        return read_workbook(content, rows_max=rows_max)
    table = text.decode_table(content)
    try:
        rows = csv.reader(io.StringIO(table, newline=""), delimiter=delimiter_of(table))
        return [list(row[:MAX_COLUMNS]) for row in rows]
    except csv.Error as error:
        raise unreadable() from error


def delimiter_of(table: str) -> str:
    """Comma, semicolon or tab: the one that cuts the headings into most columns."""
    heading = next(line for line in table.splitlines() if line.strip())
    return max(",;\t", key=lambda sign: len(next(csv.reader([heading], delimiter=sign))))


def read_workbook(content: bytes, *, rows_max: int = roster.MAX_ROWS + 50) -> list[list[object]]:
    """The first sheet of an XLSX file; what unpacks to far more than any list is refused."""
    try:
        check_unpacked_size(content)
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = workbook.worksheets[0]
        rows = sheet.iter_rows(max_row=rows_max, max_col=MAX_COLUMNS, values_only=True)
        return [list(row) for row in rows]
    except Refusal:
        raise
    except Exception as error:  # zip, XML, inflate and openpyxl each have their own errors
        raise unreadable() from error


def check_unpacked_size(content: bytes) -> None:
    """Refuse an archive that unpacks to far more than any list of people."""
    with ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED_BYTES:
            raise unreadable()


def unreadable() -> Refusal:
    """The refusal of a file that is not what its name says."""
    return Refusal(
        "roster.file_unreadable",
        gettext_noop("Không đọc được tệp. Lưu lại bằng Excel (xlsx) hoặc CSV UTF-8 rồi thử lại."),
        field="file",
    )


def preview(council: Council, table: Sequence[Sequence[object]]) -> roster.Roster:
    """What an import of the table would mean; writes nothing.

    Raises:
        Refusal: those of `council.rules.roster.read`.
    """
    titles = list(council.offices.values_list("title", flat=True))
    return roster.read(table, offices=titles)


def import_roster(
    council: Council, *, table: Sequence[Sequence[object]], term: Term, starts_on: date, by: User
) -> int:
    """Write everybody in the table down: persons, seats, offices. All or nothing.

    A person with the same name and birthday is not written twice; a seat or an office that is
    held already is left as it is. Returns the number of rows written.

    Raises:
        Refusal: ``access.denied``, ``roster.has_errors`` and those of the verbs it calls.
    """
    access.authorise(by, "people.import", council)
    understood = preview(council, table)
    if understood.error_count:
        raise Refusal(
            "roster.has_errors",
            gettext_noop(
                "Còn %(count)d ô chưa đúng. Sửa trong tệp rồi tải lên lại; chưa có gì được ghi."
            ),
            params={"count": understood.error_count},
        )
    with transaction.atomic():
        for row in understood.rows:
            import_row(council, row, term=term, starts_on=starts_on, by=by)
        audit.record(
            "people.import", term, by=by, council=council, after={"rows": len(understood.rows)}
        )
    return len(understood.rows)


def import_row(
    council: Council, row: roster.RosterRow, *, term: Term, starts_on: date, by: User
) -> None:
    """Write one row: the person if new, the seat if it is a delegate, the office if named."""
    person = find_or_add(council, row, by=by)
    if (
        row.value("is_delegate") is not False
        and not person.mandates.filter(term=term, ends_on=None).exists()
    ):
        mandates.seat(
            person,
            term=term,
            starts_on=starts_on,
            group=group_of(term, row.value("group"), by=by),
            is_full_time=bool(row.value("is_full_time")),
            is_group_head=bool(row.value("is_group_head")),
            by=by,
        )
    title = row.value("office")
    if title:
        office = Office.objects.get(council=council, title=title)
        if not office.tenures.filter(person=person, ends_on=None).exists():
            since = row.value("office_since")
            offices.begin(
                office,
                person=person,
                term=term,
                basis=Tenure.Basis.ELECTED,
                starts_on=since if isinstance(since, date) else starts_on,
                by=by,
            )


def find_or_add(council: Council, row: roster.RosterRow, *, by: User) -> Person:
    """The person of this name (and birthday, where given), else a new one."""
    full_name, born_on = str(row.value("full_name")), row.value("born_on")
    known = council.people.filter(full_name=full_name)
    if isinstance(born_on, date):
        known = known.filter(born_on=born_on)
    found = known.first()
    if found:
        return found
    return people.add(
        council,
        honorific=str(row.value("honorific")),
        full_name=full_name,
        occupation=str(row.value("occupation") or "")[:200],
        email=str(row.value("email") or ""),
        born_on=born_on if isinstance(born_on, date) else None,
        by=by,
    )


def group_of(term: Term, number: object, *, by: User) -> DelegateGroup | None:
    """The group of this number; made when the table names it first."""
    if not isinstance(number, int):
        return None
    group, created = DelegateGroup.objects.get_or_create(
        term=term, number=number, defaults={"name": f"Tổ đại biểu số {number}"}
    )
    if created:
        audit.record("group.add", group, by=by, council=term.council, after={"name": group.name})
    return group

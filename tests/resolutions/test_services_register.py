"""The register of numbers: kept, used, struck out, begun after the paper register, printed."""

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pypdf import PdfReader

from council.models import AuditEntry
from council.rules.refusals import Refusal
from resolutions.models import NumberEntry, NumberSeries, RegisterPrint
from resolutions.queries import register as queries
from resolutions.services import integrity, register, register_prints
from resolutions.typesetting import table_file
from tests.cast import Cast
from tests.resolutions.stage import Stage, adopted

DAY = date(2026, 7, 10)
TITLE = "Về việc đặt tên đường"


def reserved(cast: Cast, title: str = TITLE) -> NumberEntry:
    return register.reserve(
        cast.council, kind="individual", title=title, day=DAY, by=cast.user["clerk"]
    )


def used(cast: Cast, entry: NumberEntry, **changes: Any) -> NumberEntry:
    given = {"issued_on": DAY, "signatory": "Nguyễn Văn Mẫu", "recipients": "UBND"}
    return register.use_on_paper(entry, by=cast.user["clerk"], **{**given, **changes})


def refused(verb: Any, *args: Any, **values: Any) -> tuple[str, str | None]:
    with pytest.raises(Refusal) as refusal:
        verb(*args, **values)
    return refusal.value.code, refusal.value.field


def test_a_kept_number_becomes_used_by_a_document_on_paper(cast: Cast) -> None:
    entry = used(cast, reserved(cast))
    entry.refresh_from_db()
    assert (entry.state, entry.issued_on, entry.signatory) == ("used", DAY, "Nguyễn Văn Mẫu")
    told = AuditEntry.objects.latest("seq")
    assert told.verb == "register.use_on_paper"
    assert list(integrity._verify_numbers()) == []


def test_who_signed_must_be_said_and_the_day_must_be_of_the_year_and_not_to_come(
    cast: Cast,
) -> None:
    entry = reserved(cast)
    assert refused(used, cast, entry, signatory="  ") == (
        "register.signatory_missing", "signatory",
    )  # fmt: skip
    other = date(2025, 12, 31)
    assert refused(used, cast, entry, issued_on=other) == ("register.other_year", "issued_on")
    entry.series.year = (timezone.localdate() + timedelta(days=1)).year
    entry.series.save()
    later = timezone.localdate() + timedelta(days=1)
    assert refused(used, cast, entry, issued_on=later) == ("register.not_yet", "issued_on")
    assert NumberEntry.objects.get().state == "reserved"


def test_a_number_is_used_or_struck_out_once(cast: Cast) -> None:
    first, second = reserved(cast), reserved(cast)
    used(cast, first)
    clerk = cast.user["clerk"]
    assert refused(used, cast, first)[0] == "register.not_reserved"
    assert refused(register.void, first, reason="Sai", by=clerk)[0] == "register.not_reserved"
    assert refused(register.void, second, reason=" ", by=clerk) == (
        "register.reason_missing", "reason",
    )  # fmt: skip
    register.void(second, reason="Rút tờ trình", by=clerk)
    assert refused(used, cast, second)[0] == "register.not_reserved"


def test_the_number_of_a_resolution_here_is_used_by_its_signature_only(stage: Stage) -> None:
    entry = adopted(stage).number_entries.get()
    assert refused(used, stage.cast, entry)[0] == "register.has_resolution"


def test_only_who_keeps_the_register_changes_it(cast: Cast) -> None:
    entry, chair = reserved(cast), cast.user["chair"]
    council = cast.council
    values = {"issued_on": DAY, "signatory": "A", "recipients": "", "by": chair}
    assert refused(register.use_on_paper, entry, **values)[0] == "access.denied"
    assert refused(register.void, entry, reason="x", by=chair)[0] == "access.denied"
    start = {"year": 2026, "kind": "normative", "last": 3, "by": chair}
    assert refused(register.start_series, council, **start)[0] == "access.denied"


def test_a_series_begins_after_the_paper_register_until_a_number_is_taken(cast: Cast) -> None:
    clerk, council = cast.user["clerk"], cast.council
    start = {"year": 2026, "kind": "individual", "by": clerk}
    register.start_series(council, last=40, **start)
    register.start_series(council, last=34, **start)
    assert reserved(cast).number == 35
    assert refused(register.start_series, council, last=50, **start) == (
        "register.already_used", "last",
    )  # fmt: skip
    assert register.start_series(council, last=35, **start).last == 35
    assert AuditEntry.objects.filter(verb="register.start").count() == 2


def test_a_series_does_not_begin_below_an_imported_number(cast: Cast) -> None:
    clerk = cast.user["clerk"]
    series = register.start_series(cast.council, year=2019, kind="individual", last=9, by=clerk)
    series.entries.create(
        number=7, state="used", title="Cũ", taken_by=clerk, taken_at=timezone.now(),
        used_at=timezone.now(), issued_on=date(2019, 7, 5),
    )  # fmt: skip
    start = {"year": 2019, "kind": "individual", "by": clerk}
    assert refused(register.start_series, cast.council, last=6, **start) == (
        "register.below_archive", "last",
    )  # fmt: skip
    assert register.start_series(cast.council, last=12, **start).opened_after == 12


WRONG = {
    "used on paper without a day": {"state": "used", "used_at": timezone.now()},
    "reserved with a day": {"issued_on": DAY},
    "reserved with a signatory": {"signatory": "A"},
    "void without a reason": {"state": "void", "voided_at": timezone.now()},
}


@pytest.mark.parametrize("what", WRONG)
def test_the_database_refuses_half_an_entry(cast: Cast, what: str) -> None:
    entry = reserved(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberEntry.objects.filter(pk=entry.pk).update(**WRONG[what])


def book(cast: Cast) -> NumberSeries:
    """Paper numbers 1 to 2, then used, void and kept ones."""
    clerk = cast.user["clerk"]
    register.start_series(cast.council, year=2026, kind="individual", last=2, by=clerk)
    used(cast, reserved(cast, "Về việc đặt tên đường"))
    register.void(reserved(cast, "=1+1"), reason="Rút tờ trình", by=clerk)
    reserved(cast, "Về chủ trương đầu tư")
    return NumberSeries.objects.select_related("council").get()


def test_the_lines_tell_all_that_is_known(cast: Cast) -> None:
    series = book(cast)
    lines = queries.lines_of(series, queries.spans_of(series))
    assert [(line.symbol, line.until, line.state) for line in lines] == [
        ("01/NQ-HĐND", "02/NQ-HĐND", "paper"), ("03/NQ-HĐND", "", "used"),
        ("04/NQ-HĐND", "", "void"), ("05/NQ-HĐND", "", "reserved"),
    ]  # fmt: skip
    assert (lines[1].dated, lines[1].signatory, lines[1].recipients) == (
        DAY, "Nguyễn Văn Mẫu", "UBND",
    )  # fmt: skip
    assert queries.note_of(lines[2]) == "Hủy số: Rút tờ trình"


def test_a_line_leads_to_its_resolution_with_the_day_on_its_paper(stage: Stage) -> None:
    resolution = adopted(stage)
    series = NumberSeries.objects.get()
    line = queries.lines_of(series, queries.spans_of(series))[0]
    assert line.url.endswith(f"/nghi-quyet/{resolution.pk}/")
    assert (line.dated, line.kept_by) == (resolution.adopted_on, "VT")
    assert line.signatory == ""  # nobody has signed yet


def test_the_worker_prints_the_book_once_for_the_same_content(cast: Cast, run_jobs: Any) -> None:
    series, clerk = book(cast), cast.user["clerk"]
    assert register_prints.current(series) is None
    register_prints.request(series, by=clerk)
    run_jobs()
    made = register_prints.current(series)
    assert made is not None
    with made.file.open("rb") as stream:
        words = " ".join(page.extract_text() for page in PdfReader(stream).pages)
    flat = "".join(words.split())
    for expected in (
        "SỔ ĐĂNG KÝ VĂN BẢN ĐI", "Năm 2026", "03/NQ-HĐND", "10/07/2026", "Nguyễn Văn Mẫu",
        "Nghị quyết về việc đặt tên đường", "Hủy số: Rút tờ trình", "Số lượng bản",
        "Cộng 5 số: 1 đã dùng, 1 đang giữ, 1 đã hủy, 2 trên sổ giấy.",
    ):  # fmt: skip
        assert "".join(expected.split()) in flat
    register_prints.request(series, by=clerk)
    run_jobs()
    assert RegisterPrint.objects.count() == 1
    reserved(cast)
    series.refresh_from_db()
    assert register_prints.current(series) is None


def test_the_spreadsheet_holds_text_only(cast: Cast) -> None:
    table = queries.table_of(book(cast))
    sheet = openpyxl.load_workbook(io.BytesIO(table_file.xlsx(table, title="Sổ"))).active
    assert sheet is not None
    rows = list(sheet.iter_rows())
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "inlineStr"}
    assert all(cell.data_type != "f" for row in rows for cell in row)
    assert rows[3][4].value == "'=1+1"
    assert rows[2][3].value == "2026-07-10"

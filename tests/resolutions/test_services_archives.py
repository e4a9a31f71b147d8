"""Archives: read, decided, approved by another, imported once each, whatever is killed when."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from council.models import AuditEntry, Job
from council.rules.refusals import Refusal
from portal.models import SearchEntry
from resolutions.models import (
    ArchivedResolution,
    ArchiveImport,
    ArchiveRow,
    NumberEntry,
    NumberSeries,
)
from resolutions.queries import archives as queries
from resolutions.services import archive_importing, archives, integrity, register
from tests.cast import Cast
from tests.hostile.pdf_files import javascript_named
from tests.resolutions.archive_kit import bundle, handed_in, pdf, row, table

FILES = {"2019/NQ 07 2019.pdf": pdf("7"), "2019/08-NQ-HDND-2019.pdf": pdf("8"), "rac.txt": b"x"}
ROWS = [row(7), row(8), row(9)]


def approved(cast: Cast, run_jobs: Any, rows: Any = None, files: Any = None) -> ArchiveImport:
    archive = handed_in(cast, rows or ROWS, files or FILES)
    run_jobs()
    archives.submit(archive, by=cast.user["clerk"])
    archives.approve(archive, by=cast.user["approver"])
    return archive


def states(archive: ArchiveImport) -> list[str]:
    return list(archive.rows.order_by("line").values_list("state", flat=True))


def refused(verb: Any, *args: Any, **values: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        verb(*args, **values)
    return refusal.value.code


def test_reading_matches_files_and_says_what_is_missing(cast: Cast, run_jobs: Any) -> None:
    archive = handed_in(cast, ROWS, FILES)
    assert archive.state == "reading"
    run_jobs()
    archive.refresh_from_db()
    assert archive.state == "review"
    found = list(archive.rows.order_by("line"))
    assert [one.file.path if one.file else "" for one in found] == [*list(FILES)[:2], ""]
    assert found[2].doubt == "Không tìm thấy tệp nào có số này trong tên."
    bad = archive.files.get(path="rac.txt")
    assert bad.refusal.startswith("Không nhận loại tệp này")
    tally = queries.tally(archive)
    assert (tally.total, tally.ready, tally.troubled) == (3, 2, 1)
    assert not ArchivedResolution.objects.exists()


def test_what_is_approved_is_published_as_the_very_file(cast: Cast, run_jobs: Any) -> None:
    archive = approved(cast, run_jobs)
    run_jobs()
    archive.refresh_from_db()
    assert archive.state == "done"
    assert states(archive) == ["imported", "imported", "refused"]
    assert archive.rows.get(line=4).outcome == "Không có tệp."
    made = ArchivedResolution.objects.get(number=7)
    with made.file.open("rb") as stream:
        content = stream.read()
    assert content == FILES["2019/NQ 07 2019.pdf"]
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    assert (made.symbol, made.slug, made.year) == ("07/NQ-HĐND", "07-nq-hdnd", 2019)
    assert SearchEntry.objects.filter(kind="archived").count() == 2
    assert AuditEntry.objects.filter(verb="archive.publish").count() == 2


def test_numbers_go_into_the_register_as_used_and_the_next_follows(
    cast: Cast, run_jobs: Any
) -> None:
    approved(cast, run_jobs)
    run_jobs()
    series = NumberSeries.objects.get(year=2019, kind="individual")
    assert (series.last, series.opened_after) == (8, 8)
    entries = NumberEntry.objects.filter(series=series).values_list("number", "state", "resolution")
    assert list(entries) == [(7, "used", None), (8, "used", None)]
    assert list(integrity._verify_numbers()) == []


def test_a_year_that_is_numbered_here_takes_no_number_above_the_paper_register(
    cast: Cast, run_jobs: Any
) -> None:
    clerk = cast.user["clerk"]
    register.start_series(cast.council, year=2019, kind="individual", last=7, by=clerk)
    register.reserve(cast.council, kind="individual", title="X", day=_day(2019), by=clerk)
    archive = approved(cast, run_jobs, [row(7), row(8), row(9)], {**FILES, "9 NQ.pdf": pdf("9")})
    run_jobs()
    outcomes = list(archive.rows.order_by("line").values_list("state", "outcome"))
    assert outcomes[0] == ("imported", "")
    assert outcomes[1] == ("refused", "Số này đã có trong sổ đăng ký số.")
    assert outcomes[2] == ("refused", "Sổ năm 2019 đã cấp số trên hệ thống đến 8.")


def _day(year: int) -> Any:
    from datetime import date

    return date(year, 7, 5)


def test_the_same_row_in_another_import_is_an_error_at_once(cast: Cast, run_jobs: Any) -> None:
    approved(cast, run_jobs)
    run_jobs()
    again = handed_in(cast, ROWS, FILES)
    run_jobs()
    assert again.rows.get(line=2).error == "Số này đã có trong hệ thống."
    assert queries.tally(again).ready == 0
    assert refused(archives.submit, again, by=cast.user["clerk"]) == "archive.nothing_ready"


def test_a_killed_import_goes_on_where_it_stopped(
    cast: Cast, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = approved(cast, run_jobs)
    real = archive_importing._register
    calls: list[int] = []

    def dies(*args: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit
        real(*args)

    monkeypatch.setattr(archive_importing, "_register", dies)
    with pytest.raises(SystemExit):
        run_jobs()
    assert states(archive) == ["imported", "waiting", "waiting"]
    assert ArchivedResolution.objects.count() == 1
    Job.objects.filter(name=archives.IMPORT_JOB).update(lease_until=archive.created_at)
    run_jobs()
    assert states(archive) == ["imported", "imported", "refused"]
    assert ArchivedResolution.objects.count() == 2
    assert NumberEntry.objects.count() == 2


def test_a_pause_stops_it_and_going_on_ends_it(cast: Cast, run_jobs: Any) -> None:
    archive = approved(cast, run_jobs)
    archives.pause(archive, by=cast.user["clerk"])
    run_jobs()
    assert states(archive) == ["waiting"] * 3
    archives.resume(archive, by=cast.user["clerk"])
    run_jobs()
    archive.refresh_from_db()
    assert archive.state == "done"
    assert refused(archives.pause, archive, by=cast.user["clerk"]) == "archive.wrong_state"


def test_the_clerk_decides_file_session_and_what_is_skipped(cast: Cast, run_jobs: Any) -> None:
    archive = handed_in(cast, ROWS, {**FILES, "quet.pdf": pdf("q")})
    run_jobs()
    clerk, last = cast.user["clerk"], archive.rows.get(line=4)
    wrong = {"keep": True, "path": "rac.txt", "council_session": None, "by": clerk}
    assert refused(archives.decide, last, **wrong) == "archive.unknown_file"
    archives.decide(last, **{**wrong, "path": "quet.pdf"})
    archives.decide(archive.rows.get(line=2), **{**wrong, "path": "", "keep": False})
    archives.submit(archive, by=clerk)
    assert refused(archives.decide, last, **wrong) == "archive.wrong_state"
    archives.send_back(archive, by=cast.user["approver"])
    archives.submit(archive, by=clerk)
    archives.approve(archive, by=cast.user["approver"])
    run_jobs()
    assert states(archive) == ["skipped", "imported", "imported"]


def test_nobody_approves_what_he_submitted_and_roles_hold(cast: Cast, run_jobs: Any) -> None:
    archive = handed_in(cast, ROWS, FILES)
    run_jobs()
    approver = cast.user["approver"]
    archives.submit(archive, by=approver)
    assert refused(archives.approve, archive, by=approver) == "archive.own_import"
    assert refused(archives.approve, archive, by=cast.user["clerk"]) == "access.denied"
    delegate = cast.user["delegate"]
    assert refused(archives.submit, archive, by=delegate) == "access.denied"


def test_bad_bundles_end_in_a_sentence_and_store_nothing(cast: Cast, run_jobs: Any) -> None:
    clerk = cast.user["clerk"]
    values = {"title": "X", "table": table(ROWS), "by": clerk}
    no_zip = SimpleUploadedFile("a.zip", b"abc")
    assert refused(archives.hand_in, cast.council, bundle=no_zip, **values) == "archive.no_zip"
    assert not ArchiveImport.objects.exists()
    broken = SimpleUploadedFile("a.zip", b"PK\x03\x04" + b"x" * 50)
    values["table"] = table(ROWS)
    archives.hand_in(cast.council, bundle=broken, **values)
    run_jobs()
    assert Job.objects.get(name=archives.READ_JOB).error.startswith("Tệp ZIP hỏng")


def test_files_that_cannot_be_opened_are_named(cast: Cast, run_jobs: Any) -> None:
    files = {
        "NQ 7.pdf": b"%PDF-1.7\nrubbish", "../../8 NQ.pdf": pdf("8"), "9.pdf": javascript_named()
    }  # fmt: skip
    archive = handed_in(cast, ROWS, files)
    run_jobs()
    for path in ("NQ 7.pdf", "9.pdf"):
        refused = archive.files.get(path=path)
        assert refused.refusal.endswith(".")
        assert not refused.file
    assert "JavaScript" in archive.files.get(path="9.pdf").refusal
    kept = archive.files.get(path="../../8 NQ.pdf")
    assert ".." not in kept.file.name


def test_a_folder_of_the_server_is_handed_in(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "Nghị quyết 2019"
    folder.mkdir()
    (folder / "bang.csv").write_bytes(table(ROWS).read())
    (folder / "NQ 7 2019.pdf").write_bytes(pdf("7"))
    call_command("import_archive", folder, "--council", cast.council.slug, "--by", "clerk")
    assert "3 rows: 1 ready" in capsys.readouterr().out
    assert ArchiveImport.objects.get().state == "review"
    (folder / "hai.csv").write_text("x")
    with pytest.raises(CommandError, match="2 spreadsheets"):
        call_command("import_archive", folder, "--council", cast.council.slug, "--by", "clerk")


def plain(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_pages_lead_from_the_upload_to_the_report(
    cast: Cast, client: Client, run_jobs: Any
) -> None:
    work = "/lam-viec/tinh-thu/ho-so-luu/"
    client.force_login(cast.user["clerk"])
    assert "Chưa có đợt nhập nào." in plain(client.get(work))
    missing = client.post(f"{work}nhap/", {"title": "Cũ"})
    assert 'value="Cũ"' in plain(missing)
    bad = client.post(
        f"{work}nhap/",
        {"title": "Cũ", "table": SimpleUploadedFile("a.csv", b"a,b\n1,2"), "bundle": bundle(FILES)},
    )
    assert "Bảng phải có các cột" in plain(bad)
    sent = {"title": "Cũ", "table": table(ROWS), "bundle": bundle(FILES)}
    client.post(f"{work}nhap/", sent)
    one = f"{work}{(archive := ArchiveImport.objects.get()).pk}/"
    assert "Máy đang đọc tệp" in plain(client.get(one))
    run_jobs()
    shown = plain(client.get(f"{one}?xem=can-sua"))
    assert "Không tìm thấy tệp nào có số này trong tên." in shown
    line = archive.rows.get(line=4)
    edit = f"/lam-viec/tinh-thu/dong-ho-so/{line.pk}/"
    assert "rac.txt" in plain(client.get(edit))
    told = client.post(edit, {"keep": "1", "path": "khong.pdf", "council_session": ""})
    assert "không có tệp “khong.pdf”" in plain(told)
    client.post(edit, {"keep": "0", "path": "", "council_session": ""})
    client.post(f"{one}chuyen/", {"verb": "submit"})
    client.force_login(cast.user["approver"])
    assert "Duyệt và nhập" in plain(client.get(one))
    client.post(f"{one}chuyen/", {"verb": "approve"})
    run_jobs()
    assert "Nhập xong" in plain(client.get(one))
    report = client.get(f"{one}bao-cao/csv/").content.decode()
    assert "07/NQ-HĐND,2019-07-05" in report and "bỏ qua" in report  # noqa: PT018
    assert client.get(f"{one}bao-cao/xlsx/").content[:2] == b"PK"


def test_the_public_reads_it_with_the_note_and_the_file(
    cast: Cast, client: Client, run_jobs: Any
) -> None:
    approved(cast, run_jobs)
    run_jobs()
    listed = plain(client.get("/tinh-thu/nghi-quyet/luu/?year=2019"))
    assert "07/NQ-HĐND" in listed
    assert "Hồ sơ lưu: 2 nghị quyết" in plain(client.get("/tinh-thu/nghi-quyet/"))
    page = plain(client.get("/tinh-thu/nghi-quyet/luu/2019/07-nq-hdnd/"))
    assert "Văn bản nhập từ hồ sơ lưu." in page
    assert "tán thành" not in page
    file = client.get("/tinh-thu/nghi-quyet/luu/2019/07-nq-hdnd/tep/")
    assert b"".join(file.streaming_content) == FILES["2019/NQ 07 2019.pdf"]  # type: ignore[attr-defined]
    assert client.get("/tinh-thu/nghi-quyet/luu/2019/99-nq-hdnd/").status_code == 404
    feed = client.get("/tinh-thu/feed.atom").content.decode()
    assert feed.count("<entry>") == 1
    assert "Hồ sơ lưu mới: Nghị quyết cũ" in feed
    assert "07/NQ-HĐND" in plain(client.get("/tim-kiem/?q=ve+viec+mau"))
    assert ArchiveRow.objects.filter(state="imported").count() == 2

"""manage.py verify: does everything that must never change still stand as it was?"""

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from council.models import audit_triggers
from council.services import audit, rulebook
from elections.queries import records, results, scan_records
from resolutions.services import integrity, kept_integrity

SENTENCES: Final = {
    "chain_missing": "Nhật ký: thiếu mục số %s.",
    "chain_changed": "Nhật ký: mục số %s không khớp chuỗi băm, đã bị sửa.",
    "chain_head": "Nhật ký: đầu chuỗi không khớp ở mục số %s, có mục bị cắt bỏ.",
    "trigger_missing": "Cơ sở dữ liệu: thiếu khóa chống sửa %s.",
    "count_changed": "Bỏ phiếu: số liệu của “%s” không còn khớp với các bản ghi kiểm phiếu.",
    "outcome_changed": "Bỏ phiếu: kết quả của “%s” không còn khớp với số đếm đã thống nhất.",
    "scan_changed": "Bỏ phiếu: ảnh phiếu quét của “%s” đã mất hoặc khác với ảnh máy đã đọc.",
    "annulled_without_decision": "Bỏ phiếu: “%s” bị hủy mà không có quyết định nào đứng bên cạnh.",
    "text_changed": "Nghị quyết %s: nội dung khác với bản đã ký.",
    "frozen_changed": "Nghị quyết %s: bản chốt không khớp mã kiểm tra.",
    "frozen_differs": "Nghị quyết %s: bản chốt khác với nội dung đã ký.",
    "file_changed": "Nghị quyết %s: tệp PDF đã mất hoặc khác với tệp đã ban hành.",
    "signed_file_changed": "Nghị quyết %s: tệp đã ký số đã mất hoặc khác với tệp đã lưu.",
    "published_without_file": "Nghị quyết %s: đã công khai nhưng không có bản chốt hoặc tệp PDF.",
    "number_missing": "Số nghị quyết bị khuyết: %s.",
    "number_differs": "Số trong sổ đăng ký khác với số của nghị quyết: %s.",
    "series_differs": "Sổ đăng ký số không khớp với các nghị quyết đã cấp số: %s.",
    "archived_file_changed": "Hồ sơ lưu %s: tệp đã mất hoặc khác với tệp đã nhập.",
    "archived_without_number": "Hồ sơ lưu %s: số không có trong sổ đăng ký.",
    "notice_file_changed": "Văn bản đính chính, thu hồi %s: tệp đã mất hoặc khác với tệp đã ký.",
    "session_text_changed": "Văn bản kỳ họp (%s): lời khác với bản đã duyệt.",
    "session_text_without_approval": "Văn bản kỳ họp (%s): không có phê duyệt cho lời này.",
    "session_text_file_changed": "Văn bản kỳ họp (%s): tệp đã mất hoặc khác với tệp đã tạo.",
}

Problem = tuple[str, str]
"""Code and place."""


def audit_problems() -> Iterator[Problem]:
    """The chain of the audit log, and the triggers that protect it."""
    for name in audit_triggers.missing(connection):
        yield "trigger_missing", name
    broken = audit.first_broken()
    if broken:
        seq, why = broken
        yield f"chain_{why}", str(seq)


def outcome_problems() -> Iterator[Problem]:
    """Every agreed count follows from its records, every scan is kept; the outcome again."""
    for count in records.broken_counts():
        yield "count_changed", count.poll.title
    for run in scan_records.broken_pictures():
        yield "scan_changed", run.poll.title
    for outcome in results.wrong_outcomes():
        yield "outcome_changed", outcome.poll.title
    for poll in results.annulled_without_decision():
        yield "annulled_without_decision", poll.title


def publication_problems() -> Iterator[Problem]:
    """Signed texts, frozen texts, published files, numbers."""
    for finding in integrity.verify():
        yield finding.code, finding.where


def kept_problems() -> Iterator[Problem]:
    """Past resolutions from the archives, approved summaries, approved and signed minutes."""
    for finding in kept_integrity.verify():
        yield finding.code, finding.where


CHECKS: Final[dict[str, Callable[[], Iterator[Problem]]]] = {
    "Nhật ký": audit_problems,
    "Kết quả bỏ phiếu": outcome_problems,
    "Nghị quyết đã ký và ban hành": publication_problems,
    "Hồ sơ lưu, biên bản, bản tin": kept_problems,
}


class Command(BaseCommand):
    """Walk the audit chain, the published files' hashes and every agreed count."""

    help = (
        "Kiểm tra chuỗi nhật ký, tệp đã ban hành và kết quả kiểm phiếu; mã thoát 0 khi tất cả đúng."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="In kết quả dạng JSON.")

    def handle(self, *_args: Any, **options: Any) -> None:
        rulebook.refresh()
        found = {title: list(check()) for title, check in CHECKS.items()}
        orphans = integrity.orphans()
        if options["json"]:
            self.stdout.write(self._as_json(found, orphans))
        else:
            self._tell(found, orphans)
        count = sum(len(problems) for problems in found.values())
        if count:
            message = f"Có {count} điều không đúng."
            raise CommandError(message, returncode=1)

    def _as_json(self, found: dict[str, list[Problem]], orphans: list[str]) -> str:
        problems = [
            {"code": code, "where": where, "sentence": SENTENCES[code] % where}
            for each in found.values()
            for code, where in each
        ]
        holds = not problems
        return json.dumps(
            {"ok": holds, "problems": problems, "orphan_files": orphans}, ensure_ascii=False
        )

    def _tell(self, found: dict[str, list[Problem]], orphans: list[str]) -> None:
        for title, problems in found.items():
            self.stdout.write(f"{title}: {'đúng' if not problems else 'KHÔNG ĐÚNG'}")
            for code, where in problems:
                self.stdout.write(f"  {SENTENCES[code] % where}")
        if orphans:
            self.stdout.write(
                f"Có {len(orphans)} tệp thừa trong published/ (do máy dừng giữa chừng), "
                "không ai tải được."
            )

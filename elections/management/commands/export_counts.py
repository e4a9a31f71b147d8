"""`manage.py export_counts [--council SLUG] [--poll ID] FILE`: agreed counts for a recount."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from elections.queries import exports


class Command(BaseCommand):
    """Write the file that tools/recount.py reads; only confirmed results are in it."""

    help = "Xuất các kết quả đã thống nhất để chương trình khác tính lại (docs/export-counts.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which polls, and where to."""
        parser.add_argument(
            "--council", default="", help="chỉ một Hội đồng, theo tên trong địa chỉ"
        )
        parser.add_argument("--poll", type=int, help="chỉ một cuộc bỏ phiếu, theo số")
        parser.add_argument(
            "--without-papers", action="store_true", help="không kèm từng lá phiếu đã đọc"
        )
        parser.add_argument("file", metavar="FILE", help="tệp JSON; “-” là đầu ra chuẩn")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file and say how many polls are in it."""
        outcomes = exports.agreed_outcomes(council=options["council"], poll=options["poll"])
        if options["poll"] is not None and not outcomes.exists():
            raise CommandError(
                f"Cuộc bỏ phiếu {options['poll']} không có, hoặc kết quả chưa được xác nhận."
            )
        data = exports.file_of(outcomes, with_papers=not options["without_papers"])
        text = json.dumps(data, ensure_ascii=False, indent=1)
        if options["file"] == "-":
            self.stdout.write(text)
            return
        try:
            Path(options["file"]).write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"Không ghi được tệp: {error}") from error
        self.stderr.write(f"{len(outcomes)} cuộc bỏ phiếu: {options['file']}")

"""`manage.py assess`: the rulebook's answer to one counted poll, without a database."""

import argparse
import io
import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from council.rules.law import Level
from elections.rules import assessment, counted_csv
from elections.rules.counted_csv import Unreadable

EXIT_ERROR = 1
EXIT_UNREADABLE = 2


def _day(typed: str) -> date:
    """YYYY-MM-DD and nothing else."""
    refused = argparse.ArgumentTypeError(
        f"“{typed[:40]}” không phải ngày; viết dạng YYYY-MM-DD, ví dụ 2023-12-12."
    )
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
        raise refused
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise refused from error


def _number(typed: str) -> int:
    """A whole number from 0, of at most nine digits."""
    if not re.fullmatch(r"[0-9]{1,9}", typed):
        raise argparse.ArgumentTypeError(f"“{typed[:40]}” không phải số nguyên từ 0.")
    return int(typed)


def _seats(typed: str) -> int:
    """How many are to be elected, at least one."""
    if (seats := _number(typed)) < 1:
        raise argparse.ArgumentTypeError("Số người cần bầu phải từ 1.")
    return seats


class Command(BaseCommand):
    """Exit 0: no error; 1: an error among the problems; 2: the input cannot be read."""

    help = "Áp dụng sổ quy định cho một cuộc bỏ phiếu đã kiểm (CSV), không cần cơ sở dữ liệu."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", required=True, choices=assessment.KINDS)
        parser.add_argument("--date", required=True, type=_day, help="ngày bỏ phiếu, YYYY-MM-DD")
        parser.add_argument(
            "--level", default=str(Level.PROVINCE), choices=[str(level) for level in Level]
        )
        parser.add_argument("--total", type=_number, help="tổng số đại biểu")
        parser.add_argument("--present", type=_number, help="số đại biểu có mặt")
        parser.add_argument(
            "--seats", type=_seats, help="số người cần bầu; không có thì xét từng dòng riêng"
        )
        parser.add_argument("file", metavar="FILE.csv", help="tệp CSV UTF-8; “-” là đầu vào chuẩn")

    def handle(self, *args: Any, **options: Any) -> None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")  # JSON is UTF-8 whatever the locale says
        question = assessment.Question(
            kind=options["kind"],
            on=options["date"],
            level=Level(options["level"]),
            total=options["total"],
            present=options["present"],
            seats=options["seats"],
        )
        try:
            rows = counted_csv.read(_read(options["file"]), question.options)
        except Unreadable as why:
            self.stderr.write(
                f"{options['file']}:{why.line}:{why.column}: "
                f"dòng {why.line}, cột {why.column}: {why}"
            )
            sys.exit(EXIT_UNREADABLE)
        found = assessment.assess(question, rows)
        self.stdout.write(json.dumps(found.as_data(), ensure_ascii=False, indent=2))
        if found.has_errors:
            sys.exit(EXIT_ERROR)


def _read(name: str) -> bytes:
    """The bytes of the file or of standard input, at most one more than is accepted."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(counted_csv.SIZE_MAX + 1)
        with Path(name).open("rb") as stream:
            return stream.read(counted_csv.SIZE_MAX + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(0, 0, "Không mở được tệp: %(why)s", why=error) from error

"""manage.py take_scans: take what a scanner put into the watched folder, once."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from elections.services import scan_uploads


class Command(BaseCommand):
    """Take stable files from SCAN_FOLDER/<number of the poll>/ into the run that stands."""

    help = "Nhận các tệp máy quét đã ghi vào thư mục SCAN_FOLDER/<số cuộc bỏ phiếu>/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", help="Thư mục khác SCAN_FOLDER.")

    def handle(self, *_args: Any, **options: Any) -> None:
        name = options["folder"] or settings.SCAN_FOLDER
        if not name or not Path(name).is_dir():
            message = "Chưa đặt SCAN_FOLDER hoặc không có thư mục đó."
            raise CommandError(message)
        taken = scan_uploads.take_folder(Path(name))
        self.stdout.write(f"Đã nhận {taken} tệp.")

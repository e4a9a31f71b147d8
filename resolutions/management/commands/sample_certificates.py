"""manage.py sample_certificates COUNCIL: keys for trying out signatures, or a time-stamp server."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from council.models import Council
from resolutions.services import samples
from resolutions.signing import testserver


class Command(BaseCommand):
    """Make sample keys and certificates under the data folder and register them (DEBUG only)."""

    help = (
        "Tạo tổ chức cấp chứng thư mẫu, khóa ký của Chủ tịch, con dấu, chứng thư hết hạn và dấu "
        "thời gian dưới DATA_DIR, rồi đăng ký cho hội đồng. Chỉ chạy khi DEBUG bật."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("council", help="Tên rút gọn của hội đồng, ví dụ tinh-mau.")
        parser.add_argument(
            "--serve", type=int, metavar="PORT",
            help="Chạy máy chủ dấu thời gian mẫu ở cổng này với khóa đã tạo, đến khi bấm Ctrl-C.",
        )  # fmt: skip

    def handle(self, *_args: Any, **options: Any) -> None:
        council = Council.objects.filter(slug=options["council"]).first()
        if council is None:
            message = f"Không có hội đồng “{options['council']}”."
            raise CommandError(message)
        if options["serve"] is not None:
            self._serve(council, options["serve"])
            return
        try:
            folder = samples.make(council)
        except PermissionError as error:
            message = "Chứng thư mẫu chỉ dùng khi DEBUG bật."
            raise CommandError(message) from error
        self.stdout.write(f"Đã tạo trong {folder}; mật khẩu của các tệp .p12: {samples.PASSPHRASE}")

    def _serve(self, council: Council, port: int) -> None:
        here = testserver.server(samples.timestamp_key(council), port=port)
        self.stdout.write(f"TSA_URL=http://127.0.0.1:{here.server_port}/")
        try:
            here.serve_forever()
        except KeyboardInterrupt:
            here.server_close()

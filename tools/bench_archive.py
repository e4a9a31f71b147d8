"""Import made-up past resolutions into an empty installation and print how many an hour.

For `tools/benchmarks/archives.py`, which runs it in a process of its own with DATA_DIR set. The
whole way counts: the ZIP unpacked, each PDF checked and read in a process with limits, each row
published in a transaction of its own. Rendering and approval by people do not.
"""

import csv
import io
import json
import sys
import time
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
django.setup()

from django.core.files.base import ContentFile  # noqa: E402 - after setup
from django.core.management import call_command  # noqa: E402

from council.models import Council, RoleKind, User  # noqa: E402
from council.services import access, jobs  # noqa: E402
from resolutions.models import ArchivedResolution  # noqa: E402
from resolutions.services import archives  # noqa: E402
from sessions.typesetting import seating_list  # noqa: E402

COUNT = 60
MADE = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Measure once; the figure goes to the standard output as JSON."""
    call_command("migrate", verbosity=0)
    clerk, approver = (User.objects.create_user(name, "", "x") for name in ("clerk", "approver"))
    council = Council.objects.create(
        slug="do", unit_kind="tinh", unit_name="Đo", level="province", seat="Đo",
        existed_from=date(2016, 1, 1), is_sample=True,
    )  # fmt: skip
    access.grant(clerk, council=council, kind=RoleKind.CLERK)
    access.grant(approver, council=council, kind=RoleKind.APPROVER)
    table, bundle = archive()
    started = time.perf_counter()
    handed = archives.hand_in(
        council, title="Đo", table=ContentFile(table, "bang.csv"),
        bundle=ContentFile(bundle, "ho-so.zip"), by=clerk,
    )  # fmt: skip
    jobs.run_due()
    archives.submit(handed, by=clerk)
    archives.approve(handed, by=approver)
    jobs.run_due()
    seconds = time.perf_counter() - started
    imported = ArchivedResolution.objects.count()
    print(json.dumps({"per_hour": imported / seconds * 3600, "imported": imported}))


def archive() -> tuple[bytes, bytes]:
    """A list and a ZIP of two-page PDF files, all different."""
    rows = [(n, f"Đại biểu Mẫu {n}", "Đơn vị mẫu", "Tổ 1") for n in range(1, 41)]
    sheet = seating_list.SeatingList(["HỘI ĐỒNG NHÂN DÂN", "ĐO"], "Danh sách", "Mẫu", rows)
    page = seating_list.typeset(sheet, created=MADE)
    text, out = io.StringIO(), io.BytesIO()
    writer = csv.writer(text)
    writer.writerow(["Số, ký hiệu", "Ngày ban hành", "Trích yếu"])
    with zipfile.ZipFile(out, "w") as files:
        for number in range(1, COUNT + 1):
            writer.writerow([f"{number}/NQ-HĐND", "05/07/2019", f"Về việc mẫu {number}"])
            files.writestr(f"NQ {number} 2019.pdf", page + b"%% %d\n" % number)
    return text.getvalue().encode("utf-8-sig"), out.getvalue()


if __name__ == "__main__":
    main()

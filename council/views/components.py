"""The living page of components: what the house is built of, each with its states."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from council.forms.people import PersonForm
from council.models import Job
from council.rules.shares import percentage
from council.rules.work import DueDate, Step
from council.web.gates import signed_in
from council.web.paging import page_of

SHADES = (("Cao", "high"), ("Tín nhiệm", "mid"), ("Thấp", "low"))
RETURNED = 34
FOUND_IN_THE_LAW = "Điều 36 khoản 7 Luật 72/2025/QH15"


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One person of the sample table: parts for the bar, figures for the cells."""

    name: str
    post: str
    counts: tuple[int, int, int]

    @property
    def parts(self) -> list[tuple[str, int]]:
        return [(shade, count) for (_label, shade), count in zip(SHADES, self.counts, strict=True)]

    @property
    def figures(self) -> list[tuple[str, int, object]]:
        return [
            (label, count, percentage(count, RETURNED))
            for (label, _shade), count in zip(SHADES, self.counts, strict=True)
        ]

    @property
    def spoken(self) -> str:
        return f"{self.name}: " + ", ".join(f"{label} {count}" for label, count, _p in self.figures)


def labelled(*counts: int) -> list[tuple[str, int]]:
    """Counts under the names of their options."""
    return [(label, count) for (label, _shade), count in zip(SHADES, counts, strict=True)]


TALLY = [
    TallyRow("Ông Nguyễn Văn Mẫu", "Chủ tịch HĐND", (30, 3, 1)),
    TallyRow("Bà Lê Thị Ví Dụ", "Phó Chủ tịch HĐND", (27, 5, 1)),
    TallyRow("Ông Trần Minh Họa", "Ủy viên UBND", (22, 10, 2)),
]
COUNTED = [
    ("1. Ông Nguyễn Văn Mẫu", "Chủ tịch HĐND", "a", labelled(50, 6, 1), 57, False),
    ("2. Ông Trần Minh Họa", "Ủy viên UBND", "b", labelled(21, 19, 20), 60, True),
]
STEPS = [
    Step("Khai mạc, thông qua chương trình", "8 giờ 02 · 58/60 tán thành", "done", label="Xong"),
    Step("Lấy phiếu tín nhiệm 28 người giữ chức vụ", "Phát 58, thu 58", "now", label="Đang đếm"),
    Step("Bầu bổ sung Phó Chủ tịch UBND tỉnh", "Danh sách đã chốt", "next", label="Tiếp theo"),
    Step("Bế mạc", "", "next"),
]
DEADLINES = [
    DueDate("Gửi tài liệu cho đại biểu", date(2026, 12, 1), "quy chế của HĐND", "ok", "kịp 7 ngày"),
    DueDate("Triệu tập kỳ họp", date(2026, 11, 20), "quy chế của HĐND", "late", "quá hạn 2 ngày"),
    DueDate("Gửi kết quả bầu", date(2026, 12, 9), FOUND_IN_THE_LAW, "soon", "còn 5 ngày làm việc"),
    DueDate("Bế mạc", date(2026, 12, 9), "chương trình", "open", "còn 9 ngày"),
]
CHANGES = [("same", "Phê duyệt dự toán"), ("gone", "năm 2025"), ("new", "năm 2026")]
PAPERS: dict[str, object] = {
    "sheaf": {"first": 1, "last": 3, "before": 0, "after": 4, "rendition": {"page_count": 9}},
    "pages": [],
    "nothing": [],
}
ENDED = datetime(2026, 12, 1, 3, tzinfo=UTC)
JOBS = [
    Job(pk=1, title="Kết xuất 9 dự thảo nghị quyết", state=Job.State.RUNNING, done_count=6,
        total_count=9, step="đang dàn trang 51/NQ-HĐND"),
    Job(pk=2, title="Gửi giấy triệu tập", state=Job.State.DONE, finished_at=ENDED),
    Job(pk=3, title="Nhập đại biểu", state=Job.State.FAILED, finished_at=ENDED,
        error="Dòng 12: ngày sinh 31/02/1980 không có trong lịch."),
]  # fmt: skip


@require_http_methods(["GET"])
@signed_in
def components(request: HttpRequest) -> HttpResponse:
    """Show every component with made-up content."""
    wrong = {"honorific": "ong", "full_name": "", "email": "khong-phai-thu"}
    invalid = PersonForm(wrong, auto_id="loi_%s")
    invalid.is_valid()
    stale = PersonForm()
    stale.stale_version = 4
    stale.stale = [{"label": "Họ và tên", "typed": "Nguyễn Văn Mẫu", "saved": "Nguyễn Văn Mẫn"}]
    context = {
        "form": PersonForm(), "invalid": invalid, "stale": stale,
        "page": page_of(request, list(range(90))),
        "steps": STEPS, "deadlines": DEADLINES, "jobs": JOBS,
        "changes": CHANGES, "papers": PAPERS,
        "tally": TALLY, "returned": RETURNED, "counted": COUNTED,
    }  # fmt: skip
    return render(request, "council/components.html", context)

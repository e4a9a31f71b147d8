"""Sample papers, so that delegates and the public have something to open; each says what it is."""

from datetime import date
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.writer.excel import save_workbook

from portal.management.demo.stage import Stage
from resolutions.rules import blocks, parsing
from resolutions.rules.layout import ArticleText
from resolutions.typesetting import resolution as typesetting
from sessions.models import AgendaItem, Document, Session, Visibility
from sessions.services import papers, personal_data

SAMPLE = "Tài liệu minh họa, không phải văn bản thật."
ROWS = (
    ("Chỉ tiêu (minh họa)", "Đơn vị tính", "Kế hoạch", "Ước thực hiện"),
    ("Tổng sản phẩm trên địa bàn", "tỷ đồng", 100, 101),
    ("Thu ngân sách nhà nước", "tỷ đồng", 50, 49),
)


def add_papers(stage: Stage, council_session: Session, *, issued_on: date, readers: str) -> None:
    """A report's table, a submission and a draft resolution, released by the approver.

    `readers`: of `Visibility`, who may read them from now on.
    """
    report = first_item(council_session, "report")
    submission = first_item(council_session, "submission")
    wanted = (
        ("report", "Biểu chỉ tiêu kinh tế - xã hội (minh họa)", "394/BC-UBND", report, table()),
        ("submission", "Tờ trình về nhiệm vụ năm tới (minh họa)", "279/TTr-UBND", submission, None),
        (
            "draft_resolution",
            "Dự thảo nghị quyết về nhiệm vụ năm tới (minh họa)",
            "",
            submission,
            None,
        ),
    )
    for kind, title, number, item, content in wanted:
        name = "bieu-chi-tieu.xlsx" if content else f"{kind}.pdf"
        document = papers.add(
            council_session,
            item=item,
            kind=kind,
            title=title,
            number=number,
            issued_on=issued_on,
            issuer="Ủy ban nhân dân",
            file=ContentFile(content or sheet(stage, council_session, title), name=name),
            by=stage.clerk,
        )
        release(document, readers, stage)


def release(document: Document, readers: str, stage: Stage) -> None:
    """To the delegates first, then, where wanted, to everybody."""
    document = papers.release(document, visibility=Visibility.DELEGATES, by=stage.approver)
    if readers == Visibility.PUBLIC:
        personal_data.look(document.versions.get().pk)
        papers.release(document, visibility=Visibility.PUBLIC, by=stage.approver)


def first_item(council_session: Session, kind: str) -> AgendaItem | None:
    """The first agenda item of this kind."""
    return council_session.items.filter(kind=kind).order_by("pk").first()


def table() -> bytes:
    """A small spreadsheet with made-up figures."""
    workbook = Workbook()
    page = workbook.active
    for row in ROWS:
        page.append(row)
    content = BytesIO()
    save_workbook(workbook, content)
    return content.getvalue()


def sheet(stage: Stage, council_session: Session, title: str) -> bytes:
    """One page in the layout of a resolution, marked as a draft and as made up."""
    unit = stage.council.unit.upper()
    return typesetting.typeset(
        typesetting.ResolutionSheet(
            council_name_lines=("HỘI ĐỒNG NHÂN DÂN", unit),
            symbol_number="…/NQ-HĐND",
            place=stage.council.seat,
            dated=None,
            title=title,
            authority_lines=(f"HỘI ĐỒNG NHÂN DÂN {unit}", f"KỲ HỌP THỨ {council_session.number}"),
            bases=(),
            blocks=blocks.blocks_of(parsing.body_of([ArticleText("", (SAMPLE,))])),
            closing="",
            recipients=("Lưu: VT",),
            signatory_posts=("CHỦ TỊCH",),
            signatory_name="",
            is_draft=True,
            illustrative_note=SAMPLE,
        ),
        created=timezone.now(),
    )

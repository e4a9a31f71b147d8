"""The sessions of a probe council: one that is over, one that runs, one that is only prepared."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Final

from django.core.files.base import ContentFile
from openpyxl import Workbook
from openpyxl.writer.excel import save_workbook

from portal.management.demo import papers as demo_papers
from portal.management.demo.stage import Stage, work_off
from portal.management.probe.words import Words
from sessions.models import Document, OpenVote, Session, Sitting, Visibility
from sessions.services import (
    agenda,
    attendance,
    bundles,
    guests,
    indicators,
    notes,
    papers,
    personal_data,
    print_room,
    sessions,
    sittings,
    votes,
)

TEXTS: Final = (
    ("achieved", "Thu ngân sách đạt kế hoạch"),
    ("shortcoming", "Giải ngân còn chậm"),
    ("direction", "Đẩy nhanh tiến độ"),
)


def prepare(stage: Stage, words: Words, *, number: int, opens_on: date) -> Session:
    """A draft session whose every text holds a canary."""
    held = sessions.create(
        stage.term, kind="year_end", number=number, opens_on=opens_on,
        closes_on=opens_on + timedelta(days=1), place=words.text("Hội trường"),
        has_confidence_vote=True, has_election=True, by=stage.clerk,
    )  # fmt: skip
    sessions.describe(
        held, summary=words.text("Kỳ họp thường lệ"),
        illustrative_note=words.text("Số liệu minh họa"), by=stage.clerk,
    )  # fmt: skip
    for kind, phrase in TEXTS:
        notes.save(held, note=None, kind=kind, text=words.text(phrase), by=stage.clerk)
    indicators.save(
        held, name=words.text("Thu ngân sách"), unit=words.text("tỷ đồng"),
        period=words.text("năm"), result=Decimal(words.number(100, 999)),
        source=words.text("Báo cáo của"), note=words.text("Ghi chú"), by=stage.clerk,
    )  # fmt: skip
    for item in held.items.order_by("position", "pk")[:3]:
        agenda.edit_item(
            item, title=words.text(item.title), kind=item.kind, presenter=words.person(),
            staff_note=words.text("Nhắc chuẩn bị"), by=stage.clerk,
        )  # fmt: skip
    guests.save(
        held, guest=None, position=None, honorific="ong", full_name=words.person(),
        post=words.text("Giám đốc"), organisation=words.text("Sở"),
        address=words.text("Phố"), by=stage.clerk,
    )  # fmt: skip
    print_room.choose(
        held, invitation_number=words.word(), invited_on=opens_on, contact=words.text("Liên hệ"),
        sender_address=words.text("Số 1 đường"), cards_a_sheet=4, version=None, by=stage.clerk,
    )  # fmt: skip
    return held


def convene(stage: Stage, words: Words, held: Session) -> Session:
    """Sent back once, then approved by a second person and convened."""
    sessions.submit(held, by=stage.clerk)
    sessions.send_back(held, reason=words.text("Bổ sung tài liệu"), by=stage.approver)
    sessions.submit(held, by=stage.clerk)
    sessions.approve(held, by=stage.approver)
    held = sessions.convene(held, notice_number=f"{words.number(1, 99)}/GTT-HĐND", by=stage.clerk)
    work_off()
    return held


def add_paper(
    stage: Stage, words: Words, held: Session, *, readers: str, is_table: bool = False
) -> Document:
    """A paper with canaries in its title and, others, in its file; released to its readers."""
    inside = words.text("Nội dung của tài liệu")
    content = table(inside) if is_table else demo_papers.sheet(stage, held, inside)
    item = held.items.filter(kind="report").order_by("pk").first()
    document = papers.add(
        held, item=item, kind="report", title=words.text("Báo cáo kết quả"), number=words.word(),
        issued_on=held.opens_on - timedelta(days=20), issuer=words.text("Ủy ban nhân dân"),
        file=ContentFile(content, name=f"{words.word()}.{'xlsx' if is_table else 'pdf'}"),
        by=stage.clerk,
    )  # fmt: skip
    work_off()
    if readers != Visibility.STAFF:
        document = papers.release(document, visibility=Visibility.DELEGATES, by=stage.approver)
    if readers == Visibility.PUBLIC:
        personal_data.look(document.versions.get().pk)
        document = papers.release(document, visibility=Visibility.PUBLIC, by=stage.approver)
    return document


def table(text: str) -> bytes:
    """A spreadsheet that says the text."""
    book = Workbook()
    book.active.append((text, "tỷ đồng", 1))
    content = BytesIO()
    save_workbook(book, content)
    return content.getvalue()


def bind(stage: Stage, held: Session) -> None:
    """The papers of a session as one ZIP and one PDF, for each kind of readers."""
    for readers in Visibility.values:
        for kind in ("zip", "pdf"):
            bundles.request(held, readers=readers, kind=kind, by=stage.clerk)
    work_off()


def open_day(stage: Stage, words: Words, held: Session) -> Sitting:
    """All but three are there; one of these is excused; the agenda is adopted."""
    sitting = held.sittings.order_by("ordinal").first()
    assert sitting is not None  # noqa: S101 - a session is made with its first sitting
    attendance.arrive(sitting, mandates=stage.delegates[:-3], by=stage.clerk)
    attendance.excuse(sitting, mandate=stage.delegates[-3], reason=words.text("Ốm"), by=stage.clerk)
    sitting = sittings.open_sitting(sitting, by=stage.chair)
    agenda.adopt(held, vote=passed(stage, words, sitting, "agenda"), by=stage.clerk)
    return sitting


def passed(stage: Stage, words: Words, sitting: Sitting, matter: str) -> OpenVote:
    """A unanimous open vote of those present."""
    return votes.take(
        sitting, matter=matter, subject=words.text("Biểu quyết về"),
        for_count=len(stage.delegates) - 3, against_count=0, not_voting_count=0, by=stage.clerk,
    )  # fmt: skip

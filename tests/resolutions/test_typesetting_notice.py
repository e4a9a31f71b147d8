"""Notices on paper: a letter with its abstract under the number, an announcement with its type."""

import io
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from resolutions.rules import notice_words
from resolutions.rules.amending import Named
from resolutions.rules.notice_words import Slip
from resolutions.rules.notices import NoticeKind
from resolutions.typesetting import notice
from resolutions.typesetting.notice import NoticeSheet
from tests import pdf_a
from tests.council import pdf_probe

CREATED = datetime(2026, 12, 12, 4, tzinfo=UTC)
NAMED = Named("12/NQ-HĐND", date(2026, 7, 10), "Hội đồng nhân dân tỉnh Thử", "Về mức thu phí")
SLIPS = (Slip("khoản 1 Điều 1", "20.00 đồng", "20.000 đồng"), Slip("", "tỉnh tỉnh", "tỉnh"),
         Slip("Điều 2", "thừa", ""))  # fmt: skip
RECIPIENTS = ("- Như trên;", "- Ủy ban nhân dân tỉnh;", "- Sở Tài chính;", "- Lưu: VT.")


def letter(kind: str = "correction", *, slips=SLIPS, recipients=RECIPIENTS, hides=False):
    return notice_words.letter_of(
        NoticeKind(kind), NAMED, dated=date(2026, 7, 15), reason="Lỗi khi in\nĐã rà soát.",
        slips=slips, hides_text=hides, recipients=recipients,
    )  # fmt: skip


def sheet(kind: str = "correction", **more) -> NoticeSheet:
    words = letter(kind, **more)
    return NoticeSheet(
        ["THƯỜNG TRỰC", "HỘI ĐỒNG NHÂN DÂN", "TỈNH THỬ"], "05/HĐND-VP", "Thử", date(2026, 7, 5),
        words.kind, words.abstract, words.addressees, words.paragraphs, words.recipients,
        ["TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH"], "Nguyễn Văn Thử",
    )  # fmt: skip


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_a_letter_has_its_abstract_under_the_number_and_names_each_slip() -> None:
    pdf = notice.typeset(sheet(), created=CREATED)
    said = text_of(pdf)
    assert "Số:05/HĐND-VP" in said
    assert "V/vđínhchínhNghịquyếtsố12/NQ-HĐND" in said
    assert "Thử,ngày05tháng7năm2026" in said
    assert "THÔNGBÁO" not in said
    assert said.index("V/v") < said.index("Kínhgửi:") < said.index("1.Tạikhoản1Điều1:")
    assert "-Ủybannhândântỉnh;-SởTàichính." in said
    assert "cụmtừ“20.00đồng”sửathành“20.000đồng”." in said
    assert "2.Trongtoànvăn:" in said
    assert "3.TạiĐiều2:bỏcụmtừ“thừa”." in said
    assert "khôngthayđổi./." in said
    assert "Nơinhận:-Nhưtrên;-Lưu:VT." in said
    glyphs = pdf_probe.glyphs(pdf)
    assert {round(one.size) for one in glyphs} <= {11, 12, 13, 14}
    assert max(one.right for one in glyphs) <= 195.5
    assert pdf_a.faults(pdf) == []


def test_a_withdrawal_is_an_announcement_to_those_who_had_the_resolution() -> None:
    pdf = notice.typeset(sheet("withdrawal", hides=True), created=CREATED)
    said = text_of(pdf)
    assert said.index("THÔNGBÁO") < said.index("VềviệcthuhồiNghịquyếtsố12/NQ-HĐND")
    assert "Kínhgửi" not in said
    assert "kểtừngày15tháng7năm2026." in said
    assert "Lýdo:Lỗikhiin.Đãràsoát." in said
    assert "khôngcònđăngtoànvăn" in said
    assert "-Ủybannhândântỉnh;-SởTàichính;-Lưu:VT." in said
    assert pdf_a.faults(pdf) == []


def test_one_slip_has_no_number_and_nobody_named_is_everybody_concerned() -> None:
    words = letter(slips=SLIPS[:1], recipients=("- Như trên.", "- Lưu: VT."))
    assert words.addressees == ("Các cơ quan, đơn vị nhận Nghị quyết số 12/NQ-HĐND",)
    assert any(one.startswith("Tại khoản 1 Điều 1:") for one in words.paragraphs)


@pytest.mark.parametrize("kind", ["correction", "withdrawal"])
def test_the_same_notice_gives_the_same_bytes(kind: str) -> None:
    assert notice.typeset(sheet(kind), created=CREATED) == notice.typeset(
        sheet(kind), created=CREATED
    )

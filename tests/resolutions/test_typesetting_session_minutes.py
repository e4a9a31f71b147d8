"""Minutes on paper: the layout of Decree 30, and the same words in the PDF and in the DOCX."""

import io
from datetime import UTC, date, datetime

import pytest
from docx import Document
from hypothesis import given, settings
from pypdf import PdfReader

from resolutions.rules import minutes_words
from resolutions.rules.grown_text import Style
from resolutions.typesetting import session_minutes, session_minutes_docx
from resolutions.typesetting.session_minutes import MinutesLine, MinutesPart, MinutesSheet
from tests.council import pdf_probe
from tests.elections import docx_probe
from tests.resolutions import texts_stage

CREATED = datetime(2026, 12, 12, 4, tzinfo=UTC)


def sheet(**changes) -> MinutesSheet:
    lines = [MinutesLine("1. Khai mạc kỳ họp", is_heading=True), MinutesLine("Chủ tọa phát biểu.")]
    given = {
        "issuer_lines": ["HỘI ĐỒNG NHÂN DÂN", "TỈNH THỬ"], "symbol": "05/BB-HĐND", "place": "Thử",
        "dated": date(2026, 2, 5), "abstract": "Kỳ họp thứ 4 Hội đồng nhân dân tỉnh Thử",
        "parts": [MinutesPart("I. THÀNH PHẦN", lines), MinutesPart("II. BẾ MẠC", lines[1:])],
        "presiding": "Lê Văn Thử", "secretary": "Trần Thị Mẫu", "is_draft": False,
    }  # fmt: skip
    return MinutesSheet(**{**given, **changes})


def pdf_text(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_the_layout_of_the_decree():
    pdf = session_minutes.typeset(sheet(), created=CREATED)
    glyphs = pdf_probe.glyphs(pdf)
    assert {round(one.size) for one in glyphs} <= {11, 12, 13}
    assert min(one.left for one in glyphs) == pytest.approx(30, abs=8)
    assert max(one.right for one in glyphs) <= 195.5
    said = pdf_text(pdf)
    assert "Số:05/BB-HĐND" in said
    assert "Thử,ngày05tháng02năm2026" in said
    assert said.index("THƯKÝ") < said.index("CHỦTỌA")
    assert "./." in said


def test_a_draft_says_so_and_approved_minutes_do_not():
    draft = session_minutes.typeset(sheet(is_draft=True), created=CREATED)
    final = session_minutes.typeset(sheet(), created=CREATED)
    assert "DỰTHẢO" in pdf_text(draft)
    assert "DỰTHẢO" not in pdf_text(final)
    docx = session_minutes_docx.typeset(sheet(is_draft=True), created=CREATED)
    assert "DỰ THẢO" in docx_probe.text(docx)


def test_the_docx_has_real_styles():
    docx = session_minutes_docx.typeset(sheet(), created=CREATED)
    document = Document(io.BytesIO(docx))
    used = {one.text: one.style.name for one in document.paragraphs if one.text}
    assert used["BIÊN BẢN"] == "Title"
    assert used["I. THÀNH PHẦN"] == "Heading 1"
    assert used["1. Khai mạc kỳ họp"] == "Heading 2"
    assert used["Chủ tọa phát biểu."] == "Body Text"
    assert {document.styles[name].font.name for name in set(used.values())} == {"Times New Roman"}
    section = document.sections[0]
    assert (section.left_margin.mm, section.right_margin.mm) == pytest.approx((30, 15), abs=0.1)


def test_the_same_words_and_moment_are_the_same_bytes():
    for maker in (session_minutes.typeset, session_minutes_docx.typeset):
        assert maker(sheet(), created=CREATED) == maker(sheet(), created=CREATED)


@settings(max_examples=10)
@given(texts_stage.sessions())
def test_pdf_and_docx_of_any_session_say_the_same(facts):
    made = minutes_words.generate(facts)
    parts = [
        MinutesPart(
            minutes_words.heading(section),
            [
                MinutesLine(line, is_heading=one.style is Style.HEADING)
                for one in made
                if one.section == section
                for line in one.words.split("\n")
            ],
        )
        for section in minutes_words.SECTIONS
    ]
    full = sheet(parts=parts)
    words = docx_probe.text(session_minutes_docx.typeset(full, created=CREATED))
    printed = pdf_text(session_minutes.typeset(full, created=CREATED))
    for part in session_minutes.content(full)["parts"]:
        for line in part["lines"]:
            assert " ".join(line["words"].split()) in words
            assert line["words"].split()[0] in printed

"""The minutes as DOCX: the words of the PDF, Decree 30's layout, the same bytes every time."""

import io
from collections import Counter
from dataclasses import replace

import pytest
from docx import Document
from docx.shared import Mm, Pt

from elections.typesetting import minutes, minutes_docx
from elections.typesetting.tally_sheet import TallySheet
from tests.council import pdf_probe
from tests.elections import docx_probe
from tests.elections.test_typesetting_minutes import MADE, election, sheet


def rich() -> TallySheet:
    """Everything that minutes may say."""
    return replace(
        sheet(), way="đếm tay", remarks="Một đại biểu hỏi.", illustrative_note="Số liệu minh họa.",
        notes=["Đếm lại ô “Hoàng Thị Mẫu, tín nhiệm cao”: 19, 20, 20.", "In hai lần."],
    )  # fmt: skip


def apart(found: str) -> tuple[str, Counter[str], str]:
    """Before the table's head, the letters of the head in whatever order, behind it."""
    before, rest = found.split("Nghị quyết số 96/2023/QH15.", 1)
    head, after = rest.split("I. KHỐI", 1)
    return before, Counter("".join(head.split())), after


@pytest.mark.parametrize("tally", [sheet(), rich()])
def test_pdf_and_docx_say_the_same_words_in_the_same_order(tally: TallySheet) -> None:
    pdf_pages = pdf_probe.page_texts(minutes.typeset(tally, created=MADE))
    pages = [page.removeprefix(f"{number} ") for number, page in enumerate(pdf_pages, start=1)]
    pdf = " ".join(pages).replace(tally.illustrative_note or "\0", "")
    docx = docx_probe.text(minutes_docx.typeset(tally, created=MADE))
    assert apart(" ".join(pdf.split())) == apart(docx)


def test_an_elections_minutes_say_the_same_too() -> None:
    pdf = pdf_probe.text(minutes.typeset(election(), created=MADE))
    docx = docx_probe.text(minutes_docx.typeset(election(), created=MADE))
    assert "Chức vụ" not in docx
    assert Counter("".join(pdf.split())) - Counter("".join(docx.split())) <= Counter("2")
    for words in ("Trần Thị Lương An 34 89,47 01 2,63 0", "tính trên tổng số đại biểu (38)."):
        assert words in docx
        assert words in pdf


def test_the_page_is_that_of_decree_30() -> None:
    document = Document(io.BytesIO(minutes_docx.typeset(rich(), created=MADE)))
    section = document.sections[0]
    margins = (
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin,
        section.page_width,
    )  # fmt: skip
    assert [round(one / Mm(1), 1) for one in margins if one] == [20, 20, 30, 15, 210]
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size) == ("Times New Roman", Pt(13))
    assert section.different_first_page_header_footer
    assert section.footer.paragraphs[0].text == "Số liệu minh họa."
    assert "PAGE" in section.header.paragraphs[0].runs[0].element.xml


def test_the_same_minutes_are_the_same_bytes() -> None:
    made = minutes_docx.typeset(rich(), created=MADE)
    assert minutes_docx.typeset(rich(), created=MADE) == made
    told = Document(io.BytesIO(made)).core_properties
    assert (told.author, told.created) == ("", MADE)


def test_text_is_never_markup() -> None:
    nasty = "Lê <w:p> & ]]> {x}"
    line = replace(sheet().lines[0], name=nasty)
    made = minutes_docx.typeset(replace(sheet(), lines=[line]), created=MADE)
    assert nasty in docx_probe.text(made)


def test_31_persons_repeat_the_tables_head() -> None:
    made = minutes_docx.typeset(replace(sheet(), lines=[sheet().lines[0]] * 31), created=MADE)
    tables = Document(io.BytesIO(made)).tables
    figures = next(table for table in tables if len(table.rows) > 30)
    assert "w:tblHeader" in figures.rows[0]._tr.xml
    assert "w:tblHeader" in figures.rows[1]._tr.xml

"""Letters as DOCX: the very words of the PDF, a page each, for offices that sign in Word."""

from datetime import UTC, datetime
from typing import Any, Final

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from council.typesetting import docx_file
from sessions.typesetting import notice
from sessions.typesetting.notice import Letters

FAMILY: Final = "Times New Roman"
BODY: Final = Pt(14)
CENTER: Final = WD_ALIGN_PARAGRAPH.CENTER
LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
NAME_LINES: Final = 4


def typeset(letters: Letters, *, created: datetime) -> bytes:
    """All letters in one document, each in a section of its own whose pages count from 1.

    Source: law.md 5.1, 5.2 (Decree 30/2020/NĐ-CP, Appendix I): margins 20, 20, 30, 15 mm.
    """
    data = notice.content(letters.letter)
    document = Document()
    set_up(document, data, created)
    for place, addressees in enumerate(letters.addressees):
        if place:
            document.add_section(WD_SECTION.NEW_PAGE)
        letter(document, data | {"addressees": list(addressees)})
    for section in document.sections:
        laid_out(section)
    return docx_file.fixed(document, created)


def set_up(document: DocumentType, data: dict[str, Any], created: datetime) -> None:
    """Typeface, page number, note at the foot, and what the file says of itself."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    docx_file.page_number(section.header.paragraphs[0])
    for footer in (section.footer, section.first_page_footer):
        said(footer.paragraphs[0], data["note"], size=Pt(10), italic=True, align=CENTER)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FAMILY, BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FAMILY)
    properties = document.core_properties
    properties.title, properties.author, properties.language = data["document_title"], "", "vi"
    properties.created = properties.modified = created.astimezone(UTC).replace(tzinfo=None)


def laid_out(section: Section) -> None:
    """A4 with the decree's margins; pages counted from 1."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    count = OxmlElement("w:pgNumType")
    count.set(qn("w:start"), "1")
    columns = section._sectPr.find(qn("w:cols"))  # noqa: SLF001 - no public way
    columns.addprevious(count)


def letter(document: DocumentType, data: dict[str, Any]) -> None:
    """One letter from its head to its signature."""
    head = document.add_table(rows=1, cols=2)
    head.autofit = False
    left, right = head.rows[0].cells
    left.width, right.width = Mm(66), Mm(99)
    number = f"Số: {data['symbol_number']}"
    stack(left, [*((line, True, Pt(12)) for line in data["issuer"]), (number, False, Pt(13))])
    national = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    stack(right, [(national, True, Pt(12)), ("Độc lập - Tự do - Hạnh phúc", True, Pt(13))])
    said(right.add_paragraph(), data["place_date"], size=Pt(13), italic=True, align=CENTER)
    paragraph(document, data["kind"], bold=True, align=CENTER, before=Pt(14))
    paragraph(document, data["abstract"], bold=True, align=CENTER)
    addressees(document, data)
    paragraph(document, data["opening"])
    for fact in data["facts"]:
        made = paragraph(document, f"{fact['label']}: ", bold=True)
        run = made.add_run(fact["text"])
        run.font.size = BODY
    for words in data["paragraphs"]:
        paragraph(document, words)
    signature(document, data)


def addressees(document: DocumentType, data: dict[str, Any]) -> None:
    """One addressee on the line of the salutation, several below it."""
    names = data["addressees"]
    if len(names) == 1:
        paragraph(document, f"{data['salutation']} {names[0]}", align=CENTER)
        return
    paragraph(document, data["salutation"])
    for place, name in enumerate(names, start=1):
        paragraph(document, f"- {name}{';' if place < len(names) else '.'}")


def signature(document: DocumentType, data: dict[str, Any]) -> None:
    """Recipients on the left, the signatory on the right."""
    grid = document.add_table(rows=1, cols=2)
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
    left, right = grid.rows[0].cells
    said(left.paragraphs[0], "Nơi nhận:", size=Pt(12), bold=True, italic=True)
    for line in data["recipients"]:
        said(left.add_paragraph(), line, size=Pt(11))
    posts = [(post, True, BODY) for post in data["signatory_posts"]]
    blank = [("", False, BODY)] * NAME_LINES
    stack(right, [*posts, *blank, (data["signatory_name"], True, BODY)])


def paragraph(
    document: DocumentType,
    words: str,
    *,
    bold: bool = False,
    align: WD_ALIGN_PARAGRAPH = JUSTIFY,
    before: Length | None = None,
) -> Paragraph:
    """A paragraph of the body: first line indented unless it is centred, 6 pt apart."""
    made = document.add_paragraph()
    said(made, words, size=BODY, bold=bold, align=align)
    made.paragraph_format.first_line_indent = None if align == CENTER else Mm(12.7)
    made.paragraph_format.space_before, made.paragraph_format.space_after = before, Pt(6)
    return made


def said(
    made: Paragraph,
    words: str,
    *,
    size: Length,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = LEFT,
) -> None:
    """Put the words into a paragraph that exists."""
    made.alignment = align
    made.paragraph_format.space_before = made.paragraph_format.space_after = Pt(0)
    made.paragraph_format.line_spacing = 1.0
    run = made.add_run(words)
    run.bold, run.italic, run.font.size = bold, italic, size


def stack(place: _Cell, lines: list[tuple[str, bool, Length]]) -> None:
    """Centred lines in a cell, one a paragraph."""
    for number, (words, bold, size) in enumerate(lines):
        made = place.add_paragraph() if number else place.paragraphs[0]
        said(made, words, size=size, bold=bold, align=CENTER)

"""A resolution as DOCX: the very words of the PDF, in real styles, in the layout of Decree 30."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from council.typesetting import docx_file, wording
from elections.typesetting import minutes_docx as parts
from resolutions.rules.blocks import Block
from resolutions.rules.document import NodeKind, Table
from resolutions.typesetting import resolution as layout
from resolutions.typesetting.resolution import ResolutionSheet

FAMILY: Final = "Times New Roman"
LEFT, CENTER, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY,
)  # fmt: skip
INDENT: Final = Mm(12.7)
GAP: Final = Pt(6)
NOTHING: Final = Pt(0)
TEXT_WIDTH: Final = 165
SIGNATURE_ROOM: Final = Mm(28)
_DIVISIONS: Final = frozenset(
    {NodeKind.PART, NodeKind.CHAPTER, NodeKind.SECTION, NodeKind.SUBSECTION}
)


@dataclass(frozen=True)
class Look:
    """A paragraph style: size, weight, place, air above and below, and its level in the outline."""

    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = JUSTIFY
    indent: bool = True
    before: Length = NOTHING
    after: Length = GAP
    keep: bool = False
    outline: int | None = None


BODY: Final = Look("NQ Đoạn")
STYLES: Final = {
    look.name: look
    for look in (
        Look("NQ Cơ quan", 12, bold=True, align=CENTER, indent=False, after=Pt(0)),
        Look("NQ Tiêu ngữ", 13, bold=True, align=CENTER, indent=False, after=Pt(0)),
        Look("NQ Số ký hiệu", 13, align=CENTER, indent=False, after=Pt(0)),
        Look("NQ Địa danh", 13, italic=True, align=CENTER, indent=False, after=Pt(0)),
        Look("NQ Tên loại", bold=True, align=CENTER, indent=False, before=Pt(14), after=Pt(0),
             keep=True, outline=0),
        Look("NQ Trích yếu", bold=True, align=CENTER, indent=False, after=Pt(0)),
        Look("NQ Thẩm quyền", bold=True, align=CENTER, indent=False, after=Pt(0)),
        Look("NQ Căn cứ", italic=True),
        Look("NQ Quyết nghị", bold=True, align=CENTER, indent=False, keep=True),
        Look("NQ Chương mục", bold=True, align=CENTER, indent=False, after=Pt(0), keep=True,
             outline=1),
        Look("NQ Điều", bold=True, keep=True, outline=2),
        Look("NQ Đề mục", bold=True, keep=True),
        BODY,
        Look("NQ Khoản"), Look("NQ Điểm"), Look("NQ Gạch đầu dòng"),
        Look("NQ Tên bảng", bold=True, align=CENTER, indent=False, keep=True),
        Look("NQ Phụ lục", bold=True, align=CENTER, indent=False, after=Pt(0), keep=True,
             outline=1),
        Look("NQ Kèm theo", 13, italic=True, align=CENTER, indent=False, after=Pt(14)),
        Look("NQ Nơi nhận", 12, bold=True, italic=True, align=LEFT, indent=False, after=Pt(0)),
        Look("NQ Danh sách nhận", 11, align=LEFT, indent=False, after=Pt(0)),
        Look("NQ Chức vụ", bold=True, align=CENTER, indent=False, after=Pt(0)),
        Look("NQ Họ tên", bold=True, align=CENTER, indent=False, before=SIGNATURE_ROOM,
             after=Pt(0)),
        Look("NQ Xác minh", 8, align=LEFT, indent=False, before=Pt(12), after=Pt(0)),
    )
}  # fmt: skip
_OF_KIND: Final = {
    NodeKind.GROUP: "NQ Đề mục", NodeKind.CLAUSE: "NQ Khoản", NodeKind.POINT: "NQ Điểm",
    NodeKind.DASH: "NQ Gạch đầu dòng", NodeKind.PARAGRAPH: "NQ Đoạn", NodeKind.ARTICLE: "NQ Đoạn",
}  # fmt: skip


def typeset(sheet: ResolutionSheet, *, created: datetime) -> bytes:
    """The resolution for a word processor; the same sheet and moment give the same bytes.

    Source: Decree 30/2020/NĐ-CP, Appendix I (law.md 5.1, 5.2).
    """
    document = Document()
    _set_up(document, sheet, created)
    _letterhead(document, sheet)
    _put(document, "NQ Tên loại", "NGHỊ QUYẾT")
    _ruled(_put(document, "NQ Trích yếu", sheet.title), 0.36)
    authority = [_put(document, "NQ Thẩm quyền", line) for line in sheet.authority_lines]
    if authority:
        authority[0].paragraph_format.space_before = GAP
        authority[-1].paragraph_format.space_after = GAP
    for basis in wording.legal_bases(sheet.bases):
        _put(document, "NQ Căn cứ", basis)
    _put(document, "NQ Quyết nghị", "QUYẾT NGHỊ:")
    for block in layout.ended(layout.main_text(sheet), sheet.closing):
        _block(document, block)
    if sheet.closing:
        _put(
            document, "NQ Đoạn", wording.end_of_text(sheet.closing)
        ).paragraph_format.keep_with_next = True
    _foot(document, sheet)
    if sheet.verification:
        _put(document, "NQ Xác minh", sheet.verification)
    for annex in layout.annexes_of(sheet):
        _annex(document, annex, sheet)
    return docx_file.fixed(document, created)


def _set_up(document: DocumentType, sheet: ResolutionSheet, created: datetime) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    docx_file.page_number(section.header.paragraphs[0])
    for footer in (section.footer, section.first_page_footer):
        parts.footed(
            footer.paragraphs[0], sheet.illustrative_note, size=Pt(10), italic=True, align=CENTER
        )
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FAMILY, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FAMILY)
    _language(normal.element.rPr)
    for look in STYLES.values():
        _style(document, look)
    properties = document.core_properties
    properties.title = f"Nghị quyết số {sheet.symbol_number}: {sheet.title}"
    properties.author, properties.language = "", "vi"
    properties.created = properties.modified = created.astimezone(UTC).replace(tzinfo=None)


def _language(properties: Any) -> None:
    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), "vi-VN")
    properties.append(language)


def _style(document: DocumentType, look: Look) -> None:
    style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(style, ParagraphStyle):
        message = "a paragraph style was asked for"
        raise TypeError(message)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.name, style.font.size = FAMILY, Pt(look.size)
    style.font.bold, style.font.italic = look.bold, look.italic
    style.font.color.rgb = RGBColor(0, 0, 0)
    form = style.paragraph_format
    form.alignment, form.line_spacing = look.align, 1.0
    form.space_before, form.space_after = look.before, look.after
    form.first_line_indent = INDENT if look.indent else None
    form.keep_with_next = look.keep
    form.widow_control = True
    if look.outline is not None:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(look.outline))
        style.element.get_or_add_pPr().append(level)


def _put(document: DocumentType, style: str, words: str) -> Paragraph:
    return document.add_paragraph(words, style=style)


def _letterhead(document: DocumentType, sheet: ResolutionSheet) -> None:
    left, right = Mm(66), Mm(99)
    grid = parts.table(document, 2, [left, right])
    issuer, national = grid.rows[0].cells
    for place, line in enumerate(sheet.council_name_lines):
        _in(issuer, "NQ Cơ quan", line, first=place == 0)
    _ruled(
        issuer.paragraphs[-1], 0.42, width_mm=len(sheet.council_name_lines[-1]) * 2.9, room_mm=64
    )
    _in(national, "NQ Cơ quan", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", first=True)
    _in(national, "NQ Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc")
    _ruled(national.paragraphs[-1], 1, width_mm=56, room_mm=97)
    number, dated = grid.rows[1].cells
    _in(number, "NQ Số ký hiệu", f"Số: {sheet.symbol_number}", first=True)
    _in(dated, "NQ Địa danh", wording.place_and_date(sheet.place, sheet.dated), first=True)
    for cell in (number, dated):
        cell.paragraphs[0].paragraph_format.space_before = Pt(6)


def _in(cell: _Cell, style: str, words: str, *, first: bool = False) -> Paragraph:
    made: Paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    made.style = style
    made.add_run(words)
    return made


def _ruled(made: Paragraph, share: float, *, width_mm: float = 150, room_mm: float = 165) -> None:
    """A solid line under the paragraph, `share` as long as its words, centred.

    A line of its own: an empty paragraph with a border above, indented from both sides.
    """
    length = share * min(width_mm, room_mm)
    element = OxmlElement("w:p")
    made._p.addnext(element)  # noqa: SLF001 - no public way
    line = Paragraph(element, made._parent)  # noqa: SLF001
    form = line.paragraph_format
    form.left_indent = form.right_indent = Mm((room_mm - length) / 2)
    form.first_line_indent, form.line_spacing = Pt(0), Pt(6)
    form.space_before, form.space_after = Pt(2), Pt(0)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _block(document: DocumentType, block: Block) -> None:
    opening = layout.OPENING if block.opens_quote else ""
    closing = layout.CLOSING if block.closes_quote else ""
    if block.kind in _DIVISIONS:
        _put(document, "NQ Chương mục", f"{opening}{block.label}")
        if block.heading:
            _put(document, "NQ Chương mục", block.heading + closing)
        return
    if block.table is not None:
        _table(document, block, closing)
        return
    titled = block.kind is NodeKind.ARTICLE and block.heading
    made = document.add_paragraph(style="NQ Điều" if titled else _OF_KIND[block.kind])
    words = [
        (f"{opening}{block.label}", block.kind is NodeKind.ARTICLE),
        (block.heading, True),
        (f"{block.text}{closing}", block.kind is NodeKind.PARAGRAPH and block.text.isupper()),
    ]
    said = [(text, bold) for text, bold in words if text]
    if titled and block.text:
        _runs(made, said[:-1])
        _put(document, "NQ Đoạn", f"{block.text}{closing}")
    else:
        _runs(made, said)


def _runs(made: Paragraph, said: Sequence[tuple[str, bool]]) -> None:
    for place, (words, bold) in enumerate(said):
        run = made.add_run(words if place == 0 else f" {words}")
        run.bold = True if bold else None


def _table(document: DocumentType, block: Block, closing: str) -> None:
    table = block.table
    if not isinstance(table, Table):
        return
    if block.heading:
        _put(document, "NQ Tên bảng", block.heading)
    whole = sum(column.width for column in table.columns)
    widths = [Mm(TEXT_WIDTH * column.width / whole) for column in table.columns]
    grid = parts.table(document, 0, widths, bordered=True)
    head = parts.added(grid)
    parts.flag(head, "w:tblHeader")
    for cell, column in zip(head.cells, table.columns, strict=True):
        parts.cell(cell, column.title, size=Pt(12), bold=True, align=CENTER)
    sides = {"left": LEFT, "center": CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
    for row in table.rows:
        made = parts.added(grid)
        parts.flag(made, "w:cantSplit")
        for cell, words, column in zip(made.cells, row, table.columns, strict=True):
            parts.cell(cell, words, size=Pt(12), align=sides[column.align])
    if closing:
        _put(document, "NQ Đoạn", closing)


def _foot(document: DocumentType, sheet: ResolutionSheet) -> None:
    """Recipients on the left, level with the signatory's post on the right."""
    grid = parts.table(document, 1, [Mm(82), Mm(83)])
    parts.flag(grid.rows[0], "w:cantSplit")
    left, right = grid.rows[0].cells
    _in(left, "NQ Nơi nhận", "Nơi nhận:", first=True)
    for line in wording.recipients(sheet.recipients):
        _in(left, "NQ Danh sách nhận", line)
    for place, post in enumerate(sheet.signatory_posts):
        _in(right, "NQ Chức vụ", post, first=place == 0)
    _in(right, "NQ Họ tên", sheet.signatory_name, first=not sheet.signatory_posts)


def _annex(document: DocumentType, annex: Sequence[Block], sheet: ResolutionSheet) -> None:
    """An annex on pages of its own, numbered from 1."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = True
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.append(start)  # noqa: SLF001 - no public way
    title = annex[0]
    _put(document, "NQ Phụ lục", title.label)
    if title.heading:
        _put(document, "NQ Phụ lục", title.heading)
    _put(document, "NQ Kèm theo", layout.attached_to(sheet))
    for block in annex[1:]:
        _block(document, block)

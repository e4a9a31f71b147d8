"""Counting minutes as DOCX: the very words of the PDF, in the layout of Decree 30/2020/NĐ-CP."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, Twips
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from council.typesetting import docx_file
from elections.typesetting import minutes
from elections.typesetting.tally_sheet import TallySheet

FAMILY: Final = "Times New Roman"
BODY: Final = Pt(13)
TABLE: Final = Pt(11)
INDENT: Final = Mm(12.7)
NOTHING: Final = Pt(0)
CENTER, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
JUSTIFY: Final = WD_ALIGN_PARAGRAPH.JUSTIFY
SIGNATURE_LINES: Final = 4
FEW_OPTIONS: Final = 2

Line: TypeAlias = tuple[str, dict[str, Any]]
"""Words and how they look."""


def typeset(sheet: TallySheet, *, created: datetime) -> bytes:
    """The minutes for a word processor; the same sheet and moment give the same bytes.

    Source: law.md 5.1, 5.2 (Decree 30/2020/NĐ-CP, Appendix I): margins 20, 20, 30, 15 mm, Times
    New Roman 13 pt, page number in the middle of the top margin from page 2.
    """
    data = minutes.content(sheet)
    document = Document()
    set_up(document, data, created)
    letterhead(document, data)
    paragraph(document, data["type"], bold=True, align=CENTER, before=Pt(14))
    paragraph(document, data["abstract"], bold=True, align=CENTER)
    paragraph(document, data["opening"])
    people(document, data)
    papers(document, data)
    result(document, data)
    closing(document, data)
    return docx_file.fixed(document, created)


def set_up(document: DocumentType, data: dict[str, Any], created: datetime) -> None:
    """Page, typeface, page number, note at the foot, and what the file says of itself."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    docx_file.page_number(section.header.paragraphs[0])
    for footer in (section.footer, section.first_page_footer):
        footed(footer.paragraphs[0], data["note"], size=Pt(10), italic=True, align=CENTER)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FAMILY, BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FAMILY)
    properties = document.core_properties
    properties.title, properties.author, properties.language = data["document_title"], "", "vi"
    moment = created.astimezone(UTC).replace(tzinfo=None)
    properties.created = properties.modified = moment


def letterhead(document: DocumentType, data: dict[str, Any]) -> None:
    """The issuing body left; national heading, place and date right."""
    left, right = table(document, 1, [Mm(66), Mm(99)]).rows[0].cells
    superior: list[Line] = [(line, {}) for line in data["superior"]]
    lines(left, [*superior, *((line, {"bold": True}) for line in data["issuer"])])
    national: list[Line] = [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {"bold": True}),
        ("Độc lập - Tự do - Hạnh phúc", {"bold": True, "size": BODY, "underlined": True}),
        ("", {"size": Pt(6)}),
        (data["place_date"], {"italic": True, "size": BODY}),
    ]
    lines(right, national)


def people(document: DocumentType, data: dict[str, Any]) -> None:
    """The committee, and how many delegates there were."""
    heading(document, data["sections"]["people"])
    paragraph(document, data["members_line"])
    grid = table(document, 0, [Mm(12), Mm(76), Mm(77)])
    for place, member in enumerate(data["members"], start=1):
        row(grid, [f"{place})", member["name"], member["post"]], size=BODY)
    paragraph(document, data["delegates_line"], before=Pt(6))
    for line in data["attendance"]:
        paragraph(document, line)


def papers(document: DocumentType, data: dict[str, Any]) -> None:
    """How the papers were counted, and how many there were of each."""
    heading(document, data["sections"]["papers"])
    if data["way"]:
        paragraph(document, data["way"])
    for line in data["totals"]:
        paragraph(document, line)


def result(document: DocumentType, data: dict[str, Any]) -> None:
    """The table of figures, its base, and what follows for whom."""
    heading(document, data["sections"]["result"])
    paragraph(document, data["base"])
    figures_table(document, data)
    paragraph(document, data["void_note"], size=TABLE, italic=True, before=Pt(6))
    if data["conclusions"]:
        heading(document, data["sections"]["conclusions"])
        for line in data["conclusions"]:
            paragraph(document, line)
    heading(document, data["sections"]["remarks"])
    for line in (data["remarks"], *data["notes"]):
        paragraph(document, line)


def figures_table(document: DocumentType, data: dict[str, Any]) -> None:
    """One row a person; the heading of two rows is repeated on each page."""
    head, options = data["head"], data["options"]
    named = [head["number"], head["name"], *([head["post"]] if data["has_posts"] else [])]
    grid = table(document, 0, widths_of(data), bordered=True)
    upper, lower = added(grid), added(grid)
    for place, title in enumerate(named):
        cell(upper.cells[place].merge(lower.cells[place]), title, bold=True, align=CENTER)
    for place, option in enumerate(options):
        first = len(named) + 2 * place
        cell(upper.cells[first].merge(upper.cells[first + 1]), option, bold=True, align=CENTER)
        cell(lower.cells[first], head["votes"], size=Pt(9), align=CENTER)
        cell(lower.cells[first + 1], head["percent"], size=Pt(9), align=CENTER)
    last = len(named) + 2 * len(options)
    cell(upper.cells[last].merge(lower.cells[last]), head["void"], bold=True, align=CENTER)
    for one in (upper, lower):
        flag(one, "w:tblHeader")
    for block in data["blocks"]:
        if block["title"]:
            merged = added(grid).cells
            title = merged[0].merge(merged[-1])
            cell(title, block["title"], bold=True)
            title.paragraphs[0].paragraph_format.keep_with_next = True
        for line in block["lines"]:
            posts = [line["post"]] if data["has_posts"] else []
            row(grid, [line["number"], line["name"], *posts, *line["figures"]], named=len(named))


def widths_of(data: dict[str, Any]) -> list[Length]:
    """Widths of the columns that together fill the 165 mm between the margins."""
    count, percent = (Mm(10), Mm(13.5)) if len(data["options"]) > FEW_OPTIONS else (Mm(15), Mm(17))
    figures = [count, percent] * len(data["options"]) + [Mm(15)]
    left = Mm(165) - Mm(10) - sum(figures)
    names = [round(left * 0.44), round(left * 0.56)] if data["has_posts"] else [left]
    return [Mm(10), *(Length(one) for one in names), *figures]


def closing(document: DocumentType, data: dict[str, Any]) -> None:
    """The last sentence, and a place to sign for each member."""
    paragraph(document, data["closing"]).paragraph_format.keep_with_next = True
    signers = data["signatures"]
    columns = 2 if len(signers) in {2, 4} else 3
    grid = table(document, 0, [Length(Mm(165) // columns)] * columns)
    for start in range(0, len(signers), columns):
        cells = added(grid).cells
        for place, signer in zip(cells, signers[start : start + columns], strict=False):
            lines(place, [(signer["post"], {"bold": True, "size": BODY})])
            blank = [("", {"size": BODY})] * SIGNATURE_LINES
            lines(place, [*blank, (signer["name"], {"bold": True, "size": BODY})], go_on=True)
        flag(grid.rows[-1], "w:cantSplit")


# --- paragraphs and cells -------------------------------------------------------------------------


def heading(document: DocumentType, words: str) -> None:
    """The title of a section, never alone at the foot of a page."""
    made = paragraph(document, words, bold=True, align=LEFT)
    made.paragraph_format.keep_with_next = True


def paragraph(
    document: DocumentType,
    words: str,
    *,
    size: Length = BODY,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = JUSTIFY,
    before: Length = NOTHING,
) -> Paragraph:
    """A paragraph of the body: first line indented unless it is centred, 6 pt apart."""
    made = document.add_paragraph()
    footed(made, words, size=size, bold=bold, italic=italic, align=align)
    made.paragraph_format.first_line_indent = None if align == CENTER else INDENT
    made.paragraph_format.space_before, made.paragraph_format.space_after = before, Pt(6)
    return made


def footed(
    made: Paragraph,
    words: str,
    *,
    size: Length,
    bold: bool = False,
    italic: bool = False,
    underlined: bool = False,
    align: WD_ALIGN_PARAGRAPH = LEFT,
) -> None:
    """Put the words into a paragraph that exists."""
    made.alignment = align
    made.paragraph_format.space_before = made.paragraph_format.space_after = Pt(0)
    made.paragraph_format.line_spacing = 1.0
    run = made.add_run(words)
    run.bold, run.italic, run.underline, run.font.size = bold, italic, underlined, size


def lines(place: _Cell, said: Sequence[Line], *, go_on: bool = False) -> None:
    """Centred lines of 12 pt in a cell, one a paragraph."""
    for number_of, (words, look) in enumerate(said):
        made = place.add_paragraph() if go_on or number_of else place.paragraphs[0]
        footed(made, words, **{"size": Pt(12), "align": CENTER, **look})


def cell(
    place: _Cell,
    words: str,
    *,
    size: Length = TABLE,
    bold: bool = False,
    align: WD_ALIGN_PARAGRAPH = LEFT,
) -> None:
    """The words in a cell that is empty yet."""
    place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    footed(place.paragraphs[0], words, size=size, bold=bold, align=align)


def row(grid: Table, words: Sequence[str], *, size: Length = TABLE, named: int = 3) -> None:
    """A row that stays on one page; figures behind the first `named` columns are centred."""
    made = added(grid)
    flag(made, "w:cantSplit")
    for place, (target, said) in enumerate(zip(made.cells, words, strict=True)):
        align = CENTER if place >= named or place == 0 else LEFT
        cell(target, said, size=size, align=align)


def table(
    document: DocumentType, rows: int, widths: Sequence[Length], *, bordered: bool = False
) -> Table:
    """A table of fixed widths."""
    made: Table = document.add_table(rows=rows, cols=len(widths))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    if bordered:
        made.style = "Table Grid"
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    narrow(made)
    return made


def narrow(made: Table) -> None:
    """1 mm of air left and right in each cell, instead of the usual 1.9."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(Mm(1) / Twips(1))))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    layout = made._tbl.tblPr  # noqa: SLF001 - no public way
    look = layout.find(qn("w:tblLook"))
    if look is None:
        layout.append(margins)
    else:
        look.addprevious(margins)


def added(grid: Table) -> _Row:
    """A new last row."""
    made: _Row = grid.add_row()  # type: ignore[no-untyped-call]
    return made


def flag(one: _Row, name: str) -> None:
    """Say something of a row for which the library has no word."""
    one._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - no public way

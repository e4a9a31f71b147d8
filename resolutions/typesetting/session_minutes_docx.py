"""Minutes of a session as DOCX: the very words of the PDF, in styles that a word processor knows.

The title, sections and items are headings (they make the outline), the rest is body text; whoever
changes a style changes the whole document. Page, heading and cells are those of the counting
minutes.
"""

from datetime import datetime
from typing import Any, Final

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from council.typesetting import docx_file
from elections.typesetting import minutes_docx as parts
from resolutions.typesetting import session_minutes
from resolutions.typesetting.session_minutes import MinutesSheet

DRAFT: Final = "DỰ THẢO"
BLACK: Final = RGBColor(0, 0, 0)
CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT: Final = WD_ALIGN_PARAGRAPH.LEFT
SIGNATURE_LINES: Final = 4
GAP: Final = Pt(6)


def typeset(sheet: MinutesSheet, *, created: datetime) -> bytes:
    """The minutes for a word processor; the same sheet and moment give the same bytes.

    Source: law.md 5.1, 5.2 (Decree 30/2020/NĐ-CP, Appendix I).
    """
    data = session_minutes.content(sheet)
    document = Document()
    parts.set_up(document, data, created)
    styles(document)
    letterhead(document, data)
    document.add_paragraph(data["type"], style="Title")
    document.add_paragraph(data["abstract"], style="Subtitle")
    for part in data["parts"]:
        document.add_paragraph(part["title"], style="Heading 1")
        for line in part["lines"]:
            style = "Heading 2" if line["heading"] else "Body Text"
            document.add_paragraph(line["words"], style=style)
    signatures(document, data)
    recipients(document, data)
    return docx_file.fixed(document, created)


def styles(document: DocumentType) -> None:
    """The styles of the decree: Times New Roman, black, 13 pt, indented body."""
    look(document, "Title", bold=True, align=CENTER, before=Pt(14))
    look(document, "Subtitle", bold=True, align=CENTER, after=Pt(12))
    look(document, "Heading 1", bold=True, align=LEFT, indent=parts.INDENT, before=Pt(6))
    look(document, "Heading 2", bold=True, align=JUSTIFY, indent=parts.INDENT)
    look(document, "Body Text", align=JUSTIFY, indent=parts.INDENT)
    look(document, "Nơi nhận", size=Pt(11), align=LEFT, after=Pt(0))


def look(
    document: DocumentType,
    name: str,
    *,
    size: Length = parts.BODY,
    bold: bool = False,
    align: WD_ALIGN_PARAGRAPH,
    indent: Length | None = None,
    before: Length = parts.NOTHING,
    after: Length = GAP,
) -> None:
    """Give a style its look, and make it where the library has none of that name."""
    known = {style.name for style in document.styles}
    made = (
        document.styles[name]
        if name in known
        else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    assert isinstance(made, ParagraphStyle)  # noqa: S101 - all of ours are
    made.font.name, made.font.size, made.font.bold = parts.FAMILY, size, bold
    made.font.italic, made.font.color.rgb = False, BLACK
    fonts = made.element.get_or_add_rPr().get_or_add_rFonts()
    for face in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(face), None)
    fonts.set(qn("w:eastAsia"), parts.FAMILY)
    for border in made.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    shape = made.paragraph_format
    shape.alignment, shape.first_line_indent = align, indent
    shape.space_before, shape.space_after, shape.line_spacing = before, after, 1.0
    shape.keep_with_next = name.startswith("Heading")


def letterhead(document: DocumentType, data: dict[str, Any]) -> None:
    """Issuing body and number left; national heading, place and date right."""
    left, right = parts.table(document, 1, [Mm(66), Mm(99)]).rows[0].cells
    said: list[parts.Line] = [(line, {"bold": True}) for line in data["issuer"]]
    if data["draft"]:
        said = [(DRAFT, {"bold": True}), *said]
    parts.lines(left, [*said, ("", {"size": Pt(6)}), (data["symbol"], {"size": parts.BODY})])
    national: list[parts.Line] = [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {"bold": True}),
        ("Độc lập - Tự do - Hạnh phúc", {"bold": True, "size": parts.BODY, "underlined": True}),
        ("", {"size": Pt(6)}),
        (data["place_date"], {"italic": True, "size": parts.BODY}),
    ]
    parts.lines(right, national)


def signatures(document: DocumentType, data: dict[str, Any]) -> None:
    """Secretary left, presiding officer right, with room to sign; both on one page."""
    document.add_paragraph("", style="Nơi nhận").paragraph_format.keep_with_next = True
    grid = parts.table(document, 1, [Mm(82), Mm(83)])
    parts.flag(grid.rows[0], "w:cantSplit")
    for place, signer in zip(grid.rows[0].cells, data["signatures"], strict=True):
        blank: list[parts.Line] = [("", {"size": parts.BODY})] * SIGNATURE_LINES
        name: parts.Line = (signer["name"], {"bold": True, "size": parts.BODY})
        parts.lines(place, [(signer["post"], {"bold": True, "size": parts.BODY}), *blank, name])


def recipients(document: DocumentType, data: dict[str, Any]) -> None:
    """Who gets the minutes."""
    title = document.add_paragraph("", style="Nơi nhận")
    run = title.add_run(data["recipients_title"])
    run.bold, run.italic, run.font.size = True, True, Pt(12)
    for line in data["recipients"]:
        document.add_paragraph(line, style="Nơi nhận")

"""What every DOCX of ours needs and python-docx has no word for."""

import io
import zipfile
from datetime import UTC, datetime

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.pkgwriter import PackageWriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph


def page_number(made: Paragraph) -> None:
    """The page's number, in the middle (Decree 30/2020/NĐ-CP, Appendix I)."""
    made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = made.add_run()
    run.font.size = Pt(14)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = words
        run.element.append(part)


def fixed(document: Document, created: datetime) -> bytes:
    """The file's bytes with no moment in them but `created`: the same words, the same bytes."""
    raw, out = io.BytesIO(), io.BytesIO()
    package = document.part.package
    PackageWriter.write(raw, package.rels, tuple(package.parts))  # type: ignore[no-untyped-call]
    stamp = created.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, date_time=stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()

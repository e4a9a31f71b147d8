"""What the makers of hostile files share: one entry of the list, a writer of PDFs, of archives."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file, what it is called, and the codes of which one must refuse it."""

    key: str
    filename: str
    build: Callable[[], bytes]
    codes: tuple[str, ...]


def document(
    *,
    catalog: bytes = b"",
    page: bytes = b"",
    objects: Mapping[int, bytes] | None = None,
    trailer: bytes = b"",
) -> bytes:
    """A PDF of one page; what is given is added to the dictionaries or stands as objects."""
    held = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s >>" % page,
        **(objects or {}),
    }
    return written(held, trailer)


def written(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """Objects with a table of their places, so that every reader finds them."""
    out, places = bytearray(HEAD), {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        free = b"0000000000 65535 f \n"
        out += b"%010d 00000 n \n" % places[number] if number in places else free
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (size, trailer)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def stream(content: bytes, extra: bytes = b"", *, packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        content, extra = zlib.compress(content, 9), extra + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra, content)


def archive(parts: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return held.getvalue()


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument"


def relations(*entries: tuple[str, str, str]) -> str:
    """A part of relationships: (type, target, mode)."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{target}"'
        + (f' TargetMode="{mode}"' if mode else "")
        + "/>"
        for number, (kind, target, mode) in enumerate(entries, 1)
    )
    space = f"{_PACKAGE}/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{space}">{rows}</Relationships>'


def content_types(main: str, media_type: str, extra: str = "") -> str:
    return (
        f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{media_type}"/>{extra}</Types>'
    )


def word_parts(body: str = "<w:p><w:r><w:t>Báo cáo</w:t></w:r></w:p>") -> dict[str, bytes | str]:
    """The parts of a small Word file."""
    return {
        "[Content_Types].xml": content_types(
            "word/document.xml", f"{_TYPES}.wordprocessingml.document.main+xml"
        ),
        "_rels/.rels": relations(("officeDocument", "word/document.xml", "")),
        "word/document.xml": f'<?xml version="1.0"?><w:document xmlns:w="{_W}"><w:body>{body}'
        "</w:body></w:document>",
    }


def sheet_parts(cells: str = "<c><v>1</v></c>") -> dict[str, bytes | str]:
    """The parts of a small Excel file."""
    x = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return {
        "[Content_Types].xml": content_types(
            "xl/workbook.xml", f"{_TYPES}.spreadsheetml.sheet.main+xml"
        ),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": f'<workbook xmlns="{x}" xmlns:r="{_R}"><sheets>'
        '<sheet name="Biểu 1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml", "")),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{x}"><sheetData><row>{cells}</row>'
        "</sheetData></worksheet>",
    }


def slide_parts() -> dict[str, bytes | str]:
    """The parts of a small PowerPoint file."""
    p = "http://schemas.openxmlformats.org/presentationml/2006/main"
    return {
        "[Content_Types].xml": content_types(
            "ppt/presentation.xml", f"{_TYPES}.presentationml.presentation.main+xml"
        ),
        "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml", "")),
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{p}"/>',
    }


def word(more: Mapping[str, bytes | str] | None = None) -> bytes:
    """A Word file with more parts."""
    return archive({**word_parts(), **(more or {})})

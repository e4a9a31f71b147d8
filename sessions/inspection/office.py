"""What a Word, Excel or PowerPoint file must not hold: macros, programs, things fetched from afar.

Every part is unfolded once, piece by piece, and every XML part is parsed; nothing is written.
"""

import io
import zipfile
from pathlib import Path
from typing import Any, Final

from sessions.inspection import archives, office_xml, polyglots
from sessions.inspection.tasks import Answer, Finding

MAIN_PARTS: Final = {
    "docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml",
}  # fmt: skip
_CONTENT_TYPES: Final = "[Content_Types].xml"
_MACRO_WORDS: Final = ("vbaproject", "vbadata", "macrosheets/", "dialogsheets/", "xl/macros")
_ACTIVE_WORDS: Final = ("activex/", "ctrlprops/activex")
_XML: Final = (".xml", ".rels", ".vml")
_PACKAGES: Final = (".xlsx", ".docx", ".pptx")  # the figures behind a chart
_PACKAGE_MAX: Final = 32 * 1024 * 1024
_HEAD: Final = 16


def inspect(path: Path, arguments: dict[str, Any]) -> Answer:
    """Look through the whole file, which says it is a ``kind``; how many parts it has."""
    polyglots.check_office(path)
    with path.open("rb") as file, archives.opened(file) as archive:
        names = set(archive.namelist())
        if _CONTENT_TYPES not in names or MAIN_PARTS[arguments["kind"]] not in names:
            raise Finding("office.broken")
        check_package(archive, depth=0)
        return Answer({"parts": len(names)})


def check_package(archive: zipfile.ZipFile, *, depth: int) -> None:
    """Every part; a workbook behind a chart is looked through the same way, once."""
    for part in archive.infolist():
        name = part.filename.lower()
        if any(word in name for word in _MACRO_WORDS):
            raise Finding("office.macros")
        if any(word in name for word in _ACTIVE_WORDS):
            raise Finding("office.activex")
        if name.endswith("/"):
            continue
        if name.endswith(_XML):
            archives.check_ratio(part)
            office_xml.check(part.filename, archives.pieces(archive, part))
        elif name.endswith(_PACKAGES) and "embeddings/" in name:
            _check_inner(archive, part, depth)
        else:
            _check_other(archive, part)


def _check_other(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    head = b""
    for piece in archives.pieces(archive, part):
        head = head or piece[:_HEAD]
    archives.check_begins(part.filename, head)


def _check_inner(archive: zipfile.ZipFile, part: zipfile.ZipInfo, depth: int) -> None:
    if depth or part.file_size > _PACKAGE_MAX:
        raise Finding("office.nested", part=archives.shown(part.filename))
    held = io.BytesIO(b"".join(archives.pieces(archive, part)))
    if held.getvalue().startswith(archives.OLE):
        raise Finding("office.ole", part=archives.shown(part.filename))
    with archives.opened(held) as inner:
        if _CONTENT_TYPES not in inner.namelist():
            raise Finding("office.nested", part=archives.shown(part.filename))
        check_package(inner, depth=depth + 1)

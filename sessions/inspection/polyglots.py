"""Files that are two things at once: a PDF that is also an archive, a picture that is also a page.

Some programs look at the beginning of a file and others at its end; a file that pleases both kinds
shows the clerk one thing and the reader another.
"""

import re
import zipfile
from pathlib import Path
from typing import Final

from sessions.inspection.tasks import Finding

HEAD: Final = 4096
TAIL: Final = 64 * 1024 + 22  # as far as an archive's last record may lie from the end
_BLANK: Final = b"\x00\t\n\f\r \x1a"
_MARKUP: Final = re.compile(rb"<(?:!doctype\s+html|html|script|svg|iframe|\?php)\b", re.IGNORECASE)
_EOF: Final = b"%%EOF"
_PNG_END: Final = b"IEND\xaeB`\x82"
_PDF_NEAR_THE_START: Final = 1024  # that far readers of PDF look for its first line


def check_pdf(path: Path) -> None:
    """A PDF begins with its own first line and ends with its own last one."""
    head, tail = _ends(path)
    if not head.startswith(b"%PDF-") or _MARKUP.search(head):
        raise Finding("file.polyglot")
    before, mark, after = tail.rpartition(_EOF)
    if not mark:
        raise Finding("pdf.broken")
    if after.strip(_BLANK):
        raise Finding("file.polyglot")
    _check_no_archive(path, before)


def check_picture(path: Path) -> None:
    """A picture carries no page, no PDF and no archive; phones may add a film behind it."""
    head, tail = _ends(path)
    if b"%PDF-" in head[:_PDF_NEAR_THE_START] or _MARKUP.search(head) or _MARKUP.search(tail):
        raise Finding("file.polyglot")
    if head.startswith(b"\x89PNG"):
        _before, mark, after = tail.rpartition(_PNG_END)
        if after.strip(_BLANK):
            raise Finding("file.polyglot" if mark else "image.broken")
    _check_no_archive(path, tail)


def check_office(path: Path) -> None:
    """An Office file is one archive from its first byte to its last."""
    head, tail = _ends(path)
    if not head.startswith(b"PK\x03\x04"):
        raise Finding("file.polyglot" if zipfile.is_zipfile(path) else "office.broken")
    place = tail.rfind(b"PK\x05\x06")
    if place < 0:
        raise Finding("office.broken")
    comment = int.from_bytes(tail[place + 20 : place + 22], "little")
    if comment or len(tail) != place + 22:
        raise Finding("file.polyglot")


def _ends(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as file:
        head = file.read(HEAD)
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        return head, file.read()


def _check_no_archive(path: Path, tail: bytes) -> None:
    if b"PK\x05\x06" not in tail:
        return
    try:
        with zipfile.ZipFile(path) as archive:
            has_entries = bool(archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return
    if has_entries:
        raise Finding("file.polyglot")

"""The archive that an Office file is: names, places, sizes and what each part really holds."""

import re
import stat
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import IO, Final

from sessions.inspection.tasks import Finding

PARTS_MAX: Final = 5000
UNFOLDED_MAX: Final = 600 * 1024 * 1024
PART_MAX: Final = 256 * 1024 * 1024
XML_RATIO_MAX: Final = 150  # numbers in a large sheet pack 20 : 1, an empty form 100 : 1
_RATIO_COUNTS_FROM: Final = 32 * 1024 * 1024
_LOCAL: Final = 30  # bytes of a part's own header before its name
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BAD_NAME: Final = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]|^/|(?:^|/)\.\.?(?:/|$)|//')
_IS_ENCRYPTED: Final = 0x1
_PIECE: Final = 1024 * 1024

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
_ARCHIVES: Final = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06")
_PROGRAM_SUFFIXES: Final = frozenset({
    "bat", "cmd", "com", "dll", "exe", "hta", "htm", "html", "jar", "js", "jse", "lnk", "mht",
    "mhtml", "msi", "ps1", "psm1", "py", "reg", "rtf", "scr", "sh", "svgz", "vbe", "vbs", "wsf",
    "xht", "xhtml", "xll",
})  # fmt: skip


def opened(file: IO[bytes]) -> zipfile.ZipFile:
    """The archive, its table of contents checked before any part is unfolded."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError) as error:
        raise Finding("office.broken") from error
    parts = archive.infolist()
    if len(parts) > PARTS_MAX:
        raise Finding("office.too_many_parts", limit=PARTS_MAX)
    names = [part.filename.lower() for part in parts]
    if len(set(names)) != len(names):
        raise Finding("office.duplicate_parts")
    for part in parts:
        _check_entry(part)
    _check_places(file, parts)
    if sum(part.file_size for part in parts) > UNFOLDED_MAX:
        raise Finding("office.bomb")
    return archive


def _check_entry(part: zipfile.ZipInfo) -> None:
    if _BAD_NAME.search(part.filename) or part.orig_filename != part.filename:
        raise Finding("office.slip")
    if stat.S_ISLNK(part.external_attr >> 16):
        raise Finding("office.slip")
    if part.flag_bits & _IS_ENCRYPTED:
        raise Finding("office.encrypted")
    if part.compress_type not in _METHODS:
        raise Finding("office.broken")


def _check_places(file: IO[bytes], parts: list[zipfile.ZipInfo]) -> None:
    """Each part lies in a place of its own and calls itself as the table of contents does."""
    ends = []
    for part in sorted(parts, key=lambda one: one.header_offset):
        file.seek(part.header_offset)
        local = file.read(_LOCAL)
        if len(local) < _LOCAL or not local.startswith(b"PK\x03\x04"):
            raise Finding("office.broken")
        name_size = int.from_bytes(local[26:28], "little")
        extra = int.from_bytes(local[28:30], "little")
        raw = file.read(name_size)
        if raw not in {part.filename.encode("utf-8"), _as_cp437(part.filename)}:
            raise Finding("office.slip")
        start = part.header_offset
        ends.append((start, start + _LOCAL + name_size + extra + part.compress_size))
    if any(before[1] > after[0] for before, after in pairwise(ends)):
        raise Finding("office.bomb")


def _as_cp437(name: str) -> bytes:
    try:
        return name.encode("cp437")
    except UnicodeEncodeError:
        return b""


def pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's content piece by piece; more than it promised, or far too much, is a bomb."""
    total = 0
    try:
        with archive.open(part) as content:
            while piece := content.read(_PIECE):
                total += len(piece)
                if total > min(part.file_size, PART_MAX):
                    raise Finding("office.bomb")
                yield piece
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError) as error:
        raise Finding("office.broken") from error


def check_ratio(part: zipfile.ZipInfo) -> None:
    """XML that packs this well says the same thing over and over."""
    is_large = part.file_size > _RATIO_COUNTS_FROM
    if is_large and part.file_size > XML_RATIO_MAX * max(part.compress_size, 1):
        raise Finding("office.bomb")


def check_begins(name: str, head: bytes) -> None:
    """A part may not be a program, an archive or an old Office file, whatever it is called."""
    if head.startswith(OLE):
        raise Finding("office.ole", part=shown(name))
    if head.startswith(_PROGRAMS) or Path(name).suffix.lower().lstrip(".") in _PROGRAM_SUFFIXES:
        raise Finding("office.embedded", part=shown(name))
    if head.startswith(_ARCHIVES):
        raise Finding("office.nested", part=shown(name))


def shown(name: str) -> str:
    """The last part of a name inside the archive, short enough for a sentence."""
    kept = "".join(sign for sign in name.rpartition("/")[2] if sign.isprintable())
    return kept[:60]

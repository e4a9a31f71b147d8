"""Photographs without what a telephone writes into them: place, owner, device, hours, previews.

Only the drawing stays: pixels, colours, resolution, which side is up. Nothing is drawn anew, so no
pixel changes, and the same photograph always becomes the same bytes. Whatever lies behind the end
of the picture (telephones put a short film there, with the place in it) goes as well.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sessions.inspection.tasks import Answer, Finding

Piece = bytes | memoryview
PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
JPEG_HEAD: Final = b"\xff\xd8"
_END, _SCAN, _COMMENT, _EXIF, _APP = 0xD9, 0xDA, 0xFE, 0xE1, range(0xE0, 0xF0)
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_KEPT: Final = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Application segments without which the picture looks different, by what they begin with."""

_NEXT_MARK: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_CHUNKS: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP",
     b"sBIT", b"bKGD", b"pHYs"}
)  # fmt: skip
"""Chunks of a PNG without which the picture looks different."""

_ORIENTATION: Final = 0x0112
_TURNED: Final = range(2, 9)
_ENTRY: Final = 12
_ENTRIES_MAX: Final = 500


def without_traces(path: Path, _arguments: dict[str, Any]) -> Answer:
    """The picture without them as content; no content where there is nothing to take away.

    Raises:
        Finding: ``image.broken``.
    """
    whole = path.read_bytes()
    try:
        content = b"".join(_png(whole) if whole.startswith(PNG_HEAD) else _jpeg(whole))
    except (struct.error, IndexError) as error:
        raise Finding("image.broken") from error
    is_same = content == whole
    return Answer({"changed": not is_same}, b"" if is_same else content)


def _jpeg(content: bytes) -> Iterator[Piece]:
    """Segment after segment up to the first end of the picture."""
    whole = memoryview(content)
    yield JPEG_HEAD
    place, is_turned = 2, False
    while place < len(whole):
        mark, place = _mark(whole, place)
        if mark == _END:
            yield whole[place - 2 : place]
            return
        if mark in _ALONE:
            yield bytes((0xFF, mark))
            continue
        end = place + _length(whole, place)
        segment = whole[place:end]
        if mark == _EXIF and not is_turned and (turned := _orientation_of(bytes(segment[2:]))):
            is_turned = True
            yield _exif_segment(turned)
        elif _stays(mark, segment):
            yield bytes((0xFF, mark))
            yield segment
        if mark == _SCAN:
            scan = end
            found = _NEXT_MARK.search(content, scan)
            end = found.start() if found else len(whole)
            yield whole[scan:end]
        place = end


def _mark(whole: memoryview, place: int) -> tuple[int, int]:
    """The next mark and where its segment begins; marks may be led in by any number of 0xFF."""
    if whole[place] != 0xFF:  # noqa: PLR2004 - the byte that leads in every mark
        raise Finding("image.broken")
    while whole[place] == 0xFF:  # noqa: PLR2004
        place += 1
    return whole[place], place + 1


def _length(whole: memoryview, place: int) -> int:
    length: int = struct.unpack_from(">H", whole, place)[0]
    if length < 2 or place + length > len(whole):  # noqa: PLR2004 - the length counts itself
        raise Finding("image.broken")
    return length


def _stays(mark: int, segment: memoryview) -> bool:
    if mark == _COMMENT:
        return False
    if mark in _APP:
        begin = _KEPT.get(mark, b"")
        return bool(begin) and segment[2 : 2 + len(begin)] == begin
    return True


def _orientation_of(segment: bytes) -> int:
    """Which side is up, 2 to 8; 0 where the picture stands as it is or the segment is not EXIF."""
    return orientation(segment[6:]) if segment.startswith(b"Exif\0") else 0


def orientation(tiff: bytes) -> int:
    """The orientation that an EXIF block states, 2 to 8; 0 for none, the usual one or nonsense."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    try:
        (start,) = struct.unpack_from(f"{order}L", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for number in range(min(count, _ENTRIES_MAX)):
            place = start + 2 + number * _ENTRY
            tag, kind = struct.unpack_from(f"{order}HH", tiff, place)
            if (tag, kind) == (_ORIENTATION, 3):
                (value,) = struct.unpack_from(f"{order}H", tiff, place + 8)
                return value if value in _TURNED else 0
    except struct.error:
        return 0
    return 0


def _exif(turned: int) -> bytes:
    """An EXIF block that says nothing but which side is up."""
    entry = struct.pack(">HHLHH", _ORIENTATION, 3, 1, turned, 0)
    return b"MM\0*" + struct.pack(">LH", 8, 1) + entry + bytes(4)


def _exif_segment(turned: int) -> bytes:
    block = b"Exif\0\0" + _exif(turned)
    return bytes((0xFF, _EXIF)) + struct.pack(">H", len(block) + 2) + block


def _png(content: bytes) -> Iterator[Piece]:
    """Chunk after chunk up to the end of the picture."""
    whole = memoryview(content)
    yield PNG_HEAD
    place = len(PNG_HEAD)
    while place < len(whole):
        (length,) = struct.unpack_from(">L", whole, place)
        end, name = place + 12 + length, bytes(whole[place + 4 : place + 8])
        if end > len(whole):
            raise Finding("image.broken")
        if name in _CHUNKS:
            yield whole[place:end]
        elif name == b"eXIf" and (turned := orientation(bytes(whole[place + 8 : end - 4]))):
            yield _chunk(b"eXIf", _exif(turned))
        if name == b"IEND":
            return
        place = end


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">L", len(content)) + name + content + struct.pack(">L", check)

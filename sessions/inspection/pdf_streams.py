"""Streams of a PDF: how they are packed, how much they unfold to, how many points a picture has."""

import zlib
from typing import Any, Final

from pypdf.generic import ArrayObject, StreamObject

from sessions.inspection.tasks import Finding

UNFOLDED_MAX: Final = 256 * 1024 * 1024
PIXELS_MAX: Final = 250_000_000  # a map of A0 at 300 points an inch has 140 million
_DEFLATE_MOST: Final = 1032  # zlib cannot pack better than that
_PACKERS: Final = frozenset(
    {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
)
_PIECE: Final = 4 * 1024 * 1024
_NAMES_MAX: Final = 8


def check(stream: StreamObject) -> None:
    """Refuse data kept in another file, packed bombs and pictures too large to draw."""
    if "/F" in stream:
        raise Finding("pdf.external")
    filters = _filters(stream)
    packers = [name for name in filters if name in _PACKERS]
    if len(packers) > 1 or len(filters) > _NAMES_MAX:
        raise Finding("pdf.bomb")
    if _number(stream, "/Width") * _number(stream, "/Height") > PIXELS_MAX:
        raise Finding("pdf.pixels", limit=PIXELS_MAX // 1_000_000)
    if packers and packers[0] in {"/FlateDecode", "/Fl"}:
        _check_unfolds(stream._data)  # noqa: SLF001 - the packed bytes have no public name
    if packers and packers[0] in {"/LZWDecode", "/LZW"} and len(stream._data) * 1400 > 2**31:  # noqa: SLF001
        raise Finding("pdf.bomb")


def _filters(stream: StreamObject) -> list[str]:
    held = stream.get("/Filter")
    named = held.get_object() if held is not None else []
    return [str(name) for name in named] if isinstance(named, ArrayObject) else [str(named)]


def _number(stream: StreamObject, key: str) -> int:
    held: Any = stream.get(key, 0)
    value = held.get_object() if hasattr(held, "get_object") else held
    return int(value) if isinstance(value, (int, float)) else 0


def _check_unfolds(packed: bytes) -> None:
    """Unfold it piece by piece, keeping nothing; small ones cannot become large."""
    if len(packed) * _DEFLATE_MOST <= UNFOLDED_MAX:
        return
    unfolding, total = zlib.decompressobj(), 0
    try:
        waiting = packed
        while waiting and not unfolding.eof:
            total += len(unfolding.decompress(waiting, _PIECE))
            waiting = unfolding.unconsumed_tail
            if total > UNFOLDED_MAX:
                raise Finding("pdf.bomb")
    except zlib.error:
        return  # a torn stream unfolds to nothing anywhere

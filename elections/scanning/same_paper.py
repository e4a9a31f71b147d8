"""Whether two images show the same paper: by the registered ink that people put on it."""

import zlib
from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from elections.scanning.geometry import CANONICAL
from elections.scanning.ink import Table

ALIKE: Final = 0.95
"""Two scans of one paper correlate above, two papers far below (scanning.md 4)."""

COARSE: Final = CANONICAL // 4
"""Canonical pixels a pixel of the signature: half a millimetre at the most."""


def signature_of(table: Table) -> bytes:
    """The side's ink without what was printed, blurred, coarse and compressed."""
    ink = table.ink * table.marks
    soft = cv2.GaussianBlur(ink, (5, 5), 0)
    height, width = soft.shape
    size = (width // COARSE, height // COARSE)
    coarse = cv2.resize(
        soft[: size[1] * COARSE, : size[0] * COARSE], size, interpolation=cv2.INTER_AREA
    )
    head = np.array([size[1], size[0]], dtype="<u2").tobytes()
    return zlib.compress(head + (coarse // 16).astype(np.uint8).tobytes(), 6)


def same_paper(first: bytes, second: bytes) -> float:
    """Correlation of two signatures, between -1 and 1; 0 where one has no ink."""
    return similarities([first, second])[0][2] if first and second else 0.0


def similarities(signatures: Sequence[bytes]) -> list[tuple[int, int, float]]:
    """Correlation of every pair: (place, place, correlation); other sizes count as different.

    All sums are of whole numbers, exact in double precision: no machine rounds them.
    """
    maps = [_map(signature) for signature in signatures]
    pairs = []
    for shape in sorted({one.shape for one in maps}):
        members = [number for number, one in enumerate(maps) if one.shape == shape]
        rows = np.array([maps[number].ravel() for number in members], dtype=np.float64)
        pairs += _correlated(members, rows)
    return sorted(pairs)


def alike(signatures: Sequence[bytes]) -> list[tuple[int, int]]:
    """Pairs that show the same paper; papers without ink are never alike."""
    return [(one, other) for one, other, value in similarities(signatures) if value >= ALIKE]


def _map(signature: bytes) -> NDArray[np.uint8]:
    raw = zlib.decompress(signature) if signature else b"\0\0\0\0"
    height, width = (int(value) for value in np.frombuffer(raw[:4], dtype="<u2"))
    return np.frombuffer(raw[4:], dtype=np.uint8).reshape(height, width)


def _correlated(members: Sequence[int], rows: NDArray[np.float64]) -> list[tuple[int, int, float]]:
    length = rows.shape[1]
    sums = rows.sum(axis=1)
    products = rows @ rows.T
    centred = products * length - np.outer(sums, sums)
    norms = np.sqrt(np.maximum(np.diagonal(centred), 0))
    scale = np.outer(norms, norms)
    values = np.divide(centred, scale, out=np.zeros_like(centred), where=scale > 0)
    return [
        (members[a], members[b], float(values[a, b]))
        for a in range(len(members))
        for b in range(a + 1, len(members))
    ]

"""The printed codes of a sheet: which paper, which side, and which way up."""

import re
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from elections.typesetting.ballot_code import FORMAT

Gray = NDArray[np.uint8]
Corner = tuple[float, float]

TEXT: Final = re.compile(FORMAT + r"([12])([AB])([0-9A-F]{8})(\d{1,18})")
WORKING: Final = 5.0
"""Pixels a millimetre at which codes are looked for first."""


@dataclass(frozen=True)
class Code:
    """A code that was read: `corners` in pixels, from its own top left clockwise."""

    poll: int
    page: int
    digest: str
    corner: str
    corners: tuple[Corner, Corner, Corner, Corner]


def find(gray: Gray, raw: Gray | None = None) -> list[Code]:
    """The sheet's codes; empty if there is none or none can be read.

    Args:
        gray: the image without streaks.
        raw: the image as it was given, where that is another one.
    """
    factor = max(1, round(max(gray.shape) / 297 / WORKING))
    small = shrunk(gray, factor)
    found = _read(small, factor)
    if found:
        return found
    blurred = cv2.GaussianBlur(small, (5, 5), 0)
    for image, scale in (
        (gray, 1),
        (gray if raw is None else raw, 1),
        (blurred, factor),
        (shrunk(gray, factor + 1), factor + 1),
    ):
        found = _read(image, scale, thorough=True)
        if found:
            return found
    return []


def shrunk(gray: Gray, factor: int) -> Gray:
    """The image with sides divided by a whole number, each pixel the mean of its block."""
    if factor == 1:
        return gray
    height, width = gray.shape[0] // factor * factor, gray.shape[1] // factor * factor
    size = (width // factor, height // factor)
    small: Gray = cv2.resize(gray[:height, :width], size, interpolation=cv2.INTER_AREA)
    return small


def _read(image: Gray, factor: int, *, thorough: bool = False) -> list[Code]:
    results = zxingcpp.read_barcodes(
        np.ascontiguousarray(image),
        formats=zxingcpp.barcode_formats_from_str("QRCode"),
        try_rotate=thorough,
        try_downscale=thorough,
        try_invert=False,
        text_mode=zxingcpp.TextMode.Plain,
    )
    found = [code for result in results if (code := _code(result, factor))]
    return sorted(found, key=lambda code: code.corner)


def _code(result: Any, factor: int) -> Code | None:
    parts = TEXT.fullmatch(result.text)
    if parts is None:
        return None
    place = result.position
    points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    corners = tuple(((p.x + 0.5) * factor - 0.5, (p.y + 0.5) * factor - 0.5) for p in points)
    page, corner, digest, poll = parts.groups()
    return Code(int(poll), int(page), digest, corner, corners)  # type: ignore[arg-type]

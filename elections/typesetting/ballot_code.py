"""The style code of a ballot paper: which poll, which side, which layout; never which copy.

`N1`, side (1, 2), corner (A, B), eight hex digits of the box map's digest, poll; 13 to 20 signs of
QR's alphanumeric set, which makes the smallest code (21 modules) at error correction M.
"""

from collections.abc import Mapping
from typing import Final

import segno

from elections.typesetting import ballot_layout as layout
from elections.typesetting.box_map import BoxMap, digest_of

FORMAT: Final = "N1"
DIGEST_LETTERS: Final = 8


def text_of(poll: int, box_map: Mapping[str, object] | BoxMap, page: int, corner: str) -> str:
    """What the code in a corner of a side says, e.g. ``N11A3F2A9C0417``."""
    style = digest_of(box_map)[:DIGEST_LETTERS].upper()
    return f"{FORMAT}{page}{corner}{style}{poll}"


def drawn(poll: int, box_map: BoxMap, page: int) -> list[dict[str, object]]:
    """Both codes of a side as black bars: place and side of a module in mm, bars in modules."""
    return [
        {"x": x - size / 2, "y": y - size / 2, "module": size / len(rows), "bars": bars(rows)}
        for corner, (x, y) in layout.CODE_CENTRES.items()
        if (rows := modules(text_of(poll, box_map, page, corner)))
        and (size := layout.CODE_SIZES[corner])
    ]


def modules(text: str) -> list[list[int]]:
    """The code's modules row by row, 1 for black, without quiet zone."""
    code = segno.make_qr(text, error="m", boost_error=False)
    return [list(row) for row in code.matrix]


def bars(rows: list[list[int]]) -> list[list[int]]:
    """Runs of black modules: column, row, length."""
    found: list[list[int]] = []
    for place, row in enumerate(rows):
        start: int | None = None
        for column, is_black in enumerate([*row, 0]):
            if is_black and start is None:
                start = column
            elif not is_black and start is not None:
                found.append([start, place, column - start])
                start = None
    return found

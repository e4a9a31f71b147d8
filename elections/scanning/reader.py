"""Read one side of one paper. The same bytes give the same answers on every machine."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from council.rules.refusals import Refusal, gettext_noop
from elections.scanning import codes, decisions, geometry, images
from elections.scanning.features import BoxInk, measured
from elections.scanning.geometry import MARGIN_X, PrintedSide
from elections.scanning.ink import table_of
from elections.scanning.readings import (
    BLANK,
    BoxReading,
    EntryReading,
    Rectangle,
    SheetReading,
    Style,
)
from elections.scanning.registration import Registration, register
from elections.scanning.same_paper import signature_of
from elections.scanning.streaks import without_streaks
from elections.scanning.tones import drops_pale_ink
from elections.typesetting import ballot_layout as layout
from elections.typesetting.box_map import digest_of

VERSION: Final = "reader/3"

Gray = NDArray[np.uint8]

SMALLEST: Final = 700
"""A side of fewer pixels shows no paper that can be read."""

MOST_BLANK: Final = 0.3
"""Where a scanner drops pale ink, rows may be blank for that: no more of them are believed."""

NO_CODE: Final = gettext_noop(
    "Không đọc được mã in trên phiếu: không phải phiếu của cuộc bỏ phiếu, trang trắng, phiếu rách "
    "hoặc ảnh mờ. Kiểm tay phiếu này."
)
WRONG_POLL: Final = gettext_noop(
    "Phiếu này thuộc cuộc bỏ phiếu khác (số %(poll)d). Không tính vào cuộc bỏ phiếu này."
)
WRONG_STYLE: Final = gettext_noop(
    "Phiếu này in theo mẫu khác với mẫu phiếu đã chốt của cuộc bỏ phiếu. Kiểm tay phiếu này."
)
LOST: Final = gettext_noop(
    "Ảnh làm mất phần lớn nét đánh dấu: bút quá nhạt hoặc máy quét đặt chế độ đen trắng. "
    "Hãy quét lại phiếu ở chế độ xám, hoặc kiểm tay phiếu này."
)
TWO_PAPERS: Final = gettext_noop(
    "Trong ảnh có hơn một phiếu hoặc mã in trên phiếu mâu thuẫn nhau. Quét lại từng phiếu."
)


def read_image(gray: Gray, box_map: Mapping[str, Any], style: Style) -> SheetReading:
    """What stands in the boxes of one side, or why it cannot be said.

    Args:
        gray: the scanned image, any rotation, 118 dpi and more.
        box_map: the map of the poll's paper (``omr-box-map/1``).
        style: the poll and the digest that the paper's codes must name.
    """
    cv2.setNumThreads(1)
    template = digest_of(box_map)
    page = 0
    try:
        clean = without_streaks(gray)
        found = _expected(clean, gray, style)
        page = found[0].page
        side = _side(box_map, page)
        place = register(clean, found, side)
        return _read(clean, gray, side, place, template)
    except Refusal as refusal:
        return _refused(refusal, page, template)


def read_file(
    path: Path, box_map: Mapping[str, Any], style: Style, name: str = ""
) -> Iterator[tuple[str, SheetReading]]:
    """Name and reading of every image of a file; what cannot be opened is refused, too."""
    for page in images.pages(path, name):
        if page.gray is not None:
            yield page.name, read_image(page.gray, box_map, style)
        elif page.refusal is not None:
            yield page.name, _refused(page.refusal, 0, digest_of(box_map))


def _refused(refusal: Refusal, page: int, template: str) -> SheetReading:
    return SheetReading(
        status="refused", why=refusal.sentence, params=refusal.params, code=refusal.code,
        page=page, reader=VERSION, thresholds=decisions.THRESHOLDS, template=template,
    )  # fmt: skip


def _side(box_map: Mapping[str, Any], page: int) -> PrintedSide:
    side = geometry.printed_side(box_map, page)
    if side is None:
        raise Refusal("scan.wrong_style", WRONG_STYLE)
    return side


def _expected(gray: Gray, raw: Gray, style: Style) -> list[codes.Code]:
    """The codes of the image, all of them this poll's and one side's."""
    if min(gray.shape) < SMALLEST:
        raise Refusal("scan.no_code", NO_CODE)
    found = codes.find(gray, raw)
    if not found:
        raise Refusal("scan.no_code", NO_CODE)
    first = found[0]
    if len({code.corner for code in found}) < len(found) or any(
        (code.poll, code.page, code.digest) != (first.poll, first.page, first.digest)
        for code in found
    ):
        raise Refusal("scan.two_papers", TWO_PAPERS)
    if first.poll != style.poll:
        raise Refusal("scan.wrong_poll", WRONG_POLL, params={"poll": first.poll})
    if first.digest != style.digest:
        raise Refusal("scan.wrong_style", WRONG_STYLE)
    return found


def _read(
    gray: Gray, raw: Gray, side: PrintedSide, place: Registration, template: str
) -> SheetReading:
    table = table_of(gray, raw, side, place)
    boxes = measured(table)
    hand = decisions.hand_of(boxes)
    if hand.is_lost:
        raise Refusal("scan.lost", LOST)
    turns = _turns(place)
    entries = []
    for start in range(0, len(boxes), side.columns):
        row = slice(start, start + side.columns)
        options = [box.option for box in side.boxes[row]]
        value, reason, found = decisions.answer(options, boxes[row], hand)
        entries.append(
            EntryReading(
                code=side.boxes[start].entry, value=value, reason=reason,
                crop=_crop(gray, side, place, start), turns=turns,
                boxes=_readings(options, found, boxes[row]),
            )
        )  # fmt: skip
    blank = sum(entry.value == BLANK for entry in entries)
    if blank > MOST_BLANK * len(entries) and drops_pale_ink(raw):
        raise Refusal("scan.lost", LOST)
    return SheetReading(
        status="read", page=side.page, entries=tuple(entries), signature=signature_of(table),
        reader=VERSION, thresholds=decisions.THRESHOLDS, template=template,
        scale=round(place.plane.scale_at(105, 148)[0], 3),
    )  # fmt: skip


def _readings(
    options: Sequence[str], found: Sequence[str], boxes: Sequence[BoxInk]
) -> tuple[BoxReading, ...]:
    return tuple(
        BoxReading(
            option=option, found=one, area=round(box.area, 3), length=round(box.length, 3),
            depth=round(box.depth, 3), cover=round(box.cover, 3), foreign=round(box.foreign, 3),
            around=round(box.around, 3),
        )
        for option, one, box in zip(options, found, boxes, strict=True)
    )  # fmt: skip


def _turns(place: Registration) -> int:
    """Quarter turns counterclockwise that bring the image upright."""
    here, right = place.plane.at(100, 150), place.plane.at(110, 150)
    across, down = right[0] - here[0], right[1] - here[1]
    if abs(across) >= abs(down):
        return 0 if across > 0 else 2
    return 1 if down > 0 else 3


def _crop(gray: Gray, side: PrintedSide, place: Registration, start: int) -> Rectangle:
    """The row's boxes and a little around them, in the image as it was given."""
    first, last = side.boxes[start], side.boxes[start + side.columns - 1]
    left, right = first.x - MARGIN_X, last.x + layout.BOX_WIDTH + MARGIN_X
    top, bottom = first.y - 2.5, first.y + layout.BOX_HEIGHT + 2.5
    points = [place.at(x, y) for x in (left, right) for y in (top, bottom)]
    height, width = gray.shape
    x0 = max(0, int(min(x for x, _ in points)))
    y0 = max(0, int(min(y for _, y in points)))
    x1 = min(width, int(max(x for x, _ in points)) + 1)
    y1 = min(height, int(max(y for _, y in points)) + 1)
    return x0, y0, x1 - x0, y1 - y0

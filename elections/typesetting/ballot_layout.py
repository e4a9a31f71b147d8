"""Where everything stands on a ballot paper, in millimetres from the sheet's top left corner.

The same numbers draw the boxes and make the box map, so that a scanned paper is read where it was
printed. Distances follow a prototype that read 20,000 marks without an error (scanning.md 3):
four solid squares, a bar at both ends of every row, and nothing printed within 3 mm of a box.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from council.rules.refusals import Refusal, gettext_noop

PAGE_WIDTH: Final = 210.0
PAGE_HEIGHT: Final = 297.0
SQUARE: Final = 6.0
SQUARE_CENTRES: Final = (13.0, 13.0, PAGE_WIDTH - 13.0, PAGE_HEIGHT - 13.0)
BAR_WIDTH: Final = 4.0
BAR_HEIGHT: Final = 1.5
BOX_WIDTH: Final = 7.0
BOX_HEIGHT: Final = 5.0
OUTLINE: Final = 0.3
CLEAR: Final = 3.0
"""Nothing but the outline is printed this near to a box."""

CODE_CENTRES: Final = {"A": (184.0, 16.5), "B": (25.0, 287.25)}
"""The style code stands top right and bottom left, so that no stain or torn corner takes both."""

CODE_SIZES: Final = {"A": 15.0, "B": 10.5}
"""Sides of the codes; below the table there is less room."""

CODE_QUIET: Final = 2.0
"""Nothing is printed this near to a code."""

LEFT: Final = 18.0
RIGHT: Final = PAGE_WIDTH - LEFT
BOTTOM: Final = 279.9
TOP_OF_FRONT: Final = 48.5
TOP_OF_ROOMY_FRONT: Final = 84.0
TOP_OF_BACK: Final = 27.0
HEADING_HEIGHT: Final = 7.7
BLOCK_HEIGHT: Final = 5.4
ROW_HEIGHT: Final = 8.5
ROW_STRETCH: Final = 5.0
OPTION_WIDTH: Final = 23.0
ORDINAL_WIDTH: Final = 9.0
NAME_WIDTH: Final = 39.0
ROWS_A_SIDE: Final = 25
WORD_LETTERS: Final = 25
"""A longer word would run out of its column, across the boxes."""

_LINE: Final = 3.52
"""Height of one line of a post at 9 pt."""

_LETTER_WIDTH: Final = 9 * 0.3528 * 0.45
_PADDING: Final = 3.0


@dataclass(frozen=True)
class Line:
    """What the layout must know of an entry: its texts decide the height of its row."""

    name: str
    post: str
    block: str


@dataclass(frozen=True)
class Row:
    """One entry on a side: index in the list, number within its block, place and height."""

    entry: int
    ordinal: int
    y: float
    height: float

    @property
    def box_y(self) -> float:
        """Top of the row's boxes."""
        return round(self.y + (self.height - BOX_HEIGHT) / 2, 2)


@dataclass(frozen=True)
class BlockTitle:
    """The line above the rows of a block; `number` counts the blocks from 1."""

    label: str
    number: int
    is_continued: bool
    y: float


@dataclass(frozen=True)
class Side:
    """One side of the sheet."""

    page: int
    top: float
    bottom: float
    rows: tuple[Row, ...]
    titles: tuple[BlockTitle, ...]


@dataclass(frozen=True)
class Columns:
    """Left edges of the columns; None for a column that the paper does not have."""

    ordinal: float | None
    name: float
    post: float | None
    options: tuple[float, ...]

    @property
    def edges(self) -> tuple[float, ...]:
        """All vertical rules from left to right."""
        inner = [x for x in (self.ordinal, self.name, self.post, *self.options) if x is not None]
        return (*inner, RIGHT)

    @property
    def boxes(self) -> tuple[float, ...]:
        """Left edges of the boxes."""
        return tuple(round(x + (OPTION_WIDTH - BOX_WIDTH) / 2, 2) for x in self.options)


def columns(*, options: int, has_ordinal: bool, has_post: bool) -> Columns:
    """Divide the width: options at the right, the name (and the post) take what is left."""
    first_option = RIGHT - options * OPTION_WIDTH
    name = LEFT + (ORDINAL_WIDTH if has_ordinal else 0.0)
    return Columns(
        ordinal=LEFT if has_ordinal else None,
        name=name,
        post=name + NAME_WIDTH if has_post else None,
        options=tuple(first_option + place * OPTION_WIDTH for place in range(options)),
    )


def sides(lines: Sequence[Line], layout: Columns) -> tuple[Side, ...]:
    """Lay the entries on one side, or on both sides of the one sheet.

    Raises:
        Refusal: ``ballot.too_long`` if they do not fit on both sides, ``ballot.long_word``.
    """
    _refuse_long_words(lines)
    heights = [_needed(line, layout) for line in lines]
    count = len(lines)
    if count <= ROWS_A_SIDE and _spare(lines, heights, range(count), TOP_OF_FRONT) >= 0:
        return (_front(lines, heights, count),)
    for split in sorted(range(1, count), key=lambda place: (abs(2 * place - count), -place)):
        if _fits_both(lines, heights, split):
            front = _front(lines, heights, split)
            return (front, _back(lines, heights, split, stretch_at_most=_stretch(front, heights)))
    raise Refusal(
        "ballot.too_long",
        gettext_noop(
            "Danh sách %(count)d người không in vừa hai mặt của một tờ A4. "
            "Hãy rút gọn chức vụ ghi trên phiếu hoặc chia thành hai cuộc bỏ phiếu."
        ),
        params={"count": count},
    )


def _refuse_long_words(lines: Sequence[Line]) -> None:
    for line in lines:
        for word in (*line.name.split(), *line.post.split()):
            if len(word) > WORD_LETTERS:
                raise Refusal(
                    "ballot.long_word",
                    gettext_noop(
                        "“%(word)s…” ở dòng của %(name)s dài quá %(limit)d chữ liền nhau, "
                        "không in vừa cột. Hãy viết cách ra."
                    ),
                    params={"word": word[:12], "name": line.name[:40], "limit": WORD_LETTERS},
                )


def _needed(line: Line, layout: Columns) -> float:
    name_right = layout.post if layout.post is not None else layout.options[0]
    count = _line_count(line.name, name_right - layout.name, 1.15)
    if layout.post is not None:
        count = max(count, _line_count(line.post, layout.options[0] - layout.post, 1.0))
    return max(ROW_HEIGHT, round(count * _LINE + 1.0, 1))


def _line_count(text: str, width: float, weight: float) -> int:
    letters = max(1, math.floor((width - _PADDING) / (_LETTER_WIDTH * weight)))
    count, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > letters:
            count, used = count + 1, 0
        used += len(word) + (1 if used else 0)
        count += (used - 1) // letters
        used = (used - 1) % letters + 1
    return count


def _titles_in(lines: Sequence[Line], span: range) -> int:
    titles = 0
    for place in span:
        starts = place == span.start or lines[place].block != lines[place - 1].block
        titles += bool(lines[place].block) and starts
    return titles


def _spare(lines: Sequence[Line], heights: Sequence[float], span: range, top: float) -> float:
    used = HEADING_HEIGHT + BLOCK_HEIGHT * _titles_in(lines, span)
    return round(BOTTOM - top - used - sum(heights[span.start : span.stop]), 2)


def _fits_both(lines: Sequence[Line], heights: Sequence[float], split: int) -> bool:
    count = len(lines)
    return (
        split <= ROWS_A_SIDE
        and count - split <= ROWS_A_SIDE
        and _spare(lines, heights, range(split), TOP_OF_FRONT) >= 0
        and _spare(lines, heights, range(split, count), TOP_OF_BACK) >= 0
    )


def _front(lines: Sequence[Line], heights: Sequence[float], after: int) -> Side:
    """Spare height goes to the rows first (three quarters), then to the heading of the sheet."""
    spare = _spare(lines, heights, range(after), TOP_OF_FRONT)
    stretch = _tenths(min(ROW_STRETCH, 0.75 * spare / after))
    top = min(TOP_OF_ROOMY_FRONT, _tenths(TOP_OF_FRONT + spare - stretch * after))
    return _side(1, lines, [height + stretch for height in heights], range(after), top)


def _stretch(front: Side, heights: Sequence[float]) -> float:
    return front.rows[0].height - heights[0]


def _back(
    lines: Sequence[Line], heights: Sequence[float], first: int, *, stretch_at_most: float
) -> Side:
    span = range(first, len(lines))
    spare = _spare(lines, heights, span, TOP_OF_BACK)
    stretch = _tenths(min(stretch_at_most, spare / len(span)))
    stretched = [height + stretch for height in heights]
    return _side(2, lines, stretched, span, TOP_OF_BACK)


def _tenths(value: float) -> float:
    return math.floor(value * 10 + 1e-6) / 10


def _side(
    page: int, lines: Sequence[Line], heights: Sequence[float], span: range, top: float
) -> Side:
    rows: list[Row] = []
    titles: list[BlockTitle] = []
    y = top + HEADING_HEIGHT
    for place in span:
        block, ordinal = lines[place].block, _ordinal(lines, place)
        if block and (place == span.start or ordinal == 1):
            number = _block_number(lines, place)
            titles.append(BlockTitle(block, number, is_continued=ordinal > 1, y=round(y, 2)))
            y += BLOCK_HEIGHT
        rows.append(Row(place, ordinal, round(y, 2), round(heights[place], 2)))
        y += heights[place]
    return Side(page, top, round(y, 2), tuple(rows), tuple(titles))


def _ordinal(lines: Sequence[Line], place: int) -> int:
    """Numbers begin anew in each block."""
    start = place
    while start > 0 and lines[start - 1].block == lines[place].block:
        start -= 1
    return place - start + 1


def _block_number(lines: Sequence[Line], place: int) -> int:
    return 1 + sum(
        lines[earlier].block != lines[earlier - 1].block for earlier in range(1, place + 1)
    )

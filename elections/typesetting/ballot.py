"""The ballot paper and its box map, both from the same numbers.

Every copy of a poll's paper is the same: no serial, no code of its own, nothing that could tell
one voter's paper from another's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from council.rules.text import roman
from council.typesetting.compile import compile_pdf
from elections.typesetting import ballot_code
from elections.typesetting import ballot_layout as layout
from elections.typesetting.box_map import CONTRACT, BoxMap, MapBox, MapPage

TEMPLATE: Final = "elections/typesetting/ballot.typ"

BallotKind = Literal["confidence", "no_confidence", "election", "dismissal", "removal"]


@dataclass(frozen=True)
class BallotEntry:
    """One line: `code` (c01) names it in the map; `block` is a group's title or empty."""

    code: str
    name: str
    post: str
    block: str = ""


@dataclass(frozen=True)
class BallotOption:
    """One column of boxes: `code` (high) names it in the map, `label` stands above it."""

    code: str
    label: str


@dataclass(frozen=True)
class BallotSheet:
    """Everything that stands on the paper.

    Args:
        poll: the poll's number, in the style code; never a number of the paper.
        kind: an election's paper has no posts, and no numbers if there is one candidate.
        council_name_lines: top left, where the council's seal is set (dấu treo).
        title: in capitals, e.g. PHIẾU LẤY PHIẾU TÍN NHIỆM.
        subject: the line below the title, in small letters; empty for none.
        session_line: the session and the day.
        entries: in the order of the paper; entries of one block stand together.
        options: two or three, from left to right.
        instructions: how to mark, each a sentence.
    """

    poll: int
    kind: BallotKind
    council_name_lines: Sequence[str]
    title: str
    subject: str
    session_line: str
    entries: Sequence[BallotEntry]
    options: Sequence[BallotOption]
    instructions: Sequence[str]


@dataclass(frozen=True)
class BallotPaper:
    """`pdf` has one or two pages: front and back of one sheet."""

    pdf: bytes
    box_map: BoxMap


def typeset(sheet: BallotSheet, *, created: datetime) -> BallotPaper:
    """The paper as PDF/A-2a and the map of its boxes.

    Raises:
        Refusal: ``ballot.too_long`` if the list does not fit on both sides of one sheet,
            ``ballot.long_word``, ``document.letter_missing``.
        ValueError: if codes are not unique or an option begins with ``@``.

    Source: Resolution 96/2023/QH15 Art. 18 (table of name, post and boxes, seal top left);
    guidance 883/HD-UBTVQH14 (columns of an election's paper).
    """
    _check_codes(sheet)
    columns = layout.columns(
        options=len(sheet.options), has_ordinal=_has_ordinal(sheet), has_post=_has_post(sheet)
    )
    lines = [layout.Line(entry.name, entry.post, entry.block) for entry in sheet.entries]
    sides = layout.sides(lines, columns)
    box_map = _box_map(sheet, sides, columns)
    data: dict[str, object] = {
        "document_title": f"{sheet.title}. {sheet.session_line}",
        "issuer": list(sheet.council_name_lines),
        "title": sheet.title,
        "subject": sheet.subject,
        "session_line": sheet.session_line,
        "instructions": list(sheet.instructions),
        "box": {
            "width": layout.BOX_WIDTH, "height": layout.BOX_HEIGHT, "outline": layout.OUTLINE
        },
        "bar": {"width": layout.BAR_WIDTH, "height": layout.BAR_HEIGHT},
        "square": layout.SQUARE,
        "left": layout.LEFT,
        "right": layout.RIGHT,
        "sides": [
            _side(sheet, side, columns, count=len(sides))
            | {"codes": ballot_code.drawn(sheet.poll, box_map, side.page)}
            for side in sides
        ],
    }  # fmt: skip
    return BallotPaper(pdf=compile_pdf(TEMPLATE, data, created=created), box_map=box_map)


def _has_post(sheet: BallotSheet) -> bool:
    return sheet.kind != "election"


def _has_ordinal(sheet: BallotSheet) -> bool:
    return sheet.kind != "election" or len(sheet.entries) > 1


def _check_codes(sheet: BallotSheet) -> None:
    entries = [entry.code for entry in sheet.entries]
    options = [option.code for option in sheet.options]
    if not entries or not options:
        message = "a ballot paper needs entries and options"
        raise ValueError(message)
    if len(set(entries)) < len(entries) or len(set(options)) < len(options):
        message = "codes of entries and of options must be unique"
        raise ValueError(message)
    if any(option.startswith("@") for option in options):
        message = "no option may begin with @"
        raise ValueError(message)


def _box_map(sheet: BallotSheet, sides: Sequence[layout.Side], columns: layout.Columns) -> BoxMap:
    boxes: list[MapBox] = [
        {
            "page": side.page, "x": x, "y": row.box_y,
            "w": layout.BOX_WIDTH, "h": layout.BOX_HEIGHT,
            "entry": sheet.entries[row.entry].code, "option": option.code,
        }
        for side in sides
        for row in side.rows
        for option, x in zip(sheet.options, columns.boxes, strict=True)
    ]  # fmt: skip
    pages: list[MapPage] = [
        {"page": side.page, "width": int(layout.PAGE_WIDTH), "height": int(layout.PAGE_HEIGHT)}
        for side in sides
    ]
    return {
        "contract": CONTRACT, "units": "mm", "origin": "top-left", "pages": pages, "boxes": boxes
    }  # fmt: skip


def _side(
    sheet: BallotSheet, side: layout.Side, columns: layout.Columns, *, count: int
) -> dict[str, object]:
    left, top, right, bottom = layout.SQUARE_CENTRES
    return {
        "is_front": side.page == 1,
        "turn_over": side.page < count,
        "top": side.top,
        "squares": [[x, y] for y in (top, bottom) for x in (left, right)],
        "bars": [[x, row.y + row.height / 2] for row in side.rows for x in (left, right)],
        "headings": _headings(sheet, side, columns),
        "titles": [
            {
                "y": title.y, "height": layout.BLOCK_HEIGHT,
                "width": columns.boxes[0] - layout.CLEAR - layout.LEFT - 1.5,
                "text": f"{roman(title.number)}. {title.label.upper()}"
                + (" (tiếp theo)" if title.is_continued else ""),
            }
            for title in side.titles
        ],
        "cells": [cell for row in side.rows for cell in _cells(sheet, row, columns)],
        "boxes": [[x, row.box_y] for row in side.rows for x in columns.boxes],
        "rules": [*_horizontal_rules(side, columns), *_vertical_rules(side, columns)],
    }  # fmt: skip


def _headings(
    sheet: BallotSheet, side: layout.Side, columns: layout.Columns
) -> list[dict[str, object]]:
    words = ["STT"] * (columns.ordinal is not None) + ["HỌ VÀ TÊN"]
    words += ["CHỨC VỤ"] * (columns.post is not None)
    words += [option.label for option in sheet.options]
    spans = zip(columns.edges, columns.edges[1:], words, strict=False)
    # Two lines of words ("Không biểu quyết") would come too near to the boxes of the first row.
    free = round(side.rows[0].box_y - layout.CLEAR - side.top, 2)
    height = min(layout.HEADING_HEIGHT, free)
    return [
        {"x": x, "y": side.top, "width": end - x, "height": height, "text": word}
        for x, end, word in spans
    ]


def _cells(sheet: BallotSheet, row: layout.Row, columns: layout.Columns) -> list[dict[str, object]]:
    entry = sheet.entries[row.entry]
    texts: list[tuple[str, str]] = []
    if columns.ordinal is not None:
        texts.append(("ordinal", str(row.ordinal)))
    texts.append(("name", entry.name))
    if columns.post is not None:
        texts.append(("post", entry.post))
    spans = zip(columns.edges, columns.edges[1:], texts, strict=False)
    return [
        {"x": x, "y": row.y, "width": end - x, "height": row.height, "kind": kind, "text": text}
        for x, end, (kind, text) in spans
    ]


def _horizontal_rules(side: layout.Side, columns: layout.Columns) -> list[list[float]]:
    """Rules below heading, titles and rows; broken around boxes nearer than `layout.CLEAR`."""
    heights = {side.top, side.bottom, *(row.y for row in side.rows)}
    heights |= {title.y for title in side.titles}
    rules = []
    for y in sorted(heights):
        near = any(
            row.box_y - layout.CLEAR < y < row.box_y + layout.BOX_HEIGHT + layout.CLEAR
            for row in side.rows
        )
        gaps = columns.boxes if near else ()
        starts = [layout.LEFT, *(x + layout.BOX_WIDTH + layout.CLEAR for x in gaps)]
        ends = [*(x - layout.CLEAR for x in gaps), layout.RIGHT]
        rules += [[start, y, end, y] for start, end in zip(starts, ends, strict=True)]
    return rules


def _vertical_rules(side: layout.Side, columns: layout.Columns) -> list[list[float]]:
    """The outer rules run through; the inner ones leave out the titles of blocks."""
    starts = [side.top, *(title.y + layout.BLOCK_HEIGHT for title in side.titles)]
    ends = [*(title.y for title in side.titles), side.bottom]
    pieces = list(zip(starts, ends, strict=True))
    inner = [[x, y, x, end] for x in columns.edges[1:-1] for y, end in pieces]
    return [[x, side.top, x, side.bottom] for x in (layout.LEFT, layout.RIGHT)] + inner

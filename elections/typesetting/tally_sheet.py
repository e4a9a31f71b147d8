"""A counted poll as it stands on paper: shared by the minutes and the list for reading aloud."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Final

from council.rules.figures import count_in_document, date_in_document, percent_vi, time_vi
from council.rules.text import roman

NOT_TOLD: Final = "–"


@dataclass(frozen=True)
class TallyOption:
    """One option of the paper and its name in a sentence: ``Tín nhiệm cao``."""

    code: str
    label: str


@dataclass(frozen=True)
class TallyFigure:
    """Votes for one option of one person; None where the source does not tell."""

    votes: int | None
    percent: Decimal | None


@dataclass(frozen=True)
class TallyLine:
    """One person's result.

    Args:
        title: ``ông``, ``bà`` or empty.
        name: full name.
        post: as printed on the ballot paper.
        block: a group's title or empty.
        figures: one for each option of the poll, in their order.
        void: papers that count for nobody in this person's row; None if not told.
        conclusion: what follows, as a sentence with its article; empty for none.
    """

    title: str
    name: str
    post: str
    block: str
    figures: Sequence[TallyFigure]
    void: int | None
    conclusion: str = ""


@dataclass(frozen=True)
class TallyTotals:
    """Numbers of ballot papers; None where not recorded."""

    printed: int | None
    issued: int
    unused: int | None
    spoiled: int | None
    returned: int
    not_returned: int | None
    valid: int
    invalid: int


@dataclass(frozen=True)
class TallySheet:
    """The agreed count of one poll.

    Args:
        council_name_lines: issuing body in capitals.
        committee_name: ``Ban kiểm phiếu``, with the session if wanted.
        subject: what was voted on, following "kiểm phiếu", e.g. ``lấy phiếu tín nhiệm đối với …``.
        session_line: ``kỳ họp thứ 13 Hội đồng nhân dân quận Hà Đông khóa XXI``.
        place: town, for the date line; `hall`: where the count was held.
        held_on: day of the count. `began`, `ended`: local time; None leaves dots.
        members: (name, post) of the ballot committee, head and secretary first.
        total_delegates, present: numbers of delegates.
        base_name: base of the percentages in words, e.g. ``tổng số phiếu thu về``.
        base_value: its value. `base_cite`: the article that names it; empty for none.
        remarks: complaints and remarks; empty prints "không có".
        notes: further sentences, e.g. how differing figures were counted again.
        illustrative_note: printed at the foot of each page; empty for none.
        way: how the papers were counted, in words without a stop; empty leaves the line out.
    """

    council_name_lines: Sequence[str]
    committee_name: str
    subject: str
    session_line: str
    place: str
    hall: str
    held_on: date
    began: datetime | None
    ended: datetime | None
    members: Sequence[tuple[str, str]]
    total_delegates: int
    present: int
    options: Sequence[TallyOption]
    totals: TallyTotals
    lines: Sequence[TallyLine]
    base_name: str
    base_value: int
    base_cite: str
    remarks: str = ""
    notes: Sequence[str] = ()
    illustrative_note: str = ""
    way: str = ""


def figure_in_document(count: int | None) -> str:
    """``04``, ``34`` or a dash."""
    return NOT_TOLD if count is None else count_in_document(count)


def percent_in_document(percent: Decimal | None) -> str:
    """``97,5%`` or a dash."""
    return NOT_TOLD if percent is None else percent_vi(percent)


def moment_in_document(moment: datetime | None, day: date) -> str:
    """``8 giờ 30, ngày 12 tháng 12 năm 2023``; dots to be filled in where the time is not known."""
    return f"{time_vi(moment.time()) if moment else '… giờ …'}, {date_in_document(day)}"


def base_sentence(sheet: TallySheet) -> str:
    """What the percentages are of, with the article."""
    cite = f", theo {sheet.base_cite}" if sheet.base_cite else ""
    base = f"{sheet.base_name} ({count_in_document(sheet.base_value)})"
    return f"Tỷ lệ phần trăm (%) tính trên {base}{cite}."


def person_in_sentence(line: TallyLine) -> str:
    """``Bà Trần Thị Lương An, Phó Chủ tịch …``."""
    called = f"{line.title.capitalize()} {line.name}".strip()
    return f"{called}, {line.post}" if line.post else called


def blocks(sheet: TallySheet) -> list[tuple[str, list[TallyLine]]]:
    """Lines by block: (``I. KHỐI HỘI ĐỒNG NHÂN DÂN``, lines); one block without title if none."""
    grouped = [(block, list(lines)) for block, lines in groupby(sheet.lines, lambda it: it.block)]
    return [
        (f"{roman(number)}. {block.upper()}" if block else "", lines)
        for number, (block, lines) in enumerate(grouped, start=1)
    ]

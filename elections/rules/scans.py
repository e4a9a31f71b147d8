"""Scanned papers: which sides make one paper, which rows people look at, what was decided.

A machine that is not certain does not decide: the row goes to two people, the paper to the hand
count. Source: practice, no article.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from council.rules.refusals import gettext_noop
from elections.rules.papers import BLANK, OVER

REVIEW: Final = "@review"
"""The machine does not decide the row."""

HAND: Final = "@hand"
"""What people answer where the picture does not decide it either: the paper is counted by hand."""

ODD: Final = gettext_noop(
    "Phiếu in hai mặt nhưng tệp có số trang lẻ nên không biết hai mặt nào là của một tờ."
)
NOT_A_PAIR: Final = gettext_noop(
    "Hai trang liền nhau không phải mặt trước rồi mặt sau nên không chắc là của một tờ. Đặt cả xấp "
    "cùng chiều, tắt chế độ bỏ trang trắng."
)
OTHER_SIDE: Final = gettext_noop("Mặt kia của tờ này không đọc được.")


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of one scanned side when sides are put together.

    Attributes:
        page: 1 front, 2 back, 0 unknown.
        is_read: the reader did not refuse it.
    """

    page: int
    is_read: bool


@dataclass(frozen=True, slots=True)
class Grouped:
    """The sides of one paper by their places in the file; `code` and `why` where it is refused."""

    places: tuple[int, ...]
    code: str = ""
    why: str = ""


def grouped(sides: Sequence[Side], sides_of_paper: int) -> list[Grouped]:
    """The papers of one file: single sides, or front and back one after the other.

    Papers bear no number, so only their place in the file tells which front and back belong
    together: a duplex scanner writes front, back, front, back. Whatever does not follow that is
    refused: a lost side would else join the front of one paper to the back of another.
    """
    if sides_of_paper == 1:
        return [Grouped((place,)) for place in range(len(sides))]
    if len(sides) % 2:
        return [Grouped((place,), "scan.odd_pages", ODD) for place in range(len(sides))]
    pairs = [(place, place + 1) for place in range(0, len(sides), 2)]
    return [_pair(pair, sides[pair[0]], sides[pair[1]]) for pair in pairs]


def _pair(places: tuple[int, int], front: Side, back: Side) -> Grouped:
    if front.is_read and back.is_read and (front.page, back.page) == (1, 2):
        return Grouped(places)
    if front.is_read and back.is_read:
        return Grouped(places, "scan.not_a_pair", NOT_A_PAIR)
    if not front.is_read and not back.is_read:
        return Grouped(places)  # each says for itself why it was refused
    return Grouped(places, "scan.other_side", OTHER_SIDE)


def needs_people(mark: str, *, has_ink: bool, is_strict: bool) -> bool:
    """Whether two people look at the row.

    Args:
        mark: what the machine says.
        has_ink: there is ink in or near a box of the row.
        is_strict: the committee wants to see every row with several marks, and every row that
            counts as blank although there is ink.
    """
    if mark == REVIEW:
        return True
    return is_strict and (mark == OVER or (mark == BLANK and has_ink))


def settled(answers: Mapping[str, str]) -> str | None:
    """What people decided about a row, or None while they have not.

    Args:
        answers: by place: first, second, head.
    """
    if "head" in answers:
        return answers["head"]
    if answers.keys() >= {"first", "second"} and answers["first"] == answers["second"]:
        return answers["first"]
    return None


def is_disputed(answers: Mapping[str, str]) -> bool:
    """Two people saw different things and the head has not spoken yet."""
    both = answers.keys() >= {"first", "second"}
    return both and "head" not in answers and answers["first"] != answers["second"]


def decided(marks: Mapping[str, str], people: Mapping[str, str | None]) -> dict[str, str] | None:
    """A paper's marks with the people's word where they looked; None while a row is open."""
    found = {code: people.get(code, mark) for code, mark in marks.items()}
    if any(mark is None or mark == REVIEW for mark in found.values()):
        return None
    return {code: mark for code, mark in found.items() if mark is not None}


def in_turn(keys: Iterable[str], reader: int) -> list[str]:
    """The keys in an order of this reader's own: two people never see the rows in one order."""
    return sorted(keys, key=lambda key: hashlib.sha256(f"{reader}\n{key}".encode()).hexdigest())

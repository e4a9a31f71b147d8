"""What looks like personal data in a paper that is about to be published.

The search would rather ask once too often than miss: a clerk looks at each find and decides. What
official papers are full of (numbers of documents, amounts, dates) is not asked about.

Source: practice, no article: what a council's office strikes out before it publishes. The law on
the protection of personal data was not read; which article asks for it is uncertain.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class DataKind(StrEnum):
    """Sorts of personal data that a text gives away."""

    CITIZEN_ID = "citizen_id"
    PHONE = "phone"
    EMAIL = "email"
    BIRTH = "birth"
    ADDRESS = "address"
    BANK_ACCOUNT = "bank_account"


@dataclass(frozen=True, slots=True)
class Find:
    """A place in the text: ``text[start:end]`` is what would be masked."""

    kind: DataKind
    start: int
    end: int
    text: str


_SPACE: Final = r"[ \t\u00a0]"
_BETWEEN: Final = r"(?:[ \t\u00a0\u202f]{0,2}\n[ \t]?|[ \t\u00a0\u202f.\-\u2011–])?"
"""Between two digits of one number: a blank, a sign, or the end of a line."""
_GAP: Final = rf"(?:{_SPACE}*[:;.\-–]?{_SPACE}*\n?{_SPACE}*)"
"""Between a label and its value: a colon, or the border of a table's cell (a line break)."""


def _digits(first: str, more: int | str) -> str:
    return rf"{first}(?:{_BETWEEN}\d){{{more}}}"


_NUMBER_OF_A_PAPER: Final = _digits(r"(?:\b[A-Z])?\d", "6,12")
_NUMBER_OF_AN_ACCOUNT: Final = _digits(r"\d", "5,18")
_TWELVE: Final = _digits("0", 11)
_LABELLED_ID: Final = re.compile(
    rf"(?:CCCD|CMND|CMTND|căn{_SPACE}+cước|chứng{_SPACE}+minh(?:{_SPACE}+(?:nhân{_SPACE}+dân|thư))?"
    rf"|định{_SPACE}+danh(?:{_SPACE}+cá{_SPACE}+nhân)?|hộ{_SPACE}+chiếu)"
    rf"[^\d\n]{{0,40}}?\n?[^\d\n]{{0,10}}?(?P<value>{_NUMBER_OF_A_PAPER})(?!\d)",
    re.IGNORECASE,
)
_CITIZEN_ID: Final = re.compile(rf"(?<!\d)(?P<value>{_TWELVE})(?!\d)")
_OLD_ID: Final = re.compile(r"(?<![\d.,/\-])(?P<value>\d{9})(?![\d.,/]\d|\d)")
_MOBILE: Final = re.compile(
    rf"(?<!\d)(?P<value>(?:\+?{_SPACE}?\(?84\)?{_BETWEEN}|\(?0)[35789]\)?(?:{_BETWEEN}\(?\d\)?){{8}})(?!\d)"
)
_LANDLINE: Final = re.compile(
    rf"(?<!\d)(?P<value>(?:\+?84{_BETWEEN}|\(?0)2\d{{1,2}}\)?(?:{_BETWEEN}\d){{7,8}})(?!\d)"
)
_EMAIL: Final = re.compile(r"(?P<value>[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+)")
_DAY: Final = (
    rf"(?:\d{{1,2}}{_SPACE}*[/.\-]{_SPACE}*\d{{1,2}}{_SPACE}*[/.\-]{_SPACE}*(?:19|20)\d\d"
    rf"|(?:ngày{_SPACE}+)?\d{{1,2}}{_SPACE}+tháng{_SPACE}+\d{{1,2}}{_SPACE}+năm{_SPACE}+(?:19|20)\d\d"
    rf"|\d{{1,2}}{_SPACE}*[/\-]{_SPACE}*(?:19|20)\d\d|(?:19|20)\d\d)"
)
_NO_BIRTH: Final = "".join(
    rf"(?<!{word}{_SPACE})" for word in ("khai", "phát", "học", "vệ", "tái", "nảy", "hy", "dưỡng")
)
"""What comes before `sinh` where nobody is born: khai sinh, phát sinh, học sinh."""
_BIRTH: Final = re.compile(
    rf"{_NO_BIRTH}(?:sinh{_SPACE}+(?:ngày|năm)|(?:ngày|năm)(?:,?{_SPACE}*tháng,?{_SPACE}*năm)?{_SPACE}+sinh"
    rf"|\bsinh|\bNS|\bSN|\bn/s){_GAP}(?:ngày{_SPACE}+)?(?P<value>{_DAY})(?!\d)",
    re.IGNORECASE,
)
_PLACE_END: Final = r"[^\n;.]"
_ADDRESS: Final = re.compile(
    rf"(?:(?:nơi|chỗ){_SPACE}+(?:thường{_SPACE}+trú|tạm{_SPACE}+trú|cư{_SPACE}+trú|ở)"
    rf"(?:{_SPACE}+(?:hiện{_SPACE}+(?:nay|tại)))?"
    rf"|hộ{_SPACE}+khẩu(?:{_SPACE}+thường{_SPACE}+trú)?|địa{_SPACE}+chỉ(?:{_SPACE}+(?:nhà(?:{_SPACE}+riêng)?"
    rf"|thường{_SPACE}+trú|liên{_SPACE}+hệ|tạm{_SPACE}+trú))?"
    rf"|(?:thường|tạm|cư){_SPACE}+trú(?:{_SPACE}+tại)?|\btrú{_SPACE}+tại)"
    rf"(?:{_SPACE}*:{_SPACE}*\n?{_SPACE}*|{_SPACE}*\n{_SPACE}*|{_SPACE}+(?:tại{_SPACE}+)?)"
    rf"(?P<value>(?=[^\n]*\w)(?:{_PLACE_END}|(?<=,)\n|(?<=, )\n|\.(?=[\wÀ-ỹ]|{_SPACE}?[A-ZÀ-Ỹ]))+)",
    re.IGNORECASE,
)
_STREET: Final = re.compile(
    rf"(?P<value>\b(?:số{_SPACE}+nhà|nhà{_SPACE}+số|số){_SPACE}+\d+[A-Za-z]?(?:[/\-]\d+[A-Za-z]?)*"
    rf",?{_SPACE}+(?:ngõ|ngách|hẻm|kiệt|đường|phố|tổ|thôn|xóm|ấp|khu{_SPACE}+phố|tổ{_SPACE}+dân{_SPACE}+phố)"
    rf"{_SPACE}+{_PLACE_END}{{2,120}})",
    re.IGNORECASE,
)
_ACCOUNT: Final = re.compile(
    rf"(?:tài{_SPACE}+khoản(?:{_SPACE}+ngân{_SPACE}+hàng)?|\bTK(?:NH)?|\bSTK)"
    rf"[^\d\n]{{0,40}}\n?[^\d\n]{{0,10}}(?P<value>{_NUMBER_OF_AN_ACCOUNT})(?!\d)",
    re.IGNORECASE,
)
_MONEY_BEHIND: Final = re.compile(
    r"[ \t\u00a0]*(?:đồng|đ\b|vnđ|vnd|usd|triệu|tỷ|tỉ|nghìn|ngàn|%|m2|m²|ha\b|km|tấn|người|hộ\b)",
    re.IGNORECASE,
)
_DATE_AHEAD: Final = re.compile(r"\d{1,2}[.\-]\d{1,2}[.\-](?:19|20)\d\d")
_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")
_OLD_ID_ROUND: Final = "000"

_LOOKED_FOR: Final = (
    (DataKind.BANK_ACCOUNT, _ACCOUNT), (DataKind.CITIZEN_ID, _LABELLED_ID),
    (DataKind.BIRTH, _BIRTH), (DataKind.ADDRESS, _ADDRESS), (DataKind.EMAIL, _EMAIL),
    (DataKind.CITIZEN_ID, _CITIZEN_ID), (DataKind.PHONE, _MOBILE), (DataKind.PHONE, _LANDLINE),
    (DataKind.CITIZEN_ID, _OLD_ID), (DataKind.ADDRESS, _STREET),
)  # fmt: skip
"""In the order of who knows best what a number is: a label before a bare number."""


def find(text: str) -> list[Find]:
    """Everything in the text that looks like personal data, in its order, without overlaps.

    Args:
        text: in NFC.
    """
    found: list[Find] = []
    for kind, pattern in _LOOKED_FOR:
        for match in pattern.finditer(text):
            one = _trimmed(kind, text, *match.span("value"))
            if one is None or any(one.start < held.end and held.start < one.end for held in found):
                continue
            if not _is_official(one, text):
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _trimmed(kind: DataKind, text: str, start: int, end: int) -> Find | None:
    """Without blanks and punctuation around; None where nothing is left."""
    while start < end and not (text[start].isalnum() or text[start] in "+("):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == ")"):
        end -= 1
    return Find(kind, start, end, text[start:end]) if start < end else None


def _is_official(one: Find, text: str) -> bool:
    """Whether it is an amount, a date or a document's number after all."""
    before, behind = text[max(one.start - 2, 0) : one.start], text[one.end : one.end + 12]
    match one.kind:
        case DataKind.CITIZEN_ID | DataKind.PHONE:
            return _is_amount(one.text, before, behind)
        case DataKind.ADDRESS:
            return not any(sign.isalpha() for sign in one.text)
        case _:
            return False


def _is_amount(number: str, before: str, behind: str) -> bool:
    if number.count("\n") > 1:  # a column of a table, not one number
        return True
    if _MONEY_BEHIND.match(behind):
        return True
    if _DATE_AHEAD.match(number):
        return True
    # Inside a longer amount: 25.091.234.567.890
    is_inside = before[-1:] in {".", ","} and before[-2:-1].isdigit()
    goes_on = behind[:1] in {".", ","} and behind[1:2].isdigit()
    if (is_inside or goes_on) and _GROUPED.search(number):
        return True
    plain = number.isdigit()
    return plain and len(number) == 9 and number.endswith(_OLD_ID_ROUND)  # noqa: PLR2004


def occurrences(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Every place where a find's words stand, whatever blanks and signs are between its letters.

    A number that was decided upon must not survive elsewhere in another spelling: 0912 345 678 is
    0912.345.678.
    """
    letters = [re.escape(sign) for sign in wanted if sign.isalnum() or sign == "@"]
    if not letters:
        return
    pattern = r"[\W_]{0,3}".join(letters)
    starts = r"(?<![^\W_])" if wanted[:1].isalnum() else ""
    for match in re.finditer(rf"{starts}{pattern}(?![^\W_])", text, re.IGNORECASE):
        yield match.span()


def bare(text: str) -> str:
    """Letters and digits only, folded: how a masked file is searched for what must be gone."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())

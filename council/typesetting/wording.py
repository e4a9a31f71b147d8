"""Punctuation and set phrases that Decree 30/2020/NĐ-CP prescribes for every document."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from council.rules.figures import date_in_document

END_OF_TEXT: Final = "./."
_STOPS: Final = " \t.,;"


def place_and_date(place: str, day: date | None) -> str:
    """``Hà Đông, ngày 12 tháng 12 năm 2023``; dots to be filled in where the day is not known.

    Source: Decree 30/2020/NĐ-CP, Appendix I.
    """
    return f"{place}, {date_in_document(day) if day else 'ngày … tháng … năm …'}"


def legal_bases(bases: Sequence[str]) -> list[str]:
    """Each basis ends with a semicolon, the last one with a full stop.

    Source: Decree 30/2020/NĐ-CP, Appendix I.
    """
    return _closed(bases, between=";", last=".")


def recipients(names: Sequence[str]) -> list[str]:
    """``- Thường trực HĐND;`` … ``- Lưu: VT.``, whatever stops and dashes the names came with.

    Source: Decree 30/2020/NĐ-CP, Appendix I.
    """
    bare = [name.strip().removeprefix("-").strip() for name in names]
    return [f"- {name}" for name in _closed(bare, between=";", last=".")]


def end_of_text(paragraph: str) -> str:
    """The last paragraph of a document ends ``./.``."""
    text = paragraph.rstrip()
    return text if text.endswith(END_OF_TEXT) else text.rstrip(_STOPS) + END_OF_TEXT


def _closed(items: Sequence[str], *, between: str, last: str) -> list[str]:
    bare = [item.strip().rstrip(_STOPS) for item in items]
    kept = [item for item in bare if item]
    return [item + between for item in kept[:-1]] + [item + last for item in kept[-1:]]

"""What a notice says on paper: the letter of a correction, the announcement of a withdrawal.

Source: practice, no article; stops and set phrases of Decree 30/2020/NĐ-CP are set when it is
typeset.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from council.rules import figures
from resolutions.rules.amending import Named
from resolutions.rules.notices import NoticeKind


@dataclass(frozen=True, slots=True)
class Slip:
    """One correction in words: "khoản 1 Điều 2" or "" for the whole text, old and new words."""

    place: str
    old_words: str
    new_words: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The notice in words.

    Attributes:
        kind: in capitals above the abstract; empty for a letter (công văn), which has no type.
        abstract: ``Về việc thu hồi …``; of a letter ``V/v đính chính …``.
        addressees: after "Kính gửi:"; none where it is announced to everybody.
        paragraphs: the body, without the stop at its end.
        recipients: of "Nơi nhận", without dashes and stops.
    """

    kind: str
    abstract: str
    addressees: tuple[str, ...]
    paragraphs: tuple[str, ...]
    recipients: tuple[str, ...]


def letter_of(
    kind: NoticeKind,
    named: Named,
    *,
    dated: date,
    reason: str,
    slips: Sequence[Slip],
    hides_text: bool,
    recipients: Sequence[str],
) -> Letter:
    """The words of the notice.

    Args:
        kind: correction or withdrawal.
        named: the resolution it speaks of.
        dated: day of the notice; a withdrawal works from it on.
        reason: as typed, a paragraph a line.
        slips: of a correction.
        hides_text: the portal no longer shows the text.
        recipients: of the resolution, as printed there.
    """
    match kind:
        case NoticeKind.CORRECTION:
            return _correction(named, reason, slips, recipients)
        case NoticeKind.WITHDRAWAL:
            return _withdrawal(named, dated, reason, recipients, hides_text=hides_text)


def _correction(
    named: Named, reason: str, slips: Sequence[Slip], recipients: Sequence[str]
) -> Letter:
    office = _office(named)
    addressees = _others(recipients) or (f"Các cơ quan, đơn vị nhận {named.short}",)
    numbered = [
        f"{place}. {_slip(slip)}" if len(slips) > 1 else _slip(slip)
        for place, slip in enumerate(slips, start=1)
    ]
    return Letter(
        kind="",
        abstract=f"V/v đính chính {named.short}",
        addressees=addressees,
        paragraphs=(
            f"{_opened(named.full)}.",
            *_reason(reason),
            f"{office} đính chính như sau:",
            *numbered,
            f"Các nội dung khác của {named.short} không thay đổi",
        ),
        recipients=("Như trên", "Lưu: VT"),
    )


def _withdrawal(
    named: Named, dated: date, reason: str, recipients: Sequence[str], *, hides_text: bool
) -> Letter:
    office = _office(named)
    day = figures.date_in_document(dated)
    last = f"Đề nghị các cơ quan, đơn vị, cá nhân đã nhận {named.short} không sử dụng văn bản này"
    hidden = (
        f"Cổng thông tin không còn đăng toàn văn {named.short}; địa chỉ cũ dẫn đến thông báo này.",
    )
    return Letter(
        kind="THÔNG BÁO",
        abstract=f"Về việc thu hồi {named.short}",
        addressees=(),
        paragraphs=(
            f"{office} thông báo thu hồi {named.full}, kể từ {day}.",
            *_reason(reason),
            *(hidden if hides_text else ()),
            last,
        ),
        recipients=(*(_others(recipients) or ("Các cơ quan, đơn vị nhận văn bản bị thu hồi",)),
                    "Lưu: VT"),
    )  # fmt: skip


def _office(named: Named) -> str:
    """``Thường trực Hội đồng nhân dân tỉnh Mẫu``."""
    return f"Thường trực {named.council}"


def _opened(full: str) -> str:
    return f"Sau khi kiểm tra {full}, phát hiện có sai sót khi in, trình bày"


def _reason(reason: str) -> tuple[str, ...]:
    """``Lý do: …`` and what follows it, each with its stop."""
    lines = [line.strip() for line in reason.splitlines() if line.strip()]
    stopped = [line if line[-1] in ".!?" else f"{line}." for line in lines]
    return (f"Lý do: {stopped[0]}", *stopped[1:]) if stopped else ()


def _slip(slip: Slip) -> str:
    where = f"Tại {slip.place}" if slip.place else "Trong toàn văn"
    if not slip.new_words:
        return f"{where}: bỏ cụm từ “{slip.old_words}”."
    return f"{where}: cụm từ “{slip.old_words}” sửa thành “{slip.new_words}”."


def _others(recipients: Sequence[str]) -> tuple[str, ...]:
    """Whom the resolution was sent to: neither itself ("Như trên") nor the archives."""
    bare = [line.strip().removeprefix("-").strip(" ;.") for line in recipients]
    return tuple(
        line for line in bare if line and not line.lower().startswith(("như ", "lưu:", "lưu "))
    )

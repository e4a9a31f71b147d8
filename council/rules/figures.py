"""Vietnamese figures, amounts and dates, as documents write them (practice.md section 4).

Dots group thousands, a comma separates decimals, rounding is half up, and percentages drop their
trailing zeros ("97,5%"). Rounded figures are for reading; nothing is ever decided by them.
"""

import re
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Final

from council.rules.refusals import Refusal, gettext_noop

_MILLIONS_A_BILLION: Final = 1000
_LEADING_ZERO_BELOW: Final = 10
_LEADING_ZERO_MONTHS: Final = 2
_DIGITS_MAX: Final = 30
_FIGURE: Final = re.compile(
    r"(?P<sign>[+\-−]?)(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,(?P<part>[0-9]+))?"
)


def rounded(value: Decimal | Fraction | int, places: int) -> Decimal:
    """``value`` to ``places`` decimals, half up (away from zero), exactly that many digits."""
    exact = Fraction(value)
    scaled = abs(exact) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-whole if exact < 0 else whole).scaleb(-places)


def integer_vi(value: int) -> str:
    """Thousands grouped by dots: 34550889 is ``34.550.889``."""
    return f"{value:,}".replace(",", ".")


def decimal_vi(
    value: Decimal | Fraction | int, places: int = 2, *, keep_zeros: bool = False
) -> str:
    """At most ``places`` decimals behind a comma: 97.50 is ``97,5``, with ``keep_zeros`` 97,50."""
    amount = rounded(value, places)
    whole, _point, part = f"{abs(amount):f}".partition(".")
    part = part if keep_zeros else part.rstrip("0")
    sign = "-" if amount < 0 else ""
    return f"{sign}{integer_vi(int(whole))}{',' if part else ''}{part}"


def percent_vi(value: Decimal | Fraction | int, places: int = 2) -> str:
    """A percentage (90.35, not 0.9035) without a blank before its sign: ``90,35%``."""
    return f"{decimal_vi(value, places)}%"


def parse_decimal_vi(typed: str, *, field: str = "") -> Decimal:
    """The number behind "34.550,889"; blanks around it and a trailing % are left out.

    Dots must group thousands in threes; a comma separates decimals. What could be meant in the
    English way ("34,550.889", "90.35", "0.125") is refused, never guessed.

    Raises:
        Refusal: ``figure.ambiguous`` for a dot where only a comma may be, ``figure.not_a_number``.
    """
    bare = typed.strip().removesuffix("%").strip()
    match = _FIGURE.fullmatch(bare)
    if match is None or len(bare) > _DIGITS_MAX:
        raise _unreadable(bare, field=field)
    whole = match["whole"].replace(".", "")
    sign = "" if match["sign"] in ("", "+") else "-"
    return Decimal(f"{sign}{whole}.{match['part'] or '0'}" if match["part"] else f"{sign}{whole}")


def parse_integer_vi(typed: str, *, field: str = "") -> int:
    """The whole number behind "34.550".

    Raises:
        Refusal: as `parse_decimal_vi`, and ``figure.not_whole``.
    """
    value = parse_decimal_vi(typed, field=field)
    if value != value.to_integral_value():
        raise Refusal(
            "figure.not_whole",
            gettext_noop("“%(typed)s” phải là số nguyên."),
            params={"typed": typed.strip()[:40]},
            field=field,
        )
    return int(value)


def _unreadable(bare: str, *, field: str) -> Refusal:
    if "." in bare and re.fullmatch(r"[+\-−]?[0-9][0-9.,]*", bare) and len(bare) <= _DIGITS_MAX:
        return Refusal(
            "figure.ambiguous",
            gettext_noop(
                "“%(typed)s” có thể hiểu theo hai cách. Hãy dùng dấu phẩy cho phần thập phân "
                "và dấu chấm cho hàng nghìn, ví dụ 34.550,889."
            ),
            params={"typed": bare},
            field=field,
        )
    return Refusal(
        "figure.not_a_number",
        gettext_noop("“%(typed)s” không phải là số. Ví dụ đúng: 34.550,889."),
        params={"typed": bare[:40]},
        field=field,
    )


def money_vi(millions: Decimal | int) -> str:
    """An amount in millions of đồng in words of the trade.

    34550889 is ``34.550 tỷ 889 triệu đồng``, 889 is ``889 triệu đồng``.
    """
    amount = rounded(millions, 6)
    billions, rest = divmod(abs(amount), _MILLIONS_A_BILLION)
    words = [f"{integer_vi(int(billions))} tỷ"] if billions else []
    if rest or not words:
        words.append(f"{decimal_vi(rest, 6)} triệu")
    return f"{'-' if amount < 0 else ''}{' '.join(words)} đồng"


def count_in_document(count: int) -> str:
    """A number of ballots or persons in a document: 4 is ``04``, 12 is ``12``, none is ``0``."""
    return f"{count:02d}" if 0 < count < _LEADING_ZERO_BELOW else integer_vi(count)


def date_in_document(day: date) -> str:
    """A date with the leading zeros of Decree 30/2020: days below 10, months 1 and 2.

    Source: Decree 30/2020/NĐ-CP, Appendix I.
    """
    month = f"{day.month:02d}" if day.month <= _LEADING_ZERO_MONTHS else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def date_short(day: date) -> str:
    """A date in a list: ``05/02/2023``."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def time_vi(moment: time) -> str:
    """A time of day: ``8 giờ 02``, on the hour ``8 giờ``."""
    return f"{moment.hour} giờ {moment.minute:02d}" if moment.minute else f"{moment.hour} giờ"

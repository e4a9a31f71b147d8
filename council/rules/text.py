"""Vietnamese text: what enters the door, what is searched, how it sorts, roman numerals, tables.

Nothing here is law; it is the alphabet (practice.md section 4).
"""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import Final

from council.rules.refusals import Refusal, gettext_noop

_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Soft hyphens, zero-width characters and byte order marks: pasted from Word, meant by nobody."""

_BIDI_CONTROLS: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_BLANK_CONTROLS: Final = frozenset("\t\n\v\f\r\x85")
_LINE_BREAKS: Final = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
_APOSTROPHES: Final = "'’‘ʼ´`"  # noqa: RUF001 - those of Điểu K'Ré, as people type them
_PLAIN: Final = str.maketrans(
    {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "–": "-", "—": "-"} | dict.fromkeys(_APOSTROPHES, "")
)
"""Search keys know neither đ (nor Ð, its double from old fonts), nor dashes, nor apostrophes."""

ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""The Vietnamese alphabet in order, with the foreign letters f, j, w, z in their usual places."""

_DIGIT_CODE: Final = {str(digit): f"{10 + digit}" for digit in range(10)}
_LETTER_CODE: Final = {letter: f"{20 + place}" for place, letter in enumerate(ALPHABET)}
_CODES: Final = _DIGIT_CODE | _LETTER_CODE
_FOREIGN_CODE: Final = "99"
FIELD_BREAK: Final = "00"
"""Stands between fields of a sort key; below all that a field can contain."""

_TONES: Final = {"\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0301": 5, "\u0323": 6}
"""huyền, hỏi, ngã, sắc, nặng; a syllable without any of them is ngang (1)."""

_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ROMAN_MAX: Final = 3999

_VIETNAMESE_SIGNS: Final = frozenset("ăâđêôơưĂÂĐÊÔƠƯ–—‘’“”…•·°²³₫×§«»\u00a0")


def _refuse_controls(text: str) -> None:
    for character in text:
        if character in _BIDI_CONTROLS:
            raise Refusal(
                "text.bidi_control",
                gettext_noop(
                    "Có ký tự điều khiển hướng chữ không nhìn thấy. Hãy xóa đi và gõ lại đoạn đó."
                ),
            )
        if character in _BLANK_CONTROLS:
            continue
        if unicodedata.category(character) in {"Cc", "Cs"}:
            raise Refusal(
                "text.control_character",
                gettext_noop("Có ký tự điều khiển không nhìn thấy. Hãy xóa đi và gõ lại đoạn đó."),
            )


def nfc(text: str) -> str:
    """One line of text as it may be stored: NFC, trimmed, each run of blanks one space.

    Invisible characters that word processors leave behind are dropped.

    Raises:
        Refusal: ``text.control_character`` (NUL, other control characters, half a surrogate pair),
            ``text.bidi_control`` (characters that turn the reading direction round).
    """
    _refuse_controls(text)
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())


def nfc_lines(text: str) -> str:
    """Text of several lines as it may be stored: each line as by `nfc`, one newline between.

    Empty lines at either end are dropped, several in a row become one.

    Raises:
        Refusal: as `nfc`.
    """
    _refuse_controls(text)
    lines = [nfc(line) for line in _LINE_BREAKS.split(text)]
    kept = [
        line for has_words, group in groupby(lines, bool)
        for line in (group if has_words else [""])
    ]  # fmt: skip
    return "\n".join(kept).strip("\n")


def without_controls(text: str) -> str:
    """The text without what `nfc` refuses: for pasted text, where it is rubbish nobody typed."""
    return "".join(
        sign
        for sign in text
        if sign in _BLANK_CONTROLS
        or (sign not in _BIDI_CONTROLS and unicodedata.category(sign) not in {"Cc", "Cs"})
    )


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def fold(text: str) -> str:
    """Search key: lower case, no tones or other marks, đ as d, runs of blanks one space.

    ``hòa`` and ``hoà``, composed and decomposed letters, capitals and small ones all agree.
    Folding twice changes nothing.
    """
    tokens = text.split()
    return " ".join(
        filter(None, (_looked_up(one) if len(one) <= _KEPT else _folded(one) for one in tokens))
    )


def _folded(token: str) -> str:
    bare = _without_marks(token.translate(_INVISIBLE).translate(_PLAIN)).casefold()
    return " ".join(_without_marks(bare).translate(_PLAIN).casefold().split())


_KEPT: Final = 40
"""Longer runs of letters are no words that come up again."""

_looked_up = lru_cache(maxsize=1 << 16)(_folded)
"""Texts repeat their words, so most are found here."""


def slug(text: str) -> str:
    """Words of an address: ASCII letters and digits joined by hyphens; may be empty."""
    return "-".join(re.findall("[a-z0-9]+", fold(text)))


def _letter(cluster: str) -> tuple[str, int]:
    """Sort code of one letter with its marks, and its tone (0: carries none)."""
    decomposed = unicodedata.normalize("NFD", cluster)
    tone = max((_TONES.get(sign, 0) for sign in decomposed), default=0)
    letter = unicodedata.normalize("NFC", "".join(s for s in decomposed if s not in _TONES))
    for candidate in (letter, _without_marks(letter)[:1]):
        if candidate in _CODES:
            return _CODES[candidate], tone
    return f"{_FOREIGN_CODE}{ord(letter[:1] or cluster[:1]):07d}", tone


def _clusters(word: str) -> list[str]:
    clusters: list[str] = []
    for sign in unicodedata.normalize("NFD", word):
        if unicodedata.combining(sign) and clusters:
            clusters[-1] += sign
        else:
            clusters.append(sign)
    return clusters


def _is_letter(cluster: str) -> bool:
    return cluster[0].isalnum()


def sort_key(name: str) -> str:
    """A key of digits that sorts ``name`` by the Vietnamese alphabet in any database.

    Each letter is two digits (a ă â b c d đ e ê …), each syllable ends with its tone
    (ngang huyền hỏi ngã sắc nặng), so letters decide first and the tone second, syllable by
    syllable as in a dictionary. Digits sort alike under every collation; letters would not (a
    Czech collation puts "ch" after "h"). Case, apostrophes and punctuation do not count.
    """
    words = re.split(r"[\s\-–]+", name.translate(_INVISIBLE).replace("Ð", "đ").lower())
    key = ""
    for word in words:
        letters = [_letter(cluster) for cluster in _clusters(word) if _is_letter(cluster)]
        if letters:
            tone = max(tone for _code, tone in letters) or 1
            key += "".join(code for code, _tone in letters) + f"{tone:02d}"
    return key


def roman(number: int) -> str:
    """Roman numeral of 1 … 3999: 13 is ``XIII``, as in "kỳ họp thứ XIII".

    Raises:
        ValueError: the number has no Roman form.
    """
    if not 1 <= number <= _ROMAN_MAX:
        raise ValueError(number)
    rest, signs = number, ""
    for value, sign in _ROMAN:
        count, rest = divmod(rest, value)
        signs += sign * count
    return signs


def from_roman(signs: str) -> int:
    """The number that a Roman numeral, in either case, stands for.

    Raises:
        Refusal: ``text.not_roman``.
    """
    wanted = signs.strip().upper()
    rest, number = wanted, 0
    for value, sign in _ROMAN:
        while rest.startswith(sign):
            number, rest = number + value, rest[len(sign) :]
    if rest or not 1 <= number <= _ROMAN_MAX or roman(number) != wanted:
        raise Refusal(
            "text.not_roman",
            gettext_noop("“%(signs)s” không phải là số La Mã. Ví dụ đúng: XIII."),
            params={"signs": signs[:40]},
        )
    return number


def decode_table(content: bytes) -> str:
    """The text of a CSV file in UTF-8 (with a mark or not), UTF-16 with its mark, or Windows-1258.

    The result is NFC; line breaks stay as they are.

    Raises:
        Refusal: ``table.is_workbook`` (an Excel file under another name), ``table.encoding``.
    """
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Refusal(
            "table.is_workbook",
            gettext_noop(
                "Đây là tệp Excel, không phải CSV. Hãy tải lên đúng tệp .xlsx "
                "hoặc lưu lại dưới dạng “CSV UTF-8”."
            ),
        )
    text = _decoded(content)
    if text is None or "\0" in text:
        raise Refusal(
            "table.encoding",
            gettext_noop(
                "Không nhận ra bảng mã của tệp. Trong Excel, hãy chọn Lưu thành… “CSV UTF-8” "
                "rồi tải lên lại."
            ),
        )
    return unicodedata.normalize("NFC", text)


def _decoded(content: bytes) -> str | None:
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    encoding = next((name for mark, name in marks if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return _from_windows_1258(content) if encoding == "utf-8" else None


def _from_windows_1258(content: bytes) -> str | None:
    """The text if its bytes make sense as Windows-1258, that is as Vietnamese; else None."""
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        return None
    return text if all(map(_is_vietnamese, text)) else None


def _is_vietnamese(character: str) -> bool:
    if character.isascii():
        return character.isprintable() or character in "\t\r\n"
    bare = unicodedata.normalize("NFD", character)
    without_tone = unicodedata.normalize("NFC", "".join(s for s in bare if s not in _TONES))
    return without_tone in _VIETNAMESE_SIGNS or without_tone.lower() in set("aeiouy")

"""What a paper is, guessed from its file's name and its first page; the clerk has the last word.

Papers of the state follow one layout (Decree 30/2020/NĐ-CP, Annex I): the issuer on the left, the
number below it, place and date on the right, then the kind in capitals and the abstract. File
names follow habits: "Tờ trình số 197_TTr-UBND ngày 05-12-2023 về ….pdf".

Source: practice, no article.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from council.rules import text

TITLE_MAX, NUMBER_MAX, ISSUER_MAX = 500, 40, 160
_HEAD_MAX: Final = 6000  # characters of the first page that are looked at
_YEARS: Final = range(1990, 2100)

_NUMBER: Final = re.compile(
    r"(?<![\w/.])(\d{1,5})\s*[/_\-–]\s*"
    r"((?:BC|TTr|TT|NQ|QĐ|QD|KH|TB|GM|CV|ĐA|DA|BB|PL)(?:[-_–][A-ZĐa-z&]{2,12}){1,2})(?![\w])",
    re.IGNORECASE,
)
_DATES: Final = (
    re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE),
    re.compile(r"(?<!\d)(\d{1,2})[-/._](\d{1,2})[-/._](\d{4})(?!\d)"),
)
_DATE_OF_FOUR: Final = re.compile(r"(?<!\d)(\d{4})[-._](\d{1,2})[-._](\d{1,2})(?!\d)")
_LEADING: Final = re.compile(r"^\s*(?:tl\s*)?\d{1,2}\s*(?:[.)_\-]\s*|\s)", re.IGNORECASE)
_NUMBER_IN_NAME: Final = re.compile(rf"(?:\bsố\s*)?{_NUMBER.pattern}", re.IGNORECASE)
_DATE_IN_NAME: Final = re.compile(
    r"(?:\bngày\s*)?(?:(?<!\d)\d{1,2}[-/._ ]\d{1,2}[-/._ ]\d{4}"
    r"|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})",
    re.IGNORECASE,
)
_SPACES: Final = re.compile(r"[\s_]+")
_ISSUER: Final = re.compile(r"^(ỦY BAN|UỶ BAN|HỘI ĐỒNG|THƯỜNG TRỰC|BAN|SỞ|PHÒNG|TÒA ÁN|VIỆN)\b")
_ENDS_TITLE: Final = re.compile(
    r"^(kính gửi|căn cứ|thực hiện|phần|i\.|1\.|số:|\(|thường trực|hội đồng nhân dân)", re.IGNORECASE
)
_ABSTRACT: Final = re.compile(
    r"^(về|v/v|tình hình|kết quả|thẩm tra|tiếp thu|công tác)", re.IGNORECASE
)

_KINDS: Final = (
    ("verification_report", ("bao cao tham tra", "bctt", "bc tham tra", "tham tra")),
    ("response_report", ("tiep thu, giai trinh", "tiep thu giai trinh", "giai trinh tiep thu")),
    ("draft_resolution", ("du thao nghi quyet", "dt nghi quyet", "dtnq", "nghi quyet", "nq")),
    ("candidate_summary", ("tom tat ly lich", "tom tat tieu su", "tieu su", "so yeu ly lich")),
    ("self_report", ("bao cao tu danh gia", "bao cao ca nhan", "ke khai tai san")),
    ("submission", ("to trinh", "ttr")),
    ("annex", ("phu luc", "bieu", "bang tong hop", "pl")),
    ("notice", ("thong bao", "giay moi", "giay trieu tap", "tb", "gm")),
    ("report", ("bao cao", "bc")),
)
_HEADINGS: Final = {
    "TỜ TRÌNH": "submission", "BÁO CÁO": "report", "BÁO CÁO THẨM TRA": "verification_report",
    "NGHỊ QUYẾT": "draft_resolution", "DỰ THẢO NGHỊ QUYẾT": "draft_resolution",
    "THÔNG BÁO": "notice", "GIẤY MỜI": "notice", "PHỤ LỤC": "annex",
    "SƠ YẾU LÝ LỊCH": "candidate_summary", "TÓM TẮT LÝ LỊCH": "candidate_summary",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """What the form is filled with."""

    kind: str = "other"
    title: str = ""
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""


def guess(filename: str, first_page: str) -> Guess:
    """From name and first page; the page is believed first, since names are often copied."""
    name = unicodedata.normalize("NFC", filename.rpartition(".")[0] or filename)
    lines = [" ".join(line.split()) for line in _head(first_page).split("\n")]
    lines = [line for line in lines if line]
    heading, title = _heading(lines)
    plain_name = _SPACES.sub(" ", name)
    page_text = "\n".join(lines)
    return Guess(
        kind=_kind(plain_name, heading, title),
        title=(title or _title_of_name(name))[:TITLE_MAX].strip(),
        number=_number(page_text) or _number(name),
        issued_on=_day(page_text) or _day(name),
        issuer=_issuer(lines),
    )


def _head(first_page: str) -> str:
    return unicodedata.normalize("NFC", first_page[:_HEAD_MAX])


def _number(words: str) -> str:
    match = _NUMBER.search(words)
    if match is None:
        return ""
    code = match[2].replace("_", "-").replace("–", "-")
    kind, _dash, place = code.partition("-")
    known = {"ttr": "TTr", "qd": "QĐ", "da": "ĐA"}.get(kind.lower(), kind.upper())
    return f"{match[1]}/{known}-{place.replace('hdnd', 'HĐND').upper()}"[:NUMBER_MAX].replace(
        "HDND", "HĐND"
    )


def _day(words: str) -> date | None:
    for pattern in _DATES:
        for match in pattern.finditer(words):
            if found := _date(match[3], match[2], match[1]):
                return found
    turned = _DATE_OF_FOUR.search(words)
    return _date(turned[1], turned[2], turned[3]) if turned else None


def _date(year: str, month: str, day: str) -> date | None:
    if int(year) not in _YEARS:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _heading(lines: list[str]) -> tuple[str, str]:
    """The kind in capitals, and the abstract in the lines below it."""
    for place, line in enumerate(lines):
        found = next(
            (kind for words, kind in _HEADINGS.items() if line.upper() == line and line == words),
            None,
        )
        if found:
            abstract: list[str] = []
            for following in lines[place + 1 : place + 7]:
                if _ENDS_TITLE.match(following) or set(following) <= set("_-–—* "):
                    break
                abstract.append(following)
            title = " ".join(abstract)
            words = line.capitalize()
            return found, f"{words} {_lowered(title)}".strip() if title else ""
    return "", ""


def _lowered(title: str) -> str:
    """An abstract goes on in small letters after the kind: "Tờ trình về việc …"."""
    return title[:1].lower() + title[1:] if _ABSTRACT.match(title) else title


def _kind(name: str, heading: str, title: str) -> str:
    folded = text.fold(f"{name} {title}").replace("_", " ")
    words = re.sub(r"[^\w,]+", " ", folded)
    for kind, marks in _KINDS:
        if any(re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", words) for mark in marks):
            is_broader = kind in {"report", "annex", "notice"} and heading
            return heading if is_broader else kind
    return heading or "other"


def _issuer(lines: list[str]) -> str:
    """The first lines in capitals on the left: "ỦY BAN NHÂN DÂN", "QUẬN HÀ ĐÔNG"."""
    found: list[str] = []
    for line in lines[:6]:
        left = re.split(r"\s+CỘNG H[ÒO]A|\s+Độc lập", line)[0].strip()
        if left.upper() != left or not any(sign.isalpha() for sign in left):
            if found:
                break
            continue
        if left.startswith(("CỘNG", "SỐ")):
            continue
        if found or _ISSUER.match(left):
            found.append(left)
    return _name(" ".join(found[:2]))[:ISSUER_MAX]


def _name(capitals: str) -> str:
    """The issuer as people write it: “UBND quận Hà Đông”."""
    shorter = re.sub(r"(ỦY|UỶ) BAN NHÂN DÂN", "UBND", capitals)
    shorter = shorter.replace("HỘI ĐỒNG NHÂN DÂN", "HĐND")
    small = {"quận", "huyện", "tỉnh", "xã", "phường", "thành", "phố", "thị", "trấn"}
    words = []
    for word in shorter.split():
        lowered = word.lower()
        is_short = word in {"UBND", "HĐND", "TP"}
        words.append(word if is_short else lowered if lowered in small else word.capitalize())
    return " ".join(words)


def _title_of_name(name: str) -> str:
    """The name without ordinal, number and date; as it is where nothing is left of it."""
    left = _NUMBER_IN_NAME.sub(" ", _DATE_IN_NAME.sub(" ", name))
    left = _SPACES.sub(" ", _LEADING.sub("", left)).strip(" -–_.,")
    return left[:1].upper() + left[1:] if any(sign.isalpha() for sign in left) else name.strip()

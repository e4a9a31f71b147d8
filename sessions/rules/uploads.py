"""What may be uploaded as a paper: which types, how a file may be named, how large it may be.

Source: practice and security, no article.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from council.rules import figures
from council.rules.refusals import Refusal, gettext_noop

NAME_MAX: Final = 200
RAW_NAME_MAX: Final = 255
"""Characters of a name; no system that people use has longer ones."""
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEGABYTE: Final = 1024 * 1024
_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_IN_NO_NAME: Final = frozenset('<>:"|?*')
"""Characters that Windows refuses in a name; whoever downloads the paper may be on Windows."""


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of paper: how it is announced, and what people call it."""

    extension: str
    media_type: str
    words: str


_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
PDF: Final = FileType("pdf", "application/pdf", "PDF")
DOCX: Final = FileType("docx", _OFFICE + "wordprocessingml.document", "Word (.docx)")
XLSX: Final = FileType("xlsx", _OFFICE + "spreadsheetml.sheet", "Excel (.xlsx)")
PPTX: Final = FileType("pptx", _OFFICE + "presentationml.presentation", "PowerPoint (.pptx)")
PNG: Final = FileType("png", "image/png", "PNG")
JPEG: Final = FileType("jpg", "image/jpeg", "JPEG")

PICTURES: Final = frozenset({PNG, JPEG})
TYPES: Final[Mapping[str, FileType]] = {
    "pdf": PDF, "docx": DOCX, "xlsx": XLSX, "pptx": PPTX, "png": PNG, "jpg": JPEG, "jpeg": JPEG,
}  # fmt: skip
OFFICE_MAIN_PARTS: Final[Mapping[str, FileType]] = {
    "word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX,
}  # fmt: skip
ACCEPT: Final = ",".join(f".{extension}" for extension in TYPES)
_ALLOWED: Final = "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), PNG, JPEG"


def safe_name(raw: str) -> str:
    """The file's name as it may be stored and offered again; its extension is kept.

    NFC, without folders, control and direction characters and what Windows refuses; at most 200
    characters. Nothing left of it: ``tai-lieu``.
    """
    base = unicodedata.normalize("NFC", raw).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        " " if sign in _IN_NO_NAME or sign.isspace() else sign
        for sign in base
        if sign.isspace() or not _is_hidden(sign)
    )
    stem, dot, extension = " ".join(kept.split()).rpartition(".")
    if not dot:
        stem, extension = extension, ""
    stem = stem.strip(" .") or "tai-lieu"
    extension = extension.strip()[: NAME_MAX - 2]
    return f"{stem[: NAME_MAX - len(extension) - 1]}{dot}{extension}"


def _is_hidden(sign: str) -> bool:
    return sign in _BIDI or unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn"}


def check_name(raw: str) -> None:
    """Refuse a name that hides what it is, or that no system can have made.

    Raises:
        Refusal: ``upload.name_hidden``, ``upload.name_long``.
    """
    if any(sign in _BIDI or unicodedata.category(sign) in {"Cc", "Cs"} for sign in raw):
        raise Refusal(
            "upload.name_hidden",
            gettext_noop(
                "Tên tệp có ký tự ẩn (xuống dòng, đảo chiều chữ hoặc ký tự điều khiển). Hãy đổi "
                "tên tệp rồi tải lên lại."
            ),
            field="file",
        )
    if len(raw) > RAW_NAME_MAX:
        raise Refusal(
            "upload.name_long",
            gettext_noop("Tên tệp dài quá %(limit)d ký tự. Hãy đặt tên ngắn hơn rồi tải lên lại."),
            params={"limit": RAW_NAME_MAX},
            field="file",
        )


def check_not_old_office(head: bytes) -> None:
    """Refuse .doc, .xls, .ppt and Office files with a password, which look the same inside.

    Raises:
        Refusal: ``upload.old_office``.
    """
    if head.startswith(OLD_OFFICE):
        raise Refusal(
            "upload.old_office",
            gettext_noop(
                "Đây là tệp Office đời cũ hoặc có mật khẩu. Hãy bỏ mật khẩu, lưu lại thành .docx, "
                ".xlsx, .pptx hoặc in thành PDF rồi tải lên."
            ),
            field="file",
        )


def check_size(size: int, limit: int) -> None:
    """Refuse an empty file and one above the limit (both in bytes).

    Raises:
        Refusal: ``upload.empty``, ``upload.too_large``.
    """
    if size <= 0:
        raise Refusal(
            "upload.empty",
            gettext_noop("Tệp này rỗng (0 byte). Hãy mở tệp gốc kiểm tra rồi chọn lại."),
            field="file",
        )
    if size > limit:
        raise Refusal(
            "upload.too_large",
            gettext_noop(
                "Tệp nặng %(size)s MB, quá mức cho phép là %(limit)s MB. Hãy nén tệp hoặc chia nhỏ "
                "rồi tải lên lại."
            ),
            params={"size": _megabytes(size), "limit": _megabytes(limit)},
            field="file",
        )


def _megabytes(size: int) -> str:
    return figures.decimal_vi(Fraction(size, _MEGABYTE), 1 if size >= _MEGABYTE else 3)


def type_by_name(name: str) -> FileType:
    """The type that the name's extension promises.

    Raises:
        Refusal: ``upload.type_not_allowed``.
    """
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if extension not in TYPES:
        raise Refusal(
            "upload.type_not_allowed",
            gettext_noop("Không nhận loại tệp này. Hãy chọn tệp %(allowed)s."),
            params={"allowed": _ALLOWED},
            field="file",
        )
    return TYPES[extension]


def check_agrees(promised: FileType, found: FileType | None) -> None:
    """Refuse a file whose content is not what its name promises.

    Raises:
        Refusal: ``upload.lies``.
    """
    if found == promised:
        return
    if found is None:
        raise Refusal(
            "upload.lies",
            gettext_noop(
                "Tên tệp có đuôi .%(extension)s nhưng nội dung không phải %(promised)s. Hãy mở tệp "
                "gốc, lưu lại đúng định dạng rồi tải lên."
            ),
            params={"extension": promised.extension, "promised": promised.words},
            field="file",
        )
    raise Refusal(
        "upload.lies",
        gettext_noop(
            "Tên tệp có đuôi .%(extension)s nhưng nội dung là %(found)s. Hãy đổi đúng đuôi "
            ".%(right)s hoặc lưu lại đúng định dạng."
        ),
        params={
            "extension": promised.extension, "found": found.words, "right": found.extension,
        },
        field="file",
    )  # fmt: skip

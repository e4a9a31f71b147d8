"""Sentences for what a verifier finds wrong with a signed file."""

from collections.abc import Iterable, Mapping
from typing import Final

from council.rules.refusals import gettext_noop

SENTENCES: Final[Mapping[str, str]] = {
    "unreadable": gettext_noop(
        "Tệp không đọc được như một tệp PDF nguyên vẹn: có thể đã bị sửa, hỏng hoặc có mật khẩu."
    ),
    "unsigned": gettext_noop("Tệp không có chữ ký số nào."),
    "broken": gettext_noop("Nội dung đã bị sửa sau khi ký: chữ ký không còn khớp với tệp."),
    "changed": gettext_noop("Tệp có thay đổi ngoài phần chữ ký đã được duyệt."),
    "not_whole": gettext_noop("Chữ ký không bao trùm toàn bộ tệp."),
    "untrusted": gettext_noop("Chứng thư số không do tổ chức được hệ thống tin cậy cấp."),
    "expired": gettext_noop("Chứng thư số đã hết hạn vào thời điểm ký."),
    "not_yet_valid": gettext_noop("Chứng thư số chưa có hiệu lực vào thời điểm ký."),
    "revoked": gettext_noop("Chứng thư số đã bị thu hồi vào thời điểm ký."),
    "wrong_usage": gettext_noop("Chứng thư số không được cấp để ký số."),
    "no_time": gettext_noop("Chữ ký không ghi thời điểm ký."),
    "in_future": gettext_noop("Thời điểm ký ở tương lai."),
    "bad_timestamp": gettext_noop("Dấu thời gian không hợp lệ hoặc không được tin cậy."),
    "not_pades": gettext_noop("Chữ ký không đúng chuẩn PAdES."),
    "too_many": gettext_noop("Tệp có quá nhiều chữ ký hoặc quá nhiều lần lưu."),
    "not_the_copy": gettext_noop("Tệp không phải là bản trình ký đã được duyệt cộng thêm chữ ký."),
    "wrong_person": gettext_noop("Người ký không phải người có thẩm quyền ghi trên văn bản."),
    "wrong_council": gettext_noop("Chữ ký cơ quan không phải của hội đồng này."),
    "no_person": gettext_noop("Thiếu chữ ký của người có thẩm quyền ghi trên văn bản."),
    "no_seal": gettext_noop("Thiếu chữ ký số của cơ quan (con dấu)."),
    "wrong_order": gettext_noop("Con dấu đóng trước chữ ký của người có thẩm quyền."),
    "stranger": gettext_noop("Tệp có thêm chữ ký của người không liên quan."),
}

_ORDER: Final = list(SENTENCES)
_SAID_BY_OTHERS: Final[Mapping[str, frozenset[str]]] = {
    "no_person": frozenset({"unreadable", "unsigned", "wrong_person"}),
    "no_seal": frozenset({"unreadable", "unsigned", "wrong_council"}),
    "changed": frozenset({"unreadable", "not_the_copy"}),
    "not_the_copy": frozenset({"unreadable"}),
}
"""What need not be said where a graver fault is told already."""


def worth_telling(faults: Iterable[str]) -> list[str]:
    """The faults in the order of reading, without what only follows from others."""
    found = {str(fault) for fault in faults}
    kept = {fault for fault in found if not _SAID_BY_OTHERS.get(fault, frozenset()) & found}
    return sorted(kept, key=_ORDER.index)

"""The consequences in words, each a whole Vietnamese sentence (msgid) without figures.

Each says no more than the article that stands beside it in the result.
"""

from typing import Final

from council.rules.law import Provision
from council.rules.majorities import Base
from council.rules.refusals import gettext_noop
from elections.rules.polls import Act, PollKind

BASE_UNKNOWN: Final = {
    Base.RETURNED: gettext_noop("Không rõ tổng số phiếu thu về nên chưa thể kết luận."),
    Base.TOTAL: gettext_noop("Không rõ tổng số đại biểu nên chưa thể kết luận."),
    Base.IN_OFFICE: gettext_noop("Không rõ tổng số đại biểu hiện có nên chưa thể kết luận."),
}
COUNT_UNKNOWN: Final = gettext_noop("Không rõ số phiếu quyết định nên chưa thể kết luận.")
ROW_WRONG: Final = gettext_noop("Số liệu của dòng này không khớp nên không kết luận.")

LEVEL_ENDED: Final = gettext_noop(
    "Chính quyền địa phương cấp này không còn vào ngày bỏ phiếu, nên kết quả không có hệ quả."
)
COMMUNE_NOT_SUBJECT: Final = gettext_noop(
    "Nghị quyết 96/2023/QH15 không quy định lấy phiếu tín nhiệm ở cấp xã, nên kết quả không có hệ "
    "quả theo nghị quyết này."
)

LOW_TWO_THIRDS: Final = {
    Base.RETURNED: gettext_noop(
        "Từ hai phần ba tổng số phiếu thu về trở lên là tín nhiệm thấp: cơ quan, người đã giới "
        "thiệu để bầu có trách nhiệm trình Hội đồng nhân dân miễn nhiệm tại kỳ họp này hoặc kỳ họp "
        "gần nhất."
    ),
    Base.TOTAL: gettext_noop(
        "Từ hai phần ba tổng số đại biểu trở lên đánh giá tín nhiệm thấp: trình Hội đồng nhân dân "
        "bỏ phiếu tín nhiệm."
    ),
}
LOW_HALF: Final = {
    Base.RETURNED: gettext_noop(
        "Quá nửa đến dưới hai phần ba tổng số phiếu thu về là tín nhiệm thấp: có thể xin từ chức; "
        "nếu không, Thường trực Hội đồng nhân dân trình bỏ phiếu tín nhiệm tại kỳ họp này hoặc kỳ "
        "họp gần nhất."
    ),
    Base.TOTAL: gettext_noop(
        "Quá nửa đến dưới hai phần ba tổng số đại biểu đánh giá tín nhiệm thấp: có thể xin từ chức."
    ),
}
LOW_KEPT: Final = {
    Base.RETURNED: gettext_noop(
        "Tín nhiệm thấp không quá nửa tổng số phiếu thu về: không phải xin từ chức, bỏ phiếu tín "
        "nhiệm hay miễn nhiệm; kết quả dùng để đánh giá cán bộ."
    ),
    Base.TOTAL: gettext_noop(
        "Tín nhiệm thấp không quá nửa tổng số đại biểu: không phải xin từ chức hay bỏ phiếu tín "
        "nhiệm."
    ),
}
NO_CONFIDENCE: Final = {
    Base.RETURNED: gettext_noop(
        "Quá nửa tổng số phiếu thu về không tín nhiệm: cơ quan, người đã giới thiệu để bầu có "
        "trách nhiệm trình Hội đồng nhân dân miễn nhiệm."
    ),
    Base.TOTAL: gettext_noop(
        "Quá nửa tổng số đại biểu không tín nhiệm: có thể xin từ chức; nếu không, trình Hội đồng "
        "nhân dân miễn nhiệm."
    ),
}
CONFIDENCE_KEPT: Final = {
    Base.RETURNED: gettext_noop(
        "Không tín nhiệm không quá nửa tổng số phiếu thu về: không phải trình miễn nhiệm."
    ),
    Base.TOTAL: gettext_noop(
        "Không tín nhiệm không quá nửa tổng số đại biểu: không phải xin từ chức hay trình miễn "
        "nhiệm."
    ),
}

ELECTED: Final = gettext_noop("Được quá nửa tổng số đại biểu bầu: trúng cử.")
NOT_ELECTED: Final = gettext_noop("Không được quá nửa tổng số đại biểu bầu: không trúng cử.")
TIED: Final = gettext_noop(
    "Được quá nửa tổng số đại biểu bầu nhưng bằng phiếu với người khác ở vị trí cuối cùng: không "
    "ai trúng cử ở vị trí đó."
)
OUTVOTED: Final = gettext_noop(
    "Được quá nửa tổng số đại biểu bầu nhưng những người nhiều phiếu hơn đã đủ số cần bầu: không "
    "trúng cử."
)
TIE_AT_LAST_SEAT: Final = gettext_noop(
    "Bằng phiếu ở vị trí cuối cùng nên vị trí đó chưa có người trúng cử. Việc bầu lại do quy chế "
    "của Hội đồng nhân dân quy định."
)
SEATS_OPEN: Final = gettext_noop(
    "Chưa bầu đủ số người: những người còn lại không được quá nửa tổng số đại biểu. Việc bầu lại "
    "do quy chế của Hội đồng nhân dân quy định."
)
NOBODY_ELECTED: Final = gettext_noop(
    "Không ai được quá nửa tổng số đại biểu. Việc bầu lại do quy chế của Hội đồng nhân dân quy "
    "định."
)
POSTS_OPEN: Final = gettext_noop(
    "Có chức vụ chưa bầu đủ số người. Việc bầu lại chỉ đối với các chức vụ đó, do quy chế của Hội "
    "đồng nhân dân quy định."
)

RESOLVED: Final[dict[PollKind | None, tuple[str, str]]] = {
    None: (
        gettext_noop("Quá nửa tổng số đại biểu tán thành: nghị quyết được thông qua."),
        gettext_noop("Không quá nửa tổng số đại biểu tán thành: nghị quyết không được thông qua."),
    ),
    PollKind.DISMISSAL: (
        gettext_noop("Quá nửa tổng số đại biểu tán thành: việc miễn nhiệm được thông qua."),
        gettext_noop(
            "Không quá nửa tổng số đại biểu tán thành: việc miễn nhiệm không được thông qua."
        ),
    ),
    PollKind.REMOVAL: (
        gettext_noop(
            "Từ hai phần ba tổng số đại biểu trở lên tán thành: việc bãi nhiệm đại biểu được thông "
            "qua."
        ),
        gettext_noop(
            "Chưa đến hai phần ba tổng số đại biểu tán thành: việc bãi nhiệm đại biểu không được "
            "thông qua."
        ),
    ),
}
"""Passed and not passed, by kind; ``None`` is a resolution."""

RESOLVED_ACTS: Final[dict[Act, tuple[str, str]]] = {
    Act.DISMISSAL: RESOLVED[PollKind.DISMISSAL],
    Act.REMOVAL: (
        gettext_noop("Quá nửa tổng số đại biểu tán thành: việc bãi nhiệm được thông qua."),
        gettext_noop(
            "Không quá nửa tổng số đại biểu tán thành: việc bãi nhiệm không được thông qua."
        ),
    ),
    Act.RESIGNATION: (
        gettext_noop("Quá nửa tổng số đại biểu tán thành: đồng ý cho thôi giữ chức vụ."),
        gettext_noop(
            "Không quá nửa tổng số đại biểu tán thành: không đồng ý cho thôi giữ chức vụ."
        ),
    ),
}
"""The same for what a poll of kind DISMISSAL puts to the vote."""

_SHORT_PASSED: Final = gettext_noop(
    "Trên hai phần ba tổng số đại biểu hiện có tán thành: được thông qua."
)
_SHORT_FAILED: Final = gettext_noop(
    "Không quá hai phần ba tổng số đại biểu hiện có tán thành: không được thông qua."
)
_SHORT: Final = {
    ELECTED: gettext_noop("Được trên hai phần ba tổng số đại biểu hiện có bầu: trúng cử."),
    NOT_ELECTED: gettext_noop(
        "Không được trên hai phần ba tổng số đại biểu hiện có bầu: không trúng cử."
    ),
    TIED: gettext_noop(
        "Được trên hai phần ba tổng số đại biểu hiện có bầu nhưng bằng phiếu với người khác ở vị "
        "trí cuối cùng: không ai trúng cử ở vị trí đó."
    ),
    OUTVOTED: gettext_noop(
        "Được trên hai phần ba tổng số đại biểu hiện có bầu nhưng những người nhiều phiếu hơn đã "
        "đủ số cần bầu: không trúng cử."
    ),
    SEATS_OPEN: gettext_noop(
        "Chưa bầu đủ số người: những người còn lại không được trên hai phần ba tổng số đại biểu "
        "hiện có. Việc bầu lại do quy chế của Hội đồng nhân dân quy định."
    ),
    NOBODY_ELECTED: gettext_noop(
        "Không ai được trên hai phần ba tổng số đại biểu hiện có. Việc bầu lại do quy chế của Hội "
        "đồng nhân dân quy định."
    ),
    **{passed: _SHORT_PASSED for passed, _failed in (*RESOLVED.values(), *RESOLVED_ACTS.values())},
    **{failed: _SHORT_FAILED for _passed, failed in (*RESOLVED.values(), *RESOLVED_ACTS.values())},
}


def said(rule: Provision, sentence: str) -> str:
    """The product's sentence, or the rule's own words where administrators have changed the rule.

    Our sentences say the law of the files; of another threshold they would be untrue.
    """
    return rule.text_vi if rule.is_amendment else sentence


def on_base(sentence: str, base: Base) -> str:
    """The sentence as it reads in a short council, whose base is the delegates in office.

    Source: Law 72/2025 Art. 49(2)(b).
    """
    return _SHORT.get(sentence, sentence) if base is Base.IN_OFFICE else sentence

"""Legal bases (căn cứ) of a resolution by the day on which it is adopted.

Only acts that the project's collection of the law names, with the numbers it gives.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from council.rules.refusals import Refusal, gettext_noop

_LAW_77: Final = date(2016, 1, 1)
_LAW_47: Final = date(2020, 7, 1)
_LAW_65: Final = date(2025, 3, 1)
_LAW_72: Final = date(2025, 6, 16)
_DECREE_115: Final = date(2022, 2, 10)
_DECREE_300: Final = date(2025, 11, 17)
_RESOLUTION_85: Final = date(2015, 7, 1)
_RESOLUTION_96: Final = date(2023, 7, 1)
_LAW_121: Final = date(2026, 3, 1)

_ORGANISATION: Final = "Căn cứ Luật Tổ chức chính quyền địa phương số"


def organisation(day: date) -> tuple[str, ...]:
    """The law on the organisation of local government in force on the day.

    Raises:
        Refusal: ``skeleton.no_law`` before 1 January 2016.

    Source: law.md, key to the sources: 77/2015 (with 47/2019), 65/2025 from 1 March 2025,
    72/2025 from 16 June 2025 [text].
    """
    if day >= _LAW_72:
        return (f"{_ORGANISATION} 72/2025/QH15",)
    if day >= _LAW_65:
        return (f"{_ORGANISATION} 65/2025/QH15",)
    if day >= _LAW_47:
        return (f"{_ORGANISATION} 77/2015/QH13 được sửa đổi, bổ sung bởi Luật số 47/2019/QH14",)
    if day >= _LAW_77:
        return (f"{_ORGANISATION} 77/2015/QH13",)
    raise Refusal(
        "skeleton.no_law",
        gettext_noop(
            "Chưa có căn cứ pháp lý cho ngày trước 01/01/2016. Hãy kiểm tra lại ngày thông qua."
        ),
        field="adopted_on",
    )


def election(day: date, *, of_peoples_committee: bool) -> tuple[str, ...]:
    """The decree on electing the people's committee; none for offices of the council itself.

    Source: Decree 08/2016, amended by 115/2021, until Decree 300/2025 of 17 November 2025; that
    115/2021 took effect on 10 February 2022 is from memory.
    """
    if not of_peoples_committee or day < _LAW_77:
        return ()
    if day >= _DECREE_300:
        return ("Căn cứ Nghị định số 300/2025/NĐ-CP ngày 17 tháng 11 năm 2025 của Chính phủ",)
    decree = "Căn cứ Nghị định số 08/2016/NĐ-CP của Chính phủ"
    if day >= _DECREE_115:
        return (f"{decree} được sửa đổi, bổ sung bởi Nghị định số 115/2021/NĐ-CP",)
    return (decree,)


def confidence_vote(day: date) -> tuple[str, ...]:
    """The National Assembly's resolution on confidence votes in force on the day.

    Source: NQ 96/2023/QH15 from 1 July 2023 [text]; NQ 85/2014/QH13 before; Art. 28(3) of Law
    121/2025/QH15 from 1 March 2026 (secondary).
    """
    if day < _RESOLUTION_85:
        return ()
    if day < _RESOLUTION_96:
        return ("Căn cứ Nghị quyết số 85/2014/QH13 của Quốc hội",)
    resolution = (
        "Căn cứ Nghị quyết số 96/2023/QH15 ngày 23 tháng 6 năm 2023 của Quốc hội về việc lấy phiếu "
        "tín nhiệm, bỏ phiếu tín nhiệm đối với người giữ chức vụ do Quốc hội, Hội đồng nhân dân "
        "bầu hoặc phê chuẩn"
    )
    if day < _LAW_121:
        return (resolution,)
    supervision = (
        "Căn cứ Luật Hoạt động giám sát của Quốc hội và Hội đồng nhân dân số 121/2025/QH15"
    )
    return (supervision, resolution)


def punctuated(lines: Sequence[str]) -> tuple[str, ...]:
    """Each basis ends with ";", the last with ".".

    Source: Decree 30/2020/NĐ-CP, Appendix I.
    """
    bare = [line.rstrip(" ;.,") for line in lines]
    return tuple(f"{line}{';' if place < len(bare) else '.'}" for place, line in enumerate(bare, 1))

"""The ways of counting in words that help a committee to choose."""

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from elections import scanning
from elections.models import CountingWay, Poll
from elections.queries import batches as queries

SECONDS_A_MARK = 0.67
SECONDS_A_PAPER = 5
SECONDS_A_NUMBER = 3
PAPERS_A_SECOND = 3


@dataclass(frozen=True, slots=True)
class Way:
    """One way: what it is good for, who is needed, how long it takes."""

    code: str
    title: str
    good_for: str
    people: str
    time: str
    is_chosen: bool


def ways_of(poll: Poll) -> list[Way]:
    """The ways that this installation can count in, with a time estimated from this poll's size."""
    shape = queries.shape_of(poll)
    rows, papers = len(shape.codes), poll.present or 0
    typed = minutes(SECONDS_A_NUMBER * (8 + rows * len(shape.options)))
    keyed = minutes(papers * (SECONDS_A_PAPER + SECONDS_A_MARK * rows))
    ways = [
        Way(
            CountingWay.TOTALS,
            _("Nhập tổng số"),
            _("Hợp khi Ban đếm tay trên bảng kiểm rồi ghi lại tổng; ít người trên phiếu."),
            _("Hai thành viên, mỗi người nhập một lần, không thấy số của nhau."),
            _("Khoảng %(n)d phút nhập mỗi người, sau khi đã đếm tay xong.") % {"n": typed},
            poll.counting == CountingWay.TOTALS,
        ),
        Way(
            CountingWay.BALLOTS,
            _("Đọc từng phiếu"),
            _("Hợp khi không muốn đếm tay: cầm từng lá phiếu, mỗi dấu một phím, máy cộng."),
            _("Hai thành viên đọc mỗi tập 25 phiếu; bốn, sáu người thì chia nhau các tập."),
            _("Khoảng %(n)d phút nếu chỉ hai người đọc %(papers)d phiếu, bốn người thì một nửa.")
            % {"n": keyed, "papers": papers},
            poll.counting == CountingWay.BALLOTS,
        ),
    ]
    if scanning.is_available():
        ways.append(
            Way(
                CountingWay.SCANS,
                _("Quét phiếu"),
                _("Hợp khi có máy quét và phiếu in từ hệ thống này, nhiều người trên phiếu."),
                _("Hai thành viên xem các dấu máy không chắc; phiếu máy từ chối thì đọc tay."),
                _("Máy đọc %(papers)d phiếu khoảng %(n)d phút, chưa kể quét và xem lại dấu.")
                % {"n": minutes(papers / PAPERS_A_SECOND), "papers": papers},
                poll.counting == CountingWay.SCANS,
            )
        )
    return ways


def minutes(seconds: float) -> int:
    """Whole minutes, at least one."""
    return max(1, math.ceil(seconds / 60))

"""Draft agendas in the usual order, as data: what a clerk starts from, never what binds.

Source: practice.md sections 2.3 and 1.4 (order of items, of a confidence vote and of a
by-election); the order is the council's to decide (Law 77/2015 Art. 79, now its regulation).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from council.rules.law import Level
from sessions.rules.agenda import ItemKind


class SessionKind(StrEnum):
    """Kinds of session; the template hangs on it."""

    YEAR_END = "year_end"
    MID_YEAR = "mid_year"
    THEMATIC = "thematic"
    URGENT = "urgent"
    ORGANISING = "organising"


@dataclass(frozen=True, slots=True)
class TemplateItem:
    """One item of a template; ``minutes`` is None where only those below it take time."""

    title: str
    kind: ItemKind
    minutes: int | None = None
    presenter: str = ""
    children: tuple["TemplateItem", ...] = ()

    def walk(self) -> Iterator["TemplateItem"]:
        """The item and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


_STANDING: Final = "Thường trực Hội đồng nhân dân"
_PEOPLES_COMMITTEE: Final = "Ủy ban nhân dân"
_COMMITTEES: Final = "Các Ban của Hội đồng nhân dân"
_CHAIR: Final = "Chủ tọa kỳ họp"
_BALLOT_COMMITTEE: Final = "Ban kiểm phiếu"
_FRONT: Final = "Ủy ban Mặt trận Tổ quốc Việt Nam"
_CHAIR_OF_COUNCIL: Final = "Chủ tịch Hội đồng nhân dân"
_CHAIR_OF_COMMITTEE: Final = "Chủ tịch Ủy ban nhân dân"


def _opening() -> TemplateItem:
    return TemplateItem(
        "Khai mạc kỳ họp",
        ItemKind.OPENING,
        children=(
            TemplateItem(
                "Chào cờ, tuyên bố lý do, giới thiệu đại biểu", ItemKind.OPENING, 10, _CHAIR
            ),
            TemplateItem("Điểm danh đại biểu", ItemKind.OPENING, 5, "Thư ký kỳ họp"),
            TemplateItem("Phát biểu khai mạc", ItemKind.OPENING, 10, _CHAIR),
            TemplateItem("Thông qua chương trình kỳ họp", ItemKind.OPENING, 5, _CHAIR),
            TemplateItem("Cử thư ký kỳ họp", ItemKind.OPENING, 5, _CHAIR),
        ),
    )


def _closing() -> TemplateItem:
    return TemplateItem("Bế mạc kỳ họp", ItemKind.CLOSING, 10, _CHAIR)


def _reports_of_the_peoples_committee(period: str, next_period: str) -> TemplateItem:
    def report(title: str, minutes: int) -> TemplateItem:
        return TemplateItem(title, ItemKind.REPORT, minutes, _PEOPLES_COMMITTEE)

    return TemplateItem(
        "Báo cáo của Ủy ban nhân dân",
        ItemKind.REPORT,
        children=(
            report(
                f"Tình hình kinh tế – xã hội {period}; nhiệm vụ, giải pháp {next_period}",
                20,
            ),
            report(f"Tình hình thực hiện thu, chi ngân sách {period}", 10),
            report(f"Tình hình thực hiện đầu tư công {period}", 10),
            report("Kết quả giải quyết ý kiến, kiến nghị của cử tri", 10),
            report("Công tác phòng, chống tham nhũng", 5),
            report("Công tác tiếp công dân, giải quyết khiếu nại, tố cáo", 5),
            report("Thực hành tiết kiệm, chống lãng phí", 5),
        ),
    )


def _other_reports(level: Level) -> TemplateItem:
    judiciary = (
        TemplateItem("Báo cáo của Tòa án nhân dân", ItemKind.REPORT, 5, "Tòa án nhân dân"),
        TemplateItem(
            "Báo cáo của Viện kiểm sát nhân dân", ItemKind.REPORT, 5, "Viện kiểm sát nhân dân"
        ),
        TemplateItem(
            "Báo cáo công tác thi hành án dân sự", ItemKind.REPORT, 5, "Cơ quan Thi hành án dân sự"
        ),
    )
    return TemplateItem(
        "Báo cáo của Thường trực Hội đồng nhân dân, các Ban và các cơ quan",
        ItemKind.REPORT,
        children=(
            TemplateItem(
                "Báo cáo hoạt động của Thường trực Hội đồng nhân dân",
                ItemKind.REPORT, 10, _STANDING,
            ),
            TemplateItem(
                "Báo cáo hoạt động của các Ban của Hội đồng nhân dân",
                ItemKind.REPORT, 10, _COMMITTEES,
            ),
            *(judiciary if level is not Level.COMMUNE else ()),
            TemplateItem(
                "Thông báo công tác tham gia xây dựng chính quyền và ý kiến, kiến nghị của cử tri",
                ItemKind.REPORT, 15, _FRONT,
            ),
        ),
    )  # fmt: skip


def _submissions() -> TemplateItem:
    return TemplateItem(
        "Tờ trình, dự thảo nghị quyết và báo cáo thẩm tra",
        ItemKind.SUBMISSION,
        children=(
            TemplateItem(
                "Trình bày các tờ trình, dự thảo nghị quyết",
                ItemKind.SUBMISSION, 40, _PEOPLES_COMMITTEE,
            ),
            TemplateItem(
                "Báo cáo thẩm tra của các Ban của Hội đồng nhân dân",
                ItemKind.VERIFICATION, 20, _COMMITTEES,
            ),
        ),
    )  # fmt: skip


def _discussion() -> TemplateItem:
    return TemplateItem(
        "Thảo luận",
        ItemKind.DISCUSSION,
        children=(
            TemplateItem("Thảo luận tổ", ItemKind.DISCUSSION, 60, "Các Tổ đại biểu"),
            TemplateItem(
                "Báo cáo tổng hợp ý kiến thảo luận tổ", ItemKind.DISCUSSION, 10, _STANDING
            ),
            TemplateItem("Thảo luận tại hội trường", ItemKind.DISCUSSION, 60, _CHAIR),
            TemplateItem(
                "Giải trình, tiếp thu của Ủy ban nhân dân",
                ItemKind.DISCUSSION, 20, _PEOPLES_COMMITTEE,
            ),
        ),
    )  # fmt: skip


def _questioning() -> TemplateItem:
    return TemplateItem("Chất vấn và trả lời chất vấn", ItemKind.QUESTIONING, 150, _CHAIR)


def _confidence_vote() -> TemplateItem:
    """Steps of NQ 96/2023/QH15 Art. 11; their detail for councils is from memory."""
    kind = ItemKind.CONFIDENCE_VOTE
    return TemplateItem(
        "Lấy phiếu tín nhiệm đối với người giữ chức vụ do Hội đồng nhân dân bầu",
        kind,
        children=(
            TemplateItem("Trình danh sách người được lấy phiếu tín nhiệm", kind, 5, _STANDING),
            TemplateItem("Biểu quyết danh sách người được lấy phiếu tín nhiệm", kind, 5, _CHAIR),
            TemplateItem("Thảo luận tại tổ", kind, 30, "Các Tổ đại biểu"),
            TemplateItem("Báo cáo kết quả thảo luận tại tổ", kind, 10, _STANDING),
            TemplateItem("Bỏ phiếu kín", kind, 20, _BALLOT_COMMITTEE),
            TemplateItem("Công bố kết quả kiểm phiếu", kind, 10, _BALLOT_COMMITTEE),
            TemplateItem("Biểu quyết nghị quyết xác nhận kết quả", kind, 5, _CHAIR),
        ),
    )


def _election(title: str, nominator: str) -> TemplateItem:
    kind = ItemKind.ELECTION
    return TemplateItem(
        title,
        kind,
        children=(
            TemplateItem("Trình bày tờ trình giới thiệu nhân sự", kind, 5, nominator),
            TemplateItem("Thảo luận, thông qua danh sách người ứng cử", kind, 10, _CHAIR),
            TemplateItem("Bỏ phiếu kín", kind, 15, _BALLOT_COMMITTEE),
            TemplateItem("Công bố kết quả kiểm phiếu", kind, 5, _BALLOT_COMMITTEE),
            TemplateItem("Biểu quyết nghị quyết xác nhận kết quả bầu", kind, 5, _CHAIR),
        ),
    )


def _ballot_committee() -> TemplateItem:
    return TemplateItem("Bầu Ban kiểm phiếu", ItemKind.PERSONNEL, 5, _CHAIR)


def _personnel(*, has_confidence_vote: bool, has_election: bool) -> tuple[TemplateItem, ...]:
    if not (has_confidence_vote or has_election):
        return ()
    parts = [_ballot_committee()]
    if has_confidence_vote:
        parts.append(_confidence_vote())
    if has_election:
        parts.append(_election("Bầu bổ sung chức vụ do Hội đồng nhân dân bầu", _CHAIR_OF_COMMITTEE))
    return (TemplateItem("Công tác nhân sự", ItemKind.PERSONNEL, children=tuple(parts)),)


def _resolutions() -> TemplateItem:
    return TemplateItem("Biểu quyết thông qua các nghị quyết", ItemKind.RESOLUTION_VOTE, 30, _CHAIR)


def _organising() -> tuple[TemplateItem, ...]:
    return (
        TemplateItem(
            "Báo cáo kết quả bầu cử đại biểu Hội đồng nhân dân",
            ItemKind.REPORT,
            15,
            "Ủy ban bầu cử",
        ),
        TemplateItem(
            "Công tác nhân sự",
            ItemKind.PERSONNEL,
            children=(
                _ballot_committee(),
                _election("Bầu Chủ tịch Hội đồng nhân dân", _CHAIR),
                _election("Bầu Phó Chủ tịch, Trưởng Ban của Hội đồng nhân dân", _STANDING),
                _election("Bầu Chủ tịch Ủy ban nhân dân", _CHAIR_OF_COUNCIL),
                _election("Bầu Phó Chủ tịch, Ủy viên Ủy ban nhân dân", _CHAIR_OF_COMMITTEE),
            ),
        ),
        TemplateItem(
            "Kế hoạch tổ chức các kỳ họp thường lệ trong năm", ItemKind.SUBMISSION, 10, _STANDING
        ),
    )


def draft_agenda(
    kind: SessionKind | str,
    level: Level | str,
    *,
    has_confidence_vote: bool = False,
    has_election: bool = False,
) -> tuple[TemplateItem, ...]:
    """The items of a new session in their usual order; titles are document text, in Vietnamese.

    Args:
        kind: of the session; it decides the body of the agenda.
        level: of the council; communes have no court or procuracy of their own to report.
        has_confidence_vote: puts a confidence vote among the personnel items.
        has_election: puts a supplementary election there.
    """
    personnel = _personnel(has_confidence_vote=has_confidence_vote, has_election=has_election)
    return (_opening(), *_body(SessionKind(kind), Level(level), personnel), _closing())


def _body(
    kind: SessionKind, level: Level, personnel: tuple[TemplateItem, ...]
) -> tuple[TemplateItem, ...]:
    match kind:
        case SessionKind.YEAR_END:
            return _ordinary("năm", "năm sau", level, personnel)
        case SessionKind.MID_YEAR:
            return _ordinary("6 tháng đầu năm", "6 tháng cuối năm", level, personnel)
        case SessionKind.THEMATIC:
            return (_submissions(), _discussion(), *personnel, _resolutions())
        case SessionKind.URGENT:
            return (_submissions(), *personnel, _resolutions())
        case SessionKind.ORGANISING:
            return (*_organising(), _resolutions())


def _ordinary(
    period: str, next_period: str, level: Level, personnel: tuple[TemplateItem, ...]
) -> tuple[TemplateItem, ...]:
    return (
        _reports_of_the_peoples_committee(period, next_period),
        _other_reports(level),
        _submissions(),
        _discussion(),
        _questioning(),
        *personnel,
        _resolutions(),
    )

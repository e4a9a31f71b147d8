"""The checklist of a session: what is due when, counted from its days, each with its source.

Days before the opening are calendar days ("chậm nhất 20 ngày trước ngày khai mạc"); what follows
the session is counted in the unit of its rule. Where the law is silent the council's own
regulation decides, and the checklist says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from council.rules import periods
from council.rules.law import RULEBOOK, Level, Mark, Provision
from sessions.rules.agenda_templates import SessionKind

REGULATION: Final = "quy chế của Hội đồng nhân dân"
DAYS_MAX: Final = 365

_STANDING: Final = "Thường trực Hội đồng nhân dân"
_BY_ANALOGY: Final = (
    "Nghị quyết 96/2023/QH15 không quy định cho cấp xã; thời hạn này lấy theo cấp tỉnh."
)


class Count(StrEnum):
    """From which day a deadline is counted, and in which days."""

    BEFORE_OPENING = "before_opening"
    AFTER_ELECTION = "after_election"
    AFTER_CLOSING = "after_closing"
    AFTER_CLOSING_WORKING = "after_closing_working"
    AFTER_ELECTION_DAY = "after_election_day"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One line of the checklist.

    Attributes:
        code: stable; the subject of the rule in the rulebook.
        what: what must be done, in Vietnamese.
        due_on: the last day on which it is in time.
        days: how many days, of the unit that ``counted`` names.
        counted: from which day, and whether in working days.
        source: the article, or the council's regulation.
        mark: how far the wording is known.
        responsible: who does it, in Vietnamese.
        is_setting: the council's own regulation decides; ``days`` is its figure or our default.
        note: what the mark does not cover, may be empty.
    """

    code: str
    what: str
    due_on: date
    days: int
    counted: Count
    source: str
    mark: Mark
    responsible: str
    is_setting: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class DeadlineSettings:
    """A council's own days where its regulation sets them; None takes the rulebook's default.

    ``source`` names the regulation; without it the checklist says "quy chế của Hội đồng nhân dân".
    """

    convene_days_ordinary: int | None = None
    convene_days_other: int | None = None
    papers_days: int | None = None
    send_up_days: int | None = None
    source: str = ""

    def days_for(self, subject: str) -> int | None:
        """The council's own days for a subject of the rulebook."""
        return {
            "session.convene_ordinary": self.convene_days_ordinary,
            "session.convene_other": self.convene_days_other,
            "session.papers": self.papers_days,
            "resolution.send_up": self.send_up_days,
        }.get(subject)


DEFAULTS: Final = DeadlineSettings()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line before its rule is looked up."""

    subject: str
    what: str
    responsible: str
    counted: Count = Count.BEFORE_OPENING


_CONVENE: Final = "Quyết định triệu tập kỳ họp, kèm chương trình dự kiến"
_CONVENE_ORDINARY: Final = _Line("session.convene_ordinary", _CONVENE, _STANDING)
_CONVENE_OTHER: Final = _Line("session.convene_other", _CONVENE, _STANDING)
_PAPERS: Final = _Line(
    "session.papers", "Gửi hồ sơ dự thảo nghị quyết và tài liệu đến đại biểu", _STANDING
)
_CONFIDENCE: Final = (
    _Line(
        "confidence.t_minus_45",
        "Dự kiến danh sách người được lấy phiếu tín nhiệm; yêu cầu bằng văn bản gửi báo cáo, bản "
        "kê khai tài sản, thu nhập",
        _STANDING,
    ),
    _Line(
        "confidence.t_minus_30",
        "Gửi báo cáo và bản kê khai tài sản, thu nhập đến Thường trực Hội đồng nhân dân",
        "Người được lấy phiếu tín nhiệm",
    ),
    _Line(
        "confidence.t_minus_25",
        "Gửi ý kiến của cử tri về người được lấy phiếu tín nhiệm (nếu có)",
        "Ủy ban Mặt trận Tổ quốc Việt Nam cùng cấp",
    ),
    _Line(
        "confidence.t_minus_20",
        "Gửi đại biểu báo cáo của người được lấy phiếu và bản tổng hợp ý kiến cử tri",
        _STANDING,
    ),
)
_CONFIDENCE_BEFORE_2023: Final = (
    _Line(
        "confidence.t_minus_15",
        "Đề nghị Thường trực Hội đồng nhân dân làm rõ nội dung liên quan đến người được lấy phiếu",
        "Đại biểu",
    ),
    _Line("confidence.t_minus_10", "Gửi văn bản hỏi người được lấy phiếu tín nhiệm", "Đại biểu"),
)
_SEND_RESULT: Final = _Line(
    "approve.send",
    "Gửi kết quả bầu lên cấp trên để phê chuẩn (nếu chức vụ phải phê chuẩn)",
    _STANDING,
    Count.AFTER_ELECTION,
)
_PUBLISH: Final = _Line(
    "info.publish",
    "Công khai nghị quyết và kết quả của kỳ họp",
    "Văn phòng",
    Count.AFTER_CLOSING_WORKING,
)
_SEND_UP: Final = _Line(
    "resolution.send_up",
    "Gửi nghị quyết, biên bản kỳ họp lên cấp trên",
    _STANDING,
    Count.AFTER_CLOSING,
)
_FIRST_SESSION: Final = _Line(
    "session.first",
    "Khai mạc kỳ họp thứ nhất của nhiệm kỳ",
    _STANDING,
    Count.AFTER_ELECTION_DAY,
)

_ORDINARY: Final = frozenset({SessionKind.YEAR_END, SessionKind.MID_YEAR, SessionKind.ORGANISING})


@dataclass(frozen=True, slots=True)
class _Days:
    """The days from which everything is counted."""

    opens_on: date
    closes_on: date
    elected_on: date
    election_day: date


def checklist(
    session_kind: SessionKind | str,
    opens_on: date,
    level: Level | str,
    *,
    has_confidence_vote: bool = False,
    has_election: bool = False,
    settings: DeadlineSettings = DEFAULTS,
    closes_on: date | None = None,
    elected_on: date | None = None,
    election_day: date | None = None,
) -> list[Deadline]:
    """Everything due around a session, by the law in force on its opening day, earliest first.

    A rule that the rulebook does not have for that day and level gives no line.

    Args:
        session_kind: ordinary sessions are convened earlier than others.
        opens_on: day of the opening.
        level: of the council.
        has_confidence_vote: the agenda holds one.
        has_election: the agenda holds an election by the council.
        settings: the council's own days; they count only where the law leaves them to it.
        closes_on: last day; without it the day of the opening.
        elected_on: day of the council's election; without it the last day.
        election_day: of the general election, for the first session of a term.

    Raises:
        Refusal: ``date.implausible``.
    """
    periods.check_plausible(opens_on, field="opens_on")
    last_day = closes_on or opens_on
    days = _Days(opens_on, last_day, elected_on or last_day, election_day or opens_on)
    lines = _lines(
        SessionKind(session_kind),
        has_confidence_vote=has_confidence_vote,
        has_election=has_election,
        is_first=election_day is not None,
    )
    due = (_deadline(line, days, Level(level), settings) for line in lines)
    return sorted(
        (deadline for deadline in due if deadline is not None),
        key=lambda deadline: (deadline.due_on, -deadline.days, deadline.code),
    )


def _lines(
    kind: SessionKind, *, has_confidence_vote: bool, has_election: bool, is_first: bool
) -> Iterator[_Line]:
    if has_confidence_vote:
        yield from _CONFIDENCE
        yield from _CONFIDENCE_BEFORE_2023
    yield _CONVENE_ORDINARY if kind in _ORDINARY else _CONVENE_OTHER
    yield _PAPERS
    if is_first:
        yield _FIRST_SESSION
    if has_election:
        yield _SEND_RESULT
    yield _PUBLISH
    yield _SEND_UP


def _deadline(
    line: _Line, days: _Days, level: Level, settings: DeadlineSettings
) -> Deadline | None:
    provision, is_analogy = _rule(line.subject, days.opens_on, level)
    if provision is None or provision.days is None:
        return None
    own = settings.days_for(line.subject) if provision.setting else None
    count = min(provision.days if own is None else max(own, 0), DAYS_MAX)
    is_setting = provision.setting or is_analogy
    regulation = (settings.source if provision.setting else "") or REGULATION
    return Deadline(
        code=line.subject,
        what=line.what,
        due_on=_due_on(line.counted, count, days),
        days=count,
        counted=line.counted,
        source=regulation if is_setting or not provision.article else provision.article,
        mark=Mark.UNCERTAIN if is_analogy else provision.mark,
        responsible=line.responsible,
        is_setting=is_setting,
        note=_BY_ANALOGY if is_analogy else provision.note,
    )


def _rule(subject: str, day: date, level: Level) -> tuple[Provision | None, bool]:
    """The rule, and whether it is a province's, lent to a commune that holds a confidence vote."""
    found = RULEBOOK.find(subject, day, level)
    if found is None and level is Level.COMMUNE and subject.startswith("confidence."):
        lent = RULEBOOK.find(subject, day, Level.PROVINCE)
        return lent, lent is not None
    return found, False


def _due_on(counted: Count, count: int, days: _Days) -> date:
    match counted:
        case Count.BEFORE_OPENING:
            return periods.days_before(days.opens_on, count)
        case Count.AFTER_ELECTION:
            return periods.add_working_days(days.elected_on, count)
        case Count.AFTER_CLOSING_WORKING:
            return periods.add_working_days(days.closes_on, count)
        case Count.AFTER_CLOSING:
            return days.closes_on + timedelta(days=count)
        case Count.AFTER_ELECTION_DAY:
            return days.election_day + timedelta(days=count)

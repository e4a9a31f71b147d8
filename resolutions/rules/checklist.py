"""What has to be there before and after a resolution is adopted, who sees to it, and why.

Source: law.md section 4 (ids resolution.*, qppl.*, number.who) with its marks; practice.md 2.4 for
the chain of papers. A mark of "memory" or "uncertain" is shown to the clerk as it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from council.rules import figures
from council.rules.law import Level
from council.rules.refusals import gettext_noop
from resolutions.rules.blanks import Blank, Where

_LAW_64: Final = date(2025, 4, 1)
_DAYS_64: Final = 10
_DAYS_80: Final = {Level.PROVINCE: 10}
_DAYS_80_LOWER: Final = 7


class PointState(StrEnum):
    """Done, still to do, or a thing to keep in mind that no program can check."""

    DONE = "done"
    OPEN = "open"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What is known of the resolution.

    Attributes:
        is_normative: quy phạm pháp luật.
        is_of_poll: drafted from a counted poll, behind which other papers stand.
        level: of the council.
        paper_kinds: of the papers attached.
        uncited: numbers of attached papers that no basis names.
        blanks: what is left to be filled in.
        mentions: plain mentions of its own pieces.
        missing_figures: figures of the poll that the text does not state.
        has_signatory: somebody's name stands under it.
        adopted_on: the day of the vote, or the last day of the session.
        effective_on: first day in force; None for from adoption on.
        is_adopted: the council has voted.
    """

    is_normative: bool
    is_of_poll: bool
    level: Level
    adopted_on: date
    paper_kinds: frozenset[str] = frozenset()
    uncited: tuple[str, ...] = ()
    blanks: tuple[Blank, ...] = ()
    mentions: tuple[str, ...] = ()
    missing_figures: int = 0
    has_signatory: bool = True
    effective_on: date | None = None
    is_adopted: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One line: what, who, how it stands, on what it rests.

    Attributes:
        code: stable identifier.
        what: sentence with placeholders.
        who: sees to it.
        state: how it stands.
        params: of the sentence.
        cites: article, empty for practice.
        mark: how sure the source is; empty for read in the text.
    """

    code: str
    what: str
    who: str
    state: PointState
    params: Mapping[str, object] = field(default_factory=dict)
    cites: str = ""
    mark: str = ""


CLERK: Final = gettext_noop("thư ký")
PEOPLES_COMMITTEE: Final = gettext_noop("cơ quan trình")
COMMITTEE: Final = gettext_noop("Ban được giao thẩm tra")
RECORDS: Final = gettext_noop("văn thư")
MEMORY: Final = gettext_noop("theo trí nhớ, cần đối chiếu")
UNCERTAIN: Final = gettext_noop("chưa chắc chắn, cần đối chiếu")


def points_of(facts: CheckFacts) -> tuple[Point, ...]:
    """The whole list, in the order in which things happen."""
    return (*_papers(facts), *_text(facts), *_effect(facts), *_afterwards(facts))


def _state(*, done: bool) -> PointState:
    return PointState.DONE if done else PointState.OPEN


def _papers(facts: CheckFacts) -> Iterator[Point]:
    """Submission → verification report → response report → resolution."""
    if not facts.is_of_poll:
        yield Point(
            "papers.submission", gettext_noop("Có tờ trình kèm dự thảo."), PEOPLES_COMMITTEE,
            _state(done="submission" in facts.paper_kinds),
        )  # fmt: skip
        yield Point(
            "papers.verification", gettext_noop("Có báo cáo thẩm tra của Ban."), COMMITTEE,
            _state(done="verification_report" in facts.paper_kinds),
        )  # fmt: skip
    if facts.is_normative:
        yield Point(
            "papers.response", gettext_noop("Có báo cáo tiếp thu, giải trình."), PEOPLES_COMMITTEE,
            _state(done="response_report" in facts.paper_kinds),
        )  # fmt: skip
    if facts.paper_kinds:
        yield Point(
            "papers.cited",
            gettext_noop("Căn cứ dẫn đủ số của tài liệu; còn thiếu: %(numbers)s.")
            if facts.uncited
            else gettext_noop("Căn cứ dẫn đủ số của các tài liệu đã gắn."),
            CLERK, _state(done=not facts.uncited), {"numbers": ", ".join(facts.uncited)},
        )  # fmt: skip


BLANKS_TOLD: Final = 8
BLANK_AT: Final = {
    Where.TITLE: gettext_noop("trích yếu"),
    Where.BASIS: gettext_noop("căn cứ thứ %(label)s"),
    Where.BODY: gettext_noop("nội dung"),
    Where.CLOSING: gettext_noop("đoạn kết"),
    Where.RECIPIENT: gettext_noop("nơi nhận"),
}
"""Where a blank is, for people; in the body its label ("khoản 1 Điều 2") says more."""


def _blanks(blanks: tuple[Blank, ...]) -> Iterator[Point]:
    """Each blank with its place and the words around it, the first few by name."""
    if not blanks:
        yield Point(
            "text.blanks", gettext_noop("Không còn chỗ trống nào phải điền."), CLERK,
            PointState.DONE,
        )  # fmt: skip
    for blank in blanks[:BLANKS_TOLD]:
        yield Point(
            "text.blanks", gettext_noop("Còn chỗ trống ở %(place)s: “%(excerpt)s”."), CLERK,
            PointState.OPEN, {"place": blank, "excerpt": blank.excerpt},
        )  # fmt: skip
    if len(blanks) > BLANKS_TOLD:
        yield Point(
            "text.blanks", gettext_noop("Còn %(count)d chỗ trống nữa."), CLERK, PointState.OPEN,
            {"count": len(blanks) - BLANKS_TOLD},
        )  # fmt: skip


def _text(facts: CheckFacts) -> Iterator[Point]:
    yield from _blanks(facts.blanks)
    if facts.mentions:
        yield Point(
            "text.mentions",
            gettext_noop("Viện dẫn ghi bằng chữ thường, không tự đổi số: %(mentions)s."),
            CLERK, PointState.OPEN, {"mentions": ", ".join(facts.mentions[:5])},
        )  # fmt: skip
    if facts.is_of_poll:
        yield Point(
            "text.figures", gettext_noop("Văn bản nêu đúng mọi số phiếu đã kiểm."), CLERK,
            _state(done=not facts.missing_figures),
        )  # fmt: skip
    yield Point(
        "text.signatory", gettext_noop("Đã ghi tên người ký."), CLERK,
        _state(done=facts.has_signatory),
    )  # fmt: skip


def earliest_effect(adopted_on: date, level: Level) -> date:
    """The first day on which a normative resolution may be in force, the ordinary procedure.

    Source: Law 64/2025/QH15 Art. 53(1) from 1 April 2025 (10 days); Law 80/2015 before (province
    10, below 7) [text].
    """
    if adopted_on >= _LAW_64:
        return adopted_on + timedelta(days=_DAYS_64)
    return adopted_on + timedelta(days=_DAYS_80.get(level, _DAYS_80_LOWER))


def _effect(facts: CheckFacts) -> Iterator[Point]:
    if not facts.is_normative:
        return
    first = earliest_effect(facts.adopted_on, facts.level)
    is_new = facts.adopted_on >= _LAW_64
    yield Point(
        "qppl.effect",
        gettext_noop("Ngày có hiệu lực không sớm hơn %(day)s (trừ trình tự rút gọn)."),
        CLERK,
        _state(done=facts.effective_on is not None and facts.effective_on >= first),
        {"day": figures.date_short(first)},
        cites="Luật số 64/2025/QH15, Điều 53 khoản 1" if is_new else "Luật số 80/2015/QH13",
    )
    yield Point(
        "qppl.form",
        gettext_noop("Thể thức theo Nghị định 78/2025/NĐ-CP, không theo Nghị định 30/2020/NĐ-CP."),
        CLERK, PointState.NOTE, cites="Nghị định số 30/2020/NĐ-CP, Điều 7", mark=MEMORY,
    )  # fmt: skip


def _afterwards(facts: CheckFacts) -> Iterator[Point]:
    yield Point(
        "issue.next_day",
        gettext_noop("Ban hành trong ngày ký, chậm nhất ngày làm việc tiếp theo."),
        RECORDS, PointState.NOTE, cites="Nghị định số 30/2020/NĐ-CP, Điều 18 khoản 1",
    )  # fmt: skip
    if facts.is_normative:
        is_old = facts.adopted_on < _LAW_64
        yield Point(
            "qppl.publish",
            gettext_noop("Gửi đăng Công báo: trong 3 ngày từ ngày công bố hoặc ký ban hành."),
            RECORDS, PointState.NOTE,
            cites="Luật số 80/2015/QH13, Điều 150" if is_old else "",
            mark="" if is_old else UNCERTAIN,
        )  # fmt: skip
    yield Point(
        "resolution.send_up",
        gettext_noop("Gửi nghị quyết lên cơ quan cấp trên theo Quy chế của Hội đồng."),
        RECORDS, PointState.NOTE, mark=UNCERTAIN,
    )  # fmt: skip

"""What sessions ask of whom: today's sitting, the next step of each session, papers, deadlines."""

from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from council.models import Council, RoleKind, User
from council.rules import figures
from council.rules.work import Step, Work, WorkItem
from sessions.models import AgendaItem, Session, SessionState, Sitting
from sessions.queries import agenda, deadlines, facts
from sessions.queries import sessions as queries
from sessions.queries import sittings as sitting_queries
from sessions.queries import steps as course
from sessions.queries.facts import Facts
from sessions.rules.quorum import Quorum

PREPARE: Final = frozenset({RoleKind.CLERK, RoleKind.APPROVER})
APPROVE: Final = frozenset({RoleKind.APPROVER, RoleKind.CHAIR})
STAFF: Final = PREPARE | APPROVE
SESSIONS_MAX, STEPS_MAX, STEPS_BEFORE = 4, 12, 4
IN_SESSION: Final = (SessionState.CONVENED, SessionState.IN_PROGRESS)
STATE_LABELS: Final = {
    "done": gettext_lazy("Xong"), "now": gettext_lazy("Đang diễn ra"), "next": "",
}  # fmt: skip


def work_for(council: Council, user: User, roles: frozenset[str], today: date) -> Work:
    """The session that runs or comes next in full, other open ones in a line each.

    The number of queries does not grow with sessions, items, papers or delegates.
    """
    work = Work()
    found = list(queries.open_sessions(council)[:SESSIONS_MAX])
    if not found:
        if roles & PREPARE:
            page = reverse("sessions:session-add", args=[council.slug])
            sentence = _("Chưa có kỳ họp nào đang chuẩn bị.")
            work.mine.append(WorkItem(sentence, page, _("Chuẩn bị kỳ họp mới"), urgency=9))
        return work
    main, known = found[0], facts.of(found[0])
    sitting = sitting_of_the_day(known, today)
    if sitting is not None:
        sitting.council_session = main
    quorum = sitting_queries.quorum_of(sitting) if sitting else None
    work.headline = headline(main, sitting, today)
    work.lead = lead(main, known, quorum, today)
    if roles & STAFF:
        for council_session in found:
            add_state(work, council_session, user, roles)
        add_papers(work, main, known, roles)
        if sitting and quorum and main.state in IN_SESSION:
            add_sitting(work, sitting, quorum, roles)
        elif main.state == SessionState.IN_PROGRESS and not known.next_sitting:
            add_closing(work, main)
        work.deadlines = [line.due for line in deadlines.checklist(main, known, today)]
    work.steps = (
        items_as_steps(known) if sitting and sitting.opened_at else course.steps(main, known)
    )
    work.mine.sort(key=lambda item: item.urgency)
    return work


def sitting_of_the_day(known: Facts, today: date) -> Sitting | None:
    """The sitting that runs, else the next one where its day has come."""
    following = known.next_sitting
    is_due = following is not None and following.held_on <= today
    return known.open_sitting or (following if is_due else None)


def name_of(council_session: Session) -> str:
    """The session in the middle of a sentence: kỳ họp thứ 4."""
    return _("kỳ họp thứ %(number)d") % {"number": council_session.number}


def headline(main: Session, sitting: Sitting | None, today: date) -> str:
    """What day it is for this council."""
    words: dict[str, object] = {
        "number": main.number, "day": figures.date_short(main.opens_on),
    }  # fmt: skip
    if sitting is not None and main.state in IN_SESSION:
        words["part"] = sitting.get_part_display()
        return _("Hôm nay: kỳ họp thứ %(number)d, %(part)s") % words
    if main.state == SessionState.IN_PROGRESS:
        return _("Kỳ họp thứ %(number)d đang diễn ra") % words
    if main.opens_on == today:
        return _("Hôm nay: ngày khai mạc kỳ họp thứ %(number)d") % words
    return _("Kỳ họp thứ %(number)d, khai mạc ngày %(day)s") % words


def lead(main: Session, known: Facts, quorum: Quorum | None, today: date) -> str:
    """Who is there and where the agenda stands; before the opening, how long it is."""
    if quorum is None or main.state not in IN_SESSION:
        days = (main.opens_on - today).days
        state = str(main.get_state_display()).capitalize()
        if days <= 0:
            return f"{state}."
        left = ngettext("còn %(n)d ngày", "còn %(n)d ngày", days) % {"n": days}
        return f"{state}, {left}."
    words: dict[str, object] = {
        "present": quorum.present, "total": quorum.total, "needed": quorum.needed,
        "missing": quorum.missing,
    }  # fmt: skip
    if quorum.met:
        there = (
            _("%(present)d/%(total)d đại biểu có mặt, đủ điều kiện họp (cần %(needed)d).") % words
        )
    else:
        there = (
            _("%(present)d/%(total)d đại biểu có mặt, cần %(needed)d, còn thiếu %(missing)d.")
            % words
        )
    return f"{there} {place_in_agenda(known)}".strip()


def place_in_agenda(known: Facts) -> str:
    """Which item of how many runs; empty while none does."""
    current = known.current_item
    row = next((row for row in known.rows if current and row.item.pk == current.pk), None)
    if row is None or not row.label:
        return ""
    roots = sum(bool(row.label) and row.depth == 0 for row in known.rows)
    at = row.label.split(".")[0]
    return _("Đang ở nội dung %(at)s trên %(total)d.") % {"at": at, "total": roots}


def add_state(work: Work, council_session: Session, user: User, roles: frozenset[str]) -> None:
    """What the session's state asks for: to finish, to approve, to convene."""
    slug, name = council_session.term.council.slug, name_of(council_session)
    page = reverse("sessions:session-detail", args=[slug, council_session.pk])
    match SessionState(council_session.state):
        case SessionState.DRAFT:
            reason = council_session.send_back_reason
            sentence = _("Soạn tiếp chương trình %(name)s rồi trình duyệt.") % {"name": name}
            detail = _("Bị trả lại: %(reason)s") % {"reason": reason} if reason else ""
            item = WorkItem(sentence, page, _("Soạn tiếp"), detail, urgency=4)
            give(work, item, mine=bool(roles & PREPARE))
        case SessionState.SUBMITTED:
            sentence = _("Duyệt chương trình %(name)s.") % {"name": name}
            item = WorkItem(sentence, page, _("Xem và duyệt"), urgency=2)
            is_other = council_session.submitted_by_id != user.pk
            give(work, item, mine=bool(roles & APPROVE) and is_other)
        case SessionState.APPROVED:
            sentence = _("Triệu tập %(name)s.") % {"name": name}
            item = WorkItem(sentence, page, _("Triệu tập"), urgency=3)
            give(work, item, mine=bool(roles & PREPARE))
        case SessionState.CONVENED | SessionState.IN_PROGRESS | SessionState.CLOSED:
            pass


def add_papers(work: Work, main: Session, known: Facts, roles: frozenset[str]) -> None:
    """Items without a paper, papers that wait for their release."""
    page = reverse("sessions:paper-list", args=[main.term.council.slug, main.pk])
    if known.waiting_papers:
        sentence = ngettext(
            "%(n)d tài liệu chờ phát hành.", "%(n)d tài liệu chờ phát hành.", known.waiting_papers
        ) % {"n": known.waiting_papers}
        item = WorkItem(sentence, page, _("Xem và phát hành"), urgency=4)
        give(work, item, mine=bool(roles & APPROVE))
    if known.bare_items and main.state != SessionState.IN_PROGRESS:
        sentence = ngettext(
            "%(n)d nội dung chưa có tài liệu.", "%(n)d nội dung chưa có tài liệu.", known.bare_items
        ) % {"n": known.bare_items}
        item = WorkItem(sentence, page, _("Thêm tài liệu"), urgency=6)
        give(work, item, mine=bool(roles & PREPARE))


def add_sitting(work: Work, sitting: Sitting, quorum: Quorum, roles: frozenset[str]) -> None:
    """The hall is waiting: tick, open, resume, vote."""
    main = sitting.council_session
    slug, words = main.term.council.slug, {"part": sitting.get_part_display()}
    page = reverse("sessions:sitting-list", args=[slug, main.pk])
    roll = reverse("sessions:attendance-roll", args=[slug, sitting.pk])
    match Sitting.State(sitting.state):
        case Sitting.State.OPEN:
            vote = reverse("sessions:vote-take", args=[slug, sitting.pk])
            sentence = _("Phiên họp %(part)s đang mở.") % words
            work.mine.append(WorkItem(sentence, vote, _("Ghi biểu quyết"), urgency=1))
        case Sitting.State.SUSPENDED:
            sentence = _("Phiên họp %(part)s đang tạm nghỉ.") % words
            work.mine.append(WorkItem(sentence, page, _("Tiếp tục phiên họp"), urgency=0))
        case Sitting.State.PLANNED if quorum.met:
            sentence = _("Đủ số đại biểu để mở phiên họp %(part)s.") % words
            work.mine.append(WorkItem(sentence, page, _("Mở phiên họp"), urgency=0))
        case Sitting.State.PLANNED:
            sentence = _("Điểm danh phiên họp %(part)s.") % words
            item = WorkItem(sentence, roll, _("Điểm danh"), urgency=0)
            give(work, item, mine=bool(roles & PREPARE))
        case Sitting.State.CLOSED:
            pass


def add_closing(work: Work, main: Session) -> None:
    """Every sitting is over: the session can be closed."""
    page = reverse("sessions:session-detail", args=[main.term.council.slug, main.pk])
    sentence = _("Mọi phiên của %(name)s đã kết thúc.") % {"name": name_of(main)}
    work.mine.append(WorkItem(sentence, page, _("Bế mạc hoặc thêm phiên"), urgency=3))


def give(work: Work, item: WorkItem, *, mine: bool) -> None:
    """Put an item on one's own list, or on the list of what waits for others."""
    (work.mine if mine else work.others).append(item)


def items_as_steps(known: Facts) -> list[Step]:
    """The agenda's main items as the course of the day, at most twelve around the current one."""
    found = [step_of(row, known) for row in known.rows if row.depth == 0 and row.label]
    now = next((place for place, step in enumerate(found) if step.state == "now"), 0)
    start = min(max(now - STEPS_BEFORE, 0), max(len(found) - STEPS_MAX, 0))
    return found[start : start + STEPS_MAX]


def step_of(row: agenda.Row, known: Facts) -> Step:
    """A main item: now while anything of it runs, done when all of it is."""
    prefix = f"{row.label}."
    states = {
        other.item.state
        for other in known.rows
        if other.label.startswith(prefix) or other.item.pk == row.item.pk
    }
    below = {other.item.state for other in known.rows if other.label.startswith(prefix)}
    if AgendaItem.State.CURRENT in states:
        state = "now"
    elif row.item.state == AgendaItem.State.DONE or below == {AgendaItem.State.DONE.value}:
        state = "done"
    else:
        state = "next"
    title = f"{row.label}. {row.item.title}"
    return Step(title, row.item.presenter, state, label=str(STATE_LABELS[state]))

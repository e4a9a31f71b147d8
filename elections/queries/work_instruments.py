"""Steps that results opened, and approvals of ended offices, on the first screen."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from council.models import Council, EndApproval
from council.rules import figures
from council.rules.work import DueDate, Work, WorkItem
from elections.queries import follow_ups, grounds
from elections.rules.follow_ups import ClockState

STATES = {
    ClockState.OPEN: "open",
    ClockState.SOON: "soon",
    ClockState.NOW: "soon",
    ClockState.LATE: "late",
}
URGENCY = {ClockState.OPEN: 7, ClockState.SOON: 4, ClockState.NOW: 3, ClockState.LATE: 2}
SHOWN = 10


def add(work: Work, council: Council, today: date) -> None:
    """What waits, overdue first, with its session and article."""
    page = reverse("elections:grounds", args=[council.slug])
    for row in follow_ups.open_rows(council, today)[:SHOWN]:
        item = WorkItem(
            row.sentence, page, _("Xem việc"), detail=row.due, urgency=URGENCY[row.clock.state]
        )
        work.add(Work(mine=[item]))
        if row.clock.due_on is not None:
            work.deadlines.append(
                DueDate(
                    row.sentence,
                    row.clock.due_on,
                    row.follow_up.article,
                    STATES[row.clock.state],
                    row.due,
                )
            )
    for trigger in grounds.usable_triggers(council)[:SHOWN]:
        sentence = _("%(name)s: có kiến nghị phải trình bỏ phiếu tín nhiệm.") % {
            "name": str(trigger.person)
        }
        work.add(Work(mine=[WorkItem(sentence, page, _("Xem kiến nghị"), urgency=4)]))
    for asked in grounds.end_approvals_waiting(council)[:SHOWN]:
        add_end_approval(work, council, asked)


def add_end_approval(work: Work, council: Council, asked: EndApproval) -> None:
    """A dismissal to send up, or an answer to wait for."""
    to_send = asked.state == EndApproval.State.TO_SEND
    what = (
        _("Gửi kết quả miễn nhiệm, cho thôi của %(name)s để phê chuẩn.")
        if to_send
        else _("Chờ phê chuẩn việc thôi giữ chức vụ của %(name)s.")
    )
    url = reverse("council:end-approval", args=[council.slug, asked.pk])
    action = _("Ghi ngày gửi") if to_send else _("Ghi quyết định")
    due_on = asked.send_due_on if to_send else asked.decide_due_on
    detail = _("Hạn %(day)s.") % {"day": figures.date_short(due_on)} if due_on else ""
    item = WorkItem(
        what % {"name": str(asked.tenure.person)}, url, action, detail=detail, urgency=6
    )
    (work.mine if to_send else work.others).append(item)

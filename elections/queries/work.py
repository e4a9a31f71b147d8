"""What secret polls ask of whom: the elections' part of the first screen."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from council.models import Council, RoleKind, Tenure, User
from council.rules import periods
from council.rules.work import DueDate, Work, WorkItem
from elections.models import Count, CountingWay, Poll, PollKind, PollState
from elections.queries import counts, reelections, work_instruments
from sessions.models import AgendaItem, ItemKind

SOON_WORKING_DAYS = 5
LAW_72_YEAR = 2025
POLL_OF_ITEM = {
    ItemKind.CONFIDENCE_VOTE: PollKind.CONFIDENCE,
    ItemKind.ELECTION: PollKind.ELECTION,
}
ACTIVE = (
    PollState.DRAFT,
    PollState.LIST_APPROVED,
    PollState.OPEN,
    PollState.COUNTING,
    PollState.AGREED,
)


def work_for(council: Council, user: User, roles: frozenset[str], today: date) -> Work:
    """Polls that wait for the account holder, polls that wait for others, approvals to send."""
    work = Work()
    active = (
        Poll.objects.filter(council_session__term__council=council, state__in=ACTIVE)
        .exclude(council_session__state="closed", state=PollState.AGREED, resolution__isnull=False)
        .select_related("council_session__term", "committee")
        .order_by("held_on", "pk")[:12]
    )
    for poll in active:
        add_poll(work, council, user, roles, poll)
    if RoleKind.CLERK in roles:
        add_unprepared(work, council)
    if roles & {RoleKind.CLERK, RoleKind.APPROVER, RoleKind.CHAIR, RoleKind.ADMINISTRATOR}:
        add_approvals(work, council, today)
        work_instruments.add(work, council, today)
    if roles & {RoleKind.CLERK, RoleKind.APPROVER}:
        add_reelections(work, council)
    return work


def add_reelections(work: Work, council: Council) -> None:
    """Results that were not approved and for which no new election was prepared."""
    for tenure in reelections.refused_without_new(council)[:10]:
        sentence = _("Bầu lại %(office)s: kết quả bầu %(name)s không được phê chuẩn.") % {
            "office": tenure.office.title,
            "name": str(tenure.person),
        }
        url = reverse("elections:tenure-reelect", args=[council.slug, tenure.pk])
        work.add(Work(mine=[WorkItem(sentence, url, _("Bầu lại"), urgency=4)]))


def add_unprepared(work: Work, council: Council) -> None:
    """What the agenda announces by secret ballot and nobody has prepared yet."""
    announced = (
        AgendaItem.objects.filter(
            council_session__term__council=council,
            council_session__state__in=["convened", "in_progress"],
            kind__in=POLL_OF_ITEM,
        )
        .exclude(state__in=["done", "dropped"])
        .values_list("council_session", "kind")
        .order_by("council_session__opens_on", "kind")
        .distinct()
    )
    prepared = set(
        Poll.objects.filter(council_session__term__council=council)
        .exclude(state=PollState.ANNULLED)
        .values_list("council_session", "kind")
    )
    for session_pk, kind in announced:
        poll_kind = POLL_OF_ITEM[ItemKind(kind)]
        if (session_pk, poll_kind) in prepared:
            continue
        is_confidence = poll_kind == PollKind.CONFIDENCE
        name = "elections:confidence-prepare" if is_confidence else "elections:election-prepare"
        sentence, button = (
            (_("Chương trình có lấy phiếu tín nhiệm; chưa lập danh sách."), _("Lập danh sách"))
            if is_confidence
            else (_("Chương trình có bầu cử; chưa lập cuộc bầu."), _("Lập cuộc bầu"))
        )
        url = reverse(name, args=[council.slug, session_pk])
        work.mine.append(WorkItem(sentence, url, button, urgency=4))


def add_poll(work: Work, council: Council, user: User, roles: frozenset[str], poll: Poll) -> None:
    """One poll's next step, as mine or as somebody else's."""
    page = reverse("elections:poll", args=[council.slug, poll.pk])
    is_staff = bool(roles & {RoleKind.CLERK, RoleKind.APPROVER, RoleKind.CHAIR})
    match PollState(poll.state):
        case PollState.DRAFT if is_staff:
            sentence = _("%(poll)s: chốt danh sách, bầu Ban kiểm phiếu.") % {"poll": poll.title}
            work.add(Work(mine=[WorkItem(sentence, page, _("Mở cuộc bỏ phiếu"), urgency=4)]))
        case PollState.LIST_APPROVED if is_staff:
            sentence = _("%(poll)s: in phiếu, mở bỏ phiếu.") % {"poll": poll.title}
            work.add(Work(mine=[WorkItem(sentence, page, _("Mở cuộc bỏ phiếu"), urgency=2)]))
        case PollState.OPEN if is_staff:
            sentence = _("%(poll)s: đang bỏ phiếu.") % {"poll": poll.title}
            work.add(Work(mine=[WorkItem(sentence, page, _("Kết thúc bỏ phiếu"), urgency=1)]))
        case PollState.COUNTING:
            add_counting(work, council, user, roles, poll)
        case PollState.AGREED if is_staff and not hasattr(poll, "resolution"):
            sentence = _("%(poll)s: hai lần đếm đã khớp và được xác nhận.") % {"poll": poll.title}
            result = reverse("elections:poll-result", args=[council.slug, poll.pk])
            work.add(
                Work(mine=[WorkItem(sentence, result, _("Soạn nghị quyết xác nhận"), urgency=1)])
            )
        case _:
            pass


def add_counting(
    work: Work, council: Council, user: User, roles: frozenset[str], poll: Poll
) -> None:
    """Counting: the counter's own next step; for others only that it goes on, never a figure."""
    compare = reverse("elections:count-compare", args=[council.slug, poll.pk])
    page = reverse("elections:poll", args=[council.slug, poll.pk])
    if RoleKind.BALLOT_COMMITTEE not in roles or counts.membership_of(poll, user) is None:
        sentence = _("Ban kiểm phiếu đang kiểm: %(poll)s.") % {"poll": poll.title}
        work.others.append(WorkItem(sentence, page, _("Xem")))
        return
    own = counts.own_count(poll, user)
    enter = reverse("elections:count-enter", args=[council.slug, poll.pk])
    if poll.counting != CountingWay.TOTALS:
        sentence = _("Kiểm phiếu: %(poll)s.") % {"poll": poll.title}
        work.add(Work(mine=[WorkItem(sentence, enter, _("Vào trang kiểm phiếu"), urgency=0)]))
        return
    if own is None or own.state == Count.State.DRAFT:
        sentence = _("Nhập lần đếm của bạn: %(poll)s.") % {"poll": poll.title}
        work.add(Work(mine=[WorkItem(sentence, enter, _("Nhập kết quả kiểm phiếu"), urgency=0)]))
        return
    sentence = _("Đối chiếu hai lần đếm: %(poll)s.") % {"poll": poll.title}
    work.add(Work(mine=[WorkItem(sentence, compare, _("Đối chiếu và thống nhất"), urgency=0)]))


def add_approvals(work: Work, council: Council, today: date) -> None:
    """Election results to send up and answers to wait for, with their clocks."""
    waiting = (
        Tenure.objects.filter(
            office__council=council,
            ends_on=None,
            approval__in=[Tenure.Approval.TO_SEND, Tenure.Approval.SENT],
        )
        .select_related("office", "person")
        .order_by("pk")[:10]
    )
    for tenure in waiting:
        to_send = tenure.approval == Tenure.Approval.TO_SEND
        due_on = tenure.send_due_on if to_send else tenure.decide_due_on
        what = (
            _("Gửi kết quả bầu %(name)s để phê chuẩn")
            if to_send
            else _("Chờ phê chuẩn kết quả bầu %(name)s")
        )
        sentence = what % {"name": str(tenure.person)}
        url = reverse("council:tenure-approval", args=[council.slug, tenure.pk])
        target = work.mine if to_send else work.others
        target.append(WorkItem(f"{sentence}.", url, approval_action(tenure), urgency=6))
        if due_on:
            work.deadlines.append(due(sentence, due_on, today))


def approval_action(tenure: Tenure) -> str:
    """The next step of an approval: sending, receipt, decision."""
    if tenure.approval == Tenure.Approval.TO_SEND:
        return _("Ghi ngày gửi")
    return _("Ghi quyết định") if tenure.received_on else _("Ghi ngày nhận")


def due(what: str, due_on: date, today: date) -> DueDate:
    """The approval clock in words; working days (Law 72/2025 Art. 36(7))."""
    source = "Điều 36 khoản 7 Luật số 72/2025/QH15" if due_on.year >= LAW_72_YEAR else ""
    if due_on < today:
        left = _("quá hạn %(days)d ngày làm việc") % {
            "days": periods.working_days_between(due_on, today)
        }
        return DueDate(what, due_on, source, "late", left)
    days = periods.working_days_between(today, due_on)
    return DueDate(
        what,
        due_on,
        source,
        "soon" if days <= SOON_WORKING_DAYS else "ok",
        _("còn %(days)d ngày làm việc") % {"days": days},
    )

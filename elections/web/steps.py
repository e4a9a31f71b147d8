"""The steps of a poll, from the list to the resolution, as its page shows them."""

from django.utils.translation import gettext as _

from council.rules.work import Step
from elections.models import BallotCommittee, CountingWay, Poll, PollKind, PollState

ORDER = (
    PollState.DRAFT,
    PollState.LIST_APPROVED,
    PollState.OPEN,
    PollState.COUNTING,
    PollState.AGREED,
    PollState.PUBLISHED,
)


def steps_of(
    poll: Poll, *, entry_count: int, committee: BallotCommittee | None, states: dict[str, str]
) -> list[Step]:
    """List, committee, papers, voting, counting, agreement, resolution: done, now or next."""
    reached = ORDER.index(reached_state(poll))
    done = [
        reached >= ORDER.index(PollState.LIST_APPROVED),
        committee is not None,
        poll.printed is not None,
        poll.closed_at is not None,
        reached > ORDER.index(PollState.COUNTING),
        reached >= ORDER.index(PollState.AGREED),
        reached >= ORDER.index(PollState.PUBLISHED),
    ]
    texts = [
        (_("Danh sách"), list_words(poll, entry_count)),
        (_("Ban kiểm phiếu"), committee_words(committee)),
        (_("In phiếu"), _("%(n)d phiếu") % {"n": poll.printed} if poll.printed else ""),
        (_("Bỏ phiếu"), voting_words(poll)),
        (counting_title(poll, states), counting_words(states)),
        (_("Thống nhất kết quả"), _("đã xác nhận") if done[5] else ""),
        (_("Nghị quyết"), _("đã công bố") if done[6] else ""),
    ]
    first_open = done.index(False) if False in done else len(done)
    annulled = poll.state == PollState.ANNULLED
    return [
        Step(title, detail, state_of(place, first_open, is_done=done[place], is_over=annulled))
        for place, (title, detail) in enumerate(texts)
    ]


def reached_state(poll: Poll) -> PollState:
    """How far the poll is; one that was annulled, how far it had come."""
    if poll.state != PollState.ANNULLED:
        return PollState(poll.state)
    if poll.published_at is not None:
        return PollState.PUBLISHED
    if hasattr(poll, "outcome"):
        return PollState.AGREED
    if poll.closed_at is not None:
        return PollState.COUNTING
    return PollState.LIST_APPROVED if poll.opened_at is None else PollState.OPEN


def state_of(place: int, first_open: int, *, is_done: bool, is_over: bool) -> str:
    """done, now or next; nothing is now in an annulled poll."""
    if is_done:
        return "done"
    return "now" if place == first_open and not is_over else "next"


def list_words(poll: Poll, entry_count: int) -> str:
    """How many stand and whether the council said so."""
    words = {
        PollKind.CONFIDENCE: _("%(n)d người được lấy phiếu"),
        PollKind.ELECTION: _("%(n)d người ứng cử"),
    }
    return words.get(PollKind(poll.kind), _("%(n)d người trên phiếu")) % {"n": entry_count}


def committee_words(committee: BallotCommittee | None) -> str:
    """Its size."""
    return _("%(n)d thành viên") % {"n": len(committee.members.all())} if committee else ""


def voting_words(poll: Poll) -> str:
    """Open, closed, or how many were there."""
    if poll.opened_at is None:
        return ""
    return _("%(present)d/%(total)d đại biểu có mặt") % {
        "present": poll.present,
        "total": poll.total_delegates,
    }


def counting_title(poll: Poll, states: dict[str, str]) -> str:
    """The step by the way chosen; the committee chooses, the first way is only proposed."""
    if poll.counting == CountingWay.TOTALS and not any(states.values()):
        return _("Kiểm phiếu")
    titles = {
        CountingWay.TOTALS: _("Hai lần đếm độc lập"),
        CountingWay.BALLOTS: _("Đọc từng phiếu, hai người"),
        CountingWay.SCANS: _("Quét phiếu, hai người xem lại"),
    }
    return titles[CountingWay(poll.counting)]


def counting_words(states: dict[str, str]) -> str:
    """How far each count is, never a figure."""
    names = {"first": _("lần 1"), "second": _("lần 2")}
    words = {"draft": _("đang nhập"), "submitted": _("đã nộp")}
    return ", ".join(
        f"{name} {words[states[kind]]}" for kind, name in names.items() if states[kind]
    )

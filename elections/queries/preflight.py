"""The checklist before the voting opens: each line a sentence with its rule and what to do.

Lines that keep the voting closed stand beside reminders that do not.
"""

from council.queries import total_delegates
from council.rules import figures
from council.rules.refusals import gettext_noop
from elections.models import BallotCommittee, Poll, PollKind, PollState
from elections.queries import list_lines
from elections.queries import polls as queries
from elections.queries import preflight_instruments as instruments
from elections.queries.checklist_lines import Line, Page, cited, met, unmet
from sessions.models import Sitting
from sessions.queries import sittings as session_queries

LIST_RULES = {
    PollKind.CONFIDENCE: "confidence.session_steps",
    PollKind.NO_CONFIDENCE: "no_confidence.steps",
}


def checklist(poll: Poll) -> list[Line]:
    """All lines in the order in which one sees to them; none depends on who asks."""
    committee = queries.elected_committee(poll.council_session)
    sitting = session_queries.open_sitting_of(poll.council_session)
    lines = [*round_lines(poll), list_line(poll), committee_line(poll, committee)]
    if committee is not None:
        lines.append(conflict_line(poll, committee))
    lines += list(list_lines.lines(poll))
    lines += list(instruments.lines(poll))
    lines += [papers_line(poll), sitting_line(poll, sitting)]
    if sitting is not None:
        lines.append(quorum_line(sitting))
    return lines


def refuse_unless_ready(poll: Poll) -> None:
    """Refuse with the first line that is not met; reminders were shown and let pass.

    Raises:
        Refusal: with that line's code.
    """
    for line in checklist(poll):
        if not line.is_met:
            raise line.refusal()


def round_lines(poll: Poll) -> list[Line]:
    """A later round rests on the one before it, which must stand."""
    before = poll.previous_round
    if before is None or before.state != PollState.ANNULLED:
        return []
    return [
        unmet(
            "open.round_before_annulled",
            gettext_noop(
                "Vòng trước “%(title)s” đã bị hủy nên vòng này không mở được. Dừng vòng này, rồi "
                "bầu lại từ khâu giới thiệu."
            ),
            {"title": before.title},
        )
    ]


def list_line(poll: Poll) -> Line:
    """The council approved the list by a recorded vote; what is submitted to it needs none."""
    if poll.kind in instruments.SUBMITTED and poll.state != PollState.DRAFT:
        return met("open.list_not_approved", gettext_noop("Danh sách trình bỏ phiếu đã chốt."))
    cites = cited(LIST_RULES.get(PollKind(poll.kind), ""), poll)
    if poll.list_vote is None:
        return unmet(
            "open.list_not_approved",
            gettext_noop(
                "Danh sách chưa được Hội đồng nhân dân chốt. Ghi biểu quyết chốt danh sách."
            ),
            cites=cites,
            page=Page.LIST,
        )
    return met(
        "open.list_not_approved",
        gettext_noop("Danh sách đã được Hội đồng nhân dân chốt (%(for)s/%(total)s tán thành)."),
        {"for": poll.list_vote.for_count, "total": poll.list_vote.total_delegates},
        cites,
    )


def committee_line(poll: Poll, committee: BallotCommittee | None) -> Line:
    """A committee was elected."""
    cites = cited("ballot_committee.size", poll)
    if committee is None:
        return unmet(
            "open.no_committee",
            gettext_noop(
                "Hội đồng nhân dân chưa bầu Ban kiểm phiếu. Lập và bầu Ban kiểm phiếu trước."
            ),
            cites=cites,
            page=Page.COMMITTEE,
        )
    return met(
        "open.no_committee",
        gettext_noop("Ban kiểm phiếu %(size)d thành viên đã được Hội đồng nhân dân bầu."),
        {"size": len(committee.members.all())},
        cites,
    )


def conflict_line(poll: Poll, committee: BallotCommittee) -> Line:
    """Nobody of the committee stands in this poll."""
    cites = cited("ballot_committee.conflict", poll)
    standing = {entry.person_id for entry in queries.standing_entries(poll)}
    names = [
        member.mandate.person.full_name
        for member in committee.members.all()
        if member.mandate.person_id in standing
    ]
    if names:
        return unmet(
            "open.member_stands",
            gettext_noop(
                "%(names)s có tên trên phiếu nên không được kiểm phiếu. Đề nghị Hội đồng nhân dân "
                "bầu lại Ban kiểm phiếu."
            ),
            {"names": ", ".join(names)},
            cites,
            Page.COMMITTEE,
        )
    return met(
        "open.member_stands",
        gettext_noop("Không thành viên nào của Ban kiểm phiếu có tên trên phiếu."),
        cites=cites,
    )


def papers_line(poll: Poll) -> Line:
    """Enough papers are printed."""
    delegates = total_delegates(poll.council_session.term, poll.held_on)
    if not poll.printed or poll.printed < delegates:
        return unmet(
            "open.no_papers",
            gettext_noop(
                "Phiếu chưa được in đủ cho %(delegates)d đại biểu. Bấm “Dàn trang và in phiếu”."
            ),
            {"delegates": delegates},
        )
    return met(
        "open.no_papers",
        gettext_noop("Đã in %(printed)d phiếu cho %(delegates)d đại biểu."),
        {"printed": poll.printed, "delegates": delegates},
    )


def sitting_line(poll: Poll, sitting: Sitting | None) -> Line:
    """A sitting is open, on the poll's day."""
    if sitting is None:
        return unmet(
            "open.no_sitting",
            gettext_noop("Chưa có phiên họp nào đang mở. Mở phiên họp trước khi bỏ phiếu."),
            page=Page.SITTINGS,
        )
    if sitting.state != Sitting.State.OPEN:
        return unmet(
            "open.no_sitting",
            gettext_noop("Phiên họp đang tạm nghỉ. Tiếp tục phiên họp trước khi bỏ phiếu."),
            page=Page.SITTINGS,
        )
    if sitting.held_on != poll.held_on:
        return unmet(
            "open.other_day",
            gettext_noop(
                "Phiên đang mở họp ngày %(sitting)s, cuộc bỏ phiếu được lập cho ngày %(poll)s. "
                "Danh sách và thẩm quyền phụ thuộc vào ngày bỏ phiếu: lập lại cuộc bỏ phiếu cho "
                "đúng ngày."
            ),
            {
                "sitting": figures.date_short(sitting.held_on),
                "poll": figures.date_short(poll.held_on),
            },
        )
    return met("open.no_sitting", gettext_noop("Phiên họp đang mở."))


def quorum_line(sitting: Sitting) -> Line:
    """Enough delegates are in the hall now."""
    quorum = session_queries.quorum_of(sitting)
    said: dict[str, object] = {
        "present": quorum.present,
        "total": quorum.total,
        "needed": quorum.needed,
    }
    sentence = (
        gettext_noop("Có mặt %(present)d/%(total)d đại biểu, đủ điều kiện họp (cần %(needed)d).")
        if quorum.met
        else gettext_noop(
            "Có mặt %(present)d/%(total)d đại biểu, chưa đủ điều kiện họp (cần %(needed)d). Chờ đủ "
            "đại biểu và ghi vào điểm danh."
        )
    )
    if quorum.met:
        return met("open.no_quorum", sentence, said, quorum.source)
    return unmet("open.no_quorum", sentence, said, quorum.source, Page.SITTINGS)

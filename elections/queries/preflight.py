"""The checklist before the voting opens: each line a sentence, each failure with its reason."""

from collections.abc import Iterator
from datetime import date

from council.models import Person, Tenure
from council.queries import total_delegates
from council.rules import figures
from council.rules.offices import Basis, OfficeKind
from council.rules.periods import Interval
from council.rules.refusals import Refusal, gettext_noop
from elections.models import BallotCommittee, Poll, PollKind, PollState
from elections.queries import polls as queries
from elections.queries import preflight_instruments as instruments
from elections.queries.checklist_lines import Line, met, unmet
from elections.rules import nomination
from sessions.models import Sitting
from sessions.queries import sittings as session_queries


def checklist(poll: Poll) -> list[Line]:
    """All lines in the order in which one sees to them; none depends on who asks."""
    committee = queries.elected_committee(poll.council_session)
    sitting = session_queries.open_sitting_of(poll.council_session)
    lines = [list_line(poll), committee_line(committee)]
    if committee is not None:
        lines.append(conflict_line(poll, committee))
    lines += list(nomination_lines(poll))
    if poll.kind == PollKind.ELECTION:
        lines.append(seats_line(poll))
    lines += list(instruments.lines(poll))
    lines += [papers_line(poll), sitting_line(poll, sitting)]
    if sitting is not None:
        lines.append(quorum_line(sitting))
    return lines


def refuse_unless_ready(poll: Poll) -> None:
    """Refuse with the first line that is not met.

    Raises:
        Refusal: with that line's code.
    """
    for line in checklist(poll):
        if not line.is_met:
            raise line.refusal()


def list_line(poll: Poll) -> Line:
    """The council approved the list by a recorded vote; what is submitted to it needs none."""
    if poll.kind in instruments.SUBMITTED and poll.state != PollState.DRAFT:
        return met("open.list_not_approved", gettext_noop("Danh sách trình bỏ phiếu đã chốt."))
    if poll.list_vote is None:
        return unmet(
            "open.list_not_approved", gettext_noop("Danh sách chưa được Hội đồng nhân dân chốt.")
        )
    return met(
        "open.list_not_approved",
        gettext_noop("Danh sách đã được Hội đồng nhân dân chốt (%(for)s/%(total)s tán thành)."),
        {"for": poll.list_vote.for_count, "total": poll.list_vote.total_delegates},
    )


def committee_line(committee: BallotCommittee | None) -> Line:
    """A committee was elected."""
    if committee is None:
        return unmet(
            "open.no_committee", gettext_noop("Hội đồng nhân dân chưa bầu Ban kiểm phiếu.")
        )
    return met(
        "open.no_committee",
        gettext_noop("Ban kiểm phiếu %(size)d thành viên đã được Hội đồng nhân dân bầu."),
        {"size": len(committee.members.all())},
    )


def conflict_line(poll: Poll, committee: BallotCommittee) -> Line:
    """Nobody of the committee stands in this poll."""
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
        )
    return met(
        "open.member_stands",
        gettext_noop("Không thành viên nào của Ban kiểm phiếu có tên trên phiếu."),
    )


def nomination_lines(poll: Poll) -> Iterator[Line]:
    """Each candidate was introduced by somebody with the authority on that very day."""
    for entry in queries.standing_entries(poll):
        found = getattr(entry, "nomination", None)
        if found is None:
            continue
        try:
            rule = check_nominator(poll, found.nominator, found.nominated_on)
        except Refusal as refusal:
            yield unmet(refusal.code, refusal.sentence, refusal.params, refusal.cites)
            continue
        yield met(
            "open.nominator",
            gettext_noop("%(name)s: người giới thiệu (%(post)s) có thẩm quyền vào ngày %(day)s."),
            {
                "name": entry.person.full_name,
                "post": found.nominator.office.title,
                "day": figures.date_short(found.nominated_on),
            },
            rule,
        )


def seats_line(poll: Poll) -> Line:
    """The office still has as many free seats as are to be filled."""
    assert poll.office is not None  # noqa: S101 - a constraint of the row: an election has an office
    holders = queries.holders_on(poll.office, poll.held_on).exclude(basis=Tenure.Basis.ACTING)
    free = poll.office.seats - holders.count()
    if free < poll.seats:
        return unmet(
            "open.no_free_seat",
            gettext_noop(
                "Chức vụ %(office)s chỉ còn khuyết %(free)d người, cuộc bầu cần %(seats)d. Ghi "
                "ngày thôi giữ chức vụ của người trước."
            ),
            {"office": poll.office.title, "free": max(free, 0), "seats": poll.seats},
        )
    return met(
        "open.no_free_seat",
        gettext_noop("Chức vụ %(office)s còn khuyết %(free)d người."),
        {"office": poll.office.title, "free": free},
    )


def papers_line(poll: Poll) -> Line:
    """Enough papers are printed."""
    delegates = total_delegates(poll.council_session.term, poll.held_on)
    if not poll.printed or poll.printed < delegates:
        return unmet("open.no_papers", gettext_noop("Phiếu chưa được in đủ cho mọi đại biểu."))
    return met(
        "open.no_papers",
        gettext_noop("Đã in %(printed)d phiếu cho %(delegates)d đại biểu."),
        {"printed": poll.printed, "delegates": delegates},
    )


def sitting_line(poll: Poll, sitting: Sitting | None) -> Line:
    """A sitting is open, on the poll's day."""
    if sitting is None:
        return unmet("open.no_sitting", gettext_noop("Chưa có phiên họp nào đang mở."))
    if sitting.state != Sitting.State.OPEN:
        return unmet("open.no_sitting", gettext_noop("Phiên họp đang tạm nghỉ."))
    if sitting.held_on != poll.held_on:
        return unmet(
            "open.other_day",
            gettext_noop(
                "Phiên đang mở họp ngày %(sitting)s, cuộc bỏ phiếu được lập cho ngày %(poll)s. "
                "Danh sách và thẩm quyền phụ thuộc vào ngày bỏ phiếu."
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
            "Có mặt %(present)d/%(total)d đại biểu, chưa đủ điều kiện họp (cần %(needed)d)."
        )
    )
    say = met if quorum.met else unmet
    return say("open.no_quorum", sentence, said, quorum.source)


def check_nominator(poll: Poll, nominator: Tenure, nominated_on: date) -> str:
    """The article by which the tenure's holder may nominate to the poll's office on the day.

    Raises:
        Refusal: ``nomination.no_authority``, ``nomination.not_in_office``, ``law.no_rule``.
    """
    assert poll.office is not None  # noqa: S101 - a constraint of the row: an election has an office
    rule = nomination.check_nominator(
        OfficeKind(poll.office.kind),
        OfficeKind(nominator.office.kind),
        Basis(nominator.basis),
        Interval(nominator.starts_on, nominator.ends_on),
        nominated_on,
        level=poll.council_session.term.council.level,
    )
    return rule.article


def check_nomination(poll: Poll, *, person: Person, nominator: Tenure, nominated_on: date) -> str:
    """As `check_nominator`, and the candidate and the day must fit the poll.

    Raises:
        Refusal: those of `check_nominator`; ``nomination.of_another_council``,
            ``nomination.after_the_poll``, ``nomination.not_a_delegate`` (an office of the council
            is filled from among the delegates).
    """
    council_id = poll.council_session.term.council_id
    if nominator.office.council_id != council_id:
        raise Refusal(
            "nomination.of_another_council",
            gettext_noop("Người giới thiệu giữ chức vụ ở hội đồng khác."),
            field="nominator",
        )
    if nominated_on > poll.held_on:
        raise Refusal(
            "nomination.after_the_poll",
            gettext_noop("Ngày giới thiệu phải trước hoặc trong ngày bỏ phiếu %(day)s."),
            params={"day": figures.date_short(poll.held_on)},
            field="nominated_on",
        )
    article = check_nominator(poll, nominator, nominated_on)
    check_is_delegate(poll, person, article)
    return article


def check_is_delegate(poll: Poll, person: Person, article: str) -> None:
    """Chair, vice chairs and committee heads of the council are elected from among the delegates.

    Source: Law 72/2025 Art. 36(1). Members of the people's committee need not be delegates.
    """
    assert poll.office is not None  # noqa: S101 - a constraint of the row: an election has an office
    if OfficeKind(poll.office.kind).block.value != "council":
        return
    seats = person.mandates.filter(term=poll.council_session.term).on(poll.held_on)
    if not seats.exists():
        raise Refusal(
            "nomination.not_a_delegate",
            gettext_noop(
                "%(office)s được bầu trong số các đại biểu. %(name)s không phải đại biểu vào ngày "
                "bỏ phiếu."
            ),
            params={"office": poll.office.title, "name": person.full_name},
            cites=article,
            field="person",
        )

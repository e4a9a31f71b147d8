"""Dismissals, removals and resignations put to the vote; each line with its ground."""

from datetime import date

from django.db import transaction

from council.models import Mandate, Person, Tenure, User
from council.rules import figures, periods
from council.rules.law import RULEBOOK
from council.rules.offices import OfficeKind
from council.rules.periods import Interval
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from elections.models import Act, Motion, Poll, PollEntry, PollKind, PollState, Resignation
from elections.queries.preflight_instruments import SUBMITTED
from elections.rules import dismissal
from elections.rules.outcome import REMOVAL_MAJORITY
from elections.services import entries, locks
from elections.services.states import next_state, store
from sessions.models import AgendaItem, Document, Session

REMOVE_DELEGATE = "remove_delegate"
"""What `prepare` is asked for beside the acts: the removal of a delegate."""


def prepare(
    council_session: Session,
    *,
    act: str,
    item: AgendaItem | None,
    title: str,
    held_on: date,
    by: User,
) -> Poll:
    """A poll on dismissals, removals from office or resignations, or on removing delegates.

    Its lines are written down afterwards, each with its ground.

    Args:
        act: one of `elections.models.Act`, or ``remove_delegate``.

    Raises:
        Refusal: ``access.denied``, ``date.outside_session``.
    """
    council = council_session.term.council
    access.authorise(by, "poll.edit", council)
    is_removal = act == REMOVE_DELEGATE
    with transaction.atomic():
        council_session = entries.lock_session(council_session, held_on)
        poll = entries.new_poll(
            council_session,
            kind=PollKind.REMOVAL if is_removal else PollKind.DISMISSAL,
            act="" if is_removal else act,
            item=item,
            title=title,
            held_on=held_on,
            by=by,
        )
        audit.record(
            "poll.prepare",
            poll,
            by=by,
            council=council,
            after={"kind": poll.kind, "act": poll.act, "held_on": str(held_on)},
        )
    return poll


def propose(
    poll: Poll,
    *,
    tenure: Tenure,
    proposer: Tenure,
    proposed_on: date,
    reason: str,
    submission: Document | None,
    by: User,
) -> PollEntry:
    """Put a holder's dismissal or removal from office on the paper.

    Raises:
        Refusal: ``access.denied``, ``motion.list_is_closed``, ``motion.other_poll``,
            ``motion.other_council``, ``motion.office_ended``, ``motion.after_the_poll``,
            ``entry.person_twice``, ``nomination.counts_the_votes``,
            ``nomination.paper_of_another_session``, ``dismissal.no_authority``,
            ``dismissal.not_in_office``, ``law.no_rule``.

    Source: Law 72/2025 Art. 37(3)-(5).
    """
    council = poll.council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        check_draft(poll, kind=PollKind.DISMISSAL, acts=(Act.DISMISSAL, Act.REMOVAL))
        check_tenure(poll, tenure, proposed_on)
        if proposer.office.council_id != council.pk:
            refuse_other_council("proposer")
        entries.check_papers(poll, submission)
        rule = dismissal.check_proposer(
            OfficeKind(tenure.office.kind),
            OfficeKind(proposer.office.kind),
            Interval(proposer.starts_on, proposer.ends_on),
            proposed_on,
            level=council.level,
        )
        motion = Motion(
            proposer=proposer,
            proposed_on=proposed_on,
            reason=reason,
            submission=submission,
            article=rule.article,
        )
        return write(poll, motion, tenure.person, tenure=tenure, by=by)


def put_resignation(poll: Poll, *, resignation: Resignation, by: User) -> PollEntry:
    """Put a written request with its consent before the council.

    Raises:
        Refusal: ``access.denied``, ``motion.list_is_closed``, ``motion.other_poll``,
            ``motion.other_council``, ``motion.office_ended``, ``motion.after_the_poll``,
            ``resignation.decided``, ``resignation.without_consent``, ``entry.person_twice``,
            ``nomination.counts_the_votes``.

    Source: Law 72/2025 Art. 37(2).
    """
    access.authorise(by, "poll.edit", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        check_draft(poll, kind=PollKind.DISMISSAL, acts=(Act.RESIGNATION,))
        check_pending(resignation)
        tenure = resignation.tenure
        check_tenure(poll, tenure, resignation.requested_on)
        motion = Motion(
            resignation=resignation,
            proposed_on=resignation.requested_on,
            reason=resignation.reason,
            article=resignation.article,
        )
        return write(poll, motion, tenure.person, tenure=tenure, by=by)


def propose_removal(
    poll: Poll,
    *,
    mandate: Mandate,
    proposed_on: date,
    reason: str,
    submission: Document | None,
    by: User,
) -> PollEntry:
    """Put the removal of a delegate before the council: two thirds of all delegates.

    Raises:
        Refusal: ``access.denied``, ``motion.list_is_closed``, ``motion.other_poll``,
            ``motion.other_council``, ``motion.not_a_delegate``, ``motion.after_the_poll``,
            ``entry.person_twice``, ``nomination.counts_the_votes``, ``law.no_rule``.

    Source: Law 72/2025 Art. 35(2), 38(5).
    """
    council = poll.council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        check_draft(poll, kind=PollKind.REMOVAL, acts=())
        if mandate.term.council_id != council.pk:
            refuse_other_council("mandate")
        if not Interval(mandate.starts_on, mandate.ends_on).contains(poll.held_on):
            raise Refusal(
                "motion.not_a_delegate",
                gettext_noop("%(name)s không phải đại biểu vào ngày bỏ phiếu."),
                params={"name": mandate.person.full_name},
                field="mandate",
            )
        check_day(poll, proposed_on)
        entries.check_papers(poll, submission)
        rule = RULEBOOK.provision_on(REMOVAL_MAJORITY, poll.held_on, council.level)
        motion = Motion(
            mandate=mandate,
            proposed_on=proposed_on,
            reason=reason,
            submission=submission,
            article=rule.article,
        )
        return write(poll, motion, mandate.person, by=by)


def close_list(poll: Poll, *, by: User) -> Poll:
    """The list that is submitted to the council is final: papers may be printed.

    The council votes on it, not about it: no open vote closes such a list.

    Raises:
        Refusal: ``access.denied``, ``poll.wrong_state``, ``poll.empty_list``,
            ``motion.list_needs_a_vote`` (confidence, elections).
    """
    access.authorise(by, "poll.open", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        state = next_state(poll, "approve_list")
        if poll.kind not in SUBMITTED:
            raise Refusal(
                "motion.list_needs_a_vote",
                gettext_noop("Danh sách này do Hội đồng nhân dân biểu quyết thông qua."),
            )
        entries.check_may_close(poll)
        store(poll, state, [], verb="poll.close_list", by=by)
    return poll


def write(
    poll: Poll, motion: Motion, person: Person, *, tenure: Tenure | None = None, by: User
) -> PollEntry:
    """The line and its ground, in the order of the Vietnamese alphabet."""
    entries.check_may_stand(poll, person)
    place = PollEntry.objects.filter(poll=poll).count() + 1
    entry = PollEntry(
        poll=poll,
        code=entries.code_of(place),
        position=place,
        person=person,
        tenure=tenure,
        post=tenure.office.title if tenure is not None else "Đại biểu Hội đồng nhân dân",
        block=PollEntry.Block.NONE,
    )
    entry.full_clean()
    entry.save()
    motion.entry = entry
    motion.full_clean()
    motion.save()
    entries.sort_candidates(poll)
    audit.record(
        "poll.propose",
        entry,
        by=by,
        council=locks.council_of(poll),
        after={
            "poll": poll.pk,
            "person": str(person),
            "act": poll.act or poll.kind,
            "proposed_on": str(motion.proposed_on),
            "article": motion.article,
        },
    )
    return entry


def check_draft(poll: Poll, *, kind: str, acts: tuple[str, ...]) -> None:
    """The poll asks for this, and its list is still open."""
    if poll.kind != kind or (acts and poll.act not in acts):
        raise Refusal(
            "motion.other_poll",
            gettext_noop("Cuộc bỏ phiếu này về việc khác. Mở đúng cuộc bỏ phiếu."),
        )
    if poll.state != PollState.DRAFT:
        raise Refusal(
            "motion.list_is_closed",
            gettext_noop("Danh sách trình bỏ phiếu đã chốt, không thêm người được nữa."),
        )


def check_tenure(poll: Poll, tenure: Tenure, proposed_on: date) -> None:
    """The office is this council's and held on the poll's day and after; the day fits."""
    if tenure.office.council_id != poll.council_session.term.council_id:
        refuse_other_council("tenure")
    if tenure.starts_on > poll.held_on or tenure.ends_on is not None:
        raise Refusal(
            "motion.office_ended",
            gettext_noop("%(name)s không giữ chức vụ %(office)s vào ngày bỏ phiếu."),
            params={"name": tenure.person.full_name, "office": tenure.office.title},
            field="tenure",
        )
    check_day(poll, proposed_on)


def check_day(poll: Poll, proposed_on: date) -> None:
    """What is put to the vote was proposed before or on the day of the vote."""
    periods.check_plausible(proposed_on, field="proposed_on")
    if proposed_on > poll.held_on:
        raise Refusal(
            "motion.after_the_poll",
            gettext_noop("Ngày đề nghị phải trước hoặc trong ngày bỏ phiếu %(day)s."),
            params={"day": figures.date_short(poll.held_on)},
            field="proposed_on",
        )


def check_pending(resignation: Resignation) -> None:
    """The request waits and has the consent."""
    if resignation.state != Resignation.State.PENDING:
        raise Refusal(
            "resignation.decided",
            gettext_noop("Đơn này đã được quyết định hoặc đã rút."),
            field="resignation",
        )
    if not resignation.consent:
        raise Refusal(
            "resignation.without_consent",
            gettext_noop(
                "Chưa có văn bản đồng ý của cơ quan có thẩm quyền quản lý cán bộ. Ghi văn bản đó "
                "vào đơn trước."
            ),
            cites=resignation.article,
            field="resignation",
        )


def refuse_other_council(field: str) -> None:
    """Nothing of another council's books."""
    raise Refusal(
        "motion.other_council",
        gettext_noop("Người hoặc chức vụ này thuộc hội đồng khác."),
        field=field,
    )

"""Stop a poll before it has a result, or annul its result by a recorded decision.

A later round of an election rests on the one before it: who stood in it and for how many seats. So
the decision that annuls a round names its later rounds, too; those without a result are stopped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from council.models import Tenure, User
from council.rules import figures, periods
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, jobs, offices
from elections.models import Annulment, Outcome, OutcomeLine, Poll, PollState
from elections.queries import polls as queries
from elections.services import consequences, entries, locks
from elections.services.states import next_state, store
from sessions.models import Matter, OpenVote


def stop(poll: Poll, *, reason: str, by: User) -> Poll:
    """The chair stops a poll that has no result yet, with the reason. Stopping twice is refused.

    Raises:
        Refusal: ``access.denied``, ``annulment.has_result`` (the council decides then),
            ``poll.wrong_state``.
    """
    access.authorise(by, "poll.annul", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        if Outcome.objects.filter(poll=poll).exists():
            raise Refusal(
                "annulment.has_result",
                gettext_noop(
                    "Kết quả đã được xác nhận: chỉ hủy được theo biểu quyết của Hội đồng nhân dân "
                    "hoặc văn bản của cơ quan cấp trên."
                ),
            )
        set_annulled(poll, "stop", reason=reason, by=by)
    return poll


@dataclass(frozen=True, slots=True)
class Decision:
    """What annuls: the council's vote, or a document of the authority above it."""

    basis: str
    decided_on: date
    reason: str
    open_vote: OpenVote | None = None
    body: str = ""
    document: str = ""


def by_vote(
    poll: Poll, *, vote: OpenVote, reason: str, others: Sequence[Poll] = (), by: User
) -> Annulment:
    """Annul the result by an open vote of the council; who was elected by it leaves that day.

    The vote may be of a later session. Annulling twice is refused.

    Args:
        poll: with a confirmed result.
        vote: on this matter, passed, not used before.
        reason: why.
        others: results of the same session that the decision names, too.
        by: the chair.

    Raises:
        Refusal: ``access.denied``, ``poll.wrong_state``, ``vote.of_another_council``,
            ``vote.wrong_matter``, ``vote.not_passed``, ``vote.already_used``,
            ``annulment.before_result``, ``annulment.later_rounds``, ``annulment.other_session``.
    """
    access.authorise(by, "poll.annul", poll.council_session.term.council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        vote = (
            OpenVote.objects.select_for_update(of=("self",))
            .select_related("council_session__term", "sitting")
            .get(pk=vote.pk)
        )
        check_vote(poll, vote)
        decided = Decision(
            Annulment.Basis.COUNCIL, vote.sitting.held_on, reason=reason, open_vote=vote
        )
        return carry_out(poll, others, decided, by=by)


def by_document(
    poll: Poll,
    *,
    body: str,
    document: str,
    decided_on: date,
    reason: str,
    others: Sequence[Poll] = (),
    by: User,
) -> Annulment:
    """Annul the result by a document of the authority above the council. Twice is refused.

    Raises:
        Refusal: ``access.denied``, ``poll.wrong_state``, ``annulment.before_result``,
            ``annulment.later_rounds``, ``annulment.other_session``, ``date.implausible``.
    """
    access.authorise(by, "poll.annul", poll.council_session.term.council)
    periods.check_plausible(decided_on, field="decided_on")
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        decided = Decision(
            Annulment.Basis.AUTHORITY, decided_on, reason=reason, body=body, document=document
        )
        return carry_out(poll, others, decided, by=by)


def carry_out(poll: Poll, others: Sequence[Poll], decided: Decision, *, by: User) -> Annulment:
    """Annul every poll that the decision names, later rounds first; the annulment of the first."""
    next_state(poll, "annul")
    named = {poll.pk: poll, **{other.pk: locks.poll(other.pk) for other in others}}
    if any(other.council_session_id != poll.council_session_id for other in named.values()):
        raise Refusal(
            "annulment.other_session",
            gettext_noop("Một quyết định chỉ hủy các kết quả của cùng một kỳ họp."),
            field="others",
        )
    made: Annulment | None = None
    for each in sorted(named.values(), key=lambda one: (-one.round, one.pk != poll.pk)):
        follow_rounds(each, named, decided, by=by)
        annulled = record(each, decided, by=by)
        made = annulled if each.pk == poll.pk else made
    assert made is not None  # noqa: S101 - the poll itself is named
    return made


def follow_rounds(poll: Poll, named: dict[int, Poll], decided: Decision, *, by: User) -> None:
    """Later rounds do not stand silently: with a result they are named, without one they stop.

    Raises:
        Refusal: ``annulment.later_rounds``, ``poll.council_decided``.
    """
    later = [one for one in queries.later_rounds(poll) if one.pk not in named]
    left = [one.title for one in later if one.state in queries.CONFIRMED]
    if left:
        raise Refusal(
            "annulment.later_rounds",
            gettext_noop(
                "“%(rounds)s” bầu tiếp trên kết quả này nên không đứng một mình được. Chọn hủy cả "
                "vòng sau trong cùng quyết định."
            ),
            params={"rounds": "”, “".join(left)},
            field="others",
        )
    for each in reversed(later):
        locked = locks.poll(each.pk)
        if locked.state == PollState.DRAFT:
            audit.record("poll.discard", locked, by=by, council=locks.council_of(locked))
            entries.remove_draft(locked)
        else:
            set_annulled(locked, "stop", reason=decided.reason, by=by)


def check_vote(poll: Poll, vote: OpenVote) -> None:
    """Refuse a vote of another council or matter, lost, or used for another annulment."""
    if vote.council_session.term.council_id != poll.council_session.term.council_id:
        raise Refusal(
            "vote.of_another_council",
            gettext_noop("Biểu quyết này của Hội đồng khác."),
            field="vote",
        )
    if vote.matter != Matter.ANNULMENT:
        raise Refusal(
            "vote.wrong_matter",
            gettext_noop("Biểu quyết “%(subject)s” về việc khác. Chọn đúng biểu quyết."),
            params={"subject": vote.subject},
            field="vote",
        )
    if vote.state != OpenVote.State.CLOSED or not vote.passed:
        raise Refusal(
            "vote.not_passed",
            gettext_noop("Biểu quyết “%(subject)s” chưa kết thúc hoặc không được thông qua."),
            params={"subject": vote.subject},
            field="vote",
        )
    if Annulment.objects.filter(open_vote=vote).exists():
        raise Refusal(
            "vote.already_used",
            gettext_noop(
                "Biểu quyết “%(subject)s” đã dùng để hủy kết quả khác. Một biểu quyết hủy nhiều "
                "kết quả thì chọn tất cả trong một lần ghi; nếu không, ghi một biểu quyết mới."
            ),
            params={"subject": vote.subject},
            field="vote",
        )


def record(poll: Poll, decided: Decision, *, by: User) -> Annulment:
    """Write the annulment down, end what the result began, tell the public pages."""
    if decided.decided_on < poll.held_on:
        raise Refusal(
            "annulment.before_result",
            gettext_noop("Quyết định hủy không thể có trước ngày bỏ phiếu %(day)s."),
            params={"day": figures.date_short(poll.held_on)},
            field="decided_on",
        )
    set_annulled(poll, "annul", reason=decided.reason, by=by)
    made = Annulment(
        poll=poll,
        basis=decided.basis,
        open_vote=decided.open_vote,
        body=decided.body,
        document=decided.document,
        decided_on=decided.decided_on,
        reason=decided.reason,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    made.full_clean()
    made.save()
    end_tenures(poll, decided.decided_on, by=by)
    refresh_public_pages(poll)
    return made


def set_annulled(poll: Poll, verb: str, *, reason: str, by: User) -> None:
    """Lead the locked poll into its last state; figures stay as they are."""
    state = next_state(poll, verb)
    poll.annulled_at, poll.annulled_reason = timezone.now(), reason
    fields = ["annulled_at", "annulled_reason"]
    consequences.undo(poll, by=by)
    store(poll, state, fields, verb=f"poll.{verb}", by=by, after={"reason": reason})


def end_tenures(poll: Poll, decided_on: date, *, by: User) -> None:
    """Whoever took office by this result leaves it with the day of the decision."""
    lines = OutcomeLine.objects.filter(outcome__poll=poll, tenure__ends_on=None)
    for line in lines.exclude(tenure=None).select_related("tenure").order_by("pk"):
        if line.tenure is not None:
            offices.end_tenure(
                line.tenure,
                ends_on=max(decided_on, line.tenure.starts_on),
                reason=Tenure.EndReason.ANNULLED,
                by=by,
            )


def refresh_public_pages(poll: Poll) -> None:
    """A result that was public says from now on that it was annulled."""
    if poll.published_at is None:
        return
    council = locks.council_of(poll)
    for name, args, title in (
        ("portal.index", ["poll", poll.pk], "Đưa vào tìm kiếm"),
        ("portal.purge", [council.slug], "Làm mới trang đã lưu"),
    ):
        jobs.enqueue(
            name, key=f"{name}.annulled.{poll.pk}", title=title, args=args, council=council
        )

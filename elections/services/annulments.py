"""Stop a poll before it has a result, or annul its result by a recorded decision."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from council.models import Tenure, User
from council.rules import figures, periods
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, jobs, offices
from elections.models import Annulment, Outcome, OutcomeLine, Poll
from elections.services import consequences, locks
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


def by_vote(poll: Poll, *, vote: OpenVote, reason: str, by: User) -> Annulment:
    """Annul the result by an open vote of the council; who was elected by it leaves that day.

    The vote may be of a later session. Annulling twice is refused.

    Raises:
        Refusal: ``access.denied``, ``poll.wrong_state``, ``vote.of_another_council``,
            ``vote.wrong_matter``, ``vote.not_passed``, ``vote.already_used``,
            ``annulment.before_result``.
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
        made = Annulment(
            poll=poll,
            basis=Annulment.Basis.COUNCIL,
            open_vote=vote,
            decided_on=vote.sitting.held_on,
            reason=reason,
        )
        return record(made, by=by)


def by_document(
    poll: Poll, *, body: str, document: str, decided_on: date, reason: str, by: User
) -> Annulment:
    """Annul the result by a document of the authority above the council. Twice is refused.

    Raises:
        Refusal: ``access.denied``, ``poll.wrong_state``, ``annulment.before_result``,
            ``date.implausible``.
    """
    access.authorise(by, "poll.annul", poll.council_session.term.council)
    periods.check_plausible(decided_on, field="decided_on")
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        made = Annulment(
            poll=poll,
            basis=Annulment.Basis.AUTHORITY,
            body=body,
            document=document,
            decided_on=decided_on,
            reason=reason,
        )
        return record(made, by=by)


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
                "Biểu quyết “%(subject)s” đã dùng để hủy một kết quả khác. Ghi một biểu quyết mới."
            ),
            params={"subject": vote.subject},
            field="vote",
        )


def record(made: Annulment, *, by: User) -> Annulment:
    """Write the annulment down, end what the result began, tell the public pages."""
    poll = made.poll
    if made.decided_on < poll.held_on:
        raise Refusal(
            "annulment.before_result",
            gettext_noop("Quyết định hủy không thể có trước ngày bỏ phiếu %(day)s."),
            params={"day": figures.date_short(poll.held_on)},
            field="decided_on",
        )
    set_annulled(poll, "annul", reason=made.reason, by=by)
    made.recorded_by, made.recorded_at = by, timezone.now()
    made.full_clean()
    made.save()
    end_tenures(poll, made.decided_on, by=by)
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

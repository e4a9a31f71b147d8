"""Written requests to leave an office: consent, approval between sessions, withdrawal."""

from datetime import date

from django.db import transaction

from council.models import Council, Tenure, User
from council.rules import figures, periods
from council.rules.law import RULEBOOK
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, departures, offices, versions
from elections.models import Motion, PollState, Resignation
from elections.rules import dismissal
from elections.services import follow_ups
from elections.services.motions import check_pending
from sessions.models import Session, SessionState

FIELDS = ("tenure", "state", "requested_on", "consent", "decided_on", "decision")


def record(
    tenure: Tenure, *, requested_on: date, reason: str, consent: str, by: User
) -> Resignation:
    """Write down the request; the consent of the cadre authority may come later.

    Raises:
        Refusal: ``access.denied``, ``date.implausible``, ``tenure.already_ended``,
            ``resignation.pending`` (another request waits), ``law.no_rule``.

    Source: Law 72/2025 Art. 37(2).
    """
    council = tenure.office.council
    access.authorise(by, "poll.edit", council)
    periods.check_plausible(requested_on, field="requested_on")
    rule = RULEBOOK.provision_on("resign", requested_on, council.level)
    with transaction.atomic():
        tenure = offices.lock(tenure)
        offices.check_running(tenure)
        if tenure.resignations.filter(state=Resignation.State.PENDING).exists():
            raise Refusal(
                "resignation.pending",
                gettext_noop("Đơn trước của %(name)s còn chờ quyết định."),
                params={"name": tenure.person.full_name},
                field="tenure",
            )
        resignation = Resignation(
            tenure=tenure,
            requested_on=requested_on,
            reason=reason,
            consent=consent,
            article=rule.article,
            recorded_by=by,
        )
        save(resignation, "resignation.record", by=by)
    return resignation


def record_consent(
    resignation: Resignation, *, consent: str, version: int | None, by: User
) -> Resignation:
    """The competent authority agreed in writing.

    Raises:
        Refusal: ``access.denied``, ``resignation.decided``, ``edit.stale``.
    """
    access.authorise(by, "poll.edit", council_of(resignation))
    with transaction.atomic():
        resignation = lock(resignation)
        check_waits(resignation)
        versions.check(resignation, version)
        resignation.consent = consent
        versions.bump(resignation)
        save(resignation, "resignation.consent", by=by)
    return resignation


def grant_between_sessions(
    resignation: Resignation, *, decided_on: date, decision: str, by: User
) -> Resignation:
    """The Standing Committee approves; the office ends that day and the next session is told.

    Raises:
        Refusal: ``access.denied``, ``resignation.decided``, ``resignation.without_consent``,
            ``resignation.before_request``, ``resignation.in_session``, ``resignation.on_paper``,
            ``tenure.already_ended``, ``law.no_rule``.

    Source: Law 72/2025 Art. 37(2), 31(8).
    """
    council = council_of(resignation)
    access.authorise(by, "office.approval", council)
    periods.check_plausible(decided_on, field="decided_on")
    with transaction.atomic():
        resignation = lock(resignation)
        check_pending(resignation)
        check_may_grant(resignation, council, decided_on)
        rule = dismissal.between_sessions(on=decided_on, level=council.level)
        resignation.decision = decision
        decide(resignation, Resignation.State.GRANTED, on=decided_on, by=by)
        tenure = offices.end_tenure(
            resignation.tenure,
            ends_on=decided_on,
            reason=Tenure.EndReason.RESIGNED,
            by=by,
        )
        departures.ask_approval(tenure, by=by)
        follow_ups.overtake(tenure, follow_ups.RESIGNED, by=by)
        follow_ups.open_report(tenure, rule, by=by)
    return resignation


def withdraw(resignation: Resignation, *, decided_on: date, by: User) -> Resignation:
    """The person takes the request back before it is decided.

    Raises:
        Refusal: ``access.denied``, ``resignation.decided``, ``resignation.before_request``,
            ``resignation.on_paper``.
    """
    access.authorise(by, "poll.edit", council_of(resignation))
    periods.check_plausible(decided_on, field="decided_on")
    with transaction.atomic():
        resignation = lock(resignation)
        check_waits(resignation)
        check_not_before(resignation, decided_on)
        check_not_on_paper(resignation)
        decide(resignation, Resignation.State.WITHDRAWN, on=decided_on, by=by)
    return resignation


def decide(resignation: Resignation, state: str, *, on: date, by: User) -> None:
    """Set how it ended and when. For verbs that are authorised elsewhere."""
    resignation.state, resignation.decided_on = state, on
    versions.bump(resignation)
    save(resignation, "resignation.decide", by=by)


def check_may_grant(resignation: Resignation, council: Council, decided_on: date) -> None:
    """Between two sessions, after the request, and not while the council itself is asked."""
    check_not_before(resignation, decided_on)
    check_not_on_paper(resignation)
    meeting = Session.objects.filter(
        term__council=council,
        opens_on__lte=decided_on,
        closes_on__gte=decided_on,
        state__in=[SessionState.CONVENED, SessionState.IN_PROGRESS, SessionState.CLOSED],
    ).first()
    if meeting is not None:
        raise Refusal(
            "resignation.in_session",
            gettext_noop(
                "Ngày %(day)s Hội đồng nhân dân đang họp (%(session)s): đơn được trình Hội đồng "
                "nhân dân, không do Thường trực quyết định."
            ),
            params={"day": figures.date_short(decided_on), "session": str(meeting)},
            cites=resignation.article,
            field="decided_on",
        )


def check_not_before(resignation: Resignation, day: date) -> None:
    """Nothing is decided before it was asked."""
    if day < resignation.requested_on:
        raise Refusal(
            "resignation.before_request",
            gettext_noop("Ngày quyết định không thể trước ngày gửi đơn %(day)s."),
            params={"day": figures.date_short(resignation.requested_on)},
            field="decided_on",
        )


def check_not_on_paper(resignation: Resignation) -> None:
    """While the council votes on it, nobody else decides."""
    motions = Motion.objects.filter(resignation=resignation)
    if motions.exclude(entry__poll__state=PollState.ANNULLED).exists():
        raise Refusal(
            "resignation.on_paper",
            gettext_noop("Đơn này đã được đưa vào một cuộc bỏ phiếu của Hội đồng nhân dân."),
        )


def check_waits(resignation: Resignation) -> None:
    """Refuse to touch what was decided."""
    if resignation.state != Resignation.State.PENDING:
        raise Refusal(
            "resignation.decided", gettext_noop("Đơn này đã được quyết định hoặc đã rút.")
        )


def council_of(resignation: Resignation) -> Council:
    """The council whose office it is."""
    return resignation.tenure.office.council


def lock(resignation: Resignation) -> Resignation:
    """The request as it stands, locked."""
    return (
        Resignation.objects.select_for_update(of=("self",))
        .select_related("tenure__office__council", "tenure__person")
        .get(pk=resignation.pk)
    )


def save(resignation: Resignation, verb: str, *, by: User) -> None:
    """Check, save and record."""
    resignation.full_clean()
    resignation.save()
    audit.record(
        verb,
        resignation,
        by=by,
        council=council_of(resignation),
        after=audit.snapshot(resignation, FIELDS),
    )

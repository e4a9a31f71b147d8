"""Requests that a delegate's duties end: written down, decided, withdrawn.

Source: Law 72/2025 Art. 38(3), 38(4).
"""

from datetime import date

from django.db import transaction

from council.models import Council, Mandate, User
from council.rules import figures, periods
from council.rules.law import RULEBOOK
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, mandates, versions
from elections.models import Motion, PollState, SeatRelease
from elections.services import follow_ups
from sessions.models import Session, SessionState

FIELDS = ("mandate", "ground", "state", "requested_on", "body", "decided_on", "decision")
END_REASONS = {
    SeatRelease.Ground.REQUEST: Mandate.EndReason.RESIGNED,
    SeatRelease.Ground.MOVED: Mandate.EndReason.MOVED,
}
SETTLED = (PollState.AGREED, PollState.PUBLISHED, PollState.ANNULLED)
MEETING = (SessionState.CONVENED, SessionState.IN_PROGRESS, SessionState.CLOSED)


def record(
    mandate: Mandate, *, ground: str, document: str, requested_on: date, reason: str, by: User
) -> SeatRelease:
    """Write down what was asked, by which paper.

    Raises:
        Refusal: ``access.denied``, ``date.implausible``, ``law.no_rule``,
            ``mandate.already_ended``, ``seat_release.before_seat``, ``seat_release.pending``.

    Source: Law 72/2025 Art. 38(3).
    """
    council = mandate.term.council
    access.authorise(by, "poll.edit", council)
    periods.check_plausible(requested_on, field="requested_on")
    rule = RULEBOOK.provision_on("delegate.resign", requested_on, council.level)
    with transaction.atomic():
        mandate = mandates.lock(mandate)
        mandates.check_running(mandate)
        if requested_on < mandate.starts_on:
            raise Refusal(
                "seat_release.before_seat",
                gettext_noop("%(name)s làm đại biểu từ ngày %(day)s; ngày đề nghị phải từ đó."),
                params={
                    "name": mandate.person.full_name,
                    "day": figures.date_short(mandate.starts_on),
                },
                field="requested_on",
            )
        if mandate.release_requests.filter(state=SeatRelease.State.PENDING).exists():
            raise Refusal(
                "seat_release.pending",
                gettext_noop("Đề nghị trước của %(name)s còn chờ quyết định."),
                params={"name": mandate.person.full_name},
                field="mandate",
            )
        made = SeatRelease(
            mandate=mandate,
            ground=ground,
            document=document,
            requested_on=requested_on,
            reason=reason,
            article=rule.article,
            recorded_by=by,
        )
        save(made, "seat_release.record", by=by)
    return made


def grant(
    release: SeatRelease, *, body: str, decided_on: date, decision: str, by: User
) -> SeatRelease:
    """The body consents: the seat ends that day, with the posts in the council that hang on it.

    What the Standing Committee granted is reported at the next session.

    Raises:
        Refusal: ``access.denied``, ``date.implausible``, ``law.no_rule``,
            ``mandate.already_ended``, ``seat_release.on_paper`` (the council votes on a removal),
            and those of `check_may_decide`.

    Source: Law 72/2025 Art. 38(3), 38(4), 38(7).
    """
    access.authorise(by, "office.approval", council_of(release))
    periods.check_plausible(decided_on, field="decided_on")
    with transaction.atomic():
        release = lock(release)
        check_may_decide(release, body, decided_on)
        check_not_on_paper(release)
        decide(release, SeatRelease.State.GRANTED, decided_on, body, decision, by=by)
        ended = mandates.release(
            release.mandate,
            ends_on=decided_on,
            reason=END_REASONS[SeatRelease.Ground(release.ground)],
            body=body,
            decision=decision,
            by=by,
        )
        if body == Mandate.EndBody.STANDING_COMMITTEE:
            level = council_of(release).level
            rule = RULEBOOK.provision_on("delegate.report", decided_on, level)
            follow_ups.open_seat_report(ended, rule, by=by)
    return release


def refuse(
    release: SeatRelease, *, body: str, decided_on: date, decision: str, by: User
) -> SeatRelease:
    """The body does not consent: the delegate goes on.

    Raises:
        Refusal: ``access.denied``, ``date.implausible``, and those of `check_may_decide`.
    """
    access.authorise(by, "office.approval", council_of(release))
    periods.check_plausible(decided_on, field="decided_on")
    with transaction.atomic():
        release = lock(release)
        check_may_decide(release, body, decided_on)
        decide(release, SeatRelease.State.REFUSED, decided_on, body, decision, by=by)
    return release


def withdraw(release: SeatRelease, *, decided_on: date, by: User) -> SeatRelease:
    """The request is taken back before it is decided.

    Raises:
        Refusal: ``access.denied``, ``date.implausible``, ``seat_release.decided``,
            ``seat_release.before_request``.
    """
    access.authorise(by, "poll.edit", council_of(release))
    periods.check_plausible(decided_on, field="decided_on")
    with transaction.atomic():
        release = lock(release)
        check_waits(release, decided_on)
        decide(release, SeatRelease.State.WITHDRAWN, decided_on, "", "", by=by)
    return release


def check_may_decide(release: SeatRelease, body: str, decided_on: date) -> None:
    """The council decides while it meets, its Standing Committee while it does not.

    Raises:
        Refusal: ``seat_release.decided``, ``seat_release.before_request``,
            ``seat_release.in_session``, ``seat_release.not_in_session``.
    """
    check_waits(release, decided_on)
    meeting = Session.objects.filter(
        term__council=council_of(release),
        opens_on__lte=decided_on,
        closes_on__gte=decided_on,
        state__in=MEETING,
    ).first()
    params = {"day": figures.date_short(decided_on), "session": str(meeting or "")}
    if body == Mandate.EndBody.STANDING_COMMITTEE and meeting is not None:
        raise Refusal(
            "seat_release.in_session",
            gettext_noop(
                "Ngày %(day)s Hội đồng nhân dân đang họp (%(session)s): việc này do Hội đồng nhân "
                "dân quyết định, không do Thường trực."
            ),
            params=params,
            cites=release.article,
            field="decided_on",
        )
    if body == Mandate.EndBody.COUNCIL and meeting is None:
        raise Refusal(
            "seat_release.not_in_session",
            gettext_noop(
                "Ngày %(day)s Hội đồng nhân dân không họp. Chọn ngày trong kỳ họp, hoặc ghi "
                "Thường trực Hội đồng nhân dân chấp thuận."
            ),
            params=params,
            cites=release.article,
            field="decided_on",
        )


def check_waits(release: SeatRelease, day: date) -> None:
    """Refuse what was decided, and a decision before the request.

    Raises:
        Refusal: ``seat_release.decided``, ``seat_release.before_request``.
    """
    if release.state != SeatRelease.State.PENDING:
        raise Refusal(
            "seat_release.decided", gettext_noop("Đề nghị này đã được quyết định hoặc đã rút.")
        )
    if day < release.requested_on:
        raise Refusal(
            "seat_release.before_request",
            gettext_noop("Ngày quyết định không thể trước ngày đề nghị %(day)s."),
            params={"day": figures.date_short(release.requested_on)},
            field="decided_on",
        )


def check_not_on_paper(release: SeatRelease) -> None:
    """While the council votes on the delegate's removal, nobody ends the seat beside it.

    Raises:
        Refusal: ``seat_release.on_paper``.
    """
    motions = Motion.objects.filter(mandate=release.mandate)
    running = motions.exclude(entry__poll__state__in=SETTLED).select_related("entry__poll").first()
    if running is not None:
        raise Refusal(
            "seat_release.on_paper",
            gettext_noop(
                "%(name)s có tên trong cuộc bãi nhiệm “%(poll)s”. Kết thúc hoặc bỏ cuộc đó trước."
            ),
            params={
                "name": release.mandate.person.full_name,
                "poll": running.entry.poll.title,
            },
        )


def decide(
    release: SeatRelease, state: str, on: date, body: str, decision: str, *, by: User
) -> None:
    """Set how it ended, when, by whom and by which paper."""
    release.state, release.decided_on = state, on
    release.body, release.decision = body, decision
    versions.bump(release)
    save(release, "seat_release.decide", by=by)


def council_of(release: SeatRelease) -> Council:
    """The council whose delegate it is."""
    return release.mandate.term.council


def lock(release: SeatRelease) -> SeatRelease:
    """The request as it stands, locked."""
    return (
        SeatRelease.objects.select_for_update(of=("self",))
        .select_related("mandate__term__council", "mandate__person")
        .get(pk=release.pk)
    )


def save(release: SeatRelease, verb: str, *, by: User) -> None:
    """Check, save and record."""
    release.full_clean()
    release.save()
    audit.record(
        verb,
        release,
        by=by,
        council=council_of(release),
        after=audit.snapshot(release, FIELDS),
    )

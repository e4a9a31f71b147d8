"""Sittings: plan, open, suspend, resume, close."""

from datetime import date, time

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from council.models import Council, User
from council.rules import periods
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, rulebook
from sessions.models import Session, SessionState, Sitting
from sessions.queries import sittings as queries
from sessions.rules import lifecycle, quorum
from sessions.services import locks, sessions

FIELDS = ("state", "held_on", "part", "opened_at", "closed_at")


def plan(
    council_session: Session, *, held_on: date, part: str, starts_at: time, by: User
) -> Sitting:
    """Add a sitting to a session that is not closed.

    Raises:
        Refusal: ``access.denied``, ``sitting.outside_session``, ``sitting.session_closed``.
    """
    council = council_session.term.council
    access.authorise(by, "session.edit", council)
    with transaction.atomic():
        council_session = locks.council_session(council_session.pk)
        if council_session.state == SessionState.CLOSED:
            raise Refusal(
                "sitting.session_closed",
                gettext_noop("Kỳ họp đã bế mạc, không thêm phiên họp được."),
            )
        if not periods.Interval(council_session.opens_on, council_session.closes_on).contains(
            held_on
        ):
            raise Refusal(
                "sitting.outside_session",
                gettext_noop("Ngày họp phải nằm trong thời gian kỳ họp (%(first)s đến %(last)s)."),
                params={
                    "first": f"{council_session.opens_on:%d/%m/%Y}",
                    "last": f"{council_session.closes_on:%d/%m/%Y}",
                },
                field="held_on",
            )
        last = council_session.sittings.aggregate(last=Max("ordinal"))["last"] or 0
        sitting = Sitting(
            council_session=council_session,
            ordinal=last + 1,
            held_on=held_on,
            part=part,
            starts_at=starts_at,
        )
        sitting.full_clean()
        sitting.save()
        audit.record(
            "sitting.plan", sitting, by=by, council=council, after=audit.snapshot(sitting, FIELDS)
        )
    return sitting


def open_sitting(sitting: Sitting, *, by: User) -> Sitting:
    """Open a planned sitting; the first one begins the session. Needs the quorum.

    Raises:
        Refusal: ``access.denied``, ``quorum.not_met`` and those of `sessions.rules.lifecycle`.
    """
    access.authorise(by, "sitting.run", council_of(sitting))
    with transaction.atomic():
        council_session = locks.council_session(sitting.council_session_id)
        sitting = lock(sitting)
        state = lifecycle.next_sitting_state(sitting.state, lifecycle.SittingVerb.OPEN)
        if council_session.state != SessionState.IN_PROGRESS:
            sessions.begin(council_session, by=by)
        quorum.check_quorum(queries.quorum_of(sitting))
        sitting.state, sitting.opened_at = state.value, timezone.now()
        store(sitting, "sitting.open", by=by)
    return sitting


def suspend(sitting: Sitting, *, by: User) -> Sitting:
    """Break a sitting off for a while; who is in the hall stays recorded."""
    return change(sitting, lifecycle.SittingVerb.SUSPEND, "sitting.suspend", by=by)


def resume(sitting: Sitting, *, by: User) -> Sitting:
    """Go on with a suspended sitting. Needs the quorum again.

    Raises:
        Refusal: ``quorum.not_met`` and those of `sessions.rules.lifecycle`.
    """
    access.authorise(by, "sitting.run", council_of(sitting))
    quorum.check_quorum(queries.quorum_of(sitting))
    return change(sitting, lifecycle.SittingVerb.RESUME, "sitting.resume", by=by)


def close_sitting(sitting: Sitting, *, by: User) -> Sitting:
    """End a sitting; everybody still in the hall leaves at that moment.

    Raises:
        Refusal: ``access.denied``, ``sitting.vote_open`` and those of `sessions.rules.lifecycle`.
    """
    access.authorise(by, "sitting.run", council_of(sitting))
    with transaction.atomic():
        sitting = lock(sitting)
        state = lifecycle.next_sitting_state(sitting.state, lifecycle.SittingVerb.CLOSE)
        if sitting.open_votes.filter(state="open").exists():
            raise Refusal(
                "sitting.vote_open",
                gettext_noop("Còn một biểu quyết đang mở. Ghi kết quả rồi mới kết thúc phiên họp."),
            )
        at = timezone.now()
        sitting.presences.filter(left_at=None).update(left_at=at)
        sitting.state, sitting.closed_at = state.value, at
        store(sitting, "sitting.close", by=by)
    return sitting


def change(sitting: Sitting, verb: lifecycle.SittingVerb, name: str, *, by: User) -> Sitting:
    """Take a sitting to the state that the verb leads to."""
    access.authorise(by, "sitting.run", council_of(sitting))
    with transaction.atomic():
        sitting = lock(sitting)
        sitting.state = lifecycle.next_sitting_state(sitting.state, verb).value
        store(sitting, name, by=by)
    return sitting


def lock(sitting: Sitting) -> Sitting:
    """The sitting as it stands, locked; its votes go by the law as approved now."""
    rulebook.refresh()
    return (
        Sitting.objects.select_for_update(of=("self",))
        .select_related("council_session__term__council")
        .get(pk=sitting.pk)
    )


def store(sitting: Sitting, verb: str, *, by: User) -> None:
    """Check, save and record a changed sitting."""
    sitting.version += 1
    sitting.full_clean()
    sitting.save()
    audit.record(
        verb, sitting, by=by, council=council_of(sitting), after=audit.snapshot(sitting, FIELDS)
    )


def council_of(sitting: Sitting) -> Council:
    """The council that sits."""
    return sitting.council_session.term.council

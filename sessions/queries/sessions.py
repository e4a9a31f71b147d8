"""Sessions for the staff's pages and for delegates."""

from datetime import date, timedelta

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, Value, When

from council.models import Council, Term
from sessions.models import PUBLIC_STATES, Session, SessionNote, SessionState
from sessions.queries import deadlines


def for_staff(council: Council) -> QuerySet[Session]:
    """Sessions of the council, for looking one up by its key."""
    return Session.objects.filter(term__council=council).select_related(
        "term__council", "created_by", "submitted_by", "approved_by"
    )


def listed(council: Council) -> QuerySet[Session]:
    """All sessions, newest first, with how many items and papers each has."""
    return (
        for_staff(council)
        .annotate(
            item_count=Count("items", distinct=True, filter=~Q(items__state="dropped")),
            paper_count=Count("documents", distinct=True, filter=Q(documents__withdrawn_at=None)),
        )
        .order_by("-opens_on", "-number", "-pk")
    )


def suggested_number(term: Term) -> int:
    """The number after the term's last session."""
    return (term.sessions.aggregate(last=Max("number"))["last"] or 0) + 1


def open_sessions(council: Council) -> QuerySet[Session]:
    """Sessions that are not over: those in progress first, then by opening day."""
    rank = Case(
        When(state=SessionState.IN_PROGRESS, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return for_staff(council).exclude(state=SessionState.CLOSED).order_by(rank, "opens_on", "pk")


def for_delegates(council: Council) -> QuerySet[Session]:
    """Convened sessions, newest first; `has_signed_minutes`: how many signed minutes, 0 or 1."""
    signed = Q(texts__kind="minutes", texts__state="signed")
    return (
        Session.objects.filter(term__council=council, state__in=PUBLIC_STATES)
        .select_related("term__council")
        .annotate(has_signed_minutes=Count("texts", filter=signed))
        .order_by("-opens_on", "-number")
    )


def session_of_the_day(council: Council, today: date) -> Session | None:
    """What a delegate looks for: the session that runs, else the next one, else the last one."""
    found = for_delegates(council)
    running = found.filter(state=SessionState.IN_PROGRESS).first()
    coming = found.filter(state=SessionState.CONVENED, closes_on__gte=today)
    return running or coming.order_by("opens_on", "number").first() or found.first()


def days_late(council_session: Session, today: date) -> int:
    """By how many days convening today misses the council's setting; 0 where it is in time.

    Not a refusal: today's law names no number of days.
    """
    line = deadlines.convening(council_session)
    return max((today - line.due_on).days, 0) if line else 0


def default_days(term: Term, today: date) -> tuple[date, date]:
    """Suggested first and last day of a new session: a month from now, within the term."""
    opens_on = min(max(today + timedelta(days=30), term.starts_on), term.ends_on)
    return opens_on, opens_on


def notes(council_session: Session) -> list[SessionNote]:
    """The sentences of the session's story, by kind in order."""
    return list(council_session.notes.order_by("kind", "position"))


def notes_of(council: Council) -> QuerySet[SessionNote]:
    """Sentences of the council's sessions, for looking one up by its key."""
    return SessionNote.objects.filter(council_session__term__council=council).select_related(
        "council_session__term__council"
    )

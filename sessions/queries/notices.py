"""Copies of the convening notice: who got it, who did not, who has no address."""

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from council.models import Council, Job
from sessions.models import NoticeDelivery, Session

State = NoticeDelivery.State
UNKNOWN = Q(state=State.WAITING, claimed_at__isnull=False)
"""Claimed, but never marked as sent: nobody knows whether the letter left."""


def for_staff(council_session: Session) -> QuerySet[NoticeDelivery]:
    """All copies, those that need somebody's hand first."""
    return council_session.deliveries.select_related("mandate__person", "mandate__group").order_by(
        "state", "mandate__person__sort_key", "pk"
    )


def waiting(council_session: Session) -> QuerySet[NoticeDelivery]:
    """Copies that nobody has claimed yet."""
    return (
        council_session.deliveries.filter(state=State.WAITING, claimed_at=None)
        .select_related("mandate__person")
        .order_by("pk")
    )


def tally(council_session: Session) -> dict[str, int]:
    """How many copies there are, were sent, wait, failed, are unknown and have no address."""
    return council_session.deliveries.aggregate(
        total=Count("pk"),
        sent=Count("pk", filter=Q(state=State.SENT)),
        waiting=Count("pk", filter=Q(state=State.WAITING, claimed_at=None)),
        unknown=Count("pk", filter=UNKNOWN),
        failed=Count("pk", filter=Q(state=State.FAILED)),
        no_address=Count("pk", filter=Q(state=State.NO_ADDRESS)),
    )


def job_of(council_session: Session) -> Job | None:
    """The work that sends the copies; None before the session is convened."""
    return Job.objects.filter(key=f"sessions.send_notices.{council_session.pk}").first()


def delegate_path(council: Council) -> str:
    """The delegates' own page, to which the letter points."""
    return reverse("sessions:delegate-home", args=[council.slug])

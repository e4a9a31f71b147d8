"""The public rows behind the records, each query with its joins; every one filters by publication.

The order is that of the keys: it never changes, whatever is published in between.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from council.models import Council, Mandate, Office, Person, Tenure, Term
from elections.models import OutcomeLine, Poll, PollEntry, public_result
from portal.models import SearchEntry
from portal.queries import unpublished_ends, unpublished_lines
from portal.queries.status import with_status
from resolutions.models import Notice, Resolution
from sessions.models import (
    PUBLIC_STATES,
    AgendaItem,
    Document,
    Indicator,
    Session,
    Visibility,
)


def councils() -> QuerySet[Council]:
    """Every council."""
    return Council.objects.select_related("successor").order_by("pk")


def terms() -> QuerySet[Term]:
    """Every term."""
    return Term.objects.select_related("council").order_by("pk")


def sessions() -> QuerySet[Session]:
    """Sessions that were convened."""
    return Session.objects.published().select_related("term__council").order_by("pk")


def agenda_items() -> QuerySet[AgendaItem]:
    """Items of public sessions that were not dropped; staff notes stay behind."""
    return (
        AgendaItem.objects.filter(council_session__state__in=PUBLIC_STATES)
        .exclude(Q(state=AgendaItem.State.DROPPED) | Q(parent__state=AgendaItem.State.DROPPED))
        .select_related("council_session__term__council")
        .defer("staff_note")
        .order_by("pk")
    )


def papers() -> QuerySet[Document]:
    """Papers released to the public, not withdrawn, of items that were not dropped."""
    return (
        Document.objects.filter(
            visibility=Visibility.PUBLIC,
            withdrawn_at=None,
            council_session__state__in=PUBLIC_STATES,
        )
        .exclude(item__state=AgendaItem.State.DROPPED)
        .select_related("council_session__term__council", "item")
        .order_by("pk")
    )


def polls() -> QuerySet[Poll]:
    """Polls whose result is published, annulled ones included."""
    return (
        Poll.objects.published()
        .filter(council_session__state__in=PUBLIC_STATES)
        .select_related("council_session__term__council", "outcome__count")
        .order_by("pk")
    )


def poll_lines() -> QuerySet[OutcomeLine]:
    """The lines of published results, poll by poll in ballot order."""
    return (
        OutcomeLine.objects.filter(
            public_result("outcome__poll__"),
            outcome__poll__council_session__state__in=PUBLIC_STATES,
        )
        .select_related("entry__person__council", "outcome")
        .order_by("pk")
    )


def resolutions() -> QuerySet[Resolution]:
    """Published resolutions, with the notice that took one back, if any."""
    notices = Notice.objects.published().filter(target=OuterRef("pk"), kind=Notice.Kind.WITHDRAWAL)
    return (
        with_status(Resolution.objects.published(), SearchEntry.Kind.RESOLUTION)
        .select_related("council", "council_session", "poll", "publication")
        .defer("publication__frozen", "bases", "body", "closing", "recipients")
        .annotate(
            withdrawn_on=Subquery(notices.values("dated")[:1]),
            hides_text=Exists(notices.filter(hides_text=True)),
        )
        .order_by("pk")
    )


def notices() -> QuerySet[Notice]:
    """Published notices; `is_hidden` where a withdrawal hides the words that they quote."""
    hiding = Notice.objects.published().filter(target=OuterRef("target"), hides_text=True)
    return (
        Notice.objects.published()
        .filter(target__published_at__isnull=False)
        .select_related("council", "target__council")
        .prefetch_related("lines")
        .annotate(is_hidden=Exists(hiding))
        .order_by("pk")
    )


def whole_resolutions() -> QuerySet[Resolution]:
    """The same with their words."""
    found = resolutions().defer(None)
    return found.defer("publication__frozen", "recipients")


def persons() -> QuerySet[Person]:
    """Who has a seat, a public office, or a line in a published result."""
    seats = Mandate.objects.filter(person=OuterRef("pk"))
    held = tenures().order_by().filter(person=OuterRef("pk"))
    stood = PollEntry.objects.filter(public_result("poll__"), person=OuterRef("pk"))
    return (
        Person.objects.filter(Q(Exists(seats)) | Q(Exists(held)) | Q(Exists(stood)))
        .select_related("council")
        .order_by("pk")
    )


def mandates() -> QuerySet[Mandate]:
    """Seats; an end whose poll is not published is none."""
    return (
        Mandate.objects.annotate(hides_end=Exists(unpublished_ends()))
        .select_related("person", "group", "term__council")
        .order_by("pk")
    )


def offices() -> QuerySet[Office]:
    """Every post."""
    return Office.objects.select_related("council").order_by("pk")


def tenures() -> QuerySet[Tenure]:
    """Offices held; who was elected by a poll, once it is published."""
    return (
        Tenure.objects.filter(~Exists(unpublished_lines()))
        .annotate(hides_end=Exists(unpublished_ends()))
        .select_related("office__council", "person", "term")
        .order_by("pk")
    )


def indicators() -> QuerySet[Indicator]:
    """Indicators of public sessions."""
    return (
        Indicator.objects.filter(council_session__state__in=PUBLIC_STATES)
        .select_related("council_session__term__council")
        .order_by("pk")
    )

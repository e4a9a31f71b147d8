"""What the public may know of one person: seats, offices, published results, attendance.

Nothing else: no birthday, no address, no reason of an absence, no poll that is not published.
"""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, QuerySet

from council.models import Mandate, Person, Tenure
from elections.models import OutcomeLine, public_result
from portal.queries import public_rows, unpublished_ends, unpublished_lines
from sessions.models import Presence, SessionState, Sitting


def person(slug: str, person_slug: str) -> QuerySet[Person]:
    """The person of public life at this address; birthday and e-mail are not even read."""
    return public_rows.persons().filter(council__slug=slug, slug=person_slug).defer(
        "email", "born_on"
    )  # fmt: skip


def seats(shown: Person) -> QuerySet[Mandate]:
    """Seats, newest first, a row for each committee of each: `committee`, `committee_from`, `_to`.

    One query for both: a seat without a committee has one row, whose committee is None.
    """
    return (
        Mandate.objects.filter(person=shown)
        .annotate(
            hides_end=Exists(unpublished_ends()),
            committee=F("committee_seats__committee__name"),
            committee_from=F("committee_seats__starts_on"),
            committee_to=F("committee_seats__ends_on"),
        )
        .select_related("term", "group")
        .order_by(
            "-starts_on", "pk", "committee_seats__committee__position", "committee_seats__starts_on"
        )
    )


def offices(shown: Person) -> QuerySet[Tenure]:
    """Offices held, newest first, each with the published poll that gave it, if one did."""
    return (
        Tenure.objects.filter(~Exists(unpublished_lines()), person=shown)
        .annotate(hides_end=Exists(unpublished_ends()))
        .select_related(
            "office",
            "term",
            "appointment",
            "outcome_line__outcome__poll__council_session__term__council",
        )
        .order_by("-starts_on", "office__position", "pk")
    )


def results(shown: Person) -> QuerySet[OutcomeLine]:
    """The person's lines in published results, newest first, with the acts that confirm them."""
    poll = "outcome__poll"
    return (
        OutcomeLine.objects.filter(public_result(f"{poll}__"), entry__person=shown)
        .select_related(
            f"{poll}__council_session__term__council",
            f"{poll}__office",
            f"{poll}__resolution__council",
            f"{poll}__split_from__resolution__council",
            "outcome__count",
            "entry__person",
            "entry__poll_post__office",
        )
        .order_by(f"-{poll}__held_on", f"-{poll}__pk")
    )


def sittings(shown: Person, terms: Iterable[int]) -> QuerySet[Sitting]:
    """Sittings with a roll of closed sessions in these terms, with `was_there`, newest first."""
    calls = Presence.objects.filter(sitting=OuterRef("pk"))
    return (
        Sitting.objects.filter(
            Exists(calls),
            council_session__state=SessionState.CLOSED,
            council_session__term__in=list(terms),
        )
        .annotate(was_there=Exists(calls.filter(mandate__person=shown)))
        .select_related("council_session__term__council")
        .order_by("-council_session__opens_on", "-council_session_id", "ordinal")
    )

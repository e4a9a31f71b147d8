"""Indicators of a council over the years, from public sessions only."""

from django.db.models import QuerySet

from council.models import Council
from portal.queries import public_rows
from sessions.models import Indicator, Session


def of_council(council: Council) -> QuerySet[Indicator]:
    """Every indicator of the council's public sessions, the newest session first."""
    return (
        public_rows.indicators()
        .filter(council_session__term__council=council)
        .order_by("-council_session__opens_on", "-council_session_id", "position")
    )


def session_years(council: Council) -> list[int]:
    """Years in which a public session of the council opened."""
    days = Session.objects.published().filter(term__council=council)
    return sorted({day.year for day in days.values_list("opens_on", flat=True)})

"""Take the row that a verb changes, as it stands now.

On PostgreSQL nobody else changes it until the transaction ends; on SQLite the whole database is
locked by the transaction itself.
"""

from django.db.models import QuerySet

from council.models import Council
from resolutions.models import Notice, NumberSeries, Publication, Resolution


def resolution(resolution_pk: int) -> Resolution:
    """The resolution, locked, with its council, session, poll and vote at hand."""
    return (
        Resolution.objects.select_for_update(of=("self",))
        .select_related(
            "council", "council_session__term__council", "poll", "adoption__sitting", "created_by",
            "submitted_by",
        )
        .get(pk=resolution_pk)
    )  # fmt: skip


def publication(publication_pk: int) -> Publication:
    """The publication, locked, with its resolution at hand (not locked)."""
    return (
        Publication.objects.select_for_update(of=("self",))
        .select_related("resolution__council", "resolution__council_session__term")
        .get(pk=publication_pk)
    )


def notices() -> QuerySet[Notice]:
    """Notices to lock, with the resolution that they speak of at hand (not locked)."""
    return Notice.objects.select_for_update(of=("self",)).select_related(
        "council", "target__council", "target__council_session__term"
    )


def notice(notice_pk: int) -> Notice:
    """The notice, locked."""
    return notices().get(pk=notice_pk)


def series(council: Council, *, year: int, kind: str) -> NumberSeries:
    """The council's number series of the year and kind, locked until the transaction ends."""
    row, _created = NumberSeries.objects.get_or_create(council=council, year=year, kind=kind)
    return NumberSeries.objects.select_for_update().get(pk=row.pk)

"""What the public sees of the archives: everything that was imported, nothing that waits."""

from django.db.models import QuerySet

from council.models import Council
from resolutions.models import ArchivedResolution, ArchiveImport


def archived_of(council: Council, *, year: int | None = None) -> QuerySet[ArchivedResolution]:
    """The council's resolutions from the archives, newest first, without the words of the files."""
    found = ArchivedResolution.objects.filter(council=council).select_related("council")
    if year is not None:
        found = found.filter(year=year)
    return found.defer("text").order_by("-issued_on", "-number", "pk")


def archived_years(council: Council) -> list[int]:
    """Years that the council's archives hold, newest first."""
    found = ArchivedResolution.objects.filter(council=council)
    return list(found.order_by("-year").values_list("year", flat=True).distinct())


def archived(slug: str, year: int, number_slug: str) -> QuerySet[ArchivedResolution]:
    """One resolution from the archives."""
    return (
        ArchivedResolution.objects.filter(council__slug=slug, year=year, slug=number_slug)
        .select_related("council", "council_session__term__council")
        .defer("text")
    )


def finished_archives(council: Council) -> QuerySet[ArchiveImport]:
    """Imports that brought something to the public, newest first: one line each in the feed."""
    found = ArchiveImport.objects.filter(council=council, state="done", rows__state="imported")
    return found.select_related("council").distinct().order_by("-finished_at")

"""Notices that the public may read, and which resolutions' words it may not read any more."""

from django.db.models import QuerySet

from resolutions.models import Notice, Resolution


def notice(slug: str, year: int, number_slug: str, notice_slug: str) -> QuerySet[Notice]:
    """One published notice on a published resolution."""
    return (
        Notice.objects.published()
        .filter(
            target__council__slug=slug, target__year=year, target__slug=number_slug,
            slug=notice_slug, target__published_at__isnull=False,
        )
        .select_related("council", "target__council", "target__council_session__term")
        .prefetch_related("lines")
    )  # fmt: skip


def hiding(resolution: Resolution) -> Notice | None:
    """The notice that took the resolution back and its words off the portal; None: readable."""
    found = Notice.objects.published().filter(target=resolution, hides_text=True)
    return found.select_related("target__council").first()

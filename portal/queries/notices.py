"""Notices that the public may read, and which resolutions' words it may not read any more."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from council.models import Council
from resolutions.models import Notice, Resolution


def notice(slug: str, year: int, number_slug: str, notice_slug: str) -> QuerySet[Notice]:
    """One published notice on a published resolution, with whether its words are hidden."""
    return (
        Notice.objects.published()
        .filter(
            target__council__slug=slug, target__year=year, target__slug=number_slug,
            slug=notice_slug, target__published_at__isnull=False,
        )
        .select_related("council", "target__council", "target__council_session__term")
        .prefetch_related("lines")
    )  # fmt: skip


def hides_text() -> Exists:
    """Whether a notice took the resolution of the row back and hides its words, as a column."""
    return Exists(Notice.objects.published().filter(target=OuterRef("pk"), hides_text=True))


def hiding(resolution: Resolution) -> Notice | None:
    """The notice that took the resolution back and its words off the portal; None: readable.

    A row that was read with the column `hides_text` costs no query where nothing is hidden.
    """
    if getattr(resolution, "hides_text", True) is False:
        return None
    found = Notice.objects.published().filter(target=resolution, hides_text=True)
    return found.select_related("target__council").first()


def newest(council: Council) -> QuerySet[Notice]:
    """The council's published notices, newest first; none whose words are hidden."""
    hidden = Notice.objects.published().filter(target=OuterRef("target"), hides_text=True)
    return (
        Notice.objects.published()
        .filter(~Exists(hidden) | Q(kind=Notice.Kind.WITHDRAWAL), council=council)
        .select_related("target__council")
        .order_by("-published_at", "-pk")
    )

"""Files on their way in, for those who prepare the session."""

from django.db.models import Count, QuerySet

from council.models import Council
from sessions.models import Document, PaperUpload, Session

State = PaperUpload.State


def for_staff(council: Council) -> QuerySet[PaperUpload]:
    """All files that are on their way into the council's sessions."""
    return PaperUpload.objects.filter(council_session__term__council=council).select_related(
        "council_session__term__council", "document", "uploaded_by"
    )


def of_session(council_session: Session) -> QuerySet[PaperUpload]:
    """Files that are to become new papers, in the order in which they came."""
    return council_session.uploads.filter(document=None).select_related("uploaded_by")


def of_document(document: Document) -> QuerySet[PaperUpload]:
    """Files that are to become versions of the paper."""
    return document.uploads.select_related("uploaded_by")


def counts(council_session: Session) -> dict[str, int]:
    """How many new papers are in each state."""
    found = (
        council_session.uploads.filter(document=None)
        .order_by()
        .values("state")
        .annotate(n=Count("pk"))
    )
    return {row["state"]: row["n"] for row in found}

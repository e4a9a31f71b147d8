"""Papers by who reads them: staff see everything, delegates and the public what was released.

A release covers the versions that lay there when an approver released the paper; a version
uploaded later waits until it is released too (four eyes for every file, not only the first).
"""

from django.db.models import F, Prefetch, Q, QuerySet

from council.models import Council, User
from sessions.models import PUBLIC_STATES, Document, DocumentVersion, Session, Visibility

FOR_DELEGATES = (Visibility.DELEGATES, Visibility.PUBLIC)


def for_staff(council: Council) -> QuerySet[Document]:
    """Papers of the council's sessions with all their versions, newest version first."""
    return (
        Document.objects.filter(council_session__term__council=council)
        .select_related("council_session__term__council", "item", "created_by", "released_by")
        .prefetch_related(
            Prefetch(
                "versions",
                queryset=DocumentVersion.objects.select_related("uploaded_by", "text").defer(
                    "text__pages", "text__folded"
                ),
            )
        )
    )


def of_session(council_session: Session) -> QuerySet[Document]:
    """The session's papers for the staff's list, withdrawn ones included."""
    return (
        for_staff(council_session.term.council)
        .filter(council_session=council_session)
        .order_by("item__parent__position", "item__position", "position", "pk")
    )


def released_to_delegates() -> QuerySet[Document]:
    """Papers that delegates may read: released, not withdrawn."""
    return Document.objects.filter(visibility__in=FOR_DELEGATES, withdrawn_at=None).order_by(
        "position", "pk"
    )


def released_versions() -> QuerySet[DocumentVersion]:
    """Versions covered by their paper's release, the current one of each paper first."""
    return DocumentVersion.objects.filter(
        document__withdrawn_at=None,
        document__visibility__in=FOR_DELEGATES,
        uploaded_at__lte=F("document__released_at"),
    ).order_by("document_id", "-ordinal")


def delegate_version(council: Council, document_pk: int) -> DocumentVersion | None:
    """What a delegate gets: the last released version of a paper of a convened session."""
    return (
        released_versions()
        .filter(
            document=document_pk,
            document__council_session__term__council=council,
            document__council_session__state__in=PUBLIC_STATES,
        )
        .select_related("document")
        .first()
    )


def public_version(slug: str, document_pk: int) -> DocumentVersion | None:
    """The last released version of a public paper of a convened session.

    What the public gets of it is `sessions.queries.reading.public_file`: perhaps a masked copy.
    """
    return (
        released_versions()
        .filter(
            document=document_pk,
            document__visibility=Visibility.PUBLIC,
            document__council_session__term__council__slug=slug,
            document__council_session__state__in=PUBLIC_STATES,
        )
        .select_related("document", "masked")
        .first()
    )


def version_for_staff(council: Council, version_pk: int) -> DocumentVersion | None:
    """Any version of any paper of the council."""
    return (
        DocumentVersion.objects.filter(
            pk=version_pk, document__council_session__term__council=council
        )
        .select_related("document")
        .first()
    )


def waiting_for_release(council_session: Session) -> QuerySet[Document]:
    """Papers that an approver has still to look at: never released, or with a newer version."""
    newer = DocumentVersion.objects.filter(uploaded_at__gt=F("document__released_at"))
    return council_session.documents.filter(withdrawn_at=None).filter(
        Q(visibility=Visibility.STAFF) | Q(pk__in=newer.values("document"))
    )


def is_waiting(document: Document) -> bool:
    """Whether the newest version is not released; the versions must be at hand (prefetched)."""
    newest = next(iter(document.versions.all()), None)
    if newest is None or document.withdrawn_at:
        return False
    return document.released_at is None or newest.uploaded_at > document.released_at


def may_be_released_by(document: Document, user: User) -> bool:
    """Whether somebody else uploaded the newest version; the versions must be at hand."""
    newest = next(iter(document.versions.all()), None)
    return newest is not None and newest.uploaded_by_id != user.pk

"""Which file of each paper a reader gets, and in which order: for bundles, previews and pages.

One place decides it for all of them; each reader's rule is that of `sessions.queries.papers`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile

from council.models import Council
from sessions.models import (
    PUBLIC_STATES,
    AgendaItem,
    Document,
    DocumentVersion,
    Session,
    Visibility,
)
from sessions.queries import agenda, papers


@dataclass(frozen=True, slots=True)
class ReadableFile:
    """The one file of a paper that a reader gets.

    Attributes:
        version: the version that it is, or that it was made of.
        file, filename, media_type, size, sha256: the bytes that are served.
    """

    document: Document
    version: DocumentVersion
    file: FieldFile
    filename: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Part:
    """A place of the agenda with its readable papers; `label` is empty for the session's own."""

    label: str
    title: str
    depth: int
    files: list[ReadableFile]


def of_version(version: DocumentVersion) -> ReadableFile:
    """The file as it was uploaded."""
    return ReadableFile(
        version.document, version, version.file, version.filename, version.media_type,
        version.size, version.sha256,
    )  # fmt: skip


def files_of(held: Session, readers: str) -> list[ReadableFile]:
    """What these readers may read of a session, a file a paper; nothing that was withdrawn.

    Delegates and the public get nothing before the session is convened; the public nothing of an
    item that was dropped from the agenda, which its pages do not name either.
    """
    if readers == Visibility.STAFF:
        versions = _newest(
            DocumentVersion.objects.filter(
                document__council_session=held, document__withdrawn_at=None
            ).order_by("document_id", "-ordinal")
        )
    elif held.state not in PUBLIC_STATES:
        return []
    else:
        released = papers.released_versions().filter(document__council_session=held)
        if readers == Visibility.PUBLIC:
            released = released.filter(document__visibility=Visibility.PUBLIC).exclude(
                document__item__state=AgendaItem.State.DROPPED
            )
        versions = _newest(released)
    of = for_public if readers == Visibility.PUBLIC else of_version
    return [of(version) for version in versions]


def for_public(version: DocumentVersion) -> ReadableFile:
    """What the public gets of a public version: its masked copy where there is one."""
    copy = getattr(version, "masked", None)  # a reverse one-to-one raises where there is none
    if copy is None:
        return of_version(version)
    return ReadableFile(
        version.document, version, copy.file, copy.filename, copy.media_type, copy.size,
        copy.sha256,
    )  # fmt: skip


def _newest(versions: QuerySet[DocumentVersion]) -> list[DocumentVersion]:
    """The first of each paper; they come newest first."""
    found: dict[int, DocumentVersion] = {}
    for version in versions.select_related("document", "masked"):
        found.setdefault(version.document_id, version)
    return list(found.values())


def parts_of(held: Session, readers: str) -> list[Part]:
    """The same by agenda item in reading order; the session's own papers come first.

    Items without a readable paper are left out.
    """
    by_item: dict[int | None, list[ReadableFile]] = {}
    for one in files_of(held, readers):
        by_item.setdefault(one.document.item_id, []).append(one)
    for files in by_item.values():
        files.sort(key=lambda one: (one.document.position, one.document.pk))
    parts = [Part("", "Tài liệu chung của kỳ họp", 0, by_item[None])] if None in by_item else []
    for row in agenda.in_tree_order(held.items.all()):
        if row.item.pk in by_item:
            is_dropped = row.item.state == AgendaItem.State.DROPPED
            title = f"{row.item.title} (đã rút khỏi chương trình)" if is_dropped else row.item.title
            parts.append(Part(row.label, title, row.depth, by_item[row.item.pk]))
    return parts


def newest_moment(parts: list[Part], otherwise: datetime) -> datetime:
    """When the youngest of the files was uploaded."""
    return max((one.version.uploaded_at for part in parts for one in part.files), default=otherwise)


def staff_file(council: Council, version_pk: int) -> ReadableFile | None:
    """Any version of any paper of the council."""
    version = papers.version_for_staff(council, version_pk)
    return of_version(version) if version else None


def delegate_file(council: Council, document_pk: int) -> ReadableFile | None:
    """What a delegate gets of a paper."""
    version = papers.delegate_version(council, document_pk)
    return of_version(version) if version else None


def public_files(documents: Iterable[int]) -> list[ReadableFile]:
    """What the public gets of these papers: the newest released version of each."""
    versions = papers.released_versions().filter(
        document__in=list(documents),
        document__visibility=Visibility.PUBLIC,
        document__council_session__state__in=PUBLIC_STATES,
    )
    return [for_public(version) for version in _newest(versions)]


def public_file(slug: str, document_pk: int) -> ReadableFile | None:
    """What the public gets of a paper."""
    version = papers.public_version(slug, document_pk)
    return for_public(version) if version else None

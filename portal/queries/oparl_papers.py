"""OParl objects about texts: papers, resolutions and the archives, their files, where they came up.

A paper of a session is `document-12`, a resolution `resolution-3`, one from the archives
`archived-7`; files of a resolution end with their form: `resolution-3-pdf`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from portal.queries import public_rows as rows
from portal.queries.contents import Content
from portal.queries.oparl_people import Objects, at, made, numbers
from portal.queries.records import absolute
from portal.rules.oparl import Kind, Object
from resolutions.models import ArchivedResolution, Relation, Resolution, ResolutionPaper
from sessions.models import PUBLIC_STATES, AgendaItem, Document
from sessions.queries import reading
from sessions.queries.reading import ReadableFile

PDF = "application/pdf"
FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xml": "application/akn+xml",
    "html": "text/html",
}
Related = dict[str, list[str]]


def local(moment: datetime | None) -> datetime | None:
    """The moment on the council's clock."""
    return timezone.localtime(moment) if moment else None


def day_of(moment: datetime | None) -> date | None:
    """The day of the moment on the council's clock."""
    return timezone.localtime(moment).date() if moment else None


def document_rows() -> QuerySet[Document]:
    """Public papers with the place of the agenda where they belong."""
    return rows.papers().select_related("item__parent")


def archived_rows() -> QuerySet[ArchivedResolution]:
    """Resolutions of the past; without the words of their files."""
    found = ArchivedResolution.objects.select_related("council", "council_session")
    return found.defer("text").order_by("pk")


def readable(documents: Iterable[Document]) -> dict[int, ReadableFile]:
    """The file that the public gets of each paper; those without one are not public."""
    return {
        one.document.pk: one for one in reading.public_files(document.pk for document in documents)
    }


def act_rows() -> QuerySet[Resolution]:
    """Published resolutions with the place of the agenda where they were adopted."""
    return rows.resolutions().select_related("item__parent")


def resolution_rows() -> QuerySet[Resolution]:
    """The same with their files."""
    return act_rows().prefetch_related("publication__files")


def papers(keys: Collection[str]) -> Objects:
    """Papers of sessions, resolutions, and resolutions of the past."""
    documents = list(document_rows().filter(pk__in=numbers(keys, "document")))
    resolutions = list(resolution_rows().filter(pk__in=numbers(keys, "resolution")))
    past = list(archived_rows().filter(pk__in=numbers(keys, "archived")))
    files = readable(documents) if documents else {}
    related = _related(documents, resolutions, past)
    found = {}
    for document in documents:
        if document.pk in files:
            key = f"document-{document.pk}"
            found[key] = _of_document(document, files[document.pk], related[key])
    for resolution in resolutions:
        key = f"resolution-{resolution.pk}"
        found[key] = _of_resolution(resolution, related[key])
    for one in past:
        found[f"archived-{one.pk}"] = _of_archived(one, related[f"archived-{one.pk}"])
    return found


def _of_document(row: Document, file: ReadableFile, related: list[str]) -> Object:
    council = row.council_session.term.council
    return made(
        Kind.PAPER, f"document-{row.pk}", body=at(Kind.BODY, council.pk), name=row.title,
        reference=row.number, date=row.issued_on, paperType=row.get_kind_display(),
        relatedPaper=related, mainFile=file_of_document(row, file),
        consultation=[_consultation_of_document(row)],
        web=absolute(reverse("portal:document-read", args=[council.slug, row.pk])),
        own={"issuer": row.issuer},
    )  # fmt: skip


def _of_resolution(row: Resolution, related: list[str]) -> Object:
    files = files_of_resolution(row)
    main = files.pop(f"resolution-{row.pk}-pdf", None)
    return made(
        Kind.PAPER, f"resolution-{row.pk}", body=at(Kind.BODY, row.council_id), name=row.title,
        reference=row.symbol, date=row.adopted_on, paperType="Nghị quyết", relatedPaper=related,
        mainFile=main, auxiliaryFile=list(files.values()),
        originatorOrganization=[at(Kind.ORGANIZATION, f"council-{row.council_id}")],
        consultation=[_consultation_of_resolution(row)], web=absolute(row.get_absolute_url()),
        own={
            "effectiveOn": row.effective_on, "withdrawnOn": getattr(row, "withdrawn_on", None),
            "resolutionKind": row.kind, "illustrativeNote": row.illustrative_note,
        },
    )  # fmt: skip


def _of_archived(row: ArchivedResolution, related: list[str]) -> Object:
    return made(
        Kind.PAPER, f"archived-{row.pk}", body=at(Kind.BODY, row.council_id), name=row.title,
        reference=row.symbol, date=row.issued_on, paperType="Nghị quyết", relatedPaper=related,
        mainFile=_file_of_archived(row),
        originatorOrganization=[at(Kind.ORGANIZATION, f"council-{row.council_id}")],
        consultation=[_consultation_of_archived(row)] if came_up(row) else [],
        web=absolute(row.get_absolute_url()), own={"effectiveOn": row.effective_on},
    )  # fmt: skip


def _related(
    documents: Iterable[Document], resolutions: Iterable[Resolution],
    past: Iterable[ArchivedResolution],
) -> Related:  # fmt: skip
    """Papers behind a resolution, and what acts do to each other, in both directions."""
    own, acts = [one.pk for one in documents], [one.pk for one in resolutions]
    old, pairs = [one.pk for one in past], set[tuple[str, str]]()
    behind = (
        ResolutionPaper.objects.filter(
            Q(document__in=own) | Q(resolution__in=acts),
            document__in=rows.papers().order_by(),
            resolution__in=Resolution.objects.published(),
        )
        if own or acts
        else ResolutionPaper.objects.none()
    )
    for document, resolution in behind.values_list("document", "resolution"):
        pairs.add((f"document-{document}", f"resolution-{resolution}"))
    done = Relation.objects.filter(resolution__in=Resolution.objects.published()).filter(
        Q(resolution__in=acts) | Q(target__in=acts) | Q(archived__in=old)
    )
    for actor, target, archived in done.values_list("resolution", "target", "archived"):
        if target or archived:
            other = f"resolution-{target}" if target else f"archived-{archived}"
            pairs.add((f"resolution-{actor}", other))
    found: Related = defaultdict(list)
    for one, other in sorted(pairs):
        found[one].append(at(Kind.PAPER, other))
        found[other].append(at(Kind.PAPER, one))
    return found


def consultations(keys: Collection[str]) -> Objects:
    """Where and when a paper was on a session's table."""
    documents = list(document_rows().filter(pk__in=numbers(keys, "document")))
    files = readable(documents) if documents else {}
    found = {
        f"document-{one.pk}": _consultation_of_document(one) for one in documents if one.pk in files
    }
    for row in act_rows().filter(pk__in=numbers(keys, "resolution")):
        found[f"resolution-{row.pk}"] = _consultation_of_resolution(row)
    for past in archived_rows().filter(pk__in=numbers(keys, "archived")):
        if came_up(past):
            found[f"archived-{past.pk}"] = _consultation_of_archived(past)
    return found


def came_up(row: ArchivedResolution) -> bool:
    """Whether the public knows the session from which it comes."""
    return row.council_session is not None and row.council_session.state in PUBLIC_STATES


def _consultation_of_document(row: Document) -> Object:
    return _consultation(
        f"document-{row.pk}", row.council_session.term.council_id, row.council_session_id,
        public_item(row.item), is_deciding=False,
    )  # fmt: skip


def _consultation_of_resolution(row: Resolution) -> Object:
    key = f"resolution-{row.pk}"
    return _consultation(
        key, row.council_id, row.council_session_id, public_item(row.item), is_deciding=True
    )


def _consultation_of_archived(row: ArchivedResolution) -> Object:
    return _consultation(
        f"archived-{row.pk}", row.council_id, row.council_session_id or 0, None, is_deciding=True
    )


def _consultation(
    key: str, council: int, session: int, item: int | None, *, is_deciding: bool
) -> Object:
    return made(
        Kind.CONSULTATION, key, paper=at(Kind.PAPER, key), meeting=at(Kind.MEETING, session),
        agendaItem=at(Kind.AGENDA_ITEM, item) if item else None,
        organization=[at(Kind.ORGANIZATION, f"council-{council}")], authoritative=is_deciding,
        role="Biểu quyết thông qua" if is_deciding else "Trình kỳ họp",
    )  # fmt: skip


def public_item(item: AgendaItem | None) -> int | None:
    """The key of the item, unless it or what it belongs to was dropped from the agenda."""
    dropped = AgendaItem.State.DROPPED
    if item is None or item.state == dropped:
        return None
    return None if item.parent is not None and item.parent.state == dropped else item.pk


def files(keys: Collection[str]) -> Objects:
    """The bytes of all of these."""
    documents = list(document_rows().filter(pk__in=numbers(keys, "document")))
    readables = readable(documents) if documents else {}
    found = {
        f"document-{one.pk}": file_of_document(one, readables[one.pk])
        for one in documents
        if one.pk in readables
    }
    wanted = {key.rpartition("-")[0] for key in keys if key.startswith("resolution-")}
    for row in resolution_rows().filter(pk__in=numbers(wanted, "resolution")):
        found |= files_of_resolution(row)
    for past in archived_rows().filter(pk__in=numbers(keys, "archived")):
        found[f"archived-{past.pk}"] = _file_of_archived(past)
    return {key: one for key, one in found.items() if key in keys}


def file_of_document(row: Document, file: ReadableFile) -> Object:
    """The file of a paper that the public gets."""
    key, slug = f"document-{row.pk}", row.council_session.term.council.slug
    item = public_item(row.item)
    return made(
        Kind.FILE, key, name=row.title, fileName=file.filename, mimeType=file.media_type,
        size=file.size, date=day_of(row.released_at),
        **addresses(key),
        meeting=None if item else [at(Kind.MEETING, row.council_session_id)],
        agendaItem=[at(Kind.AGENDA_ITEM, item)] if item else None,
        paper=[at(Kind.PAPER, key)],
        web=absolute(reverse("portal:document-read", args=[slug, row.pk])),
        own={"sha256Checksum": file.sha256},
    )  # fmt: skip


def files_of_resolution(row: Resolution) -> Objects:
    """The published forms by key, the PDF first; none where a notice hides the text."""
    if getattr(row, "hides_text", False):
        return {}
    published, base = row.publication, f"resolution-{row.pk}"
    others = sorted(published.files.all(), key=lambda one: one.form)
    shared = {"date": day_of(row.published_at), "paper": [at(Kind.PAPER, base)]}
    page = absolute(row.get_absolute_url())

    def one(form: str, media_type: str, size: int, sha256: str, **more: object) -> Object:
        key = f"{base}-{form}"
        return made(
            Kind.FILE, key, name=f"{row.symbol} {row.title}",
            fileName=_name_of_act(row, form), mimeType=media_type,
            size=size, **addresses(key), web=page, own={"sha256Checksum": sha256}, **shared, **more,
        )  # fmt: skip

    forms = [f"{base}-{other.form}" for other in others]
    main = f"{base}-pdf"
    found = {
        main: one(
            "pdf", PDF, published.pdf_size, published.pdf_sha256,
            derivativeFile=[at(Kind.FILE, key) for key in forms],
        )
    }  # fmt: skip
    for key, other in zip(forms, others, strict=True):
        found[key] = one(
            other.form, FORMS[other.form], other.size, other.sha256,
            masterFile=at(Kind.FILE, main),
        )  # fmt: skip
    return found


def _file_of_archived(row: ArchivedResolution) -> Object:
    key = f"archived-{row.pk}"
    return made(
        Kind.FILE, key, name=f"{row.symbol} {row.title}", fileName=_name_of_archived(row),
        mimeType=row.media_type, size=row.size, date=row.issued_on, **addresses(key),
        paper=[at(Kind.PAPER, key)],
        web=absolute(row.get_absolute_url()), own={"sha256Checksum": row.sha256},
    )  # fmt: skip


def _name_of_act(row: Resolution, form: str) -> str:
    return f"{row.slug}-{row.year}-{row.council.slug}.{form}"


def _name_of_archived(row: ArchivedResolution) -> str:
    suffix = ".pdf" if row.media_type == PDF else ""
    return f"{row.slug}-{row.year}-{row.council.slug}{suffix}"


def addresses(key: str) -> dict[str, str]:
    """Where the bytes are to be looked at and where to be saved (OParl 2.7)."""
    file = at(Kind.FILE, key)
    return {"accessUrl": f"{file}/content", "downloadUrl": f"{file}/download"}


def content_of(key: str) -> Content | None:
    """The bytes of a file; None where it is not public."""
    for document in document_rows().filter(pk__in=numbers([key], "document")):
        for one in readable([document]).values():
            return Content(one.file, one.filename, one.media_type, one.sha256)
    whole, _dash, form = key.rpartition("-")
    for row in resolution_rows().filter(pk__in=numbers([whole], "resolution")):
        is_hidden = getattr(row, "hides_text", False)
        return None if is_hidden else _content_of_act(row, form)
    for past in archived_rows().filter(pk__in=numbers([key], "archived")):
        return Content(past.file, _name_of_archived(past), past.media_type, past.sha256)
    return None


def _content_of_act(row: Resolution, form: str) -> Content | None:
    published, name = row.publication, _name_of_act(row, form)
    if form == "pdf":
        return Content(published.pdf, name, PDF, published.pdf_sha256)
    for other in published.files.all():
        if other.form == form:
            return Content(other.file, name, FORMS[form], other.sha256)
    return None

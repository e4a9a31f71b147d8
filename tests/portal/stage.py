"""Published things in numbers: rows written directly, since signing and typesetting take seconds.

`tests/resolutions` and `tests/e2e` go the whole way through the services; here the question is
only what the public sees.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from elections.models import BallotCommittee, Poll
from resolutions.models import Publication, PublishedFile, Resolution, Signature
from resolutions.rules import parsing, serial
from resolutions.rules.layout import ArticleText
from sessions.models import (
    Bundle,
    Document,
    DocumentVersion,
    OpenVote,
    Rendition,
    Visibility,
)
from sessions.models.renditions import WIDTHS
from sessions.queries import renditions
from tests.resolutions.stage import DAY, MOMENT, Stage, agreed_poll

WIDER = {"staff": 0, "delegates": 1, "public": 2}
PDF = b"%PDF-1.7 made up"


ARTICLES = (
    ArticleText("Quyết nghị", ("Phê duyệt dự toán.", "Giao ủy ban.")),
    ArticleText("", ("Nghị quyết có hiệu lực từ ngày thông qua.",)),
)
CLAUSES = (
    ArticleText("Quyết nghị", ("1. Phê duyệt dự toán.", "2. Giao ủy ban.")),
    ArticleText("", ("Nghị quyết có hiệu lực từ ngày thông qua.",)),
)


def adoption_of(stage: Stage, subject: str) -> OpenVote:
    """A closed, unanimous open vote."""
    total = len(stage.cast.mandates)
    return OpenVote.objects.create(
        council_session=stage.council_session, sitting=stage.sitting, matter="resolution",
        subject=subject, state="closed", opened_at=MOMENT, closed_at=MOMENT, total_delegates=total,
        present=total, for_count=total, against_count=0, not_voting_count=0, needed=total // 2 + 1,
        passed=True, recorded_by=stage.user["clerk"],
    )  # fmt: skip


def published_resolution(
    stage: Stage,
    *,
    number: int = 12,
    title: str = "Về dự toán ngân sách năm 2027",
    articles: Sequence[ArticleText] = ARTICLES,
    **more: Any,
) -> Resolution:
    """A resolution that went its whole way, with a file behind its address."""
    made = Resolution.objects.create(
        council=stage.cast.council, council_session=stage.council_session, title=title,
        bases="Căn cứ Luật số 72/2025/QH15;", recipients="- Như trên;",
        signatory_post="CHỦ TỊCH", signatory_name="Nguyễn Văn Thử",
        created_by=stage.user["clerk"], body=serial.dumps(parsing.body_of(articles)), **more,
    )  # fmt: skip
    return issued(stage, made, number=number)


def issued(stage: Stage, made: Resolution, *, number: int, day: date = DAY) -> Resolution:
    """A draft that became a published resolution, with files behind its addresses."""
    clerk, chair = stage.user["clerk"], stage.user["chair"]
    Signature.objects.create(
        resolution=made, signed_by=chair, signed_at=MOMENT, text_digest="0" * 64
    )
    publication = Publication(resolution=made, started_at=MOMENT, finished_at=MOMENT)
    publication.frozen, publication.frozen_sha256 = "{}", hashlib.sha256(b"{}").hexdigest()
    publication.pdf_sha256, publication.pdf_size = hashlib.sha256(PDF).hexdigest(), len(PDF)
    publication.pdf.save(f"nq-{number}.pdf", ContentFile(PDF), save=False)
    publication.save()
    for form in ("docx", "xml", "html"):
        other = PublishedFile(
            publication=publication, form=form, sha256=publication.pdf_sha256, size=len(PDF)
        )
        other.file.save(f"nq-{number}.{form}", ContentFile(PDF))
    Resolution.objects.filter(pk=made.pk).update(
        state="published", number=number, year=day.year, symbol=f"{number}/NQ-HĐND",
        slug=f"{number}-nq-hdnd", adopted_on=day, signed_at=MOMENT, published_at=MOMENT,
        adoption=adoption_of(stage, made.title), submitted_by=clerk, submitted_at=MOMENT,
    )  # fmt: skip
    return Resolution.objects.get(pk=made.pk)


def published_poll(stage: Stage, *, slug: str = "lay-phieu", kind: str = "confidence") -> Poll:
    """A poll whose result is public."""
    poll = agreed_poll(stage, slug=slug, kind=kind)
    Poll.objects.filter(pk=poll.pk).update(state="published", published_at=MOMENT)
    one_committee(stage)
    return Poll.objects.get(pk=poll.pk)


def one_committee(stage: Stage) -> BallotCommittee:
    """A session has one ballot committee, and it counted all its polls."""
    first, *others = stage.council_session.ballot_committees.order_by("pk")
    Poll.objects.filter(committee__in=others).update(committee=first)
    for other in others:
        other.delete()
    posts = ("head", "secretary", "member")
    for place, post in zip((10, 11, 31), posts, strict=True):
        first.members.get_or_create(mandate=stage.cast.mandates[place], defaults={"post": post})
    return first


def paper(stage: Stage, *, visibility: str, title: str, ordinal: int = 1, **more: Any) -> Document:
    """A paper with one uploaded file; released at `MOMENT` unless it is for the staff."""
    clerk = stage.user["clerk"]
    released: dict[str, Any] = {} if visibility == "staff" else {
        "released_at": MOMENT, "released_by": stage.user["approver"],
    }  # fmt: skip
    document = Document.objects.create(
        council_session=stage.council_session, kind="report", title=title, visibility=visibility,
        created_by=clerk, item=stage.council_session.items.first(), **released, **more,
    )  # fmt: skip
    add_version(document, ordinal, title.encode(), MOMENT, clerk)
    return document


def add_version(document: Document, ordinal: int, content: bytes, at: Any, by: Any) -> None:
    """One more uploaded file of the paper."""
    version = DocumentVersion(
        document=document, ordinal=ordinal, storage_key=f"k{document.pk}-{ordinal}", uploaded_by=by,
        filename="tài liệu.pdf", size=len(content), media_type="application/pdf", uploaded_at=at,
        sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
    version.file.save("x", ContentFile(content), save=False)
    version.save()


def readable_forms(stage: Stage, document: Document) -> None:
    """The paper's file as pages, and the session's bundles for everybody, as if just made."""
    sha256 = document.versions.get().sha256
    rendition = Rendition.objects.create(sha256=sha256, page_count=1, shown_count=1, made_at=MOMENT)
    rendition.pages.create(number=1, text="Trang thử", shape=1414)
    for width in WIDTHS:
        path = renditions.picture_path(rendition.folder, 1, width)
        default_storage.save(path, ContentFile(b"RIFF-thu"))
    for kind in Bundle.Kind.values:
        for readers in [
            one for one in Visibility.values if WIDER[one] <= WIDER[document.visibility]
        ]:
            bundle, _created = Bundle.objects.get_or_create(
                council_session=stage.council_session, readers=readers, kind=kind, digest="0" * 64,
                defaults={"size": 3, "sha256": "0" * 64, "made_at": MOMENT},
            )  # fmt: skip
            bundle.included = [*bundle.included, [document.pk, sha256]]
            bundle.file.save("bo", ContentFile(b"bo!"))

"""Publication in steps, each done exactly once however often workers die.

A step's row (`StepDone`) and its effect are one transaction, so a second worker, a doubled message
or a restart finds the step either not done at all or done. Files are written under random names
before the transaction that makes them reachable; one whose transaction did not commit is never
served and only costs disk space. Nothing is visible before the step FEED, everything after it.
"""

import hashlib
import json
import secrets
from collections.abc import Callable
from functools import partial
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from council.models import Job, User
from council.rules import chain
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, jobs
from elections.queries import split_papers
from elections.services import results
from resolutions.models import (
    Publication,
    PublicationStep,
    PublishedFile,
    Resolution,
    ResolutionState,
    SigningCopy,
    StepDone,
)
from resolutions.queries import relations, texts
from resolutions.services import (
    announcements,
    integrity,
    locks,
    other_forms,
    polls,
    sheets,
    signed_files,
)

JOB: Final = "resolutions.publish"
Effect = Callable[[Publication], None]


def job_key(resolution_pk: int) -> str:
    """The key of the one publication job of a resolution."""
    return f"{JOB}.{resolution_pk}"


def start(resolution: Resolution, *, by: User) -> Publication:
    """Begin the publication of a resolution that is signed in this very transaction."""
    publication = Publication.objects.create(resolution=resolution, started_at=timezone.now())
    _enqueue(resolution, by=by)
    return publication


def resume(resolution: Resolution, *, by: User) -> None:
    """Let a worker go on with a publication that ended with an error; a no-op once it is done.

    Raises:
        Refusal: ``access.denied``, ``publication.not_signed``.
    """
    access.authorise(by, "resolution.submit", resolution.council)
    with transaction.atomic():
        resolution = locks.resolution(resolution.pk)
        publication = Publication.objects.filter(resolution=resolution).first()
        if publication is None:
            raise Refusal(
                "publication.not_signed",
                gettext_noop("Nghị quyết chưa được ký nên chưa ban hành được."),
            )
        if publication.finished_at:
            return
        audit.record("publication.resume", resolution, by=by, council=resolution.council)
        _enqueue(resolution, by=by)


def _enqueue(resolution: Resolution, *, by: User) -> None:
    jobs.enqueue(
        JOB, key=job_key(resolution.pk), title=f"Ban hành nghị quyết {resolution.symbol}",
        args=[resolution.pk], council=resolution.council, by=by,
    )  # fmt: skip


def run(job: Job) -> None:
    """Do every step that is not done yet, in order; the work of the task `resolutions.publish`."""
    publication = Publication.objects.get(resolution=int(job.args[0]))
    total = len(PublicationStep)
    for done, (step, work) in enumerate(STEPS.items()):
        jobs.progress(job, done=done, total=total, step=str(step.label))
        work(publication.pk)
    jobs.progress(job, done=total, total=total)


def is_done(publication: Publication, step: PublicationStep) -> bool:
    """Whether the step was done."""
    return publication.steps.filter(step=step).exists()


def _once(step: PublicationStep, publication_pk: int, effect: Effect) -> bool:
    """Do the effect and write the step's row in one transaction; False where it was done before."""
    with transaction.atomic():
        publication = locks.publication(publication_pk)
        if is_done(publication, step):
            return False
        effect(publication)
        StepDone.objects.create(publication=publication, step=step, done_at=timezone.now())
    return True


def signed_copy(resolution: Resolution) -> SigningCopy:
    """The paper that was approved and signed.

    Raises:
        SigningCopy.DoesNotExist: never, once the resolution is signed.
    """
    approval = resolution.approvals.get(voided_at=None)
    return resolution.signing_copies.get(sha256=approval.pdf_sha256)


# --- the steps -----------------------------------------------------------------------------------


def _freeze(publication: Publication) -> None:
    """Write the text as canonical JSON; refuse if it is not what the chair signed."""
    resolution = publication.resolution
    if texts.digest_of(resolution) != resolution.signature.text_digest:
        raise Refusal(
            "publication.text_changed",
            gettext_noop(
                "Nội dung không khớp với bản đã ký. Báo quản trị viên, chưa có gì được công khai."
            ),
        )
    copy = signed_copy(resolution)
    publication.frozen = chain.canonical(
        sheets.frozen_of(resolution, json.loads(copy.frozen), code=copy.code)
    )
    publication.frozen_sha256 = hashlib.sha256(publication.frozen.encode()).hexdigest()
    publication.save(update_fields=["frozen", "frozen_sha256"])


def _render(publication_pk: int) -> None:
    """Take the bytes that were signed; keep them under a random name of their own."""
    publication = Publication.objects.select_related("resolution").get(pk=publication_pk)
    if is_done(publication, PublicationStep.RENDER):
        return
    copy = signed_copy(publication.resolution)
    pdf = signed_files.to_publish(publication.resolution, copy)
    storage = publication.pdf.storage
    name = storage.save(f"published/{secrets.token_hex(20)}.pdf", ContentFile(pdf))
    kept = False
    try:
        kept = _once(PublicationStep.RENDER, publication_pk, partial(_keep_pdf, name=name, pdf=pdf))
    finally:
        if not kept:
            storage.delete(name)


def _keep_pdf(publication: Publication, *, name: str, pdf: bytes) -> None:
    publication.pdf.name = name
    publication.pdf_size = len(pdf)
    publication.pdf_sha256 = hashlib.sha256(pdf).hexdigest()
    publication.save(update_fields=["pdf", "pdf_size", "pdf_sha256"])


def _files(publication_pk: int) -> None:
    """The frozen text as DOCX and as Akoma Ntoso, in the very words of the PDF."""
    publication = Publication.objects.select_related("resolution__council").get(pk=publication_pk)
    if is_done(publication, PublicationStep.FILES):
        return
    stored = [(form, made, _stored(form, made)) for form, made in other_forms.of(publication)]
    kept = False
    try:
        kept = _once(PublicationStep.FILES, publication_pk, partial(_keep_files, stored=stored))
    finally:
        if not kept:
            for _form, _made, name in stored:
                publication.pdf.storage.delete(name)


def _stored(form: str, made: bytes) -> str:
    name = f"published/{secrets.token_hex(20)}.{form}"
    return default_storage.save(name, ContentFile(made))


def _keep_files(publication: Publication, *, stored: list[tuple[str, bytes, str]]) -> None:
    PublishedFile.objects.bulk_create(
        PublishedFile(
            publication=publication, form=form, file=name, size=len(made),
            sha256=hashlib.sha256(made).hexdigest(),
        )
        for form, made, name in stored
    )  # fmt: skip


def _hash(publication: Publication) -> None:
    """Read the stored bytes back: what will be served must be what was signed and made."""
    files = [(publication.pdf, publication.pdf_sha256)]
    files += [(one.file, one.sha256) for one in publication.files.all()]
    if not all(integrity.file_matches(file, sha256) for file, sha256 in files):
        raise _damaged()


def _damaged() -> Refusal:
    return Refusal(
        "publication.file_damaged",
        gettext_noop(
            "Tệp PDF đã lưu không khớp mã kiểm tra. Báo quản trị viên, chưa có gì được công khai."
        ),
    )


def _feed(publication: Publication) -> None:
    """Make everything visible at once: the resolution, its PDF, the poll that it confirms."""
    resolution = locks.resolution(publication.resolution_id)
    signed_by = resolution.signature.signed_by
    polls.check_stands(resolution)
    resolution.state = ResolutionState.PUBLISHED
    resolution.published_at = timezone.now()
    resolution.full_clean()
    resolution.save(update_fields=["state", "published_at"])
    if resolution.poll:
        results.mark_published(resolution.poll, by=signed_by)
    audit.record(
        "resolution.publish", resolution, by=signed_by, council=resolution.council,
        after={"symbol": resolution.symbol, "pdf_sha256": publication.pdf_sha256,
               "frozen_sha256": publication.frozen_sha256},
    )  # fmt: skip


def _index(publication: Publication) -> None:
    """Ask the portal to put what is visible now into its search."""
    resolution = publication.resolution
    _ask_portal(
        publication,
        "portal.index",
        of=f"resolution.{resolution.pk}",
        args=["resolution", resolution.pk],
    )
    for kind, pk in relations.acted_on(resolution):  # their standing changes
        _ask_portal(
            publication, "portal.index",
            of=f"{kind}.{pk}.by.{resolution.pk}", args=[kind, pk],
        )  # fmt: skip
    for part in split_papers.standing_parts(resolution.poll) if resolution.poll else ():
        _ask_portal(publication, "portal.index", of=f"poll.{part.pk}", args=["poll", part.pk])


def _purge(publication: Publication) -> None:
    """Ask the portal to make the council's stored pages anew."""
    resolution = publication.resolution
    _ask_portal(
        publication,
        "portal.purge",
        of=f"resolution.{resolution.pk}",
        args=[resolution.council.slug],
    )


def _ask_portal(publication: Publication, name: str, *, of: str, args: list[object]) -> None:
    title = {"portal.index": "Đưa vào tìm kiếm", "portal.purge": "Làm mới trang đã lưu"}[name]
    jobs.enqueue(
        name, key=f"{name}.{of}", title=title, args=args, council=publication.resolution.council
    )


def _mail(publication_pk: int) -> None:
    """Tell the delegates, each once; then the publication is finished."""
    announcements.send_all(publication_pk)
    _once(PublicationStep.MAIL, publication_pk, _finish)


def _finish(publication: Publication) -> None:
    publication.finished_at = timezone.now()
    publication.full_clean()
    publication.save(update_fields=["finished_at"])


STEPS: Final[dict[PublicationStep, Callable[[int], object]]] = {
    PublicationStep.FREEZE: lambda pk: _once(PublicationStep.FREEZE, pk, _freeze),
    PublicationStep.RENDER: _render,
    PublicationStep.FILES: _files,
    PublicationStep.HASH: lambda pk: _once(PublicationStep.HASH, pk, _hash),
    PublicationStep.FEED: lambda pk: _once(PublicationStep.FEED, pk, _feed),
    PublicationStep.INDEX: lambda pk: _once(PublicationStep.INDEX, pk, _index),
    PublicationStep.PURGE: lambda pk: _once(PublicationStep.PURGE, pk, _purge),
    PublicationStep.MAIL: _mail,
}

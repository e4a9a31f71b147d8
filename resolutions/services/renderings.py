"""PDFs of drafts, one for each text: what the approver reads is bound by both digests."""

import hashlib
import secrets
from typing import Final

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from council.models import Job, User
from council.services import jobs
from resolutions.models import Rendering, Resolution
from resolutions.queries import pages, texts
from resolutions.services import sheets
from resolutions.typesetting.resolution import typeset

JOB: Final = "resolutions.render"


def job_key(resolution_pk: int, text_digest: str) -> str:
    """The key of the job that makes the PDF of this text."""
    return f"{JOB}.{resolution_pk}.{text_digest[:16]}"


def request(resolution: Resolution, *, by: User) -> None:
    """Ask for the PDF of the text as it stands; a no-op where it exists."""
    text_digest = texts.digest_of(resolution)
    if pages.rendering_of(resolution, text_digest):
        return
    jobs.enqueue(
        JOB, key=job_key(resolution.pk, text_digest), title="Kết xuất PDF dự thảo nghị quyết",
        args=[resolution.pk, text_digest], council=resolution.council, by=by,
    )  # fmt: skip


def run(job: Job) -> None:
    """Make the PDF of the text as it stands now; the work of the task `resolutions.render`.

    A text that was changed since the job was written has a job of its own.
    """
    resolution_pk, text_digest = int(job.args[0]), str(job.args[1])
    resolution = texts.resolution_to_render(resolution_pk)
    if texts.digest_of(resolution) != text_digest or pages.rendering_of(resolution, text_digest):
        return
    jobs.progress(job, done=0, total=1, step="dàn trang")
    made_at = timezone.now()
    pdf = typeset(sheets.draft_sheet(resolution), created=made_at)
    rendering = Rendering(
        resolution=resolution, text_digest=text_digest, sha256=hashlib.sha256(pdf).hexdigest(),
        size=len(pdf), made_at=made_at,
    )  # fmt: skip
    rendering.file.save(f"{secrets.token_hex(20)}.pdf", ContentFile(pdf), save=False)
    try:
        with transaction.atomic():
            rendering.save()
    except IntegrityError:  # another worker was faster: its bytes are the ones people may have seen
        rendering.file.delete(save=False)
    jobs.progress(job, done=1, total=1)

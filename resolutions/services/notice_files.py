"""The file of a notice: made by the worker from what was submitted, and signed as it lies there."""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from council.models import Job
from council.services import jobs
from resolutions.models import Notice
from resolutions.queries import notices as queries
from resolutions.services import locks
from resolutions.typesetting import notice as typesetting


def run(job: Job) -> None:
    """Make the PDF of the submitted notice; args: the notice, its version.

    A notice that was edited or sent back since then is left alone; the same version is made once.

    Raises:
        Refusal: ``document.letter_missing``.
    """
    pk, version = (int(one) for one in job.args)
    notice = queries.for_staff(job.council).filter(pk=pk).first() if job.council else None
    if notice is None or not _waits(notice, version):
        return
    jobs.progress(job, done=0, total=2, step=_("Dàn trang"))
    made = typesetting.typeset(queries.sheet_of(notice), created=timezone.now())
    jobs.progress(job, done=1, total=2, step=_("Lưu tệp"))
    _keep(pk, version, made)
    jobs.progress(job, done=2, total=2)


def _waits(notice: Notice, version: int) -> bool:
    """Submitted in this version and without a file."""
    is_submitted = notice.state == Notice.State.SUBMITTED and notice.version == version
    return is_submitted and not notice.file


def _keep(pk: int, version: int, made: bytes) -> None:
    """Store the bytes under a random name; dropped again where the notice moved on meanwhile."""
    storage = Notice._meta.get_field("file").storage  # noqa: SLF001 - Django's documented API
    name = storage.save(f"notices/{secrets.token_hex(20)}.pdf", ContentFile(made))
    kept = False
    try:
        with transaction.atomic():
            notice = locks.notice(pk)
            if _waits(notice, version):
                notice.file, notice.size = name, len(made)
                notice.sha256 = hashlib.sha256(made).hexdigest()
                notice.full_clean()
                notice.save(update_fields=["file", "size", "sha256"])
                kept = True
    finally:
        if not kept:
            storage.delete(name)

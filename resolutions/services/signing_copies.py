"""The signing copy: the final paper, made once by a worker, then approved, signed and published."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from council.models import Job, User
from council.rules import chain
from council.rules.law import RULEBOOK
from council.rules.refusals import Refusal
from council.services import jobs, rulebook
from resolutions.models import Resolution, SigningCopy
from resolutions.queries import pages, texts
from resolutions.services import register, sheets
from resolutions.signing import places, sign
from resolutions.typesetting.resolution import typeset

JOB: Final = "resolutions.signing_copy"
_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, O, 1, I: the code is read from paper and typed."""


def job_key(resolution_pk: int, paper_digest: str) -> str:
    """The key of the job that makes the signing copy of this paper."""
    return f"{JOB}.{resolution_pk}.{paper_digest[:16]}"


def prepare(resolution: Resolution, *, by: User) -> None:
    """Number an adopted resolution that waits for approval, and ask for its signing copy.

    In the caller's transaction, under the lock of the resolution; a no-op before adoption, while
    the text is a draft, and where the copy exists.
    """
    if not pages.is_adopted(resolution) or resolution.state != "submitted":
        return
    register.number(resolution, by=by)
    if resolution.effective_on is None:
        resolution.effective_on = _effective_on(resolution)
        resolution.save(update_fields=["effective_on"])
    paper_digest = digest_of(sheets.paper_of(resolution))
    if pages.signing_copy_of(resolution, paper_digest):
        return
    jobs.enqueue(
        JOB, key=job_key(resolution.pk, paper_digest), title="Kết xuất bản trình ký",
        args=[resolution.pk, paper_digest], council=resolution.council, by=by,
    )  # fmt: skip


def digest_of(paper: Mapping[str, Any]) -> str:
    """The digest of everything that is printed on a final paper."""
    return hashlib.sha256(chain.canonical(paper).encode()).hexdigest()


def current(resolution: Resolution) -> SigningCopy | None:
    """The signing copy of the paper as it is to be now; None where there is none (yet)."""
    if resolution.number is None or resolution.adopted_on is None:
        return None
    return pages.signing_copy_of(resolution, digest_of(sheets.paper_of(resolution)))


def run(job: Job) -> None:
    """Make the signing copy; the work of the task. A paper changed since then has its own job."""
    resolution_pk, paper_digest = int(job.args[0]), str(job.args[1])
    resolution = texts.resolution_to_render(resolution_pk)
    if resolution.number is None or pages.signing_copy_of(resolution, paper_digest):
        return
    paper = sheets.paper_of(resolution)
    if digest_of(paper) != paper_digest:
        return
    jobs.progress(job, done=0, total=1, step="dàn trang")
    made_at, code = timezone.now(), _code()
    pdf = with_signature_fields(
        typeset(sheets.final_sheet(paper, code=code), created=made_at), paper["signatory"]
    )
    copy = SigningCopy(
        resolution=resolution, text_digest=texts.digest_of(resolution), paper_digest=paper_digest,
        code=code, frozen=chain.canonical(paper), sha256=hashlib.sha256(pdf).hexdigest(),
        size=len(pdf), made_at=made_at,
    )  # fmt: skip
    copy.file.save(f"{secrets.token_hex(20)}.pdf", ContentFile(pdf), save=False)
    try:
        with transaction.atomic():
            copy.save()
    except IntegrityError:  # another worker was faster: people may have seen its bytes
        copy.file.delete(save=False)
    jobs.progress(job, done=1, total=1)


def with_signature_fields(pdf: bytes, signatory: Mapping[str, Any]) -> bytes:
    """The paper with its two empty signature fields, where the page has its signature block.

    Where no block is found (a name over two lines), the paper stays as it is: it can be signed on
    paper, and signing electronically says why it cannot.
    """
    try:
        block = places.find_block(pdf, post=signatory["posts"][-1], name=signatory["name"])
    except (Refusal, IndexError):
        return pdf
    return sign.prepare(pdf, block)


def _code() -> str:
    """Twelve letters in three groups: 60 bits, so that nobody finds one by trying."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def _effective_on(resolution: Resolution) -> date:
    """Individual resolutions from adoption (practice); normative ones after the law's days."""
    adopted_on = resolution.adopted_on or timezone.localdate()
    if resolution.kind == Resolution.Kind.INDIVIDUAL:
        return adopted_on
    rulebook.refresh()
    rule = RULEBOOK.provision_on("qppl.effect", adopted_on, resolution.council.level)
    return adopted_on + timedelta(days=rule.needed_days)

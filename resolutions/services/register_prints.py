"""The register as a PDF: asked for by a person, made by the worker, kept by its content."""

import hashlib
import io
import secrets
from dataclasses import asdict
from typing import Final

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from pypdf import PdfReader

from council.models import Job, User
from council.rules import chain
from council.services import access, audit, jobs
from resolutions.models import NumberSeries, RegisterPrint
from resolutions.queries import register as queries
from resolutions.typesetting import number_register
from resolutions.typesetting.number_register import NumberRegister

JOB: Final = "resolutions.print_register"


def digest(book: NumberRegister) -> str:
    """SHA-256 of what stands in the book: the same content never makes a second file."""
    return hashlib.sha256(chain.canonical(asdict(book)).encode()).hexdigest()


def current(series: NumberSeries) -> RegisterPrint | None:
    """The PDF of the register as it stands now, if a worker has made it."""
    return queries.print_of(series, digest(book_of(series)))


def book_of(series: NumberSeries) -> NumberRegister:
    """The register as it stands, in Vietnamese whatever the reader's language."""
    with translation.override("vi"):
        return queries.sheet_of(series)


def request(series: NumberSeries, *, by: User) -> Job:
    """Have the register printed as it stands; a no-op while it is being made.

    Raises:
        Refusal: ``access.denied``.
    """
    access.authorise(by, "print.make", series.council)
    with transaction.atomic():
        audit.record("register.print", series, by=by, council=series.council)
        return jobs.enqueue(
            JOB, key=queries.JOB_KEY.format(series=series.pk), args=[series.pk],
            title=_("Dàn trang sổ đăng ký văn bản đi năm %(year)d") % {"year": series.year},
            council=series.council, by=by,
        )  # fmt: skip


def run(job: Job) -> None:
    """Make the PDF of the register as it stands now; args: the series.

    Raises:
        Refusal: ``document.letter_missing``.
    """
    jobs.progress(job, done=0, total=3, step=_("Gom dữ liệu"))
    series = NumberSeries.objects.select_related("council").get(pk=int(job.args[0]))
    book = book_of(series)
    content = digest(book)
    if queries.print_of(series, content) is None:
        jobs.progress(job, done=1, total=3, step=_("Dàn trang"))
        printed = number_register.typeset(book, created=timezone.now())
        jobs.progress(job, done=2, total=3, step=_("Lưu tệp"))
        _keep(series, content, printed)
    jobs.progress(job, done=3, total=3)


def _keep(series: NumberSeries, content: str, printed: bytes) -> None:
    """Store the bytes and the row; where another worker was faster, its file stays."""
    row = RegisterPrint(
        series=series, content_digest=content, sha256=hashlib.sha256(printed).hexdigest(),
        pages=len(PdfReader(io.BytesIO(printed)).pages), made_at=timezone.now(),
    )  # fmt: skip
    row.file.save(f"{secrets.token_hex(20)}.pdf", ContentFile(printed), save=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.file.delete(save=False)

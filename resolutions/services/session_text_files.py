"""The minutes as PDF and DOCX: asked for in the verb's transaction, made by the worker."""

import hashlib
import secrets
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from council.models import Job, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, jobs
from resolutions.models import SessionText, SessionTextFile
from resolutions.queries import minutes_sheet
from resolutions.queries import session_texts as queries
from resolutions.typesetting import session_minutes, session_minutes_docx

MAKERS = {
    SessionTextFile.Kind.PDF: session_minutes.typeset,
    SessionTextFile.Kind.DOCX: session_minutes_docx.typeset,
}


def request(text: SessionText, *, by: User) -> Job:
    """Have the minutes printed as they stand now, as a draft until they are approved.

    Raises:
        Refusal: ``access.denied``, ``session_text.press_is_not_printed``.
    """
    access.authorise(by, "session_text.edit", text.council_session.term.council)
    if not text.is_minutes:
        raise Refusal(
            "session_text.press_is_not_printed",
            gettext_noop("Bản tin đăng trên trang công khai, không dàn trang in."),
        )
    with transaction.atomic():
        return enqueue(text, by=by)


def enqueue(text: SessionText, *, by: User) -> Job:
    """Ask the worker for the files of the minutes as they stand, in the caller's transaction."""
    digest = minutes_sheet.digest(minutes_sheet.sheet_of(text))
    return jobs.enqueue(
        queries.RENDER_JOB, key=queries.render_key(text, digest),
        title=_("Dàn trang biên bản kỳ họp thứ %(number)d")
        % {"number": text.council_session.number},
        args=[text.pk], council=text.council_session.term.council, by=by,
    )  # fmt: skip


def run(job: Job) -> None:
    """Make both files of the words that stand now; the work of `resolutions.render_minutes`.

    Words that were changed since the job was written have a job of their own; the same words are
    never made twice.
    """
    text = SessionText.objects.select_related("council_session__term__council").get(
        pk=int(job.args[0])
    )
    sheet = minutes_sheet.sheet_of(text)
    digest = minutes_sheet.digest(sheet)
    made = queries.files_of(text, digest)
    at = timezone.now()
    for place, (kind, typeset) in enumerate(MAKERS.items()):
        step = _("dàn trang %(kind)s") % {"kind": kind.label}
        jobs.progress(job, done=place, total=len(MAKERS), step=step)
        if kind not in made:
            _keep(text, kind, digest, typeset(sheet, created=at), at)
    jobs.progress(job, done=len(MAKERS), total=len(MAKERS))


def _keep(text: SessionText, kind: str, digest: str, made: bytes, at: datetime) -> None:
    """Store the bytes and the row; where another worker was faster, its file stays."""
    row = SessionTextFile(
        text=text, kind=kind, digest=digest, sha256=hashlib.sha256(made).hexdigest(),
        size=len(made), made_at=at,
    )  # fmt: skip
    row.file.save(f"{secrets.token_hex(20)}.{kind}", ContentFile(made), save=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.file.delete(save=False)

"""Look through an archived PDF in a process with limits: can it be opened, and what does it say."""

from pathlib import Path
from typing import Final

from django.core.files.storage import default_storage

from council.rules.refusals import Refusal, gettext_noop
from sessions.inspection import runner
from sessions.inspection.limits import Limits
from sessions.inspection.runner import Outcome
from sessions.inspection.tasks import Task
from sessions.rules import uploads
from sessions.services import inspections

LIMITS: Final = Limits(cpu_seconds=20, wall_seconds=60.0)
WORDS_MAX: Final = 200_000
PDF: Final = "application/pdf"
_SENTENCES: Final = {
    "pdf.encrypted": gettext_noop("Tệp PDF có mật khẩu. Bỏ mật khẩu rồi nén lại."),
    "pdf.broken": gettext_noop("Tệp PDF hỏng, không mở được."),
}
_TOO_HEAVY: Final = gettext_noop("Tệp PDF quá nặng hoặc có nội dung bất thường, không đọc được.")


def of(stored_path: str, media_type: str, *, name: str) -> str:
    """The text layer of a stored PDF; empty for a scan and for other types.

    Raises:
        Refusal: ``archive.file_unreadable``, with the reason; those of the check of uploads, since
            what is imported becomes public.
    """
    path = Path(default_storage.path(stored_path))
    refused = inspections.refusal_of(path, uploads.type_by_name(name))
    if refused is not None:
        raise refused
    if media_type != PDF:
        return ""
    verdict = runner.run(Task.PDF_WORDS, path, arguments={"characters": WORDS_MAX}, limits=LIMITS)
    if verdict.is_done:
        return str(verdict.facts["words"]).replace("\0", "")
    known = verdict.outcome == Outcome.FOUND
    sentence = _SENTENCES.get(verdict.code, _TOO_HEAVY) if known else _TOO_HEAVY
    raise Refusal("archive.file_unreadable", sentence)

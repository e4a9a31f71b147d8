"""An uploaded .docx as a source of text: read in a process with limits, kept nowhere."""

import tempfile
from pathlib import Path
from typing import Final

from django.core.files.uploadedfile import UploadedFile

from council.rules.refusals import Refusal, gettext_noop
from resolutions.rules import actions, pasting
from resolutions.rules.document import COLUMNS_MAX, ROWS_MAX
from resolutions.rules.pasting import Source
from sessions.inspection import runner

SIZE_MAX: Final = 10 * 1024 * 1024
_TASK: Final = "resolutions.word.docx_text:read"


def source_of(upload: UploadedFile) -> Source:  # type: ignore[type-arg]
    """The lines and tables of the file.

    Raises:
        Refusal: ``word.too_large``, ``word.unreadable``.
    """
    if (upload.size or 0) > SIZE_MAX:
        raise _too_large()
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        verdict = runner.run(_TASK, Path(file.name))
    if verdict.code == "word.too_large" or verdict.outcome in (
        runner.Outcome.OUT_OF_MEMORY, runner.Outcome.TIMED_OUT,
    ):  # fmt: skip
        raise _too_large()
    if not verdict.is_done:
        raise Refusal(
            "word.unreadable",
            gettext_noop(
                "Không đọc được tệp này. Hãy mở trong Word, lưu lại dạng .docx rồi nạp lần nữa."
            ),
            field="file",
        )
    tables = tuple(
        actions.table_of(tuple(rows[0]), [tuple(row) for row in rows[1:ROWS_MAX]])
        for rows in (_even(rows) for rows in verdict.facts["tables"])
    )
    return Source(tuple(pasting.tidy(verdict.facts["lines"])), tables)


def _even(rows: list[list[str]]) -> list[list[str]]:
    """Rows of the same length."""
    wide = min(COLUMNS_MAX, max(len(row) for row in rows))
    return [[*row, *[""] * wide][:wide] for row in rows]


def _too_large() -> Refusal:
    return Refusal(
        "word.too_large",
        gettext_noop("Tệp quá lớn để nạp vào văn bản. Hãy tách nhỏ, hoặc dán từng phần."),
        field="file",
    )

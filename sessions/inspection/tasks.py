"""What the reading process can do with a file: the task's name, and what it answers or raises.

A task is a function ``(path, arguments) -> Answer``. It is named by module and function, so that
the reading process loads the libraries of that one task and no others.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Task(StrEnum):
    """Each value is ``module:function`` of the function that does it."""

    INSPECT_PDF = "sessions.inspection.pdf:inspect"
    INSPECT_OFFICE = "sessions.inspection.office:inspect"
    INSPECT_IMAGE = "sessions.inspection.pictures:inspect"
    WITHOUT_TRACES = "sessions.inspection.photographs:without_traces"
    PDF_FACTS = "sessions.inspection.pdf_pages:facts"
    PDF_WORDS = "sessions.inspection.pdf_words:words"
    OFFICE_PDF = "sessions.inspection.sheets:office_pdf"
    PICTURE_PDF = "sessions.inspection.sheets:picture_pdf"
    PAGE_PICTURES = "sessions.inspection.sheets:pictures"
    PERSONAL_DATA = "sessions.inspection.personal:look"
    MASKED = "sessions.inspection.masking:masked"
    BIND = "sessions.inspection.binding:bind"
    PDF_TEXT = "sessions.inspection.pdf_pages:text"
    OFFICE_TEXT = "sessions.inspection.office_text:text"
    OCR_PAGE = "sessions.inspection.ocr:page"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a task found: facts that JSON can carry, and perhaps one piece of bytes (a picture)."""

    facts: dict[str, Any] = field(default_factory=dict)
    content: bytes = b""


class Finding(Exception):  # noqa: N818 - what a check found is no programming error
    """Something in the file for which it is refused.

    Args:
        code: stable dotted identifier; `sessions.rules.refused_files` has its sentence.
        params: values of the sentence's placeholders: numbers and short words.
    """

    def __init__(self, code: str, **params: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

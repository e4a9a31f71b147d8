"""Look for personal data in a file: its text, its properties, its comments.

What was found is told by its words, not by its place: a clerk decides about a number once, however
often it stands in the file.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pypdfium2
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import TextStringObject

from sessions.inspection import office_letters
from sessions.inspection.page_letters import letters_of
from sessions.inspection.pdf_pages import opened
from sessions.inspection.tasks import Answer
from sessions.rules import personal_data

FINDS_MAX: Final = 500
AROUND: Final = 45
PAGES_MAX: Final = 2000
_LETTERS_MIN: Final = 3


def look(path: Path, arguments: dict[str, Any]) -> Answer:
    """All that looks like personal data.

    Args:
        path: the file.
        arguments: ``kind``: pdf, docx, xlsx or pptx.

    Returns:
        ``finds``: kind, text, context, pages (0: properties and the like), count; ``wordless``:
        pages of a PDF that are pictures; ``more``: whether there were too many to tell.
    """
    if arguments["kind"] == "pdf":
        texts, wordless = pdf_texts(path)
    else:
        texts, wordless = [(0, part.text) for part in office_letters.parts_of(path)], []
    found: dict[tuple[str, str], dict[str, Any]] = {}
    more = False
    for page, text in texts:
        for one in personal_data.find(text):
            key = (one.kind.value, personal_data.bare(one.text))
            if key not in found and len(found) >= FINDS_MAX:
                more = True
                continue
            told = found.setdefault(key, _told(one, text))
            told["count"] += 1
            if page not in told["pages"]:
                told["pages"].append(page)
    return Answer({"finds": list(found.values()), "wordless": wordless, "more": more})


def _told(one: personal_data.Find, text: str) -> dict[str, Any]:
    context = text[max(one.start - AROUND, 0) : one.end + AROUND]
    return {
        "kind": one.kind.value,
        "text": " ".join(one.text.split()),
        "context": " ".join(context.split()),
        "pages": [],
        "count": 0,
    }


def pdf_texts(path: Path) -> tuple[list[tuple[int, str]], list[int]]:
    """(page, text) of every page, with page 0 for what stands beside them; pages without words."""
    document = opened(path)
    texts, wordless = [(0, "\n".join(_beside(path)))], []
    for number in range(min(len(document), PAGES_MAX)):
        page = document[number]
        text = letters_of(page.get_textpage()).text
        page.close()
        texts.append((number + 1, text))
        if sum(sign.isalnum() for sign in text) < _LETTERS_MIN and has_picture(document, number):
            wordless.append(number + 1)
    return texts, wordless


def has_picture(document: pypdfium2.PdfDocument, number: int) -> bool:
    """Whether anything is drawn on the page: an empty page hides nothing."""
    return next(iter(document[number].get_objects(max_depth=1)), None) is not None


def _beside(path: Path) -> Iterable[str]:
    """Texts of a PDF that stand on no page: properties, bookmarks, notes, form fields."""
    found: list[str] = []
    try:
        reader = PdfReader(path, strict=False)
        found += [str(value) for value in (reader.metadata or {}).values()]
        for page in reader.pages[:PAGES_MAX]:
            for reference in page.get("/Annots", []):
                note = reference.get_object()
                found += [
                    str(value) for value in note.values() if isinstance(value, TextStringObject)
                ]
        found += _titles(reader.outline)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass  # what pypdf cannot read beside the pages is left behind by the mask in any case
    return found


def _titles(outline: Any) -> Iterable[str]:
    for one in outline:
        if isinstance(one, list):
            yield from _titles(one)
        else:
            yield str(one.title)

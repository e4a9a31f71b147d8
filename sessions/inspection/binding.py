"""Bind many PDFs into one: cover and contents in front, a bookmark for each, pages labelled.

Only pages are taken over. What a PDF may carry besides them (scripts, attached files, actions,
names) stays behind.
"""

import io
import re
from pathlib import Path
from typing import Any, Final

from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, Fit, NameObject

from sessions.inspection.tasks import Answer

PART_ADDRESS: Final = re.compile(r"https://bundle\.invalid/(\d+)$")
"""How the contents name the part behind a line: an address nobody owns, made into a jump here."""
_SAFE_ANNOTATIONS: Final = {"/Link", "/Highlight", "/Underline", "/StrikeOut", "/Stamp"}
_READING: Final = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def bind(path: Path, arguments: dict[str, Any]) -> Answer:
    """One PDF of the front matter and all parts.

    Args:
        path: cover and contents.
        arguments: ``parts``: paths of PDFs in order; ``bookmarks``: (title, depth, part) in order,
            depth 0 for the top; ``title`` for the properties.

    Returns:
        ``starts``: each part's first page (from 1 behind the front matter); ``failed``: places
        of parts that pypdf could not read (the caller lists them as attachments and binds again).
    """
    readers, failed = _opened(arguments["parts"])
    if failed:
        return Answer({"failed": failed})
    writer = PdfWriter()
    for page in PdfReader(path).pages:
        writer.add_page(page)
    front = len(writer.pages)
    starts, failed = _take(writer, readers)
    if failed:
        return Answer({"failed": failed})
    _jump(writer, front, starts)
    _bookmark(writer, arguments["bookmarks"], starts)
    _label(writer, front, has_papers=bool(starts))
    writer.add_metadata({"/Title": arguments["title"]})
    content = io.BytesIO()
    writer.write(content)
    return Answer({"failed": [], "starts": [at - front + 1 for at in starts]}, content.getvalue())


def _opened(parts: list[str]) -> tuple[list[PdfReader], list[int]]:
    """The parts, and the places of those that cannot be read."""
    readers, failed = [], []
    for place, part in enumerate(parts):
        try:
            reader = PdfReader(part, strict=False)
            len(reader.pages)
        except _READING:
            failed.append(place)
        else:
            readers.append(reader)
    return readers, failed


def _take(writer: PdfWriter, readers: list[PdfReader]) -> tuple[list[int], list[int]]:
    """Take over all pages; where each part begins, and the places of those that broke."""
    starts, failed = [], []
    for place, reader in enumerate(readers):
        starts.append(len(writer.pages))
        try:
            for page in reader.pages:
                _disarm(writer.add_page(page))
        except _READING:
            failed.append(place)
    return starts, failed


def _disarm(page: Any) -> None:
    """No action of a foreign page runs: only links to the web and marks are kept."""
    page.pop("/AA", None)
    if "/Annots" not in page:
        return
    kept = page["/Annots"].__class__()
    for reference in page["/Annots"]:
        note = reference.get_object()
        if not isinstance(note, DictionaryObject) or note.get("/Subtype") not in _SAFE_ANNOTATIONS:
            continue
        note.pop("/AA", None)
        note.pop("/Popup", None)
        note.pop("/Dest", None)  # it points into the document that it came from
        action = note.get("/A")
        held = action.get_object() if action is not None else None
        if held is not None and held.get("/S") != "/URI":
            note.pop("/A", None)
        kept.append(reference)
    page[NameObject("/Annots")] = kept


def _jump(writer: PdfWriter, front: int, starts: list[int]) -> None:
    """Turn the contents' addresses into jumps to the parts."""
    for number in range(front):
        page = writer.pages[number]
        for reference in list(page.get("/Annots", [])):
            note: Any = reference.get_object()
            action = note.get("/A", {}).get_object()
            found = PART_ADDRESS.fullmatch(str(action.get("/URI", "")))
            if found is None or int(found[1]) >= len(starts):
                continue
            del note["/A"]
            target = writer.pages[starts[int(found[1])]].indirect_reference
            note[NameObject("/Dest")] = ArrayObject([target, NameObject("/Fit")])


def _bookmark(writer: PdfWriter, bookmarks: list[list[Any]], starts: list[int]) -> None:
    above: list[Any] = []
    for title, depth, part in bookmarks:
        del above[depth:]
        parent = above[-1] if above else None
        page = starts[part] if part is not None and part < len(starts) else 0
        above.append(
            writer.add_outline_item(title=title, page_number=page, parent=parent, fit=Fit.fit())
        )


def _label(writer: PdfWriter, front: int, *, has_papers: bool) -> None:
    """Front matter i, ii, iii; papers 1, 2, 3 straight through."""
    writer.set_page_label(0, front - 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    if has_papers:
        last = len(writer.pages) - 1
        writer.set_page_label(front, last, style=PageLabelStyle.DECIMAL, start=1)

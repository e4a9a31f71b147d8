"""What a PDF must not hold: scripts, programs, other files, locks, loops, bombs.

Every object that the file's tables name is looked at, compressed ones included; what lies outside
the tables is looked at by its plain text, since another reader may rebuild the tables otherwise.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from sessions.inspection import pdf_pages, pdf_streams, polyglots
from sessions.inspection.tasks import Answer, Finding

PAGES_MAX: Final = 3000
OBJECTS_MAX: Final = 400_000
DEPTH_MAX: Final = 60
_CACHE_MAX: Final = 2000

_ACTIONS: Final = {
    "/JavaScript": "pdf.javascript", "/Launch": "pdf.launch", "/GoToR": "pdf.external",
    "/GoToE": "pdf.embedded", "/ImportData": "pdf.external", "/SubmitForm": "pdf.external",
    "/Rendition": "pdf.media", "/RichMediaExecute": "pdf.media", "/GoTo3DView": "pdf.media",
}  # fmt: skip
_SUBTYPES: Final = {
    "/FileAttachment": "pdf.embedded", "/RichMedia": "pdf.media", "/Movie": "pdf.media",
    "/Screen": "pdf.media", "/3D": "pdf.media", "/Sound": "pdf.media",
}  # fmt: skip
_KEYS: Final = {
    "/JS": "pdf.javascript", "/JavaScript": "pdf.javascript", "/XFA": "pdf.xfa",
    "/EF": "pdf.embedded", "/EmbeddedFiles": "pdf.embedded", "/Collection": "pdf.embedded",
}  # fmt: skip
_PLAIN_NAMES: Final = {
    **_KEYS, "/Launch": "pdf.launch", "/EmbeddedFile": "pdf.embedded", "/GoToE": "pdf.embedded",
    "/ImportData": "pdf.external", "/RichMedia": "pdf.media",
}  # fmt: skip
_OPEN_BY_NAME: Final = re.compile(r"\s*(javascript|vbscript|data|file|\\\\|//)", re.IGNORECASE)
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_NAME: Final = re.compile(rb"/[^\x00\t\n\f\r ()<>\[\]{}/%]+")
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_PIECE: Final = 1024 * 1024
_OVERLAP: Final = 256


def inspect(path: Path, _arguments: dict[str, Any]) -> Answer:
    """Look through the whole file; the number of its pages."""
    polyglots.check_pdf(path)
    try:
        with path.open("rb") as stream:
            reader = PdfReader(stream)
            if "/Encrypt" in reader.trailer:
                raise Finding("pdf.encrypted")
            pages = count_pages(reader)
            _check_objects(reader)
    except RecursionError as error:
        raise Finding("pdf.loop") from error
    except (PyPdfError, KeyError, AttributeError, TypeError, ValueError, IndexError) as error:
        raise Finding("pdf.broken") from error
    with path.open("rb") as stream:
        _check_plain_names(stream)
    pdf_pages.draw_first(path)
    return Answer({"pages": pages})


def count_pages(reader: PdfReader) -> int:
    """The leaves of the page tree, walked without trusting its own counts."""
    root = reader.root_object.raw_get("/Pages")
    seen: set[int] = set()
    waiting: list[tuple[PdfObject, int]] = [(root, 0)]
    pages = 0
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, IndirectObject):
            if node.idnum in seen or depth > DEPTH_MAX:
                raise Finding("pdf.loop")
            seen.add(node.idnum)
        held = node.get_object()
        if not isinstance(held, DictionaryObject):
            raise Finding("pdf.broken")
        kids = held.get("/Kids")
        if kids is None:
            pages += 1
        else:
            _check_count(held)
            waiting += [(kid, depth + 1) for kid in kids.get_object()]
        if pages + len(waiting) > PAGES_MAX:
            raise Finding("pdf.too_many_pages", limit=PAGES_MAX)
    if not pages:
        raise Finding("pdf.broken")
    return pages


def _check_count(node: DictionaryObject) -> None:
    count = node.get("/Count")
    said = count.get_object() if count is not None else 0
    if isinstance(said, int) and not 0 <= said <= PAGES_MAX:
        raise Finding("pdf.too_many_pages", limit=PAGES_MAX)


def _check_objects(reader: PdfReader) -> None:
    looked_at = 0
    for number, generation in _numbers(reader):
        looked_at += 1
        if looked_at > OBJECTS_MAX:
            raise Finding("pdf.too_many_objects")
        try:
            held = reader.get_object(IndirectObject(number, generation, reader))
        except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, IndexError):
            continue  # no reader finds it either; its plain text is looked at below
        if held is not None and not isinstance(held, NullObject):
            _check_object(held)
        if len(reader.resolved_objects) > _CACHE_MAX:
            reader.resolved_objects.clear()
    _check_object(reader.trailer)


def _numbers(reader: PdfReader) -> Iterator[tuple[int, int]]:
    for generation, places in list(reader.xref.items()):
        for number in list(places):
            yield number, generation
    by_stream = sorted(reader.xref_objStm.items(), key=lambda entry: entry[1][0])
    for number, _place in by_stream:  # each packed stream is unfolded once
        yield number, 0


def _check_object(top: PdfObject) -> None:
    """The object and what lies in it; other objects that it names come by themselves."""
    waiting: list[Any] = [top]
    while waiting:
        held = waiting.pop()
        if isinstance(held, DictionaryObject):
            _check_dictionary(held)
            waiting += [held.raw_get(key) for key in held]
        elif isinstance(held, ArrayObject):
            waiting += list(held)


def _check_dictionary(held: DictionaryObject) -> None:
    for key, code in _KEYS.items():
        if key in held:
            raise Finding(code)
    action = _ACTIONS.get(_word(held, "/S")) or _SUBTYPES.get(_word(held, "/Subtype"))
    if action:
        raise Finding(action)
    if _word(held, "/Type") == "/EmbeddedFile":
        raise Finding("pdf.embedded")
    if _OPEN_BY_NAME.match(_word(held, "/URI")):
        raise Finding("pdf.external")
    if isinstance(held, StreamObject):
        pdf_streams.check(held)


def _word(held: DictionaryObject, key: str) -> str:
    value = held.raw_get(key) if key in held else ""
    return str(value) if isinstance(value, str) else ""


def _check_plain_names(stream: IO[bytes]) -> None:
    """Names in the text between the streams, whatever the tables say of it."""
    for text in _between_streams(stream):
        for match in _NAME.finditer(text):
            name = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), match[0])
            code = _PLAIN_NAMES.get(name.decode("latin-1"))
            if code:
                raise Finding(code)


def _between_streams(stream: IO[bytes]) -> Iterator[bytes]:
    held, is_inside = b"", False
    while piece := stream.read(_PIECE):
        held += piece
        while True:
            if is_inside:
                place = held.find(b"endstream")
                held, is_inside = (held[-9:], True) if place < 0 else (held[place + 9 :], False)
                if place < 0:
                    break
                continue
            match = _STREAM.search(held)
            if match is None:
                yield held
                held = held[-_OVERLAP:]
                break
            yield held[: match.start()]
            held, is_inside = held[match.end() :], True
    if not is_inside:
        yield held

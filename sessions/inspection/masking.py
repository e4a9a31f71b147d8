"""Cover words in a file for good: pages that held them become pictures, Office parts lose them.

Nothing is believed: the finished file is read again, and a word that still stands anywhere in it
is a finding.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pypdfium2
from lxml import etree
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from sessions.inspection import office_letters
from sessions.inspection.office_letters import TAIL, TEXT, Part
from sessions.inspection.page_letters import Letters, boxes_of, letters_of
from sessions.inspection.pdf_pages import opened
from sessions.inspection.tasks import Answer, Finding
from sessions.rules import personal_data

BLOCK: Final = "█"
_DOTS: Final = 200
_POINTS: Final = 72
_MARGIN: Final = 2
_PIXELS_MAX: Final = 40_000_000
_KEPT_ON_PAGES: Final = frozenset(
    ["/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit"]
)
_PERSONAL_PROPERTIES: Final = frozenset(["creator", "lastModifiedBy", "Company", "Manager"])
_LONG_NAMES: Final = re.compile(r"(?:^|/)(?:embeddings|activeX)/")
_THUMBNAIL: Final = re.compile(r"^docProps/thumbnail\.\w+$")


def masked(path: Path, arguments: dict[str, Any]) -> Answer:
    """The file without these words.

    Args:
        path: the file.
        arguments: ``kind`` (pdf, docx, xlsx, pptx), ``words`` to cover wherever they stand,
            ``pages`` of a PDF to cover whole.

    Returns:
        ``texts``: page → text of the pages that became pictures, with blocks for what is covered.

    Raises:
        Finding: ``mask.still_there`` where a word survived, ``mask.embedded`` for Office files
            with files inside.
    """
    words = list(arguments["words"])
    if arguments["kind"] == "pdf":
        content, texts = _pdf(path, words, set(arguments["pages"]))
        left = _left_in_pdf(content, words)
    else:
        content, texts = _office(path, words), {}
        left = _left_in_office(content, words)
    if left:
        raise Finding("mask.still_there", count=len(left))
    return Answer({"texts": texts}, content)


def _pdf(path: Path, words: list[str], whole: set[int]) -> tuple[bytes, dict[int, str]]:
    source, made = opened(path), pypdfium2.PdfDocument.new()
    texts = dict[int, str]()
    for number in range(len(source)):
        page = source[number]
        letters_page = page.get_textpage()
        letters = letters_of(letters_page)
        spans = [span for word in words for span in personal_data.occurrences(letters.text, word)]
        if number + 1 in whole:
            _add_picture(made, page, None)
            texts[number + 1] = ""
        elif spans:
            boxes = [box for span in spans for box in boxes_of(letters_page, letters, *span)]
            _add_picture(made, page, boxes)
            texts[number + 1] = _covered(letters, spans)
        else:
            made.import_pages(source, [number])
    content = io.BytesIO()
    made.save(content)
    return _bare(content.getvalue()), texts


def _covered(letters: Letters, spans: Iterable[tuple[int, int]]) -> str:
    signs = list(letters.text)
    for start, end in spans:
        signs[start:end] = [BLOCK if sign.isalnum() else sign for sign in signs[start:end]]
    return "".join(signs)


def _add_picture(
    made: pypdfium2.PdfDocument,
    page: pypdfium2.PdfPage,
    boxes: list[tuple[float, float, float, float]] | None,
) -> None:
    """The page as a picture with its boxes black; without boxes the whole page is."""
    wide, tall = page.get_size()
    dots = min(_DOTS, _POINTS * (_PIXELS_MAX / max(wide * tall, 1)) ** 0.5)
    bitmap = page.render(scale=dots / _POINTS, draw_annots=False, may_draw_forms=False)
    picture = bitmap.to_pil().convert("RGB")
    drawing = ImageDraw.Draw(picture)
    if boxes is None:
        drawing.rectangle((0, 0, *picture.size), fill="black")
    for left, bottom, right, top in boxes or []:
        place = bitmap.get_posconv(page)
        x1, y1 = place.to_bitmap(left, top)
        x2, y2 = place.to_bitmap(right, bottom)
        drawing.rectangle(
            (
                min(x1, x2) - _MARGIN, min(y1, y2) - _MARGIN,
                max(x1, x2) + _MARGIN, max(y1, y2) + _MARGIN,
            ),
            fill="black",
        )  # fmt: skip
    _insert(made, picture, wide, tall)


def _insert(made: pypdfium2.PdfDocument, picture: Image.Image, wide: float, tall: float) -> None:
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=80)
    jpeg.seek(0)
    added = made.new_page(wide, tall)
    image = pypdfium2.PdfImage.new(made)
    image.load_jpeg(jpeg, inline=True)
    image.set_matrix(pypdfium2.PdfMatrix().scale(wide, tall))
    added.insert_obj(image)
    added.gen_content()
    added.close()


def _bare(content: bytes) -> bytes:
    """Pages and nothing else: no properties, notes, bookmarks, attached files or tags."""
    writer, bare = PdfWriter(), io.BytesIO()
    for page in PdfReader(io.BytesIO(content)).pages:
        added = writer.add_page(page)
        for name in [name for name in added if name not in _KEPT_ON_PAGES]:
            del added[name]
    writer.metadata = None
    for name in ("/Metadata", "/Outlines", "/Names", "/AcroForm", "/StructTreeRoot", "/OpenAction"):
        writer.root_object.pop(NameObject(name), None)
    writer.compress_identical_objects(remove_unreferenced=True)
    writer.write(bare)
    return bare.getvalue()


def _left_in_pdf(content: bytes, words: list[str]) -> set[str]:
    document = pypdfium2.PdfDocument(content)
    texts = [letters_of(page.get_textpage()).text for page in document]
    reader = PdfReader(io.BytesIO(content))
    streams = [content]
    for number in range(1, len(reader.xref.get(0, {})) + 1):
        held = reader.get_object(number)
        if isinstance(held, StreamObject) and held.get("/Subtype") != "/Image":
            streams.append(held.get_data())
    return _left(texts, streams, words)


def _left_in_office(content: bytes, words: list[str]) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        streams = [archive.read(name) for name in archive.namelist()]
        texts = [
            office_letters.part_of(name, archive.read(name)).text
            for name in archive.namelist()
            if office_letters.is_xml(name) and name != "[Content_Types].xml"
        ]
    return _left(texts, streams, words)


def _left(texts: list[str], streams: list[bytes], words: list[str]) -> set[str]:
    """Words that still stand in a text, or letter by letter in the bytes."""
    left = {
        word
        for word in words
        if any(next(personal_data.occurrences(text, word), None) for text in texts)
    }
    for word in words:
        spellings = {word, personal_data.bare(word)}
        wanted = [
            spelling.encode(code)
            for spelling in spellings
            if len(spelling) > 4  # noqa: PLR2004 - a year stands in many bytes by chance
            for code in ("utf-8", "utf-16-be", "utf-16-le")
        ]
        if any(one in stream for one in wanted for stream in streams):
            left.add(word)
    return left


def _office(path: Path, words: list[str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(path) as source:
        if any(_LONG_NAMES.search(name) for name in source.namelist()):
            raise Finding("mask.embedded")
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
            for name in source.namelist():
                if not _THUMBNAIL.match(name):
                    made.writestr(name, _cleaned(name, source.read(name), words))
    return content.getvalue()


def _cleaned(name: str, content: bytes, words: list[str]) -> bytes:
    if not office_letters.is_xml(name) or name == "[Content_Types].xml":
        return content
    part = office_letters.part_of(name, content)
    for word in words:
        for start, end in personal_data.occurrences(part.text, word):
            _cover(part, start, end)
    if name.startswith("docProps/"):
        _forget_people(part.tree)
    if name == "_rels/.rels":
        for relation in list(part.tree):
            if _THUMBNAIL.match(relation.get("Target", "").lstrip("/")):
                part.tree.remove(relation)
    return bytes(etree.tostring(part.tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _cover(part: Part, start: int, end: int) -> None:
    """Blocks instead of letters and digits; a number in a cell becomes a word."""
    for origin, sign in zip(part.origins[start:end], part.signs[start:end], strict=True):
        if origin is None or not (sign.isalnum() or sign == "@"):
            continue
        element, where, at = origin
        if where == TEXT:
            element.text = f"{element.text[:at]}{BLOCK}{element.text[at + 1 :]}"
            _as_words(element)
        elif where == TAIL:
            element.tail = f"{element.tail[:at]}{BLOCK}{element.tail[at + 1 :]}"
        else:
            value = element.get(where)
            element.set(where, f"{value[:at]}{BLOCK}{value[at + 1 :]}")


def _as_words(element: Any) -> None:
    cell = element.getparent()
    if cell is None or etree.QName(element).localname not in {"v", "f"}:
        return
    if etree.QName(cell).localname == "c":
        cell.set("t", "str")
        for other in cell:
            if etree.QName(other).localname == "f":
                cell.remove(other)


def _forget_people(tree: Any) -> None:
    for element in tree.iter(etree.Element):
        if etree.QName(element).localname in _PERSONAL_PROPERTIES:
            element.text = ""

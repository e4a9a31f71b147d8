"""Measure a PDF as a reader with a ruler does: letters, rules and ink, in millimetres."""

import ctypes
import io
import math
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from PIL import Image
from pypdf import PdfReader
from pypdfium2 import raw

MM = 72 / 25.4


@dataclass(frozen=True)
class Glyph:
    """One letter: page from 1, edges in mm from the page's top left corner, size in pt."""

    page: int
    letter: str
    left: float
    right: float
    baseline: float
    size: float
    font: str


@dataclass(frozen=True)
class Stroke:
    """A drawn path's bounding box in mm."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left


def glyphs(pdf: bytes) -> list[Glyph]:
    """All visible letters in the order of the text layer."""
    found = []
    with pdfium.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage()
            for place in range(text.count_chars()):
                letter = chr(raw.FPDFText_GetUnicode(text, place))
                if letter.isspace() or raw.FPDFText_IsGenerated(text, place) == 1:
                    continue
                found.append(_glyph(number, text, place, letter, page.get_height()))
            text.close()
            page.close()
    return found


def _glyph(number: int, text: pdfium.PdfTextPage, place: int, letter: str, height: float) -> Glyph:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, place, x, y)
    left, _bottom, right, _top = text.get_charbox(place, loose=True)
    name = ctypes.create_string_buffer(100)
    raw.FPDFText_GetFontInfo(text, place, name, 100, ctypes.c_int())
    return Glyph(
        number, letter, left / MM, right / MM, (height - y.value) / MM,
        raw.FPDFText_GetFontSize(text, place), name.value.decode().partition("+")[2],
    )  # fmt: skip


def line_of(found: list[Glyph], words: str) -> list[Glyph]:
    """The letters of the first place where `words` stand (blanks do not count)."""
    bare = "".join(words.split())
    start = "".join(glyph.letter for glyph in found).find(bare)
    if start < 0:
        message = f"not in the PDF: {words}"
        raise AssertionError(message)
    return found[start : start + len(bare)]


def strokes(pdf: bytes) -> list[Stroke]:
    """All drawn paths."""
    found = []
    with pdfium.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            height = page.get_height() / MM
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=5):
                left, bottom, right, top = (edge / MM for edge in item.get_bounds())
                found.append(Stroke(number, left, height - top, right, height - bottom))
            page.close()
    return found


def text(pdf: bytes) -> str:
    """The text of all pages, blanks and line breaks made one space."""
    reader = PdfReader(io.BytesIO(pdf))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page."""
    reader = PdfReader(io.BytesIO(pdf))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def fonts(pdf: bytes) -> set[str]:
    """Names of all embedded fonts, without their subset tags; fails on one not embedded."""
    names = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        resources: Any = page["/Resources"].get_object()
        for font in resources["/Font"].get_object().values():
            below = font.get_object()["/DescendantFonts"].get_object()[0].get_object()
            descriptor = below["/FontDescriptor"].get_object()
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            names.add(str(below["/BaseFont"]).partition("+")[2])
    return names


class Ink:
    """A rendered page that can be asked for the darkness (0 to 1) of a place in mm."""

    def __init__(self, pdf: bytes, page: int, *, dots_per_mm: int = 16) -> None:
        self.scale = dots_per_mm
        with pdfium.PdfDocument(pdf) as document:
            image = document[page - 1].render(scale=dots_per_mm / MM, grayscale=True)
            self.image: Image.Image = image.to_pil()

    def share(self, left: float, top: float, right: float, bottom: float) -> float:
        """Mean darkness of a rectangle."""
        box = (
            math.floor(left * self.scale), math.floor(top * self.scale),
            math.ceil(right * self.scale), math.ceil(bottom * self.scale),
        )  # fmt: skip
        counts = self.image.crop(box).histogram()
        total = sum(counts)
        return sum(count * (255 - shade) for shade, count in enumerate(counts)) / (255 * total)

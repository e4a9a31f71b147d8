"""Images out of uploaded files, one at a time: PDF, PNG, JPEG, TIFF.

Hostile files end in a sentence that says what to do.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image

from council.rules.refusals import Refusal, gettext_noop

Gray = NDArray[np.uint8]

MAX_PIXELS: Final = 50_000_000
"""A4 at 600 dpi has 35 million."""

MAX_PAGES: Final = 1_000
MAX_BYTES: Final = 1_000_000_000
PDF_DPI: Final = (150, 300)
FORMATS: Final = ("PNG", "JPEG", "TIFF", "MPO")

UNREADABLE: Final = gettext_noop(
    "Không mở được tệp %(name)s: tệp hỏng hoặc không phải PDF, PNG, JPEG, TIFF. Hãy quét lại."
)
LOCKED: Final = gettext_noop(
    "Tệp %(name)s có mật khẩu nên không đọc được. Hãy bỏ mật khẩu hoặc quét lại."
)
EMPTY: Final = gettext_noop("Tệp %(name)s rỗng. Hãy quét lại.")
TOO_LARGE: Final = gettext_noop(
    "Ảnh %(name)s quá lớn (trên %(limit)d triệu điểm ảnh). Hãy quét ở 200 hoặc 300 dpi."
)
TOO_MANY: Final = gettext_noop(
    "Tệp %(name)s có hơn %(limit)d trang. Hãy chia thành nhiều tệp nhỏ hơn."
)


@dataclass(frozen=True)
class Page:
    """One image of a file: `number` from 1; `refusal` instead of `gray` where it has none."""

    name: str
    number: int
    gray: Gray | None
    refusal: Refusal | None = None


def pages(path: Path, name: str = "") -> Iterator[Page]:
    """All images of a file in their order, as 8-bit grey; the file's name as `read_scans` has it.

    A file that cannot be opened yields one page with the reason; a page that cannot be read does
    not stop the others.
    """
    called = name or path.name
    try:
        yield from _pages(path, called)
    except Refusal as refusal:
        yield Page(called, 1, None, refusal)


def _pages(path: Path, name: str) -> Iterator[Page]:
    size = path.stat().st_size
    if size == 0:
        raise Refusal("scan.empty_file", EMPTY, params={"name": name})
    if size > MAX_BYTES:
        raise _too_large(name)
    with path.open("rb") as file:
        start = file.read(1024)
    if b"%PDF-" in start:
        yield from _pdf_pages(path, name)
    else:
        yield from _image_pages(path, name)


def _image_pages(path: Path, name: str) -> Iterator[Page]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of what we refuse ourselves
        image = _opened(path, name)
        with image:
            count = _frames(image, name)
            for number in range(1, count + 1):
                label = name if count == 1 else f"{name}#{number}"
                try:
                    yield Page(label, number, _frame(image, number - 1, label))
                except Refusal as refusal:
                    yield Page(label, number, None, refusal)


def _opened(path: Path, name: str) -> Image.Image:
    try:
        return Image.open(path, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except Exception as error:  # decoders raise anything on hostile bytes
        raise _unreadable(name) from error


def _frames(image: Image.Image, name: str) -> int:
    try:
        count = 1 if image.format in {"MPO", "PNG"} else int(getattr(image, "n_frames", 1))
    except Exception as error:  # decoders raise anything on hostile bytes
        raise _unreadable(name) from error
    if count > MAX_PAGES:
        raise Refusal("scan.too_many_pages", TOO_MANY, params={"name": name, "limit": MAX_PAGES})
    return count


def _frame(image: Image.Image, index: int, name: str) -> Gray:
    try:
        if index:
            image.seek(index)
        _refuse_flood(image.width * image.height, name)
        if image.format == "JPEG" and image.mode == "RGB":
            image.draft("L", image.size)  # only the brightness is decoded
        return _gray(image)
    except Refusal:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except Exception as error:  # decoders raise anything on hostile bytes
        raise _unreadable(name) from error


def _gray(image: Image.Image) -> Gray:
    if image.mode in {"I", "F"} or image.mode.startswith("I;16"):
        deep = np.asarray(image).astype(np.float64)
        scale = 257.0 if deep.size and deep.max() > 255 else 1.0
        return np.clip(deep / scale, 0, 255).astype(np.uint8)
    if image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info:
        flat = Image.new("RGBA", image.size, "white")
        flat.alpha_composite(image.convert("RGBA"))
        return np.asarray(flat.convert("L"))
    return np.asarray(image.convert("L"))


def _pdf_pages(path: Path, name: str) -> Iterator[Page]:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        sentence = LOCKED if locked else UNREADABLE
        code = "scan.locked" if locked else "scan.unreadable"
        raise Refusal(code, sentence, params={"name": name}) from error
    try:
        count = len(document)
        if count == 0:
            raise _unreadable(name)
        if count > MAX_PAGES:
            raise Refusal(
                "scan.too_many_pages", TOO_MANY, params={"name": name, "limit": MAX_PAGES}
            )
        for number in range(1, count + 1):
            label = f"{name}#{number}"
            try:
                yield Page(label, number, _pdf_page(document, number - 1, label))
            except Refusal as refusal:
                yield Page(label, number, None, refusal)
    finally:
        document.close()


def _pdf_page(document: Any, index: int, name: str) -> Gray:
    """Rendered in the resolution of its own picture, within `PDF_DPI`."""
    try:
        page = document[index]
        picture = _only_jpeg(page)
        if picture is not None:
            return _frame(picture, 0, name)
        width, height = page.get_size()
        dpi = _dpi_of(page, width)
        _refuse_flood(width * height * (dpi / 72) ** 2, name)
        bitmap = page.render(scale=dpi / 72, grayscale=True, may_draw_forms=False)
        gray = np.array(bitmap.to_numpy(), dtype=np.uint8)
        page.close()
    except Refusal:
        raise
    except Exception as error:  # decoders raise anything on hostile bytes
        raise _unreadable(name) from error
    return gray[:, :, 0] if gray.ndim == 3 else gray


def _only_jpeg(page: Any) -> Image.Image | None:
    """The page's picture as it was stored, if it is one upright grey or coloured JPEG."""
    found = list(page.get_objects(max_depth=2))
    if len(found) != 1 or found[0].type != pdfium.raw.FPDF_PAGEOBJ_IMAGE:
        return None
    (picture,) = found
    place = picture.get_matrix()
    if picture.get_filters() != ["DCTDecode"] or place.a <= 0 or place.d <= 0:
        return None
    image = Image.open(BytesIO(picture.get_data()), formats=["JPEG"])
    return image if image.mode in {"L", "RGB"} else None


def _dpi_of(page: Any, width: float) -> float:
    """The resolution of the page's largest picture; 200 where it has none."""
    lowest, highest = PDF_DPI
    widest = 0
    for found in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        widest = max(widest, *found.get_px_size())
    if not widest:
        return 200.0
    longest = max(width, page.get_height())
    return float(min(highest, max(lowest, round(widest / longest * 72, 2))))


def _unreadable(name: str) -> Refusal:
    return Refusal("scan.unreadable", UNREADABLE, params={"name": name})


def _refuse_flood(pixels: float, name: str) -> None:
    if pixels > MAX_PIXELS:
        raise _too_large(name)


def _too_large(name: str) -> Refusal:
    limit = MAX_PIXELS // 1_000_000
    return Refusal("scan.too_large", TOO_LARGE, params={"name": name, "limit": limit})

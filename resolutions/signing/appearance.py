"""What a signature looks like on the page: pictures and words, every letter embedded (PDF/A)."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any, Final

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from PIL import Image, UnidentifiedImageError
from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import BaseStamp, BaseStampStyle

from council.rules.refusals import Refusal, gettext_noop
from resolutions.signing.fonts import FONTS
from resolutions.signing.places import Block, Box, person_box, seal_box, seal_circle

VIETNAM: Final = timezone(timedelta(hours=7))
BLUE: Final = (0.05, 0.2, 0.6)
RED: Final = (0.8, 0.05, 0.1)
LETTERS: Final = [
    *range(0x20, 0x180), 0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1EA0, 0x1EFA), *range(0x2010, 0x2030),
]  # fmt: skip
"""Latin with all Vietnamese letters, and dashes and quotation marks."""

PICTURE_MAX_BYTES: Final = 1024 * 1024
PICTURE_MAX_SIDE: Final = 2000
PICTURE_MIN_SIDE: Final = 8

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Words:
    """A line of text, centred at `x` unless it is too long for `width`; then it is set smaller."""

    text: str
    x: float
    y: float
    size: float
    width: float
    colour: Colour
    bold: bool = False


@dataclass(frozen=True)
class Picture:
    """A PNG with transparent ground, fitted into a rectangle of the box."""

    image: Image.Image
    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True)
class Frame:
    """A thin rounded outline: stands for the seal where the council gave no picture."""

    left: float
    bottom: float
    width: float
    height: float
    colour: Colour


@dataclass(frozen=True)
class Appearance:
    """Where a signature stands and what it shows; coordinates of the items are the box's own."""

    box: Box
    items: tuple[Words | Picture | Frame, ...]


def signing_time(moment: datetime) -> str:
    """``12-12-2023 16:30:05 +07:00``.

    Source: Decree 30/2020/NĐ-CP, Appendix I, on the organisation's digital signature.
    """
    return moment.astimezone(VIETNAM).strftime("%d-%m-%Y %H:%M:%S +07:00")


def picture_of(png: bytes) -> Image.Image:
    """The picture of a handwritten signature or a seal.

    Raises:
        Refusal: ``sign.bad_picture``.
    """
    refusal = Refusal(
        "sign.bad_picture",
        gettext_noop(
            "Ảnh chữ ký hoặc con dấu phải là tệp PNG nền trong suốt, không quá 1 MB và mỗi cạnh "
            "không quá %(side)d điểm ảnh."
        ),
        params={"side": PICTURE_MAX_SIDE},
        field="picture",
    )
    if len(png) > PICTURE_MAX_BYTES:
        raise refusal
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            if max(opened.size) > PICTURE_MAX_SIDE or min(opened.size) < PICTURE_MIN_SIDE:
                raise refusal
            return opened.convert("RGBA")
    except (OSError, ValueError, UnidentifiedImageError, SyntaxError) as error:
        raise refusal from error


def of_person(block: Block, *, name: str, moment: datetime, png: bytes | None) -> Appearance:
    """The person's signature: the picture alone; without one, name and time in clean letters.

    Source: Decree 30/2020/NĐ-CP, Appendix I: picture in blue, centred between post and name, no
    words required.
    """
    box = person_box(block)
    if png:
        return Appearance(box, (_fitted(picture_of(png), 0, 0, box.width, box.height),))
    middle = box.width / 2
    lines = (
        ("Đã ký số", 11.0, True),
        (name, 10.0, False),
        (signing_time(moment), 9.0, False),
    )
    items = tuple(
        Words(text, middle, box.height / 2 + 9 - 14 * place, size, box.width - 4, BLUE, bold)
        for place, (text, size, bold) in enumerate(lines)
    )
    return Appearance(box, items)


def of_council(
    block: Block, *, name: str, moment: datetime, png: bytes | None, seal_mm: float
) -> Appearance:
    """The council's signature: the seal at its actual size, its name and the moment under it.

    Source: Decree 30/2020/NĐ-CP, Appendix I: seal in red, actual size, over about one third of the
    signature on its left; name of the organisation, time of signing with its zone.
    """
    box, circle = seal_box(block), seal_circle(block, seal_mm=seal_mm)
    left, bottom = circle.left - box.left, circle.bottom - box.bottom
    note_x, note_y = block.center - box.left, block.name_bottom - box.bottom
    note = (
        Words(f"Ký bởi: {name}", note_x, note_y - 9, 8, box.width, RED),
        Words(f"Thời gian ký: {signing_time(moment)}", note_x, note_y - 18, 8, box.width, RED),
    )
    if png:
        return Appearance(
            box, (_fitted(picture_of(png), left, bottom, circle.width, circle.height), *note)
        )
    # Without a picture nothing is covered: the frame ends where the person's words begin.
    width = person_box(block).left - circle.left + 2
    middle, level = left + width / 2, bottom + circle.height / 2
    stamp = (
        Frame(left, level - 18, width, 36, RED),
        Words("ĐÃ KÝ SỐ", middle, level + 3, 10, width - 6, RED, bold=True),
        Words("CƠ QUAN", middle, level - 11, 10, width - 6, RED, bold=True),
    )
    return Appearance(box, (*stamp, *note))


def _fitted(image: Image.Image, left: float, bottom: float, width: float, height: float) -> Picture:
    scale = min(width / image.width, height / image.height)
    wide, high = image.width * scale, image.height * scale
    return Picture(image, left + (width - wide) / 2, bottom + (height - high) / 2, wide, high)


@cache
def _font_in_thousandths(*, bold: bool) -> bytes:
    """Tinos, its Vietnamese letters alone, with 1000 units to the em.

    pyHanko writes widths in the font's own units, and PDF reads them as thousandths of an em:
    of Tinos' 2048 units the letters would stand twice as far apart.
    """
    options = subset.Options(layout_features=[], hinting=False, name_IDs=["*"])
    wanted = subset.Subsetter(options)
    wanted.populate(unicodes=LETTERS)
    out = io.BytesIO()
    with TTFont(FONTS / ("Tinos_700Bold.ttf" if bold else "Tinos_400Regular.ttf")) as font:
        wanted.subset(font)
        scale_upem(font, 1000)
        font.save(out)
    return out.getvalue()


class _Stamp(BaseStamp):
    """Draws the items; fonts are subset and embedded by pyHanko when the file is written."""

    def render(self) -> bytes:
        style: Style = self.style
        parts = [self._drawn(item, number) for number, item in enumerate(style.items)]
        return b"q " + b" ".join(parts) + b" Q"

    def _drawn(self, item: Words | Picture | Frame, number: int) -> bytes:
        match item:
            case Picture():
                return self._picture(item, number)
            case Words():
                return self._words(item)
            case Frame():
                colour = b"%.3f %.3f %.3f RG" % item.colour
                edges = (item.left, item.bottom, item.width, item.height)
                return b"q %s 1 w %.3f %.3f %.3f %.3f re S Q" % (colour, *edges)

    def _picture(self, item: Picture, number: int) -> bytes:
        image = PdfImage(item.image, writer=self.writer, name=str(number), box=BoxConstraints(1, 1))
        drawn = image.render()
        self.import_resources(image.resources)
        matrix = (item.width, item.height, item.left, item.bottom)
        return b"q %.3f 0 0 %.3f %.3f %.3f cm %s Q" % (*matrix, drawn)

    def _words(self, item: Words) -> bytes:
        engine = self.style.engine(self.writer, bold=item.bold)
        shaped = engine.shape(item.text)
        self.set_resource(ResourceType.FONT, pdf_name(f"/F{int(item.bold)}"), engine.as_resource())
        length = shaped.x_advance
        size = item.size * min(1.0, item.width / (length * item.size)) if length else item.size
        start = item.x - length * size / 2
        head = b"BT %.3f %.3f %.3f rg /F%d %.3f Tf %.3f %.3f Td" % (
            *item.colour, item.bold, size, start, item.y,
        )  # fmt: skip
        return b"%s %s ET" % (head, shaped.graphics_ops)


@dataclass(frozen=True)
class Style(BaseStampStyle):
    """Hands the items to pyHanko as a stamp."""

    items: Sequence[Words | Picture | Frame] = ()
    engines: dict[bool, Any] = field(default_factory=dict)

    def engine(self, writer: BasePdfFileWriter, *, bold: bool) -> Any:
        """One font for the whole stamp, so that it is embedded once."""
        if bold not in self.engines:
            # Font size 1: the size is set where the words are drawn.
            font = io.BytesIO(_font_in_thousandths(bold=bold))
            self.engines[bold] = GlyphAccumulator(writer, font, font_size=1)
        return self.engines[bold]

    def create_stamp(
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]
    ) -> _Stamp:
        return _Stamp(writer, self, box=box)


def style_of(appearance: Appearance) -> Style:
    """The appearance as pyHanko wants it."""
    return Style(border_width=0, items=appearance.items)

"""Pictures for the demo: a blue scribble and a red ring that says DẤU MẪU. Nobody's."""

import io
import math
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from resolutions.signing.fonts import FONTS

BLUE: Final = (18, 52, 160, 255)
RED: Final = (204, 20, 30, 235)
SEAL_SIDE: Final = 600


def signature() -> bytes:
    """A scribble with the word MẪU, PNG on transparent ground."""
    image = Image.new("RGBA", (1000, 440), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    stroke = [
        (80 + 820 * t / 400, 220 + 130 * math.sin(t / 18) * math.cos(t / 57) - 60 * t / 400)
        for t in range(401)
    ]
    draw.line(stroke, fill=BLUE, width=9, joint="curve")
    draw.line([(120, 330), (860, 300)], fill=BLUE, width=6)
    draw.text((420, 340), "(chữ ký mẫu)", font=_font(60), fill=BLUE)
    return _png(image)


def seal() -> bytes:
    """Two rings with DẤU MẪU inside, PNG on transparent ground, square."""
    image = Image.new("RGBA", (SEAL_SIDE, SEAL_SIDE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for inset, width in ((6, 14), (70, 6)):
        edge = SEAL_SIDE - inset
        draw.ellipse((inset, inset, edge, edge), outline=RED, width=width)
    middle = SEAL_SIDE / 2
    draw.text((middle, middle - 30), "DẤU MẪU", font=_font(78), fill=RED, anchor="mm")
    draw.text((middle, middle + 60), "không có giá trị", font=_font(42), fill=RED, anchor="mm")
    return _png(image)


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / "Tinos_700Bold.ttf"), size)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()

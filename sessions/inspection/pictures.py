"""Pictures: what they say of their size, whether they can be drawn, what hides behind them."""

import warnings
from pathlib import Path
from typing import Any, Final

from PIL import Image, UnidentifiedImageError

from sessions.inspection import polyglots
from sessions.inspection.tasks import Answer, Finding

PIXELS_MAX: Final = 60_000_000  # a photograph of a telephone; A3 at 400 points an inch has 30
SIDE_MAX: Final = 30_000
_FORMATS: Final = ("PNG", "JPEG")
_SMALL: Final = (400, 400)


def inspect(path: Path, _arguments: dict[str, Any]) -> Answer:
    """Check a PNG or JPEG; its size in pixels."""
    polyglots.check_picture(path)
    Image.MAX_IMAGE_PIXELS = None  # our own bound below has a sentence
    warnings.simplefilter("ignore")
    try:
        with Image.open(path, formats=_FORMATS) as picture:
            width, height = picture.size
            _check_size(width, height)
            picture.verify()
        _check_drawable(path)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Finding("image.broken") from error
    return Answer({"width": width, "height": height})


def _check_size(width: int, height: int) -> None:
    if width * height > PIXELS_MAX or max(width, height) > SIDE_MAX:
        raise Finding("image.pixels", limit=PIXELS_MAX // 1_000_000)


def _check_drawable(path: Path) -> None:
    """Decode it as small as the format allows: a telephone's photograph takes little memory."""
    with Image.open(path, formats=_FORMATS) as picture:
        picture.draft("L", _SMALL)
        picture.load()

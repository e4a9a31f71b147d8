"""Pieces of scanned pictures for the committee: a row, a few rows of a pair, a refused page small.

Whoever decides a row never sees the whole paper: a hand is known by its writing.
"""

from importlib import import_module
from typing import Any, Final

from django.http import Http404, HttpResponse

from elections.models import ScanRun, ScanSheet
from elections.services import scan_folders

SMALL: Final = 420
"""Width in pixels of a refused page: enough to find the paper in the pile."""

ROWS_OF_PAIR: Final = 3


def row(run: ScanRun, sheet: ScanSheet, code: str) -> HttpResponse:
    """One row of a paper."""
    return answer(cut(run, sheet, code))


def rows(run: ScanRun, sheet: ScanSheet, codes: list[str]) -> HttpResponse:
    """Some rows, one below the other."""
    numpy: Any = import_module("numpy")
    cv2: Any = import_module("cv2")
    pieces = [cut(run, sheet, code) for code in codes]
    width = max(piece.shape[1] for piece in pieces)
    even = [
        cv2.copyMakeBorder(piece, 6, 6, 0, width - piece.shape[1], cv2.BORDER_CONSTANT, value=255)
        for piece in pieces
    ]
    return answer(numpy.vstack(even))


def small(run: ScanRun, sheet: ScanSheet) -> HttpResponse:
    """A refused page, small."""
    cv2: Any = import_module("cv2")
    if not sheet.sides:
        raise Http404
    picture = load(run, sheet.sides[0]["file"])
    height = round(picture.shape[0] * SMALL / picture.shape[1])
    return answer(cv2.resize(picture, (SMALL, height), interpolation=cv2.INTER_AREA))


def inkiest(first: ScanSheet, second: ScanSheet) -> list[str]:
    """The rows with the most ink on two papers that look alike: there a hand shows best."""
    both = sorted(first.rows.keys() & second.rows.keys())
    return sorted(both, key=lambda code: (-ink_of(first, code) - ink_of(second, code), code))[
        :ROWS_OF_PAIR
    ]


def ink_of(sheet: ScanSheet, code: str) -> float:
    """How much ink is in the boxes of the row, in mm²."""
    return float(sum(box["area"] for box in sheet.rows[code]["boxes"]))


def cut(run: ScanRun, sheet: ScanSheet, code: str) -> Any:
    """The row's boxes, upright."""
    numpy: Any = import_module("numpy")
    where = sheet.rows.get(code)
    if where is None:
        raise Http404
    x, y, width, height = where["crop"]
    picture = load(run, sheet.sides[where["side"]]["file"])
    return numpy.rot90(picture[y : y + height, x : x + width], where["turns"])


def load(run: ScanRun, name: str) -> Any:
    """A kept picture as grey pixels."""
    cv2: Any = import_module("cv2")
    picture = cv2.imread(str(scan_folders.kept(run, name)), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        raise Http404
    return picture


def answer(picture: Any) -> HttpResponse:
    """The pixels as PNG that nobody stores."""
    cv2: Any = import_module("cv2")
    _done, content = cv2.imencode(".png", picture)
    response = HttpResponse(content.tobytes(), content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response

"""Maps between the printed page (mm) and the image (pixels), by plain arithmetic.

No linear algebra library: its last digits depend on the machine, and the same scan must give the
same answers everywhere.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]


@dataclass(frozen=True)
class Plane:
    """A projective map from millimetres to pixels."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    g: float = 0.0
    h: float = 0.0

    def at(self, x: float, y: float) -> Point:
        """Where a point of the page lies in the image."""
        depth = self.g * x + self.h * y + 1.0
        across = (self.a * x + self.b * y + self.c) / depth
        return across, (self.d * x + self.e * y + self.f) / depth

    def spread(self, x: Any, y: Any) -> tuple[Any, Any]:
        """The same for arrays."""
        depth = self.g * x + self.h * y + 1.0
        return (self.a * x + self.b * y + self.c) / depth, (
            self.d * x + self.e * y + self.f
        ) / depth

    def scale_at(self, x: float, y: float) -> tuple[float, float]:
        """Pixels a millimetre along the page's x and y."""
        here, right, below = self.at(x, y), self.at(x + 1, y), self.at(x, y + 1)
        return math.dist(here, right), math.dist(here, below)


def similar(page: Sequence[Point], image: Sequence[Point]) -> Plane:
    """Turn, scale and shift that fit best (least squares); at least two points."""
    count = len(page)
    px = math.fsum(x for x, _ in page) / count
    py = math.fsum(y for _, y in page) / count
    ix = math.fsum(x for x, _ in image) / count
    iy = math.fsum(y for _, y in image) / count
    pairs = list(zip(page, image, strict=True))
    square = math.fsum((x - px) ** 2 + (y - py) ** 2 for x, y in page)
    along = math.fsum((x - px) * (u - ix) + (y - py) * (v - iy) for (x, y), (u, v) in pairs)
    across = math.fsum((x - px) * (v - iy) - (y - py) * (u - ix) for (x, y), (u, v) in pairs)
    cos, sin = along / square, across / square
    return Plane(cos, -sin, ix - cos * px + sin * py, sin, cos, iy - sin * px - cos * py)


def affine(page: Sequence[Point], image: Sequence[Point]) -> Plane:
    """Through three points exactly."""
    rows = [[x, y, 1.0] for x, y in page]
    across = _solve([[*row, u] for row, (u, _) in zip(rows, image, strict=True)])
    down = _solve([[*row, v] for row, (_, v) in zip(rows, image, strict=True)])
    return Plane(across[0], across[1], across[2], down[0], down[1], down[2])


def projective(page: Sequence[Point], image: Sequence[Point]) -> Plane:
    """Through four points exactly."""
    rows = []
    for (x, y), (u, v) in zip(page, image, strict=True):
        rows.append([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u])
        rows.append([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v])
    return Plane(*_solve(rows))


def _solve(rows: list[list[float]]) -> list[float]:
    """Gauss with the largest pivot; each row ends with its right side."""
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column][column]
        for row in range(column + 1, size):
            factor = rows[row][column] / head
            rows[row] = [
                value - factor * top for value, top in zip(rows[row], rows[column], strict=True)
            ]
    found = [0.0] * size
    for row in range(size - 1, -1, -1):
        known = math.fsum(rows[row][column] * found[column] for column in range(row + 1, size))
        found[row] = (rows[row][size] - known) / rows[row][row]
    return found

"""What a reading of one side of a paper says: plain data, the same on every machine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

BLANK: Final = "@blank"
OVER: Final = "@over"
REVIEW: Final = "@review"

Status = Literal["read", "refused"]
Rectangle = tuple[int, int, int, int]
"""x, y, width, height in pixels of the image as it was given to the reader."""


@dataclass(frozen=True)
class Style:
    """Which paper is expected: the poll's id and the first 8 hex digits of its map's digest."""

    poll: int
    digest: str


@dataclass(frozen=True)
class BoxReading:
    """What was measured in one box; areas in mm², lengths in mm, shares between 0 and 1.

    Args:
        option: the column's code.
        found: ``-`` empty, ``s`` the end of another box's stroke, ``p`` a pale trace, ``M`` mark,
            ``H`` blackened or struck out, ``?`` none of these for certain.
        area: ink inside the box.
        length: the longest stroke inside the box.
        depth: mean darkness of that ink; 1 is the black of the printed squares.
        cover: share of the inside that is dark.
        foreign: share of the ink that belongs to a stroke whose main part lies elsewhere.
        around: ink near the box that no box accounts for.
    """

    option: str
    found: str
    area: float
    length: float
    depth: float
    cover: float
    foreign: float
    around: float


@dataclass(frozen=True)
class EntryReading:
    """One row: its answer, why a person must look at it, and where it stands in the image.

    Args:
        code: the entry's code in the box map.
        value: an option's code, ``@blank``, ``@over`` or ``@review``.
        reason: a short English identifier of the rule that sent it to people; else empty.
        crop: rectangle of the row's boxes (never of the whole paper).
        turns: quarter turns counterclockwise (0-3) that bring the crop upright.
        boxes: what was measured, from left to right.
    """

    code: str
    value: str
    reason: str
    crop: Rectangle
    turns: int
    boxes: tuple[BoxReading, ...]


@dataclass(frozen=True)
class SheetReading:
    """One side of one paper.

    Args:
        status: ``read`` or ``refused``; a refused side is counted by hand.
        why: Vietnamese msgid with named placeholders, a whole sentence; empty if read.
        params: values of the placeholders.
        code: stable identifier of the refusal, e.g. ``scan.no_code``.
        page: the side's page in the box map, 1 or 2; 0 if not known.
        entries: the rows of this side in the order of the box map.
        signature: the side's ink for `same_paper`, compressed; empty if refused.
        reader: version of the reader.
        thresholds: those that were in force.
        template: SHA-256 of the box map that was used.
        scale: pixels a millimetre.
    """

    status: Status
    why: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    code: str = ""
    page: int = 0
    entries: tuple[EntryReading, ...] = ()
    signature: bytes = b""
    reader: str = ""
    thresholds: Mapping[str, float] = field(default_factory=dict)
    template: str = ""
    scale: float = 0.0

    @property
    def answers(self) -> dict[str, str]:
        """Entry → value, as `read_scans` writes it."""
        return {entry.code: entry.value for entry in self.entries}

    @property
    def sentence(self) -> str:
        """Why it was refused, with its placeholders filled, in Vietnamese."""
        return self.why % dict(self.params) if self.params else self.why

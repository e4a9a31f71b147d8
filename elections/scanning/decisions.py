"""From measures to answers. Two thresholds everywhere; what lies between goes to people.

Every way through these rules that is not certain ends in ``@review``, never in a vote.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from elections.scanning.features import BoxInk
from elections.scanning.readings import BLANK, OVER, REVIEW

THRESHOLDS: Final = {
    "empty_area": 0.7,
    "empty_length": 1.35,
    "mark_area": 2.1,
    "mark_length": 2.9,
    "thin_area": 1.3,
    "thin_length": 4.2,
    "blob_length": 3.4,
    "blob_fill": 0.6,
    "spill_foreign": 0.8,
    "spill_area": 1.6,
    "trace_ratio": 0.55,
    "stray_area": 1.0,
    "stray_ratio": 0.5,
    "lone_depth": 0.3,
    "faint_ratio": 0.62,
    "heavy_cover": 0.45,
    "heavy_strokes": 9.4,
    "heavy_whole": 19.0,
    "heavy_radius": 1.9,
    "heavy_full": 0.87,
    "heavy_alone": 0.6,
    "heavy_ratio": 1.7,
    "heavy_beside": 1.35,
    "weak_count": 2,
    "weak_share": 0.25,
    "usual_marks": 5,
    "trace_length": 2.2,
    "heavy_gap": 0.56,
    "same_depth": 0.8,
    "same_cover": 1.7,
    "same_area": 1.35,
    "same_usual": 1.5,
    "light_cover": 0.35,
    "outlined": 0.55,
    "same_whole": 1.8,
    "same_usual_whole": 1.2,
    "near_strokes": 3.5,
    "cross_gap": 0.5,
    "thin_ratio": 0.72,
    "thin_share": 0.5,
    "broad": 2.45,
    "blot_ratio": 1.5,
    "blot_width": 2.0,
    "blot_alone": 3.2,
    "lost_area": 0.1,
    "lost_trace": 0.9,
    "lost_marks": 8,
    "struck": 0.9,
    "shared": 0.4,
    "usual_radius": 1.15,
    "same_radius": 1.25,
}
"""Areas in mm², lengths in mm, the others are shares and ratios; kept with every reading."""

T: Final = THRESHOLDS


@dataclass(frozen=True)
class Hand:
    """How this voter marks: medians over the side's marks.

    Args:
        depth: darkness, 0 to 1; 0 if there is no mark.
        area: of a mark in mm²; 0 if there are too few marks to tell.
        whole: the same with what lies outside the box.
        width: of the pen's line in mm, blackened boxes included; 0 if there is no mark.
        line: the same without these; 0 if there are too few marks to tell.
        radius: in mm of the largest disc within a broad pen's marks; 0 if these are too few.
        is_weak: much of the side's ink is too little to be called a mark: some may be lost.
        is_lost: of most marks only specks are left: the scanner dropped what people wrote.
    """

    depth: float
    area: float
    whole: float
    width: float
    line: float
    radius: float
    is_weak: bool
    is_lost: bool

    def strokes(self, area: float, box: BoxInk) -> float:
        """About how many mm of this pen's line make that area of a box's ink."""
        return area / min(self.width, box.width) if self.width and box.width else 0.0


def hand_of(boxes: Sequence[BoxInk]) -> Hand:
    """The usual mark of a side."""
    marks = [box for box in boxes if is_mark(box)]
    rest = [box for box in boxes if not is_mark(box) and not is_spill(box)]
    little = sum(not is_empty(box) for box in rest)
    is_weak = little >= T["weak_count"] and little >= T["weak_share"] * len(marks)
    lost = sum(box.area >= T["lost_area"] or box.trace >= T["lost_trace"] for box in rest)
    return Hand(
        depth=median(box.depth for box in marks) if marks else 0.0,
        area=median(box.area for box in marks) if len(marks) >= T["usual_marks"] else 0.0,
        whole=median(box.whole for box in marks) if len(marks) >= T["usual_marks"] else 0.0,
        width=median(box.width for box in marks) if marks else 0.0,
        line=_line(marks),
        radius=_radius(marks),
        is_weak=is_weak,
        is_lost=is_weak and lost >= T["lost_marks"] and lost > len(marks),
    )


def _line(marks: Sequence[BoxInk]) -> float:
    widths = [box.width for box in marks if box.cover <= T["heavy_full"]]
    return median(widths) if len(widths) >= T["usual_marks"] else 0.0


def _radius(marks: Sequence[BoxInk]) -> float:
    found = [box.radius for box in marks if box.radius and box.cover <= T["heavy_full"]]
    return median(found) if len(found) >= T["usual_marks"] else 0.0


def is_empty(box: BoxInk) -> bool:
    """Nothing, or no more than dust and where a pen rested."""
    return box.area < T["empty_area"] and box.length < T["empty_length"]


def is_spill(box: BoxInk) -> bool:
    """Only the end of a stroke that is at home in another box."""
    return box.foreign > T["spill_foreign"] and box.area < T["spill_area"]


def is_mark(box: BoxInk) -> bool:
    """Enough ink in one stroke, and the stroke is this box's own."""
    if box.foreign > 0.5:
        return False
    thick = box.area >= T["mark_area"] and box.length >= T["mark_length"]
    thin = box.area >= T["thin_area"] and box.length >= T["thin_length"]
    return thick or thin


def is_blob(box: BoxInk) -> bool:
    """A small round spot: a felt pen that rested, not a stroke."""
    return box.length < T["blob_length"] and box.area > T["blob_fill"] * box.length**2 / 2


def is_blot(box: BoxInk, hand: Hand) -> bool:
    """Far broader than this hand's line, and no cross: a stain."""
    usual = T["blot_width"] * hand.line if hand.line else T["blot_alone"]
    return box.width > usual and not box.is_cross


def is_heavy(box: BoxInk, hand: Hand) -> bool:
    """Blackened or struck out: more strokes than a mark has, or no white left inside."""
    if hand.strokes(box.area, box) > T["heavy_strokes"]:
        return True
    if hand.strokes(box.whole, box) > T["heavy_whole"] or box.radius > T["heavy_radius"]:
        return True
    if box.cover <= T["heavy_cover"]:
        return False
    if box.is_cross and box.cover <= T["heavy_full"] and box.gap > T["cross_gap"]:
        return False
    if box.gap < T["heavy_gap"] or box.cover > T["heavy_full"]:
        return True
    ratio = T["heavy_ratio"] if box.cover <= T["heavy_alone"] else T["heavy_beside"]
    return box.area > ratio * hand.area if hand.area else box.cover > T["heavy_alone"]


def found_in(box: BoxInk, hand: Hand) -> str:
    """``-`` empty, ``s`` spill, ``M`` mark, ``H`` blackened or struck out, ``?`` uncertain."""
    if is_empty(box):
        return "-"
    if is_spill(box):
        return "s"
    if not is_mark(box) or is_blob(box) or is_blot(box, hand):
        return "?"
    if is_heavy(box, hand):
        return "H"
    # Where few marks tell how dark this hand writes, a pale one may have been rubbed out.
    least = 0.0 if hand.area else T["lone_depth"]
    is_faint = box.depth < max(least, T["faint_ratio"] * hand.depth)
    # Black and white hides how pale a rubbed-out mark is, but leaves holes and thin remains.
    is_little = box.area < T["thin_share"] * hand.area
    is_thin = box.width < T["thin_ratio"] * hand.line and is_little
    # A long tail that ends in another row's box looks like a mark of its own there.
    is_shared = box.shared > T["shared"]
    return "?" if is_faint or is_thin or is_shared else "M"


def answer(
    options: Sequence[str], boxes: Sequence[BoxInk], hand: Hand
) -> tuple[str, str, tuple[str, ...]]:
    """The entry's answer, the reason of a review (else empty), and what was found in each box."""
    found = [found_in(box, hand) for box in boxes]
    _pass_over_traces(boxes, found)
    value, reason = _decided(options, boxes, found, hand)
    return value, reason, tuple(found)


def _pass_over_traces(boxes: Sequence[BoxInk], found: list[str]) -> None:
    """Beside the one certain mark, ink that is pale and too little for a mark is no second one."""
    certain = [number for number, one in enumerate(found) if one == "M"]
    if len(certain) != 1:
        return
    palest = T["trace_ratio"] * boxes[certain[0]].depth
    for number, one in enumerate(found):
        box = boxes[number]
        if one == "?" and box.area < T["mark_area"] and box.depth < palest:
            found[number] = "p"


def _decided(
    options: Sequence[str], boxes: Sequence[BoxInk], found: Sequence[str], hand: Hand
) -> tuple[str, str]:
    marked = [number for number, one in enumerate(found) if one == "M"]
    doubts = {
        "outline": any(box.outlined < T["outlined"] for box in boxes),
        "struck": any(box.struck >= T["struck"] and not box.is_cross for box in boxes),
        "uncertain": "?" in found,
        "heavy": "H" in found,
        "weak": bool(marked) and hand.is_weak,
        "stain": any(boxes[number].is_stained for number in marked),
    }
    reason = next((name for name, is_so in doubts.items() if is_so), "")
    if reason:
        return REVIEW, reason
    match len(marked):
        case 0:
            return _nothing(boxes, found, hand)
        case 1:
            mark = boxes[marked[0]]
            second = any(_may_be_a_mark(box, mark, hand) for box in boxes)
            return (REVIEW, "stray") if second else (options[marked[0]], "")
        case _:
            chosen = [boxes[number] for number in marked]
            alike = _alike(chosen, hand) and all(box.around < T["stray_area"] for box in boxes)
            return (OVER, "") if alike else (REVIEW, "unlike")


def _may_be_a_mark(box: BoxInk, mark: BoxInk, hand: Hand) -> bool:
    """Whether the ink beside a box may be a second mark that missed it."""
    if hand.line and box.around_blot >= T["blot_ratio"] * hand.line:
        return False
    return (
        box.around_length >= T["mark_length"]
        and box.around >= T["stray_area"]
        and box.around_depth >= T["stray_ratio"] * mark.depth
    )


def _nothing(boxes: Sequence[BoxInk], found: Sequence[str], hand: Hand) -> tuple[str, str]:
    """No box is marked: blank only where nothing hints at a mark that was missed."""
    doubts = {
        "spill": "s" in found or any(_hides_a_mark(box, hand) for box in boxes),
        "stain": any(box.is_stained for box in boxes),
        "stray": any(box.around > 0 for box in boxes),
        "line": any(box.is_crossed or box.is_streaked for box in boxes),
        "weak": hand.is_weak,
        "pale": any(box.trace >= T["trace_length"] for box in boxes),
    }
    reason = next((name for name, is_so in doubts.items() if is_so), "")
    return (REVIEW, reason) if reason else (BLANK, "")


def _hides_a_mark(box: BoxInk, hand: Hand) -> bool:
    """Whether the ends of other boxes' strokes may cover a mark."""
    if box.near < T["empty_area"]:
        return False
    return box.area > 0 or not hand.width or box.near > T["near_strokes"] * hand.width


def _alike(boxes: Sequence[BoxInk], hand: Hand) -> bool:
    """Marks of one hand and one kind; a correction looks different."""
    depths = [box.depth for box in boxes]
    if min(depths) <= T["same_depth"] * max(depths):
        return False
    # A broad line is a cross or as broad as all this hand's, or it may be a correction or a blot.
    if any(box.width > T["broad"] and not box.is_cross for box in boxes):
        radii = [box.radius for box in boxes]
        if not 0 < max(radii) < T["usual_radius"] * hand.radius:
            return False
        if max(radii) > T["same_radius"] * min(radii):
            return False
    return _alike_inside(boxes, hand) or _alike_whole(boxes, hand)


def _alike_inside(boxes: Sequence[BoxInk], hand: Hand) -> bool:
    areas, covers = [box.area for box in boxes], [box.cover for box in boxes]
    if hand.area:
        is_usual = max(areas) < T["same_usual"] * hand.area
    else:
        is_usual = max(covers) < T["light_cover"]
    return (
        is_usual
        and max(areas) < T["same_area"] * min(areas)
        and max(covers) < T["same_cover"] * max(min(covers), 0.01)
    )


def _alike_whole(boxes: Sequence[BoxInk], hand: Hand) -> bool:
    """With what lies outside the boxes, and neither is more than this hand usually draws."""
    wholes = [box.whole for box in boxes]
    is_usual = 0 < max(wholes) < T["same_usual_whole"] * hand.whole
    return is_usual and max(wholes) < T["same_whole"] * min(wholes)

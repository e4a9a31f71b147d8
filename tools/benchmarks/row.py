"""One speed figure beside its ceiling."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

ROUNDS = 3


@dataclass(frozen=True)
class Row:
    """A figure as a ratio; absolute figures mean nothing on another machine or day.

    Args:
        name: what was measured, as `page.stored`.
        ours: what the product reached.
        ceiling: what the same work reaches at best, measured in the same run.
        unit: of both.
        better: whether more or less is better.
        goal: the ratio that the product wants (docs/performance.md).
    """

    name: str
    ours: float
    ceiling: float
    unit: str
    better: Literal["higher", "lower"]
    goal: float

    @property
    def ratio(self) -> float:
        """Ours over the ceiling."""
        return self.ours / self.ceiling if self.ceiling else 0.0

    @property
    def is_reached(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio >= self.goal if self.better == "higher" else self.ratio <= self.goal

    def as_json(self) -> dict[str, object]:
        """The row in bench.json."""
        return {
            "ours": round(self.ours, 2),
            "ceiling": round(self.ceiling, 2),
            "ratio": round(self.ratio, 4),
            "unit": self.unit,
            "better": self.better,
            "goal": self.goal,
        }


def interleaved(*measures: Callable[[], float]) -> list[float]:
    """The median of each measure over rounds that take each once: all see the same noise."""
    rounds = [[measure() for measure in measures] for _ in range(ROUNDS)]
    return [statistics.median(column) for column in zip(*rounds, strict=True)]

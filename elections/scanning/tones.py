"""Whether a scanner kept the grey of pale ink, or only black and white."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]

EVERY: Final = 3
"""One pixel of so many is looked at, along both sides."""

GREYS: Final = (50, 206)
FEWEST_GREYS: Final = 0.002
"""An image with fewer pixels between these greys is black and white."""


def drops_pale_ink(gray: Gray) -> bool:
    """Whether a pencil's mark may be gone from the image without a trace."""
    counts = np.bincount(gray[::EVERY, ::EVERY].ravel(), minlength=256)
    total = int(counts.sum())
    return int(counts[GREYS[0] : GREYS[1]].sum()) < FEWEST_GREYS * total

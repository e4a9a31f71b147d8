"""From a scanned ballot paper to what stands in its boxes: no database, no Django, no clock.

The packages of requirements-scan.txt may be missing: ask `is_available` before importing any
other module of this package.
"""

import importlib.util
from functools import cache
from typing import Final

PACKAGES: Final = ("numpy", "cv2", "zxingcpp", "pypdfium2", "PIL")


@cache
def is_available() -> bool:
    """Whether the packages that read scans are installed; without them two ways to count remain."""
    return all(importlib.util.find_spec(name) is not None for name in PACKAGES)

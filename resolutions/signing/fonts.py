"""The documents' typeface, for what stands in signatures; no typesetting is needed for it."""

from pathlib import Path
from typing import Final

from council import typesetting

FONTS: Final = Path(typesetting.__file__).parent / "fonts"

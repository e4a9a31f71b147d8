"""The map of a ballot paper's boxes, and the digest by which a paper names its map."""

import hashlib
import json
from collections.abc import Mapping
from typing import Final, TypedDict

CONTRACT: Final = "omr-box-map/1"


class MapPage(TypedDict):
    """A side of the sheet and its size in mm."""

    page: int
    width: int
    height: int


class MapBox(TypedDict):
    """A box: x, y is the outer top left corner of its printed outline in mm."""

    page: int
    x: float
    y: float
    w: float
    h: float
    entry: str
    option: str


class BoxMap(TypedDict):
    """What ``map.json`` holds (contract ``omr-box-map/1``)."""

    contract: str
    units: str
    origin: str
    pages: list[MapPage]
    boxes: list[MapBox]


def digest_of(box_map: Mapping[str, object] | BoxMap) -> str:
    """SHA-256 of the map, whether it was just made or read again from JSON."""
    text = json.dumps(box_map, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

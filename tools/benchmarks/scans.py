"""The reader of scanned papers: sides a second of one core, from a file's bytes to answers."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from benchmarks.row import Row, interleaved
from elections.scanning import images
from elections.scanning.reader import read_file
from tests.scanning_kit.papers import printed
from tests.scanning_kit.simulation import scan_of

PAPER = (28, 3)
SEEDS = range(70_000, 70_008)
ASKED = 6.0
"""Sides a second that the project asks for."""


def rows() -> list[Row]:
    """Against what was asked, and against only opening the files."""
    paper = printed(*PAPER)
    with tempfile.TemporaryDirectory() as folder:
        files = scanned(Path(folder))

        def read(file: Path) -> None:
            for _ in read_file(file, paper.box_map, paper.style):
                pass

        def opened(file: Path) -> None:
            for _ in images.pages(file):
                pass

        ours, ceiling = interleaved(lambda: speed(files, read), lambda: speed(files, opened))
    unit = "sides/s"
    return [
        Row("scan.read", ours, ASKED, unit, "higher", 1.0),
        Row("scan.read_against_opening", ours, ceiling, unit, "higher", 0.1),
    ]


def scanned(folder: Path) -> list[Path]:
    """Marked papers as JPEG files of whatever resolution the simulated scanner has."""
    files = []
    for seed in SEEDS:
        for scan in scan_of(seed, "normal", PAPER):
            files.append(folder / f"{seed}-{scan.page}.jpg")
            Image.fromarray(scan.image).save(files[-1], quality=80)
    return files


def speed(files: list[Path], work: Callable[[Path], None]) -> float:
    """Files a second of processor time, so that other programs do not count."""
    started = time.process_time()
    for file in files:
        work(file)
    return len(files) / (time.process_time() - started)

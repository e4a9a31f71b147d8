"""Papers of a poll, printed by us, marked with a pen and put through an imagined scanner."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from council.services import jobs
from elections.models import Poll, ScanRun
from elections.queries import scans as queries
from elections.rules import polls as kinds
from elections.rules.papers import BLANK, OVER
from elections.services import counting, files, polls, scan_people, scan_runs, scan_uploads
from tests.elections import paper_stage
from tests.elections.stage import Stage, approved, confidence, elect_committee
from tests.elections.stage import counting as closed
from tests.scanning_kit import scanners
from tests.scanning_kit.simulation import squeezed

DPI = 200


@dataclass(frozen=True)
class Form:
    """The sides of a poll's paper, not yet marked."""

    pages: tuple[Any, ...]
    box_map: Any
    dpi: int = DPI

    @property
    def mm(self) -> float:
        """Pixels a millimetre."""
        return self.dpi / 25.4


def form_of(poll: Poll, *, dpi: int = DPI) -> Form:
    """What the printer makes of the poll's paper."""
    made = files.make_ballot(poll.pk)
    with made.file.open("rb") as file:
        pdf = file.read()
    return drawn(pdf, json.dumps(made.box_map), dpi)


@cache
def drawn(pdf: bytes, map_text: str, dpi: int) -> Form:
    """The sides as grey images."""
    box_map = json.loads(map_text)
    document, pages = pdfium.PdfDocument(pdf), []
    for number in range(len(document)):
        image = document[number].render(scale=dpi / 72, grayscale=True).to_numpy()
        page = np.array(image).reshape(image.shape[:2])
        pages.append(page)
    return Form(tuple(pages), box_map, dpi)


def paper(
    form: Form,
    marks: Mapping[str, str],
    *,
    seed: int,
    scanner: Callable[[Any, Any], Any] | None = None,
) -> list[Any]:
    """The sides of one voter's paper: an X in each box that `marks` names, by a hand of its own."""
    chance = np.random.default_rng(seed)
    sides = [page.copy() for page in form.pages]
    options = list(dict.fromkeys(box["option"] for box in form.box_map["boxes"]))
    for box in form.box_map["boxes"]:
        mark = marks[box["entry"]]
        two = mark == OVER and box["option"] in options[:2]
        if mark == box["option"] or two:
            cross(chance, sides[box["page"] - 1], box, form.mm)
        elif mark == "@faint" and box["option"] == options[0]:
            dot(chance, sides[box["page"] - 1], box, form.mm)
    return [(scanner or worn)(chance, side) for side in sides]


def cross(chance: Any, page: Any, box: Mapping[str, float], mm: float) -> None:
    """Two strokes of a ballpoint."""
    x, y = (box["x"] + box["w"] / 2) * mm, (box["y"] + box["h"] / 2) * mm
    for slope in (1, -1):
        dx = chance.uniform(1.3, 2.0) * mm
        dy = slope * chance.uniform(1.2, 1.8) * mm
        shift = chance.uniform(-0.6, 0.6, 2) * mm
        start, end = (x - dx + shift[0], y - dy), (x + dx, y + dy + shift[1])
        cv2.line(
            page, tuple(map(int, start)), tuple(map(int, end)), 40, round(0.5 * mm), cv2.LINE_AA
        )


def dot(chance: Any, page: Any, box: Mapping[str, float], mm: float) -> None:
    """The pen rested in the box: neither a mark nor nothing."""
    x, y = (box["x"] + box["w"] / 2) * mm, (box["y"] + box["h"] / 2) * mm
    length = chance.uniform(1.1, 1.3) * mm
    cv2.line(
        page,
        (int(x), int(y)),
        (int(x + length), int(y + length / 3)),
        60,
        round(0.6 * mm),
        cv2.LINE_AA,
    )


def worn(chance: Any, page: Any) -> Any:
    """A little skew and noise of the scanner, and JPEG."""
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), chance.uniform(-0.6, 0.6), 1)
    moved = cv2.warpAffine(page, turn, (width, height), borderValue=250)
    noisy = np.clip(moved + chance.normal(0, 3, moved.shape), 0, 255).astype(np.uint8)
    packed = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 80])[1]
    return cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)


def degraded(chance: Any, page: Any) -> Any:
    """Through an imagined scanner of `tests.scanning_kit`; the page is drawn at its dpi."""
    luck = scanners.wear(chance, "normal")
    return squeezed(scanners.scanned(chance, page, None, luck), luck.jpeg)


def scanned_again(side: Any, *, seed: int) -> Any:
    """The same paper through the scanner once more."""
    return worn(np.random.default_rng(seed), side)


def pdf_of(sides: Sequence[Any], name: str = "scan.pdf") -> SimpleUploadedFile:
    """What a scanner with a feeder writes."""
    images = [Image.fromarray(side) for side in sides]
    content = io.BytesIO()
    images[0].save(
        content, "PDF", save_all=True, append_images=images[1:], resolution=DPI, quality=85
    )
    return SimpleUploadedFile(name, content.getvalue(), "application/pdf")


def png_of(side: Any, name: str = "scan.png") -> SimpleUploadedFile:
    """One page as a picture."""
    content = io.BytesIO()
    Image.fromarray(side).save(content, "PNG", dpi=(DPI, DPI))
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def heap_of(poll: Poll, size: int, *, seed: int = 5) -> list[dict[str, str]]:
    """Marks of so many papers; every kind among them, none in doubt."""
    chance = np.random.default_rng(seed)
    options = [*kinds.options_of(poll.kind), BLANK, OVER]
    shares = [0.6, 0.22, 0.1, 0.05, 0.03] if len(options) == 5 else [0.8, 0.1, 0.06, 0.04]
    entries = list(poll.entries.filter(withdrawn_at=None).values_list("code", flat=True))
    return [{code: str(chance.choice(options, p=shares)) for code in entries} for _ in range(size)]


def scanning(stage: Stage, poll: Poll | None = None, *, returned: int) -> Poll:
    """A poll whose box is closed, to be counted by scanning, with its account."""
    poll = closed(stage, poll or confidence(stage))
    poll = counting.choose(poll, way="scans", by=stage.user("counter1"))
    paper_stage.account(stage, poll, returned=returned)
    return poll


def printed(stage: Stage, poll: Poll) -> Poll:
    """The list approved, a committee elected, papers printed, the voting not open."""
    poll = approved(stage, poll)
    elect_committee(stage)
    polls.print_ballots(poll, printed=40, by=stage.user("clerk"))
    poll.refresh_from_db()
    return poll


def started(
    stage: Stage, poll: Poll, *, mode: str = "official", is_strict: bool = False
) -> ScanRun:
    """A run that takes files."""
    files.make_ballot(poll.pk)
    return scan_runs.start(poll, mode=mode, is_strict=is_strict, by=stage.user("counter1"))


def settled(stage: Stage, run: ScanRun, uploads: Sequence[Any]) -> ScanRun:
    """Everything in and read, the pile written down."""
    scan_uploads.add(run, files=uploads, by=stage.user("counter1"))
    jobs.run_due()
    scan_runs.finish(run, by=stage.user("counter1"))
    jobs.run_due()
    run.refresh_from_db()
    return run


def sampled(stage: Stage, run: ScanRun) -> None:
    """Draw a sample: of a pile this small, every row."""
    rows = queries.pile_of(run).by_machine
    size = queries.smallest_sample(run.poll, len(rows))
    scan_people.draw_sample(run, seed="2615", size=size, by=stage.user("counter1"))


def answered(
    stage: Stage, run: ScanRun, *, changes: Mapping[str, str] | None = None, wrong: str = ""
) -> None:
    """Two people answer every row that waits: what the machine saw, or what `changes` says.

    Args:
        changes: entry code → answer of both.
        wrong: the second person's answer instead, to differ from the first.
    """
    for name in ("counter1", "counter2"):
        user = stage.user(name)
        while (row := queries.pile_of(run).next_for(user.pk)) is not None:
            said = row.sheet.marks[row.task.entry_code]
            said = (changes or {}).get(row.task.entry_code, BLANK if said == "@review" else said)
            scan_people.answer(
                run, key=row.task.key, answer=wrong if wrong and name == "counter2" else said,
                by=user,
            )  # fmt: skip

"""Printed papers of any size, drawn at the scanner's resolution."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np
import pypdfium2 as pdfium

from elections.scanning import geometry
from elections.scanning.readings import Style
from elections.typesetting import ballot
from tests.scanning_kit.scanners import DPI

CREATED = datetime(2026, 1, 1, tzinfo=UTC)
POSTS = (
    "Chủ tịch Hội đồng nhân dân tỉnh",
    "Phó Chủ tịch Hội đồng nhân dân tỉnh",
    "Ủy viên Ủy ban nhân dân tỉnh, Giám đốc Sở Nông nghiệp và Môi trường",
    "Trưởng Ban Kinh tế - Ngân sách",
)
NAMES = ("Nguyễn Văn An", "Trần Thị Bích Ngọc", "Lê Hoàng Minh Quân", "Phạm Thu Hà")


@dataclass(frozen=True)
class Printed:
    """A paper's sides as grey images at `DPI`, with its map and style."""

    pages: tuple[np.ndarray, ...]
    box_map: Any
    style: Style
    pdf: bytes


@cache
def printed(entries: int, options: int, poll: int = 7) -> Printed:
    """A paper of so many rows and columns."""
    kinds = {2: "election", 3: "confidence"}
    labels = [("high", "Tín nhiệm cao"), ("middle", "Tín nhiệm"), ("low", "Tín nhiệm thấp")]
    sheet = ballot.BallotSheet(
        poll=poll,
        kind=kinds[options],
        council_name_lines=["HỘI ĐỒNG NHÂN DÂN", "TỈNH MẪU", "KHÓA XX"],
        title="PHIẾU LẤY PHIẾU TÍN NHIỆM",
        subject="đối với người giữ chức vụ do Hội đồng nhân dân bầu, nhiệm kỳ 2021 - 2026",
        session_line="Kỳ họp thứ 13, ngày 12 tháng 12 năm 2023",
        entries=[
            ballot.BallotEntry(f"c{n + 1:02d}", NAMES[n % 4], POSTS[n % 4]) for n in range(entries)
        ],
        options=[ballot.BallotOption(code, label) for code, label in labels[:options]],
        instructions=["Mỗi dòng đánh dấu X vào một ô.", "Không viết thêm vào phiếu."],
    )
    paper = ballot.typeset(sheet, created=CREATED)
    document = pdfium.PdfDocument(paper.pdf)
    pages = []
    for number in range(len(document)):
        image = document[number].render(scale=DPI / 72, grayscale=True).to_numpy()
        page = np.array(image).reshape(image.shape[:2])
        pages.append(page)
    return Printed(tuple(pages), paper.box_map, geometry.style_of(poll, paper.box_map), paper.pdf)

"""Printed papers of any size, drawn at the scanner's resolution."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
import zxingcpp

from elections.scanning import geometry
from elections.scanning.readings import Style
from elections.typesetting import ballot
from tests.scanning_kit.scanners import DPI, MM

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
    digest = geometry.digest_of(paper.box_map)[:8]
    document = pdfium.PdfDocument(paper.pdf)
    pages = []
    for number in range(len(document)):
        image = document[number].render(scale=DPI / 72, grayscale=True).to_numpy()
        page = np.array(image).reshape(image.shape[:2])
        for corner, (x, y) in geometry.CODE_CENTRES.items():
            text = f"N1{number + 1}{corner}{digest.upper()}{poll}"
            stamp(page, text, x, y, geometry.CODE_SIZES[corner])
        pages.append(page)
    return Printed(tuple(pages), paper.box_map, Style(poll, digest), paper.pdf)


def stamp(page, text, x, y, mm):
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = np.array(code.to_image(scale=1, add_quiet_zones=False))
    size = round(mm * MM)
    image = cv2.resize(image, (size, size), interpolation=cv2.INTER_NEAREST)
    left, top = round(x * MM - size / 2), round(y * MM - size / 2)
    page[top - 24 : top + size + 24, left - 24 : left + size + 24] = 255
    page[top : top + size, left : left + size] = image

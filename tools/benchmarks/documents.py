"""A resolution through the whole renderer, against typst given the same words without a layout."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import typst

from benchmarks.row import Row, interleaved
from council.typesetting.compile import FONTS
from resolutions.rules import blocks, parsing
from resolutions.rules.layout import ArticleText
from resolutions.typesetting.resolution import ResolutionSheet, typeset

COUNT = 40
CREATED = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = (
    "Kỳ họp đã tiến hành lấy phiếu tín nhiệm đối với người giữ chức vụ do Hội đồng nhân dân bầu "
    "bảo đảm nghiêm túc, đúng nội dung, quy trình, thủ tục theo quy định của pháp luật. "
)
PARAGRAPHS = 14  # with the frame of the layout about two pages


def rows() -> list[Row]:
    """Documents a second on one core."""
    ours, ceiling = interleaved(whole_renderer, bare_typst)
    return [Row("document.resolution", ours, ceiling, "documents/s", "higher", 0.3)]


def paragraphs(seed: int) -> list[str]:
    """Text that differs each time, so that no compiler remembers it."""
    return [f"{seed}.{number}. {WORDS}{seed * number}" for number in range(PARAGRAPHS)]


def per_second(make: Callable[[int], bytes]) -> float:
    """How many documents a second, after a warm-up."""
    make(0)
    started = time.perf_counter()
    seed = time.perf_counter_ns()
    for number in range(COUNT):
        make(seed + number)
    return COUNT / (time.perf_counter() - started)


def whole_renderer() -> float:
    """As the product does it: frozen data to tagged PDF/A-2a in the layout of Decree 30/2020."""

    def make(seed: int) -> bytes:
        sheet = ResolutionSheet(
            council_name_lines=["HỘI ĐỒNG NHÂN DÂN", "TỈNH MẪU"],
            symbol_number=f"{seed}/NQ-HĐND",
            place="Mẫu",
            dated=date(2026, 1, 1),
            title="Xác nhận kết quả lấy phiếu tín nhiệm",
            authority_lines=["HỘI ĐỒNG NHÂN DÂN TỈNH MẪU", "KHÓA XX, KỲ HỌP THỨ 13"],
            bases=["Căn cứ Luật Tổ chức chính quyền địa phương;"],
            blocks=blocks.blocks_of(parsing.body_of([ArticleText("", tuple(paragraphs(seed)))])),
            closing="Nghị quyết này đã được Hội đồng nhân dân tỉnh Mẫu thông qua.",
            recipients=["Lưu: VT"],
            signatory_posts=["CHỦ TỊCH"],
            signatory_name="Nguyễn Văn Mẫu",
        )
        return typeset(sheet, created=CREATED)

    return per_second(make)


def bare_typst() -> float:
    """The engine itself: the same words, a compiler and fonts kept, untagged PDF."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    compiler = typst.Compiler(root=Path("/"), font_paths=fonts, ignore_system_fonts=True)

    def make(seed: int) -> bytes:
        text = '#set text(font: "Tinos", size: 14pt)\n' + "\n\n".join(paragraphs(seed))
        made = compiler.compile(input=text.encode(), format="pdf")
        return made if isinstance(made, bytes) else b""

    return per_second(make)

"""How many two-page resolutions one core typesets in a second: PDF/A-2a, tagged, all distinct.

Run from the project's root: ``python -m tools.bench_typesetting [count]``.
"""

import json
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime

from resolutions.rules import blocks, parsing
from resolutions.rules.layout import ArticleText
from resolutions.typesetting import resolution
from resolutions.typesetting.resolution import ResolutionSheet

MOMENT = datetime(2023, 12, 12, 9, 0, tzinfo=UTC)
PARAGRAPH = (
    "Ủy ban nhân dân tổ chức thực hiện nghị quyết này; Thường trực Hội đồng nhân dân, các Ban, "
    "các Tổ đại biểu và đại biểu Hội đồng nhân dân giám sát việc thực hiện theo quy định."
)
SHEET = ResolutionSheet(
    council_name_lines=["HỘI ĐỒNG NHÂN DÂN", "TỈNH MẪU"],
    symbol_number="…/NQ-HĐND",
    place="Tỉnh Mẫu",
    dated=date(2023, 12, 12),
    title="Về một nội dung mẫu để đo tốc độ dàn trang",
    authority_lines=["HỘI ĐỒNG NHÂN DÂN TỈNH MẪU", "KHÓA I, KỲ HỌP THỨ 1"],
    bases=[PARAGRAPH] * 3,
    blocks=blocks.blocks_of(parsing.body_of([ArticleText("Nội dung", (PARAGRAPH,) * 3)] * 3)),
    closing="Nghị quyết này được Hội đồng nhân dân tỉnh thông qua",
    recipients=["Ủy ban nhân dân tỉnh", "Lưu: VT"],
    signatory_posts=["CHỦ TỊCH"],
    signatory_name="Nguyễn Văn Mẫu",
)


def resolutions_a_second(count: int) -> float:
    """Typeset `count` resolutions with different numbers; the first one warms up uncounted."""
    resolution.typeset(SHEET, created=MOMENT)
    started = time.process_time()
    for number in range(count):
        numbered = replace(SHEET, symbol_number=f"{number}/NQ-HĐND")
        resolution.typeset(numbered, created=MOMENT)
    return count / (time.process_time() - started)


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(json.dumps({"resolutions_a_second_a_core": round(resolutions_a_second(wanted), 1)}))

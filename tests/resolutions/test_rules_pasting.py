"""From Word's clipboard to the tree: structure kept, rubbish dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolutions.rules import blocks, editing, pasting
from resolutions.rules.document import NodeKind
from resolutions.rules.pasting import Pasted
from tests.resolutions.word_samples import PLAIN, WHOLE, WORD

pytestmark = pytest.mark.pure
K = NodeKind


def shape(pasted: Pasted) -> list[tuple[str, int]]:
    return [(row.kind.value, row.depth) for row in editing.rows_of(pasted.nodes)]


def words(pasted: Pasted) -> list[str]:
    return [block.words for block in blocks.blocks_of(pasting.body_of(pasted, next_key=1))]


def test_word_lists_points_bullets_and_tables_become_pieces() -> None:
    pasted = pasting.read(pasting.from_html(WORD))
    assert pasted.is_whole
    assert shape(pasted) == [
        ("article", 0), ("paragraph", 1), ("clause", 1), ("point", 2), ("point", 2), ("dash", 3),
        ("clause", 1), ("table", 2), ("article", 0), ("paragraph", 1),
    ]  # fmt: skip
    said = words(pasted)
    assert said[0] == "Điều 1. Phê duyệt dự toán ngân sách năm 2027 như sau:"
    assert "b) Thu từ đất:" in said
    assert "- Tiền sử dụng đất;" in said
    assert "STT Chỉ tiêu Số tiền 1 Thu 34.550" in said
    for rubbish in ("alert", "mso", "Normal", "font-family"):
        assert rubbish not in " ".join(said)


def test_a_whole_resolution_brings_title_bases_closing_recipients_and_annex() -> None:
    pasted = pasting.read(pasting.from_html(WHOLE))
    assert pasted.title == "Về dự toán ngân sách năm 2027 (văn bản bịa để thử)"
    assert len(pasted.bases) == 2
    assert pasted.closing.endswith("năm 2026./.")
    assert pasted.recipients == ("Như Điều 2", "Lưu: VT")
    assert [kind for kind, depth in shape(pasted) if depth == 0] == ["chapter", "chapter", "annex"]
    said = words(pasted)
    assert "1. Thu" in said
    assert "b) Đất;" in said
    assert not any("CỘNG HÒA" in line or "CHỦ TỊCH" in line for line in said)


def test_plain_text_in_the_middle_of_an_article_is_numbered_anew() -> None:
    pasted = pasting.read(pasting.from_plain(PLAIN))
    assert not pasted.is_whole
    assert [kind for kind, _depth in shape(pasted)] == [
        "clause", "point", "point", "clause", "table", "paragraph",
    ]  # fmt: skip


def test_points_that_start_with_dd_are_points() -> None:
    pasted = pasting.read(pasting.from_plain("đ) Một;\ne) Hai."))
    assert words(pasted) == ["a) Một;", "b) Hai."]


@given(st.text(max_size=300))
def test_any_clipboard_is_read(pasted: str) -> None:
    for source in (pasting.from_html(pasted), pasting.from_plain(pasted)):
        found = pasting.read(source)
        body = pasting.body_of(found, next_key=7)
        assert all(row.key for row in editing.rows_of(body.nodes))


@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<table>", "<tr>", "<td colspan=99>", "</table>", "<ol>", "<li>", "</ol>", "a)",
     "1. x", "<script>", "Điều 1.", "Chương I", "<!--", "<br>", "<div>", "\ue0007\ue000", "\x00"]
), max_size=40))  # fmt: skip
def test_broken_html_is_read(parts: list[str]) -> None:
    pasted = pasting.read(pasting.from_html(" ".join(parts)))
    assert "\x00" not in " ".join(row.text for row in editing.rows_of(pasted.nodes))


def test_deep_nesting_ends() -> None:
    assert pasting.from_html("<div>" * 3000 + "x" + "</div>" * 3000).lines in ((), ("x",))

"""Names in an archive: whatever people write becomes a name that Windows takes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.rules.archive_names import PART_MAX, Names, file_name, safe_part

FORBIDDEN = set('<>:"/\\|?*')
RESERVED = {"con", "prn", "aux", "nul", "com1", "lpt9"}


@given(st.text(max_size=300))
def test_any_words_become_one_safe_part(words: str) -> None:
    name = safe_part(words)
    assert 0 < len(name) <= PART_MAX + 1
    assert not FORBIDDEN & set(name)
    assert not any(unicodedata.category(sign).startswith("C") for sign in name)
    assert name == unicodedata.normalize("NFC", name)
    assert name.rstrip(" .") == name == name.lstrip()
    assert name.split(".")[0].lower() not in RESERVED


@given(st.text(max_size=200), st.text(max_size=20))
def test_an_extension_is_short_and_plain(words: str, extension: str) -> None:
    name = file_name(words, extension)
    ending = name.rpartition(".")[2] if any(c.isascii() and c.isalnum() for c in extension) else ""
    assert len(ending) <= 8 or "." not in name
    assert not FORBIDDEN & set(name)


@given(st.lists(st.sampled_from(["a/B.pdf", "A/b.pdf", "a/b (2).pdf", "c", "C", "x.y/z"])))
def test_no_name_is_given_twice_for_who_sees_no_case(wanted: list[str]) -> None:
    names = Names()
    given_out = [names.take(one).casefold() for one in wanted]
    assert len(set(given_out)) == len(given_out)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Báo cáo 394/BC-UBND", "Báo cáo 394-BC-UBND"),
        ("CON", "CON_"),
        ("nul.txt", "nul.txt_"),
        ("  Tờ\ttrình:  \n“Về ngân sách”.  ", "Tờ trình- “Về ngân sách”"),
        ("\u202egpj.exe", "gpj.exe"),
        ("", "tai-lieu"),
        ("...", "tai-lieu"),
        (unicodedata.normalize("NFD", "Nghị quyết"), "Nghị quyết"),
    ],
)
def test_vietnamese_stays_vietnamese(words: str, name: str) -> None:
    assert safe_part(words) == name


def test_a_long_title_is_cut_between_words() -> None:
    name = safe_part("Báo cáo tình hình kinh tế – xã hội " * 5)
    assert len(name) <= PART_MAX
    assert name.endswith("…")
    assert "  " not in name

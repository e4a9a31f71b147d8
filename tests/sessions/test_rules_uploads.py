"""Names, sizes and types of uploaded files."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.refusals import Refusal
from sessions.rules import uploads
from tests.sessions.desk import refusal_of


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("báo cáo.pdf", "báo cáo.pdf"),
        (unicodedata.normalize("NFD", "Tờ trình số 5.docx"), "Tờ trình số 5.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\bao-cao.pdf", "bao-cao.pdf"),
        ("hoa\u202efdp.exe", "hoafdp.exe"),
        ("a\x00b\x1f\n.pdf", "ab.pdf"),
        ('bảng <1>: "chi" ?.xlsx', "bảng 1 chi.xlsx"),
        (".pdf", "tai-lieu.pdf"),
        ("", "tai-lieu"),
        ("...", "tai-lieu."),
    ],
)
def test_names_keep_their_words_and_lose_what_deceives(raw: str, kept: str) -> None:
    assert uploads.safe_name(raw) == kept


@given(st.text(max_size=400))
def test_no_name_is_a_path_hidden_or_endless(raw: str) -> None:
    name = uploads.safe_name(raw)
    assert 0 < len(name) <= uploads.NAME_MAX
    assert not set(name) & set('/\\<>:"|?*')
    assert all(unicodedata.category(sign)[0] != "C" for sign in name)
    assert unicodedata.is_normalized("NFC", name)


def test_a_long_name_keeps_its_extension() -> None:
    name = uploads.safe_name("dài " * 100 + ".pdf")
    assert len(name) <= 200
    assert name.endswith(".pdf")


def test_empty_and_too_large_are_told_with_their_figures() -> None:
    assert refusal_of(uploads.check_size, 0, 100).code == "upload.empty"
    refusal = refusal_of(uploads.check_size, 209_715_200, 104_857_600)
    assert refusal.code == "upload.too_large"
    assert "200 MB" in str(refusal)
    assert "100 MB" in str(refusal)
    uploads.check_size(100, 100)


@pytest.mark.parametrize("name", ["virus.exe", "trang.html", "hình.svg", "bao-cao.pdf.html", "x"])
def test_other_types_are_refused_with_those_that_are_taken(name: str) -> None:
    refusal = refusal_of(uploads.type_by_name, name)
    assert refusal.code == "upload.type_not_allowed"
    assert "PDF" in str(refusal)


def test_jpg_and_jpeg_are_one_type() -> None:
    assert uploads.type_by_name("A.JPG") is uploads.type_by_name("a.jpeg")


def test_a_lying_name_is_told_what_the_file_is() -> None:
    with pytest.raises(Refusal) as caught:
        uploads.check_agrees(uploads.PDF, uploads.DOCX)
    assert caught.value.code == "upload.lies"
    assert "Word" in str(caught.value)
    assert "không phải PDF" in str(refusal_of(uploads.check_agrees, uploads.PDF, None))

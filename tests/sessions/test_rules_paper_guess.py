"""Kind, number, day, issuer and abstract, guessed from names and first pages (made up)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.models import DocumentKind
from sessions.rules import paper_guess, paper_words

PAGE = """ỦY BAN NHÂN DÂN
QUẬN MẪU
Số: 197/TTr-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Mẫu, ngày 05 tháng 12 năm 2023
TỜ TRÌNH
Về việc phân bổ dự toán ngân sách năm 2024
Kính gửi: Hội đồng nhân dân quận Mẫu
Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015
"""


def test_the_first_page_says_it_all() -> None:
    assert paper_guess.guess("scan0001.pdf", PAGE) == paper_guess.Guess(
        kind="submission", title="Tờ trình về việc phân bổ dự toán ngân sách năm 2024",
        number="197/TTr-UBND", issued_on=date(2023, 12, 5), issuer="UBND quận Mẫu",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind", "number", "day", "title"),
    [
        ("Tờ trình số 197_TTr-UBND ngày 05-12-2023 về phân bổ ngân sách.pdf", "submission",
         "197/TTr-UBND", date(2023, 12, 5), "Tờ trình về phân bổ ngân sách"),
        ("197-ttr-ubnd.pdf", "submission", "197/TTr-UBND", None, "197-ttr-ubnd"),
        ("03_Báo cáo thẩm tra Ban KTXH.docx", "verification_report", "", None,
         "Báo cáo thẩm tra Ban KTXH"),
        ("12. Dự thảo Nghị quyết về đầu tư công.docx", "draft_resolution", "", None,
         "Dự thảo Nghị quyết về đầu tư công"),
        ("BC 394_BC-UBND 2023-12-01.pdf", "report", "394/BC-UBND", date(2023, 12, 1),
         "BC 2023-12-01"),
        ("Phụ lục 1 biểu thu.xlsx", "annex", "", None, "Phụ lục 1 biểu thu"),
        ("IMG_2023.jpg", "other", "", None, "IMG 2023"),
    ],
)  # fmt: skip
def test_names_follow_habits(
    name: str, kind: str, number: str, day: date | None, title: str
) -> None:
    found = paper_guess.guess(name, "")
    assert (found.kind, found.number, found.issued_on, found.title) == (kind, number, day, title)


@given(st.text(max_size=300), st.text(max_size=2000))
def test_any_name_and_page_gives_what_the_form_takes(name: str, page: str) -> None:
    found = paper_guess.guess(name, page)
    assert found.kind in DocumentKind.values
    assert len(found.title) <= paper_guess.TITLE_MAX
    assert len(found.number) <= paper_guess.NUMBER_MAX
    assert len(found.issuer) <= paper_guess.ISSUER_MAX


@given(st.text(max_size=500))
def test_words_are_stored_without_what_the_database_refuses(page: str) -> None:
    kept = paper_words.clean(page)
    kept.encode("utf-8")
    assert "\x00" not in kept
    assert paper_words.clean(kept) == kept


def test_folded_words_forgive_marks() -> None:
    assert paper_words.folded(["Phó Chủ tịch\nHà Đông", None, "Nghị quyết"]) == (
        "pho chu tich ha dong nghi quyet"
    )


@pytest.mark.parametrize(("page", "is_scanned"), [("", True), ("- 3 -", True), (PAGE, False)])
def test_a_page_without_letters_is_a_picture(page: str, *, is_scanned: bool) -> None:
    assert paper_words.is_scanned(page) is is_scanned

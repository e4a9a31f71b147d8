"""To which item a file belongs: clear cases are guessed, doubtful ones are left to the clerk."""

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sessions.rules import item_guess
from sessions.rules.item_guess import By, Candidate, ItemGuess

AGENDA = [
    Candidate(1, "1", "Khai mạc kỳ họp"),
    Candidate(2, "2", "Báo cáo tình hình kinh tế - xã hội năm 2026, nhiệm vụ năm 2027"),
    Candidate(3, "3", "Dự toán ngân sách nhà nước năm 2027"),
    Candidate(31, "3.1", "Tờ trình của UBND về dự toán ngân sách năm 2027"),
    Candidate(32, "3.2", "Báo cáo thẩm tra về dự toán ngân sách năm 2027"),
    Candidate(4, "4", "Kế hoạch đầu tư công năm 2027 (Tờ trình số 25/TTr-UBND)"),
    Candidate(5, "5", "Báo cáo kết quả giải quyết kiến nghị cử tri"),
    Candidate(7, "7", "Báo cáo công tác của Tòa án nhân dân"),
    Candidate(8, "8", "Báo cáo công tác của Viện kiểm sát nhân dân"),
]


def guessed(filename: str, title: str = "", number: str = "") -> ItemGuess | None:
    return item_guess.guess(AGENDA, filename=filename, title=title, number=number)


@pytest.mark.parametrize(
    ("filename", "title", "number", "item", "by"),
    [
        ("3.1. To trinh.pdf", "", "", 31, By.LABEL),
        ("Mục 4 - TTr dau tu cong.docx", "", "", 4, By.LABEL),
        ("ND_3.2 tham tra.pdf", "", "", 32, By.LABEL),
        ("25.pdf", "Về việc khác hẳn", "25/TTr-UBND", 4, By.NUMBER),
        ("scan001.pdf", "Báo cáo tình hình kinh tế - xã hội năm 2026", "", 2, By.TITLE),
        ("BC TAND.pdf", "Báo cáo công tác của Tòa án nhân dân tỉnh", "", 7, By.TITLE),
        ("ke hoach dau tu cong 2027.docx", "", "", 4, By.TITLE),
        ("05. Báo cáo giải quyết kiến nghị cử tri.pdf", "", "", 5, By.TITLE),
    ],
)  # fmt: skip
def test_clear_cases_are_guessed(filename, title, number, item, by):
    assert guessed(filename, title, number) == ItemGuess(item, by)


@pytest.mark.parametrize(
    "filename",
    [
        "Báo cáo.pdf", "Phụ lục biểu.xlsx", "12.05.2026 bien ban.pdf", "IMG_2026.jpg",
        "Báo cáo công tác.pdf", "9.9. Không có nội dung này.pdf", "5.pdf", "",
    ],
)  # fmt: skip
def test_doubtful_ones_are_left_to_the_clerk(filename):
    assert guessed(filename) is None


SYLLABLES = ["cầu", "đường", "trường", "trạm", "nước", "điện", "rừng", "biển", "thuế", "phí"]
WORDS = st.lists(
    st.sampled_from(SYLLABLES),
    min_size=3, max_size=5, unique=True,
)  # fmt: skip
TITLES = st.lists(WORDS.map(" ".join), min_size=1, max_size=6, unique=True)


def listed(titles: list[str]) -> list[Candidate]:
    return [Candidate(place * 10, str(place), title) for place, title in enumerate(titles, 1)]


@given(TITLES, st.text(max_size=40), st.text(max_size=40), st.text(max_size=20))
def test_a_guess_is_one_of_the_items_or_none(titles, filename, title, number):
    items = listed(titles)
    found = item_guess.guess(items, filename=filename, title=title, number=number)
    assert found is None or found.item in {one.item for one in items}


@given(TITLES, WORDS, st.randoms(use_true_random=False))
def test_the_order_of_the_items_does_not_matter(titles, words, shuffled: random.Random):
    items, other = listed(titles), listed(titles)
    shuffled.shuffle(other)
    said = {"filename": " ".join(words), "title": "", "number": ""}
    assert item_guess.guess(items, **said) == item_guess.guess(other, **said)


@given(TITLES, st.data())
def test_no_other_item_is_ever_put_before_the_one_whose_very_title_the_file_has(titles, data):
    items = listed(titles)
    meant = data.draw(st.sampled_from(items))
    found = item_guess.guess(items, filename="scan.pdf", title=meant.title, number="")
    assert found is None or found.item == meant.item


@given(TITLES, st.data())
def test_a_title_that_shares_nothing_with_the_others_is_found(titles, data):
    meant = data.draw(st.sampled_from(titles))
    rest = {word for title in titles if title != meant for word in title.split()}
    assume(not rest & set(meant.split()))
    items = listed(titles)
    found = item_guess.guess(items, filename="scan.pdf", title=meant, number="")
    assert found == ItemGuess((titles.index(meant) + 1) * 10, By.TITLE)


@given(TITLES, st.data())
def test_the_number_of_an_item_in_the_name_is_believed(titles, data):
    items = listed(titles)
    meant = data.draw(st.sampled_from(items))
    name = data.draw(st.sampled_from(["Mục {}. x.pdf", "nội dung {}.pdf", "ND{} x.pdf"]))
    found = item_guess.guess(items, filename=name.format(meant.label), title="", number="")
    assert found == ItemGuess(meant.item, By.LABEL)

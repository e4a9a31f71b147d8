"""The list of past sessions as people write it; each row says what is wrong with it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.refusals import Refusal
from resolutions.rules import archive_sessions

HEAD = ["Nhiệm kỳ", "Kỳ họp thứ", "Loại kỳ họp", "Ngày khai mạc", "Ngày bế mạc", "Địa điểm"]


def one(*cells: object) -> archive_sessions.PastSession:
    return archive_sessions.read([HEAD, list(cells)])[0]


def test_a_row_is_understood() -> None:
    found = one("2016-2021", "XIII", "Thường lệ cuối năm", "05/12/2018", "07/12/2018", "Hội trường")
    assert (found.number, found.kind) == (13, "year_end")
    assert (found.opens_on, found.closes_on) == (date(2018, 12, 5), date(2018, 12, 7))
    assert not found.errors + found.doubts


@pytest.mark.parametrize(
    ("typed", "number"), [("13", 13), ("Kỳ họp thứ 4", 4), ("xiv", 14), ("thứ IV", 4)]
)
def test_numbers_are_read_as_people_write_them(typed: str, number: int) -> None:
    assert one("2016-2021", typed, "chuyên đề", "05/12/2018").number == number


def test_what_is_missing_or_wrong_is_told_in_the_row() -> None:
    assert "Thiếu nhiệm kỳ" in one("", "1", "", "05/12/2018").errors[0]
    assert "Số kỳ họp không đọc được" in one("2016-2021", "?", "", "05/12/2018").errors[0]
    assert "Ngày không đọc được" in one("2016-2021", "1", "", "32/12/2018").errors[0]
    backwards = one("2016-2021", "1", "", "05/12/2018", "04/12/2018")
    assert "Ngày bế mạc trước" in backwards.errors[0]
    assert "lấy bằng ngày khai mạc" in one("2016-2021", "1", "bất thường", "05/12/2018").doubts[0]
    assert one("2016-2021", "1", "bất thường", "05/12/2018").kind == "urgent"
    guessed = one("2016-2021", "1", "", "05/07/2018")
    assert guessed.kind == "mid_year"
    assert any("Không rõ loại" in doubt for doubt in guessed.doubts)


def test_the_same_session_twice_is_an_error_of_the_second() -> None:
    rows = [["2016-2021", "1", "", "05/12/2018"], ["2016 - 2021", "I", "", "06/12/2018"]]
    first, second = archive_sessions.read([HEAD, *rows])
    assert not first.errors
    assert "Trùng kỳ họp với dòng 2." in second.errors


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ([], "archive.sessions_empty"),
        ([HEAD], "archive.sessions_empty"),
        ([["Nhiệm kỳ", "Kỳ họp"], ["a", "b"]], "archive.session_columns_missing"),
        ([HEAD, *([["x"]] * 2001)], "archive.sessions_too_long"),
    ],
)
def test_a_table_that_is_none_is_refused(table: list[list[str]], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        archive_sessions.read(table)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "typed", ["2016-2021", "2016 – 2021", "nhiệm kỳ 2016-2021", "khóa XV", "15"]
)
def test_a_term_is_found_by_years_or_number(typed: str) -> None:
    assert archive_sessions.is_term(typed, label="2016-2021", number=15)
    assert not archive_sessions.is_term(typed, label="2021-2026", number=16)


CELLS = st.one_of(st.none(), st.text(max_size=12), st.integers(), st.dates(), st.floats())


@given(st.lists(st.lists(CELLS, max_size=7), max_size=6))
def test_no_table_breaks_the_reader(rows: list[list[object]]) -> None:
    try:
        found = archive_sessions.read([HEAD, *rows])
    except Refusal:
        return
    for row in found:
        assert row.errors or (row.number and row.opens_on and row.closes_on and row.kind)

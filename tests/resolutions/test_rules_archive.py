"""Past resolutions: numbers in many spellings, tolerant headings, files matched to rows."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.refusals import Refusal
from resolutions.rules import archive_match, archive_names, archive_table
from resolutions.rules.archive_names import Written

HEAD = ["STT", "SỐ, KÝ HIỆU", "Ngày ban hành", "trich yeu", "Tệp"]


@pytest.mark.parametrize(
    ("name", "number", "year"),
    [
        ("12-NQ-HDND", 12, None),
        ("NQ 12 2023.pdf", 12, 2023),
        ("12.2023.NQ.HĐND", 12, 2023),
        ("12/2023/NQ-HĐND", 12, 2023),
        ("05/NQ-HĐND", 5, None),
        ("Nghị quyết số 05/2022/NQ-HĐND ngày 7/7/2022.pdf", 5, 2022),
        ("nghi_quyet_7_2019.signed.pdf", 7, 2019),
        ("NQ so 41 ngay 12.12.2018.PDF", 41, None),
        ("NQ12-2023.docx", 12, 2023),
        ("12_NQ_HDND_2021.pdf", 12, 2021),
        ("2021-NQ-12.pdf", 12, None),
        ("NQ-2021-12.pdf", 12, 2021),
        ("0012NQ.pdf", 12, None),
    ],
)
def test_a_number_is_read_from_what_people_write(name: str, number: int, year: int | None) -> None:
    assert archive_names.read(name) == Written(number, year)


@pytest.mark.parametrize("name", ["", "quet", "2023.pdf", "12 13.pdf", "Quyết định", "NQ.pdf", "0"])
def test_what_names_no_single_number_names_none(name: str) -> None:
    assert archive_names.read(name) is None


def test_a_lone_number_is_unsure() -> None:
    assert archive_names.read("scan 12.pdf") == Written(12, None, is_sure=False)


@given(
    st.integers(1, 1900), st.integers(1946, 2100), st.sampled_from(["-", "_", " ", ".", "/"]),
    st.sampled_from(["NQ", "nq", "Nghị quyết", "NGHI QUYET SO"]), st.booleans(),
)  # fmt: skip
def test_every_order_and_separator_gives_the_same_number(
    number: int, year: int, sign: str, word: str, padded: bool
) -> None:
    shown = f"{number:03d}" if padded else str(number)
    for parts in (
        (shown, str(year), word, "HĐND"),
        (word, shown, str(year)),
        (word, str(year), shown),
    ):
        assert archive_names.read(sign.join(parts) + ".pdf") == Written(number, year)


@given(st.text(max_size=60))
def test_no_name_breaks_the_reader(name: str) -> None:
    found = archive_names.read(name)
    assert found is None or 1 <= found.number <= 99_999


def lines(*rows: list[object]) -> tuple[archive_table.ArchiveLine, ...]:
    return archive_table.read([HEAD, *rows]).lines


def test_headings_are_found_in_any_case_and_order_and_the_rest_is_said() -> None:
    found = archive_table.read([HEAD, [1, "12/NQ-HĐND", "05/07/2023", "Về việc mẫu", ""]])
    assert found.columns == ("symbol", "issued_on", "title", "file")
    assert found.ignored == ("STT",)
    line = found.lines[0]
    assert (line.symbol, line.key, line.issued_on) == (
        "12/NQ-HĐND", "2023/individual/12", date(2023, 7, 5),
    )  # fmt: skip
    assert (line.errors, line.doubts) == ([], [])


def test_the_year_inside_makes_it_normative_and_another_year_is_a_doubt() -> None:
    (line,) = lines([1, "3/2022/NQ-HĐND", "05/01/2023", "X", ""])
    assert line.symbol == "03/2023/NQ-HĐND"
    assert line.doubts == ["Năm trong số, ký hiệu (2022) khác năm ban hành."]


def test_each_bad_cell_is_named_and_keeps_only_its_row_out() -> None:
    found = lines(
        [1, "không số", "", "", ""],
        [2, "7/NQ-HĐND", "31/02/2020", "X", ""],
        [3, "8/NQ-HĐND", "01/02/2020", "X", ""],
        [4, "08/NQ-HĐND", "09/09/2020", "Y", ""],
    )
    assert found[0].errors == [
        "Thiếu ngày ban hành.", "Số, ký hiệu không đọc được. Ghi dạng 12/NQ-HĐND.",
        "Thiếu trích yếu.",
    ]  # fmt: skip
    assert found[1].errors == ["Ngày ban hành không đọc được. Ghi dạng 12/03/2015."]
    assert found[2].errors == []
    assert found[3].errors == ["Trùng số với dòng 4."]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ([], "archive.empty"),
        ([HEAD], "archive.empty"),
        ([["Tên"], ["x"]], "archive.columns_missing"),
        ([HEAD] * 20_002, "archive.too_long"),
    ],
)
def test_a_table_that_is_no_list_is_refused(table: list[list[object]], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        archive_table.read(table)
    assert refused.value.code == code


def test_files_go_to_rows_by_name_then_by_number() -> None:
    found = lines(
        [1, "12/NQ-HĐND", "05/07/2023", "A", ""],
        [2, "13/NQ-HĐND", "05/07/2023", "B", "quet 1.pdf"],
        [3, "14/NQ-HĐND", "05/07/2023", "C", "khong co.pdf"],
        [4, "15/NQ-HĐND", "05/07/2023", "D", ""],
        [5, "16/NQ-HĐND", "05/07/2023", "E", ""],
        [6, "17/NQ-HĐND", "05/07/2023", "F", ""],
    )
    paths = [
        "2023/NQ 12 2023.pdf",
        "12-NQ-2022.pdf",
        "a/Quét 1.PDF",
        "NQ 15.pdf",
        "15 NQ.pdf",
        "16.pdf",
    ]
    matched = archive_match.match(found, paths)
    assert matched[2] == archive_match.Match("2023/NQ 12 2023.pdf")
    assert matched[3].path == "a/Quét 1.PDF"
    assert matched[4].error == "Không có tệp “khong co.pdf” trong hồ sơ."
    assert matched[5].error == "Có 2 tệp cùng số này, chọn một: 15 NQ.pdf, NQ 15.pdf."
    assert matched[6] == archive_match.Match("16.pdf", doubt=archive_match.UNSURE)
    assert matched[7].error == archive_match.NONE_FOUND


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(2020, 2022)), max_size=12), st.randoms())
def test_no_file_goes_to_two_rows(pairs: list[tuple[int, int]], random: Any) -> None:
    rows = [
        [n, f"{number}/NQ-HĐND", f"01/02/{year}", "X", ""] for n, (number, year) in enumerate(pairs)
    ]
    if not rows:
        return
    paths = [f"NQ {number} {year}.pdf" for number, year in pairs] + ["NQ 3.pdf"]
    random.shuffle(paths)
    found = archive_match.match(lines(*rows), paths)
    used = [one.path for one in found.values() if one.path]
    assert len(used) == len(set(used))

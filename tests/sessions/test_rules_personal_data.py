"""Personal data is found however it is written; official numbers are left in peace. All made up."""

import unicodedata
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.rules.personal_data import DataKind, bare, find, occurrences

DIGITS = "0123456789"
BEFORE = st.sampled_from(["", "Ông Nguyễn Văn Mẫu, ", "STT 1\t", "(", "Liên hệ: ", "1. ", "– "])
BEHIND = st.sampled_from(["", ".", ", đã nhận.", ")", "\n2. ", " (nhà riêng)", ";"])
SEPARATOR = st.sampled_from(["", " ", ".", "-", "\u00a0"])


def kinds(text: str) -> set[DataKind]:
    return {one.kind for one in find(text)}


def covered(text: str, value: str) -> bool:
    """Whether every letter and digit of the value lies in a find."""
    start = text.index(value)
    inside = {at for one in find(text) for at in range(one.start, one.end)}
    return all(at in inside for at in range(start, start + len(value)) if text[at].isalnum())


def grouped(number: str, sizes: list[int], separator: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return separator.join([*parts, number[at:]] if at < len(number) else parts)


@given(
    BEFORE, BEHIND, SEPARATOR, st.integers(1, 96), st.text(DIGITS, min_size=9, max_size=9),
    st.sampled_from([[12], [3, 3, 3, 3], [4, 4, 4], [3, 9]]),
)  # fmt: skip
def test_a_citizen_number_is_found(before, behind, separator, province, rest, sizes) -> None:
    number = grouped(f"{province:03d}{rest}", sizes, separator)
    assert covered(f"{before}{number}{behind}", number)


@given(
    BEFORE, BEHIND, SEPARATOR, st.sampled_from("35789"), st.text(DIGITS, min_size=8, max_size=8),
    st.sampled_from([[10], [4, 3, 3], [3, 3, 4], [4, 6], [2, 2, 2, 2, 2]]),
)  # fmt: skip
def test_a_mobile_number_is_found(before, behind, separator, network, rest, sizes) -> None:
    number = grouped(f"0{network}{rest}", sizes, separator)
    text = f"{before}{number}{behind}"
    assert covered(text, number)


@given(BEFORE, BEHIND, st.sampled_from("35789"), st.text(DIGITS, min_size=8, max_size=8))
def test_a_number_with_the_country_is_found(before, behind, network, rest) -> None:
    for number in (f"+84{network}{rest}", f"+84 {network}{rest[:2]} {rest[2:5]} {rest[5:]}"):
        assert covered(f"{before}{number}{behind}", number)


@given(
    st.text("abcxyz0189._-+", min_size=1, max_size=20).filter(lambda one: one[0].isalnum()),
    st.sampled_from(["example.org", "ubnd.vi-du.gov.vn", "thu.test"]), BEFORE, BEHIND,
)  # fmt: skip
def test_an_address_of_mail_is_found(name, host, before, behind) -> None:
    assert covered(f"{before}{name}@{host}{behind}", f"{name}@{host}")


@given(
    st.sampled_from(
        [
            "Sinh ngày ", "sinh năm ", "Ngày sinh: ", "Năm sinh\n", "Ngày, tháng, năm sinh: ",
            "(sinh ", "SN ",
        ]
    ),
    st.dates(date(1920, 1, 1), date(2025, 12, 31)),
    st.sampled_from(
        ["{d}/{m}/{y}", "{d:02}.{m:02}.{y}", "{d}-{m}-{y}", "{d} tháng {m} năm {y}", "{y}"]
    ),
)  # fmt: skip
def test_a_birthday_is_found_behind_its_label(label, day, form) -> None:
    value = form.format(d=day.day, m=day.month, y=day.year)
    text = f"Bà Lê Thị Ví Dụ, {label}{value}, trú quán khác"
    assert covered(text, value)
    assert DataKind.BIRTH in kinds(text)


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("Số CMND: 012345678 cấp năm 2010", "012345678", "citizen_id"),
        ("Chứng minh nhân dân số 123 456 789", "123 456 789", "citizen_id"),
        ("Căn cước công dân\n001085012345", "001085012345", "citizen_id"),
        ("Hộ chiếu số C1234567", "C1234567", "citizen_id"),
        ("giấy tờ 145123987, cấp tại", "145123987", "citizen_id"),
        ("Số tài khoản: 1903 4567 8901 2 tại Ngân hàng Mẫu", "1903 4567 8901 2", "bank_account"),
        ("STK 0011002233445", "0011002233445", "bank_account"),
        ("Điện thoại: (024) 3352 1234", "024) 3352 1234", "phone"),
        ("ĐT 02433521234 – máy lẻ 3", "02433521234", "phone"),
        ("Nơi ở hiện nay: Số 12, ngõ 34, phố Mẫu, xã Dụ", "Số 12, ngõ 34, phố Mẫu", "address"),
        ("Nơi thường trú\nThôn 5, xã Mẫu", "Thôn 5, xã Mẫu", "address"),
        ("Hộ khẩu thường trú: P.1204 chung cư Mẫu", "P.1204 chung cư Mẫu", "address"),
        ("hiện trú tại tổ 8, phường Mẫu; nghề nghiệp", "tổ 8, phường Mẫu", "address"),
        ("Nơi ở: Số 1, phố Mẫu,\nxã Ví Dụ\nNghề nghiệp", "Số 1, phố Mẫu,\nxã Ví Dụ", "address"),
        ("điện thoại 0912 345 \n678.", "0912 345 \n678", "phone"),
        ("gửi về số nhà 7B đường Ví Dụ, phường Mẫu.", "số nhà 7B đường Ví Dụ", "address"),
    ],
)  # fmt: skip
def test_what_stands_in_papers_is_found(text: str, value: str, kind: str) -> None:
    assert covered(text, value), find(text)
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết số 12/NQ-HĐND ngày 12/12/2023", "Số: 394/BC-UBND", "Luật số 72/2025/QH15",
        "Nghị quyết số 104/2025/UBTVQH15 ngày 26/9/2025", "34.550 tỷ 889 triệu đồng",
        "3.874.112.000.000 đồng", "thu 25.091.234.567.890 đồng", "số tiền 123456789 đồng",
        "123.456.789", "Kinh phí 912.345.678 đồng", "tăng 11,55% so với cùng kỳ",
        "từ 02.12.2023 đến 15.12.2023", "ngày 05 tháng 02 năm 2024, hồi 08 giờ 00",
        "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020", "khóa XX, nhiệm kỳ 2021 - 2026",
        "dự toán 250000000", "diện tích 123456789 m2", "sinh hoạt năm 2023",
        "Thường trực Hội đồng nhân dân", "Trường tiểu học số 2 phường Mẫu", "Tổ số 3",
        "Điều 12 khoản 3 điểm a", "0,12345678", "tài khoản 111", "kỳ họp thứ 13 năm 2023",
        "khai sinh năm 2023 tăng 5%", "05\n12\n34\n56\n78", "nợ phát sinh năm 2022",
        "học sinh năm 2023", "học sinh năm học 2023",
        "chi phí phát sinh ngày 12/3/2024", "1.234.567.890", "012/2024/QĐ-UBND",
    ],
)  # fmt: skip
def test_official_numbers_amounts_and_dates_are_not_flagged(text: str) -> None:
    assert find(text) == []


@given(st.integers(1, 10**15), st.sampled_from(["đồng", "triệu đồng", "VNĐ", "tỷ đồng"]))
def test_no_amount_of_money_is_flagged(amount: int, unit: str) -> None:
    written = f"{amount:,}".replace(",", ".")
    assert find(f"Tổng thu {written} {unit}, đạt 85,8% dự toán.") == []
    assert find(f"Tổng thu là {amount} {unit}.") == []


@given(
    st.integers(1, 9999), st.sampled_from(["NQ-HĐND", "BC-UBND", "TTr-UBND", "QĐ-TTg"]),
    st.integers(1990, 2040), st.booleans(),
)  # fmt: skip
def test_no_number_of_a_document_is_flagged(number, symbol, year, with_year) -> None:
    written = f"{number:02d}/{year}/{symbol}" if with_year else f"{number:02d}/{symbol}"
    assert find(f"Căn cứ văn bản số {written} ngày 05/{number % 12 + 1}/{year};") == []


@given(st.text(max_size=300))
def test_finds_are_in_order_apart_and_within_the_text(text: str) -> None:
    found = find(unicodedata.normalize("NFC", text))
    assert all(one.start < one.end for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.text(DIGITS, min_size=9, max_size=12), SEPARATOR, SEPARATOR)
def test_a_number_is_met_again_in_another_spelling(number: str, one: str, other: str) -> None:
    wanted, there = grouped(number, [3, 3, 3], one), grouped(number, [4, 4], other)
    text = f"a {there} b"
    assert [text[start:end] for start, end in occurrences(text, wanted)] == [there]
    assert bare(wanted) == bare(there)

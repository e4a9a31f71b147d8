from datetime import date

from council.typesetting import wording


def test_place_and_date_carry_leading_zeros_as_the_decree_says() -> None:
    assert wording.place_and_date("Tân An", date(2026, 2, 5)) == (
        "Tân An, ngày 05 tháng 02 năm 2026"
    )
    assert wording.place_and_date("Hà Đông", date(2023, 12, 12)) == (
        "Hà Đông, ngày 12 tháng 12 năm 2023"
    )


def test_an_unknown_day_leaves_dots() -> None:
    assert wording.place_and_date("Hà Đông", None) == "Hà Đông, ngày … tháng … năm …"


def test_bases_end_with_semicolons_and_the_last_with_a_full_stop() -> None:
    bases = wording.legal_bases(["Căn cứ A", " Căn cứ B;", "", "Căn cứ C,"])
    assert bases == ["Căn cứ A;", "Căn cứ B;", "Căn cứ C."]


def test_recipients_get_dashes_and_stops_once() -> None:
    assert wording.recipients(["Ủy ban nhân dân;", "- Ủy ban nhân dân", "Lưu: VT."]) == [
        "- Ủy ban nhân dân;", "- Ủy ban nhân dân;", "- Lưu: VT.",
    ]  # fmt: skip
    assert wording.recipients([]) == []


def test_the_end_of_a_text_is_marked_once() -> None:
    assert wording.end_of_text("thông qua.") == "thông qua./."
    assert wording.end_of_text("thông qua./. ") == "thông qua./."

"""Names in parts: the order of lists, and names that do not follow the pattern."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules import names
from council.rules.names import PersonName
from council.rules.refusals import Refusal
from council.rules.text import nfc

WORD = st.text(alphabet="aàâbcdđeêghiklmnoôơuưvxyNTĐ'", min_size=1, max_size=12)


def test_family_first_given_last():
    name = names.split_full_name("  Trần Thị  Lương An ")
    assert (name.family, name.middle, name.given) == ("Trần", "Thị Lương", "An")
    assert name.full == "Trần Thị Lương An"


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Giàng A Páo", ("Giàng", "A", "Páo")),
        ("Phạm S", ("Phạm", "", "S")),
        ("Páo", ("", "", "Páo")),
    ],
)
def test_short_names_split_without_inventing_a_part(full, parts):
    name = names.split_full_name(full)
    assert (name.family, name.middle, name.given) == parts
    assert name.full == full


def test_an_override_keeps_the_spelling_and_the_given_name_decides_the_place():
    name = PersonName(family="Niê Kđăm", given="Hà", full_override="Y Thanh Hà Niê Kđăm")
    assert name.full == "Y Thanh Hà Niê Kđăm"
    assert name.search_key == "y thanh ha nie kdam"
    before, after = names.split_full_name("Lê Văn Giang"), names.split_full_name("Lê Văn Hùng")
    assert before.sort_key < name.sort_key < after.sort_key


def test_lists_sort_by_given_then_family_then_middle_name():
    in_order = [
        "Trần Thị Lương An", "Lê Thị Ánh", "Đặng Văn Đào", "Bùi Thị Hà", "Đỗ Văn Hà",
        "Lê Thị Hà", "Lê Văn Hà", "Lê Văn Hạ", "Nguyễn Văn Mẫu",
    ]  # fmt: skip
    backwards = in_order[::-1]
    assert sorted(backwards, key=lambda n: names.split_full_name(n).sort_key) == in_order


def test_a_name_of_nothing_is_refused():
    with pytest.raises(Refusal) as refusal:
        PersonName(family="Trần")
    assert refusal.value.code == "name.empty"
    with pytest.raises(Refusal):
        names.split_full_name(" \t ")


def test_the_longest_key_that_can_be_stored_is_not_exceeded():
    assert len(PersonName(given="ặ " * 200).sort_key) == names.SORT_KEY_MAX


@given(st.lists(WORD, min_size=1, max_size=6))
def test_the_parts_always_join_to_the_name_that_came_in(words):
    full = " ".join(words)
    assert names.split_full_name(full).full == nfc(full)


def test_an_address_is_made_of_the_name_and_is_never_taken_or_empty():
    assert names.free_slug("Trần Thị Lương An", ()) == "tran-thi-luong-an"
    assert names.free_slug("Đỗ Văn Đức", {"do-van-duc", "do-van-duc-2"}) == "do-van-duc-3"
    assert names.free_slug("王小明", {"nguoi"}) == "nguoi-2"
    assert len(names.free_slug("Ê" * 120, ())) <= names.SLUG_MAX

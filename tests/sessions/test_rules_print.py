"""Names in lines, numbers of cards, and the reading of guest lists."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.rules import guests, print_lines
from sessions.rules.print_lines import Addressee

WORD = st.text("abcđêôưNTHƯƠ", min_size=1, max_size=9)
NAMES = st.lists(WORD, min_size=1, max_size=8).map(" ".join)


@given(NAMES)
def test_a_name_keeps_its_words_in_at_most_two_lines_and_no_break_is_better(name: str) -> None:
    lines = print_lines.balanced(name)
    assert " ".join(lines) == name
    assert len(lines) <= 2
    words = name.split()
    if len(lines) == 2:
        best = min(
            max(len(" ".join(words[:n])), len(" ".join(words[n:]))) for n in range(1, len(words))
        )
        assert max(map(len, lines)) == best
    else:
        assert len(words) == 1 or len(name) <= print_lines.SHORT


@given(st.lists(st.one_of(st.none(), st.integers(1, 200)), max_size=60))
def test_no_number_is_printed_twice_and_none_is_missing(seats: list[int | None]) -> None:
    numbers = print_lines.numbers(seats)
    assert len(numbers) == len(seats) == len(set(numbers))
    if None in seats or len(set(seats)) < len(seats):
        assert numbers == list(range(1, len(seats) + 1))
    else:
        assert numbers == seats


def test_an_addressee_is_written_without_gaps() -> None:
    whole = Addressee("ông", "Lê Mẫu", "Giám đốc", "Sở Mẫu", "Số 1")
    assert whole.in_letter == "Ông Lê Mẫu, Giám đốc, Sở Mẫu"
    assert whole.on_cover == ("Ông Lê Mẫu", "Giám đốc", "Sở Mẫu", "Số 1")
    assert Addressee(organisation="Sở Mẫu").in_letter == "Sở Mẫu"
    assert Addressee(organisation="Sở Mẫu").on_cover == ("Sở Mẫu",)


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=20))
def test_each_row_of_a_table_is_read_or_named_as_wrong(rows: list[tuple[str, str]]) -> None:
    found = guests.read([["ten", "Đơn vị"], *map(list, rows)])
    assert [row.line for row in found.rows] == list(range(2, len(rows) + 2))
    good = [row.key for row in found.rows if not row.errors]
    assert len(good) == len(set(good))
    assert set(good) == {guests.key_of(*row) for row in rows}

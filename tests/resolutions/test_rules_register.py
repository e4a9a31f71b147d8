"""The register as a book: every number once, in order, nothing left out."""

from hypothesis import given
from hypothesis import strategies as st

from resolutions.rules import register
from resolutions.rules.register import NumberState, Span

ENTRIES = st.dictionaries(
    st.integers(1, 60), st.sampled_from([NumberState.USED, NumberState.RESERVED, NumberState.VOID])
)


@given(ENTRIES, st.integers(0, 60), st.integers(0, 60))
def test_every_number_stands_in_exactly_one_span_in_ascending_order(entries, opened_after, last):
    found = register.spans(entries, opened_after=opened_after, last=last)
    numbers = [number for span in found for number in range(span.first, span.last + 1)]
    assert numbers == list(range(1, max([last, *entries], default=0) + 1))


@given(ENTRIES, st.integers(0, 60), st.integers(0, 60))
def test_a_number_keeps_its_state_and_one_without_an_entry_is_on_paper_or_missing(
    entries, opened_after, last
):
    for span in register.spans(entries, opened_after=opened_after, last=last):
        for number in range(span.first, span.last + 1):
            without = NumberState.PAPER if number <= opened_after else NumberState.MISSING
            assert span.state == entries.get(number, without)


@given(ENTRIES, st.integers(0, 60), st.integers(0, 60))
def test_the_sums_are_those_of_all_numbers(entries, opened_after, last):
    found = register.spans(entries, opened_after=opened_after, last=last)
    sums = register.tally(found)
    assert sum(sums.values()) == max([last, *entries], default=0)
    for state in (NumberState.USED, NumberState.RESERVED, NumberState.VOID):
        assert sums[state] == sum(one == state for one in entries.values())


def test_numbers_of_the_paper_register_are_one_line_around_an_imported_one():
    given_ = {3: NumberState.USED, 6: NumberState.RESERVED, 8: NumberState.VOID}
    assert register.spans(given_, opened_after=5, last=8) == [
        Span(1, 2, NumberState.PAPER), Span(3, 3, NumberState.USED), Span(4, 5, NumberState.PAPER),
        Span(6, 6, NumberState.RESERVED), Span(7, 7, NumberState.MISSING),
        Span(8, 8, NumberState.VOID),
    ]  # fmt: skip


def test_kind_and_abstract_are_written_as_in_the_book():
    assert register.named("Về dự toán ngân sách") == "Nghị quyết về dự toán ngân sách"
    assert register.named("Xác nhận kết quả") == "Nghị quyết: Xác nhận kết quả"


def test_who_keeps_the_file_copy_is_told_from_who_received_the_document():
    lines = ["- Thường trực HĐND;", "Các Ban", "- Lưu: VT, CTHĐND."]
    assert register.recipients(lines) == ("Thường trực HĐND; Các Ban", "VT, CTHĐND")
    assert register.recipients([]) == ("", "")

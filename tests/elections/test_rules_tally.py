"""The sums of a count: what must hold, and the sentence for each that does not."""

import dataclasses

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from elections.rules import tally
from elections.rules.polls import PollKind, options_of
from elections.rules.tally import EntryCount, Severity, SheetTotals
from tests import rule_tables

papers = st.integers(0, 150)


def row_of(kind, *votes, entry="c01"):
    return EntryCount(entry, "Nguyễn Văn Mẫu", dict(zip(options_of(kind), votes, strict=True)))


@st.composite
def true_sheets(draw):
    """Totals and rows as an honest count gives them, with the delegates of the hall."""
    total = draw(st.integers(1, 150))
    present = draw(st.integers(0, total))
    issued = draw(st.integers(0, present))
    returned = draw(st.integers(0, issued))
    invalid = draw(st.integers(0, returned))
    unused, spoiled = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    valid = returned - invalid
    kind = draw(st.sampled_from(PollKind))
    rows = []
    for number in range(draw(st.integers(1, 4))):
        left, votes = valid, []
        for _option in options_of(kind):
            votes.append(draw(st.integers(0, left)))
            left -= votes[-1]
        rows.append(row_of(kind, *votes, entry=f"c{number:02d}"))
    totals = SheetTotals(
        printed=issued + unused + spoiled,
        issued=issued,
        unused=unused,
        spoiled=spoiled,
        returned=returned,
        not_returned=issued - returned,
        valid=valid,
        invalid=invalid,
    )
    return kind, totals, rows, total, present


def check(sheet, **changes):
    kind, totals, rows, total, present = sheet
    return tally.check(
        kind, dataclasses.replace(totals, **changes), rows, total_delegates=total, present=present
    )


@given(true_sheets())
def test_an_honest_count_has_no_error(sheet):
    assert tally.errors(check(sheet)) == []


@given(true_sheets(), st.sampled_from(tally.TOTAL_FIELDS), st.integers(1, 50), st.booleans())
def test_no_single_total_can_be_wrong_unnoticed(sheet, name, slip, upwards):
    _kind, totals, _rows, _total, _present = sheet
    wrong = getattr(totals, name) + (slip if upwards else -slip)
    assert tally.errors(check(sheet, **{name: wrong}))


@given(true_sheets(), st.data())
def test_one_mark_too_many_is_an_error_of_that_row(sheet, data):
    kind, totals, rows, total, present = sheet
    place = data.draw(st.integers(0, len(rows) - 1))
    option = data.draw(st.sampled_from(options_of(kind)))
    row = rows[place]
    surplus = totals.valid - row.known_sum + data.draw(st.integers(1, 30))
    wrong = dataclasses.replace(row, votes={**row.votes, option: row.votes[option] + surplus})
    changed = [*rows[:place], wrong, *rows[place + 1 :]]
    problems = tally.check(kind, totals, changed, total_delegates=total, present=present)
    found = [problem for problem in problems if problem.code == "sum_exceeds_valid"]
    assert [problem.entry for problem in found] == [row.entry]
    assert f"= {wrong.known_sum}, nhiều hơn {totals.valid} phiếu hợp lệ" in found[0].message


@given(true_sheets())
def test_void_marks_complete_the_row_and_only_they_warn(sheet):
    _kind, totals, rows, _total, _present = sheet
    warned = {problem.entry for problem in check(sheet) if problem.severity is Severity.WARNING}
    for row in rows:
        void = tally.void_of(row, totals)
        assert void is not None
        assert row.known_sum + void == totals.valid
        assert (row.entry in warned) is (void > 0)


@given(true_sheets(), st.sets(st.sampled_from(tally.TOTAL_FIELDS)))
def test_what_is_not_typed_yet_is_not_reported(sheet, missing):
    assert tally.errors(check(sheet, **dict.fromkeys(missing))) == []


@given(st.lists(papers, min_size=8, max_size=8), st.lists(papers, min_size=3, max_size=3))
def test_every_problem_has_a_whole_sentence(totals, votes):
    sheet = SheetTotals(**dict(zip(tally.TOTAL_FIELDS, totals, strict=True)))
    problems = tally.check(
        "confidence", sheet, [row_of("confidence", *votes)], total_delegates=95, present=90
    )
    for problem in problems:
        assert problem.message.endswith(".")
        assert "%" not in problem.message


@pytest.mark.parametrize("row", rule_tables.table("counting.md", "tally"))
def test_the_sums_of_the_page(row):
    cell = rule_tables.number
    names = {"not returned": "not_returned"}
    totals = SheetTotals(
        **{
            names.get(name, name): cell(row[name])
            for name in row
            if names.get(name, name) in tally.TOTAL_FIELDS
        }
    )
    votes = (cell(row["high"]), cell(row["confidence"]), cell(row["low"]))
    problems = tally.check(
        "confidence",
        totals,
        [row_of("confidence", *votes)],
        total_delegates=cell(row["total"]),
        present=cell(row["present"]),
    )
    assert [problem.code for problem in problems] == row["codes"].split()


def test_every_code_stands_on_the_page_with_its_severity():
    page = (rule_tables.RULES / "counting.md").read_text(encoding="utf-8")
    for code in [
        "negative",
        "printed_sum",
        "issued_exceeds_printed",
        "issued_sum",
        "returned_exceeds_issued",
        "valid_plus_invalid",
        "exceeds_present",
        "exceeds_total",
        "sum_exceeds_valid",
        "sum_exceeds_returned",
    ]:
        assert f"| error | `{code}` |" in page
    assert "| warning | `sum_below_returned` |" in page


def test_the_sentence_names_the_sum_that_fails():
    totals = SheetTotals(returned=58, valid=57, invalid=1)
    problems = tally.check(
        "confidence", totals, [row_of("confidence", 21, 19, 20)], total_delegates=60, present=60
    )
    assert [problem.message for problem in problems] == [
        "21 + 19 + 20 = 60, nhiều hơn 57 phiếu hợp lệ: thừa 3. Kiểm tra lại một trong ba số.",
        "21 + 19 + 20 = 60, nhiều hơn 58 phiếu thu về: thừa 2. Kiểm tra lại một trong ba số.",
    ]


def test_a_sum_half_typed_is_already_too_much():
    totals = SheetTotals(valid=10)
    row = row_of("election", 12, None)
    (problem,) = tally.check("election", totals, [row], total_delegates=None, present=None)
    assert problem.message == "12, nhiều hơn 10 phiếu hợp lệ: thừa 2. Kiểm tra lại số này."
    assert tally.void_of(row, totals) is None


@given(papers, papers)
def test_void_is_known_from_returned_and_invalid_too(returned, invalid):
    assume(invalid <= returned)
    row = row_of("election", 0, 0)
    assert tally.void_of(row, SheetTotals(returned=returned, invalid=invalid)) == returned - invalid
    assert tally.void_of(row, SheetTotals(returned=returned)) is None


def test_options_of_another_kind_are_the_callers_fault():
    with pytest.raises(ValueError, match="options of election"):
        tally.check(
            "election", SheetTotals(), [row_of("confidence", 1, 2, 3)],
            total_delegates=None, present=None,
        )  # fmt: skip

"""Outcomes: exactly half, exactly two thirds, ties, unknown bases; and what may never happen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.law import RULEBOOK
from council.rules.majorities import Base
from council.rules.refusals import Refusal
from elections.rules import outcome, sentences
from elections.rules.outcome import Verdict
from elections.rules.polls import PollKind, options_of
from elections.rules.tally import EntryCount, SheetTotals
from tests import rule_tables

NEW, OLD, TODAY = date(2023, 12, 12), date(2018, 12, 12), date(2026, 7, 1)

CONFIDENCE_ORDER = [
    Verdict.KEPT,
    Verdict.MAY_RESIGN,
    Verdict.NO_CONFIDENCE_VOTE,
    Verdict.DISMISSAL,
]


def decide(kind, *rows, on=TODAY, level="province", returned=None, total=None, seats=1):
    options = options_of(kind)
    entries = [
        EntryCount(f"c{number:02d}", f"Ví Dụ {number}", dict(zip(options, votes, strict=True)))
        for number, votes in enumerate(rows, start=1)
    ]
    return outcome.decide(
        kind,
        on=on,
        level=level,
        totals=SheetTotals(returned=returned, valid=returned, invalid=0 if returned else None),
        entries=entries,
        total_delegates=total,
        seats=seats,
    )


def verdict_of_low(low, base, *, on=NEW):
    found = decide("confidence", (base - low, 0, low), on=on, returned=base, total=base)
    return found.entries[0].verdict


@pytest.mark.parametrize("base", range(1, 151))
def test_confidence_at_exactly_half_and_exactly_two_thirds(base):
    for on, highest in ((NEW, Verdict.DISMISSAL), (OLD, Verdict.NO_CONFIDENCE_VOTE)):
        half, two_thirds = base // 2, -(-2 * base // 3)
        assert verdict_of_low(half, base, on=on) is Verdict.KEPT
        assert verdict_of_low(two_thirds, base, on=on) is highest
        if half + 1 < two_thirds:
            assert verdict_of_low(half + 1, base, on=on) is Verdict.MAY_RESIGN
            assert verdict_of_low(two_thirds - 1, base, on=on) is Verdict.MAY_RESIGN


@pytest.mark.parametrize("total", range(1, 151))
def test_majorities_at_exactly_half_and_exactly_two_thirds(total):
    half, two_thirds = total // 2, -(-2 * total // 3)

    def passes(kind, votes):
        empty = (0,) * (len(options_of(kind)) - 1)
        return decide(kind, (votes, *empty), total=total).entries[0].verdict

    assert passes("election", half) is Verdict.NOT_ELECTED
    assert passes("election", half + 1) is Verdict.ELECTED
    assert passes("dismissal", half) is Verdict.NOT_PASSED
    assert passes("dismissal", half + 1) is Verdict.PASSED
    assert passes("removal", two_thirds - 1) is Verdict.NOT_PASSED
    assert passes("removal", two_thirds) is Verdict.PASSED
    against = decide("no_confidence", (0, half), returned=total).entries[0]
    assert against.verdict is Verdict.CONFIDENCE
    against = decide("no_confidence", (0, half + 1), returned=total).entries[0]
    assert against.verdict is Verdict.DISMISSAL


@given(st.integers(1, 150), st.data(), st.sampled_from([NEW, OLD]))
def test_one_more_low_vote_never_improves_a_verdict(base, data, on):
    low = data.draw(st.integers(0, base - 1))
    before, after = verdict_of_low(low, base, on=on), verdict_of_low(low + 1, base, on=on)
    assert CONFIDENCE_ORDER.index(after) >= CONFIDENCE_ORDER.index(before)


@given(st.integers(1, 150), st.data(), st.sampled_from(["election", "dismissal", "removal"]))
def test_one_more_vote_for_never_loses_a_majority(total, data, kind):
    votes = data.draw(st.integers(0, total - 1))
    empty = (0,) * (len(options_of(kind)) - 1)
    won = {Verdict.ELECTED, Verdict.PASSED}
    before = decide(kind, (votes, *empty), total=total).entries[0].verdict in won
    after = decide(kind, (votes + 1, *empty), total=total).entries[0].verdict in won
    assert after >= before


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(1, 5))
def test_seats_go_to_those_with_most_votes_and_a_tie_at_the_last_elects_nobody(votes, seats):
    found = decide("election", *((count, 0) for count in votes), total=60, seats=seats)
    elected = [row.counts["for"] for row in found.elected]
    beaten = [row.counts["for"] for row in found.entries if row.verdict is Verdict.NOT_ELECTED]
    reached = [count for count in votes if 2 * count > 60]
    assert len(elected) <= seats
    assert all(2 * count > 60 for count in elected)
    assert not elected or not beaten or min(elected) > max(beaten)
    if len(reached) <= seats:
        assert sorted(elected) == sorted(reached)
    else:
        ranked = sorted(reached, reverse=True)
        tied = ranked[seats - 1] == ranked[seats]
        assert len(elected) == (sum(c > ranked[seats] for c in ranked) if tied else seats)
        assert (found.note == sentences.TIE_AT_LAST_SEAT) is tied
    assert bool(found.note) is (len(elected) < seats)


@given(
    st.sampled_from(PollKind), st.integers(1, 150), st.data(), st.sampled_from([NEW, OLD, TODAY])
)
def test_percentages_are_of_the_base_that_is_printed_beside_them(kind, base, data, on):
    votes = [data.draw(st.integers(0, base)) for _option in options_of(kind)]
    found = decide(kind, votes, on=on, returned=base, total=base + 3)
    (row,) = found.entries
    assert row.base_value == (base if row.base is Base.RETURNED else base + 3)
    for option, count in row.counts.items():
        exact = count * 100 / row.base_value
        assert abs(float(row.percent[option]) - exact) <= 0.005 + 1e-9
    assert row.article
    assert row.consequence.endswith(".")


@pytest.mark.parametrize("row", rule_tables.table("confidence.md", "confidence"))
def test_the_confidence_votes_of_the_page(row):
    cell = rule_tables.number
    found = decide(
        "confidence",
        (cell(row["high"]), cell(row["confidence"]), cell(row["low"])),
        on=date.fromisoformat(row["date"]),
        level=row["level"],
        returned=cell(row["returned"]),
        total=cell(row["total"]),
    )
    (entry,) = found.entries
    assert str(entry.verdict or "") == row["verdict"]
    assert entry.article == row["article"]
    assert str(entry.percent.get("low", "")) == row["low %"]


@pytest.mark.parametrize("row", rule_tables.table("no-confidence.md", "no_confidence"))
def test_the_no_confidence_votes_of_the_page(row):
    cell = rule_tables.number
    found = decide(
        "no_confidence",
        (cell(row["confidence"]), cell(row["no confidence"])),
        on=date.fromisoformat(row["date"]),
        level=row["level"],
        returned=cell(row["returned"]),
        total=cell(row["total"]),
    )
    assert str(found.entries[0].verdict) == row["verdict"]
    assert str(found.entries[0].percent["no_confidence"]) == row["no confidence %"]


@pytest.mark.parametrize("row", rule_tables.table("elections.md", "election"))
def test_the_elections_of_the_page(row):
    votes = [int(count) for count in row["for, candidate by candidate"].split()]
    found = decide(
        "election",
        *((count, 0) for count in votes),
        on=date.fromisoformat(row["date"]),
        level=row["level"],
        total=int(row["total"]),
        seats=int(row["seats"]),
    )
    elected = {f"c{int(number):02d}" for number in row["elected"].split()}
    assert {entry.entry for entry in found.elected} == elected
    assert str(found.entries[0].percent["for"]) == row["percent of the first"]
    notes = {
        "": {""},
        "open": {sentences.SEATS_OPEN, sentences.NOBODY_ELECTED},
        "tie": {sentences.TIE_AT_LAST_SEAT},
    }
    assert found.note in notes[row["note"]]
    assert found.note_rule is (RULEBOOK.by_id("election.second_round") if found.note else None)


@pytest.mark.parametrize("row", rule_tables.table("resolutions.md", "resolution"))
def test_the_resolutions_of_the_page(row):
    votes = {name: int(row[name]) for name in ("for", "against", "abstain")}
    kind = None if row["kind"] == "resolution" else PollKind(row["kind"])
    found = outcome.resolve(
        on=date.fromisoformat(row["date"]),
        level=row["level"],
        totals=SheetTotals(),
        entries=[EntryCount("c01", "Nghị quyết", votes)],
        total_delegates=int(row["total"]),
        kind=kind,
    )
    assert str(found.entries[0].verdict) == row["verdict"]
    assert found.needed == int(row["needed"])
    assert found.rule.id == row["rule"]


def test_those_tied_and_those_outvoted_are_told_apart():
    found = decide("election", (50, 0), (40, 0), (40, 0), (35, 0), total=60, seats=2)
    assert [row.consequence for row in found.entries] == [
        sentences.ELECTED,
        sentences.TIED,
        sentences.TIED,
        sentences.OUTVOTED,
    ]
    found = decide("election", (50, 0), (40, 0), (40, 0), total=60, seats=1)
    assert [row.consequence for row in found.entries] == [
        sentences.ELECTED,
        sentences.OUTVOTED,
        sentences.OUTVOTED,
    ]


@pytest.mark.parametrize("kind", PollKind)
@pytest.mark.parametrize("base", [None, 0])
def test_without_a_base_there_is_neither_a_share_nor_a_verdict(kind, base):
    votes = (0,) * len(options_of(kind))
    (row,) = decide(kind, votes, returned=base, total=base).entries
    assert row.verdict is None
    assert row.percent == {}
    assert row.base_value is None
    assert "chưa thể kết luận" in row.consequence


@pytest.mark.parametrize("kind", PollKind)
def test_without_the_deciding_number_there_is_no_verdict(kind):
    votes = (None,) * len(options_of(kind))
    (row,) = decide(kind, votes, returned=40, total=50).entries
    assert row.verdict is None
    assert row.percent == {}
    assert row.consequence == sentences.COUNT_UNKNOWN


def test_a_seat_is_not_called_open_while_a_candidates_votes_are_unknown():
    found = decide("election", (40, 0), (None, None), total=60, seats=2)
    assert [row.verdict for row in found.entries] == [Verdict.ELECTED, None]
    assert found.note == ""


def test_a_commune_gets_figures_and_the_reason_why_they_have_no_consequence():
    found = decide("confidence", (3, 2, 20), level="commune", returned=25, total=25)
    assert found.note == sentences.COMMUNE_NOT_SUBJECT
    assert found.note_rule is RULEBOOK.by_id("confidence.commune")
    assert found.entries[0].verdict is None
    assert str(found.entries[0].percent["low"]) == "80.00"


@pytest.mark.parametrize(
    ("kind", "on", "level"),
    [
        ("confidence", date(2012, 1, 1), "province"),
        ("election", date(2015, 12, 31), "province"),
        ("removal", date(2026, 1, 1), "district"),
        ("dismissal", TODAY, "national"),
    ],
)
def test_where_no_rule_is_in_force_nothing_is_decided(kind, on, level):
    with pytest.raises(Refusal) as refusal:
        decide(kind, (1,) * len(options_of(kind)), on=on, level=level, returned=5, total=5)
    assert refusal.value.code == "law.no_rule"

"""Results that real councils published, reproduced; each difference is explained as the source's.

Sources stand row by row in tests/data/; the explanations in docs/rules/discrepancies.md.
"""

import csv
import hashlib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from council.rules import figures
from council.rules.law import Level
from elections.rules import assessment, counted_csv
from elections.rules.assessment import Question
from tests import rule_tables

DATA = Path(__file__).parent.parent / "data"
LEVELS = ("high", "confidence", "low")


def read(name):
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


CONTEXT = {(row["council"], row["date"]): row for row in read("published_context.csv")}
VOTES = read("published_votes.csv")
ELECTIONS = list(
    zip(read("published_elections.csv"), read("published_elections_context.csv"), strict=True)
)
VOTE_SLIPS = {
    (row["council"], row["person"], row["level"]): row
    for row in rule_tables.table("discrepancies.md", "vote discrepancies")
}
ELECTION_SLIPS = {
    (row["council"], row["person"]): row
    for row in rule_tables.table("discrepancies.md", "election discrepancies")
}


def ask(question, columns, rows):
    """`assess` on rows written as CSV, as a clerk would hand them in."""
    header = ("name", *counted_csv.TOTAL_COLUMNS, *columns)
    lines = [",".join(header)]
    lines += [",".join(f'"{row.get(name, "")}"' for name in header) for row in rows]
    found = assessment.assess(
        question, counted_csv.read("\n".join(lines).encode(), question.options)
    )
    return found.as_data()


def printed(cell):
    """A percentage as printed, and to how many decimals."""
    value = Decimal(cell.replace(",", "."))
    return value, len(cell.partition(",")[2])


def agrees(votes, base, cell):
    """Whether votes of base print as the source does, at the source's own number of decimals."""
    value, places = printed(cell)
    share = Fraction(100 * votes, base)
    return value in (figures.rounded(share, places), figures.rounded(share, 2))


def counts_of(row, base):
    """The counts; where only a percentage is printed, the number that fits it."""
    counts = {}
    for level in LEVELS:
        counts[level] = row[level]
        if not row[level] and row[f"{level}_pct"] and base:
            fits = [votes for votes in range(base + 1) if agrees(votes, base, row[f"{level}_pct"])]
            counts[level] = str(fits[0]) if fits else ""
    return counts


def assessed(row):
    context = CONTEXT[(row["council"], row["date"])]
    base = context["returned"] or context["total"]
    counts = counts_of(row, int(base) if base else 0)
    question = Question(
        "confidence",
        date.fromisoformat(context["held_on"]),
        Level(row["level"]),
        total=rule_tables.number(context["total"]),
        present=rule_tables.number(row["present"]),
    )
    sheet = {
        "name": row["person"],
        "issued": row["ballots_issued"],
        "returned": context["returned"] or row["ballots_returned"],
        "valid": row["valid"],
        "invalid": row["invalid"],
        **counts,
    }
    return context, counts, ask(question, LEVELS, [sheet])


@pytest.mark.parametrize("row", VOTES, ids=lambda row: row["person"])
def test_a_published_confidence_vote_comes_out_as_printed(row):
    context, counts, found = assessed(row)
    (entry,) = found["entries"]
    known_base = context["returned"] or context["total"]
    errors = [p["code"] for p in found["problems"] if p["severity"] == "error"]
    assert errors == ([] if known_base else ["base_unknown"])
    assert entry["base"] == ("returned" if context["held_on"] >= "2023-07-01" else "total")
    for level in LEVELS:
        cell = row[f"{level}_pct"]
        if not cell or not known_base:
            continue
        ours = entry["percent"].get(level)
        slip = VOTE_SLIPS.get((row["council"], row["person"], level))
        if slip:
            assert (slip["votes"], slip["printed"], slip["ours"]) == (row[level], cell, ours or "")
            assert not counts[level] or not agrees(int(counts[level]), int(known_base), cell)
        else:
            assert agrees(int(counts[level]), int(known_base), cell), (level, ours, cell)


def test_only_the_chair_of_vinh_phuc_had_more_than_half_low_and_nobody_two_thirds():
    verdicts = {row["person"]: assessed(row)[2]["entries"][0]["verdict"] for row in VOTES}
    assert {name for name, verdict in verdicts.items() if verdict not in ("kept", None)} == {
        "Lê Duy Thành"
    }
    assert verdicts["Lê Duy Thành"] == "may_resign_or_no_confidence_vote"


def test_fewer_marks_than_papers_is_a_warning_and_more_never_happens():
    codes = [problem["code"] for row in VOTES for problem in assessed(row)[2]["problems"]]
    assert codes.count("sum_below_returned") >= 5
    assert not {"sum_exceeds_valid", "sum_exceeds_returned", "exceeds_total"} & set(codes)


@pytest.mark.parametrize(
    ("name", "sha256"),
    [
        (
            "published_votes.csv",
            "719a1811dfbf3cd515e5f26d4f3dbfba0ff42bea8be992fab528e1caa2a8981e",
        ),
        (
            "published_elections.csv",
            "45340c14b86e5e26c473d6bda5ec97a676025d045f7da4ed50ee038c4dcbc2fc",
        ),
    ],
)
def test_the_published_rows_are_the_collected_ones_to_the_byte(name, sha256):
    assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == sha256


def test_every_explained_difference_is_one_of_a_published_row():
    assert set(VOTE_SLIPS) <= {
        (row["council"], row["person"], level) for row in VOTES for level in LEVELS
    }
    assert set(ELECTION_SLIPS) <= {(row["council"], row["person"]) for row, _ in ELECTIONS}


@pytest.mark.parametrize(("row", "context"), ELECTIONS, ids=lambda row: row["person"])
def test_a_published_election_comes_out_as_printed(row, context):
    assert (row["council"], row["person"]) == (context["council"], context["person"])
    question = Question(
        "election",
        date.fromisoformat(context["held_on"]),
        Level(context["level"]),
        total=rule_tables.number(row["total_delegates"]),
        present=rule_tables.number(row["present"]),
    )
    sheet = {
        "name": row["person"] or row["position"],
        "valid": row["ballots_valid"],
        "for": row["votes_for"],
        "against": row["votes_against"],
    }
    found = ask(question, ("for", "against"), [sheet])
    (entry,) = found["entries"]
    codes = [problem["code"] for problem in found["problems"] if problem["severity"] == "error"]
    if context["expected"] in ("base_unknown", "no_rule"):
        assert codes == [context["expected"]]
        assert entry["verdict"] is None
    else:
        assert (codes, entry["verdict"]) == ([], context["expected"])
    slip = ELECTION_SLIPS.get((row["council"], row["person"]))
    ours = entry["percent"].get("for", "")
    if slip and row["votes_for"]:
        assert (slip["votes"], slip["printed"], slip["ours"]) == (
            row["votes_for"],
            row["pct"],
            ours,
        )
        assert not ours
    elif row["votes_for"] and row["pct"]:
        assert agrees(int(row["votes_for"]), int(row["total_delegates"]), row["pct"]), ours

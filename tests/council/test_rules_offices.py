"""Offices: blocks, ranks, and who approves an election in how many days."""

from datetime import date

import pytest

from council.models.offices import OfficeKind as ModelOfficeKind
from council.rules.offices import Basis, Block, OfficeKind, approval
from council.rules.refusals import Refusal
from tests import rule_tables


@pytest.mark.parametrize("row", rule_tables.table("elections.md", "approval"))
def test_approval_as_the_page_says(row):
    found = approval(row["office"], level=row["level"], on=date.fromisoformat(row["on"]))
    assert found.approver == row["approver"]
    assert found.is_needed is bool(row["approver"])
    assert found.send_days == rule_tables.number(row["send within"])
    assert found.decide_days == rule_tables.number(row["decide within"])
    counted = "receipt" if found.counts_from_receipt else "sending"
    assert row["counted from"] == (counted if found.is_needed else "")
    assert found.provision.article == row["article"]


@pytest.mark.parametrize(
    ("office", "on"),
    [("council_chair", date(2023, 12, 12)), ("pc_chair", date(2025, 5, 5))],
)
def test_where_the_rulebook_is_silent_approval_is_refused_not_guessed(office, on):
    with pytest.raises(Refusal) as refusal:
        approval(office, level="province", on=on)
    assert refusal.value.code == "law.no_rule"


def test_the_paper_lists_the_council_before_the_committee_each_by_rank():
    ranks = [kind.rank for kind in OfficeKind]
    assert ranks == sorted(ranks)
    blocks = [kind.block for kind in OfficeKind]
    assert blocks == [Block.COUNCIL] * 3 + [Block.COMMITTEE] * 3
    assert (Block.COUNCIL.numeral, Block.COMMITTEE.numeral) == ("I", "II")


def test_rules_and_models_use_the_same_words():
    assert [(kind.value, kind.words) for kind in OfficeKind] == [
        (value, str(label)) for value, label in ModelOfficeKind.choices
    ]
    assert set(Basis) == {"elected", "appointed", "acting"}

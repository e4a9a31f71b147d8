"""Candidates beyond the list: who submits them to the council, since when, and withdrawals."""

from datetime import date

import pytest

from council.rules.refusals import Refusal
from elections.models import ListChange
from elections.rules import list_changes
from tests import rule_tables


def answer(row: dict[str, str]) -> str:
    try:
        return list_changes.check_addition(
            on=date.fromisoformat(row["on"]),
            level=row["level"],
            submitter=row["submitted by"],
            is_first_session=row["first session"] == "yes",
            is_delegate=row["proposer a delegate"] == "yes",
        ).id
    except Refusal as refusal:
        return refusal.code


@pytest.mark.parametrize("row", rule_tables.table("elections.md", "additions"))
def test_the_additions_of_the_page(row: dict[str, str]) -> None:
    assert answer(row) == row["answer"]


def test_a_withdrawal_needs_a_vote_only_where_the_regulation_asks_for_one() -> None:
    list_changes.check_withdrawal_vote(is_required=False, has_vote=False, source="")
    list_changes.check_withdrawal_vote(is_required=True, has_vote=True, source="Quy chế")
    with pytest.raises(Refusal) as refused:
        list_changes.check_withdrawal_vote(
            is_required=True, has_vote=False, source="Điều 12 Quy chế"
        )
    assert (refused.value.code, refused.value.cites) == ("withdraw.needs_vote", "Điều 12 Quy chế")


def test_rules_and_models_use_the_same_words() -> None:
    assert [one.value for one in list_changes.Submitter] == ListChange.Submitter.values

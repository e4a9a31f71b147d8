"""Who may nominate whom, on the very day."""

from datetime import date

import pytest

from council.rules.periods import Interval
from council.rules.refusals import Refusal
from elections.rules import nomination
from tests import rule_tables


@pytest.mark.parametrize("row", rule_tables.table("elections.md", "nomination"))
def test_the_nominations_of_the_page(row):
    tenure = Interval(
        date.fromisoformat(row["from"]), date.fromisoformat(row["to"]) if row["to"] else None
    )
    asked = (
        row["office"], row["nominator's office"], row["basis"], tenure,
        date.fromisoformat(row["on"]),
    )  # fmt: skip
    if row["answer"] == "allowed":
        assert nomination.check_nominator(*asked).article == row["article"]
        return
    with pytest.raises(Refusal) as refusal:
        nomination.check_nominator(*asked)
    assert refusal.value.code == row["answer"]
    assert refusal.value.cites == row["article"]


def test_the_refusal_of_2024_says_what_was_missing():
    with pytest.raises(Refusal) as refusal:
        nomination.check_nominator(
            "pc_vice_chair",
            "pc_vice_chair",
            "elected",
            Interval(date(2021, 7, 1)),
            date(2024, 4, 23),
        )
    sentence = str(refusal.value)
    assert "Phó Chủ tịch Ủy ban nhân dân được bầu theo giới thiệu của Chủ tịch Ủy ban" in sentence
    assert "phải giao quyền" in sentence
    assert refusal.value.field == "nominator"


def test_an_acting_chair_of_yesterday_is_named_with_the_days():
    with pytest.raises(Refusal) as refusal:
        nomination.check_nominator(
            "pc_member",
            "pc_chair",
            "acting",
            Interval(date(2024, 1, 1), date(2024, 4, 22)),
            date(2024, 4, 23),
        )
    assert "từ 01/01/2024 đến 22/04/2024" in str(refusal.value)

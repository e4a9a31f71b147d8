"""The ballot committee: size by level, head and secretary, nobody who stands."""

from datetime import date

import pytest

from council.rules.refusals import Refusal
from elections.rules import committee
from elections.rules.committee import Member, Post
from tests import rule_tables

DAY = date(2023, 12, 12)


def members(size, *, heads=1, secretaries=1):
    posts = [Post.HEAD] * heads + [Post.SECRETARY] * secretaries
    posts += [Post.MEMBER] * (size - len(posts))
    return [Member(f"p{number}", f"Ví Dụ {number}", post) for number, post in enumerate(posts)]


def refusal_of(found, **fields):
    asked = {"standing": set(), "level": "district", "on": DAY, **fields}
    with pytest.raises(Refusal) as refusal:
        committee.check_committee(found, **asked)
    return refusal.value


@pytest.mark.parametrize("row", rule_tables.table("ballot-committee.md", "committee"))
def test_the_sizes_of_the_page(row):
    on, minimum = date.fromisoformat(row["on"]), int(row["minimum"])
    rule = committee.minimum_size(level=row["level"], on=on)
    assert (rule.needed_number, rule.id, rule.setting) == (minimum, row["identifier"], True)
    committee.check_committee(members(minimum), standing=set(), level=row["level"], on=on)
    refusal = refusal_of(members(minimum - 1), level=row["level"], on=on)
    assert refusal.code == "committee.too_small"
    assert refusal.cites == rule.article
    assert f"cần ít nhất {minimum}" in str(refusal)


def test_the_councils_own_minimum_comes_before_the_default():
    committee.check_committee(members(3), standing=set(), level="district", on=DAY, minimum=3)
    refusal = refusal_of(members(8), minimum=9)
    assert (refusal.code, refusal.cites) == ("committee.too_small", "")
    early = date(2020, 1, 1)
    committee.check_committee(members(3), standing=set(), level="district", on=early, minimum=3)
    assert refusal_of(members(9), on=early).code == "law.no_rule"


def test_whoever_stands_does_not_count():
    refusal = refusal_of(members(7), standing={"p3", "p5", "p99"})
    assert refusal.code == "committee.member_stands"
    assert "Ví Dụ 3, Ví Dụ 5" in str(refusal)
    assert refusal.cites == "Mục 5a Hướng dẫn 883/HD-UBTVQH14"


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (members(7, heads=0), "committee.one_head"),
        (members(7, heads=2), "committee.one_head"),
        (members(7, secretaries=0), "committee.one_secretary"),
        (members(7, secretaries=2), "committee.one_secretary"),
        ([*members(7), members(7)[6]], "committee.member_twice"),
    ],
)
def test_one_head_one_secretary_and_nobody_twice(found, code):
    assert refusal_of(found).code == code

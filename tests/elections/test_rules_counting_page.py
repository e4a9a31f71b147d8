"""docs/rules/counting.md: what a person reads of the ways is what the rules do."""

import pytest

from elections.models import CountingWay
from elections.rules import keying, papers
from elections.rules.suspects import suspects
from elections.rules.tally import SheetTotals
from tests.rule_tables import RULES, number, table

CODES, OPTIONS = ("a", "b"), ("high", "confidence", "low")
TOTALS = ("printed", "issued", "unused", "spoiled", "returned", "not returned", "valid", "invalid")


@pytest.mark.parametrize("row", table("counting.md", "keys"), ids=lambda row: row["papers"])
def test_keys_come_to_the_figures_of_the_page(row: dict[str, str]) -> None:
    heap = [keying.paper_of(keys, CODES, OPTIONS) for keys in row["papers"].split()]
    counted = papers.count(heap, CODES, OPTIONS)
    assert (counted.valid, counted.invalid) == (number(row["valid"]), number(row["invalid"]))
    for (code, option), votes in counted.lines.items():
        assert votes == number(row[f"{code} {option}"]), (code, option)


@pytest.mark.parametrize("row", table("counting.md", "suspects"), ids=lambda row: row["named"])
def test_the_number_named_is_that_of_the_page(row: dict[str, str]) -> None:
    totals = SheetTotals(**{name.replace(" ", "_"): number(row[name]) for name in TOTALS})
    found = suspects(totals, [], total_delegates=60, present=57)
    named = {f"{each.field} {each.mended}" for each in found}
    assert named == {name for name in row["named"].split(", ") if name}


def test_every_way_has_its_line() -> None:
    text = (RULES / "counting.md").read_text("utf-8").partition("## Ways")[2]
    for way in CountingWay.values:
        assert f"| `{way}` |" in text

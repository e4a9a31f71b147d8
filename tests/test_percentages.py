"""One function makes percentages and one writes them; counts in documents are written by one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from council.rules import figures, shares
from council.templatetags import nt
from tests.processes import ROOT
from tests.test_architecture import named, python_files

APPS = ("council", "sessions", "elections", "resolutions", "portal")
COMPUTED_IN = {
    "council/rules/shares.py", "sessions/rules/indicators.py", "sessions/models/uploads.py",
}  # fmt: skip
"""Shares of votes; comparisons of a report's figures; how much of a file has arrived."""
WRITTEN_IN = {
    "council/rules/figures.py", "sessions/rules/indicators.py", "sessions/queries/indicators.py",
    "portal/templatetags/charts.py",
}  # fmt: skip
"""Percentages of votes; figures of a report whose own unit is "%"; widths in SVG."""
READER = "elections/scanning/"
DOCUMENTS = ("elections/typesetting", "resolutions/rules", "resolutions/typesetting")
WRITERS = {"count_in_document", "figure_in_document"}
NEWSPAPER = "resolutions/rules/press_words.py"
"""A newspaper writes "9 phiếu", not "09 phiếu"."""


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every module of ours that could write a figure."""
    for path in python_files(*APPS):
        if not named(path).startswith(READER):
            yield named(path), ast.parse(path.read_text())


def times_hundred(node: ast.AST) -> bool:
    """`x * 100`, `100 * x`."""
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Mult)
        and any(
            isinstance(side, ast.Constant) and side.value == 100 for side in (node.left, node.right)
        )
    )


def test_shares_are_computed_in_one_place() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in sources()
        if name not in COMPUTED_IN
        for node in ast.walk(tree)
        if times_hundred(node)
    ]
    assert [place for place in found if not place.startswith("portal/templatetags/")] == []


def test_a_percent_sign_is_put_behind_a_number_in_one_place() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in sources()
        if name not in WRITTEN_IN
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) and sign_behind_value(node)
    ]
    assert found == []


def sign_behind_value(node: ast.JoinedStr) -> bool:
    """f"{x}%", or f"{x:.1%}"."""
    for value, after in zip(node.values, [*node.values[1:], None], strict=True):
        if not isinstance(value, ast.FormattedValue):
            continue
        if isinstance(after, ast.Constant) and str(after.value).startswith("%"):
            return True
        if value.format_spec is not None and "%'" in ast.unparse(value.format_spec):
            return True
    return False


def test_the_eye_for_strays_sees_them() -> None:
    seen = [ast.parse(text).body[0].value for text in ('f"{x}%"', 'f"{x:.1%}"', 'f"{x} %"')]
    assert [sign_behind_value(node) for node in seen] == [True, True, False]
    assert times_hundred(ast.parse("votes * 100 / base").body[0].value.left)


def test_templates_neither_compute_nor_format_percentages() -> None:
    found = [
        f"{named(path)}: {match.group(0)}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for match in re.finditer(r"floatformat|widthratio|\}\}\s?%", path.read_text())
    ]
    assert found == []


def test_every_number_of_ballots_in_a_document_is_written_by_one_function() -> None:
    """Behind `{…}` stands "phiếu": the value comes from `count_in_document`."""
    found = [
        f"{named(path)}:{node.lineno} {ast.unparse(value.value)}"
        for path in python_files(*DOCUMENTS)
        if named(path) != NEWSPAPER
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.JoinedStr)
        for value, after in zip(node.values, [*node.values[1:], None], strict=True)
        if isinstance(value, ast.FormattedValue)
        and isinstance(after, ast.Constant)
        and str(after.value).startswith(" phiếu")
        and not is_written(value.value)
    ]
    assert found == []


def is_written(value: ast.expr) -> bool:
    """A call of a function that writes counts."""
    return isinstance(value, ast.Call) and ast.unparse(value.func).rpartition(".")[2] in WRITERS


@pytest.mark.parametrize(
    ("votes", "base", "printed"),
    [
        (78, 80, "97,5%"), (1, 80, "1,25%"), (60, 80, "75%"), (0, 80, "0%"), (80, 80, "100%"),
        (19, 47, "40,43%"), (25, 47, "53,19%"), (52, 53, "98,11%"), (1, 8, "12,5%"),
        (1, 800, "0,13%"), (1, 20001, "0%"), (29, 32, "90,63%"), (33, 60, "55%"),
    ],
)  # fmt: skip
def test_page_document_and_data_print_the_same_share(votes: int, base: int, printed: str) -> None:
    share = shares.percentage(votes, base)
    assert shares.percent_vi(share) == printed
    assert figures.percent_vi(share) == printed
    assert nt.vi_percent(shares.percent_plain(share)) == printed
    plain = shares.percent_plain(share)
    assert re.fullmatch(r"[0-9]+\.[0-9]{2}", plain)


@pytest.mark.parametrize(("count", "written"), [(0, "0"), (1, "01"), (9, "09"), (10, "10")])
def test_counts_under_ten_have_their_zero_in_documents(count: int, written: str) -> None:
    assert figures.count_in_document(count) == written


def test_the_list_of_documents_is_there() -> None:
    assert all(Path(ROOT / folder).is_dir() for folder in DOCUMENTS)

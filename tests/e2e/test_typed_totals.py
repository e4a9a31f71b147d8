"""Totals typed by two members, by the keyboard as in a spreadsheet."""

from collections.abc import Callable
from typing import Any

import pytest

from elections.models import Count, Poll
from elections.queries import counts as queries
from elections.rules import tally
from tests.e2e.test_keying import WORK, at, fits, picture
from tests.elections import stage as staging
from tests.elections.stage import TOTALS, Stage


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    return staging.build()


@pytest.fixture
def poll(stage: Stage) -> Poll:
    return staging.counting(stage, staging.confidence(stage))


def sheet(page: Any, poll: Poll, name: str) -> None:
    """The counter's own empty sheet."""
    at(page, name, f"{WORK}/bo-phieu/{poll.pk}/kiem-phieu/")
    page.get_by_role("button", name="Bắt đầu lần đếm").click()
    page.locator("#id_t-printed").wait_for()
    page.wait_for_load_state()  # with its scripts


def type_totals(page: Any, **changes: int) -> None:
    """Every total, Enter after each."""
    page.locator("#id_t-printed").focus()
    for name in tally.TOTAL_FIELDS:
        page.keyboard.press("Control+a")
        page.keyboard.type(str({**TOTALS, **changes}[name]))
        page.keyboard.press("Enter")


def type_columns(page: Any, rows: int, columns: list[str]) -> None:
    """Column by column, Enter after each cell; the first cell has the focus already."""
    for column in columns:
        for _row in range(rows):
            page.keyboard.type(column)
            page.keyboard.press("Enter")


def where(page: Any) -> str:
    return str(page.evaluate("document.activeElement.name"))


@pytest.mark.parametrize("width", [390, 1280])
def test_a_whole_count_is_typed_without_the_mouse(
    new_page: Callable[..., Any], stage: Stage, poll: Poll, width: int
) -> None:
    one = new_page(width=width)
    sheet(one, poll, "counter1")
    lines = staging.usual_lines(poll)
    rows = len({code for code, _option in lines})
    type_totals(one, returned=32)
    assert where(one) == "v-c01-high", "Enter after the last total goes to the first person"
    one.locator("#sums:has-text('“Thu về” 32, phải là 33')").wait_for()
    fits(one)
    picture(one, f"count-suspicion-{width}")
    one.locator("#id_t-returned").fill("33")
    one.locator("#id_v-c01-high").focus()
    type_columns(one, rows, ["25", "5", "2"])
    one.locator("#submit button:enabled").wait_for()
    one.wait_for_timeout(400)  # the last cell's own keeping has begun by then
    one.locator("form.htmx-request").wait_for(state="detached")
    assert queries.figures_of(Count.objects.get()) == lines
    one.get_by_role("button", name="Nộp lần đếm này").click()
    with one.expect_navigation():
        one.locator("dialog[open] [data-yes]").click()
    assert Count.objects.get().state == "submitted"


def test_arrows_leave_a_cell_at_its_edge_and_never_eat_the_caret(
    new_page: Callable[..., Any], stage: Stage, poll: Poll
) -> None:
    page = new_page()
    sheet(page, poll, "counter1")
    page.locator("#id_v-c02-confidence").focus()
    for key, name in (
        ("ArrowDown", "v-c03-confidence"), ("ArrowRight", "v-c03-low"), ("ArrowUp", "v-c02-low"),
        ("ArrowLeft", "v-c02-confidence"), ("Shift+Enter", "v-c01-confidence"),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert where(page) == name
    page.keyboard.type("12")
    page.keyboard.press("ArrowLeft")
    assert where(page) == "v-c01-confidence", "the caret moves inside the number first"
    page.keyboard.type("3")
    assert page.locator("#id_v-c01-confidence").input_value() == "132"

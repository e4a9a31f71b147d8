"""A clerk puts the agenda in order: by dragging, by keys, and without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import cast as casting
from tests.cast import Cast
from tests.sessions.desk import desk_of


@pytest.fixture
def agenda(transactional_db: None) -> str:
    """The address of a draft agenda of four items."""
    cast: Cast = casting.build()
    desk = desk_of(cast, kind="urgent")
    return f"/lam-viec/tinh-thu/ky-hop/{desk.council_session.pk}/chuong-trinh/"


def at_the_agenda(page: Any, agenda: str) -> Any:
    page.goto(f"/dang-nhap/?next={agenda}")
    page.fill("#id_username", "clerk")
    page.fill("#id_password", casting.PASSWORD)
    with page.expect_navigation():
        page.click("main button[type=submit]")
    page.goto(agenda)
    return page


def roots(page: Any) -> list[str]:
    return [title.partition(". ")[2] for title in page.locator("li.depth-0 h2").all_inner_texts()]


def test_a_row_is_dragged_and_stays_where_it_was_dropped(new_page: Any, agenda: str) -> None:
    page = at_the_agenda(new_page(height=2400), agenda)
    before = roots(page)
    rows = page.locator("li.depth-0")
    with page.expect_navigation():
        rows.nth(3).locator(".dot").drag_to(
            rows.nth(2).locator(".dot"), target_position={"x": 4, "y": 1}
        )
    assert roots(page) == [before[0], before[1], before[3], before[2]]
    page.reload()
    assert roots(page) == [before[0], before[1], before[3], before[2]]


def test_alt_and_an_arrow_move_the_row_that_has_the_focus(new_page: Any, agenda: str) -> None:
    page = at_the_agenda(new_page(), agenda)
    before = roots(page)
    page.locator("li.depth-0").nth(2).locator("h2 a").focus()
    for _twice in range(2):
        with page.expect_navigation():
            page.keyboard.press("Alt+ArrowUp")
    assert roots(page)[0] == before[2]


def test_the_buttons_do_the_same_without_javascript(
    new_page: Callable[..., Any], agenda: str
) -> None:
    page = at_the_agenda(new_page(width=390, java_script_enabled=False), agenda)
    before = roots(page)
    page.locator("li.depth-0").nth(1).locator("button[value=down]").click()
    assert roots(page)[1:3] == [before[2], before[1]]
    page.locator("li.depth-0").nth(1).locator("button[value=indent]").click()
    assert before[2] not in roots(page)

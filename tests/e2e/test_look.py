"""What the stylesheet and app.js add, seen in a browser on the living page."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/lam-viec/mau/"
PASSWORD = "mat-khau-thu-nghiem"
SIDEWAYS = "document.documentElement.scrollWidth > window.innerWidth"
# Elements that stick out of the window, other than inside a region that scrolls by itself.
STICKING_OUT = """() => [...document.querySelectorAll("main *")]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll, .tabs"))
  .map((e) => e.outerHTML.slice(0, 80))"""
TOO_SMALL = """() => [...document.querySelectorAll("main :is(.btn, .form-control, .form-select)")]
  .filter((e) => e.getBoundingClientRect().height < (e.matches(".btn-sm") ? 38 : 44) - 0.5)
  .map((e) => e.outerHTML.slice(0, 80))"""


@pytest.fixture
def open_page(new_page: Callable[..., Any], cast: Any) -> Callable[..., Any]:
    """Call it for the living page, signed in as the clerk."""

    def open_it(**options: Any) -> Any:
        page = new_page(**options)
        page.goto(f"/dang-nhap/?next={PAGE}")
        page.fill("#id_username", "clerk")
        page.fill("#id_password", PASSWORD)
        with page.expect_navigation():
            page.click("main button[type=submit]")
        return page

    return open_it


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_fits_and_is_accessible(open_page, width: int, scheme: str) -> None:
    page = open_page(width=width, color_scheme=scheme)
    assert not page.evaluate(SIDEWAYS)
    assert page.evaluate(STICKING_OUT) == []
    assert page.evaluate(TOO_SMALL) == []
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == []


def test_the_page_is_whole_without_scripts(open_page) -> None:
    page = open_page(java_script_enabled=False)
    assert page.locator("main h2").count() > 10
    page.locator("details.menu summary").click()
    assert page.get_by_role("button", name="Thoát").is_visible()


def test_a_dangerous_button_asks_and_no_is_no(open_page) -> None:
    page = open_page()
    page.evaluate("document.body.dataset.pressed = ''")
    button = page.get_by_role("button", name="Việc khó lùi")
    button.evaluate(
        "e => e.addEventListener('click', () => { document.body.dataset.pressed += '1' })"
    )
    button.click()
    question = page.locator("dialog[open]")
    assert "Hủy cuộc bỏ phiếu?" in question.inner_text()
    question.get_by_role("button", name="Thôi").click()
    assert page.evaluate("document.body.dataset.pressed") == ""
    button.click()
    page.keyboard.press("Escape")
    assert page.evaluate("document.body.dataset.pressed") == ""
    button.click()
    question.get_by_role("button", name="Việc khó lùi").click()
    page.wait_for_function("document.body.dataset.pressed === '1'")
    button.click()
    assert question.is_visible(), "each click is asked anew"


def test_a_sum_says_which_number_is_too_much(open_page) -> None:
    page = open_page()
    row = page.locator("[data-sum-row]").first
    cells, said = row.locator("input"), row.locator("[data-sum-say]")
    cells.nth(0).fill("60")
    assert said.inner_text() == "60 + 6 + 1 = 67, nhiều hơn 57 phiếu hợp lệ: thừa 10."
    assert cells.nth(0).get_attribute("aria-invalid") == "true"
    cells.nth(0).fill("50")
    assert said.inner_text() == "50 + 6 + 1 = 57 phiếu hợp lệ."
    assert "sum-ok" in said.get_attribute("class")
    cells.nth(0).fill("năm mươi")
    assert said.inner_text() == ""
    cells.nth(0).fill("50")
    page.fill("#valid", "56")
    assert said.inner_text() == "50 + 6 + 1 = 57, nhiều hơn 56 phiếu hợp lệ: thừa 1."


def test_a_column_is_typed_downwards(open_page) -> None:
    page = open_page()
    inputs = page.locator("[data-sum-cell]")
    inputs.nth(1).focus()
    page.keyboard.press("Enter")
    assert inputs.nth(4).evaluate("e => e === document.activeElement")
    page.keyboard.press("ArrowUp")
    assert inputs.nth(1).evaluate("e => e === document.activeElement")


def test_the_theme_is_chosen_and_kept(open_page) -> None:
    page = open_page(color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Đổi nền").click()
    dark = page.evaluate(ground)
    assert dark != light
    page.reload()
    assert page.evaluate(ground) == dark


def test_the_menu_closes_when_one_goes_elsewhere(open_page) -> None:
    page = open_page()
    menu = page.locator("details.menu")
    menu.locator("summary").click()
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    menu.locator("summary").click()
    page.locator("h1").click()
    assert menu.get_attribute("open") is None


def test_a_form_is_sent_once(open_page) -> None:
    page = open_page()
    sent = page.evaluate(
        """() => {
          const form = document.querySelector(".menu-list form");
          let sent = 0;
          form.addEventListener("submit", () => { sent += 1; });
          document.addEventListener("submit", (event) => {
            if (!event.defaultPrevented) window.passed = (window.passed || 0) + 1;
            event.preventDefault();
          });
          const button = form.querySelector("button");
          button.click(); button.click();
          return [sent, window.passed, button.getAttribute("aria-busy")];
        }"""
    )
    assert sent == [2, 1, "true"]


def test_the_first_tab_leads_past_the_menu(open_page) -> None:
    page = open_page()
    page.reload()
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("e => e === document.activeElement && e.getBoundingClientRect().left >= 0")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_paper_has_no_menu_and_a_document_stands_alone(open_page) -> None:
    page = open_page()
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in ("header.top", ".tabs", "footer", "main > .page-header", "main > .grid"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator("article.doc").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_contrast_theme_keeps_the_shapes(open_page) -> None:
    page = open_page(forced_colors="active")
    border = "getComputedStyle(document.querySelector('.tag.ok')).borderTopWidth"
    assert page.evaluate(border) == "1px"
    fill = "getComputedStyle(document.querySelector('svg.bar .bar-high')).fill"
    assert page.evaluate(fill) != page.evaluate(fill.replace("high", "low"))

"""Result, hall screen and annulment in a browser: they fit, speak, and need no script."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from elections.models import Poll
from tests.elections import stage as staging

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "mat-khau-thu-nghiem"
SIDEWAYS = "document.documentElement.scrollWidth > window.innerWidth"
TURN = """htmx.ajax("GET", "?trang=2",
  {source: "#hall", target: "#hall", select: "#hall", swap: "outerHTML"})"""
CUT_OFF = """() => [...document.querySelectorAll(".hall-table th, .hall-table td")]
  .filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent.trim())"""


def page_of(name: str, poll: Poll) -> str:
    return reverse(f"elections:{name}", args=["tinh-thu", poll.pk])


def signed_in(
    new_page: Callable[..., Any], address: str, who: str = "chair", **options: Any
) -> Any:
    page = new_page(**options)
    page.goto(f"/dang-nhap/?next={address}")
    page.fill("#id_username", who)
    page.fill("#id_password", PASSWORD)
    with page.expect_navigation():
        page.click("main button[type=submit]")
    return page


@pytest.fixture
def agreed(db: None) -> Poll:
    stage = staging.build()
    poll = staging.confidence(stage)
    staging.agreed(stage, poll)
    return poll


def accessible(page: Any) -> None:
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_halls_screen_is_big_whole_and_accessible(
    agreed: Poll, new_page: Callable[..., Any], scheme: str
) -> None:
    page = signed_in(new_page, page_of("hall-screen", agreed), width=1280, color_scheme=scheme)
    for width, height in ((1280, 720), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        assert not page.evaluate(SIDEWAYS)
        assert page.evaluate(CUT_OFF) == []
        name = page.locator(".hall-table tbody th strong").first
        assert name.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= height * 0.03
        last = page.locator(".hall-table tbody tr").last.bounding_box()
        assert last["y"] + last["height"] <= height, "every row is on the screen"
    accessible(page)


def test_the_screen_turns_its_pages_by_itself_with_and_without_scripts(
    agreed: Poll, new_page: Callable[..., Any]
) -> None:
    address = page_of("hall-screen", agreed)
    page = signed_in(new_page, address)
    assert page.locator("#hall").get_attribute("data-hx-trigger") == "every 12s"
    page.evaluate(TURN)
    page.wait_for_selector("a[aria-current='page']:text-is('2')")
    bare = signed_in(new_page, address, java_script_enabled=False)
    refresh = bare.locator("meta[http-equiv=refresh]").get_attribute("content")
    assert refresh == "12; url=?trang=2"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["poll-result", "poll-annul"])
def test_result_and_annulment_fit_and_are_accessible(
    agreed: Poll, new_page: Callable[..., Any], name: str, width: int
) -> None:
    page = signed_in(new_page, page_of(name, agreed), width=width)
    assert not page.evaluate(SIDEWAYS)
    accessible(page)


def test_a_result_is_annulled_without_scripts(agreed: Poll, new_page: Callable[..., Any]) -> None:
    page = signed_in(new_page, page_of("poll-annul", agreed), java_script_enabled=False)
    page.fill("[name=body]", "Ủy ban Thường vụ Quốc hội")
    page.fill("[name=document]", "12/NQ-UBTVQH16")
    page.fill("[name=decided_on]", "2028-12-20")
    page.locator("section:has(#by-document) [name=reason]").fill("Người giới thiệu sai thẩm quyền")
    page.get_by_role("button", name="Hủy kết quả theo văn bản").click()
    assert "Kết quả này đã bị hủy" in page.inner_text("main")
    assert Poll.objects.get(pk=agreed.pk).state == "annulled"

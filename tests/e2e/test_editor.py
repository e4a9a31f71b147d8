"""A clerk writes a resolution by structure: clauses, a table, Word, autosave, versions."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from resolutions.models import Resolution, WorkingCopy
from resolutions.queries import copies, texts
from resolutions.rules import editing
from tests import cast as casting
from tests.processes import wait_until
from tests.resolutions.stage import Stage, build_stage, drafted
from tests.resolutions.word_samples import WORD

pytestmark = pytest.mark.timeout(300)
PASTE = """([html, plain]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", plain);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    return build_stage()


def at_the_editor(page: Any, resolution: Resolution) -> Any:
    address = f"/lam-viec/tinh-thu/nghi-quyet/{resolution.pk}/sua/"
    page.goto(f"/dang-nhap/?next={address}")
    page.fill("#id_username", "clerk")
    page.fill("#id_password", casting.PASSWORD)
    with page.expect_navigation():
        page.click("main button[type=submit]")
    page.goto(address)
    return page


def kept_rows(stage: Stage) -> list[tuple[str, str]]:
    copy = WorkingCopy.objects.filter(user=stage.user["clerk"]).first()
    if copy is None:
        return []
    body = copies.contents.loads(copy.content).body
    return [(row.kind.value, row.text) for row in editing.rows_of(body.nodes)]


def press(page: Any, words: str) -> None:
    with page.expect_navigation():
        page.locator("#tools").get_by_role("button", name=words, exact=True).click()


def test_a_resolution_is_written_by_keys_pasted_kept_saved_and_compared(
    new_page: Any, stage: Stage
) -> None:
    resolution = drafted(stage)
    page = at_the_editor(new_page(height=1400), resolution)
    page.locator(".kind-article input[name=at]").first.check()
    press(page, "Khoản")
    page.locator(".kind-clause textarea:focus").wait_for()
    page.keyboard.type("Thu ngân sách")
    page.keyboard.press("Enter")
    page.keyboard.type("Chi ngân sách")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Chi thường xuyên")
    wait_until(lambda: ("point", "Chi thường xuyên") in kept_rows(stage), seconds=20)
    assert ("clause", "Thu ngân sách") in kept_rows(stage)
    page.locator("#kept", has_text="Đã tự lưu").wait_for()
    labels = page.locator(".piece.kind-clause .piece-label").all_inner_texts()
    assert [label.strip() for label in labels] == ["1.", "2."]
    assert page.locator(".piece.kind-point .piece-label").inner_text().strip() == "a)"

    press(page, "Bảng")
    page.locator("td textarea").first.fill("Ô thứ nhất")
    page.locator(".kind-point textarea").focus()
    with page.expect_navigation():
        page.evaluate(PASTE, [WORD, "Điều 1.\n1.\n2."])
    assert "Phần dán được hiểu như sau" in page.content()
    assert "alert(1)" not in page.locator("article.doc").inner_text()
    with page.expect_navigation():
        page.get_by_role("button", name="Chèn vào chỗ đang chọn").click()
    assert ("dash", "Tiền sử dụng đất;") in kept_rows(stage)

    page.goto(f"/lam-viec/tinh-thu/nghi-quyet/{resolution.pk}/sua/")
    assert "Bạn còn một bản gõ dở" in page.content()
    page.get_by_role("link", name="Tiếp tục bản gõ dở").click()
    for name in page.locator(".table-grid [name^='tc-']").all():
        if not name.input_value():
            name.fill("Cột")
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu", exact=True).first.click()
    words = texts.words_of(Resolution.objects.get())
    for said in ("1. Thu ngân sách", "a) Chi thường xuyên", "Ô thứ nhất", "b) Thu từ đất:"):
        assert said in words
    assert not WorkingCopy.objects.exists()

    page.get_by_role("link", name="Các phiên bản và thay đổi").click()
    page.get_by_role("link", name="Xem thay đổi").first.click()
    assert "Thu ngân sách" in page.locator("ins").all_inner_texts()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_same_is_written_without_javascript(new_page: Any, stage: Stage, width: int) -> None:
    resolution = drafted(stage)
    page = at_the_editor(new_page(width=width, java_script_enabled=False), resolution)
    page.locator(".kind-article input[name=at]").first.check()
    press(page, "Khoản")
    page.locator(".kind-clause textarea[name^='t-']").fill("Thu ngân sách")
    press(page, "Điểm")
    page.locator(".kind-point textarea").fill("Thu nội địa")
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu", exact=True).first.click()
    assert "a) Thu nội địa" in texts.words_of(Resolution.objects.get())


@pytest.mark.parametrize("width", [390, 1280])
def test_the_editor_fits_and_is_accessible(new_page: Any, stage: Stage, width: int) -> None:
    page = at_the_editor(new_page(width=width), drafted(stage))
    press(page, "Bảng")
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []

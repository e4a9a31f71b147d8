"""Ballot by ballot in a browser: no key is lost, with a network, without, and without a script."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from elections.models import PaperBatch, PaperReading, Poll
from elections.queries import batches as queries
from elections.services import batches, readings
from tests import cast as casting
from tests.e2e.test_look import SIDEWAYS, STICKING_OUT
from tests.elections import paper_stage as papers
from tests.elections import stage as staging
from tests.elections.stage import Stage

WORK = "/lam-viec/tinh-thu"


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    return staging.build()


@pytest.fixture
def poll(stage: Stage) -> Poll:
    """An election with 30 entries, counted ballot by ballot, 33 papers returned."""
    poll = staging.election(stage)
    for person in [*range(7, 10), *range(17, 40), *range(4)]:
        staging.candidate(stage, poll, person)
    poll = papers.by_ballots(stage, staging.counting(stage, poll))
    papers.account(stage, poll)
    return poll


def confidence(stage: Stage) -> Poll:
    return staging.counting(stage, staging.confidence(stage))


def at(page: Any, name: str, address: str) -> Any:
    """Signed in, at an address."""
    page.goto(f"/dang-nhap/?next={WORK}/")
    page.fill("#id_username", name)
    page.fill("#id_password", casting.PASSWORD)
    with page.expect_navigation():
        page.click("main button[type=submit]")
    page.goto(address)
    return page


def picture(page: Any, name: str, *, whole: bool = True) -> None:
    """A screenshot for the guide, where PICTURES names a folder."""
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=whole, caret="initial")


def begun(stage: Stage, poll: Poll, *, size: int = 3) -> PaperBatch:
    batch = batches.open_batch(poll, size=size, by=stage.user("counter1"))
    readings.start(batch, by=stage.user("counter1"))
    return batch


def kept(batch: PaperBatch, name: str = "counter1") -> list[str]:
    reading = PaperReading.objects.get(batch=batch, reader__username=name)
    return queries.shape_of(batch.poll).keys_in(reading)


@pytest.fixture
def faulty_page(browser: Any, live_server: Any) -> Iterator[Any]:
    """A page whose failed requests are part of the test: the browser's complaints do not count."""
    context = browser.new_context(base_url=live_server.url, locale="vi-VN")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def wait_until_kept(page: Any) -> None:
    page.locator("[data-status]:has-text('Đã giữ')").wait_for()


def fits(page: Any) -> None:
    """Nothing sticks out of the window, and axe finds no fault."""
    assert page.evaluate(STICKING_OUT) == []
    assert not page.evaluate(SIDEWAYS)
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_thirty_entries_a_paper_one_key_a_mark_and_no_key_is_lost(
    new_page: Callable[..., Any], stage: Stage, poll: Poll, width: int
) -> None:
    batch = begun(stage, poll)
    page = at(new_page(width=width), "counter1", f"{WORK}/tap-phieu/{batch.pk}/doc/")
    typed = ["12" * 15, "1" * 14 + "0x" + "2" * 14, "21" * 15]
    for number, paper in enumerate(typed, start=1):
        for key in paper[:-1]:
            page.keyboard.press(key)
        if number == 2:
            fits(page)
            picture(page, f"keying-{width}", whole=False)
        page.keyboard.press(paper[-1])
    wait_until_kept(page)
    assert kept(batch) == typed
    with page.expect_navigation():
        page.get_by_role("button", name="Nộp lần đọc tập này").click()
    assert PaperReading.objects.get(batch=batch).state == "submitted"
    assert page.evaluate("localStorage.length") == 0
    fits(page)
    picture(page, f"batch-list-{width}")


def test_a_burst_of_keys_faster_than_any_hand_is_kept_in_order(
    new_page: Callable[..., Any], stage: Stage, poll: Poll
) -> None:
    batch = begun(stage, poll, size=4)
    page = at(new_page(), "counter1", f"{WORK}/tap-phieu/{batch.pk}/doc/")
    typed = ["1" * 30, "2" * 30, "12x0" * 7 + "11", "21" * 15]
    page.keyboard.type("".join(typed))
    wait_until_kept(page)
    assert kept(batch) == typed


def test_undo_goes_back_across_papers_and_a_whole_paper_is_one_key(
    new_page: Callable[..., Any], stage: Stage, poll: Poll
) -> None:
    batch = begun(stage, poll)
    page = at(new_page(), "counter1", f"{WORK}/tap-phieu/{batch.pk}/doc/")
    page.keyboard.type("1" * 30 + "k")
    page.keyboard.type("22")
    for _each in range(3):
        page.keyboard.press("Backspace")
    assert page.locator("[data-place]").inner_text() == "2", "the invalid paper is taken back"
    for _each in range(2):
        page.keyboard.press("Backspace")
    assert page.locator("[data-place]").inner_text() == "1"
    page.keyboard.type("2x")
    page.keyboard.type("k")
    page.keyboard.press("Backspace")
    page.keyboard.type("k")
    page.keyboard.type("0" * 30)
    wait_until_kept(page)
    assert kept(batch) == ["1" * 28 + "2x", "!", "0" * 30]
    page.keyboard.type("111")
    assert kept(batch)[2:] == ["0" * 30], "a full batch takes no more keys"


@pytest.mark.parametrize("width", [390, 1280])
def test_strokes_grow_in_fives_as_committees_draw_them(
    new_page: Callable[..., Any], stage: Stage, width: int
) -> None:
    poll = papers.by_ballots(stage, confidence(stage))
    papers.account(stage, poll)
    batch, by = begun(stage, poll, size=25), stage.user("counter1")
    heap = [paper for paper in papers.heap_of(poll, 20) if paper.is_valid][:13]
    readings.keep(batch, papers=heap, version=1, by=by)
    page = at(new_page(width=width), "counter1", f"{WORK}/tap-phieu/{batch.pk}/doc/")

    def strokes() -> dict[str, int]:
        """Strokes drawn in the first row, by key."""
        drawn = page.locator("[data-row]").first.locator("[data-strokes]")
        return {
            svg.get_attribute("data-strokes"): svg.locator("path").get_attribute("d").count("M")
            for svg in drawn.all()
        }

    rows = len(heap[0].marks)
    before = strokes()
    first = [paper.marks["c01"] for paper in heap]
    assert before == {
        key: first.count(option) for key, option in zip("123", ("high", "confidence", "low"),
                                                        strict=True)
    }  # fmt: skip
    page.keyboard.type("1" * rows)
    assert strokes() == {**before, "1": before["1"] + 1}
    page.keyboard.press("Backspace")
    assert strokes() == before, "what is taken back is rubbed out"
    page.keyboard.type("1c23")
    fits(page)
    picture(page, f"keying-strokes-{width}")


def test_the_network_fails_and_nothing_is_lost_or_left_in_the_browser(
    faulty_page: Any, stage: Stage, poll: Poll
) -> None:
    batch = begun(stage, poll)
    address = f"{WORK}/tap-phieu/{batch.pk}/doc/"
    page = at(faulty_page, "counter1", address)
    lost: list[str] = []

    def lose_the_answer(route: Any) -> None:
        """The server keeps the paper; its answer never arrives."""
        route.fetch()
        lost.append(route.request.post_data)
        route.fulfill(status=502, body="")

    page.route("**/doc/giu/", lose_the_answer, times=1)
    page.keyboard.type("12" * 15)
    page.locator("[data-status].err").wait_for()
    assert page.evaluate("localStorage.length") == 1
    page.keyboard.press("Backspace")
    page.keyboard.type("x")
    wait_until_kept(page)
    assert lost
    assert kept(batch) == ["12" * 14 + "1x"]
    assert page.evaluate("localStorage.length") == 0


def test_papers_that_could_not_be_sent_are_sent_when_the_page_is_opened_again(
    faulty_page: Any, stage: Stage, poll: Poll
) -> None:
    batch = begun(stage, poll)
    address = f"{WORK}/tap-phieu/{batch.pk}/doc/"
    page = at(faulty_page, "counter1", address)
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/doc/giu/", lambda route: route.fulfill(status=503, body=""))
    page.keyboard.type("21" * 15)
    page.locator("[data-status].err").wait_for()
    page.unroute("**/doc/giu/")
    page.goto(address)
    wait_until_kept(page)
    assert kept(batch) == ["21" * 15]
    assert page.evaluate("localStorage.length") == 0


def test_two_windows_never_overwrite_each_other(faulty_page: Any, stage: Stage, poll: Poll) -> None:
    batch = begun(stage, poll)
    page = at(faulty_page, "counter1", f"{WORK}/tap-phieu/{batch.pk}/doc/")
    shape, by = queries.shape_of(poll), stage.user("counter1")
    readings.keep(batch, papers=shape.papers_of(["2" * 30]), version=1, by=by)
    page.keyboard.type("1" * 30)
    page.locator("[data-status]:has-text('cửa sổ khác')").wait_for()
    assert kept(batch) == ["2" * 30]


@pytest.mark.parametrize("width", [390, 1280])
def test_without_a_script_the_page_is_a_form_of_one_paper(
    browser: Any, live_server: Any, stage: Stage, width: int
) -> None:
    poll = papers.by_ballots(stage, confidence(stage))
    papers.account(stage, poll)
    batch = begun(stage, poll, size=2)
    rows = len(queries.shape_of(poll).codes)
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": 900},
        java_script_enabled=False,
        locale="vi-VN",
    )
    page = context.new_page()
    at(page, "counter1", f"{WORK}/tap-phieu/{batch.pk}/doc/")
    for row in page.locator("[data-row]").all()[1:]:
        row.locator("input[value='1']").check()
    page.get_by_role("button", name="Giữ tờ này").click()
    assert "Còn 1 dòng chưa chọn" in page.inner_text("main")
    page.locator("[data-row]").first.locator("input[value='x']").check()
    picture(page, f"keying-plain-{width}")
    page.get_by_role("button", name="Giữ tờ này").click()
    page.check("#id_whole")
    page.get_by_role("button", name="Giữ tờ này").click()
    assert kept(batch) == ["x" + "1" * (rows - 1), "!"]
    page.goto(f"{page.url}?phieu=1")
    page.locator("[data-row]").first.locator("input[value='3']").check()
    page.get_by_role("button", name="Giữ tờ này").click()
    assert kept(batch) == ["3" + "1" * (rows - 1), "!"]
    page.get_by_role("button", name="Nộp lần đọc tập này").click()
    assert PaperReading.objects.get(batch=batch).state == "submitted"
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_from_choosing_the_way_to_the_confirmed_result(
    new_page: Callable[..., Any], stage: Stage, width: int
) -> None:
    poll = confidence(stage)
    rows = len(queries.shape_of(poll).codes)
    one, two = new_page(width=width), new_page(width=width)
    at(one, "counter1", f"{WORK}/bo-phieu/{poll.pk}/kiem-phieu/")
    fits(one)
    picture(one, f"count-start-{width}")
    one.get_by_role("button", name="Chọn: Đọc từng phiếu").click()
    one.get_by_role("link", name="Ghi số phiếu").click()
    for field, value in {"issued": 33, "unused": 7, "spoiled": 1, "returned": 4}.items():
        one.fill(f"#id_t-{field}", str(value))
    one.locator("#id_t-returned").press("Tab")
    one.locator("#sums .err").wait_for()
    picture(one, f"paper-account-{width}")
    one.fill("#id_t-unused", "6")
    one.get_by_role("button", name="Ghi số phiếu").click()
    one.get_by_role("button", name="Lập tập").click()
    one.get_by_role("button", name="Nhận đọc").click()
    pile = ["1" * rows, "2" * rows, "c" * (rows - 1) + "0", "k"]
    one.locator("form.is-live").wait_for()
    one.keyboard.type("".join(pile))
    one.locator("[data-submit]:enabled").click()
    at(two, "counter2", f"{WORK}/bo-phieu/{poll.pk}/tap-phieu/")
    two.get_by_role("button", name="Nhận đọc").click()
    two.locator("form.is-live").wait_for()
    pile[1] = "23" + "2" * (rows - 2)
    two.keyboard.type("".join(pile))
    two.locator("[data-submit]:enabled").click()
    two.locator("h1:has-text('Đối chiếu tập 1')").wait_for()
    assert "Tờ thứ 2 từ trên xuống" in two.inner_text("main")
    two.locator("select").select_option(label="Tín nhiệm")
    two.locator("[name^=reason-]").fill("Người đọc thứ hai gõ nhầm")
    fits(two)
    picture(two, f"batch-settle-{width}")
    two.get_by_role("button", name="Ghi và khép tập này").click()
    two.get_by_role("link", name="Xem số liệu và thống nhất").click()
    fits(two)
    picture(two, f"count-records-{width}")
    two.get_by_role("button", name="Thống nhất kết quả").click()
    one.goto(f"{WORK}/bo-phieu/{poll.pk}/doi-chieu/")
    one.get_by_role("button", name="Xác nhận kết quả").click()
    with one.expect_navigation():
        one.locator("dialog[open] [data-yes]").click()
    poll.refresh_from_db()
    assert poll.state == "agreed"

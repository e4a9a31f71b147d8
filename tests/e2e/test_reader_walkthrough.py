"""Four readers without an account: a citizen, a journalist, a researcher, somebody who hears pages.

Played on Hà Đông's session; with PICTURES=folder it takes the pictures of
docs/reading-walkthrough.md.
"""

import csv
import hashlib
import io
import json
import os
import sqlite3
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from portal.services import search_index

pytestmark = pytest.mark.django_db(transaction=True)
SESSION = "/ha-dong/ky-hop/2021-2026/13/"
RESOLUTION = "/ha-dong/nghi-quyet/2023/12-nq-hdnd/"
ELECTION = f"{SESSION}phieu/bau-bo-sung-pho-chu-tich-uy-ban-nhan-dan-quan/"
TALLEST, COLOURS = 1600, 64


def picture(page: Any, name: str) -> None:
    """A screenshot for the guide, where PICTURES names a folder."""
    folder = os.environ.get("PICTURES")
    if not folder:
        return
    path = Path(folder) / f"read-{name}.png"
    page.screenshot(path=str(path), full_page=True)
    with Image.open(path) as whole:
        part = whole.convert("RGB").crop((0, 0, whole.width, min(whole.height, TALLEST)))
    part.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def words_on(page: Any) -> str:
    """What the page says, in one line."""
    return " ".join(page.inner_text("main").split())


def test_a_citizen_finds_who_was_elected_on_a_phone(
    ha_dong_told: None, new_page: Callable[..., Any]
) -> None:
    search_index.catch_up()
    page = new_page(width=390, java_script_enabled=False)
    page.goto("/")
    page.fill("#q", "bau pho chu tich ha dong")
    page.press("#q", "Enter")
    picture(page, "01-found")
    page.click("text=12/NQ-HĐND")
    assert page.inner_text("h1").startswith("Về việc xác nhận kết quả bầu bổ sung")
    assert "Còn hiệu lực" in words_on(page)
    picture(page, "02-resolution")
    page.click("nav[aria-labelledby=contents] >> text=Điều 2.")
    assert page.url.endswith("#dieu-2")
    page.click("text=Xác minh tệp hoặc bản in")
    content = page.request.get(f"{RESOLUTION.rstrip('/')}.pdf").body()
    page.set_input_files(
        "input[type=file]",
        {"name": "12-nq.pdf", "mimeType": "application/pdf", "buffer": content},
    )
    page.click("main form button[type=submit]")
    assert "12/NQ-HĐND" in words_on(page)
    picture(page, "03-verified")


def test_a_journalist_gets_the_figures_with_their_base(
    ha_dong_told: None, new_page: Callable[..., Any]
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(SESSION)
    picture(page, "04-session")
    page.goto(ELECTION)
    shown = words_on(page)
    assert "33/35 phiếu đồng ý, bằng 94,29% so với tổng số đại biểu" in shown
    assert "cần ít nhất 18 phiếu" in shown
    picture(page, "05-poll")
    told = json.loads(page.request.get(f"{ELECTION}so-lieu.json").body())
    assert "33" in json.dumps(told)
    page.click("main table a:has-text('Trần Thị Lương An')")
    assert page.inner_text("h1").endswith("Trần Thị Lương An")
    assert "94,29%" in words_on(page)
    picture(page, "06-person")
    page.goto("/ha-dong/chi-tieu/")
    assert "34.550 tỷ 889 triệu đồng" in words_on(page)
    picture(page, "07-indicators")


def test_a_researcher_takes_everything_and_gets_the_same_figures(
    ha_dong_told: None, new_page: Callable[..., Any], tmp_path: Path
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/ha-dong/du-lieu/")
    picture(page, "08-data")
    whole = page.request.get("/ha-dong/du-lieu/ha-dong.sqlite").body()
    kept = tmp_path / "ha-dong.sqlite"
    kept.write_bytes(whole)
    connection = sqlite3.connect(kept)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(resolutions)")]
    symbols = [
        row[columns.index("symbol")] for row in connection.execute("SELECT * FROM resolutions")
    ]
    connection.close()
    assert "12/NQ-HĐND" in symbols
    table = page.request.get("/ha-dong/du-lieu/resolutions.csv").body().decode("utf-8-sig")
    assert sorted(row["symbol"] for row in csv.DictReader(io.StringIO(table))) == sorted(symbols)
    api = page.request.get("/api/v1/resolutions?council=ha-dong").json()
    assert sorted(one["symbol"] for one in api["items"]) == sorted(symbols)
    pdf = page.request.get(f"{RESOLUTION.rstrip('/')}.pdf").body()
    page.goto(RESOLUTION)
    assert hashlib.sha256(pdf).hexdigest() in words_on(page)
    assert page.locator("link[rel=alternate]").count() > 0


def test_somebody_who_hears_the_page_gets_its_order_and_its_tables(
    ha_dong_told: None, new_page: Callable[..., Any]
) -> None:
    page = new_page()
    for address in (SESSION, RESOLUTION, ELECTION, "/ha-dong/chuc-vu/", "/ha-dong/chi-tieu/"):
        page.goto(address)
        levels = page.eval_on_selector_all(
            "h1, h2, h3, h4, h5", "found => found.map(one => Number(one.tagName[1]))"
        )
        assert levels.count(1) == 1, address
        steps = [after - before for before, after in pairwise(levels)]
        assert max(steps) <= 1, (address, levels)
        for table in page.locator("main table").all():
            heads = table.locator("th").count()
            assert heads > 0, address
        for chart in page.locator("main svg:not([aria-hidden=true])").all():
            assert chart.get_attribute("role") == "img", address
            named = chart.get_attribute("aria-labelledby") or chart.get_attribute("aria-label")
            assert named, address
    page.goto(RESOLUTION)
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused.startswith("#"), "the first stop leads past the head of the page"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    heard = page.locator("main").aria_snapshot()
    assert "heading" in heard
    assert "Điều 1." in heard

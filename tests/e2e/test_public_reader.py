"""A citizen, without an account, finds every reported fact of Hà Đông's 13th session.

The facts are those of a newspaper of December 2023; the counts beside them are made up and the
page says so.
"""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.django_db(transaction=True)
SESSION = "/ha-dong/ky-hop/2021-2026/13/"
FACTS = (
    "Kỳ họp thứ 13",
    "Hội đồng nhân dân quận Hà Đông",
    "Nhiệm kỳ 2021 – 2026",
    "Bà Trần Thị Lương An",
    "Trưởng phòng Tài chính quận Hà Đông",
    "được bầu giữ chức vụ Phó Chủ tịch Ủy ban nhân dân quận Hà Đông",
    "Kết quả lấy phiếu tín nhiệm",
    "21 chỉ tiêu kinh tế – xã hội của quận đạt kế hoạch năm 2023",
    "34.550 tỷ 889 triệu đồng",
    "giá so sánh 2010",
    "tăng 11%",
    "90,35%",
    "38.242 tỷ 382 triệu đồng",
    "vượt 0,01%",
    "tăng 11,55%",
    "3.874 tỷ 112 triệu đồng",
    "73,5%",
    "bằng 85,8%",
    "Chưa đạt",
    "chi xây dựng cơ bản",
    "quy hoạch, xây dựng, đô thị và đất đai",
    "chưa có ban quản trị",
    "2% kinh phí bảo trì",
    "cải tạo chung cư cũ còn chậm",
    "Kỷ cương, trách nhiệm, hành động, sáng tạo, phát triển",
    "kỷ luật, kỷ cương hành chính",
    "chuyển đổi số",
    "số liệu minh họa",
)


def text_of(page: Any) -> str:
    """What the page says, in one line, without minding capitals of labels."""
    return " ".join(page.inner_text("body").split())


def test_every_reported_fact_stands_on_the_sessions_page_without_javascript(
    ha_dong_told: None, new_page: Callable[..., Any]
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(SESSION)
    shown = text_of(page).casefold()
    assert [fact for fact in FACTS if fact.casefold() not in shown] == []


def test_typing_without_diacritics_finds_the_resolution_and_its_pdf(
    ha_dong_told: None, new_page: Callable[..., Any]
) -> None:
    page = new_page(width=390, java_script_enabled=False)
    page.goto("/")
    page.fill("#q", "ha dong pho chu tich")
    page.press("#q", "Enter")
    page.click("text=12/NQ-HĐND")
    assert "33 phiếu đồng ý trên tổng số 35 đại biểu" in text_of(page)
    response = page.request.get("/ha-dong/nghi-quyet/2023/12-nq-hdnd.pdf")
    assert response.status == 200
    assert response.body().startswith(b"%PDF-")


def test_public_pages_are_accessible_and_fit_a_phone(
    ha_dong_told: None, new_page: Callable[..., Any]
) -> None:
    axe = Axe()
    addresses = (
        "/", "/ha-dong/", "/ha-dong/ky-hop/", SESSION, f"{SESSION}chuong-trinh/",
        f"{SESSION}phieu/ket-qua-lay-phieu-tin-nhiem/", "/ha-dong/nghi-quyet/",
        "/ha-dong/nghi-quyet/2023/12-nq-hdnd/", "/ha-dong/dai-bieu/", "/ha-dong/chuc-vu/",
        "/ha-dong/chi-tieu/", "/ha-dong/du-lieu/", "/ha-dong/dai-bieu/nguyen-van-mau/",
        "/ha-dong/dai-bieu/tran-thi-luong-an/",
        "/tim-kiem/?q=ha+dong", "/dang-nhap/", "/theo-doi/?council=ha-dong", "/theo-doi/da-gui/",
    )  # fmt: skip
    for width in (320, 1280):
        page = new_page(width=width)
        for address in addresses:
            response = page.goto(address)
            assert response.status == 200, address
            overflow = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert overflow <= 0, (address, width)
            found = axe.run(page).response["violations"]
            assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], address


def test_the_pages_exist_in_english_under_the_same_address(
    ha_dong_told: None, new_page: Callable[..., Any]
) -> None:
    page = new_page()
    page.goto(f"{SESSION}?lang=en")
    shown = text_of(page)
    assert page.get_attribute("html", "lang") == "en"
    assert "Trần Thị Lương An" in shown
    assert "Resolutions" in shown

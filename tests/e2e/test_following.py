"""A reader without JavaScript follows a council by letter, and leaves; on a phone and a desk."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from portal.models import Subscriber
from portal.services import letters
from tests.portal.following_stage import token_in
from tests.portal.stage import published_resolution
from tests.resolutions.stage import build_stage

pytestmark = pytest.mark.django_db(transaction=True)


def sound(page: Any) -> None:
    """The page is accessible and fits."""
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0, page.url
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], page.url


@pytest.mark.parametrize("width", [390, 1280])
def test_a_reader_follows_and_leaves_with_buttons_only(
    transactional_db: None, new_page: Callable[..., Any], width: int
) -> None:
    cache.clear()
    published_resolution(build_stage())
    page = new_page(width=width)
    page.goto("/tinh-thu/")
    page.click("text=Qua thư điện tử")
    assert page.input_value("#id_council") == "tinh-thu"
    sound(page)
    page.fill("#id_email", "khong-phai@")
    page.eval_on_selector("form.sheet", "form => form.noValidate = true")
    page.click("text=Đăng ký >> nth=-1")
    sound(page)
    page.fill("#id_q", "ngân sách")
    page.fill("#id_email", "doc.gia@vi-du.vn")
    page.click("form.sheet button[type=submit]")
    assert "Hãy xem hộp thư của bạn" in page.inner_text("h1")
    sound(page)
    letters.send_due(timezone.now())
    word = token_in(mail.outbox[-1])
    page.goto(f"/theo-doi/xac-nhan/{word}/")
    sound(page)
    page.click("main button")
    assert "Đã bắt đầu theo dõi" in page.inner_text("h1")
    sound(page)
    page.goto(f"/theo-doi/bo/{token_in(mail.outbox[-1], 1)}/")
    assert "“ngân sách”, Hội đồng nhân dân tỉnh Thử" in page.inner_text("main")
    sound(page)
    page.click("text=Bỏ tất cả")
    assert "Đã bỏ theo dõi" in page.inner_text("h1")
    sound(page)
    assert not Subscriber.objects.exists()
    page.goto("/tinh-thu/nghi-quyet/2026/12-nq-hdnd/")
    assert page.locator("script[type='application/ld+json']").count() == 1

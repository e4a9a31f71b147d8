"""The life of a resolution in browsers: written, signed, published, amended, corrected, withdrawn.

Everything in it is made up.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from council.services import jobs
from resolutions.models import Notice, Resolution, ResolutionState
from resolutions.queries import texts
from tests.cast import PASSWORD
from tests.e2e.actors import Actor
from tests.portal.stage import CLAUSES, published_resolution
from tests.resolutions.stage import Stage, build_stage

pytestmark = pytest.mark.django_db(transaction=True)
WORK = "/lam-viec/tinh-thu"
TITLE = "Về mức thu phí thư viện (minh họa)"
DECISIONS = "1. Người lớn nộp 20.000 đồng.\n2. Trẻ em nộp 5.000 đồng.\n3. Hộ nghèo không nộp phí."


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    return build_stage()


def person(new_page: Callable[..., Any], username: str) -> Actor:
    return Actor(new_page, username, password=PASSWORD)


def work_off() -> None:
    """What the worker would do now."""
    jobs.run_due(timezone.now() + timedelta(seconds=1))


def written(clerk: Actor, stage: Stage) -> Resolution:
    """From the empty form to a draft with three clauses."""
    clerk.go(f"{WORK}/nghi-quyet/")
    clerk.press("Soạn nghị quyết")
    clerk.fill(council_session=stage.council_session.pk, title=TITLE, decisions=DECISIONS)
    clerk.press("Lập dự thảo")
    return Resolution.objects.latest("pk")


def carried_to_the_public(people: tuple[Actor, Actor, Actor], resolution: Resolution) -> Resolution:
    """Submitted, voted on, approved, signed, published: each by whom it concerns."""
    clerk, approver, chair = people
    page = f"{WORK}/nghi-quyet/{resolution.pk}/"
    work_off()
    clerk.go(page)
    clerk.press("Trình duyệt")
    clerk.go(page)
    clerk.fill(for_count=35, against_count=0, not_voting_count=0)
    clerk.press("Ghi kết quả biểu quyết")
    work_off()
    approver.go(page)
    approver.press("Duyệt bản trình ký này")
    chair.go(page)
    chair.fill(password=PASSWORD)
    chair.press("Ký và ban hành")
    work_off()
    resolution.refresh_from_db()
    assert resolution.state == ResolutionState.PUBLISHED
    return resolution


def accessible(page: Any) -> None:
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def picture(page: Any, name: str) -> None:
    """A screenshot for the guide, where PICTURES names a folder."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def says(page: Any, words: str) -> bool:
    return words in " ".join(page.inner_text("body").split())


@pytest.mark.timeout(240)
def test_a_resolution_is_written_signed_published_amended_and_read_as_amended(
    stage: Stage, new_page: Callable[..., Any]
) -> None:
    people = person(new_page, "clerk"), person(new_page, "approver"), person(new_page, "chair")
    clerk = people[0]
    first = carried_to_the_public(people, written(clerk, stage))

    clerk.go(f"{WORK}/nghi-quyet/{first.pk}/")
    clerk.press("Soạn văn bản sửa đổi, thay thế, bãi bỏ")
    clerk.fill(council_session=stage.council_session.pk)
    for piece, verb in (("khoản 1 Điều 1", "amends"), ("khoản 3 Điều 1", "repeals")):
        clerk.page.get_by_label(f"Việc với {piece}").select_option(verb)
    clerk.picture("amend-choose")
    accessible(clerk.page)
    clerk.press("Lập dự thảo")
    quoted = clerk.page.locator(".kind-quote + .piece textarea, .kind-clause textarea").filter(
        has_text="Người lớn nộp 20.000 đồng."
    )
    quoted.last.fill("Người lớn nộp 30.000 đồng.")
    clerk.press("Lưu")
    clerk.picture("amend-draft")
    amendment = Resolution.objects.latest("pk")
    assert amendment.relations.count() == 2
    carried_to_the_public(people, amendment)

    for width in (390, 1280):
        public = new_page(width=width)
        assert public.goto(first.get_absolute_url()).status == 200
        assert says(public, "Hết hiệu lực một phần")
        assert says(public, "Được sửa đổi bởi 02/NQ-HĐND (khoản 1 Điều 1)")
        assert says(public, "1. Người lớn nộp 20.000 đồng."), "the published words stay"
        picture(public, f"amended-{width}")
        accessible(public)
        public.get_by_role("link", name="Đọc văn bản hợp nhất, theo ngày").click()
        assert says(public, "1. Người lớn nộp 30.000 đồng.")
        assert says(public, "2. Trẻ em nộp 5.000 đồng.")
        assert says(public, "3. (được bãi bỏ)")
        picture(public, f"consolidated-{width}")
        accessible(public)
        public.fill("#id_ngay", (timezone.localdate() - timedelta(days=400)).isoformat())
        public.get_by_role("button", name="Xem", exact=True).click()
        assert says(public, "1. Người lớn nộp 20.000 đồng.")
        assert says(public, "Chưa có hiệu lực")
        public.goto(amendment.get_absolute_url())
        public.locator("article a", has_text="01/NQ-HĐND").first.click()
        assert first.get_absolute_url() in public.url


def status_of(page: Any, address: str) -> int:
    """Go there and tell the status, which the browser would report as a fault on its console."""
    seen: list[int] = []

    def answer(route: Any) -> None:
        response = route.fetch()
        seen.append(response.status)
        route.fulfill(response=response, status=200)

    page.route(f"**{address}", answer)
    page.goto(address)
    page.unroute(f"**{address}")
    return seen[0]


def drafted_correction(clerk: Actor, target: Resolution) -> Notice:
    """The clerk names the slip, sees how the text will read, and hands the letter in."""
    clerk.go(f"{WORK}/nghi-quyet/{target.pk}/")
    clerk.press("Soạn công văn đính chính")
    key = next(one.key for one in texts.blocks_of(target) if "Phê duyệt" in one.words)
    clerk.fill(**{
        "slip-0-target_key": key, "slip-0-old_words": "dự toán",
        "slip-0-new_words": "dự toán ngân sách", "symbol": "15/HĐND-VP",
        "reason": "Thiếu chữ khi in (minh họa).",
    })  # fmt: skip
    clerk.picture("notice-form")
    accessible(clerk.page)
    clerk.press("Lưu bản soạn")
    clerk.sees("Lời văn sau khi đính chính")
    accessible(clerk.page)
    clerk.press("Trình ký")
    work_off()
    return Notice.objects.latest("pk")


def signed_notice(chair: Actor, notice: Notice) -> None:
    """The chair finds it on the first screen, reads it and signs."""
    chair.go(f"{WORK}/")
    chair.sees(notice.symbol)
    chair.go(f"{WORK}/cong-van/{notice.pk}/")
    chair.sees("Mở bản PDF")
    chair.fill(password=PASSWORD)
    chair.picture("notice-sign")
    accessible(chair.page)
    chair.press("Ký và ban hành")
    chair.sees("Đã ký và ban hành.")
    work_off()


@pytest.mark.timeout(300)
def test_a_published_resolution_is_corrected_and_then_taken_back(
    stage: Stage, new_page: Callable[..., Any]
) -> None:
    target = published_resolution(stage, articles=CLAUSES)
    clerk, chair = person(new_page, "clerk"), person(new_page, "chair")
    readers = {width: new_page(width=width) for width in (390, 1280)}
    for public in readers.values():
        public.goto(target.get_absolute_url())
        assert not says(public, "Đọc đúng là")
    notice = drafted_correction(clerk, target)
    signed_notice(chair, notice)
    for width, public in readers.items():
        public.goto(target.get_absolute_url())
        assert says(public, "1. Phê duyệt dự toán."), "the published words stay"
        assert says(public, "Đọc đúng là: 1. Phê duyệt dự toán ngân sách.")
        picture(public, f"corrected-{width}")
        accessible(public)
        public.get_by_role("link", name="15/HĐND-VP").first.click()
        assert says(public, "cụm từ “dự toán” sửa thành “dự toán ngân sách”")
        picture(public, f"notice-{width}")
        accessible(public)
    clerk.go(f"{WORK}/nghi-quyet/{target.pk}/")
    clerk.press("Soạn thông báo thu hồi")
    clerk.fill(symbol="02/TB-HĐND", reason="Lộ thông tin cá nhân (minh họa).")
    clerk.page.check("[name=hides_text]")
    clerk.press("Lưu bản soạn")
    clerk.press("Trình ký")
    work_off()
    signed_notice(chair, Notice.objects.latest("pk"))
    for width, public in readers.items():
        assert status_of(public, target.get_absolute_url()) == 410
        assert says(public, "Nghị quyết số 12/NQ-HĐND đã thu hồi")
        assert says(public, "Lộ thông tin cá nhân (minh họa).")
        assert not says(public, "Phê duyệt")
        picture(public, f"gone-{width}")
        accessible(public)
        public.goto("/tinh-thu/nghi-quyet/")
        assert says(public, "Đã thu hồi")
        picture(public, f"list-withdrawn-{width}")
        accessible(public)

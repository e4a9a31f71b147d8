"""Section 2 of the product's story on the sample province, through the forms, by everybody in it.

Clerk, approver, chair, two counters and the public; every figure is made up.
"""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfWriter

from council.models import Mandate
from council.services import jobs
from elections.models import Poll
from portal.management.demo import stage, tinh_mau
from resolutions.models import Resolution, ResolutionState
from sessions.models import Document, PaperUpload, Session, Sitting
from tests.e2e.actors import Actor

pytestmark = pytest.mark.django_db(transaction=True)
WORK = "/lam-viec/tinh-mau"
PRESENT = 54
CANDIDATE = "Giám đốc Sở Mẫu (tên minh họa)"


def one_page() -> bytes:
    """The smallest honest PDF."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def province() -> stage.Stage:
    """Tỉnh Mẫu with its people and offices, without a session."""
    began = date(timezone.localdate().year - 1, 12, 1)
    return tinh_mau.found(stage.accounts(), began=began)


def work_off() -> None:
    """What the worker would do now."""
    jobs.run_due(timezone.now() + timedelta(seconds=1))


def prepare_session(clerk: Actor, approver: Actor) -> Session:
    """A draft from the template, a paper, approval by another, the notice."""
    today = timezone.localdate().isoformat()
    clerk.go(f"{WORK}/ky-hop/")
    clerk.press("Kỳ họp mới")
    clerk.page.check("main [name=kind][value=year_end]")
    clerk.page.check("main [name=has_confidence_vote]")
    clerk.page.check("main [name=has_election]")
    clerk.fill(opens_on=today, closes_on=today, place="Hội trường tỉnh Mẫu")
    clerk.press("Lập kỳ họp")
    council_session = Session.objects.get(term__council__slug="tinh-mau")
    hub = f"{WORK}/ky-hop/{council_session.pk}/"
    clerk.go(hub)
    clerk.picture("session-hub")
    clerk.go(f"{hub}chuong-trinh/")
    clerk.sees("Lấy phiếu tín nhiệm")
    clerk.picture("agenda")
    clerk.go(f"{hub}tai-lieu/them/")
    clerk.page.set_input_files(
        "main [name=file]",
        {"name": "to-trinh.pdf", "mimeType": "application/pdf", "buffer": one_page()},
    )
    clerk.page.locator("[data-list] li").wait_for()
    work_off()
    clerk.go(f"{hub}tai-lieu/them/")
    received = f"u{PaperUpload.objects.get().pk}-"
    typed = {"kind": "submission", "title": "Giới thiệu nhân sự (minh họa)"}
    clerk.fill(**{received + name: value for name, value in typed.items()})
    clerk.press("Lưu vào kỳ họp")
    work_off()
    paper = Document.objects.get(council_session=council_session)
    clerk.go(hub)
    clerk.press("Trình duyệt")
    approver.go(hub)
    approver.press("Duyệt kỳ họp")
    approver.go(f"{WORK}/tai-lieu/{paper.pk}/")
    approver.fill(visibility="public")
    approver.press("Phát hành")
    clerk.go(hub)
    clerk.fill(notice_number="15/GM-HĐND")
    clerk.press("Triệu tập", confirm=True)
    work_off()
    return council_session


def open_sitting(clerk: Actor, council_session: Session) -> Sitting:
    """Attendance by group, then the sitting opens with its quorum."""
    sitting = Sitting.objects.get(council_session=council_session)
    clerk.go(f"{WORK}/ky-hop/{council_session.pk}/phien/")
    clerk.page.locator("main .actions >> text=Điểm danh").first.click()
    for box in clerk.page.locator("main input[name=present]").all()[:PRESENT]:
        box.check()
    clerk.picture("attendance")
    clerk.press("Lưu điểm danh")
    clerk.sees(f"{PRESENT}/60")
    clerk.go(f"{WORK}/ky-hop/{council_session.pk}/phien/")
    clerk.press("Mở phiên họp")
    sitting.refresh_from_db()
    assert sitting.state == Sitting.State.OPEN
    return sitting


def elect_committee(clerk: Actor, council_session: Session) -> None:
    """Seven delegates who do not stand, elected by open vote; the two counters lead it."""
    clerk.go(f"{WORK}/ky-hop/{council_session.pk}/ban-kiem-phieu/")
    free = Mandate.objects.filter(
        term=council_session.term, person__tenures=None
    ).order_by("pk")  # fmt: skip
    members = [str(pk) for pk in free.values_list("pk", flat=True)[:7]]
    clerk.fill(head=members[0], secretary=members[1])
    for pk in members[2:]:
        clerk.page.check(f"main [name=members][value='{pk}']")
    clerk.press("Ghi danh sách dự kiến")
    clerk.fill(for_count=PRESENT, against_count=0, not_voting_count=0)
    clerk.press("Ghi biểu quyết và bầu")
    clerk.sees("Đã được bầu")


def approve_print_open_close(clerk: Actor, chair: Actor, poll: Poll) -> None:
    """The list by open vote, the papers, the box open and closed."""
    page = f"{WORK}/bo-phieu/{poll.pk}/"
    clerk.go(page)
    clerk.fill(for_count=PRESENT, against_count=0, not_voting_count=0)
    clerk.press("Ghi biểu quyết và chốt danh sách")
    clerk.fill(printed=70)
    clerk.press("Dàn trang và in phiếu")
    work_off()
    chair.go(page)
    chair.press("Mở bỏ phiếu")
    chair.press("Kết thúc bỏ phiếu", confirm=True)
    poll.refresh_from_db()


def enter_count(counter: Actor, poll: Poll, *, high: int, mistake: bool = False) -> None:
    """One member's count, typed blind; a sum that fails is named before it can be handed in."""
    counter.go(f"{WORK}/bo-phieu/{poll.pk}/kiem-phieu/")
    if counter.page.get_by_role("button", name="Bắt đầu", exact=False).count():
        counter.page.get_by_role("button", name="Bắt đầu", exact=False).first.click()
    totals = {
        "printed": 70, "issued": PRESENT, "unused": 70 - PRESENT, "spoiled": 0, "returned": PRESENT,
        "not_returned": 0, "valid": PRESENT, "invalid": 0,
    }  # fmt: skip
    for name, value in totals.items():
        counter.page.fill(f"#id_t-{name}", str(value))
    rows = counter.page.locator("main tr[data-sum-row]").all()
    for number, row in enumerate(rows):
        cells = row.locator("input").all()
        figures = [high, PRESENT - high, 0][: len(cells)]
        if mistake and number == 0:
            figures[-1] += 3
        for cell, value in zip(cells, figures, strict=True):
            cell.fill(str(value))
    if mistake:
        counter.press("Lưu và kiểm tra")
        counter.sees("thừa 3")
        counter.picture("count-error")
        counter.page.locator("main tr[data-sum-row]").first.locator("input").last.fill("0")
    counter.press("Lưu và kiểm tra")
    counter.picture(f"count-{counter.username}")
    counter.press("Nộp lần đếm này", confirm=True)


def agree(first: Actor, second: Actor, poll: Poll) -> None:
    """The comparison; one member agrees, the other confirms."""
    compare = f"{WORK}/bo-phieu/{poll.pk}/doi-chieu/"
    first.go(compare)
    first.press("Thống nhất kết quả")
    second.go(compare)
    second.picture("compare")
    second.press("Xác nhận kết quả", confirm=True)
    work_off()
    poll.refresh_from_db()
    assert poll.state == "agreed"


def publish(clerk: Actor, approver: Actor, chair: Actor, poll: Poll) -> tuple[Resolution, int]:
    """From the agreed count to the published resolution; returns it and the clicks it took."""
    people = (clerk, approver, chair)
    before = sum(person.clicks for person in people)
    clerk.go(f"{WORK}/bo-phieu/{poll.pk}/ket-qua/")
    clerk.press("Soạn nghị quyết xác nhận")
    resolution = Resolution.objects.get(poll=poll)
    page = f"{WORK}/nghi-quyet/{resolution.pk}/"
    work_off()
    clerk.go(page)
    clerk.press("Trình duyệt")
    clerk.go(page)
    clerk.fill(for_count=PRESENT, against_count=0, not_voting_count=0)
    clerk.press("Ghi kết quả biểu quyết")
    work_off()
    approver.go(page)
    approver.press("Duyệt bản trình ký này")
    chair.go(page)
    chair.picture("sign")
    chair.fill(password="nghitruong")
    chair.press("Ký và ban hành")
    work_off()
    resolution.refresh_from_db()
    assert resolution.state == ResolutionState.PUBLISHED
    return resolution, sum(person.clicks for person in people) - before


@pytest.mark.timeout(400)
def test_a_session_from_the_first_form_to_the_public_page(
    province: stage.Stage, new_page: Callable[..., Any]
) -> None:
    clerk, approver = Actor(new_page, "thuky"), Actor(new_page, "vanphong")
    chair = Actor(new_page, "chutoa")
    first, second = Actor(new_page, "kiemphieu1"), Actor(new_page, "kiemphieu2", width=390)
    council_session = prepare_session(clerk, approver)
    public = new_page(java_script_enabled=False)
    address = council_session.get_absolute_url()
    assert public.goto(address).status == 200

    open_sitting(clerk, council_session)
    elect_committee(clerk, council_session)

    clerk.go(f"{WORK}/ky-hop/{council_session.pk}/bo-phieu/lay-phieu-tin-nhiem/")
    clerk.sees("Không thuộc diện lấy phiếu")
    clerk.picture("subjects")
    clerk.press("Lập danh sách")
    confidence = Poll.objects.get(kind="confidence")
    approve_print_open_close(clerk, chair, confidence)
    enter_count(first, confidence, high=41, mistake=True)
    second.go(f"{WORK}/bo-phieu/{confidence.pk}/")
    second.sees_no_figure(41)
    enter_count(second, confidence, high=41)
    public.goto(address)
    assert "Lấy phiếu tín nhiệm" not in public.inner_text("main h2 >> nth=0")
    agree(first, second, confidence)
    clerk.go(f"{WORK}/bo-phieu/{confidence.pk}/ket-qua/")
    clerk.sees("75,93%")
    clerk.picture("result")

    elected = elect_vice_chair(clerk, chair, first, second, province, council_session)

    resolution, clicks = publish(clerk, approver, chair, confidence)
    assert clicks <= 12
    by_election, _clicks = publish(clerk, approver, chair, elected)
    assert [resolution.symbol, by_election.symbol] == ["01/NQ-HĐND", "02/NQ-HĐND"]

    public.goto(address)
    shown = " ".join(public.inner_text("body").split())
    assert "75,93%" in shown
    assert "được bầu giữ chức vụ Phó Chủ tịch Ủy ban nhân dân tỉnh Mẫu" in shown
    assert "01/NQ-HĐND" in shown
    assert public.goto(resolution.get_absolute_url()).status == 200
    public.goto("/tinh-mau/chuc-vu/")
    assert "chờ gửi phê chuẩn" in public.inner_text("body")
    clerk.go(f"{WORK}/")
    clerk.sees("phê chuẩn")
    clerk.picture("clerk-home")


def elect_vice_chair(
    clerk: Actor, chair: Actor, first: Actor, second: Actor, province: stage.Stage,
    council_session: Session,
) -> Poll:  # fmt: skip
    """The by-election: nominated by the people's committee's chair, elected by 50 of 60."""
    candidate = stage.sample_person(province, 75, occupation=CANDIDATE)
    office = province.offices["Phó Chủ tịch Ủy ban nhân dân tỉnh Mẫu"]
    clerk.go(f"{WORK}/ky-hop/{council_session.pk}/bo-phieu/bau/")
    clerk.fill(office=office.pk, seats=1, title="Bầu bổ sung Phó Chủ tịch")
    clerk.press("Lập cuộc bầu")
    poll = Poll.objects.get(kind="election")
    clerk.go(f"{WORK}/bo-phieu/{poll.pk}/gioi-thieu/")
    nominator = next(t for t in province.tenures if t.office.kind == "pc_chair")
    clerk.fill(
        person=candidate.pk, post=CANDIDATE, nominator=nominator.pk,
        nominated_on=timezone.localdate().isoformat(),
    )  # fmt: skip
    clerk.press("Ghi vào danh sách")
    approve_print_open_close(clerk, chair, poll)
    enter_count(first, poll, high=50)
    enter_count(second, poll, high=50)
    agree(first, second, poll)
    return poll

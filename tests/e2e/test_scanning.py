"""The whole third way at the screens of two members: printed, marked, scanned badly, agreed.

The papers are our own print, put through imagined scanners: skew, streaks, folds, JPEG, 180°.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from council.services import jobs
from elections.models import PaperBatch, Poll, ScanRun
from elections.queries import scans as queries
from elections.rules import papers as rules
from elections.rules.papers import BLANK, OVER, Paper
from elections.rules.scans import REVIEW
from elections.services import batches, readings
from tests.e2e.actors import PASSWORD, Actor
from tests.e2e.test_keying import fits
from tests.elections import scan_stage
from tests.elections.stage import Stage, build, candidate, election
from tests.scanning_kit import scanners

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]
PAPERS = 12
KEYS = {"for": "1", "against": "2", BLANK: "0", OVER: "9"}


def work_off() -> None:
    """What the worker would do now."""
    jobs.run_due(timezone.now())


def hall() -> tuple[Stage, Poll]:
    """Two persons stand, twelve papers lie in the box; the members have passwords."""
    stage = build()
    for name in ("counter1", "counter2"):
        stage.user(name).set_password(PASSWORD)
        stage.user(name).save()
    poll = election(stage)
    for person in (20, 21):
        candidate(stage, poll, person)
    return stage, scan_stage.scanning(stage, poll, returned=PAPERS)


def scanned(poll: Poll, heap: list[dict[str, str]]) -> list[Any]:
    """The papers through bad scanners, the first torn in two and one page blank."""
    form = scan_stage.form_of(poll, dpi=scanners.DPI)
    sides = [
        scan_stage.paper(form, marks, seed=n, scanner=scan_stage.degraded)[0]
        for n, marks in enumerate(heap)
    ]
    torn = scan_stage.paper(form, heap[0], seed=0)[0]
    torn[torn.shape[0] // 2 :, :] = 255
    return [torn, *sides[1:], np.full_like(torn, 250)]


def upload(member: Actor, poll: Poll, sides: list[Any]) -> None:
    """Begin, upload, say that all is in."""
    member.go(address(poll, "kiem-phieu/"))
    member.sees("Quét phiếu")
    member.press("Bắt đầu quét phiếu")
    member.picture("scan-upload")
    file = scan_stage.pdf_of(sides)
    member.page.set_input_files(
        "main [name=scans]",
        {"name": "quet.pdf", "mimeType": "application/pdf", "buffer": file.read()},
    )
    member.press("Tải lên")
    work_off()
    member.go(address(poll, "quet/"))
    member.press("Đã quét hết phiếu", confirm=True)
    work_off()
    member.go(address(poll, "quet/"))


def address(poll: Poll, end: str) -> str:
    return f"/lam-viec/{poll.council_session.term.council.slug}/bo-phieu/{poll.pk}/{end}"


def treat_refused(member: Actor, poll: Poll, run: ScanRun) -> int:
    """Pull the papers out for the hand count; a blank page is no paper. Returns how many."""
    blank = next(s for s in queries.pile_of(run).open_refused if s.code == "scan.no_code")
    for sheet in queries.pile_of(run).open_refused:
        member.go(address(poll, "quet/"))
        form = member.page.locator(f"main form:has(input[value='{sheet.key}'])")
        for box in form.locator("input[name=keys]").all():
            box.set_checked(box.get_attribute("value") == sheet.key)
        words = (
            "Không phải phiếu (trang trắng, tờ lạ)"
            if sheet.key == blank.key
            else ("Đã rút ra để đếm tay")
        )
        with member.page.expect_navigation():
            form.get_by_role("button", name=words).click()
    return queries.pile_of(run).hand_count


def answer_rows(
    member: Actor, poll: Poll, run: ScanRun, user_pk: int, truth: dict[str, Paper]
) -> int:
    """One key a row until none is left: what the voter did, which the picture shows."""
    member.go(address(poll, "quet/dong/"))
    answered = 0
    while turn := queries.pile_of(run).turn_of(user_pk):
        sheet = turn[: member.page.locator("main [data-row]").count()]
        if not answered:
            member.page.keyboard.type("?")
            member.page.keyboard.press("Backspace")
            assert member.page.locator("main [data-row] :checked").count() == 0
        for row in sheet:
            member.page.keyboard.press(KEYS[truth[row.sheet.key].marks[row.task.entry_code]])
        if not answered:
            fits(member.page)
            member.picture(f"scan-rows-{member.username}")
        with member.page.expect_navigation():
            member.page.keyboard.press("Enter")
        answered += len(sheet)
    return answered


def count_by_hand(stage: Stage, poll: Poll, member: Actor, papers: list[Paper]) -> None:
    """The pulled papers, read by two; their own pages have their own test."""
    member.go(address(poll, "quet/"))
    member.sees("phiếu đếm tay")
    batch = batches.open_batch(
        poll, source=PaperBatch.Source.REFUSED, size=len(papers), by=stage.user("counter1")
    )
    for name in ("counter1", "counter2"):
        user = stage.user(name)
        readings.start(batch, by=user)
        readings.keep(batch, papers=papers, version=1, by=user)
        readings.submit(batch, by=user)


def test_scanned_papers_from_the_box_to_the_outcome(new_page: Callable[..., Any]) -> None:
    stage, poll = hall()
    heap = scan_stage.heap_of(poll, PAPERS)
    first, second = Actor(new_page, "counter1"), Actor(new_page, "counter2", width=390)
    upload(first, poll, scanned(poll, heap))
    run = queries.standing_run(poll)
    assert run is not None
    first.picture("scan-settle")
    assert treat_refused(first, poll, run) >= 1
    truth = papers_by_sheet(heap, run)
    pulled = [Paper(marks) for marks in heap]
    for paper in truth.values():
        pulled.remove(paper)
    count_by_hand(stage, poll, first, pulled)
    first.go(address(poll, "quet/"))
    first.fill(seed="2615")
    first.press("Bốc mẫu")
    for actor, name in ((first, "counter1"), (second, "counter2")):
        assert answer_rows(actor, poll, run, stage.user(name).pk, truth) >= 2
    first.go(address(poll, "quet/"))
    first.sees("Không dòng nào khác")
    first.picture("scan-agree")
    first.press("Thống nhất kết quả")
    second.go(address(poll, "quet/"))
    second.press("Xác nhận kết quả", confirm=True)
    poll.refresh_from_db()
    assert poll.state == "agreed"
    marked = rules.count([Paper(one) for one in heap], list(heap[0]), ("for", "against"))
    assert {
        (line.entry.code, option): votes
        for line in poll.outcome.lines.all()
        for option, votes in line.votes.items()
    } == marked.lines


def papers_by_sheet(heap: list[dict[str, str]], run: ScanRun) -> dict[str, Paper]:
    """Which paper each picture shows, as far as the machine was certain of its rows."""
    left, found = [Paper(marks) for marks in heap], {}
    for sheet in queries.pile_of(run).counted:
        certain = {(code, mark) for code, mark in sheet.marks.items() if mark != REVIEW}
        paper = next(one for one in left if certain <= set(one.marks.items()))
        left.remove(paper)
        found[sheet.key] = paper
    return found

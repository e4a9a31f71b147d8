"""The count of docs/count-walkthrough.md: 60 delegates, 28 persons, scanned, in ten minutes.

Played on the demo's Tỉnh Mẫu by everybody in it. With PICTURES=folder all 53 papers are scanned
and the guide's pictures and times are written there; without, twelve papers (PAPERS=n: n).
"""

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from council.models import Mandate
from council.services import jobs
from elections.models import PaperBatch, Poll, PollFile, ScanRun, ScanTask
from elections.queries import polls as poll_queries
from elections.queries import scans as queries
from elections.rules import papers as rules
from elections.rules.papers import BLANK, OVER, Paper
from elections.rules.polls import options_of
from portal.management.demo import stage, tinh_mau
from resolutions.models import Resolution
from sessions.models import Session
from tests.e2e.stopwatch import Timed
from tests.e2e.test_scanning import papers_by_sheet
from tests.elections import scan_stage
from tests.scanning_kit import scanners

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(2400)]
WORK = "/lam-viec/tinh-mau"
PERSONS, PRINTED, ISSUED, SPOILED = 28, 60, 54, 1
RETURNED = int(os.environ.get("PAPERS") or (53 if os.environ.get("PICTURES") else 12))
OPTIONS = ("high", "confidence", "low", BLANK, OVER)
SHARES = (0.62, 0.27, 0.09, 0.01, 0.01)
KEYS = dict(zip(OPTIONS, "12309", strict=True))
HAND_KEYS = dict(zip(OPTIONS, "1230x", strict=True))
MOST_MINUTES, MOST_TOGETHER, MOST_CLICKS = 10, 10, 72


class Machine:
    """What the worker did, and how long it took on this computer."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def at(self, what: str) -> Iterator[None]:
        """Time of one piece of work."""
        began = time.perf_counter()
        yield
        self.seconds[what] = self.seconds.get(what, 0) + time.perf_counter() - began

    def work_off(self, what: str) -> None:
        """What the worker would do now."""
        with self.at(what):
            jobs.run_due(timezone.now())


@pytest.fixture
def hall(transactional_db: None, new_page: Callable[..., Any]) -> Any:
    """The province on the day of its session, and everybody at a screen."""
    tinh_mau.tell(stage.accounts(), today=timezone.localdate())
    return {
        name: Timed(new_page, name)
        for name in ("thuky", "vanphong", "chutoa", "kiemphieu1", "kiemphieu2", "daibieu")
    }


def address(poll: Poll, end: str = "") -> str:
    return f"{WORK}/bo-phieu/{poll.pk}/{end}"


def set_up(clerk: Timed) -> Poll:
    """The list from the law, the committee, both adopted by the council."""
    council_session = Session.objects.get(term__council__slug="tinh-mau")
    clerk.follow(f"{WORK}/", clicks=0)
    clerk.picture("walk-01-home")
    clerk.press("Lập danh sách")
    clerk.sees(f"{PERSONS} người")
    clerk.picture("walk-02-list")
    clerk.press("Lập danh sách")
    poll = Poll.objects.get(kind="confidence")
    clerk.picture("walk-03-poll")
    clerk.press("Lập Ban kiểm phiếu")
    free = Mandate.objects.filter(term=council_session.term, person__tenures=None).order_by("pk")
    members = list(free.values_list("pk", flat=True)[:7])
    clerk.fill(head=members[0], secretary=members[1])
    for pk in members[2:]:
        clerk.tick(f"main [name=members][value='{pk}']")
    clerk.press("Ghi danh sách dự kiến")
    clerk.picture("walk-04-committee")
    clerk.press("Ghi biểu quyết và bầu")
    clerk.follow(address(poll), clicks=2)
    clerk.press("Ghi biểu quyết và chốt danh sách")
    return poll


def print_and_vote(clerk: Timed, chair: Timed, poll: Poll, machine: Machine) -> scan_stage.Form:
    """The papers as they come out of the printer; the box is opened and closed."""
    clerk.fill(printed=PRINTED)
    clerk.press("Dàn trang và in phiếu")
    machine.work_off("lay out the ballot paper")
    clerk.follow(address(poll), clicks=0)
    clerk.picture("walk-05-print")
    pdf = downloaded(clerk, "Tải phiếu (PDF)")
    assert pdf.startswith(b"%PDF")
    made = poll_queries.newest_file(poll, PollFile.Kind.BALLOT)
    assert made is not None
    form = scan_stage.drawn(pdf, json.dumps(made.box_map), scanners.DPI)
    assert len(form.pages) == 2
    chair.follow(address(poll), clicks=2)
    chair.press("Mở bỏ phiếu")
    chair.picture("walk-06-open")
    chair.phone_picture("walk-24-open-phone")
    hall_picture(chair, poll, "walk-07-hall-open")
    chair.follow(address(poll), clicks=0)
    chair.press("Kết thúc bỏ phiếu", confirm=True)
    return form


def downloaded(person: Timed, words: str) -> bytes:
    """The bytes of a file behind a link of the page."""
    link = person.page.locator("main").get_by_role("link", name=words, exact=True).first
    person.clicks, person.steps = person.clicks + 1, person.steps + 1
    answer = person.page.request.get(link.get_attribute("href"))
    assert answer.status == 200
    return bytes(answer.body())


def hall_picture(person: Timed, poll: Poll, name: str) -> None:
    """The projector's page."""
    person.follow(address(poll, "man-hinh/"), clicks=1)
    person.picture(name, tallest=900)


def heap_of(poll: Poll) -> list[dict[str, str]]:
    """What the delegates marked: made up, by chance with a seed."""
    chance = np.random.default_rng(96)
    codes = poll.entries.order_by("code").values_list("code", flat=True)
    return [
        {code: str(chance.choice(OPTIONS, p=SHARES)) for code in codes} for _ in range(RETURNED)
    ]


def files_of(form: scan_stage.Form, heap: list[dict[str, str]], folder: Path) -> list[Path]:
    """Both sides of every paper through imagined scanners, 25 papers a file; one came out torn.

    Where nothing was marked a pen rested in the box, so that the machine is not certain.
    """
    sides = [
        scan_stage.paper(form, rested(marks), seed=n, scanner=scan_stage.degraded)
        for n, marks in enumerate(heap)
    ]
    torn = scan_stage.paper(form, heap[0], seed=0)[0]
    torn[torn.shape[0] // 2 :, :] = 255
    sides[0][0] = torn
    piles = [sides[start : start + 25] for start in range(0, len(sides), 25)]
    files = [folder / f"quet-{n}.pdf" for n in range(1, len(piles) + 1)]
    for file, pile in zip(files, piles, strict=True):
        file.write_bytes(scan_stage.pdf_of([side for both in pile for side in both]).read())
    return files


def rested(marks: dict[str, str]) -> dict[str, str]:
    """A dot in every row that is blank."""
    return {code: "@faint" if mark == BLANK else mark for code, mark in marks.items()}


def scan(first: Timed, poll: Poll, files: list[Path], machine: Machine) -> ScanRun:
    """Choose the way, write the account down, upload, let the machine read."""
    first.follow(address(poll, "kiem-phieu/"), clicks=2)
    first.picture("walk-08-ways")
    first.press("Chọn: Quét phiếu")
    first.press("Bắt đầu quét phiếu")
    first.page.set_input_files("main [name=scans]", files)
    first.clicks, first.steps = first.clicks + 4, first.steps + 2  # the window of the system
    first.picture("walk-09-upload")
    first.press("Tải lên")
    machine.work_off("read the scanned pages")
    first.follow(address(poll, "quet/"), clicks=0)
    first.picture("walk-10-read")
    first.press("Đã quét hết phiếu", confirm=True)
    machine.work_off("write the pile down in random order")
    first.follow(address(poll, "quet/"), clicks=0)
    first.press("Ghi số phiếu in, phát, thu")
    numbers = {
        "t-printed": PRINTED, "t-issued": ISSUED, "t-unused": PRINTED - ISSUED - SPOILED,
        "t-spoiled": SPOILED, "t-returned": RETURNED,
    }  # fmt: skip
    first.fill(**numbers)
    first.picture("walk-11-account")
    first.press("Ghi số phiếu")
    run = queries.standing_run(poll)
    assert run is not None
    return run


def count_by_hand(pair: tuple[Timed, Timed], poll: Poll, run: ScanRun, heap: Any) -> None:
    """The refused papers are found in the pile and read by two, one key a mark."""
    first, _second = pair
    first.follow(address(poll, "quet/"), clicks=0)
    first.picture("walk-12-settle")
    first.phone_picture("walk-23-settle-phone")
    while queries.pile_of(run).open_refused:
        first.press("Đã rút ra để đếm tay")
    left = [Paper(marks) for marks in heap]
    for paper in papers_by_sheet(heap, run).values():
        left.remove(paper)
    assert left
    first.press("Đếm tay các phiếu rút ra")
    first.press("Lập tập")
    batch = PaperBatch.objects.get(poll=poll)
    for person in pair:
        person.follow(address(poll, "tap-phieu/?nguon=refused"), clicks=0 if person is first else 3)
        person.press("Nhận đọc")
        for number, paper in enumerate(left):
            marks = [paper.marks[code] for code in sorted(paper.marks)]
            person.type("".join(map(HAND_KEYS.__getitem__, marks[:-1])), clear=len(marks) - 1)
            if number == 0 and person is first:
                person.picture("walk-13-hand", is_whole=False)
            person.type(HAND_KEYS[marks[-1]], clear=1)
        person.page.locator("[data-status]:has-text('Đã giữ')").wait_for()
        person.press("Nộp lần đọc tập này")
    batch.refresh_from_db()
    assert batch.state == PaperBatch.State.SETTLED
    pair[1].press("Về trang quét phiếu")


def look_at_rows(pair: tuple[Timed, Timed], poll: Poll, run: ScanRun, heap: Any) -> None:
    """The sample is drawn; then two people, each alone, see rows and nothing else."""
    truth = papers_by_sheet(heap, run)
    first = pair[0]
    first.follow(address(poll, "quet/"), clicks=1)
    first.fill(seed="260715")
    first.press("Bốc mẫu")
    first.picture("walk-14-sample")
    for person in pair:
        user_pk = stage.User.objects.get(username=person.username).pk
        person.follow(address(poll, "quet/dong/"))
        number = 0
        while turn := queries.pile_of(run).turn_of(user_pk):
            rows = turn[: person.page.locator("main [data-row]").count()]
            doubtful = sum(row.task.purpose != ScanTask.Purpose.SAMPLE for row in rows)
            said = [truth[row.sheet.key].marks[row.task.entry_code] for row in rows]
            person.type(
                "".join(map(KEYS.__getitem__, said[:4])),
                clear=len(said) - doubtful,
                doubtful=doubtful,
            )
            if number == 1 and person is first:
                person.picture("walk-15-rows", tallest=760)
            if number == 1 and person is not first:
                person.phone_picture("walk-22-rows-phone")
            person.page.keyboard.type("".join(map(KEYS.__getitem__, said[4:])))
            person.enter()
            number += 1


def numbers_on(person: Timed, address: str) -> set[str]:
    """Every number of a page other than times of day."""
    person.go(address)
    shown = re.sub(r"\b\d{1,2}:\d{2}\b", "", person.page.inner_text("body"))
    return set(re.findall(r"\d+", shown))


def agree(pair: tuple[Timed, Timed], poll: Poll, machine: Machine) -> None:
    """One member agrees, another confirms."""
    first, second = pair
    first.follow(address(poll, "quet/"), clicks=0)
    first.sees("Không dòng nào khác")
    first.picture("walk-16-agree")
    first.press("Thống nhất kết quả")
    second.follow(address(poll, "quet/"), clicks=1)
    second.picture("walk-17-confirm")
    second.press("Xác nhận kết quả", confirm=True)
    machine.work_off("write minutes, DOCX and the chair's sheet")
    poll.refresh_from_db()
    assert poll.state == "agreed"


def write_up(clerk: Timed, poll: Poll, machine: Machine) -> None:
    """Result, minutes, the chair's sheet, the hall's screen, the draft resolution."""
    clerk.follow(address(poll, "ket-qua/"), clicks=2)
    clerk.picture("walk-18-result")
    clerk.phone_picture("walk-21-result-phone")
    assert downloaded(clerk, "Biên bản kiểm phiếu (PDF)").startswith(b"%PDF")
    assert downloaded(clerk, "Biên bản kiểm phiếu (DOCX)").startswith(b"PK")
    assert downloaded(clerk, "Bản đọc kết quả trước kỳ họp (PDF)").startswith(b"%PDF")
    hall_picture(clerk, poll, "walk-19-hall-result")
    clerk.follow(address(poll, "ket-qua/"), clicks=0)
    clerk.press("Soạn nghị quyết xác nhận")
    machine.work_off("lay out the resolution")
    resolution = Resolution.objects.get(poll=poll)
    clerk.follow(f"{WORK}/nghi-quyet/{resolution.pk}/", clicks=0)
    clerk.picture("walk-20-resolution")


def test_sixty_delegates_and_28_persons_are_counted_in_ten_minutes(
    hall: dict[str, Timed], tmp_path: Path
) -> None:
    clerk, chair, machine = hall["thuky"], hall["chutoa"], Machine()
    pair = hall["kiemphieu1"], hall["kiemphieu2"]
    others = [hall[name] for name in ("thuky", "chutoa", "vanphong", "daibieu")]
    poll = set_up(clerk)
    form = print_and_vote(clerk, chair, poll, machine)
    poll.refresh_from_db()
    heap = heap_of(poll)
    run = scan(pair[0], poll, files_of(form, heap, tmp_path), machine)
    pages = [address(poll), address(poll, "man-hinh/")]
    staff = [person for person in others if person.username != "daibieu"]
    before = [[numbers_on(person, page) for page in pages] for person in staff]
    count_by_hand(pair, poll, run, heap)
    look_at_rows(pair, poll, run, heap)
    assert before == [[numbers_on(person, page) for page in pages] for person in staff]
    for person in others:
        for end in ("ket-qua/", "ket-qua/so-lieu.json", "doi-chieu/", "quet/"):
            answer = person.page.request.get(address(poll, end), max_redirects=0)
            assert answer.status != 200, (person.username, end)
    side_by_side = pair[1].seconds()
    agree(pair, poll, machine)
    write_up(clerk, poll, machine)
    check_figures(poll, heap)
    check_times(hall, machine, side_by_side=side_by_side)
    look_in_english(clerk, poll)


def check_figures(poll: Poll, heap: list[dict[str, str]]) -> None:
    """The outcome says what the delegates marked."""
    marked = rules.count([Paper(one) for one in heap], list(heap[0]), options_of(poll.kind))
    counted = {
        (line.entry.code, option): votes
        for line in poll.outcome.lines.all()
        for option, votes in line.votes.items()
    }
    assert len(heap[0]) == PERSONS
    assert counted == marked.lines
    assert poll.outcome.count.returned == RETURNED


def look_in_english(clerk: Timed, poll: Poll) -> None:
    """Longer or shorter words break no page at either width."""
    for width in (390, 1280):
        clerk.page.set_viewport_size({"width": width, "height": 900})
        for end in ("", "ket-qua/"):
            clerk.go(f"{address(poll, end)}?lang=en")
            assert not clerk.page.evaluate("document.documentElement.scrollWidth > innerWidth")


def check_times(hall: dict[str, Timed], machine: Machine, *, side_by_side: float) -> None:
    """By the model: how long the hall waits, people's time added up, and the clicks.

    `side_by_side`: the second member's seconds while the first does the same beside him or her.
    """
    told: dict[str, Any] = {
        name: {
            "clicks": person.clicks, "keys": person.keys, "steps": person.steps,
            "rows": person.rows, "doubtful": person.doubtful,
            "seconds": round(person.seconds()), "slow": round(person.seconds(row=2)),
        }
        for name, person in hall.items() if person.steps
    }  # fmt: skip
    told["side by side"] = {"seconds": round(side_by_side)}
    told["machine"] = {what: round(spent, 1) for what, spent in machine.seconds.items()}
    folder = os.environ.get("PICTURES")
    if folder:
        text = json.dumps(told, ensure_ascii=False, indent=1)
        (Path(folder) / "walk-times.json").write_text(text, encoding="utf-8")
    together = sum(person.seconds() for person in hall.values())
    assert sum(person.clicks for person in hall.values()) <= MOST_CLICKS, told
    assert together - side_by_side < 60 * MOST_MINUTES, told
    assert together < 60 * MOST_TOGETHER, told

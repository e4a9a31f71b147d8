"""The pages of a scanned pile: each state, no figure anywhere, pictures for the committee alone."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from council.services import jobs
from elections import scanning
from elections.models import ScanRun, ScanTask
from elections.queries import scans as queries
from elections.services import scan_people, scan_runs
from tests.elections import scan_stage
from tests.elections.stage import Stage, build, candidate, election, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
QUERIES = {"taking": 12, "read": 18, "row": 12}


@pytest.fixture
def stage() -> Stage:
    return build()


@pytest.fixture
def poll(stage):
    poll = election(stage)
    for person in (20, 21):
        candidate(stage, poll, person)
    return scan_stage.scanning(stage, poll, returned=4)


@pytest.fixture
def member(stage):
    return signed_in(stage, "counter1")


def address(poll, end: str = "") -> str:
    council = poll.council_session.term.council.slug
    return f"/lam-viec/{council}/bo-phieu/{poll.pk}/quet/{end}"


def sides_of(poll, size: int):
    form = scan_stage.form_of(poll)
    codes = list(poll.entries.values_list("code", flat=True))
    heap = [{codes[0]: "for", codes[1]: "against"} for _ in range(size - 1)]
    heap.append({codes[0]: "@faint", codes[1]: "for"})
    return [side for n, marks in enumerate(heap) for side in scan_stage.paper(form, marks, seed=n)]


def read_run(stage, poll, size: int = 4, *, more=()) -> ScanRun:
    run = scan_stage.started(stage, poll)
    return scan_stage.settled(stage, run, [scan_stage.pdf_of([*sides_of(poll, size), *more])])


def test_a_pile_is_taken_in_through_the_forms(stage, poll, member):
    page = member.get(address(poll))
    assert "Chưa có mẫu phiếu" in page.text
    scan_stage.form_of(poll)
    assert "Bắt đầu quét phiếu" in member.get(address(poll)).text
    member.post(address(poll, "bat-dau/"), {"mode": "official", "is_strict": "on"})
    run = queries.standing_run(poll)
    assert run is not None
    assert run.is_strict
    sides = sides_of(poll, 4)
    files = [scan_stage.pdf_of(sides[:2]), *map(scan_stage.png_of, sides[2:])]
    sent = member.post(address(poll, "tai-len/"), {"scans": files})
    assert sent.status_code == 302
    assert run.uploads.count() == 3
    assert "hx-get" in member.get(address(poll)).text
    member.post(address(poll, "tam-dung/"))
    assert "Đọc tiếp" in member.get(address(poll)).text
    member.post(address(poll, "tiep-tuc/"))
    jobs.run_due()
    assert "Đã quét hết phiếu" in member.get(address(poll)).text
    member.post(address(poll, "het-phieu/"))
    assert "đang xếp lại" in member.get(address(poll)).text
    jobs.run_due()
    assert "Ảnh máy không đọc" in member.get(address(poll)).text


def test_a_pile_is_settled_and_agreed_through_the_forms(stage, poll, member):
    run = read_run(stage, poll)
    page = member.get(address(poll))
    assert "Xem 1 dòng" in page.text
    for name in ("counter1", "counter2"):
        client = signed_in(stage, name)
        row = client.get(address(poll, "dong/"))
        field = re.search(r'name="(row-\w+)"', row.text)[1]
        assert client.post(address(poll, "dong/"), {field: "@blank"}).status_code == 302
    rows = len(queries.pile_of(run).by_machine)
    refused = member.post(address(poll, "mau/"), {"seed": "4", "size": "2"})
    assert refused.status_code == 422
    assert f"từ {rows} đến {rows} dòng" in refused.text
    member.post(address(poll, "mau/"), {"seed": "4", "size": str(rows)})
    scan_stage.answered(stage, run)
    page = member.get(address(poll))
    assert "Không dòng nào khác" in page.text
    council = poll.council_session.term.council.slug
    member.post(f"/lam-viec/{council}/bo-phieu/{poll.pk}/doi-chieu/thong-nhat/")
    assert "phải là thành viên khác" in member.get(address(poll)).text
    other = signed_in(stage, "counter2")
    other.post(f"/lam-viec/{council}/bo-phieu/{poll.pk}/doi-chieu/xac-nhan/")
    poll.refresh_from_db()
    assert poll.state == "agreed"
    assert member.get(address(poll)).url.endswith("/ket-qua/")


def without_tokens(page: str) -> str:
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", page)


def test_the_page_of_a_row_shows_neither_machine_nor_colleague_nor_person(stage, poll, member):
    run = read_run(stage, poll)
    other = signed_in(stage, "counter2")
    key = queries.pile_of(run).next_for(stage.user("counter1").pk).task.key
    before = without_tokens(other.get(address(poll, "dong/")).text)
    member.post(address(poll, "dong/"), {f"row-{key}": "against"})
    after = without_tokens(other.get(address(poll, "dong/")).text)
    assert before == after
    for person in poll.entries.values_list("person__full_name", flat=True):
        assert person not in after
    assert "review" not in after


def test_pictures_are_for_the_committee_and_stored_nowhere(stage, poll, member):
    torn = sides_of(poll, 4)[0].copy()
    torn[torn.shape[0] // 2 :, :] = 255
    run = read_run(stage, poll, more=[torn])
    task, refused = ScanTask.objects.get(), queries.pile_of(run).open_refused[0]
    read = queries.pile_of(run).counted[0]
    for end in (f"dong/{task.key}/anh.png", f"khong-doc/{refused.key}/anh.png"):
        picture = member.get(address(poll, end))
        assert picture.status_code == 200
        assert picture["Cache-Control"] == "private, no-store"
        assert picture.content.startswith(b"\x89PNG")
        for name in ("clerk", "chair", "delegate"):
            assert signed_in(stage, name).get(address(poll, end)).status_code == 403
        assert signed_in(stage, "outsider").get(address(poll, end)).status_code == 404
    assert member.get(address(poll, f"khong-doc/{read.key}/anh.png")).status_code == 404
    assert member.get(address(poll, f"dong/{'e' * 32}/anh.png")).status_code == 404


def test_the_hand_count_offers_as_many_papers_as_were_pulled_out(stage, poll, member):
    torn = sides_of(poll, 4)[0].copy()
    torn[torn.shape[0] // 2 :, :] = 255
    run = read_run(stage, poll, more=[torn])
    hand = address(poll, "").replace("/quet/", "/tap-phieu/?nguon=refused")
    assert "Lập tập tiếp theo" not in member.get(hand).text, "nothing was pulled out yet"
    keys = [sheet.key for sheet in queries.pile_of(run).open_refused]
    scan_people.treat(run, keys=keys, treatment="hand", by=stage.user("counter1"))
    page = member.get(hand).text
    assert "Còn 1 phiếu chưa vào tập nào" in page
    assert re.search(r'name="size" value="1"', page)


def test_doubles_show_some_rows_side_by_side(stage, poll, member):
    sides = sides_of(poll, 4)
    run = read_run(stage, poll, more=[scan_stage.scanned_again(sides[0], seed=50)])
    pair = queries.pile_of(run).open_pairs[0]
    for which in (1, 2):
        assert member.get(address(poll, f"cap/{pair.key}/{which}.png")).status_code == 200
    assert "quét hai lần" in member.get(address(poll)).text
    member.post(address(poll, "cap/"), {"key": pair.key, "verdict": "same"})
    assert len(queries.pile_of(run).counted) == 4


def test_refused_pictures_are_dealt_with_by_reason(stage, poll, member):
    blank = sides_of(poll, 4)[0] * 0 + 250
    run = read_run(stage, poll, more=[blank])
    sheet = queries.pile_of(run).open_refused[0]
    member.post(address(poll, "khong-doc/"), {"treatment": "no_paper"})
    assert queries.pile_of(run).open_refused
    member.post(address(poll, "khong-doc/"), {"keys": [sheet.key], "treatment": "no_paper"})
    assert not queries.pile_of(run).open_refused


def test_a_test_run_says_so_on_every_page_and_shows_what_its_papers_come_to(stage):
    poll = election(stage)
    for person in (20, 21):
        candidate(stage, poll, person)
    poll = scan_stage.printed(stage, poll)
    member = signed_in(stage, "counter1")
    scan_stage.form_of(poll)
    council = poll.council_session.term.council.slug
    assert "chạy thử máy quét" in member.get(f"/lam-viec/{council}/bo-phieu/{poll.pk}/").text
    assert "Bắt đầu chạy thử" in member.get(address(poll)).text
    run = scan_stage.started(stage, poll, mode="test")
    assert "CHẠY THỬ" in member.get(address(poll)).text
    run = scan_stage.settled(stage, run, [scan_stage.pdf_of(sides_of(poll, 3))])
    page = member.get(address(poll)).text
    assert page.count("CHẠY THỬ") >= 2
    assert "Kết quả chạy thử" in page
    assert "Thống nhất kết quả" not in page
    assert "CHẠY THỬ" in member.get(address(poll, "dong/")).text


def test_the_head_alone_decides_what_two_saw_differently(stage, poll, member):
    run = read_run(stage, poll)
    key = queries.pile_of(run).next_for(stage.user("counter1").pk).task.key
    for name, said in (("counter1", "for"), ("counter2", "@blank")):
        scan_people.answer(run, key=key, answer=said, by=stage.user(name))
    assert "hai người xem khác nhau" in member.get(address(poll)).text
    for name in ("counter1", "counter2"):
        client = signed_in(stage, name)
        client.post(address(poll, "truong-ban/"), {"key": key, "answer": "for"})
    assert not queries.pile_of(run).open_rows


def test_without_the_packages_the_page_says_so_and_shows_the_other_ways(poll, member, monkeypatch):
    monkeypatch.setattr(scanning, "is_available", lambda: False)
    page = member.get(address(poll)).text
    assert "chưa cài phần đọc phiếu quét" in page
    member.post(address(poll, "bat-dau/"), {"mode": "official"})
    assert queries.standing_run(poll) is None


def test_a_void_needs_a_reason(stage, poll, member):
    run = scan_stage.started(stage, poll)
    assert member.post(address(poll, "bo/"), {"void-reason": ""}).status_code == 422
    member.post(address(poll, "bo/"), {"void-reason": "Quét nhầm xấp"})
    run.refresh_from_db()
    assert run.state == ScanRun.State.VOID


def test_what_is_no_scan_is_refused_beside_the_field(stage, poll, member):
    from django.core.files.uploadedfile import SimpleUploadedFile

    scan_stage.started(stage, poll)
    page = member.post(address(poll, "tai-len/"), {"scans": [SimpleUploadedFile("a.txt", b"abc")]})
    assert page.status_code == 422
    assert "Chỉ nhận tệp PDF, PNG, JPEG, TIFF" in page.text
    assert member.post(address(poll, "tai-len/"), {}).status_code == 422


def test_the_pages_make_as_many_queries_for_one_paper_as_for_many(stage, poll, member):
    def counted(end: str = "") -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as made:
            assert member.get(address(poll, end)).status_code == 200
        return len(made)

    run = scan_stage.started(stage, poll)
    found = {"taking": counted()}
    by = stage.user("counter1")
    for size in (2, 8):
        run = scan_stage.settled(stage, run, [scan_stage.pdf_of(sides_of(poll, size))])
        first = found.setdefault("read", counted()), found.setdefault("row", counted("dong/"))
        assert first == (counted(), counted("dong/"))
        scan_runs.void(run, reason="Lại", by=by)
        run = scan_stage.started(stage, poll)
    assert found == QUERIES

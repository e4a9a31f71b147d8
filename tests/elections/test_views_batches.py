"""Pages of the counting ballot by ballot: nobody sees another's reading, nothing breaks."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from elections.models import Count, PaperAccount, PaperBatch, PaperReading, Poll
from elections.queries import batches as queries
from elections.services import batches, readings
from tests.elections import paper_stage as papers
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


@pytest.fixture
def undecided(stage: Stage) -> Poll:
    """Nobody chose a way yet."""
    return staging.counting(stage, staging.confidence(stage))


@pytest.fixture
def poll(stage: Stage, undecided: Poll) -> Poll:
    poll = papers.by_ballots(stage, undecided)
    papers.account(stage, poll)
    return poll


@pytest.fixture
def batch(stage: Stage, poll: Poll) -> PaperBatch:
    return batches.open_batch(poll, size=3, by=stage.user("counter1"))


def page(name: str, obj: Poll | PaperBatch) -> str:
    return reverse(f"elections:{name}", args=["tinh-thu", obj.pk])


def text_of(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def keep(client: Client, batch: PaperBatch, body: object) -> Any:
    text = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post(page("batch-keep", batch), text, content_type="application/json")


# the way and the account ----------------------------------------------------------------------


def test_the_first_page_offers_the_ways_with_what_they_need(stage: Stage, undecided: Poll) -> None:
    client = staging.signed_in(stage, "counter1")
    text = text_of(client, page("count-enter", undecided))
    for words in ("Nhập tổng số", "Đọc từng phiếu", "Hai thành viên", "phút", "Bắt đầu lần đếm"):
        assert words in text
    answer = client.post(page("count-choose", undecided), {"way": "ballots"}, follow=True)
    assert answer.redirect_chain[-1][0] == page("batch-list", undecided)
    assert "Ghi số phiếu" in answer.content.decode()
    assert "Đổi cách kiểm phiếu" in answer.content.decode()
    assert "Nhập tổng số" in text_of(client, page("count-choose", undecided))


@pytest.mark.parametrize("way", ["", "nonsense", "x" * 500, "totals\x00"])
def test_an_unknown_way_is_a_sentence(stage: Stage, undecided: Poll, way: str) -> None:
    client = staging.signed_in(stage, "counter1")
    answer = client.post(page("count-choose", undecided), {"way": way}, follow=True)
    assert "Chọn một trong các cách kiểm phiếu" in answer.content.decode()


def test_without_the_scanner_two_ways_remain(
    stage: Stage, undecided: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("elections.scanning.is_available", lambda: False)
    client = staging.signed_in(stage, "counter1")
    assert "Quét phiếu" not in text_of(client, page("count-enter", undecided))
    answer = client.post(page("count-choose", undecided), {"way": "scans"}, follow=True)
    assert "chưa cài phần đọc phiếu quét" in answer.content.decode()


def test_with_an_account_alone_the_page_says_what_becomes_of_it(
    stage: Stage, undecided: Poll
) -> None:
    poll = papers.by_ballots(stage, undecided)
    papers.account(stage, poll)
    client = staging.signed_in(stage, "counter2")
    assert "Đổi cách kiểm phiếu" in text_of(client, page("batch-list", poll))
    assert "chọn nhập số tổng thì các số này được bỏ" in text_of(client, page("count-choose", poll))
    answer = client.post(page("count-choose", poll), {"way": "totals"}, follow=True)
    assert "Bắt đầu lần đếm" in answer.content.decode()
    assert not PaperAccount.objects.exists()


@pytest.mark.usefixtures("batch")
def test_the_way_does_not_change_after_the_first_record(stage: Stage, poll: Poll) -> None:
    client = staging.signed_in(stage, "counter2")
    assert "Không đổi được nữa" in text_of(client, page("count-choose", poll))
    answer = client.post(page("count-choose", poll), {"way": "totals"}, follow=True)
    assert "đã có số liệu ghi theo cách" in answer.content.decode()


def account_values(**changes: object) -> dict[str, object]:
    values = {f"t-{name}": number for name, number in papers.ACCOUNT.items()}
    return {**values, "remarks": "", "version": "", **changes}


def test_the_account_names_the_number_that_is_wrong_while_typing(
    stage: Stage, undecided: Poll
) -> None:
    poll = papers.by_ballots(stage, undecided)
    client = staging.signed_in(stage, "counter1")
    address = page("paper-account", poll)
    assert 'value="40"' in text_of(client, address), "the papers printed are known"
    checked = client.post(page("paper-account-check", poll), account_values(**{"t-unused": 60}))
    text = checked.content.decode()
    assert "<html" not in text
    assert "33 phát ra + 60 chưa dùng + 1 hỏng = 94, khác 40 phiếu in" in text
    assert "“Chưa dùng” 60, phải là 6. Kiểm tra số này trước" in text
    assert not PaperAccount.objects.exists()
    refused = client.post(address, account_values(**{"t-unused": 60}))
    assert refused.status_code == 422
    assert 'value="60"' in refused.content.decode(), "what was typed stays"
    bad = client.post(address, account_values(**{"t-returned": "1e9"}))
    assert "không phải là số phiếu" in bad.content.decode()
    assert client.post(address, account_values()).status_code == 302
    assert PaperAccount.objects.get().returned == 33
    stale = client.post(address, account_values(**{"t-returned": 32}))
    assert "Người khác vừa lưu" in stale.content.decode()
    assert PaperAccount.objects.get().returned == 33


# batches --------------------------------------------------------------------------------------


def test_only_members_of_the_committee_come_in(stage: Stage, batch: PaperBatch) -> None:
    for name in ("clerk", "approver", "chair", "admin", "delegate"):
        client = staging.signed_in(stage, name)
        for where in ("batch-list", "paper-account", "count-choose"):
            assert client.get(page(where, batch.poll)).status_code == 403
        for where in ("batch-read", "batch-settle"):
            assert client.get(page(where, batch)).status_code == 403
    outsider = staging.signed_in(stage, "outsider")
    assert outsider.get(page("batch-read", batch)).status_code == 404


def test_a_batch_is_laid_out_taken_and_the_next_step_is_said(stage: Stage, poll: Poll) -> None:
    client = staging.signed_in(stage, "counter1")
    assert "Đếm 25 tờ thành một tập" in text_of(client, page("batch-list", poll))
    client.post(page("batch-open", poll), {"source": "box", "size": 25})
    text = text_of(client, page("batch-list", poll))
    assert "Tập 1 chờ bạn" in text
    too_many = client.post(page("batch-open", poll), {"source": "box", "size": 9})
    assert too_many.status_code == 422
    assert "tập này nhiều nhất 8 phiếu" in too_many.content.decode()
    for values in ({"source": "x", "size": 5}, {"source": "box", "size": "x"}, {}):
        assert client.post(page("batch-open", poll), values).status_code == 422
    batch = PaperBatch.objects.get()
    assert client.post(page("batch-start", batch)).headers["Location"] == page("batch-read", batch)
    assert "Đọc tiếp" in text_of(client, page("batch-list", poll))


def test_sources_have_pages_of_their_own(stage: Stage, poll: Poll) -> None:
    client = staging.signed_in(stage, "counter1")
    address = page("batch-list", poll)
    assert "Đọc tay phiếu máy không đọc" in text_of(client, f"{address}?nguon=refused")
    assert "Đọc tay mẫu kiểm tra" in text_of(client, f"{address}?nguon=sample")
    assert "<h1>Đọc từng phiếu" in text_of(client, f"{address}?nguon=x")


def test_the_other_reader_and_everybody_else_sees_nothing_of_a_reading(
    stage: Stage, batch: PaperBatch
) -> None:
    by, shape = stage.user("counter1"), queries.shape_of(batch.poll)
    secret = "3" * (len(shape.codes) - 1) + "x"
    readings.start(batch, by=by)
    readings.keep(batch, papers=shape.papers_of([secret, "!", secret]), version=1, by=by)
    readings.submit(batch, by=by)
    other = staging.signed_in(stage, "counter2")
    other.post(page("batch-start", batch))
    for client in (other, staging.signed_in(stage, "counter3")):
        for address in (
            page("batch-list", batch.poll), page("batch-read", batch), page("batch-settle", batch),
            page("count-compare", batch.poll), page("poll", batch.poll),
            page("hall-screen", batch.poll),
            reverse("council:council-home", args=["tinh-thu"]),
        ):  # fmt: skip
            text = text_of(client, address)
            assert secret not in text
            assert 'aria-label="2"' not in text, "two strokes"
    stale = keep(other, batch, {"version": 99, "papers": ["0" * len(shape.codes)]})
    assert stale.status_code == 200
    assert secret not in stale.content.decode()


# reading --------------------------------------------------------------------------------------


def begun(stage: Stage, batch: PaperBatch, name: str = "counter1") -> Client:
    client = staging.signed_in(stage, name)
    client.post(page("batch-start", batch))
    return client


def test_the_script_keeps_papers_and_is_told_the_version(stage: Stage, batch: PaperBatch) -> None:
    client, rows = begun(stage, batch), len(queries.shape_of(batch.poll).codes)
    one, two = "1" * rows, "0" * rows
    assert keep(client, batch, {"version": 1, "papers": [one]}).json() == {"version": 2}
    assert keep(client, batch, {"version": 1, "papers": [one]}).json() == {"version": 2}
    assert keep(client, batch, {"version": 1, "papers": [one, "!"]}).json() == {"version": 3}
    stale = keep(client, batch, {"version": 1, "papers": [two]})
    assert (stale.status_code, stale.json()) == (409, {"version": 3, "papers": [one, "!"]})
    text = text_of(client, page("batch-read", batch))
    assert f"[&quot;{one}&quot;, &quot;!&quot;]" in text
    assert client.get(page("batch-read", batch)).headers["Cache-Control"].count("no-store")


@pytest.mark.parametrize(
    "body",
    [
        "", "x", "[]", "{}", "null", '{"version":1}', '{"version":"1","papers":[]}',
        '{"version":1,"papers":"11"}', '{"version":1,"papers":[1]}', '{"version":1,"papers":["9"]}',
        '{"version":1,"papers":["\\u0000"]}', "[" * 100_000, b"\xff\xfe", '{"version":1e400}',
        '{"version":1,"papers":[' + "1" * 5000 + "]}",
    ],
)  # fmt: skip
def test_anything_else_is_told_off_and_nothing_is_kept(
    stage: Stage, batch: PaperBatch, body: str | bytes
) -> None:
    client = begun(stage, batch)
    answer = keep(client, batch, body)
    assert answer.status_code == 400
    assert "Không đọc được" in answer.json()["sentence"]
    assert PaperReading.objects.get().papers == []


def test_a_refusal_reaches_the_script_as_a_sentence(stage: Stage, batch: PaperBatch) -> None:
    client = staging.signed_in(stage, "counter1")
    answer = keep(client, batch, {"version": 1, "papers": []})
    assert answer.status_code == 422
    assert "chưa nhận đọc" in answer.json()["sentence"]


@pytest.mark.parametrize("place", ["0", "99", "x", "", "٣", "9" * 50])
def test_the_plain_form_shows_the_next_paper_for_odd_places(
    stage: Stage, batch: PaperBatch, place: str
) -> None:
    client = begun(stage, batch)
    text = client.get(page("batch-read", batch), {"phieu": place}).content.decode()
    assert "<b data-place>1</b>/3" in text


def test_the_plain_form_keeps_one_paper_a_time(stage: Stage, batch: PaperBatch) -> None:
    client, codes = begun(stage, batch), queries.shape_of(batch.poll).codes
    marks = {f"m-{code}": "2" for code in codes}
    address = page("batch-read", batch)
    lacking = client.post(address, {"place": 1, "version": 1, "m-c01": "1"})
    assert lacking.status_code == 422
    assert f"Còn {len(codes) - 1} dòng chưa chọn" in lacking.content.decode()
    for values in ({"place": "x", **marks}, {"place": 1, **marks, "m-c01": "9"}):
        assert client.post(address, values).status_code == 422
    assert client.post(address, {"place": 1, "version": 1, **marks}).status_code == 302
    assert client.post(address, {"place": 2, "version": 2, "whole": "on"}).status_code == 302
    stale = client.post(address, {"place": 1, "version": 1, **marks, "m-c01": "1"})
    assert "Người khác vừa lưu" in stale.content.decode()
    kept = queries.shape_of(batch.poll).keys_in(PaperReading.objects.get())
    assert kept == ["2" * len(codes), "!"]


def test_a_reading_too_short_is_not_handed_in(stage: Stage, batch: PaperBatch) -> None:
    client = begun(stage, batch)
    answer = client.post(page("batch-submit", batch), follow=True)
    assert "Tập này có 3 phiếu, bạn đã nhập 0" in answer.content.decode()


# settling and the result ------------------------------------------------------------------------


def differing(stage: Stage, batch: PaperBatch) -> None:
    rows = len(queries.shape_of(batch.poll).codes)
    shape, pile = queries.shape_of(batch.poll), ["1" * rows, "2" * rows, "!"]
    misread = ["12" + "1" * (rows - 2), "2" * rows, "3" * rows]
    papers.both_read(stage, batch, shape.papers_of(pile), shape.papers_of(misread))


def test_both_look_again_and_the_batch_is_closed(stage: Stage, batch: PaperBatch) -> None:
    differing(stage, batch)
    client = staging.signed_in(stage, "counter2")
    text = text_of(client, page("batch-settle", batch))
    for words in ("Tờ thứ 1 từ trên xuống", "Tờ thứ 3", "Tín nhiệm cao ≠ Tín nhiệm", "Cả lá phiếu"):
        assert words in text
    values = {"agreed-1-c02": "high", "reason-1-c02": "", "agreed-3-@valid": "invalid",
              "reason-3-@valid": "Phiếu không do Ban phát"}  # fmt: skip
    lacking = client.post(page("batch-settle", batch), values)
    assert lacking.status_code == 422
    assert "Phiếu không do Ban phát" in lacking.content.decode(), "what was typed stays"
    nonsense = {**values, "reason-1-c02": "x", "agreed-1-c02": "@nonsense"}
    assert client.post(page("batch-settle", batch), nonsense).status_code == 422
    done = client.post(page("batch-settle", batch), {**values, "reason-1-c02": "Gõ nhầm"})
    assert done.status_code == 302
    batch.refresh_from_db()
    assert batch.state == "settled"
    again = client.get(page("batch-settle", batch), follow=True)
    assert "chưa đối chiếu được, hoặc đã xong" in again.content.decode()


def test_a_batch_is_set_aside_with_a_reason(stage: Stage, batch: PaperBatch) -> None:
    differing(stage, batch)
    client = staging.signed_in(stage, "counter1")
    answer = client.post(page("batch-void", batch), {"reason": ""}, follow=True)
    assert "Ghi lý do" in answer.content.decode()
    client.post(page("batch-void", batch), {"reason": "Lệch thứ tự"})
    text = text_of(client, page("batch-list", batch.poll))
    assert "Lệch thứ tự" in text
    assert "bỏ, đọc lại" in text


def test_the_figures_come_only_when_every_paper_is_settled(stage: Stage, poll: Poll) -> None:
    heap = papers.heap_of(poll, 33)
    papers.all_read(stage, poll, heap[:25])
    client = staging.signed_in(stage, "counter1")
    text = text_of(client, page("count-compare", poll))
    assert "Thu về 33 phiếu nhưng đã đọc 25 phiếu" in text
    assert "Từng người" not in text
    last = batches.open_batch(poll, size=8, by=stage.user("counter1"))
    papers.both_read(stage, last, heap[25:])
    assert "Xem số liệu và thống nhất" in text_of(client, page("batch-list", poll))
    assert "Từng người" in text_of(client, page("count-compare", poll))
    client.post(page("count-agree", poll))
    assert Count.objects.get().way == "ballots"
    assert "chờ một thành viên khác xác nhận" in text_of(client, page("batch-list", poll))
    other = staging.signed_in(stage, "counter2")
    answer = other.post(page("count-confirm", poll))
    assert answer.headers["Location"] == page("poll-result", poll)


@pytest.mark.parametrize("people", [1, 30])
def test_pages_ask_as_much_for_one_row_as_for_thirty(stage: Stage, people: int) -> None:
    poll = staging.election(stage)
    for person in [*range(7, 10), *range(17, 40), *range(4)][:people]:
        staging.candidate(stage, poll, person)
    poll = papers.by_ballots(stage, staging.counting(stage, poll))
    papers.account(stage, poll)
    batch = batches.open_batch(poll, size=3, by=stage.user("counter1"))
    heap = papers.heap_of(poll, 3)
    for _more in range(1 if people == 1 else 4):
        other = batches.open_batch(poll, size=2, by=stage.user("counter1"))
        papers.both_read(stage, other, heap[:2])
    client = begun(stage, batch)
    counted = {}
    for name, obj in (
        ("batch-list", poll), ("batch-read", batch), ("paper-account", poll),
        ("count-choose", poll),
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page(name, obj)).status_code == 200
        counted[name] = len(asked)
    assert counted == {
        "batch-list": 10, "batch-read": 10, "paper-account": 8, "count-choose": 11,
    }  # fmt: skip

"""Counting pages: two counters who never see each other's figures, nothing lost, no HTTP 500."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from council.models import AuditEntry
from elections.models import Count, Outcome, Poll
from elections.queries import counts as queries
from elections.rules import polls as kinds
from elections.services import counts
from tests.elections import stage as staging
from tests.elections.stage import TOTALS, Stage

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SECRET = (6173, 7919, 8387)
"""Numbers that no page, address, script or date contains by itself."""


@pytest.fixture
def stage() -> Stage:
    return staging.build()


@pytest.fixture
def poll(stage: Stage) -> Poll:
    return staging.counting(stage, staging.confidence(stage))


def page(name: str, poll: Poll) -> str:
    return reverse(f"elections:{name}", args=["tinh-thu", poll.pk])


def sheet(poll: Poll, **changes: Any) -> dict[str, str]:
    """A whole count as the browser sends it; names like `v_c03_low`, `t_valid`."""
    values = {f"t-{name}": str(count) for name, count in TOTALS.items()}
    for (code, option), votes in staging.usual_lines(poll).items():
        values[f"v-{code}-{option}"] = str(votes)
    typed = {
        name.replace("_", "-", 2) if name[1] == "_" else name: str(v) for name, v in changes.items()
    }
    return {**values, "version": "1", "remarks": "", **typed}


def begun(stage: Stage, poll: Poll, name: str) -> Client:
    client = staging.signed_in(stage, name)
    client.post(page("count-enter", poll), {"start": "1"})
    return client


def test_a_member_begins_a_count_and_sees_an_empty_sheet(stage: Stage, poll: Poll) -> None:
    client = staging.signed_in(stage, "counter1")
    assert "Bắt đầu lần đếm thứ nhất" in client.get(page("count-enter", poll)).content.decode()
    client.post(page("count-enter", poll), {"start": "1"})
    text = client.get(page("count-enter", poll)).content.decode()
    assert "lần đếm thứ nhất" in text
    assert "Khối Hội đồng nhân dân" in text
    assert "Còn 28 ô chưa nhập" in text, "21 cells and 7 totals; the printed papers are known"
    assert "Điều 19 khoản 3 Nghị quyết 96/2023/QH15" in text


def test_who_is_not_on_the_committee_is_turned_away(stage: Stage, poll: Poll) -> None:
    for name in ("clerk", "approver", "chair", "admin", "delegate"):
        client = staging.signed_in(stage, name)
        assert client.get(page("count-enter", poll)).status_code == 403
        assert client.get(page("count-compare", poll)).status_code == 403
        assert client.post(page("count-check", poll), sheet(poll)).status_code == 403
    assert staging.signed_in(stage, "outsider").get(page("count-enter", poll)).status_code == 404


def test_saving_keeps_everything_and_says_which_sum_fails(stage: Stage, poll: Poll) -> None:
    client = begun(stage, poll, "counter1")
    values = sheet(
        poll, v_c03_high="21", v_c03_confidence="19", v_c03_low="20", remarks="Phiếu rách"
    )
    assert client.post(page("count-enter", poll), {**values, "action": "save"}).status_code == 302
    text = client.get(page("count-enter", poll)).content.decode()
    assert "21 + 19 + 20 = 60, nhiều hơn 32 phiếu hợp lệ: thừa 28" in text
    assert "32 hợp lệ + 1 không hợp lệ = 33 thu về" in text
    assert "Phiếu rách" in text
    assert 'aria-invalid="true"' in text
    assert queries.figures_of(Count.objects.get())["c03", "low"] == 20


def test_a_count_that_does_not_add_up_is_kept_but_not_handed_in(stage: Stage, poll: Poll) -> None:
    client = begun(stage, poll, "counter1")
    values = {**sheet(poll, t_valid="30"), "action": "submit"}
    text = client.post(page("count-enter", poll), values, follow=True).content.decode()
    assert "30 hợp lệ + 1 không hợp lệ = 31, khác 33 phiếu thu về" in text
    count = Count.objects.get()
    assert (count.state, count.valid) == ("draft", 30)


def test_a_whole_count_is_handed_in_and_can_be_read_but_not_changed(
    stage: Stage, poll: Poll
) -> None:
    client = begun(stage, poll, "counter1")
    client.post(page("count-enter", poll), {**sheet(poll), "action": "submit"})
    assert Count.objects.get().state == "submitted"
    text = client.get(page("count-enter", poll)).content.decode()
    assert "Bạn đã nộp lần đếm này" in text
    client.post(page("count-enter", poll), {**sheet(poll, t_valid="1"), "action": "save"})
    assert Count.objects.get().valid == 32


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("abc", "“abc” không phải là số phiếu"),
        ("-3", "Số phiếu không thể âm"),
        ("99999999999999999999", "Số phiếu lớn nhất ghi được là 9999"),
        ("1e99", "“1e99” không phải là số phiếu"),
        ("5,5", "“5,5” không phải là số phiếu"),
        ("٣", "“٣” không phải là số phiếu"),
        ("1\x002", "không phải là số phiếu"),
    ],
)
def test_a_cell_that_is_no_number_gets_a_sentence_and_nothing_typed_is_lost(
    stage: Stage, poll: Poll, typed: str, sentence: str
) -> None:
    client = begun(stage, poll, "counter1")
    values = sheet(poll, v_c02_low=typed, v_c01_high="17")
    answer = client.post(page("count-enter", poll), {**values, "action": "submit"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert 'value="17"' in text
    assert Count.objects.get().valid is None, "nothing is saved until the cell is a number"


def test_a_stale_window_shows_both_and_overwrites_nothing(stage: Stage, poll: Poll) -> None:
    client = begun(stage, poll, "counter1")
    client.post(page("count-enter", poll), {**sheet(poll), "action": "save"})
    stale = client.post(
        page("count-enter", poll), {**sheet(poll, v_c01_high="11"), "action": "save"}
    )
    text = stale.content.decode()
    assert "Người khác vừa lưu" in text
    assert 'value="11"' in text
    assert queries.figures_of(Count.objects.get())["c01", "high"] == 25
    over = {**sheet(poll, v_c01_high="11"), "version": str(Count.objects.get().version)}
    client.post(page("count-enter", poll), {**over, "action": "save"})
    assert queries.figures_of(Count.objects.get())["c01", "high"] == 11


def test_after_each_cell_the_figures_are_kept_and_the_sums_checked(
    stage: Stage, poll: Poll
) -> None:
    client = begun(stage, poll, "counter1")
    answer = client.post(page("count-check", poll), sheet(poll, v_c03_low="9"), headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "25 + 5 + 9 = 39, nhiều hơn 32 phiếu hợp lệ: thừa 7" in text
    assert 'hx-swap-oob="true"' in text
    assert "<html" not in text
    assert 'name="version" value="2"' in text
    assert queries.figures_of(Count.objects.get())["c03", "low"] == 9
    again = client.post(page("count-check", poll), {**sheet(poll), "version": "2"}, headers=HTMX)
    assert "Nộp lần đếm này" in again.content.decode()
    assert "disabled" not in again.content.decode()


def test_a_cell_that_is_no_number_is_told_at_once_and_nothing_is_kept(
    stage: Stage, poll: Poll
) -> None:
    client = begun(stage, poll, "counter1")
    answer = client.post(page("count-check", poll), sheet(poll, v_c03_low="x"), headers=HTMX)
    assert "“x” không phải là số phiếu" in answer.content.decode()
    assert "Chưa giữ được" in answer.content.decode()
    assert Count.objects.get().valid is None


def secretly_typed(stage: Stage, poll: Poll) -> None:
    """The first counter keeps figures that occur nowhere else; impossible ones, so a draft."""
    user = stage.user("counter1")
    count = counts.start(poll, by=user)
    options = kinds.options_of(poll.kind)
    lines = {("c03", option): votes for option, votes in zip(options, SECRET, strict=True)}
    counts.save_figures(
        count, totals={**TOTALS, "returned": SECRET[0]}, lines=lines, remarks="bí mật 6173",
        version=count.version, by=user,
    )  # fmt: skip


def leaks(text: str) -> list[int]:
    return [number for number in SECRET if str(number) in text]


def test_the_other_counter_sees_nothing_of_a_count_in_progress(stage: Stage, poll: Poll) -> None:
    secretly_typed(stage, poll)
    other = begun(stage, poll, "counter2")
    answers = [
        other.get(page("count-enter", poll)),
        other.post(page("count-check", poll), sheet(poll), headers=HTMX),
        other.post(page("count-enter", poll), {**sheet(poll), "version": "2", "action": "save"}),
        other.get(page("count-compare", poll)),
        other.get(page("poll", poll)),
        other.get(reverse("elections:polls", args=["tinh-thu", stage.council_session.pk])),
        other.get(reverse("council:council-home", args=["tinh-thu"])),
    ]
    for answer in answers:
        assert answer.status_code in {200, 302}
        assert leaks(answer.content.decode()) == []
    assert "lần 1 đang nhập" in answers[0].content.decode().replace("</span>", "")


def test_figures_are_nowhere_for_anybody_before_the_confirmation(stage: Stage, poll: Poll) -> None:
    """Not for staff, not for the chair, not for administrators, not in the audit log."""
    odd = {("c03", "high"): 11, ("c03", "confidence"): 13, ("c03", "low"): 7}
    staging.typed(stage, poll, "counter1", changes=odd)
    staging.typed(stage, poll, "counter2", changes=odd)
    counts.agree(poll, by=stage.user("counter1"))
    assert not Outcome.objects.exists()
    for name in ("clerk", "approver", "chair", "admin", "counter3"):
        client = staging.signed_in(stage, name)
        answer = client.get(page("poll-result", poll))
        assert answer.headers["Location"] == page("poll", poll)
        text = client.get(page("poll", poll)).content.decode()
        assert "Kết quả đã được thống nhất" not in text
        assert (
            client.get(
                reverse("elections:poll-file", args=["tinh-thu", poll.pk, "minutes"])
            ).status_code
            == 404
        )
    for entry in AuditEntry.objects.filter(verb__startswith="count."):
        assert set(json.loads(entry.payload)["after"]) <= {"poll", "kind", "cell"}


def test_both_counts_are_compared_recounted_agreed_and_confirmed(stage: Stage, poll: Poll) -> None:
    odd = {("c03", "confidence"): 4, ("c03", "low"): 3}
    staging.both_typed(stage, poll, changes=odd)
    one, two = staging.signed_in(stage, "counter1"), staging.signed_in(stage, "counter2")
    text = one.get(page("count-compare", poll)).content.decode()
    assert "Còn 2 ô khác nhau" in text
    assert "2 ≠ 3" in text
    assert "disabled" in text
    one.post(page("count-agree", poll))
    assert not Count.objects.filter(kind="agreed").exists()
    bad = one.post(
        page("count-resolve", poll), {"cell": "c03:low", "agreed": "x", "reason": "Đọc nhầm"}
    )
    assert "không phải là số phiếu" in bad.content.decode()
    assert "Đọc nhầm" in bad.content.decode(), "what was typed stays"
    for cell, agreed in (("c03:confidence", "4"), ("c03:low", "3")):
        values = {"cell": cell, "agreed": agreed, "reason": "Đếm lại trước Ban"}
        assert one.post(page("count-resolve", poll), values).status_code == 302
    assert "2 ô khác nhau đã được đếm lại" in one.get(page("count-compare", poll)).content.decode()
    one.post(page("count-agree", poll))
    assert (
        "người xác nhận phải là thành viên khác"
        in one.get(page("count-compare", poll)).content.decode()
    )
    one.post(page("count-confirm", poll))
    assert not Outcome.objects.exists()
    assert "Lý do" in two.post(page("count-disagree", poll), {"reason": ""}).content.decode()
    two.post(page("count-disagree", poll), {"reason": "Xem lại ô thứ ba"})
    assert "Đếm lại lần nữa" in two.get(page("count-compare", poll)).content.decode()
    one.post(page("count-agree", poll))
    answer = two.post(page("count-confirm", poll))
    assert answer.headers["Location"] == page("poll-result", poll)
    two.post(page("count-confirm", poll))
    assert Outcome.objects.count() == 1
    shown = two.get(page("poll-result", poll)).content.decode()
    assert "tổng số phiếu thu về (33)" in shown
    assert "9,09%" in shown


@pytest.mark.parametrize("cell", ["", "valid", "c99:low", "c03:nonsense", "x" * 200, "c03:low\x00"])
def test_a_cell_that_does_not_differ_or_exist_is_refused(
    stage: Stage, poll: Poll, cell: str
) -> None:
    staging.both_typed(stage, poll, changes={("c03", "low"): 1})
    client = staging.signed_in(stage, "counter1")
    values = {"cell": cell, "agreed": "1", "reason": "Đếm lại"}
    assert client.post(page("count-resolve", poll), values).status_code == 200
    assert not poll.recounts.exists()


def test_the_comparison_waits_for_both(stage: Stage, poll: Poll) -> None:
    staging.typed(stage, poll, "counter1")
    text = staging.signed_in(stage, "counter1").get(page("count-compare", poll)).content.decode()
    assert "cả hai lần đếm phải nộp xong" in text


@pytest.mark.parametrize("people", [1, 30])
def test_the_sheet_asks_as_much_for_one_person_as_for_thirty(
    stage: Stage, people: int, django_assert_num_queries: Any
) -> None:
    poll = staging.election(stage)
    for person in [*range(7, 10), *range(17, 40), *range(4)][:people]:
        staging.candidate(stage, poll, person)
    poll = staging.counting(stage, poll)
    client = begun(stage, poll, "counter1")
    with django_assert_num_queries(13):
        assert client.get(page("count-enter", poll)).status_code == 200

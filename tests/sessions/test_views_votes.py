"""Open votes: what is needed is shown, sums that fail are named, nothing is preselected."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sessions.models import OpenVote, OpenVoteChoice
from sessions.services import votes
from tests.sessions.hall import Hall

WORK = "/lam-viec/tinh-thu"
TYPED = {
    "matter": "agenda", "subject": "Thông qua chương trình", "item": "", "method": "totals",
    "for_count": "28", "against_count": "1", "not_voting_count": "1", "newest_seen": "0",
}  # fmt: skip


@pytest.fixture
def clerk(hall: Hall, client: Client) -> Client:
    client.force_login(hall.user("clerk"))
    hall.open(30)
    return client


def take_url(hall: Hall) -> str:
    return f"{WORK}/phien/{hall.sitting.pk}/bieu-quyet/ghi/"


def flat(answer: object) -> str:
    assert answer.status_code == 200  # type: ignore[attr-defined]
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def post(client: Client, hall: Hall, **typed: str) -> str:
    return flat(client.post(take_url(hall), {**TYPED, **typed}, follow=True))


def test_the_form_shows_who_is_there_and_what_each_matter_needs(hall: Hall, clerk: Client) -> None:
    shown = flat(clerk.get(take_url(hall)))
    assert "30/35 đại biểu có mặt" in shown
    assert "cần 18/35 tán thành (quá nửa tổng số đại biểu)" in shown
    assert "Điều 35 khoản 2 Luật 72/2025/QH15" in shown
    assert "bãi nhiệm đại biểu</strong>: cần 24/35" in shown


def test_totals_that_add_up_give_a_result_with_base_and_article(hall: Hall, clerk: Client) -> None:
    shown = post(clerk, hall, item=str(hall.item.pk))
    assert "Được thông qua." in shown
    assert "28/35 đại biểu tán thành, cần 18." in shown
    assert "Điều 35 khoản 2 Luật 72/2025/QH15" in shown


def test_too_few_votes_are_shown_as_not_passed(hall: Hall, clerk: Client) -> None:
    assert "Không được thông qua." in post(clerk, hall, for_count="17", against_count="12")


def test_a_sum_that_fails_is_named_and_everything_typed_stays(hall: Hall, clerk: Client) -> None:
    shown = post(clerk, hall, for_count="29")
    assert "nhiều hơn 30 đại biểu có mặt: thừa 1" in shown
    assert 'value="29"' in shown
    assert 'value="Thông qua chương trình"' in shown
    assert not OpenVote.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"for_count": ""}, {"for_count": "-1"}, {"for_count": "28.5"}, {"for_count": "9" * 5000},
        {"for_count": "1e3"}, {"for_count": "1000"}, {"subject": ""}, {"subject": "x" * 501},
        {"subject": "a\x00b"}, {"matter": ""}, {"matter": "war"}, {"item": "999999"},
        {"item": "x"}, {"item": "9" * 30}, {"method": ""}, {"method": "secret"},
        {"newest_seen": "-1"}, {"newest_seen": "x"},
    ],
)  # fmt: skip
def test_bad_input_is_refused_and_records_nothing(
    hall: Hall, clerk: Client, typed: dict[str, str]
) -> None:
    shown = post(clerk, hall, **typed)
    assert "invalid-feedback" in shown or 'role="alert"' in shown
    assert not OpenVote.objects.exists()


def test_a_double_click_records_once_and_the_third_is_meant(hall: Hall, clerk: Client) -> None:
    post(clerk, hall)
    shown = post(clerk, hall)
    assert "vừa được ghi lúc" in shown
    assert OpenVote.objects.count() == 1
    newest = OpenVote.objects.get().pk
    assert f'name="newest_seen" value="{newest}"' in shown
    post(clerk, hall, newest_seen=str(newest))
    assert OpenVote.objects.count() == 2


def test_by_name_nothing_is_preselected_and_ticks_survive_a_gap(hall: Hall, clerk: Client) -> None:
    shown = post(clerk, hall, method="by_name", for_count="", against_count="", not_voting_count="")
    vote = OpenVote.objects.get()
    assert shown.count('value="for"') == 30
    assert "checked" not in shown
    url = f"{WORK}/bieu-quyet/{vote.pk}/theo-ten/"
    some = {f"choice-{one.pk}": "for" for one in hall.cast.mandates[:29]}
    missing = flat(clerk.post(url, some))
    assert "Còn 1 đại biểu chưa chọn" in missing
    assert missing.count("checked") == 29
    assert not OpenVoteChoice.objects.exists()
    some[f"choice-{hall.cast.mandates[29].pk}"] = "not_voting"
    done = flat(clerk.post(url, some, follow=True))
    assert "29/35 đại biểu tán thành" in done
    assert done.count("tán thành</span>") == 29
    again = flat(clerk.post(url, some, follow=True))
    assert "29/35 đại biểu tán thành" in again
    assert OpenVoteChoice.objects.count() == 30


def test_an_unknown_choice_is_refused(hall: Hall, clerk: Client) -> None:
    post(clerk, hall, method="by_name")
    vote = OpenVote.objects.get()
    choices = {f"choice-{one.pk}": "maybe\x00" for one in hall.cast.mandates[:30]}
    shown = flat(clerk.post(f"{WORK}/bieu-quyet/{vote.pk}/theo-ten/", choices))
    assert "Còn 30 đại biểu chưa chọn" in shown


def test_while_one_vote_is_open_another_does_not_begin(hall: Hall, clerk: Client) -> None:
    post(clerk, hall, method="by_name")
    assert "ghi kết quả đó trước đã" in flat(clerk.get(take_url(hall)))
    assert "Ghi kết quả đó trước đã" in post(
        clerk, hall, newest_seen=str(OpenVote.objects.get().pk)
    )


def test_no_open_sitting_is_said_before_anybody_types(hall: Hall, client: Client) -> None:
    client.force_login(hall.user("clerk"))
    shown = flat(client.get(take_url(hall)))
    assert "Phiên họp chưa họp; chỉ biểu quyết khi phiên họp đang mở." in shown
    assert "Chỉ biểu quyết khi phiên họp đang mở" in post(client, hall)
    listed = flat(client.get(f"{WORK}/ky-hop/{hall.council_session.pk}/bieu-quyet/"))
    assert "Chưa có biểu quyết nào" in listed


def test_the_list_says_what_passed_and_any_page_number_shows_a_page(
    hall: Hall, clerk: Client
) -> None:
    post(clerk, hall)
    for page in ("1", "0", "-1", "1e99", "9" * 50, "x"):
        shown = flat(clerk.get(f"{WORK}/ky-hop/{hall.council_session.pk}/bieu-quyet/?page={page}"))
        assert "28/35 tán thành, cần 18" in shown


def test_foreign_and_unknown_votes_are_404(hall: Hall, clerk: Client) -> None:
    post(clerk, hall)
    vote = OpenVote.objects.get()
    clerk.force_login(hall.user("outsider"))
    assert clerk.get(f"/lam-viec/tinh-khac/bieu-quyet/{vote.pk}/").status_code == 404
    assert clerk.get(f"{WORK}/bieu-quyet/{vote.pk}/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_votes(hall: Hall, clerk: Client) -> None:
    url = f"{WORK}/ky-hop/{hall.council_session.pk}/bieu-quyet/"
    post(clerk, hall)
    flat(clerk.get(url))
    with CaptureQueriesContext(connection) as few:
        flat(clerk.get(url))
    for place in range(20):
        votes.take(
            hall.sitting, item=hall.item, matter="other", subject=f"Việc {place}", for_count=30,
            against_count=0, not_voting_count=0, by=hall.user("clerk"),
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        flat(clerk.get(url))
    assert len(many) == len(few)

"""The attendance screen and one delegate's page: ticks are kept, refusals speak, nothing grows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from council.models import Mandate
from sessions.models import Excuse, OpenVote, Presence
from sessions.queries import sittings as queries
from sessions.services import sittings, votes
from tests.sessions.hall import Hall

WORK = "/lam-viec/tinh-thu"


@pytest.fixture
def clerk(hall: Hall, client: Client) -> Client:
    client.force_login(hall.user("clerk"))
    return client


def roll_url(hall: Hall) -> str:
    return f"{WORK}/phien/{hall.sitting.pk}/diem-danh/"


def one_url(hall: Hall, mandate: Mandate, verb: str = "") -> str:
    return f"{roll_url(hall)}{mandate.pk}/{verb}"


def roll(client: Client, hall: Hall) -> str:
    answer = client.get(roll_url(hall))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def post(client: Client, url: str, **data: object) -> str:
    answer = client.post(url, data, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def here(hall: Hall) -> set[int]:
    return set(queries.presences_at(hall.sitting).values_list("mandate", flat=True))


def test_the_whole_council_stands_on_one_screen_by_group(hall: Hall, clerk: Client) -> None:
    shown = roll(clerk, hall)
    assert shown.count('name="present"') == 35
    assert shown.count("data-roll-group>") == 5
    assert "0/35 đại biểu có mặt" in shown
    assert "0/7" in shown


def test_one_button_saves_all_ticks(hall: Hall, clerk: Client) -> None:
    ticked = [one.pk for one in hall.cast.mandates[:25]]
    shown = post(clerk, roll_url(hall), present=ticked)
    assert "Đã lưu điểm danh." in shown
    assert "25/35 đại biểu có mặt" in shown
    assert here(hall) == set(ticked)


def test_the_whole_group_is_ticked_without_a_script(hall: Hall, clerk: Client) -> None:
    post(clerk, roll_url(hall), present=[hall.cast.mandates[0].pk], group="2")
    second = {one.pk for one in hall.cast.mandates if one.group and one.group.number == 2}
    assert here(hall) == second | {hall.cast.mandates[0].pk}


def test_an_old_screen_does_not_throw_out_who_came_meanwhile(hall: Hall, clerk: Client) -> None:
    hall.open(24)
    shown = sorted(here(hall))
    hall.tick([hall.cast.mandates[30]])
    post(clerk, roll_url(hall), present=shown, shown=shown)
    assert hall.cast.mandates[30].pk in here(hall)


@pytest.mark.parametrize(
    "present", [["9" * 400], ["\x00"], ["1e9"], ["-1"], ["abc"], [""], ["٣"], ["999999999999"]]
)
def test_nonsense_among_the_ticks_is_left_out(
    hall: Hall, clerk: Client, present: list[str]
) -> None:
    post(clerk, roll_url(hall), present=present, shown=present, group=present[0])
    assert not Presence.objects.exists()


def test_what_was_ticked_survives_a_refusal(hall: Hall, clerk: Client) -> None:
    hall.open(24)
    hall.sitting = sittings.close_sitting(hall.sitting, by=hall.user("chair"))
    late = hall.cast.mandates[30]
    shown = post(clerk, roll_url(hall), present=[late.pk])
    assert "Phiên họp đã kết thúc, không sửa điểm danh được." in shown
    assert not Presence.objects.filter(mandate=late).exists()


def test_ticks_stand_as_typed_after_a_refusal(hall: Hall, clerk: Client) -> None:
    hall.open(24)
    late = hall.cast.mandates[30]
    votes.open_by_name(hall.sitting, matter="other", subject="Khác", by=hall.user("clerk"))
    OpenVote.objects.update(opened_at=queries.last_vote_moment(hall.sitting).replace(year=2027))  # type: ignore[union-attr]
    shown = post(clerk, roll_url(hall), present=[*here(hall), late.pk], shown=sorted(here(hall)))
    assert "đã có biểu quyết với số có mặt khi đó" in shown
    assert f'value="{late.pk}" checked' in shown
    assert late.pk not in here(hall)


def test_a_latecomer_gets_the_time_that_was_typed(hall: Hall, clerk: Client) -> None:
    hall.clock.shift(3600)
    late = hall.cast.mandates[3]
    shown = post(clerk, one_url(hall, late, "den/"), **{"arrive-at": "08:30"})
    assert "08:30" in shown
    assert Presence.objects.get().arrived_at.isoformat() == "2026-07-10T01:30:00+00:00"


def test_leaving_at_a_time_shows_the_interval(hall: Hall, clerk: Client) -> None:
    hall.tick(hall.cast.mandates[:1])
    hall.clock.shift(7200)
    one = hall.cast.mandates[0]
    post(clerk, one_url(hall, one, "ve/"), **{"leave-at": "09:15"})
    answer = clerk.get(one_url(hall, one)).content.decode()
    assert "08:00 – 09:15" in " ".join(answer.split())


def test_who_voted_is_not_set_absent_and_the_sentence_says_when(hall: Hall, clerk: Client) -> None:
    hall.open(30)
    votes.take(
        hall.sitting, matter="agenda", subject="Chương trình", for_count=30, against_count=0,
        not_voting_count=0, by=hall.user("clerk"),
    )  # fmt: skip
    hall.clock.shift(600)
    one = hall.cast.mandates[0]
    shown = post(clerk, one_url(hall, one, "ve/"), **{"leave-at": "08:01"})
    assert "Đại biểu đã biểu quyết lúc 08:01 nên không thể ghi vắng vào lúc đó." in shown
    assert 'value="08:01"' in shown
    struck = post(clerk, one_url(hall, one, "bo-lan-den/"))
    assert "đã biểu quyết lúc 08:01" in struck
    assert one.pk in here(hall)


def test_mistakes_are_taken_back(hall: Hall, clerk: Client) -> None:
    hall.open(30)
    one = hall.cast.mandates[0]
    post(clerk, one_url(hall, one, "ve/"))
    assert "Đã bỏ lần về ghi nhầm" in post(clerk, one_url(hall, one, "bo-lan-ve/"))
    assert "Đã bỏ lần đến ghi nhầm" in post(clerk, one_url(hall, one, "bo-lan-den/"))
    assert one.pk not in here(hall)


def test_an_excuse_is_shown_on_the_screen(hall: Hall, clerk: Client) -> None:
    one = hall.cast.mandates[0]
    assert "có lý do" in post(clerk, one_url(hall, one, "vang/"), reason="Đi công tác")
    assert Excuse.objects.get().reason == "Đi công tác"


@pytest.mark.parametrize("reason", ["", "x" * 301, "ốm\x00"])
def test_a_bad_reason_is_kept_on_the_page_and_not_saved(
    hall: Hall, clerk: Client, reason: str
) -> None:
    shown = post(clerk, one_url(hall, hall.cast.mandates[0], "vang/"), reason=reason)
    assert "invalid-feedback" in shown
    assert not Excuse.objects.exists()


@pytest.mark.parametrize("at", ["25:00", "9" * 300, "8h", "08:00\x00", "23:59"])
def test_a_bad_time_changes_nothing(hall: Hall, clerk: Client, at: str) -> None:
    shown = post(clerk, one_url(hall, hall.cast.mandates[0], "den/"), **{"arrive-at": at})
    assert "invalid-feedback" in shown or "alert" in shown
    assert not Presence.objects.exists()


def test_who_is_no_delegate_that_day_has_no_page(hall: Hall, clerk: Client) -> None:
    assert clerk.get(f"{roll_url(hall)}999999/").status_code == 404


def test_the_chair_sees_the_roll_without_boxes(hall: Hall, client: Client) -> None:
    client.force_login(hall.user("chair"))
    assert 'name="present"' not in roll(client, hall)
    assert client.post(roll_url(hall), {"present": [hall.cast.mandates[0].pk]}).status_code == 200
    assert not Presence.objects.exists()


def test_the_number_of_queries_is_the_same_for_5_and_35_delegates(
    hall: Hall, clerk: Client
) -> None:
    hall.tick(hall.cast.mandates)
    roll(clerk, hall)
    with CaptureQueriesContext(connection) as many:
        roll(clerk, hall)
    Presence.objects.filter(mandate__in=hall.cast.mandates[5:]).delete()
    gone = Mandate.objects.filter(pk__in=[one.pk for one in hall.cast.mandates[5:]])
    gone.update(ends_on=hall.sitting.held_on.replace(day=1), end_reason="resigned")
    with CaptureQueriesContext(connection) as few:
        assert roll(clerk, hall).count('name="present"') == 5
    assert len(few) == len(many)


def test_the_number_of_writes_does_not_grow_with_the_ticks(hall: Hall, clerk: Client) -> None:
    everyone = [one.pk for one in hall.cast.mandates]
    hall.open(24)
    with CaptureQueriesContext(connection) as few:
        clerk.post(roll_url(hall), {"present": everyone[:25], "shown": everyone[:24]})
    with CaptureQueriesContext(connection) as many:
        clerk.post(roll_url(hall), {"present": everyone, "shown": everyone[:25]})
    assert len(many) == len(few)

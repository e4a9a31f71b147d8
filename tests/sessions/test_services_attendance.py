"""Attendance: intervals, two screens at once, mistakes, and votes that hold people in the hall."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from council.models import AuditEntry, Mandate
from council.rules.refusals import Refusal
from sessions.models import Excuse, OpenVote, Presence
from sessions.queries import sittings as queries
from sessions.services import attendance, sittings, votes
from tests.sessions.hall import EIGHT, Hall


def here(hall: Hall) -> set[int]:
    return set(queries.presences_at(hall.sitting).values_list("mandate", flat=True))


def pks(mandates: list[Mandate]) -> set[int]:
    return {mandate.pk for mandate in mandates}


def take(hall: Hall, present: int) -> OpenVote:
    vote = votes.take(
        hall.sitting, matter="agenda", subject="Chương trình", for_count=present, against_count=0,
        not_voting_count=0, by=hall.user("clerk"),
    )  # fmt: skip
    hall.clock.shift(60)
    return vote


def refusal(call: Callable[[], object]) -> Refusal:
    before = list(Presence.objects.order_by("pk").values())
    with pytest.raises(Refusal) as refused:
        call()
    assert list(Presence.objects.order_by("pk").values()) == before
    return refused.value


def test_arriving_twice_changes_nothing(hall: Hall) -> None:
    hall.tick(hall.cast.mandates[:5])
    hall.tick(hall.cast.mandates[:6])
    assert Presence.objects.count() == 6
    assert AuditEntry.objects.filter(verb="attendance.arrive").count() == 2


def test_a_latecomer_is_absent_before_and_an_early_leaver_after(hall: Hall) -> None:
    hall.open(30)
    late, early = hall.cast.mandates[32], hall.cast.mandates[0]
    hall.clock.shift(3600)
    moment = timezone.now()
    hall.clock.shift(60)
    hall.tick([late])
    attendance.leave(hall.sitting, mandate=early, by=hall.user("clerk"))
    assert late not in queries.present_on(hall.sitting, moment)
    assert early in queries.present_on(hall.sitting, moment)
    assert late.pk in here(hall)
    assert early.pk not in here(hall)


def test_coming_back_makes_a_second_stay(hall: Hall) -> None:
    hall.open(30)
    one = hall.cast.mandates[0]
    attendance.leave(hall.sitting, mandate=one, by=hall.user("clerk"))
    hall.clock.shift(60)
    hall.tick([one])
    assert hall.sitting.presences.filter(mandate=one).count() == 2


@pytest.mark.parametrize("name", ["chair", "delegate", "admin", "outsider"])
def test_only_those_who_prepare_write_attendance(hall: Hall, name: str) -> None:
    user, one = hall.user(name), hall.cast.mandates[0]
    calls: list[Callable[[], object]] = [
        lambda: attendance.arrive(hall.sitting, mandates=[one], by=user),
        lambda: attendance.leave(hall.sitting, mandate=one, by=user),
        lambda: attendance.set_roll(hall.sitting, present=set(), by=user),
        lambda: attendance.excuse(hall.sitting, mandate=one, reason="Ốm", by=user),
        lambda: attendance.undo_arrival(hall.sitting, mandate=one, by=user),
        lambda: attendance.undo_leave(hall.sitting, mandate=one, by=user),
    ]
    assert {refusal(call).code for call in calls} == {"access.denied"}


def test_nobody_from_outside_the_council_is_ticked(hall: Hall) -> None:
    gone = hall.cast.mandates[0]
    day_before = hall.sitting.held_on - timedelta(days=1)
    Mandate.objects.filter(pk=gone.pk).update(ends_on=day_before, end_reason="resigned")
    assert refusal(lambda: hall.tick([gone])).code == "attendance.not_a_delegate"


def test_the_future_is_not_written_down(hall: Hall) -> None:
    later = timezone.now() + timedelta(minutes=5)
    clerk, some = hall.user("clerk"), hall.cast.mandates[:1]
    found = refusal(lambda: attendance.arrive(hall.sitting, mandates=some, at=later, by=clerk))
    assert found.code == "attendance.in_the_future"


def test_a_closed_sitting_keeps_its_attendance(hall: Hall) -> None:
    hall.open(30)
    hall.sitting = sittings.close_sitting(hall.sitting, by=hall.user("chair"))
    one, clerk = hall.cast.mandates[0], hall.user("clerk")
    calls: list[Callable[[], object]] = [
        lambda: hall.tick([hall.cast.mandates[34]]),
        lambda: attendance.set_roll(hall.sitting, present={hall.cast.mandates[34].pk}, by=clerk),
        lambda: attendance.undo_arrival(hall.sitting, mandate=one, by=clerk),
        lambda: attendance.undo_leave(hall.sitting, mandate=one, by=clerk),
    ]
    assert {refusal(call).code for call in calls} == {"attendance.sitting_closed"}


def test_who_voted_cannot_be_set_absent_for_that_moment(hall: Hall) -> None:
    hall.open(30)
    take(hall, 30)
    one = hall.cast.mandates[0]
    found = refusal(
        lambda: attendance.leave(
            hall.sitting, mandate=one, at=EIGHT + timedelta(seconds=30), by=hall.user("clerk")
        )
    )
    assert found.code == "attendance.voted"
    assert found.params == {"at": "08:01"}  # Vietnam's clock, not the server's


def test_who_voted_may_leave_afterwards(hall: Hall) -> None:
    hall.open(30)
    take(hall, 30)
    one = hall.cast.mandates[0]
    assert attendance.leave(hall.sitting, mandate=one, by=hall.user("clerk")).left_at


def test_who_is_counted_in_a_vote_still_open_stays_in_it(hall: Hall) -> None:
    hall.open(30)
    votes.open_by_name(hall.sitting, matter="other", subject="Việc khác", by=hall.user("clerk"))
    hall.clock.shift(60)
    one, clerk = hall.cast.mandates[0], hall.user("clerk")
    at = EIGHT + timedelta(seconds=30)
    left = refusal(lambda: attendance.leave(hall.sitting, mandate=one, at=at, by=clerk))
    undone = refusal(lambda: attendance.undo_arrival(hall.sitting, mandate=one, by=clerk))
    assert {left.code, undone.code} == {"attendance.voted"}


def test_nobody_joins_a_vote_after_it_was_counted(hall: Hall) -> None:
    hall.open(30)
    take(hall, 30)
    found = refusal(
        lambda: attendance.arrive(
            hall.sitting, mandates=hall.cast.mandates[33:], at=EIGHT, by=hall.user("clerk")
        )
    )
    assert (found.code, found.params) == ("attendance.before_a_vote", {"at": "08:01"})


def test_leaving_without_being_there_is_refused(hall: Hall) -> None:
    one, clerk = hall.cast.mandates[0], hall.user("clerk")
    left = refusal(lambda: attendance.leave(hall.sitting, mandate=one, by=clerk))
    undone = refusal(lambda: attendance.undo_arrival(hall.sitting, mandate=one, by=clerk))
    taken_back = refusal(lambda: attendance.undo_leave(hall.sitting, mandate=one, by=clerk))
    assert [left.code, undone.code, taken_back.code] == [
        "attendance.not_there", "attendance.not_there", "attendance.not_left",
    ]  # fmt: skip


def test_leaving_before_arriving_is_refused_in_local_time(hall: Hall) -> None:
    hall.tick(hall.cast.mandates[:1])
    found = refusal(
        lambda: attendance.leave(
            hall.sitting, mandate=hall.cast.mandates[0], at=EIGHT - timedelta(hours=1),
            by=hall.user("clerk"),
        )
    )  # fmt: skip
    assert (found.code, found.params) == ("attendance.left_before_arrival", {"arrived": "08:00"})


def test_the_roll_writes_arrivals_and_departures_at_once(hall: Hall) -> None:
    hall.open(30)
    ticked = pks(hall.cast.mandates[2:33])
    attendance.set_roll(hall.sitting, present=ticked, by=hall.user("clerk"))
    assert here(hall) == ticked
    assert Presence.objects.filter(left_at__isnull=False).count() == 2
    attendance.set_roll(hall.sitting, present=ticked, by=hall.user("clerk"))
    assert Presence.objects.count() == 33


def test_before_the_opening_an_unticked_delegate_was_never_there(hall: Hall) -> None:
    hall.tick(hall.cast.mandates[:3])
    attendance.set_roll(hall.sitting, present=pks(hall.cast.mandates[1:3]), by=hall.user("clerk"))
    assert Presence.objects.count() == 2
    assert AuditEntry.objects.filter(verb="attendance.undo_arrival").count() == 1


def test_two_people_ticking_at_the_same_time_lose_nothing(hall: Hall) -> None:
    hall.open(24)
    shown = pks(hall.cast.mandates[:24])  # both screens were opened with these ticks
    first, second = hall.cast.mandates[30].pk, hall.cast.mandates[31].pk
    attendance.set_roll(hall.sitting, present=shown | {first}, shown=shown, by=hall.user("clerk"))
    attendance.set_roll(hall.sitting, present=shown | {second}, shown=shown, by=hall.user("clerk2"))
    assert here(hall) == shown | {first, second}


def test_a_departure_seen_by_the_other_screen_is_not_undone_by_an_old_tick(hall: Hall) -> None:
    hall.open(25)
    shown = pks(hall.cast.mandates[:25])
    gone = hall.cast.mandates[0]
    attendance.leave(hall.sitting, mandate=gone, by=hall.user("clerk2"))
    attendance.set_roll(hall.sitting, present=shown, shown=shown, by=hall.user("clerk"))
    assert gone.pk not in here(hall)


def test_the_roll_ignores_keys_of_nobody(hall: Hall) -> None:
    attendance.set_roll(hall.sitting, present={10**11, 0}, by=hall.user("clerk"))
    assert not Presence.objects.exists()


def test_an_arrival_by_mistake_is_struck_out_unless_counted_in_a_vote(hall: Hall) -> None:
    hall.open(30)
    wrong, clerk = hall.cast.mandates[29], hall.user("clerk")
    attendance.undo_arrival(hall.sitting, mandate=wrong, by=clerk)
    assert not Presence.objects.filter(mandate=wrong).exists()
    take(hall, 29)
    counted = hall.cast.mandates[0]
    found = refusal(lambda: attendance.undo_arrival(hall.sitting, mandate=counted, by=clerk))
    assert found.code == "attendance.voted"


def test_a_departure_by_mistake_is_taken_back_unless_a_vote_came_after(hall: Hall) -> None:
    hall.open(30)
    one, clerk = hall.cast.mandates[0], hall.user("clerk")
    attendance.leave(hall.sitting, mandate=one, by=clerk)
    attendance.undo_leave(hall.sitting, mandate=one, by=clerk)
    assert one.pk in here(hall)
    attendance.leave(hall.sitting, mandate=one, by=clerk)
    hall.clock.shift(60)
    take(hall, 29)
    found = refusal(lambda: attendance.undo_leave(hall.sitting, mandate=one, by=clerk))
    assert found.code == "attendance.before_a_vote"


def test_an_excuse_is_written_mended_and_ends_with_the_arrival(hall: Hall) -> None:
    one, clerk = hall.cast.mandates[0], hall.user("clerk")
    attendance.excuse(hall.sitting, mandate=one, reason="Đi công tác", by=clerk)
    attendance.excuse(hall.sitting, mandate=one, reason="Ốm", by=clerk)
    assert [row.reason for row in Excuse.objects.all()] == ["Ốm"]
    assert AuditEntry.objects.filter(verb="attendance.excuse").count() == 2
    hall.tick([one])
    assert not Excuse.objects.exists()


def test_an_excuse_of_somebody_present_or_without_words_is_refused(hall: Hall) -> None:
    hall.tick(hall.cast.mandates[:1])
    one, clerk = hall.cast.mandates[0], hall.user("clerk")
    found = refusal(lambda: attendance.excuse(hall.sitting, mandate=one, reason="Ốm", by=clerk))
    assert (found.code, found.field) == ("attendance.is_present", "reason")
    with pytest.raises(ValidationError):
        attendance.excuse(hall.sitting, mandate=hall.cast.mandates[1], reason="", by=clerk)
    assert not Excuse.objects.exists()

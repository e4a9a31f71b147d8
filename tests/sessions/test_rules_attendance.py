"""Presence as intervals: latecomers, early leavers, and those who voted."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.refusals import Refusal
from sessions.rules import attendance
from sessions.rules.attendance import Stay

HANOI = timezone(timedelta(hours=7))


def at(hour, minute=0):
    return datetime(2023, 12, 12, hour, minute, tzinfo=HANOI)


def test_a_latecomer_is_absent_before_and_present_from_the_arrival():
    stays = attendance.arrive((), at(8, 30))
    assert not attendance.present_at(stays, at(8, 29))
    assert attendance.present_at(stays, at(8, 30))
    assert attendance.present_at(stays, at(17))


def test_who_leaves_at_nine_is_absent_from_nine_on():
    stays = attendance.leave((Stay(at(8)),), at(9))
    assert attendance.present_at(stays, at(8, 59))
    assert not attendance.present_at(stays, at(9))


def test_leaving_and_coming_back_makes_two_stays():
    stays = attendance.leave(attendance.arrive((), at(8)), at(9))
    stays = attendance.arrive(stays, at(9))
    assert len(stays) == 2
    assert attendance.present_at(stays, at(9))


@pytest.mark.parametrize("stays", [(Stay(at(8)),), (Stay(at(8), at(12)),), (Stay(at(10), at(11)),)])
def test_arriving_twice_is_refused(stays):
    with pytest.raises(Refusal) as refusal:
        attendance.arrive(stays, at(9))
    assert refusal.value.code == "attendance.overlap"


def test_leaving_without_having_come_is_refused():
    with pytest.raises(Refusal) as refusal:
        attendance.leave((Stay(at(8), at(9)),), at(10))
    assert refusal.value.code == "attendance.not_there"


def test_leaving_before_the_arrival_is_refused():
    with pytest.raises(Refusal) as refusal:
        attendance.leave((Stay(at(8)),), at(7))
    assert refusal.value.code == "attendance.left_before_arrival"


@pytest.mark.parametrize("left", [at(9, 59), at(10)])
def test_a_delegate_who_voted_cannot_be_set_absent_at_that_moment(left):
    with pytest.raises(Refusal) as refusal:
        attendance.leave((Stay(at(8)),), left, votes=[at(10)])
    assert refusal.value.code == "attendance.voted"
    assert "10:00" in str(refusal.value)


def test_a_delegate_who_voted_may_leave_afterwards():
    stays = attendance.leave((Stay(at(8)),), at(10, 1), votes=[at(10)])
    assert stays == (Stay(at(8), at(10, 1)),)


MINUTES = st.integers(0, 600)


@given(st.lists(st.tuples(MINUTES, MINUTES | st.none()), max_size=5), MINUTES)
def test_stays_that_are_apart_have_at_most_one_at_each_moment(spans, minute):
    stays = [
        Stay(at(7) + timedelta(minutes=a), None if b is None else at(7) + timedelta(minutes=a + b))
        for a, b in spans
    ]
    moment = at(7) + timedelta(minutes=minute)
    there = sum(stay.contains(moment) for stay in stays)
    try:
        attendance.check_apart(stays)
    except Refusal:
        return
    assert there <= 1
    assert attendance.present_at(stays, moment) == (there == 1)

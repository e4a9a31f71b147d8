"""Sessions attended of those that a seat was held at."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.rules import presence

DAY = date(2026, 7, 10)
days = st.integers(0, 40).map(lambda n: DAY + timedelta(days=n))


def held(session: int, day: date, *, was_there: bool = True, term: int = 1) -> presence.Held:
    return presence.Held(session, term, day, was_there)


def test_one_sitting_of_several_makes_a_session_attended_and_none_a_missed_one() -> None:
    rows = [
        held(4, DAY, was_there=False),
        held(4, DAY + timedelta(days=1)),
        held(3, DAY, was_there=False),
    ]
    found = presence.by_session(rows, [presence.Seat(1, DAY, None)])
    assert [(row.session, row.held, row.attended, row.was_there) for row in found] == [
        (4, 2, 1, True),
        (3, 1, 0, False),
    ]


def test_a_session_before_the_seat_after_it_or_of_another_term_is_not_counted() -> None:
    seat = presence.Seat(1, DAY, DAY + timedelta(days=1))
    rows = [
        held(1, DAY - timedelta(days=1)),
        held(2, DAY),
        held(3, DAY + timedelta(days=1)),
        held(4, DAY + timedelta(days=2)),
        held(5, DAY, term=2),
    ]
    assert [row.session for row in presence.by_session(rows, [seat])] == [2, 3]


@given(st.lists(st.tuples(st.integers(1, 5), days, st.booleans())), days, days)
def test_nobody_attends_more_sittings_than_were_due(rows, one, other) -> None:
    sittings = [held(session, day, was_there=there) for session, day, there in sorted(rows)]
    seat = presence.Seat(1, min(one, other), max(one, other))
    found = presence.by_session(sittings, [seat])
    assert all(1 <= row.held >= row.attended >= 0 for row in found)
    assert sum(row.held for row in found) == sum(
        seat.starts_on <= day <= seat.ends_on for _session, day, _there in rows
    )
    assert presence.by_session(sittings, []) == []

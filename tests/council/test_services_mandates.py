"""Seats in the council: who is a delegate on which day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from council import queries
from council.models import AuditEntry, DelegateGroup, Mandate, Term
from council.rules.refusals import Refusal
from council.services import mandates
from tests.cast import TERM_ENDS, TERM_STARTS

DAY = date(2027, 5, 4)


@pytest.fixture
def newcomer(cast):
    """A person in the books who is no delegate yet."""
    return cast.people[-1]


def seat(cast, person, starts_on=DAY, **more):
    return mandates.seat(person, term=cast.term, starts_on=starts_on, by=cast.user["clerk"], **more)


def code_of(verb, *args, **kwargs):
    with pytest.raises(Refusal) as refused:
        verb(*args, **kwargs)
    return refused.value.code


def test_all_delegates_are_counted_from_seats_on_the_day(cast, newcomer):
    seat(cast, newcomer)
    assert queries.total_delegates(cast.term, date(2027, 5, 3)) == 35
    assert queries.total_delegates(cast.term, DAY) == 36


def test_a_delegate_is_not_seated_twice(cast):
    assert code_of(seat, cast, cast.people[0]) == "mandate.overlaps"
    assert queries.total_delegates(cast.term, DAY) == 35


def test_a_seat_before_a_running_one_overlaps_it_too(cast, newcomer):
    seat(cast, newcomer)
    assert code_of(seat, cast, newcomer, starts_on=date(2026, 6, 1)) == "mandate.overlaps"


def test_who_left_may_come_back_the_day_after(cast):
    held, clerk = cast.mandates[3], cast.user["clerk"]
    mandates.end(held, ends_on=date(2027, 1, 31), reason="died", by=clerk)
    assert code_of(seat, cast, held.person, starts_on=date(2027, 1, 31)) == "mandate.overlaps"
    seat(cast, held.person, starts_on=date(2027, 2, 1))
    assert queries.total_delegates(cast.term, date(2027, 2, 1)) == 35


@pytest.mark.parametrize("day", [date(2026, 3, 19), date(2031, 3, 20), date(9999, 12, 31)])
def test_a_seat_outside_the_term_is_refused(cast, newcomer, day):
    assert code_of(seat, cast, newcomer, starts_on=day) == "date.outside_term"


@pytest.mark.parametrize("day", [TERM_STARTS, TERM_ENDS])
def test_the_first_and_last_day_belong_to_the_term(cast, newcomer, day):
    assert seat(cast, newcomer, starts_on=day).starts_on == day


def test_a_person_of_another_council_gets_no_seat_here(cast, newcomer):
    newcomer.council = cast.other_council
    newcomer.save(update_fields=["council"])
    assert code_of(seat, cast, newcomer) == "mandate.other_council"


def test_a_group_of_another_term_is_refused(cast, newcomer):
    old = Term.objects.create(
        council=cast.council, number=19, label="2021-2026", starts_on=date(2021, 3, 20),
        ends_on=date(2026, 3, 19), statutory_delegates=35,
    )  # fmt: skip
    group = DelegateGroup.objects.create(term=old, number=1, name="Tổ cũ")
    assert code_of(seat, cast, newcomer, group=group) == "mandate.group_of_other_term"
    refused = code_of(
        mandates.change_group, cast.mandates[0], group=group, is_group_head=False,
        by=cast.user["clerk"],
    )  # fmt: skip
    assert refused == "mandate.group_of_other_term"


def test_a_delegate_changes_groups_and_it_is_logged(cast):
    group = cast.term.groups.get(number=5)
    changed = mandates.change_group(
        cast.mandates[0], group=group, is_group_head=False, by=cast.user["clerk"]
    )
    assert changed.group == group
    assert AuditEntry.objects.filter(verb="mandate.change_group").count() == 1


def test_a_seat_ends_after_its_last_day_and_not_twice(cast):
    held, clerk = cast.mandates[3], cast.user["clerk"]
    mandates.end(held, ends_on=DAY, reason="convicted", by=clerk)
    assert queries.total_delegates(cast.term, DAY) == 35
    assert queries.total_delegates(cast.term, date(2027, 5, 5)) == 34
    again = code_of(mandates.end, held, ends_on=DAY, reason="died", by=clerk)
    assert again == "mandate.already_ended"


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 3, 19), "period.end_before_start"),
        (date(2031, 3, 20), "date.outside_term"),
        (date(9999, 12, 31), "date.outside_term"),
    ],
)
def test_a_seat_cannot_end_on_an_impossible_day(cast, day, code):
    held = cast.mandates[3]
    refused = code_of(mandates.end, held, ends_on=day, reason="died", by=cast.user["clerk"])
    assert refused == code


def test_an_end_needs_a_known_reason(cast):
    for reason in ("", "bored"):
        with pytest.raises(ValidationError):
            mandates.end(cast.mandates[3], ends_on=DAY, reason=reason, by=cast.user["clerk"])
    assert not Mandate.objects.exclude(ends_on=None).exists()


def test_a_suspended_delegate_stays_in_the_number_of_all_delegates(cast):
    clerk = cast.user["clerk"]
    pause = mandates.suspend(cast.mandates[3], starts_on=DAY, reason="Bị khởi tố", by=clerk)
    assert queries.total_delegates(cast.term, DAY) == 35
    assert Mandate.objects.on(DAY).not_suspended_on(DAY).count() == 34
    mandates.resume(pause, ends_on=date(2027, 6, 30), by=clerk)
    assert Mandate.objects.on(date(2027, 7, 1)).not_suspended_on(date(2027, 7, 1)).count() == 35


def test_a_delegate_is_not_suspended_twice_at_once(cast):
    held, clerk = cast.mandates[3], cast.user["clerk"]
    mandates.suspend(held, starts_on=DAY, reason="Bị khởi tố", by=clerk)
    with pytest.raises(ValidationError):
        mandates.suspend(held, starts_on=date(2027, 6, 1), reason="Lần nữa", by=clerk)


def test_only_who_holds_a_seat_is_suspended(cast):
    held, clerk = cast.mandates[3], cast.user["clerk"]
    mandates.end(held, ends_on=date(2027, 1, 1), reason="died", by=clerk)
    held.refresh_from_db()
    refused = code_of(mandates.suspend, held, starts_on=DAY, reason="Muộn", by=clerk)
    assert refused == "mandate.not_running"


def test_every_verb_asks_for_the_right(cast, newcomer):
    outsider, held = cast.user["outsider"], cast.mandates[3]
    calls = [
        (mandates.seat, newcomer, {"term": cast.term, "starts_on": DAY}),
        (mandates.end, held, {"ends_on": DAY, "reason": "died"}),
        (mandates.suspend, held, {"starts_on": DAY, "reason": "x"}),
        (mandates.change_group, held, {"group": None, "is_group_head": False}),
    ]
    for verb, obj, values in calls:
        assert code_of(verb, obj, by=outsider, **values) == "access.denied", verb

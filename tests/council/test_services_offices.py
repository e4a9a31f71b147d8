"""Offices: who holds them, and the approval by the level above."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from council.models import AuditEntry, Office, Tenure
from council.rules.refusals import Refusal
from council.services import offices

DAY = date(2026, 7, 10)
VICE = "Phó Chủ tịch Ủy ban nhân dân"


def begin(cast, title, person=None, starts_on=DAY, **more):
    return offices.begin(
        cast.offices[title], person=person or cast.people[30], term=cast.term, basis="elected",
        starts_on=starts_on, by=cast.user["clerk"], **more,
    )  # fmt: skip


def end(cast, title, ends_on=DAY, reason="resigned"):
    return offices.end(cast.tenures[title], ends_on=ends_on, reason=reason, by=cast.user["clerk"])


def code_of(verb, *args, **kwargs):
    with pytest.raises(Refusal) as refused:
        verb(*args, **kwargs)
    return refused.value.code


def waiting(cast):
    """A vice chair elected on a Friday, to be sent for approval."""
    return begin(
        cast, VICE, approval="to_send", approver="Thủ tướng Chính phủ",
        send_due_on=date(2026, 7, 17),
    )  # fmt: skip


def test_there_is_no_second_chair(cast):
    assert code_of(begin, cast, "Chủ tịch Hội đồng nhân dân") == "office.is_held"
    assert Tenure.objects.filter(office=cast.offices["council_chair"]).count() == 1


def test_the_refusal_names_the_holder(cast):
    with pytest.raises(Refusal) as refused:
        begin(cast, "Chủ tịch Hội đồng nhân dân")
    assert cast.people[0].full_name in str(refused.value)


def test_the_day_after_one_chair_leaves_the_next_may_begin(cast):
    title = "Chủ tịch Hội đồng nhân dân"
    end(cast, title)
    assert code_of(begin, cast, title, starts_on=DAY) == "office.is_held"
    assert begin(cast, title, starts_on=date(2026, 7, 11)).ends_on is None


def test_a_tenure_before_a_later_one_does_not_slip_under_it(cast):
    title = "Chủ tịch Hội đồng nhân dân"
    end(cast, title, ends_on=date(2026, 12, 31))
    assert code_of(begin, cast, title, starts_on=date(2026, 3, 20)) == "office.is_held"


def test_an_office_takes_as_many_as_it_has_seats(cast):
    for n in range(3):
        begin(cast, VICE, cast.people[30 + n])
    assert code_of(begin, cast, VICE, cast.people[20]) == "office.no_free_seat"
    assert cast.offices[VICE].tenures.count() == 4


def test_nobody_holds_the_same_office_twice_at_once(cast):
    with pytest.raises(ValidationError):
        begin(cast, VICE, cast.tenures[VICE].person)


def test_chairs_are_single(cast):
    with pytest.raises(ValidationError):
        offices.add(cast.council, kind="pc_chair", title="Chủ tịch", seats=2, by=cast.user["clerk"])
    assert not Office.objects.filter(title="Chủ tịch").exists()


def test_an_office_is_listed_once(cast):
    with pytest.raises(ValidationError):
        offices.add(cast.council, kind="pc_vice_chair", title=VICE, by=cast.user["clerk"])


@pytest.mark.parametrize("day", [date(2026, 3, 19), date(2031, 3, 20), date(9999, 1, 1)])
def test_a_tenure_begins_inside_the_term(cast, day):
    assert code_of(begin, cast, VICE, starts_on=day) == "date.outside_term"


def test_people_of_other_councils_hold_no_office_here(cast):
    stranger = cast.people[30]
    stranger.council = cast.other_council
    stranger.save(update_fields=["council"])
    assert code_of(begin, cast, VICE, stranger) == "office.other_council"


def test_a_tenure_ends_once(cast):
    end(cast, VICE)
    assert code_of(end, cast, VICE) == "tenure.already_ended"
    assert AuditEntry.objects.filter(verb="tenure.end").count() == 1


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2026, 3, 24), "period.end_before_start"), (date(9999, 1, 1), "date.implausible")],
)
def test_a_tenure_cannot_end_on_an_impossible_day(cast, day, code):
    assert code_of(end, cast, VICE, ends_on=day) == code


def test_the_approvers_ten_working_days_begin_with_the_receipt(cast):
    clerk = cast.user["clerk"]
    tenure = offices.record_sent(waiting(cast), sent_on=date(2026, 7, 14), by=clerk)
    assert (tenure.approval, tenure.decide_due_on) == ("sent", None)
    tenure = offices.record_received(tenure, received_on=date(2026, 7, 16), by=clerk)
    assert (tenure.approval, tenure.decide_due_on) == ("sent", date(2026, 7, 30))
    tenure = offices.record_received(tenure, received_on=date(2026, 7, 15), by=clerk)
    assert tenure.decide_due_on == date(2026, 7, 29), "a wrong date is corrected"
    assert AuditEntry.objects.filter(verb="approval.received").count() == 2


def test_the_older_law_counts_from_the_sending(cast):
    clerk, tenure = cast.user["clerk"], waiting(cast)
    type(tenure).objects.filter(pk=tenure.pk).update(starts_on=date(2024, 6, 21))
    tenure.refresh_from_db()
    tenure = offices.record_sent(tenure, sent_on=date(2024, 6, 24), by=clerk)
    assert tenure.decide_due_on == date(2024, 7, 10)
    tenure = offices.record_received(tenure, received_on=date(2024, 6, 26), by=clerk)
    assert (tenure.received_on, tenure.decide_due_on) == (date(2024, 6, 26), date(2024, 7, 10))


def test_the_receipt_lies_between_sending_and_decision(cast):
    clerk, tenure = cast.user["clerk"], waiting(cast)
    received = {"received_on": date(2026, 7, 16), "by": clerk}
    assert code_of(offices.record_received, tenure, **received) == "approval.not_sent"
    tenure = offices.record_sent(tenure, sent_on=date(2026, 7, 14), by=clerk)
    early = {"received_on": date(2026, 7, 13), "by": clerk}
    assert code_of(offices.record_received, tenure, **early) == "approval.received_before_sent"
    far = {"received_on": date(9999, 7, 13), "by": clerk}
    assert code_of(offices.record_received, tenure, **far) == "date.implausible"
    delegate = {"received_on": date(2026, 7, 16), "by": cast.user["delegate"]}
    assert code_of(offices.record_received, tenure, **delegate) == "access.denied"
    tenure = offices.record_received(tenure, **received)
    decision = {"decided_on": date(2026, 7, 15), "decision": "x", "by": clerk}
    assert code_of(offices.record_approved, tenure, **decision) == "approval.decided_before_sent"


def test_an_approved_tenure_runs_on(cast):
    clerk = cast.user["clerk"]
    tenure = offices.record_sent(waiting(cast), sent_on=date(2026, 7, 14), by=clerk)
    tenure = offices.record_approved(
        tenure, decided_on=date(2026, 7, 20), decision="12/QĐ-TTg", by=clerk
    )
    assert (tenure.approval, tenure.ends_on) == ("approved", None)


def test_a_refused_approval_ends_the_tenure_that_day(cast):
    clerk = cast.user["clerk"]
    tenure = offices.record_sent(waiting(cast), sent_on=date(2026, 7, 14), by=clerk)
    tenure = offices.record_refused(
        tenure, decided_on=date(2026, 7, 20), decision="12/QĐ-TTg", by=clerk
    )
    assert (tenure.approval, tenure.ends_on) == ("refused", date(2026, 7, 20))
    assert tenure.end_reason == "not_approved"


def test_the_approval_keeps_its_order(cast):
    clerk, tenure = cast.user["clerk"], waiting(cast)
    decision = {"decided_on": date(2026, 7, 20), "decision": "x", "by": clerk}
    assert code_of(offices.record_approved, tenure, **decision) == "approval.not_sent"
    early = {"sent_on": date(2026, 7, 9), "by": clerk}
    assert code_of(offices.record_sent, tenure, **early) == "approval.sent_before_election"
    far = {"sent_on": date(9999, 7, 9), "by": clerk}
    assert code_of(offices.record_sent, tenure, **far) == "date.implausible"
    tenure = offices.record_sent(tenure, sent_on=date(2026, 7, 14), by=clerk)
    again = {"sent_on": date(2026, 7, 14), "by": clerk}
    assert code_of(offices.record_sent, tenure, **again) == "approval.not_waiting"
    decision["decided_on"] = date(2026, 7, 13)
    refused = code_of(offices.record_refused, tenure, **decision)
    assert refused == "approval.decided_before_sent"


def test_an_announced_retirement_is_kept(cast):
    tenure = offices.announce_retirement(
        cast.tenures[VICE], announced_on=DAY, by=cast.user["clerk"]
    )
    assert tenure.retirement_announced_on == DAY


@pytest.mark.parametrize("who", ["chair", "delegate", "outsider"])
def test_only_who_may_changes_offices(cast, who):
    by, tenure = cast.user[who], cast.tenures[VICE]
    add = {"kind": "pc_member", "title": "Mới", "by": by}
    assert code_of(offices.add, cast.council, **add) == "access.denied"
    assert code_of(offices.end, tenure, ends_on=DAY, reason="died", by=by) == "access.denied"
    assert code_of(offices.record_sent, tenure, sent_on=DAY, by=by) == "access.denied"

"""A delegate asks to leave the council: who consents, when, and what follows."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from council import queries
from council.models import AuditEntry, Mandate, Tenure
from council.rules.law import RULEBOOK
from council.rules.refusals import Refusal
from council.services import mandates
from elections.models import FollowUp, Poll, SeatRelease
from elections.queries import follow_ups
from elections.services import follow_ups as steps
from elections.services import seat_releases
from tests.elections import grounds
from tests.elections import stage as staging
from tests.elections.stage import DAY, Stage

pytestmark = pytest.mark.django_db
ASKED = date(2028, 11, 1)
BETWEEN = date(2028, 11, 15)
BY_COUNCIL = {"body": "council", "decided_on": DAY, "decision": "12/NQ-HĐND"}
BY_STANDING = {"body": "standing_committee", "decided_on": BETWEEN, "decision": "5/NQ-TTHĐND"}


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def asked(stage: Stage, *, seat: int = 20, **changed) -> SeatRelease:
    """A delegate's request on the first of November."""
    values = {
        "ground": "request", "document": "Đơn ngày 01/11/2028", "requested_on": ASKED,
        "reason": "Sức khỏe", **changed,
    }  # fmt: skip
    return seat_releases.record(stage.cast.mandates[seat], by=stage.user("clerk"), **values)


def code_of(verb, *args, **kwargs) -> str:
    with pytest.raises(Refusal) as refused:
        verb(*args, **kwargs)
    return refused.value.code


def test_the_council_lets_a_delegate_go_and_nothing_is_reported(stage: Stage) -> None:
    release = seat_releases.grant(asked(stage), by=stage.user("clerk"), **BY_COUNCIL)
    assert (release.state, release.body, release.article) == (
        "granted", "council", "Điều 38 khoản 3 Luật 72/2025/QH15",
    )  # fmt: skip
    seat = Mandate.objects.get(pk=release.mandate_id)
    assert (seat.ends_on, seat.end_reason) == (DAY, "resigned")
    assert (seat.end_body, seat.end_decision, seat.end_decided_on) == ("council", "12/NQ-HĐND", DAY)
    assert queries.total_delegates(stage.cast.term, date(2028, 12, 13)) == 34
    assert not FollowUp.objects.exists()
    assert AuditEntry.objects.filter(verb="mandate.release").count() == 1


def test_the_standing_committee_between_sessions_reports_at_the_next(stage: Stage) -> None:
    release = asked(stage, ground="moved", document="Công văn 5/CV", reason="Chuyển công tác")
    release = seat_releases.grant(release, by=stage.user("clerk"), **BY_STANDING)
    seat = Mandate.objects.get(pk=release.mandate_id)
    assert (seat.ends_on, seat.end_reason) == (BETWEEN, "moved")
    step = FollowUp.objects.get()
    assert (step.kind, step.mandate, step.tenure) == ("report", seat, None)
    assert step.article == "Điều 38 khoản 4 Luật 72/2025/QH15"
    (row,) = follow_ups.open_rows(stage.cast.council, BETWEEN)
    assert row.following == stage.council_session
    assert row.clock.due_on == date(2028, 12, 14)
    (late,) = follow_ups.open_rows(stage.cast.council, date(2028, 12, 20))
    assert late.is_late
    rule = RULEBOOK.by_id("delegate.report")
    assert steps.open_seat_report(seat, rule, by=stage.user("clerk")) == step, "asked once"


def test_posts_in_the_council_end_with_the_seat(stage: Stage) -> None:
    head = Tenure.objects.filter(office__kind="committee_head", ends_on=None).first()
    assert head is not None
    seat = Mandate.objects.get(person=head.person_id)
    made = seat_releases.record(
        seat, ground="request", document="Đơn", requested_on=ASKED, reason="Sức khỏe",
        by=stage.user("clerk"),
    )  # fmt: skip
    seat_releases.grant(made, by=stage.user("clerk"), **BY_COUNCIL)
    head.refresh_from_db()
    assert (head.ends_on, head.end_reason) == (DAY, "left_council")


def test_a_refusal_or_a_withdrawal_leaves_the_delegate_in_the_seat(stage: Stage) -> None:
    refused = seat_releases.refuse(asked(stage), by=stage.user("clerk"), **BY_COUNCIL)
    assert refused.state == "refused"
    again = asked(stage)
    taken_back = seat_releases.withdraw(again, decided_on=BETWEEN, by=stage.user("clerk"))
    assert (taken_back.state, taken_back.body, taken_back.decision) == ("withdrawn", "", "")
    assert not Mandate.objects.exclude(ends_on=None).exists()
    for verb in (seat_releases.grant, seat_releases.refuse):
        assert code_of(verb, refused, by=stage.user("clerk"), **BY_COUNCIL) == (
            "seat_release.decided"
        )
    assert code_of(
        seat_releases.withdraw, refused, decided_on=DAY, by=stage.user("clerk")
    ) == "seat_release.decided"  # fmt: skip


def test_what_is_no_request_is_refused(stage: Stage) -> None:
    release = asked(stage)
    assert code_of(asked, stage) == "seat_release.pending"
    assert code_of(asked, stage, seat=21, requested_on=date(2026, 1, 1)) == (
        "seat_release.before_seat"
    )
    assert code_of(asked, stage, seat=21, requested_on=date(2024, 1, 1)) == "law.no_rule"
    assert code_of(asked, stage, seat=21, requested_on=date(9999, 1, 1)) == "date.implausible"
    with pytest.raises(ValidationError), transaction.atomic():
        asked(stage, seat=21, document="")
    seat_releases.grant(release, by=stage.user("clerk"), **BY_COUNCIL)
    assert code_of(asked, stage) == "mandate.already_ended"


def test_each_body_decides_in_its_own_time_and_not_before_it_is_asked(stage: Stage) -> None:
    release, by = asked(stage), stage.user("clerk")
    for verb in (seat_releases.grant, seat_releases.refuse):
        in_session = {**BY_STANDING, "decided_on": DAY}
        assert code_of(verb, release, by=by, **in_session) == "seat_release.in_session"
        between = {**BY_COUNCIL, "decided_on": BETWEEN}
        assert code_of(verb, release, by=by, **between) == "seat_release.not_in_session"
        early = {**BY_STANDING, "decided_on": date(2028, 10, 31)}
        assert code_of(verb, release, by=by, **early) == "seat_release.before_request"
    assert code_of(
        seat_releases.withdraw, release, decided_on=date(2028, 10, 31), by=by
    ) == "seat_release.before_request"  # fmt: skip


def test_while_the_council_votes_on_a_removal_the_seat_does_not_end_beside_it(
    stage: Stage,
) -> None:
    release, by = asked(stage), stage.user("clerk")
    poll = grounds.removal(stage)
    assert code_of(seat_releases.grant, release, by=by, **BY_COUNCIL) == "seat_release.on_paper"
    Poll.objects.filter(pk=poll.pk).update(state="annulled")
    assert seat_releases.grant(release, by=by, **BY_COUNCIL).state == "granted"


def test_only_who_may_writes_it_down_and_decides(stage: Stage) -> None:
    release, other = asked(stage), stage.user("delegate")
    assert code_of(seat_releases.grant, release, by=other, **BY_COUNCIL) == "access.denied"
    assert code_of(seat_releases.refuse, release, by=other, **BY_COUNCIL) == "access.denied"
    assert code_of(seat_releases.withdraw, release, decided_on=DAY, by=other) == "access.denied"
    assert code_of(
        seat_releases.record, stage.cast.mandates[22], ground="request", document="Đơn",
        requested_on=ASKED, reason="x", by=other,
    ) == "access.denied"  # fmt: skip


@pytest.mark.parametrize("reason", ["resigned", "moved"])
def test_a_seat_no_longer_ends_so_by_hand_once_the_law_asks_for_consent(
    stage: Stage, reason: str
) -> None:
    seat, by = stage.cast.mandates[20], stage.user("clerk")
    assert code_of(mandates.end, seat, ends_on=DAY, reason=reason, by=by) == (
        "mandate.needs_consent"
    )
    assert mandates.end(seat, ends_on=DAY, reason="died", by=by).end_body == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "granted"}, {"state": "granted", "decided_on": DAY, "body": "council"},
        {"state": "pending", "decided_on": DAY}, {"ground": "bored"}, {"document": ""},
        {"state": "withdrawn", "decided_on": DAY, "body": "council", "decision": "x"},
        {"state": "withdrawn", "decided_on": date(2028, 10, 1)},
    ],
)  # fmt: skip
def test_the_database_keeps_no_half_decision(stage: Stage, fields) -> None:
    release = asked(stage)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatRelease.objects.filter(pk=release.pk).update(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"end_body": "council"}, {"end_decision": "x"}, {"end_decided_on": DAY},
        {
            "ends_on": DAY, "end_reason": "died", "end_body": "council", "end_decision": "x",
            "end_decided_on": DAY,
        },
    ],
)  # fmt: skip
def test_a_seat_bears_a_whole_decision_or_none(stage: Stage, fields) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=stage.cast.mandates[3].pk).update(**fields)


def test_a_report_is_about_one_end_only(stage: Stage) -> None:
    seat_releases.grant(asked(stage), by=stage.user("clerk"), **BY_STANDING)
    for fields in ({"mandate": None}, {"tenure": grounds.tenure_of(stage, "pc_chair")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUp.objects.update(**fields)

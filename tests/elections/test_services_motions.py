"""Dismissals, removals, resignations put to the vote, and what passing one of them does."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from council.models import CommitteeSeat, EndApproval, Tenure
from council.queries import total_delegates
from council.rules.refusals import Refusal
from council.services import departures, offices
from elections.models import Act, FollowUp, Motion, Poll
from elections.queries import preflight
from elections.services import motions, resignations
from tests.elections import grounds, stage
from tests.elections.stage import DAY


@pytest.fixture
def hall(db) -> stage.Stage:
    return stage.build()


def refused(verb, *args, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as caught:
        verb(*args, **kwargs)
    return caught.value


ENDS = [
    ("dismissal", "dismissed", "Quá nửa tổng số đại biểu tán thành: việc miễn nhiệm"),
    ("removal", "removed", "Quá nửa tổng số đại biểu tán thành: việc bãi nhiệm"),
]


@pytest.mark.parametrize(("act", "reason", "sentence"), ENDS)
def test_a_passed_motion_ends_the_office_and_starts_the_approvals_clock(
    hall, act, reason, sentence
):
    outcome = stage.agreed(hall, grounds.dismissal(hall, act=act))
    line = outcome.lines.get()
    assert line.verdict == "passed"
    assert line.consequence.startswith(sentence)
    tenure = grounds.tenure_of(hall, "pc_vice_chair")
    tenure.refresh_from_db()
    assert (tenure.ends_on, tenure.end_reason) == (DAY, reason)
    asked = EndApproval.objects.get(tenure=tenure)
    assert (asked.state, asked.approver) == ("to_send", "Thủ tướng Chính phủ")
    assert asked.send_due_on == date(2028, 12, 19)
    assert asked.article == "Điều 37 khoản 3, 4, 5 Luật 72/2025/QH15"


def test_a_motion_that_fails_changes_nothing(hall):
    poll = grounds.dismissal(hall)
    outcome = stage.agreed(hall, poll, changes=grounds.lost(poll, (17, 15, 0)))
    assert outcome.lines.get().verdict == "not_passed"
    tenure = grounds.tenure_of(hall, "pc_vice_chair")
    tenure.refresh_from_db()
    assert tenure.ends_on is None
    assert not EndApproval.objects.exists()


def test_committee_heads_and_members_need_no_approval(hall):
    stage.agreed(hall, grounds.dismissal(hall, kind="committee_head", proposer="council_chair"))
    assert not EndApproval.objects.exists()


PROPOSERS = [
    ("pc_vice_chair", "council_chair", "dismissal.no_authority"),
    ("pc_chair", "council_vice_chair", "dismissal.no_authority"),
    ("committee_head", "pc_chair", "dismissal.no_authority"),
]


@pytest.mark.parametrize(("kind", "proposer", "code"), PROPOSERS)
def test_only_who_may_proposes(hall, kind, proposer, code):
    said = refused(grounds.dismissal, hall, kind=kind, proposer=proposer)
    assert said.code == code
    assert "Điều 37" in said.cites
    assert not Motion.objects.exists()


def test_the_proposer_is_asked_again_on_the_day_of_the_vote(hall):
    poll = motions.close_list(grounds.dismissal(hall), by=hall.user("clerk"))
    Tenure.objects.filter(pk=grounds.tenure_of(hall, "pc_chair").pk).update(
        ends_on=date(2028, 10, 1), end_reason="retired"
    )
    failing = {line.code for line in preflight.checklist(poll) if not line.is_met}
    assert "dismissal.not_in_office" in failing


def test_a_motion_belongs_to_its_poll_and_its_council(hall):
    clerk = hall.user("clerk")
    of_delegates = grounds.motion_poll(hall, motions.REMOVE_DELEGATE)
    ask = {
        "tenure": grounds.tenure_of(hall, "pc_vice_chair"),
        "proposer": grounds.tenure_of(hall, "pc_chair"),
        "proposed_on": grounds.ASKED_ON, "reason": "x", "submission": None, "by": clerk,
    }  # fmt: skip
    assert refused(motions.propose, of_delegates, **ask).code == "motion.other_poll"
    poll = grounds.motion_poll(hall)
    late = {**ask, "proposed_on": date(2028, 12, 13)}
    assert refused(motions.propose, poll, **late).code == "motion.after_the_poll"
    denied = {**ask, "by": hall.user("chair")}
    assert refused(motions.propose, poll, **denied).code == "access.denied"
    motions.propose(poll, **ask)
    assert refused(motions.propose, poll, **ask).code == "entry.person_twice"
    motions.close_list(poll, by=clerk)
    assert refused(motions.propose, poll, **ask).code == "motion.list_is_closed"
    offices.end(ask["tenure"], ends_on=date(2028, 12, 1), reason="retired", by=clerk)
    ended = {**ask, "tenure": Tenure.objects.get(pk=ask["tenure"].pk)}
    said = refused(motions.propose, grounds.motion_poll(hall), **ended)
    assert said.code == "motion.office_ended"


def test_an_empty_list_is_not_closed(hall):
    said = refused(motions.close_list, grounds.motion_poll(hall), by=hall.user("clerk"))
    assert said.code == "poll.empty_list"


# --- the removal of a delegate -------------------------------------------------------------------


def test_two_thirds_of_all_delegates_remove_one(hall):
    poll = grounds.removal(hall)
    outcome = stage.agreed(hall, poll, changes=grounds.lost(poll, (24, 8, 0)))
    assert outcome.needed == 24
    mandate = hall.cast.mandates[20]
    mandate.refresh_from_db()
    assert (mandate.ends_on, mandate.end_reason) == (DAY, "removed")
    assert total_delegates(hall.cast.term, date(2028, 12, 13)) == 34


def test_one_vote_less_does_not(hall):
    poll = grounds.removal(hall)
    outcome = stage.agreed(hall, poll, changes=grounds.lost(poll, (23, 9, 0)))
    assert outcome.lines.get().verdict == "not_passed"
    mandate = hall.cast.mandates[20]
    mandate.refresh_from_db()
    assert mandate.ends_on is None


def test_with_the_seat_go_the_posts_in_the_council_and_no_others(hall):
    cast = hall.cast
    head = cast.mandates[2]
    seat = CommitteeSeat.objects.create(
        committee=cast.term.committees.first(), mandate=head, starts_on=date(2026, 4, 1)
    )
    offices.begin(
        cast.offices["pc_member"], person=head.person, term=cast.term, basis="elected",
        starts_on=date(2027, 1, 4), by=hall.user("clerk"),
    )  # fmt: skip
    stage.agreed(hall, grounds.removal(hall, seat=2))
    seat.refresh_from_db()
    assert seat.ends_on == DAY
    held = Tenure.objects.filter(person=head.person).order_by("pk")
    assert [(one.office.kind, one.end_reason) for one in held] == [
        ("committee_head", "left_council"),
        ("pc_member", ""),
    ]


def test_who_is_no_delegate_is_not_removed(hall):
    poll = grounds.motion_poll(hall, motions.REMOVE_DELEGATE)
    mandate = hall.cast.mandates[20]
    mandate.ends_on = date(2028, 12, 1)
    said = refused(
        motions.propose_removal, poll, mandate=mandate, proposed_on=grounds.ASKED_ON, reason="x",
        submission=None, by=hall.user("clerk"),
    )  # fmt: skip
    assert said.code == "motion.not_a_delegate"


# --- resignation ---------------------------------------------------------------------------------


def test_a_granted_resignation_ends_the_office_by_the_council(hall):
    stage.agreed(hall, grounds.resignation(hall))
    tenure = grounds.tenure_of(hall, "pc_vice_chair")
    tenure.refresh_from_db()
    assert (tenure.ends_on, tenure.end_reason) == (DAY, "resigned")
    found = tenure.resignations.get()
    assert (found.state, found.decided_on) == ("granted", DAY)
    assert EndApproval.objects.filter(tenure=tenure).exists()
    assert not FollowUp.objects.exists(), "the council knows what it decided itself"


def test_a_refused_resignation_leaves_the_holder_in_office(hall):
    poll = grounds.resignation(hall)
    outcome = stage.agreed(hall, poll, changes=grounds.lost(poll, (10, 22, 0)))
    assert outcome.lines.get().consequence.endswith("không đồng ý cho thôi giữ chức vụ.")
    tenure = grounds.tenure_of(hall, "pc_vice_chair")
    tenure.refresh_from_db()
    assert tenure.ends_on is None
    assert tenure.resignations.get().state == "refused"


def test_without_consent_it_is_not_put_to_the_vote(hall):
    poll = grounds.motion_poll(hall, Act.RESIGNATION)
    asked = grounds.request(hall, consent="")
    said = refused(motions.put_resignation, poll, resignation=asked, by=hall.user("clerk"))
    assert said.code == "resignation.without_consent"
    asked = resignations.record_consent(
        asked, consent="Công văn 20-CV/TU", version=asked.version, by=hall.user("clerk")
    )
    assert motions.put_resignation(poll, resignation=asked, by=hall.user("clerk")).tenure
    said = refused(resignations.withdraw, asked, decided_on=DAY, by=hall.user("clerk"))
    assert said.code == "resignation.on_paper"


# --- approval from above -------------------------------------------------------------------------


def test_a_refusal_from_above_gives_the_office_back(hall):
    stage.agreed(hall, grounds.dismissal(hall))
    clerk, asked = hall.user("clerk"), EndApproval.objects.get()
    asked = departures.record_sent(asked, sent_on=date(2028, 12, 18), by=clerk)
    assert asked.decide_due_on == date(2029, 1, 2)
    departures.record_refused(
        asked, decided_on=date(2028, 12, 28), decision="Công văn 99/TTg", by=clerk
    )
    tenure = grounds.tenure_of(hall, "pc_vice_chair")
    tenure.refresh_from_db()
    assert (tenure.ends_on, tenure.end_reason) == (None, "")
    assert tenure.end_approvals.get().state == "refused"


def test_an_approved_dismissal_stays(hall):
    stage.agreed(hall, grounds.dismissal(hall))
    clerk, asked = hall.user("clerk"), EndApproval.objects.get()
    said = refused(
        departures.record_approved, asked, decided_on=date(2028, 12, 28), decision="x", by=clerk
    )
    assert said.code == "end_approval.not_sent"
    said = refused(departures.record_sent, asked, sent_on=date(2028, 12, 1), by=clerk)
    assert said.code == "end_approval.sent_before_end"
    asked = departures.record_sent(asked, sent_on=date(2028, 12, 18), by=clerk)
    said = refused(departures.record_sent, asked, sent_on=date(2028, 12, 19), by=clerk)
    assert said.code == "end_approval.not_waiting"
    said = refused(
        departures.record_approved, asked, decided_on=date(2028, 12, 17), decision="x", by=clerk
    )
    assert said.code == "end_approval.decided_before_sent"
    asked = departures.record_approved(
        asked, decided_on=date(2028, 12, 28), decision="Quyết định 1/QĐ-TTg", by=clerk
    )
    assert asked.state == "approved"
    said = refused(departures.record_sent, asked, sent_on=DAY, by=hall.user("delegate"))
    assert said.code == "access.denied"
    tenure = grounds.tenure_of(hall, "pc_vice_chair")
    tenure.refresh_from_db()
    assert tenure.ends_on == DAY


def test_an_office_that_was_filled_meanwhile_is_not_given_back(hall):
    stage.agreed(hall, grounds.dismissal(hall, kind="pc_chair", proposer="council_chair"))
    clerk, asked = hall.user("clerk"), EndApproval.objects.get()
    offices.begin(
        hall.cast.offices["pc_chair"], person=hall.cast.people[30], term=hall.cast.term,
        basis="elected", starts_on=date(2028, 12, 20), by=clerk,
    )  # fmt: skip
    asked = departures.record_sent(asked, sent_on=date(2028, 12, 18), by=clerk)
    said = refused(
        departures.record_refused, asked, decided_on=date(2028, 12, 28), decision="x", by=clerk
    )
    assert said.code == "office.is_held"


def test_an_annulled_dismissal_gives_the_office_back_and_asks_nobody_above(hall):
    poll = grounds.dismissal(hall)
    stage.agreed(hall, poll)
    grounds.annulled(hall, poll)
    tenure = grounds.tenure_of(hall, "pc_vice_chair")
    tenure.refresh_from_db()
    assert tenure.ends_on is None
    assert tenure.end_approvals.get().state == "void"


def test_an_annulled_removal_gives_the_seat_back(hall):
    poll = grounds.removal(hall)
    stage.agreed(hall, poll)
    grounds.annulled(hall, poll)
    mandate = hall.cast.mandates[20]
    mandate.refresh_from_db()
    assert (mandate.ends_on, mandate.end_reason) == (None, "")


# --- the short council ---------------------------------------------------------------------------


def test_a_short_council_freezes_its_majority_with_the_poll(hall):
    term = hall.cast.term
    term.statutory_delegates, term.ends_on = 60, date(2030, 5, 1)
    term.save()
    poll = grounds.dismissal(hall)
    outcome = stage.agreed(hall, poll, changes=grounds.lost(poll, (23, 9, 0)))
    assert (outcome.rule_id, outcome.base, outcome.needed) == (
        "resolution.short_council", "in_office", 24,
    )  # fmt: skip
    assert outcome.lines.get().verdict == "not_passed"
    assert Poll.objects.get(pk=poll.pk).is_short_council


def test_a_council_with_too_few_delegates_decides_nothing(hall):
    term = hall.cast.term
    term.statutory_delegates, term.ends_on = 110, date(2030, 5, 1)
    term.save()
    poll = motions.close_list(grounds.dismissal(hall), by=hall.user("clerk"))
    lines = {line.code: line for line in preflight.checklist(poll)}
    assert not lines["council.too_few_delegates"].is_met
    assert refused(stage.take_vote, hall, "other").code == "council.too_few_delegates"


def test_long_before_the_end_of_the_term_it_is_reminded_of_a_by_election(hall):
    term = hall.cast.term
    term.statutory_delegates = 60
    term.save()
    poll = motions.close_list(grounds.dismissal(hall), by=hall.user("clerk"))
    line = {one.code: one for one in preflight.checklist(poll)}["open.short_council"]
    assert line.is_met
    assert line.is_reminder
    assert "bầu bổ sung" in line.message
    assert stage.take_vote(hall, "other").rule_id == "resolution.majority"


def test_the_database_knows_what_a_motion_is(hall):
    poll = grounds.dismissal(hall)
    motion = Motion.objects.get()
    wrong = ({"proposer": None}, {"mandate": hall.cast.mandates[0]}, {"reason": ""})
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Motion.objects.filter(pk=motion.pk).update(**change)
    for act in ("", "rumour"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Poll.objects.filter(pk=poll.pk).update(act=act)

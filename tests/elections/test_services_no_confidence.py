"""No-confidence votes: never without something that obliges them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from council.models import AuditEntry
from council.rules.refusals import Refusal
from council.services import mandates, offices
from elections.models import FollowUp, Petitioner, Poll, Trigger
from elections.queries import preflight
from elections.services import annulments, motions, no_confidence, polls, triggers
from tests.elections import grounds, stage
from tests.elections.stage import DAY


@pytest.fixture
def hall(db) -> stage.Stage:
    return stage.build()


def refused(verb, *args, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as caught:
        verb(*args, **kwargs)
    return caught.value


def test_a_third_of_all_delegates_obliges_and_less_is_a_proposal(hall):
    enough, proposal = grounds.petition(hall), grounds.petition(hall, petitioners=11)
    assert (enough.petitioner_count, enough.total_delegates, enough.needed) == (12, 35, 12)
    assert enough.is_met
    assert enough.article == "Điều 13 khoản 2 Nghị quyết 96/2023/QH15"
    assert not proposal.is_met
    assert proposal.article == "Điều 33 khoản 5 Luật 72/2025/QH15"
    assert enough.petitioners.count() == 12
    assert AuditEntry.objects.filter(verb="petition.record").count() == 2


def test_the_total_is_that_of_the_day(hall):
    clerk = hall.user("clerk")
    for seat in range(30, 35):
        mandates.end(hall.cast.mandates[seat], ends_on=date(2028, 6, 1), reason="died", by=clerk)
    found = grounds.petition(hall, petitioners=10)
    assert (found.total_delegates, found.needed, found.is_met) == (30, 10, True)


def test_a_signature_counts_once_and_only_a_delegates(hall):
    clerk, seats = hall.user("clerk"), hall.cast.mandates
    found = triggers.record_petition(
        hall.cast.council, person=hall.cast.people[5], petitioners=[seats[1], seats[1], seats[2]],
        received_on=grounds.ASKED_ON, document="", by=clerk,
    )  # fmt: skip
    assert found.petitioner_count == 2
    mandates.end(seats[3], ends_on=date(2028, 6, 1), reason="died", by=clerk)
    seats[3].refresh_from_db()
    said = refused(
        triggers.record_petition, hall.cast.council, person=hall.cast.people[5],
        petitioners=[seats[3]], received_on=grounds.ASKED_ON, document="", by=clerk,
    )  # fmt: skip
    assert said.code == "petition.not_a_delegate"


def test_more_may_join_until_it_is_enough_and_who_left_no_longer_counts(hall):
    clerk, seats = hall.user("clerk"), hall.cast.mandates
    found = grounds.petition(hall, petitioners=11)
    mandates.end(seats[10], ends_on=date(2028, 11, 5), reason="died", by=clerk)
    later = date(2028, 11, 10)
    found = triggers.join_petition(found, petitioners=[seats[30]], received_on=later, by=clerk)
    assert (found.petitioner_count, found.total_delegates, found.is_met) == (11, 34, False)
    found = triggers.join_petition(
        found, petitioners=[seats[31], seats[31]], received_on=later, by=clerk
    )
    assert (found.petitioner_count, found.needed, found.is_met) == (12, 12, True)
    assert not Petitioner.objects.filter(trigger=found, mandate=seats[10]).exists()


def test_the_fronts_petition_needs_its_document(hall):
    assert grounds.front(hall).is_met
    with pytest.raises(Exception, match="Mặt trận"):
        grounds.front(hall, document="")


def test_only_who_holds_an_office_of_the_council_is_voted_on(hall):
    assert refused(grounds.petition, hall, person=20).code == "trigger.no_office"
    assert refused(grounds.front, hall, person=20).code == "trigger.no_office"


def test_others_may_not_write_petitions_down(hall):
    for name in ("delegate", "counter1", "admin", "outsider", "chair"):
        said = refused(
            triggers.record_front, hall.cast.council, person=hall.cast.people[5],
            received_on=grounds.ASKED_ON, document="1/MT", by=hall.user(name),
        )  # fmt: skip
        assert said.code == "access.denied"


def test_without_a_trigger_no_poll_is_prepared(hall):
    said = refused(grounds.no_confidence_poll, hall)
    assert said.code == "no_confidence.no_trigger"
    assert said.cites == "Điều 13 khoản 2 Nghị quyết 96/2023/QH15"
    said = refused(grounds.no_confidence_poll, hall, grounds.petition(hall, petitioners=11))
    assert said.code == "no_confidence.trigger_not_met"
    assert "11/35" in str(said)
    assert not Poll.objects.exists()


def test_a_trigger_is_used_once_and_free_again_when_the_draft_goes(hall):
    asked = grounds.petition(hall)
    poll = grounds.no_confidence_poll(hall, asked)
    assert refused(grounds.no_confidence_poll, hall, asked).code == "trigger.already_used"
    said = refused(
        triggers.join_petition, asked, petitioners=[], received_on=DAY, by=hall.user("clerk")
    )
    assert said.code == "trigger.already_used"
    polls.discard(poll, by=hall.user("clerk"))
    assert grounds.no_confidence_poll(hall, asked).entries.count() == 1


def test_a_trigger_is_free_again_when_the_poll_is_annulled(hall):
    asked = grounds.petition(hall)
    poll = motions.close_list(grounds.no_confidence_poll(hall, asked), by=hall.user("clerk"))
    annulments.stop(poll, reason="Thủ tục sai", by=hall.user("chair"))
    assert grounds.no_confidence_poll(hall, asked).entries.count() == 1


def test_one_person_stands_once_and_all_posts_are_named(hall):
    clerk = hall.user("clerk")
    offices.begin(
        hall.cast.offices["pc_member"], person=hall.cast.people[5], term=hall.cast.term,
        basis="elected", starts_on=date(2027, 1, 4), by=clerk,
    )  # fmt: skip
    said = refused(grounds.no_confidence_poll, hall, grounds.petition(hall), grounds.front(hall))
    assert said.code == "entry.person_twice"
    poll = grounds.no_confidence_poll(hall, grounds.front(hall), grounds.petition(hall, person=2))
    first, second = poll.entries.all()
    assert first.post == "Trưởng Ban Pháp chế"
    assert second.post == "Phó Chủ tịch Ủy ban nhân dân, Ủy viên Ủy ban nhân dân"
    assert second.tenure.office.kind == "pc_vice_chair"


def test_the_vote_does_not_come_before_its_petition(hall):
    asked = triggers.record_front(
        hall.cast.council, person=hall.cast.people[5], received_on=date(2028, 12, 13),
        document="1/MT", by=hall.user("clerk"),
    )  # fmt: skip
    assert refused(grounds.no_confidence_poll, hall, asked).code == "no_confidence.too_early"


def test_it_is_held_at_commune_level_too(db):
    hall = stage.build(level="commune")
    outcome = stage.agreed(hall, grounds.no_confidence_poll(hall, grounds.petition(hall)))
    assert outcome.rule_id == "no_confidence.result"


def test_before_july_2023_the_old_resolution_is_cited(hall):
    found = triggers.rules.front(on=date(2022, 5, 4), level="province")
    assert found.id == "old.petition"


def test_the_list_is_closed_without_a_vote_and_only_such_a_list(hall):
    poll = grounds.no_confidence_poll(hall, grounds.front(hall))
    assert {line.code for line in preflight.checklist(poll) if not line.is_met} >= {
        "open.list_not_approved"
    }
    poll = motions.close_list(poll, by=hall.user("clerk"))
    assert poll.state == "list_approved"
    assert poll.list_vote is None
    said = refused(motions.close_list, stage.confidence(hall), by=hall.user("clerk"))
    assert said.code == "motion.list_needs_a_vote"
    assert refused(motions.close_list, poll, by=hall.user("clerk")).code == "poll.wrong_state"
    assert refused(motions.close_list, poll, by=hall.user("counter1")).code == "access.denied"


def test_the_checklist_names_the_trigger_and_refuses_who_left(hall):
    poll = motions.close_list(
        grounds.no_confidence_poll(hall, grounds.petition(hall)), by=hall.user("clerk")
    )
    said = {line.code: line for line in preflight.checklist(poll)}
    assert "12/35 đại biểu kiến nghị" in said["open.no_trigger"].message
    offices.end(
        grounds.tenure_of(hall, "pc_vice_chair"), ends_on=date(2028, 12, 1), reason="retired",
        by=hall.user("clerk"),
    )  # fmt: skip
    said = {line.code: line for line in preflight.checklist(poll)}
    assert not said["open.office_ended"].is_met


def test_more_than_half_of_the_papers_opens_the_dismissal(hall):
    poll = grounds.no_confidence_poll(hall, grounds.petition(hall))
    outcome = stage.agreed(hall, poll, changes=grounds.lost(poll, (15, 17)))
    assert outcome.lines.get().verdict == "dismissal_to_be_proposed"
    step = FollowUp.objects.get()
    assert (step.kind, step.state, step.rule_id) == ("dismissal", "open", "no_confidence.result")


def test_half_of_the_papers_opens_nothing(hall):
    poll = grounds.no_confidence_poll(hall, grounds.petition(hall))
    outcome = stage.agreed(hall, poll, changes=grounds.lost(poll, (16, 16)))
    assert outcome.lines.get().verdict == "confidence"
    assert not FollowUp.objects.exists()


def test_the_database_keeps_a_petition_honest(hall):
    found = grounds.petition(hall, petitioners=11)
    wrong = (
        {"is_met": True},
        {"petitioner_count": 0},
        {"petitioner_count": 36},
        {"kind": "low_result"},
        {"kind": "front", "document": ""},
        {"kind": "rumour"},
    )
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Trigger.objects.filter(pk=found.pk).update(**change)
    poll = grounds.no_confidence_poll(hall, grounds.petition(hall))
    with pytest.raises(IntegrityError), transaction.atomic():
        Trigger.objects.filter(pk=found.pk).update(entry=poll.entries.get())


def test_preparing_is_for_staff_and_on_a_day_of_the_session(hall):
    asked = grounds.petition(hall)
    ask = {"item": None, "title": "Bỏ phiếu tín nhiệm", "petitions": [asked]}
    said = refused(
        no_confidence.prepare, hall.council_session, held_on=DAY, by=hall.user("delegate"), **ask
    )
    assert said.code == "access.denied"
    said = refused(
        no_confidence.prepare, hall.council_session, held_on=date(2028, 11, 30),
        by=hall.user("clerk"), **ask,
    )  # fmt: skip
    assert said.code == "date.outside_session"

"""A new election after a refused approval, after the last round, after an annulment."""

from datetime import date

import pytest

from council.models import AuditEntry, CouncilSetting, Tenure
from council.rules.refusals import Refusal
from council.services import offices
from elections.models import Poll
from elections.queries import reelections as queries
from elections.services import annulments, reelections, rounds
from sessions.models import Session
from tests.elections import stage as staging
from tests.elections.stage import DAY, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def refused(call, *args, **kwargs) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **kwargs)
    return refusal.value.code


def elected(stage: Stage) -> Tenure:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    return staging.agreed(stage, poll).lines.get().tenure


def not_approved(stage: Stage) -> Tenure:
    """Elected, sent, received, refused."""
    clerk, tenure = stage.user("clerk"), elected(stage)
    tenure = offices.record_sent(tenure, sent_on=date(2028, 12, 13), by=clerk)
    tenure = offices.record_received(tenure, received_on=date(2028, 12, 13), by=clerk)
    return offices.record_refused(
        tenure, decided_on=date(2028, 12, 13), decision="99/UBND-NC", by=clerk
    )


def failed(stage: Stage) -> Poll:
    """Nobody elected in the only round that the regulation allows."""
    CouncilSetting.objects.create(
        council=stage.cast.council, key="election_max_rounds", value="1",
        effective_from=date(2026, 1, 1), source="Điều 9 Quy chế",
    )  # fmt: skip
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    return staging.agreed(stage, poll, changes={("c01", "for"): 17, ("c01", "against"): 15}).poll


def test_a_refusal_ends_the_tenure_keeps_history_and_leads_to_a_linked_election(
    stage: Stage,
) -> None:
    tenure = not_approved(stage)
    assert (tenure.ends_on, tenure.end_reason) == (date(2028, 12, 13), "not_approved")
    assert list(queries.refused_without_new(stage.cast.council)) == [tenure]
    poll = reelections.after_refusal(tenure, by=stage.user("clerk"))
    assert (poll.kind, poll.office, poll.seats, poll.state) == (
        "election", tenure.office, 1, "draft",
    )  # fmt: skip
    assert (poll.repeats, poll.repeats_because) == (queries.poll_of(tenure), "not_approved")
    assert (poll.refused_tenure, poll.council_session) == (tenure, stage.council_session)
    assert poll.title == f"Bầu lại {tenure.office.title}"
    assert [post.office for post in poll.posts.all()] == [tenure.office]
    assert list(queries.refused_without_new(stage.cast.council)) == []
    assert list(queries.refused_of(poll.repeats)) == [tenure]
    assert AuditEntry.objects.filter(verb="poll.reelect").count() == 1


def test_asking_twice_gives_the_same_election_and_an_annulled_one_opens_the_way_again(
    stage: Stage,
) -> None:
    tenure, clerk = not_approved(stage), stage.user("clerk")
    first = reelections.after_refusal(tenure, by=clerk)
    assert reelections.after_refusal(tenure, by=clerk) == first
    Poll.objects.filter(pk=first.pk).update(state="annulled")
    assert reelections.after_refusal(tenure, by=clerk) != first


def test_the_new_election_runs_to_its_end(stage: Stage) -> None:
    tenure = not_approved(stage)
    poll = reelections.after_refusal(tenure, by=stage.user("clerk"))
    Poll.objects.filter(pk=poll.pk).update(held_on=DAY)
    poll.refresh_from_db()
    staging.candidate(stage, poll, 31)
    again = staging.agreed(stage, poll).lines.get().tenure
    assert (again.office, again.approval) == (tenure.office, "to_send")


@pytest.mark.parametrize("state", ["to_send", "sent", "approved"])
def test_there_is_nothing_to_repeat_before_a_refusal(stage: Stage, state: str) -> None:
    tenure, clerk = elected(stage), stage.user("clerk")
    if state != "to_send":
        tenure = offices.record_sent(tenure, sent_on=date(2028, 12, 13), by=clerk)
    if state == "approved":
        offices.record_approved(tenure, decided_on=date(2028, 12, 13), decision="1/QĐ", by=clerk)
    assert refused(reelections.after_refusal, tenure, by=clerk) == "reelect.not_refused"


def test_without_a_session_to_come_the_clerk_is_told_to_prepare_one(stage: Stage) -> None:
    tenure = not_approved(stage)
    Session.objects.update(state="closed")
    assert (
        refused(reelections.after_refusal, tenure, by=stage.user("clerk")) == "reelect.no_session"
    )
    assert refused(reelections.after_refusal, tenure, by=stage.user("delegate")) == "access.denied"


def appointed(tenure: Tenure, stage: Stage, person: int) -> None:
    Tenure.objects.create(
        office=tenure.office, person=stage.cast.people[person], term=tenure.term,
        basis="appointed", starts_on=date(2028, 12, 20), fills_single_office=False,
    )  # fmt: skip


def test_an_office_of_several_seats_is_filled_when_all_of_them_are(stage: Stage) -> None:
    tenure, council = not_approved(stage), stage.cast.council
    for person in (31, 32):
        appointed(tenure, stage, person)
        assert list(queries.refused_without_new(council)) == [tenure], "one seat is still empty"
    appointed(tenure, stage, 33)
    assert list(queries.refused_without_new(council)) == []


def test_a_result_refused_on_the_day_of_the_election_is_a_task(stage: Stage) -> None:
    tenure, clerk = elected(stage), stage.user("clerk")
    tenure = offices.record_sent(tenure, sent_on=DAY, by=clerk)
    tenure = offices.record_refused(tenure, decided_on=DAY, decision="9/UBND", by=clerk)
    assert list(queries.refused_without_new(stage.cast.council)) == [tenure]
    type(tenure.office).objects.filter(pk=tenure.office_id).update(seats=1)
    Tenure.objects.filter(office=tenure.office, ends_on=None).update(
        ends_on=DAY, end_reason="resigned"
    )
    assert list(queries.refused_without_new(stage.cast.council)) == [tenure]
    appointed(tenure, stage, 31)
    Tenure.objects.filter(person=stage.cast.people[31]).update(
        ends_on=date(2029, 1, 1), end_reason="resigned"
    )
    assert list(queries.refused_without_new(stage.cast.council)) == [], "held since"


def test_after_the_last_round_the_nomination_begins_anew(stage: Stage) -> None:
    poll, clerk = failed(stage), stage.user("clerk")
    assert refused(rounds.prepare_next, poll, by=clerk) == "round.no_more"
    new = reelections.after_rounds(poll, by=clerk)
    assert (new.repeats, new.repeats_because, new.round) == (poll, "rounds_ended", 1)
    assert not new.entries.exists(), "nobody is nominated yet"
    assert reelections.after_rounds(poll, by=clerk) == new


def test_an_annulled_election_is_held_anew(stage: Stage) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    poll = annulments.stop(staging.opened(stage, poll), reason="Nhầm phiếu", by=stage.user("chair"))
    new = reelections.after_rounds(poll, by=stage.user("clerk"))
    assert (new.repeats_because, new.seats) == ("annulled", 1)


def test_while_a_round_is_left_or_all_is_filled_nothing_begins_anew(stage: Stage) -> None:
    clerk = stage.user("clerk")
    assert refused(reelections.after_rounds, staging.election(stage), by=clerk) == (
        "reelect.not_needed"
    )
    done = elected(stage)
    assert refused(reelections.after_rounds, queries.poll_of(done), by=clerk) == (
        "reelect.not_needed"
    )
    assert refused(reelections.after_rounds, staging.confidence(stage), by=clerk) == (
        "reelect.not_needed"
    )

"""Members of the ballot committee who press the same button at the same moment."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from council.models import AuditEntry, Tenure
from elections.models import Annulment, Count, Outcome, PaperBatch, Poll
from elections.queries import batches as queries
from elections.rules import papers as rules
from elections.services import annulments, batches, counts, polls, readings
from tests.elections import paper_stage as papers
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(verb: Callable[[str], object], names: tuple[str, ...]) -> list[str]:
    """Call the verb for all names at the same moment; "done" or the refusal's code for each."""
    together = threading.Barrier(len(names))
    said: list[str] = []

    def call(name: str) -> None:
        try:
            together.wait(20)
            verb(name)
            said.append("done")
        except Exception as fault:  # noqa: BLE001 - told to the main thread
            said.append(getattr(fault, "code", repr(fault)))
        finally:
            connection.close()

    threads = [threading.Thread(target=call, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(50)
    return sorted(said)


def counted(stage: Stage, poll: Poll) -> Poll:
    poll = staging.counting(stage, poll)
    staging.both_typed(stage, poll)
    return poll


def test_three_who_begin_at_once_get_two_counts() -> None:
    stage = staging.build()
    poll = staging.counting(stage, staging.confidence(stage))
    names = ("counter1", "counter2", "counter3")
    said = at_once(lambda name: counts.start(poll, by=stage.user(name)), names)
    assert said == ["count.both_taken", "done", "done"]
    assert set(Count.objects.values_list("kind", flat=True)) == {"first", "second"}


def test_two_who_agree_at_once_agree_once() -> None:
    stage = staging.build()
    poll = counted(stage, staging.confidence(stage))
    said = at_once(lambda name: counts.agree(poll, by=stage.user(name)), ("counter1", "counter2"))
    assert said == ["count.already_agreed", "done"]
    assert Count.objects.filter(kind="agreed").count() == 1


def test_two_who_confirm_at_once_freeze_one_outcome_and_begin_one_tenure() -> None:
    stage = staging.build()
    election = staging.election(stage)
    staging.candidate(stage, election, 30)
    poll = counted(stage, election)
    counts.agree(poll, by=stage.user("counter3"))
    said = at_once(lambda name: counts.confirm(poll, by=stage.user(name)), ("counter1", "counter2"))
    assert said == ["count.not_counting", "done"]
    assert Outcome.objects.count() == 1
    assert Tenure.objects.filter(person=stage.cast.people[30]).count() == 1


def test_two_who_open_the_poll_at_once_open_it_once() -> None:
    stage = staging.build()
    poll = staging.approved(stage, staging.confidence(stage))
    staging.elect_committee(stage)
    poll = polls.print_ballots(poll, printed=40, by=stage.user("clerk"))
    said = at_once(lambda name: polls.open_poll(poll, by=stage.user(name)), ("chair", "approver"))
    assert said == ["done", "poll.wrong_state"]


def test_two_who_annul_a_result_at_once_annul_it_once() -> None:
    stage = staging.build()
    outcome = staging.agreed(stage, staging.confidence(stage))
    first, second = (staging.take_vote(stage, "annulment") for _time in range(2))
    votes = {"first": first, "second": second}
    said = at_once(
        lambda name: annulments.by_vote(
            outcome.poll, vote=votes[name], reason="Phiếu in sai", by=stage.user("chair")
        ),
        ("first", "second"),
    )
    assert said == ["done", "poll.wrong_state"]
    assert Annulment.objects.count() == 1


def test_one_vote_never_annuls_two_results_at_once() -> None:
    stage = staging.build()
    outcomes = {"first": staging.agreed(stage, staging.confidence(stage))}
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    outcomes["second"] = staging.agreed(stage, poll)
    vote = staging.take_vote(stage, "annulment")
    said = at_once(
        lambda name: annulments.by_vote(
            outcomes[name].poll, vote=vote, reason="Phiếu in sai", by=stage.user("chair")
        ),
        ("first", "second"),
    )
    assert said == ["done", "vote.already_used"]


def by_ballots(stage: Stage) -> PaperBatch:
    """A batch of two papers of a poll that is counted ballot by ballot."""
    poll = papers.by_ballots(stage, staging.counting(stage, staging.confidence(stage)))
    papers.account(stage, poll)
    return batches.open_batch(poll, size=2, by=stage.user("counter1"))


def test_three_who_take_a_batch_at_once_are_two_readers() -> None:
    stage = staging.build()
    batch = by_ballots(stage)
    names = ("counter1", "counter2", "counter3")
    said = at_once(lambda name: readings.start(batch, by=stage.user(name)), names)
    assert said == ["batch.both_taken", "done", "done"]
    assert set(batch.readings.values_list("place", flat=True)) == {"first", "second"}


def test_two_who_lay_out_batches_at_once_never_lay_out_more_than_there_are() -> None:
    stage = staging.build()
    poll = by_ballots(stage).poll
    said = at_once(
        lambda name: batches.open_batch(poll, size=25, by=stage.user(name)),
        ("counter1", "counter2"),
    )
    assert said == ["batch.too_many", "done"]
    assert set(poll.paper_batches.values_list("number", flat=True)) == {1, 2}


def test_two_who_hand_in_at_once_settle_the_batch_once() -> None:
    stage = staging.build()
    batch = by_ballots(stage)
    heap = papers.heap_of(batch.poll, 2)
    for name in ("counter1", "counter2"):
        readings.start(batch, by=stage.user(name))
        readings.keep(batch, papers=heap, version=1, by=stage.user(name))
    said = at_once(
        lambda name: readings.submit(batch, by=stage.user(name)), ("counter1", "counter2")
    )
    assert said == ["done", "done"]
    batch.refresh_from_db()
    assert batch.state == "settled"
    assert AuditEntry.objects.filter(verb="batch.settle").count() == 1


def test_a_paper_kept_while_the_batch_is_set_aside_is_in_or_refused() -> None:
    stage = staging.build()
    batch = by_ballots(stage)
    heap = papers.heap_of(batch.poll, 2)
    readings.start(batch, by=stage.user("counter1"))

    def act(name: str) -> object:
        if name == "counter1":
            return readings.keep(batch, papers=heap, version=1, by=stage.user(name))
        return batches.void(batch, reason="Đếm lại", by=stage.user(name))

    said = at_once(act, ("counter1", "counter2"))
    assert said in (["done", "done"], ["batch.not_reading", "done"])
    kept = queries.papers_in(batch.readings.get())
    assert kept == (rules.in_no_order(heap) if said == ["done", "done"] else [])

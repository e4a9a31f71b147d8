"""Several print runs: the stock is the sum of those that stand, and every count starts from it."""

import pytest
from django.urls import reverse

from council.models import AuditEntry
from council.rules.refusals import Refusal
from elections.models import Poll, PrintRun
from elections.queries import papers
from elections.queries import polls as queries
from elections.services import counts, list_changes, polls, printing
from tests.elections import paper_stage
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def printed(stage: Stage, *numbers: int) -> Poll:
    """A confidence vote whose papers were printed in so many runs."""
    poll = staging.approved(stage, staging.confidence(stage))
    for number in numbers:
        poll = polls.print_ballots(poll, printed=number, by=stage.user("clerk"))
    poll.refresh_from_db()
    return poll


def test_a_further_run_adds_to_the_stock(stage: Stage) -> None:
    poll = printed(stage, 40, 3)
    assert poll.printed == 43
    assert list(poll.print_runs.values_list("ordinal", "number")) == [(1, 40), (2, 3)]


def test_all_runs_together_are_enough_for_all_delegates(stage: Stage) -> None:
    with pytest.raises(Refusal) as refused:
        printed(stage, 34)
    assert refused.value.code == "ballots.too_few"
    assert PrintRun.objects.count() == 0


def test_a_lost_run_is_printed_anew_and_kept_with_its_reason(stage: Stage) -> None:
    poll = printed(stage, 40, 3)
    lost = poll.print_runs.get(ordinal=2)
    new = printing.reprint(lost, reason="Mất khi chuyển đến hội trường", by=stage.user("clerk"))
    poll.refresh_from_db()
    lost.refresh_from_db()
    assert (poll.printed, new.number, new.replaces) == (43, 3, lost)
    assert lost.void_reason == "Mất khi chuyển đến hội trường"
    assert AuditEntry.objects.filter(verb="print_run.void").count() == 1
    with pytest.raises(Refusal) as refused:
        printing.reprint(lost, reason="Nữa", by=stage.user("clerk"))
    assert refused.value.code == "print_run.void_already"


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reprint_needs_a_reason(stage: Stage, reason: str) -> None:
    run = printed(stage, 40).print_runs.get()
    with pytest.raises(Refusal) as refused:
        printing.reprint(run, reason=reason, by=stage.user("clerk"))
    assert refused.value.code == "print_run.no_reason"


def test_only_who_prepares_polls_prints_anew(stage: Stage) -> None:
    run = printed(stage, 40).print_runs.get()
    with pytest.raises(Refusal) as refused:
        printing.reprint(run, reason="Mất", by=stage.user("counter1"))
    assert refused.value.code == "access.denied"


def test_a_changed_list_makes_all_papers_void(stage: Stage) -> None:
    poll = staging.election(stage)
    entry = staging.candidate(stage, poll, 30)
    staging.candidate(stage, poll, 31)
    poll = staging.approved(stage, poll)
    polls.print_ballots(poll, printed=40, by=stage.user("clerk"))
    list_changes.withdraw(entry, reason="Bận", by=stage.user("clerk"))
    poll.refresh_from_db()
    assert poll.printed is None
    assert PrintRun.objects.get().void_reason == printing.LIST_CHANGED
    polls.print_ballots(poll, printed=36, by=stage.user("clerk"))
    poll.refresh_from_db()
    assert poll.printed == 36


def test_counts_begin_with_the_sum_of_the_runs(stage: Stage) -> None:
    poll = staging.counting(stage, staging.confidence(stage))
    polls.print_ballots(poll, printed=2, by=stage.user("clerk"))
    poll.refresh_from_db()
    assert counts.start(poll, by=stage.user("counter1")).printed == 42


def test_a_typed_count_of_other_papers_than_printed_is_refused(stage: Stage) -> None:
    poll = staging.counting(stage, staging.confidence(stage))
    with pytest.raises(Refusal) as refused:
        staging.typed(stage, poll, "counter1", totals={"printed": 41, "unused": 7})
    assert (refused.value.code, refused.value.field) == ("count.printed_differs", "printed")
    assert "ghi 41" in str(refused.value)
    assert "cộng lại là 40" in str(refused.value)
    polls.print_ballots(poll, printed=1, by=stage.user("clerk"))
    count = poll.counts.get()
    assert counts.submit(count, by=stage.user("counter1")).state == "submitted"


def test_the_account_of_papers_read_one_by_one_is_checked_too(stage: Stage) -> None:
    poll = paper_stage.by_ballots(stage, staging.counting(stage, staging.confidence(stage)))
    polls.print_ballots(poll, printed=1, by=stage.user("clerk"))
    with pytest.raises(Refusal) as refused:
        paper_stage.account(stage, poll)
    assert refused.value.code == "count.printed_differs"


def test_several_runs_are_told_in_the_minutes(stage: Stage) -> None:
    poll = printed(stage, 38)
    printing.reprint(poll.print_runs.get(), reason="In mờ.", by=stage.user("clerk"))
    polls.print_ballots(poll, printed=2, by=stage.user("clerk"))
    staging.elect_committee(stage)
    poll = polls.open_poll(poll, by=stage.user("chair"))
    poll = polls.close_poll(poll, by=stage.user("chair"))
    staging.both_typed(stage, poll)
    counts.agree(poll, by=stage.user("counter1"))
    counts.confirm(poll, by=stage.user("counter2"))
    outcome = queries.outcome_of(poll)
    assert outcome is not None
    assert papers.tally_sheet(poll, outcome).notes == [
        "Lần in 1: 38 phiếu; không dùng: In mờ.", "Lần in 2 (in lại lần 1): 38 phiếu.",
        "Lần in 3: 02 phiếu.",
    ]  # fmt: skip


def test_the_polls_page_lists_the_runs_and_prints_a_lost_one_anew(stage: Stage) -> None:
    poll = printed(stage, 40)
    client = staging.signed_in(stage, "clerk")
    page = reverse("elections:poll", args=["tinh-thu", poll.pk])
    assert "Lần 1: 40 phiếu" in client.get(page).content.decode()
    anew = reverse("elections:print-run-reprint", args=["tinh-thu", poll.print_runs.get().pk])
    assert anew in client.get(page).content.decode()
    assert client.post(anew, {"reason": ""}).status_code == 302
    assert PrintRun.objects.count() == 1
    client.post(anew, {"reason": "Kẹt giấy"})
    shown = client.get(page).content.decode()
    assert "Không dùng: Kẹt giấy" in " ".join(shown.split())
    assert "In lại lần 1." in shown

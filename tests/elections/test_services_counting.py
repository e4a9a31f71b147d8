"""The way of counting is chosen once; the papers have their account before they are read."""

from typing import Any

import pytest

from council.models import AuditEntry
from council.rules.refusals import Refusal
from elections.models import Poll
from elections.queries import records
from elections.services import batches, counting, counts, paper_accounts
from tests.elections import paper_stage as papers
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


@pytest.fixture
def poll(stage: Stage) -> Poll:
    poll = staging.counting(stage, staging.confidence(stage))
    return papers.by_ballots(stage, poll)


def refused(verb: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        verb(*args, **kwargs)
    return refusal.value.code


# the way --------------------------------------------------------------------------------------


def test_a_member_chooses_the_way_before_anything_is_written(stage: Stage) -> None:
    poll = staging.counting(stage, staging.confidence(stage))
    chosen = counting.choose(poll, way="ballots", by=stage.user("counter2"))
    assert chosen.counting == "ballots"
    entry = AuditEntry.objects.get(verb="counting.choose")
    assert '"counting":"ballots"' in entry.payload
    counting.choose(poll, way="ballots", by=stage.user("counter1"))
    assert AuditEntry.objects.filter(verb="counting.choose").count() == 1, "a no-op says nothing"
    assert counting.choose(poll, way="totals", by=stage.user("counter1")).counting == "totals"


def test_an_account_alone_does_not_bind_and_goes_with_the_ways_that_need_it(
    stage: Stage, poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("elections.scanning.is_available", lambda: True)
    account, by = papers.account(stage, poll), stage.user("counter1")
    for way in ("scans", "ballots"):
        assert counting.choose(poll, way=way, by=by).counting == way
        assert records.account_of(poll) == account, "both ways read papers against it"
    assert counting.choose(poll, way="totals", by=by).counting == "totals"
    assert records.account_of(poll) is None, "typed totals hold these figures themselves"
    dropped = AuditEntry.objects.get(verb="account.drop")
    assert "returned" not in dropped.payload
    assert counts.start(poll, by=by).state == "draft"


def test_the_way_stays_once_a_batch_exists(stage: Stage, poll: Poll) -> None:
    papers.account(stage, poll)
    by = stage.user("counter1")
    batches.open_batch(poll, size=25, by=by)
    assert refused(counting.choose, poll, way="totals", by=by) == "counting.has_records"
    assert counting.choose(poll, way="ballots", by=by).counting == "ballots"


def test_the_way_stays_once_a_count_is_begun(stage: Stage) -> None:
    poll = staging.counting(stage, staging.confidence(stage))
    counts.start(poll, by=stage.user("counter1"))
    by = stage.user("counter2")
    assert refused(counting.choose, poll, way="ballots", by=by) == "counting.has_records"


def test_who_may_not_choose(stage: Stage, poll: Poll) -> None:
    by = stage.user("counter1")
    assert refused(counting.choose, poll, way="x", by=by) == "counting.unknown_way"
    assert refused(counting.choose, poll, way="totals", by=stage.user("clerk")) == "access.denied"
    poll.state = "agreed"
    poll.save(update_fields=["state"])
    assert refused(counting.choose, poll, way="totals", by=by) == "count.not_counting"


# the account ----------------------------------------------------------------------------------


def test_the_account_is_written_once_and_mended_by_version(stage: Stage, poll: Poll) -> None:
    account = papers.account(stage, poll)
    assert (account.version, account.returned) == (1, 33)
    by = stage.user("counter2")
    numbers = {**papers.ACCOUNT, "returned": 32}
    mend = paper_accounts.record
    assert refused(mend, poll, numbers=numbers, remarks="", version=None, by=by) == "edit.stale"
    mended = mend(poll, numbers=numbers, remarks="Một phiếu không bỏ vào hòm", version=1, by=by)
    assert (mended.version, mended.returned, mended.recorded_by) == (2, 32, by)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"unused": 5}, "Kiểm tra lại một trong bốn số"),
        ({"returned": 34}, "nhiều hơn 33 phiếu phát ra"),
        ({"issued": 36, "unused": 3}, "nhiều hơn 33 đại biểu có mặt"),
    ],
)
def test_an_account_that_does_not_add_up_is_refused(
    stage: Stage, poll: Poll, changes: dict[str, int], sentence: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        paper_accounts.record(
            poll, numbers={**papers.ACCOUNT, **changes}, remarks="", version=None,
            by=stage.user("counter1"),
        )  # fmt: skip
    assert refusal.value.code == "count.does_not_add_up"
    assert sentence in refusal.value.sentence % refusal.value.params
    assert records.account_of(poll) is None


def test_an_account_never_falls_below_the_papers_in_batches(stage: Stage, poll: Poll) -> None:
    account = papers.account(stage, poll)
    batches.open_batch(poll, size=25, by=stage.user("counter1"))
    code = refused(
        paper_accounts.record, poll, numbers={**papers.ACCOUNT, "returned": 24}, remarks="",
        version=account.version, by=stage.user("counter1"),
    )  # fmt: skip
    assert code == "account.below_batches"


def test_no_account_where_totals_are_typed(stage: Stage) -> None:
    poll = staging.counting(stage, staging.confidence(stage))
    assert refused(papers.account, stage, poll) == "count.other_way"

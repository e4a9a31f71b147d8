"""Two counts apart, the recount of what differs, agreement, confirmation, the frozen outcome."""

import pytest

from council.models import AuditEntry, Role
from council.rules.refusals import Refusal
from council.services.versions import StaleEdit
from elections.models import Count, Outcome, Poll
from elections.queries import counts as queries
from elections.services import counts
from tests.elections import stage as staging
from tests.elections.stage import TOTALS, Stage

pytestmark = pytest.mark.django_db
Changes = dict[tuple[str, str], int]
LOW = ("c03", "low")
ODD = {("c03", "confidence"): 4, LOW: 3}


@pytest.fixture
def stage() -> Stage:
    return staging.build()


@pytest.fixture
def poll(stage: Stage) -> Poll:
    return staging.counting(stage, staging.confidence(stage))


def test_who_comes_first_types_the_first_count_and_starting_twice_is_the_same(
    stage: Stage, poll: Poll
) -> None:
    first = counts.start(poll, by=stage.user("counter1"))
    assert (first.kind, first.printed, first.lines.count()) == ("first", 40, 21)
    assert counts.start(poll, by=stage.user("counter1")) == first
    assert counts.start(poll, by=stage.user("counter2")).kind == "second"
    with pytest.raises(Refusal) as third:
        counts.start(poll, by=stage.user("counter3"))
    assert third.value.code == "count.both_taken"


def test_only_members_of_the_polls_committee_count(stage: Stage, poll: Poll) -> None:
    for name in ("clerk", "approver", "chair", "delegate", "admin", "outsider"):
        with pytest.raises(Refusal) as refused:
            counts.start(poll, by=stage.user(name))
        assert refused.value.code == "access.denied"
    Role.objects.filter(user=stage.user("counter1")).update(person=stage.cast.people[25])
    with pytest.raises(Refusal) as refused:
        counts.start(poll, by=stage.user("counter1"))
    assert refused.value.code == "count.not_a_member"


def test_a_member_whose_role_was_revoked_counts_no_more(stage: Stage, poll: Poll) -> None:
    count = counts.start(poll, by=stage.user("counter1"))
    Role.objects.filter(user=stage.user("counter1")).update(
        revoked_at=staging.datetime.now(staging.UTC)
    )
    with pytest.raises(Refusal) as refused:
        counts.submit(count, by=stage.user("counter1"))
    assert refused.value.code == "access.denied"


def test_who_stands_in_the_poll_does_not_count_it(stage: Stage, poll: Poll) -> None:
    poll.entries.filter(code="c07").update(person=stage.cast.people[10])
    with pytest.raises(Refusal) as refused:
        counts.start(poll, by=stage.user("counter1"))
    assert refused.value.code == "count.not_a_member"


def test_counting_begins_when_the_voting_has_ended(stage: Stage) -> None:
    poll = staging.opened(stage, staging.confidence(stage))
    with pytest.raises(Refusal) as refused:
        counts.start(poll, by=stage.user("counter1"))
    assert refused.value.code == "count.not_counting"


def test_a_draft_keeps_even_impossible_figures(stage: Stage, poll: Poll) -> None:
    user = stage.user("counter1")
    count = counts.start(poll, by=user)
    saved = counts.save_figures(
        count, totals={**TOTALS, "valid": 999, "invalid": None}, lines={LOW: 5000},
        remarks="Một phiếu rách", version=count.version, by=user,
    )  # fmt: skip
    saved.refresh_from_db()
    assert (saved.valid, saved.invalid, saved.remarks) == (999, None, "Một phiếu rách")
    assert queries.figures_of(saved)[LOW] == 5000
    assert saved.version == count.version + 1


def test_nobody_else_saves_or_hands_in_a_count(stage: Stage, poll: Poll) -> None:
    count = counts.start(poll, by=stage.user("counter1"))
    other = stage.user("counter2")
    for verb in (
        lambda: counts.save_figures(
            count, totals={}, lines={}, remarks="", version=count.version, by=other
        ),
        lambda: counts.submit(count, by=other),
    ):
        with pytest.raises(Refusal) as refused:
            verb()
        assert refused.value.code == "count.not_yours"


def test_a_stale_sheet_overwrites_nothing_but_filling_empty_cells_is_no_conflict(
    stage: Stage, poll: Poll
) -> None:
    user = stage.user("counter1")
    count = counts.start(poll, by=user)
    counts.keep_figures(
        count, totals={"printed": 40, "issued": 33}, lines={}, remarks="", version=1, by=user
    )
    counts.keep_figures(
        count,
        totals={"printed": 40, "issued": 33, "returned": 33},
        lines={},
        remarks="",
        version=1,
        by=user,
    )
    with pytest.raises(StaleEdit):
        counts.save_figures(
            count, totals={"printed": 40, "issued": 30}, lines={}, remarks="", version=1, by=user
        )
    count.refresh_from_db()
    assert (count.issued, count.returned) == (33, 33)


@pytest.mark.parametrize(
    ("totals", "changes", "words"),
    [
        ({"valid": 31}, {}, "31 hợp lệ + 1 không hợp lệ = 32"),
        ({"issued": 34}, {}, "34 phát ra + 6 chưa dùng + 1 hỏng = 41"),
        ({}, {LOW: 3}, "25 + 5 + 3 = 33, nhiều hơn 32 phiếu hợp lệ: thừa 1"),
        ({"returned": 34, "valid": 33}, {}, "34 phiếu thu về"),
    ],
)
def test_a_count_whose_sums_fail_is_not_handed_in_and_the_sum_is_named(
    stage: Stage, poll: Poll, totals: dict[str, int], changes: Changes, words: str
) -> None:
    with pytest.raises(Refusal) as refused:
        staging.typed(stage, poll, "counter1", totals=totals, changes=changes)
    assert refused.value.code == "count.does_not_add_up"
    assert words in str(refused.value)
    assert Count.objects.get().state == "draft"


def test_an_empty_cell_is_not_a_zero(stage: Stage, poll: Poll) -> None:
    user = stage.user("counter1")
    count = counts.start(poll, by=user)
    lines = {**staging.usual_lines(poll), LOW: None}
    counts.save_figures(
        count, totals=TOTALS, lines=lines, remarks="", version=count.version, by=user
    )
    with pytest.raises(Refusal) as refused:
        counts.submit(count, by=user)
    assert refused.value.code == "count.incomplete"
    assert "1 ô" in str(refused.value)


def test_a_paper_may_count_for_nobody_in_one_row(stage: Stage, poll: Poll) -> None:
    assert staging.typed(stage, poll, "counter1", changes={LOW: 0}).state == "submitted"


def test_what_was_handed_in_stays(stage: Stage, poll: Poll) -> None:
    count = staging.typed(stage, poll, "counter1")
    user = stage.user("counter1")
    for verb in (
        lambda: counts.submit(count, by=user),
        lambda: counts.save_figures(count, totals={}, lines={}, remarks="", version=None, by=user),
    ):
        with pytest.raises(Refusal) as refused:
            verb()
        assert refused.value.code == "count.already_submitted"


def test_nothing_is_agreed_before_both_counts_are_there(stage: Stage, poll: Poll) -> None:
    staging.typed(stage, poll, "counter1")
    for verb in (counts.agree, counts.confirm):
        with pytest.raises(Refusal) as refused:
            verb(poll, by=stage.user("counter1"))
        assert refused.value.code in {"count.not_both_submitted", "count.not_agreed"}


def test_equal_counts_need_only_two_members_word(stage: Stage, poll: Poll) -> None:
    staging.both_typed(stage, poll)
    agreed = counts.agree(poll, by=stage.user("counter3"))
    assert (agreed.kind, agreed.state, agreed.valid) == ("agreed", "submitted", 32)
    with pytest.raises(Refusal) as own:
        counts.confirm(poll, by=stage.user("counter3"))
    assert own.value.code == "count.confirms_own"
    outcome = counts.confirm(poll, by=stage.user("counter1"))
    assert (outcome.agreed_by, outcome.confirmed_by) == (
        stage.user("counter3"),
        stage.user("counter1"),
    )


def test_differing_cells_are_settled_by_a_recount_and_both_counts_stay(
    stage: Stage, poll: Poll
) -> None:
    staging.both_typed(stage, poll, changes=ODD)
    with pytest.raises(Refusal) as open_cells:
        counts.agree(poll, by=stage.user("counter1"))
    assert open_cells.value.code == "count.differences_open"
    assert "2 ô" in str(open_cells.value)
    for cell, agreed in (("c03:confidence", 4), ("c03:low", 3)):
        counts.resolve(
            poll, cell=cell, agreed=agreed, reason="Đếm lại trước Ban", by=stage.user("counter1")
        )
    agreed_count = counts.agree(poll, by=stage.user("counter1"))
    assert queries.figures_of(agreed_count)[LOW] == 3
    typed = {row.kind: queries.figures_of(row)[LOW] for row in Count.objects.exclude(kind="agreed")}
    assert typed == {"first": 2, "second": 3}


def test_a_cell_that_agrees_needs_no_recount(stage: Stage, poll: Poll) -> None:
    staging.both_typed(stage, poll)
    with pytest.raises(Refusal) as refused:
        counts.resolve(poll, cell="valid", agreed=32, reason="Cho chắc", by=stage.user("counter1"))
    assert refused.value.code == "recount.cell_agrees"


def test_recounts_that_do_not_add_up_are_counted_again_and_the_earlier_one_is_kept(
    stage: Stage, poll: Poll
) -> None:
    staging.both_typed(stage, poll, changes=ODD)
    user = stage.user("counter1")
    for agreed in (5, 4):
        counts.resolve(poll, cell="c03:confidence", agreed=agreed, reason="Đếm lại", by=user)
    counts.resolve(poll, cell="c03:low", agreed=9, reason="Nhầm", by=user)
    with pytest.raises(Refusal) as refused:
        counts.agree(poll, by=user)
    assert refused.value.code == "count.does_not_add_up"
    counts.resolve(poll, cell="c03:low", agreed=3, reason="Đếm lại lần nữa", by=user)
    assert counts.agree(poll, by=user)
    assert poll.recounts.count() == 4
    assert poll.recounts.filter(replaced_at=None).count() == 2


def test_what_is_agreed_is_agreed_once(stage: Stage, poll: Poll) -> None:
    staging.both_typed(stage, poll)
    counts.agree(poll, by=stage.user("counter1"))
    for verb in (
        lambda: counts.agree(poll, by=stage.user("counter2")),
        lambda: counts.resolve(poll, cell="valid", agreed=1, reason="x", by=stage.user("counter2")),
    ):
        with pytest.raises(Refusal) as refused:
            verb()
        assert refused.value.code == "count.already_agreed"


def test_another_member_may_disagree_and_the_cell_is_counted_again(
    stage: Stage, poll: Poll
) -> None:
    staging.both_typed(stage, poll, changes=ODD)
    one, two = stage.user("counter1"), stage.user("counter2")
    with pytest.raises(Refusal) as early:
        counts.disagree(poll, reason="Chưa có gì", by=two)
    assert early.value.code == "count.not_agreed"
    for cell, agreed in (("c03:confidence", 4), ("c03:low", 2)):
        counts.resolve(poll, cell=cell, agreed=agreed, reason="Đếm lại", by=one)
    counts.agree(poll, by=one)
    counts.disagree(poll, reason="Ô thứ ba ghi nhầm", by=two)
    assert set(Count.objects.values_list("kind", "state")) == {
        ("first", "submitted"), ("second", "submitted"),
    }  # fmt: skip
    assert "Ô thứ ba ghi nhầm" in AuditEntry.objects.get(verb="count.disagree").payload
    counts.resolve(poll, cell="c03:low", agreed=3, reason="Đếm lại lần nữa", by=two)
    counts.agree(poll, by=two)
    assert counts.confirm(poll, by=one).lines.get(entry__code="c03").votes["low"] == 3


def test_confirming_twice_changes_nothing(stage: Stage) -> None:
    outcome = staging.agreed(stage, staging.confidence(stage))
    with pytest.raises(Refusal) as twice:
        counts.confirm(outcome.poll, by=stage.user("counter3"))
    assert twice.value.code == "count.not_counting"
    assert Outcome.objects.get() == outcome


def test_no_figure_reaches_the_audit_log_before_the_confirmation(stage: Stage, poll: Poll) -> None:
    odd = {("c03", "high"): 23, ("c03", "confidence"): 4, LOW: 5}
    staging.typed(stage, poll, "counter1", totals={"spoiled": 0, "unused": 7}, changes=odd)
    typed = staging.typed(stage, poll, "counter2")
    for cell, agreed in (
        ("c03:high", 25),
        ("c03:confidence", 5),
        ("c03:low", 2),
        ("unused", 6),
        ("spoiled", 1),
    ):
        counts.resolve(poll, cell=cell, agreed=agreed, reason="Đếm lại", by=stage.user("counter1"))
    counts.agree(poll, by=stage.user("counter1"))
    rows = AuditEntry.objects.filter(verb__startswith="count.")
    assert {row.verb for row in rows} >= {
        "count.start", "count.save", "count.submit", "count.resolve", "count.agree",
    }  # fmt: skip
    for row in rows:
        payload = row.payload.replace(f'"poll":{poll.pk}', "")
        assert not any(character.isdigit() for character in payload.replace("c03", "")), row.payload
        assert ":" not in row.object_label or row.object_label.startswith("c03:")
    assert typed.state == "submitted"

"""Two counts apart, the recount of what differs, agreement, confirmation, the frozen outcome."""

from datetime import date

import pytest

from council.models import AuditEntry, Job, Role, Tenure
from council.rules.refusals import Refusal
from council.services.versions import StaleEdit
from elections.models import Count, Outcome, Poll
from elections.queries import counts as queries
from elections.queries import results
from elections.services import counts, polls
from elections.services import results as publishing
from tests.elections import stage as staging
from tests.elections.stage import DAY, TOTALS, Stage

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


def test_the_outcome_carries_base_rule_and_article_of_the_day(stage: Stage) -> None:
    outcome = staging.agreed(stage, staging.confidence(stage))
    outcome.poll.refresh_from_db()
    assert outcome.poll.state == "agreed"
    assert (outcome.rule_id, outcome.base, outcome.base_value) == (
        "confidence.denominator",
        "returned",
        33,
    )
    assert outcome.rule_article == "Điều 19 khoản 3 Nghị quyết 96/2023/QH15"
    line = outcome.lines.get(entry__code="c01")
    assert line.votes == {"high": 25, "confidence": 5, "low": 2}
    assert line.percent == {"high": "75.76", "confidence": "15.15", "low": "6.06"}
    assert (line.verdict, line.void) == ("kept", 0)


def test_low_confidence_has_its_consequence_in_a_sentence_with_the_article(stage: Stage) -> None:
    poll = staging.confidence(stage)
    changes = {
        ("c01", "high"): 10, ("c01", "confidence"): 5, ("c01", "low"): 17,
        ("c02", "high"): 5, ("c02", "confidence"): 5, ("c02", "low"): 22,
        ("c03", "high"): 11, ("c03", "confidence"): 5, ("c03", "low"): 16,
    }  # fmt: skip
    outcome = staging.agreed(stage, poll, changes=changes)
    lines = {line.entry.code: line for line in outcome.lines.select_related("entry")}
    assert lines["c01"].verdict == "may_resign_or_no_confidence_vote"
    assert lines["c02"].verdict == "dismissal_to_be_proposed"
    assert lines["c03"].verdict == "kept", "16 of 33 is not more than half"
    assert all("Điều 12" in lines[code].article for code in ("c01", "c02"))


def test_the_digest_covers_the_figures(stage: Stage) -> None:
    outcome = staging.agreed(stage, staging.confidence(stage))
    assert results.wrong_outcomes() == []
    outcome.count.lines.filter(entry__code="c01", option="high").update(votes=24)
    assert results.wrong_outcomes() == [outcome]


def elected(stage: Stage, kind: str = "pc_vice_chair") -> Outcome:
    poll = staging.election(stage, kind=kind)
    staging.candidate(stage, poll, 30)
    return staging.agreed(stage, poll)


def test_the_elected_person_takes_office_and_the_approval_clock_starts(stage: Stage) -> None:
    outcome = elected(stage)
    line = outcome.lines.get()
    tenure = line.tenure
    assert tenure is not None
    assert (outcome.base, outcome.base_value, outcome.needed) == ("total", 35, 18)
    assert (line.verdict, tenure.person, tenure.basis) == (
        "elected",
        stage.cast.people[30],
        "elected",
    )
    assert (tenure.starts_on, tenure.approval) == (DAY, "to_send")
    assert tenure.approver == "Thủ tướng Chính phủ"
    assert tenure.send_due_on == date(2028, 12, 19), "five working days after Tuesday 12 December"
    stage.cast.tenures["pc_vice_chair"].refresh_from_db()
    assert stage.cast.tenures["pc_vice_chair"].ends_on is None, "other holders are left alone"


def test_members_of_the_committee_need_no_approval(stage: Stage) -> None:
    tenure = elected(stage, "pc_member").lines.get().tenure
    assert tenure is not None
    assert (tenure.approval, tenure.approver, tenure.send_due_on) == ("not_needed", "", None)


def test_who_acted_in_the_office_hands_over(stage: Stage) -> None:
    acting = stage.cast.tenures["pc_vice_chair"]
    Tenure.objects.filter(pk=acting.pk).update(basis="acting")
    elected(stage)
    acting.refresh_from_db()
    assert (acting.ends_on, acting.end_reason) == (date(2028, 12, 11), "acting_ended")


def test_who_is_not_elected_takes_no_office(stage: Stage) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    outcome = staging.agreed(stage, poll, changes={("c01", "for"): 17, ("c01", "against"): 15})
    assert (outcome.lines.get().verdict, outcome.lines.get().tenure) == ("not_elected", None)
    assert results.note_of(outcome.poll, outcome)[0].startswith("Không ai được quá nửa")


def test_confirming_asks_for_the_minutes(stage: Stage) -> None:
    outcome = staging.agreed(stage, staging.confidence(stage))
    job = Job.objects.get(name="elections.make_minutes")
    assert (job.args, job.council) == ([outcome.poll.pk], stage.cast.council)


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


def test_publishing_marks_the_poll_and_the_rounds_before_it(stage: Stage) -> None:
    first = staging.election(stage)
    staging.candidate(stage, first, 30)
    first = staging.agreed(stage, first, changes={("c01", "for"): 10, ("c01", "against"): 22}).poll
    second = polls.next_round(first, by=stage.user("clerk"))
    second = staging.agreed(stage, second).poll
    published = publishing.mark_published(second)
    first.refresh_from_db()
    assert (published.state, first.state) == ("published", "published")
    assert published.published_at is not None
    assert publishing.mark_published(second).published_at == published.published_at


def test_nothing_is_published_that_was_not_confirmed(stage: Stage, poll: Poll) -> None:
    with pytest.raises(Refusal) as refused:
        publishing.mark_published(poll)
    assert refused.value.code == "poll.wrong_state"

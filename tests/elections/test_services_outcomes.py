"""The frozen outcome: rule and base of the day, consequences, the tenure that begins."""

from datetime import date

import pytest

from council.models import Job, Tenure
from council.rules.law import RULEBOOK
from council.rules.refusals import Refusal
from elections.models import Count, Outcome, OutcomeLine
from elections.queries import records, results
from elections.services import polls, rounds
from elections.services import results as publishing
from tests.elections import stage as staging
from tests.elections.stage import DAY, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


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


def test_the_agreed_count_follows_from_its_records(stage: Stage) -> None:
    outcome = staging.agreed(stage, staging.confidence(stage))
    assert outcome.count.records_digest
    assert records.broken_counts() == []
    first = outcome.poll.counts.get(kind="first")
    first.lines.filter(entry__code="c01", option="high").update(votes=24)
    assert records.broken_counts() == [outcome.count]


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


def test_one_may_be_elected_on_the_predecessors_last_day(stage: Stage) -> None:
    chair = stage.cast.tenures["pc_chair"]
    Tenure.objects.filter(pk=chair.pk).update(ends_on=DAY, end_reason="dismissed")
    poll = staging.election(stage, kind="pc_chair")
    polls.nominate(
        poll,
        person=stage.cast.people[30],
        nominator=staging.nominator(stage, "council_chair"),
        nominated_on=DAY,
        post="Phó Bí thư",
        submission=None,
        summary=None,
        by=stage.user("clerk"),
    )
    tenure = staging.agreed(stage, poll).lines.get().tenure
    assert tenure is not None
    assert (tenure.office, tenure.starts_on) == (stage.cast.offices["pc_chair"], DAY)


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


def test_publishing_marks_the_poll_and_the_rounds_before_it(stage: Stage) -> None:
    first = staging.election(stage)
    staging.candidate(stage, first, 30)
    first = staging.agreed(stage, first, changes={("c01", "for"): 10, ("c01", "against"): 22}).poll
    second = rounds.prepare_next(first, by=stage.user("clerk"))
    second = staging.agreed(stage, second).poll
    published = publishing.mark_published(second)
    first.refresh_from_db()
    assert (published.state, first.state) == ("published", "published")
    assert published.published_at is not None
    assert publishing.mark_published(second).published_at == published.published_at


def test_nothing_is_published_that_was_not_confirmed(stage: Stage) -> None:
    poll = staging.counting(stage, staging.confidence(stage))
    with pytest.raises(Refusal) as refused:
        publishing.mark_published(poll)
    assert refused.value.code == "poll.wrong_state"


def test_the_outcome_keeps_the_rule_its_days_the_way_and_the_records(stage: Stage) -> None:
    outcome = staging.agreed(stage, staging.confidence(stage))
    rule = RULEBOOK.by_id(outcome.rule_id)
    assert (outcome.rule_text, outcome.rule_from, outcome.rule_to) == (
        rule.text_vi, rule.effective_from, rule.effective_to,
    )  # fmt: skip
    assert (outcome.way, outcome.records_digest) == ("totals", outcome.count.records_digest)
    Count.objects.filter(pk=outcome.count_id).update(records_digest="0" * 64)
    assert results.wrong_outcomes() == [outcome]


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "dismissal_to_be_proposed"}, {"void": 5}, {"consequence": "Khác"},
        {"article": "Điều 99"}, {"votes": {"high": 32, "confidence": 0, "low": 0}},
        {"percent": {"high": "99.99", "confidence": "0.00", "low": "0.00"}},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_verify_sees_every_change_of_what_is_shown_of_a_person(stage: Stage, change: dict) -> None:
    outcome = staging.agreed(stage, staging.confidence(stage))
    assert results.wrong_outcomes() == []
    OutcomeLine.objects.filter(outcome=outcome, entry__code="c01").update(**change)
    assert results.wrong_outcomes() == [outcome]


@pytest.mark.parametrize(
    "change", [{"base": "total"}, {"base_value": 35}, {"rule_text": "Khác"}, {"needed": 18}]
)
def test_verify_sees_every_change_of_what_is_shown_of_the_poll(stage: Stage, change: dict) -> None:
    outcome = staging.agreed(stage, staging.confidence(stage))
    Outcome.objects.filter(pk=outcome.pk).update(**change)
    assert results.wrong_outcomes() == [outcome]

"""Triggers, proposals of dismissal, what follows a result, the day of the confidence vote."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.law import RULEBOOK
from council.rules.periods import Interval
from council.rules.refusals import Refusal
from elections.models import Act as ActModel
from elections.models import FollowUp, TriggerKind
from elections.rules import dismissal, follow_ups, outcome, sentences, timing, triggers
from elections.rules.follow_ups import FollowUpKind
from elections.rules.outcome import Verdict
from elections.rules.polls import Act, PollKind
from elections.rules.tally import EntryCount, SheetTotals
from tests import rule_tables

DAY = date(2028, 12, 12)


def day(cell: str) -> date:
    return date.fromisoformat(cell)


def interval(start: str, end: str) -> Interval | None:
    return Interval(day(start), day(end) if end else None) if start else None


def test_rules_and_models_speak_the_same_words():
    assert set(Act) == set(ActModel.values)
    assert set(triggers.TriggerKind) == set(TriggerKind.values)
    assert set(FollowUpKind) == set(FollowUp.Kind.values)


@pytest.mark.parametrize("row", rule_tables.table("no-confidence.md", "petition"))
def test_the_petitions_of_the_page(row):
    found = triggers.petition(
        int(row["petitioners"]), int(row["total"]), on=day(row["date"]), level=row["level"]
    )
    assert found.is_met == (row["answer"] == "met")
    assert found.needed == int(row["needed"])
    assert found.article == row["article"]


@given(st.integers(1, 150), st.data())
def test_a_third_is_exactly_a_third(total, data):
    petitioners = data.draw(st.integers(1, total))
    found = triggers.petition(petitioners, total, on=DAY, level="province")
    assert found.is_met == (3 * petitioners >= total) == (petitioners >= found.needed)


@pytest.mark.parametrize(
    ("petitioners", "code"), [(0, "petition.nobody"), (61, "petition.exceeds_total")]
)
def test_a_petition_that_cannot_be_is_refused(petitioners, code):
    with pytest.raises(Refusal) as refused:
        triggers.petition(petitioners, 60, on=DAY, level="province")
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("verdict", "on", "obliges"),
    [
        (Verdict.MAY_RESIGN, DAY, True),
        (Verdict.DISMISSAL, DAY, False),
        (Verdict.KEPT, DAY, False),
        (Verdict.MAY_RESIGN, date(2018, 12, 5), False),
        (Verdict.NO_CONFIDENCE_VOTE, date(2018, 12, 5), True),
    ],
)
def test_which_results_lead_to_a_no_confidence_vote(verdict, on, obliges):
    if obliges:
        assert triggers.low_result(verdict, on=on, level="province").subject == triggers.SUBJECT
        return
    with pytest.raises(Refusal) as refused:
        triggers.low_result(verdict, on=on, level="province")
    assert refused.value.code == "trigger.result_does_not_oblige"


@pytest.mark.parametrize("row", rule_tables.table("dismissal.md", "proposer"))
def test_the_proposers_of_the_page(row):
    ask = (
        row["office"],
        row["proposer's office"],
        interval(row["from"], row["to"]),
        day(row["on"]),
    )
    if row["answer"] != "allowed":
        with pytest.raises(Refusal) as refused:
            dismissal.check_proposer(*ask, level="province")
        assert (refused.value.code, refused.value.cites) == (row["answer"], row["article"])
        return
    assert dismissal.check_proposer(*ask, level="province").article == row["article"]


def test_what_needs_no_vote_is_reported():
    assert dismissal.without_a_vote(on=DAY, level="commune").id == "dismiss.not_needed"
    assert dismissal.between_sessions(on=DAY, level="commune").id == "resign"


@pytest.mark.parametrize("row", rule_tables.table("follow-ups.md", "opened"))
def test_the_steps_of_the_page(row):
    found = follow_ups.opened_by(
        row["kind"], row["verdict"], row["base"], on=day(row["date"]), level=row["level"]
    )
    assert (str(found.kind) if found else "") == row["step"]
    if found:
        assert found.kind.words
        assert found.provision.in_force(day(row["date"]))


def test_no_verdict_opens_nothing():
    assert follow_ups.opened_by("confidence", "", "returned", on=DAY, level="commune") is None


@pytest.mark.parametrize("row", rule_tables.table("follow-ups.md", "clock"))
def test_the_clocks_of_the_page(row):
    found = follow_ups.clock(
        interval(row["session from"], row["session to"]),
        interval(row["next from"], row["next to"]),
        today=day(row["today"]),
    )
    assert found.state == row["state"]
    assert (found.due_on.isoformat() if found.due_on else "") == row["due"]


STEPS = (FollowUpKind.RESIGN_OR_VOTE, FollowUpKind.VOTE)


@pytest.mark.parametrize("step", STEPS)
def test_a_vote_that_was_due_is_settled_by_the_vote_or_by_leaving(step):
    for verdict in (Verdict.CONFIDENCE, Verdict.DISMISSAL):
        assert follow_ups.settles("no_confidence", step, verdict=verdict)
    for act in Act:
        assert follow_ups.settles("dismissal", step, act=act, verdict=Verdict.PASSED)
        assert not follow_ups.settles("dismissal", step, act=act, verdict=Verdict.NOT_PASSED)


def test_a_dismissal_that_was_due_is_settled_when_it_is_put_to_the_vote():
    step = FollowUpKind.DISMISSAL
    for verdict in (Verdict.PASSED, Verdict.NOT_PASSED):
        assert follow_ups.settles("dismissal", step, act=Act.DISMISSAL, verdict=verdict)
        assert follow_ups.settles("dismissal", step, act=Act.REMOVAL, verdict=verdict)
        granted = verdict is Verdict.PASSED
        settled = follow_ups.settles("dismissal", step, act=Act.RESIGNATION, verdict=verdict)
        assert settled is granted
    assert not follow_ups.settles("no_confidence", step, verdict=Verdict.DISMISSAL)


@pytest.mark.parametrize("kind", PollKind)
def test_no_poll_settles_a_report_and_an_election_settles_nothing(kind):
    assert not follow_ups.settles(kind, FollowUpKind.REPORT, verdict=Verdict.PASSED)
    assert not follow_ups.settles("election", FollowUpKind.DISMISSAL, verdict=Verdict.ELECTED)


@pytest.mark.parametrize(
    ("on", "kind", "fits"),
    [
        (DAY, "year_end", True),
        (DAY, "thematic", False),
        (date(2027, 12, 7), "year_end", False),
        (date(2029, 12, 7), "year_end", False),
    ],
)
def test_the_confidence_vote_belongs_to_the_end_of_the_third_year(on, kind, fits):
    found = timing.confidence_vote(
        on=on, term_starts=date(2026, 3, 20), session_kind=kind, level="province"
    )
    assert found is not None
    assert found.fits is fits
    assert found.sentence % found.params


def test_where_no_rule_names_a_time_nothing_is_said():
    early = {"term_starts": date(2026, 3, 20), "session_kind": "year_end"}
    assert timing.confidence_vote(on=DAY, level="commune", **early) is None
    assert timing.confidence_vote(on=date(2025, 1, 1), level="province", **early) is None


# --- the short council's majority in secret polls ------------------------------------------------


def decided(kind: str, votes: int, in_office: int, **more):
    options = ("for", "against") if kind == "election" else ("for", "against", "abstain")
    cast = dict(zip(options, (votes, in_office - votes, 0), strict=False))
    return outcome.decide(
        kind, on=date(2030, 12, 12), level="province",
        totals=SheetTotals(returned=in_office, valid=in_office),
        entries=[EntryCount("c01", "A", cast)], total_delegates=in_office,
        is_short_council=True, **more,
    )  # fmt: skip


@pytest.mark.parametrize("row", rule_tables.table("short-council.md", "decision"))
def test_the_decisions_of_a_short_council(row):
    found = decided(row["kind"], int(row["for"]), int(row["in office"]))
    assert found.needed == int(row["needed"])
    assert str(found.entries[0].verdict) == row["verdict"]
    assert found.rule is RULEBOOK.by_id("resolution.short_council")
    assert found.base == "in_office"
    assert "hiện có" in found.entries[0].consequence
    assert found.entries[0].article == "Điều 49 khoản 2 điểm b Luật 72/2025/QH15"


@given(st.integers(1, 150), st.data())
def test_more_than_two_thirds_for_every_total(in_office, data):
    votes = data.draw(st.integers(0, in_office))
    for kind, won in (("election", "elected"), ("dismissal", "passed"), ("removal", "passed")):
        verdict = decided(kind, votes, in_office).entries[0].verdict
        assert (verdict == won) == (3 * votes > 2 * in_office)


def test_a_confidence_vote_keeps_its_own_base_in_a_short_council():
    found = outcome.decide(
        "confidence", on=DAY, level="province", totals=SheetTotals(returned=30, valid=30),
        entries=[EntryCount("c01", "A", {"high": 0, "confidence": 14, "low": 16})],
        total_delegates=30, is_short_council=True,
    )  # fmt: skip
    assert found.base == "returned"
    assert found.entries[0].verdict is Verdict.MAY_RESIGN


@pytest.mark.parametrize("act", Act)
def test_the_act_is_named_in_the_consequence(act):
    for votes, place in ((31, 0), (30, 1)):
        found = outcome.decide(
            "dismissal", on=DAY, level="province", totals=SheetTotals(),
            entries=[EntryCount("c01", "A", {"for": votes, "against": 0, "abstain": 0})],
            total_delegates=60, act=act,
        )  # fmt: skip
        assert found.entries[0].consequence == sentences.RESOLVED_ACTS[act][place]
    assert len({said for pair in sentences.RESOLVED_ACTS.values() for said in pair}) == 6

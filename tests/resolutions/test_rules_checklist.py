"""What has to be there, by kind and by day."""

from dataclasses import replace
from datetime import date

import pytest

from council.rules.law import Level
from resolutions.rules import checklist
from resolutions.rules.blanks import Blank, Where
from resolutions.rules.checklist import CheckFacts, PointState

pytestmark = pytest.mark.pure
PLAIN = CheckFacts(
    is_normative=False, is_of_poll=False, level=Level.PROVINCE, adopted_on=date(2026, 12, 10)
)


def states(facts: CheckFacts) -> dict[str, PointState]:
    return {point.code: point.state for point in checklist.points_of(facts)}


def test_papers_are_missing_until_they_are_attached_and_cited() -> None:
    assert states(PLAIN)["papers.submission"] is PointState.OPEN
    kinds = frozenset({"submission", "verification_report"})
    found = states(replace(PLAIN, paper_kinds=kinds, uncited=("01/TTr",)))
    assert found["papers.submission"] is PointState.DONE
    assert found["papers.cited"] is PointState.OPEN
    assert "papers.response" not in found
    assert "qppl.effect" not in found


@pytest.mark.parametrize(
    ("level", "adopted", "first"),
    [
        (Level.PROVINCE, date(2026, 12, 10), date(2026, 12, 20)),
        (Level.COMMUNE, date(2026, 12, 10), date(2026, 12, 20)),
        (Level.PROVINCE, date(2023, 12, 12), date(2023, 12, 22)),
        (Level.DISTRICT, date(2023, 12, 12), date(2023, 12, 19)),
    ],
)
def test_a_normative_resolution_waits_for_its_day(level: Level, adopted: date, first: date) -> None:
    facts = replace(PLAIN, is_normative=True, level=level, adopted_on=adopted)
    assert checklist.earliest_effect(adopted, level) == first
    assert states(facts)["qppl.effect"] is PointState.OPEN
    assert states(replace(facts, effective_on=first))["qppl.effect"] is PointState.DONE
    early = replace(facts, effective_on=adopted)
    assert states(early)["qppl.effect"] is PointState.OPEN
    assert "papers.response" in states(facts)


def test_what_is_left_blank_or_unsure_is_said() -> None:
    found = states(replace(PLAIN, blanks=(Blank(Where.BASIS, "2", "số …"),), mentions=("Điều 2",)))
    assert found["text.blanks"] is PointState.OPEN
    assert found["text.mentions"] is PointState.OPEN
    assert states(PLAIN)["text.blanks"] is PointState.DONE
    assert states(replace(PLAIN, has_signatory=False))["text.signatory"] is PointState.OPEN


def test_each_blank_is_told_and_many_are_counted() -> None:
    many = tuple(Blank(Where.BODY, "Điều 1", f"{n} …") for n in range(checklist.BLANKS_TOLD + 3))
    points = [
        point
        for point in checklist.points_of(replace(PLAIN, blanks=many))
        if point.code == "text.blanks"
    ]
    assert [point.params.get("excerpt") for point in points[:-1]] == [
        one.excerpt for one in many[: checklist.BLANKS_TOLD]
    ]
    assert points[-1].params == {"count": 3}
    assert set(checklist.BLANK_AT) == set(Where)


def test_behind_a_poll_stand_figures_and_no_submission() -> None:
    found = states(replace(PLAIN, is_of_poll=True, missing_figures=1))
    assert found["text.figures"] is PointState.OPEN
    assert "papers.submission" not in found


def test_unsure_sources_say_so() -> None:
    marks = {point.code: point.mark for point in checklist.points_of(PLAIN)}
    assert marks["resolution.send_up"] == checklist.UNCERTAIN

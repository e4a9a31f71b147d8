"""The checklist: days counted back from the opening, with the source of each."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.law import Level, Mark
from council.rules.refusals import Refusal
from sessions.rules import deadlines
from sessions.rules.agenda_templates import SessionKind
from sessions.rules.deadlines import Count, DeadlineSettings

OPENING = date(2023, 12, 12)


def by_code(*args, **more):
    return {deadline.code: deadline for deadline in deadlines.checklist(*args, **more)}


def test_ha_dongs_year_end_session_is_counted_back_by_the_law_of_2023():
    due = by_code(
        SessionKind.YEAR_END, OPENING, Level.DISTRICT, has_confidence_vote=True, has_election=True
    )
    assert {code: deadline.due_on for code, deadline in due.items()} == {
        "confidence.t_minus_45": date(2023, 10, 28),
        "confidence.t_minus_30": date(2023, 11, 12),
        "confidence.t_minus_25": date(2023, 11, 17),
        "confidence.t_minus_20": date(2023, 11, 22),
        "session.convene_ordinary": date(2023, 11, 22),
        "session.papers": date(2023, 12, 7),
        "approve.send": date(2023, 12, 19),
        "info.publish": date(2023, 12, 19),
        "resolution.send_up": date(2023, 12, 22),
    }
    assert due["session.convene_ordinary"].source == "Điều 80 Luật 77/2015/QH13"
    assert due["session.convene_ordinary"].mark is Mark.MEMORY
    assert due["confidence.t_minus_45"].source == "Điều 11 Nghị quyết 96/2023/QH15"
    assert due["approve.send"].source == "Điều 12 Nghị định 08/2016/NĐ-CP"


def test_todays_convening_days_are_the_councils_regulation_and_say_so():
    due = by_code(SessionKind.YEAR_END, date(2026, 12, 8), Level.PROVINCE)
    convening = due["session.convene_ordinary"]
    assert (convening.source, convening.mark) == ("quy chế của Hội đồng nhân dân", Mark.UNCERTAIN)
    assert convening.is_setting


def test_the_councils_own_days_count_where_the_law_leaves_them_to_it():
    own = DeadlineSettings(
        convene_days_ordinary=15, papers_days=7, source="Điều 12 Quy chế làm việc"
    )
    due = by_code(SessionKind.MID_YEAR, date(2026, 7, 8), Level.COMMUNE, settings=own)
    assert due["session.convene_ordinary"].due_on == date(2026, 6, 23)
    assert due["session.convene_ordinary"].source == "Điều 12 Quy chế làm việc"
    assert due["session.papers"].days == 7


def test_a_regulation_does_not_shorten_what_the_law_set():
    own = DeadlineSettings(convene_days_ordinary=3)
    due = by_code(SessionKind.YEAR_END, OPENING, Level.DISTRICT, settings=own)
    assert due["session.convene_ordinary"].days == 20


@pytest.mark.parametrize("kind", [SessionKind.THEMATIC, SessionKind.URGENT])
def test_other_sessions_are_convened_seven_days_before(kind):
    due = by_code(kind, date(2026, 5, 20), Level.PROVINCE)
    assert due["session.convene_other"].due_on == date(2026, 5, 13)
    assert "session.convene_ordinary" not in due


def test_the_result_of_an_election_goes_up_within_five_working_days_of_it():
    due = by_code(
        SessionKind.YEAR_END, date(2026, 12, 28), Level.PROVINCE, has_election=True,
        elected_on=date(2026, 12, 29), closes_on=date(2026, 12, 30),
    )  # fmt: skip
    assert due["approve.send"].due_on == date(2027, 1, 6)
    assert due["approve.send"].source == "Điều 36 khoản 7 Luật 72/2025/QH15"
    assert due["approve.send"].counted is Count.AFTER_ELECTION


def test_without_polls_nothing_of_them_is_due():
    due = by_code(SessionKind.YEAR_END, OPENING, Level.DISTRICT)
    assert not [code for code in due if code.startswith(("confidence.", "approve."))]


def test_before_july_2023_the_older_resolution_had_its_own_days():
    due = by_code(SessionKind.YEAR_END, date(2018, 12, 5), Level.PROVINCE, has_confidence_vote=True)
    assert due["confidence.t_minus_15"].source == "Điều 9 Nghị quyết 85/2014/QH13"
    assert "confidence.t_minus_45" not in due


def test_a_commune_that_holds_a_confidence_vote_borrows_the_days_and_is_told_so():
    due = by_code(SessionKind.YEAR_END, date(2028, 12, 5), Level.COMMUNE, has_confidence_vote=True)[
        "confidence.t_minus_45"
    ]
    assert (due.mark, due.is_setting) == (Mark.UNCERTAIN, True)
    assert "cấp xã" in due.note


def test_the_first_session_is_due_45_days_after_the_general_election():
    due = by_code(
        SessionKind.ORGANISING, date(2026, 4, 2), Level.PROVINCE, election_day=date(2026, 3, 15)
    )
    assert due["session.first"].due_on == date(2026, 4, 29)


def test_after_the_district_level_ended_nothing_is_due_there():
    assert deadlines.checklist(SessionKind.YEAR_END, date(2025, 12, 9), Level.DISTRICT) == []


def test_a_date_that_nobody_means_is_refused():
    with pytest.raises(Refusal) as refusal:
        deadlines.checklist(SessionKind.YEAR_END, date(9999, 12, 31), Level.PROVINCE)
    assert refusal.value.code == "date.implausible"


@given(
    st.sampled_from(SessionKind),
    st.dates(date(2016, 1, 1), date(2035, 12, 31)),
    st.sampled_from([Level.PROVINCE, Level.DISTRICT, Level.COMMUNE]),
    st.booleans(),
    st.booleans(),
)
def test_every_line_has_a_source_and_lies_on_its_side_of_the_opening(
    kind, opens_on, level, has_confidence_vote, has_election
):
    lines = deadlines.checklist(
        kind, opens_on, level, has_confidence_vote=has_confidence_vote, has_election=has_election
    )
    assert [line.due_on for line in lines] == sorted(line.due_on for line in lines)
    for line in lines:
        assert line.source
        assert line.responsible
        if line.counted is Count.BEFORE_OPENING:
            assert line.due_on == opens_on - timedelta(days=line.days)
        else:
            assert line.due_on > opens_on

"""The rulebook: what is in force on a day at a level, and that each row is sound."""

import re
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.law import LEVEL_ENDED, RULEBOOK, Level, Mark, Provision, Rulebook
from council.rules.majorities import Base, Threshold
from council.rules.refusals import Refusal
from tests import rule_tables

LOCAL = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)

LAWS = (
    "Luật 72/2025/QH15",
    "Luật 65/2025/QH15",
    "Luật 77/2015/QH13",
    "Luật 64/2025/QH15",
    "Luật 80/2015/QH13",
    "Luật 104/2016/QH13",
    "Luật 121/2025/QH15",
    "Nghị quyết 96/2023/QH15",
    "Nghị quyết 85/2014/QH13",
    "Nghị quyết 35/2012/QH13",
    "Nghị quyết 203/2025/QH15",
    "Nghị quyết 103/2025/UBTVQH15",
    "Nghị quyết 104/2025/UBTVQH15",
    "Nghị quyết 114/2025/UBTVQH15",
    "Nghị định 08/2016/NĐ-CP",
    "Nghị định 115/2021/NĐ-CP",
    "Nghị định 30/2020/NĐ-CP",
    "Nghị định 78/2025/NĐ-CP",
    "Nghị định 187/2025/NĐ-CP",
    "Nghị định 300/2025/NĐ-CP",
    "Hướng dẫn 883/HD-UBTVQH14",
)
"""Every act that may be cited; another one needs a source first."""


@pytest.mark.parametrize("provision", RULEBOOK.all(), ids=lambda provision: provision.id)
def test_every_row_says_what_it_is_and_where_it_was_read(provision):
    assert provision.subject
    assert provision.levels
    assert provision.source
    assert provision.text_vi.endswith(".")
    assert provision.text_en.endswith(".")
    assert provision.effective_to is None or provision.effective_from <= provision.effective_to
    assert provision.threshold is None or 0 < provision.threshold.share < 1


@pytest.mark.parametrize("provision", RULEBOOK.all(), ids=lambda provision: provision.id)
def test_a_row_cites_only_known_acts(provision):
    rest = provision.article
    for law in LAWS:
        rest = rest.replace(law, "")
    assert not re.search(r"[0-9]+/[0-9]{4}/|[0-9]+/[A-Z]", rest), rest
    assert provision.article or provision.setting or provision.mark is not Mark.TEXT


def test_what_is_uncertain_is_a_setting_or_only_replays_old_results():
    for provision in RULEBOOK:
        if provision.mark is Mark.UNCERTAIN:
            assert provision.setting or provision.effective_to is not None, provision.id


def test_no_two_rows_of_one_subject_hold_on_the_same_day_and_level():
    for one, other in combinations(RULEBOOK.all(), 2):
        if one.subject != other.subject or not one.levels & other.levels:
            continue
        first, second = sorted((one, other), key=lambda row: row.effective_from)
        assert first.effective_to is not None, (one.id, other.id)
        assert first.effective_to < second.effective_from, (one.id, other.id)


@pytest.mark.parametrize(
    ("subject", "day", "rule"),
    [
        ("resolution.majority", date(2015, 12, 31), None),
        ("resolution.majority", date(2016, 1, 1), "law77.resolution_majority"),
        ("resolution.majority", date(2025, 2, 28), "law77.resolution_majority"),
        ("resolution.majority", date(2025, 3, 1), "law65.resolution_majority"),
        ("resolution.majority", date(2025, 6, 15), "law65.resolution_majority"),
        ("resolution.majority", date(2025, 6, 16), "resolution.majority"),
        ("confidence.base", date(2023, 6, 30), "old.nq85"),
        ("confidence.base", date(2023, 7, 1), "confidence.denominator"),
        ("session.convene_ordinary", date(2025, 2, 28), "law77.convene_ordinary"),
        ("session.convene_ordinary", date(2025, 3, 1), "session.convene_ordinary"),
        ("approve.appraise", date(2021, 12, 31), "law77.approve_appraise_3"),
        ("approve.appraise", date(2022, 1, 1), "law77.approve_appraise_5"),
        ("approve.appraise", date(2025, 6, 16), None),
    ],
)
def test_the_law_changes_on_its_day(subject, day, rule):
    found = RULEBOOK.find(subject, day, Level.PROVINCE)
    assert (found.id if found else None) == rule


@given(
    st.sampled_from(sorted({row.subject for row in RULEBOOK})),
    st.dates(date(2012, 1, 1), date(2030, 12, 31)),
    st.sampled_from(Level),
)
def test_whatever_is_found_is_in_force_that_day_at_that_level(subject, day, level):
    found = RULEBOOK.find(subject, day, level)
    if found is None:
        with pytest.raises(Refusal) as refusal:
            RULEBOOK.provision_on(subject, day, level)
        assert refusal.value.code == "law.no_rule"
        return
    assert RULEBOOK.provision_on(subject, day, str(level)) is found
    assert found.subject == subject
    assert level in found.levels
    assert found.effective_from <= day
    assert found.effective_to is None or day <= found.effective_to


def test_a_level_that_has_ended_is_refused_with_the_article_that_ended_it():
    last_day = date(2025, 6, 30)
    rule = RULEBOOK.provision_on("resolution.majority", last_day, "district")
    assert rule.id == "resolution.majority"
    with pytest.raises(Refusal) as refusal:
        RULEBOOK.provision_on("resolution.majority", last_day + timedelta(days=1), "district")
    assert refusal.value.code == "law.no_rule"
    assert refusal.value.cites == "Điều 51 khoản 3 Luật 72/2025/QH15"
    assert "01/07/2025" in str(refusal.value)
    assert "cấp huyện" in str(refusal.value)
    assert RULEBOOK.find(LEVEL_ENDED, last_day, "district") is None


def test_where_the_rulebook_is_silent_the_sentence_says_so():
    with pytest.raises(Refusal) as refusal:
        RULEBOOK.provision_on("resolution.majority", date(2015, 1, 1), "province")
    assert refusal.value.code == "law.no_rule"
    assert "01/01/2015" in str(refusal.value)
    assert refusal.value.params["subject"] == "resolution.majority"


@pytest.mark.parametrize("level", LOCAL)
def test_a_quorum_is_always_the_councils_own_setting(level):
    quorum = RULEBOOK.provision_on("session.quorum", date(2025, 6, 30), level)
    assert quorum.setting
    assert quorum.article == ""
    assert quorum.needed_threshold == Threshold(Fraction(2, 3), Base.TOTAL, strict=False)


def test_deadlines_of_the_confidence_vote_are_counted_back_from_the_opening():
    days = [
        RULEBOOK.provision_on(f"confidence.t_minus_{number}", date(2023, 12, 12), "district")
        for number in (45, 30, 25, 20)
    ]
    assert [rule.needed_days for rule in days] == [45, 30, 25, 20]
    assert {rule.article for rule in days} == {"Điều 11 Nghị quyết 96/2023/QH15"}
    assert days[0].note == ""
    assert all(rule.note for rule in days[1:])


@pytest.mark.parametrize(
    ("subject", "day", "level", "days"),
    [
        ("approve.send", date(2026, 7, 1), "commune", 5),
        ("approve.decide", date(2026, 7, 1), "commune", 10),
        ("approve.decide", date(2023, 12, 12), "district", 7),
        ("session.first", date(2026, 7, 1), "province", 45),
        ("session.first", date(2021, 7, 1), "district", 45),
        ("session.convene_other", date(2023, 12, 12), "district", 7),
        ("session.papers", date(2026, 7, 1), "commune", 5),
        ("qppl.effect", date(2026, 7, 1), "commune", 10),
        ("qppl.effect", date(2023, 12, 12), "district", 7),
        ("qppl.effect", date(2023, 12, 12), "province", 10),
        ("info.publish", date(2023, 12, 12), "district", 5),
    ],
)
def test_deadlines_by_day_and_level(subject, day, level, days):
    assert RULEBOOK.provision_on(subject, day, level).needed_days == days


def test_asking_a_row_for_what_it_is_not_is_a_fault():
    deadline = RULEBOOK.by_id("approve.send")
    with pytest.raises(ValueError, match="not a majority"):
        _ = deadline.needed_threshold
    with pytest.raises(ValueError, match="names no base"):
        _ = deadline.needed_base
    with pytest.raises(ValueError, match="not a size"):
        _ = deadline.needed_number
    with pytest.raises(ValueError, match="not a deadline"):
        _ = RULEBOOK.by_id("resolution.majority").needed_days


def test_two_rows_with_one_identifier_do_not_load():
    row = RULEBOOK.by_id("resolution.majority")
    with pytest.raises(ValueError, match="two provisions"):
        Rulebook([row, row])


def test_a_stored_identifier_finds_its_row():
    assert RULEBOOK.by_id("old.nq85").needed_base is Base.TOTAL
    assert isinstance(RULEBOOK.by_id("old.nq85"), Provision)
    with pytest.raises(KeyError):
        RULEBOOK.base.by_id("no.such.rule")


@pytest.mark.parametrize(
    "page", ["confidence.md", "no-confidence.md", "elections.md", "resolutions.md"]
)
def test_the_pages_cite_what_the_rulebook_cites(page):
    for row in rule_tables.provisions(page):
        rule = RULEBOOK.by_id(row["identifier"].strip("`"))
        assert row["article"] == rule.article
        assert row.get("mark", str(rule.mark)) == str(rule.mark)
        first = rule.effective_from.strftime("%-d %b %Y")
        assert row["from – to"].startswith(first.removesuffix(" 2025")), row
        if rule.effective_to is None:
            assert row["from – to"].endswith("–")
        else:
            assert row["from – to"].endswith(rule.effective_to.strftime("%-d %b %Y"))

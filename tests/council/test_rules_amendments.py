"""Changes of the rulebook: what gives way, what is refused, and what never changes."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules import amendments
from council.rules.law import RULEBOOK, CurrentRulebook, Ending, Level, Mark, Provision
from council.rules.majorities import Base, Threshold
from council.rules.refusals import Refusal

FILES = RULEBOOK.base
DAY = date(2028, 1, 1)
BEFORE = DAY - timedelta(days=1)
DAYS = st.dates(date(2013, 1, 1), date(2032, 12, 31))
LEVELS = st.frozensets(st.sampled_from(Level), min_size=1)
ROWS = st.sampled_from(sorted(FILES.all(), key=lambda row: row.id))


def version(rule_id: str, **changes: object) -> Provision:
    """A new version of a rule, from `DAY` on."""
    like = FILES.by_id(rule_id)
    wanted = {"id": f"{like.subject}.v1", "effective_from": DAY, "effective_to": None, **changes}
    return replace(like, **wanted)  # type: ignore[arg-type]


def code_of(book: object, row: Provision, like: str) -> str:
    with pytest.raises(Refusal) as refusal:
        amendments.check(book, row, like=FILES.by_id(like))  # type: ignore[arg-type]
    return refusal.value.code


def test_no_row_of_the_files_is_named_like_an_amendment():
    assert [row.id for row in FILES if row.is_amendment] == []
    assert version("resolution.majority").is_amendment


def test_the_older_row_ends_on_the_day_before():
    row = version("confidence.low_two_thirds", article="Điều 9 Nghị quyết mới")
    book = FILES.with_addition(row)
    subject = "confidence.low_two_thirds"
    assert book.find(subject, BEFORE, "province").id == "confidence.low_two_thirds"
    assert book.find(subject, BEFORE, "province").effective_to == BEFORE
    assert book.find(subject, DAY, "province") is row
    assert FILES.find(subject, DAY, "province").id == "confidence.low_two_thirds"


def test_at_other_levels_the_older_row_goes_on():
    row = version("resolution.majority", levels=frozenset({Level.COMMUNE}))
    book = FILES.with_addition(row)
    assert book.find("resolution.majority", DAY, "commune") is row
    assert book.find("resolution.majority", DAY, "province").id == "resolution.majority"
    assert book.find("resolution.majority", DAY, "province").effective_to is None
    parts = [part for part in book if part.id == "resolution.majority"]
    assert {part.effective_to for part in parts} == {None, BEFORE}


def test_a_row_that_fills_a_gap_ends_where_the_next_one_begins():
    like = FILES.by_id("approve.send")
    row = replace(like, id="approve.send.v1", effective_from=date(2025, 3, 1))
    book = FILES.with_addition(row)
    assert book.find("approve.send", date(2025, 2, 28), "province").id == "law77.approve_send"
    assert book.find("approve.send", date(2025, 3, 1), "province").id == "approve.send.v1"
    assert book.find("approve.send", date(2025, 6, 15), "province").id == "approve.send.v1"
    assert book.find("approve.send", date(2025, 6, 16), "province") is like


def test_a_correction_from_the_first_day_replaces_the_row_which_stays_known():
    like = FILES.by_id("resolution.sign")
    row = replace(like, id="resolution.sign.v1", mark=Mark.TEXT)
    book = FILES.with_addition(row)
    assert book.find("resolution.sign", like.effective_from, "province") is row
    assert like not in book.all()
    assert book.by_id("resolution.sign") is like
    assert (
        book.with_addition(replace(row, id="resolution.sign.v2")).by_id("resolution.sign") is like
    )


def test_an_ended_row_leaves_no_rule_after_its_last_day():
    book = FILES.with_ending(Ending("confidence.commune", BEFORE))
    assert book.find("confidence.level_not_subject", BEFORE, "commune") is not None
    assert book.find("confidence.level_not_subject", DAY, "commune") is None


def test_an_identifier_is_given_once():
    with pytest.raises(ValueError, match="two provisions"):
        FILES.with_addition(FILES.by_id("resolution.majority"))


@given(DAYS, st.sampled_from(Level), st.sampled_from(sorted({row.subject for row in FILES})))
def test_on_every_day_each_subject_has_at_most_one_row_at_a_level(day, level, subject):
    in_force = [
        row for row in FILES if row.subject == subject and level in row.levels and row.in_force(day)
    ]
    assert len(in_force) <= 1


@given(st.lists(st.tuples(ROWS, DAYS, LEVELS, st.none() | DAYS), max_size=4), DAYS, LEVELS, ROWS)
def test_a_version_changes_nothing_before_its_first_day(earlier, day, levels, like):
    book = FILES
    for number, (row, starts, at, ends) in enumerate(earlier):
        last_day = ends if ends and ends >= starts else None
        book = book.with_addition(
            replace(row, id=f"e{number}", effective_from=starts, effective_to=last_day, levels=at)
        )
    after = book.with_addition(
        replace(like, id="new", effective_from=day, effective_to=None, levels=levels)
    )
    days = {day - timedelta(days=gap) for gap in (1, 2, 30, 400, 4000)}
    for row in book:
        for level in Level:
            for earlier_day in days:
                assert _id(book, row.subject, earlier_day, level) == _id(
                    after, row.subject, earlier_day, level
                )
    for one, other in combinations([part for part in after if part.subject == like.subject], 2):
        if one.levels & other.levels:
            first, second = sorted((one, other), key=lambda part: part.effective_from)
            assert first.effective_to is not None
            assert first.effective_to < second.effective_from


def _id(book, subject, day, level):
    found = book.find(subject, day, level)
    return found.id if found else None


@given(ROWS, DAYS)
def test_an_ending_changes_nothing_up_to_its_last_day(row, last_day):
    after = FILES.with_ending(Ending(row.id, last_day))
    for day in (last_day, last_day - timedelta(days=1), last_day - timedelta(days=999)):
        for level in Level:
            assert _id(FILES, row.subject, day, level) == _id(after, row.subject, day, level)


def test_a_recorded_decision_comes_out_again_whatever_became_law():
    book = CurrentRulebook(FILES)
    day = date(2026, 5, 5)
    with book.recorded() as used:
        book.provision_on("resolution.majority", day, "province")
        assert book.find("approve.appraise", day, "province") is None
    assert used == {
        "resolution.majority@province": "resolution.majority",
        "approve.appraise@province": "",
    }
    row = version("resolution.majority", effective_from=date(2026, 1, 1))
    appraise = version("law77.approve_appraise_5", effective_from=date(2026, 1, 1))
    book.take([(1, row), (2, appraise)])
    assert book.editions == (1, 2)
    assert book.provision_on("resolution.majority", day, "province") is row
    with book.pinned(used):
        assert book.provision_on("resolution.majority", day, "province").id == "resolution.majority"
        assert book.find("approve.appraise", day, "province") is None
        assert book.find("session.first", day, "province") is not None, "not asked then"
    assert book.provision_on("resolution.majority", day, "province") is row


def test_a_decision_keeps_the_book_with_which_it_began():
    book = CurrentRulebook(FILES)
    with book.recorded():
        book.take([(1, version("resolution.majority"))])
        assert book.find("resolution.majority", DAY, "province").id == "resolution.majority"
    assert book.find("resolution.majority", DAY, "province").id == "resolution.majority.v1"


def test_a_version_that_a_release_took_over_into_the_files_is_not_added_again():
    row = version("resolution.majority")
    book = CurrentRulebook(FILES.with_addition(row))
    book.take([(1, row)])
    assert book.editions == (1,)
    assert len([one for one in book if one.id == row.id]) == 1


def test_a_result_whose_rule_is_gone_is_an_error_not_another_result():
    book = CurrentRulebook(FILES)
    with book.pinned({"resolution.majority@province": "gone.v1"}), pytest.raises(KeyError):
        book.find("resolution.majority", DAY, "province")


@pytest.mark.parametrize(
    ("like", "changes", "code"),
    [
        ("resolution.majority", {"threshold": None}, "rule.shape"),
        ("approve.send", {"days": None}, "rule.shape"),
        ("approve.send", {"number": 3}, "rule.shape"),
        ("confidence.denominator", {"base": Base.VALID}, "rule.base_unsupported"),
        ("confidence.denominator", {"base": Base.PRESENT}, "rule.base_unsupported"),
        ("approve.send", {"days": 366}, "rule.out_of_range"),
        ("election.second_round", {"number": 0}, "rule.out_of_range"),
        ("approve.send", {"levels": frozenset()}, "rule.no_levels"),
        ("approve.send", {"source": ""}, "rule.no_source"),
        ("approve.send", {"article": ""}, "rule.no_article"),
        ("approve.send", {"mark": Mark.UNCERTAIN}, "rule.uncertain"),
        ("approve.send", {"effective_from": date(1900, 1, 1)}, "date.implausible"),
        ("approve.send", {"effective_to": date(2027, 1, 1)}, "period.end_before_start"),
        ("approve.send", {"effective_from": date(2025, 6, 16)}, "rule.nothing_changes"),
    ],
)  # fmt: skip
def test_what_is_not_sound_is_refused(like, changes, code):
    assert code_of(FILES, version(like, **changes), like) == code


@pytest.mark.parametrize("share", [Fraction(0), Fraction(1), Fraction(3, 2)])
def test_a_share_lies_between_nothing_and_everything(share):
    threshold = Threshold(share, Base.TOTAL, strict=False)
    row = version("resolution.majority", threshold=threshold)
    assert code_of(FILES, row, "resolution.majority") == "rule.out_of_range"


def test_a_sound_version_passes():
    threshold = Threshold(Fraction(3, 5), Base.TOTAL, strict=True)
    row = version("resolution.majority", threshold=threshold, article="Điều 1 Luật mới")
    amendments.check(FILES, row, like=FILES.by_id("resolution.majority"))
    base = version("confidence.denominator", base=Base.TOTAL)
    amendments.check(FILES, base, like=FILES.by_id("confidence.denominator"))


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        (Ending("no.such", DAY), "rule.unknown"),
        (Ending("law77.minutes", date(2025, 2, 28)), "rule.already_ended"),
        (Ending("law77.minutes", DAY), "rule.already_ended"),
        (Ending("question", date(2025, 6, 15)), "rule.ends_before_it_begins"),
        (Ending("question", date(1900, 1, 1)), "date.implausible"),
    ],
)
def test_an_ending_that_changes_nothing_is_refused(ending, code):
    with pytest.raises(Refusal) as refusal:
        amendments.check_ending(FILES, ending)
    assert refusal.value.code == code


def test_the_page_tells_which_rows_give_way_and_where():
    row = version("confidence.denominator", levels=frozenset({Level.PROVINCE, Level.COMMUNE}))
    (found,) = amendments.gives_way(FILES, row)
    assert found.rule.id == "confidence.denominator"
    assert found.levels == {Level.PROVINCE, Level.COMMUNE}
    assert found.last_day == BEFORE
    same_day = replace(FILES.by_id("question"), id="q.v1", mark=Mark.MEMORY)
    (replaced,) = amendments.gives_way(FILES, same_day)
    assert replaced.last_day is None
    (ended,) = amendments.gives_way(FILES, Ending("question", DAY))
    assert (ended.rule.id, ended.last_day) == ("question", DAY)
    assert amendments.first_day(Ending("question", DAY)) == DAY + timedelta(days=1)
    assert amendments.first_day(row) == DAY


@pytest.mark.parametrize(
    ("rule", "phrase"),
    [
        ("resolution.majority", "quá nửa tổng số đại biểu"),
        ("confidence.denominator", "tổng số phiếu thu về"),
        ("approve.send", "5"),
        ("election.second_round", "2"),
        ("question", ""),
    ],
)
def test_the_value_of_a_rule_in_words(rule, phrase):
    assert amendments.value_phrase(FILES.by_id(rule)) == phrase

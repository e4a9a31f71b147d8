"""Minutes and press summary of random sessions: every number in them is one of the books."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal

from hypothesis import given

from council.rules import figures
from resolutions.rules import minutes_words, press_words
from resolutions.rules.session_facts import (
    Compared,
    IndicatorFact,
    LineFact,
    PollFact,
    SessionFacts,
    Source,
)
from sessions.rules.indicators import Form
from tests.resolutions import texts_stage as stage

NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")


def numbers_in(words: str) -> set[str]:
    return set(NUMBER.findall(words))


def numbers_of(value: object) -> Iterator[str]:
    """Every way in which a document may write what stands in the facts."""
    if isinstance(value, tuple):
        yield from written(len(value))
        for one in value:
            yield from numbers_of(one)
    elif is_dataclass(value):
        for part in fields(value):
            yield from numbers_of(getattr(value, part.name))
    else:
        yield from written(value)


def written(value: object) -> Iterator[str]:
    match value:
        case int():
            yield from (str(value), figures.count_in_document(value), figures.integer_vi(value))
        case Decimal():
            yield figures.decimal_vi(abs(value), 3)
        case datetime():
            yield from (*written(value.date()), *numbers_in(figures.time_vi(value.time())))
        case date():
            yield from numbers_in(figures.date_in_document(value) + figures.date_short(value))
        case str():
            yield from numbers_in(value)
        case _:
            return


def derived(facts: SessionFacts) -> Iterator[str]:
    """Sums and shares that follow from the facts, and the words of the form."""
    for vote in (*facts.votes, *(one.vote for one in facts.resolutions if one.vote)):
        yield figures.decimal_vi(stage.share(vote.in_favour, vote.total))
    for sitting in facts.sittings:
        yield from numbers_of(len(sitting.excused) + len(sitting.unexcused))
    published = [one for one in facts.resolutions if one.is_published]
    standing = [poll for poll in facts.polls if poll.is_published and not poll.is_annulled]
    yield from numbers_of(len(published))
    yield from numbers_of(sum(len(poll.lines) for poll in standing))
    yield from numbers_of(sum(len(poll.elected) for poll in standing))


@given(stage.sessions())
def test_each_number_of_the_minutes_stands_in_the_books(facts):
    known = {*numbers_of(facts), *derived(facts)}
    for one in minutes_words.generate(facts):
        assert numbers_in(one.words) <= known, one


@given(stage.sessions())
def test_each_number_of_the_press_summary_stands_in_the_books(facts):
    known = {*numbers_of(facts), *derived(facts)}
    for one in press_words.generate(facts):
        assert numbers_in(one.words) <= known, one


@given(stage.sessions())
def test_each_paragraph_names_its_rows_and_has_a_key_of_its_own(facts):
    for made in (minutes_words.generate(facts), press_words.generate(facts)):
        assert all(one.sources and one.words.strip() for one in made)
        assert len({one.key for one in made}) == len(made)


@given(stage.sessions())
def test_the_press_tells_nothing_that_is_not_public(facts):
    told = press_words.generate(facts)
    sources = {source for one in told for source in one.sources}
    for poll in facts.polls:
        if not poll.is_published:
            assert not any(s.kind == "poll" and s.pk == poll.pk for s in sources) or any(
                other.pk == poll.pk and other.is_published for other in facts.polls
            )
    for one in facts.resolutions:
        if not one.is_published:
            assert Source("resolution", one.pk, one.symbol) not in sources


@given(stage.sessions())
def test_an_annulled_result_elects_nobody(facts):
    told = " ".join(one.words for one in press_words.generate(facts))
    for poll in facts.polls:
        others = [p for p in facts.polls if p.is_published and not p.is_annulled]
        if poll.is_annulled and poll.kind == "election" and not others:
            assert "được bầu giữ chức vụ" not in told
            assert "đã bầu" not in told


def test_sections_of_the_minutes_come_in_their_order():
    facts = SessionFacts(
        1, 4, "chuyên đề", "xã Thử", 2, "2026-2031", "Hội trường", stage.DAY, stage.DAY
    )
    made = [one.section for one in minutes_words.generate(facts)]
    order = list(minutes_words.SECTIONS)
    assert made == sorted(made, key=order.index)
    assert minutes_words.heading("course") == "II. NỘI DUNG, DIỄN BIẾN KỲ HỌP"


def indicator(name: str, plan: Compared | None, prior: Compared | None, **more: bool) -> str:
    return press_words.indicator_sentence(
        IndicatorFact(1, name, "11 tháng năm 2023", "3.874 tỷ 112 triệu đồng", plan, prior, **more)
    )


def test_an_indicator_is_told_with_its_two_comparisons():
    ratio, growth = Compared(Form.RATIO, Decimal("90.35")), Compared(Form.CHANGE, Decimal(11))
    assert indicator("Giá trị sản xuất", ratio, growth) == (
        "Giá trị sản xuất 11 tháng năm 2023 đạt 3.874 tỷ 112 triệu đồng, bằng 90,35% kế hoạch năm, "
        "tăng 11% so với cùng kỳ."
    )


def test_a_missed_budget_is_measured_against_its_estimate():
    plan, prior = Compared(Form.RATIO, Decimal("73.5")), Compared(Form.RATIO, Decimal("85.8"))
    assert indicator("Thu ngân sách nhà nước", plan, prior, is_missed=True) == (
        "Thu ngân sách nhà nước 11 tháng năm 2023 đạt 3.874 tỷ 112 triệu đồng, bằng 73,5% dự toán "
        "năm, bằng 85,8% so với cùng kỳ; đây là chỉ tiêu chưa đạt."
    )


def test_rates_differ_in_points_and_changes_have_their_direction():
    said = indicator("Tỷ lệ hộ nghèo", Compared(Form.POINTS, Decimal("-0.5")),
                     Compared(Form.CHANGE, Decimal("-2.25")))  # fmt: skip
    assert "thấp hơn kế hoạch năm 0,5 điểm phần trăm, giảm 2,25% so với cùng kỳ" in said
    level = indicator("Một chỉ tiêu", Compared(Form.CHANGE, Decimal(0)), None)
    assert level.endswith("đúng kế hoạch năm.")


def confidence(lines: tuple[LineFact, ...]) -> PollFact:
    return PollFact(
        1, "confidence", "Lấy phiếu", "lấy phiếu tín nhiệm", None, None, stage.DAY, 35, 34, 34, 34,
        34, 0, "tổng số phiếu thu về", 34, lines,
    )  # fmt: skip


def line(name: str, high: int, low: int, verdict: str = "kept") -> LineFact:
    votes = (("Tín nhiệm cao", high), ("Tín nhiệm", 34 - high - low), ("Tín nhiệm thấp", low))
    return LineFact(
        name, "Trưởng Ban", tuple((o, n, stage.share(n, 34)) for o, n in votes), 0, verdict,
        "Có thể xin từ chức.",
    )  # fmt: skip


def told(poll: PollFact) -> str:
    facts = SessionFacts(
        1, 4, "chuyên đề", "tỉnh Thử", 2, "2026-2031", "Hội trường", stage.DAY, stage.DAY,
        polls=(poll,),
    )  # fmt: skip
    return " ".join(one.words for one in press_words.generate(facts))


def test_a_confidence_vote_of_a_few_is_told_one_by_one():
    said = told(confidence((line("ông Lê Văn Thử", 31, 0),)))
    assert "ông Lê Văn Thử tín nhiệm cao 31 phiếu (91,18%)" in said
    assert "Không có người nào bị quá nửa số phiếu" in said


def test_a_confidence_vote_of_many_is_told_by_its_span_and_those_below():
    many = tuple(line(f"ông Thử {n}", 30 - n, 1) for n in range(6))
    low = line("bà Trần Thị Mẫu", 5, 20, "may_resign_or_no_confidence_vote")
    said = told(confidence((*many, low)))
    assert "từ 14,71% đến 88,24% tổng số phiếu thu về" in said
    assert "Bà Trần Thị Mẫu: có thể xin từ chức." in said
    assert "Không có người nào" not in said

"""The press summary of a session (bản tin kỳ họp): told as a newspaper tells it, from the books.

Only what the public may know is told; every sentence names the rows that it was told from, and no
figure is in it that is not in them.

Source: practice (practice.md section 5: an indicator is told with its two usual comparisons).
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, assert_never

from council.rules import shares
from council.rules.figures import date_short, decimal_vi, integer_vi, percent_vi
from council.rules.text import roman
from resolutions.rules.grown_text import Generated, Style
from resolutions.rules.minutes_words import closed, lowered
from resolutions.rules.session_facts import (
    Compared,
    IndicatorFact,
    LineFact,
    NoteFact,
    PollFact,
    ResolutionFact,
    SessionFacts,
    Source,
)
from sessions.rules.indicators import Form

SECTION: Final = "summary"
HEADLINE: Final = "headline"
LISTED_MAX: Final = 5
"""Up to so many persons of a confidence vote are told one by one; of more, the span."""
BUDGET: Final = "ngân sách"
PLACES: Final = 3
BY_ELECTION: Final = "bổ sung"
LOW_VERDICTS: Final = frozenset(
    {"may_resign_or_no_confidence_vote", "no_confidence_vote", "dismissal_to_be_proposed"}
)


def generate(facts: SessionFacts) -> list[Generated]:
    """The whole summary: headline, opening, economy, polls, resolutions, what comes next."""
    return [
        _headline(facts),
        _lead(facts),
        *_indicators(facts),
        *_shortcomings(facts),
        *(one for poll in facts.standing_polls() for one in _poll(facts, poll)),
        *_annulled(facts),
        *_resolutions(facts),
        *_directions(facts),
        *_closing(facts),
    ]


def _said(key: str, words: str, *sources: Source, style: Style = Style.TEXT) -> Generated:
    return Generated(key, SECTION, words, style, sources)


def council_of(facts: SessionFacts) -> str:
    """``HĐND quận Hà Đông``."""
    return f"HĐND {facts.unit}"


def _headline(facts: SessionFacts) -> Generated:
    council = council_of(facts)
    elected = [(poll, line) for poll in facts.standing_polls() for line in poll.elected]
    confidence = [poll for poll in facts.standing_polls() if poll.kind == "confidence"]
    published = [one for one in facts.resolutions if one.is_published]
    sources: tuple[Source, ...] = (facts.source,)
    if len(elected) == 1:
        poll, line = elected[0]
        words = f"{council}: {line.name} được bầu giữ chức vụ {line.office}"
        sources = (_source_of(poll),)
    elif elected:
        words = f"{council} bầu {integer_vi(len(elected))} chức danh tại kỳ họp thứ {facts.number}"
        sources = tuple(_source_of(poll) for poll, _line in elected)
    elif confidence:
        persons = sum(len(poll.lines) for poll in confidence)
        words = f"{council} lấy phiếu tín nhiệm đối với {integer_vi(persons)} người giữ chức vụ"
        sources = tuple(_source_of(poll) for poll in confidence)
    elif published:
        words = f"Kỳ họp thứ {facts.number} {council} thông qua {_count(published)} nghị quyết"
    else:
        words = f"{council} họp kỳ thứ {facts.number}"
    return _said(HEADLINE, words, *sources, style=Style.HEADING)


def _lead(facts: SessionFacts) -> Generated:
    opened = facts.sittings[0] if facts.sittings else None
    day = opened.held_on if opened else facts.opens_on
    years = facts.years.replace("-", " - ")
    words = (
        f"Ngày {date_short(day)}, tại {facts.place}, {council_of(facts)} khóa {roman(facts.term)}, "
        f"nhiệm kỳ {years}, khai mạc kỳ họp thứ {facts.number} ({facts.kind})."
    )
    if opened is None:
        return _said("lead", words, facts.source)
    words += f" Dự phiên khai mạc có {opened.present_at_opening}/{opened.total} đại biểu."
    return _said("lead", words, facts.source, Source("attendance", opened.pk, "Điểm danh"))


def _source_of(poll: PollFact) -> Source:
    return Source("poll", poll.pk, f"Kết quả {poll.subject}")


# --- economy --------------------------------------------------------------------------------------


def _indicators(facts: SessionFacts) -> Iterator[Generated]:
    told = [one.result for one in facts.indicators if one.result]
    for note in facts.notes_of("achieved"):
        # A sentence that holds an indicator's result is told by the indicator itself.
        if not any(result in note.text for result in told):
            yield _said(f"note.{note.pk}", closed(note.text), _note_source(note))
    for indicator in facts.indicators:
        if indicator.result:
            source = Source("indicator", indicator.pk, f"Chỉ tiêu: {indicator.name}")
            yield _said(f"indicator.{indicator.pk}", indicator_sentence(indicator), source)


def indicator_sentence(one: IndicatorFact) -> str:
    """``Thu ngân sách 11 tháng năm 2023 đạt 3.874 tỷ 112 triệu đồng, bằng 73,5% …``."""
    plan = "dự toán năm" if BUDGET in one.name.lower() else "kế hoạch năm"
    parts = [f"{one.name} {one.period} đạt {one.result}".replace("  ", " ")]
    if one.plan:
        parts.append(_against_plan(one.plan, plan))
    if one.prior:
        parts.append(_against_prior(one.prior))
    ends = "; đây là chỉ tiêu chưa đạt" if one.is_missed else ""
    return f"{', '.join(parts)}{ends}."


def _against_plan(compared: Compared, plan: str) -> str:
    match compared.form:
        case Form.RATIO:
            return f"bằng {_percent(compared.value)} {plan}"
        case Form.CHANGE:
            up, down = f"vượt %s {plan}", f"thấp hơn %s so với {plan}"
            return _moved(compared.value, up, down, f"đúng {plan}")
        case Form.POINTS:
            return _points(compared.value, plan)
        case form:
            assert_never(form)


def _against_prior(compared: Compared) -> str:
    match compared.form:
        case Form.RATIO:
            return f"bằng {_percent(compared.value)} so với cùng kỳ"
        case Form.CHANGE:
            up, down = "tăng %s so với cùng kỳ", "giảm %s so với cùng kỳ"
            return _moved(compared.value, up, down, "bằng cùng kỳ")
        case Form.POINTS:
            return _points(compared.value, "cùng kỳ")
        case form:
            assert_never(form)


def _percent(value: Decimal) -> str:
    return percent_vi(value, PLACES)


def _moved(value: Decimal, up: str, down: str, level: str) -> str:
    if value == 0:
        return level
    return (up if value > 0 else down) % _percent(abs(value))


def _points(value: Decimal, base: str) -> str:
    """Rates differ in points: a percentage of a percentage tells nothing."""
    if value == 0:
        return f"bằng {base}"
    than = "cao hơn" if value > 0 else "thấp hơn"
    return f"{than} {base} {decimal_vi(abs(value), PLACES)} điểm phần trăm"


def _note_source(note: NoteFact) -> Source:
    return Source("note", note.pk, "Tóm tắt kỳ họp")


def _shortcomings(facts: SessionFacts) -> Iterator[Generated]:
    yield from _joined(
        facts, "shortcoming", "Bên cạnh kết quả đạt được, kỳ họp chỉ rõ những hạn chế: "
    )


def _directions(facts: SessionFacts) -> Iterator[Generated]:
    yield from _joined(facts, "direction", "Về nhiệm vụ thời gian tới: ")


def _joined(facts: SessionFacts, kind: str, opening: str) -> Iterator[Generated]:
    notes = facts.notes_of(kind)
    if notes:
        said = "; ".join(lowered(note.text.strip().rstrip(".;")) for note in notes)
        yield _said(f"notes.{kind}", closed(opening + said), *map(_note_source, notes))


# --- polls ----------------------------------------------------------------------------------------


def _poll(facts: SessionFacts, poll: PollFact) -> Iterator[Generated]:
    source = _source_of(poll)
    if poll.kind == "confidence":
        yield _said(f"poll.{poll.pk}", _confidence(facts, poll), source)
        return
    for number, line in enumerate(poll.lines, start=1):
        yield _said(f"poll.{poll.pk}.{number}", _decided(facts, poll, line), source)


def _confidence(facts: SessionFacts, poll: PollFact) -> str:
    opening = (
        f"Tại kỳ họp, {council_of(facts)} lấy phiếu tín nhiệm đối với "
        f"{integer_vi(len(poll.lines))} người giữ chức vụ do HĐND bầu: phát ra "
        f"{integer_vi(poll.issued)} phiếu, thu về {integer_vi(poll.returned)} phiếu, hợp lệ "
        f"{integer_vi(poll.valid)} phiếu."
    )
    if len(poll.lines) <= LISTED_MAX:
        told = "; ".join(f"{line.name} {_shares(line)}" for line in poll.lines)
        said = f" Kết quả, tính trên {poll.base_words}: {told}."
    else:
        said = _span(poll)
    low = [line for line in poll.lines if line.verdict in LOW_VERDICTS]
    for line in low:
        said += f" {line.name[:1].upper()}{line.name[1:]}: {lowered(line.consequence)}"
    if not low and poll.lines:
        said += " Không có người nào bị quá nửa số phiếu đánh giá tín nhiệm thấp."
    return opening + said


def _span(poll: PollFact) -> str:
    highs = [line.votes[0][2] for line in poll.lines if line.votes]
    found = [share for share in highs if share is not None]
    if not found:
        return ""
    least, most = percent_vi(min(found)), percent_vi(max(found))
    between = f"đều là {most}" if least == most else f"từ {least} đến {most}"
    return f" Tỷ lệ tín nhiệm cao của từng người {between} {poll.base_words}."


def _shares(line: LineFact) -> str:
    return ", ".join(
        f"{lowered(option)} {integer_vi(count)} phiếu"
        + (f" ({percent_vi(share)})" if share is not None else "")
        for option, count, share in line.votes
    )


def _decided(facts: SessionFacts, poll: PollFact, line: LineFact) -> str:
    """One person's row of any poll but a confidence vote."""
    name = f"{line.name}, {line.post}" if line.post else line.name
    votes = _with_votes(poll, line)
    council = council_of(facts)
    if poll.kind == "election":
        years = facts.years.replace("-", " - ")
        if line.verdict == "elected":
            verb = "bầu bổ sung" if BY_ELECTION in poll.title.lower() else "bầu"
            return (
                f"{council} đã {verb} {name}, giữ chức vụ {line.office}, nhiệm kỳ {years}, "
                f"với {votes}."
            )
        return f"{_capital(name)} không trúng cử chức vụ {line.office}: được {votes}."
    said = closed(f"{council} {poll.subject}; đối với {name}: {votes}")
    return f"{said} {line.consequence}".strip()


def _with_votes(poll: PollFact, line: LineFact) -> str:
    """``33/35 phiếu đồng ý, bằng 94,29% tổng số đại biểu``."""
    option, count, share = line.votes[0]
    told = f"{count}/{poll.base_value} phiếu {lowered(option)}"
    return told if share is None else f"{told}, bằng {percent_vi(share)} {poll.base_words}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _annulled(facts: SessionFacts) -> Iterator[Generated]:
    for poll in facts.polls:
        if poll.is_published and poll.annulled_on:
            words = closed(
                f"Kết quả {poll.subject} đã công bố bị hủy ngày {date_short(poll.annulled_on)}: "
                f"{lowered(poll.annulled_reason)}"
            )
            yield _said(f"poll.{poll.pk}.annulled", words, _source_of(poll))


# --- resolutions and the end ----------------------------------------------------------------------


def _resolutions(facts: SessionFacts) -> Iterator[Generated]:
    published = [one for one in facts.resolutions if one.is_published]
    if not published:
        return
    listed = "; ".join(_resolution(one) for one in published)
    sources = (Source("resolution", one.pk, one.symbol) for one in published)
    words = f"Kỳ họp đã thông qua {_count(published)} nghị quyết: {listed}."
    yield _said("resolutions", words, *sources)


def _resolution(one: ResolutionFact) -> str:
    told = f"Nghị quyết số {one.symbol} {lowered(one.title.rstrip('.'))}"
    if one.vote is None:
        return told
    share = percent_vi(shares.percentage(one.vote.in_favour, one.vote.total))
    return f"{told} ({one.vote.in_favour}/{one.vote.total} đại biểu tán thành, đạt {share})"


def _count(found: list[ResolutionFact]) -> str:
    return integer_vi(len(found))


def _closing(facts: SessionFacts) -> Iterator[Generated]:
    if facts.closed_at:
        words = f"Kỳ họp bế mạc ngày {date_short(facts.closed_at.date())}."
        yield _said("closing", words, facts.source)

"""The minutes of a session (biên bản kỳ họp) as the books tell them, paragraph by paragraph.

Counts are written as documents write them ("04 đại biểu"), shares beside their base. Every
paragraph names the rows that it was told from.

Source: Law 77/2015/QH13 Art. 86 (until February 2025) and the councils' own regulations: the chair
and the secretary sign minutes of each session; the form is Decree 30/2020/NĐ-CP, Appendix I; the
wording is practice, no article.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Final

from council.rules import shares
from council.rules.figures import count_in_document, date_in_document, percent_vi, time_vi
from council.rules.text import roman
from resolutions.rules.grown_text import Generated, Style
from resolutions.rules.session_facts import (
    ItemFact,
    LineFact,
    PaperFact,
    PollFact,
    ResolutionFact,
    SessionFacts,
    SittingFact,
    Source,
    VoteFact,
)

SECTIONS: Final = {
    "opening": "THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN",
    "course": "NỘI DUNG, DIỄN BIẾN KỲ HỌP",
    "resolutions": "NGHỊ QUYẾT ĐƯỢC THÔNG QUA",
    "closing": "BẾ MẠC",
}
"""Sections in their order, with the titles that Roman numbers are put before."""
DOTS: Final = "……"
NAMES_MAX: Final = 40


def generate(facts: SessionFacts) -> list[Generated]:
    """The whole minutes, in order."""
    return [
        *_opening(facts),
        *_course(facts),
        *_resolutions(facts),
        *_closing(facts),
    ]


def heading(section: str) -> str:
    """``II. NỘI DUNG, DIỄN BIẾN KỲ HỌP``."""
    return f"{roman(list(SECTIONS).index(section) + 1)}. {SECTIONS[section]}"


def session_name(facts: SessionFacts) -> str:
    """``Kỳ họp thứ 13 Hội đồng nhân dân quận Hà Đông khóa XXI, nhiệm kỳ 2021 - 2026``."""
    years = facts.years.replace("-", " - ")
    return (
        f"Kỳ họp thứ {facts.number} Hội đồng nhân dân {facts.unit} khóa {roman(facts.term)}, "
        f"nhiệm kỳ {years}"
    )


def people(count: int) -> str:
    """``04 đại biểu``."""
    return f"{count_in_document(count)} đại biểu"


def clock(at: datetime) -> str:
    """``8 giờ 02``."""
    return time_vi(time(at.hour, at.minute))


def moment(at: datetime) -> str:
    """``8 giờ 02 ngày 12 tháng 12 năm 2023``."""
    return f"{clock(at)} {date_in_document(at.date())}"


def lowered(words: str) -> str:
    """The first letter small, the rest as it is."""
    return words[:1].lower() + words[1:]


def closed(words: str) -> str:
    """The sentence with one full stop at its end."""
    return f"{words.rstrip(' .;,')}."


# --- I. when, where, who --------------------------------------------------------------------------


def _opening(facts: SessionFacts) -> Iterator[Generated]:
    opened = facts.sittings[0].opened_at if facts.sittings else None
    when = f"khai mạc lúc {moment(opened)}" if opened else f"khai mạc lúc {DOTS}"
    yield Generated(
        "opening.session", "opening",
        f"{session_name(facts)} ({facts.kind}) {when}, tại {facts.place}.",
        sources=(facts.source,),
    )  # fmt: skip
    for key, title, lines in (
        ("presiding", "Chủ tọa kỳ họp", facts.presiding),
        ("secretaries", "Thư ký kỳ họp", facts.secretaries),
    ):
        said = "; ".join(lines) if lines else DOTS
        yield Generated(
            f"opening.{key}", "opening", closed(f"{title}: {said}"), sources=(facts.source,)
        )
    for sitting in facts.sittings:
        yield _sitting(sitting)


def _sitting(sitting: SittingFact) -> Generated:
    began = clock(sitting.opened_at)
    ended = f" đến {clock(sitting.closed_at)}" if sitting.closed_at else ""
    name = f"{sitting.part[:1].upper()}{sitting.part[1:]} {date_in_document(sitting.held_on)}"
    there = (
        f"{name}, từ {began}{ended}: tổng số {people(sitting.total)} Hội đồng nhân dân, có mặt "
        f"{people(sitting.attended)} (lúc mở phiên {people(sitting.present_at_opening)})."
    )
    said = [there, *_absent(sitting), *_late(sitting)]
    label = f"Điểm danh {lowered(name)}"
    return Generated(
        f"sitting.{sitting.pk}", "opening", " ".join(said),
        sources=(Source("attendance", sitting.pk, label),),
    )  # fmt: skip


def _absent(sitting: SittingFact) -> Iterator[str]:
    missing = len(sitting.excused) + len(sitting.unexcused)
    if not missing:
        yield "Không có đại biểu vắng mặt."
        return
    parts = []
    for names, kind in ((sitting.excused, "có lý do"), (sitting.unexcused, "không có lý do")):
        if names:
            listed = f" ({', '.join(names)})" if len(names) <= NAMES_MAX else ""
            parts.append(f"{kind} {people(len(names))}{listed}")
    yield f"Vắng mặt {people(missing)}: {'; '.join(parts)}."


def _late(sitting: SittingFact) -> Iterator[str]:
    if sitting.late:
        names = ", ".join(f"{name} ({clock(at)})" for name, at in sitting.late[:NAMES_MAX])
        yield f"Đến sau giờ mở phiên {people(len(sitting.late))}: {names}."


# --- II. what was done ----------------------------------------------------------------------------


def _course(facts: SessionFacts) -> Iterator[Generated]:
    adopted = facts.vote(facts.agenda_vote)
    if adopted:
        yield _vote(adopted, "Hội đồng nhân dân biểu quyết thông qua chương trình kỳ họp")
    elsewhere = _told_elsewhere(facts)
    listed = {item.pk for item in facts.items if not item.is_dropped}
    for item in facts.items:
        yield from _item(item)
        if item.pk in listed:
            yield from _decided(facts, {item.pk}, elsewhere)
    rest = {vote.item for vote in facts.votes} | {poll.item for poll in facts.polls}
    yield from _decided(facts, rest - listed, elsewhere)


def _decided(
    facts: SessionFacts, items: set[int | None] | set[int], elsewhere: frozenset[int]
) -> Iterator[Generated]:
    """Open votes, then secret polls, that belong to these items."""
    for vote in facts.votes:
        if vote.item in items and vote.pk not in elsewhere:
            yield _vote(vote)
    for poll in facts.polls:
        if poll.item in items:
            yield from _poll(facts, poll)


def _told_elsewhere(facts: SessionFacts) -> frozenset[int]:
    """Votes that stand with the agenda, with their poll or with their resolution."""
    found = {facts.agenda_vote}
    for poll in facts.polls:
        found |= {poll.list_vote, poll.committee_vote}
    found |= {one.vote.pk for one in facts.resolutions if one.vote}
    return frozenset(pk for pk in found if pk is not None)


def _item(item: ItemFact) -> Iterator[Generated]:
    source = Source("agenda", item.pk, f"Chương trình: {item.title}")
    if item.is_dropped:
        words = closed(f"Nội dung “{item.title}” được rút khỏi chương trình")
        yield Generated(f"item.{item.pk}.dropped", "course", words, sources=(source,))
        return
    presenter = f" ({item.presenter})" if item.presenter and not item.papers else ""
    title = f"{item.label}. {item.title}{presenter}"
    style = Style.TEXT if "." in item.label else Style.HEADING
    yield Generated(f"item.{item.pk}", "course", title, style, (source,))
    if item.papers:
        papers = (Source("paper", one.pk, paper_name(one)) for one in item.papers)
        words = _presented(item)
        yield Generated(f"item.{item.pk}.papers", "course", words, sources=(source, *papers))


def _presented(item: ItemFact) -> str:
    listed = "; ".join(_paper(paper) for paper in item.papers)
    if item.presenter:
        return closed(f"{item.presenter} trình bày: {listed}")
    return closed(f"Hội đồng nhân dân xem xét: {listed}")


def paper_name(paper: PaperFact) -> str:
    """``Tờ trình số 12/TTr-UBND``."""
    return f"{paper.kind} số {paper.number}" if paper.number else paper.kind


def _paper(paper: PaperFact) -> str:
    dated = f" {date_in_document(paper.issued_on)}" if paper.issued_on else ""
    issuer = f" của {paper.issuer}" if paper.issuer else ""
    return f"{paper_name(paper)}{dated}{issuer}: {paper.title.rstrip('.')}"


def _vote(vote: VoteFact, opening: str = "") -> Generated:
    opening = opening or f"Hội đồng nhân dân biểu quyết {lowered(vote.subject.rstrip('.'))}"
    return Generated(
        f"vote.{vote.pk}", "course", f"{opening}: {vote_result(vote)}",
        sources=(Source("vote", vote.pk, f"Biểu quyết: {vote.subject}"),),
    )  # fmt: skip


def vote_result(vote: VoteFact) -> str:
    """``có mặt 34 đại biểu; tán thành 34/35 đại biểu, bằng 97,14% tổng số đại biểu; …``."""
    share = percent_vi(shares.percentage(vote.in_favour, vote.total))
    ends = "được thông qua" if vote.passed else "không được thông qua"
    return (
        f"có mặt {people(vote.present)}; tán thành {vote.in_favour}/{vote.total} đại biểu, bằng "
        f"{share} tổng số đại biểu; không tán thành {people(vote.against)}; không biểu quyết "
        f"{people(vote.not_voting)}. Kết quả: {ends}."
    )


def _poll(facts: SessionFacts, poll: PollFact) -> Iterator[Generated]:
    sources = (Source("poll", poll.pk, f"Kết quả {poll.subject}"),)
    listed, elected = facts.vote(poll.list_vote), facts.vote(poll.committee_vote)
    if listed:
        yield _vote(listed)
    if elected:
        yield _vote(elected)
    if poll.committee:
        names = "; ".join(f"{name}, {lowered(post)}" for name, post in poll.committee)
        count = count_in_document(len(poll.committee))
        yield Generated(
            f"poll.{poll.pk}.committee", "course",
            f"Ban kiểm phiếu gồm {count} thành viên: {names}.", sources=sources,
        )  # fmt: skip
    counts = (
        f"số phiếu phát ra {count_in_document(poll.issued)}, thu về "
        f"{count_in_document(poll.returned)}, hợp lệ {count_in_document(poll.valid)}, không hợp lệ "
        f"{count_in_document(poll.invalid)}"
    )
    yield Generated(
        f"poll.{poll.pk}", "course",
        f"Hội đồng nhân dân {poll.subject} bằng hình thức bỏ phiếu kín: tổng số "
        f"{people(poll.total)}, có mặt {people(poll.present)}; {counts}. Tỷ lệ dưới đây tính trên "
        f"{poll.base_words} ({count_in_document(poll.base_value)}).",
        sources=sources,
    )  # fmt: skip
    yield Generated(
        f"poll.{poll.pk}.lines", "course", "\n".join(_lines(poll.lines)), sources=sources
    )
    if poll.is_annulled:
        day = date_in_document(poll.annulled_on) if poll.annulled_on else DOTS
        words = closed(f"Kết quả này bị hủy {day}: {lowered(poll.annulled_reason)}")
        yield Generated(f"poll.{poll.pk}.annulled", "course", words, sources=sources)


def _lines(lines: Sequence[LineFact]) -> Iterator[str]:
    for line in lines:
        votes = "; ".join(
            f"{lowered(option)} {count_in_document(count)} phiếu"
            + (f" ({percent_vi(share)})" if share is not None else "")
            for option, count, share in line.votes
        )
        void = (
            f"; không tính cho riêng người này {count_in_document(line.void)} phiếu"
            if line.void else ""
        )  # fmt: skip
        name = f"{line.name[:1].upper()}{line.name[1:]}"
        post = f", {line.post}" if line.post else ""
        ends = f" {line.consequence}" if line.consequence and line.verdict != "kept" else ""
        yield f"- {name}{post}: {votes}{void}.{ends}"


# --- III. resolutions, IV. the end ----------------------------------------------------------------


def _resolutions(facts: SessionFacts) -> Iterator[Generated]:
    if not facts.resolutions:
        words = "Kỳ họp không thông qua nghị quyết nào."
        yield Generated("resolutions.none", "resolutions", words, sources=(facts.source,))
        return
    count = count_in_document(len(facts.resolutions))
    yield Generated(
        "resolutions.count", "resolutions",
        f"Tại kỳ họp, Hội đồng nhân dân đã biểu quyết thông qua {count} nghị quyết:",
        sources=(facts.source,),
    )  # fmt: skip
    for resolution in facts.resolutions:
        yield _resolution(resolution)


def _resolution(one: ResolutionFact) -> Generated:
    vote = f": {vote_result(one.vote)}" if one.vote else "."
    name = resolution_name(one)
    return Generated(
        f"resolution.{one.pk}", "resolutions", f"- {name}{vote}",
        sources=(Source("resolution", one.pk, name),),
    )  # fmt: skip


def resolution_name(one: ResolutionFact) -> str:
    """``Nghị quyết số 12/NQ-HĐND về nhiệm vụ …``; dots before it has a number."""
    return f"Nghị quyết số {one.symbol or '…/NQ-HĐND'} {lowered(one.title.rstrip('.'))}"


def _closing(facts: SessionFacts) -> Iterator[Generated]:
    when = moment(facts.closed_at) if facts.closed_at else DOTS
    yield Generated(
        "closing.session", "closing", f"Kỳ họp bế mạc lúc {when}.", sources=(facts.source,)
    )
    yield Generated(
        "closing.read", "closing",
        "Biên bản được lập theo diễn biến của kỳ họp, có chữ ký của thư ký và chủ tọa kỳ họp.",
        sources=(facts.source,),
    )  # fmt: skip

"""Draft texts that write themselves: confirming an election, a confidence vote, anything else.

What is built here is a draft for people to read, never a finished act. Citations are only those of
the law in force on the day of the session.

Source: order and wording of a confidence vote's resolution: that of Thanh Hóa, 12 December 2023
[text]; that of an election: assembled from real resolutions [memory].
"""

from datetime import date
from typing import Final

from council.rules import figures, shares, text
from council.rules.refusals import Refusal, gettext_noop
from resolutions.rules import bases
from resolutions.rules.facts import (
    ConfidenceBlock,
    ConfidenceFacts,
    ConfidenceLine,
    ElectedPerson,
    ElectionFacts,
    GeneralFacts,
    PaperRef,
    PaperTotals,
    SessionFacts,
)
from resolutions.rules.layout import ArticleText, DraftText

__all__ = [
    "ConfidenceBlock",
    "ConfidenceFacts",
    "ConfidenceLine",
    "ElectedPerson",
    "ElectionFacts",
    "GeneralFacts",
    "PaperRef",
    "PaperTotals",
    "SessionFacts",
    "confirming_confidence_vote",
    "confirming_election",
    "general",
]

_FILES: Final = "Lưu: VT"


def confirming_election(session: SessionFacts, facts: ElectionFacts) -> DraftText:
    """Skeleton A: the resolution that confirms the result of an election.

    Raises:
        Refusal: ``skeleton.nobody_elected``; ``skeleton.no_law``.
    """
    if not facts.elected or facts.total_delegates < 1:
        raise Refusal(
            "skeleton.nobody_elected",
            gettext_noop("Chưa có ai trúng cử nên chưa lập được nghị quyết xác nhận kết quả bầu."),
        )
    verb = "bầu bổ sung" if facts.is_supplementary else "bầu"
    what = f"kết quả {verb} chức vụ {facts.office}"
    articles = [_result_of_election(session, facts, what)]
    if facts.approver:
        articles.append(_sending_up(facts))
    articles.append(_execution(session, _people_in_charge(session, facts)))
    return DraftText(
        title=f"Về việc xác nhận {what}, nhiệm kỳ {session.term_years}",
        bases=bases.punctuated(
            [
                *bases.organisation(session.adopted_on),
                *bases.election(
                    session.adopted_on, of_peoples_committee=facts.is_of_peoples_committee
                ),
                *([f"Xét {facts.nomination}"] if facts.nomination else []),
                _minutes(facts.counting_minutes_on, what),
            ]
        ),
        articles=tuple(articles),
        closing=session.closing,
        recipients=_recipients(session, facts.approver),
    )


def _minutes(held_on: date, what: str) -> str:
    return f"Căn cứ Biên bản kiểm phiếu {figures.date_in_document(held_on)} về {what}"


def _result_of_election(session: SessionFacts, facts: ElectionFacts, what: str) -> ArticleText:
    opening = f"Xác nhận {what}, nhiệm kỳ {session.term_years}"
    results = [
        f"{person.named}, với {_ballots(person.votes_for)} đồng ý trên tổng số "
        f"{figures.count_in_document(facts.total_delegates)} đại biểu, bằng "
        f"{_percent(person.votes_for, facts.total_delegates)} tổng số đại biểu Hội đồng nhân dân"
        for person in facts.elected
    ]
    if len(results) == 1:
        return _article(f"{opening} đối với {results[0]}.")
    listed = tuple(
        f"{number}. {_capitalised(result)}." for number, result in enumerate(results, start=1)
    )
    return _article(f"{opening}, đối với các ông, bà sau đây:", *listed)


def _sending_up(facts: ElectionFacts) -> ArticleText:
    cited = f" tại {facts.send_article}" if facts.send_article else ""
    return _article(
        f"Giao Thường trực Hội đồng nhân dân gửi kết quả bầu đến {facts.approver} "
        f"để phê chuẩn theo quy định{cited}.",
    )


def _people_in_charge(session: SessionFacts, facts: ElectionFacts) -> str:
    people = [f"{person.honorific} {person.full_name}" for person in facts.elected]
    bodies = ["Thường trực Hội đồng nhân dân", f"Ủy ban nhân dân {session.unit}", *people]
    return f"{', '.join(bodies[:-1])} và {bodies[-1]}"


def _execution(
    session: SessionFacts, in_charge: str, effective_on: date | None = None
) -> ArticleText:
    who = in_charge or f"Thường trực Hội đồng nhân dân và Ủy ban nhân dân {session.unit}"
    since = figures.date_in_document(effective_on) if effective_on else ""
    effect = f"từ {since}" if since else "kể từ ngày thông qua"
    return _article(
        f"Nghị quyết này có hiệu lực {effect}. {who} chịu trách nhiệm thi hành Nghị quyết này."
    )


def confirming_confidence_vote(session: SessionFacts, facts: ConfidenceFacts) -> DraftText:
    """Skeleton B: the resolution that confirms the result of a confidence vote.

    Raises:
        Refusal: ``skeleton.nobody_voted_on``; ``skeleton.no_law``.
    """
    if not facts.persons or facts.base_value < 1:
        raise Refusal(
            "skeleton.nobody_voted_on",
            gettext_noop(
                "Chưa có kết quả của người nào nên chưa lập được nghị quyết xác nhận kết quả "
                "lấy phiếu tín nhiệm."
            ),
        )
    holders = f"người giữ chức vụ do {session.council}"
    term = text.roman(session.term_number)
    what = f"kết quả lấy phiếu tín nhiệm đối với {holders} bầu"
    return DraftText(
        title=(
            f"Xác nhận kết quả lấy phiếu tín nhiệm đối với {holders} khóa {term}, "
            f"nhiệm kỳ {session.term_years} bầu"
        ),
        bases=bases.punctuated(
            [
                *bases.organisation(session.adopted_on),
                *bases.confidence_vote(session.adopted_on),
                _minutes(facts.counting_minutes_on, what),
            ]
        ),
        articles=(
            _conduct(session, facts),
            _article("Xác nhận kết quả lấy phiếu tín nhiệm như sau:", *_results(facts)),
            _announcing(session),
        ),
        closing=session.closing,
        recipients=_recipients(session),
    )


def _conduct(session: SessionFacts, facts: ConfidenceFacts) -> ArticleText:
    number = text.roman(session.session_number)
    return _article(
        f"Kỳ họp thứ {number} {session.council} đã tiến hành lấy phiếu tín nhiệm đối với "
        f"{figures.count_in_document(facts.persons)} người giữ chức vụ do Hội đồng nhân dân "
        "bầu bảo đảm nghiêm túc, đúng nội dung, quy trình, thủ tục theo quy định của "
        "pháp luật.",
    )


def _results(facts: ConfidenceFacts) -> tuple[str, ...]:
    whole = PaperTotals(facts.issued, facts.returned, facts.valid, facts.invalid, facts.base_value)
    is_split = any(block.papers for block in facts.blocks)
    paragraphs = [] if is_split else [_totals(whole)]
    for place, block in enumerate(facts.blocks, start=1):
        paragraphs.append(f"{text.roman(place)}. {block.name.upper()}")
        papers = block.papers or whole
        if is_split:
            paragraphs.append(_totals(papers))
        for number, line in enumerate(block.lines, start=1):
            paragraphs.extend(_person(number, line, facts.base.words, papers.base_value))
    return tuple(paragraphs)


def _totals(papers: PaperTotals) -> str:
    return (
        f"Tổng số phiếu phát ra: {_ballots(papers.issued)}; thu về: {_ballots(papers.returned)}; "
        f"hợp lệ: {_ballots(papers.valid)}; không hợp lệ: {_ballots(papers.invalid)}."
    )


def _person(number: int, line: ConfidenceLine, base: str, base_value: int) -> list[str]:
    levels = (("cao", line.high), ("", line.confidence), ("thấp", line.low))
    return [
        f"{number}. {_capitalised(line.honorific)} {line.full_name}, {line.post}",
        *(
            f"- Số phiếu {' '.join(('tín nhiệm', level)).strip()}: {_ballots(votes)} "
            f"(chiếm {_percent(votes, base_value)} {base})."
            for level, votes in levels
        ),
    ]


def _announcing(session: SessionFacts) -> ArticleText:
    return _article(
        "Giao Thường trực Hội đồng nhân dân công bố kết quả lấy phiếu tín nhiệm và tổ chức "
        "thực hiện Nghị quyết này theo quy định của pháp luật.",
        f"Nghị quyết này có hiệu lực kể từ ngày thông qua. Thường trực Hội đồng nhân dân, "
        f"Ủy ban nhân dân {session.unit} và những người có tên tại Điều 2 chịu trách nhiệm "
        "thi hành Nghị quyết này.",
    )


def general(session: SessionFacts, facts: GeneralFacts) -> DraftText:
    """Skeleton C: the frame of any other resolution of the session.

    Raises:
        Refusal: ``skeleton.no_title``, ``skeleton.no_law``.
    """
    if not facts.title.strip():
        raise Refusal(
            "skeleton.no_title", gettext_noop("Hãy ghi trích yếu của nghị quyết."), field="title"
        )
    considered = [str(paper) for paper in facts.papers]
    considered.append("ý kiến thảo luận của đại biểu Hội đồng nhân dân tại kỳ họp")
    return DraftText(
        title=facts.title.strip(),
        bases=bases.punctuated(
            [
                *bases.organisation(session.adopted_on),
                *facts.other_bases,
                f"Xét {'; '.join(considered)}",
            ]
        ),
        articles=(
            *(_article(*paragraphs) for paragraphs in facts.articles),
            _execution(session, facts.in_charge, facts.effective_on),
        ),
        closing=session.closing,
        recipients=_recipients(session),
    )


def _recipients(session: SessionFacts, approver: str = "") -> tuple[str, ...]:
    return (
        *((approver,) if approver else ()),
        f"Thường trực Hội đồng nhân dân {session.unit}",
        f"Ủy ban nhân dân {session.unit}",
        f"Ủy ban Mặt trận Tổ quốc Việt Nam {session.unit}",
        f"Các đại biểu {session.council}",
        _FILES,
    )


def _article(*paragraphs: str) -> ArticleText:
    return ArticleText("", paragraphs)


def _ballots(count: int) -> str:
    return f"{figures.count_in_document(count)} phiếu"


def _percent(votes: int, base: int) -> str:
    return shares.percent_vi(shares.percentage(votes, base))


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]

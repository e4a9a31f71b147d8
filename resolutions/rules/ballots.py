"""Drafts that confirm any other secret ballot: no confidence, dismissal, resignation, removal.

Also of elections that nobody won. Bases are only those of `resolutions.rules.bases`, by the day of
the poll. Source: practice, no skeleton read; the order is that of law.md 5.5 and 5.6.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from council.rules import figures, shares
from council.rules.majorities import Base
from council.rules.refusals import Refusal, gettext_noop
from resolutions.rules import bases
from resolutions.rules.facts import PaperRef, SessionFacts
from resolutions.rules.layout import ArticleText, DraftText

_FILES: Final = "Lưu: VT"


@dataclass(frozen=True, slots=True)
class VoteLine:
    """One person's row.

    Attributes:
        named: "ông Nguyễn Văn Mẫu, Phó Chủ tịch Ủy ban nhân dân".
        votes: option's label and ballots, in the order of the paper.
        heading: the post for which the person stood, empty where the paper has one.
    """

    named: str
    votes: tuple[tuple[str, int], ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class VoteFacts:
    """What the resolution confirming a secret ballot says; papers are numbers of ballots.

    Attributes:
        what: following "kết quả": "bỏ phiếu tín nhiệm đối với người giữ chức vụ do …".
        lines: at least one.
        issued, returned, valid, invalid: of the whole poll.
        base: what the percentages are of. `base_value`: its number, ≥ 1.
        counting_minutes_on: date of the ballot committee's minutes.
        decisions: what the council decided thereby, sentences without a stop.
        other_bases: legal bases beside the law of organisation, without sign at the end.
        papers: submissions and requests on which the council voted, in their order.
        approver: body that approves; empty where none does. `send_article`: the deadline's article.
        people: "ông Nguyễn Văn Mẫu", who carry the resolution out beside the bodies.
    """

    what: str
    lines: tuple[VoteLine, ...]
    issued: int
    returned: int
    valid: int
    invalid: int
    base: Base
    base_value: int
    counting_minutes_on: date
    decisions: tuple[str, ...] = ()
    other_bases: tuple[str, ...] = ()
    papers: tuple[PaperRef, ...] = ()
    approver: str = ""
    send_article: str = ""
    people: tuple[str, ...] = ()


def confirming_ballot(session: SessionFacts, facts: VoteFacts) -> DraftText:
    """The result with every figure, what the council decided by it, who carries it out.

    Raises:
        Refusal: ``skeleton.nobody_voted_on``; ``skeleton.no_law``.
    """
    if not facts.lines or facts.base_value < 1:
        raise Refusal(
            "skeleton.nobody_voted_on",
            gettext_noop("Chưa có kết quả của người nào nên chưa lập được nghị quyết xác nhận."),
        )
    what = f"kết quả {facts.what}"
    minutes = figures.date_in_document(facts.counting_minutes_on)
    articles = [_result(what, facts), *_decisions(facts.decisions)]
    if facts.approver:
        articles.append(_sending_up(facts))
    articles.append(_execution(session, facts.people))
    return DraftText(
        title=f"Về việc xác nhận {what}",
        bases=bases.punctuated(
            [
                *bases.organisation(session.adopted_on),
                *facts.other_bases,
                *(f"Xét {paper}" for paper in facts.papers),
                f"Căn cứ Biên bản kiểm phiếu {minutes} về {what}",
            ]
        ),
        articles=tuple(articles),
        closing=session.closing,
        recipients=_recipients(session, facts.approver),
    )


def _result(what: str, facts: VoteFacts) -> ArticleText:
    totals = (
        f"Tổng số phiếu phát ra: {_ballots(facts.issued)}; thu về: {_ballots(facts.returned)}; "
        f"hợp lệ: {_ballots(facts.valid)}; không hợp lệ: {_ballots(facts.invalid)}."
    )
    said = [f"Xác nhận {what} như sau:", totals]
    heading, number = "", 0
    for line in facts.lines:
        if line.heading != heading:
            heading, number = line.heading, 0
            said.append(f"Chức vụ {heading}:")
        number += 1
        said.append(f"{number}. {_capitalised(line.named)}")
        said += [
            f"- {label}: {_ballots(votes)} (chiếm {_percent(votes, facts)} {facts.base.words})."
            for label, votes in line.votes
        ]
    return ArticleText("", tuple(said))


def _decisions(decisions: tuple[str, ...]) -> list[ArticleText]:
    if not decisions:
        return []
    if len(decisions) == 1:
        return [ArticleText("", (f"{decisions[0]}.",))]
    listed = (f"{number}. {said}." for number, said in enumerate(decisions, start=1))
    return [ArticleText("", ("Hội đồng nhân dân quyết nghị:", *listed))]


def _sending_up(facts: VoteFacts) -> ArticleText:
    cited = f" tại {facts.send_article}" if facts.send_article else ""
    said = (
        f"Giao Thường trực Hội đồng nhân dân gửi kết quả đến {facts.approver} để phê chuẩn theo "
        f"quy định{cited}."
    )
    return ArticleText("", (said,))


def _execution(session: SessionFacts, people: tuple[str, ...]) -> ArticleText:
    bodies = ["Thường trực Hội đồng nhân dân", f"Ủy ban nhân dân {session.unit}", *people]
    said = (
        f"Nghị quyết này có hiệu lực kể từ ngày thông qua. {', '.join(bodies[:-1])} và "
        f"{bodies[-1]} chịu trách nhiệm thi hành Nghị quyết này."
    )
    return ArticleText("", (said,))


def _recipients(session: SessionFacts, approver: str) -> tuple[str, ...]:
    return (
        *((approver,) if approver else ()),
        f"Thường trực Hội đồng nhân dân {session.unit}",
        f"Ủy ban nhân dân {session.unit}",
        f"Ủy ban Mặt trận Tổ quốc Việt Nam {session.unit}",
        f"Các đại biểu {session.council}",
        _FILES,
    )


def _ballots(count: int) -> str:
    return f"{figures.count_in_document(count)} phiếu"


def _percent(votes: int, facts: VoteFacts) -> str:
    return shares.percent_vi(shares.percentage(votes, facts.base_value))


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]

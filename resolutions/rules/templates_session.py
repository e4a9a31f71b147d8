"""Drafts of the usual resolutions of a session, filled from its facts.

What is built here is for people to read and finish: figures that the session's data do not give are
"…", and a basis whose number the collection of the law does not hold says in square brackets that
it has to be looked up. The page of the resolution lists both until they are filled in.

Source: frame of law.md 5.5 and practice.md 2.3 to 2.5; wording of the decisions: practice, no
article.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from council.rules.refusals import gettext_noop
from resolutions.rules import skeletons
from resolutions.rules.document import Column, Node, NodeKind, Table
from resolutions.rules.facts import GeneralFacts, PaperRef, SessionFacts
from resolutions.rules.layout import ArticleText, DraftText

LOOK_UP: Final = "[thư ký tra số và ngày của văn bản đang có hiệu lực]"
BLANK: Final = "…"
_LAW_121: Final = date(2026, 3, 1)


class TemplateKind(StrEnum):
    """The usual resolutions that no poll stands behind."""

    GENERAL = "general"
    YEAR_PLAN = "year_plan"
    BUDGET = "budget"
    INVESTMENT = "investment"
    SUPERVISION = "supervision"
    SESSION = "session"


CHOICES: Final[tuple[tuple[str, str], ...]] = (
    (TemplateKind.GENERAL, gettext_noop("Khung chung: căn cứ, Điều 1, điều khoản thi hành.")),
    (
        TemplateKind.YEAR_PLAN,
        gettext_noop(
            "Kế hoạch kinh tế – xã hội năm: mục tiêu, nhiệm vụ và bảng chỉ tiêu của kỳ họp."
        ),
    ),
    (
        TemplateKind.BUDGET,
        gettext_noop("Dự toán ngân sách năm: thu, chi, nguyên tắc điều hành và biểu kèm theo."),
    ),
    (
        TemplateKind.INVESTMENT,
        gettext_noop("Kế hoạch đầu tư công năm: tổng vốn, nguyên tắc phân bổ, danh mục dự án."),
    ),
    (
        TemplateKind.SUPERVISION,
        gettext_noop("Chương trình giám sát năm: nội dung, thời gian, cơ quan chủ trì."),
    ),
    (
        TemplateKind.SESSION,
        gettext_noop("Nghị quyết kỳ họp: những việc kỳ họp đã xem xét và giao thực hiện."),
    ),
)
"""Each with one sentence that says what it brings."""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row of the session's indicators, in words: name, unit, what was reached."""

    name: str
    unit: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """What a template is filled from.

    Attributes:
        title: abstract that the clerk typed; empty for the template's own.
        year: to which the plan, budget or programme belongs.
        papers: cited in "Xét …", in order.
        decisions: paragraphs of the first article that the clerk typed.
        indicators: of the session.
        considered: titles of the papers and items that the session dealt with.
    """

    title: str = ""
    year: int = 0
    papers: tuple[PaperRef, ...] = ()
    decisions: tuple[str, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    considered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft and its annexes."""

    draft: DraftText
    annexes: tuple[Node, ...] = ()


def drafted(kind: TemplateKind, session: SessionFacts, facts: TemplateFacts) -> Drafted:
    """The draft of this kind.

    Raises:
        Refusal: ``skeleton.no_title``, ``skeleton.no_law``.
    """
    return _TEMPLATES[kind](session, facts)


def general(session: SessionFacts, facts: TemplateFacts) -> Drafted:
    """The frame alone."""
    articles = (ArticleText("", facts.decisions),) if facts.decisions else ()
    return Drafted(_framed(session, facts, facts.title, articles))


def year_plan(session: SessionFacts, facts: TemplateFacts) -> Drafted:
    """Socio-economic plan of a year; the session's indicators become the annex."""
    year = facts.year
    title = f"Về nhiệm vụ phát triển kinh tế - xã hội năm {year}"
    annexed = " tại Phụ lục kèm theo Nghị quyết này." if facts.indicators else f": {BLANK}"
    articles = (
        ArticleText(
            f"Mục tiêu và chỉ tiêu năm {year}",
            (f"1. Mục tiêu tổng quát: {BLANK}", f"2. Các chỉ tiêu chủ yếu{annexed}"),
        ),
        ArticleText(
            "Nhiệm vụ, giải pháp chủ yếu",
            (
                f"1. Về kinh tế, tài chính, ngân sách: {BLANK}",
                f"2. Về quy hoạch, xây dựng, đất đai, môi trường: {BLANK}",
                f"3. Về văn hóa, xã hội, an sinh: {BLANK}",
                f"4. Về quốc phòng, an ninh, trật tự, an toàn xã hội: {BLANK}",
                f"5. Về cải cách hành chính, chuyển đổi số: {BLANK}",
            ),
        ),
        _given_to(session),
    )
    annex = _annex(
        f"CÁC CHỈ TIÊU KINH TẾ - XÃ HỘI CHỦ YẾU NĂM {year}",
        ("STT", "Chỉ tiêu", "Đơn vị tính", f"Ước thực hiện năm {year - 1}", f"Kế hoạch năm {year}"),
        [
            (str(place), row.name, row.unit, row.result or BLANK, BLANK)
            for place, row in enumerate(facts.indicators, start=1)
        ],
    )
    draft = _framed(session, facts, title, articles)
    return Drafted(draft, (annex,) if facts.indicators else ())


def budget(session: SessionFacts, facts: TemplateFacts) -> Drafted:
    """Budget estimate of a year and its allocation."""
    year = facts.year
    articles = (
        ArticleText(
            f"Dự toán ngân sách năm {year}",
            (
                f"1. Tổng thu ngân sách nhà nước trên địa bàn: {BLANK} triệu đồng.",
                f"2. Tổng thu ngân sách địa phương: {BLANK} triệu đồng.",
                f"3. Tổng chi ngân sách địa phương: {BLANK} triệu đồng, gồm:",
                f"a) Chi đầu tư phát triển: {BLANK} triệu đồng;",
                f"b) Chi thường xuyên: {BLANK} triệu đồng;",
                f"c) Dự phòng ngân sách: {BLANK} triệu đồng.",
                "Chi tiết tại Phụ lục kèm theo Nghị quyết này.",
            ),
        ),
        ArticleText(
            "Nguyên tắc điều hành",
            (
                "1. Thu đúng, thu đủ, thu kịp thời; chi trong dự toán được giao.",
                (
                    "2. Bảo đảm chế độ, chính sách đối với con người, an sinh xã hội, quốc phòng, "
                    "an ninh."
                ),
                f"3. {BLANK}",
            ),
        ),
        _given_to(session),
    )
    title = f"Về dự toán ngân sách nhà nước và phân bổ ngân sách địa phương năm {year}"
    annex = _annex(
        f"DỰ TOÁN THU, CHI NGÂN SÁCH NĂM {year}",
        ("STT", "Nội dung", f"Ước thực hiện năm {year - 1}", f"Dự toán năm {year}"),
        [(str(place), name, BLANK, BLANK) for place, name in enumerate(_BUDGET_LINES, start=1)],
    )
    draft = _framed(session, facts, title, articles, f"Căn cứ Luật Ngân sách nhà nước {LOOK_UP}")
    return Drafted(draft, (annex,))


_BUDGET_LINES: Final = (
    "Thu ngân sách nhà nước trên địa bàn", "Thu ngân sách địa phương được hưởng",
    "Chi đầu tư phát triển", "Chi thường xuyên", "Dự phòng ngân sách",
)  # fmt: skip


def investment(session: SessionFacts, facts: TemplateFacts) -> Drafted:
    """Public investment plan of a year."""
    year = facts.year
    articles = (
        ArticleText(
            f"Kế hoạch đầu tư công năm {year}",
            (
                f"1. Tổng vốn đầu tư công năm {year}: {BLANK} triệu đồng.",
                f"2. Nguyên tắc, thứ tự ưu tiên phân bổ vốn: {BLANK}",
                "3. Danh mục dự án và mức vốn bố trí tại Phụ lục kèm theo Nghị quyết này.",
            ),
        ),
        _given_to(session),
    )
    annex = _annex(
        f"DANH MỤC DỰ ÁN VÀ MỨC VỐN ĐẦU TƯ CÔNG NĂM {year}",
        ("STT", "Tên dự án", "Chủ đầu tư", "Tổng mức đầu tư", f"Vốn năm {year}", "Ghi chú"),
        [("1", BLANK, BLANK, BLANK, BLANK, "")],
    )
    draft = _framed(
        session, facts, f"Về kế hoạch đầu tư công năm {year}", articles,
        f"Căn cứ Luật Đầu tư công {LOOK_UP}",
    )  # fmt: skip
    return Drafted(draft, (annex,))


def supervision(session: SessionFacts, facts: TemplateFacts) -> Drafted:
    """The council's supervision programme of a year."""
    year = facts.year
    law = "Căn cứ Luật Hoạt động giám sát của Quốc hội và Hội đồng nhân dân"
    number = "số 121/2025/QH15" if session.adopted_on >= _LAW_121 else LOOK_UP
    articles = (
        ArticleText(
            "",
            (
                f"Hội đồng nhân dân {session.unit} thông qua Chương trình giám sát năm {year}:",
                (
                    "1. Giám sát tại các kỳ họp: xem xét báo cáo, chất vấn và trả lời chất vấn, "
                    "xem xét việc giải quyết kiến nghị của cử tri."
                ),
                f"2. Giám sát chuyên đề: {BLANK}",
                f"3. Giám sát của Thường trực, các Ban và các Tổ đại biểu: {BLANK}",
            ),
        ),
        ArticleText(
            "",
            (
                (
                    "Giao Thường trực Hội đồng nhân dân ban hành kế hoạch, phân công thực hiện và "
                    "báo cáo kết quả tại kỳ họp cuối năm."
                ),
            ),
        ),
    )
    title = f"Về chương trình giám sát của {session.council} năm {year}"
    return Drafted(_framed(session, facts, title, articles, f"{law} {number}"))


def of_session(session: SessionFacts, facts: TemplateFacts) -> Drafted:
    """What the session dealt with, and who carries it on."""
    name = session.session_name.split(", ")[-1]
    listed = tuple(
        f"{place}. {title.rstrip('.;')}." for place, title in enumerate(facts.considered, start=1)
    )
    articles = (
        ArticleText(
            "",
            (
                (
                    f"Hội đồng nhân dân {session.unit} tán thành đánh giá, nhiệm vụ, giải pháp nêu "
                    f"trong các báo cáo, tờ trình tại {name}"
                    f"{', gồm:' if listed else '.'}"
                ),
                *listed,
            ),
        ),
        ArticleText(
            "",
            (
                (
                    "Yêu cầu Ủy ban nhân dân và các cơ quan liên quan thực hiện các nội dung đã "
                    f"cam kết khi trả lời chất vấn và giải quyết kiến nghị của cử tri: {BLANK}"
                ),
            ),
        ),
        _given_to(session),
    )
    return Drafted(_framed(session, facts, f"Về kết quả {name} {session.council}", articles))


_TEMPLATES: Final[Mapping[TemplateKind, Callable[[SessionFacts, TemplateFacts], Drafted]]] = {
    TemplateKind.GENERAL: general, TemplateKind.YEAR_PLAN: year_plan, TemplateKind.BUDGET: budget,
    TemplateKind.INVESTMENT: investment, TemplateKind.SUPERVISION: supervision,
    TemplateKind.SESSION: of_session,
}  # fmt: skip


def _given_to(session: SessionFacts) -> ArticleText:
    return ArticleText(
        "",
        (
            (
                f"Giao Ủy ban nhân dân {session.unit} tổ chức thực hiện Nghị quyết; Thường trực, "
                "các Ban, các Tổ đại biểu và đại biểu Hội đồng nhân dân giám sát việc thực hiện."
            ),
        ),
    )


def _framed(
    session: SessionFacts,
    facts: TemplateFacts,
    title: str,
    articles: Sequence[ArticleText],
    *other_bases: str,
) -> DraftText:
    """The decisions within the frame of every resolution: bases before, entry into force after."""
    frame = skeletons.general(
        session,
        GeneralFacts(
            title=facts.title or title, papers=facts.papers, articles=(), other_bases=other_bases
        ),
    )
    return replace(frame, articles=(*articles, *frame.articles))


def _annex(heading: str, titles: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Node:
    widths = {"Chỉ tiêu": 4, "Nội dung": 4, "Tên dự án": 4, "Chủ đầu tư": 2, "Đơn vị tính": 2}
    columns = tuple(
        Column(title, widths.get(title, 2 if " năm " in title else 1), _align(title))
        for title in titles
    )
    table = Node(NodeKind.TABLE, table=Table(columns, tuple(rows)))
    return Node(NodeKind.ANNEX, heading=heading, children=(table,))


def _align(title: str) -> str:
    if title == "STT":
        return "center"
    return "right" if " năm " in title or title == "Tổng mức đầu tư" else "left"

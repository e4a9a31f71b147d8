"""What a draft resolution is written from: plain facts of a session, an election, a poll."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from council.rules import figures, text
from council.rules.law import Level
from council.rules.majorities import Base

_END_OF_TEXT: Final = "./."


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """The council and session in whose name a resolution speaks.

    Attributes:
        unit: with its kind, in running text: "quận Hà Đông".
        level: of the council.
        term_number: khóa; 20 is written XX.
        term_label: years of the term, "2021-2026".
        session_number: 13 is written XIII.
        adopted_on: the day on which the council adopts the text.
    """

    unit: str
    level: Level
    term_number: int
    term_label: str
    session_number: int
    adopted_on: date

    @property
    def council(self) -> str:
        """The council's full name in running text."""
        return f"Hội đồng nhân dân {self.unit}"

    @property
    def term_years(self) -> str:
        """As official text writes them: ``2021 - 2026``."""
        return " - ".join(part.strip() for part in self.term_label.replace("–", "-").split("-"))

    @property
    def session_name(self) -> str:
        """``khóa XX, kỳ họp thứ XIII``."""
        term, session = text.roman(self.term_number), text.roman(self.session_number)
        return f"khóa {term}, kỳ họp thứ {session}"

    @property
    def closing(self) -> str:
        """The formula that ends every resolution of a council."""
        return (
            f"Nghị quyết này đã được {self.council} {self.session_name} thông qua "
            f"{figures.date_in_document(self.adopted_on)}{_END_OF_TEXT}"
        )


@dataclass(frozen=True, slots=True)
class PaperRef:
    """A paper that a resolution cites.

    Attributes:
        name: "Tờ trình", "Báo cáo thẩm tra".
        number: "197/TTr-UBND"; empty where it has none yet.
        issued_on: None where it is not known.
        issuer: "Chủ tịch Ủy ban nhân dân quận Hà Đông".
        subject: what it is about, following "về"; may be empty.
    """

    name: str
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    subject: str = ""

    def __str__(self) -> str:
        parts = (
            self.name,
            f"số {self.number}" if self.number else "",
            figures.date_in_document(self.issued_on) if self.issued_on else "",
            f"của {self.issuer}" if self.issuer else "",
            f"về {self.subject}" if self.subject else "",
        )
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class ElectedPerson:
    """Someone who was elected: honorific "bà" or "ông", present post, votes for him or her.

    Attributes:
        office: the office, where one paper elected to several; else empty.
    """

    honorific: str
    full_name: str
    present_post: str
    votes_for: int
    office: str = ""

    @property
    def named(self) -> str:
        """``bà Trần Thị Lương An, Trưởng phòng Tài chính quận Hà Đông``."""
        post = f", {self.present_post}" if self.present_post else ""
        office = f", giữ chức vụ {self.office}" if self.office else ""
        return f"{self.honorific} {self.full_name}{post}{office}"


@dataclass(frozen=True, slots=True)
class ElectionFacts:
    """What the resolution confirming an election says.

    Attributes:
        office: with its body and unit: "Phó Chủ tịch Ủy ban nhân dân quận Hà Đông".
        is_of_peoples_committee: decides which decree is cited.
        is_supplementary: "bầu bổ sung" in the course of the term, else "bầu".
        elected: at least one person.
        total_delegates: all delegates that day, the base of the percentage.
        counting_minutes_on: date of the ballot committee's minutes.
        nomination: the nominator's submission; None where it is not in the papers.
        approver: body that approves the result, "Chủ tịch Ủy ban nhân dân thành phố Hà Nội";
            empty where none does.
        send_article: citation of the deadline for sending the result up, may be empty.
    """

    office: str
    is_of_peoples_committee: bool
    is_supplementary: bool
    elected: tuple[ElectedPerson, ...]
    total_delegates: int
    counting_minutes_on: date
    nomination: PaperRef | None = None
    approver: str = ""
    send_article: str = ""


@dataclass(frozen=True, slots=True)
class ConfidenceLine:
    """One person's result: ballots for each level."""

    honorific: str
    full_name: str
    post: str
    high: int
    confidence: int
    low: int


@dataclass(frozen=True, slots=True)
class PaperTotals:
    """Numbers of ballots of one paper, and the base of its percentages (≥ 1)."""

    issued: int
    returned: int
    valid: int
    invalid: int
    base_value: int


@dataclass(frozen=True, slots=True)
class ConfidenceBlock:
    """A block of the ballot paper, "Khối Hội đồng nhân dân"; numbering restarts in each.

    Attributes:
        papers: of the block, where it was voted on a paper of its own.
    """

    name: str
    lines: tuple[ConfidenceLine, ...]
    papers: PaperTotals | None = None


@dataclass(frozen=True, slots=True)
class ConfidenceFacts:
    """What the resolution confirming a confidence vote says; papers are numbers of ballots.

    Attributes:
        blocks: in the order of the ballot paper.
        issued, returned, valid, invalid: of the whole poll.
        base: what the percentages are of; ballots returned since 1 July 2023.
        base_value: its number, ≥ 1.
        counting_minutes_on: date of the ballot committee's minutes.
    """

    blocks: tuple[ConfidenceBlock, ...]
    issued: int
    returned: int
    valid: int
    invalid: int
    base: Base
    base_value: int
    counting_minutes_on: date

    @property
    def persons(self) -> int:
        """How many people were voted on."""
        return sum(len(block.lines) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class GeneralFacts:
    """A resolution on anything else.

    Attributes:
        title: abstract, without the word NGHỊ QUYẾT.
        papers: submission, verification report, response report, in the order to be cited.
        articles: the decisions, each a list of paragraphs; the last article is added.
        other_bases: further legal bases, without sign at the end.
        in_charge: who carries it out, "Ủy ban nhân dân quận Hà Đông".
        effective_on: first day in force; None where it holds from its adoption, as individual
            resolutions do. A normative one needs a later day (`qppl.effect` of the rulebook).
    """

    title: str
    papers: tuple[PaperRef, ...]
    articles: tuple[tuple[str, ...], ...]
    other_bases: tuple[str, ...] = ()
    in_charge: str = ""
    effective_on: date | None = None

"""From a poll's frozen outcome to the facts that a resolution states, and whether it still does.

Everything is read in Vietnamese, whatever language the reader of the page has chosen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import translation

from council.models import Council, Office
from council.rules import figures, shares
from council.rules.law import RULEBOOK, Level
from council.rules.majorities import Base
from elections.models import Outcome, OutcomeLine, Poll, PollEntry, PollKind
from elections.queries import paper_words, posts, split_papers
from resolutions.models import Resolution
from resolutions.queries import texts
from resolutions.rules.skeletons import (
    ConfidenceBlock,
    ConfidenceFacts,
    ConfidenceLine,
    ElectedPerson,
    ElectionFacts,
    PaperRef,
    PaperTotals,
    SessionFacts,
)
from sessions.models import Document, Session, SessionKind

VIETNAMESE = "vi"
ELECTED = "elected"


def session_facts(council_session: Session, adopted_on: date) -> SessionFacts:
    """The council and session in whose name a resolution speaks."""
    term = council_session.term
    with translation.override(VIETNAMESE):
        unit = term.council.unit
    return SessionFacts(
        unit=unit, level=Level(term.council.level), term_number=term.number, term_label=term.label,
        session_number=council_session.number, adopted_on=adopted_on,
    )  # fmt: skip


def paper_ref(document: Document) -> PaperRef:
    """A paper as a resolution cites it."""
    with translation.override(VIETNAMESE):
        name = document.get_kind_display()
    return PaperRef(
        name=name, number=document.number, issued_on=document.issued_on, issuer=document.issuer,
        subject=_subject(document.title, kind=name),
    )  # fmt: skip


def _subject(title: str, *, kind: str) -> str:
    """What follows "về": the paper "Tờ trình về việc bầu" is about "việc bầu"."""
    bare = title.strip()
    if bare.casefold().startswith(kind.casefold()):
        bare = bare[len(kind) :].strip()
    for opening in ("về việc ", "v/v "):
        if bare.casefold().startswith(opening):
            return f"việc {bare[len(opening) :].strip()}"
    if bare.casefold().startswith("về "):
        return bare[3:].strip()
    return f"việc {bare[:1].lower()}{bare[1:]}" if bare else ""


def lines_of(poll: Poll) -> list[OutcomeLine]:
    """The outcome's lines in the order of the ballot paper."""
    return list(
        OutcomeLine.objects.filter(outcome__poll=poll)
        .select_related(
            "entry__person",
            "entry__poll_post__office",
            "tenure",
            "entry__nomination__submission",
            "entry__tenure__office",
            "entry__motion__submission",
            "entry__motion__resignation",
        )
        .order_by("entry__position")
    )


def has_elected(poll: Poll) -> bool:
    """Whether the poll gave anybody an office."""
    return OutcomeLine.objects.filter(outcome__poll=poll, verdict=ELECTED).exists()


def election_facts(poll: Poll) -> ElectionFacts:
    """What the resolution confirming an election says; the minutes bear the day of the poll."""
    council = poll.council_session.term.council
    elected = [line for line in lines_of(poll) if line.verdict == ELECTED]
    offices = _offices_of(poll, elected)
    several = len(posts.posts_of(poll)) > 1
    approver = _named_approvers(council, elected)
    return ElectionFacts(
        office=", ".join(paper_words.office_name(council, office) for office in offices)
        or poll.title,
        is_of_peoples_committee=any(
            office.kind not in paper_words.COUNCIL_OFFICES for office in offices
        ),
        is_supplementary=poll.council_session.kind != SessionKind.ORGANISING,
        elected=tuple(_elected(line, council if several else None) for line in elected),
        total_delegates=poll.total_delegates or 0,
        counting_minutes_on=poll.held_on,
        nomination=_nomination(elected),
        approver=approver,
        send_article=send_article(poll) if approver else "",
    )


def _offices_of(poll: Poll, elected: list[OutcomeLine]) -> list[Office]:
    """The offices to which somebody was elected, each once, in the order of the paper."""
    named = [posts.office_of(poll, line.entry) for line in elected] or [poll.office]
    return list({office.pk: office for office in named if office is not None}.values())


def _named_approvers(council: Council, elected: list[OutcomeLine]) -> str:
    """Who approves the results, by name: "cấp tỉnh" is the council's own parent unit."""
    found = dict.fromkeys(
        line.tenure.approver for line in elected if line.tenure and line.tenure.approver
    )
    return " và ".join(named_approver(council, approver) for approver in found)


def named_approver(council: Council, approver: str) -> str:
    """The body that approves, with the unit's name instead of its level."""
    with translation.override(VIETNAMESE):
        parent = council.parent.unit if council.parent else council.parent_name
    unit = f"{parent[:1].lower()}{parent[1:]}" if parent else "cấp tỉnh"
    return approver.replace("cấp tỉnh", unit)


def _elected(line: OutcomeLine, council: Council | None) -> ElectedPerson:
    """The person elected; with the office where the council is given (several posts)."""
    person = line.entry.person
    office = line.entry.poll_post.office if council and line.entry.poll_post else None
    return ElectedPerson(
        honorific=_honorific(line.entry), full_name=person.full_name,
        present_post=line.entry.post or person.occupation, votes_for=int(line.votes["for"]),
        office=paper_words.office_name(council, office) if council and office else "",
    )  # fmt: skip


def _honorific(entry: PollEntry) -> str:
    with translation.override(VIETNAMESE):
        return entry.person.get_honorific_display()


def _nomination(elected: list[OutcomeLine]) -> PaperRef | None:
    for line in elected:
        nomination = getattr(line.entry, "nomination", None)
        if nomination and nomination.submission:
            return paper_ref(nomination.submission)
    return None


def send_article(poll: Poll) -> str:
    """The article that sets how soon a result is sent up; empty where the rulebook is silent."""
    found = RULEBOOK.find(
        "approve.send", poll.held_on, Level(poll.council_session.term.council.level)
    )
    return found.article if found else ""


def confidence_facts(poll: Poll, outcome: Outcome) -> ConfidenceFacts:
    """What the resolution confirming a confidence vote says; of both papers where it was split."""
    count = outcome.count
    parts = split_papers.parts_of(poll)
    blocks = [block for part in parts for block in _blocks(lines_of(part), _papers_of(part))]
    return ConfidenceFacts(
        blocks=tuple(blocks),
        issued=count.issued or 0, returned=count.returned or 0, valid=count.valid or 0,
        invalid=count.invalid or 0, base=Base(outcome.base), base_value=outcome.base_value,
        counting_minutes_on=poll.held_on,
    )  # fmt: skip


def _papers_of(part: Poll) -> PaperTotals | None:
    """The papers of one block; None where both blocks stood on one paper."""
    if not part.block:
        return None
    count = part.outcome.count
    return PaperTotals(
        issued=count.issued or 0, returned=count.returned or 0, valid=count.valid or 0,
        invalid=count.invalid or 0, base_value=part.outcome.base_value,
    )  # fmt: skip


def _blocks(
    lines: list[OutcomeLine], papers: PaperTotals | None = None
) -> Iterator[ConfidenceBlock]:
    for block in PollEntry.Block:
        inside = [line for line in lines if line.entry.block == block]
        if not inside:
            continue
        with translation.override(VIETNAMESE):
            name = str(block.label) if block != PollEntry.Block.NONE else "Người giữ chức vụ"
        found = tuple(_confidence_line(line) for line in inside)
        yield ConfidenceBlock(name=name, lines=found, papers=papers)


def _confidence_line(line: OutcomeLine) -> ConfidenceLine:
    votes = line.votes
    return ConfidenceLine(
        honorific=_honorific(line.entry), full_name=line.entry.person.full_name,
        post=line.entry.post, high=int(votes["high"]), confidence=int(votes["confidence"]),
        low=int(votes["low"]),
    )  # fmt: skip


# --- does the text still say what the outcome says? ----------------------------------------------


@dataclass(frozen=True)
class MissingFigure:
    """A figure of the outcome that the articles no longer state beside the person's name."""

    person: str
    figure: str


def missing_figures(resolution: Resolution) -> list[MissingFigure]:
    """Figures of the poll that the text should state and does not; empty without a poll.

    Looked for between a person's name and the next, in document form: "45 phiếu", "97,5%".
    """
    poll = resolution.poll
    if poll is None:
        return []
    return [found for part in _counted(poll) for found in _missing_of(part, resolution)]


def states_result_of(resolution: Resolution, part: Poll) -> bool:
    """Whether the text states every figure of the paper; no, while it has no result."""
    return hasattr(part, "outcome") and not _missing_of(part, resolution)


def _counted(poll: Poll) -> list[Poll]:
    """The papers that stand and have a result."""
    return [part for part in split_papers.standing_parts(poll) if hasattr(part, "outcome")]


def _missing_of(part: Poll, resolution: Resolution) -> list[MissingFigure]:
    body = texts.words_of(resolution)
    expected = list(_expected(part, part.outcome))
    passages = _passages(body, _names_on(resolution.poll or part))
    return [
        MissingFigure(person=name, figure=figure)
        for name, wanted in expected
        for figure in wanted
        if not _stands_in(figure, passages.get(name, ""))
    ]


def _names_on(poll: Poll) -> list[str]:
    """Everybody on the papers, annulled ones too: a passage ends at the next name."""
    papers = split_papers.papers_of(poll)
    return [line.entry.person.full_name for part in papers for line in lines_of(part)]


def _expected(poll: Poll, outcome: Outcome) -> Iterator[tuple[str, list[str]]]:
    for line in lines_of(poll):
        match poll.kind:
            case PollKind.ELECTION if line.verdict != ELECTED and has_elected(poll):
                continue
            case PollKind.ELECTION if line.verdict == ELECTED:
                votes = [int(line.votes["for"])]
            case _:
                votes = [int(count) for count in line.votes.values()]
        wanted = [f"{figures.count_in_document(count)} phiếu" for count in votes]
        if outcome.base_value:
            wanted += [
                shares.percent_vi(shares.percentage(count, outcome.base_value)) for count in votes
            ]
        yield line.entry.person.full_name, list(dict.fromkeys(wanted))


def _passages(body: str, names: list[str]) -> dict[str, str]:
    """For each name all that is said between it and the next name."""
    found: dict[str, str] = {}
    if not names:
        return found
    ordered = sorted(set(names), key=len, reverse=True)
    parts = re.split("(" + "|".join(re.escape(name) for name in ordered) + ")", body)
    for name, passage in zip(parts[1::2], parts[2::2], strict=True):
        found[name] = found.get(name, "") + "\n" + passage
    return found


def _stands_in(figure: str, passage: str) -> bool:
    return re.search(rf"(?<![\d.,]){re.escape(figure)}", passage) is not None

"""What stands on a poll's printed papers: plain data for `elections.typesetting`."""

import hashlib
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.utils.timezone import localtime
from django.utils.translation import override

from council.models import Term
from council.rules import chain, figures, text
from council.rules.majorities import Base
from elections.models import BallotCommitteeMember, Outcome, OutcomeLine, Poll, PollEntry, PollKind
from elections.queries import polls as queries
from elections.queries import posts
from elections.queries.counts import recounts_of
from elections.queries.figures import TOTAL_CELL_LABELS, split_cell
from elections.rules import polls as kinds
from elections.rules.tally import TOTAL_FIELDS
from elections.typesetting.ballot import BallotEntry, BallotOption, BallotSheet
from elections.typesetting.tally_sheet import (
    TallyFigure,
    TallyLine,
    TallyOption,
    TallySheet,
    TallyTotals,
)

TITLES: Final = {
    PollKind.CONFIDENCE: "PHIẾU LẤY PHIẾU TÍN NHIỆM",
    PollKind.NO_CONFIDENCE: "PHIẾU BỎ PHIẾU TÍN NHIỆM",
    PollKind.ELECTION: "PHIẾU BẦU",
    PollKind.DISMISSAL: "PHIẾU BIỂU QUYẾT MIỄN NHIỆM",
    PollKind.REMOVAL: "PHIẾU BIỂU QUYẾT BÃI NHIỆM",
}
ONE_BOX: Final = (
    "Mỗi dòng đánh dấu X vào một ô. Dòng để trống hoặc đánh dấu từ hai ô không được tính."
)
NO_WRITING: Final = "Không viết thêm vào phiếu."
SEVERAL_POSTS: Final = "Phiếu này bầu nhiều chức vụ; số người cần bầu ghi ở từng chức vụ."
SEATS: Final = "Bầu %(seats)s người trong danh sách %(listed)s người."


def ballot_sheet(poll: Poll) -> BallotSheet:
    """The ballot paper of a poll: always in Vietnamese, whoever asks for it."""
    with override("vi"):
        entries = list(queries.standing_entries(poll))
        headings = posts.headings(poll, entries)
        return BallotSheet(
            poll=poll.pk,
            kind=kinds.PollKind(poll.kind).value,
            council_name_lines=council_lines(poll.council_session.term),
            title=TITLES[PollKind(poll.kind)],
            subject=subject_of(poll),
            session_line=session_line(poll),
            entries=[
                BallotEntry(
                    code=entry.code,
                    name=capitalised(str(entry.person)),
                    post=entry.post,
                    block=headings.get(entry.code) or block_of(entry),
                )
                for entry in entries
            ],
            options=[
                BallotOption(code=code, label=label) for code, label in kinds.labels_of(poll.kind)
            ],
            instructions=instructions_of(poll, len(entries)),
        )


def council_lines(term: Term) -> list[str]:
    """The council's name as it stands top left of a paper."""
    return ["HỘI ĐỒNG NHÂN DÂN", term.council.unit.upper(), f"KHÓA {text.roman(term.number)}"]


def session_line(poll: Poll) -> str:
    """The session and the day below the title."""
    number, day = poll.council_session.number, figures.date_in_document(poll.held_on)
    return f"Kỳ họp thứ {number}, {day}"


def subject_of(poll: Poll) -> str:
    """Which office and term an election is about; whom the others concern."""
    years = poll.council_session.term.label.replace("-", " - ")
    if poll.office is None:
        return f"đối với người giữ chức vụ do Hội đồng nhân dân bầu, nhiệm kỳ {years}"
    suffix = f", vòng {poll.round}" if poll.round > 1 else ""
    office = posts.offices_in_words(poll) or poll.office.title
    return f"{office}, nhiệm kỳ {years}{suffix}"


def block_of(entry: PollEntry) -> str:
    """The title of the entry's block; empty where the paper has none."""
    return "" if entry.block == PollEntry.Block.NONE else str(entry.get_block_display())


def instructions_of(poll: Poll, listed: int) -> list[str]:
    """How to mark the paper, in sentences."""
    said = [ONE_BOX, NO_WRITING]
    if poll.kind == PollKind.ELECTION and posts.has_several(poll):
        return [SEVERAL_POSTS, *said]
    if poll.kind == PollKind.ELECTION:
        seats = SEATS % {
            "seats": figures.count_in_document(poll.seats),
            "listed": figures.count_in_document(listed),
        }
        return [seats, *said]
    return said


def tally_sheet(poll: Poll, outcome: Outcome) -> TallySheet:
    """The counting minutes' figures, from the confirmed outcome: always in Vietnamese."""
    with override("vi"):
        count = outcome.count
        return TallySheet(
            council_name_lines=council_lines(poll.council_session.term),
            committee_name="Ban kiểm phiếu",
            subject=subject_in_minutes(poll),
            session_line=session_in_minutes(poll),
            place=poll.council_session.term.council.seat,
            hall=poll.council_session.place,
            held_on=poll.held_on,
            began=local(poll.closed_at),
            ended=local(outcome.agreed_at),
            members=members_of(poll),
            total_delegates=poll.total_delegates or 0,
            present=poll.present or 0,
            options=[TallyOption(code, label) for code, label in kinds.labels_of(poll.kind)],
            totals=TallyTotals(**{name: getattr(count, name) for name in TOTAL_FIELDS}),
            lines=tally_lines(poll, outcome),
            base_name=Base(outcome.base).words,
            base_value=outcome.base_value,
            base_cite=outcome.rule_article,
            remarks=count.remarks,
            notes=recount_notes(poll),
            illustrative_note=poll.illustrative_note,
        )


def tally_lines(poll: Poll, outcome: Outcome) -> list[TallyLine]:
    """Everybody's result, under the heading of the block or the post."""
    lines = list(outcome.lines.all())
    headings = posts.headings(poll, [line.entry for line in lines])
    return [tally_line(poll, line, headings.get(line.entry.code, "")) for line in lines]


def tally_line(poll: Poll, line: OutcomeLine, heading: str) -> TallyLine:
    """One person's result as the minutes print it."""
    ends = f"{line.consequence} ({line.article})" if line.article else line.consequence
    return TallyLine(
        title=str(line.entry.person.get_honorific_display()),
        name=line.entry.person.full_name,
        post=line.entry.post,
        block=heading or block_of(line.entry),
        figures=[
            TallyFigure(line.votes.get(option), decimal_of(line.percent.get(option)))
            for option in kinds.options_of(poll.kind)
        ],
        void=line.void,
        conclusion="" if line.verdict == "kept" else ends,
    )


def decimal_of(percent: str | None) -> Decimal | None:
    """The stored percentage as a number."""
    return Decimal(percent) if percent else None


def local(moment: datetime | None) -> datetime | None:
    """The moment in the hall's time."""
    return localtime(moment) if moment else None


def members_of(poll: Poll) -> list[tuple[str, str]]:
    """The committee, head and secretary first, as it signs."""
    rows = BallotCommitteeMember.objects.filter(committee=poll.committee_id)
    order = list(BallotCommitteeMember.Post.values)
    members = sorted(
        rows.select_related("mandate__person"), key=lambda row: (order.index(row.post), row.pk)
    )
    return [(capitalised(str(row.mandate.person)), str(row.get_post_display())) for row in members]


def recount_notes(poll: Poll) -> list[str]:
    """How cells in which the two counts differed were settled, a sentence each."""
    names = {entry.code: entry.person.full_name for entry in queries.standing_entries(poll)}
    labels = dict(kinds.labels_of(poll.kind))
    notes = []
    for row in recounts_of(poll):
        code, option = split_cell(row.cell)
        where = (
            f"{names.get(code, code)}, {labels[option].lower()}"
            if option
            else str(TOTAL_CELL_LABELS[code]).lower()
        )
        notes.append(
            f"Đếm lại ô “{where}”: lần thứ nhất {row.first}, lần thứ hai {row.second}, kết quả "
            f"đếm lại {row.agreed}. {row.reason}"
        )
    return notes


def subject_in_minutes(poll: Poll) -> str:
    """What was voted on, following "kiểm phiếu"."""
    years = poll.council_session.term.label.replace("-", " - ")
    unit = poll.council_session.term.council.unit
    if poll.office is None:
        words = kinds.PollKind(poll.kind).words
        return (
            f"{words} đối với người giữ chức vụ do Hội đồng nhân dân {unit} bầu, nhiệm kỳ {years}"
        )
    suffix = f", vòng {poll.round}" if poll.round > 1 else ""
    office = posts.offices_in_words(poll) or poll.office.title
    return f"bầu {office} {unit}, nhiệm kỳ {years}{suffix}"


def session_in_minutes(poll: Poll) -> str:
    """The session with its council and term."""
    term = poll.council_session.term
    return (
        f"kỳ họp thứ {poll.council_session.number} Hội đồng nhân dân {term.council.unit} "
        f"khóa {text.roman(term.number)}"
    )


def capitalised(words: str) -> str:
    """The first letter large, the others as they are."""
    return words[:1].upper() + words[1:]


def digest(sheet: BallotSheet | TallySheet) -> str:
    """SHA-256 of what stands on the paper: the same data never make a second file."""
    return hashlib.sha256(chain.canonical(asdict(sheet)).encode()).hexdigest()

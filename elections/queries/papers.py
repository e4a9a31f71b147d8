"""What stands on a poll's printed papers: plain data for `elections.typesetting`."""

import hashlib
from dataclasses import asdict
from datetime import datetime, time
from decimal import Decimal

from django.utils.timezone import localtime, make_aware
from django.utils.translation import override

from council.models import Term
from council.rules import chain, figures, text
from council.rules.majorities import Base
from elections.models import (
    BallotCommitteeMember,
    CountingWay,
    Outcome,
    OutcomeLine,
    Poll,
    PollPost,
)
from elections.queries import minutes_notes
from elections.queries import paper_words as words
from elections.queries import polls as queries
from elections.queries.posts import posts_of
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


def ballot_sheet(poll: Poll) -> BallotSheet:
    """The ballot paper of a poll: always in Vietnamese, whoever asks for it."""
    with override("vi"):
        entries, posts = list(queries.standing_entries(poll)), posts_of(poll)
        return BallotSheet(
            poll=poll.pk,
            kind=kinds.PollKind(poll.kind).value,
            council_name_lines=council_lines(poll.council_session.term),
            title=words.title_of(poll),
            subject=words.subject_of(poll, posts),
            session_line=session_line(poll),
            entries=[
                BallotEntry(
                    code=entry.code,
                    name=capitalised(str(entry.person)),
                    post=entry.post,
                    block=words.heading_of(poll, entry, posts),
                )
                for entry in entries
            ],
            options=[
                BallotOption(code=code, label=label) for code, label in kinds.labels_of(poll.kind)
            ],
            instructions=words.instructions_of(poll, posts, len(entries)),
        )


def council_lines(term: Term) -> list[str]:
    """The council's name as it stands top left of a paper."""
    return ["HỘI ĐỒNG NHÂN DÂN", term.council.unit.upper(), f"KHÓA {text.roman(term.number)}"]


def session_line(poll: Poll) -> str:
    """The session and the day below the title."""
    number, day = poll.council_session.number, figures.date_in_document(poll.held_on)
    return f"Kỳ họp thứ {number}, {day}"


def tally_sheet(poll: Poll, outcome: Outcome) -> TallySheet:
    """The counting minutes' figures, from the confirmed outcome: always in Vietnamese."""
    with override("vi"):
        count, posts = outcome.count, posts_of(poll)
        return TallySheet(
            council_name_lines=council_lines(poll.council_session.term),
            committee_name="Ban kiểm phiếu",
            subject=words.subject_in_minutes(poll, posts),
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
            lines=[tally_line(poll, posts, line) for line in outcome.lines.all()],
            base_name=Base(outcome.base).words,
            base_value=outcome.base_value,
            base_cite=outcome.rule_article,
            remarks=count.remarks,
            notes=minutes_notes.notes_of(poll),
            illustrative_note=poll.illustrative_note,
            way=minutes_notes.WAYS[CountingWay(count.way)],
        )


def tally_line(poll: Poll, posts: list[PollPost], line: OutcomeLine) -> TallyLine:
    """One person's result as the minutes print it."""
    ends = f"{line.consequence} ({line.article})" if line.article else line.consequence
    return TallyLine(
        title=str(line.entry.person.get_honorific_display()),
        name=line.entry.person.full_name,
        post=line.entry.post,
        block=words.heading_of(poll, line.entry, posts),
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


def fixed_moment(poll: Poll) -> datetime:
    """The only time that a ballot paper's file knows: the day of the poll, never when it was made.

    Two printings of the same paper are the same bytes.
    """
    return make_aware(datetime.combine(poll.held_on, time.min))


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

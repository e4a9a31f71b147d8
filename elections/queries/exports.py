"""Agreed counts for the file that another program recomputes; nothing before the confirmation."""

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet

from council.rules.refusals import Refusal
from elections.models import CountingWay, Outcome, OutcomeLine, Poll, PollEntry, PollKind
from elections.queries import counts, figures, posts, records
from elections.rules import exported as rules
from elections.rules import polls as kinds
from elections.rules.papers import Paper


def agreed_outcomes(*, council: str = "", poll: int | None = None) -> QuerySet[Outcome]:
    """Confirmed outcomes, annulled ones included, in the order in which they were prepared."""
    lines = OutcomeLine.objects.select_related("entry__person").order_by("entry__position")
    found = Outcome.objects.select_related(
        "poll__council_session__term__council", "poll__office", "count"
    ).prefetch_related(Prefetch("lines", queryset=lines))
    if council:
        found = found.filter(poll__council_session__term__council__slug=council)
    if poll is not None:
        found = found.filter(poll=poll)
    return found.order_by("poll_id")


def file_of(outcomes: QuerySet[Outcome], *, with_papers: bool) -> dict[str, object]:
    """The file of docs/export-counts.md.

    Args:
        with_papers: only for the command, whose user has the database anyway: the pattern of a
            long paper could tell who was told to fill it in so.
    """
    return rules.file_of([counted_poll(outcome, with_papers=with_papers) for outcome in outcomes])


def counted_poll(outcome: Outcome, *, with_papers: bool) -> rules.CountedPoll:
    """One poll as it was frozen."""
    poll, count = outcome.poll, outcome.count
    council = poll.council_session.term.council
    lines = list(outcome.lines.all())
    return rules.CountedPoll(
        id=poll.pk,
        council=council.slug,
        level=council.level,
        term=poll.council_session.term.label,
        number=poll.council_session.number,
        kind=poll.kind,
        title=poll.title,
        held_on=poll.held_on,
        round=poll.round,
        is_annulled=poll.annulled_at is not None,
        is_short_council=poll.is_short_council,
        total_delegates=poll.total_delegates or 0,
        present=poll.present or 0,
        way=count.way,
        records_sha256=count.records_digest,
        totals={name: value or 0 for name, value in figures.totals_of(count).items()},
        entries=[entry_data(line.entry) for line in lines],
        posts=posts_of(poll, lines),
        votes=votes_of(outcome),
        papers=papers_of(poll) if with_papers else None,
        outcome=outcome_data(outcome, lines),
    )


def entry_data(entry: PollEntry) -> rules.EntryData:
    """One row of the paper."""
    return rules.EntryData(entry.code, entry.person.full_name, entry.post, entry.block)


def posts_of(poll: Poll, lines: Sequence[OutcomeLine]) -> list[rules.PostData]:
    """The posts on the paper with their candidates; other polls have one with all rows."""
    entries = [line.entry for line in lines]
    if poll.kind != PollKind.ELECTION:
        return [rules.PostData("", poll.seats, tuple(entry.code for entry in entries))]
    return [
        rules.PostData(
            found.post.office.title, found.post.seats, tuple(entry.code for entry in found.entries)
        )
        for found in posts.lists_of(posts.posts_of(poll), entries)
    ]


def votes_of(outcome: Outcome) -> dict[str, dict[str, int]]:
    """The agreed count's figures, by row and option in the order of the paper."""
    found = counts.figures_of(outcome.count)
    options = kinds.options_of(outcome.poll.kind)
    codes = dict.fromkeys(code for code, _option in found)
    return {code: {option: found[code, option] or 0 for option in options} for code in codes}


def papers_of(poll: Poll) -> list[Paper] | None:
    """The heap behind the count; None for typed totals, or where it is no longer complete."""
    if poll.counting == CountingWay.TOTALS:
        return None
    try:
        return records.heap_of(poll)
    except Refusal:
        return None


def outcome_data(outcome: Outcome, lines: Sequence[OutcomeLine]) -> rules.OutcomeData:
    """What was frozen."""
    return rules.OutcomeData(
        rule=outcome.rule_id,
        article=outcome.rule_article,
        base=outcome.base,
        base_value=outcome.base_value,
        needed=outcome.needed,
        sha256=outcome.digest,
        lines={
            line.entry.code: rules.LineData(line.votes, line.void, line.percent, line.verdict)
            for line in lines
        },
    )

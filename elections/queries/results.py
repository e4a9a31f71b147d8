"""What the rules make of an agreed count, and the fingerprint under which it was frozen."""

import hashlib

from council.rules import chain, shares
from council.rules.law import RULEBOOK
from elections.models import Count, Outcome, OutcomeLine, Poll, PollKind, PollState
from elections.queries import counts, figures, posts
from elections.queries import polls as poll_queries
from elections.rules import outcome as rules
from elections.rules import tally


def decide(poll: Poll, count: Count) -> rules.Outcome:
    """The outcome by the law in force on the poll's day, at the council's level.

    Raises:
        Refusal: ``law.no_rule``.
    """
    if poll.kind == PollKind.ELECTION:
        return posts.decide(poll, count).outcome
    return rules.decide(
        poll.kind,
        on=poll.held_on,
        level=poll.council_session.term.council.level,
        totals=tally.SheetTotals(**figures.totals_of(count)),
        entries=figures.entry_counts(poll, counts.figures_of(count)),
        total_delegates=poll.total_delegates,
        present=poll.present,
        act=poll.act or None,
        is_short_council=poll.is_short_council,
    )


def recompute(poll: Poll, outcome: Outcome) -> rules.Outcome:
    """The frozen outcome once more, by the very rules that made it, whatever became law since.

    Raises:
        KeyError: one of these rules is gone from the rulebook.
    """
    with RULEBOOK.pinned(outcome.rules):
        return decide(poll, outcome.count)


def percent_data(row: rules.EntryOutcome) -> dict[str, str]:
    """The row's percentages as data: two decimals, a point."""
    return {option: shares.percent_plain(share) for option, share in row.percent.items()}


def digest_of(poll: Poll, count: Count, decided: rules.Outcome) -> str:
    """SHA-256 over the figures, the base, the rule and every verdict."""
    more = {"act": poll.act} if poll.act else {}
    return hashlib.sha256(
        chain.canonical(
            {
                **more,
                "poll": poll.pk,
                "kind": poll.kind,
                "held_on": poll.held_on.isoformat(),
                "total_delegates": poll.total_delegates,
                "present": poll.present,
                "seats": poll.seats,
                **posts_data(poll),
                "totals": figures.totals_of(count),
                "records": [count.way, count.records_digest],
                "rule": decided.rule.id,
                "base": [decided.base.value, decided.base_value],
                "needed": decided.needed,
                "entries": [
                    [
                        row.entry,
                        dict(row.counts),
                        row.void,
                        percent_data(row),
                        str(row.verdict or ""),
                    ]
                    for row in decided.entries
                ],
            }
        ).encode()
    ).hexdigest()


def posts_data(poll: Poll) -> dict[str, list[list[int]]]:
    """Place, office and seats of each post, where the paper has several."""
    found = posts.posts_of(poll)
    if len(found) <= 1:
        return {}
    return {"posts": [[post.position, post.office_id, post.seats] for post in found]}


def note_of(poll: Poll, outcome: Outcome) -> tuple[str, str]:
    """The sentence about the poll as a whole (seats left open, a tie) and what it rests on."""
    decided = recompute(poll, outcome)
    rule = decided.note_rule
    return decided.note, (rule.article or rule.text_vi) if rule else ""


def wrong_outcomes() -> list[Outcome]:
    """Frozen outcomes that no longer follow from their counts, row by row; for `verify`."""
    stored = Outcome.objects.select_related(
        "poll__council_session__term__council", "count"
    ).prefetch_related("lines__entry")
    return [
        outcome
        for outcome in stored.order_by("pk").iterator(chunk_size=200)
        if not follows(outcome)
    ]


def follows(outcome: Outcome) -> bool:
    """Whether the frozen outcome still follows from its count; never where its rule is gone."""
    try:
        decided = recompute(outcome.poll, outcome)
    except KeyError:
        return False
    return (
        outcome.digest == digest_of(outcome.poll, outcome.count, decided)
        and frozen_head(outcome) == decided_head(outcome.count, decided)
        and {line.entry.code: frozen_row(line) for line in outcome.lines.all()}
        == {row.entry: decided_row(row) for row in decided.entries}
    )


def frozen_head(outcome: Outcome) -> tuple[object, ...]:
    """What is written of the poll as a whole, and shown on its pages."""
    return (
        outcome.rule_id,
        outcome.rule_article,
        outcome.rule_text,
        outcome.base,
        outcome.base_value,
        outcome.needed,
        outcome.way,
        outcome.records_digest,
    )


def decided_head(count: Count, decided: rules.Outcome) -> tuple[object, ...]:
    """The same, as the rules decide it."""
    return (
        decided.rule.id,
        decided.rule.article,
        decided.rule.text_vi,
        decided.base.value,
        decided.base_value or 0,
        decided.needed,
        count.way,
        count.records_digest,
    )


def frozen_row(line: OutcomeLine) -> tuple[object, ...]:
    """What is written of one person."""
    return (line.votes, line.void, line.percent, line.verdict, line.consequence, line.article)


def decided_row(row: rules.EntryOutcome) -> tuple[object, ...]:
    """The same, as the rules decide it."""
    return (
        dict(row.counts),
        row.void or 0,
        percent_data(row),
        str(row.verdict or ""),
        row.consequence,
        row.article,
    )


def annulled_without_decision() -> list[Poll]:
    """Annulled polls that had a result, but no decision stands beside it."""
    found = Poll.objects.filter(state=PollState.ANNULLED, outcome__isnull=False, annulment=None)
    return list(found.order_by("pk"))


def outcome_for_page(poll: Poll) -> Outcome | None:
    """The confirmed outcome with its lines; None for everybody before it is confirmed."""
    return poll_queries.outcome_of(poll)

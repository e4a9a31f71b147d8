"""What follows from a count: the rule in force that day, applied to each person.

Decided in integers, never from the rounded percentages; the base of the percentages is stored with
the result: ballots returned for confidence since 1 July 2023 (NQ 96/2023 Art. 19(3)), all delegates
before; all delegates for elections, dismissals, removals and resolutions.

Sources: NQ 96/2023 Art. 12, 13, 17, 19(3); NQ 85/2014 Art. 10, 15; Law 77/2015 Art. 91(3);
Law 72/2025 Art. 35(2), 38(5), and 49(2)(b): a short council decides everything by more than two
thirds of the delegates in office. Marks and dates stand in the rulebook.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, assert_never

from council.rules import shares
from council.rules.law import RULEBOOK, Level, Provision
from council.rules.majorities import Base
from council.rules.short_council import SUBJECT as SHORT_COUNCIL
from elections.rules import sentences
from elections.rules.polls import Act, PollKind
from elections.rules.tally import EntryCount, SheetTotals, void_of


class Verdict(StrEnum):
    """What the law makes of one row."""

    KEPT = "kept"
    MAY_RESIGN = "may_resign_or_no_confidence_vote"
    NO_CONFIDENCE_VOTE = "no_confidence_vote"
    """Only before 1 July 2023 (NQ 85/2014)."""
    DISMISSAL = "dismissal_to_be_proposed"
    CONFIDENCE = "confidence"
    ELECTED = "elected"
    NOT_ELECTED = "not_elected"
    PASSED = "passed"
    NOT_PASSED = "not_passed"


RESOLUTION_MAJORITY: Final = "resolution.majority"
REMOVAL_MAJORITY: Final = "resolution.remove_delegate"
ELECTION_MAJORITY: Final = "election.majority"


@dataclass(frozen=True, slots=True)
class EntryOutcome:
    """One row's result.

    Attributes:
        void: valid papers that count for nobody in this row; ``None`` where unknown.
        base: what the percentages are of; ``None`` where no rule is in force.
        base_value: its number; ``None`` where unknown.
        percent: by option, two decimals half up; only what is known.
        verdict: ``None`` where the base or the deciding number is unknown, or where no rule gives
            the poll a consequence.
        consequence: Vietnamese msgid, one sentence.
        article: what the sentence rests on; empty where it is practice or a setting.
    """

    entry: str
    name: str
    counts: Mapping[str, int | None]
    void: int | None
    base: Base | None
    base_value: int | None
    percent: Mapping[str, Decimal]
    verdict: Verdict | None
    consequence: str
    article: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a poll and the rule that made it.

    Attributes:
        rule: the provision that fixes the base or the majority; stored with the result.
        needed: votes needed to be elected or to pass; ``None`` for confidence.
        note: Vietnamese msgid about the poll as a whole (seats not filled, level not subject).
        note_rule: the provision behind the note.
    """

    rule: Provision
    base: Base
    base_value: int | None
    needed: int | None
    entries: tuple[EntryOutcome, ...]
    note: str = ""
    note_rule: Provision | None = None

    @property
    def elected(self) -> tuple[EntryOutcome, ...]:
        """Those elected, in the order of the paper."""
        return tuple(entry for entry in self.entries if entry.verdict is Verdict.ELECTED)


def decide(
    kind: PollKind | str,
    *,
    on: date,
    level: Level | str,
    totals: SheetTotals,
    entries: Sequence[EntryCount],
    total_delegates: int | None,
    present: int | None = None,
    seats: int = 1,
    act: Act | str | None = None,
    is_short_council: bool = False,
) -> Outcome:
    """The outcome of a count whose sums hold (`elections.rules.tally.check` came first).

    Args:
        kind: fixes options and rule.
        on: the day of the poll; its law is applied.
        level: the council's level.
        totals: the papers; ``returned`` is a base.
        entries: the rows in the order of the paper.
        total_delegates: all delegates that day; base of most rules.
        present: printed beside results where a council wants it; never a base of a decision here.
        seats: how many are to be elected (≥ 1).
        act: what a poll of kind DISMISSAL puts to the vote; names it in the sentence.
        is_short_council: decisions need more than two thirds of the delegates in office.

    Raises:
        Refusal: ``law.no_rule``.
    """
    del present  # no rule in the rulebook decides by those present
    asked = PollKind(kind)
    match asked:
        case PollKind.CONFIDENCE:
            return _confidence(on, Level(level), totals, entries, total_delegates)
        case PollKind.NO_CONFIDENCE:
            return _no_confidence(on, Level(level), totals, entries, total_delegates)
        case PollKind.ELECTION:
            return elect(
                on=on, level=level, totals=totals, entries=entries,
                total_delegates=total_delegates, seats=seats, is_short_council=is_short_council,
            )  # fmt: skip
        case PollKind.DISMISSAL | PollKind.REMOVAL:
            return resolve(
                on=on, level=level, totals=totals, entries=entries,
                total_delegates=total_delegates, kind=asked, act=Act(act) if act else None,
                is_short_council=is_short_council,
            )  # fmt: skip
        case _:
            assert_never(asked)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every row of a poll shares."""

    totals: SheetTotals
    base: Base
    base_value: int | None

    @classmethod
    def on_base(cls, base: Base, totals: SheetTotals, total_delegates: int | None) -> "_Sheet":
        """The sheet with its base's number; a base of nothing is no base."""
        value = totals.returned if base is Base.RETURNED else total_delegates
        return cls(totals, base, value if value is not None and value > 0 else None)

    def row(
        self, entry: EntryCount, verdict: Verdict | None, sentence: str, by: Provision | str
    ) -> EntryOutcome:
        """The row with its percentages; `by` is the rule that the sentence says, or an article."""
        consequence = sentence if isinstance(by, str) else sentences.said(by, sentence)
        percent: dict[str, Decimal] = {}
        if self.base_value is not None:
            percent = {
                option: shares.percentage(votes, self.base_value)
                for option, votes in entry.votes.items()
                if votes is not None
            }
        return EntryOutcome(
            entry=entry.entry,
            name=entry.name,
            counts=dict(entry.votes),
            void=void_of(entry, self.totals),
            base=self.base,
            base_value=self.base_value,
            percent=percent,
            verdict=verdict,
            consequence=sentences.on_base(consequence, self.base),
            article=by if isinstance(by, str) else by.article,
        )

    def unknown(self, entry: EntryCount, article: str) -> EntryOutcome:
        """The row of which the source tells too little."""
        sentence = (
            sentences.BASE_UNKNOWN[self.base]
            if self.base_value is None
            else sentences.COUNT_UNKNOWN
        )
        return self.row(entry, None, sentence, article)


def _confidence(
    on: date,
    level: Level,
    totals: SheetTotals,
    entries: Sequence[EntryCount],
    total_delegates: int | None,
) -> Outcome:
    """Confidence vote: the share of low confidence, highest consequence first."""
    rule = RULEBOOK.provision_on("confidence.base", on, level)
    sheet = _Sheet.on_base(rule.needed_base, totals, total_delegates)
    not_subject = RULEBOOK.find("confidence.level_not_subject", on, level)
    if not_subject is not None:
        rows = tuple(
            sheet.row(entry, None, sentences.COMMUNE_NOT_SUBJECT, not_subject.article)
            for entry in entries
        )
        return Outcome(
            rule, sheet.base, sheet.base_value, None, rows,
            note=sentences.COMMUNE_NOT_SUBJECT, note_rule=not_subject,
        )  # fmt: skip
    rows = tuple(_confidence_row(entry, sheet, on, level) for entry in entries)
    return Outcome(rule, sheet.base, sheet.base_value, None, rows)


def _confidence_row(entry: EntryCount, sheet: _Sheet, on: date, level: Level) -> EntryOutcome:
    """The two thresholds of one person's low confidence, in integers."""
    half = RULEBOOK.provision_on("confidence.low_half_to_two_thirds", on, level)
    two_thirds = RULEBOOK.provision_on("confidence.low_two_thirds", on, level)
    low = entry.votes["low"]
    if low is None or sheet.base_value is None:
        return sheet.unknown(entry, half.article)
    since_nq96 = sheet.base is Base.RETURNED
    if two_thirds.needed_threshold.met(low, sheet.base_value):
        verdict = Verdict.DISMISSAL if since_nq96 else Verdict.NO_CONFIDENCE_VOTE
        return sheet.row(entry, verdict, sentences.LOW_TWO_THIRDS[sheet.base], two_thirds)
    if half.needed_threshold.met(low, sheet.base_value):
        return sheet.row(entry, Verdict.MAY_RESIGN, sentences.LOW_HALF[sheet.base], half)
    use = RULEBOOK.find("confidence.use", on, level) or half
    kept = sentences.said(half, sentences.LOW_KEPT[sheet.base])
    return sheet.row(entry, Verdict.KEPT, kept, use.article)


def _no_confidence(
    on: date,
    level: Level,
    totals: SheetTotals,
    entries: Sequence[EntryCount],
    total_delegates: int | None,
) -> Outcome:
    """No-confidence vote: more than half "no confidence" leads to a dismissal."""
    rule = RULEBOOK.provision_on("no_confidence.result", on, level)
    sheet = _Sheet.on_base(rule.needed_base, totals, total_delegates)
    rows = []
    for entry in entries:
        against = entry.votes["no_confidence"]
        if against is None or sheet.base_value is None:
            rows.append(sheet.unknown(entry, rule.article))
        elif rule.needed_threshold.met(against, sheet.base_value):
            sentence = sentences.NO_CONFIDENCE[sheet.base]
            rows.append(sheet.row(entry, Verdict.DISMISSAL, sentence, rule))
        else:
            sentence = sentences.CONFIDENCE_KEPT[sheet.base]
            rows.append(sheet.row(entry, Verdict.CONFIDENCE, sentence, rule))
    return Outcome(rule, sheet.base, sheet.base_value, None, tuple(rows))


def elect(
    *,
    on: date,
    level: Level | str,
    totals: SheetTotals,
    entries: Sequence[EntryCount],
    total_delegates: int | None,
    seats: int = 1,
    is_short_council: bool = False,
) -> Outcome:
    """Elections: more than half of all delegates; for several seats those with most votes.

    Where the last seats fall to more persons with equal votes than there are seats, none of them
    is elected: no rule of the rulebook breaks a tie inside a council, and the popular election's
    (the older person) must not be borrowed.

    Raises:
        Refusal: ``law.no_rule``.
    """
    subject = SHORT_COUNCIL if is_short_council else ELECTION_MAJORITY
    rule = RULEBOOK.provision_on(subject, on, level)
    sheet = _Sheet.on_base(rule.needed_base, totals, total_delegates)
    if sheet.base_value is None:
        rows = tuple(sheet.unknown(entry, rule.article) for entry in entries)
        return Outcome(rule, sheet.base, None, None, rows)
    threshold = rule.needed_threshold
    reached = [
        votes
        for entry in entries
        if (votes := entry.votes["for"]) is not None and threshold.met(votes, sheet.base_value)
    ]
    cut = _Cut.of(reached, seats)
    rows = tuple(_candidate(entry, sheet, rule, cut) for entry in entries)
    filled = sum(row.verdict is Verdict.ELECTED for row in rows)
    is_known = all(entry.votes["for"] is not None for entry in entries)
    open_seats = is_known and filled < seats
    return Outcome(
        rule=rule,
        base=sheet.base,
        base_value=sheet.base_value,
        needed=threshold.votes_needed(sheet.base_value),
        entries=rows,
        note=sentences.on_base(
            _open_seats_note(filled, is_tie=len(reached) > filled) if open_seats else "", sheet.base
        ),
        note_rule=RULEBOOK.find("election.second_round", on, level) if open_seats else None,
    )


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where the seats end among those who reached the majority.

    Attributes:
        above: elected with more votes than this.
        is_tie: those with exactly this many votes would need more seats than are left.
    """

    above: int
    is_tie: bool

    @classmethod
    def of(cls, reached: Sequence[int], seats: int) -> "_Cut":
        """The cut for the votes of all who reached the majority."""
        ranked = sorted(reached, reverse=True)
        if len(ranked) <= seats:
            return cls(above=-1, is_tie=False)
        first_out = ranked[seats]
        return cls(above=first_out, is_tie=ranked[seats - 1] == first_out)


def _candidate(entry: EntryCount, sheet: _Sheet, rule: Provision, cut: _Cut) -> EntryOutcome:
    """One candidate against the majority and the seats."""
    votes = entry.votes["for"]
    if votes is None or sheet.base_value is None:
        return sheet.unknown(entry, rule.article)
    if not rule.needed_threshold.met(votes, sheet.base_value):
        return sheet.row(entry, Verdict.NOT_ELECTED, sentences.NOT_ELECTED, rule)
    if votes > cut.above:
        return sheet.row(entry, Verdict.ELECTED, sentences.ELECTED, rule)
    is_tied = cut.is_tie and votes == cut.above
    sentence = sentences.TIED if is_tied else sentences.OUTVOTED
    return sheet.row(entry, Verdict.NOT_ELECTED, sentence, rule.article)


def _open_seats_note(filled: int, *, is_tie: bool) -> str:
    """Why seats stay open, and what comes next."""
    if is_tie:
        return sentences.TIE_AT_LAST_SEAT
    return sentences.SEATS_OPEN if filled else sentences.NOBODY_ELECTED


def resolve(
    *,
    on: date,
    level: Level | str,
    totals: SheetTotals,
    entries: Sequence[EntryCount],
    total_delegates: int | None,
    kind: PollKind | None = None,
    act: Act | None = None,
    is_short_council: bool = False,
) -> Outcome:
    """Resolutions, dismissals: more than half of all delegates; removal of a delegate: two thirds.

    Args:
        on: the day of the vote.
        level: the council's level.
        totals: the papers.
        entries: what is voted on, each for itself.
        total_delegates: the base.
        kind: DISMISSAL, REMOVAL, or None for a resolution put to the same majority.
        act: what a DISMISSAL puts to the vote, for the sentence.
        is_short_council: more than two thirds of the delegates in office instead.

    Raises:
        Refusal: ``law.no_rule``.
    """
    subject = REMOVAL_MAJORITY if kind is PollKind.REMOVAL else RESOLUTION_MAJORITY
    rule = RULEBOOK.provision_on(SHORT_COUNCIL if is_short_council else subject, on, level)
    sheet = _Sheet.on_base(rule.needed_base, totals, total_delegates)
    passed, failed = sentences.RESOLVED[kind] if act is None else sentences.RESOLVED_ACTS[act]
    rows = []
    for entry in entries:
        votes = entry.votes["for"]
        if votes is None or sheet.base_value is None:
            rows.append(sheet.unknown(entry, rule.article))
        elif rule.needed_threshold.met(votes, sheet.base_value):
            rows.append(sheet.row(entry, Verdict.PASSED, passed, rule))
        else:
            rows.append(sheet.row(entry, Verdict.NOT_PASSED, failed, rule))
    value = sheet.base_value
    needed = None if value is None else rule.needed_threshold.votes_needed(value)
    return Outcome(rule, sheet.base, value, needed, tuple(rows))

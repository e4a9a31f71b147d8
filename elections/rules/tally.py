"""A count of ballot papers: the sums that must hold, and a sentence for each that does not.

All numbers are ballot papers or marks, ≥ 0; ``None`` is "not typed yet" or "the source does not
tell", and what cannot be checked yet is not reported.

Source: practice, no article (the identities of the counting minutes); the figures to announce are
those of NQ 96/2023 Art. 19(1).
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from elections.rules import tally_sentences as say
from elections.rules.polls import PollKind, options_of


class Severity(StrEnum):
    """An error keeps a count from being agreed; a warning is shown and let pass."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTotals:
    """The papers of one poll. Printed = issued + unused + spoiled (exchanged ones included)."""

    printed: int | None = None
    issued: int | None = None
    unused: int | None = None
    spoiled: int | None = None
    returned: int | None = None
    not_returned: int | None = None
    valid: int | None = None
    invalid: int | None = None


TOTAL_FIELDS: Final = (
    "printed", "issued", "unused", "spoiled", "returned", "not_returned", "valid", "invalid",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryCount:
    """The marks of one row of the paper, by option."""

    entry: str
    name: str
    votes: Mapping[str, int | None]

    @property
    def known_sum(self) -> int:
        """The sum of what is known; unknown options count nothing."""
        return sum(votes for votes in self.votes.values() if votes is not None)

    @property
    def is_complete(self) -> bool:
        """Whether every option has its number."""
        return all(votes is not None for votes in self.votes.values())

    @property
    def sum_words(self) -> str:
        """The sum as one would write it down: "21 + 19 + 20"."""
        return " + ".join(str(votes) for votes in self.votes.values() if votes is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a count.

    Attributes:
        severity: error or warning.
        code: stable identifier (contract of ``assess``).
        entry: the row's code; empty for the totals.
        field: the total or option beside which the sentence belongs; empty for a whole row.
        sentence: Vietnamese msgid with named placeholders.
        params: their values.
    """

    severity: Severity
    code: str
    entry: str
    field: str
    sentence: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @property
    def message(self) -> str:
        """The Vietnamese sentence with its figures."""
        return self.sentence % self.params


def void_of(entry: EntryCount, totals: SheetTotals) -> int | None:
    """Valid papers that count for nobody in this row: blank, or marked twice.

    None where it is not known, or where the row has more marks than there are valid papers.
    """
    valid = totals.valid
    if valid is None and totals.returned is not None and totals.invalid is not None:
        valid = totals.returned - totals.invalid
    if valid is None or not entry.is_complete or entry.known_sum > valid:
        return None
    return valid - entry.known_sum


def check(
    kind: PollKind | str,
    totals: SheetTotals,
    entries: Sequence[EntryCount],
    *,
    total_delegates: int | None,
    present: int | None,
) -> list[Problem]:
    """Every sum that does not hold, totals first, then row by row.

    Args:
        kind: fixes the options that each entry must carry.
        totals: the papers, as far as typed.
        entries: the rows, as far as typed.
        total_delegates: all delegates that day, where known.
        present: delegates present when the poll was opened, where known.

    Raises:
        ValueError: an entry's options are not those of the kind (a fault of the caller).
    """
    for entry in entries:
        if tuple(entry.votes) != options_of(kind):
            raise ValueError(f"{entry.entry}: options of {kind} expected, got {list(entry.votes)}")
    return check_counts(totals, entries, total_delegates=total_delegates, present=present)


def check_counts(
    totals: SheetTotals,
    entries: Sequence[EntryCount],
    *,
    total_delegates: int | None,
    present: int | None,
) -> list[Problem]:
    """As `check`, for options of any kind (an open vote's totals too)."""
    found = list(_negative(totals, entries))
    found += _identities(totals)
    found += _within_hall(totals, total_delegates=total_delegates, present=present)
    for entry in entries:
        found += _entry(entry, totals, total_delegates=total_delegates, present=present)
    return found


def errors(problems: Sequence[Problem]) -> list[Problem]:
    """Those that keep the count from being agreed."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def below_returned(entry: EntryCount, totals: SheetTotals) -> Problem | None:
    """The warning that a row's marks are fewer than the papers returned, whatever the cause."""
    if totals.returned is None or not entry.is_complete or entry.known_sum >= totals.returned:
        return None
    params = {
        "sum": entry.sum_words,
        "total": entry.known_sum,
        "returned": totals.returned,
        "missing": totals.returned - entry.known_sum,
    }
    return Problem(
        Severity.WARNING, "sum_below_returned", entry.entry, "", say.SUM_BELOW_RETURNED, params
    )


def _error(code: str, where: str, sentence: str, **params: object) -> Problem:
    """An error of the totals; ``where`` is the field."""
    return Problem(Severity.ERROR, code, "", where, sentence, params)


def _negative(totals: SheetTotals, entries: Sequence[EntryCount]) -> Iterator[Problem]:
    """Numbers below zero, which no other identity explains well."""
    for name in TOTAL_FIELDS:
        value = getattr(totals, name)
        if value is not None and value < 0:
            yield _error("negative", name, say.NEGATIVE, value=value)
    for entry in entries:
        for option, votes in entry.votes.items():
            if votes is not None and votes < 0:
                yield Problem(
                    Severity.ERROR, "negative", entry.entry, option, say.NEGATIVE, {"value": votes}
                )


def _identities(totals: SheetTotals) -> Iterator[Problem]:
    """The three sums of the papers, and what is impossible before a sum is complete."""
    yield from _printed(totals)
    yield from _issued(totals)
    yield from _returned(totals)


def _printed(totals: SheetTotals) -> Iterator[Problem]:
    """Printed = issued + unused + spoiled."""
    printed, issued = totals.printed, totals.issued
    if printed is None or issued is None:
        return
    if totals.unused is None or totals.spoiled is None:
        if issued > printed:
            yield _error(
                "issued_exceeds_printed", "issued", say.ISSUED_EXCEEDS_PRINTED,
                issued=issued, printed=printed, difference=issued - printed,
            )  # fmt: skip
        return
    total = issued + totals.unused + totals.spoiled
    if total != printed:
        yield _error(
            "printed_sum", "printed", say.PRINTED,
            issued=issued, unused=totals.unused, spoiled=totals.spoiled, sum=total,
            printed=printed, difference=abs(total - printed),
        )  # fmt: skip


def _issued(totals: SheetTotals) -> Iterator[Problem]:
    """Issued = returned + not returned; more returned than issued has its own sentence."""
    issued, returned, missing = totals.issued, totals.returned, totals.not_returned
    if issued is None:
        return
    if returned is None:
        valid = totals.valid
        if valid is not None and valid > issued:
            yield _error(
                "returned_exceeds_issued", "valid", say.VALID_EXCEEDS_ISSUED,
                valid=valid, issued=issued, difference=valid - issued,
            )  # fmt: skip
        return
    if returned > issued:
        yield _error(
            "returned_exceeds_issued", "returned", say.RETURNED_EXCEEDS_ISSUED,
            returned=returned, issued=issued, difference=returned - issued,
        )  # fmt: skip
    elif missing is not None and returned + missing != issued:
        yield _error(
            "issued_sum", "not_returned", say.ISSUED,
            returned=returned, not_returned=missing, sum=returned + missing, issued=issued,
            difference=abs(returned + missing - issued),
        )  # fmt: skip


def _returned(totals: SheetTotals) -> Iterator[Problem]:
    """Returned = valid + invalid; one of them alone may already be too many."""
    returned, valid, invalid = totals.returned, totals.valid, totals.invalid
    if returned is None:
        return
    if valid is not None and invalid is not None:
        if valid + invalid != returned:
            yield _error(
                "valid_plus_invalid", "valid", say.RETURNED,
                valid=valid, invalid=invalid, sum=valid + invalid, returned=returned,
                difference=abs(valid + invalid - returned),
            )  # fmt: skip
    elif valid is not None and valid > returned:
        yield _error(
            "valid_plus_invalid", "valid", say.VALID_EXCEEDS_RETURNED,
            valid=valid, returned=returned, difference=valid - returned,
        )  # fmt: skip
    elif invalid is not None and invalid > returned:
        yield _error(
            "valid_plus_invalid", "invalid", say.INVALID_EXCEEDS_RETURNED,
            invalid=invalid, returned=returned, difference=invalid - returned,
        )  # fmt: skip


def _within_hall(
    totals: SheetTotals, *, total_delegates: int | None, present: int | None
) -> Iterator[Problem]:
    """No more papers than delegates present, no more of either than delegates."""
    valid = totals.valid if totals.returned is None else None  # else returned says it
    papers = (
        ("issued", totals.issued, say.ISSUED_EXCEEDS_PRESENT, say.ISSUED_EXCEEDS_TOTAL),
        ("returned", totals.returned, say.RETURNED_EXCEEDS_PRESENT, say.RETURNED_EXCEEDS_TOTAL),
        ("valid", valid, say.VALID_EXCEEDS_PRESENT, say.VALID_EXCEEDS_TOTAL),
    )
    if total_delegates is not None and present is not None and present > total_delegates:
        yield _error(
            "exceeds_total", "present", say.PRESENT_EXCEEDS_TOTAL,
            value=present, total=total_delegates, difference=present - total_delegates,
        )  # fmt: skip
    for name, value, above_present, above_total in papers:
        if value is None:
            continue
        if present is not None and value > present:
            yield _error(
                "exceeds_present", name, above_present,
                value=value, present=present, difference=value - present,
            )  # fmt: skip
        if total_delegates is not None and value > total_delegates:
            yield _error(
                "exceeds_total", name, above_total,
                value=value, total=total_delegates, difference=value - total_delegates,
            )  # fmt: skip


def _entry(
    entry: EntryCount, totals: SheetTotals, *, total_delegates: int | None, present: int | None
) -> Iterator[Problem]:
    """One row: its marks against valid papers, papers returned and delegates."""
    known = [votes for votes in entry.votes.values() if votes is not None]
    if not known:
        return
    total = entry.known_sum
    for code, limit, sentence in _limits(totals, len(known), present):
        if limit is not None and total > limit:
            params = {
                "sum": entry.sum_words, "total": total, "limit": limit, "difference": total - limit,
            }  # fmt: skip
            yield Problem(Severity.ERROR, code, entry.entry, "", sentence, params)
    if total_delegates is not None and total > total_delegates:
        params = {
            "sum": entry.sum_words, "value": total, "total": total_delegates,
            "difference": total - total_delegates,
        }  # fmt: skip
        yield Problem(
            Severity.ERROR, "exceeds_total", entry.entry, "", say.SUM_EXCEEDS_TOTAL, params
        )
    short = below_returned(entry, totals)
    if short is not None and void_of(entry, totals) != 0:
        yield short


def _limits(
    totals: SheetTotals, known: int, present: int | None
) -> list[tuple[str, int | None, str]]:
    """What a row's marks may not exceed.

    Papers issued and delegates present stand in for papers returned where these are not told.
    """
    words = min(known, 3)
    limits = [
        ("sum_exceeds_valid", totals.valid, say.SUM_EXCEEDS_VALID[words]),
        ("sum_exceeds_returned", totals.returned, say.SUM_EXCEEDS_RETURNED[words]),
    ]
    if totals.returned is None:
        limits += [
            ("sum_exceeds_returned", totals.issued, say.SUM_EXCEEDS_ISSUED),
            ("exceeds_present", present, say.SUM_EXCEEDS_PRESENT),
        ]
    return limits

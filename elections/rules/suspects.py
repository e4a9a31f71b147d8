"""Which single number, if it were another, would make every sum of a count hold.

A count rarely fails in one sum only: one wrong number stands in several. The number that explains
all of them is the one to look at first.

Source: practice, no article.
"""

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from elections.rules import tally
from elections.rules.tally import EntryCount, SheetTotals

WHOLE_AND_PARTS: Final = (
    ("printed", ("issued", "unused", "spoiled")),
    ("issued", ("returned", "not_returned")),
    ("returned", ("valid", "invalid")),
)
MOST: Final = 3
"""More numbers than these explain nothing."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A number which alone explains everything that fails.

    Attributes:
        entry: the row's code; empty for a total.
        field: the total or option.
        value: as typed.
        mended: with this instead every sum holds.
        is_limit: whether a smaller number would do as well.
    """

    entry: str
    field: str
    value: int
    mended: int
    is_limit: bool = False


def suspects(
    totals: SheetTotals,
    entries: Sequence[EntryCount],
    *,
    total_delegates: int | None,
    present: int | None,
    known: Collection[str] = (),
) -> tuple[Suspect, ...]:
    """Numbers that alone explain every error, the likeliest slip of the hand first.

    `known` are totals that come from elsewhere and are not suspected. Empty where nothing fails,
    where two numbers must be wrong, or where too many would do.
    """

    def fails(changed: SheetTotals, rows: Sequence[EntryCount]) -> bool:
        found = tally.check_counts(changed, rows, total_delegates=total_delegates, present=present)
        return bool(tally.errors(found))

    if not fails(totals, entries):
        return ()
    found = [
        trial
        for trial in {*_totals(totals)}
        if trial.field not in known
        and not fails(dataclasses.replace(totals, **{trial.field: trial.mended}), entries)
    ]
    for trial in _cells(totals, entries, total_delegates=total_delegates):
        rows = [_replaced(entry, trial) for entry in entries]
        if not fails(totals, rows):
            found.append(trial)
    if len(found) > MOST:
        return ()
    return tuple(sorted(found, key=_likelihood))


def is_slip(typed: int, meant: int) -> bool:
    """Whether the hand slips so: two digits swapped, one wrong, one too many or too few."""
    one, two = str(typed), str(meant)
    if len(one) == len(two):
        wrong = [place for place in range(len(one)) if one[place] != two[place]]
        swapped = len(wrong) == 2 and sorted(one) == sorted(two)  # noqa: PLR2004 - a pair
        return len(wrong) == 1 or (swapped and wrong[1] == wrong[0] + 1)
    longer, shorter = max(one, two, key=len), min(one, two, key=len)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _likelihood(suspect: Suspect) -> tuple[bool, int, str, str]:
    """A slip of the hand first, then the smallest change."""
    difference = abs(suspect.value - suspect.mended)
    slip = is_slip(suspect.value, suspect.mended)
    return (not slip, difference, suspect.entry, suspect.field)


def _totals(totals: SheetTotals) -> Iterator[Suspect]:
    """Each total with each value that one of its sums asks for."""
    for whole, parts in WHOLE_AND_PARTS:
        numbers = {name: getattr(totals, name) for name in (whole, *parts)}
        if None in numbers.values():
            continue
        gap = numbers[whole] - sum(numbers[part] for part in parts)
        for name in (whole, *parts):
            mended = numbers[name] + (-gap if name == whole else gap)
            if gap and mended >= 0:
                yield Suspect("", name, numbers[name], mended)


def _cells(
    totals: SheetTotals, entries: Sequence[EntryCount], *, total_delegates: int | None
) -> Iterator[Suspect]:
    """Each number of the one row that has too many marks, as far as it alone may be too high."""
    limits = [
        limit for limit in (totals.valid, totals.returned, total_delegates) if limit is not None
    ]
    high = [entry for entry in entries if limits and entry.known_sum > min(limits)]
    if len(high) != 1:
        return
    over = high[0].known_sum - min(limits)
    for option, votes in high[0].votes.items():
        if votes is not None and votes >= over:
            yield Suspect(high[0].entry, option, votes, votes - over, is_limit=True)


def _replaced(entry: EntryCount, trial: Suspect) -> EntryCount:
    """The row with the trial's number in it."""
    if entry.entry != trial.entry:
        return entry
    return dataclasses.replace(entry, votes={**entry.votes, trial.field: trial.mended})

"""Figures in a clerk's own words that contradict the books, each with the right one.

A figure is judged only where its sentence names what it is of ("có mặt", a person, an indicator)
and the books know that thing in the same unit. Everything else is the clerk's to say.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from council.rules import shares
from council.rules.figures import percent_vi
from resolutions.rules.session_facts import (
    IndicatorFact,
    LineFact,
    PollFact,
    SessionFacts,
    VoteFact,
)

PERCENT, PAPERS, PEOPLE, MONEY = "%", "phiếu", "đại biểu", "đồng"
RESOLUTIONS: Final = "nghị quyết"
PRESENT: Final = "có mặt"
_UNITS: Final = "|".join((PAPERS, PEOPLE, RESOLUTIONS))
_NUMBER: Final = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_FIGURE: Final = re.compile(
    rf"(?P<billions>{_NUMBER})\s+tỷ(?:\s+(?P<millions>{_NUMBER})\s+triệu)?\s+đồng"
    rf"|(?P<only>{_NUMBER})\s+triệu\s+đồng"
    rf"|(?P<percent>{_NUMBER})\s?%"
    rf"|(?P<count>{_NUMBER})(?:/(?P<of>{_NUMBER}))?\s+(?P<unit>{_UNITS})",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.;])\s+|\n+")
_THOUSAND: Final = 1000


@dataclass(frozen=True, slots=True)
class Known:
    """What the books say of one thing in one unit; `shown` as it is written."""

    label: str
    unit: str
    values: frozenset[Decimal]
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A figure that is none of those that the books have for the thing named beside it."""

    written: str
    label: str
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    text: str
    unit: str
    value: Decimal
    start: int


def contradictions(words: str, known: Sequence[Known]) -> tuple[Contradiction, ...]:
    """Every figure of the text that the books contradict."""
    return tuple(
        found for sentence in _SENTENCE.split(words) for found in _in_sentence(sentence, known)
    )


def _in_sentence(sentence: str, known: Sequence[Known]) -> Iterator[Contradiction]:
    named = _named(sentence, known)
    if not named:
        return
    for figure in _figures(sentence):
        about = [(place, one) for place, one in named if one.unit == figure.unit]
        if not about or any(figure.value in one.values for _place, one in about):
            continue
        before = [pair for pair in about if pair[0] <= figure.start]
        nearest = max(before, key=_by_place) if before else min(about, key=_by_place)
        yield Contradiction(figure.text, nearest[1].label, nearest[1].shown)


def _by_place(pair: tuple[int, Known]) -> int:
    return pair[0]


def _named(sentence: str, known: Sequence[Known]) -> list[tuple[int, Known]]:
    """Things that the sentence names, with their place; a longer name hides a shorter in it."""
    text = sentence.casefold()
    found = [(text.find(one.label.casefold()), one) for one in known]
    found = [(place, one) for place, one in found if place >= 0]
    longest: dict[int, int] = {}
    for place, one in found:
        longest[place] = max(longest.get(place, 0), len(one.label))
    return [(place, one) for place, one in found if len(one.label) == longest[place]]


def _figures(sentence: str) -> Iterator[_Written]:
    for match in _FIGURE.finditer(sentence):
        text, start = " ".join(match.group().split()), match.start()
        if match["percent"]:
            yield _Written(text, PERCENT, _number(match["percent"]), start)
        elif match["count"]:
            yield _Written(text, match["unit"].lower(), _number(match["count"]), start)
        elif match["only"]:
            yield _Written(text, MONEY, _number(match["only"]), start)
        else:
            millions = _number(match["millions"]) if match["millions"] else Decimal(0)
            yield _Written(text, MONEY, _number(match["billions"]) * _THOUSAND + millions, start)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


# --- what the books know --------------------------------------------------------------------------


def known_figures(facts: SessionFacts) -> list[Known]:
    """What can be checked in a text about this session."""
    return [
        *_attendance(facts),
        *(one for poll in facts.polls for one in _poll(poll)),
        *(one for indicator in facts.indicators for one in _indicator(indicator)),
        *_votes(facts.votes),
        *_resolutions(facts),
    ]


def _known(label: str, unit: str, shown: Iterable[str]) -> Iterator[Known]:
    written = tuple(dict.fromkeys(shown))
    values = frozenset(figure.value for text in written for figure in _figures(text))
    if values:
        yield Known(label, unit, values, written)


def _attendance(facts: SessionFacts) -> Iterator[Known]:
    here = [n for sitting in facts.sittings for n in (sitting.attended, sitting.present_at_opening)]
    here += [vote.present for vote in facts.votes] + [poll.present for poll in facts.polls]
    # "34/35 đại biểu có mặt": a sentence about those present may name the whole number too.
    totals = [sitting.total for sitting in facts.sittings] + [vote.total for vote in facts.votes]
    totals += [poll.total for poll in facts.polls]
    gone = [len(one.excused) + len(one.unexcused) for one in facts.sittings]
    late = [len(one.late) for one in facts.sittings]
    allowed = [*here, *totals, *gone, *late]
    allowed += [len(one.excused) for one in facts.sittings]
    allowed += [len(one.unexcused) for one in facts.sittings]
    allowed += [n for vote in facts.votes for n in (vote.in_favour, vote.against, vote.not_voting)]
    if here:
        shown = tuple(dict.fromkeys(f"{count} {PEOPLE}" for count in here))
        yield Known(PRESENT, PEOPLE, frozenset(map(Decimal, allowed)), shown)


def _poll(poll: PollFact) -> Iterator[Known]:
    for line in poll.lines:
        yield from _known(line.name.partition(" ")[2] or line.name, PAPERS, _papers(line))
        shown = (percent_vi(share) for _option, _count, share in line.votes if share is not None)
        yield from _known(line.name.partition(" ")[2] or line.name, PERCENT, shown)


def _papers(line: LineFact) -> Iterator[str]:
    return (f"{count} {PAPERS}" for _option, count, _share in line.votes)


def _indicator(one: IndicatorFact) -> Iterator[Known]:
    name = one.name.partition(" (")[0]
    compared = (one.plan, one.prior)
    shown = (percent_vi(abs(each.value), 3) for each in compared if each is not None)
    yield from _known(name, PERCENT, shown)
    yield from _known(name, MONEY, [one.result])


def _votes(votes: Sequence[VoteFact]) -> Iterator[Known]:
    for vote in votes:
        share = percent_vi(shares.percentage(vote.in_favour, vote.total))
        yield from _known(vote.subject.rstrip("."), PERCENT, [share])


def _resolutions(facts: SessionFacts) -> Iterator[Known]:
    if facts.resolutions:
        count = len(facts.resolutions)
        yield from _known("thông qua", RESOLUTIONS, [f"{count} {RESOLUTIONS}"])

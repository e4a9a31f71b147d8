"""Open votes as pages show them: the majority each matter needs, the list of those who choose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from council import queries as council_queries
from council.models import Council, Mandate
from council.rules.law import Provision
from council.rules.short_council import Strength
from sessions.models import Matter, OpenVote, Session, Sitting
from sessions.queries import sittings as sitting_queries
from sessions.rules import open_votes as rules


@dataclass(frozen=True, slots=True)
class Majority:
    """What matters need in this council today.

    Attributes:
        matters: names of the matters, in the order of the form; empty for "every other matter".
        needed: delegates who must vote for it, of `total`.
        phrase: the share in words.
        article: where it is written.
    """

    matters: tuple[str, ...]
    needed: int
    total: int
    phrase: str
    article: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One delegate of a vote by name, and what is ticked (empty: nothing yet)."""

    mandate: Mandate
    option: str


def strength(council_session: Session, day: date) -> Strength:
    """How the council stands on the day by the number of its delegates (Law 72/2025 Art. 49)."""
    return council_queries.strength_on(council_session.term, day)


def rule_for(sitting: Sitting, matter: str) -> Provision:
    """The majority that the matter needs, by the law of the sitting's day.

    Raises:
        Refusal: ``law.no_rule``.
    """
    council_session = sitting.council_session
    return rules.rule_for(
        matter,
        sitting.held_on,
        council_session.term.council.level,
        is_short_council=strength(council_session, sitting.held_on).is_short,
    )


def majorities_for(sitting: Sitting, total: int) -> list[Majority]:
    """What the matters need, one line a rule; the usual majority comes first.

    Raises:
        Refusal: ``law.no_rule``.
    """
    council_session = sitting.council_session
    level, day = council_session.term.council.level, sitting.held_on
    is_short = strength(council_session, day).is_short
    by_rule: dict[str, tuple[Provision, list[str]]] = {}
    for matter in Matter:
        rule = rules.rule_for(matter.value, day, level, is_short_council=is_short)
        by_rule.setdefault(rule.id, (rule, []))[1].append(str(matter.label))
    found = sorted(by_rule.values(), key=lambda pair: -len(pair[1]))
    return [
        Majority(
            tuple(matters) if place else (),
            rule.needed_threshold.votes_needed(total),
            total,
            rule.needed_threshold.phrase,
            rule.article,
        )
        for place, (rule, matters) in enumerate(found)
    ]


def for_staff(council: Council) -> QuerySet[OpenVote]:
    """Votes of the council's sessions, for looking one up by its key."""
    return OpenVote.objects.filter(council_session__term__council=council).select_related(
        "council_session__term__council",
        "sitting__council_session__term__council",
        "item",
        "recorded_by",
    )


def newest_pk(sitting: Sitting) -> int:
    """Key of the sitting's newest vote, 0 for none."""
    return sitting.open_votes.order_by("-pk").values_list("pk", flat=True).first() or 0


def choices_of(vote: OpenVote) -> list[Choice]:
    """Who voted how, by given name."""
    rows = vote.choices.select_related("mandate__person", "mandate__group").order_by(
        "mandate__person__sort_key", "mandate"
    )
    return [Choice(row.mandate, row.option) for row in rows]


def voters_of(vote: OpenVote, ticked: dict[int, str]) -> list[Choice]:
    """Who was in the hall when the vote was opened, with what is ticked so far."""
    voters: Iterable[Mandate] = sitting_queries.present_on(vote.sitting, vote.opened_at)
    return [Choice(mandate, ticked.get(mandate.pk, "")) for mandate in voters]

"""A resolution set for reading: its passages with links and with what happened to each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from council.models import Council
from resolutions.models import Notice, Relation, Resolution
from resolutions.queries import books, texts
from resolutions.queries import relations as relation_queries
from resolutions.rules import blocks, mentions, relations, standing
from resolutions.rules.amending import Named
from resolutions.rules.blocks import Block
from resolutions.rules.consolidation import Consolidated, Event
from resolutions.rules.mentions import Segment
from resolutions.rules.relations import Action
from resolutions.rules.standing import Period, Standing

TAGS = {
    Standing.NOT_YET: "warn", Standing.IN_FORCE: "ok", Standing.CORRECTED: "ok",
    Standing.AMENDED: "ok",
    Standing.PARTLY: "warn", Standing.ENDED: "bad", Standing.WITHDRAWN: "bad",
}  # fmt: skip


@dataclass(frozen=True)
class StandingTag:
    """The standing in words, with the colour of its tag."""

    name: str
    tag: str
    is_holding: bool


@dataclass(frozen=True)
class Change:
    """Something that happened to a passage: what, by which act, from when.

    Attributes:
        before: what it read before; where the text as published is shown, that stands above.
        after: of a correction, how it has to be read, beside the text as published.
    """

    what: str
    action: Action
    before: tuple[str, ...]
    after: str = ""


@dataclass(frozen=True)
class Passage:
    """A printed block, its words cut at mentions, and what happened to it."""

    block: Block
    heading: tuple[Segment, ...]
    text: tuple[Segment, ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Turn:
    """A period in words, for the story of a resolution."""

    period: Period
    tag: StandingTag
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Link:
    """A relation to another text, in words: which, where, from when."""

    what: str
    symbol: str
    title: str
    address: str
    pieces: str


def standing_tag(value: Standing) -> StandingTag:
    """``Còn hiệu lực`` in green, and so on."""
    return StandingTag(_(standing.NAMES[value]), TAGS[value], value in standing.HOLDING)


def known_in(council: Council, words: Iterable[str]) -> mentions.Known:
    """The published resolutions that the texts mention; one query, none without a mention."""
    symbols = {str(one.symbol) for text in words for one in mentions.mentions_in(text)}
    return relation_queries.addresses_of(council, symbols)


def passages(
    row: Iterable[Block],
    council: Council,
    known: mentions.Known,
    *,
    events: Mapping[str, Sequence[Event]],
) -> list[Passage]:
    """The blocks with links to the resolutions that they mention, and with their history."""
    return [
        Passage(
            block, mentions.segments(block.heading, known, unit=council.unit),
            mentions.segments(block.text, known, unit=council.unit),
            tuple(change_of(event) for event in events.get(block.key, ())),
        )
        for block in row
    ]  # fmt: skip


def change_of(event: Event) -> Change:
    """What an event did, in the reader's language."""
    return Change(_(relations.PASSIVE[event.action.kind]), event.action, event.before)


@dataclass(frozen=True)
class Touch:
    """An act upon the text was itself amended, repealed …: which, what happened, by whom, when.

    `is_followed`: it had happened by the day on which the act began, so the words are taken so.
    """

    act: Action
    what: str
    by: Action
    is_followed: bool


def touches_of(actions: Iterable[Action]) -> tuple[Touch, ...]:
    """What happened to the acts themselves, each pair of acts once for each kind."""
    found: dict[tuple[str, ...], Touch] = {}
    for act in actions:
        for by in act.touched_by:
            is_followed = (
                by.kind is relations.RelationKind.WITHDRAWS or by.effective_on <= act.effective_on
            )
            touch = Touch(act, _(relations.PASSIVE[by.kind]), by, is_followed)
            found.setdefault((act.act, act.address, by.kind, by.act, by.address), touch)
    return tuple(found.values())


@dataclass(frozen=True)
class Story:
    """All that acts did to a resolution, and what it does to others."""

    actions: tuple[Action, ...]
    notices: tuple[Notice, ...]
    outgoing: tuple[Link, ...]
    incoming: tuple[Link, ...]
    turns: tuple[Turn, ...]
    now: Consolidated
    acts: tuple[Relation, ...] = ()
    """What it does to others, as rows."""
    touches: tuple[Touch, ...] = ()
    """Acts upon this one that were acted upon themselves."""

    @property
    def is_changed(self) -> bool:
        """Its words changed, or will: there is a consolidated text to read."""
        return any(action.kind in relations.CHANGING for action in self.actions)


def story_of(resolution: Resolution, day: date) -> Story:
    """Read and tell it: two queries, three where there are notices."""
    found = books.around(resolution)
    actions = found.actions()
    return Story(
        actions, found.notices_on_target,
        outgoing=tuple(_outgoing(found.outgoing)), incoming=tuple(_incoming(actions)),
        turns=tuple(_turns(resolution, actions)),
        now=relation_queries.text_on(resolution, day, actions=actions),
        acts=found.outgoing, touches=touches_of(actions),
    )  # fmt: skip


@dataclass(frozen=True)
class Fate:
    """How a text stands and what acts did to it; `turns` is the story by day.

    Of a text from the archives nothing is known that it does to others.
    """

    actions: tuple[Action, ...]
    standing: StandingTag
    incoming: tuple[Link, ...]
    turns: tuple[Turn, ...]
    outgoing: tuple[Link, ...] = ()

    @property
    def touches(self) -> tuple[Touch, ...]:
        """Acts upon the text that were acted upon themselves."""
        return touches_of(self.actions)

    @property
    def is_changed(self) -> bool:
        """Its words changed, or will."""
        return any(action.kind in relations.CHANGING for action in self.actions)


def fate_of(target: relation_queries.Target, day: date) -> Fate:
    """Read and tell it, of a resolution of here or of one from the archives; two queries."""
    actions = relation_queries.actions_on(target)
    standing_then = relation_queries.standing_on(target, day, actions=actions)
    return Fate(
        actions, standing_tag(standing_then), tuple(_incoming(actions)),
        tuple(_turns(target, actions)),
    )  # fmt: skip


def _turns(target: relation_queries.Target, actions: tuple[Action, ...]) -> Iterable[Turn]:
    for period in relation_queries.periods_of(target, actions=actions):
        by = {(one.kind, one.act): one for one in period.by}
        yield Turn(
            period, standing_tag(period.standing),
            tuple(Change(_(relations.PASSIVE[one.kind]), one, ()) for one in by.values()),
        )  # fmt: skip


def _outgoing(rows: Sequence[Relation]) -> Iterable[Link]:
    grouped: dict[tuple[str, str], list[Relation]] = {}
    for row in rows:
        named = str(row.target or row.archived or row.outside)
        grouped.setdefault((row.kind, named), []).append(row)
    for (kind, named), group in grouped.items():
        other = group[0].target or group[0].archived
        yield Link(
            _(relations.NAMES[relations.RelationKind(kind)]), named,
            other.title if other else "", other.get_absolute_url() if other else "",
            ", ".join(one.target_words for one in group if one.target_words),
        )  # fmt: skip


def _incoming(actions: Sequence[Action]) -> Iterable[Link]:
    grouped: dict[tuple[str, str, str], list[Action]] = {}
    for action in actions:
        grouped.setdefault((action.kind, action.act, action.address), []).append(action)
    for (kind, act, address), group in grouped.items():
        yield Link(
            _(relations.PASSIVE[relations.RelationKind(kind)]), act, "", address,
            ", ".join(one.target_words for one in group if one.target_words),
        )  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """A text for the page: its bases and its passages."""

    bases: list[tuple[Segment, ...]]
    passages: list[Passage]


def read(
    resolution: Resolution, row: Sequence[Block], events: Mapping[str, Sequence[Event]]
) -> Reading:
    """The blocks and the resolution's bases, set for reading."""
    council, lines = resolution.council, texts.lines_of(resolution.bases)
    known = known_in(council, [*lines, *(f"{one.heading}\n{one.text}" for one in row)])
    return Reading(
        [mentions.segments(line, known, unit=council.unit) for line in lines],
        passages(row, council, known, events=events),
    )


def read_as_published(resolution: Resolution, story: Story) -> Reading:
    """The text as it was published, each passage with what happened to it since.

    What it read before is what stands there. A correction is told beside it in full; of all else
    the page leads to the new words.
    """
    reading = read(resolution, texts.blocks_of(resolution), story.now.events)
    corrected = _corrected(resolution, story)
    return replace(
        reading,
        passages=[
            replace(
                passage,
                changes=tuple(
                    replace(one, before=(), after=_after(one, passage, corrected))
                    for one in passage.changes
                ),
            )
            for passage in reading.passages
        ],
    )


def _corrected(resolution: Resolution, story: Story) -> dict[str, str]:
    """Passage → how it has to be read, by the corrections alone."""
    corrections = [one for one in story.actions if one.kind is relations.RelationKind.CORRECTS]
    if not corrections:
        return {}
    text = relation_queries.text_on(resolution, date.max, actions=corrections)
    return {block.key: block.words for block in blocks.blocks_of(text.body)}


def _after(change: Change, passage: Passage, corrected: Mapping[str, str]) -> str:
    if change.action.kind is not relations.RelationKind.CORRECTS:
        return ""
    return corrected.get(passage.block.key, "")


def read_consolidated(resolution: Resolution, then: Consolidated) -> Reading:
    """The text as it reads on a day, each passage with its history."""
    return read(resolution, blocks.blocks_of(then.body), then.events)


def citation_of(resolution: Resolution) -> str:
    """As official text cites it: number, day, council, abstract."""
    with translation.override("vi"):
        council = f"Hội đồng nhân dân {resolution.council.unit}"
    day = resolution.adopted_on or resolution.council_session.closes_on
    return Named(resolution.symbol, day, council, resolution.title).full

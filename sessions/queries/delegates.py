"""The delegate's page on a phone: what is now and next, papers to read, where he or she sits."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils import timezone

from council import queries as council_queries
from council.models import Council, Mandate, User
from sessions.models import AgendaItem, Document, Excuse, Presence, Session, Sitting
from sessions.queries import agenda, papers


@dataclass(frozen=True, slots=True)
class Section:
    """An item of the first level with all below it; papers are in `item.papers`.

    `is_open`: the hall is in it or comes to it next, so it is shown unfolded.
    """

    head: agenda.Row
    begins: time | None
    below: list[agenda.Row]
    is_open: bool

    @property
    def paper_count(self) -> int:
        """Papers of the items below."""
        return sum(_papers_of(row.item) for row in self.below)


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda of a session as a delegate reads it.

    Attributes:
        sections: the agenda, one section an item of the first level.
        general: papers of the session as a whole.
        current: what the hall is dealing with.
        coming: the next item after it that has nothing below it; before the session, the first.
        coming_at: about when that begins; None where nothing is planned.
        paper_count: papers that can be read.
    """

    sections: list[Section]
    general: list[Document]
    sittings: list[Sitting]
    current: agenda.Row | None
    coming: agenda.Row | None
    coming_at: time | None
    paper_count: int


@dataclass(frozen=True, slots=True)
class MySitting:
    """One sitting, and whether the delegate was there."""

    sitting: Sitting
    stays: list[Presence]
    excuse: Excuse | None


def agenda_for(council_session: Session) -> Agenda:
    """The agenda with its papers, what is now and what comes next."""
    items = list(agenda.for_delegates(council_session))
    rows = agenda.in_tree_order(items)
    sittings = list(council_session.sittings.order_by("held_on", "ordinal"))
    lines = agenda.with_starts(rows, sittings)
    current, coming = agenda.now_and_next(rows)
    released = papers.released_to_delegates().filter(council_session=council_session)
    general = list(released.filter(item=None))
    return Agenda(
        sections=_sections(lines, (current, coming)),
        general=general,
        sittings=sittings,
        current=current,
        coming=coming,
        coming_at=_coming_at(current, coming, lines),
        paper_count=len(general) + sum(map(_papers_of, items)),
    )


def _sections(
    lines: list[tuple[agenda.Row, time | None]], near: tuple[agenda.Row | None, ...]
) -> list[Section]:
    heads = [place for place, (row, _begins) in enumerate(lines) if row.depth == 0]
    sections = []
    for first, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        head, begins = lines[first]
        below = [row for row, _begins in lines[first + 1 : end]]
        is_open = any(row is head or row in below for row in near if row)
        sections.append(Section(head, begins, below, is_open))
    return sections


def _papers_of(item: AgendaItem) -> int:
    """How many papers `for_delegates` found for the item."""
    return len(getattr(item, "papers", ()))


def _coming_at(
    current: agenda.Row | None,
    coming: agenda.Row | None,
    lines: list[tuple[agenda.Row, time | None]],
) -> time | None:
    """When the current item's minutes are over, else as planned."""
    if coming is None:
        return None
    if current and current.item.started_at and current.minutes:
        begun = timezone.localtime(current.item.started_at)
        return (begun + timedelta(minutes=current.minutes)).time()
    return next((begins for row, begins in lines if row is coming), None)


def mandate_in(user: User, council: Council, council_session: Session) -> Mandate | None:
    """The reader's seat on the session's opening day, if he or she has one."""
    return council_queries.mandate_of(user, council, council_session.opens_on)


def my_sittings(mandate: Mandate | None, sittings: list[Sitting]) -> list[MySitting]:
    """The delegate's own attendance, sitting by sitting."""
    if mandate is None:
        return []
    stays: dict[int, list[Presence]] = {}
    for stay in Presence.objects.filter(mandate=mandate, sitting__in=sittings).order_by(
        "arrived_at"
    ):
        stays.setdefault(stay.sitting_id, []).append(stay)
    excuses = {
        excuse.sitting_id: excuse
        for excuse in Excuse.objects.filter(mandate=mandate, sitting__in=sittings)
    }
    return [MySitting(one, stays.get(one.pk, []), excuses.get(one.pk)) for one in sittings]


def group_members(mandate: Mandate | None, day: date) -> list[Mandate]:
    """The delegate's group, heads first."""
    if mandate is None or mandate.group_id is None:
        return []
    return list(
        Mandate.objects.on(day)
        .filter(group=mandate.group_id)
        .select_related("person")
        .order_by("-is_group_head", "person__sort_key", "pk")
    )

"""Who is in the hall, is there a quorum, what was voted."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from council import queries as council_queries
from council.models import Council, Mandate
from council.rules import majorities
from sessions.models import Excuse, Indicator, OpenVote, Presence, Session, Sitting
from sessions.rules import quorum as quorum_rules


def sittings_of(council_session: Session) -> QuerySet[Sitting]:
    """The session's sittings in order."""
    return council_session.sittings.order_by("ordinal")


def for_staff(council: Council) -> QuerySet[Sitting]:
    """Sittings of the council, for looking one up by its key."""
    return Sitting.objects.filter(council_session__term__council=council).select_related(
        "council_session__term__council"
    )


def sessions_for_staff(council: Council) -> QuerySet[Session]:
    """Sessions of the council, for looking one up by its key."""
    return Session.objects.filter(term__council=council).select_related("term__council")


def attended(council_session: Session) -> QuerySet[Sitting]:
    """The session's sittings in order, each with `attended`: delegates who were there at all."""
    return sittings_of(council_session).annotate(
        attended=Count("presences__mandate", distinct=True)
    )


def open_sitting_of(council_session: Session) -> Sitting | None:
    """The sitting that runs now, suspended or not; there is at most one."""
    running = council_session.sittings.filter(
        state__in=[Sitting.State.OPEN, Sitting.State.SUSPENDED]
    )
    return running.first()


def presences_at(sitting: Sitting, moment: datetime | None = None) -> QuerySet[Presence]:
    """Stays that contain the moment; without a moment those that still run."""
    stays = Presence.objects.filter(sitting=sitting)
    if moment is None:
        return stays.filter(left_at=None)
    return stays.filter(arrived_at__lte=moment).filter(Q(left_at=None) | Q(left_at__gt=moment))


def present_on(sitting: Sitting, moment: datetime | None = None) -> QuerySet[Mandate]:
    """The delegates in the hall at the moment, by given name."""
    return (
        Mandate.objects.filter(pk__in=presences_at(sitting, moment).values("mandate"))
        .select_related("person", "group")
        .order_by("person__sort_key", "pk")
    )


def present_count(sitting: Sitting, moment: datetime | None = None) -> int:
    """How many delegates are in the hall at the moment."""
    return presences_at(sitting, moment).count()


def quorum_of(sitting: Sitting, moment: datetime | None = None) -> quorum_rules.Quorum:
    """Present against needed, by the council's own share on the sitting's day, with its source."""
    council_session = sitting.council_session
    council, day = council_session.term.council, sitting.held_on
    share, source = council_queries.quorum_share_on(council, day)
    threshold = majorities.Threshold(share=share, base=majorities.Base.TOTAL, strict=False)
    total = council_queries.total_delegates(council_session.term, day)
    return quorum_rules.quorum(present_count(sitting, moment), total, threshold, source=source)


@dataclass(frozen=True, slots=True)
class RollRow:
    """One delegate on the attendance screen."""

    mandate: Mandate
    stays: tuple[Presence, ...]
    excuse: Excuse | None

    @property
    def is_present(self) -> bool:
        return any(stay.left_at is None for stay in self.stays)

    @property
    def has_left(self) -> bool:
        return bool(self.stays) and not self.is_present


@dataclass(frozen=True, slots=True)
class RollGroup:
    """A delegates' group on the attendance screen, with its own sum."""

    name: str
    rows: tuple[RollRow, ...]

    @property
    def present(self) -> int:
        return sum(row.is_present for row in self.rows)


def roll_of(sitting: Sitting) -> list[RollGroup]:
    """All delegates of the sitting's day by group, with their stays and excuses."""
    mandates = council_queries.delegates_on(sitting.council_session.term, sitting.held_on)
    stays: dict[int, list[Presence]] = {}
    for stay in sitting.presences.order_by("arrived_at"):
        stays.setdefault(stay.mandate_id, []).append(stay)
    excuses = {excuse.mandate_id: excuse for excuse in sitting.excuses.all()}
    groups: dict[tuple[int, str], list[RollRow]] = {}
    for mandate in mandates:
        key = (mandate.group.number, mandate.group.name) if mandate.group else (999, "")
        row = RollRow(mandate, tuple(stays.get(mandate.pk, ())), excuses.get(mandate.pk))
        groups.setdefault(key, []).append(row)
    return [
        RollGroup(name, tuple(rows))
        for (_number, name), rows in sorted(groups.items(), key=lambda g: g[0])
    ]


def votes_of(council_session: Session) -> QuerySet[OpenVote]:
    """The session's open votes, newest first."""
    return council_session.open_votes.select_related("item", "sitting").order_by(
        "-opened_at", "-pk"
    )


def last_vote_moment(sitting: Sitting) -> datetime | None:
    """When the sitting voted last; presence before that moment can no longer change."""
    return sitting.open_votes.order_by("-opened_at").values_list("opened_at", flat=True).first()


def free_vote(council_session: Session, *, matters: list[str]) -> QuerySet[OpenVote]:
    """Passed votes on one of these matters that no decision rests on yet."""
    return council_session.open_votes.filter(
        matter__in=matters, passed=True, agenda_decision=None
    ).order_by("-opened_at")


def indicators_of(council_session: Session) -> QuerySet[Indicator]:
    """The session's indicators in order."""
    return council_session.indicators.order_by("position")


def sittings_on(day: date, council_pk: int) -> QuerySet[Sitting]:
    """A council's sittings of a day."""
    return (
        Sitting.objects.filter(held_on=day, council_session__term__council=council_pk)
        .select_related("council_session__term__council")
        .order_by("starts_at")
    )

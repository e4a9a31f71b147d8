"""Attendance as intervals: arrivals, departures, excuses. Presence at any vote is then known."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from council import queries as council_queries
from council.models import Mandate, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from sessions.models import Excuse, OpenVote, OpenVoteChoice, Presence, Sitting
from sessions.queries import sittings as queries
from sessions.rules import attendance as rules
from sessions.services import sittings


def arrive(
    sitting: Sitting, *, mandates: Iterable[Mandate], at: datetime | None = None, by: User
) -> list[Presence]:
    """Write down that delegates came into the hall; who is there already is left as it is.

    Raises:
        Refusal: ``access.denied``, ``attendance.sitting_closed``, ``attendance.not_a_delegate``,
            ``attendance.in_the_future``, ``attendance.before_a_vote``, ``attendance.overlap``.
    """
    council = sittings.council_of(sitting)
    access.authorise(by, "attendance.edit", council)
    with transaction.atomic():
        sitting = sittings.lock(sitting)
        moment = check_moment(sitting, at)
        check_delegates(sitting, mandates := list(mandates))
        stays = stays_of(sitting)
        added = []
        for mandate in mandates:
            held = stays.get(mandate.pk, ())
            if rules.present_at(held, moment) and any(stay.left_at is None for stay in held):
                continue
            rules.arrive(held, moment)
            added.append(Presence(sitting=sitting, mandate=mandate, arrived_at=moment, recorded_by=by))
        Presence.objects.bulk_create(added)
        Excuse.objects.filter(sitting=sitting, mandate__in=mandates).delete()
        if added:
            audit.record(
                "attendance.arrive", sitting, by=by, council=council,
                after={"at": str(moment), "mandates": sorted(row.mandate_id for row in added)},
            )
    return added


def leave(sitting: Sitting, *, mandate: Mandate, at: datetime | None = None, by: User) -> Presence:
    """Write down that a delegate left; refused for a moment at which he or she voted.

    Raises:
        Refusal: ``access.denied``, ``attendance.sitting_closed``, ``attendance.not_there``,
            ``attendance.voted``, ``attendance.left_before_arrival``, ``attendance.in_the_future``.
    """
    council = sittings.council_of(sitting)
    access.authorise(by, "attendance.edit", council)
    with transaction.atomic():
        sitting = sittings.lock(sitting)
        moment = at or timezone.now()
        check_running(sitting, moment)
        rules.leave(stays_of(sitting).get(mandate.pk, ()), moment, votes=vote_moments(sitting, mandate))
        presence = Presence.objects.select_for_update().get(sitting=sitting, mandate=mandate, left_at=None)
        presence.left_at = moment
        presence.full_clean()
        presence.save(update_fields=["left_at"])
        audit.record(
            "attendance.leave", sitting, by=by, council=council,
            after={"at": str(moment), "mandate": mandate.pk},
        )
    return presence


def set_roll(sitting: Sitting, *, present: Collection[int], by: User) -> None:
    """The whole screen at once: who is ticked is there from now, who is not has left now.

    Args:
        present: keys of the mandates that are ticked.

    Raises:
        Refusal: those of `arrive` and `leave`; nothing is changed then.
    """
    with transaction.atomic():
        here = set(queries.presences_at(sitting).values_list("mandate", flat=True))
        delegates = council_queries.delegates_on(sitting.council_session.term, sitting.held_on)
        arrive(
            sitting, mandates=[m for m in delegates if m.pk in present and m.pk not in here], by=by
        )
        for mandate in delegates:
            if mandate.pk in here and mandate.pk not in present:
                leave(sitting, mandate=mandate, by=by)


def excuse(sitting: Sitting, *, mandate: Mandate, reason: str, by: User) -> Excuse:
    """Write down why a delegate is absent from the sitting (Law 72/2025 Art. 33(2)).

    Raises:
        Refusal: ``access.denied``, ``attendance.is_present``, ``attendance.not_a_delegate``.
    """
    council = sittings.council_of(sitting)
    access.authorise(by, "attendance.edit", council)
    with transaction.atomic():
        sitting = sittings.lock(sitting)
        check_delegates(sitting, [mandate])
        if queries.presences_at(sitting).filter(mandate=mandate).exists():
            raise Refusal(
                "attendance.is_present",
                gettext_noop("Đại biểu đang có mặt; ghi về trước khi ghi lý do vắng."),
                field="reason",
            )
        row, _created = Excuse.objects.update_or_create(
            sitting=sitting, mandate=mandate, defaults={"reason": reason, "recorded_by": by}
        )
        audit.record(
            "attendance.excuse", sitting, by=by, council=council,
            after={"mandate": mandate.pk, "reason": reason},
        )
    return row


def stays_of(sitting: Sitting) -> dict[int, tuple[rules.Stay, ...]]:
    """Each delegate's stays as the rules see them."""
    found: dict[int, tuple[rules.Stay, ...]] = {}
    for row in sitting.presences.order_by("arrived_at"):
        stay = rules.Stay(row.arrived_at, row.left_at)
        found[row.mandate_id] = (*found.get(row.mandate_id, ()), stay)
    return found


def vote_moments(sitting: Sitting, mandate: Mandate) -> list[datetime]:
    """When the delegate voted in this sitting: by name, or as one of those counted."""
    by_name = OpenVoteChoice.objects.filter(vote__sitting=sitting, mandate=mandate)
    counted = OpenVote.objects.filter(sitting=sitting, method=OpenVote.Method.TOTALS)
    there = queries.presences_at
    return [
        *by_name.values_list("vote__opened_at", flat=True),
        *(
            moment
            for moment in counted.values_list("opened_at", flat=True)
            if there(sitting, moment).filter(mandate=mandate).exists()
        ),
    ]


def check_moment(sitting: Sitting, at: datetime | None) -> datetime:
    """The moment of an arrival: not in the future, not before a vote whose base is frozen."""
    moment = at or timezone.now()
    check_running(sitting, moment)
    voted_at = queries.last_vote_moment(sitting)
    if voted_at is not None and moment <= voted_at:
        raise Refusal(
            "attendance.before_a_vote",
            gettext_noop("Lúc %(at)s đã có biểu quyết với số có mặt khi đó; ghi giờ đến sau lúc ấy."),
            params={"at": f"{timezone.localtime(voted_at):%H:%M}"},
        )
    return moment


def check_running(sitting: Sitting, moment: datetime) -> None:
    """Refuse for a closed sitting and for the future."""
    if sitting.state == Sitting.State.CLOSED:
        raise Refusal(
            "attendance.sitting_closed", gettext_noop("Phiên họp đã kết thúc, không sửa điểm danh được.")
        )
    if moment > timezone.now():
        raise Refusal("attendance.in_the_future", gettext_noop("Giờ ghi không thể ở tương lai."))


def check_delegates(sitting: Sitting, mandates: Iterable[Mandate]) -> None:
    """Refuse people who are no delegates on the sitting's day."""
    delegates = council_queries.delegates_on(sitting.council_session.term, sitting.held_on)
    known = set(delegates.values_list("pk", flat=True))
    if any(mandate.pk not in known for mandate in mandates):
        raise Refusal(
            "attendance.not_a_delegate",
            gettext_noop("Có người không phải là đại biểu đương nhiệm vào ngày họp."),
        )

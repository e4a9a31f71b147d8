"""Attendance as intervals: arrivals, departures, excuses. Presence at any vote is then known."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from council import queries as council_queries
from council.models import Mandate, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from sessions.models import Excuse, Presence, Sitting
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
            added.append(
                Presence(sitting=sitting, mandate=mandate, arrived_at=moment, recorded_by=by)
            )
        Presence.objects.bulk_create(added)
        Excuse.objects.filter(sitting=sitting, mandate__in=mandates).delete()
        if added:
            audit.record(
                "attendance.arrive",
                sitting,
                by=by,
                council=council,
                after={"at": str(moment), "mandates": sorted(row.mandate_id for row in added)},
            )
    return added


def leave(sitting: Sitting, *, mandate: Mandate, at: datetime | None = None, by: User) -> Presence:
    """Write down that a delegate left; refused for a moment at which he or she voted.

    Raises:
        Refusal: ``access.denied``, ``attendance.sitting_closed``, ``attendance.not_there``,
            ``attendance.voted``, ``attendance.left_before_arrival``, ``attendance.in_the_future``.
    """
    access.authorise(by, "attendance.edit", sittings.council_of(sitting))
    with transaction.atomic():
        sitting = sittings.lock(sitting)
        moment = at or timezone.now()
        check_running(sitting, moment)
        return end_stays(sitting, [mandate.pk], moment, by=by)[0]


def end_stays(
    sitting: Sitting, mandates: Collection[int], moment: datetime, *, by: User
) -> list[Presence]:
    """End the running stays of these mandates at one moment; part of `leave` and `set_roll`."""
    stays, voted_at = stays_of(sitting), vote_moments(sitting)
    for pk in mandates:
        held = stays.get(pk, ())
        voted = [vote for vote in voted_at if rules.present_at(held, vote)]
        rules.leave(held, timezone.localtime(moment), votes=voted)
    running = list(
        Presence.objects.select_for_update().filter(
            sitting=sitting, mandate__in=mandates, left_at=None
        )
    )
    for presence in running:
        presence.left_at = moment
    Presence.objects.bulk_update(running, ["left_at"])
    audit.record(
        "attendance.leave",
        sitting,
        by=by,
        council=sittings.council_of(sitting),
        after={"at": str(moment), "mandates": sorted(mandates)},
    )
    return running


def set_roll(
    sitting: Sitting, *, present: Collection[int], shown: Collection[int] | None = None, by: User
) -> None:
    """The whole screen at once: who was ticked is there from now, who was unticked has left now.

    Before the sitting opens nobody has left anything: an unticked delegate is struck off.

    Args:
        present: keys of the mandates that are ticked.
        shown: keys that were ticked when the screen was opened; only differences from them are
            written, so that two people may tick at the same time. None: whoever is there now.

    Raises:
        Refusal: those of `arrive` and `leave`; nothing is changed then.
    """
    access.authorise(by, "attendance.edit", sittings.council_of(sitting))
    with transaction.atomic():
        sitting = sittings.lock(sitting)
        here = set(queries.presences_at(sitting).values_list("mandate", flat=True))
        known = here if shown is None else set(shown)
        delegates = council_queries.delegates_on(sitting.council_session.term, sitting.held_on)
        arrive(
            sitting,
            by=by,
            mandates=[m for m in delegates if m.pk in present and m.pk not in known | here],
        )
        gone = {m.pk for m in delegates if m.pk in known & here and m.pk not in present}
        if gone and sitting.state == Sitting.State.PLANNED:
            strike(sitting, gone, by=by)
        elif gone:
            moment = timezone.now()
            check_running(sitting, moment)
            end_stays(sitting, gone, moment, by=by)


def undo_arrival(sitting: Sitting, *, mandate: Mandate, by: User) -> None:
    """Strike out the running stay, written down by mistake. A delegate who voted stays in.

    Raises:
        Refusal: ``access.denied``, ``attendance.sitting_closed``, ``attendance.not_there``,
            ``attendance.voted``.
    """
    access.authorise(by, "attendance.edit", sittings.council_of(sitting))
    with transaction.atomic():
        sitting = sittings.lock(sitting)
        check_running(sitting, timezone.now())
        strike(sitting, [mandate.pk], by=by)


def strike(sitting: Sitting, mandates: Collection[int], *, by: User) -> None:
    """Delete the running stays of these mandates; part of `undo_arrival` and `set_roll`."""
    stays, voted_at = stays_of(sitting), vote_moments(sitting)
    for pk in mandates:
        held = stays.get(pk, ())
        rules.leave(held, timezone.localtime())
        voted = [vote for vote in voted_at if rules.present_at(held, vote)]
        rules.check_votes_covered([stay for stay in held if stay.left_at is not None], voted)
    Presence.objects.filter(sitting=sitting, mandate__in=mandates, left_at=None).delete()
    audit.record(
        "attendance.undo_arrival",
        sitting,
        by=by,
        council=sittings.council_of(sitting),
        after={"mandates": sorted(mandates)},
    )


def undo_leave(sitting: Sitting, *, mandate: Mandate, by: User) -> Presence:
    """Take back the last departure: the delegate never left. Refused after a later vote.

    Raises:
        Refusal: ``access.denied``, ``attendance.sitting_closed``, ``attendance.not_left``,
            ``attendance.before_a_vote``.
    """
    council = sittings.council_of(sitting)
    access.authorise(by, "attendance.edit", council)
    with transaction.atomic():
        sitting = sittings.lock(sitting)
        check_running(sitting, timezone.now())
        last = sitting.presences.filter(mandate=mandate).order_by("-arrived_at", "-pk").first()
        if last is None or last.left_at is None:
            raise Refusal(
                "attendance.not_left",
                gettext_noop("Đại biểu chưa được ghi về nên không có gì để bỏ."),
            )
        check_after_votes(sitting, last.left_at)
        last.left_at = None
        last.full_clean()
        last.save(update_fields=["left_at"])
        audit.record(
            "attendance.undo_leave", sitting, by=by, council=council, after={"mandate": mandate.pk}
        )
    return last


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
        row.full_clean()
        audit.record(
            "attendance.excuse",
            sitting,
            by=by,
            council=council,
            after={"mandate": mandate.pk, "reason": reason},
        )
    return row


def stays_of(sitting: Sitting) -> dict[int, tuple[rules.Stay, ...]]:
    """Each delegate's stays as the rules see them, in local time since sentences name it."""
    found: dict[int, tuple[rules.Stay, ...]] = {}
    for row in sitting.presences.order_by("arrived_at"):
        left_at = timezone.localtime(row.left_at) if row.left_at else None
        stay = rules.Stay(timezone.localtime(row.arrived_at), left_at)
        found[row.mandate_id] = (*found.get(row.mandate_id, ()), stay)
    return found


def vote_moments(sitting: Sitting) -> list[datetime]:
    """When the sitting voted; who was in the hall then is counted, in an open vote too."""
    moments = sitting.open_votes.order_by("opened_at").values_list("opened_at", flat=True)
    return [timezone.localtime(moment) for moment in moments]


def check_moment(sitting: Sitting, at: datetime | None) -> datetime:
    """The moment of an arrival: not in the future, not before a vote whose base is frozen."""
    moment = at or timezone.now()
    check_running(sitting, moment)
    check_after_votes(sitting, moment)
    return timezone.localtime(moment)


def check_after_votes(sitting: Sitting, moment: datetime) -> None:
    """Refuse to add somebody to the hall at a moment whose number present is frozen in a vote."""
    voted_at = queries.last_vote_moment(sitting)
    if voted_at is not None and moment <= voted_at:
        raise Refusal(
            "attendance.before_a_vote",
            gettext_noop(
                "Lúc %(at)s đã có biểu quyết với số có mặt khi đó; ghi giờ đến sau lúc ấy."
            ),
            params={"at": f"{timezone.localtime(voted_at):%H:%M}"},
        )


def check_running(sitting: Sitting, moment: datetime) -> None:
    """Refuse for a closed sitting and for the future."""
    if sitting.state == Sitting.State.CLOSED:
        raise Refusal(
            "attendance.sitting_closed",
            gettext_noop("Phiên họp đã kết thúc, không sửa điểm danh được."),
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

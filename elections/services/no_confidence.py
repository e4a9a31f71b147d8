"""A no-confidence vote: only on persons for whom something obliges the Standing Committee."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from council.models import Tenure, User
from council.rules.offices import OfficeKind
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from elections.models import FollowUp, Poll, PollEntry, PollKind, Trigger
from elections.services import entries, triggers
from sessions.models import AgendaItem, Session


def prepare(
    council_session: Session,
    *,
    item: AgendaItem | None,
    title: str,
    held_on: date,
    petitions: Sequence[Trigger] = (),
    follow_ups: Sequence[FollowUp] = (),
    by: User,
) -> Poll:
    """The vote with one line a person, all offices of each named (NQ 96/2023 Art. 12(2)).

    Args:
        petitions: of delegates or of the Front, each obliging and unused.
        follow_ups: open steps of a low result.

    Raises:
        Refusal: ``access.denied``, ``date.outside_session``, ``no_confidence.no_trigger``,
            ``no_confidence.trigger_not_met``, ``trigger.already_used``, ``entry.person_twice``,
            ``no_confidence.other_council``, ``trigger.no_office``, ``no_confidence.too_early``.

    Source: NQ 96/2023 Art. 13(2), 16; no level is left out.
    """
    council = council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        council_session = entries.lock_session(council_session, held_on)
        found = [triggers.lock(one) for one in petitions]
        found += [triggers.lock(triggers.of_result(step, by=by)) for step in follow_ups]
        check(found, council_session, held_on)
        poll = entries.new_poll(
            council_session,
            kind=PollKind.NO_CONFIDENCE,
            item=item,
            title=title,
            held_on=held_on,
            by=by,
        )
        write_lines(poll, found, by=by)
        audit.record(
            "poll.prepare",
            poll,
            by=by,
            council=council,
            after={"kind": poll.kind, "held_on": str(held_on), "entries": len(found)},
        )
    return poll


def check(found: Sequence[Trigger], council_session: Session, held_on: date) -> None:
    """Something obliges, once a person, and nobody is voted on who holds no office."""
    if not found:
        raise Refusal(
            "no_confidence.no_trigger",
            gettext_noop(
                "Chưa có căn cứ: cần kiến nghị của ít nhất một phần ba tổng số đại biểu, của Ủy "
                "ban Mặt trận Tổ quốc, hoặc kết quả lấy phiếu tín nhiệm phải bỏ phiếu. Ghi kiến "
                "nghị trước."
            ),
            cites="Điều 13 khoản 2 Nghị quyết 96/2023/QH15",
        )
    persons = [one.person_id for one in found]
    for trigger in found:
        check_one(trigger, council_session, held_on)
        if persons.count(trigger.person_id) > 1:
            raise Refusal(
                "entry.person_twice",
                gettext_noop("%(name)s đã có trong danh sách."),
                params={"name": trigger.person.full_name},
            )
        triggers.check_holds_office(trigger.council, trigger.person, held_on)


def check_one(trigger: Trigger, council_session: Session, held_on: date) -> None:
    """The trigger is this council's, obliges, is unused, and does not lie after the vote."""
    if trigger.council_id != council_session.term.council_id:
        raise Refusal(
            "no_confidence.other_council", gettext_noop("Kiến nghị này thuộc hội đồng khác.")
        )
    triggers.check_unused(trigger)
    if not trigger.is_met:
        raise Refusal(
            "no_confidence.trigger_not_met",
            gettext_noop(
                "Mới có %(n)d/%(total)d đại biểu kiến nghị đối với %(name)s, cần ít nhất "
                "%(needed)d. Đây là kiến nghị của đại biểu, chưa buộc phải trình bỏ phiếu."
            ),
            params={
                "n": trigger.petitioner_count,
                "total": trigger.total_delegates,
                "name": trigger.person.full_name,
                "needed": trigger.needed,
            },
            cites=trigger.article,
        )
    if trigger.received_on > held_on:
        raise Refusal(
            "no_confidence.too_early",
            gettext_noop("Ngày bỏ phiếu phải từ ngày nhận kiến nghị trở đi."),
            field="held_on",
        )


def write_lines(poll: Poll, found: Sequence[Trigger], *, by: User) -> None:
    """One line a person, in the order of the offices; the trigger is tied to its line."""
    lines = sorted(
        ((held_by(trigger, poll.held_on), trigger) for trigger in found),
        key=lambda pair: (rank_of(pair[0][0]), pair[1].person.sort_key),
    )
    for position, (held, trigger) in enumerate(lines, start=1):
        entry = PollEntry(
            poll=poll,
            code=entries.code_of(position),
            position=position,
            person=trigger.person,
            tenure=held[0],
            post=", ".join(tenure.office.title for tenure in held),
            block=OfficeKind(held[0].office.kind).block.value,
        )
        entry.full_clean()
        entry.save()
        trigger.entry = entry
        triggers.save(trigger, "trigger.use", by=by)


def held_by(trigger: Trigger, day: date) -> list[Tenure]:
    """The offices of the person on the day, highest first."""
    held = (
        Tenure.objects.on(day)
        .filter(office__council=trigger.council_id, person=trigger.person_id)
        .exclude(basis=Tenure.Basis.ACTING)
        .select_related("office")
    )
    return sorted(held, key=rank_of)


def rank_of(tenure: Tenure) -> tuple[int, int]:
    """Block and office first, then the council's own order."""
    return OfficeKind(tenure.office.kind).rank, tenure.office.position

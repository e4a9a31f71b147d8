"""The agenda: items added, edited, moved, dropped; adopted and changed by recorded decisions.

While the session is a draft the agenda is free. Once the council has adopted it, each change uses
up one recorded decision of the council (`decide_change`); without one it is refused.
"""

from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, versions
from sessions.models import (
    AgendaDecision,
    AgendaItem,
    Matter,
    OpenVote,
    Session,
    Sitting,
)
from sessions.queries import agenda as queries
from sessions.rules import agenda
from sessions.services import agenda_decisions, agenda_tree, locks

FIELDS: Final = ("title", "kind", "presenter", "minutes", "sitting")
"""What the council adopts; the staff's own note is not part of it."""
State = AgendaItem.State


def add_item(
    council_session: Session,
    *,
    title: str,
    kind: str,
    parent: AgendaItem | None = None,
    position: int | None = None,
    presenter: str = "",
    minutes: int | None = None,
    sitting: Sitting | None = None,
    staff_note: str = "",
    by: User,
) -> AgendaItem:
    """Add an item at a place; without a position it becomes the last among its siblings.

    Raises:
        Refusal: ``access.denied``, ``agenda.closed``, ``agenda.approved``,
            ``agenda.needs_decision``, ``agenda.unknown_item``, ``agenda.too_deep``,
            ``agenda.other_session``.
    """
    access.authorise(by, "agenda.edit", council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        decision = agenda_decisions.take(held)
        check_own(held, parent, sitting)
        item = AgendaItem(
            council_session=held, position=_last_position(held) + 1, title=title, kind=kind,
            presenter=presenter, minutes=minutes, sitting=sitting, staff_note=staff_note,
        )  # fmt: skip
        item.full_clean()
        item.save()
        agenda_tree.place(held, item, parent, position)
        agenda_decisions.use(decision)
        audit.record(
            "agenda.add", item, by=by, council=locks.council_of(held),
            after={**audit.snapshot(item, FIELDS), "decision": decision.pk if decision else None},
        )  # fmt: skip
    return item


def _last_position(held: Session) -> int:
    roots = held.items.filter(parent=None).order_by("-position")
    return roots.values_list("position", flat=True).first() or 0


def check_own(held: Session, parent: AgendaItem | None, sitting: Sitting | None) -> None:
    """The parent item and the sitting belong to this session."""
    if any(one is not None and one.council_session_id != held.pk for one in (parent, sitting)):
        raise Refusal(
            "agenda.other_session",
            gettext_noop("Nội dung hoặc phiên họp được chọn thuộc kỳ họp khác. Hãy chọn lại."),
        )


def edit_item(
    item: AgendaItem,
    *,
    title: str,
    kind: str,
    presenter: str = "",
    minutes: int | None = None,
    sitting: Sitting | None = None,
    staff_note: str = "",
    version: int | None = None,
    by: User,
) -> AgendaItem:
    """Correct an item. The staff's note alone may change at any time, since nobody adopted it.

    Raises:
        Refusal: ``access.denied``, ``agenda.closed``, ``agenda.approved``,
            ``agenda.needs_decision``, ``agenda.other_session``, ``agenda.item_dropped``.
        StaleEdit: someone saved first.
    """
    access.authorise(by, "agenda.edit", item.council_session.term.council)
    with transaction.atomic():
        item = locks.item(item.pk)
        held = item.council_session
        versions.check(item, version)
        check_not_dropped(item)
        check_own(held, None, sitting)
        before = audit.snapshot(item, FIELDS)
        item.title, item.kind, item.presenter = title, kind, presenter
        item.minutes, item.sitting, item.staff_note = minutes, sitting, staff_note
        after = audit.snapshot(item, FIELDS)
        decision = agenda_decisions.take(held) if before != after else None
        versions.bump(item)
        item.full_clean()
        item.save(update_fields=[*FIELDS, "staff_note", "version"])
        agenda_decisions.use(decision)
        audit.record(
            "agenda.edit", item, by=by, council=locks.council_of(held), before=before,
            after={**after, "decision": decision.pk if decision else None},
        )  # fmt: skip
    return item


def check_not_dropped(item: AgendaItem) -> None:
    """A dropped item stays in the books as it was."""
    if item.state == State.DROPPED:
        raise Refusal(
            "agenda.item_dropped",
            gettext_noop("Nội dung này đã rút khỏi chương trình. Muốn đưa lại, hãy thêm mới."),
        )


def move_item(
    item: AgendaItem, *, parent: AgendaItem | None, position: int, by: User
) -> AgendaItem:
    """Put an item, with all below it, under a parent at a position from 1.

    A move to where the item already stands changes nothing and uses up no decision.

    Raises:
        Refusal: ``access.denied``, ``agenda.closed``, ``agenda.approved``,
            ``agenda.needs_decision``, ``agenda.unknown_item``, ``agenda.under_itself``,
            ``agenda.too_deep``, ``agenda.item_dropped``.
    """
    access.authorise(by, "agenda.edit", item.council_session.term.council)
    with transaction.atomic():
        item = locks.item(item.pk)
        return _move(item, agenda.Target(parent.pk if parent else None, position), by=by)


def step_item(item: AgendaItem, *, direction: str, by: User) -> AgendaItem:
    """Move an item by one step: up, down, indent or outdent; where it leads nowhere, nothing.

    Raises:
        Refusal: as `move_item`.
    """
    access.authorise(by, "agenda.edit", item.council_session.term.council)
    with transaction.atomic():
        item = locks.item(item.pk)
        tree = queries.places(item.council_session.items.all())
        return _move(item, agenda.step(tree, item.pk, agenda.Step(direction)), by=by)


def _move(item: AgendaItem, target: agenda.Target, *, by: User) -> AgendaItem:
    held = item.council_session
    check_not_dropped(item)
    before = {"parent": item.parent_id, "position": item.position}
    tree = queries.places(held.items.all())
    moved = agenda.move(tree, item.pk, target)
    if list(moved) == tree:
        return item
    decision = agenda_decisions.take(held)
    agenda_tree.write(held, tree, moved)
    AgendaItem.objects.filter(pk=item.pk).update(version=F("version") + 1)
    item.refresh_from_db(fields=["parent", "position", "version"])
    agenda_decisions.use(decision)
    audit.record(
        "agenda.move", item, by=by, council=locks.council_of(held), before=before,
        after={
            "parent": item.parent_id, "position": item.position,
            "decision": decision.pk if decision else None,
        },
    )  # fmt: skip
    return item


def drop_item(item: AgendaItem, *, by: User) -> None:
    """Take an item, with all below it, off the agenda.

    In a draft its rows go; after adoption they stay, marked as dropped by the decision it uses up.

    Raises:
        Refusal: ``access.denied``, ``agenda.closed``, ``agenda.approved``,
            ``agenda.needs_decision``, ``agenda.item_dropped``, ``agenda.item_in_use`` (papers,
            votes or polls hang on it), ``agenda.item_began``.
    """
    access.authorise(by, "agenda.edit", item.council_session.term.council)
    with transaction.atomic():
        item = locks.item(item.pk)
        held = item.council_session
        check_not_dropped(item)
        decision = agenda_decisions.take(held)
        branch = agenda_tree.branch_of(held, item)
        audit.record(
            "agenda.drop", item, by=by, council=locks.council_of(held),
            before=audit.snapshot(item, FIELDS),
            after={"items": len(branch), "decision": decision.pk if decision else None},
        )  # fmt: skip
        if decision is None:
            agenda_tree.remove(held, branch)
        else:
            agenda_tree.mark_dropped(branch)
        agenda_decisions.use(decision)


def adopt(council_session: Session, *, vote: OpenVote, by: User) -> AgendaDecision:
    """Record that the council adopted the agenda by an open vote. A second call is refused.

    Raises:
        Refusal: ``access.denied``, ``agenda.already_adopted``, ``agenda.vote_of_another_matter``,
            ``agenda.vote_not_passed``, ``agenda.vote_used``.
    """
    access.authorise(by, "agenda.run", council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        if held.agenda_adopted_at:
            raise Refusal(
                "agenda.already_adopted",
                gettext_noop("Hội đồng đã thông qua chương trình của kỳ họp này."),
            )
        decided_at = agenda_decisions.check_vote(held, vote, Matter.AGENDA)
        decision = agenda_decisions.write(
            held, vote=vote, kind=AgendaDecision.Kind.ADOPTED, what=vote.subject,
            decided_at=decided_at, used_at=decided_at,
        )  # fmt: skip
        held.agenda_adopted_at = decided_at
        versions.bump(held)
        held.full_clean()
        held.save(update_fields=["agenda_adopted_at", "version"])
        audit.record(
            "agenda.adopt", decision, by=by, council=locks.council_of(held),
            after={"vote": vote.pk, "digest": decision.agenda_digest},
        )  # fmt: skip
    return decision


def decide_change(
    council_session: Session, *, vote: OpenVote, what: str, by: User
) -> AgendaDecision:
    """Record that the council decided to change its agenda; one decision allows one change.

    `what` is the change in the council's words, e.g. "Đưa nội dung 7 lên trước nội dung 5".

    Raises:
        Refusal: ``access.denied``, ``agenda.not_adopted``, ``agenda.closed``,
            ``agenda.vote_of_another_matter``, ``agenda.vote_not_passed``, ``agenda.vote_used``.
    """
    access.authorise(by, "agenda.run", council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        agenda_decisions.check_may_decide(held)
        decided_at = agenda_decisions.check_vote(held, vote, Matter.AGENDA_CHANGE)
        decision = agenda_decisions.write(
            held, vote=vote, kind=AgendaDecision.Kind.CHANGED, what=what,
            decided_at=decided_at, used_at=None,
        )  # fmt: skip
        audit.record(
            "agenda.decide_change", decision, by=by, council=locks.council_of(held),
            after={"vote": vote.pk, "what": what},
        )  # fmt: skip
    return decision


def start_item(item: AgendaItem, *, by: User) -> AgendaItem:
    """The hall comes to this item; the one that was under way ends. A no-op for the current one.

    Going from a heading into what lies below it does not end the heading.

    Raises:
        Refusal: ``access.denied``, ``agenda.item_dropped``, ``agenda.no_sitting_open``.
    """
    access.authorise(by, "agenda.run", item.council_session.term.council)
    with transaction.atomic():
        item = locks.item(item.pk)
        held = item.council_session
        check_not_dropped(item)
        if item.state == State.CURRENT:
            return item
        if not held.sittings.filter(state=Sitting.State.OPEN).exists():
            raise Refusal(
                "agenda.no_sitting_open",
                gettext_noop("Chưa có phiên họp nào đang mở. Mở phiên họp rồi mới vào nội dung."),
            )
        for running in held.items.filter(state=State.CURRENT):
            _leave(running, item, by=by)
        item.state, item.finished_at = State.CURRENT, None
        item.started_at = item.started_at or timezone.now()
        _save_state(item)
        audit.record("agenda.start_item", item, by=by, council=locks.council_of(held))
    return item


def finish_item(item: AgendaItem, *, by: User) -> AgendaItem:
    """The item is dealt with; an item above it whose items are all dealt with is done too.

    A second call is refused.

    Raises:
        Refusal: ``access.denied``, ``agenda.item_not_current``, ``agenda.closed``.
    """
    access.authorise(by, "agenda.run", item.council_session.term.council)
    with transaction.atomic():
        item = locks.item(item.pk)
        if item.state != State.CURRENT:
            raise Refusal(
                "agenda.item_not_current",
                gettext_noop("Nội dung này không phải nội dung đang diễn ra. Tải lại trang."),
            )
        _finish(item, by=by)
    return item


def _leave(running: AgendaItem, coming: AgendaItem, *, by: User) -> None:
    above = coming.parent
    while above is not None and above != running:
        above = above.parent
    if above is None:
        _finish(running, by=by)
        return
    running.state = State.PLANNED
    _save_state(running)


def _finish(item: AgendaItem, *, by: User) -> None:
    item.state, item.finished_at = State.DONE, timezone.now()
    _save_state(item)
    audit.record("agenda.finish_item", item, by=by, council=locks.council_of(item.council_session))
    _close_above(item)


def _close_above(item: AgendaItem) -> None:
    """A heading is done when all below it is done or dropped."""
    above = item.parent
    if above is None or above.state != State.PLANNED:
        return
    if above.children.exclude(state__in=[State.DONE, State.DROPPED]).exists():
        return
    above.state, above.finished_at = State.DONE, item.finished_at
    above.started_at = above.started_at or item.started_at
    _save_state(above)
    _close_above(above)


def _save_state(item: AgendaItem) -> None:
    versions.bump(item)
    item.full_clean()
    item.save(update_fields=["state", "started_at", "finished_at", "version"])

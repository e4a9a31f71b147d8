"""Guests of a session: written one by one or from a table, in the order of protocol."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.db.models import Max

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from sessions.models import Guest, Session
from sessions.rules import guests as rules
from sessions.rules.guests import GuestList
from sessions.services import locks

FIELDS: Final = ("honorific", "full_name", "post", "organisation", "address")


def save(
    council_session: Session,
    *,
    guest: Guest | None,
    position: int | None,
    honorific: str,
    full_name: str,
    post: str,
    organisation: str,
    address: str,
    by: User,
) -> Guest:
    """Invite somebody (`guest` None) or correct a line; `position` from 1, None for the end.

    Raises:
        Refusal: ``access.denied``, ``guest.gone``.
    """
    access.authorise(by, "session.edit", council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        saved = _own(held, guest) if guest else Guest(council_session=held, position=_next(held))
        before = audit.snapshot(saved, FIELDS) if guest else None
        saved.honorific, saved.full_name, saved.post = honorific, full_name, post
        saved.organisation, saved.address = organisation, address
        saved.key = rules.key_of(full_name, organisation)
        saved.full_clean()
        saved.save()
        if position is not None:
            _place(held, saved, position)
        audit.record(
            "guest.save", saved, by=by, council=locks.council_of(held), before=before,
            after=audit.snapshot(saved, FIELDS),
        )  # fmt: skip
    return saved


def remove(guest: Guest, *, by: User) -> None:
    """Strike a guest from the list; the audit log keeps the line.

    Raises:
        Refusal: ``access.denied``, ``guest.gone``.
    """
    access.authorise(by, "session.edit", guest.council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(guest.council_session_id)
        gone = _own(held, guest)
        audit.record(
            "guest.remove", gone, by=by, council=locks.council_of(held),
            before=audit.snapshot(gone, FIELDS),
        )  # fmt: skip
        gone.delete()


def preview(council_session: Session, table: Sequence[Sequence[object]]) -> GuestList:
    """What an import of the table would mean; writes nothing.

    Raises:
        Refusal: those of `sessions.rules.guests.read`.
    """
    invited = set(council_session.guests.values_list("key", flat=True))
    return rules.read(table, invited=invited)


def import_list(council_session: Session, *, table: Sequence[Sequence[object]], by: User) -> int:
    """Invite everybody in the table, behind those already invited. All or nothing; how many.

    Raises:
        Refusal: ``access.denied``, ``guests.has_errors``, and those of `preview`.
    """
    access.authorise(by, "session.edit", council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        understood = preview(held, table)
        if understood.error_count:
            raise Refusal(
                "guests.has_errors",
                gettext_noop(
                    "Còn %(count)d chỗ chưa đúng. Sửa trong bảng rồi nhập lại; chưa có gì được ghi."
                ),
                params={"count": understood.error_count},
            )
        first = _next(held)
        Guest.objects.bulk_create(
            Guest(
                council_session=held, position=first + place, key=row.key,
                **{name: row.value(name) for name in FIELDS},
            )
            for place, row in enumerate(understood.rows)
        )  # fmt: skip
        audit.record(
            "guest.import", held, by=by, council=locks.council_of(held),
            after={"count": len(understood.rows)},
        )  # fmt: skip
    return len(understood.rows)


def _next(held: Session) -> int:
    return (held.guests.aggregate(last=Max("position"))["last"] or 0) + 1


def _own(held: Session, guest: Guest) -> Guest:
    found = held.guests.filter(pk=guest.pk).first()
    if found is None:
        raise Refusal(
            "guest.gone", gettext_noop("Khách này vừa bị xóa khỏi danh sách. Tải lại trang.")
        )
    return found


def _place(held: Session, guest: Guest, position: int) -> None:
    order = list(held.guests.exclude(pk=guest.pk).order_by("position", "pk"))
    order.insert(min(max(position - 1, 0), len(order)), guest)
    for place, one in enumerate(order, start=1):
        one.position = place
    Guest.objects.bulk_update(order, ["position"])

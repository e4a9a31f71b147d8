"""Indicators: written from the report, mended, put in order, removed.

A stated percentage that does not follow from its figures is a warning on the page, never a reason
to refuse: the report says what it says.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, versions
from sessions.models import Indicator, Session
from sessions.services import locks

FIELDS: Final = (
    "name", "group", "unit", "period", "is_whole_year", "is_rate", "direction", "plan_lower",
    "plan_upper", "result", "prior", "stated_plan", "stated_plan_form", "stated_prior",
    "stated_prior_form", "assessment", "source", "note",
)  # fmt: skip
PARKED: Final = 30000
"""Position no list reaches, where a row waits while its neighbours move (one place, one row)."""


def save(
    council_session: Session,
    *,
    indicator: Indicator | None = None,
    version: int | None = None,
    by: User,
    **values: Any,
) -> Indicator:
    """Write a new indicator at the end of the table, or mend one that stands there.

    Args:
        indicator: the row to mend; None adds one.
        version: of the row when the form was opened.
        values: by field name, of `FIELDS`; a field that is not named stays as it is.

    Raises:
        Refusal: ``access.denied``, ``indicator.unknown_field``, ``indicator.gone``.
        StaleEdit: someone saved first.
        ValidationError: a name or unit is missing, or the plan's bounds are out of order.
    """
    council = council_session.term.council
    access.authorise(by, "indicator.edit", council)
    check_fields(values)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        row = lock(held, indicator.pk) if indicator else new_row(held)
        versions.check(row, version)
        before = audit.snapshot(row, FIELDS) if indicator else {}
        for name, value in values.items():
            setattr(row, name, value)
        if indicator:
            versions.bump(row)
        row.full_clean()
        row.save()
        audit.record(
            "indicator.edit" if indicator else "indicator.add", row, by=by, council=council,
            before=before, after=audit.snapshot(row, FIELDS),
        )  # fmt: skip
    return row


def check_fields(values: Mapping[str, Any]) -> None:
    """Refuse names that are no field of an indicator."""
    unknown = sorted(set(values) - set(FIELDS))
    if unknown:
        raise Refusal(
            "indicator.unknown_field",
            gettext_noop("Chỉ tiêu không có mục %(names)s."),
            params={"names": ", ".join(unknown)},
        )


def new_row(held: Session) -> Indicator:
    """An indicator after the last one."""
    last = held.indicators.aggregate(last=Max("position"))["last"] or 0
    return Indicator(council_session=held, position=last + 1)


def lock(held: Session, pk: int) -> Indicator:
    """The row as it stands in the locked session's table; gone when someone removed it."""
    row = held.indicators.select_for_update().filter(pk=pk).first()
    if row is None:
        raise Refusal(
            "indicator.gone",
            gettext_noop("Chỉ tiêu này vừa bị người khác xóa. Tải lại trang để xem bảng mới nhất."),
        )
    return row


def move(indicator: Indicator, *, position: int, by: User) -> Indicator:
    """Put an indicator at a place (from 1); beyond the ends means first or last.

    Raises:
        Refusal: ``access.denied``, ``indicator.gone``.
    """
    council = indicator.council_session.term.council
    access.authorise(by, "indicator.edit", council)
    with transaction.atomic():
        held = locks.council_session(indicator.council_session_id)
        row = lock(held, indicator.pk)
        rows = list(held.indicators.exclude(pk=row.pk).order_by("position"))
        before = row.position
        rows.insert(min(max(position - 1, 0), len(rows)), row)
        renumber(rows)
        audit.record(
            "indicator.move", row, by=by, council=council, before={"position": before},
            after={"position": row.position},
        )  # fmt: skip
    return row


def remove(indicator: Indicator, *, by: User) -> None:
    """Take an indicator out of the table; its figures stay in the audit log.

    Raises:
        Refusal: ``access.denied``, ``indicator.gone``.
    """
    council = indicator.council_session.term.council
    access.authorise(by, "indicator.edit", council)
    with transaction.atomic():
        held = locks.council_session(indicator.council_session_id)
        row = lock(held, indicator.pk)
        audit.record(
            "indicator.remove", row, by=by, council=council, before=audit.snapshot(row, FIELDS)
        )
        row.delete()
        renumber(list(held.indicators.order_by("position")))


def renumber(rows: list[Indicator]) -> None:
    """Give the rows the places 1, 2, 3 …, by way of places that no row has."""
    for offset in (PARKED, 0):
        for place, row in enumerate(rows, start=1):
            row.position = offset + place
        Indicator.objects.bulk_update(rows, ["position"])

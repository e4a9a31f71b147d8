"""A council's own working regulation: dated settings that never overlap."""

from datetime import date, timedelta

from django.db import transaction

from council.models import Council, CouncilSetting, User
from council.rules import figures, periods
from council.rules import regulation as rules
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit

FIELDS = ("key", "value", "effective_from", "effective_to", "source")


def set_regulation(
    council: Council,
    *,
    key: str,
    value: str,
    effective_from: date,
    effective_to: date | None = None,
    source: str,
    by: User,
) -> CouncilSetting:
    """Set what the law leaves to the council's own regulation, from a day on.

    The value that held until then without an end ends on the day before. A value from the very
    same day is corrected; the audit log keeps what it was.

    Raises:
        Refusal: ``access.denied``, ``setting.unknown``, ``setting.bad_value``,
            ``setting.overlaps``, ``date.implausible``, ``period.end_before_start``.
    """
    access.authorise(by, "regulation.edit", council)
    periods.check_plausible(effective_from, field="effective_from")
    wanted = periods.Interval(effective_from, effective_to)
    rules.check_value(key, value)
    with transaction.atomic():
        Council.objects.select_for_update().get(pk=council.pk)
        rows = list(council.settings.filter(key=key).order_by("effective_from"))
        same = next((row for row in rows if row.effective_from == effective_from), None)
        for row in rows:
            if row is not same:
                make_room(row, wanted, by=by)
        setting = same or CouncilSetting(council=council, key=key, effective_from=effective_from)
        before = audit.snapshot(same, FIELDS) if same else None
        setting.value, setting.source, setting.effective_to = value, source, effective_to
        setting.full_clean()
        setting.save()
        verb = "setting.correct" if same else "setting.set"
        after = audit.snapshot(setting, FIELDS)
        audit.record(verb, setting, by=by, council=council, before=before, after=after)
    return setting


def make_room(row: CouncilSetting, wanted: periods.Interval, *, by: User) -> None:
    """End an earlier value without an end on the day before; refuse any other overlap.

    Raises:
        Refusal: ``setting.overlaps``.
    """
    if not periods.Interval(row.effective_from, row.effective_to).overlaps(wanted):
        return
    if row.effective_to is None and row.effective_from < wanted.start:
        end(row, wanted.start - timedelta(days=1), by=by)
        return
    raise Refusal(
        "setting.overlaps",
        gettext_noop(
            "Thời gian này trùng với giá trị “%(value)s” áp dụng từ %(day)s. Ghi ngày kết thúc "
            "trước ngày đó, hoặc chọn ngày bắt đầu khác."
        ),
        params={"value": row.value, "day": figures.date_short(row.effective_from)},
        field="effective_from",
    )


def end_regulation(setting: CouncilSetting, *, effective_to: date, by: User) -> CouncilSetting:
    """Let a value end; afterwards the default holds until the council sets another.

    Raises:
        Refusal: ``access.denied``, ``date.implausible``, ``period.end_before_start``,
            ``setting.ended``.
    """
    access.authorise(by, "regulation.edit", setting.council)
    periods.check_plausible(effective_to, field="effective_to")
    with transaction.atomic():
        setting = (
            CouncilSetting.objects.select_for_update(of=("self",))
            .select_related("council")
            .get(pk=setting.pk)
        )
        periods.Interval(setting.effective_from, effective_to)
        if setting.effective_to is not None:
            raise Refusal(
                "setting.ended",
                gettext_noop("Giá trị này đã có ngày kết thúc %(day)s."),
                params={"day": figures.date_short(setting.effective_to)},
            )
        end(setting, effective_to, by=by)
    return setting


def end(setting: CouncilSetting, last_day: date, *, by: User) -> None:
    """Write the last day, with its audit entry."""
    before = audit.snapshot(setting, FIELDS)
    setting.effective_to = last_day
    setting.full_clean()
    setting.save(update_fields=["effective_to"])
    audit.record(
        "setting.end", setting, by=by, council=setting.council,
        before=before, after=audit.snapshot(setting, FIELDS),
    )  # fmt: skip

"""The register of numbers: taking over from the paper register when a council begins mid-year."""

from django.db import transaction

from council.models import Council, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from resolutions.models import NumberSeries


def start_series(council: Council, *, year: int, kind: str, last: int, by: User) -> NumberSeries:
    """Say which number the paper register used last in a year; the next here is `last` + 1.

    Only before the first number of that series is taken here; the same call again is a no-op.

    Raises:
        Refusal: ``access.denied``, ``register.already_used``.
    """
    access.authorise(by, "resolution.edit", council)
    with transaction.atomic():
        series, _created = NumberSeries.objects.select_for_update().get_or_create(
            council=council, year=year, kind=kind, defaults={"last": last, "opened_after": last}
        )
        used_here = council.resolutions.filter(year=year, kind=kind, number__isnull=False).exists()
        if used_here and series.last != last:
            raise Refusal(
                "register.already_used",
                gettext_noop("Sổ năm %(year)d đã cấp số trên hệ thống, không đặt lại số đầu được."),
                params={"year": year},
                field="last",
            )
        if not used_here:
            series.last = series.opened_after = last
            series.full_clean()
            series.save(update_fields=["last", "opened_after"])
            audit.record(
                "register.start",
                series,
                by=by,
                council=council,
                after={"year": year, "kind": kind, "last": last},
            )
    return series

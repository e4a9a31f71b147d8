"""The licence under which a council hands out its data: its own dated decision, or none."""

from datetime import date

from django.db.models import Q, QuerySet

from council.models import Council, CouncilSetting, SettingKey
from council.rules.licences import LICENCES, Licence


def decisions_on(day: date) -> QuerySet[CouncilSetting]:
    """The councils' decisions that hold on the day."""
    return CouncilSetting.objects.filter(
        Q(effective_to=None) | Q(effective_to__gte=day),
        key=SettingKey.DATA_LICENCE, effective_from__lte=day, value__in=LICENCES,
    ).order_by("-effective_from")  # fmt: skip


def licence_of(council: Council, day: date) -> tuple[Licence, CouncilSetting] | None:
    """The licence with the decision that chose it; None where the council decided on none."""
    found = decisions_on(day).filter(council=council).first()
    return (LICENCES[found.value], found) if found else None

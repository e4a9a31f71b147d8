"""A delegate was suspended: the Standing Committee reports it at the next session."""

from django.db import transaction

from council.models import MandateSuspension
from council.rules.law import RULEBOOK
from elections.services import follow_ups


def after_suspension(suspension_pk: int) -> None:
    """Open the report, for the job that follows every suspension; asked twice it does it once.

    Before the law of 2025 nothing is opened: no rule asks for a report.

    Source: Law 72/2025 Art. 38(1), 38(4).
    """
    with transaction.atomic():
        suspension = (
            MandateSuspension.objects.select_for_update(of=("self",))
            .select_related("mandate__term__council", "mandate__person")
            .get(pk=suspension_pk)
        )
        level = suspension.mandate.term.council.level
        rule = RULEBOOK.find("delegate.report", suspension.starts_on, level)
        if rule is not None:
            follow_ups.open_suspension_report(suspension, rule)

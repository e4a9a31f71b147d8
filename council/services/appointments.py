"""Appointment instead of election in units merged in 2025: no vote, no approval clock."""

from datetime import date

from django.db import transaction

from council.models import Appointment, Office, Person, Tenure, Term, User
from council.rules import appointments as rules
from council.rules import periods
from council.services import access, audit, offices


def appoint(
    office: Office,
    *,
    person: Person,
    term: Term,
    starts_on: date,
    body: str,
    decision: str,
    decided_on: date,
    by: User,
) -> Tenure:
    """Write down that a person was appointed to the office, by whose decision and on what basis.

    Raises:
        Refusal: ``access.denied``, ``appointment.not_allowed`` (outside the merger's period),
            ``date.implausible``, and those of `council.services.offices.start_tenure`.

    Source: Resolution 203/2025/QH15 Art. 2(3).
    """
    council = office.council
    access.authorise(by, "office.edit", council)
    periods.check_plausible(decided_on, field="decided_on")
    allowed = rules.check(
        on=starts_on, term=periods.Interval(term.starts_on, term.ends_on), level=council.level
    )
    with transaction.atomic():
        tenure = offices.start_tenure(
            office,
            person=person,
            term=term,
            basis=Tenure.Basis.APPOINTED,
            starts_on=starts_on,
            approval=Tenure.Approval.NOT_NEEDED,
            approver="",
            send_due_on=None,
            by=by,
        )
        appointment = Appointment(
            tenure=tenure,
            body=body,
            decision=decision,
            decided_on=decided_on,
            allowed_from=allowed.period.start,
            allowed_to=term.ends_on,
            legal_basis=allowed.provision.article,
        )
        appointment.full_clean()
        appointment.save()
        audit.record(
            "tenure.appoint",
            tenure,
            by=by,
            council=council,
            after={"body": body, "decision": decision, "decided_on": str(decided_on)},
        )
    return tenure

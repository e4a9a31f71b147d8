"""Who we are, who may do what, and the machinery that all apps share."""

from council.models.audit import AuditEntry, AuditHead
from council.models.councils import (
    Council,
    CouncilLevel,
    CouncilSetting,
    SettingKey,
    Term,
    UnitKind,
)
from council.models.jobs import Job
from council.models.offices import Appointment, EndApproval, Office, OfficeKind, Tenure
from council.models.people import (
    Committee,
    CommitteeSeat,
    DelegateGroup,
    Mandate,
    MandateSuspension,
    Person,
)
from council.models.rulebook import RuleVersion
from council.models.users import Role, RoleKind, User

__all__ = [
    "Appointment",
    "AuditEntry",
    "AuditHead",
    "Committee",
    "CommitteeSeat",
    "Council",
    "CouncilLevel",
    "CouncilSetting",
    "DelegateGroup",
    "EndApproval",
    "Job",
    "Mandate",
    "MandateSuspension",
    "Office",
    "OfficeKind",
    "Person",
    "Role",
    "RoleKind",
    "RuleVersion",
    "SettingKey",
    "Tenure",
    "Term",
    "UnitKind",
    "User",
]

"""What resolutions have waiting for whom; named in the setting WORK_SOURCES."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import Case, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _

from council.models import Council, RoleKind, User
from council.rules.work import Work, WorkItem
from resolutions.models import Resolution, ResolutionState
from resolutions.queries import signing
from sessions.models import Sitting

PREPARE: Final = frozenset({RoleKind.CLERK, RoleKind.APPROVER})
APPROVE: Final = frozenset({RoleKind.APPROVER, RoleKind.CHAIR})
STAFF: Final = PREPARE | APPROVE
MOST: Final = 20


def work_for(council: Council, user: User, roles: frozenset[str], today: date) -> Work:
    """The reader's next steps on resolutions, and what waits for others."""
    del today  # resolutions have no deadlines of their own here
    work = Work()
    if not roles & STAFF:
        return work
    for item, is_mine in _items(council, user, roles):
        (work.mine if is_mine else work.others).append(item)
    return work


def _items(council: Council, user: User, roles: frozenset[str]) -> Iterator[tuple[WorkItem, bool]]:
    has_sitting = Sitting.objects.filter(
        council_session__term__council=council, state=Sitting.State.OPEN
    ).exists()
    for resolution in _open(council)[:MOST]:
        yield _item(resolution, user, roles, has_sitting=has_sitting)


def _open(council: Council) -> QuerySet[Resolution]:
    """What somebody has to do something about; what only waits for the seal comes first."""
    is_ended = Q(state__in=[ResolutionState.SIGNED, ResolutionState.PUBLISHED])
    to_seal = Q(state=ResolutionState.SIGNED) & signing.waits_for_seal()
    return (
        Resolution.objects.filter(council=council)
        .filter(~is_ended | to_seal)
        .select_related("council", "adoption")
        .order_by(Case(When(state=ResolutionState.SIGNED, then=0), default=1), "-pk")
    )


def _item(
    resolution: Resolution, user: User, roles: frozenset[str], *, has_sitting: bool
) -> tuple[WorkItem, bool]:
    own = user.pk in (resolution.created_by_id, resolution.submitted_by_id)
    adopted = resolution.adoption is not None and resolution.adoption.passed is True
    match ResolutionState(resolution.state):
        case ResolutionState.DRAFT if resolution.sent_back_reason:
            found = (_("Sửa nghị quyết bị trả lại"), _("Xem lý do"), 3, bool(roles & PREPARE))
        case ResolutionState.DRAFT:
            found = (_("Trình duyệt nghị quyết"), _("Mở dự thảo"), 4, bool(roles & PREPARE))
        case ResolutionState.SUBMITTED if adopted:
            found = (_("Duyệt nghị quyết"), _("Đọc và duyệt"), 1, bool(roles & APPROVE) and not own)
        case ResolutionState.SIGNED:
            found = (_("Đóng dấu số nghị quyết"), _("Đóng dấu"), 0, bool(roles & PREPARE))
        case _ if not adopted:
            found = (_("Biểu quyết nghị quyết"), _("Ghi kết quả"), 0 if has_sitting else 6, True)
        case _:
            found = (_("Ký nghị quyết"), _("Đọc và ký"), 0, RoleKind.CHAIR in roles)
    verb, action, urgency, is_mine = found
    item = WorkItem(
        sentence=f"{verb}: {resolution.title}",
        url=reverse("resolutions:resolution-detail", args=[resolution.council.slug, resolution.pk]),
        action=action,
        detail=resolution.sent_back_reason if resolution.state == ResolutionState.DRAFT else "",
        urgency=urgency,
    )
    return item, is_mine

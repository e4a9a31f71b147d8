"""What notices on resolutions have waiting for whom; named in the setting WORK_SOURCES."""

from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from council.models import Council, RoleKind, User
from council.rules.work import Work, WorkItem
from resolutions.models import Notice
from resolutions.queries import notices as queries

PREPARE: Final = frozenset({RoleKind.CLERK, RoleKind.APPROVER})
MOST: Final = 10


def work_for(council: Council, user: User, roles: frozenset[str], today: date) -> Work:
    """Notices that wait for a signature, first; then drafts, those that were sent back first."""
    del today  # none of them has a deadline
    work = Work()
    if not roles & (PREPARE | {RoleKind.CHAIR}):
        return work
    waiting = queries.for_staff(council).exclude(state=Notice.State.PUBLISHED)
    for notice in waiting.order_by("-state", "-pk")[:MOST]:  # submitted before draft
        item, is_mine = _item(notice, user, roles)
        (work.mine if is_mine else work.others).append(item)
    return work


def _item(notice: Notice, user: User, roles: frozenset[str]) -> tuple[WorkItem, bool]:
    words = {"symbol": notice.symbol, "target": notice.target.symbol}
    is_withdrawal = notice.kind == Notice.Kind.WITHDRAWAL
    if notice.state == Notice.State.SUBMITTED:
        sentence = (
            _("Ký thông báo %(symbol)s thu hồi Nghị quyết số %(target)s.")
            if is_withdrawal
            else _("Ký công văn %(symbol)s đính chính Nghị quyết số %(target)s.")
        )
        own = user.pk in (notice.created_by_id, notice.submitted_by_id)
        action, urgency, is_mine = _("Đọc và ký"), 0, RoleKind.CHAIR in roles and not own
    else:
        sentence = (
            _("Hoàn thiện thông báo %(symbol)s thu hồi Nghị quyết số %(target)s.")
            if is_withdrawal
            else _("Hoàn thiện công văn %(symbol)s đính chính Nghị quyết số %(target)s.")
        )
        action, urgency = _("Mở bản soạn"), 3 if notice.sent_back_reason else 4
        is_mine = bool(roles & PREPARE)
    url = reverse("resolutions:notice-detail", args=[notice.council.slug, notice.pk])
    return WorkItem(sentence % words, url, action, notice.sent_back_reason, urgency), is_mine

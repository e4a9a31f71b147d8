"""What minutes and press summaries have waiting for whom; named in the setting WORK_SOURCES."""

from datetime import date
from typing import Final, assert_never

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from council.models import Council, RoleKind, User
from council.rules.work import Work, WorkItem
from resolutions.models import (
    SessionText,
    SessionTextApproval,
    SessionTextKind,
    SessionTextState,
)

PREPARE: Final = frozenset({RoleKind.CLERK, RoleKind.APPROVER})
APPROVE: Final = frozenset({RoleKind.APPROVER, RoleKind.CHAIR})
MOST: Final = 10


def work_for(council: Council, user: User, roles: frozenset[str], today: date) -> Work:
    """Texts that wait for approval, for a signature, or for somebody after they lost it."""
    del today  # none of them has a deadline
    work = Work()
    if roles & (PREPARE | APPROVE):
        for text in _open(council)[:MOST]:
            item, is_mine = _item(text, user, roles)
            (work.mine if is_mine else work.others).append(item)
    return work


def _open(council: Council) -> QuerySet[SessionText]:
    """Texts that somebody must do something with."""
    lost = SessionTextApproval.objects.filter(text=OuterRef("pk"), voided_at__isnull=False)
    found = SessionText.objects.filter(council_session__term__council=council).annotate(
        was_approved=Exists(lost)
    )
    waiting = found.filter(state=SessionTextState.SUBMITTED)
    unsigned = found.filter(state=SessionTextState.APPROVED, kind=SessionTextKind.MINUTES)
    sent_back = found.filter(state=SessionTextState.DRAFT).exclude(sent_back_reason="")
    voided = found.filter(state=SessionTextState.DRAFT, was_approved=True)
    return (
        (waiting | unsigned | sent_back | voided)
        .select_related("council_session__term__council")
        .order_by("-pk")
    )


def _item(text: SessionText, user: User, roles: frozenset[str]) -> tuple[WorkItem, bool]:
    held = text.council_session
    words = {"what": str(text.get_kind_display()).capitalize(), "number": held.number}
    is_own = text.submitted_by_id == user.pk
    state = SessionTextState(text.state)
    match state:
        case SessionTextState.SUBMITTED:
            sentence = _("%(what)s thứ %(number)d chờ duyệt.") % words
            action, urgency, is_mine = _("Đọc và duyệt"), 2, bool(roles & APPROVE) and not is_own
        case SessionTextState.APPROVED | SessionTextState.SIGNED:
            sentence = _("%(what)s thứ %(number)d đã duyệt, chờ ký.") % words
            action, urgency, is_mine = _("In và ghi việc ký"), 5, bool(roles & PREPARE)
        case SessionTextState.DRAFT:
            sentence = _("%(what)s thứ %(number)d phải sửa và trình lại.") % words
            action, urgency, is_mine = _("Xem lý do"), 3, bool(roles & PREPARE)
        case _:
            assert_never(state)
    url = reverse(f"resolutions:session-{text.kind}", args=[held.term.council.slug, held.pk])
    detail = text.sent_back_reason if state is SessionTextState.DRAFT else ""
    return WorkItem(sentence, url, action, detail, urgency), is_mine

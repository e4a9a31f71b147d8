"""Which resolutions wait for whom: the resolutions' part of the first screen."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from council.models import Council, RoleKind, User
from council.rules.work import Work, WorkItem
from resolutions.models import Resolution, ResolutionState

STAFF = {RoleKind.CLERK, RoleKind.APPROVER, RoleKind.CHAIR}


def work_for(council: Council, user: User, roles: frozenset[str], today: date) -> Work:
    """Drafts to send, to approve, to vote on, to sign; publications that still run."""
    work = Work()
    if not roles & STAFF:
        return work
    waiting = (
        Resolution.objects.filter(council=council)
        .exclude(state=ResolutionState.PUBLISHED)
        .select_related("council_session", "adoption")
        .order_by("pk")[:20]
    )
    for resolution in waiting:
        item, is_mine = step_of(resolution, council, user, roles)
        (work.mine if is_mine else work.others).append(item)
    work.mine.sort(key=lambda item: item.urgency)
    return work


def step_of(
    resolution: Resolution, council: Council, user: User, roles: frozenset[str]
) -> tuple[WorkItem, bool]:
    """The resolution's next step, and whether it is for this account."""
    url = reverse("resolutions:resolution-detail", args=[council.slug, resolution.pk])
    title = resolution.title[:140]
    match ResolutionState(resolution.state):
        case ResolutionState.DRAFT:
            sentence = _("Dự thảo: %(title)s") % {"title": title}
            return WorkItem(sentence, url, _("Xem và trình duyệt"), urgency=3), RoleKind.CLERK in roles
        case ResolutionState.SUBMITTED:
            sentence = _("Chờ duyệt: %(title)s") % {"title": title}
            is_mine = bool(roles & {RoleKind.APPROVER, RoleKind.CHAIR}) and resolution.submitted_by_id != user.pk
            return WorkItem(sentence, url, _("Xem và duyệt"), urgency=2), is_mine
        case ResolutionState.APPROVED if resolution.adoption is None:
            sentence = _("Đã duyệt, chờ biểu quyết: %(title)s") % {"title": title}
            return WorkItem(sentence, url, _("Ghi biểu quyết"), urgency=2), RoleKind.CLERK in roles
        case ResolutionState.APPROVED:
            sentence = _("Chờ ký: %(title)s") % {"title": title}
            return WorkItem(sentence, url, _("Xem và ký"), urgency=1), RoleKind.CHAIR in roles
        case _:
            sentence = _("Đang ban hành: %(title)s") % {"title": title}
            return WorkItem(sentence, url, _("Xem tiến độ")), False

"""The convening notice: who got it, who did not, and the sheet to print for those without mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.services import access
from council.web.gates import gate
from council.web.partials import template_for
from council.web.refusals import told_in_message
from council.web.requests import StaffRequest
from sessions.queries import notices as queries
from sessions.queries import sessions as session_queries
from sessions.queries import sheets
from sessions.services import notices
from sessions.typesetting import notice


@require_http_methods(["GET"])
@gate("staff.read")
def notice_list(request: StaffRequest, pk: int) -> HttpResponse:
    """Every delegate's copy with its state; the work that sends them with its progress."""
    council_session = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": council_session,
        "deliveries": queries.for_staff(council_session),
        "tally": queries.tally(council_session),
        "job": queries.job_of(council_session),
        "may_send": access.may(request.roles, "session.convene"),
    }
    template = template_for(request, "sessions/notice_list.html", "progress")
    return render(request, template, context)


@require_http_methods(["POST"])
@gate("session.convene")
def notice_resend(request: StaffRequest, pk: int) -> HttpResponse:
    """Send what did not arrive for sure once more."""
    council_session = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    count = 0
    with told_in_message(request) as told:
        count = notices.resend(council_session, by=request.user)
    if told.done:
        messages.success(request, _("Đang gửi lại %(n)d giấy triệu tập.") % {"n": count})
    return redirect("sessions:notice-list", request.council.slug, pk)


@require_http_methods(["GET"])
@gate("staff.read")
def notice_print(request: StaffRequest, pk: int) -> HttpResponse:
    """The notice on paper."""
    council_session = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    sheet = sheets.notice_sheet(council_session)
    return pdf_response(
        notice.typeset(sheet, created=timezone.now()),
        f"giay-trieu-tap-{council_session.number}.pdf",
    )


def pdf_response(content: bytes, filename: str) -> HttpResponse:
    """A PDF to be shown in the browser and printed."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return response

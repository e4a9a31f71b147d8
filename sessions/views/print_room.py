"""The print room of a session: what can be printed, what is ready, what is missing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from council.services import access
from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from sessions.forms.print_room import PrintChoicesForm
from sessions.models import PrintedSheet, Session
from sessions.queries import print_page
from sessions.queries import print_room as queries
from sessions.queries import sessions as session_queries
from sessions.services import print_room as services

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NAMES = {
    "notice": "giay-trieu-tap", "notice_each": "giay-trieu-tap-tung-nguoi",
    "notice_each_docx": "giay-trieu-tap-tung-nguoi", "agenda": "chuong-trinh",
    "attendance": "danh-sach-ky-ten", "seating": "danh-sach-cho-ngoi", "plates": "bien-ten",
    "cards": "the-bieu-quyet", "invitations": "giay-moi", "invitations_docx": "giay-moi",
    "guest_plates": "bien-ten-khach", "labels": "nhan-dia-chi", "envelopes_dl": "bi-thu-dl",
    "envelopes_c5": "bi-thu-c5",
}  # fmt: skip


@require_http_methods(["GET"])
@gate("staff.read")
def print_room(request: StaffRequest, pk: int) -> HttpResponse:
    """One page for everything on paper."""
    held = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    return render(request, "sessions/print_room.html", context(request, held))


def context(
    request: StaffRequest, held: Session, form: PrintChoicesForm | None = None
) -> dict[str, object]:
    """The page; a form that was refused replaces the fresh one."""
    parts = print_page.page(held)
    lines = [line for part in parts for line in part.lines]
    chosen = queries.choices_of(held)
    initial = {name: getattr(chosen, name) for name in (*services.CHOICES, "version")}
    return {
        "council": request.council, "nav_section": "sessions", "council_session": held,
        "parts": parts, "form": form or PrintChoicesForm(initial=initial),
        "ready": sum(line.current is not None for line in lines), "total": len(lines),
        "missing": sum(not (line.current or line.blocked) for line in lines),
        "may_make": access.may(request.roles, "print.make"),
        "may_edit": access.may(request.roles, "session.edit"),
    }  # fmt: skip


@require_http_methods(["POST"])
@gate("print.make")
def print_make(request: StaffRequest, pk: int) -> HttpResponse:
    """Have one paper made, or with no kind every paper that is missing."""
    held = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    kind = request.POST.get("kind", "")
    if kind and kind not in PrintedSheet.Kind.values:
        raise Http404
    with told_in_message(request) as told:
        if kind:
            services.request(held, kind=kind, by=request.user)
            count = 1
        else:
            count = services.request_all(held, by=request.user)
    if told.done:
        said = ngettext("Đang tạo %(n)d bản in.", "Đang tạo %(n)d bản in.", count)
        messages.success(request, said % {"n": count})
    return redirect("sessions:print-room", request.council.slug, pk)


@require_http_methods(["POST"])
@gate("session.edit")
def print_choose(request: StaffRequest, pk: int) -> HttpResponse:
    """Save what stands on invitations and how cards are cut."""
    held = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    form = PrintChoicesForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            version = form.cleaned_data["version"]
            services.choose(held, by=request.user, version=version, **form.values())
            messages.success(request, _("Đã lưu. Bản in nào đổi nội dung thì tạo lại."))
            return redirect("sessions:print-room", request.council.slug, pk)
    return render(request, "sessions/print_room.html", context(request, held, form))


@require_http_methods(["GET"])
@gate("staff.read")
def print_file(request: StaffRequest, pk: int) -> HttpResponse:
    """A made file, byte for byte as it was made: PDF in the browser, Word as a download."""
    sheets = PrintedSheet.objects.filter(council_session__term__council=request.council)
    made = get_object_or_404(sheets.select_related("council_session"), pk=pk)
    try:
        with made.file.open("rb") as stream:
            content = stream.read()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=DOCX if made.is_word else PDF)
    suffix = "docx" if made.is_word else "pdf"
    name = f"{NAMES[made.kind]}-ky-hop-{made.council_session.number}.{suffix}"
    disposition = content_disposition_header(as_attachment=made.is_word, filename=name)
    response["Content-Disposition"] = disposition or "inline"
    return response

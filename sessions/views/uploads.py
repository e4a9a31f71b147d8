"""Files come in: many at once, in pieces or by a plain form, each told what became of it."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from council.rules.refusals import Refusal
from council.web.gates import gate
from council.web.refusals import sentence_of, shown_on, told_in_message
from council.web.requests import StaffRequest
from sessions.forms.papers import PaperForm
from sessions.forms.uploads import BeginForm, UploadsForm
from sessions.models import PaperUpload, Session
from sessions.queries import agenda as agenda_queries
from sessions.queries import sessions as session_queries
from sessions.queries import uploads as queries
from sessions.services import admissions, intake
from sessions.web import intake_page

OFFSET = "Upload-Offset"
CONFLICT, UNFIT = 409, 422


def held_session(request: StaffRequest, pk: int) -> Session:
    """The session, of this council."""
    return get_object_or_404(session_queries.for_staff(request.council), pk=pk)


def held_upload(request: StaffRequest, pk: int) -> PaperUpload:
    """A file on its way into this council; that only its sender goes on is the service's affair."""
    return get_object_or_404(queries.for_staff(request.council), pk=pk)


@require_http_methods(["GET", "POST"])
@gate("paper.edit")
def paper_add(request: StaffRequest, pk: int) -> HttpResponse:
    """The page where files come in; a plain form brings them whole."""
    council_session = held_session(request, pk)
    form = UploadsForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        rows=agenda_queries.in_tree_order(council_session.items.all()),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            values = form.values()
            files = values.pop("file")
            taken = intake.take(council_session, files, **values, by=request.user)
            tell_taken(request, taken)
            return redirect("sessions:paper-add", request.council.slug, pk)
    if "tep" in request.GET:
        return one_row(request, council_session)
    context = {**intake_page.context_of(request, council_session), "form": form}
    return render(request, "sessions/paper_add.html", context, status=UNFIT if form.errors else 200)


def tell_taken(request: StaffRequest, taken: list[PaperUpload]) -> None:
    """How many came and how many did not; each says why in the list."""
    refused = sum(upload.state == PaperUpload.State.REFUSED for upload in taken)
    came = len(taken) - refused
    if came:
        words = ngettext(
            "Đã nhận %(n)d tệp, đang kiểm tra.", "Đã nhận %(n)d tệp, đang kiểm tra.", came
        )
        messages.success(request, words % {"n": came})
    if refused:
        words = ngettext(
            "Không nhận %(n)d tệp; lý do ghi bên cạnh tên tệp.",
            "Không nhận %(n)d tệp; lý do ghi bên cạnh tên tệp.",
            refused,
        )
        messages.error(request, words % {"n": refused})


def one_row(request: StaffRequest, council_session: Session) -> HttpResponse:
    """One file of the list, for the page that waits for its check."""
    number = request.GET["tep"]
    found = queries.of_session(council_session).filter(pk=number if number.isdecimal() else 0)
    rows = agenda_queries.in_tree_order(council_session.items.all())
    listed = intake_page.incoming(found, rows)
    context = {
        "council": request.council, "council_session": council_session,
        "row": listed[0] if listed else None,
    }  # fmt: skip
    return render(request, "sessions/upload_row.html", context)


@require_http_methods(["POST"])
@gate("paper.edit")
def uploads_save(request: StaffRequest, pk: int) -> HttpResponse:
    """Save the files that passed as papers; a row that cannot be saved keeps what was typed."""
    council_session = held_session(request, pk)
    rows = agenda_queries.in_tree_order(council_session.items.all())
    failed: dict[int, PaperForm] = {}
    saved = 0
    for upload in queries.of_session(council_session).filter(state=PaperUpload.State.PASSED):
        if f"u{upload.pk}-kind" not in request.POST:
            continue
        form = intake_page.form_of(upload, rows, request.POST)
        failed[upload.pk] = form
        if form.is_valid():
            with shown_on(form):
                admissions.as_paper(upload, by=request.user, **form.values())
                saved += 1
                del failed[upload.pk]
    if saved:
        words = ngettext(
            "Đã đưa %(n)d tài liệu vào kỳ họp. Tài liệu chờ một người khác phát hành cho đại biểu.",
            "Đã đưa %(n)d tài liệu vào kỳ họp. Tài liệu chờ một người khác phát hành cho đại biểu.",
            saved,
        )
        messages.success(request, words % {"n": saved})
    if not failed:
        return redirect("sessions:paper-list", request.council.slug, pk)
    messages.error(request, _("Một số tệp chưa lưu được; xem lỗi ghi bên cạnh từng ô."))
    context = intake_page.context_of(request, council_session, failed)
    return render(request, "sessions/paper_add.html", context, status=UNFIT)


@require_http_methods(["POST"])
@gate("paper.edit")
def upload_discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a file off the list."""
    upload = held_upload(request, pk)
    with told_in_message(request):
        intake.discard(upload, by=request.user)
    if upload.document_id:
        return redirect("sessions:paper-detail", request.council.slug, upload.document_id)
    return redirect("sessions:paper-add", request.council.slug, upload.council_session_id)


def answer(upload: PaperUpload, *, status: int = 200, **more: Any) -> JsonResponse:
    """How far a file is."""
    facts = {"id": upload.pk, "offset": upload.received, "state": upload.state, **more}
    return JsonResponse(facts, status=status)


def refused(refusal: Refusal, **more: Any) -> JsonResponse:
    """Why not, in a sentence."""
    status = CONFLICT if isinstance(refusal, intake.WrongOffset) else UNFIT
    if isinstance(refusal, intake.WrongOffset):
        more = {**more, "offset": refusal.received}
    return JsonResponse(
        {"code": refusal.code, "sentence": sentence_of(refusal), **more}, status=status
    )


@require_http_methods(["POST"])
@gate("paper.edit")
def upload_begin(request: StaffRequest, pk: int) -> HttpResponse:
    """Announce a file; the answer says where to begin, which is not 0 for one half sent."""
    council_session = held_session(request, pk)
    rows = agenda_queries.in_tree_order(council_session.items.all())
    form = BeginForm(request.POST, rows=rows)
    if not form.is_valid():
        return JsonResponse({"code": "upload.form", "sentence": form.sentence()}, status=UNFIT)
    values = form.values()
    filename = json.loads(values.pop("filename"))
    try:
        upload = intake.begin(council_session, filename=filename, **values, by=request.user)
    except Refusal as refusal:
        noted = intake.note(council_session, filename, values["size"], refusal, by=request.user)
        return refused(refusal, id=noted.pk)
    return answer(upload)


@require_http_methods(["GET", "POST"])
@gate("paper.edit")
def upload_piece(request: StaffRequest, pk: int) -> HttpResponse:
    """GET: how far the file is. POST: one piece as the body, its place in `Upload-Offset`."""
    upload = held_upload(request, pk)
    if request.method == "GET":
        return answer(upload)
    offset = request.headers.get(OFFSET, "")
    if not offset.isascii() or not offset.isdecimal() or len(offset) > len(str(2**63)):
        return refused(intake.WrongOffset(upload.received))
    try:
        held = intake.append(upload, offset=int(offset), content=request.body, by=request.user)
    except Refusal as refusal:
        return refused(refusal)
    return answer(held)


@require_http_methods(["POST"])
@gate("paper.edit")
def upload_finish(request: StaffRequest, pk: int) -> HttpResponse:
    """All pieces are sent."""
    upload = held_upload(request, pk)
    try:
        held = intake.finish(upload, sha256=request.POST.get("sha256", ""), by=request.user)
    except Refusal as refusal:
        return refused(refusal)
    return answer(held)

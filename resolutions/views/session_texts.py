"""Minutes and press summary of a session: read, begin, edit, submit, approve, sign, compare."""

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.services import access
from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from resolutions.forms import session_texts as forms
from resolutions.models import SessionText, SessionTextState
from resolutions.queries import session_texts as queries
from resolutions.services import session_text_approvals as approvals
from resolutions.services import session_text_files as files
from resolutions.services import session_texts as texts
from resolutions.web import session_text_edit, session_text_page
from sessions.queries import sessions as session_queries


def found(request: StaffRequest, pk: int) -> SessionText:
    """The text, if it is of this council."""
    return get_object_or_404(queries.for_staff(request.council), pk=pk)


@require_http_methods(["GET"])
@gate("staff.read")
def session_text(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """The session's minutes or summary; before somebody began, a page that says what it will be."""
    held = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    text = queries.of_session(held, kind)
    if text is not None:
        return render(
            request, "resolutions/session_text.html", session_text_page.detail(request, text)
        )
    context = {
        "council": request.council, "nav_section": "sessions", "council_session": held,
        "kind": kind, "tab": kind, "may_edit": access.may(request.roles, "session_text.edit"),
    }  # fmt: skip
    return render(request, "resolutions/session_text_empty.html", context)


@require_http_methods(["POST"])
@gate("session_text.edit")
def session_text_start(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Begin it from the books."""
    held = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    with told_in_message(request) as told:
        presiding = queries.default_presiding(held) if kind == "minutes" else ""
        texts.start(held, kind=kind, presiding=presiding, by=request.user)
    if told.done:
        messages.success(request, _("Đã lập từ số liệu của kỳ họp. Đọc lại và bổ sung."))
    return redirect(session_text_page.address(held.pk, kind, request.council.slug))


def _back(request: StaffRequest, text: SessionText) -> HttpResponse:
    return redirect(
        session_text_page.address(text.council_session_id, text.kind, request.council.slug)
    )


def _press(
    request: StaffRequest, pk: int, verb: Callable[[SessionText], object], said: str
) -> HttpResponse:
    text = found(request, pk)
    with told_in_message(request) as told:
        verb(text)
    if told.done:
        messages.success(request, said)
    return _back(request, text)


def _refused(request: StaffRequest, pk: int, **given: object) -> HttpResponse:
    context = session_text_page.detail(request, found(request, pk), **given)
    return render(request, "resolutions/session_text.html", context)


@require_http_methods(["GET", "POST"])
@gate("session_text.edit")
def session_text_edit_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Edit all paragraphs; what others saved meanwhile stays, what was typed is never lost."""
    text = found(request, pk)
    if text.state == SessionTextState.SIGNED:
        messages.info(request, _("Biên bản đã ký thì không sửa được nữa."))
        return _back(request, text)
    if request.method == "GET":
        page = session_text_edit.fresh(request, text)
        return render(request, "resolutions/session_text_edit.html", page)
    edits, wrong = forms.read_edits(request.POST)
    form = forms.SessionTextHeadForm(request.POST)
    more = forms.added(edits, request.POST.get("action", ""))
    conflict = None
    if form.is_valid() and not wrong and more is None:
        saved, conflict = session_text_edit.save_typed(request, text, form, edits)
        if saved is not None:
            messages.success(request, _("Đã lưu."))
            return _back(request, saved)
    page = session_text_edit.typed(
        request, found(request, pk), form, edits if more is None else more, wrong, conflict
    )
    return render(request, "resolutions/session_text_edit.html", page)


@require_http_methods(["POST"])
@gate("session_text.edit")
def session_text_follow(request: StaffRequest, pk: int) -> HttpResponse:
    """Take one paragraph as the books tell it."""
    key = request.POST.get("key", "")
    said = _("Đã lấy đoạn này theo số liệu. Lời cũ vẫn còn trong các bản đã lưu.")
    return _press(request, pk, lambda one: texts.follow_data(one, key=key, by=request.user), said)


@require_http_methods(["POST"])
@gate("session_text.edit")
def session_text_keep(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep one's own words of a paragraph."""
    key = request.POST.get("key", "")
    said = _("Đã giữ lời của bạn ở đoạn này.")
    return _press(request, pk, lambda one: texts.keep_words(one, key=key, by=request.user), said)


@require_http_methods(["POST"])
@gate("session_text.edit")
def session_text_submit(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand it to a second person."""
    said = _("Đã trình. Người duyệt thấy việc này ở đầu trang của mình.")
    return _press(request, pk, lambda one: texts.submit(one, by=request.user), said)


@require_http_methods(["POST"])
@gate("session_text.approve")
def session_text_approve(request: StaffRequest, pk: int) -> HttpResponse:
    """Approve exactly the words that were on the page."""
    digest = request.POST.get("digest", "")
    said = _("Đã duyệt.")
    return _press(request, pk, lambda one: approvals.approve(one, digest=digest, by=request.user),
                  said)  # fmt: skip


@require_http_methods(["POST"])
@gate("session_text.approve")
def session_text_send_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Give it back with a reason; a summary leaves the public page."""
    form = forms.TextSendBackForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            text = approvals.send_back(found(request, pk), by=request.user, **form.values())
            messages.success(request, _("Đã trả lại bản soạn."))
            return _back(request, text)
    return _refused(request, pk, send_back_form=form)


@require_http_methods(["POST"])
@gate("session_text.sign")
def session_text_sign(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down that the printed minutes were signed."""
    form = forms.MinutesSignatureForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            text = approvals.record_signature(found(request, pk), by=request.user, **form.values())
            messages.success(request, _("Đã ghi việc ký. Đại biểu đọc được biên bản từ lúc này."))
            return _back(request, text)
    return _refused(request, pk, sign_form=form)


@require_http_methods(["POST"])
@gate("session_text.edit")
def session_text_print(request: StaffRequest, pk: int) -> HttpResponse:
    """Have the minutes made as PDF and DOCX."""
    said = _("Đang dàn trang. Trang này báo khi xong.")
    return _press(request, pk, lambda one: files.request(one, by=request.user), said)


@require_http_methods(["GET"])
@gate("staff.read")
def session_text_file(request: StaffRequest, pk: int, form: str) -> FileResponse:
    """The minutes as they stand, as PDF or DOCX."""
    return session_text_page.file_response(found(request, pk), form)


@require_http_methods(["GET"])
@gate("staff.read")
def session_text_versions(request: StaffRequest, pk: int) -> HttpResponse:
    """Saved versions, and what differs between any two."""
    text = found(request, pk)
    context = session_text_edit.versions(request, text)
    if context is None:
        raise Http404
    return render(request, "resolutions/session_text_versions.html", context)


@require_http_methods(["GET"])
@gate("delegate.read")
def delegate_minutes(request: StaffRequest, pk: int) -> HttpResponse:
    """Signed minutes, for delegates."""
    text = get_object_or_404(queries.signed_minutes(request.council), council_session=pk)
    context = session_text_page.for_delegates(request, text)
    return render(request, "resolutions/delegate_minutes.html", context)


@require_http_methods(["GET"])
@gate("delegate.read")
def delegate_minutes_file(request: StaffRequest, pk: int) -> FileResponse:
    """The signed minutes as PDF."""
    text = get_object_or_404(queries.signed_minutes(request.council), council_session=pk)
    return session_text_page.file_response(text, "pdf")

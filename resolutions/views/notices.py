"""Notices on a published resolution: drafted, read, submitted, sent back, signed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from resolutions.forms.notices import NoticeSendBackForm, NoticeSignForm
from resolutions.models import Notice
from resolutions.queries import notices as queries
from resolutions.queries import relations
from resolutions.services import notice_signing, notices
from resolutions.web import notice_page
from resolutions.web.notice_page import MORE, Pad

KINDS = {"dinh-chinh": Notice.Kind.CORRECTION, "thu-hoi": Notice.Kind.WITHDRAWAL}


def found(request: StaffRequest, pk: int) -> Notice:
    """The notice, if it is of this council."""
    return get_object_or_404(queries.for_staff(request.council), pk=pk)


def _to(notice: Notice) -> HttpResponse:
    return redirect("resolutions:notice-detail", notice.council.slug, notice.pk)


def _form(request: StaffRequest, pad: Pad, **more: object) -> HttpResponse:
    context = {"council": request.council, "nav_section": "resolutions", "pad": pad, **more}
    return render(request, "resolutions/notice_edit.html", context)


@require_http_methods(["GET", "POST"])
@gate("notice.edit")
def notice_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin a correction or a withdrawal of a published resolution."""
    target = get_object_or_404(relations.targets_for(request.council), pk=pk)
    kind = KINDS.get(request.GET.get("loai", ""), Notice.Kind.CORRECTION)
    is_withdrawal = kind == Notice.Kind.WITHDRAWAL
    if request.method == "GET":
        pad = notice_page.blank(target, is_withdrawal=is_withdrawal)
    elif request.POST.get("action") == MORE:
        pad = notice_page.with_another_row(request.POST, target)
    else:
        pad = notice_page.typed(request.POST, target, is_withdrawal=is_withdrawal)
        if pad.is_valid():
            made = pad.kept(lambda one: notices.draft(target, one, kind=kind, by=request.user))
            if made is not None:
                messages.success(request, _("Đã lưu bản soạn. Đọc lại rồi trình ký."))
                return _to(made)
    return _form(request, pad, target=target, is_withdrawal=is_withdrawal)


@require_http_methods(["GET", "POST"])
@gate("notice.edit")
def notice_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a notice that is not published."""
    notice = found(request, pk)
    is_withdrawal = notice.kind == Notice.Kind.WITHDRAWAL
    if request.method == "GET":
        pad = notice_page.filled(notice)
    elif request.POST.get("action") == MORE:
        pad = notice_page.with_another_row(request.POST, notice.target)
    else:
        pad = notice_page.typed(request.POST, notice.target, is_withdrawal=is_withdrawal)
        if pad.is_valid():
            version = pad.form.cleaned_data["version"]
            saved = pad.kept(
                lambda one: notices.edit(notice, one, version=version, by=request.user)
            )
            if saved is not None:
                messages.success(request, _("Đã lưu."))
                return _to(saved)
    return _form(request, pad, target=notice.target, is_withdrawal=is_withdrawal, notice=notice)


@require_http_methods(["GET"])
@gate("staff.read")
def notice_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """The notice as it will be printed, and what is to be done next."""
    context = notice_page.detail(request, found(request, pk))
    return render(request, "resolutions/notice.html", context)


def _press(
    request: StaffRequest, notice: Notice, verb: Callable[[Notice], object], said: str
) -> bool:
    with told_in_message(request) as told:
        verb(notice)
    if told.done:
        messages.success(request, said)
    return told.done


@require_http_methods(["POST"])
@gate("notice.edit")
def notice_submit(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand it to who signs."""
    notice = found(request, pk)
    said = _("Đã trình ký. Người ký thấy việc này ở đầu trang của mình.")
    _press(request, notice, lambda one: notices.submit(one, by=request.user), said)
    return _to(notice)


@require_http_methods(["POST"])
@gate("notice.edit")
def notice_discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Drop a draft."""
    notice = found(request, pk)
    said = _("Đã bỏ bản soạn.")
    if _press(request, notice, lambda one: notices.discard(one, by=request.user), said):
        return redirect("resolutions:resolution-detail", request.council.slug, notice.target_id)
    return _to(notice)


def _refused(request: StaffRequest, pk: int, **given: object) -> HttpResponse:
    context = notice_page.detail(request, found(request, pk), **given)
    return render(request, "resolutions/notice.html", context)


@require_http_methods(["POST"])
@gate("notice.sign")
def notice_send_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Give it back with a reason."""
    form = NoticeSendBackForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            notice = notice_signing.send_back(found(request, pk), by=request.user, **form.values())
            messages.success(request, _("Đã trả lại bản soạn."))
            return _to(notice)
    return _refused(request, pk, send_back_form=form)


@require_http_methods(["POST"])
@gate("notice.sign")
def notice_sign(request: StaffRequest, pk: int) -> HttpResponse:
    """Sign exactly the file that the page offered; it is published at once."""
    form = NoticeSignForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            notice = notice_signing.sign(found(request, pk), by=request.user, **form.values())
            messages.success(request, _("Đã ký và ban hành."))
            return _to(notice)
    return _refused(request, pk, sign_form=form)


@require_http_methods(["GET"])
@gate("staff.read")
def notice_file(request: StaffRequest, pk: int) -> FileResponse:
    """The file that will be, or was, signed."""
    notice = found(request, pk)
    try:
        content = notice.file.open("rb")
    except (ValueError, FileNotFoundError) as error:  # none yet, or lost
        raise Http404 from error
    response = FileResponse(content, content_type="application/pdf")
    name = f"{notice.slug}.pdf"
    shown = content_disposition_header(as_attachment=False, filename=name)
    response["Content-Disposition"] = shown or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""Buttons of the resolution's page; a refused form comes back on the page with what was typed."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from resolutions.forms.verbs import AdoptForm, ApproveForm, SendBackForm, SignForm
from resolutions.models import Resolution
from resolutions.services import (
    adoption,
    announcements,
    approvals,
    drafts,
    publication,
    signing,
)
from resolutions.views.resolutions import found
from resolutions.web import detail


def _back(request: StaffRequest, pk: int) -> HttpResponse:
    return redirect("resolutions:resolution-detail", request.council.slug, pk)


def _press(
    request: StaffRequest, pk: int, verb: Callable[[Resolution], object], said: str
) -> HttpResponse:
    with told_in_message(request) as told:
        verb(found(request, pk))
    if told.done:
        messages.success(request, said)
    return _back(request, pk)


def _refused(request: StaffRequest, pk: int, **given: forms.Form) -> HttpResponse:
    context = detail.context(request, found(request, pk), **given)
    return render(request, "resolutions/resolution_detail.html", context)


@require_http_methods(["POST"])
@gate("resolution.submit")
def resolution_submit(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand the draft to a second person."""
    said = _("Đã trình. Sau khi Hội đồng thông qua, người duyệt thấy bản trình ký.")
    return _press(request, pk, lambda one: drafts.submit(one, by=request.user), said)


@require_http_methods(["POST"])
@gate("resolution.approve")
def resolution_approve(request: StaffRequest, pk: int) -> HttpResponse:
    """Approve exactly the bytes that were on the page."""
    form = ApproveForm(request.POST)
    values = form.values() if form.is_valid() else {"text_digest": "", "pdf_sha256": ""}
    said = _("Đã duyệt. Việc tiếp theo là ký.")
    return _press(request, pk, lambda one: approvals.approve(one, by=request.user, **values), said)


@require_http_methods(["POST"])
@gate("resolution.approve")
def resolution_send_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Give the text back with a reason."""
    form = SendBackForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            approvals.send_back(found(request, pk), by=request.user, **form.values())
            messages.success(request, _("Đã trả lại bản soạn."))
            return _back(request, pk)
    return _refused(request, pk, send_back_form=form)


@require_http_methods(["POST"])
@gate("resolution.adopt")
def resolution_adopt(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the council's open vote on the text."""
    form = AdoptForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            vote = adoption.vote_on(found(request, pk), by=request.user, **form.values())
            sentence = detail.vote_sentence(found(request, pk))
            (messages.success if vote.passed else messages.error)(request, sentence)
            return _back(request, pk)
    return _refused(request, pk, adopt_form=form)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@gate("resolution.sign")
def resolution_sign(request: StaffRequest, pk: int) -> HttpResponse:
    """The chair signs the approved paper, and the publication begins."""
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            signed = signing.sign(found(request, pk), by=request.user, **form.values())
            said = _("Đã ký %(symbol)s. Đang ban hành.") % {"symbol": signed.symbol}
            messages.success(request, said)
            return _back(request, pk)
    return _refused(request, pk, sign_form=form)


@require_http_methods(["POST"])
@gate("resolution.submit")
def resolution_resume(request: StaffRequest, pk: int) -> HttpResponse:
    """Go on with a publication that stopped."""
    said = _("Đang ban hành tiếp.")
    return _press(request, pk, lambda one: publication.resume(one, by=request.user), said)


@require_http_methods(["POST"])
@gate("resolution.submit")
def resolution_resend(request: StaffRequest, pk: int) -> HttpResponse:
    """Send again the letters of which nobody knows whether they left."""
    said = _("Đang gửi lại thư.")
    return _press(request, pk, lambda one: announcements.resend_unknown(one, by=request.user), said)

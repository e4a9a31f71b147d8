"""Signing electronically: one page for the person's signature, the same page for the seal."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from council.forms.base import ClerkForm
from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from resolutions.forms.signatures import KeyFileForm, SignedFileForm, TokenForm
from resolutions.models import Resolution, SignedPart
from resolutions.services import electronic
from resolutions.views.resolutions import found
from resolutions.web import signatures

WAYS: dict[str, tuple[type[ClerkForm], Callable[..., Resolution]]] = {
    "tep-khoa": (KeyFileForm, electronic.with_pkcs12),
    "thiet-bi": (TokenForm, electronic.with_token),
    "tai-len": (SignedFileForm, electronic.outside),
}


@sensitive_post_parameters("passphrase", "pin")
@require_http_methods(["GET", "POST"])
@gate("resolution.sign")
def resolution_sign_electronic(request: StaffRequest, pk: int) -> HttpResponse:
    """The signatory signs the approved paper."""
    said = _("Đã ký số. Việc tiếp theo là đóng dấu số của cơ quan.")
    return _sign(request, pk, SignedPart.PERSON, said)


@sensitive_post_parameters("passphrase", "pin")
@require_http_methods(["GET", "POST"])
@gate("resolution.seal")
def resolution_seal(request: StaffRequest, pk: int) -> HttpResponse:
    """Who keeps the seal signs for the council; the publication begins."""
    said = _("Đã đóng dấu số. Đang ban hành.")
    return _sign(request, pk, SignedPart.COUNCIL, said)


@sensitive_variables("form")
def _sign(request: StaffRequest, pk: int, part: SignedPart, said: str) -> HttpResponse:
    resolution, way = found(request, pk), request.POST.get("way", "")
    given: dict[str, ClerkForm] = {}
    if request.method == "POST" and way in WAYS:
        kind, verb = WAYS[way]
        form = given[way] = kind(request.POST, request.FILES)
        if form.is_valid():
            with shown_on(form):
                verb(resolution, part=part, by=request.user, **form.values())
                messages.success(request, said)
                return redirect("resolutions:resolution-detail", request.council.slug, pk)
    context: dict[str, Any] = signatures.context(request, found(request, pk), part, given)
    return render(request, "resolutions/resolution_sign.html", context)


@require_http_methods(["GET"])
@gate("staff.read")
def resolution_to_sign(request: StaffRequest, pk: int, part: str) -> HttpResponse:
    """The bytes on which this part signs, for a tool of the signer's own."""
    resolution = found(request, pk)
    with told_in_message(request):
        pdf = electronic.to_sign(resolution, part=part)
        response = HttpResponse(pdf, content_type="application/pdf")
        name = f"{resolution.slug or 'ban-trinh-ky'}-{resolution.pk}.pdf"
        response["Content-Disposition"] = (
            content_disposition_header(as_attachment=True, filename=name) or ""
        )
        return response
    return redirect("resolutions:resolution-detail", request.council.slug, pk)

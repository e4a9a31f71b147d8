"""Certificates: those of a council's signers and seal, and the issuers that are trusted."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.services import access
from council.web.gates import administrator, gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from resolutions.forms.signatures import CertificateForm, RevocationListForm, RootForm
from resolutions.models import SigningCertificate, TrustedRoot
from resolutions.queries import signing as queries
from resolutions.services import certificates


@require_http_methods(["GET"])
@gate("staff.read")
def certificate_list(request: StaffRequest) -> HttpResponse:
    """Who signs for the council, with which certificate, until when."""
    context = {
        "council": request.council, "nav_section": "council", "now": timezone.now(),
        "certificates": list(queries.certificates_of(request.council)),
        "signs_on_paper": queries.signs_on_paper(request.council),
        "may_edit": access.may(request.roles, "certificate.edit"),
        "may_trust": access.administers(request.user),
    }  # fmt: skip
    return render(request, "resolutions/certificate_list.html", context)


@require_http_methods(["GET", "POST"])
@gate("certificate.edit")
def certificate_add(request: StaffRequest) -> HttpResponse:
    """Register a certificate."""
    form = CertificateForm(request.POST or None, request.FILES or None, council=request.council)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            certificates.register(request.council, by=request.user, **form.values())
            messages.success(request, _("Đã đăng ký chứng thư số."))
            return redirect("resolutions:certificate-list", request.council.slug)
    context = {"council": request.council, "nav_section": "council", "form": form}
    return render(request, "resolutions/certificate_add.html", context)


@require_http_methods(["POST"])
@gate("certificate.edit")
def certificate_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a certificate sign no more."""
    row = get_object_or_404(SigningCertificate, pk=pk, council=request.council)
    with told_in_message(request) as told:
        certificates.end(row, by=request.user)
    if told.done:
        messages.success(request, _("Chứng thư số này không ký được nữa."))
    return redirect("resolutions:certificate-list", request.council.slug)


@require_http_methods(["GET", "POST"])
@administrator
def root_list(request: StaffRequest) -> HttpResponse:
    """The trusted issuers, and the form to propose one."""
    form = RootForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            certificates.propose_root(by=request.user, **form.values())
            messages.success(request, _("Đã đề xuất. Một quản trị viên khác phải duyệt."))
            return redirect("resolutions:root-list")
    rows = TrustedRoot.objects.select_related("proposed_by", "approved_by", "ended_by")
    context = {"roots": list(rows), "form": form, "crl_form": RevocationListForm()}
    return render(request, "resolutions/root_list.html", context)


def _press(
    request: StaffRequest, pk: int, verb: Callable[[TrustedRoot], object], said: str
) -> HttpResponse:
    root = get_object_or_404(TrustedRoot, pk=pk)
    with told_in_message(request) as told:
        verb(root)
    if told.done:
        messages.success(request, said)
    return redirect("resolutions:root-list")


@require_http_methods(["POST"])
@administrator
def root_approve(request: StaffRequest, pk: int) -> HttpResponse:
    """A second administrator approves."""
    said = _("Từ nay hệ thống tin cậy tổ chức cấp này.")
    return _press(request, pk, lambda one: certificates.approve_root(one, by=request.user), said)


@require_http_methods(["POST"])
@administrator
def root_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Trust an issuer no more."""
    said = _("Hệ thống không tin cậy tổ chức cấp này nữa.")
    return _press(request, pk, lambda one: certificates.end_root(one, by=request.user), said)


@require_http_methods(["POST"])
@administrator
def root_crl(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep the issuer's newest list of revoked certificates."""
    form = RevocationListForm(request.POST, request.FILES)
    data = form.cleaned_data["file"].read() if form.is_valid() else b""
    said = _("Đã lưu danh sách thu hồi.")
    return _press(
        request, pk, lambda one: certificates.set_revocation_list(one, data, by=request.user), said
    )

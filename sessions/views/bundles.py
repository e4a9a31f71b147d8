"""All papers of a session in one file: asked for, watched while it is made, downloaded."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import told_in_message
from council.web.requests import StaffRequest
from sessions.forms.bundles import BundleForm
from sessions.models import Session, Visibility
from sessions.queries import bundles as queries
from sessions.queries import sessions as session_queries
from sessions.services import bundles
from sessions.web import files


@require_http_methods(["GET"])
@gate("staff.read")
def bundle_list(request: StaffRequest, pk: int) -> HttpResponse:
    """What can be had for each kind of reader, what is being made, what is stale."""
    held = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": held,
        "groups": [
            {
                "readers": readers,
                "title": title,
                "offers": queries.offers(held, readers, council=request.council),
            }
            for readers, title in (
                (Visibility.STAFF, _("Tất cả tài liệu (dùng trong Văn phòng)")),
                (Visibility.DELEGATES, _("Tài liệu phát hành cho đại biểu")),
                (Visibility.PUBLIC, _("Tài liệu công khai")),
            )
        ],
    }
    return render(request, "sessions/bundle_list.html", context)


@require_http_methods(["POST"])
@gate("staff.read")
def bundle_make(request: StaffRequest, pk: int) -> HttpResponse:
    """Have one made for the readers that the button names."""
    held = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    form = BundleForm(request.POST)
    if not form.is_valid():
        raise Http404
    ask(request, held, readers=form.cleaned_data["readers"], kind=form.cleaned_data["kind"])
    return redirect("sessions:bundle-list", request.council.slug, pk)


@require_http_methods(["GET"])
@gate("staff.read")
def bundle_file(request: StaffRequest, pk: int, kind: str) -> HttpResponseBase:
    """The bundle for the readers that `cho` names; without it the staff's own."""
    held = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    readers = request.GET.get("cho", Visibility.STAFF.value)
    bundle = queries.handed_out(held, readers, kind) if readers in Visibility.values else None
    if bundle is None:
        return redirect("sessions:bundle-list", request.council.slug, pk)
    return files.response_of_bundle(bundle, request.council)


@require_http_methods(["GET"])
@gate("delegate.read")
def delegate_bundle_list(request: StaffRequest, pk: int) -> HttpResponse:
    """All papers released to delegates, in one file."""
    held = get_object_or_404(session_queries.for_delegates(request.council), pk=pk)
    context = {
        "council": request.council,
        "council_session": held,
        "offers": queries.offers(held, Visibility.DELEGATES, council=request.council),
    }
    return render(request, "sessions/delegate_bundle_list.html", context)


@require_http_methods(["POST"])
@gate("delegate.read")
def delegate_bundle_make(request: StaffRequest, pk: int) -> HttpResponse:
    """Have it made as the papers lie now."""
    held = get_object_or_404(session_queries.for_delegates(request.council), pk=pk)
    form = BundleForm({**request.POST.dict(), "readers": Visibility.DELEGATES})
    if not form.is_valid():
        raise Http404
    ask(request, held, readers=Visibility.DELEGATES, kind=form.cleaned_data["kind"])
    return redirect("sessions:delegate-bundle-list", request.council.slug, pk)


@require_http_methods(["GET"])
@gate("delegate.read")
def delegate_bundle_file(request: StaffRequest, pk: int, kind: str) -> HttpResponseBase:
    """The bundle of what was released to delegates."""
    held = get_object_or_404(session_queries.for_delegates(request.council), pk=pk)
    bundle = queries.handed_out(held, Visibility.DELEGATES, kind)
    if bundle is None:
        return redirect("sessions:delegate-bundle-list", request.council.slug, pk)
    return files.response_of_bundle(bundle, request.council)


def ask(request: StaffRequest, held: Session, *, readers: str, kind: str) -> None:
    """Ask for a bundle and say what happens next."""
    with told_in_message(request):
        job = bundles.request(held, readers=readers, kind=kind, by=request.user)
        words = _("Đang gộp tài liệu. Có thể rời trang này.") if job else _("Bộ này đã mới nhất.")
        messages.success(request, words)

"""Writing: from a poll, from scratch, and the edit page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from elections.models import Poll
from resolutions.forms import edit
from resolutions.services import drafts


@require_http_methods(["POST"])
@gate("resolution.edit")
def from_poll(request: StaffRequest, pk: int) -> HttpResponse:
    """Draft the resolution that confirms a poll's outcome, in one click."""
    poll = get_object_or_404(
        Poll.objects.select_related("council_session__term__council"),
        pk=pk, council_session__term__council=request.council,
    )  # fmt: skip
    with told_in_message(request) as told:
        resolution = drafts.from_poll(poll, by=request.user)
    if not told.done:
        return redirect("elections:poll", request.council.slug, poll.pk)
    messages.success(request, _("Đã lập dự thảo từ kết quả kiểm phiếu. Đọc lại rồi trình duyệt."))
    return redirect("resolutions:resolution-detail", request.council.slug, resolution.pk)


@require_http_methods(["GET", "POST"])
@gate("resolution.edit")
def resolution_add(request: StaffRequest) -> HttpResponse:
    """Begin a general resolution."""
    terms = list(request.council.terms.all())
    initial = {"council_session": request.GET.get("ky-hop", "")}
    form = edit.ResolutionCreateForm(request.POST or None, terms=terms, initial=initial)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            values = form.values()
            item = edit.item_of(values["council_session"])
            resolution = drafts.create(by=request.user, item=item, **values)
            messages.success(request, _("Đã lập dự thảo. Soạn tiếp các điều."))
            return redirect("resolutions:resolution-edit", request.council.slug, resolution.pk)
    context = {"council": request.council, "nav_section": "resolutions", "form": form}
    return render(request, "resolutions/resolution_add.html", context)

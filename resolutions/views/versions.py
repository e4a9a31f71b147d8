"""The text as it was saved, each time: who, when, what changed, and back to it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.services import access
from council.web.gates import gate
from council.web.refusals import told_in_message
from council.web.requests import StaffRequest
from resolutions.queries import copies
from resolutions.rules import differences
from resolutions.services import working_copies
from resolutions.views.resolutions import found
from resolutions.web import editor


@require_http_methods(["GET"])
@gate("staff.read")
def version_list(request: StaffRequest, pk: int) -> HttpResponse:
    """Every saved text, newest first."""
    resolution = found(request, pk)
    kept = list(resolution.versions.select_related("saved_by").defer("content"))
    context = {
        "council": request.council, "nav_section": "resolutions", "resolution": resolution,
        "versions": kept, "newest": kept[0].ordinal if kept else 0,
        "may_restore": access.may(request.roles, "resolution.edit") and not resolution.signed_at,
    }  # fmt: skip
    return render(request, "resolutions/version_list.html", context)


@require_http_methods(["GET"])
@gate("staff.read")
def version_compare(request: StaffRequest, pk: int) -> HttpResponse:
    """What differs between two saved texts, word by word."""
    resolution = found(request, pk)
    kept = list(resolution.versions.select_related("saved_by"))
    newest = kept[0].ordinal if kept else 0
    wanted = [
        editor.number(request.GET.get("tu")) or max(1, newest - 1),
        editor.number(request.GET.get("den")) or newest,
    ]
    both = [next((one for one in kept if one.ordinal == ordinal), None) for ordinal in wanted]
    if both[0] is None or both[1] is None:
        raise Http404
    old, new = (copies.content_of_version(resolution, one) for one in both if one)
    context = {
        "council": request.council, "nav_section": "resolutions", "resolution": resolution,
        "old": both[0], "new": both[1], "versions": kept,
        "difference": differences.between(old, new),
    }  # fmt: skip
    return render(request, "resolutions/version_compare.html", context)


@require_http_methods(["POST"])
@gate("resolution.edit")
def version_restore(request: StaffRequest, pk: int, ordinal: int) -> HttpResponse:
    """Save the text of an earlier version again, as a new one."""
    resolution = found(request, pk)
    with told_in_message(request) as told:
        working_copies.restore(
            resolution, ordinal, version=editor.number(request.POST.get("version")) or None,
            by=request.user,
        )  # fmt: skip
    if not told.done:
        return redirect("resolutions:version-list", request.council.slug, resolution.pk)
    messages.success(
        request, _("Đã lưu lại văn bản của phiên bản %(ordinal)d.") % {"ordinal": ordinal}
    )
    return redirect("resolutions:resolution-detail", request.council.slug, resolution.pk)

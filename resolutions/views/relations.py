"""Relations of a draft to other texts, and drafts that are begun from another resolution."""

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.paging import page_of
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from resolutions.forms.relations import PIECE_VERBS, AmendForm, RelationForm
from resolutions.models import ArchivedResolution, Resolution
from resolutions.queries import relations as queries
from resolutions.queries import texts
from resolutions.rules import relations as rules
from resolutions.services import amending, relations
from resolutions.services.relations import Typed
from resolutions.views.resolutions import found

CHOSEN = re.compile(r"(nghi-quyet|luu)-(\d{1,18})")


@require_http_methods(["GET"])
@gate("resolution.edit")
def relation_target(request: StaffRequest, pk: int) -> HttpResponse:
    """Look for the other text: among the published ones and in the archives."""
    words = request.GET.get("tim", "").strip()[:100]
    context = {
        "council": request.council, "nav_section": "resolutions",
        "resolution": found(request, pk), "words": words,
        "page": page_of(request, queries.targets_for(request.council, words=words)),
        "archived": queries.archived_for(request.council, words=words)[:10],
    }  # fmt: skip
    return render(request, "resolutions/relation_target.html", context)


def _chosen(request: StaffRequest) -> tuple[Resolution | None, ArchivedResolution | None, str]:
    """The other text that the address names; 404 where the council has no such one."""
    outside = request.GET.get("ngoai", "").strip()[:300]
    if outside:
        return None, None, outside
    match = CHOSEN.fullmatch(request.GET.get("van-ban", ""))
    if match is None:
        raise Http404
    if match[1] == "luu":
        rows = queries.archived_for(request.council)
        return None, get_object_or_404(rows, pk=int(match[2])), ""
    return get_object_or_404(queries.targets_for(request.council), pk=int(match[2])), None, ""


@require_http_methods(["GET", "POST"])
@gate("resolution.edit")
def relation_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what the draft does to the chosen text."""
    resolution = found(request, pk)
    target, archived, outside = _chosen(request)
    pieces = None
    if target is not None:
        now = queries.text_on(target, timezone.localdate())
        pieces = queries.pieces_to_name(now.body)
    form = RelationForm(
        request.POST or None, pieces=pieces, is_named_only=bool(outside),
        sources=rules.sources_of(texts.body_of(resolution)),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            typed = Typed(target=target, archived=archived, outside=outside, **form.values())
            relations.add(resolution, typed, by=request.user)
            messages.success(request, _("Đã ghi quan hệ văn bản."))
            return redirect("resolutions:resolution-detail", request.council.slug, pk)
    context = {
        "council": request.council, "nav_section": "resolutions", "resolution": resolution,
        "form": form, "other": target or archived, "outside": outside,
    }  # fmt: skip
    return render(request, "resolutions/relation_add.html", context)


@require_http_methods(["POST"])
@gate("resolution.edit")
def relation_remove(request: StaffRequest, pk: int, relation_pk: int) -> HttpResponse:
    """Take a relation off the draft."""
    resolution = found(request, pk)
    relation = get_object_or_404(resolution.relations, pk=relation_pk)
    with told_in_message(request) as told:
        relations.remove(relation, by=request.user)
    if told.done:
        messages.success(request, _("Đã bỏ quan hệ văn bản."))
    return redirect("resolutions:resolution-detail", request.council.slug, pk)


@require_http_methods(["GET", "POST"])
@gate("resolution.edit")
def resolution_amend(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin a resolution that amends, replaces, repeals or implements this one."""
    target = get_object_or_404(queries.targets_for(request.council), pk=pk)
    now = queries.text_on(target, timezone.localdate())
    form = AmendForm(
        request.POST or None, council=request.council, pieces=queries.pieces_to_name(now.body)
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            draft = amending.begin(target, by=request.user, **form.values())
            messages.success(
                request, _("Đã lập dự thảo. Sửa phần trong ngoặc kép thành lời văn mới.")
            )
            return redirect("resolutions:resolution-edit", request.council.slug, draft.pk)
    context = {
        "council": request.council, "nav_section": "resolutions", "resolution": target,
        "form": form, "verbs": PIECE_VERBS,
    }  # fmt: skip
    return render(request, "resolutions/resolution_amend.html", context)

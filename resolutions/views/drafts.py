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
from resolutions.models import Resolution
from resolutions.queries import pages, texts
from resolutions.services import drafts
from resolutions.views.resolutions import found


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


@require_http_methods(["GET", "POST"])
@gate("resolution.edit")
def resolution_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Edit the text; buttons that move articles send the page back with nothing saved."""
    resolution = found(request, pk)
    if request.method == "GET":
        form = edit.ResolutionEditForm(resolution=resolution, initial=edit.initial_of(resolution))
        return _page(request, resolution, form, edit.saved_articles(resolution))
    articles = edit.read_articles(request.POST)
    moved = edit.rearranged(articles, request.POST.get("action", ""))
    if moved is not None:
        form = edit.ResolutionEditForm(resolution=resolution, initial=edit.typed_of(request.POST))
        return _page(request, resolution, form, moved)
    form = edit.ResolutionEditForm(request.POST, resolution=resolution)
    if form.is_valid():
        with shown_on(form):
            body = edit.body_from(articles, texts.body_of(resolution))
            saved = drafts.edit(
                resolution, body=body, version=form.cleaned_data["version"],
                by=request.user, **form.values(),
            )  # fmt: skip
            messages.success(request, _("Đã lưu."))
            return redirect("resolutions:resolution-detail", request.council.slug, saved.pk)
    return _page(request, found(request, pk), form, articles)


def _page(
    request: StaffRequest,
    resolution: Resolution,
    form: edit.ResolutionEditForm,
    articles: list[edit.ArticleDraft],
) -> HttpResponse:
    if form.stale_version:
        form.stale = [
            *form.stale,
            *edit.different_articles(articles, edit.saved_articles(resolution)),
        ]
    context = {
        "council": request.council, "nav_section": "resolutions", "resolution": resolution,
        "form": form, "articles": articles, "is_adopted": pages.is_adopted(resolution),
    }  # fmt: skip
    return render(request, "resolutions/resolution_edit.html", context)

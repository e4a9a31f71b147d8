"""A scanned pile: begin, take files in, pause, finish, deal with refused pictures, sample."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from elections.forms.polls import ReasonForm
from elections.forms.scans import SampleForm, ScanStartForm, ScanTreatForm, ScanUploadForm
from elections.models import Poll, PollState, ScanRun
from elections.queries import scans as queries
from elections.services import scan_people, scan_runs, scan_uploads
from elections.views.counts import counted_poll
from elections.web import scan_page


@require_http_methods(["GET"])
@gate("count.enter")
def scan(request: StaffRequest, pk: int) -> HttpResponse:
    """The pile and the next thing to do."""
    poll = counted_poll(request, pk)
    if poll.state in (PollState.AGREED, PollState.PUBLISHED):
        return redirect("elections:poll-result", request.council.slug, pk)
    return show(request, poll)


def show(request: StaffRequest, poll: Poll, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page; a form that was refused replaces the fresh one."""
    context = scan_page.context_of(request, poll, **forms)
    return render(request, "elections/scan.html", context, status=status)


def standing(request: StaffRequest, pk: int) -> ScanRun:
    """The run that stands, for a member of the poll's committee."""
    poll = counted_poll(request, pk)
    runs = ScanRun.objects.exclude(state=ScanRun.State.VOID).select_related(
        "poll__council_session__term__council", "poll__office", "started_by"
    )
    return get_object_or_404(runs, poll=poll)


def back(request: StaffRequest, pk: int) -> HttpResponse:
    """To the page of the pile."""
    return redirect("elections:scan", request.council.slug, pk)


@require_http_methods(["POST"])
@gate("count.enter")
def scan_start(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin: a test, or the count."""
    poll = counted_poll(request, pk)
    form = ScanStartForm(request.POST)
    mode = ScanRun.Mode.TEST if request.POST.get("mode") == "test" else ScanRun.Mode.OFFICIAL
    if form.is_valid():
        with told_in_message(request):
            scan_runs.start(poll, mode=mode, by=request.user, **form.values())
    return back(request, pk)


@require_http_methods(["POST"])
@gate("count.enter")
def scan_upload(request: StaffRequest, pk: int) -> HttpResponse:
    """Put files in; the worker reads them."""
    run = standing(request, pk)
    form = ScanUploadForm(request.POST, request.FILES)
    if form.is_valid():
        with shown_on(form):
            taken = scan_uploads.add(run, files=form.cleaned_data["scans"], by=request.user)
            messages.success(
                request,
                ngettext("Đã nhận %(n)d tệp.", "Đã nhận %(n)d tệp.", taken) % {"n": taken}
                if taken
                else _("Các tệp này đã được nhận từ trước, không đọc lại."),
            )
            return back(request, pk)
    return show(request, run.poll, upload_form=form, status=422)


@require_http_methods(["POST"])
@gate("count.enter")
def scan_pause(request: StaffRequest, pk: int) -> HttpResponse:
    """Stop after the page in hand."""
    run = standing(request, pk)
    with told_in_message(request):
        scan_runs.pause(run, by=request.user)
    return back(request, pk)


@require_http_methods(["POST"])
@gate("count.enter")
def scan_resume(request: StaffRequest, pk: int) -> HttpResponse:
    """Go on."""
    run = standing(request, pk)
    with told_in_message(request):
        scan_runs.resume(run, by=request.user)
    return back(request, pk)


@require_http_methods(["POST"])
@gate("count.enter")
def scan_finish(request: StaffRequest, pk: int) -> HttpResponse:
    """All papers are scanned."""
    run = standing(request, pk)
    with told_in_message(request):
        scan_runs.finish(run, by=request.user)
    return back(request, pk)


@require_http_methods(["POST"])
@gate("count.enter")
def scan_void(request: StaffRequest, pk: int) -> HttpResponse:
    """The run counts no more; scan again, or count by hand."""
    run = standing(request, pk)
    form = ReasonForm(request.POST, prefix="void")
    if form.is_valid():
        with shown_on(form):
            verb = scan_runs.count_by_hand if "by_hand" in request.POST else scan_runs.void
            verb(run, by=request.user, **form.values())
            messages.success(request, _("Đã bỏ lượt quét. Không phiếu nào của lượt đó được tính."))
            return back(request, pk)
    return show(request, run.poll, void_form=form, status=422)


@require_http_methods(["POST"])
@gate("count.reconcile")
def scan_treat(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what became of pictures that the machine did not read."""
    run = standing(request, pk)
    keys = [sheet.key for sheet in queries.pile_of(run).open_refused]
    form = ScanTreatForm(request.POST, keys=keys)
    if form.is_valid():
        with told_in_message(request):
            scan_people.treat(run, by=request.user, **form.values())
    else:
        messages.error(request, _("Chọn ít nhất một ảnh và cách xử lý."))
    return back(request, pk)


@require_http_methods(["POST"])
@gate("count.reconcile")
def scan_pair(request: StaffRequest, pk: int) -> HttpResponse:
    """Say whether two pictures show one paper."""
    run = standing(request, pk)
    with told_in_message(request):
        scan_people.judge_pair(
            run,
            key=request.POST.get("key", ""),
            is_same=request.POST.get("verdict") == "same",
            by=request.user,
        )
    return back(request, pk)


@require_http_methods(["POST"])
@gate("count.reconcile")
def scan_sample(request: StaffRequest, pk: int) -> HttpResponse:
    """Draw the sample."""
    run = standing(request, pk)
    form = SampleForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            scan_people.draw_sample(run, by=request.user, **form.values())
            messages.success(request, _("Đã bốc mẫu. Hai người xem từng dòng của mẫu."))
            return back(request, pk)
    return show(request, run.poll, sample_form=form, status=422)

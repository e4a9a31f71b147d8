"""Rows that people look at: one picture, one key; never the machine's value or another's answer."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import told_in_message
from council.web.requests import StaffRequest
from elections.models import ScanRun, ScanSheet
from elections.queries import scans as queries
from elections.rules import polls as kinds
from elections.services import scan_people
from elections.views.scans import standing
from elections.web import scan_pictures

ROWS_A_SHEET: Final = 10
"""Pictures on one page: what a screen shows without scrolling."""

FIELD: Final = "row-"


@require_http_methods(["GET", "POST"])
@gate("count.enter")
def scan_row(request: StaffRequest, pk: int) -> HttpResponse:
    """The next rows for this person on one sheet; answer them, or take the last answer back."""
    run = read_run(request, pk)
    if request.method == "POST":
        with told_in_message(request):
            if "take_back" in request.POST:
                scan_people.take_back(run, by=request.user)
            else:
                scan_people.answer_all(run, answers=ticked(request), by=request.user)
        return redirect("elections:scan-row", request.council.slug, pk)
    turn = queries.pile_of(run).turn_of(request.user.pk)
    if not turn:
        return redirect("elections:scan", request.council.slug, pk)
    keys = [row.task.key for row in turn[:ROWS_A_SHEET]]
    context = context_of(request, run, left=len(turn), keys=keys, field=FIELD)
    return render(request, "elections/scan_rows.html", context)


@require_http_methods(["GET", "POST"])
@gate("count.reconcile")
def scan_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """For the head: the next row of which two people said different things."""
    run = read_run(request, pk)
    if request.method == "POST":
        with told_in_message(request):
            scan_people.decide(run, by=request.user, **typed(request))
        return redirect("elections:scan-decide", request.council.slug, pk)
    disputed = queries.pile_of(run).disputed
    if not disputed:
        return redirect("elections:scan", request.council.slug, pk)
    context = context_of(request, run, left=len(disputed), key=disputed[0].task.key)
    return render(request, "elections/scan_row.html", context)


def read_run(request: StaffRequest, pk: int) -> ScanRun:
    """The run that stands, once it was read."""
    run = standing(request, pk)
    if run.state != ScanRun.State.READ:
        raise Http404
    return run


def typed(request: StaffRequest) -> dict[str, str]:
    """Which row and which key."""
    return {"key": request.POST.get("key", ""), "answer": request.POST.get("answer", "")}


def ticked(request: StaffRequest) -> dict[str, str]:
    """The rows of a sheet that were answered."""
    return {
        name.removeprefix(FIELD): str(answer)
        for name, answer in request.POST.items()
        if name.startswith(FIELD)
    }


def context_of(request: StaffRequest, run: ScanRun, **more: Any) -> dict[str, Any]:
    """The pictures and the keys; two people who differ are shown to the head without names."""
    labels = kinds.labels_of(run.poll.kind)
    return {
        "council": request.council,
        "nav_section": "sessions",
        "poll": run.poll,
        "council_session": run.poll.council_session,
        "run": run,
        "choices": [(str(place), code, _(label)) for place, (code, label) in enumerate(labels, 1)],
        **more,
    }


@require_http_methods(["GET"])
@gate("count.enter")
def scan_row_picture(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """The picture of one row."""
    run = read_run(request, pk)
    task = queries.task_of(run, key)
    if task is None:
        raise Http404
    return scan_pictures.row(run, task.sheet, task.entry_code)


@require_http_methods(["GET"])
@gate("count.reconcile")
def scan_pair_picture(request: StaffRequest, pk: int, key: str, which: int) -> HttpResponse:
    """The inkiest rows of one paper of a pair."""
    run = read_run(request, pk)
    pair = queries.pair_of(run, key)
    if pair is None:
        raise Http404
    codes = scan_pictures.inkiest(pair.first, pair.second)
    return scan_pictures.rows(run, pair.second if which == 2 else pair.first, codes)  # noqa: PLR2004


@require_http_methods(["GET"])
@gate("count.reconcile")
def scan_refused_picture(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """A page that the machine did not read, small: to find the paper in the pile."""
    run = read_run(request, pk)
    sheet = queries.sheet_of(run, key)
    if sheet is None or (sheet.status == ScanSheet.Status.READ and not is_pulled(run, key)):
        raise Http404
    return scan_pictures.small(run, sheet)


def is_pulled(run: ScanRun, key: str) -> bool:
    """Whether people sent a paper that the machine read to the hand count."""
    return key in queries.pile_of(run).to_hand

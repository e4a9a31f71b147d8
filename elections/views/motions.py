"""Preparing no-confidence votes and dismissals, and closing the list that is submitted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import shown_on
from council.web.requests import StaffRequest
from elections.forms.motions import DismissalPrepareForm, NoConfidencePrepareForm
from elections.queries import polls as queries
from elections.services import motions as service
from elections.services import no_confidence
from elections.views.polls import act, asked_day
from elections.web import motion_page


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def no_confidence_prepare(request: StaffRequest, pk: int) -> HttpResponse:
    """A no-confidence vote on those for whom something obliges it."""
    council_session = get_object_or_404(queries.sessions_of(request.council), pk=pk)
    initial = {
        "title": _("Bỏ phiếu tín nhiệm"),
        "held_on": asked_day(request, council_session),
    }
    form = NoConfidencePrepareForm(
        request.POST or None, council_session=council_session, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            made = no_confidence.prepare(council_session, by=request.user, **form.values())
            messages.success(request, _("Đã lập danh sách. Việc tiếp theo: chốt để in phiếu."))
            return redirect("elections:poll", request.council.slug, made.pk)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": council_session,
        "form": form,
    }
    return render(request, "elections/no_confidence_prepare.html", context)


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def dismissal_prepare(request: StaffRequest, pk: int) -> HttpResponse:
    """A poll on dismissals, removals, resignations; the persons are put on it afterwards."""
    council_session = get_object_or_404(queries.sessions_of(request.council), pk=pk)
    initial = {
        "act": request.GET.get("viec", ""),
        "title": _("Miễn nhiệm chức vụ"),
        "held_on": asked_day(request, council_session),
    }
    form = DismissalPrepareForm(
        request.POST or None, council_session=council_session, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            made = service.prepare(council_session, by=request.user, **form.values())
            messages.success(request, _("Đã lập. Việc tiếp theo: ghi người được đề nghị."))
            return redirect("elections:motion-add", request.council.slug, made.pk)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": council_session,
        "form": form,
    }
    return render(request, "elections/dismissal_prepare.html", context)


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def motion_add(request: StaffRequest, pk: int) -> HttpResponse:
    """One person on the paper: by whose proposal, by which request, or which seat."""
    poll = get_object_or_404(queries.polls_of(request.council), pk=pk, kind__in=motion_page.KINDS)
    kind = motion_page.of(poll)
    form = kind.form(
        request.POST or None, poll=poll, day=poll.held_on, initial={"proposed_on": poll.held_on}
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            entry = kind.verb(poll, by=request.user, **form.values())
            messages.success(
                request, _("Đã ghi %(name)s vào danh sách.") % {"name": str(entry.person)}
            )
            return redirect("elections:poll", request.council.slug, poll.pk)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "poll": poll,
        "council_session": poll.council_session,
        "form": form,
        "kind": kind,
        "authorities": motion_page.authorities_of(poll) if kind.has_proposer else [],
    }
    return render(request, "elections/motion_add.html", context)


@require_http_methods(["POST"])
@gate("poll.open")
def list_close(request: StaffRequest, pk: int) -> HttpResponse:
    """The list that is submitted to the council is final."""
    return act(request, pk, service.close_list, _("Đã chốt danh sách trình bỏ phiếu."))

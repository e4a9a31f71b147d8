"""A vote that begins anew: one button, from the refused result, the old poll or its paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.models import Tenure
from council.services import access
from council.web.gates import gate
from council.web.refusals import told_in_message
from council.web.requests import StaffRequest
from elections.queries import polls as queries
from elections.queries import reelections as reelection_queries
from elections.services import reelections, split_papers


@require_http_methods(["GET", "POST"])
@gate("staff.read")
def tenure_reelect(request: StaffRequest, pk: int) -> HttpResponse:
    """The refused result, and the button that prepares the new election."""
    tenure = get_object_or_404(
        Tenure.objects.select_related("office__council", "person"),
        pk=pk,
        office__council=request.council,
    )
    if request.method == "POST":
        with told_in_message(request):
            poll = reelections.after_refusal(tenure, by=request.user)
            messages.success(
                request, _("Đã lập cuộc bầu lại. Việc tiếp theo: ghi người được giới thiệu.")
            )
            return redirect("elections:poll", request.council.slug, poll.pk)
    context = {
        "council": request.council,
        "nav_section": "people",
        "tenure": tenure,
        "poll": reelection_queries.poll_of(tenure),
        "new_poll": reelection_queries.poll_after(tenure),
        "may_edit": access.may(request.roles, "poll.edit"),
    }
    return render(request, "elections/tenure_reelect.html", context)


@require_http_methods(["POST"])
@gate("poll.edit")
def poll_reelect(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin anew from the nomination: the rounds ended, or the poll was annulled."""
    found = get_object_or_404(queries.polls_of(request.council), pk=pk)
    with told_in_message(request):
        poll = reelections.after_rounds(found, by=request.user)
        messages.success(
            request, _("Đã lập cuộc bầu mới. Việc tiếp theo: ghi người được giới thiệu.")
        )
        return redirect("elections:poll", request.council.slug, poll.pk)
    return redirect("elections:poll", request.council.slug, found.pk)


@require_http_methods(["POST"])
@gate("poll.edit")
def paper_repeat(request: StaffRequest, pk: int) -> HttpResponse:
    """Vote again on the block whose paper alone was annulled."""
    found = get_object_or_404(queries.polls_of(request.council), pk=pk)
    with told_in_message(request):
        poll = split_papers.repeat(found, by=request.user)
        messages.success(request, _("Đã lập danh sách. Việc tiếp theo: Hội đồng chốt danh sách."))
        return redirect("elections:poll", request.council.slug, poll.pk)
    return redirect("elections:poll", request.council.slug, found.pk)

"""The way of counting: chosen by the committee on its first page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import told_in_message
from council.web.requests import StaffRequest
from elections.forms.papers import CountChooseForm
from elections.queries import batches as queries
from elections.queries import counts, records
from elections.services import counting as service
from elections.views.counts import counted_poll
from elections.web import ways


@require_http_methods(["GET", "POST"])
@gate("count.enter")
def count_choose(request: StaffRequest, pk: int) -> HttpResponse:
    """The ways side by side; choosing leads to the first page of the chosen one."""
    poll = counted_poll(request, pk)
    if request.method == "POST":
        form = CountChooseForm(request.POST)
        way = form.cleaned_data["way"] if form.is_valid() else ""
        with told_in_message(request) as told:
            service.choose(poll, way=way, by=request.user)
        if told.done:
            messages.success(request, _("Đã chọn cách kiểm phiếu."))
            return redirect("elections:count-enter", request.council.slug, pk)
        return redirect("elections:count-choose", request.council.slug, pk)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "poll": poll,
        "council_session": poll.council_session,
        "ways": ways.ways_of(poll),
        "has_records": queries.has_records(poll),
        "has_account": records.account_of(poll) is not None,
        "states": counts.states_of_counts(poll),
    }
    return render(request, "elections/count_choose.html", context)

"""Reports, declarations and papers before a confidence vote, person by person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import shown_on
from council.web.requests import StaffRequest
from elections.forms.subject_papers import SubjectPapersForm
from elections.models import Poll, PollKind
from elections.queries import polls as queries
from elections.queries import subject_papers as papers
from elections.services import subject_papers as service


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def subject_papers(request: StaffRequest, pk: int) -> HttpResponse:
    """What came in and went out; the days are kept beside the law's."""
    poll = get_object_or_404(queries.polls_of(request.council), pk=pk, kind=PollKind.CONFIDENCE)
    form = SubjectPapersForm(
        request.POST or None, poll=poll, initial={"done_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            tell(request, keep(request, poll, form))
            return redirect("elections:subject-papers", request.council.slug, poll.pk)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "poll": poll,
        "council_session": poll.council_session,
        "form": form,
        "steps": papers.standing(poll),
        "rows": papers.rows_of(poll),
    }
    return render(request, "elections/subject_papers.html", context)


def keep(request: StaffRequest, poll: Poll, form: SubjectPapersForm) -> int:
    """Tick off, or take back where that button was pressed."""
    values = form.values()
    if "forget" in request.POST:
        del values["done_on"]
        return service.forget(poll, by=request.user, **values)
    return service.record(poll, by=request.user, **values)


def tell(request: StaffRequest, count: int) -> None:
    """For how many it was written down or taken back."""
    said = (
        _("Đã bỏ ghi cho %(n)d người.")
        if "forget" in request.POST
        else _("Đã ghi cho %(n)d người.")
    )
    messages.success(request, said % {"n": count})

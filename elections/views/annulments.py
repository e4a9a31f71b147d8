"""Stopping a poll, and annulling a result by a recorded decision."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.forms.base import ClerkForm
from council.web.gates import gate
from council.web.refusals import shown_on
from council.web.requests import StaffRequest
from elections.forms.annulments import AnnulByDocumentForm, AnnulByVoteForm
from elections.forms.polls import ReasonForm
from elections.models import Poll
from elections.queries import polls as queries
from elections.services import annulments as service
from sessions.queries import sittings as session_queries


@require_http_methods(["GET", "POST"])
@gate("poll.annul")
def poll_annul(request: StaffRequest, pk: int) -> HttpResponse:
    """Before the result: the chair stops the poll; after it: by which decision it is annulled."""
    poll = get_object_or_404(queries.polls_of(request.council), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        return carried_out(request, poll, form, service.stop, reason_form=form)
    return show(request, poll)


@require_http_methods(["POST"])
@gate("poll.annul")
def poll_annul_by_vote(request: StaffRequest, pk: int) -> HttpResponse:
    """The council's recorded vote annuls the result."""
    poll = get_object_or_404(queries.polls_of(request.council), pk=pk)
    form = AnnulByVoteForm(request.POST, poll=poll)
    return carried_out(request, poll, form, service.by_vote, vote_form=form)


@require_http_methods(["POST"])
@gate("poll.annul")
def poll_annul_by_document(request: StaffRequest, pk: int) -> HttpResponse:
    """A document of the authority above annuls the result."""
    poll = get_object_or_404(queries.polls_of(request.council), pk=pk)
    form = AnnulByDocumentForm(request.POST, poll=poll)
    return carried_out(request, poll, form, service.by_document, document_form=form)


def carried_out(
    request: StaffRequest, poll: Poll, form: ClerkForm, verb: Callable[..., object], **forms: Any
) -> HttpResponse:
    """The verb with the form's values and back to the poll, or the form with what is wrong."""
    if form.is_valid():
        with shown_on(form):
            verb(poll, by=request.user, **form.values())
            messages.success(request, _("Đã hủy cuộc bỏ phiếu."))
            return redirect("elections:poll", request.council.slug, poll.pk)
    return show(request, poll, **forms)


def show(request: StaffRequest, poll: Poll, **forms: Any) -> HttpResponse:
    """The page with the forms of the poll's state."""
    outcome = queries.outcome_of(poll)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "poll": poll,
        "council_session": poll.council_session,
        "outcome": outcome,
        "tenures": [line.tenure for line in outcome.lines.all() if line.tenure] if outcome else [],
        "later_rounds": queries.later_rounds(poll),
        "has_votes": queries.annulment_votes(request.council).exists(),
        "sitting": session_queries.open_sitting_of(poll.council_session),
        "reason_form": ReasonForm(),
        "vote_form": AnnulByVoteForm(poll=poll),
        "document_form": AnnulByDocumentForm(poll=poll),
        **forms,
    }
    return render(request, "elections/poll_annul.html", context)

"""A session's polls, one poll with its steps, and the verbs that lead it to the closed box."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.models import User
from council.rules import periods
from council.rules.refusals import Refusal
from council.services import access
from council.web.gates import gate
from council.web.paging import page_of
from council.web.refusals import sentence_of, shown_on, told_in_message
from council.web.requests import StaffRequest
from elections.forms.polls import ConfidencePrepareForm, ElectionPrepareForm, PrintForm
from elections.models import Poll
from elections.queries import polls as queries
from elections.queries import subjects
from elections.services import polls as service
from elections.services import printing, split_papers
from elections.web import poll_page
from sessions.models import Session


@require_http_methods(["GET"])
@gate("work.read")
def polls(request: StaffRequest, pk: int) -> HttpResponse:
    """The session's secret polls and its ballot committee."""
    council_session = get_object_or_404(queries.sessions_of(request.council), pk=pk)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": council_session,
        "page": page_of(request, queries.polls_of_session(council_session)),
        "committee": queries.committees_of(council_session).first(),
        "may_edit": access.may(request.roles, "poll.edit"),
    }
    return render(request, "elections/polls.html", context)


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def confidence_prepare(request: StaffRequest, pk: int) -> HttpResponse:
    """Who is voted on by the law of the day, who is exempt and why; then the poll is prepared."""
    council_session = get_object_or_404(queries.sessions_of(request.council), pk=pk)
    day = asked_day(request, council_session)
    initial = {"title": _("Lấy phiếu tín nhiệm"), "held_on": day}
    form = ConfidencePrepareForm(
        request.POST or None, council_session=council_session, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            made = prepared_confidence(council_session, form, by=request.user)
            messages.success(request, told_of_papers(made, form))
            return redirect("elections:poll", request.council.slug, made.pk)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": council_session,
        "form": form,
        "day": day,
        **derived_on(request, day),
    }
    return render(request, "elections/confidence_prepare.html", context)


def prepared_confidence(council_session: Session, form: ConfidencePrepareForm, *, by: User) -> Poll:
    """On one paper or on one a block, as the clerk chose."""
    values = form.values()
    if values.pop("layout") == "blocks":
        return split_papers.prepare_confidence(council_session, by=by, **values)
    return service.prepare_confidence(council_session, by=by, **values)


def told_of_papers(made: Poll, form: ConfidencePrepareForm) -> str:
    """What was prepared, and why there are two papers where the clerk asked for one."""
    if made.block and form.cleaned_data["layout"] != "blocks":
        return _(
            "Danh sách trên 50 người, không in vừa một tờ, nên đã tách thành hai tờ theo khối; mỗi "
            "tờ đếm riêng. Việc tiếp theo: Hội đồng chốt danh sách."
        )
    return _("Đã lập danh sách. Việc tiếp theo: Hội đồng chốt danh sách.")


def asked_day(request: StaffRequest, council_session: Session) -> date:
    """The day asked for, if it is one; else today within the session, else its first day."""
    typed = (request.POST or request.GET).get("held_on", "")
    try:
        day = parse_date(typed[:10])
        if day is not None:
            periods.check_plausible(day)
            return day
    except (ValueError, Refusal):
        pass
    today = timezone.localdate()
    if council_session.opens_on <= today <= council_session.closes_on:
        return today
    return council_session.opens_on


def derived_on(request: StaffRequest, day: date) -> dict[str, object]:
    """The list by the law of the day, or the sentence why there is no law for it."""
    try:
        derived = subjects.confidence_subjects(request.council, day)
    except Refusal as refusal:
        return {"derived": None, "refused": sentence_of(refusal)}
    return {"derived": derived, "refused": ""}


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def election_prepare(request: StaffRequest, pk: int) -> HttpResponse:
    """An election to one office."""
    council_session = get_object_or_404(queries.sessions_of(request.council), pk=pk)
    initial = {"held_on": asked_day(request, council_session), "seats": 1}
    form = ElectionPrepareForm(
        request.POST or None, council_session=council_session, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            made = service.prepare_election(council_session, by=request.user, **form.values())
            messages.success(
                request, _("Đã lập cuộc bầu. Việc tiếp theo: ghi người được giới thiệu.")
            )
            return redirect("elections:poll", request.council.slug, made.pk)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": council_session,
        "form": form,
    }
    return render(request, "elections/election_prepare.html", context)


@require_http_methods(["GET"])
@gate("work.read")
def poll(request: StaffRequest, pk: int) -> HttpResponse:
    """One poll: its steps, its list, the next thing to do and why it cannot be done yet."""
    found = get_object_or_404(queries.polls_of(request.council), pk=pk)
    return poll_page.show(request, found)


@require_http_methods(["POST"])
@gate("poll.edit")
def poll_discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw away a draft on which nothing was decided yet."""
    found = get_object_or_404(queries.polls_of(request.council), pk=pk)
    with told_in_message(request) as told:
        service.discard(found, by=request.user)
    if told.done:
        messages.success(request, _("Đã bỏ bản nháp."))
        return redirect("elections:polls", request.council.slug, found.council_session_id)
    return redirect("elections:poll", request.council.slug, found.pk)


@require_http_methods(["POST"])
@gate("poll.edit")
def ballots_print(request: StaffRequest, pk: int) -> HttpResponse:
    """Say how many papers are printed; the PDF is made in the background."""
    found = get_object_or_404(queries.polls_of(request.council), pk=pk)
    form = PrintForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            service.print_ballots(found, by=request.user, **form.values())
            messages.success(request, _("Đang dàn trang phiếu; tải tệp PDF về khi xong."))
            return redirect("elections:poll", request.council.slug, found.pk)
    return poll_page.show(request, found, print_form=form)


@require_http_methods(["POST"])
@gate("poll.edit")
def print_run_reprint(request: StaffRequest, pk: int) -> HttpResponse:
    """Print a lost run anew, with the reason."""
    run = get_object_or_404(queries.print_runs_of_council(request.council), pk=pk)
    with told_in_message(request) as told:
        printing.reprint(run, reason=request.POST.get("reason", "")[:300], by=request.user)
    if told.done:
        messages.success(request, _("Đã ghi lần in lại; lần in cũ không tính vào số phiếu in."))
    return redirect("elections:poll", request.council.slug, run.poll_id)


@require_http_methods(["POST"])
@gate("poll.open")
def poll_open(request: StaffRequest, pk: int) -> HttpResponse:
    """Open the voting."""
    return act(request, pk, service.open_poll, _("Đã mở bỏ phiếu."))


@require_http_methods(["POST"])
@gate("poll.close")
def poll_close(request: StaffRequest, pk: int) -> HttpResponse:
    """End the voting."""
    return act(
        request, pk, service.close_poll, _("Đã kết thúc bỏ phiếu. Ban kiểm phiếu bắt đầu đếm.")
    )


def act(request: StaffRequest, pk: int, verb: Callable[..., Poll], sentence: str) -> HttpResponse:
    """A button's verb on a poll, then back to its page with a sentence."""
    found = get_object_or_404(queries.polls_of(request.council), pk=pk)
    with told_in_message(request) as told:
        verb(found, by=request.user)
    if told.done:
        messages.success(request, sentence)
    return redirect("elections:poll", request.council.slug, found.pk)

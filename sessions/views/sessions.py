"""Sessions: the list, a new one, the hub of one, and the verbs that lead it on."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council import queries as council_queries
from council.services import access
from council.web.gates import gate
from council.web.paging import page_of
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from sessions.forms.sessions import (
    ConveneForm,
    SendBackForm,
    SessionAddForm,
    SessionFrameForm,
    StoryForm,
)
from sessions.models import Session
from sessions.queries import sessions as queries
from sessions.services import sessions
from sessions.web import session_page

FRAME = ("kind", "number", "opens_on", "closes_on", "place", "summary", "version")


@require_http_methods(["GET"])
@gate("staff.read")
def session_list(request: StaffRequest) -> HttpResponse:
    """All sessions of the council, newest first."""
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "page": page_of(request, queries.listed(request.council)),
        "may_edit": access.may(request.roles, "session.edit"),
    }
    return render(request, "sessions/session_list.html", context)


@require_http_methods(["GET", "POST"])
@gate("session.edit")
def session_add(request: StaffRequest) -> HttpResponse:
    """A new session from a template."""
    form = SessionAddForm(
        request.POST or None, council=request.council, initial=first_guess(request)
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            values = form.values()
            council_session = sessions.create(values.pop("term"), by=request.user, **values)
            messages.success(
                request,
                _("Đã lập %(session)s với chương trình dự kiến.") % {"session": council_session},
            )
            return redirect("sessions:session-detail", request.council.slug, council_session.pk)
    context = {"council": request.council, "nav_section": "sessions", "form": form}
    return render(request, "sessions/session_add.html", context)


def first_guess(request: StaffRequest) -> dict[str, object]:
    """The running term, the next number, a month from now, where the council met last."""
    today = timezone.localdate()
    term = council_queries.term_on(request.council, today)
    if term is None:
        return {}
    opens_on, closes_on = queries.default_days(term, today)
    last = queries.for_staff(request.council).order_by("-opens_on", "-pk").first()
    return {
        "term": term,
        "number": queries.suggested_number(term),
        "opens_on": opens_on,
        "closes_on": closes_on,
        "place": last.place if last else "",
    }


@require_http_methods(["GET"])
@gate("staff.read")
def session_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """The hub of one session: state, steps, deadlines, the one next action."""
    council_session = get_object_or_404(queries.for_staff(request.council), pk=pk)
    context = session_page.context(request, council_session)
    return render(request, "sessions/session_detail.html", context)


@require_http_methods(["GET", "POST"])
@gate("session.edit")
def session_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a draft's number, days, place."""
    council_session = get_object_or_404(queries.for_staff(request.council), pk=pk)
    initial = {name: getattr(council_session, name) for name in FRAME}
    form = SessionFrameForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            version = form.cleaned_data["version"]
            sessions.edit(council_session, version=version, by=request.user, **form.values())
            messages.success(request, _("Đã lưu."))
            return redirect("sessions:session-detail", request.council.slug, pk)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": council_session,
        "form": form,
    }
    return render(request, "sessions/session_edit.html", context)


@require_http_methods(["POST"])
@gate("session.edit")
def session_describe(request: StaffRequest, pk: int) -> HttpResponse:
    """Write the paragraph that opens the public page."""
    council_session = get_object_or_404(queries.for_staff(request.council), pk=pk)
    form = StoryForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            version = form.cleaned_data["version"]
            sessions.describe(council_session, version=version, by=request.user, **form.values())
            messages.success(request, _("Đã lưu."))
            return redirect("sessions:session-detail", request.council.slug, pk)
    context = session_page.context(request, council_session, story_form=form)
    return render(request, "sessions/session_detail.html", context)


@require_http_methods(["POST"])
@gate("session.submit")
def session_submit(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the draft for approval."""
    return run(request, pk, sessions.submit, _("Đã trình. Chờ người khác duyệt."))


@require_http_methods(["POST"])
@gate("session.approve")
def session_approve(request: StaffRequest, pk: int) -> HttpResponse:
    """Approve what another person submitted."""
    return run(request, pk, sessions.approve, _("Đã duyệt kỳ họp."))


@require_http_methods(["POST"])
@gate("session.close")
def session_close(request: StaffRequest, pk: int) -> HttpResponse:
    """Close the session."""
    return run(request, pk, sessions.close_session, _("Đã bế mạc kỳ họp."))


def run(request: StaffRequest, pk: int, verb: Callable[..., Session], done: str) -> HttpResponse:
    """Do the verb of a button, say how it went, and go back to the hub."""
    council_session = get_object_or_404(queries.for_staff(request.council), pk=pk)
    with told_in_message(request) as told:
        verb(council_session, by=request.user)
    if told.done:
        messages.success(request, done)
    return redirect("sessions:session-detail", request.council.slug, pk)


@require_http_methods(["POST"])
@gate("session.approve")
def session_send_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Give the draft back with the reason."""
    council_session = get_object_or_404(queries.for_staff(request.council), pk=pk)
    form = SendBackForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            sessions.send_back(council_session, by=request.user, **form.values())
            messages.success(request, _("Đã trả lại để sửa."))
            return redirect("sessions:session-detail", request.council.slug, pk)
    context = session_page.context(request, council_session, send_back_form=form)
    return render(request, "sessions/session_detail.html", context)


@require_http_methods(["POST"])
@gate("session.convene")
def session_convene(request: StaffRequest, pk: int) -> HttpResponse:
    """Convene: the session becomes public, the notices go out."""
    council_session = get_object_or_404(queries.for_staff(request.council), pk=pk)
    form = ConveneForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            sessions.convene(council_session, by=request.user, **form.values())
            messages.success(request, _("Đã triệu tập. Giấy triệu tập đang được gửi."))
            return redirect("sessions:notice-list", request.council.slug, pk)
    context = session_page.context(request, council_session, convene_form=form)
    return render(request, "sessions/session_detail.html", context)

"""A delegate's pages on a phone: what is now and next, papers, own group, attendance, calendar."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.partials import template_for
from council.web.requests import StaffRequest
from sessions.models import Session, SessionState, Sitting
from sessions.queries import calendar as calendar_queries
from sessions.queries import delegates as queries
from sessions.queries import papers as paper_queries
from sessions.queries import sessions as session_queries
from sessions.typesetting import calendar
from sessions.web import files

CALENDAR_LENGTH = 60
OTHERS = 8


@require_http_methods(["GET"])
@gate("delegate.read")
def delegate_home(request: StaffRequest) -> HttpResponse:
    """The session that runs, else the next one, else the last one."""
    held = session_queries.session_of_the_day(request.council, timezone.localdate())
    if held is None:
        return render(request, "sessions/delegate_empty.html", {"council": request.council})
    return show(request, held)


@require_http_methods(["GET"])
@gate("delegate.read")
def delegate_session(request: StaffRequest, pk: int) -> HttpResponse:
    """Another convened session."""
    return show(request, get_object_or_404(session_queries.for_delegates(request.council), pk=pk))


def show(request: StaffRequest, held: Session) -> HttpResponse:
    """One session as a delegate reads it."""
    today = timezone.localdate()
    agenda = queries.agenda_for(held)
    mandate = queries.mandate_in(request.user, request.council, held)
    others = session_queries.for_delegates(request.council).exclude(pk=held.pk)[:OTHERS]
    running = (Sitting.State.OPEN, Sitting.State.SUSPENDED)
    context = {
        "council": request.council,
        "council_session": held,
        "agenda": agenda,
        "is_running": held.state == SessionState.IN_PROGRESS,
        "sitting": next((one for one in agenda.sittings if one.state in running), None),
        "days_to_go": (held.opens_on - today).days,
        "mandate": mandate,
        "group": queries.group_members(mandate, held.opens_on),
        "my_sittings": queries.my_sittings(mandate, agenda.sittings),
        "others": others,
    }
    template = template_for(request, "sessions/delegate_session.html", "now")
    return render(request, template, context)


@require_http_methods(["GET"])
@gate("delegate.read")
def delegate_paper(request: StaffRequest, pk: int) -> HttpResponseBase:
    """A paper released to delegates."""
    return files.response_of(paper_queries.delegate_version(request.council, pk))


@require_http_methods(["GET"])
@gate("delegate.read")
def delegate_calendar(request: StaffRequest) -> HttpResponse:
    """The sittings of all convened sessions as a calendar file."""
    sittings = calendar_queries.sittings_of_council(request.council)[:CALENDAR_LENGTH]
    content = calendar.typeset(request.council.short_name, calendar_queries.events(sittings))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="lich-{request.council.slug}.ics"'
    return response

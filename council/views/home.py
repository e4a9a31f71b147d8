"""The first screen: which councils are mine, and what do I do next in this one?"""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods

from council import queries
from council.models import RoleKind
from council.rules.work import Work
from council.services import jobs
from council.web.gates import gate, signed_in
from council.web.partials import template_for
from council.web.requests import StaffRequest

JOBS_SHOWN = 8


@require_http_methods(["GET"])
@signed_in
def home(request: StaffRequest) -> HttpResponse:
    """To the only council one works in, or the choice among several."""
    councils = list(queries.councils_of(request.user))
    if len(councils) == 1:
        return redirect(landing_name(councils[0].my_roles), councils[0].slug)  # type: ignore[attr-defined]
    for council in councils:
        council.landing = landing_name(council.my_roles)  # type: ignore[attr-defined]
    return render(request, "council/home.html", {"councils": councils})


def landing_name(roles: list[object]) -> str:
    """Delegates without another role land on their phone page, all others on the work page."""
    kinds = {role.kind for role in roles}  # type: ignore[attr-defined]
    return "sessions:delegate-home" if kinds <= {RoleKind.DELEGATE} else "council:council-home"


@require_http_methods(["GET"])
@gate("work.read")
def council_home(request: StaffRequest) -> HttpResponse:
    """What do I do next? Joined from all apps (setting WORK_SOURCES)."""
    work, today = Work(), timezone.localdate()
    for path in settings.WORK_SOURCES:
        work.add(import_string(path)(request.council, request.user, request.roles, today))
    shown = list(queries.jobs_for(request.user, request.council)[:JOBS_SHOWN])
    context = {
        "council": request.council,
        "nav_section": "home",
        "work": work,
        "today": today,
        "jobs": shown,
        "is_working": any(job.finished_at is None for job in shown),
        "roles": request.roles,
    }
    return render(request, template_for(request, "council/council_home.html", "jobs"), context)


@require_http_methods(["POST"])
@gate("work.read")
def jobs_seen(request: StaffRequest) -> HttpResponse:
    """Take the ended work off my screen."""
    jobs.mark_seen(request.user)
    return redirect("council:council-home", request.council.slug)

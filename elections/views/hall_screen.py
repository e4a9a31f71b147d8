"""The hall's screen."""

import re

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.requests import StaffRequest
from elections.queries import polls as queries
from elections.web import hall_screen as screens

PAGE = re.compile("[0-9]{1,3}")


@require_http_methods(["GET"])
@gate("work.read")
def hall_screen(request: StaffRequest, pk: int) -> HttpResponse:
    """Turnout while voting and counting, the result once agreed; refreshes itself."""
    poll = get_object_or_404(queries.polls_of(request.council), pk=pk)
    asked = request.GET.get("trang", "")
    page = int(asked) if PAGE.fullmatch(asked) else 1
    is_held = "giu" in request.GET
    context = {
        "council": request.council,
        "poll": poll,
        "council_session": poll.council_session,
        "screen": screens.screen_of(poll, page=page, is_held=is_held),
        "is_held": is_held,
    }
    return render(request, "elections/hall_screen.html", context)

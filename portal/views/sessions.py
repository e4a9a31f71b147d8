"""A session as the public reads it: its story, its agenda, its polls."""

from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from council.models import Council
from council.web.paging import page_of
from council.web.requests import PublicRequest
from council.web.visitors import public
from elections.models import OutcomeLine
from portal import queries
from portal.queries import session_record
from portal.views.caching import REVALIDATE, publicly_cached
from portal.web import linked_data
from sessions.models import AgendaItem, Session, SessionNote
from sessions.queries import agenda as agenda_queries


@require_safe
@public
@publicly_cached
def session_list(request: PublicRequest, slug: str) -> HttpResponse:
    """All public sessions of a council, newest first."""
    council = get_object_or_404(Council, slug=slug)
    context = {
        "council": council,
        "nav_section": "sessions",
        "page": page_of(request, queries.sessions_in_view(council)),
    }
    return render(request, "portal/session_list.html", context)


@require_safe
@public
@publicly_cached
def session(request: PublicRequest, slug: str, term: str, number: int) -> HttpResponse:
    """The session's story: elected, confidence, indicators, resolutions, what was said."""
    shown = one(queries.session(slug, term, number))
    context = {
        "council": shown.term.council,
        "nav_section": "sessions",
        "council_session": shown,
        "card": linked_data.session_card(shown),
        "polls": sorted(
            by_poll(queries.outcome_lines(shown)),
            key=lambda group: group["poll"].kind != "election",
        ),
        "summary": queries.press_summary(shown),
        "resolutions": list(queries.session_resolutions(shown)),
        "indicators": list(queries.indicators(shown)),
        "notes": (notes := list(queries.notes(shown))),
        "story": [
            {"title": kind.label, "notes": [note for note in notes if note.kind == kind]}
            for kind in (SessionNote.Kind.SHORTCOMING, SessionNote.Kind.DIRECTION)
            if any(note.kind == kind for note in notes)
        ],
    }
    return render(request, "portal/session.html", context)


@require_safe
@public
def agenda(request: PublicRequest, slug: str, term: str, number: int) -> HttpResponse:
    """The agenda with released papers, attendance and votes; what is now while it runs."""
    shown = one(queries.session(slug, term, number))
    items = list(queries.agenda(shown))
    context = {
        "council": shown.term.council,
        "nav_section": "sessions",
        "council_session": shown,
        "rows": agenda_queries.in_tree_order(items),
        "now": timezone.localtime(),
        "sittings": list(session_record.sittings(shown)),
        "votes": list(session_record.open_votes(shown)),
        "current": next((item for item in items if item.state == AgendaItem.State.CURRENT), None),
    }
    response = render(request, "portal/agenda.html", context)
    response["Cache-Control"] = REVALIDATE
    return response


def one(found: QuerySet[Session]) -> Session:
    """The session or 404."""
    shown = found.first()
    if shown is None:
        raise Http404
    return shown


def by_poll(lines: QuerySet[OutcomeLine]) -> list[dict[str, Any]]:
    """The lines of a session's polls, poll by poll."""
    return [
        {"poll": group[0].outcome.poll, "outcome": group[0].outcome, "lines": group}
        for _key, found in groupby(lines, key=lambda line: line.outcome.poll_id)
        for group in [list(found)]
    ]

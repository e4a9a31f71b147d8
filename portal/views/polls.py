"""One poll's published result, and its figures for whoever wants to compute them again."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from council.web.requests import PublicRequest
from council.web.visitors import public
from elections.queries import exports
from portal import queries
from portal.services.page_store import stored
from portal.views.caching import publicly_cached
from portal.web import poll_page
from portal.web.linked_data import Card


@require_safe
@public
@publicly_cached
def poll(request: PublicRequest, slug: str, term: str, number: int, poll_slug: str) -> HttpResponse:
    """One poll's published result."""

    def fresh() -> HttpResponse:
        shown = queries.poll(slug, term, number, poll_slug).first()
        if shown is None:
            raise Http404
        council = shown.council_session.term.council
        context = {
            "council": council,
            "nav_section": "sessions",
            "council_session": shown.council_session,
            "poll": shown,
            "card": Card(
                shown.title, f"{shown.council_session}, {shown.council_session.term.council}"
            ),
            "outcome": shown.outcome,
            "annulment": getattr(shown, "annulment", None),
            "voted_again": queries.voted_again(shown),
            "act": queries.act_of(shown),
            "table": poll_page.table_of(shown, shown.outcome, queries.poll_lines(shown)),
            "exemptions": list(queries.exemptions(shown)),
            "members": list(queries.committee_members(shown)),
        }
        return render(request, "portal/poll.html", context)

    return stored(request, slug, fresh)


@require_safe
@public
@publicly_cached
def poll_counts(
    request: PublicRequest, slug: str, term: str, number: int, poll_slug: str
) -> HttpResponse:
    """The file of docs/export-counts.md, without papers."""
    shown = queries.poll(slug, term, number, poll_slug).first()
    if shown is None:
        raise Http404
    data = exports.file_of(exports.agreed_outcomes(poll=shown.pk), with_papers=False)
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="so-lieu-{shown.slug}.json"'
    return response

"""One poll's published result, and its figures for whoever wants to compute them again."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from council.web.requests import PublicRequest
from council.web.visitors import public
from elections.queries import earlier, exports
from elections.rules import polls as kinds
from elections.web import comparison
from portal import queries
from portal.services.page_store import stored
from portal.views.caching import publicly_cached


@require_safe
@public
@publicly_cached
def poll(request: PublicRequest, slug: str, term: str, number: int, poll_slug: str) -> HttpResponse:
    """One poll's published result."""

    def fresh() -> HttpResponse:
        shown = queries.poll(slug, term, number, poll_slug).first()
        if shown is None:
            raise Http404
        lines = list(queries.poll_lines(shown))
        context = {
            "council": shown.council_session.term.council,
            "nav_section": "sessions",
            "council_session": shown.council_session,
            "poll": shown,
            "outcome": shown.outcome,
            "annulment": getattr(shown, "annulment", None),
            "voted_again": queries.voted_again(shown),
            "act": queries.act_of(shown),
            "lines": lines,
            "comparison": comparison.compared(shown, shown.outcome, lines, visible=earlier.PUBLIC),
            "labels": [(code, _(label)) for code, label in kinds.labels_of(shown.kind)],
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

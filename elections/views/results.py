"""The confirmed result, and the poll's files."""

from typing import Final

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.models import Job
from council.services import access
from council.web.gates import gate
from council.web.requests import StaffRequest
from elections.models import Poll, PollFile
from elections.queries import earlier, exports, follow_ups, grounds, results, rounds
from elections.queries import polls as queries
from elections.rules import polls as kinds
from elections.web import comparison, poll_page, result_table

NAMES: Final[dict[str, str]] = {
    PollFile.Kind.BALLOT: "phieu", PollFile.Kind.MINUTES: "bien-ban",
    PollFile.Kind.MINUTES_DOCX: "bien-ban", PollFile.Kind.READING: "ban-doc-ket-qua",
}  # fmt: skip
PDF = ("pdf", "application/pdf")
DOCX = ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


@require_http_methods(["GET"])
@gate("outcome.read")
def poll_result(request: StaffRequest, pk: int) -> HttpResponse:
    """The result in sentences, bars and figures; before it is confirmed there is none to show."""
    poll = get_object_or_404(queries.polls_of(request.council), pk=pk)
    outcome = queries.outcome_of(poll)
    if outcome is None:
        return redirect("elections:poll", request.council.slug, pk)
    lines = list(outcome.lines.all())
    note, note_source = results.note_of(poll, outcome)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "poll": poll,
        "council_session": poll.council_session,
        "outcome": outcome,
        "lines": lines,
        "comparison": comparison.compared(poll, outcome, lines, visible=earlier.CONFIRMED),
        "table": result_table.rows_of(poll, outcome),
        "kept": result_table.kept_of(outcome),
        "labels": [(code, _(label)) for code, label in kinds.labels_of(poll.kind)],
        "note": _(note) if note else "",
        "note_source": note_source,
        "annulment": queries.annulment_of(poll) if poll.annulled_at else None,
        "rounds": rounds.rounds_of(poll),
        "following": Poll.objects.filter(previous_round=poll).first(),
        **steps_after(request, poll),
        "end_approvals": grounds.end_approvals_by(poll),
        "exemptions": poll.exemptions.select_related("person").order_by("pk"),
        "files": queries.newest_files(poll),
        "minutes_job": Job.objects.filter(key=f"minutes:{poll.pk}").first(),
        "may_draft": access.may(request.roles, "resolution.edit"),
        "may_edit": access.may(request.roles, "poll.edit"),
        "may_annul": access.may(request.roles, "poll.annul"),
        **poll_page.reelection_of(poll),
        **poll_page.repetition_of(poll),
    }
    return render(request, "elections/poll_result.html", context)


def steps_after(request: StaffRequest, poll: Poll) -> dict[str, object]:
    """What the result opened, and the session at which it can be put to the vote."""
    today = timezone.localdate()
    found = follow_ups.of_poll(poll, today)
    if not found:
        return {"follow_ups": []}
    return {
        "follow_ups": found,
        "next_session": grounds.session_for_votes(request.council, today),
    }


@require_http_methods(["GET"])
@gate("outcome.read")
def poll_file(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Download the newest file of the kind: `ballot`, `minutes`, `minutes_docx` or `reading`."""
    poll = get_object_or_404(queries.polls_of(request.council), pk=pk)
    found = queries.newest_file(poll, kind)
    if found is None:
        raise Http404
    return sent(
        found, f"{NAMES[kind]}-{poll.slug}", DOCX if kind == PollFile.Kind.MINUTES_DOCX else PDF
    )


def sent(found: PollFile, name: str, form: tuple[str, str]) -> HttpResponse:
    """The file's bytes as a download of that name, with suffix and media type."""
    suffix, media_type = form
    with found.file.open("rb") as stream:
        response = HttpResponse(stream.read(), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response


@require_http_methods(["GET"])
@gate("outcome.read")
def poll_counts(request: StaffRequest, pk: int) -> HttpResponse:
    """The file for the recount, without papers: nobody gets those through a page."""
    poll = get_object_or_404(queries.polls_of(request.council), pk=pk)
    if queries.outcome_of(poll) is None:
        raise Http404
    data = exports.file_of(exports.agreed_outcomes(poll=pk), with_papers=False)
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="so-lieu-{poll.slug}.json"'
    return response

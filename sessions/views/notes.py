"""The sentences of the session's public story, as a simple list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.services import access
from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from sessions.forms.sessions import NoteForm, PositionForm
from sessions.models import Session, SessionNote
from sessions.queries import sessions as queries
from sessions.services import notes


@require_http_methods(["GET"])
@gate("staff.read")
def note_list(request: StaffRequest, pk: int) -> HttpResponse:
    """All sentences by kind, with a form for a new one."""
    council_session = get_object_or_404(queries.for_staff(request.council), pk=pk)
    return show(request, council_session, NoteForm())


def show(
    request: StaffRequest,
    council_session: Session,
    form: NoteForm,
    *,
    note: SessionNote | None = None,
) -> HttpResponse:
    """The list; `form` is the new sentence's, or the one of `note`."""
    rows = queries.notes(council_session)
    by_kind = {kind: [row for row in rows if row.kind == kind] for kind in SessionNote.Kind}
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": council_session,
        "groups": [{"label": kind.label, "notes": found} for kind, found in by_kind.items()],
        "form": form,
        "note": note,
        "may_edit": access.may(request.roles, "session.edit"),
    }
    return render(request, "sessions/note_list.html", context)


@require_http_methods(["POST"])
@gate("session.edit")
def note_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Write a new sentence."""
    council_session = get_object_or_404(queries.for_staff(request.council), pk=pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            notes.save(council_session, note=None, by=request.user, **form.values())
            messages.success(request, _("Đã thêm."))
            return redirect("sessions:note-list", request.council.slug, pk)
    return show(request, council_session, form)


@require_http_methods(["GET", "POST"])
@gate("session.edit")
def note_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a sentence."""
    note = get_object_or_404(queries.notes_of(request.council), pk=pk)
    held = note.council_session
    form = NoteForm(request.POST or None, initial={"kind": note.kind, "text": note.text})
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            notes.save(held, note=note, by=request.user, **form.values())
            messages.success(request, _("Đã lưu."))
            return redirect("sessions:note-list", request.council.slug, held.pk)
    return show(request, held, form, note=note)


@require_http_methods(["POST"])
@gate("session.edit")
def note_move(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a sentence at a position among those of its kind."""
    note = get_object_or_404(queries.notes_of(request.council), pk=pk)
    form = PositionForm(request.POST)
    if form.is_valid():
        with told_in_message(request):
            notes.move(note, position=form.cleaned_data["position"], by=request.user)
    return redirect("sessions:note-list", request.council.slug, note.council_session_id)


@require_http_methods(["POST"])
@gate("session.edit")
def note_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a sentence out."""
    note = get_object_or_404(queries.notes_of(request.council), pk=pk)
    with told_in_message(request) as told:
        notes.remove(note, by=request.user)
    if told.done:
        messages.success(request, _("Đã xóa."))
    return redirect("sessions:note-list", request.council.slug, note.council_session_id)

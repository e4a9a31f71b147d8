"""Personal data in a paper before it is public: what was found and decided, the masked copy."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.services import access
from council.web.gates import gate
from council.web.refusals import shown_on
from council.web.requests import StaffRequest
from sessions.forms.personal_data import FindsForm
from sessions.models import Document, MaskedCopy, Visibility
from sessions.queries import papers as paper_queries
from sessions.queries import personal_data as queries
from sessions.services import personal_data
from sessions.services.personal_data import Choice
from sessions.web import files


@require_http_methods(["GET"])
@gate("staff.read")
def paper_personal_data(request: StaffRequest, pk: int) -> HttpResponse:
    """What looks like personal data in the newest version."""
    document = get_object_or_404(paper_queries.for_staff(request.council), pk=pk)
    return show(request, document)


@require_http_methods(["POST"])
@gate("paper.edit")
def paper_personal_data_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep what was decided; nothing typed is lost where something is refused."""
    document = get_object_or_404(paper_queries.for_staff(request.council), pk=pk)
    version = document.versions.all()[0]
    found = queries.standing(version, request.council)
    if found.check is None:
        personal_data.request_again(version, by=request.user)
        messages.success(request, _("Đang rà dữ liệu cá nhân trong tệp."))
        return redirect("sessions:paper-personal-data", request.council.slug, pk)
    form = FindsForm(request.POST, finds=found.finds)
    if form.is_valid():
        with shown_on(form):
            made = {key: Choice(*choice) for key, choice in form.choices_made().items()}
            personal_data.decide(version, made, by=request.user)
            messages.success(request, _("Đã ghi quyết định."))
            return redirect("sessions:paper-personal-data", request.council.slug, pk)
    return show(request, document, form=form)


def show(
    request: StaffRequest, document: Document, *, form: FindsForm | None = None
) -> HttpResponse:
    """The page; a form that was refused replaces the fresh one."""
    version = document.versions.all()[0]
    found = queries.standing(version, request.council)
    is_public = document.visibility == Visibility.PUBLIC and not paper_queries.is_waiting(document)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": document.council_session,
        "document": document,
        "version": version,
        "standing": found,
        "form": form or FindsForm(finds=found.finds),
        "may_decide": access.may(request.roles, "paper.edit") and not is_public,
    }
    return render(request, "sessions/paper_personal_data.html", context)


@require_http_methods(["GET"])
@gate("staff.read")
def paper_masked_file(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The copy that the public gets, or will get, of a version."""
    copies = MaskedCopy.objects.filter(
        version=pk, version__document__council_session__term__council=request.council
    )
    return files.response_of(copies.first())

"""Papers: uploaded, described, released by somebody else, withdrawn; and served to the staff."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.services import access
from council.web.gates import gate
from council.web.paging import page_of
from council.web.refusals import shown_on
from council.web.requests import StaffRequest
from sessions.forms.papers import PaperForm, ReleaseForm, VersionForm, WithdrawForm
from sessions.models import Document, PaperUpload, Session
from sessions.queries import agenda as agenda_queries
from sessions.queries import papers as queries
from sessions.queries import personal_data
from sessions.queries import sessions as session_queries
from sessions.queries import uploads as upload_queries
from sessions.services import intake, papers
from sessions.web import files, intake_page

FRAME = ("kind", "title", "number", "issued_on", "issuer", "item", "version")


@require_http_methods(["GET"])
@gate("staff.read")
def paper_list(request: StaffRequest, pk: int) -> HttpResponse:
    """The session's papers by agenda item, with what waits for release."""
    council_session = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    rows = agenda_queries.in_tree_order(council_session.items.all())
    page = page_of(request, queries.of_session(council_session))
    labels = {row.item.pk: row.label for row in rows}
    may_release = access.may(request.roles, "paper.release")
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": council_session,
        "page": page,
        "papers": [
            {
                "document": one,
                "label": labels.get(one.item_id or 0, ""),
                "waiting": queries.is_waiting(one),
                "may_release": may_release and queries.may_be_released_by(one, request.user),
            }
            for one in page
        ],
        "waiting": queries.waiting_for_release(council_session).count(),
        "incoming": upload_queries.counts(council_session),
        "may_edit": access.may(request.roles, "paper.edit"),
        "may_release": may_release,
    }
    return render(request, "sessions/paper_list.html", context)


@require_http_methods(["GET", "POST"])
@gate("paper.edit")
def paper_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct what is said about a paper."""
    document = get_object_or_404(queries.for_staff(request.council), pk=pk)
    held = document.council_session
    rows = agenda_queries.in_tree_order(held.items.all())
    initial = {name: getattr(document, name) for name in FRAME}
    form = PaperForm(request.POST or None, rows=rows, initial=initial)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            version = form.cleaned_data["version"]
            papers.edit(document, version=version, by=request.user, **form.values())
            messages.success(request, _("Đã lưu."))
            return redirect("sessions:paper-detail", request.council.slug, pk)
    return show_form(request, held, form, document=document)


def show_form(
    request: StaffRequest,
    council_session: Session,
    form: PaperForm,
    *,
    document: Document | None = None,
) -> HttpResponse:
    """The form of a paper."""
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": council_session,
        "form": form,
        "document": document,
    }
    return render(request, "sessions/paper_form.html", context)


@require_http_methods(["GET"])
@gate("staff.read")
def paper_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One paper: what it is, its versions, who may read it, what can be done with it."""
    document = get_object_or_404(queries.for_staff(request.council), pk=pk)
    return show_detail(request, document)


def show_detail(request: StaffRequest, document: Document, **forms: object) -> HttpResponse:
    """The paper's page; a form that was refused replaces the fresh one."""
    versions = [(one, getattr(one, "text", None)) for one in document.versions.all()]
    incoming = intake_page.incoming(upload_queries.of_document(document), [])
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": document.council_session,
        "document": document,
        "versions": versions,
        "incoming": incoming,
        "is_checking": any(not one.sentence for one in incoming),
        "is_waiting": queries.is_waiting(document),
        "is_own": not queries.may_be_released_by(document, request.user),
        "may_edit": access.may(request.roles, "paper.edit"),
        "may_release": access.may(request.roles, "paper.release"),
        "version_form": VersionForm(),
        "release_form": ReleaseForm(),
        "withdraw_form": WithdrawForm(),
        "personal_data": personal_data.standing(versions[0][0], request.council),
        **forms,
    }
    return render(request, "sessions/paper_detail.html", context)


@require_http_methods(["POST"])
@gate("paper.edit")
def paper_version_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Upload a newer version."""
    document = get_object_or_404(queries.for_staff(request.council), pk=pk)
    form = VersionForm(request.POST, request.FILES)
    if form.is_valid():
        with shown_on(form):
            values = form.values()
            (upload,) = intake.take(
                document.council_session, [values.pop("file")], document=document, by=request.user,
                **values,
            )  # fmt: skip
            if upload.state != PaperUpload.State.REFUSED:
                messages.success(request, _("Đã nhận tệp, đang kiểm tra."))
            return redirect("sessions:paper-detail", request.council.slug, pk)
    return show_detail(request, document, version_form=form)


@require_http_methods(["POST"])
@gate("paper.release")
def paper_release(request: StaffRequest, pk: int) -> HttpResponse:
    """Let delegates or everybody read it."""
    document = get_object_or_404(queries.for_staff(request.council), pk=pk)
    form = ReleaseForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            papers.release(document, by=request.user, **form.values())
            messages.success(request, _("Đã phát hành “%(title)s”.") % {"title": document.title})
            if "to_list" in request.POST:
                held = document.council_session_id
                return redirect("sessions:paper-list", request.council.slug, held)
            return redirect("sessions:paper-detail", request.council.slug, pk)
    return show_detail(request, document, release_form=form)


@require_http_methods(["POST"])
@gate("staff.read")
def paper_withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a paper back with a reason; who may depends on how far it went (the service says)."""
    document = get_object_or_404(queries.for_staff(request.council), pk=pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            papers.withdraw(document, by=request.user, **form.values())
            messages.success(request, _("Đã rút tài liệu."))
            return redirect("sessions:paper-detail", request.council.slug, pk)
    return show_detail(request, document, withdraw_form=form)


@require_http_methods(["GET"])
@gate("staff.read")
def paper_file(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The file of one version."""
    return files.response_of(queries.version_for_staff(request.council, pk))

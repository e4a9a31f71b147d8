"""What the law leaves to the council: shown with dates and source, changed from a day on."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.forms.regulation import RegulationEndForm, RegulationForm
from council.models import CouncilSetting
from council.rules import regulation as rules
from council.services import access, regulation
from council.web import regulation_page
from council.web.gates import gate
from council.web.refusals import shown_on
from council.web.requests import StaffRequest


@require_http_methods(["GET"])
@gate("staff.read")
def regulation_list(request: StaffRequest) -> HttpResponse:
    """Every setting as it holds today, with its source, its dates and the default."""
    today = timezone.localdate()
    context = {
        "council": request.council,
        "nav_section": "people",
        "lines": regulation_page.lines_for(request.council, today),
        "today": today,
        "may_edit": access.may(request.roles, "regulation.edit"),
    }
    return render(request, "council/regulation.html", context)


@require_http_methods(["GET", "POST"])
@gate("regulation.edit")
def regulation_set(request: StaffRequest, setting: str) -> HttpResponse:
    """Set one thing from a day on."""
    if setting not in rules.ITEMS:
        raise Http404
    today = timezone.localdate()
    rows = list(request.council.settings.filter(key=setting).order_by("-effective_from"))
    line = regulation_page.line_for(request.council, setting, rows, today)
    value = line.own.value if line.own else rules.default_of(setting, today, request.council.level)
    form = RegulationForm(request.POST or None, setting=setting, initial={"value": value})
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            regulation.set_regulation(
                request.council, key=setting, by=request.user, **form.values()
            )
            messages.success(request, _("Đã ghi theo quy chế của hội đồng."))
            return redirect("council:regulation", request.council.slug)
    return show(request, line, form, RegulationEndForm())


@require_http_methods(["POST"])
@gate("regulation.edit")
def regulation_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a value end; the default holds again."""
    row = get_object_or_404(CouncilSetting, pk=pk, council=request.council)
    form = RegulationEndForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            regulation.end_regulation(row, by=request.user, **form.values())
            messages.success(request, _("Đã ghi ngày kết thúc."))
            return redirect("council:regulation", request.council.slug)
    rows = list(request.council.settings.filter(key=row.key).order_by("-effective_from"))
    line = regulation_page.line_for(request.council, row.key, rows, timezone.localdate())
    return show(request, line, RegulationForm(setting=row.key), form)


def show(
    request: StaffRequest,
    line: regulation_page.Line,
    form: RegulationForm,
    end_form: RegulationEndForm,
) -> HttpResponse:
    """One thing with its form, and the form that ends the value in force."""
    context = {
        "council": request.council,
        "nav_section": "people",
        "line": line,
        "form": form,
        "end_form": end_form,
        "open_row": next((row for row, _words in line.rows if row.effective_to is None), None),
    }
    return render(request, "council/regulation_set.html", context)

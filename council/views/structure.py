"""Terms, groups and committees; new councils."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council import queries
from council.forms.accounts import CommitteeForm, CouncilForm, GroupForm, TermForm
from council.forms.base import ClerkForm
from council.models import Term
from council.services import structure
from council.web.gates import gate, superuser
from council.web.refusals import shown_on
from council.web.requests import StaffRequest


@require_http_methods(["GET"])
@gate("staff.read")
def structure_detail(request: StaffRequest) -> HttpResponse:
    """Terms with their groups and committees."""
    today = timezone.localdate()
    context = {
        "council": request.council,
        "nav_section": "people",
        "terms": queries.terms_for_staff(request.council),
        "today": today,
    }
    return render(request, "council/structure_detail.html", context)


@require_http_methods(["GET", "POST"])
@gate("council.edit")
def term_add(request: StaffRequest) -> HttpResponse:
    """Open a term."""
    form = TermForm(request.POST or None)
    return saved_or_shown(
        request,
        form,
        _("Thêm nhiệm kỳ"),
        lambda values: structure.add_term(request.council, by=request.user, **values),
    )


@require_http_methods(["GET", "POST"])
@gate("people.edit")
def group_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Add a delegates' group to a term."""
    term = get_object_or_404(Term, pk=pk, council=request.council)
    return saved_or_shown(
        request,
        GroupForm(request.POST or None),
        _("Thêm tổ đại biểu"),
        lambda values: structure.add_group(term, by=request.user, **values),
    )


@require_http_methods(["GET", "POST"])
@gate("office.edit")
def committee_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Add a committee to a term."""
    term = get_object_or_404(Term, pk=pk, council=request.council)
    return saved_or_shown(
        request,
        CommitteeForm(request.POST or None),
        _("Thêm Ban"),
        lambda values: structure.add_committee(
            term, position=term.committees.count() + 1, by=request.user, **values
        ),
    )


def saved_or_shown(
    request: StaffRequest, form: ClerkForm, title: str, save: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Save a valid form and go back to the structure page; else show the form."""
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            save(form.values())
            messages.success(request, _("Đã lưu."))
            return redirect("council:structure", request.council.slug)
    context = {
        "council": request.council,
        "nav_section": "people",
        "form": form,
        "title": title,
        "back": "council:structure",
    }
    return render(request, "council/form_page.html", context)


@require_http_methods(["GET", "POST"])
@superuser
def council_add(request: StaffRequest) -> HttpResponse:
    """Add a council to the installation (administrators of the whole system only)."""
    form = CouncilForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            council = structure.found_council(by=request.user, **form.values())
            messages.success(request, _("Đã thêm hội đồng. Tiếp theo: thêm nhiệm kỳ."))
            return redirect("council:structure", council.slug)
    return render(request, "council/council_add.html", {"form": form, "title": _("Thêm hội đồng")})

"""Persons and their seats."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council import queries
from council.forms.people import MandateEndForm, PersonForm, SeatForm, SuspendForm
from council.models import Mandate, Person
from council.rules import text
from council.services import mandates, people
from council.web.gates import gate
from council.web.paging import page_of
from council.web.refusals import shown_on
from council.web.requests import StaffRequest


@require_http_methods(["GET"])
@gate("staff.read")
def people_list(request: StaffRequest) -> HttpResponse:
    """Everybody in the council's books, by given name; delegates of today counted."""
    today = timezone.localdate()
    asked = request.GET.get("q", "")[:120]
    found = queries.people_for_staff(request.council, asked=text.fold(asked), today=today)
    term = queries.term_on(request.council, today)
    context = {
        "council": request.council,
        "nav_section": "people",
        "page": page_of(request, found),
        "asked": asked,
        "term": term,
        "total": queries.total_delegates(term, today) if term else 0,
    }
    return render(request, "council/people_list.html", context)


@require_http_methods(["GET", "POST"])
@gate("people.edit")
def person_add(request: StaffRequest) -> HttpResponse:
    """Write a new person down."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            person = people.add(request.council, by=request.user, **form.values())
            messages.success(request, _("Đã thêm %(name)s.") % {"name": person.full_name})
            return redirect("council:person-detail", request.council.slug, person.pk)
    context = {"council": request.council, "nav_section": "people", "form": form, "person": None}
    return render(request, "council/person_edit.html", context)


@require_http_methods(["GET"])
@gate("staff.read")
def person_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """A person: particulars, seats, offices, and the forms that change them."""
    person = get_object_or_404(queries.person_for_staff(request.council), pk=pk)
    return render(request, "council/person_detail.html", person_context(request, person))


def person_context(request: StaffRequest, person: Person, **forms: object) -> dict[str, object]:
    """What the person's page shows; a form that was refused replaces the empty one."""
    return {
        "council": request.council,
        "nav_section": "people",
        "person": person,
        "seat_form": SeatForm(council=request.council),
        "end_form": MandateEndForm(),
        "suspend_form": SuspendForm(),
        "today": timezone.localdate(),
        **forms,
    }


@require_http_methods(["GET", "POST"])
@gate("people.edit")
def person_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a person's particulars."""
    person = get_object_or_404(Person, pk=pk, council=request.council)
    initial = {name: getattr(person, name) for name in PersonForm.base_fields}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            people.edit(
                person, version=form.cleaned_data["version"], by=request.user, **form.values()
            )
            messages.success(request, _("Đã lưu."))
            return redirect("council:person-detail", request.council.slug, person.pk)
    context = {"council": request.council, "nav_section": "people", "form": form, "person": person}
    return render(request, "council/person_edit.html", context)


@require_http_methods(["POST"])
@gate("people.edit")
def seat_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Give the person a seat."""
    person = get_object_or_404(queries.person_for_staff(request.council), pk=pk)
    form = SeatForm(request.POST, council=request.council)
    if form.is_valid():
        with shown_on(form):
            mandates.seat(person, by=request.user, **form.values())
            messages.success(request, _("Đã ghi tư cách đại biểu."))
            return redirect("council:person-detail", request.council.slug, person.pk)
    return render(
        request, "council/person_detail.html", person_context(request, person, seat_form=form)
    )


@require_http_methods(["POST"])
@gate("people.edit")
def seat_end(request: StaffRequest, pk: int) -> HttpResponse:
    """End a seat."""
    mandate = get_object_or_404(Mandate, pk=pk, term__council=request.council)
    form = MandateEndForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            mandates.end(mandate, by=request.user, **form.values())
            messages.success(request, _("Đã ghi thôi làm đại biểu."))
            return redirect("council:person-detail", request.council.slug, mandate.person_id)
    person = queries.person_for_staff(request.council).get(pk=mandate.person_id)
    return render(
        request, "council/person_detail.html", person_context(request, person, end_form=form)
    )


@require_http_methods(["POST"])
@gate("people.edit")
def seat_suspend(request: StaffRequest, pk: int) -> HttpResponse:
    """Suspend a delegate's duties."""
    mandate = get_object_or_404(Mandate, pk=pk, term__council=request.council)
    form = SuspendForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            mandates.suspend(mandate, by=request.user, **form.values())
            messages.success(request, _("Đã ghi tạm đình chỉ nhiệm vụ đại biểu."))
            return redirect("council:person-detail", request.council.slug, mandate.person_id)
    person = queries.person_for_staff(request.council).get(pk=mandate.person_id)
    return render(
        request, "council/person_detail.html", person_context(request, person, suspend_form=form)
    )

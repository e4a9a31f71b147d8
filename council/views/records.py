"""The audit log, background work, and the permission table as pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from council import queries
from council.models import Job, RoleKind
from council.services.access import PERMISSIONS
from council.web.gates import gate, signed_in
from council.web.paging import page_of
from council.web.partials import template_for
from council.web.requests import StaffRequest


@require_http_methods(["GET"])
@gate("audit.read")
def audit_list(request: StaffRequest) -> HttpResponse:
    """Who did what, newest first."""
    context = {
        "council": request.council,
        "nav_section": "home",
        "page": page_of(request, queries.audit_trail(request.council), per_page=50),
    }
    return render(request, "council/audit_list.html", context)


@require_http_methods(["GET"])
@gate("work.read")
def job_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """How far a piece of work in the background is."""
    job = get_object_or_404(Job, pk=pk, council=request.council)
    context = {"council": request.council, "nav_section": "home", "job": job}
    return render(request, template_for(request, "council/job_detail.html", "job"), context)


@require_http_methods(["GET"])
@signed_in
def permissions(request: HttpRequest) -> HttpResponse:
    """The permission table as it is enforced."""
    rows = [
        {"verb": verb, "cells": [kind in allowed for kind in RoleKind.values]}
        for verb, allowed in PERMISSIONS.items()
    ]
    return render(
        request,
        "council/permissions.html",
        {"rows": rows, "kinds": [label for _k, label in RoleKind.choices]},
    )

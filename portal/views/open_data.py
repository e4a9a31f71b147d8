"""Open data of a council: the page, the files, and two descriptions for programs."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from council.models import Council
from council.rules.licences import Licence
from council.web.requests import PublicRequest
from council.web.visitors import public
from portal.models import DataFile, DataRelease
from portal.queries import licensing
from portal.queries import open_data as queries
from portal.queries.contents import Content
from portal.rules.open_data import FORMS
from portal.views.caching import publicly_cached
from portal.web import open_data_page, served
from portal.web.machines import for_machines


@require_safe
@public
@publicly_cached
def data(request: PublicRequest, slug: str) -> HttpResponse:
    """What there is, of when, how large, under which licence."""
    council = get_object_or_404(Council, slug=slug)
    release = queries.release_of(slug)
    found = licensing.licence_of(council, timezone.localdate())
    context = {
        "council": council, "nav_section": "data", "release": release,
        "licence": found[0] if found else None, "licence_source": found[1].source if found else "",
        "lines": open_data_page.lines_of(release) if release else [],
        "whole": open_data_page.whole_of(release) if release else None,
    }  # fmt: skip
    return render(request, "portal/data.html", context)


@for_machines
def data_file(request: HttpRequest, slug: str, filename: str) -> HttpResponseBase:
    """One file, to be saved; between two releases the newer one."""
    for _attempt in range(2):
        found = DataFile.objects.filter(release__council__slug=slug, name=filename).first()
        if found is None:
            break
        content = Content(found.file, found.name, FORMS[found.form], found.sha256)
        try:
            return served.saved_if_new(request, content)
        except Http404:
            continue  # replaced after its row was read
    raise Http404


@for_machines
def data_catalogue(request: HttpRequest, slug: str) -> HttpResponse:
    """The files as a DCAT dataset."""
    described = open_data_page.catalogue(*_described(slug))
    return JsonResponse(
        described, json_dumps_params={"ensure_ascii": False}, content_type="application/ld+json"
    )


@for_machines
def data_package(request: HttpRequest, slug: str) -> HttpResponse:
    """The files as a Frictionless data package."""
    described = open_data_page.package(*_described(slug))
    return JsonResponse(described, json_dumps_params={"ensure_ascii": False})


def _described(slug: str) -> tuple[DataRelease, Licence | None]:
    release = queries.release_of(slug)
    if release is None:
        raise Http404
    found = licensing.licence_of(release.council, timezone.localdate())
    return release, found[0] if found else None

"""Where the API begins: its contents, its description, and the end of every other way."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from council.web.problems import problem
from portal.api import v1
from portal.queries.records import absolute
from portal.web.machines import for_machines


@for_machines
def root(request: HttpRequest) -> HttpResponse:
    """The lists and the description."""
    lists = {
        entry.name.removeprefix("api-"): absolute(f"/{entry.pattern}")
        for entry in v1.patterns()
        if entry.name and "<" not in str(entry.pattern)
    }
    return JsonResponse({"openapi": absolute(f"{v1.PREFIX}openapi.json"), "lists": lists})


@for_machines
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document."""
    return JsonResponse(v1.description(), json_dumps_params={"ensure_ascii": False})


@for_machines
def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """404 for an address that the API does not have."""
    return problem(404)

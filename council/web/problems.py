"""Errors for machines: problem details (RFC 9457), readable from any page (CORS)."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse

MEDIA_TYPE = "application/problem+json"
MACHINE_ADDRESSES = ("/api/", "/oparl/")


def is_for_machines(request: HttpRequest) -> bool:
    """Whether the address is one that programs read."""
    return request.path_info.startswith(MACHINE_ADDRESSES)


def problem(status: int, *, detail: str = "", **more: object) -> HttpResponse:
    """The answer; `detail` is English, since programmers read it. Nobody keeps an error."""
    data = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        data["detail"] = detail
    response = JsonResponse({**data, **more}, status=status, content_type=MEDIA_TYPE)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = "no-store"
    return response

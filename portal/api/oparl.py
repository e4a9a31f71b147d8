"""OParl 1.1 under `/oparl/v1.1/`: the system, its councils, every list, every object and file.

Source: OParl specification 1.1, chapters 2.3 to 2.9.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path

from council.web.problems import problem
from portal.api.oparl_asked import UnreadableError, address_of_page, asked_of, omits_internal
from portal.queries import oparl as queries
from portal.queries import oparl_papers
from portal.queries.contents import Content
from portal.rules import oparl
from portal.rules.oparl import Kind, Object
from portal.web import served
from portal.web.machines import for_machines

KEY_MAX = 10**15
KEYED_BY_WORDS = (
    Kind.ORGANIZATION, Kind.MEMBERSHIP, Kind.PAPER, Kind.CONSULTATION, Kind.FILE, Kind.LOCATION,
)  # fmt: skip


def answered(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view for machines whose errors are OParl's own objects (chapter 2.9)."""

    @wraps(view)
    def safe(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except UnreadableError as error:
            return failure(HTTPStatus.BAD_REQUEST, str(error))

    return for_machines(safe)


def failure(status: HTTPStatus, message: str) -> HttpResponse:
    """Problem details that are an OParl error too; the message is Vietnamese, as all text is."""
    return problem(status, type=f"{oparl.SCHEMA}Error", message=message, debug=status.phrase)


def nothing() -> HttpResponse:
    """404 for what was never public."""
    return failure(HTTPStatus.NOT_FOUND, "Không có đối tượng này.")


def said(data: Object) -> HttpResponse:
    """The object as JSON; UTF-8 without escapes."""
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@answered
def system(request: HttpRequest) -> HttpResponseBase:
    """Where a client begins."""
    since = queries.since_when().isoformat(timespec="seconds")
    base, site = f"{settings.BASE_URL}{oparl.PREFIX}", f"{settings.BASE_URL}/"
    return said(
        {
            "id": f"{base}system", "type": f"{oparl.SCHEMA}System", "oparlVersion": oparl.SCHEMA,
            "body": f"{base}body", "name": "Nghị Trường", "website": site, "web": site,
            "created": since, "modified": since,
        }
    )  # fmt: skip


@answered
def bodies(request: HttpRequest) -> HttpResponseBase:
    """All councils of this installation, those that ended included."""
    return _list(request, Kind.BODY, None)


@answered
def listed(request: HttpRequest, pk: int, kind: Kind) -> HttpResponseBase:
    """One of a council's lists."""
    if pk > KEY_MAX or not queries.is_council(pk):
        return nothing()
    return _list(request, kind, pk)


@answered
def of_organization(request: HttpRequest, organization_key: str, kind: Kind) -> HttpResponseBase:
    """Sessions, or papers on their tables: of the council as an organization."""
    word, _dash, rest = organization_key.partition("-")
    if word != "council" or not rest.isdecimal() or len(rest) >= len(str(KEY_MAX)):
        return nothing()
    return _list(request, kind, int(rest)) if queries.is_council(int(rest)) else nothing()


@answered
def one(request: HttpRequest, kind: Kind, **key: object) -> HttpResponseBase:
    """One object, or what is left of it."""
    (only,) = key.values()
    made = queries.one(kind, str(only))
    return nothing() if made is None else said(_shortened(request, made))


@answered
def content(request: HttpRequest, file_key: str) -> HttpResponseBase:
    """The bytes of a file, to be looked at."""
    return _bytes(request, file_key, served.shown_if_new)


@answered
def download(request: HttpRequest, file_key: str) -> HttpResponseBase:
    """The bytes of a file, to be saved."""
    return _bytes(request, file_key, served.saved_if_new)


def _bytes(
    request: HttpRequest, key: str, serve: Callable[[HttpRequest, Content], HttpResponseBase]
) -> HttpResponseBase:
    found = oparl_papers.content_of(key)
    if found is None:
        is_gone = queries.one(Kind.FILE, key) is not None
        gone = failure(HTTPStatus.GONE, "Tệp này không còn công khai.")
        return gone if is_gone else nothing()
    return serve(request, found)


def _list(request: HttpRequest, kind: Kind, council: int | None) -> HttpResponse:
    asked = asked_of(request.GET)
    page = queries.page(kind, council, asked)
    links = {"first": address_of_page(request, 0), "self": address_of_page(request, asked.after)}
    if page.following is not None:
        links["next"] = address_of_page(request, page.following)
    return said(
        {
            "data": [_shortened(request, made) for made in page.objects],
            "pagination": {"elementsPerPage": asked.limit},
            "links": links,
        }
    )


def _shortened(request: HttpRequest, made: Object) -> Object:
    return oparl.without(made, oparl.INTERNAL_LISTS) if omits_internal(request.GET) else made


def patterns() -> list[URLPattern]:
    """All addresses; none of them ends with a slash, and each thing has one."""
    prefix = oparl.PREFIX.lstrip("/")
    found = [
        path(f"{prefix}system", system, name="oparl-system"),
        path(f"{prefix}body", bodies, name="oparl-bodies"),
        path(f"{prefix}file/<slug:file_key>/content", content, name="oparl-file-content"),
        path(f"{prefix}file/<slug:file_key>/download", download, name="oparl-file-download"),
    ]
    for kind in oparl.LISTS:
        address, name = f"{prefix}body/<int:pk>/{kind}", f"oparl-body-{kind}"
        found.append(path(address, listed, {"kind": kind}, name=name))
    for kind in (Kind.MEETING, Kind.CONSULTATION):
        address = f"{prefix}organization/<slug:organization_key>/{kind}"
        found.append(
            path(address, of_organization, {"kind": kind}, name=f"oparl-organization-{kind}")
        )
    for kind in Kind:
        key = f"<slug:{kind}_key>" if kind in KEYED_BY_WORDS else "<int:pk>"
        found.append(path(f"{prefix}{kind}/{key}", one, {"kind": kind}, name=f"oparl-{kind}"))
    return found

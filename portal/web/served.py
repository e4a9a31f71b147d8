"""Published files as responses: named, cacheable, with their hash as the entity tag."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

from portal.queries.contents import Content

REVALIDATE = "public, no-cache"
"""Keep it, ask each time: a text that is taken back must not live on in anybody's store."""
SANDBOX = "sandbox; default-src 'none'"


def shown_if_new(request: HttpRequest, content: Content) -> HttpResponseBase:
    """The bytes to look at, 304 for who has them; whatever they hold runs nowhere."""
    known = get_conditional_response(request, quote_etag(content.sha256))
    return known if known is not None else _sent(content)


def saved_if_new(request: HttpRequest, content: Content) -> HttpResponseBase:
    """The same to save."""
    known = get_conditional_response(request, quote_etag(content.sha256))
    if known is not None:
        return known
    response = _sent(content)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=content.filename) or ""
    )
    return response


def _sent(content: Content) -> HttpResponseBase:
    try:
        opened = content.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = _named(
        FileResponse(opened, content_type=content.media_type), content.sha256, content.filename
    )
    response["Content-Security-Policy"] = SANDBOX
    return response


def file(stored: FieldFile, sha256: str, name: str, media_type: str) -> HttpResponseBase:
    """Exactly the bytes that were hashed; shown by the browser where it can."""
    return _named(FileResponse(stored.open("rb"), content_type=media_type), sha256, name)


def frozen(text: str, sha256: str, name: str) -> HttpResponseBase:
    """The frozen data as they were hashed."""
    return _named(HttpResponse(text, content_type="application/json"), sha256, name)


def _named(response: HttpResponseBase, sha256: str, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=name) or ""
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = REVALIDATE
    response["ETag"] = f'"{sha256}"'
    return response

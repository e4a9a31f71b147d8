"""Published files as responses: named, cacheable, with their hash as the entity tag."""

from typing import Protocol

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

REVALIDATE = "public, no-cache"
"""Keep it, ask each time: a text that is taken back must not live on in anybody's store."""
SANDBOX = "sandbox; default-src 'none'"


class Content(Protocol):
    """Stored bytes and what is told of them."""

    @property
    def file(self) -> FieldFile: ...
    @property
    def filename(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def sha256(self) -> str: ...


def shown(content: Content) -> HttpResponseBase:
    """The bytes to look at; whatever they hold runs nowhere."""
    return _sent(content)


def saved(content: Content) -> HttpResponseBase:
    """The same to save."""
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

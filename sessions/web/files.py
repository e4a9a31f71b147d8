"""Serve a stored paper: streamed, as an attachment, never as a page of ours."""

from typing import Protocol

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.utils.http import content_disposition_header

from council.models import Council
from sessions.models import Bundle
from sessions.queries import bundles

SANDBOX = "sandbox; default-src 'none'"
_BUNDLE_TYPES = {Bundle.Kind.ZIP: "application/zip", Bundle.Kind.PDF: "application/pdf"}


class Served(Protocol):
    """What is known of a file that goes out: a version as uploaded, or what was made of it."""

    @property
    def file(self) -> FieldFile: ...
    @property
    def filename(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def size(self) -> int: ...


def response_of(served: Served | None) -> FileResponse:
    """The file of a version that the reader may see; 404 where there is none.

    The name travels as RFC 5987 demands; whatever the file holds runs nowhere (sandbox, nosniff).
    """
    if served is None:
        raise Http404
    return attachment(served.file, served.filename, served.media_type, served.size)


def response_of_bundle(bundle: Bundle, council: Council) -> FileResponse:
    """A bundle under the name that people keep it by."""
    name = bundles.download_name(bundle, council)
    return attachment(bundle.file, name, _BUNDLE_TYPES[Bundle.Kind(bundle.kind)], bundle.size)


def attachment(file: FieldFile, name: str, media_type: str, size: int) -> FileResponse:
    """Stored bytes as a download."""
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Length"] = str(size)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response

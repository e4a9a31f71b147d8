"""Serve a stored paper: streamed, as an attachment, never as a page of ours."""

from django.http import FileResponse, Http404
from django.utils.http import content_disposition_header

from sessions.models import DocumentVersion

SANDBOX = "sandbox; default-src 'none'"


def response_of(version: DocumentVersion | None) -> FileResponse:
    """The file of a version that the reader may see; 404 where there is none.

    The name travels as RFC 5987 demands; whatever the file holds runs nowhere (sandbox, nosniff).
    """
    if version is None:
        raise Http404
    try:
        content = version.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type=version.media_type)
    name = version.filename
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Length"] = str(version.size)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""Published files as responses: named, cacheable, with their hash as the entity tag."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

REVALIDATE = "public, no-cache"
"""Keep it, ask each time: a text that is taken back must not live on in anybody's store."""


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

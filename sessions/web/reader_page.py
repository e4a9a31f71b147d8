"""The reading page of a paper: what its template needs, and its pictures.

The caller has already decided that the reader may read the file.
"""

from collections.abc import Callable

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest

from sessions.models.renditions import WIDTHS
from sessions.queries import renditions as queries
from sessions.queries.reading import ReadableFile
from sessions.web.files import SANDBOX

PAGE = "trang"
DIGITS_MAX = 6


def context_of(
    request: HttpRequest, one: ReadableFile | None, *, address: Callable[[int, int], str]
) -> dict[str, object]:
    """What the page shows of the file; 404 where there is none for this reader.

    `address`: the picture's address by page number and width.
    """
    if one is None:
        raise Http404
    asked = request.GET.get(PAGE, "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= DIGITS_MAX
    number = int(asked) if is_number else 1
    rendition = queries.of_content(one.sha256)
    sheaf = queries.sheaf(rendition, number) if rendition and not rendition.problem else None
    return {
        "one": one,
        "document": one.document,
        "rendition": rendition,
        "sheaf": sheaf,
        "pages": [
            {
                "number": page.number,
                "text": page.text,
                "height": WIDTHS[0] * page.shape // 1000,
                "narrow": address(page.number, WIDTHS[0]),
                "wide": address(page.number, WIDTHS[1]),
            }
            for page in (sheaf.pages if sheaf else [])
        ],
        "narrow_width": WIDTHS[0],
        "wide_width": WIDTHS[1],
    }


def picture(one: ReadableFile | None, number: int, width: int) -> FileResponse:
    """A page's picture; its address names no content, so browsers ask again each time."""
    path = queries.picture_of(one.sha256, number, width) if one else None
    if path is None or one is None:
        raise Http404
    try:
        content = default_storage.open(path)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type="image/webp")
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response

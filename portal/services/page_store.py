"""Rendered pages of what never changes, kept until a publication of the council purges them."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from portal.services.page_stamps import FileStamp

STAMP_KEY: Final = "portal:stamp"
STORE_HEADER: Final = "X-Page-Store"
KEEP_SECONDS = 7 * 24 * 3600


def generation(slug: str) -> str:
    """The council's current generation of stored pages."""
    key = f"portal:generation:{slug}"
    return str(cache.get_or_set(key, lambda: uuid.uuid4().hex, None))


def purge(slug: str) -> None:
    """Forget every stored page of the council; the next reader renders anew.

    The layer before Django forgets the pages of all councils: it knows one stamp only.
    """
    cache.set(f"portal:generation:{slug}", uuid.uuid4().hex, None)
    cache.set(STAMP_KEY, uuid.uuid4().hex, None)
    FileStamp(settings.PAGES_STAMP).renew()


def stamp() -> Callable[[], object]:
    """What the layer before Django asks: a file where the cache is one, else the shared cache."""
    if "filebased" in settings.CACHES["default"]["BACKEND"]:
        return FileStamp(settings.PAGES_STAMP)
    return lambda: cache.get(STAMP_KEY)


def stored(request: HttpRequest, slug: str, render: Callable[[], HttpResponse]) -> HttpResponse:
    """The stored page of this address and language, else the rendered one, stored if it is 200.

    Only addresses without a query are stored, so that nobody fills the store with nonsense.
    """
    if request.META.get("QUERY_STRING"):
        return render()
    # The day is part of the key: at midnight a resolution may come into force or end.
    day = timezone.localdate()
    key = f"portal:page:{generation(slug)}:{get_language()}:{day}:{request.path}"
    content = cache.get(key)
    if content is not None:
        return HttpResponse(content, headers={STORE_HEADER: slug})
    response = render()
    if response.status_code == HTTPStatus.OK:
        cache.set(key, response.content, KEEP_SECONDS)
        response.headers[STORE_HEADER] = slug
    return response


def kept(slug: str, name: str, make: Callable[[], bytes | None]) -> bytes | None:
    """What programs read of one council: made once, kept until its next purge or midnight.

    It does not go through the layer before Django, whose memory is for pages that people read.
    None is not kept: nobody fills the store with addresses that do not exist.
    """
    key = f"portal:kept:{generation(slug)}:{timezone.localdate()}:{name}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = make()
        if content is not None:
            cache.set(key, content, KEEP_SECONDS)
    return content

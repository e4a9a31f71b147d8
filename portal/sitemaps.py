"""What search engines read first: robots.txt, the index of sitemaps, and each sitemap.

Addresses are those of published pages only (`portal.queries.sitemap`); the host is the configured
one. A sitemap stands at the root, since the protocol lets it name only what lies beneath it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from portal.queries import sitemap as queries
from portal.queries.records import absolute
from portal.services import page_store
from portal.web.machines import for_machines

XML: Final = "application/xml; charset=utf-8"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCHEMA: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
INDEX_KEY: Final = "portal:sitemap-index"
INDEX_SECONDS: Final = 600
"""So old the index may be; the sitemaps themselves are exact."""

PRIVATE: Final = ("/lam-viec/", "/quan-tri/", "/dang-nhap/", "/theo-doi/")
ENDLESS: Final = ("/tim-kiem/?", "/*?ngay=", "/*&ngay=")
"""Addresses with a question: as many as there are questions, and all they lead to is listed."""


@for_machines
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; what is behind a password, or endless, is not asked for."""
    closed = [f"Disallow: {path}" for path in (*PRIVATE, *ENDLESS)]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {absolute(reverse('portal:sitemap-index'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@for_machines
def index(request: HttpRequest) -> HttpResponse:
    """All sitemaps, by council and kind."""
    content = cache.get(INDEX_KEY)
    if content is None:
        content = _index(queries.parts())
        cache.set(INDEX_KEY, content, INDEX_SECONDS)
    return HttpResponse(content, content_type=XML)


@for_machines
def sitemap(request: HttpRequest, slug: str, listed: str, number: int) -> HttpResponse:
    """The pages of one kind of a council, in part `number` of them, in both languages."""
    content = page_store.kept(
        slug, f"sitemap.{slug}.{listed}.{number}", lambda: _sitemap(slug, listed, number)
    )
    if content is None:
        raise Http404
    return HttpResponse(content, content_type=XML)


def _index(parts: Iterable[queries.Part]) -> bytes:
    rows = (
        f"<sitemap><loc>{_address_of(part)}</loc>{_lastmod(part.changed_at)}</sitemap>\n"
        for part in parts
    )
    return f'{HEAD}<sitemapindex xmlns="{SCHEMA}">\n{"".join(rows)}</sitemapindex>\n'.encode()


def _address_of(part: queries.Part) -> str:
    return escape(absolute(reverse("portal:sitemap", args=[part.council, part.kind, part.number])))


def _sitemap(slug: str, kind: str, number: int) -> bytes | None:
    """The sitemap, or None where the council has no such part."""
    if kind == queries.PAGES:
        pages = queries.council_pages(slug) if number == 1 else []
    else:
        first = queries.beginnings(slug, kind)[number - 1 : number]
        pages = queries.listed(slug, kind, first[0]) if first else []
    if not pages:
        return None
    names = f'xmlns="{SCHEMA}" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f"{HEAD}<urlset {names}>\n{''.join(map(_page, pages))}</urlset>\n".encode()


def _page(page: queries.Listed) -> str:
    """The address, and that of the same page in English."""
    address = escape(absolute(page.path))
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}{query}"/>'
        for language, query in (("vi", ""), ("en", "?lang=en"))
    )
    return f"<url><loc>{address}</loc>{_lastmod(page.changed_at)}{links}</url>\n"


def _lastmod(changed_at: datetime | None) -> str:
    return f"<lastmod>{changed_at.isoformat(timespec='seconds')}</lastmod>" if changed_at else ""

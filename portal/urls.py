"""Public addresses (contract.md): Vietnamese words without diacritics, numbers and dates."""

from django.urls import URLPattern, URLResolver, path, register_converter

from portal import feeds, sitemaps, subscribing
from portal.api import oparl, roots, v1
from portal.queries.sitemap import KINDS
from portal.views import (
    archives,
    home,
    indicators,
    notices,
    open_data,
    papers,
    people,
    polls,
    resolutions,
    search,
    sessions,
    verification,
)

app_name = "portal"
SESSION = "<slug:slug>/ky-hop/<str:term>/<int:number>/"
NOTICE = "<slug:slug>/nghi-quyet/<year:year>/<slug:number>/cong-van/<slug:notice_slug>"
ARCHIVED = "<slug:slug>/nghi-quyet/luu/<year:year>/<slug:number>/"


class Year:
    """Four digits as a number."""

    regex = "[0-9]{4}"

    @staticmethod
    def to_python(value: str) -> int:
        return int(value)

    @staticmethod
    def to_url(value: int) -> str:
        return f"{value:04d}"


class SitemapKind:
    """A kind of page that has sitemaps."""

    regex = "|".join(KINDS)

    @staticmethod
    def to_python(value: str) -> str:
        return value

    @staticmethod
    def to_url(value: str) -> str:
        return value


class PartNumber(Year):
    """A number of a part: from 1, four digits at most."""

    regex = "[1-9][0-9]{0,3}"

    @staticmethod
    def to_url(value: int) -> str:
        return str(value)


register_converter(Year, "year")
register_converter(SitemapKind, "sitemap_kind")
register_converter(PartNumber, "part")
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("tim-kiem/", search.search, name="search"),
    path("tim-kiem/feed.atom", feeds.search_feed, name="search-feed"),
    path("theo-doi/", subscribing.follow, name="follow"),
    path("theo-doi/da-gui/", subscribing.follow_asked, name="follow-asked"),
    path(
        "theo-doi/xac-nhan/<str:confirm_token>/", subscribing.follow_confirm, name="follow-confirm"
    ),
    path("theo-doi/bo/<str:leave_token>/", subscribing.follow_leave, name="follow-leave"),
    path("opensearch.xml", search.opensearch, name="opensearch"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    path(
        "sitemap-<slug:slug>.<sitemap_kind:listed>.<part:number>.xml",
        sitemaps.sitemap,
        name="sitemap",
    ),
    path("api/v1/", roots.root, name="api-root"),
    path("api/v1/openapi.json", roots.openapi, name="api-openapi"),
    *v1.patterns(),
    path("api/<path:rest>", roots.nowhere, name="api-nowhere"),
    *oparl.patterns(),
    path("oparl/<path:rest>", roots.nowhere, name="oparl-nowhere"),
    path("xac-minh/", verification.verify, name="verify"),
    path("xac-minh/<str:code>/", verification.verify_code, name="verify-code"),
    path("<slug:slug>/", home.council, name="council"),
    path("<slug:slug>/ky-hop/", sessions.session_list, name="session-list"),
    path(SESSION, sessions.session, name="session"),
    path(SESSION + "chuong-trinh/", sessions.agenda, name="agenda"),
    path(SESSION + "tai-lieu/", papers.paper_list, name="paper-list"),
    path(SESSION + "tai-lieu.zip", papers.bundle, {"kind": "zip"}, name="bundle-zip"),
    path(SESSION + "tai-lieu.pdf", papers.bundle, {"kind": "pdf"}, name="bundle-pdf"),
    path(SESSION + "phieu/<slug:poll_slug>/", polls.poll, name="poll"),
    path(SESSION + "phieu/<slug:poll_slug>/so-lieu.json", polls.poll_counts, name="poll-counts"),
    path("<slug:slug>/nghi-quyet/", resolutions.resolution_list, name="resolution-list"),
    path(
        "<slug:slug>/nghi-quyet/<year:year>/<slug:number>/",
        resolutions.resolution,
        name="resolution",
    ),
    path(
        "<slug:slug>/nghi-quyet/<year:year>/<slug:number>/hop-nhat/",
        resolutions.consolidated,
        name="consolidated",
    ),
    path(f"{NOTICE}/", notices.notice, name="notice"),
    path(f"{NOTICE}.pdf", notices.notice_pdf, name="notice-pdf"),
    path(
        "<slug:slug>/nghi-quyet/<year:year>/<slug:number>.pdf",
        resolutions.resolution_pdf,
        name="resolution-pdf",
    ),
    path(
        "<slug:slug>/nghi-quyet/<year:year>/<slug:number>.jsonld",
        resolutions.resolution_jsonld,
        name="resolution-jsonld",
    ),
    *(
        path(
            f"<slug:slug>/nghi-quyet/<year:year>/<slug:number>.{form}",
            resolutions.resolution_file,
            {"form": form},
            name=f"resolution-{form}",
        )
        for form in ("docx", "xml", "html", "json")
    ),
    path("<slug:slug>/nghi-quyet/luu/", archives.archived_list, name="archived-list"),
    path(ARCHIVED, archives.archived, name="archived"),
    path(f"{ARCHIVED}tep/", archives.archived_file, name="archived-file"),
    path("<slug:slug>/tai-lieu/<int:pk>/", papers.document, name="document"),
    path("<slug:slug>/tai-lieu/<int:pk>/doc/", papers.document_read, name="document-read"),
    path(
        "<slug:slug>/tai-lieu/<int:pk>/trang/<int:page>/<int:width>.webp",
        papers.document_page,
        name="document-page",
    ),
    path("<slug:slug>/dai-bieu/", people.delegate_list, name="delegate-list"),
    path("<slug:slug>/dai-bieu/<slug:person_slug>/", people.person, name="person"),
    path("<slug:slug>/chuc-vu/", people.office_list, name="office-list"),
    path("<slug:slug>/chi-tieu/", indicators.indicator_list, name="indicator-list"),
    path("<slug:slug>/du-lieu/", open_data.data, name="data"),
    path("<slug:slug>/du-lieu/dcat.jsonld", open_data.data_catalogue, name="data-catalogue"),
    path("<slug:slug>/du-lieu/datapackage.json", open_data.data_package, name="data-package"),
    path("<slug:slug>/du-lieu/<str:filename>", open_data.data_file, name="data-file"),
    path("<slug:slug>/feed.atom", feeds.feed, name="feed"),
    path("<slug:slug>/lich.ics", feeds.calendar, name="calendar"),
]

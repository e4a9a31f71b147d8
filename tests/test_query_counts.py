"""How many queries each page makes: written down, the same for one row and for thirty.

A page that makes more or fewer fails here; when that is meant, write the new number into
`query_counts.json` (`UPDATE_QUERY_COUNTS=1` does it), where it shows in the diff.
"""

import json
import os
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.query_stage import build

BOOK = Path(__file__).with_name("query_counts.json")
COUNTS = json.loads(BOOK.read_text("utf-8"))
PUBLIC_MAX, OPARL_MAX = 5, 11
WORK = "/lam-viec/{council}/"
PUBLIC = {
    "portal:home": "/",
    "portal:council": "/{council}/",
    "portal:session-list": "/{council}/ky-hop/",
    "portal:session": "{address}",
    "portal:agenda": "{address}chuong-trinh/",
    "portal:paper-list": "{address}tai-lieu/",
    "portal:bundle-zip": "{address}tai-lieu.zip",
    "portal:document": "/{council}/tai-lieu/{public_paper}/",
    "portal:document-read": "/{council}/tai-lieu/{public_paper}/doc/",
    "portal:document-page": "/{council}/tai-lieu/{public_paper}/trang/1/720.webp",
    "portal:poll": "{address}phieu/lay-phieu/",
    "portal:poll-counts": "{address}phieu/lay-phieu/so-lieu.json",
    "portal:resolution-list": "/{council}/nghi-quyet/",
    "portal:resolution": "/{council}/nghi-quyet/2026/1-nq-hdnd/",
    "portal:resolution-pdf": "/{council}/nghi-quyet/2026/1-nq-hdnd.pdf",
    "portal:resolution-docx": "/{council}/nghi-quyet/2026/1-nq-hdnd.docx",
    "portal:resolution-xml": "/{council}/nghi-quyet/2026/1-nq-hdnd.xml",
    "portal:consolidated": "/{council}/nghi-quyet/2026/1-nq-hdnd/hop-nhat/?ngay=2026-07-10",
    "portal:notice": "/{council}/nghi-quyet/2026/99-nq-hdnd/cong-van/15-hdnd-vp/",
    "portal:notice-pdf": "/{council}/nghi-quyet/2026/99-nq-hdnd/cong-van/15-hdnd-vp.pdf",
    "portal:resolution-html": "/{council}/nghi-quyet/2026/1-nq-hdnd.html",
    "portal:resolution-jsonld": "/{council}/nghi-quyet/2026/1-nq-hdnd.jsonld",
    "portal:resolution-json": "/{council}/nghi-quyet/2026/1-nq-hdnd.json",
    "portal:archived-list": "/{council}/nghi-quyet/luu/",
    "portal:archived": "/{council}/nghi-quyet/luu/2026/1-nq-hdnd/",
    "portal:archived-file": "/{council}/nghi-quyet/luu/2026/1-nq-hdnd/tep/",
    "portal:delegate-list": "/{council}/dai-bieu/",
    "portal:person": "/{council}/dai-bieu/{person_slug}/",
    "portal:office-list": "/{council}/chuc-vu/",
    "portal:indicator-list": "/{council}/chi-tieu/",
    "portal:data": "/{council}/du-lieu/",
    "portal:data-file": "/{council}/du-lieu/resolutions.csv",
    "portal:data-catalogue": "/{council}/du-lieu/dcat.jsonld",
    "portal:data-package": "/{council}/du-lieu/datapackage.json",
    "portal:feed": "/{council}/feed.atom",
    "portal:calendar": "/{council}/lich.ics",
    "portal:search": "/tim-kiem/?q=viec",
    "portal:search-feed": "/tim-kiem/feed.atom?q=viec",
    "portal:opensearch": "/opensearch.xml",
    "portal:robots": "/robots.txt",
    "portal:follow": "/theo-doi/?council={council}",
    "portal:follow-asked": "/theo-doi/da-gui/",
    "portal:follow-confirm": "/theo-doi/xac-nhan/{confirm_token}/",
    "portal:follow-leave": "/theo-doi/bo/{leave_token}/",
    "portal:sitemap-index": "/sitemap.xml",
    "portal:sitemap": "/sitemap-{council}.nghi-quyet.1.xml",
    "portal:verify": "/xac-minh/",
    "portal:api-root": "/api/v1/",
    "portal:api-openapi": "/api/v1/openapi.json",
    "portal:api-councils": "/api/v1/councils",
    "portal:api-council": "/api/v1/councils/{council}",
    "portal:api-terms": "/api/v1/terms",
    "portal:api-sessions": "/api/v1/sessions",
    "portal:api-session": "/api/v1/sessions/{session}",
    "portal:api-agenda-items": "/api/v1/agenda-items",
    "portal:api-papers": "/api/v1/papers",
    "portal:api-polls": "/api/v1/polls",
    "portal:api-poll": "/api/v1/polls/{poll}",
    "portal:api-resolutions": "/api/v1/resolutions",
    "portal:api-resolution": "/api/v1/resolutions/{resolution}",
    "portal:api-notices": "/api/v1/notices",
    "portal:api-persons": "/api/v1/persons",
    "portal:api-person": "/api/v1/persons/{person}",
    "portal:api-delegates": "/api/v1/delegates",
    "portal:api-offices": "/api/v1/offices",
    "portal:api-tenures": "/api/v1/tenures",
    "portal:api-indicators": "/api/v1/indicators",
}
BODY = "/oparl/v1.1/body/{body}"
OPARL = {
    "portal:oparl-system": "/oparl/v1.1/system",
    "portal:oparl-bodies": "/oparl/v1.1/body",
    "portal:oparl-body": BODY,
    "portal:oparl-body-organization": BODY + "/organization",
    "portal:oparl-body-person": BODY + "/person",
    "portal:oparl-body-meeting": BODY + "/meeting",
    "portal:oparl-body-paper": BODY + "/paper?limit=100",
    "portal:oparl-body-agenda-item": BODY + "/agenda-item",
    "portal:oparl-body-consultation": BODY + "/consultation",
    "portal:oparl-body-location": BODY + "/location",
    "portal:oparl-body-legislative-term": BODY + "/legislative-term",
    "portal:oparl-body-membership": BODY + "/membership",
    "portal:oparl-organization-meeting": "/oparl/v1.1/organization/council-{body}/meeting",
    "portal:oparl-organization": "/oparl/v1.1/organization/council-{body}",
    "portal:oparl-person": "/oparl/v1.1/person/{person}",
    "portal:oparl-membership": "/oparl/v1.1/membership/mandate-{mandate}",
    "portal:oparl-meeting": "/oparl/v1.1/meeting/{session}",
    "portal:oparl-agenda-item": "/oparl/v1.1/agenda-item/{item}",
    "portal:oparl-paper": "/oparl/v1.1/paper/resolution-{resolution}",
    "portal:oparl-consultation": "/oparl/v1.1/consultation/resolution-{resolution}",
    "portal:oparl-file": "/oparl/v1.1/file/resolution-{resolution}-pdf",
    "portal:oparl-file-content": "/oparl/v1.1/file/resolution-{resolution}-pdf/content",
    "portal:oparl-file-download": "/oparl/v1.1/file/document-{public_paper}/download",
    "portal:oparl-location": "/oparl/v1.1/location/session-{session}",
    "portal:oparl-legislative-term": "/oparl/v1.1/legislative-term/{term}",
}
STAFF = {
    "council:home": "/lam-viec/",
    "council:rule-list": "/lam-viec/luat/",
    "council:rule-detail": "/lam-viec/luat/resolution.majority/",
    "council:rule-proposals": "/lam-viec/luat/de-xuat/",
    "council:rule-proposal": "/lam-viec/luat/de-xuat/{proposal}/",
    "council:council-home": WORK,
    "council:people-list": WORK + "nhan-su/",
    "council:person-detail": WORK + "nhan-su/{person}/",
    "council:office-list": WORK + "chuc-vu/",
    "council:structure": WORK + "co-cau/",
    "council:regulation": WORK + "quy-che/",
    "council:account-list": WORK + "tai-khoan/",
    "council:audit-list": WORK + "nhat-ky/",
    "sessions:session-list": WORK + "ky-hop/",
    "sessions:session-detail": WORK + "ky-hop/{session}/",
    "sessions:agenda-edit": WORK + "ky-hop/{session}/chuong-trinh/",
    "sessions:paper-list": WORK + "ky-hop/{session}/tai-lieu/",
    "sessions:paper-add": WORK + "ky-hop/{session}/tai-lieu/them/",
    "sessions:paper-detail": WORK + "tai-lieu/{paper}/",
    "sessions:paper-read": WORK + "tep-tai-lieu/{version}/doc/",
    "sessions:paper-page": WORK + "tep-tai-lieu/{version}/trang/1/720.webp",
    "sessions:paper-compare": WORK + "tai-lieu/{paper}/so-sanh/",
    "sessions:paper-personal-data": WORK + "tai-lieu/{paper}/du-lieu-ca-nhan/",
    "sessions:bundle-list": WORK + "ky-hop/{session}/tron-bo/",
    "sessions:delegate-paper-read": WORK + "dai-bieu/tai-lieu/{released}/doc/",
    "sessions:delegate-paper-page": WORK + "dai-bieu/tai-lieu/{released}/trang/1/720.webp",
    "sessions:delegate-bundle-list": WORK + "dai-bieu/ky-hop/{session}/tron-bo/",
    "sessions:note-list": WORK + "ky-hop/{session}/tom-tat/",
    "sessions:notice-list": WORK + "ky-hop/{session}/giay-trieu-tap/",
    "sessions:print-room": WORK + "ky-hop/{session}/in/",
    "sessions:guest-list": WORK + "ky-hop/{session}/khach-moi/",
    "sessions:sitting-list": WORK + "ky-hop/{session}/phien/",
    "sessions:attendance-roll": WORK + "phien/{sitting}/diem-danh/",
    "sessions:vote-list": WORK + "ky-hop/{session}/bieu-quyet/",
    "sessions:vote-detail": WORK + "bieu-quyet/{vote}/",
    "sessions:indicator-list": WORK + "ky-hop/{session}/chi-tieu/",
    "sessions:delegate-home": WORK + "dai-bieu/",
    "sessions:delegate-session": WORK + "dai-bieu/ky-hop/{session}/",
    "elections:polls": WORK + "ky-hop/{session}/bo-phieu/",
    "elections:poll": WORK + "bo-phieu/{poll}/",
    "elections:poll-result": WORK + "bo-phieu/{poll}/ket-qua/",
    "elections:hall-screen": WORK + "bo-phieu/{poll}/man-hinh/",
    "elections:poll-counts": WORK + "bo-phieu/{poll}/ket-qua/so-lieu.json",
    "elections:committee": WORK + "ky-hop/{session}/ban-kiem-phieu/",
    "resolutions:resolution-list": WORK + "nghi-quyet/",
    "resolutions:archive-list": WORK + "ho-so-luu/",
    "resolutions:number-register": WORK + "so-dang-ky/?nam=2026&loai=individual",
    "resolutions:archive-detail": WORK + "ho-so-luu/{archive}/",
    "resolutions:resolution-detail": WORK + "nghi-quyet/{draft}/",
    "resolutions:notice-detail": WORK + "cong-van/{cong-van}/",
    "resolutions:session-minutes": WORK + "ky-hop/{session}/bien-ban/",
    "resolutions:session-press": WORK + "ky-hop/{session}/ban-tin/",
    "resolutions:session-text-edit": WORK + "van-ban-ky-hop/{minutes}/sua/",
    "resolutions:session-text-versions": WORK + "van-ban-ky-hop/{minutes}/phien-ban/",
    "resolutions:resolution-edit": WORK + "nghi-quyet/{draft}/sua/",
    "resolutions:version-list": WORK + "nghi-quyet/{draft}/phien-ban/",
    "resolutions:version-compare": WORK + "nghi-quyet/{draft}/phien-ban/so-sanh/",
}
WHO = {
    "council:account-list": "admin",
    "council:audit-list": "approver",
    "sessions:delegate-home": "delegate",
    "sessions:delegate-session": "delegate",
    "sessions:delegate-paper-read": "delegate",
    "sessions:delegate-paper-page": "delegate",
    "sessions:delegate-bundle-list": "delegate",
}


def measured(rows):
    """The number of queries of every page with so many rows, or what it answered instead."""
    counted = build(rows)
    found = {}
    for name, pattern in {**PUBLIC, **OPARL, **STAFF}.items():
        client = Client()
        if name in STAFF:
            client.force_login(counted.stage.user[WHO.get(name, "clerk")])
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(pattern.format(**counted.keys))
            if response.streaming:
                list(response)
        found[name] = len(queries) if response.status_code in {200, 302} else response.status_code
    return found


MEASURED: dict[int, dict[str, int]] = {}


@pytest.fixture
def counts(db):
    """All pages counted with 1 and with 30 rows, once for all tests of this file."""
    for rows in (1, 30):
        if rows not in MEASURED:
            with transaction.atomic():
                MEASURED[rows] = measured(rows)
                transaction.set_rollback(True)
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        BOOK.write_text(json.dumps(MEASURED[1], indent=2) + "\n", "utf-8")
        COUNTS.update(MEASURED[1])
    return MEASURED


@pytest.mark.parametrize("name", [*PUBLIC, *OPARL, *STAFF])
def test_a_page_makes_as_many_queries_as_the_book_says(counts, name):
    assert counts[1][name] == COUNTS.get(name)


@pytest.mark.parametrize("name", [*PUBLIC, *OPARL, *STAFF])
def test_thirty_rows_cost_no_more_queries_than_one(counts, name):
    assert counts[30][name] == counts[1][name]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_makes_at_most_five_queries(counts, name):
    assert counts[30][name] <= PUBLIC_MAX


@pytest.mark.parametrize("name", OPARL)
def test_an_oparl_page_makes_as_many_queries_as_it_embeds_kinds(counts, name):
    assert counts[30][name] <= OPARL_MAX


def test_the_book_names_no_page_that_is_gone():
    assert set(COUNTS) == {*PUBLIC, *OPARL, *STAFF}

"""robots.txt and the sitemaps, read as a search engine reads them."""

from datetime import UTC, datetime

import pytest
from defusedxml import ElementTree
from django.conf import settings
from django.core.cache import cache

from portal.queries import sitemap
from portal.services import page_store
from resolutions.models import Notice, Relation, Resolution
from tests.portal import stage as rows
from tests.portal.stage import published_poll, published_resolution
from tests.resolutions.stage import build_stage, drafted

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml",
}  # fmt: skip
LATER = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
RESOLUTIONS = "/sitemap-tinh-thu.nghi-quyet.1.xml"


@pytest.fixture
def stage(db):
    cache.clear()
    stage = build_stage()
    published_poll(stage)
    published_resolution(stage)
    return stage


def pages_of(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return {
        page.findtext("s:loc", namespaces=NAMES): page
        for page in ElementTree.fromstring(response.content).findall("s:url", NAMES)
    }


def sitemaps_of(client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        one.findtext("s:loc", namespaces=NAMES).removeprefix(settings.BASE_URL): one.findtext(
            "s:lastmod", namespaces=NAMES
        )
        for one in tree.findall("s:sitemap", NAMES)
    }


def test_robots_txt_leads_to_the_index_and_closes_what_needs_a_password(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in lines
    assert "Disallow: /lam-viec/" in lines
    assert "Disallow: /" not in lines


def test_every_address_of_every_sitemap_opens_in_both_languages(stage, client):
    found = [page for path in sitemaps_of(client) for page in pages_of(client, path).items()]
    listed = {address.removeprefix(settings.BASE_URL) for address, _page in found}
    assert {
        "/tinh-thu/", "/tinh-thu/nghi-quyet/2026/12-nq-hdnd/", "/tinh-thu/ky-hop/2026-2031/4/",
        "/tinh-thu/ky-hop/2026-2031/4/phieu/lay-phieu/",
        stage.cast.people[0].get_absolute_url(),
    } <= listed  # fmt: skip
    for address, page in found:
        assert client.get(address.removeprefix(settings.BASE_URL)).status_code == 200, address
        there = {link.get("hreflang"): link.get("href") for link in page.findall("x:link", NAMES)}
        assert there == {"vi": address, "en": f"{address}?lang=en"}
    english = client.get("/tinh-thu/nghi-quyet/?lang=en")
    assert english["Content-Language"] == "en"


def test_what_is_not_published_is_in_no_sitemap(stage, client):
    draft = drafted(stage)
    Resolution.objects.filter(pk=draft.pk).update(
        year=2026, number=99, symbol="99/NQ", slug="99-nq"
    )
    everything = b"".join(client.get(path).content for path in sitemaps_of(client))
    assert b"99-nq" not in everything
    assert client.get("/sitemap-tinh-thu.nghi-quyet.2.xml").status_code == 404
    assert client.get("/sitemap-khong-co.trang.1.xml").status_code == 404
    assert client.get("/sitemap-tinh-thu.bien-ban.1.xml").status_code == 404


def test_a_page_changes_when_another_text_acts_on_it(stage, client, monkeypatch):
    old, acting = Resolution.objects.get(slug="12-nq-hdnd"), drafted(stage)
    Relation.objects.create(resolution=acting, kind="repeals", target=old)
    monkeypatch.setattr(rows, "MOMENT", LATER)
    rows.issued(stage, acting, number=13)
    page = pages_of(client, RESOLUTIONS)[f"{settings.BASE_URL}{old.get_absolute_url()}"]
    assert datetime.fromisoformat(page.findtext("s:lastmod", namespaces=NAMES)) == LATER
    assert datetime.fromisoformat(sitemaps_of(client)[RESOLUTIONS]) == LATER


def test_many_pages_come_in_parts_by_key_none_twice_none_missing(stage, client, monkeypatch):
    for number in range(1, 6):
        published_resolution(stage, number=number)
    monkeypatch.setattr(sitemap, "PART", 4)
    paths = [path for path in sitemaps_of(client) if ".nghi-quyet." in path]
    assert len(paths) == 2
    parts = [list(pages_of(client, path)) for path in paths]
    assert [len(part) for part in parts] == [4, 2]
    assert len({address for part in parts for address in part}) == 6


def test_a_sitemap_is_kept_until_the_council_publishes(stage, client, django_assert_num_queries):
    first = client.get(RESOLUTIONS)
    with django_assert_num_queries(0):
        assert client.get(RESOLUTIONS).content == first.content
        again = client.get(RESOLUTIONS, headers={"if-none-match": first["ETag"]})
        head = client.head(RESOLUTIONS)
    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head["ETag"]) == (200, first["ETag"])
    published_resolution(stage, number=13)
    page_store.purge("tinh-thu")
    assert b"13-nq-hdnd" in client.get(RESOLUTIONS).content


def test_a_text_that_a_notice_hides_is_listed_no_more_and_the_notice_is(stage, client):
    clerk = stage.user["clerk"]
    hiding = Notice.objects.create(
        council=stage.cast.council, kind="withdrawal", target=Resolution.objects.get(),
        symbol="1/TB", slug="1-tb", dated=LATER.date(), reason="Lộ thông tin", hides_text=True,
        signatory_post="CHỦ TỊCH", signatory_name="A", state="published", created_by=clerk,
        submitted_by=clerk, submitted_at=LATER, signed_by=stage.user["chair"], published_at=LATER,
        file="x.pdf", sha256="0" * 64,
    )  # fmt: skip
    assert client.get(RESOLUTIONS).status_code == 404
    listed = pages_of(client, "/sitemap-tinh-thu.cong-van.1.xml")
    assert list(listed) == [f"{settings.BASE_URL}{hiding.get_absolute_url()}"]
    assert all(client.get(path).status_code == 200 for path in sitemaps_of(client))

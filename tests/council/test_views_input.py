"""What no honest browser sends gets 4xx or a page, never 500; nothing private is cached."""

import pytest

from tests.access_stage import build

HUGE = "9" * 400


@pytest.fixture
def stage(db):
    return build()


@pytest.fixture
def clerk(stage, client):
    client.force_login(stage.user("clerk"))
    return client


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=a%00b", "%00=1", "page=%00", "q=%ff%fe", "q=%c3%28", "q=" + "a" * 5000,
        "page=1e99", f"page={HUGE}", "year=9999999", "year=%D9%A3", "type=nonsense", "council=%00",
        "lang=%00", "lang=xx", "page=-1", "q=%ED%A0%80",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/tim-kiem/", "/tinh-thu/nghi-quyet/", "/dang-nhap/"])
def test_public_queries_of_any_kind(stage, client, path, query):
    status = client.get(f"{path}?{query}").status_code
    assert status in {200, 400}, status
    if "%00" in query or "%ff" in query or "%c3%28" in query or "%ED" in query:
        assert status == 400


@pytest.mark.parametrize(
    "path",
    [
        "/tinh-thu/%00/", "/%ff/", "/tinh-thu/ky-hop/2026-2031/%00/", "/a\x00b/",
        f"/tinh-thu/ky-hop/2026-2031/{HUGE}/", "/tinh-thu/ky-hop/2026-2031/99999999999999999999/",
        "/tinh-thu/ky-hop/2026–2031/4/", "/tinh-thu/nghi-quyet/10000/12-nq-hdnd/",
        "/tinh-thu/nghi-quyet/0000/12-nq-hdnd/", f"/tinh-thu/tai-lieu/{HUGE}/",
        "/khong-co/", "/khong-co/feed.atom", "/khong-co/lich.ics", "/khong-co/dai-bieu/",
        "/" + "a" * 3000 + "/", "/tinh-thu/ky-hop/" + "%F0%9F%98%80" * 50 + "/4/",
    ],
)  # fmt: skip
def test_public_addresses_of_any_kind(stage, client, path):
    assert client.get(path).status_code in {400, 404}


@pytest.mark.parametrize("key", ["0", "99999999999999999999999", HUGE, "1" * 5000])
def test_keys_of_any_size(stage, clerk, key):
    work = f"/lam-viec/{stage.slug}/"
    for path in (f"nhan-su/{key}/", f"viec/{key}/", f"ky-hop/{key}/", f"nghi-quyet/{key}/"):
        assert clerk.get(work + path).status_code == 404, path


def test_posts_of_any_kind(stage, clerk):
    address = f"/lam-viec/{stage.slug}/nhan-su/them/"
    person = {"honorific": "ba", "full_name": "Lê Hoa"}
    assert clerk.post(address, {**person, "version": HUGE}).status_code in {200, 302}
    assert clerk.post(address, {**person, "full_name": "\ud800"[:0] + "\x00"}).status_code == 200
    broken = clerk.post(address, b"full_name=%ff%fe", "application/x-www-form-urlencoded")
    assert broken.status_code in {200, 400}
    torn = clerk.post(address, b"--x\r\nbroken", "multipart/form-data; boundary=x")
    assert torn.status_code in {200, 400}
    many = clerk.post(address, {f"f{n}": "" for n in range(6000)})
    assert many.status_code == 400
    foreign_key = {"term": HUGE, "starts_on": "2026-06-01"}
    seat = f"/lam-viec/{stage.slug}/nhan-su/{stage.objects['nhan-su']}/tu-cach/"
    assert clerk.post(seat, foreign_key).status_code == 200
    assert clerk.post(seat, {**foreign_key, "term": "\x00"}).status_code == 200


def test_a_strange_host_is_refused(stage, client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/", "/tinh-thu/", "/tim-kiem/?q=thu", "/tinh-thu/feed.atom"])
def test_public_pages_can_be_kept_by_caches_and_set_no_cookie(stage, client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies


def test_public_pages_set_no_cookie_for_who_is_signed_in_either(stage, clerk):
    response = clerk.get("/")
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies
    assert "Người clerk" not in response.content.decode()


@pytest.mark.parametrize("path", ["", "nhan-su/", "chuc-vu/", "co-cau/", "ky-hop/", "nghi-quyet/"])
def test_pages_of_the_working_area_are_kept_by_nobody(stage, clerk, path):
    response = clerk.get(f"/lam-viec/{stage.slug}/{path}")
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/khong-co/", "/lam-viec/khong-co/", "/tinh-thu/tai-lieu/0/"])
def test_what_is_not_there_is_cached_by_nobody(stage, clerk, path):
    response = clerk.get(path)
    assert response.status_code == 404
    assert "no-store" in response["Cache-Control"]


def test_no_page_carries_inline_style_or_script(stage, clerk, client):
    import re

    pages = ["/", "/tinh-thu/", "/tim-kiem/", f"/lam-viec/{stage.slug}/", "/lam-viec/mau/"]
    for path in pages:
        response = clerk.get(path)
        assert "script-src 'self'" in response["Content-Security-Policy"]
        text = response.content.decode()
        assert not re.search(r"<[^>]+\sstyle=|<style|\son[a-z]+=", text), path
        assert not re.search(r"<script(?![^>]*\ssrc=)(?! type=\"application/ld\+json\">)", text), (
            path
        )

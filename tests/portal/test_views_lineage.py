"""A council that ended leads to its successor, which lists those whose place it took."""

from datetime import date

import pytest
from django.core.cache import cache

from council.models import Council
from tests.portal.stage import published_resolution
from tests.resolutions.stage import build_stage


@pytest.fixture
def stage(db):
    cache.clear()
    stage = build_stage()
    Council.objects.filter(pk=stage.cast.council.pk).update(
        existed_to=date(2026, 8, 1), successor=stage.cast.other_council
    )
    return stage


def test_its_pages_lead_to_the_successor(stage, client) -> None:
    resolution = published_resolution(stage)
    link = f'<a href="/{stage.cast.other_council.slug}/">Hội đồng nhân dân tỉnh Khác</a>'
    session = stage.council_session.get_absolute_url()
    for path in ("/", "/tinh-thu/", session, resolution.get_absolute_url()):
        page = client.get(path).content.decode()
        assert link in page, path
        assert "01/08/2026" in page, path


def test_the_successor_lists_its_predecessors_and_is_not_said_to_have_ended(stage, client) -> None:
    page = " ".join(client.get(f"/{stage.cast.other_council.slug}/").content.decode().split())
    assert '<h2>Kế thừa từ</h2><ul class="list-plain"><li><a href="/tinh-thu/">' in page
    assert "đã kết thúc hoạt động" not in page


def test_an_address_of_no_council_is_none(stage, client) -> None:
    assert client.get("/khong-co/").status_code == 404

"""A resolution from the archives shows what published resolutions did to it."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.html import strip_tags

from council.services import jobs
from portal.models import SearchEntry
from portal.services import search
from resolutions.models import ArchivedResolution
from resolutions.services import relations
from resolutions.services.relations import Typed
from tests.access_stage import archived_in, imported
from tests.resolutions import notices_stage as kit
from tests.resolutions.amendments import published
from tests.resolutions.stage import Stage, build_stage, drafted

LIST = "/tinh-thu/nghi-quyet/luu/"
PAGE = f"{LIST}2019/1-nq-hdnd/"


@pytest.fixture
def stage(db: None) -> Stage:
    return build_stage()


@pytest.fixture
def past(stage: Stage) -> ArchivedResolution:
    cache.clear()
    made = archived_in(imported(stage), number=1, year=2019, slug="1-nq-hdnd")
    search.index("archived", made.pk)
    return made


def said(response: Any) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def acted(stage: Stage, *given: Typed):
    """A published resolution that does these things, and what the worker did after it."""
    draft = drafted(stage, title="Về việc bãi bỏ văn bản cũ (minh họa)")
    for typed in given:
        relations.add(draft, typed, by=stage.user["clerk"])
    act = published(stage, draft)
    jobs.run_due()
    return act


def test_without_an_act_nothing_is_claimed(past: ArchivedResolution, client: Client) -> None:
    page = said(client.get(PAGE))
    assert "Trên cổng này chưa có nghị quyết nào sửa đổi" in page
    assert "Còn hiệu lực" not in page
    assert "hiệu lực" not in said(client.get(LIST)).lower()


def test_repealed_it_says_so_on_its_page_in_the_list_and_in_search(
    stage: Stage, past: ArchivedResolution, client: Client
) -> None:
    client.get(PAGE)  # stored before the act
    act = acted(stage, Typed("repeals", archived=past))
    page = client.get(PAGE)
    assert "Hết hiệu lực toàn bộ" in said(page)
    assert f"Bị bãi bỏ bởi {act.symbol}" in said(page)
    assert act.get_absolute_url() in page.content.decode()
    assert "Tệp gốc là lời văn lúc ban hành" in said(page)
    assert "Hết hiệu lực toàn bộ" in said(client.get(LIST))
    assert SearchEntry.objects.get(kind="archived", object_id=past.pk).status == "ended"
    kit.published(stage, kit.withdrawn(stage, act, dated=act.adopted_on))
    assert "Hết hiệu lực toàn bộ" not in said(client.get(LIST))
    assert SearchEntry.objects.get(kind="archived", object_id=past.pk).status == "in_force"
    gone = said(client.get(PAGE))
    assert "Hết hiệu lực toàn bộ" not in gone
    assert "Hết hiệu lực toàn bộ" not in said(client.get("/tinh-thu/nghi-quyet/"))
    assert "Đã thu hồi" in said(client.get("/tinh-thu/nghi-quyet/"))
    assert "Thu hồi Nghị quyết số" in said(client.get("/tinh-thu/feed.atom"))


def test_a_piece_that_was_amended_is_named(
    stage: Stage, past: ArchivedResolution, client: Client
) -> None:
    act = acted(stage, Typed("rewords", archived=past, target_words="khoản 2 Điều 3",
                             old_words="xã", new_words="phường"))  # fmt: skip
    page = said(client.get(PAGE))
    assert "Còn hiệu lực, đã được sửa đổi" in page
    assert f"Được thay cụm từ bởi {act.symbol}: khoản 2 Điều 3" in page

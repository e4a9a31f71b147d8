"""The public page tells whether a resolution is in force and what became of its words."""

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.html import strip_tags
from lxml import html
from time_machine import travel

from resolutions.models import Resolution
from resolutions.queries import books, texts
from resolutions.rules.amending import Change, Deed
from resolutions.rules.relations import RelationKind
from resolutions.services import amending, relations
from resolutions.services.relations import Typed
from tests.portal.stage import CLAUSES, issued, published_resolution
from tests.resolutions.stage import Stage, build_stage, drafted

PAGE = "/tinh-thu/nghi-quyet/2026/12-nq-hdnd/"
LATER = date(2026, 7, 20)


@pytest.fixture
def stage(db: None) -> Stage:
    return build_stage()


@pytest.fixture(autouse=True)
def _nothing_stored() -> None:
    cache.clear()


def said(response: Any) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def repealed(stage: Stage, target: Resolution, *, number: int = 13) -> Resolution:
    """A published resolution of ten days later that repeals the second clause of the first."""
    changes = [Change(RelationKind.REPEALS, key_of(target, "Giao ủy ban."))]
    draft = amending.begin(
        target, council_session=stage.council_session, deed=Deed.AMEND, changes=changes,
        by=stage.user["clerk"],
    )  # fmt: skip
    return issued(stage, draft, number=number, day=LATER)


def key_of(target: Resolution, words: str) -> str:
    return next(
        block.key
        for block in texts.blocks_of(target)
        if block.text == words or words in block.words
    )


def test_an_untouched_resolution_is_in_force_and_has_no_consolidated_note(
    stage: Stage, client: Client
) -> None:
    published_resolution(stage, articles=CLAUSES)
    page = client.get(PAGE)
    assert "Còn hiệu lực" in said(page)
    assert "Đọc văn bản hợp nhất" not in said(page)
    assert (
        "Nghị quyết số 12/NQ-HĐND ngày 10 tháng 7 năm 2026 của Hội đồng nhân dân tỉnh Thử về dự "
        "toán ngân sách năm 2027"
    ) in said(page)


def test_both_pages_name_each_other_and_the_day(stage: Stage, client: Client) -> None:
    target = published_resolution(stage, articles=CLAUSES)
    act = repealed(stage, target)
    page = client.get(PAGE)
    assert "Hết hiệu lực một phần" in said(page)
    assert "Bị bãi bỏ bởi 13/NQ-HĐND (khoản 1 Điều 1), từ ngày 20/07/2026" in said(page)
    assert act.get_absolute_url() in page.content.decode()
    other = client.get(act.get_absolute_url())
    assert "Bãi bỏ 12/NQ-HĐND: khoản 2 Điều 1" in said(other)
    links = html.fromstring(other.content.decode()).xpath("//article//a/@href")
    assert f"{PAGE}#dieu-1-khoan-2" in links or PAGE in links


def test_the_consolidated_text_follows_the_day(stage: Stage, client: Client) -> None:
    target = published_resolution(stage, articles=CLAUSES)
    repealed(stage, target)
    before = client.get(f"{PAGE}hop-nhat/?ngay=2026-07-19")
    after = client.get(f"{PAGE}hop-nhat/?ngay=2026-07-20")
    assert "2. Giao ủy ban." in said(before)
    assert "(được bãi bỏ)" not in said(before)
    assert "Còn hiệu lực" in said(before)
    assert "2. (được bãi bỏ)" in said(after)
    assert "Lời văn trước đó2. Giao ủy ban." in said(after)


@pytest.mark.parametrize("day", ["", "x", "0001-01-01", "9999-12-31", "2026-13-01", "%00"])
def test_a_day_that_is_none_is_a_sentence_or_today(stage: Stage, client: Client, day: str) -> None:
    published_resolution(stage, articles=CLAUSES)
    page = client.get(f"{PAGE}hop-nhat/", {"ngay": day})
    assert page.status_code == 200
    assert "2. Giao ủy ban." in said(page)


def test_the_page_turns_at_midnight_though_it_is_stored(stage: Stage, client: Client) -> None:
    target = published_resolution(stage, articles=CLAUSES)
    repealed(stage, target)
    with travel("2026-07-19T16:00:00Z", tick=False):
        assert "Còn hiệu lực" in said(client.get(PAGE))
    with travel("2026-07-19T17:00:01Z", tick=False):
        assert "Hết hiệu lực một phần" in said(client.get(PAGE))


def test_an_unpublished_act_is_told_nowhere(stage: Stage, client: Client) -> None:
    target = published_resolution(stage, articles=CLAUSES)
    amending.begin(
        target, council_session=stage.council_session, deed=Deed.REPEAL, by=stage.user["clerk"]
    )
    for address in (PAGE, f"{PAGE}hop-nhat/"):
        page = said(client.get(address))
        assert "Còn hiệu lực" in page
        assert "bãi bỏ" not in page.lower().replace("sửa đổi, thay thế, bãi bỏ", "")


def test_the_words_of_the_page_are_those_of_the_text(stage: Stage, client: Client) -> None:
    shown = published_resolution(stage, articles=CLAUSES)
    tree = html.fromstring(client.get(PAGE).content.decode())
    article = " ".join(tree.xpath("//article")[0].text_content().split())
    for block in texts.blocks_of(shown):
        assert " ".join(block.words.split()) in article


def test_each_article_and_clause_has_an_address(stage: Stage, client: Client) -> None:
    published_resolution(stage, articles=CLAUSES)
    tree = html.fromstring(client.get(PAGE).content.decode())
    for anchor in ("dieu-1", "dieu-1-khoan-1", "dieu-2"):
        assert len(tree.xpath(f"//*[@id='{anchor}']")) == 1
        assert tree.xpath(f"//article//a[@href='#{anchor}']")


def test_the_english_page_tells_the_story_in_english(stage: Stage, client: Client) -> None:
    target = published_resolution(stage, articles=CLAUSES)
    repealed(stage, target)
    page = client.get(PAGE, headers={"accept-language": "en"})
    tree = html.fromstring(page.content.decode())
    notes = tree.xpath("//ul[@class='passage-changes']")
    assert notes
    assert notes[0].get("lang") == "en"


@pytest.mark.parametrize(("day", "is_followed"), [(15, True), (25, False)])
def test_an_act_upon_the_amending_act_is_told_and_followed_only_before_it_begins(
    stage: Stage, client: Client, day: int, is_followed: bool
) -> None:
    target = published_resolution(stage, articles=CLAUSES)
    act = repealed(stage, target)
    draft = drafted(stage, title="Về việc bãi bỏ một khoản (minh họa)")
    typed = Typed("repeals", target=act, target_key=act.relations.get().source_key)
    relations.add(draft, typed, by=stage.user["clerk"])
    second = issued(stage, draft, number=14, day=date(2026, 7, day))
    page = client.get(f"{PAGE}hop-nhat/?ngay=2026-07-30")
    assert ("(được bãi bỏ)" in said(page)) != is_followed
    assert "Văn bản sửa đổi cũng đã thay đổi" in said(page)
    assert f"Bị bãi bỏ bởi 14/NQ-HĐND, từ ngày {day}/07/2026." in said(page)
    assert ("Lời văn hợp nhất đã theo thay đổi này." in said(page)) == is_followed
    assert ("hãy đọc cùng các văn bản trên" in said(page)) != is_followed
    links = html.fromstring(page.content.decode()).xpath("//aside//a/@href")
    assert {act.get_absolute_url(), second.get_absolute_url()} <= set(links)
    standing = "Còn hiệu lực" if is_followed else "Hết hiệu lực một phần"
    with travel("2026-07-30T02:00:00Z", tick=False):
        assert standing in said(client.get(PAGE))


def test_deeper_acts_cost_a_query_each_and_no_act_none(
    stage: Stage, django_assert_num_queries: Any
) -> None:
    target = published_resolution(stage, articles=CLAUSES)
    with django_assert_num_queries(2):
        books.on(target).actions()
    act = repealed(stage, target)
    for number in (14, 15):
        draft = drafted(stage)
        relations.add(draft, Typed("repeals", target=act), by=stage.user["clerk"])
        act = issued(stage, draft, number=number, day=LATER)
    with django_assert_num_queries(4):
        (first,) = books.on(target).actions()
    assert first.works_on(LATER), "the act that would have ended it was ended itself"

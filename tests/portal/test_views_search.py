"""Search: diacritics, tone placement, đ, numbers, filters, and anything that can be typed."""

import pytest

from portal.models import SearchEntry
from portal.services import search
from tests.portal.stage import published_poll, published_resolution
from tests.resolutions.stage import build_stage

TITLE = "Về Đề án hoà giải ở cơ sở và quỹ đất công"


@pytest.fixture
def stage(db):
    stage = build_stage()
    published_resolution(stage, number=12, title=TITLE)
    published_resolution(stage, number=13, title="Về thủy lợi nội đồng")
    published_poll(stage)
    search.reindex()
    return stage


def found(client, asked, **more):
    response = client.get("/tim-kiem/", {"q": asked, **more})
    assert response.status_code == 200
    return [entry.title for entry in response.context["page"]]


@pytest.mark.parametrize(
    "asked",
    [
        "hòa giải", "hoà giải", "hoa giai", "HOÀ GIẢI", "de an", "Đề án", "đề án quỹ đất",
        "quy dat cong", "giai hoa", "hoa gia", "12/nq-hdnd", "12/NQ-HĐND",
        "co\u031b so\u031b\u0309",
    ],
)  # fmt: skip
def test_a_resolution_is_found_however_it_is_typed(stage, client, asked):
    assert f"12/NQ-HĐND {TITLE}" in found(client, asked)


def test_old_and_new_tone_placement_agree(stage, client):
    assert found(client, "thuỷ lợi") == found(client, "thủy lợi") == found(client, "thuy loi")
    assert found(client, "thuỷ lợi")


def test_words_of_the_articles_find_the_resolution(stage, client):
    assert f"12/NQ-HĐND {TITLE}" in found(client, "phe duyet du toan")


def test_titles_come_before_bodies(stage, client):
    assert found(client, "thuy loi")[0].startswith("13/NQ-HĐND")


def test_people_sessions_and_polls_are_found(stage, client):
    assert "ông Nguyễn Văn Thử An" in found(client, "van thu an")
    assert any(title.startswith("Kỳ họp thứ 4") for title in found(client, "ky hop thu 4"))
    assert any("tín nhiệm" in title for title in found(client, "lay phieu tin nhiem"))


def test_every_hit_leads_somewhere(stage, client):
    for entry in SearchEntry.objects.all():
        assert client.get(entry.path.partition("#")[0]).status_code == 200, entry.path


def test_a_person_hit_leads_to_its_line(stage, client):
    for kind in ("van thu an", "van thu quang"):
        entry = client.get("/tim-kiem/", {"q": kind}).context["page"][0]
        path, _hash, anchor = entry.path.partition("#")
        assert f'id="{anchor}"' in client.get(path).content.decode()


def test_nothing_asked_finds_nothing_and_says_nothing(stage, client):
    for asked in ("", "   ", "\u200b"):
        assert found(client, asked) == []
    assert "Không tìm thấy" not in client.get("/tim-kiem/").content.decode()


def test_what_is_not_there_is_said_kindly(stage, client):
    text = client.get("/tim-kiem/", {"q": "khủng long"}).content.decode()
    assert "Không tìm thấy" in text


@pytest.mark.parametrize(
    "asked",
    [
        "a" * 1000, "đ " * 500, "%", "_", "\\", "'", '"', "' OR 1=1 --", "(", "*", "\x01", "\u202e",
        "<script>alert(1)</script>", "𝒳", "💩", "12/", "/", "-", "\ufffd",
    ],
)  # fmt: skip
def test_anything_may_be_typed(stage, client, asked):
    response = client.get("/tim-kiem/", {"q": asked})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_wildcards_of_the_database_are_letters(stage, client):
    assert found(client, "%") == []
    assert found(client, "_a") == []


def test_filters_narrow_and_nonsense_in_them_is_ignored(stage, client):
    everything = found(client, "thu")
    assert everything
    assert found(client, "thu", council="tinh-khac") == []
    assert found(client, "thu", council="tinh-thu") == everything
    assert found(client, "thu", year="1999") == []
    assert found(client, "thu", year="hai nghìn") == everything
    assert found(client, "thu", type="nonsense") == everything
    kinds = {"resolution", "session", "poll", "person"}
    assert sum(len(found(client, "thu", type=kind)) for kind in kinds) >= len(everything)


def test_results_come_in_pages_that_keep_the_question(stage, client):
    response = client.get("/tim-kiem/", {"q": "dai bieu"})
    assert response.context["page"].paginator.num_pages > 1
    assert "?q=dai+bieu&amp;page=2" in response.content.decode()
    second = client.get("/tim-kiem/", {"q": "dai bieu", "page": "2"})
    first = {entry.pk for entry in response.context["page"]}
    assert first.isdisjoint({entry.pk for entry in second.context["page"]})


def test_reindexing_twice_changes_nothing(stage):
    def rows():
        fields = ("kind", "object_id", "path", "title", "summary", "title_folded", "body_folded")
        return sorted(SearchEntry.objects.values_list(*fields))

    before = rows()
    assert search.reindex() == len(before)
    assert rows() == before
    assert search.reindex(stage.cast.council) == len(before)
    assert rows() == before

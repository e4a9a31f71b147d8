"""Search: diacritics, tone placement, đ, numbers, filters, and anything that can be typed."""

from xml.etree import ElementTree

import pytest

from portal.models import SearchEntry
from portal.services import search, search_index
from tests.portal.stage import published_poll, published_resolution
from tests.resolutions.stage import build_stage

ATOM = {"atom": "http://www.w3.org/2005/Atom"}
OPENSEARCH = {"os": "http://a9.com/-/spec/opensearch/1.1/"}
TITLE = "Về Đề án hoà giải ở cơ sở và quỹ đất công"


@pytest.fixture
def stage(db):
    stage = build_stage()
    published_resolution(stage, number=12, title=TITLE)
    published_resolution(stage, number=13, title="Về thủy lợi nội đồng")
    published_poll(stage)
    search.reindex()
    return stage


@pytest.fixture(params=["index", "database"], autouse=True)
def answered_by(request, stage):
    """Everything here holds whichever answers: the index, or the database where it is lost."""
    if request.param == "index":
        search_index.catch_up()
    return request.param


def found(client, asked, **more):
    response = client.get("/tim-kiem/", {"q": asked, **more})
    assert response.status_code == 200
    return [hit.entry.title for hit in response.context["page"]]


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


def test_a_person_hit_leads_to_the_persons_page(stage, client):
    for asked in ("van thu an", "van thu quang"):
        entry = client.get("/tim-kiem/", {"q": asked}).context["page"][0].entry
        assert entry.kind == "person"
        name = entry.title.partition(" ")[2]
        assert f"{name}</h1>" in client.get(entry.path).content.decode()


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


def test_wildcards_of_the_database_are_punctuation(stage, client):
    assert found(client, "%") == []
    assert found(client, "_a") == found(client, "a")
    assert found(client, "thuy%loi") == found(client, "thuy loi")


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
    first = {hit.entry.pk for hit in response.context["page"]}
    assert first.isdisjoint({hit.entry.pk for hit in second.context["page"]})


def test_reindexing_twice_changes_nothing(stage):
    def rows():
        fields = ("kind", "object_id", "path", "title", "summary", "title_folded", "body_folded")
        return sorted(SearchEntry.objects.values_list(*fields))

    before = rows()
    assert search.reindex() == len(before)
    assert rows() == before
    assert search.reindex(stage.cast.council) == len(before)
    assert rows() == before


# --- what only the index can do -------------------------------------------------------------------


def page(client, **asked):
    response = client.get("/tim-kiem/", asked)
    assert response.status_code == 200
    return response


def test_facets_are_links_with_counts(stage, client, answered_by):
    response = page(client, q="12/NQ-HĐND")
    facets = {facet.parameter: facet for facet in response.context["facets"]}
    if answered_by == "database":
        assert facets == {}
        return
    kinds = {value.value: value.count for value in facets["type"].values}
    assert kinds["resolution"] >= 1
    narrowed = page(client, q="12/NQ-HĐND", type="resolution")
    assert narrowed.context["results"].total == kinds["resolution"]
    assert "?q=12%2FNQ-H%C4%90ND&amp;type=session" in response.content.decode() or len(kinds) == 1


def test_a_chosen_filter_can_be_taken_off_however_the_search_is_answered(stage, client):
    response = page(client, q="thu", type="resolution", year="2026", council="tinh-thu")
    text = response.content.decode()
    for rest in (
        "?q=thu&amp;year=2026&amp;council=tinh-thu",
        "?q=thu&amp;type=resolution&amp;council=tinh-thu",
        "?q=thu&amp;type=resolution&amp;year=2026",
    ):
        assert f'href="{rest}"' in text
    assert text.count('<input type="hidden"') == 3


def test_the_page_says_when_the_index_does_not_answer(stage, client, answered_by):
    text = page(client, q="thu").content.decode()
    assert ("kết quả có thể chưa đủ" in text) == (answered_by == "database")


def test_hits_are_marked_in_the_original_spelling_and_escaped(stage, client):
    made = published_resolution(stage, number=77, title="Về <b>đê điều</b> & kè")
    search.index("resolution", made.pk)
    search_index.catch_up()
    text = page(client, q="de dieu").content.decode()
    assert "<mark>đê điều</mark>" in text
    assert "&lt;b&gt;<mark>" in text
    assert "<b><mark>" not in text


def test_slips_get_a_suggestion_that_finds_something(stage, client, answered_by):
    response = page(client, q="hoà giair")
    suggestion = response.context["results"].suggestion
    assert suggestion == ("hòa giải" if answered_by == "index" else "")
    if suggestion:
        assert found(client, suggestion)
        assert "Có phải bạn muốn tìm" in response.content.decode()


def test_of_many_words_most_are_enough_and_the_page_says_so(stage, client, answered_by):
    asked = "đề án hoà giải quỹ đất khủng long"
    response = page(client, q=asked)
    if answered_by == "index":
        assert response.context["page"][0].entry.title == f"12/NQ-HĐND {TITLE}"
        assert "Không có kết quả nào chứa đủ các từ" in response.content.decode()


def test_a_search_has_a_feed_and_the_browser_an_address(stage, client):
    text = page(client, q="thuỷ lợi", page="1").content.decode()
    assert 'type="application/atom+xml"' in text
    assert 'type="application/opensearchdescription+xml"' in text
    feed = client.get("/tim-kiem/feed.atom", {"q": "thuỷ lợi"})
    assert feed.status_code == 200
    assert feed["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(feed.content)
    titles = [one.text for one in root.iterfind("atom:entry/atom:title", ATOM)]
    assert titles == ["13/NQ-HĐND Về thủy lợi nội đồng"]
    link = root.find("atom:entry/atom:link", ATOM).get("href")
    assert client.get(f"/{link.split('/', 3)[3]}").status_code == 200


@pytest.mark.parametrize("asked", ["", "%", "a" * 1000, "\u202e", "<x>"])
def test_the_feed_of_anything_is_a_feed(stage, client, asked):
    feed = client.get("/tim-kiem/feed.atom", {"q": asked, "year": "x", "page": "-1"})
    assert feed.status_code == 200
    ElementTree.fromstring(feed.content)


def test_the_description_for_browsers_leads_to_the_search(stage, client):
    response = client.get("/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ElementTree.fromstring(response.content)
    urls = root.iterfind("os:Url", OPENSEARCH)
    templates = {url.get("type"): url.get("template") for url in urls}
    asked = templates["text/html"].format(**{"searchTerms": "hoa%20giai", "startPage?": "1"})
    assert client.get(f"/{asked.split('/', 3)[3]}").context["results"].total


def test_pages_beyond_the_last_show_the_last(stage, client):
    response = page(client, q="dai bieu", page="99999")
    assert response.context["page"].number == response.context["page"].paginator.num_pages

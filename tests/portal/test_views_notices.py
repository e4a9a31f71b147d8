"""The old address shows what was corrected and what was taken back; hidden words are nowhere."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags
from lxml import html

from portal.models import SearchEntry
from resolutions.models import Resolution
from tests.portal.stage import issued
from tests.resolutions import notices_stage as kit
from tests.resolutions.amendments import fees, rewritten
from tests.resolutions.stage import Stage, build_stage, drafted

PAGE = "/tinh-thu/nghi-quyet/2026/12-nq-hdnd/"
FILES = [f"{PAGE.rstrip('/')}.{form}" for form in ("pdf", "docx", "xml", "html", "json")]
SECRET = "Giao ủy ban."


@pytest.fixture
def stage(db: None) -> Stage:
    return build_stage()


@pytest.fixture(autouse=True)
def _nothing_stored() -> None:
    cache.clear()


def said(response: Any) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def status(client: Client, path: str, **more: Any) -> int:
    """What the address answers; a file is read to its end."""
    response = client.get(path, **more)
    if response.streaming:
        list(response)
    return response.status_code


def test_the_page_shows_the_printed_words_and_beside_them_how_to_read_them(
    stage: Stage, client: Client
) -> None:
    target = kit.target_of(stage)
    assert "đính chính" not in said(client.get(PAGE)).lower()
    notice = kit.published(stage, kit.corrected(stage, target))
    page = client.get(PAGE)
    assert "1. Phê duyệt dự toán." in said(page)
    assert "Được đính chính bởi 15/HĐND-VP" in said(page)
    assert "Đọc đúng là: 1. Phê duyệt dự toán ngân sách." in said(page)
    assert "Có đính chính ngày 10/07/2026: 15/HĐND-VP." in said(page)
    links = html.fromstring(page.content.decode()).xpath("//a/@href")
    assert notice.get_absolute_url() in links
    merged = client.get(f"{PAGE}hop-nhat/")
    assert "1. Phê duyệt dự toán ngân sách." in said(merged)
    assert "Lời văn trước đó1. Phê duyệt dự toán." in said(merged)
    for address in FILES:
        assert status(client, address) == 200


def test_the_notice_has_a_page_and_its_file_and_a_draft_has_neither(
    stage: Stage, client: Client
) -> None:
    target = kit.target_of(stage)
    notice = kit.corrected(stage, target)
    address = notice.get_absolute_url()
    for path in (address, f"{address.rstrip('/')}.pdf"):
        assert client.get(path).status_code == 404
    notice = kit.published(stage, notice)
    page = client.get(address)
    assert "Đính chính Nghị quyết số 12/NQ-HĐND" in said(page)
    assert notice.sha256 in said(page)
    with notice.file.open("rb") as opened:
        stored = opened.read()
    file = client.get(f"{address.rstrip('/')}.pdf")
    assert b"".join(file.streaming_content) == stored
    assert file["ETag"] == f'"{notice.sha256}"'
    english = client.get(address, headers={"accept-language": "en"})
    assert "Correction of Resolution 12/NQ-HĐND" in said(english)


def test_what_is_withdrawn_says_so_and_can_still_be_read(stage: Stage, client: Client) -> None:
    kit.published(stage, kit.withdrawn(stage, kit.target_of(stage)))
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "Đã thu hồi từ ngày 10/07/2026." in said(page)
    assert "Lỗi khi in (minh họa)." in said(page)
    assert SECRET in said(page)
    assert status(client, FILES[0]) == 200


@pytest.mark.parametrize("language", ["vi", "en"])
def test_hidden_words_are_gone_in_every_form_also_where_the_page_was_stored(
    stage: Stage, client: Client, language: str
) -> None:
    target, asked = kit.target_of(stage), {"accept-language": language}
    correction = kit.published(stage, kit.corrected(stage, target, kit.slip(target, SECRET, "ủy",
                                                                            "Ủy")))  # fmt: skip
    letter = correction.get_absolute_url()
    paths = [PAGE, f"{PAGE}hop-nhat/", f"{PAGE}hop-nhat/?ngay=2026-07-10", *FILES,
             f"{PAGE.rstrip('/')}.jsonld", letter, f"{letter.rstrip('/')}.pdf"]  # fmt: skip
    for path in paths:
        assert status(client, path, headers=asked) == 200, path
    notice = kit.published(stage, kit.withdrawn(stage, target, hides_text=True))
    for path in paths:
        gone = client.get(path, headers=asked)
        assert gone.status_code == 410, path
        assert SECRET not in said(gone)
        assert notice.get_absolute_url() in gone.content.decode()
        assert "Lỗi khi in (minh họa)." in said(gone)
        assert gone["Cache-Control"] == "no-store"
    assert client.get(notice.get_absolute_url()).status_code == 200
    for path in ("/tinh-thu/nghi-quyet/", "/tim-kiem/?q=giao+%E1%BB%A7y+ban", "/tinh-thu/feed.atom",
                 f"/api/v1/resolutions/{target.pk}", "/"):  # fmt: skip
        assert SECRET not in client.get(path, headers=asked).content.decode(), path


def test_search_knows_the_corrected_words_and_forgets_the_hidden_ones(stage: Stage) -> None:
    target = kit.target_of(stage)
    kit.published(stage, kit.corrected(stage, target))
    entry = SearchEntry.objects.get(kind="resolution", object_id=target.pk)
    assert (entry.status, "Phê duyệt dự toán ngân sách." in entry.body) == ("corrected", True)
    kit.published(stage, kit.withdrawn(stage, target, hides_text=True))
    entry.refresh_from_db()
    assert (entry.status, entry.body) == ("withdrawn", target.title)


def test_words_of_a_hidden_act_are_not_put_into_the_text_that_it_amended(
    stage: Stage, client: Client
) -> None:
    from resolutions.rules.amending import Change, Deed
    from resolutions.rules.relations import RelationKind
    from resolutions.services import amending
    from tests.resolutions.amendments import with_quote

    target = issued(stage, rewritten(stage, drafted(stage), fees()), number=12)
    draft = amending.begin(
        target, council_session=stage.council_session, deed=Deed.AMEND,
        changes=[Change(RelationKind.AMENDS, "n3")], by=stage.user["clerk"],
    )  # fmt: skip
    key = draft.relations.get().source_key
    act = issued(stage, with_quote(stage, draft, key, "người lớn 99.999 đồng;"), number=13)
    merged = f"{PAGE}hop-nhat/?ngay=2026-07-10"
    assert "a) người lớn 99.999 đồng;" in said(client.get(merged))
    kit.published(stage, kit.withdrawn(stage, act, hides_text=True, dated=kit.later(3)))
    page = client.get(merged)
    assert "99.999" not in said(page)
    assert "toàn văn không còn được công bố" in said(page)
    later = client.get(f"{PAGE}hop-nhat/?ngay=2026-07-13")
    assert "a) người lớn 20.000 đồng;" in said(later)
    assert Resolution.objects.get(pk=target.pk).state == "published"


def test_verification_tells_how_the_text_stands_today(stage: Stage, client: Client) -> None:
    from tests.access_signing import printed_code

    target = kit.target_of(stage)
    address = f"/xac-minh/{printed_code(target)}/"
    assert "Còn hiệu lực" in said(client.get(address))
    kit.published(stage, kit.corrected(stage, target))
    page = said(client.get(address))
    assert "Được đính chính bởi15/HĐND-VP: khoản 1 Điều 1" in page
    assert "Lời văn đang áp dụng có thể khác" in page
    kit.published(stage, kit.withdrawn(stage, target))
    page = said(client.get(address))
    assert "Đã thu hồi" in page
    assert "Bị thu hồi bởi02/TB-HĐND" in page


def test_the_file_of_a_notice_is_known_to_the_verification(stage: Stage, client: Client) -> None:
    notice = kit.published(stage, kit.corrected(stage, kit.target_of(stage)))
    with notice.file.open("rb") as opened:
        content = opened.read()
    for sent, expected in (
        (content, "Đây là công văn đính chính nghị quyết sau: 15/HĐND-VP"),
        (content + b"\n", "Không xác minh được"),
    ):
        answer = client.post("/xac-minh/", {"tep": SimpleUploadedFile("a.pdf", sent)})
        assert expected in said(answer)


def test_the_api_lists_notices_and_tells_the_status(stage: Stage, client: Client) -> None:
    target = kit.target_of(stage)
    notice = kit.published(stage, kit.corrected(stage, target))
    kit.corrected(stage, target, kit.slip(target, SECRET, "Giao", "giao"), symbol="16/HĐND-VP")
    (item,) = client.get("/api/v1/notices?council=tinh-thu").json()["items"]
    assert (item["id"], item["kind"], item["resolution"]) == (notice.pk, "correction", target.pk)
    assert item["corrections"] == [
        {"place": "khoản 1 Điều 1", "printed": "dự toán", "corrected": "dự toán ngân sách"}
    ]
    assert client.get(f"/api/v1/resolutions/{target.pk}").json()["status"] == "corrected"
    kit.published(stage, kit.withdrawn(stage, target, hides_text=True))
    first, second = client.get("/api/v1/notices").json()["items"]
    assert (first["corrections"], second["hides_text"]) == ([], True)
    assert client.get(f"/api/v1/resolutions/{target.pk}").json()["status"] == "withdrawn"

"""The clerk begins an amendment from the text that is amended, and names what else it touches."""

from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from resolutions.models import Relation, Resolution
from resolutions.rules.relations import RelationKind
from tests.portal.stage import CLAUSES, published_resolution
from tests.resolutions.pages import address
from tests.resolutions.stage import Stage, drafted


@pytest.fixture
def clerk(stage: Stage, client: Client) -> Client:
    client.force_login(stage.user["clerk"])
    return client


def said(response: Any) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def test_from_the_page_of_a_published_resolution_to_the_draft_that_amends_it(
    stage: Stage, clerk: Client
) -> None:
    target = published_resolution(stage, articles=CLAUSES)
    page = clerk.get(address(target, "resolution-detail"))
    assert "Soạn văn bản sửa đổi, thay thế, bãi bỏ" in said(page)
    start = clerk.get(address(target, "resolution-amend"))
    assert "Điều 1" in said(start)
    assert "Quyết nghị" in said(start)
    typed = {"council_session": stage.council_session.pk, "deed": "amend", "viec-n2": "amends"}
    answer = clerk.post(address(target, "resolution-amend"), typed)
    draft = Resolution.objects.latest("pk")
    assert answer.url == address(draft)
    relation = draft.relations.get()
    assert (relation.target, relation.kind) == (target, RelationKind.AMENDS)
    detail = said(clerk.get(address(draft, "resolution-detail")))
    assert "Sửa đổi" in detail
    assert "12/NQ-HĐND" in detail
    assert "Dự thảo tác động đến nghị quyết này" in said(
        clerk.get(address(target, "resolution-detail"))
    )


def test_without_a_choice_the_page_says_so_and_keeps_what_was_typed(
    stage: Stage, clerk: Client
) -> None:
    target = published_resolution(stage)
    typed = {"council_session": stage.council_session.pk, "deed": "amend"}
    answer = clerk.post(address(target, "resolution-amend"), typed)
    assert "Chọn ít nhất một điều, khoản" in said(answer)
    assert f'value="{stage.council_session.pk}" selected' in answer.content.decode()
    assert Resolution.objects.count() == 1


@pytest.mark.parametrize("typed", [{}, {"council_session": "x", "deed": "y"}, {"viec-n2": "%00"}])
def test_nonsense_is_a_sentence(stage: Stage, clerk: Client, typed: dict[str, str]) -> None:
    target = published_resolution(stage)
    assert clerk.post(address(target, "resolution-amend"), typed).status_code == 200


def test_a_relation_is_named_in_two_steps_and_taken_off(stage: Stage, clerk: Client) -> None:
    target, draft = published_resolution(stage), drafted(stage)
    found = clerk.get(address(draft, "relation-target"), {"tim": "dự toán"})
    assert "12/NQ-HĐND" in said(found)
    assert "Không có nghị quyết nào khớp" in said(
        clerk.get(address(draft, "relation-target"), {"tim": "không có chữ này"})
    )
    step = f"{address(draft, 'relation-add')}?van-ban=nghi-quyet-{target.pk}"
    assert "Dự thảo này làm gì với văn bản sau?" in said(clerk.get(step))
    wrong = clerk.post(step, {"kind": "rewords", "old_words": "không có", "new_words": "x"})
    assert "Không thấy “không có” ở chỗ đã chọn" in said(wrong)
    assert "không có</textarea>" in wrong.content.decode()
    right = clerk.post(step, {"kind": "rewords", "old_words": "dự toán", "new_words": "ngân sách"})
    assert right.url == address(draft, "resolution-detail")
    relation = draft.relations.get()
    assert relation.new_words == "ngân sách"
    clerk.post(address(draft, "relation-remove", relation.pk))
    assert not draft.relations.exists()


def test_a_text_outside_is_named_in_words(stage: Stage, clerk: Client) -> None:
    draft = drafted(stage)
    step = f"{address(draft, 'relation-add')}?ngoai=Luật số 72/2025/QH15"
    page = clerk.get(step)
    assert "Luật số 72/2025/QH15" in said(page)
    assert "sửa đổi" not in page.content.decode().split("<select")[1].split("</select>")[0]
    clerk.post(step, {"kind": "implements"})
    assert draft.relations.get().outside == "Luật số 72/2025/QH15"


@pytest.mark.parametrize(
    "query", ["", "?van-ban=x", "?van-ban=nghi-quyet-0", "?van-ban=luu-999", "?van-ban=luu-9" * 40]
)
def test_a_text_that_is_not_there_is_not_found(stage: Stage, clerk: Client, query: str) -> None:
    assert clerk.get(address(drafted(stage), "relation-add") + query).status_code == 404


def test_relations_of_a_submitted_draft_are_not_changed(stage: Stage, clerk: Client) -> None:
    draft = drafted(stage)
    relation = Relation.objects.create(resolution=draft, kind="implements", outside="Luật")
    Resolution.objects.filter(pk=draft.pk).update(
        state="submitted", submitted_by=stage.user["clerk"],
        submitted_at=stage.council_session.convened_at,
    )  # fmt: skip
    clerk.post(address(draft, "relation-remove", relation.pk))
    assert draft.relations.exists()
    detail = clerk.get(address(draft, "resolution-detail"))
    assert "Chỉ sửa quan hệ văn bản khi nghị quyết là bản soạn" in said(detail)

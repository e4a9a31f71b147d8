"""The edit page: articles by buttons, both versions after a stale edit, bad input as sentences."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from resolutions.forms import edit
from resolutions.models import Resolution
from resolutions.queries import texts
from resolutions.services import drafts
from sessions.models import Document
from tests.resolutions.stage import Stage, agreed_poll, approved, drafted


@pytest.fixture
def clerk(stage: Stage) -> Any:
    client = Client()
    client.force_login(stage.user["clerk"])
    return client


def address(resolution: Resolution, name: str = "resolution-edit") -> str:
    return reverse(f"resolutions:{name}", args=[resolution.council.slug, resolution.pk])


def typed(resolution: Resolution, **changes: object) -> dict[str, Any]:
    """The edit page's fields as a browser would send them."""
    data: dict[str, Any] = {
        name: getattr(resolution, name)
        for name in (
            "title", "bases", "closing", "recipients", "signatory_post", "signatory_name",
            "version",
        )
    }  # fmt: skip
    articles = edit.saved_articles(resolution)
    data["article-count"] = len(articles)
    for number, article in enumerate(articles, start=1):
        data[f"article-{number}-heading"] = article.heading
        data[f"article-{number}-text"] = article.text
    return data | {"action": "save"} | changes


def texts_on(response: Any) -> list[str]:
    return [article.text for article in response.context["articles"]]


def test_saving_leads_back_to_the_resolution(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    response = clerk.post(address(resolution), typed(resolution, title="Về việc mới"))
    assert response.url == address(resolution, "resolution-detail")
    assert Resolution.objects.get().title == "Về việc mới"


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("add", ["một", "hai", ""]),
        ("remove-1", ["hai"]),
        ("up-2", ["hai", "một"]),
        ("down-1", ["hai", "một"]),
        ("up-1", ["một", "hai"]),
        ("down-2", ["một", "hai"]),
        ("remove-99", ["một", "hai"]),
    ],
)
def test_buttons_arrange_articles_and_save_nothing(
    stage: Stage, clerk: Any, action: str, expected: list[str]
) -> None:
    resolution = drafted(stage)
    changes = {"article-1-text": "một", "article-2-text": "hai", "title": "Đang gõ dở"}
    response = clerk.post(address(resolution), typed(resolution, action=action, **changes))
    assert texts_on(response) == expected
    assert "Đang gõ dở" in response.content.decode()
    assert Resolution.objects.get().title == resolution.title


def test_who_saves_second_sees_both_versions_and_may_save_over(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    mine = typed(resolution, title="Bản của tôi") | {"article-1-text": "Nội dung của tôi"}
    clerk.post(address(resolution), typed(resolution, title="Bản của người khác"))
    response = clerk.post(address(resolution), mine)
    shown = response.content.decode()
    for text in ("Bản của tôi", "Bản của người khác", "Nội dung của tôi", "Phê duyệt dự toán"):
        assert text in shown
    assert Resolution.objects.get().title == "Bản của người khác"
    again = mine | {"version": response.context["form"].stale_version}
    assert clerk.post(address(resolution), again).status_code == 302
    assert Resolution.objects.get().title == "Bản của tôi"


@pytest.mark.parametrize(
    "changes",
    [
        {"article-count": "1e99"},
        {"article-count": "-3"},
        {"article-count": "0"},
        {"article-1-text": ""},
        {"article-1-text": "a\x00b"},
        {"title": "a\x00b"},
        {"title": ""},
        {"title": "x" * 600},
        {"bases": ""},
        {"signatory_name": ""},
        {"signatory_post": "VUA"},
        {"effective_on": "10000-01-01"},
        {"papers": ["999999"]},
        {"papers": ["a"]},
        {"version": "x"},
        {"recipients": "\u202etrái"},
    ],
)
def test_bad_input_comes_back_as_a_sentence_and_changes_nothing(
    stage: Stage, clerk: Any, changes: dict[str, object]
) -> None:
    resolution = drafted(stage)
    response = clerk.post(address(resolution), typed(resolution, **changes))
    assert response.status_code == 200
    assert response.context["form"].errors
    same = Resolution.objects.get()
    assert (same.version, len(texts.body_of(same).articles)) == (1, 2)


@pytest.mark.parametrize("action", ["up-", "up-x", "up-999999999999", "remove-0", "fly-1", "a\x00"])
def test_unknown_buttons_do_no_harm(stage: Stage, clerk: Any, action: str) -> None:
    resolution = drafted(stage)
    response = clerk.post(address(resolution), typed(resolution, action=action))
    assert response.status_code in (200, 302)


def test_papers_are_ticked_and_kept_in_order(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    papers = [
        Document.objects.create(
            council_session=stage.council_session, kind=kind, title=kind, position=place,
            created_by=stage.user["clerk"],
        )
        for place, kind in enumerate(("submission", "verification_report"), start=1)
    ]  # fmt: skip
    clerk.post(address(resolution), typed(resolution, papers=[one.pk for one in reversed(papers)]))
    assert [one.document for one in resolution.papers.all()] == papers
    shown = clerk.get(address(resolution)).content.decode()
    assert shown.count("checked") == 2


def test_an_adopted_text_says_what_may_still_change(stage: Stage, clerk: Any) -> None:
    resolution = approved(stage)
    assert "không sửa được nữa" in clerk.get(address(resolution)).content.decode()
    response = clerk.post(address(resolution), typed(resolution, title="Khác"))
    assert "Hội đồng đã thông qua nội dung này" in response.content.decode()


def test_the_page_warns_when_a_figure_is_gone(stage: Stage, clerk: Any) -> None:
    resolution = drafts.from_poll(agreed_poll(stage), by=stage.user["clerk"])
    text = edit.saved_articles(resolution)[1].text.replace("30 phiếu", "31 phiếu")
    response = clerk.post(
        address(resolution), typed(resolution, **{"article-2-text": text}), follow=True
    )
    shown = response.content.decode()
    assert "không còn ghi đúng các số liệu" in shown
    assert "Nguyễn Văn Thử An: 30 phiếu" in shown


def test_a_general_resolution_is_begun_from_a_title(stage: Stage, clerk: Any) -> None:
    form = reverse("resolutions:resolution-add", args=[stage.cast.council.slug])
    assert clerk.get(f"{form}?ky-hop={stage.council_session.pk}").status_code == 200
    response = clerk.post(
        form,
        {"council_session": stage.council_session.pk, "title": "Về chủ đề năm", "decisions": "Một"},
    )
    resolution = Resolution.objects.get()
    assert response.url == address(resolution)
    assert texts.blocks_of(resolution)[0].text == "Một"
    assert resolution.item is not None


@pytest.mark.parametrize("session", ["", "0", "x", "999999"])
def test_a_foreign_or_missing_session_is_a_sentence(stage: Stage, clerk: Any, session: str) -> None:
    form = reverse("resolutions:resolution-add", args=[stage.cast.council.slug])
    response = clerk.post(form, {"council_session": session, "title": "Về chủ đề năm"})
    assert response.context["form"].errors["council_session"]
    assert clerk.get(f"{form}?ky-hop={session}").status_code == 200

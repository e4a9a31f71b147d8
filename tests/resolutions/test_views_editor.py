"""The editor as plain forms: buttons, tables, saving, coming back, two people at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from resolutions.models import Resolution, WorkingCopy
from resolutions.queries import copies, texts
from resolutions.rules import editing
from resolutions.rules.document import NodeKind
from resolutions.services import drafts
from sessions.models import Document
from tests.resolutions.pages import address, chosen, fields_of, named, sent, typed
from tests.resolutions.stage import Stage, agreed_poll, approved, drafted


@pytest.fixture
def clerk(stage: Stage) -> Any:
    client = Client()
    client.force_login(stage.user["clerk"])
    return client


@pytest.fixture
def office(stage: Stage) -> Any:
    client = Client()
    client.force_login(stage.user["approver"])
    return client


def rows_now(resolution: Resolution, stage: Stage) -> list[editing.Row]:
    """The lines of the clerk's copy, or of the saved text."""
    copy = copies.copy_of(resolution, stage.user["clerk"])
    if copy is None:
        return editing.rows_of(texts.body_of(Resolution.objects.get(pk=resolution.pk)).nodes)
    return editing.rows_of(copies.contents.loads(copy.content).body.nodes)


def test_what_is_typed_is_saved_and_the_copy_is_gone(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    pairs = fields_of(clerk.get(address(resolution)))
    pairs = typed(pairs, "title", "Về việc mới")
    pairs = typed(pairs, named(pairs, "Phê duyệt dự toán"), "Một nội dung khác.")
    response = sent(clerk, address(resolution), pairs)
    assert response.url == address(resolution, "resolution-detail")
    saved = Resolution.objects.get()
    assert (saved.title, saved.version) == ("Về việc mới", 2)
    assert "Một nội dung khác." in texts.words_of(saved)
    assert not WorkingCopy.objects.exists()


def test_a_page_saved_without_a_change_changes_nothing(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    sent(clerk, address(resolution), fields_of(clerk.get(address(resolution))))
    assert Resolution.objects.get().version == 1
    assert not WorkingCopy.objects.exists()


def test_buttons_build_chapters_clauses_points_and_keep_what_was_typed(
    stage: Stage, clerk: Any
) -> None:
    resolution = drafted(stage)
    url = address(resolution)
    response = clerk.get(url)
    for action in ("add-clause", "add-point", "add-chapter", "add-article", "add-paragraph"):
        pairs = typed(fields_of(response), "title", "Đang gõ dở")
        response = sent(clerk, url, chosen(pairs, dict(pairs)["at"]), action, follow=True)
    kinds = [row.kind.value for row in rows_now(resolution, stage)]
    for kind in ("chapter", "article", "clause", "point"):
        assert kind in kinds
    shown = response.content.decode()
    assert "Đang gõ dở" in shown
    assert "Chương I" in shown
    assert Resolution.objects.get().title == resolution.title


def test_moving_in_makes_a_clause_a_point_and_out_again_a_clause(stage: Stage, clerk: Any) -> None:
    resolution = drafts.create(
        stage.council_session, title="Về dự toán", decisions="1. Một.\n2. Hai.",
        by=stage.user["clerk"],
    )  # fmt: skip
    url = address(resolution)
    pairs = fields_of(clerk.get(url))
    key = named(pairs, "Hai.").removeprefix("t-")
    sent(clerk, url, chosen(pairs, key), "in")
    row = next(row for row in rows_now(resolution, stage) if row.text == "Hai.")
    assert (row.kind, row.key) == (NodeKind.POINT, key)
    pairs = fields_of(clerk.get(f"{url}?tiep-tuc=1"))
    sent(clerk, url, chosen(pairs, key), "out")
    row = next(row for row in rows_now(resolution, stage) if row.text == "Hai.")
    assert row.kind is NodeKind.CLAUSE


def test_a_button_that_cannot_says_why_and_keeps_everything(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    url = address(resolution)
    pairs = typed(fields_of(clerk.get(url)), "title", "Đang gõ dở")
    first = texts.body_of(resolution).articles[0].key
    response = sent(clerk, url, chosen(pairs, first), "out", follow=True)
    assert "đã ở cấp ngoài cùng" in response.content.decode()
    assert "Đang gõ dở" in response.content.decode()


def test_several_lines_in_one_field_become_siblings(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    pairs = fields_of(clerk.get(address(resolution)))
    pairs = typed(pairs, named(pairs, "Phê duyệt dự toán"), "Một.\r\nHai.\r\n\r\nBa.")
    sent(clerk, address(resolution), pairs)
    texts_now = [row.text for row in rows_now(resolution, stage)]
    assert texts_now[1:4] == ["Một.", "Hai.", "Ba."]


def test_bases_are_added_moved_removed_and_cited_from_papers(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    url = address(resolution)
    paper = Document.objects.create(
        council_session=stage.council_session, kind="submission", title="Tờ trình về dự toán",
        number="197/TTr-UBND", issued_on="2026-07-01", issuer="Ủy ban nhân dân tỉnh", position=1,
        created_by=stage.user["clerk"],
    )  # fmt: skip
    pairs = fields_of(clerk.get(url))
    pairs = [*typed(pairs, "new_basis", "Căn cứ Luật mẫu (ví dụ)"), ("papers", str(paper.pk))]
    pairs = fields_of(sent(clerk, url, pairs, "basis-add", follow=True))
    assert "Căn cứ Luật mẫu (ví dụ)" in dict(pairs).values()
    pairs = fields_of(sent(clerk, url, pairs, "basis-up-3", follow=True))
    assert [value for name, value in pairs if name == "basis"][1] == "Căn cứ Luật mẫu (ví dụ)"
    pairs = fields_of(sent(clerk, url, pairs, "cite", follow=True))
    cited = next(value for name, value in pairs if name == "basis" and value.startswith("Xét"))
    assert "Tờ trình số 197/TTr-UBND ngày 01 tháng 7 năm 2026 của Ủy ban nhân dân tỉnh" in cited
    pairs = fields_of(sent(clerk, url, pairs, "basis-remove-2", follow=True))
    assert "Căn cứ Luật mẫu (ví dụ)" not in dict(pairs).values()


def test_a_table_grows_shrinks_and_is_pasted_from_a_spreadsheet(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    url = address(resolution)
    article = texts.body_of(resolution).articles[0].key
    pairs = chosen(fields_of(clerk.get(url)), article)
    pairs = fields_of(sent(clerk, url, pairs, "add-table", follow=True))
    key = next(name for name, _value in pairs if name.startswith("tsv-")).removeprefix("tsv-")
    pairs = typed(pairs, f"tsv-{key}", "STT\tChỉ tiêu\tSố\n1\tThu\t10\n2\tChi\t9")
    pairs = fields_of(sent(clerk, url, pairs, f"cells@{key}", follow=True))
    for action in ("line-add-1", "column-add", "line-remove-3", "column-remove-1"):
        pairs = fields_of(sent(clerk, url, pairs, f"{action}@{key}", follow=True))
    table = next(row.table for row in rows_now(resolution, stage) if row.table)
    assert [column.title for column in table.columns] == ["Chỉ tiêu", "Số", ""]
    assert table.rows == (("Thu", "10", ""), ("", "", ""))


def test_references_follow_and_plain_mentions_are_offered(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    url = address(resolution)
    pairs = fields_of(clerk.get(url))
    name = named(pairs, "Phê duyệt dự toán")
    pairs = typed(pairs, name, "Theo [[Điều 2]] và Điều 2.")
    response = sent(clerk, url, pairs, "link", follow=True)
    second = texts.body_of(resolution).articles[1].key
    assert f"Theo [[{second}]] và [[{second}]]." in [
        row.text for row in rows_now(resolution, stage)
    ]
    assert "Theo [[Điều 2]] và [[Điều 2]]." in response.content.decode()
    pairs = chosen(fields_of(response), texts.body_of(resolution).articles[0].key)
    response = sent(clerk, url, pairs, "down", follow=True)
    assert "Theo [[Điều 1]] và [[Điều 1]]." in response.content.decode()


def test_an_unknown_reference_is_a_sentence_on_saving(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    pairs = fields_of(clerk.get(address(resolution)))
    pairs = typed(pairs, named(pairs, "Phê duyệt dự toán"), "Theo [[Điều 77]].")
    response = sent(clerk, address(resolution), pairs)
    assert response.status_code == 200
    assert "Theo [[Điều 77]]." in response.content.decode()
    assert Resolution.objects.get().version == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", ""), ("title", "x" * 600), ("signatory_name", ""), ("signatory_post", "VUA"),
        ("effective_on", "10000-01-01"), ("effective_on", "hôm nay"), ("recipients", ""),
        ("kind", "khác"),
    ],
)  # fmt: skip
def test_bad_input_comes_back_as_a_sentence_and_is_kept(
    stage: Stage, clerk: Any, name: str, value: str
) -> None:
    resolution = drafted(stage)
    pairs = fields_of(clerk.get(address(resolution)))
    pairs = typed(pairs, named(pairs, "Phê duyệt dự toán"), "Chữ vừa gõ.")
    response = sent(clerk, address(resolution), typed(pairs, name, value))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert Resolution.objects.get().version == 1
    assert "Chữ vừa gõ." in clerk.get(f"{address(resolution)}?tiep-tuc=1").content.decode()


@pytest.mark.parametrize(
    "row",
    [
        "x", "n1:n1:article", "n1:n1:vua:0", "n1:n1:article:-1", "n1:n1:article:99999999999",
        "<b>:n1:article:0", "n1:'--:article:0", "::::", "n1:n1:article:0:9\x00",
    ],
)  # fmt: skip
def test_a_broken_tree_is_a_sentence_and_nothing_is_lost(
    stage: Stage, clerk: Any, row: str
) -> None:
    resolution = drafted(stage)
    pairs = [*fields_of(clerk.get(address(resolution))), ("row", row)]
    response = sent(clerk, address(resolution), pairs, follow=True)
    assert response.status_code == 200
    assert Resolution.objects.get().version <= 2
    assert "Phê duyệt dự toán" in response.content.decode()


@pytest.mark.parametrize(
    "action",
    ["fly", "up-", "add-vua", "turn-article", "basis-up-x", "basis-remove-99", "go@n99", "go@",
     "column-add@n99", "cells@x", "line-remove-1@n1", "a\x00", "refer", "remove@x9"],
)  # fmt: skip
def test_unknown_buttons_do_no_harm(stage: Stage, clerk: Any, action: str) -> None:
    resolution = drafted(stage)
    pairs = fields_of(clerk.get(address(resolution)))
    response = sent(clerk, address(resolution), pairs, action, follow=True)
    assert response.status_code == 200
    assert Resolution.objects.get().version == 1


def test_an_empty_piece_is_pointed_at(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    pairs = fields_of(clerk.get(address(resolution)))
    name = named(pairs, "Phê duyệt dự toán")
    response = sent(clerk, address(resolution), typed(pairs, name, ""))
    shown = response.content.decode()
    assert "chưa có nội dung" in shown
    assert f'depth-1 wrong" id="{name.removeprefix("t-")}"' in shown


def test_an_adopted_text_says_what_may_still_change(stage: Stage, clerk: Any) -> None:
    resolution = approved(stage)
    url = address(resolution)
    page = clerk.get(url)
    assert "không sửa được nữa" in page.content.decode()
    response = sent(clerk, url, typed(fields_of(page), "title", "Khác"))
    assert "Hội đồng đã thông qua nội dung này" in response.content.decode()


def test_the_kind_is_fixed_once_there_is_a_number(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    pairs = fields_of(clerk.get(address(resolution)))
    sent(clerk, address(resolution), typed(pairs, "kind", "normative"))
    assert Resolution.objects.get().kind == "normative"
    approved(stage, Resolution.objects.get())
    assert "kind" not in dict(fields_of(clerk.get(address(resolution))))


def test_a_long_text_is_edited_part_by_part(stage: Stage, clerk: Any) -> None:
    decisions = "\n".join(f"{number}. Khoản số {number}." for number in range(1, 120))
    resolution = drafts.create(
        stage.council_session, title="Dài", decisions=decisions, by=stage.user["clerk"]
    )
    url = address(resolution)
    first, second = (article.key for article in texts.body_of(resolution).articles)
    page = clerk.get(url)
    assert page.context["screen"].scope == first
    pairs = typed(fields_of(page), f"t-{named(fields_of(page), 'số 7.')[2:]}", "Đổi.")
    response = sent(clerk, url, pairs, f"go@{second}", follow=True)
    assert response.context["screen"].scope == second
    assert "Khoản số 8." not in response.content.decode()
    sent(clerk, url, fields_of(response))
    assert "7. Đổi." in texts.words_of(Resolution.objects.get())
    assert "Khoản số 119." in texts.words_of(Resolution.objects.get())


def test_the_page_warns_when_a_figure_is_gone(stage: Stage, clerk: Any) -> None:
    resolution = drafts.from_poll(agreed_poll(stage), by=stage.user["clerk"])
    pairs = fields_of(clerk.get(address(resolution)))
    name = named(pairs, "30 phiếu")
    pairs = typed(pairs, name, lambda words: words.replace("30 phiếu", "31 phiếu"))
    response = sent(clerk, address(resolution), pairs, follow=True)
    assert "không còn ghi đúng các số liệu" in response.content.decode()


def test_a_resolution_is_begun_from_a_title_or_a_template(stage: Stage, clerk: Any) -> None:
    form = reverse("resolutions:resolution-add", args=[stage.cast.council.slug])
    assert clerk.get(f"{form}?ky-hop={stage.council_session.pk}").status_code == 200
    session = stage.council_session.pk
    clerk.post(form, {"council_session": session, "title": "Về chủ đề năm", "decisions": "Một"})
    resolution = Resolution.objects.get()
    assert texts.blocks_of(resolution)[0].text == "Một"
    assert resolution.item is not None
    clerk.post(form, {"council_session": session, "template": "budget"})
    budget = Resolution.objects.latest("pk")
    assert "dự toán ngân sách" in budget.title
    assert texts.body_of(budget).annexes
    response = clerk.post(form, {"council_session": session, "template": "general"})
    assert response.context["form"].errors["title"]


@pytest.mark.parametrize("session", ["", "0", "x", "999999"])
def test_a_foreign_or_missing_session_is_a_sentence(stage: Stage, clerk: Any, session: str) -> None:
    form = reverse("resolutions:resolution-add", args=[stage.cast.council.slug])
    response = clerk.post(form, {"council_session": session, "title": "Về chủ đề năm"})
    assert response.context["form"].errors["council_session"]
    assert clerk.get(f"{form}?ky-hop={session}").status_code == 200

"""Copies that are kept while typing, two people at once, versions."""

from typing import Any

import pytest
from django.test import Client

from resolutions.models import Resolution, WorkingCopy
from resolutions.queries import texts
from tests.resolutions.pages import FORM, address, fields_of, named, sent, typed
from tests.resolutions.stage import Stage, drafted
from tests.resolutions.test_views_editor import rows_now


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


def test_a_copy_is_offered_again_and_can_be_thrown_away(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    url = address(resolution)
    pairs = typed(fields_of(clerk.get(url)), "title", "Đang gõ dở")
    response = sent(clerk, address(resolution, "resolution-autosave"), pairs)
    assert "Đã tự lưu" in response.content.decode()
    offer = clerk.get(url)
    assert "Bạn còn một bản gõ dở" in offer.content.decode()
    assert "<ins>" in offer.content.decode()
    assert "Đang gõ dở" in clerk.get(f"{url}?tiep-tuc=1").content.decode()
    clerk.post(address(resolution, "resolution-copy-drop"))
    assert "Đang gõ dở" not in clerk.get(url).content.decode()


def test_an_autosave_gives_new_pieces_keys_and_numbers(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    pairs = fields_of(clerk.get(address(resolution)))
    pairs = [*pairs, ("row", "x1::clause:1"), ("t-x1", "Khoản mới.")]
    shown = sent(clerk, address(resolution, "resolution-autosave"), pairs).content.decode()
    key = next(row.key for row in rows_now(resolution, stage) if row.text == "Khoản mới.")
    assert f'value="x1:{key}:clause:1"' in shown
    assert '<span id="label-x1" data-hx-swap-oob="true">1.</span>' in shown
    assert Resolution.objects.get().version == 1


def test_a_second_window_of_the_same_person_overwrites_nothing(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    pairs = fields_of(clerk.get(address(resolution)))
    autosave = address(resolution, "resolution-autosave")
    sent(clerk, autosave, typed(pairs, "title", "Cửa sổ một"))
    refused = sent(clerk, autosave, typed(pairs, "title", "Cửa sổ hai"))
    assert "cửa sổ khác" in refused.content.decode()
    response = sent(clerk, address(resolution), typed(pairs, "title", "Cửa sổ hai"))
    assert "Cửa sổ hai" in response.content.decode()
    copy = WorkingCopy.objects.get()
    assert "Cửa sổ một" in copy.content
    again = fields_of(response)
    assert sent(clerk, address(resolution), again).status_code == 302
    assert Resolution.objects.get().title == "Cửa sổ hai"


def test_changes_of_two_people_come_together(stage: Stage, clerk: Any, office: Any) -> None:
    resolution = drafted(stage)
    url = address(resolution)
    mine = fields_of(clerk.get(url))
    mine = typed(mine, named(mine, "Phê duyệt dự toán"), "Của tôi.")
    theirs = typed(fields_of(office.get(url)), "title", "Trích yếu của người kia")
    sent(office, url, theirs)
    response = sent(clerk, url, mine)
    assert response.url == address(resolution, "resolution-merge")
    page = clerk.get(response.url)
    assert "gộp được mà không phải chọn" in page.content.decode()
    version = page.context["resolution"].version
    clerk.post(response.url, {"version": version})
    saved = Resolution.objects.get()
    assert saved.title == "Trích yếu của người kia"
    assert "Của tôi." in texts.words_of(saved)


def test_the_same_clause_changed_by_both_is_asked(stage: Stage, clerk: Any, office: Any) -> None:
    resolution = drafted(stage)
    url = address(resolution)
    mine, theirs = fields_of(clerk.get(url)), fields_of(office.get(url))
    name = named(mine, "Phê duyệt dự toán")
    sent(office, url, typed(theirs, name, "Của người kia."))
    sent(clerk, url, typed(mine, name, "Của tôi."))
    merge = address(resolution, "resolution-merge")
    page = clerk.get(merge)
    shown = page.content.decode()
    for words in ("Của tôi.", "Của người kia.", "Phê duyệt dự toán"):
        assert words in shown
    clerk.post(merge, {"version": page.context["resolution"].version})
    assert "Của người kia." in texts.words_of(Resolution.objects.get())
    assert WorkingCopy.objects.exists()
    choice = f"choice-{name.removeprefix('t-')}"
    response = clerk.post(merge, {"version": page.context["resolution"].version, choice: "mine"})
    assert response.url == address(resolution, "resolution-detail")
    assert "Của tôi." in texts.words_of(Resolution.objects.get())


def test_versions_are_listed_compared_and_restored(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    pairs = fields_of(clerk.get(address(resolution)))
    pairs = typed(pairs, named(pairs, "Phê duyệt dự toán"), "Giao dự toán ngân sách năm 2027.")
    sent(clerk, address(resolution), pairs)
    listed = clerk.get(address(resolution, "version-list")).content.decode()
    assert "hiện hành" in listed
    compared = clerk.get(address(resolution, "version-compare") + "?tu=1&den=2").content.decode()
    assert "<del>Phê duyệt</del>" in compared
    assert "<ins>Giao</ins>" in compared
    clerk.post(address(resolution, "version-restore", 1), {"version": 2})
    saved = Resolution.objects.get()
    assert "Phê duyệt dự toán" in texts.words_of(saved)
    assert saved.versions.first().note == "Khôi phục phiên bản 1"  # type: ignore[union-attr]
    assert clerk.get(address(resolution, "version-compare") + "?tu=7&den=8").status_code == 404
    clerk.post(address(resolution, "version-restore", 1), {"version": 1})
    assert Resolution.objects.get().versions.count() == 3


def test_an_autosave_of_rubbish_is_refused(stage: Stage, clerk: Any) -> None:
    resolution = drafted(stage)
    url = address(resolution, "resolution-autosave")
    assert clerk.post(url, "tree=1&row=x", content_type=FORM).status_code == 422
    assert clerk.get(url).status_code == 405

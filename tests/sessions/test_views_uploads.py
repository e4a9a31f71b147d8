"""The small protocol behind the page: announced, sent in pieces, finished; every answer is JSON."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sessions.models import Document, PaperUpload
from tests.cast import Cast
from tests.hostile.kit import document
from tests.sessions.desk import Desk, desk_of

WORK = "/lam-viec/tinh-thu"
CONTENT = document()


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast)


@pytest.fixture
def clerk(desk: Desk, client: Client) -> Client:
    client.force_login(desk.user("clerk"))
    return client


def begin(desk: Desk, clerk: Client, **changes: Any) -> Any:
    given = {"filename": json.dumps("Báo cáo.pdf"), "size": len(CONTENT), "mark": "1", "item": ""}
    path = f"{WORK}/ky-hop/{desk.council_session.pk}/tai-lieu/nhan/"
    return clerk.post(path, {**given, **changes})


def send(clerk: Client, pk: int, offset: object, content: bytes) -> Any:
    return clerk.post(
        f"{WORK}/tep-dang-nhan/{pk}/manh/", content, content_type="application/octet-stream",
        headers={"Upload-Offset": str(offset)},
    )  # fmt: skip


def test_a_file_goes_through_the_protocol(desk: Desk, clerk: Client, run_jobs: Any) -> None:
    told = begin(desk, clerk, item=desk.roots[0].pk).json()
    assert (told["offset"], told["state"]) == (0, "receiving")
    assert send(clerk, told["id"], 0, CONTENT[:100]).json()["offset"] == 100
    assert begin(desk, clerk).json()["offset"] == 100
    wrong = send(clerk, told["id"], 0, CONTENT[:100])
    assert (wrong.status_code, wrong.json()["offset"]) == (409, 100)
    assert clerk.get(f"{WORK}/tep-dang-nhan/{told['id']}/manh/").json()["offset"] == 100
    send(clerk, told["id"], 100, CONTENT[100:])
    damaged = clerk.post(f"{WORK}/tep-dang-nhan/{told['id']}/xong/", {"sha256": "0" * 64})
    assert (damaged.status_code, damaged.json()["code"]) == (422, "upload.checksum")
    send(clerk, told["id"], 0, CONTENT)
    done = clerk.post(f"{WORK}/tep-dang-nhan/{told['id']}/xong/")
    assert done.json()["state"] == "waiting"
    page = f"{WORK}/ky-hop/{desk.council_session.pk}/tai-lieu/them/"
    assert "đang kiểm tra" in clerk.get(page, {"tep": told["id"]}).content.decode()
    run_jobs()
    row = clerk.get(page, {"tep": told["id"]}).content.decode()
    assert "đã kiểm tra" in row
    assert f'value="{desk.roots[0].pk}" selected' in row


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"filename": json.dumps("a\u202efdp.pdf")}, "upload.name_hidden"),
        ({"filename": json.dumps("a\r\nX-Evil: 1.pdf")}, "upload.name_hidden"),
        ({"filename": json.dumps("a\x00.pdf")}, "upload.name_hidden"),
        ({"filename": json.dumps("\ud800.pdf")}, "upload.name_hidden"),
        ({"filename": json.dumps("a" * 300 + ".pdf")}, "upload.name_long"),
        ({"filename": json.dumps("a.exe")}, "upload.type_not_allowed"),
        ({"size": 0}, "upload.empty"),
        ({"size": 2**40}, "upload.too_large"),
    ],
)
def test_a_file_refused_at_the_door_stands_in_the_list(
    desk: Desk, clerk: Client, changes: dict[str, Any], code: str
) -> None:
    told = begin(desk, clerk, **changes)
    assert (told.status_code, told.json()["code"]) == (422, code)
    noted = PaperUpload.objects.get(pk=told.json()["id"])
    assert (noted.state, noted.refusal_code) == ("refused", code)


@pytest.mark.parametrize(
    "changes",
    [
        {"filename": "not JSON"}, {"filename": "5"}, {"filename": ""}, {"size": "many"},
        {"size": -1}, {"size": 2**60}, {"mark": "x" * 99}, {"item": "9" * 30}, {"item": "x"},
    ],
)  # fmt: skip
def test_nonsense_is_told_so(desk: Desk, clerk: Client, changes: dict[str, Any]) -> None:
    told = begin(desk, clerk, **changes)
    assert told.status_code == 422
    assert told.json()["sentence"]
    assert not PaperUpload.objects.exists()


@pytest.mark.parametrize("offset", ["", "-1", "x", "1e3", "9" * 40, "٣"])
def test_a_place_that_is_no_number_is_told_the_right_one(
    desk: Desk, clerk: Client, offset: str
) -> None:
    told = begin(desk, clerk).json()
    header = offset.encode("ascii", "replace").decode()
    answer = send(clerk, told["id"], header, b"x")
    assert (answer.status_code, answer.json()["offset"]) == (409, 0)


def test_a_piece_above_the_limit_is_no_server_error(desk: Desk, clerk: Client) -> None:
    told = begin(desk, clerk, size=20 * 2**20).json()
    assert send(clerk, told["id"], 0, b"\0" * (6 * 2**20)).status_code in {400, 413}


def test_another_councils_files_are_not_found(desk: Desk, clerk: Client) -> None:
    told = begin(desk, clerk).json()
    clerk.force_login(desk.user("outsider"))
    assert send(clerk, told["id"], 0, b"x").status_code == 404
    clerk.force_login(desk.user("approver"))
    other = send(clerk, told["id"], 0, b"x")
    assert (other.status_code, other.json()["code"]) == (422, "upload.not_receiving")
    clerk.force_login(desk.user("chair"))
    assert send(clerk, told["id"], 0, b"x").status_code == 403


def test_the_item_is_guessed_shown_as_a_guess_and_stored_only_as_the_clerk_saves_it(
    desk: Desk, clerk: Client, run_jobs: Any
) -> None:
    meant, other = desk.roots[1], desk.roots[2]
    meant.title = "Kế hoạch đầu tư công trung hạn"
    meant.save(update_fields=["title"])
    file = SimpleUploadedFile("Tờ trình kế hoạch đầu tư công trung hạn.pdf", CONTENT)
    upload = desk.upload(file)
    run_jobs()
    page = f"{WORK}/ky-hop/{desk.council_session.pk}/tai-lieu/them/"
    row = clerk.get(page, {"tep": upload.pk}).content.decode()
    assert f'value="{meant.pk}" selected' in row
    assert "Đoán theo trích yếu; kiểm tra trước khi lưu." in row
    upload.refresh_from_db()
    assert (upload.item_id, Document.objects.count()) == (None, 0)
    given = {"kind": "submission", "title": "Tờ trình", "item": other.pk}
    posted = {f"u{upload.pk}-{name}": value for name, value in given.items()}
    clerk.post(f"{WORK}/ky-hop/{desk.council_session.pk}/tai-lieu/luu/", posted)
    assert Document.objects.get().item == other

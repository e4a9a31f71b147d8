"""The pages of sessions: list, new, hub, stale form, verbs, notices, notes; and bad input."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from council.models import CouncilSetting
from sessions.models import Session, SessionNote, SessionState
from sessions.services import notes, sessions
from tests.cast import Cast
from tests.sessions.desk import Desk, desk_of

WORK = "/lam-viec/tinh-thu"


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast)


@pytest.fixture
def as_user(desk: Desk, client: Client) -> Callable[[str], Client]:
    def sign_in(name: str) -> Client:
        client.force_login(desk.user(name))
        return client

    return sign_in


def hub(desk: Desk) -> str:
    return f"{WORK}/ky-hop/{desk.council_session.pk}/"


def text_of(client: Client, path: str, **data: str) -> str:
    answer = client.get(path, data)
    assert answer.status_code == 200, path
    return plain(answer.content.decode())


def plain(html: str) -> str:
    return " ".join(html.split())


def new_session(**changes: str) -> dict[str, str]:
    given = {
        "kind": "thematic", "number": "6", "opens_on": "2026-09-01", "closes_on": "2026-09-02",
        "place": "Hội trường", "summary": "",
    }  # fmt: skip
    return {**given, **changes}


def test_a_clerk_finds_the_sessions_and_makes_a_new_one(
    desk: Desk, as_user: Callable[[str], Client]
) -> None:
    clerk = as_user("clerk")
    shown = text_of(clerk, f"{WORK}/ky-hop/")
    assert "Kỳ họp thứ 5" in shown
    assert "Kỳ họp mới" in shown
    form = text_of(clerk, f"{WORK}/ky-hop/moi/")
    assert 'name="number" value="6"' in form
    answer = clerk.post(
        f"{WORK}/ky-hop/moi/", new_session(term=str(desk.cast.term.pk)), follow=True
    )
    assert "Đã lập Kỳ họp thứ 6 với chương trình dự kiến." in answer.content.decode()
    assert Session.objects.get(number=6).items.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"opens_on": "2020-01-01"}, "nằm ngoài nhiệm kỳ"),
        ({"closes_on": "2026-08-01"}, "trước ngày khai mạc"),
        ({"number": "5"}, "Nhiệm kỳ đã có kỳ họp thứ 5"),
        ({"number": "99999999999999999999"}, "200"),
        ({"number": "1e9"}, "số nguyên"),
        ({"opens_on": "10000-01-01"}, "ngày"),
        ({"closes_on": "9999-12-31"}, "không hợp lý"),
        ({"kind": "chúc tết"}, "chúc tết"),
        ({"place": "a\x00b"}, "null"),
        ({"place": "a\u202eb"}, "hướng chữ"),
        ({"place": "x" * 999}, "200"),
        ({"term": "99999999999999999999999"}, "lựa chọn"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    desk: Desk, as_user: Callable[[str], Client], changes: dict[str, str], sentence: str
) -> None:
    data = new_session(**{"term": str(desk.cast.term.pk), "summary": "Giữ lấy", **changes})
    answer = as_user("clerk").post(f"{WORK}/ky-hop/moi/", data)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "invalid" in shown
    assert sentence.lower() in shown.lower()
    assert "Giữ lấy" in shown
    assert Session.objects.count() == 1


def test_a_page_number_of_1e99_shows_a_page(desk: Desk, as_user: Callable[[str], Client]) -> None:
    for nonsense in ("1e99", "-1", "0", "٣", "9" * 400, "abc"):
        assert "Kỳ họp thứ 5" in text_of(as_user("clerk"), f"{WORK}/ky-hop/", page=nonsense)


def test_the_hub_tells_steps_deadlines_and_the_one_next_action(
    desk: Desk, as_user: Callable[[str], Client]
) -> None:
    shown = text_of(as_user("clerk"), hub(desk))
    for step in ("Chương trình", "Tài liệu", "Duyệt", "Triệu tập", "Phiên họp", "Biểu quyết",
                 "Bỏ phiếu kín", "Nghị quyết", "Công khai"):  # fmt: skip
        assert f">{step}</a></h3>" in shown
    assert "theo quy chế, chưa đối chiếu nguyên văn" in shown
    assert "Điều 18 khoản 4 Luật 104/2016/QH13" in shown
    assert shown.count("btn-primary") >= 1
    assert f'action="{hub(desk)}trinh/"' in shown


def test_a_setting_of_the_council_stands_with_its_source(
    desk: Desk, as_user: Callable[[str], Client]
) -> None:
    CouncilSetting.objects.create(
        council=desk.cast.council, key="papers_days", value="9", effective_from=date(2026, 1, 1),
        source="Điều 12 Quy chế làm việc",
    )  # fmt: skip
    shown = text_of(as_user("clerk"), hub(desk))
    assert "01/12/2026" in shown
    assert "Điều 12 Quy chế làm việc" in shown


def test_the_session_goes_from_draft_to_convened_through_its_buttons(
    desk: Desk, as_user: Callable[[str], Client], run_jobs: Callable[[], int]
) -> None:
    as_user("clerk").post(f"{hub(desk)}trinh/")
    waiting = text_of(as_user("clerk"), hub(desk))
    assert "Vai trò của bạn không làm việc này" in waiting
    assert re.search(r"<button[^>]*disabled[^>]*>Duyệt kỳ họp", waiting)
    approver = as_user("approver")
    assert "đã trình. Xem chương trình" in text_of(approver, hub(desk))
    approver.post(f"{hub(desk)}duyet/")
    clerk = as_user("clerk")
    assert "Số giấy triệu tập" in text_of(clerk, hub(desk))
    answer = clerk.post(f"{hub(desk)}trieu-tap/", {"notice_number": "15/GM-HĐND"}, follow=True)
    assert "Đã triệu tập" in answer.content.decode()
    run_jobs()
    assert "Đã gửi thư cho 35 trên 35 đại biểu" in text_of(clerk, f"{hub(desk)}giay-trieu-tap/")
    assert desk.reload().state == SessionState.CONVENED


def test_late_convening_warns_and_is_not_refused(
    desk: Desk, as_user: Callable[[str], Client], time_machine: object
) -> None:
    desk.approve()
    time_machine.move_to(date(2026, 12, 1))  # type: ignore[attr-defined]
    assert "trễ 11 ngày" in text_of(as_user("clerk"), hub(desk))
    as_user("clerk").post(f"{hub(desk)}trieu-tap/", {"notice_number": "15"})
    assert desk.reload().state == SessionState.CONVENED


def test_sent_back_the_reason_is_read_by_those_who_prepare(
    desk: Desk, as_user: Callable[[str], Client]
) -> None:
    desk.submit()
    refused = as_user("approver").post(f"{hub(desk)}tra-lai/", {"reason": ""})
    assert "invalid" in refused.content.decode()
    as_user("approver").post(f"{hub(desk)}tra-lai/", {"reason": "Thiếu phiên chất vấn"})
    assert "Bị trả lại: Thiếu phiên chất vấn" in text_of(as_user("clerk"), hub(desk))


def test_a_stale_form_shows_both_and_saves_over_with_the_next_click(
    desk: Desk, as_user: Callable[[str], Client]
) -> None:
    held = desk.council_session
    frame = {
        "kind": held.kind, "number": held.number, "opens_on": "2026-12-10",
        "closes_on": "2026-12-11", "place": "Nhà văn hóa", "summary": "",
    }  # fmt: skip
    sessions.edit(
        held, number=5, kind="mid_year", opens_on=held.opens_on, closes_on=held.closes_on,
        place="Nhà hát", summary="", by=desk.user("clerk2"),
    )  # fmt: skip
    clerk = as_user("clerk")
    first = plain(clerk.post(f"{hub(desk)}sua/", {**frame, "version": 1}).content.decode())
    assert "Người khác vừa lưu nội dung này" in first
    assert "<td>Nhà văn hóa</td><td>Nhà hát</td>" in first
    assert "<td>Thường lệ cuối năm</td><td>Thường lệ giữa năm</td>" in first
    assert desk.reload().place == "Nhà hát"
    version = re.search(r'name="version"[^>]*value="(\d+)"', first)
    version = version or re.search(r'value="(\d+)"[^>]*name="version"', first)
    assert version is not None
    clerk.post(f"{hub(desk)}sua/", {**frame, "version": version[1]})
    assert desk.reload().place == "Nhà văn hóa"


def test_the_notes_are_written_moved_and_removed(
    desk: Desk, as_user: Callable[[str], Client]
) -> None:
    clerk = as_user("clerk")
    for text in ("Thu ngân sách đạt", "Đầu tư công đạt"):
        clerk.post(f"{hub(desk)}tom-tat/them/", {"kind": "achieved", "text": text})
    first, second = SessionNote.objects.order_by("position")
    clerk.post(f"{WORK}/cau-tom-tat/{second.pk}/chuyen/", {"position": "1"})
    clerk.post(f"{WORK}/cau-tom-tat/{second.pk}/chuyen/", {"position": "1e99"})
    shown = text_of(clerk, f"{hub(desk)}tom-tat/")
    assert shown.index("Đầu tư công đạt") < shown.index("Thu ngân sách đạt")
    clerk.post(
        f"{WORK}/cau-tom-tat/{first.pk}/sua/", {"kind": "shortcoming", "text": "Thu chưa đạt"}
    )
    clerk.post(f"{WORK}/cau-tom-tat/{second.pk}/xoa/")
    assert list(SessionNote.objects.values_list("kind", "text")) == [
        ("shortcoming", "Thu chưa đạt")
    ]
    empty = clerk.post(f"{hub(desk)}tom-tat/them/", {"kind": "achieved", "text": ""})
    assert "invalid" in empty.content.decode()


def test_papers_are_printed_as_pdf(desk: Desk, as_user: Callable[[str], Client]) -> None:
    for name in ("giay-trieu-tap.pdf", "chuong-trinh.pdf"):
        answer = as_user("clerk").get(f"{hub(desk)}{name}")
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("name", ["outsider", "delegate", "counter1", None])
def test_strangers_and_delegates_see_nothing_of_it(
    desk: Desk, client: Client, name: str | None
) -> None:
    if name:
        client.force_login(desk.user(name))
    wanted = {None: 302, "outsider": 404}.get(name, 403)
    for path in (f"{WORK}/ky-hop/", hub(desk), f"{hub(desk)}tai-lieu/", f"{hub(desk)}tom-tat/"):
        assert client.get(path).status_code == wanted
    assert client.post(f"{hub(desk)}trinh/").status_code == wanted
    assert desk.reload().state == SessionState.DRAFT


def test_a_session_of_another_council_is_not_found(desk: Desk, client: Client) -> None:
    client.force_login(desk.user("outsider"))
    path = f"/lam-viec/tinh-khac/ky-hop/{desk.council_session.pk}/"
    assert client.get(path).status_code == 404
    assert client.post(f"{path}trinh/").status_code == 404


def test_queries_do_not_grow_with_the_session(desk: Desk, as_user: Callable[[str], Client]) -> None:
    clerk = as_user("clerk")
    paths = (f"{WORK}/ky-hop/", hub(desk), f"{hub(desk)}tom-tat/", f"{hub(desk)}chuong-trinh/")

    def counts() -> list[int]:
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                text_of(clerk, path)
            found.append(len(queries))
        return found

    notes.save(desk.council_session, note=None, kind="achieved", text="Một", by=desk.user("clerk"))
    desk.paper(item=desk.roots[1])
    counts()
    before = counts()
    for number in range(10, 20):
        desk_of(desk.cast, number=number, kind="urgent")
        notes.save(
            desk.council_session, note=None, kind="achieved", text=f"{number}",
            by=desk.user("clerk"),
        )  # fmt: skip
        desk.paper(item=desk.roots[2], title=f"Báo cáo {number}")
    assert counts() == before

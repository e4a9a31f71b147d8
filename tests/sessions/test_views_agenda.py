"""The agenda's pages: buttons, dragging, forms, decisions; and bad input."""

import re

import pytest
from django.test import Client

from sessions.models import AgendaItem
from sessions.services import agenda
from tests.cast import Cast
from tests.sessions.desk import Desk, desk_of
from tests.sessions.hall import Hall

WORK = "/lam-viec/tinh-thu"


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast, kind="thematic")


@pytest.fixture
def clerk(desk: Desk, client: Client) -> Client:
    client.force_login(desk.user("clerk"))
    return client


def tree(desk: Desk) -> str:
    return f"{WORK}/ky-hop/{desk.council_session.pk}/chuong-trinh/"


def plain(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def test_the_tree_is_numbered_and_each_row_has_its_buttons(desk: Desk, clerk: Client) -> None:
    shown = plain(clerk.get(tree(desk)))
    assert "1. Khai mạc kỳ họp" in shown
    assert "1.1. Chào cờ" in shown
    assert "data-sortable" in shown
    assert shown.count('value="up"') == desk.council_session.items.count()
    assert "/210 phút" in shown


def test_buttons_move_a_row_and_come_back_to_it(desk: Desk, clerk: Client) -> None:
    second = desk.roots[1]
    path = f"{WORK}/noi-dung/{second.pk}/chuyen/"
    answer = clerk.post(path, {"direction": "up", "parent": "", "position": "2"})
    assert answer["Location"].endswith(f"#item-{second.pk}")
    assert desk.roots[0] == second
    clerk.post(path, {"direction": "down"})
    clerk.post(path, {"direction": "indent"})
    second.refresh_from_db()
    assert second.parent == desk.roots[0]
    clerk.post(path, {"direction": "outdent"})
    assert desk.roots[1] == second


def test_dragging_posts_a_position_under_the_same_parent(desk: Desk, clerk: Client) -> None:
    last = desk.roots[-1]
    clerk.post(f"{WORK}/noi-dung/{last.pk}/chuyen/", {"parent": "", "position": "1"})
    assert desk.roots[0] == last


@pytest.mark.parametrize(
    "data",
    [
        {}, {"direction": "sideways"}, {"position": "1e99"}, {"position": "-1"},
        {"position": "1", "parent": "x"}, {"position": "9" * 40}, {"direction": "up\x00"},
    ],
)  # fmt: skip
def test_a_move_to_nowhere_is_answered_with_a_sentence(
    desk: Desk, clerk: Client, data: dict[str, str]
) -> None:
    before = [item.pk for item in desk.roots]
    answer = clerk.post(f"{WORK}/noi-dung/{before[0]}/chuyen/", data, follow=True)
    assert "Không rõ chuyển đến đâu" in plain(answer)
    assert [item.pk for item in desk.roots] == before


def test_a_parent_of_another_session_is_not_found(desk: Desk, clerk: Client) -> None:
    other = desk_of(desk.cast, number=6)
    data = {"parent": other.roots[0].pk, "position": "1"}
    assert clerk.post(f"{WORK}/noi-dung/{desk.roots[0].pk}/chuyen/", data).status_code == 404


def test_an_item_is_added_under_another_at_a_place(desk: Desk, clerk: Client) -> None:
    parent = desk.roots[1]
    assert f'value="{parent.pk}" selected' in plain(
        clerk.get(f"{tree(desk)}them/?parent={parent.pk}")
    )
    data = {
        "title": "Giải trình", "kind": "discussion", "parent": parent.pk, "position": "1",
        "minutes": "15", "sitting": desk.council_session.sittings.get().pk,
    }  # fmt: skip
    answer = clerk.post(f"{tree(desk)}them/", data, follow=True)
    assert "Đã thêm “Giải trình”." in plain(answer)
    item = AgendaItem.objects.get(title="Giải trình")
    assert (item.parent, item.position, item.minutes) == (parent, 1, 15)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""}, {"title": "x" * 600}, {"title": "a\x00"}, {"kind": "tiệc"},
        {"minutes": "1e99"}, {"minutes": "-5"}, {"minutes": "99999999999"}, {"sitting": "1e9"},
        {"parent": "0"}, {"parent": "9" * 30}, {"position": "0"},
    ],
)  # fmt: skip
def test_a_bad_item_is_shown_again_with_what_was_typed(
    desk: Desk, clerk: Client, changes: dict[str, str]
) -> None:
    count = AgendaItem.objects.count()
    data = {"title": "Việc", "kind": "other", "presenter": "Giữ lấy", **changes}
    answer = clerk.post(f"{tree(desk)}them/", data)
    assert answer.status_code == 200
    assert "invalid-feedback" in plain(answer)
    assert "Giữ lấy" in plain(answer)
    assert AgendaItem.objects.count() == count


def test_a_stale_item_shows_both_and_loses_nothing(desk: Desk, clerk: Client) -> None:
    item = desk.roots[0]
    agenda.edit_item(item, title="Khai mạc long trọng", kind="opening", by=desk.user("clerk2"))
    data = {"title": "Khai mạc giản dị", "kind": "opening", "minutes": "20", "version": "1"}
    shown = plain(clerk.post(f"{WORK}/noi-dung/{item.pk}/sua/", data))
    assert "<td>Khai mạc giản dị</td><td>Khai mạc long trọng</td>" in shown
    assert "<td>20</td><td>–</td>" in shown
    item.refresh_from_db()
    assert item.title == "Khai mạc long trọng"
    version = re.search(r'name="version" value="(\d+)"', shown)
    assert version is not None
    clerk.post(f"{WORK}/noi-dung/{item.pk}/sua/", {**data, "version": version[1]})
    item.refresh_from_db()
    assert (item.title, item.minutes) == ("Khai mạc giản dị", 20)


def test_an_item_that_is_gone_meanwhile_is_answered_with_a_sentence(
    desk: Desk, clerk: Client
) -> None:
    item = desk.roots[1]
    clerk.post(f"{WORK}/noi-dung/{item.pk}/bo/")
    assert clerk.post(f"{WORK}/noi-dung/{item.pk}/bo/").status_code == 404
    desk.paper(item=desk.roots[1].children.first())
    answer = clerk.post(f"{WORK}/noi-dung/{desk.roots[1].pk}/bo/", follow=True)
    assert "đang có tài liệu" in plain(answer)


def test_a_submitted_agenda_offers_no_buttons_and_says_why(desk: Desk, clerk: Client) -> None:
    desk.submit()
    shown = plain(clerk.get(tree(desk)))
    assert "Chương trình đã trình duyệt" in shown
    assert 'value="up"' not in shown
    answer = clerk.post(
        f"{WORK}/noi-dung/{desk.roots[0].pk}/chuyen/", {"direction": "down"}, follow=True
    )
    assert "Chương trình đã trình duyệt. Hãy nhờ người duyệt trả lại" in plain(answer)


def test_the_council_adopts_and_changes_its_agenda_on_the_page(hall: Hall, client: Client) -> None:
    client.force_login(hall.user("clerk"))
    page = f"{WORK}/ky-hop/{hall.council_session.pk}/chuong-trinh/"
    assert "Ghi được khi một phiên họp đang mở" in plain(client.get(page))
    hall.open(30)
    totals = {"for_count": "30", "against_count": "0", "not_voting_count": "0"}
    wrong = client.post(f"{page}bieu-quyet/", {**totals, "what": "Thông qua", "for_count": "31"})
    assert "31" in plain(wrong)
    assert not hall.council_session.open_votes.exists()
    done = client.post(f"{page}bieu-quyet/", {**totals, "what": "Thông qua"}, follow=True)
    assert "Đã ghi biểu quyết và quyết định về chương trình" in plain(done)
    refused = client.post(
        f"{WORK}/noi-dung/{hall.item.pk}/sua/", {"title": "Khác", "kind": "opening"}
    )
    assert "hãy ghi một quyết định điều chỉnh" in plain(refused)
    hall.clock.shift(60)
    change = client.post(
        f"{page}bieu-quyet/", {**totals, "what": "Đổi tên nội dung 1"}, follow=True
    )
    assert "Quyết định chưa thực hiện:</strong> Đổi tên nội dung 1" in plain(change)
    client.post(f"{WORK}/noi-dung/{hall.item.pk}/sua/", {"title": "Khác", "kind": "opening"})
    hall.item.refresh_from_db()
    assert hall.item.title == "Khác"
    assert "30/35 đại biểu tán thành" in plain(client.get(page))


def test_items_are_begun_and_ended_on_the_page(hall: Hall, client: Client) -> None:
    client.force_login(hall.user("chair"))
    early = client.post(f"{WORK}/noi-dung/{hall.item.pk}/bat-dau/", follow=True)
    assert "Chưa có phiên họp nào đang mở" in plain(early)
    hall.open(30)
    begun = client.post(f"{WORK}/noi-dung/{hall.item.pk}/bat-dau/", follow=True)
    assert "Đang diễn ra: Thông qua chương trình." in plain(begun)
    client.post(f"{WORK}/noi-dung/{hall.item.pk}/xong/")
    hall.item.refresh_from_db()
    assert hall.item.state == "done"


def test_strangers_change_nothing(desk: Desk, client: Client) -> None:
    client.force_login(desk.user("outsider"))
    item = desk.roots[0]
    for path in (tree(desk), f"{WORK}/noi-dung/{item.pk}/sua/"):
        assert client.get(path).status_code == 404
        assert client.get(path.replace("tinh-thu", "tinh-khac")).status_code == 404
    client.force_login(desk.user("delegate"))
    assert client.post(f"{WORK}/noi-dung/{item.pk}/bo/").status_code == 403
    assert AgendaItem.objects.filter(pk=item.pk).exists()

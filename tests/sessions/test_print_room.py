"""The print room: made by the worker, from today's data, the same file while nothing changed."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from council.models import Job
from council.rules import names
from council.services.versions import StaleEdit
from sessions.models import Guest, PrintedSheet
from sessions.queries import print_page, print_room
from sessions.services import guests
from sessions.services import print_room as services
from tests.cast import Cast
from tests.council import pdf_probe
from tests.sessions.desk import Desk, desk_of, refusal_of, verbs_of

Kind = PrintedSheet.Kind
TABLE = [
    ["Cơ quan", "HỌ VÀ TÊN", "Ông/bà", "Địa chỉ", "Chức vụ", "Ghi chú"],
    ["Sở Mẫu", "Nguyễn Văn Khách", "Ông", "Số 1", "Giám đốc", "x"],
    ["Ban Mẫu Tỉnh ủy", "", "", "Số 2", "", ""],
    ["Sở Mẫu", "Trần Thị Khách", "đ/c", "", "Phó Giám đốc", ""],
]


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast)


@pytest.fixture
def clerk(desk: Desk, client: Client) -> Client:
    client.force_login(desk.user("clerk"))
    return client


def invite(desk: Desk, table: list[list[Any]] = TABLE) -> int:
    return guests.import_list(desk.council_session, table=table, by=desk.user("clerk"))


def made(desk: Desk, kind: str, run_jobs: Any) -> PrintedSheet:
    services.request(desk.council_session, kind=kind, by=desk.user("clerk"))
    run_jobs()
    return PrintedSheet.objects.filter(kind=kind).latest("pk")


def content(sheet: PrintedSheet) -> bytes:
    with sheet.file.open("rb") as stream:
        return bytes(stream.read())


def line(desk: Desk, kind: str) -> print_page.PrintLine:
    lines = [one for part in print_page.page(desk.reload()) for one in part.lines]
    return next(one for one in lines if one.kind == kind)


def plain(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def room(desk: Desk, more: str = "in/") -> str:
    return f"/lam-viec/tinh-thu/ky-hop/{desk.council_session.pk}/{more}"


def test_every_paper_is_made_and_every_file_is_readable(desk: Desk, run_jobs: Any) -> None:
    invite(desk)
    count = services.request_all(desk.council_session, by=desk.user("clerk"))
    assert count == len(Kind)
    run_jobs()
    assert [job.error for job in Job.objects.filter(state="failed")] == []
    sheets = PrintedSheet.objects.all()
    assert {sheet.kind for sheet in sheets} == set(Kind.values)
    for sheet in sheets:
        assert content(sheet)[:4] == (b"PK\x03\x04" if sheet.is_word else b"%PDF")
    assert all(one.current for part in print_page.page(desk.reload()) for one in part.lines)
    assert services.request_all(desk.council_session, by=desk.user("clerk")) == 0


def test_the_same_content_is_the_same_file_and_the_same_bytes(desk: Desk, run_jobs: Any) -> None:
    first = made(desk, Kind.CARDS, run_jobs)
    again = made(desk, Kind.CARDS, run_jobs)
    assert first == again
    held = desk.reload()
    sheet = print_room.sheet_of(Kind.CARDS, print_room.material(held))
    anew = services.typeset(Kind.CARDS, sheet, created=print_room.fixed_moment(held))
    assert anew == content(first)


def test_a_change_of_the_data_asks_for_a_new_print_and_keeps_the_old(
    desk: Desk, run_jobs: Any
) -> None:
    old = made(desk, Kind.PLATES, run_jobs)
    person = desk.cast.people[0]
    name = names.split_full_name("Trần Đổi Tên")
    type(person).objects.filter(pk=person.pk).update(
        full_name=name.full, sort_key=name.sort_key, given_name=name.given
    )
    found = line(desk, Kind.PLATES)
    assert (found.current, found.outdated) == (None, old)
    assert made(desk, Kind.PLATES, run_jobs) != old
    assert PrintedSheet.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize("kind", [Kind.PLATES, Kind.CARDS, Kind.NOTICE_EACH, Kind.ATTENDANCE])
def test_every_delegate_is_there_exactly_once_in_vietnamese_order(
    desk: Desk, run_jobs: Any, kind: str
) -> None:
    if kind == Kind.CARDS:
        desk.cast.term.mandates.update(seat_number=None)
    pages = pdf_probe.page_texts(content(made(desk, kind, run_jobs)))
    if kind == Kind.NOTICE_EACH:  # below stands the chair's own name, on each
        pages = [page.partition("Nơi nhận")[0] for page in pages]
    text = " ".join(pages)
    upper = kind == Kind.PLATES
    wanted = [
        one.person.full_name.upper() if upper else one.person.full_name
        for one in print_room.material(desk.reload()).delegates
    ]
    assert {name: text.count(name) for name in wanted} == dict.fromkeys(wanted, 1 + upper)
    if kind != Kind.ATTENDANCE:
        assert sorted(wanted, key=text.index) == wanted
        return
    assert len(pages) == 5
    for page in pages:  # a group a page, by name inside it
        here = [name for name in wanted if name in page]
        assert sorted(here, key=page.index) == here


def test_guests_are_read_in_any_order_of_columns_and_kept_in_order_of_rows(desk: Desk) -> None:
    assert invite(desk) == 3
    assert [str(guest) for guest in Guest.objects.order_by("position")] == [
        "ông Nguyễn Văn Khách, Sở Mẫu", "Ban Mẫu Tỉnh ủy", "đồng chí Trần Thị Khách, Sở Mẫu",
    ]  # fmt: skip
    assert verbs_of(desk.council_session)[-1] == "guest.import"


def test_the_invitation_names_each_guest_on_a_page_of_its_own(desk: Desk, run_jobs: Any) -> None:
    invite(desk)
    services.choose(
        desk.council_session, invitation_number="16/GM-HĐND", invited_on=date(2026, 11, 25),
        contact="Văn phòng, 0000", sender_address="Số 9", cards_a_sheet=8, version=None,
        by=desk.user("clerk"),
    )  # fmt: skip
    pages = pdf_probe.page_texts(content(made(desk, Kind.INVITATIONS, run_jobs)))
    assert len(pages) == 3
    assert "Kính mời: Ông Nguyễn Văn Khách, Giám đốc, Sở Mẫu" in pages[0]
    assert "Kính mời: Ban Mẫu Tỉnh ủy" in pages[1]
    assert all("Số: 16/GM-HĐND Thử, ngày 25 tháng 11 năm 2026 GIẤY MỜI" in page for page in pages)
    assert all("DỰ THẢO" not in page and "0000" in page for page in pages)


def test_a_table_with_errors_writes_nothing_and_says_where(desk: Desk) -> None:
    invite(desk)
    bad = [*TABLE[:2], ["", "", "cậu", "", "", ""], ["", "", "", "x", "", ""], TABLE[3], TABLE[3]]
    found = guests.preview(desk.council_session, bad)
    assert [row.errors for row in found.rows] == [
        ["Khách này đã có trong danh sách của kỳ họp."],
        ["Ghi ông, bà, đồng chí hoặc để trống."],
        ["Ghi họ tên, hoặc ít nhất tên cơ quan, đơn vị."],
        ["Khách này đã có trong danh sách của kỳ họp."],
        ["Khách này đã có trong danh sách của kỳ họp."],
    ]
    refusal = refusal_of(invite, desk, bad)
    assert refusal.code == "guests.has_errors"
    assert Guest.objects.count() == 3


def test_a_guest_is_moved_corrected_and_struck_out(desk: Desk) -> None:
    invite(desk)
    last = Guest.objects.get(full_name="Trần Thị Khách")
    values = {name: getattr(last, name) for name in guests.FIELDS}
    guests.save(
        desk.council_session, guest=last, position=1, by=desk.user("clerk"),
        **{**values, "address": "Số 3"},
    )  # fmt: skip
    order = list(Guest.objects.order_by("position").values_list("full_name", "address"))
    assert order[0] == ("Trần Thị Khách", "Số 3")
    guests.remove(last, by=desk.user("clerk"))
    assert refusal_of(guests.remove, last, by=desk.user("clerk")).code == "guest.gone"
    assert verbs_of(last) == ["guest.save", "guest.remove"]


def test_who_may_not_is_refused(desk: Desk) -> None:
    delegate, clerk = desk.user("delegate"), desk.user("clerk")
    held = desk.council_session
    assert refusal_of(services.request, held, kind="cards", by=delegate).code == "access.denied"
    assert refusal_of(services.request_all, held, by=delegate).code == "access.denied"
    assert refusal_of(guests.import_list, held, table=TABLE, by=delegate).code == "access.denied"
    refused = refusal_of(services.request, held, kind="invitations", by=clerk)
    assert (refused.code, str(refused)) == (
        "print.nobody", "Chưa có ai trong danh sách để in “Giấy mời”.",
    )  # fmt: skip


def test_who_saves_the_choices_second_is_told(desk: Desk) -> None:
    values: dict[str, Any] = {
        "invitation_number": "", "invited_on": None, "contact": "", "sender_address": "",
        "by": desk.user("clerk"),
    }  # fmt: skip
    services.choose(desk.council_session, cards_a_sheet=4, version=None, **values)
    services.choose(desk.council_session, cards_a_sheet=8, version=1, **values)
    with pytest.raises(StaleEdit):
        services.choose(desk.council_session, cards_a_sheet=4, version=1, **values)


def test_the_page_says_what_is_ready_and_what_is_missing(
    desk: Desk, clerk: Client, run_jobs: Any
) -> None:
    shown = plain(clerk.get(room(desk)))
    assert "0 trên 14 loại giấy" in shown
    assert "Chưa có khách mời nào trong danh sách." in shown
    assert "Kỳ họp chưa được triệu tập: bản in có chữ DỰ THẢO." in shown
    answer = clerk.post(room(desk, "in/tao/"), {"kind": "cards"}, follow=True)
    assert "Đang tạo 1 bản in." in plain(answer)
    run_jobs()
    assert "1 trên 14 loại giấy" in plain(clerk.get(room(desk)))
    sheet = PrintedSheet.objects.get()
    file = clerk.get(f"/lam-viec/tinh-thu/ban-in/{sheet.pk}/")
    assert (file.content, file["Content-Type"]) == (content(sheet), "application/pdf")
    assert clerk.post(room(desk, "in/tao/"), {"kind": "x"}).status_code == 404
    sheet.file.delete(save=False)
    assert clerk.get(f"/lam-viec/tinh-thu/ban-in/{sheet.pk}/").status_code == 404


def test_a_bad_choice_is_told_beside_its_field_and_nothing_typed_is_lost(
    desk: Desk, clerk: Client
) -> None:
    typed = {"invitation_number": "16/GM", "invited_on": "32/13/2026", "cards_a_sheet": "5"}
    shown = clerk.post(room(desk, "in/lua-chon/"), typed)
    assert shown.status_code == 200
    assert 'value="16/GM"' in plain(shown)
    assert "32/13/2026" in plain(shown)
    good = {"invitation_number": "16/GM", "invited_on": "", "cards_a_sheet": "8"}
    assert clerk.post(room(desk, "in/lua-chon/"), good).status_code == 302


def pasted(table: list[list[Any]]) -> str:
    return "\n".join("\t".join(row) for row in table)


def test_a_pasted_table_is_looked_at_and_then_written(desk: Desk, clerk: Client) -> None:
    shown = clerk.post(room(desk, "khach-moi/nhap/"), {"pasted": pasted(TABLE)})
    assert "Đọc được 3 khách" in plain(shown)
    assert "Cột không dùng: Ghi chú" in plain(shown)
    assert not Guest.objects.exists()
    signed = shown.context["confirm"].initial["signed_table"]
    done = clerk.post(room(desk, "khach-moi/ghi/"), {"signed_table": signed}, follow=True)
    assert "Đã ghi 3 khách mời." in plain(done)
    assert "Ban Mẫu Tỉnh ủy" in plain(done)
    twice = clerk.post(room(desk, "khach-moi/ghi/"), {"signed_table": signed})
    assert "Còn 3 chỗ chưa đúng" in plain(twice)
    forged = clerk.post(room(desk, "khach-moi/ghi/"), {"signed_table": "x"})
    assert "bị sửa" in plain(forged)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Chọn tệp, hoặc dán bảng"),
        ({"pasted": "a\tb\n1\t2"}, "Không tìm thấy cột"),
        ({"pasted": "Họ tên"}, "Bảng không có khách nào"),
        ({"file": SimpleUploadedFile("a.xlsx", b"")}, "Tệp rỗng"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04xx")}, "Không đọc được tệp"),
        ({"file": SimpleUploadedFile("a.csv", b"\xff\xfe\x00")}, "Không nhận ra bảng mã"),
    ],
)
def test_a_bad_table_ends_in_a_sentence(
    desk: Desk, clerk: Client, data: dict[str, Any], sentence: str
) -> None:
    shown = clerk.post(room(desk, "khach-moi/nhap/"), data)
    assert shown.status_code == 200
    assert sentence in plain(shown)


def test_one_guest_is_typed_and_an_empty_one_is_refused(desk: Desk, clerk: Client) -> None:
    empty = clerk.post(room(desk, "khach-moi/them/"), {"honorific": "", "address": "Số 7"})
    assert "Ghi họ tên, hoặc ít nhất tên cơ quan" in plain(empty)
    assert "Số 7" in plain(empty)
    clerk.post(room(desk, "khach-moi/them/"), {"honorific": "ba", "full_name": "Lê Thị Khách"})
    guest = Guest.objects.get()
    double = clerk.post(
        room(desk, "khach-moi/them/"), {"honorific": "", "full_name": "le thi khach"}
    )
    assert "Khách này đã có trong danh sách." in plain(double)
    edit = f"/lam-viec/tinh-thu/khach/{guest.pk}/sua/"
    assert "Lê Thị Khách" in plain(clerk.get(edit))
    clerk.post(f"/lam-viec/tinh-thu/khach/{guest.pk}/xoa/")
    assert not Guest.objects.exists()
    assert clerk.get(edit).status_code == 404
    assert "Nguyễn Văn Mẫu" in clerk.get(room(desk, "khach-moi/mau.csv")).content.decode()

"""Pages of people, seats, offices, frame and accounts: filled in, refused, kept."""

import pytest

from council.models import Mandate, Office, Person, Role, Term, User


@pytest.fixture
def work(cast):
    return f"/lam-viec/{cast.council.slug}/"


@pytest.fixture
def clerk(cast, client):
    client.force_login(cast.user["clerk"])
    return client


@pytest.fixture
def admin(cast, client):
    client.force_login(cast.user["admin"])
    return client


def words(response, status=200):
    assert response.status_code == status
    return response.content.decode()


PERSON = {
    "honorific": "ba", "full_name": "Lê Thị Hoa", "family_name": "", "middle_name": "",
    "given_name": "", "occupation": "Giám đốc", "email": "", "born_on": "",
}  # fmt: skip


def test_the_list_counts_delegates_and_finds_without_diacritics(clerk, work):
    page = words(clerk.get(f"{work}nhan-su/"))
    assert "35" in page
    assert "ông Nguyễn Văn Thử An" in page
    found = words(clerk.get(f"{work}nhan-su/", {"q": "thu duc"}))
    assert "Thử Đức" in found
    assert "Thử An<" not in found


@pytest.mark.parametrize("asked", ["'; --", "%", "\x01\x02", "a" * 3000, "𝒳", "\u202e"])
def test_any_search_gets_a_page(clerk, work, asked):
    assert clerk.get(f"{work}nhan-su/", {"q": asked}).status_code == 200


@pytest.mark.parametrize("page", ["2", "0", "-1", "1e99", "9" * 30, "x", "", "٣"])
def test_any_page_number_gets_a_page(clerk, work, page):
    assert clerk.get(f"{work}nhan-su/", {"page": page}).status_code == 200


def test_a_person_is_added_and_shown(clerk, work):
    response = clerk.post(f"{work}nhan-su/them/", PERSON, follow=True)
    assert "Đã thêm Lê Thị Hoa" in words(response)
    assert "bà Lê Thị Hoa" in words(response)


@pytest.mark.parametrize(
    "changes",
    [
        {"full_name": ""},
        {"full_name": "Lê\x00Hoa"},
        {"full_name": "Lê \u202eHoa"},
        {"full_name": "Lê " * 60},
        {"honorific": "bác"},
        {"email": "không phải thư"},
        {"born_on": "10000-01-01"},
        {"born_on": "31/02/1975"},
    ],
)
def test_a_bad_field_keeps_what_was_typed_and_writes_nothing(clerk, work, changes):
    before = Person.objects.count()
    page = words(clerk.post(f"{work}nhan-su/them/", {**PERSON, **changes}))
    assert "invalid-feedback" in page or "alert" in page
    assert 'value="Giám đốc"' in page
    assert Person.objects.count() == before


def test_a_stale_form_shows_both_versions_and_saves_on_the_second_click(cast, clerk, work):
    person = cast.people[20]
    address = f"{work}nhan-su/{person.pk}/sua/"
    opened = clerk.get(address).context["form"].initial["version"]
    mine = {**PERSON, "full_name": person.full_name, "honorific": person.honorific}
    first = clerk.post(address, {**mine, "occupation": "Của người khác", "version": opened})
    assert first.status_code == 302
    page = words(clerk.post(address, {**mine, "occupation": "Của tôi", "version": opened}))
    assert "Người khác vừa lưu" in page
    assert "Của người khác" in page
    assert 'value="Của tôi"' in page
    person.refresh_from_db()
    assert person.occupation == "Của người khác"
    assert f'name="version" value="{person.version}"' in page
    again = clerk.post(address, {**mine, "occupation": "Của tôi", "version": str(person.version)})
    assert again.status_code == 302
    person.refresh_from_db()
    assert person.occupation == "Của tôi"


def test_a_seat_is_given_ended_and_refused_beside_its_field(cast, clerk, work):
    newcomer = cast.people[-1]
    address = f"{work}nhan-su/{newcomer.pk}/tu-cach/"
    outside = words(clerk.post(address, {"term": cast.term.pk, "starts_on": "2020-01-01"}))
    assert "nhiệm kỳ" in outside
    assert not newcomer.mandates.exists()
    given = clerk.post(address, {"term": cast.term.pk, "starts_on": "2026-06-01"}, follow=True)
    assert "Đã ghi tư cách đại biểu" in words(given)
    twice = words(clerk.post(address, {"term": cast.term.pk, "starts_on": "2026-06-02"}))
    assert "đã là đại biểu" in twice
    seat = newcomer.mandates.get()
    end = f"{work}tu-cach/{seat.pk}/thoi/"
    assert "period" not in words(clerk.post(end, {"ends_on": "2026-01-01", "reason": "convicted"}))
    assert Mandate.objects.get(pk=seat.pk).ends_on is None
    ended = clerk.post(end, {"ends_on": "2026-07-01", "reason": "convicted"}, follow=True)
    assert "Đã ghi thôi làm đại biểu" in words(ended)


def test_a_suspension_is_written_once(cast, clerk, work):
    address = f"{work}tu-cach/{cast.mandates[3].pk}/dinh-chi/"
    data = {"starts_on": "2026-06-01", "reason": "Quyết định khởi tố"}
    assert "tạm đình chỉ" in words(clerk.post(address, data, follow=True)).lower()
    assert "đang bị tạm đình chỉ" in words(clerk.post(address, data))


def test_a_second_chair_is_refused_with_the_holders_name(cast, clerk, work):
    data = {
        "office": cast.offices["council_chair"].pk, "person": cast.people[20].pk,
        "term": cast.term.pk, "basis": "elected", "starts_on": "2026-06-01",
    }  # fmt: skip
    page = words(clerk.post(f"{work}chuc-vu/nguoi-giu/", data))
    assert cast.people[0].full_name in page
    assert cast.offices["council_chair"].tenures.count() == 1


def test_offices_are_listed_added_and_left(cast, clerk, work):
    tenure = cast.tenures["pc_vice_chair"]
    page = words(clerk.get(f"{work}chuc-vu/"))
    assert "Phó Chủ tịch Ủy ban nhân dân" in page
    data = {"kind": "pc_member", "title": "Ủy viên mới", "seats": 1, "position": 9}
    assert clerk.post(f"{work}chuc-vu/them/", data).status_code == 302
    assert "đã có chức vụ này" in words(clerk.post(f"{work}chuc-vu/them/", data))
    assert Office.objects.filter(title="Ủy viên mới").count() == 1
    end = f"{work}chuc-vu/nguoi-giu/{tenure.pk}/thoi/"
    assert tenure.person.full_name in words(clerk.get(end))
    clerk.post(end, {"ends_on": "2026-06-30", "reason": "retired"})
    assert "nghỉ hưu" in words(clerk.get(f"{work}chuc-vu/"))
    assert "nghỉ hưu" in words(clerk.get(f"{work}nhan-su/{tenure.person_id}/"))


def test_the_approval_goes_its_three_steps(cast, clerk, work):
    tenure = cast.tenures["pc_chair"]
    tenure.approval, tenure.approver = "to_send", "Thủ tướng Chính phủ"
    tenure.save()
    address = f"{work}chuc-vu/nguoi-giu/{tenure.pk}/phe-chuan/"
    assert "Ngày gửi phê chuẩn" in words(clerk.get(address))
    early = words(clerk.post(address, {"sent_on": "2026-03-01"}))
    assert "trước ngày bầu" in early
    clerk.post(address, {"sent_on": "2026-03-27"})
    waiting = words(clerk.get(address))
    assert "chưa tính" in waiting
    assert "Ngày nhận" in waiting
    assert "trước ngày gửi" in words(clerk.post(address, {"received_on": "2026-03-26"}))
    clerk.post(address, {"received_on": "2026-03-30"})
    assert "13/04/2026" in words(clerk.get(address))
    data = {"verdict": "approved", "decided_on": "2026-04-02", "decision": "1/QĐ-TTg"}
    assert clerk.post(address, data).status_code == 302
    assert "1/QĐ-TTg" in words(clerk.get(address))


def test_the_frame_of_the_council(cast, admin, work):
    page = words(admin.get(f"{work}co-cau/"))
    assert "Khóa XX" in page
    term = {
        "number": 21, "label": "2031-2036", "starts_on": "2031-03-20", "ends_on": "2036-03-19",
        "statutory_delegates": 35,
    }  # fmt: skip
    early = {**term, "starts_on": "2030-01-01"}
    assert "trùng với nhiệm kỳ" in words(admin.post(f"{work}co-cau/nhiem-ky/", early))
    assert admin.post(f"{work}co-cau/nhiem-ky/", term).status_code == 302
    assert Term.objects.filter(label="2031-2036").exists()
    group = f"{work}co-cau/nhiem-ky/{cast.term.pk}/to/"
    assert admin.post(group, {"number": 6, "name": "Tổ đại biểu số 6"}).status_code == 302
    assert "mang số này" in words(admin.post(group, {"number": 6, "name": "Lần nữa"}))
    committee = f"{work}co-cau/nhiem-ky/{cast.term.pk}/ban/"
    assert admin.post(committee, {"name": "Ban Dân tộc"}).status_code == 302


def test_accounts_are_made_given_roles_and_lose_them(cast, admin, work):
    account = {
        "username": "moi", "full_name": "Người Mới", "email": "", "password": "mot hai  ba bon nam",
        "kinds": ["clerk"], "person": "",
    }  # fmt: skip
    weak = words(admin.post(f"{work}tai-khoan/them/", {**account, "password": "ngan"}))
    assert "Mật khẩu chưa đủ mạnh" in weak
    assert "ngan" not in weak.replace("ngang", "")
    assert admin.post(f"{work}tai-khoan/them/", account).status_code == 302
    user = User.objects.get(username="moi")
    assert user.check_password("mot hai  ba bon nam"), "blanks of a password are kept"
    grant = {"username": "moi", "kind": "delegate", "person": ""}
    assert "Chọn đại biểu" in words(admin.post(f"{work}tai-khoan/vai-tro/", grant))
    nobody = {**grant, "username": "không-ai"}
    assert "Không có tài khoản" in words(admin.post(f"{work}tai-khoan/vai-tro/", nobody))
    role = user.roles.get()
    admin.post(f"{work}tai-khoan/vai-tro/{role.pk}/thu-hoi/")
    assert Role.objects.get(pk=role.pk).revoked_at
    own = cast.user["admin"].roles.get()
    told = admin.post(f"{work}tai-khoan/vai-tro/{own.pk}/thu-hoi/", follow=True)
    assert "Không thể tự thu hồi" in words(told)


def test_the_log_and_the_permission_table_are_pages(cast, client, work):
    client.force_login(cast.user["clerk"])
    client.post(f"{work}nhan-su/them/", PERSON)
    assert client.get(f"{work}nhat-ky/").status_code == 403
    client.force_login(cast.user["approver"])
    assert "person.add" in words(client.get(f"{work}nhat-ky/"))
    assert "resolution.sign" in words(client.get("/lam-viec/mau/quyen/"))
    assert "Trang mẫu giao diện" in words(client.get("/lam-viec/mau/"))


def test_a_council_is_founded_by_the_installations_administrator_only(cast, admin):
    data = {
        "slug": "xa-moi", "unit_kind": "xa", "unit_name": "Mới", "level": "commune", "seat": "Mới",
        "existed_from": "2025-07-01",
    }  # fmt: skip
    assert admin.post("/lam-viec/hoi-dong-moi/", data).status_code == 403
    User.objects.filter(username="admin").update(is_superuser=True)
    reserved = words(admin.post("/lam-viec/hoi-dong-moi/", {**data, "slug": "mau"}))
    assert "Địa chỉ này hệ thống đã dùng" in reserved
    made = admin.post("/lam-viec/hoi-dong-moi/", data)
    assert made.url == "/lam-viec/xa-moi/co-cau/"
    assert admin.get(made.url).status_code == 200

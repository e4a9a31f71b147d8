"""Signing in and out, and the lock after many wrong passwords."""

import pytest
from django.conf import settings

from council.models import User
from tests.cast import PASSWORD

LOGIN = "/dang-nhap/"
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng"


def sign_in(client, username="clerk", password=PASSWORD, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def test_the_right_password_leads_to_the_first_screen(cast, client):
    response = sign_in(client)
    assert response.status_code == 302
    assert response.url == "/lam-viec/"
    landed = client.get("/lam-viec/")
    assert landed.url == f"/lam-viec/{cast.council.slug}/"


@pytest.mark.parametrize(("name", "word"), [("clerk", "sai"), ("ai-do", PASSWORD), ("", "")])
def test_a_wrong_password_gets_a_sentence_and_keeps_the_name(cast, client, name, word):
    response = sign_in(client, name, word)
    assert response.status_code == 200
    if name:
        assert WRONG in response.content.decode()
        assert f'value="{name}"' in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_unknown_name_is_told_the_same_as_a_wrong_password(cast, client):
    unknown, wrong = sign_in(client, "ai-do", "x"), sign_in(client, "clerk", "x")
    assert WRONG in unknown.content.decode()
    assert WRONG in wrong.content.decode()


def test_an_inactive_account_stays_outside(cast, client):
    User.objects.filter(username="clerk").update(is_active=False)
    assert sign_in(client).status_code == 200
    assert "_auth_user_id" not in client.session


def test_many_wrong_passwords_lock_the_door_for_a_while(cast, client):
    for _n in range(settings.AXES_FAILURE_LIMIT):
        response = sign_in(client, password="sai")
    assert response.status_code == 429
    assert "Tạm khóa đăng nhập" in response.content.decode()
    assert sign_in(client).status_code == 429, "not even with the right one"
    assert sign_in(client, "clerk2").status_code == 302, "others are not locked"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_login_leads_to_no_other_site(cast, client, target):
    assert sign_in(client, next=target).url == "/lam-viec/"


def test_login_leads_back_to_where_one_wanted_to_go(cast, client):
    wanted = f"/lam-viec/{cast.council.slug}/nhan-su/"
    assert client.get(wanted).url == f"{LOGIN}?next={wanted}"
    page = client.get(LOGIN, {"next": wanted})
    assert f'name="next" value="{wanted}"' in page.content.decode()
    assert sign_in(client, next=wanted).url == wanted


def test_names_with_nul_or_a_megabyte_are_no_error_of_ours(cast, client):
    assert sign_in(client, "cl\x00erk").status_code == 200
    assert sign_in(client, "c" * 1_000_000, "p" * 1_000_000).status_code == 200


def test_signing_out_ends_the_session_and_is_a_post(cast, client):
    client.force_login(cast.user["clerk"])
    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/").status_code == 302
    assert client.get("/lam-viec/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_demo_accounts_are_listed_only_where_they_exist(cast, client):
    assert "nghitruong</code>" not in client.get(LOGIN).content.decode()
    User.objects.create_user("thuky", full_name="Đỗ Thị Thư Ký")
    page = client.get(LOGIN).content.decode()
    assert "Đỗ Thị Thư Ký" in page


def test_a_form_from_elsewhere_is_refused_with_a_sentence(cast):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    response = sign_in(strict)
    assert response.status_code == 403
    assert "Biểu mẫu đã hết hạn" in response.content.decode()

"""Error pages: in Vietnamese, without a word about the machine, without a database if need be."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client, RequestFactory

from council.views import errors

SECRETS = ("Traceback", "SECRET", "sqlite", "/council/", "django", "DoesNotExist")


@pytest.fixture
def request_of_somebody(rf: RequestFactory) -> HttpRequest:
    return rf.get("/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [("/khong/co/trang/nay/", 404), ("/?q=%00", 400), ("/?q=%ff", 400), ("/%00/", 400)],
)
def test_a_wrong_address_gets_a_page_of_ours(client: Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    page = response.content.decode()
    assert 'lang="vi"' in page
    assert "<h1>" in page
    assert not [word for word in SECRETS if word in page]


def test_a_gates_own_sentence_is_shown(request_of_somebody: HttpRequest) -> None:
    response = errors.forbidden(request_of_somebody, PermissionDenied("Chỉ chủ tọa được ký."))
    assert response.status_code == 403
    assert "Chỉ chủ tọa được ký." in response.content.decode()


def test_other_exceptions_keep_their_words_to_themselves(request_of_somebody: HttpRequest) -> None:
    response = errors.not_found(request_of_somebody, LookupError("secret-42"))
    assert "secret-42" not in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_says_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/dang-nhap/", {"username": "a"})
    assert response.status_code == 403
    assert "tải lại trang" in response.content.decode()


def test_a_page_that_cannot_be_dressed_is_bare(
    request_of_somebody: HttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(errors, "page", broken)
    response = errors.server_error(request_of_somebody)
    assert response.status_code == 500
    assert "<h1>Hệ thống gặp lỗi</h1>" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"

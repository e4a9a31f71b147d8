"""The first screen of each role, and where each lands."""

import pytest

from council.models import Role
from council.services import jobs
from tests.cast import GRANTED


@pytest.fixture
def home(cast):
    return f"/lam-viec/{cast.council.slug}/"


@pytest.mark.parametrize("who", ["clerk", "approver", "chair", "admin"])
def test_who_works_here_lands_on_the_work_page(cast, client, home, who):
    client.force_login(cast.user[who])
    assert client.get("/lam-viec/").url == home
    page = client.get(home)
    assert page.status_code == 200
    assert "Việc tiếp theo" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"


def test_a_plain_delegate_lands_on_the_phone_page(cast, client):
    client.force_login(cast.user["delegate"])
    assert client.get("/lam-viec/").url == f"/lam-viec/{cast.council.slug}/dai-bieu/"


def test_who_works_in_two_councils_chooses(cast, client):
    clerk = cast.user["clerk"]
    Role.objects.create(user=clerk, council=cast.other_council, kind="delegate", granted_at=GRANTED)
    client.force_login(clerk)
    page = client.get("/lam-viec/").content.decode()
    assert f'href="/lam-viec/{cast.council.slug}/"' in page
    assert f'href="/lam-viec/{cast.other_council.slug}/dai-bieu/"' in page


def test_an_account_without_a_role_is_told_whom_to_ask(cast, client):
    Role.objects.filter(user=cast.user["clerk"]).delete()
    client.force_login(cast.user["clerk"])
    assert "chưa có vai trò" in client.get("/lam-viec/").content.decode()


def test_background_work_is_shown_until_it_was_seen(cast, client, home):
    clerk = cast.user["clerk"]
    job = jobs.enqueue(
        "portal.purge", key="k", title="Tạo tệp PDF", args=["x"], council=cast.council, by=clerk
    )
    client.force_login(clerk)
    assert "Tạo tệp PDF" in client.get(home).content.decode()
    part = client.get(home, headers={"HX-Request": "true"}).content.decode()
    assert "Tạo tệp PDF" in part
    assert "<html" not in part
    detail = f"{home}viec/{job.pk}/"
    assert "Có thể rời trang này" in client.get(detail).content.decode()
    jobs.perform(job.pk, lambda _job: None)
    assert "xong" in client.get(detail).content.decode()
    assert client.post(f"{home}viec-da-xem/").status_code == 302
    assert "Tạo tệp PDF" not in client.get(home).content.decode()


def test_a_failed_job_says_why(cast, client, home):
    from council.rules.refusals import Refusal

    clerk = cast.user["clerk"]
    job = jobs.enqueue("portal.purge", key="k", title="Việc", council=cast.council, by=clerk)

    def refuse(_job):
        raise Refusal("a.b", "Thiếu phông chữ.")

    jobs.perform(job.pk, refuse)
    client.force_login(clerk)
    assert "Thiếu phông chữ." in client.get(home).content.decode()
    assert "Thiếu phông chữ." in client.get(f"{home}viec/{job.pk}/").content.decode()

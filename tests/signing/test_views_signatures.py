"""The pages of signing: what is shown to whom, and what a wrong entry looks like."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from council.services import jobs
from resolutions.models import Resolution, SigningCertificate, TrustedRoot
from resolutions.services import electronic
from resolutions.signing.sign import Part
from tests.signing.stage import (
    PASSPHRASE,
    authority,
    issued,
    ready,
    two_administrators,
)
from tests.signing.test_services_electronic import signed_outside

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db):
    return ready()


def client_of(stage, who: str) -> Client:
    client = Client()
    client.force_login(stage.user[who])
    return client


def address(resolution: Resolution, name: str, **kwargs: str) -> str:
    return reverse(
        f"resolutions:{name}", args=[resolution.council.slug, resolution.pk, *kwargs.values()]
    )


def key_file(name: str) -> dict[str, object]:
    file = SimpleUploadedFile("khoa.p12", issued(name).pkcs12(PASSPHRASE))
    return {"way": "tep-khoa", "key_file": file, "passphrase": PASSPHRASE}


def test_from_the_chairs_page_to_the_published_file(scene) -> None:
    stage, resolution = scene
    chair, clerk = client_of(stage, "chair"), client_of(stage, "clerk")
    page = chair.get(address(resolution, "resolution-detail")).content.decode()
    assert address(resolution, "resolution-sign-electronic") in page
    answer = chair.post(address(resolution, "resolution-sign-electronic"), key_file("Chủ tịch"))
    assert answer.status_code == 302
    page = chair.get(address(resolution, "resolution-detail")).content.decode()
    assert "đang chờ văn thư đóng dấu" in page
    page = clerk.get(address(resolution, "resolution-detail")).content.decode()
    assert address(resolution, "resolution-seal") in page
    answer = clerk.post(address(resolution, "resolution-seal"), key_file("Con dấu"))
    assert answer.status_code == 302
    jobs.run_due()
    assert Resolution.objects.get(pk=resolution.pk).state == "published"


def test_a_wrong_passphrase_stands_beside_the_file_and_is_not_sent_back(scene) -> None:
    stage, resolution = scene
    data = key_file("Chủ tịch") | {"passphrase": "nhầm-rồi"}
    page = client_of(stage, "chair").post(address(resolution, "resolution-sign-electronic"), data)
    assert page.status_code == 200
    assert "Không mở được tệp khóa ký" in page.content.decode()
    assert "nhầm-rồi" not in page.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"way": "khac"},
        {"way": "tep-khoa"},
        {"way": "tep-khoa", "passphrase": "x"},
        {"way": "thiet-bi", "pin": "123456"},
        {"way": "tai-len"},
        {"way": ["tai-len", "tep-khoa"]},
    ],
)
def test_half_filled_forms_come_back(scene, data) -> None:
    stage, resolution = scene
    page = client_of(stage, "chair").post(address(resolution, "resolution-sign-electronic"), data)
    assert page.status_code == 200
    assert Resolution.objects.get(pk=resolution.pk).state == "approved"


def test_a_key_file_that_is_far_too_big_is_refused_unread(scene) -> None:
    stage, resolution = scene
    big = SimpleUploadedFile("khoa.p12", b"0" * 300_000)
    data = {"way": "tep-khoa", "key_file": big, "passphrase": "x"}
    page = client_of(stage, "chair").post(address(resolution, "resolution-sign-electronic"), data)
    assert "không phải tệp cần chọn" in page.content.decode()


def test_downloaded_signed_and_uploaded(scene) -> None:
    stage, resolution = scene
    chair = client_of(stage, "chair")
    copy = chair.get(address(resolution, "resolution-to-sign", part="person"))
    assert copy["Content-Type"] == "application/pdf"
    assert copy.content == electronic.to_sign(resolution, part="person")
    file = SimpleUploadedFile("da-ky.pdf", signed_outside(scene, "Chủ tịch", Part.PERSON))
    data = {"way": "tai-len", "signed_file": file}
    answer = chair.post(address(resolution, "resolution-sign-electronic"), data)
    assert answer.status_code == 302
    assert Resolution.objects.get(pk=resolution.pk).state == "signed"


def test_the_seals_page_says_why_it_cannot_yet(scene) -> None:
    stage, resolution = scene
    page = client_of(stage, "clerk").get(address(resolution, "resolution-seal")).content.decode()
    assert "con dấu chỉ đóng sau chữ ký" in page
    assert 'type="file"' not in page


# --- certificates --------------------------------------------------------------------------------


def test_an_administrator_registers_and_ends_a_certificate(scene) -> None:
    stage, _resolution = scene
    slug = stage.cast.council.slug
    one, _other = two_administrators(stage.cast.council)
    admin = Client()
    admin.force_login(one)
    data = {"file": SimpleUploadedFile("moi.cer", issued("Mới").der), "seal_mm": 36}
    assert admin.post(reverse("resolutions:certificate-add", args=[slug]), data).status_code == 302
    row = SigningCertificate.objects.get(subject="Mới")
    page = admin.get(reverse("resolutions:certificate-list", args=[slug])).content.decode()
    assert "Mới" in page
    admin.post(reverse("resolutions:certificate-end", args=[slug, row.pk]))
    row.refresh_from_db()
    assert row.ended_at
    bad = {"file": SimpleUploadedFile("x.cer", b"khong phai"), "seal_mm": 36}
    refused = admin.post(reverse("resolutions:certificate-add", args=[slug]), bad)
    assert "không phải chứng thư số" in refused.content.decode()


def test_two_administrators_trust_an_issuer(scene) -> None:
    stage, _resolution = scene
    one, other = two_administrators(stage.cast.council)
    root = TrustedRoot.objects.get()
    pages = Client(), Client()
    pages[0].force_login(one)
    pages[1].force_login(other)
    pages[0].post(reverse("resolutions:root-end", args=[root.pk]))
    data = {"file": SimpleUploadedFile("goc.cer", authority().der)}
    assert pages[0].post(reverse("resolutions:root-list"), data).status_code == 302
    new = TrustedRoot.objects.get(ended_at=None)
    pages[0].post(reverse("resolutions:root-approve", args=[new.pk]))
    assert not TrustedRoot.objects.filter(pk=new.pk, approved_at__isnull=False).exists()
    pages[1].post(reverse("resolutions:root-approve", args=[new.pk]))
    assert TrustedRoot.objects.filter(pk=new.pk, approved_at__isnull=False).exists()
    crl = {"file": SimpleUploadedFile("x.crl", b"khong")}
    page = pages[0].post(reverse("resolutions:root-crl", args=[new.pk]), crl, follow=True)
    assert "không phải danh sách thu hồi" in page.content.decode()
    clerk = client_of(stage, "clerk")
    assert clerk.get(reverse("resolutions:root-list")).status_code == 403

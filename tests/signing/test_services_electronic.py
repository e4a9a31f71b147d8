"""Signing and sealing end to end: who, when, with what, and every no as a sentence."""

import hashlib
import logging
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from council.models import AuditEntry
from council.rules.refusals import Refusal
from council.services import jobs, regulation
from resolutions.models import Resolution, SignedFile
from resolutions.queries import signing as queries
from resolutions.queries.work import work_for
from resolutions.services import (
    attempts,
    certificates,
    electronic,
    integrity,
    signed_files,
    signing,
)
from resolutions.signing import appearance, judge, places, sign, signers, verify
from resolutions.signing.sign import Order, Part
from tests.cast import PASSWORD
from tests.signing.stage import (
    PASSPHRASE,
    authority,
    issued,
    key_of,
    ready,
    registered,
    soon,
    stamp_server,
    two_administrators,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db):
    return ready()


def refused(code: str, call, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(**kwargs)
    assert caught.value.code == code, str(caught.value)
    return caught.value


def chair_signs(scene, **changes) -> Resolution:
    stage, resolution = scene
    values = {"part": "person", "by": stage.user["chair"], **key_of("Chủ tịch")} | changes
    return electronic.with_pkcs12(resolution, **values)


def clerk_seals(scene, **changes) -> Resolution:
    stage, resolution = scene
    values = {"part": "council", "by": stage.user["clerk"], **key_of("Con dấu")} | changes
    return electronic.with_pkcs12(resolution, **values)


def test_chair_signs_clerk_seals_and_the_same_bytes_are_published(scene) -> None:
    stage, resolution = scene
    copy = signed_files.bytes_of(signed_files.copy_of(resolution))
    signed = chair_signs(scene)
    assert signed.state == "signed"
    assert signed.signature.method == "pkcs12"
    assert queries.awaits_seal(signed)
    jobs.run_due()
    assert Resolution.objects.get(pk=resolution.pk).state == "signed", "it waits for the seal"
    clerk_seals(scene)
    jobs.run_due()
    published = Resolution.objects.get(pk=resolution.pk)
    assert published.state == "published"
    with published.publication.pdf.open("rb") as stored:
        pdf = stored.read()
    assert hashlib.sha256(pdf).hexdigest() == published.publication.pdf_sha256
    person, council = queries.signed_files(published)
    assert pdf.startswith(copy)
    assert pdf.startswith(signed_files.bytes_of(council))
    assert signed_files.bytes_of(council).startswith(signed_files.bytes_of(person))
    report = verify.verify(pdf, trust=queries.trust(), moment=timezone.now())
    assert judge.judge(pdf, report, queries.expected(published, copy, is_sealed=True)) == ()
    assert list(integrity.verify()) == []
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"resolution.sign", "resolution.seal", "root.approve", "certificate.register"} <= verbs
    assert stage.user["clerk"] == council.signed_by


def test_the_first_screen_says_who_seals_what_the_chair_has_signed(scene) -> None:
    stage, resolution = scene

    def waiting(name: str, role: str) -> tuple[list[str], list[str]]:
        work = work_for(
            stage.cast.council, stage.user[name], frozenset({role}), timezone.localdate()
        )
        return [one.action for one in work.mine], [one.action for one in work.others]

    assert waiting("chair", "chair") == (["Đọc và ký"], [])
    chair_signs(scene)
    assert waiting("clerk", "clerk") == (["Đóng dấu"], [])
    assert waiting("approver", "approver") == (["Đóng dấu"], [])
    assert waiting("chair", "chair") == ([], ["Đóng dấu"])
    clerk_seals(scene)
    assert waiting("clerk", "clerk") == ([], [])
    jobs.run_due()
    assert Resolution.objects.get(pk=resolution.pk).state == "published"
    assert waiting("clerk", "clerk") == ([], [])


def test_neither_passphrase_nor_key_is_written_anywhere(scene, caplog) -> None:
    with caplog.at_level(logging.DEBUG):
        chair_signs(scene)
        with pytest.raises(Refusal):
            clerk_seals(scene, passphrase="nhầm-nhầm-nhầm")
    log = "".join(AuditEntry.objects.values_list("payload", flat=True)) + caplog.text
    for secret in (PASSPHRASE, "nhầm-nhầm-nhầm", "BEGIN", "passphrase"):
        assert secret not in log


def test_the_seal_comes_after_the_chair(scene) -> None:
    refusal = refused("seal.not_signed", clerk_seals, scene=scene)
    assert "30/2020" in refusal.cites
    chair_signs(scene)
    clerk_seals(scene)
    refused("seal.done", clerk_seals, scene=scene)


def test_only_the_chair_signs_and_only_the_office_seals(scene) -> None:
    stage, _resolution = scene
    refused("access.denied", chair_signs, scene=scene, by=stage.user["clerk"])
    chair_signs(scene)
    refused("access.denied", clerk_seals, scene=scene, by=stage.user["chair"])


@pytest.mark.parametrize("name", ["Người khác", "Con dấu"])
def test_a_certificate_that_is_not_the_signatorys_is_refused(scene, name: str) -> None:
    refusal = refused("sign.unknown_certificate", chair_signs, scene=scene, **key_of(name))
    assert scene[1].signatory_name in str(refusal)
    assert SignedFile.objects.count() == 0
    chair_signs(scene)  # nothing is lost
    refused("sign.unknown_certificate", clerk_seals, scene=scene, **key_of("Chủ tịch"))


def test_an_expired_certificate_is_a_sentence(scene) -> None:
    stage, _resolution = scene
    old = authority().issue("Hết hạn", ends=timezone.now() - timedelta(days=1))
    registered(stage, "Hết hạn", data=old.der)
    key = {"key_file": old.pkcs12("x"), "passphrase": "x"}
    refusal = refused("sign.certificate_expired", chair_signs, scene=scene, **key)
    assert "Hết hạn" in str(refusal)


def test_an_ended_certificate_signs_no_more(scene) -> None:
    stage, resolution = scene
    row = queries.of_signatory(resolution).get()
    certificates.end(row, by=two_administrators(stage.cast.council)[0])
    refused("sign.unknown_certificate", chair_signs, scene=scene)


def test_an_untrusted_issuer_is_a_sentence(scene) -> None:
    stage, _resolution = scene
    for root in queries.TrustedRoot.objects.all():
        certificates.end_root(root, by=two_administrators(stage.cast.council)[0])
    refusal = refused("sign.not_accepted", chair_signs, scene=scene)
    assert "không do tổ chức được hệ thống tin cậy cấp" in str(refusal)


def test_a_revoked_certificate_is_a_sentence(scene) -> None:
    stage, _resolution = scene
    serial = issued("Chủ tịch").certificate.serial_number
    now = timezone.now()
    crl = authority().revocation_list({serial: now - timedelta(hours=1)}, at=now)
    root = queries.TrustedRoot.objects.get()
    certificates.set_revocation_list(root, crl, by=two_administrators(stage.cast.council)[0])
    refusal = refused("sign.not_accepted", chair_signs, scene=scene)
    assert "bị thu hồi" in str(refusal)


def test_five_wrong_passphrases_are_enough(scene) -> None:
    for _ in range(attempts.FAILURES_MAX):
        refused("sign.bad_key_file", chair_signs, scene=scene, passphrase="nhầm")
    refused("sign.too_many_failures", chair_signs, scene=scene)
    cache.clear()
    assert chair_signs(scene).state == "signed"


def test_a_server_that_does_not_answer_loses_nothing(scene, settings) -> None:
    settings.TSA_URL, settings.TSA_SECONDS = "http://127.0.0.1:9/", 0.5
    refused("sign.timestamp_silent", chair_signs, scene=scene)
    assert Resolution.objects.get(pk=scene[1].pk).state == "approved"
    settings.TSA_URL = ""
    assert chair_signs(scene).state == "signed"


def test_a_time_stamp_is_noted(scene, monkeypatch) -> None:
    monkeypatch.setattr(
        signed_files, "timestamper", lambda: stamp_server().timestamper(at=timezone.now())
    )
    chair_signs(scene)
    assert SignedFile.objects.get().is_stamped


# --- signing outside -----------------------------------------------------------------------------


def signed_outside(scene, name: str, part: Part, *, change=None) -> bytes:
    """What a tool of the signer's own makes of the downloaded file."""
    _stage, resolution = scene
    pdf = electronic.to_sign(resolution, part="person" if part is Part.PERSON else "council")
    pdf = change(pdf) if change else pdf
    block = places.find_block(pdf, post="CHỦ TỊCH", name=resolution.signatory_name)
    now = timezone.now()
    shown = (
        appearance.of_person(block, name=name, moment=now, png=None)
        if part is Part.PERSON
        else appearance.of_council(block, name=name, moment=now, png=None, seal_mm=36)
    )
    signer = signers.from_pkcs12(data=issued(name).pkcs12("x"), passphrase="x")
    return sign.sign(pdf, Order(part, shown, now), signer=signer)


def uploads(scene, data: bytes, *, part: str = "person") -> Resolution:
    stage, resolution = scene
    by = stage.user["chair" if part == "person" else "clerk"]
    return electronic.outside(resolution, part=part, data=data, by=by)


def test_a_file_signed_outside_is_taken_back(scene) -> None:
    uploads(scene, signed_outside(scene, "Chủ tịch", Part.PERSON))
    uploads(scene, signed_outside(scene, "Con dấu", Part.COUNCIL), part="council")
    jobs.run_due()
    assert Resolution.objects.get(pk=scene[1].pk).state == "published"
    assert {row.method for row in SignedFile.objects.all()} == {"upload"}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda _scene: b"", "không phải là bản trình ký"),
        (lambda _scene: b"%PDF-1.7 khac", "không phải là bản trình ký"),
        (lambda scene: electronic.to_sign(scene[1], part="person"), "không có chữ ký số nào"),
        (
            lambda scene: signed_outside(scene, "Người khác", Part.PERSON),
            "không phải người có thẩm quyền",
        ),
        (
            lambda scene: signed_outside(scene, "Chủ tịch", Part.PERSON) + b"% them",
            "không bao trùm toàn bộ",
        ),
        (
            lambda scene: signed_outside(scene, "Chủ tịch", Part.PERSON)[:-50],
            "không đọc được",
        ),
    ],
)
def test_a_wrong_upload_is_a_sentence_and_nothing_is_kept(scene, make, words: str) -> None:
    refusal = refused("sign.not_accepted", uploads, scene=scene, data=make(scene))
    assert words in str(refusal)
    assert SignedFile.objects.count() == 0
    assert Resolution.objects.get(pk=scene[1].pk).state == "approved"


def test_an_upload_that_is_far_too_big_is_refused_unread(scene) -> None:
    data = electronic.to_sign(scene[1], part="person") + b"\0" * (4 * 1024 * 1024)
    refused("sign.too_big", uploads, scene=scene, data=data)


# --- on paper ------------------------------------------------------------------------------------


def test_the_password_signs_only_where_the_council_signs_on_paper(scene) -> None:
    stage, resolution = scene
    regulation.set_regulation(
        stage.cast.council, key="paper_signature", value="0",
        effective_from=timezone.localdate(), source="Điều 40", by=stage.user["clerk"],
    )  # fmt: skip
    by = stage.user["chair"]
    refused("sign.not_on_paper", signing.sign, resolution=resolution, password=PASSWORD, by=by)
    assert chair_signs(scene).state == "signed"


# --- what the database itself holds --------------------------------------------------------------


def test_a_signed_file_never_changes(scene) -> None:
    chair_signs(scene)
    for change in (
        lambda: SignedFile.objects.update(sha256="0" * 64),
        lambda: SignedFile.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_changed_file_is_found(scene) -> None:
    chair_signs(scene)
    row = SignedFile.objects.get()
    row.file.storage.delete(row.file.name)
    assert "signed_file_changed" in {one.code for one in integrity.verify()}


# --- certificates --------------------------------------------------------------------------------


def test_nobody_trusts_an_issuer_alone(scene) -> None:
    stage, _resolution = scene
    one, other = two_administrators(stage.cast.council)
    certificates.end_root(queries.TrustedRoot.objects.get(), by=one)
    root = certificates.propose_root(authority().der, is_for_timestamps=False, by=one)
    refused("root.own", certificates.approve_root, root=root, by=one)
    assert queries.trust().roots == ()
    certificates.approve_root(root, by=other)
    assert queries.trust().roots == (authority().der,)
    certificates.end_root(root, by=one)
    refused("root.ended", certificates.approve_root, root=root, by=other)


def test_who_is_no_administrator_enters_no_certificate(scene) -> None:
    stage, _resolution = scene
    clerk = stage.user["clerk"]
    refused(
        "access.not_administrator", certificates.propose_root, data=authority().der,
        is_for_timestamps=False, by=clerk,
    )  # fmt: skip
    refused(
        "access.denied", certificates.register, council=stage.cast.council,
        data=issued("Người khác").der, person=None, picture=b"", seal_mm=36, key_label="", by=clerk,
    )  # fmt: skip


def test_what_is_entered_must_fit(scene) -> None:
    stage, _resolution = scene
    one, _other = two_administrators(stage.cast.council)
    leaf, root = issued("Người khác").der, authority().der
    refused(
        "certificate.not_an_issuer", certificates.propose_root, data=leaf,
        is_for_timestamps=True, by=one,
    )  # fmt: skip
    values = {"person": None, "picture": b"", "seal_mm": 36, "key_label": "", "by": one}
    council = stage.cast.council
    refused("certificate.is_an_issuer", certificates.register, council=council, data=root, **values)
    bad = values | {"picture": b"GIF89a"}
    refused("sign.bad_picture", certificates.register, council=council, data=leaf, **bad)
    refused(
        "crl.not_the_issuers", certificates.set_revocation_list,
        root=queries.TrustedRoot.objects.get(), data=b"khong", by=one,
    )  # fmt: skip
    assert soon() > timezone.now()

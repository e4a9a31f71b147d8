"""Signing electronically: the person first, then the council; with a key file, a token, or outside.

The signature is made and judged before the transaction that keeps it, so that no lock waits for a
time-stamp server; the transaction then looks again whether everything still stands.

Source: Decree 30/2020/NĐ-CP Art. 5, 13, 32(2)(d).
"""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from pyhanko.sign.signers import Signer

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from resolutions.models import (
    Resolution,
    SignatureMethod,
    SignedPart,
    SigningCertificate,
)
from resolutions.queries import signing as queries
from resolutions.queries import texts
from resolutions.services import attempts, locks, publication, signed_files, signing
from resolutions.signing import appearance, places, sign, signers
from resolutions.signing.sign import Order, Part

ENGINE = {SignedPart.PERSON: Part.PERSON, SignedPart.COUNCIL: Part.COUNCIL}
VERBS = {SignedPart.PERSON: "resolution.sign", SignedPart.COUNCIL: "resolution.seal"}


def with_pkcs12(
    resolution: Resolution, *, part: str, key_file: bytes, passphrase: str, by: User
) -> Resolution:
    """Sign with a key file that is opened for this one signature and kept nowhere.

    Raises:
        Refusal: ``access.denied``, ``sign.too_many_failures``, ``sign.bad_key_file``, those of
            `check_may`, of `signed_files.certificate_of`, of the time stamp, ``sign.not_accepted``.
    """
    check_may(resolution, part=part, by=by)
    attempts.check(by, field="passphrase")
    try:
        signer = signers.from_pkcs12(key_file, passphrase=passphrase)
    except Refusal:
        attempts.failed(resolution, by=by)
        raise
    attempts.succeeded(by)
    pdf = _signed(resolution, signer, part=part)
    return _accept(resolution, pdf, part=part, method=SignatureMethod.PKCS12, by=by)


def with_token(resolution: Resolution, *, part: str, pin: str, by: User) -> Resolution:
    """Sign with the token on the server (`PKCS11_MODULE`); the certificate names its key.

    Raises:
        Refusal: as `with_pkcs12`, but ``sign.no_token``, ``sign.wrong_pin``.
    """
    check_may(resolution, part=part, by=by)
    attempts.check(by, field="pin")
    certificate = on_token(resolution, part=part)
    if certificate is None:
        raise Refusal(
            "sign.no_token",
            gettext_noop(
                "Máy chủ không có thiết bị ký chứa khóa của bạn. Hãy ký bằng cách khác; chưa có gì "
                "được ký."
            ),
        )
    try:
        with signers.on_token(
            settings.PKCS11_MODULE, token_label=settings.PKCS11_TOKEN,
            key_label=certificate.key_label, pin=pin,
        ) as signer:  # fmt: skip
            pdf = _signed(resolution, signer, part=part)
    except Refusal as refusal:
        if refusal.code == "sign.wrong_pin":
            attempts.failed(resolution, by=by)
        raise
    attempts.succeeded(by)
    return _accept(resolution, pdf, part=part, method=SignatureMethod.TOKEN, by=by)


def outside(resolution: Resolution, *, part: str, data: bytes, by: User) -> Resolution:
    """Take back a file that was downloaded, signed by a tool of the signer's own, and uploaded.

    Raises:
        Refusal: ``access.denied``, those of `check_may`, ``sign.too_big``, ``sign.not_accepted``.
    """
    check_may(resolution, part=part, by=by)
    before = to_sign(resolution, part=part)
    if len(data) > len(before) + signed_files.GROWTH_MAX:
        raise Refusal(
            "sign.too_big",
            gettext_noop("Tệp tải lên lớn hơn nhiều so với bản trình ký nên không nhận."),
            field="signed_file",
        )
    if not data.startswith(before):  # cheap, and before anything foreign is parsed
        refusal = signed_files.not_accepted(["not_the_copy"])
        refusal.field = "signed_file"
        raise refusal
    return _accept(resolution, data, part=part, method=SignatureMethod.UPLOAD, by=by)


def check_may(resolution: Resolution, *, part: str, by: User) -> None:
    """Who signs, and is it the moment for it.

    Raises:
        Refusal: ``access.denied``, those of `signing.check_may_sign`, ``seal.not_signed``,
            ``seal.done``.
    """
    access.authorise(by, VERBS[SignedPart(part)], resolution.council)
    if part == SignedPart.PERSON:
        signing.check_may_sign(resolution, digest=texts.digest_of(resolution), by=by)
        return
    if queries.signed_file(resolution, SignedPart.PERSON) is None:
        raise Refusal(
            "seal.not_signed",
            gettext_noop(
                "Người có thẩm quyền chưa ký số nên chưa đóng dấu được: con dấu chỉ đóng sau chữ "
                "ký."
            ),
            cites="Điểm d khoản 2 Điều 32 Nghị định 30/2020/NĐ-CP",
        )
    if queries.signed_file(resolution, SignedPart.COUNCIL):
        raise Refusal("seal.done", gettext_noop("Nghị quyết đã có chữ ký số của cơ quan."))


def to_sign(resolution: Resolution, *, part: str) -> bytes:
    """The bytes on which this part signs: the signing copy, or what the person signed."""
    signed = queries.signed_file(resolution, SignedPart.PERSON)
    if part == SignedPart.COUNCIL and signed:
        return signed_files.bytes_of(signed)
    return signed_files.bytes_of(signed_files.copy_of(resolution))


def on_token(resolution: Resolution, *, part: str) -> SigningCertificate | None:
    """The certificate whose key is on the server's token, or None."""
    if not settings.PKCS11_MODULE:
        return None
    rows = (
        queries.of_council(resolution.council)
        if part == SignedPart.COUNCIL
        else queries.of_signatory(resolution)
    )
    return rows.exclude(key_label="").first()


def _signed(resolution: Resolution, signer: Signer, *, part: str) -> bytes:
    """Make the signature, outside any transaction."""
    if signer.signing_cert is None:
        message = "a signer without a certificate"
        raise ValueError(message)
    described = signers.describe(signer.signing_cert)
    certificate = signed_files.certificate_of(resolution, described.fingerprint, part=part)
    pdf = to_sign(resolution, part=part)
    order = _order(resolution, pdf, certificate, part=part)
    return sign.sign(pdf, order, signer=signer, timestamper=signed_files.timestamper())


def _order(
    resolution: Resolution, pdf: bytes, certificate: SigningCertificate, *, part: str
) -> Order:
    post = texts.posts_of(resolution)[-1]
    block = places.find_block(pdf, post=post, name=resolution.signatory_name)
    now, png = timezone.now(), bytes(certificate.picture) or None
    shown = (
        appearance.of_council(
            block, name=f"Hội đồng nhân dân {resolution.council.unit}".upper(), moment=now, png=png,
            seal_mm=certificate.seal_mm,
        )
        if part == SignedPart.COUNCIL
        else appearance.of_person(block, name=resolution.signatory_name, moment=now, png=png)
    )  # fmt: skip
    return Order(ENGINE[SignedPart(part)], shown, now)


def _accept(resolution: Resolution, pdf: bytes, *, part: str, method: str, by: User) -> Resolution:
    """Judge the file, then keep it with all that follows, or keep nothing."""
    signed = signed_files.judged(resolution, pdf, part=part)
    certificate = signed_files.certificate_of(resolution, signed.signer.fingerprint, part=part)
    before = to_sign(resolution, part=part)
    storage, name = signed_files.stored(pdf)
    kept = False
    try:
        with transaction.atomic():
            resolution = locks.resolution(resolution.pk)
            check_may(resolution, part=part, by=by)
            if not pdf.startswith(before) or before != to_sign(resolution, part=part):
                raise signed_files.not_accepted(["not_the_copy"])
            row = signed_files.keep(
                resolution, pdf, name=name, part=part, certificate=certificate, signed=signed,
                method=method, by=by,
            )  # fmt: skip
            FOLLOWS[SignedPart(part)](resolution, method, by)
            audit.record(
                VERBS[SignedPart(part)], resolution, by=by, council=resolution.council,
                after={"symbol": resolution.symbol, "method": method, "sha256": row.sha256,
                       "certificate": certificate.fingerprint, "stamped": row.is_stamped},
            )  # fmt: skip
        kept = True
    finally:
        if not kept:
            storage.delete(name)
    return resolution


def _after_person(resolution: Resolution, method: str, by: User) -> None:
    """The text is signed; its publication waits for the seal."""
    signing.mark_signed(resolution, method=method, by=by)


def _after_seal(resolution: Resolution, _method: str, by: User) -> None:
    """Everything is signed: publish."""
    publication.start(resolution, by=by)


FOLLOWS: dict[SignedPart, Callable[[Resolution, str, User], None]] = {
    SignedPart.PERSON: _after_person,
    SignedPart.COUNCIL: _after_seal,
}

"""The signed bytes: judged before they are kept, kept under random names, published as they are."""

import hashlib
import secrets
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils import timezone
from django.utils.translation import gettext

from council.models import User
from council.rules import figures
from council.rules.refusals import Refusal, gettext_noop
from resolutions.models import Resolution, SignedFile, SignedPart, SigningCertificate, SigningCopy
from resolutions.queries import signing as queries
from resolutions.rules import signature_faults
from resolutions.services import signing_copies
from resolutions.signing import evidence, judge, verify
from resolutions.signing.timestamps import HttpTimeStamper, Server

GROWTH_MAX: Final = 3 * 1024 * 1024
"""What signatures may add to the approved bytes: pictures, certificates, time stamps."""

REVOCATION_SECONDS: Final = 12.0


def copy_of(resolution: Resolution) -> SigningCopy:
    """The signing copy that is to be signed now.

    Raises:
        Refusal: ``sign.no_copy``.
    """
    found = queries.approved_copy(resolution) or signing_copies.current(resolution)
    if found is None:
        raise Refusal(
            "sign.no_copy",
            gettext_noop("Chưa có bản trình ký của văn bản này. Đợi kết xuất xong rồi ký."),
        )
    return found


def bytes_of(stored: SigningCopy | SignedFile) -> bytes:
    """The stored bytes, if they are still what their hash says.

    Raises:
        Refusal: ``sign.file_damaged``.
    """
    try:
        with stored.file.open("rb") as opened:
            data: bytes = opened.read()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise Refusal(
            "sign.file_damaged",
            gettext_noop(
                "Tệp đã lưu không khớp mã kiểm tra nên không ký được. Báo quản trị viên; chưa có "
                "gì được ký."
            ),
        )
    return data


def timestamper() -> HttpTimeStamper | None:
    """The client of the installation's time-stamp server; None where there is none."""
    if not settings.TSA_URL:
        return None
    return HttpTimeStamper(Server(settings.TSA_URL, settings.TSA_SECONDS))


def judged(resolution: Resolution, pdf: bytes, *, part: str) -> verify.Signed:
    """The signature of this part, if the file is right in everything.

    Raises:
        Refusal: ``sign.not_accepted`` with every reason.
    """
    copy = bytes_of(copy_of(resolution))
    is_sealed = part == SignedPart.COUNCIL
    wanted = queries.expected(resolution, copy, is_sealed=is_sealed)
    report = verify.verify(pdf, trust=queries.trust(), moment=timezone.now())
    faults = judge.judge(pdf, report, wanted)
    if faults:
        raise not_accepted(faults)
    prints = wanted.seals if is_sealed else wanted.persons
    return next(one for one in report.signatures if one.signer.fingerprint in prints)


def not_accepted(faults: Iterable[str]) -> Refusal:
    """Why a file or a signature was not taken; each reason a sentence in the reader's language."""
    sentences = [
        gettext(signature_faults.SENTENCES[fault])
        for fault in signature_faults.worth_telling(faults)
    ]
    return Refusal(
        "sign.not_accepted",
        gettext_noop("Chưa ký được, không có gì thay đổi. %(reasons)s"),
        params={"reasons": " ".join(sentences)},
    )


def certificate_of(resolution: Resolution, fingerprint: str, *, part: str) -> SigningCertificate:
    """The registered certificate by which this part may be signed now.

    Raises:
        Refusal: ``sign.unknown_certificate``, ``sign.certificate_expired``.
    """
    rows = (
        queries.of_council(resolution.council)
        if part == SignedPart.COUNCIL
        else queries.of_signatory(resolution)
    )
    found = rows.filter(fingerprint=fingerprint).first()
    if found is None:
        raise _unknown(resolution, part)
    last = timezone.localtime(found.valid_to)
    if not found.is_valid_at(timezone.now()):
        raise Refusal(
            "sign.certificate_expired",
            gettext_noop(
                "Chứng thư số “%(subject)s” chỉ có hiệu lực đến ngày %(day)s. Hãy dùng chứng thư "
                "số còn hạn; chưa có gì được ký."
            ),
            params={
                "subject": found.subject,
                "day": figures.date_short(last.date()),
            },
        )
    return found


def _unknown(resolution: Resolution, part: str) -> Refusal:
    if part == SignedPart.COUNCIL:
        return Refusal(
            "sign.unknown_certificate",
            gettext_noop(
                "Chứng thư số này không phải của %(council)s trên hệ thống. Hãy dùng chứng thư số "
                "đã đăng ký của cơ quan, hoặc nhờ quản trị viên đăng ký; chưa có gì được ký."
            ),
            params={"council": resolution.council.short_name},
        )
    return Refusal(
        "sign.unknown_certificate",
        gettext_noop(
            "Chứng thư số này không phải của %(signatory)s, người ký ghi trên văn bản. Hãy dùng "
            "đúng chứng thư số đã đăng ký; chưa có gì được ký."
        ),
        params={"signatory": resolution.signatory_name},
    )


def stored(pdf: bytes) -> tuple[Storage, str]:
    """Write the bytes under a random name, before the transaction that makes them reachable."""
    storage = SignedFile._meta.get_field("file").storage  # noqa: SLF001 - Django's documented API
    return storage, storage.save(f"signing/{secrets.token_hex(20)}.pdf", ContentFile(pdf))


def keep(
    resolution: Resolution,
    pdf: bytes,
    *,
    name: str,
    part: str,
    certificate: SigningCertificate,
    signed: verify.Signed,
    method: str,
    by: User,
) -> SignedFile:
    """Write the row of a signed file, in the caller's transaction."""
    now = timezone.now()
    row = SignedFile(
        resolution=resolution, part=part, certificate=certificate, method=method,
        sha256=hashlib.sha256(pdf).hexdigest(), size=len(pdf), signed_at=signed.at or now,
        is_stamped=signed.is_stamped, signed_by=by, stored_at=now,
    )  # fmt: skip
    row.file.name = name
    row.full_clean()
    row.save()
    return row


def to_publish(resolution: Resolution, copy: SigningCopy) -> bytes:
    """The bytes that the public gets: sealed, with evidence for later; on paper, the copy.

    Evidence and the last time stamp are added where their servers answer; nobody waits for them.
    """
    sealed = queries.signed_file(resolution, SignedPart.COUNCIL)
    if sealed is None:
        return bytes_of(copy)
    pdf = bytes_of(sealed)
    trust = queries.trust()
    if settings.SIGNING_FETCH_REVOCATION:
        found = evidence.collect(pdf, roots=trust.roots, seconds=REVOCATION_SECONDS)
    else:
        found = evidence.Evidence(
            tuple(one.dump() for one in evidence.certificates_in(pdf)) + trust.roots
        )
    whole = evidence.Evidence(found.certificates, (*found.crls, *trust.crls), found.ocsps)
    archived = evidence.embed(pdf, whole, timestamper=timestamper())
    report = verify.verify(archived, trust=trust, moment=timezone.now())
    wanted = queries.expected(resolution, bytes_of(copy), is_sealed=True)
    return pdf if judge.judge(archived, report, wanted) else archived

"""Whom the installation trusts, and whose certificates sign: entered by administrators, audited."""

from django.db import transaction
from django.utils import timezone

from council.models import Council, Person, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from resolutions.models import SignedPart, SigningCertificate, TrustedRoot
from resolutions.signing import appearance, revocation, signers


def propose_root(data: bytes, *, is_for_timestamps: bool, by: User) -> TrustedRoot:
    """Propose an issuer's certificate; it is trusted once another administrator approves.

    Raises:
        Refusal: ``access.not_administrator``, ``certificate.unreadable``,
            ``certificate.not_an_issuer``.
    """
    access.authorise_administrator(by)
    certificate = signers.read_certificate(data)
    if not certificate.ca:
        raise Refusal(
            "certificate.not_an_issuer",
            gettext_noop(
                "Đây không phải chứng thư số của tổ chức cấp. Hãy chọn chứng thư số gốc hoặc trung "
                "gian của tổ chức cung cấp dịch vụ."
            ),
            field="file",
        )
    told = signers.describe(certificate)
    with transaction.atomic():
        root = TrustedRoot(
            certificate=told.der, fingerprint=told.fingerprint, subject=told.subject,
            valid_from=told.valid_from, valid_to=told.valid_to,
            is_for_timestamps=is_for_timestamps, proposed_by=by, proposed_at=timezone.now(),
        )  # fmt: skip
        root.full_clean()
        root.save()
        audit.record("root.propose", root, by=by, after=_told_root(root))
    return root


def approve_root(root: TrustedRoot, *, by: User) -> TrustedRoot:
    """Trust the issuer from now on. Twice is a no-op.

    Raises:
        Refusal: ``access.not_administrator``, ``root.own``, ``root.ended``.
    """
    access.authorise_administrator(by)
    with transaction.atomic():
        root = TrustedRoot.objects.select_for_update().get(pk=root.pk)
        if root.ended_at:
            raise Refusal("root.ended", gettext_noop("Chứng thư số gốc này đã bị gỡ."))
        if root.approved_at:
            return root
        if root.proposed_by_id == by.pk:
            raise Refusal(
                "root.own",
                gettext_noop(
                    "Người đề xuất không tự duyệt được. Nhờ một quản trị viên khác duyệt."
                ),
            )
        root.approved_by, root.approved_at = by, timezone.now()
        root.full_clean()
        root.save(update_fields=["approved_by", "approved_at"])
        audit.record("root.approve", root, by=by, after=_told_root(root))
    return root


def end_root(root: TrustedRoot, *, by: User) -> TrustedRoot:
    """Trust the issuer no more; what it issued is untrusted at once. Twice is a no-op.

    One administrator is enough: taking trust away must be quick.

    Raises:
        Refusal: ``access.not_administrator``.
    """
    access.authorise_administrator(by)
    with transaction.atomic():
        root = TrustedRoot.objects.select_for_update().get(pk=root.pk)
        if root.ended_at is None:
            root.ended_by, root.ended_at = by, timezone.now()
            root.save(update_fields=["ended_by", "ended_at"])
            audit.record("root.end", root, by=by, after=_told_root(root))
    return root


def set_revocation_list(root: TrustedRoot, data: bytes, *, by: User) -> TrustedRoot:
    """Keep the issuer's list of revoked certificates (CRL); the newer replaces the older.

    Raises:
        Refusal: ``access.not_administrator``, ``crl.not_the_issuers``.
    """
    access.authorise_administrator(by)
    if not revocation.is_signed_by(data, bytes(root.certificate)):
        raise Refusal(
            "crl.not_the_issuers",
            gettext_noop("Tệp này không phải danh sách thu hồi (.crl) do tổ chức đó ký."),
            field="file",
        )
    with transaction.atomic():
        root = TrustedRoot.objects.select_for_update().get(pk=root.pk)
        root.crl = data
        root.save(update_fields=["crl"])
        audit.record("root.crl", root, by=by, after={**_told_root(root), "bytes": len(data)})
    return root


def register(
    council: Council,
    *,
    data: bytes,
    person: Person | None,
    picture: bytes,
    seal_mm: int,
    key_label: str,
    by: User,
) -> SigningCertificate:
    """Register the certificate of a person who signs, or (without a person) of the council's seal.

    Raises:
        Refusal: ``access.denied``, ``certificate.unreadable``, ``certificate.is_an_issuer``,
            ``certificate.foreign_person``, ``sign.bad_picture``.
    """
    access.authorise(by, "certificate.edit", council)
    certificate = signers.read_certificate(data)
    if certificate.ca:
        raise Refusal(
            "certificate.is_an_issuer",
            gettext_noop("Đây là chứng thư số của tổ chức cấp, không phải của người ký."),
            field="file",
        )
    if person is not None and person.council_id != council.pk:
        raise Refusal(
            "certificate.foreign_person",
            gettext_noop("Người này không thuộc hội đồng."),
            field="person",
        )
    if picture:
        appearance.picture_of(picture)
    told = signers.describe(certificate)
    with transaction.atomic():
        row = SigningCertificate(
            council=council, part=SignedPart.PERSON if person else SignedPart.COUNCIL,
            person=person, certificate=told.der, fingerprint=told.fingerprint,
            subject=told.subject, issuer=told.issuer, valid_from=told.valid_from,
            valid_to=told.valid_to, picture=picture, seal_mm=seal_mm, key_label=key_label,
            added_by=by, added_at=timezone.now(),
        )  # fmt: skip
        row.full_clean()
        row.save()
        audit.record("certificate.register", row, by=by, council=council, after=_told(row))
    return row


def end(row: SigningCertificate, *, by: User) -> SigningCertificate:
    """Let a certificate sign no more; what it signed stays as it was. Twice is a no-op.

    Raises:
        Refusal: ``access.denied``.
    """
    access.authorise(by, "certificate.edit", row.council)
    with transaction.atomic():
        row = SigningCertificate.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if row.ended_at is None:
            row.ended_by, row.ended_at = by, timezone.now()
            row.save(update_fields=["ended_by", "ended_at"])
            audit.record("certificate.end", row, by=by, council=row.council, after=_told(row))
    return row


def _told(row: SigningCertificate) -> dict[str, object]:
    return {
        "part": row.part, "subject": row.subject, "issuer": row.issuer,
        "fingerprint": row.fingerprint, "person": row.person_id, "seal_mm": row.seal_mm,
    }  # fmt: skip


def _told_root(root: TrustedRoot) -> dict[str, object]:
    return {
        "subject": root.subject, "fingerprint": root.fingerprint,
        "timestamps_only": root.is_for_timestamps,
    }  # fmt: skip

"""What the installation trusts, who signs with which certificate, and the signed files."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from council import queries as council_queries
from council.models import Council, SettingKey
from resolutions.models import (
    Resolution,
    SignedFile,
    SignedPart,
    SigningCertificate,
    SigningCopy,
    TrustedRoot,
)
from resolutions.signing.judge import Expected
from resolutions.signing.verify import Trust


def trust() -> Trust:
    """The approved roots with their revocation lists, as the verifier wants them."""
    roots = list(TrustedRoot.objects.trusted())
    ordinary = tuple(bytes(one.certificate) for one in roots if not one.is_for_timestamps)
    return Trust(
        roots=ordinary,
        timestamp_roots=tuple(bytes(one.certificate) for one in roots) if roots else (),
        crls=tuple(bytes(one.crl) for one in roots if one.crl),
    )


def signs_on_paper(council: Council) -> bool:
    """Whether the council's own dated setting says that it signs on paper today."""
    value, _source = council_queries.setting_on(
        council, SettingKey.PAPER_SIGNATURE, timezone.localdate()
    )
    return value == "1"


def certificates_of(council: Council) -> QuerySet[SigningCertificate]:
    """All certificates that were ever registered for the council, newest first."""
    return council.certificates.select_related("person", "added_by", "ended_by")


def current(council: Council) -> QuerySet[SigningCertificate]:
    """Those that were not ended."""
    return council.certificates.filter(ended_at=None).select_related("person")


def of_signatory(resolution: Resolution) -> QuerySet[SigningCertificate]:
    """Certificates of the person named under the text."""
    return current(resolution.council).filter(
        part=SignedPart.PERSON, person__full_name=resolution.signatory_name
    )


def of_council(council: Council) -> QuerySet[SigningCertificate]:
    """Certificates of the council's seal."""
    return current(council).filter(part=SignedPart.COUNCIL)


def approved_copy(resolution: Resolution) -> SigningCopy | None:
    """The paper that the standing approval binds."""
    approval = resolution.approvals.filter(voided_at=None).first()
    if approval is None:
        return None
    return resolution.signing_copies.filter(sha256=approval.pdf_sha256).first()


def signed_file(resolution: Resolution, part: str) -> SignedFile | None:
    """The file with this signature, or None."""
    return (
        SignedFile.objects.filter(resolution=resolution, part=part)
        .select_related("certificate", "signed_by")
        .first()
    )


def signed_files(resolution: Resolution) -> list[SignedFile]:
    """The signed files in the order of signing."""
    rows = resolution.signed_files.select_related("certificate", "signed_by")
    return list(rows.order_by("pk"))


def awaits_seal(resolution: Resolution) -> bool:
    """The person has signed electronically and the council has not sealed yet."""
    parts = set(resolution.signed_files.values_list("part", flat=True))
    return parts == {SignedPart.PERSON.value}


def waits_for_seal() -> Q:
    """The condition of `awaits_seal` on rows of resolutions."""
    signed = SignedFile.objects.filter(resolution=OuterRef("pk"))
    by_person = Exists(signed.filter(part=SignedPart.PERSON))
    return Q(by_person) & ~Q(Exists(signed.filter(part=SignedPart.COUNCIL)))


def expected(resolution: Resolution, copy: bytes, *, is_sealed: bool) -> Expected:
    """Who may have signed this document: certificates that were registered, ended ones too."""
    rows = SigningCertificate.objects.filter(council=resolution.council).filter(
        Q(part=SignedPart.COUNCIL) | Q(person__full_name=resolution.signatory_name)
    )
    found = list(rows.values_list("part", "fingerprint"))
    return Expected(
        copy=copy,
        persons=frozenset(value for part, value in found if part == SignedPart.PERSON),
        seals=frozenset(value for part, value in found if part == SignedPart.COUNCIL),
        is_sealed=is_sealed,
    )

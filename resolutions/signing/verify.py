"""Who signed, when, and what changed since: a verdict over bytes that anybody may have sent.

Nothing is fetched. Trust is what the installation's administrators gave; a signature is judged at
the moment its time stamp proves, else at the moment it claims.
"""

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.decode_limits import DecodeLimits
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import (
    ModificationInfo,
    PdfSignatureStatus,
    SignatureCoverageLevel,
)
from pyhanko_certvalidator import ValidationContext

from resolutions.signing import revocation
from resolutions.signing.policy import ONLY_SIGNATURES
from resolutions.signing.signers import Certificate, describe

for _loud in ("pyhanko", "pyhanko_certvalidator"):
    # They log a traceback for each forged file; the verdict says it in a sentence.
    logging.getLogger(_loud).setLevel(logging.CRITICAL)

SIGNATURES_MAX: Final = 12
REVISIONS_MAX: Final = 40
_TOLERANCE: Final = timedelta(minutes=5)
"""Clocks differ."""

KEY_USAGE: Final = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})


class Fault(StrEnum):
    """What is wrong; the sentences are the caller's."""

    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"
    BROKEN = "broken"
    CHANGED = "changed"
    NOT_WHOLE = "not_whole"
    UNTRUSTED = "untrusted"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    WRONG_USAGE = "wrong_usage"
    NO_TIME = "no_time"
    IN_FUTURE = "in_future"
    BAD_TIMESTAMP = "bad_timestamp"
    NOT_PADES = "not_pades"
    TOO_MANY = "too_many"
    NOT_THE_COPY = "not_the_copy"
    WRONG_PERSON = "wrong_person"
    WRONG_COUNCIL = "wrong_council"
    NO_PERSON = "no_person"
    NO_SEAL = "no_seal"
    WRONG_ORDER = "wrong_order"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Trust:
    """What the installation trusts: roots of signatures and of time stamps, revocation lists."""

    roots: tuple[bytes, ...]
    timestamp_roots: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature and what is wrong with it; nothing where `faults` is empty.

    Attributes:
        field: name of its field in the PDF.
        signer: the certificate.
        at: the moment it is judged at; None where it tells none.
        is_stamped: that moment is proved by a trusted time stamp.
        revision_end: how many bytes from the start it covers.
    """

    field: str
    signer: Certificate
    at: datetime | None
    is_stamped: bool
    revision_end: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict on a whole file: `faults` are the file's own, beside those of each signature."""

    signatures: tuple[Signed, ...] = ()
    faults: tuple[Fault, ...] = ()
    archive_stamps: int = 0

    @property
    def is_good(self) -> bool:
        """Nothing at all is wrong."""
        return not self.all_faults

    @property
    def all_faults(self) -> frozenset[Fault]:
        """Everything that is wrong anywhere."""
        return frozenset(self.faults).union(*(one.faults for one in self.signatures))


def verify(pdf: bytes, *, trust: Trust, moment: datetime) -> Report:
    """Read all signatures of a file; never raises on what the file holds.

    Args:
        pdf: any bytes.
        trust: the installation's roots and lists.
        moment: now, with time zone.
    """
    try:
        return _verified(pdf, trust, moment)
    except RecursionError:
        return Report(faults=(Fault.UNREADABLE,))
    except Exception:  # noqa: BLE001 - a hostile file may fail anywhere in the parser
        return Report(faults=(Fault.UNREADABLE,))


def _verified(pdf: bytes, trust: Trust, moment: datetime) -> Report:
    reader = PdfFileReader(io.BytesIO(pdf), strict=True, decode_limits=DecodeLimits())
    if reader.encrypted:
        return Report(faults=(Fault.UNREADABLE,))
    found = list(reader.embedded_signatures)
    if len(found) > SIGNATURES_MAX or reader.xrefs.total_revisions > REVISIONS_MAX:
        return Report(faults=(Fault.TOO_MANY,))
    regular = [one for one in found if one.sig_object_type == "/Sig"]
    stamps = [one for one in found if one.sig_object_type == "/DocTimeStamp"]
    if not regular:
        return Report(faults=(Fault.UNSIGNED,))
    crls, others = _evidence(reader, trust)
    judge = _Judge(trust, moment, crls, others)
    signatures = tuple(judge.signature(one) for one in regular)
    faults = {fault for stamp in stamps for fault in judge.archive_stamp(stamp)}
    if not _is_covered(found, reader, pdf):
        faults.add(Fault.NOT_WHOLE)
    return Report(signatures, tuple(sorted(faults)), len(stamps))


def _evidence(
    reader: PdfFileReader, trust: Trust
) -> tuple[list[bytes], list[asn1_x509.Certificate]]:
    """Revocation lists and certificates from the file's own DSS, beside what was given."""
    crls: list[bytes] = list(trust.crls)
    others: list[asn1_x509.Certificate] = []
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return crls, others
    others = list(store.load_certs())
    crls += [reference.get_object().data for reference in store.crls]
    return crls, others


def _is_covered(found: Sequence[EmbeddedPdfSignature], reader: PdfFileReader, pdf: bytes) -> bool:
    """The last signature covers the file to its end, or whole updates with evidence follow it.

    Every update has one ``startxref``; a tail with more or fewer holds something that this reader
    does not see and another one might.
    """
    last = max(found, key=lambda one: one.signed_revision)
    tail = pdf[int(last.byte_range[2]) + int(last.byte_range[3]) :]
    if not tail:
        return True
    updates = reader.xrefs.total_revisions - 1 - last.signed_revision
    last.compute_integrity_info(diff_policy=ONLY_SIGNATURES)
    level = getattr(last.diff_result, "modification_level", ModificationLevel.OTHER)
    return bool(
        0 < updates == tail.count(b"startxref")
        and level <= ModificationLevel.LTA_UPDATES
        and tail.rstrip(b"\r\n").endswith(b"%%EOF")
    )


class _Judge:
    """Judges one signature after the other by the same trust."""

    def __init__(
        self,
        trust: Trust,
        moment: datetime,
        crls: list[bytes],
        others: list[asn1_x509.Certificate],
    ) -> None:
        self.trust, self.moment, self.crls, self.others = trust, moment, crls, others

    def context(self, roots: Sequence[bytes], at: datetime) -> ValidationContext:
        return ValidationContext(
            trust_roots=[asn1_x509.Certificate.load(root) for root in roots],
            other_certs=self.others, crls=self.crls, moment=at, allow_fetching=False,
            revocation_mode="soft-fail", retroactive_revinfo=True,
        )  # fmt: skip

    def signature(self, embedded: EmbeddedPdfSignature) -> Signed:
        faults = set(_shape_faults(embedded))
        stamped, stamp_faults = self._stamp_of(embedded)
        faults |= stamp_faults
        at = stamped or embedded.self_reported_timestamp
        if at is None:
            faults.add(Fault.NO_TIME)
        elif at.astimezone(UTC) > self.moment.astimezone(UTC) + _TOLERANCE:
            faults.add(Fault.IN_FUTURE)
        status = validate_pdf_signature(
            embedded, self.context(self.trust.roots, at or self.moment),
            self.context(self.trust.timestamp_roots or self.trust.roots, at or self.moment),
            diff_policy=ONLY_SIGNATURES, key_usage_settings=KEY_USAGE,
        )  # fmt: skip
        faults |= _status_faults(status, embedded, at or self.moment)
        if self._is_revoked(embedded, at or self.moment):
            faults = (faults - {Fault.UNTRUSTED}) | {Fault.REVOKED}
        return Signed(
            field=embedded.field_name, signer=describe(embedded.signer_cert), at=at,
            is_stamped=stamped is not None,
            revision_end=int(embedded.byte_range[2]) + int(embedded.byte_range[3]),
            faults=tuple(sorted(faults)),
        )  # fmt: skip

    def _is_revoked(self, embedded: EmbeddedPdfSignature, at: datetime) -> bool:
        """Whether a list that the issuer signed says so for that moment.

        certvalidator looks into a list only where the certificate itself names one.
        """
        certificate = embedded.signer_cert
        roots = (asn1_x509.Certificate.load(one) for one in self.trust.roots)
        issuers = [
            one for one in (*roots, *self.others, *embedded.other_embedded_certs)
            if one.subject == certificate.issuer
        ]  # fmt: skip
        return any(
            revocation.is_revoked(certificate.dump(), crl, issuer.dump(), at)
            for crl in self.crls
            for issuer in issuers
        )

    def _stamp_of(self, embedded: EmbeddedPdfSignature) -> tuple[datetime | None, set[Fault]]:
        """The moment that a trusted time stamp proves."""
        token = next(extract_tst_data_iter(embedded.signer_info, signed=False), None)
        if token is None:
            return None, set()
        info = token["encap_content_info"]["content"].parsed
        at: datetime = info["gen_time"].native
        status = validate_pdf_signature(
            embedded, self.context(self.trust.roots, at),
            self.context(self.trust.timestamp_roots or self.trust.roots, at), skip_diff=True,
        )  # fmt: skip
        stamp = status.timestamp_validity
        if stamp is None or not (stamp.intact and stamp.valid and stamp.trusted):
            return None, {Fault.BAD_TIMESTAMP}
        return at, set()

    def archive_stamp(self, embedded: EmbeddedPdfSignature) -> set[Fault]:
        """Faults of a document time stamp: only whether it holds and what came after it."""
        at = embedded.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
        context = self.context(self.trust.timestamp_roots or self.trust.roots, at)
        status = validate_pdf_timestamp(embedded, context, diff_policy=ONLY_SIGNATURES)
        faults = set()
        if not (status.intact and status.valid and status.trusted):
            faults.add(Fault.BAD_TIMESTAMP)
        if _is_changed(status):
            faults.add(Fault.CHANGED)
        return faults


def _shape_faults(embedded: EmbeddedPdfSignature) -> set[Fault]:
    faults = set()
    if embedded.sig_object.get("/SubFilter") not in (
        "/ETSI.CAdES.detached", "/adbe.pkcs7.detached"
    ):  # fmt: skip
        faults.add(Fault.NOT_PADES)
    ranges = [int(one) for one in embedded.byte_range]
    if len(ranges) != 4 or ranges[0] != 0:  # noqa: PLR2004 - two pairs
        faults.add(Fault.NOT_WHOLE)
    return faults


def _status_faults(
    status: PdfSignatureStatus, embedded: EmbeddedPdfSignature, at: datetime
) -> set[Fault]:
    faults = set()
    if not (status.intact and status.valid):
        faults.add(Fault.BROKEN)
    if status.coverage is None or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        faults.add(Fault.NOT_WHOLE)
    if _is_changed(status):
        faults.add(Fault.CHANGED)
    if not status.trusted and Fault.BROKEN not in faults:  # else no chain was looked at
        faults.add(_why_untrusted(status, embedded.signer_cert, at))
    return faults


def _is_changed(status: ModificationInfo) -> bool:
    """Something else than signatures and their evidence came later."""
    level = status.modification_level
    if level is None:
        return status.coverage != SignatureCoverageLevel.ENTIRE_FILE
    return status.docmdp_ok is False or level > ModificationLevel.FORM_FILLING


def _why_untrusted(
    status: PdfSignatureStatus, certificate: asn1_x509.Certificate, at: datetime
) -> Fault:
    if at > certificate.not_valid_after:
        return Fault.EXPIRED
    if at < certificate.not_valid_before:
        return Fault.NOT_YET_VALID
    if status.revocation_details is not None or status.revoked:
        return Fault.REVOKED
    usage = certificate.key_usage_value
    if usage is not None and not {"digital_signature", "non_repudiation"} & usage.native:
        return Fault.WRONG_USAGE
    return Fault.UNTRUSTED

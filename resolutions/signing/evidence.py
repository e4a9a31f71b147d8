"""Long-term validation: certificates and revocation data go into the file, then a time stamp.

With them a reader of 2050 needs neither the issuer's server nor ours: the file itself shows that
the certificates were good when it was signed.
"""

import io
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

from council.rules.refusals import Refusal
from resolutions.signing import exchange
from resolutions.signing.sign import HASH, RESERVED, QuietWriter

CRLS_MAX: Final = 8


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves that certificates were good; DER each."""

    certificates: tuple[bytes, ...]
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


def certificates_in(pdf: bytes) -> list[asn1_x509.Certificate]:
    """All certificates that the signatures and their time stamps carry, each once."""
    found: dict[bytes, asn1_x509.Certificate] = {}
    for embedded in PdfFileReader(io.BytesIO(pdf)).embedded_signatures:
        stamps = list(extract_tst_data_iter(embedded.signer_info, signed=False))
        for signed in (embedded.signed_data, *stamps):
            for choice in signed["certificates"]:
                if choice.name == "certificate":
                    found[choice.chosen.dump()] = choice.chosen
    return list(found.values())


def collect(pdf: bytes, *, roots: Iterable[bytes], seconds: float) -> Evidence:
    """Ask the issuers of the file's certificates, within a time; who is silent is left out.

    Only certificates that a trusted root issued, directly or through another, are asked for, so
    that nobody makes the server call an address of his own choice.
    """
    end = time.monotonic() + seconds
    known = {one.dump(): one for one in certificates_in(pdf)}
    known |= {root: asn1_x509.Certificate.load(root) for root in roots}
    trusted = _below(list(known.values()), {asn1_x509.Certificate.load(root) for root in roots})
    crls: dict[bytes, None] = {}
    ocsps: dict[bytes, None] = {}
    for certificate, issuer in trusted:
        answer = _ocsp_of(certificate, issuer, end)
        if answer:
            ocsps[answer] = None
        elif len(crls) < CRLS_MAX:
            crls.update(dict.fromkeys(_crls_of(certificate, end)))
    return Evidence(tuple(known), tuple(crls), tuple(ocsps))


def _below(
    known: list[asn1_x509.Certificate], roots: set[asn1_x509.Certificate]
) -> list[tuple[asn1_x509.Certificate, asn1_x509.Certificate]]:
    """Certificates below the roots, each with its issuer; signatures are checked."""
    reached, found = list(roots), []
    open_ones = [one for one in known if one not in roots]
    for issuer in reached:
        for one in list(open_ones):
            if one.issuer == issuer.subject and _is_issued(one, issuer):
                open_ones.remove(one)
                reached.append(one)
                found.append((one, issuer))
    return found


def _is_issued(certificate: asn1_x509.Certificate, issuer: asn1_x509.Certificate) -> bool:
    try:
        _pyca(certificate).verify_directly_issued_by(_pyca(issuer))
    except Exception:  # noqa: BLE001 - cryptography names no common error; not issued is not asked
        return False
    return True


def _pyca(certificate: asn1_x509.Certificate) -> x509.Certificate:
    return x509.load_der_x509_certificate(certificate.dump())


def _ocsp_of(
    certificate: asn1_x509.Certificate, issuer: asn1_x509.Certificate, end: float
) -> bytes | None:
    builder = ocsp.OCSPRequestBuilder().add_certificate(
        _pyca(certificate), _pyca(issuer), hashes.SHA1()  # noqa: S303 - an identifier, as RFC 6960 has it
    )  # fmt: skip
    request = builder.build().public_bytes(Encoding.DER)
    headers = {"Content-Type": "application/ocsp-request"}
    for url in certificate.ocsp_urls[:2]:
        left = end - time.monotonic()
        if left <= 0:
            return None
        try:
            body = exchange.ask(url, seconds=min(left, 5), body=request, headers=headers)
            answer = asn1_ocsp.OCSPResponse.load(body, strict=True)
            if answer["response_status"].native == "successful":
                return body
        except (OSError, ValueError):
            continue
    return None


def _crls_of(certificate: asn1_x509.Certificate, end: float) -> Iterator[bytes]:
    for point in certificate.crl_distribution_points[:2]:
        left = end - time.monotonic()
        if left <= 0 or not point.url:
            return
        try:
            body = exchange.ask(point.url, seconds=min(left, 5))
            x509.load_der_x509_crl(body)
        except (OSError, ValueError):
            continue
        yield body
        return


def embed(pdf: bytes, evidence: Evidence, *, timestamper: TimeStamper | None = None) -> bytes:
    """The file with the evidence in it, and a document time stamp over all where there is a server.

    A server that does not answer costs the last time stamp, not the evidence.

    Source: ETSI EN 319 142-1, B-LT; B-LTA with the time stamp.
    """
    writer = QuietWriter(io.BytesIO(pdf))
    DocumentSecurityStore.supply_dss_in_writer(
        writer, None,
        certs=[asn1_x509.Certificate.load(one) for one in evidence.certificates],
        crls=[_asn1_crl(one) for one in evidence.crls],
        ocsps=[asn1_ocsp.OCSPResponse.load(one) for one in evidence.ocsps],
    )  # fmt: skip
    out = io.BytesIO()
    writer.write(out)
    return _stamped(out.getvalue(), timestamper) if timestamper else out.getvalue()


def _asn1_crl(der: bytes) -> object:
    return asn1_crl.CertificateList.load(der)


def _stamped(pdf: bytes, timestamper: TimeStamper) -> bytes:
    stamp = PdfTimeStamper(
        timestamper, field_name="DauThoiGian", readable_field_name="Dấu thời gian"
    )
    try:
        out = stamp.timestamp_pdf(QuietWriter(io.BytesIO(pdf)), HASH, bytes_reserved=RESERVED)
    except (Refusal, SigningError, PdfError, OSError, ValueError):
        return pdf
    return bytes(out.getbuffer())

"""Revocation lists, looked into directly."""

from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm


def is_signed_by(crl: bytes, issuer: bytes) -> bool:
    """Whether this is a list, and this issuer signed it; DER each."""
    try:
        found = x509.load_der_x509_crl(crl)
        signed_by = x509.load_der_x509_certificate(issuer)
        key: Any = signed_by.public_key()
        return found.issuer == signed_by.subject and found.is_signature_valid(key)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False


def is_revoked(certificate: bytes, crl: bytes, issuer: bytes, at: datetime) -> bool:
    """Whether the issuer's list names the certificate with a moment not after `at`; DER each.

    A list that the issuer did not sign says nothing.
    """
    if not is_signed_by(crl, issuer):
        return False
    serial = x509.load_der_x509_certificate(certificate).serial_number
    entry = x509.load_der_x509_crl(crl).get_revoked_certificate_by_serial_number(serial)
    return entry is not None and entry.revocation_date_utc <= at.astimezone(UTC)

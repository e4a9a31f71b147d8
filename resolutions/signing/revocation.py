"""Revocation lists, looked into directly."""

from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm


def is_revoked(certificate: bytes, crl: bytes, issuer: bytes, at: datetime) -> bool:
    """Whether the issuer's list names the certificate with a moment not after `at`; DER each.

    A list that the issuer did not sign says nothing.
    """
    try:
        found = x509.load_der_x509_crl(crl)
        signed_by = x509.load_der_x509_certificate(issuer)
        key: Any = signed_by.public_key()
        if found.issuer != signed_by.subject or not found.is_signature_valid(key):
            return False
        serial = x509.load_der_x509_certificate(certificate).serial_number
        entry = found.get_revoked_certificate_by_serial_number(serial)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return entry is not None and entry.revocation_date_utc <= at.astimezone(UTC)

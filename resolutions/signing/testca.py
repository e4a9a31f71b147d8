"""Keys and certificates for development and tests: made on the spot, never shipped, never trusted.

Every name says MẪU. The demo keeps them under the data folder; tests make them in memory.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

KEY_BITS: Final = 2048
YEAR: Final = dt.timedelta(days=365)


@dataclass(frozen=True)
class Issued:
    """A key with its certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @cached_property
    def der(self) -> bytes:
        """The certificate alone."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def pkcs12(self, passphrase: str) -> bytes:
        """Key, certificate and chain as a .p12 file."""
        return pkcs12.serialize_key_and_certificates(
            b"mau", self.key, self.certificate, list(self.chain),
            serialization.BestAvailableEncryption(passphrase.encode()),
        )  # fmt: skip

    def timestamper(self, *, at: dt.datetime | None = None) -> DummyTimeStamper:
        """A time-stamp authority of this key; `at` fixes its clock."""
        store = SimpleCertificateStore()
        store.register_multiple(
            asn1_x509.Certificate.load(one.public_bytes(serialization.Encoding.DER))
            for one in self.chain
        )
        key = self.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return DummyTimeStamper(
            asn1_x509.Certificate.load(self.der), asn1_keys.PrivateKeyInfo.load(key),
            certs_to_embed=store, fixed_dt=at,
        )  # fmt: skip


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Nghị Trường, số liệu minh họa"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _usage(*, sign: bool = False, certify: bool = False, encipher: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=sign, content_commitment=sign, key_encipherment=encipher,
        data_encipherment=False, key_agreement=False, key_cert_sign=certify, crl_sign=certify,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


class TestAuthority:
    """A certification authority for samples."""

    __test__ = False  # not a test class

    def __init__(self, name: str, *, begins: dt.datetime, years: int = 20) -> None:
        self.name = name
        self.begins = begins
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
        self.certificate = self._sign(
            _name(name), self.key.public_key(), begins=begins, ends=begins + years * YEAR,
            usage=_usage(certify=True), is_ca=True,
        )  # fmt: skip

    @cached_property
    def der(self) -> bytes:
        """The root certificate."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def issue(
        self,
        name: str,
        *,
        begins: dt.datetime | None = None,
        ends: dt.datetime | None = None,
        may_sign: bool = True,
        is_timestamp: bool = False,
    ) -> Issued:
        """A certificate of a person, a council's seal or a time-stamp server."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
        first = begins or self.begins
        certificate = self._sign(
            _name(name), key.public_key(), begins=first, ends=ends or first + 10 * YEAR,
            usage=_usage(sign=may_sign, encipher=not may_sign), is_timestamp=is_timestamp,
        )  # fmt: skip
        return Issued(key, certificate, (self.certificate,))

    def revocation_list(self, revoked: dict[int, dt.datetime], *, at: dt.datetime) -> bytes:
        """A list of revoked serial numbers with the moment of each, DER."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(at)
            .next_update(at + 10 * YEAR)
        )
        for serial, moment in revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment)
            builder = builder.add_revoked_certificate(entry.build())
        signed = builder.sign(self.key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.DER)

    def _sign(
        self,
        subject: x509.Name,
        public_key: rsa.RSAPublicKey,
        *,
        begins: dt.datetime,
        ends: dt.datetime,
        usage: x509.KeyUsage,
        is_ca: bool = False,
        is_timestamp: bool = False,
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(_name(self.name))
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(ends)
            .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
        )
        if is_timestamp:
            purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(purpose, critical=True)
        return builder.sign(self.key, hashes.SHA256())

"""Keys: a PKCS#12 file opened for one signature, or a PKCS#11 token that never gives its key away.

A passphrase or PIN lives in the call's arguments only: it is neither stored nor logged, and no
error carries it.
"""

import hashlib
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pkcs11
from asn1crypto import keys as asn1_keys
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.config.pkcs11 import PKCS11SignatureConfig, TokenCriteria
from pyhanko.sign.general import SigningError
from pyhanko.sign.pkcs11 import PKCS11SigningContext
from pyhanko.sign.signers import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from council.rules.refusals import Refusal, gettext_noop

PKCS12_MAX_BYTES: Final = 200_000


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a person needs to know of a certificate.

    Attributes:
        der: the certificate itself.
        fingerprint: SHA-256 of it, hexadecimal.
        subject: the common name, else the whole subject.
        issuer: likewise of who issued it.
        valid_from, valid_to: with time zone.
    """

    der: bytes
    fingerprint: str
    subject: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_to: datetime

    def is_valid_at(self, moment: datetime) -> bool:
        """Whether the moment lies in its period of validity."""
        return self.valid_from <= moment <= self.valid_to


def describe(certificate: asn1_x509.Certificate) -> Certificate:
    """The certificate in words."""
    der = certificate.dump()
    return Certificate(
        der=der,
        fingerprint=hashlib.sha256(der).hexdigest(),
        subject=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        valid_from=certificate.not_valid_before,
        valid_to=certificate.not_valid_after,
    )


def read_certificate(data: bytes) -> asn1_x509.Certificate:
    """One certificate from PEM or DER.

    Raises:
        Refusal: ``certificate.unreadable``.
    """
    try:
        der = pem.unarmor(data)[2] if pem.detect(data) else data
        certificate = asn1_x509.Certificate.load(der, strict=True)
        describe(certificate)
        _ = certificate.public_key.native, certificate.key_usage_value
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise Refusal(
            "certificate.unreadable",
            gettext_noop(
                "Tệp này không phải chứng thư số. Hãy chọn tệp .cer, .crt hoặc .pem chứa một "
                "chứng thư số."
            ),
            field="file",
        ) from error
    return certificate


def _name(name: asn1_x509.Name) -> str:
    words = name.native.get("common_name") or name.human_friendly
    if isinstance(words, list):
        words = ", ".join(words)
    return unicodedata.normalize("NFC", str(words))[:200]


def from_pkcs12(data: bytes, *, passphrase: str) -> SimpleSigner:
    """The signer in a PKCS#12 file (.p12, .pfx).

    Raises:
        Refusal: ``sign.bad_key_file``: not such a file, a wrong passphrase (the two cannot be told
            apart), or one without key or certificate.
    """
    refusal = Refusal(
        "sign.bad_key_file",
        gettext_noop(
            "Không mở được tệp khóa ký: sai mật khẩu của tệp, hoặc đây không phải tệp .p12, .pfx "
            "có khóa và chứng thư số. Chưa có gì được ký."
        ),
        field="key_file",
    )
    if len(data) > PKCS12_MAX_BYTES:
        raise refusal
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, passphrase.encode())
    except (ValueError, TypeError, OverflowError):
        raise refusal from None  # the cause may quote what was typed
    if key is None or certificate is None:
        raise refusal
    der = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    registry = SimpleCertificateStore()
    registry.register_multiple(
        [asn1_x509.Certificate.load(one.public_bytes(serialization.Encoding.DER)) for one in others]
    )
    return SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(
            certificate.public_bytes(serialization.Encoding.DER)
        ),
        signing_key=asn1_keys.PrivateKeyInfo.load(der),
        cert_registry=registry,
    )


@contextmanager
def on_token(module: str, *, token_label: str, key_label: str, pin: str) -> Iterator[Signer]:
    """The signer on a PKCS#11 token, for as long as the block runs.

    Raises:
        Refusal: ``sign.no_token``, ``sign.wrong_pin``.
    """
    config = PKCS11SignatureConfig(
        module_path=module,
        token_criteria=TokenCriteria(label=token_label) if token_label else None,
        cert_label=key_label,
        key_label=key_label,
        other_certs_to_pull=None,
    )
    context = PKCS11SigningContext(config, user_pin=pin)
    try:
        signer = context.__enter__()
    except SigningError as error:
        raise _told(error.__cause__ or error) from None
    except (pkcs11.PKCS11Error, OSError, RuntimeError) as error:
        raise _told(error) from None
    try:
        if signer.signing_cert is None:
            raise _told(pkcs11.NoSuchKey())
        yield signer
    except (pkcs11.PKCS11Error, SigningError) as error:
        raise _told(error) from None
    finally:
        context.__exit__(None, None, None)


def _told(error: BaseException) -> Refusal:
    wrong = (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange, pkcs11.PinLocked)
    if isinstance(error, wrong):
        return Refusal(
            "sign.wrong_pin",
            gettext_noop(
                "Mã PIN của thiết bị ký chưa đúng hoặc thiết bị đã bị khóa. Chưa có gì được ký; "
                "nhập sai nhiều lần thiết bị sẽ tự khóa."
            ),
            field="pin",
        )
    return Refusal(
        "sign.no_token",
        gettext_noop(
            "Không thấy thiết bị ký hoặc khóa ký trên máy chủ (%(kind)s). Hãy kiểm tra thiết bị đã "
            "cắm, hoặc ký bằng cách khác; chưa có gì được ký."
        ),
        params={"kind": type(error).__name__},
    )

"""Keys from files and from a token (SoftHSM): what works, and what is a sentence."""

import logging
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import strategies as st

from council.rules.refusals import Refusal
from resolutions.signing import judge, sign, signers, verify
from resolutions.signing.sign import Part
from tests.signing import kit

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
PIN, LABEL = "123456", "THIET-BI-MAU"


def test_a_key_file_opens_with_its_passphrase() -> None:
    signer = signers.from_pkcs12(kit.chair().pkcs12("Mật khẩu dài"), passphrase="Mật khẩu dài")
    assert signers.describe(signer.signing_cert).fingerprint == kit.fingerprint(kit.chair())


@pytest.mark.parametrize("typed", ["", "nhầm nhầm", "Mật khẩu dài ", "x" * 5000])
def test_a_wrong_passphrase_is_a_sentence_that_does_not_quote_it(typed: str, caplog) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(Refusal) as caught:
        signers.from_pkcs12(kit.chair().pkcs12("Mật khẩu dài"), passphrase=typed)
    assert caught.value.code == "sign.bad_key_file"
    assert caught.value.field == "key_file"
    assert not typed or typed not in str(caught.value) + caplog.text
    assert caught.value.__cause__ is None


@given(st.binary(max_size=300))
def test_any_other_file_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        signers.from_pkcs12(data, passphrase="x")


def test_a_certificate_is_read_from_pem_and_der() -> None:
    certificate = kit.chair().certificate
    for encoding in (serialization.Encoding.PEM, serialization.Encoding.DER):
        found = signers.describe(signers.read_certificate(certificate.public_bytes(encoding)))
        assert found.subject == "Nguyễn Văn Mẫu (MẪU)"
        assert found.issuer == "CA MẪU"
        assert found.is_valid_at(kit.MOMENT)
        assert not found.is_valid_at(kit.BEGINS - kit.DAY)


@given(st.binary(max_size=200))
def test_what_is_no_certificate_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        signers.read_certificate(data)
    assert caught.value.code == "certificate.unreadable"


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A token with the chair's key, made for this run."""
    if not Path(MODULE).exists() or shutil.which("softhsm2-util") is None:
        pytest.skip("softhsm2 is not installed")
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(config)
    run = ["softhsm2-util", "--init-token", "--free", "--label", LABEL, "--pin", PIN]
    subprocess.run([*run, "--so-pin", "87654321"], check=True, capture_output=True)
    _put_key_on_token()
    return MODULE


def _put_key_on_token() -> None:
    """The key by softhsm's own tool, the certificate through PKCS#11."""
    import pkcs11
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    key = kit.chair().key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    names = {pkcs11.Attribute.LABEL: "chu-tich", pkcs11.Attribute.TOKEN: True}
    slot = pkcs11.lib(MODULE).get_token(token_label=LABEL)
    with slot.open(user_pin=PIN, rw=True) as session:
        private = decode_rsa_private_key(key) | names | {
            pkcs11.Attribute.SIGN: True, pkcs11.Attribute.SENSITIVE: True,
        }  # fmt: skip
        session.create_object(private)
        session.create_object(decode_x509_certificate(kit.chair().der) | names)


def test_a_token_signs_and_keeps_its_key(token: str) -> None:
    with signers.on_token(token, token_label=LABEL, key_label="chu-tich", pin=PIN) as signer:
        pdf = sign.sign(kit.copy(), kit.order(Part.PERSON), signer=signer)
    report = verify.verify(pdf, trust=kit.trust(), moment=kit.NOW)
    assert report.is_good
    assert judge.judge(pdf, report, kit.expected(is_sealed=False)) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"pin": "000000"}, "sign.wrong_pin"),
        ({"token_label": "KHAC"}, "sign.no_token"),
        ({"key_label": "khac"}, "sign.no_token"),
    ],
)
def test_what_is_wrong_with_a_token_is_a_sentence(token: str, change: dict, code: str) -> None:
    right = {"token_label": LABEL, "key_label": "chu-tich", "pin": PIN}
    with pytest.raises(Refusal) as caught, signers.on_token(token, **(right | change)) as signer:
        sign.sign(kit.copy(), kit.order(Part.PERSON), signer=signer)
    assert caught.value.code == code
    assert change.get("pin", "-") not in str(caught.value)


def test_a_missing_module_is_a_sentence(tmp_path: Path) -> None:
    where = str(tmp_path / "khong-co.so")
    with pytest.raises(Refusal) as caught, signers.on_token(
        where, token_label="", key_label="x", pin="1"
    ):  # fmt: skip
        pass
    assert caught.value.code == "sign.no_token"

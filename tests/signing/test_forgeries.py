"""Every forgery is detected, and for a reason that fits; garbage is answered, never an error."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolutions.signing import verify
from resolutions.signing.verify import Fault
from tests.signing import kit
from tests.signing.forgeries import FORGERIES


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_detected(name: str) -> None:
    make, wanted = FORGERIES[name]
    forged = make()
    assert forged != kit.sealed()
    found = kit.verdict(forged)
    assert found & wanted, f"{name}: {sorted(found)}"


def test_there_are_more_than_thirty() -> None:
    assert len(FORGERIES) >= 60


def test_a_revoked_certificate_is_detected() -> None:
    serial = kit.chair().certificate.serial_number
    crl = kit.authority().revocation_list({serial: kit.BEGINS + kit.DAY}, at=kit.NOW)
    assert Fault.REVOKED in kit.verdict(kit.sealed(), crls=(crl,))


def test_any_single_bit_is_noticed() -> None:
    """60 places at random over the whole file; the container's unused zeros do not count."""
    dice, good = random.Random(5), kit.sealed()
    for _ in range(60):
        place = dice.randrange(len(good))
        changed = bytearray(good)
        changed[place] ^= 1 << dice.randrange(8)
        if not kit.verdict(bytes(changed)):
            assert good[place : place + 1] in b"0123456789abcdefABCDEF"


@given(st.binary(max_size=400))
def test_garbage_has_a_verdict(data: bytes) -> None:
    report = verify.verify(data, trust=kit.trust(), moment=kit.NOW)
    assert report.faults == (Fault.UNREADABLE,)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + b"[" * 100_000,
        b"%PDF-1.7\nxref\n0 1\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
        b"PK\x03\x04" + b"\0" * 100,
    ],
)
def test_hostile_files_have_a_verdict(data: bytes) -> None:
    report = verify.verify(data, trust=kit.trust(), moment=kit.NOW)
    assert report.faults in ((Fault.UNREADABLE,), (Fault.UNSIGNED,))

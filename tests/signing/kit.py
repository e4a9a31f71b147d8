"""Keys, documents and forgeries for the tests of signatures; everything made here, once a run."""

import hashlib
import io
from datetime import UTC, datetime, timedelta
from functools import cache

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from resolutions.signing import appearance, evidence, judge, places, samples, sign, signers, verify
from resolutions.signing.sign import Order, Part
from resolutions.signing.testca import Issued, TestAuthority
from resolutions.typesetting import resolution
from tests.resolutions.test_typesetting_resolution import SIGNED, sheet

POST, NAME = "PHÓ CHỦ TỊCH", "Nguyễn Văn Mẫu"
COUNCIL = "HỘI ĐỒNG NHÂN DÂN QUẬN HÀ ĐÔNG"
BEGINS = datetime(2020, 1, 1, tzinfo=UTC)
MOMENT = datetime(2023, 12, 12, 9, 30, 5, tzinfo=UTC)
NOW = datetime(2024, 1, 15, tzinfo=UTC)
PASSPHRASE = "mật khẩu của tệp"
DAY = timedelta(days=1)


@cache
def authority(name: str = "CA MẪU") -> TestAuthority:
    return TestAuthority(name, begins=BEGINS)


@cache
def chair() -> Issued:
    return authority().issue(f"{NAME} (MẪU)")


@cache
def seal() -> Issued:
    return authority().issue(f"{COUNCIL} (MẪU)")


@cache
def stamp_server() -> Issued:
    return authority().issue("Dấu thời gian (MẪU)", is_timestamp=True)


@cache
def copy(*, name: str = NAME) -> bytes:
    """The signing copy: typeset, with two empty fields."""
    pdf = resolution.typeset(sheet(signatory_name=name), created=SIGNED)
    return sign.prepare(pdf, places.find_block(pdf, post=POST, name=name))


@cache
def block() -> places.Block:
    return places.find_block(copy(), post=POST, name=NAME)


def order(part: Part, *, moment: datetime = MOMENT) -> Order:
    if part is Part.PERSON:
        shown = appearance.of_person(block(), name=NAME, moment=moment, png=samples.signature())
    else:
        shown = appearance.of_council(
            block(), name=COUNCIL, moment=moment, png=samples.seal(), seal_mm=36
        )
    return Order(part, shown, moment)


def signed_by(
    pdf: bytes, issued: Issued, part: Part, *, moment: datetime = MOMENT, stamp: bool = False
) -> bytes:
    signer = signers.from_pkcs12(issued.pkcs12(PASSPHRASE), passphrase=PASSPHRASE)
    timestamper = stamp_server().timestamper(at=moment) if stamp else None
    return sign.sign(pdf, order(part, moment=moment), signer=signer, timestamper=timestamper)


@cache
def signed() -> bytes:
    """The chair has signed, with a time stamp."""
    return signed_by(copy(), chair(), Part.PERSON, stamp=True)


@cache
def sealed() -> bytes:
    """The council's seal follows."""
    return signed_by(
        signed(), seal(), Part.COUNCIL, moment=MOMENT + timedelta(minutes=5), stamp=True
    )


@cache
def archived() -> bytes:
    """With evidence and a document time stamp."""
    found = evidence.collect(sealed(), roots=[authority().der], seconds=1)
    crl = authority().revocation_list({}, at=MOMENT)
    whole = evidence.Evidence(found.certificates, (crl,))
    return evidence.embed(sealed(), whole, timestamper=stamp_server().timestamper(at=MOMENT + DAY))


def fingerprint(issued: Issued) -> str:
    return hashlib.sha256(issued.der).hexdigest()


def trust(*crls: bytes) -> verify.Trust:
    return verify.Trust((authority().der,), crls=crls)


def expected(*, is_sealed: bool = True) -> judge.Expected:
    return judge.Expected(
        copy(), frozenset({fingerprint(chair())}), frozenset({fingerprint(seal())}), is_sealed
    )


def verdict(pdf: bytes, *, crls: tuple[bytes, ...] = (), is_sealed: bool = True) -> set[str]:
    """Everything that is wrong with a file as the signed version of the copy."""
    report = verify.verify(pdf, trust=trust(*crls), moment=NOW)
    return set(judge.judge(pdf, report, expected(is_sealed=is_sealed)))


def updated(pdf: bytes, change) -> bytes:
    """An incremental update that anybody could append."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def page_of(writer: IncrementalPdfFileWriter, number: int = 0):
    return writer.find_page_for_modification(number)[0]


def names(**values):
    """A PDF dictionary whose keys get their slash here."""
    return generic.DictionaryObject({pdf_name(f"/{key}"): value for key, value in values.items()})

"""Is a signed file *this* document's: the approved bytes in front, the right people, in order."""

import io
from dataclasses import dataclass

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult

from resolutions.signing.policy import ONLY_SIGNATURES
from resolutions.signing.verify import Fault, Report, Signed


@dataclass(frozen=True, slots=True)
class Expected:
    """What the register knows of a document.

    Attributes:
        copy: the bytes that were approved, which every signature leaves in front.
        persons: fingerprints of the certificates by which the signatory may sign.
        seals: fingerprints of the council's certificates.
        is_sealed: the council's signature must be there too.
    """

    copy: bytes
    persons: frozenset[str]
    seals: frozenset[str]
    is_sealed: bool = True


def judge(pdf: bytes, report: Report, expected: Expected) -> tuple[Fault, ...]:
    """What is wrong with a file as *this* document's signed version; the report's faults too.

    The person signs first, then the council, nobody else.

    Source: Decree 30/2020/NĐ-CP Art. 32(2)(d).
    """
    faults = set(report.all_faults)
    if not pdf.startswith(expected.copy) or len(pdf) == len(expected.copy):
        faults.add(Fault.NOT_THE_COPY)
    elif not _only_signatures_follow(pdf, expected.copy):
        faults.add(Fault.CHANGED)
    ordered = sorted(report.signatures, key=lambda one: one.revision_end)
    persons = [one for one in ordered if one.signer.fingerprint in expected.persons]
    seals = [one for one in ordered if one.signer.fingerprint in expected.seals]
    faults |= _people_faults(ordered, persons, seals, is_sealed=expected.is_sealed)
    return tuple(sorted(faults))


def _only_signatures_follow(pdf: bytes, copy: bytes) -> bool:
    """Nothing but signatures and evidence stands behind the copy, before the first signature too.

    A signature proves what came before it: a tool that signs could first cover the text.
    """
    try:
        revisions = PdfFileReader(io.BytesIO(copy), strict=True).xrefs.total_revisions
        result = ONLY_SIGNATURES.review_file(
            PdfFileReader(io.BytesIO(pdf), strict=True), revisions - 1
        )
    except Exception:  # noqa: BLE001 - a hostile file may fail anywhere in the parser
        return False
    return isinstance(result, DiffResult)


def _people_faults(
    ordered: list[Signed], persons: list[Signed], seals: list[Signed], *, is_sealed: bool
) -> set[Fault]:
    faults = set()
    if not persons:
        faults.add(Fault.NO_PERSON)
    if is_sealed and not seals:
        faults.add(Fault.NO_SEAL)
    strangers = [one for one in ordered if one not in persons and one not in seals]
    if strangers:
        faults.add(Fault.WRONG_PERSON if not persons else Fault.STRANGER)
        faults |= {Fault.WRONG_COUNCIL} if is_sealed and not seals else set()
    if len(persons) > 1 or len(seals) > 1:
        faults.add(Fault.STRANGER)
    if persons and seals and seals[0].revision_end < persons[-1].revision_end:
        faults.add(Fault.WRONG_ORDER)
    return faults

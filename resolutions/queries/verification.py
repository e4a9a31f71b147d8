"""Public verification: a file that somebody has, or the code printed on a paper.

Nothing is stored. A file is parsed in a process of its own with limits; only its hashes are
computed here.
"""

import base64
import hashlib
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from resolutions.models import (
    Notice,
    Resolution,
    ResolutionState,
    SignedFile,
    SigningCertificate,
    SigningCopy,
)
from resolutions.queries import signing
from resolutions.rules import signature_faults
from sessions.inspection import runner
from sessions.inspection.limits import MEGABYTE, Limits

FILE_MAX_BYTES: Final = 25 * MEGABYTE
TASK: Final = "resolutions.signing.reading:facts"
LIMITS: Final = Limits(memory=512 * MEGABYTE, cpu_seconds=12, wall_seconds=30.0)
CODE: Final = re.compile(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}")
_END: Final = re.compile(rb"%%EOF[\r\n]{0,2}")
_ENDS_MAX: Final = 60


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """One signature as people read it."""

    subject: str
    issuer: str
    holder: str
    at: datetime | None
    is_stamped: bool
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict: `resolution` is what it is, where it was published here.

    Attributes:
        is_published_file: byte for byte the file that is published.
        is_signed: it carries electronic signatures.
        sentences: everything that is wrong, msgids; empty where nothing is.
        notice: which notice on the resolution the file is, where it is one.
    """

    resolution: Resolution | None
    is_published_file: bool
    is_signed: bool
    signatures: tuple[SignatureRow, ...]
    sentences: tuple[str, ...]
    sha256: str
    is_lasting: bool = False
    notice: Notice | None = None

    @property
    def is_good(self) -> bool:
        """Nothing is wrong, and it is either signed or exactly what was published."""
        return not self.sentences and (self.is_signed or self.is_published_file)


def code_of(typed: str) -> str | None:
    """The code behind what was typed: blanks, small letters and missing hyphens do not matter."""
    letters = re.sub(r"[^0-9A-Za-z]", "", typed).upper()[:13]
    code = f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"
    return code if CODE.fullmatch(code) else None


def by_code(code: str) -> Resolution | None:
    """The published resolution whose paper bears the code."""
    return (
        Resolution.objects.published()
        .filter(signing_copies__code=code)
        .select_related("council", "publication", "council_session__term", "signature")
        .first()
    )


def signatures_of(resolution: Resolution) -> tuple[SignatureRow, ...]:
    """The electronic signatures of a published resolution, as they were judged when made."""
    rows = SignedFile.objects.filter(resolution=resolution).select_related(
        "certificate__person", "certificate__council"
    )
    return tuple(
        SignatureRow(
            subject=row.certificate.subject, issuer=row.certificate.issuer,
            holder=_holder(row.certificate), at=row.signed_at, is_stamped=row.is_stamped,
        )
        for row in rows.order_by("pk")
    )  # fmt: skip


def look_at(content: bytes) -> Finding:
    """The verdict on a file; never raises for what the file holds."""
    sha256 = hashlib.sha256(content).hexdigest()
    notice = _notice_as(sha256)
    if notice is not None:
        return Finding(notice.target, True, False, (), (), sha256, notice=notice)  # noqa: FBT003 - fields in order
    published = _published_as(sha256)
    copy = _copy_in(content)
    resolution = published or (copy.resolution if copy else None)
    if published is not None and not published.signed_files.exists():
        return Finding(published, True, False, (), (), sha256)  # noqa: FBT003 - fields in order
    facts = _read(content, copy)
    if facts is None:
        return _unreadable(resolution, sha256)
    signatures = tuple(_rows(facts["signatures"]))
    faults = set(facts["faults"]).union(*(one["faults"] for one in facts["signatures"]))
    return Finding(
        resolution=resolution, is_published_file=published is not None,
        is_signed=bool(signatures), signatures=signatures, sentences=_sentences(faults),
        sha256=sha256, is_lasting=facts["archive_stamps"] > 0,
    )  # fmt: skip


def _unreadable(resolution: Resolution | None, sha256: str) -> Finding:
    return Finding(resolution, False, False, (), _sentences(["unreadable"]), sha256)  # noqa: FBT003


def _published_as(sha256: str) -> Resolution | None:
    return (
        Resolution.objects.published()
        .filter(publication__pdf_sha256=sha256)
        .select_related("council", "publication", "council_session__term")
        .first()
    )


def _notice_as(sha256: str) -> Notice | None:
    """The published notice whose file has these bytes."""
    found = Notice.objects.published().filter(sha256=sha256)
    return found.select_related("target__council", "target__publication").first()


def _copy_in(content: bytes) -> SigningCopy | None:
    """The signing copy of a published resolution that the file begins with."""
    ends = [found.end() for found in _END.finditer(content)][:_ENDS_MAX]
    digest, position, hashes = hashlib.sha256(), 0, []
    for end in ends:
        digest.update(content[position:end])
        position = end
        hashes.append(digest.hexdigest())
    return (
        SigningCopy.objects.filter(
            sha256__in=hashes, resolution__state=ResolutionState.PUBLISHED,
            resolution__signed_files__isnull=False,
        )
        .select_related("resolution__council", "resolution__publication")
        .first()
    )  # fmt: skip


def _read(content: bytes, copy: SigningCopy | None) -> dict[str, Any] | None:
    trust = signing.trust()
    arguments: dict[str, Any] = {
        "roots": _encoded(trust.roots), "timestamp_roots": _encoded(trust.timestamp_roots),
        "crls": _encoded(trust.crls), "moment": timezone.now().isoformat(),
    }  # fmt: skip
    if copy is not None:
        wanted = signing.expected(copy.resolution, b"", is_sealed=True)
        arguments |= {
            "copy": copy.file.path, "persons": sorted(wanted.persons), "seals": sorted(wanted.seals)
        }  # fmt: skip
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        verdict = runner.run(TASK, Path(file.name), arguments=arguments, limits=LIMITS)
    return verdict.facts if verdict.is_done else None


def _encoded(values: Iterable[bytes]) -> list[str]:
    return [base64.b64encode(value).decode() for value in values]


def _rows(told: Iterable[dict[str, Any]]) -> Iterable[SignatureRow]:
    told = list(told)
    known = {
        row.fingerprint: row
        for row in SigningCertificate.objects.filter(
            fingerprint__in=[one["fingerprint"] for one in told]
        ).select_related("person", "council")
    }
    for one in told:
        row = known.get(one["fingerprint"])
        yield SignatureRow(
            subject=one["subject"], issuer=one["issuer"], holder=_holder(row) if row else "",
            at=datetime.fromisoformat(one["at"]) if one["at"] else None,
            is_stamped=one["is_stamped"], sentences=_sentences(one["faults"]),
        )  # fmt: skip


def _holder(row: SigningCertificate) -> str:
    return str(row.person) if row.person else str(row.council)


def _sentences(faults: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        signature_faults.SENTENCES[fault] for fault in signature_faults.worth_telling(faults)
    )

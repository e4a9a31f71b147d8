"""The verifier as a task of the reading process (`sessions.inspection`)."""

import base64
from datetime import datetime
from pathlib import Path
from typing import Any

from resolutions.signing import judge, verify
from resolutions.signing.verify import Signed, Trust
from sessions.inspection.tasks import Answer


def facts(path: Path, arguments: dict[str, Any]) -> Answer:
    """Who signed, when, and what is wrong; with `copy`, whether it is that very document.

    Arguments: ``roots``, ``timestamp_roots``, ``crls`` (base64), ``moment`` (ISO), and perhaps
    ``copy`` (a path), ``persons`` and ``seals`` (fingerprints).
    """
    pdf = path.read_bytes()
    report = verify.verify(
        pdf,
        trust=Trust(*(_decoded(arguments[name]) for name in ("roots", "timestamp_roots", "crls"))),
        moment=datetime.fromisoformat(arguments["moment"]),
    )
    faults = sorted(report.faults)
    if arguments.get("copy"):
        expected = judge.Expected(
            Path(arguments["copy"]).read_bytes(),
            frozenset(arguments["persons"]),
            frozenset(arguments["seals"]),
        )
        faults = sorted(set(judge.judge(pdf, report, expected)))
    return Answer(
        {
            "faults": [str(fault) for fault in faults],
            "archive_stamps": report.archive_stamps,
            "signatures": [_told(one) for one in report.signatures],
        }
    )


def _decoded(values: list[str]) -> tuple[bytes, ...]:
    return tuple(base64.b64decode(value) for value in values)


def _told(one: Signed) -> dict[str, Any]:
    return {
        "field": one.field[:100],
        "subject": one.signer.subject,
        "issuer": one.signer.issuer,
        "fingerprint": one.signer.fingerprint,
        "at": one.at.isoformat() if one.at else None,
        "is_stamped": one.is_stamped,
        "faults": [str(fault) for fault in one.faults],
    }

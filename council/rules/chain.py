"""The hash chain of the audit log (trust.md section 2): pure, so that anyone can recompute it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

GENESIS = "0" * 64


def canonical(value: object) -> str:
    """Canonical JSON: sorted keys, no spaces, UTF-8 letters as they are."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def moment(at: datetime) -> str:
    """RFC 3339 in UTC with microseconds, as both databases give it back."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def link(fields: Mapping[str, object], *, prev: str) -> str:
    """The entry's hash: SHA-256 over 0x00 and the canonical JSON of its fields and `prev`."""
    text = canonical({**fields, "prev": prev})
    return hashlib.sha256(b"\x00" + text.encode()).hexdigest()

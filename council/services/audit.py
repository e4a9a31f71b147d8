"""Write the audit log: the last thing that every verb does, in the verb's own transaction."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from council.models import AuditEntry, AuditHead, Council, User
from council.rules import chain


def snapshot(obj: models.Model, fields: list[str] | tuple[str, ...]) -> dict[str, Any]:
    """The named fields' values as plain JSON values, for `before` and `after`."""
    values = {name: getattr(obj, f"{name}_id", None) or getattr(obj, name) for name in fields}
    return {
        name: value if isinstance(value, (str, int, bool, type(None))) else str(value)
        for name, value in values.items()
    }


def record(
    verb: str,
    obj: models.Model,
    *,
    by: User | None,
    council: Council | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append one entry; must run inside the transaction of the change it records.

    Never pass a secret vote, a password or the text of a closed paper in `before` or `after`.
    """
    if not transaction.get_connection().in_atomic_block:
        message = "audit.record outside a transaction: the change and its record could part"
        raise RuntimeError(message)
    AuditHead.objects.get_or_create(pk=1)
    head = AuditHead.objects.select_for_update().get(pk=1)
    at = timezone.now()
    payload = chain.canonical({"before": dict(before or {}), "after": dict(after or {})})
    entry = AuditEntry(
        seq=head.seq + 1,
        at=at,
        actor=by,
        actor_label=str(by) if by else "hệ thống",
        council=council,
        verb=verb,
        object_type=obj._meta.label_lower,  # noqa: SLF001 - Django's documented API
        object_id=str(obj.pk),
        object_label=str(obj)[:200],
        payload=payload,
        prev=head.hash,
    )
    entry.hash = chain.link(chained_fields(entry), prev=head.hash)
    entry.save(force_insert=True)
    head.seq, head.hash = entry.seq, entry.hash
    head.save(update_fields=["seq", "hash"])
    return entry


def chained_fields(entry: AuditEntry) -> dict[str, object]:
    """The fields that the entry's hash covers."""
    return {
        "seq": entry.seq,
        "at": chain.moment(entry.at),
        "actor": entry.actor_id,
        "actor_label": entry.actor_label,
        "council": entry.council_id,
        "verb": entry.verb,
        "object": [entry.object_type, entry.object_id, entry.object_label],
        "payload": entry.payload,
    }


def first_broken() -> tuple[int, str] | None:
    """Walk the whole chain; the first entry that does not follow, with the reason, or None."""
    prev, seq = chain.GENESIS, 0
    for entry in AuditEntry.objects.order_by("seq").iterator(chunk_size=2000):
        if entry.seq != seq + 1:
            return seq + 1, "missing"
        if entry.prev != prev or entry.hash != chain.link(chained_fields(entry), prev=prev):
            return entry.seq, "changed"
        prev, seq = entry.hash, entry.seq
    head = AuditHead.objects.filter(pk=1).first()
    if (head.seq, head.hash) != (seq, prev) if head else seq != 0:
        return seq + 1, "head"
    return None

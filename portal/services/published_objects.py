"""Since when each public object is public, when it changed, whether it went: kept by the worker.

A part is built anew from public rows and compared by digest with what was known. So nobody has
to announce what changed in it, and doing it twice changes nothing.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from council.models import Council, Job
from council.services import jobs
from portal.models import PublishedObject
from portal.queries import oparl, oparl_parts
from portal.queries.oparl_parts import Part
from portal.rules.oparl import Kind, Object, Ref, digest_of

AT_ONCE = 500


def follow(part: Part) -> int:
    """Write down what appeared, changed or went in a part; returns how many objects did."""
    with transaction.atomic():
        _lock(part.council)  # before anything is read, so that the last to write knows most
        now = timezone.now().replace(microsecond=0)
        known = {
            Ref(Kind(row.kind), row.key): row
            for row in PublishedObject.objects.filter(council=part.council, part=part.name)
        }
        changed, seen = 0, set[Ref]()
        for built in oparl.in_pieces(oparl_parts.refs_of(part)):
            changed += _write(part, built, known, now)
            seen |= built.keys()
        gone = [row for ref, row in known.items() if ref not in seen and not row.is_deleted]
        for row in gone:
            row.is_deleted, row.digest, row.modified_at = True, "", _after(row, now)
        PublishedObject.objects.bulk_update(
            gone, ["is_deleted", "digest", "modified_at"], batch_size=AT_ONCE
        )
    return changed + len(gone)


def _lock(council: int) -> None:
    """One worker at a time follows a council: the row of its body stands for all."""
    now = timezone.now().replace(microsecond=0)
    PublishedObject.objects.get_or_create(
        kind=Kind.BODY, key=str(council),
        defaults={
            "council_id": council, "part": f"council-{council}", "created_at": now,
            "modified_at": now,
        },
    )  # fmt: skip
    PublishedObject.objects.select_for_update().get(kind=Kind.BODY, key=str(council))


def _write(
    part: Part, built: dict[Ref, Object], known: dict[Ref, PublishedObject], now: datetime
) -> int:
    fresh, changed = [], []
    for ref, made in built.items():
        digest, row = digest_of(made), known.get(ref)
        if row is None:
            fresh.append(
                PublishedObject(
                    council_id=part.council, part=part.name, kind=ref.kind, key=ref.key,
                    digest=digest, created_at=now, modified_at=now,
                )
            )  # fmt: skip
        elif row.digest != digest or row.is_deleted:
            row.digest, row.is_deleted, row.modified_at = digest, False, _after(row, now)
            changed.append(row)
    PublishedObject.objects.bulk_create(fresh, batch_size=AT_ONCE)
    PublishedObject.objects.bulk_update(
        changed, ["digest", "is_deleted", "modified_at"], batch_size=AT_ONCE
    )
    return len(fresh) + len(changed)


def _after(row: PublishedObject, now: datetime) -> datetime:
    """The moment of the change: a clock that was set back never undoes one."""
    return max(now, row.modified_at)


def follow_thing(word: str, pk: int) -> int:
    """Follow the part that a thing is in; 0 for what OParl does not know.

    Args:
        word: what `portal.queries.oparl_parts.part_of` knows.
    """
    part = oparl_parts.part_of(word, pk)
    return follow(part) if part else 0


def follow_restless(today: date) -> list[Council]:
    """Follow what may change unannounced; returns the councils of which something did."""
    changed = {part.council for part in oparl_parts.restless_parts(today) if follow(part)}
    return list(Council.objects.filter(pk__in=changed).order_by("pk"))


def follow_council(council: Council, job: Job | None = None) -> int:
    """Follow everything of a council, with progress where a job asks for it."""
    parts, changed = list(oparl_parts.all_parts(council)), 0
    for done, part in enumerate(parts):
        changed += follow(part)
        if job is not None:
            jobs.progress(job, done=done + 1, total=len(parts))
    return changed

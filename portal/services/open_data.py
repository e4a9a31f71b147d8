"""The open data files of a council: made by the worker, replaced together, never half.

A change only says that new files are wanted; however many changes come meanwhile, one look at
what is public answers them all. Files that would say the same as before are not replaced.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation

from council.models import Council, Job
from council.services import jobs
from portal.models import DataFile, DataRelease
from portal.queries import open_data as queries
from portal.rules import dumped
from portal.rules.open_data import filenames
from portal.services.data_writers import Database, TableFiles, data_of

PROGRESS_EVERY, ROUNDS_MAX = 500, 3


@dataclass(frozen=True, slots=True)
class Made:
    """A file in the worker's folder."""

    name: str
    table: str
    form: str
    rows: int
    path: Path
    sha256: str


def want(council: Council) -> None:
    """Say that something public changed; the worker makes new files soon."""
    now = timezone.now()
    with transaction.atomic():
        _release, is_new = DataRelease.objects.get_or_create(
            council=council, defaults={"wanted_at": now}
        )
        if not is_new:
            DataRelease.objects.filter(council=council).update(wanted_at=now)
        jobs.enqueue(
            "portal.make_data", key=f"portal.make_data.{council.pk}",
            title="Tạo tệp dữ liệu mở", args=[council.pk], council=council,
        )  # fmt: skip


def want_missing(today: date) -> int:
    """Want files that were never made, not since a change, or not today; run by the clock.

    What is in force changes with the day alone.
    """
    fresh = DataRelease.objects.filter(read_at__gte=F("wanted_at"), read_at__date__gte=today)
    found = list(Council.objects.filter(~Q(data_release__in=fresh)).order_by("pk"))
    for council in found:
        want(council)
    return len(found)


def run(job: Job) -> None:
    """Make the files of the job's council, again where something changed meanwhile."""
    council = Council.objects.get(pk=job.args[0])
    for _round in range(ROUNDS_MAX):
        if not make(council, job):
            return


def make(council: Council, job: Job | None = None) -> bool:
    """Make the files; True where more changed while this was done."""
    read_at = timezone.now()
    with (
        translation.override("vi"),
        tempfile.TemporaryDirectory(prefix="open-data-") as folder,
    ):
        made = list(_written(council, Path(folder), job))
        _replace(council, made, read_at=read_at)
    return DataRelease.objects.filter(council=council, wanted_at__gt=read_at).exists()


def _written(council: Council, folder: Path, job: Job | None) -> Iterator[Made]:
    whole, counts = folder / "whole.sqlite", dict.fromkeys(dumped.TABLES, 0)
    with Database(whole) as database:
        for place, table in enumerate(dumped.TABLES):
            with TableFiles(folder, table) as files:
                for record in queries.records_of(table, council):
                    data = data_of(record)
                    files.write(data)
                    database.write(table, data)
                    counts[table] += 1
                    if job is not None and counts[table] % PROGRESS_EVERY == 0:
                        jobs.progress(job, done=place, total=len(dumped.TABLES), step=table)
    for name, table, form in filenames(council.slug):
        path = folder / name if table else whole
        rows = counts[table] if table else sum(counts.values())
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        yield Made(name, table, form, rows, path, sha256)


def _replace(council: Council, made: list[Made], *, read_at: datetime) -> None:
    """Put the new files in the place of the old ones in one transaction."""
    told = "\n".join(f"{one.name} {one.sha256}" for one in made if one.table)
    digest = hashlib.sha256(told.encode()).hexdigest()
    with transaction.atomic():
        DataRelease.objects.get_or_create(council=council, defaults={"wanted_at": read_at})
        release = DataRelease.objects.select_for_update().get(council=council)
        if release.read_at and release.read_at > read_at:
            return
        if release.digest == digest:
            DataRelease.objects.filter(pk=release.pk).update(read_at=read_at)
            return
        old = [str(file.file.name) for file in release.files.all()]
        release.files.all().delete()
        stored = [_stored(release, one) for one in made]
        DataRelease.objects.filter(pk=release.pk).update(
            read_at=read_at, made_at=read_at, digest=digest
        )
        for path in set(old) - set(stored):
            transaction.on_commit(partial(default_storage.delete, path))


def _stored(release: DataRelease, one: Made) -> str:
    row = DataFile(
        release=release, name=one.name, table=one.table, form=one.form, rows=one.rows,
        sha256=one.sha256, size=one.path.stat().st_size,
    )  # fmt: skip
    with one.path.open("rb") as stream:
        row.file.save(one.name, File(stream), save=False)
    row.save()
    return str(row.file.name)

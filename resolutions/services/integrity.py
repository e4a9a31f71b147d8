"""Prove that what is published is still what was signed: files, frozen texts, rows."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import F
from django.db.models.fields.files import FieldFile

from resolutions.models import (
    NumberSeries,
    Publication,
    PublishedFile,
    Resolution,
    ResolutionState,
    immutability,
)
from resolutions.queries import texts
from resolutions.rules import numbering

CHUNK: Final = 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: where, and a stable code."""

    code: str
    where: str


def sha256_of(file: FieldFile) -> str | None:
    """The SHA-256 of a stored file's bytes; None where the file is gone."""
    if not file.name or not file.storage.exists(file.name):
        return None
    found = hashlib.sha256()
    with file.storage.open(file.name) as stored:
        while chunk := stored.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def file_matches(file: FieldFile, sha256: str) -> bool:
    """Whether the stored bytes are there and have this hash."""
    return bool(sha256) and sha256_of(file) == sha256


def verify() -> Iterator[Finding]:
    """Walk everything signed and published; yields what does not hold, nothing where all does."""
    for name in immutability.missing(connection):
        yield Finding("trigger_missing", name)
    signed = Resolution.objects.filter(signed_at__isnull=False).select_related(
        "council", "council_session__term", "signature", "publication"
    )
    for resolution in signed.order_by("pk").iterator(chunk_size=200):
        yield from _verify_one(resolution)
    yield from _verify_numbers()


def _verify_one(resolution: Resolution) -> Iterator[Finding]:
    where = f"{resolution.council.slug} {resolution.year} {resolution.symbol}"
    digest = texts.digest_of(resolution)
    if digest != resolution.signature.text_digest:
        yield Finding("text_changed", where)
    yield from _verify_signed_files(resolution, where=where)
    publication = getattr(resolution, "publication", None)
    if publication is None:  # signed electronically, the seal is still to come
        return
    if publication.frozen:
        yield from _verify_frozen(publication, digest=digest, where=where)
    if publication.pdf and not file_matches(publication.pdf, publication.pdf_sha256):
        yield Finding("file_changed", where)
    for other in publication.files.all():
        if not file_matches(other.file, other.sha256):
            yield Finding("file_changed", where)
    if resolution.state == ResolutionState.PUBLISHED and not (
        publication.frozen and publication.pdf
    ):
        yield Finding("published_without_file", where)


def _verify_signed_files(resolution: Resolution, *, where: str) -> Iterator[Finding]:
    for signed in resolution.signed_files.all():
        if not file_matches(signed.file, signed.sha256):
            yield Finding("signed_file_changed", where)


def _verify_frozen(publication: Publication, *, digest: str, where: str) -> Iterator[Finding]:
    if hashlib.sha256(publication.frozen.encode()).hexdigest() != publication.frozen_sha256:
        yield Finding("frozen_changed", where)
        return
    if json.loads(publication.frozen)["text_digest"] != digest:
        yield Finding("frozen_differs", where)


def _verify_numbers() -> Iterator[Finding]:
    for series in NumberSeries.objects.select_related("council").order_by("pk"):
        on_paper = range(1, series.opened_after + 1)
        given = set(series.entries.values_list("number", flat=True)) | set(on_paper)
        where = f"{series.council.slug} {series.year} {series.kind}"
        for number in numbering.gaps(given):
            yield Finding("number_missing", f"{where} {number}")
        if max(given, default=0) != series.last:
            yield Finding("series_differs", where)
        used = series.entries.filter(state="used", resolution__isnull=False)
        for entry in used.exclude(resolution__number=F("number")):
            yield Finding("number_differs", f"{where} {entry.number}")


def orphans() -> list[str]:
    """Files under `published/` that no publication names: left by killed workers, never served."""
    if not default_storage.exists("published"):
        return []
    named = set(Publication.objects.exclude(pdf="").values_list("pdf", flat=True))
    named |= set(PublishedFile.objects.values_list("file", flat=True))
    _folders, files = default_storage.listdir("published")
    return sorted(name for name in files if f"published/{name}" not in named)

"""Made-up past resolutions by the million, for measuring: written in bulk, marked as such.

Each lies in a council of its own kind (`tong-hop-1`, …), so that none mixes with a real council's.
Rows go in by COPY on PostgreSQL and by one prepared statement on SQLite; guards and constraints
hold as for any other row.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models, transaction

from council.models import Council, User
from council.rules.provision import Level
from portal.models import SearchEntry
from portal.rules import filler
from portal.services.search_entries import folded
from resolutions.models import ArchivedResolution, ArchiveFile, ArchiveImport, ArchiveRow
from resolutions.rules import numbering

SLUG: Final = "tong-hop"
YEARS: Final = range(2000, 2024)
COUNCIL_MAX: Final = len(YEARS) * numbering.NUMBER_MAX
"""So many fit in one council: every number of every year."""

AT_ONCE: Final = 2000
PIECE = "tong-hop.txt"
SEED: Final = 20_230_712
KIND: Final = numbering.ResolutionKind.INDIVIDUAL


@dataclass(frozen=True, slots=True)
class Portion:
    """Resolutions of one council that one transaction writes: those with these ordinals."""

    archive_pk: int
    first: int
    end: int


def portions(total: int, councils: int) -> list[Portion]:
    """What is missing until there are so many resolutions in so many councils.

    Makes the councils where they are not there yet; their years fill evenly.

    Raises:
        ValueError: so many do not fit in so few councils.
    """
    if total > councils * COUNCIL_MAX:
        message = f"{councils} councils hold {councils * COUNCIL_MAX} resolutions at most."
        raise ValueError(message)
    wanted = [total // councils + (place < total % councils) for place in range(councils)]
    made = []
    for place, count in enumerate(wanted, start=1):
        archive = _archive_of(place)
        there = archive.rows.count()
        made += [
            Portion(archive.pk, first, min(first + AT_ONCE, count))
            for first in range(there, count, AT_ONCE)
        ]
    return made


def write(portion: Portion) -> int:
    """Write one portion with its entries of the search; returns how many resolutions it has."""
    archive = ArchiveImport.objects.select_related("council").get(pk=portion.archive_pk)
    made = list(_made(archive, portion))
    with transaction.atomic():
        _insert(ArchiveFile, [one.file for one in made])
        files = dict(
            ArchiveFile.objects.filter(
                archive=archive, path__in=[one.file["path"] for one in made]
            ).values_list("path", "pk")
        )
        _insert(ArchiveRow, [one.row | {"file_id": files[one.file["path"]]} for one in made])
        between = {"line__gt": portion.first, "line__lte": portion.end}
        rows = dict(archive.rows.filter(**between).values_list("line", "pk"))
        _insert(
            ArchivedResolution,
            [one.resolution | {"row_id": rows[one.row["line"]]} for one in made],
        )
        found = ArchivedResolution.objects.filter(row__in=rows.values())
        keys = dict(found.values_list("row_id", "pk"))
        _insert(
            SearchEntry,
            [one.entry | {"object_id": keys[rows[one.row["line"]]]} for one in made],
        )
    return len(made)


@dataclass(frozen=True, slots=True)
class _Made:
    file: dict[str, Any]
    row: dict[str, Any]
    resolution: dict[str, Any]
    entry: dict[str, Any]


def _made(archive: ArchiveImport, portion: Portion) -> Iterator[_Made]:
    council, kept = archive.council, _kept_file()
    for ordinal in range(portion.first, portion.end):
        number, place = divmod(ordinal, len(YEARS))
        number, year = number + 1, YEARS[place]
        text = filler.resolution(SEED + archive.pk, ordinal, year)
        issued = date(year, 1, 1) + timedelta(days=number % 365)
        symbol = numbering.symbol(number, year, KIND)
        of_file = kept | {"text": text.text}
        known = {
            "kind": KIND.value, "year": year, "number": number, "symbol": str(symbol),
            "title": text.title, "issued_on": issued, "effective_on": None,
            "signatory": text.signatory, "relations": "", "session_label": "",
            "council_session_id": None,
        }  # fmt: skip
        path = f"/{council.slug}/nghi-quyet/luu/{year}/{symbol.slug}/"
        title, body = f"{symbol} {text.title}", f"{text.title}\n{text.text}"
        moment = datetime.combine(issued, time(12), tzinfo=UTC)
        yield _Made(
            file={"archive_id": archive.pk, "path": f"{year}/{number}.txt", "refusal": ""}
            | of_file | {"text": ""},
            row=known | {
                "archive_id": archive.pk, "line": ordinal + 1, "key": "", "error": "",
                "doubt": "", "state": ArchiveRow.State.IMPORTED.value, "outcome": "",
            },
            resolution=known | of_file | {
                "council_id": council.pk, "slug": symbol.slug, "published_at": moment,
            },
            entry={
                "council_id": council.pk, "kind": SearchEntry.Kind.ARCHIVED.value, "path": path,
                "title": title, "summary": text.title, "symbol": str(symbol), "body": body,
                "title_folded": folded(title), "body_folded": folded(title, str(council), body),
                "dated_on": issued, "year": year, "published_at": moment, "status": "in_force",
                "status_until": None,
            },
        )  # fmt: skip


def _archive_of(place: int) -> ArchiveImport:
    """The import into which the resolutions of one council go; made where it is not there."""
    slug = f"{SLUG}-{place}"
    with transaction.atomic():
        council, _ = Council.objects.get_or_create(
            slug=slug,
            defaults={
                "unit_kind": "tinh", "unit_name": f"Tổng hợp {place}", "level": Level.PROVINCE,
                "seat": "Tổng hợp", "existed_from": date(YEARS[0], 1, 1), "is_sample": True,
                "notice": filler.MARK,
            },
        )  # fmt: skip
        first, second = (_account(name) for name in (f"{SLUG}-trinh", f"{SLUG}-duyet"))
        done = datetime(YEARS[-1] + 1, 1, 1, tzinfo=UTC)
        archive, _ = ArchiveImport.objects.get_or_create(
            council=council,
            title=filler.MARK,
            defaults={
                "table": str(_kept_file()["file"]), "state": ArchiveImport.State.DONE,
                "created_by": first, "created_at": done, "submitted_by": first,
                "approved_by": second, "approved_at": done, "finished_at": done,
            },
        )  # fmt: skip
    return archive


def _account(name: str) -> User:
    """An account with which nobody can sign in."""
    found = User.objects.filter(username=name).first()
    return found or User.objects.create_user(name, "", None, is_active=False)


def _kept_file() -> dict[str, Any]:
    """The one file to which all of them point."""
    content = filler.MARK.encode()
    name = f"archive/{PIECE}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    return {
        "file": name, "media_type": "text/plain", "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }  # fmt: skip


def _insert(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> None:
    """Rows with the columns that the first of them names."""
    fields = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001
    names = list(rows[0])
    quoted = ", ".join(connection.ops.quote_name(str(fields[name].column)) for name in names)
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
    prepare = [fields[name].get_db_prep_save for name in names]
    values = (
        [made(row[name], connection) for made, name in zip(prepare, names, strict=True)]
        for row in rows
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(
                f"INSERT INTO {table} ({quoted}) VALUES ({marks})",  # noqa: S608 - our own names
                list(values),
            )

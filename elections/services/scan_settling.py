"""The pile becomes papers without order: sides put together, keys thrown, written in one statement.

Everything that lay in the work folder lay in the order of feeding. Here it gets new random keys and
is written in random order, all at once; the work folder is emptied.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from elections.models import ScanPair, ScanRun, ScanSheet, ScanTask, ScanUpload
from elections.rules import scans as rules
from elections.scanning import same_paper
from elections.services import scan_checks, scan_folders, scan_runs

LOTS: Final = secrets.SystemRandom()


@dataclass(frozen=True)
class ReadSide:
    """One side as it lies in the work folder: `picture` is missing where no pixels could be had."""

    picture: Path | None
    said: dict[str, Any]


def settle(run_pk: int) -> None:
    """Make the run's sheets, the pairs that look alike and the rows for people. Twice is once."""
    run = ScanRun.objects.select_related("poll").get(pk=run_pk)
    if run.state != ScanRun.State.CLOSING:
        return
    scan_folders.empty(scan_folders.kept_folder(run))  # of a worker that died before its commit
    groups = list(papers_of(run))
    LOTS.shuffle(groups)
    sheets = [sheet_of(run, group, sides) for group, sides in groups]
    with transaction.atomic():
        run = scan_checks.run(run.pk)
        if run.state != ScanRun.State.CLOSING:
            return
        remember_reader(run, [side for _group, sides in groups for side in sides])
        ScanSheet.objects.bulk_create(sheets)
        ScanPair.objects.bulk_create(alike(sheets))
        ScanTask.objects.bulk_create(rows_for_people(run, sheets))
        scan_runs.move(
            run, ScanRun.State.READ, verb="scan.read", by=None, fields=("reader", "thresholds")
        )
    scan_folders.empty(scan_folders.work_folder(run))


def papers_of(run: ScanRun) -> Iterator[tuple[rules.Grouped, list[ReadSide]]]:
    """The papers of all files, each with its sides."""
    box_map = scan_checks.printed_paper(run.poll).box_map or {}
    for upload in run.uploads.filter(state=ScanUpload.State.READ).order_by("key"):
        upload.run = run
        sides = [side_at(path) for path in sorted(scan_folders.pages_of(upload).glob("*.json"))]
        known = [rules.Side(side.said["page"], side.said["status"] == "read") for side in sides]
        for group in rules.grouped(known, len(box_map["pages"])):
            yield group, [sides[place] for place in group.places]


def side_at(path: Path) -> ReadSide:
    """What lies in the work folder of one side."""
    picture = path.with_suffix(".png")
    return ReadSide(picture if picture.exists() else None, json.loads(path.read_text()))


def remember_reader(run: ScanRun, sides: list[ReadSide]) -> None:
    """Which reader with which thresholds read the pile."""
    for side in sides:
        if side.said["reader"]:
            run.reader, run.thresholds = side.said["reader"], side.said["thresholds"]


def sheet_of(run: ScanRun, group: rules.Grouped, sides: list[ReadSide]) -> ScanSheet:
    """One paper, its pictures kept under names of their own."""
    kept = [keep(run, side) for side in sides if side.picture is not None]
    refused = next((side.said for side in sides if side.said["status"] == "refused"), None)
    if group.code or refused is not None:
        code = group.code or (refused or {})["code"]
        why = group.why or (refused or {})["why"]
        values = {} if group.why else (refused or {})["params"]
        return ScanSheet(
            run=run, status="refused", code=code, why=why, why_values=values, sides=kept
        )
    entries = [(place, entry) for place, side in enumerate(sides) for entry in side.said["entries"]]
    return ScanSheet(
        run=run,
        status="read",
        sides=kept,
        marks={entry["code"]: entry["value"] for _place, entry in entries},
        rows={
            entry["code"]: {
                "side": place,
                "crop": entry["crop"],
                "turns": entry["turns"],
                "reason": entry["reason"],
                "boxes": entry["boxes"],
            }
            for place, entry in entries
        },
        signatures=[side.said["signature"] for side in sides],
    )


def keep(run: ScanRun, side: ReadSide) -> dict[str, Any]:
    """Keep one picture; what the sheet knows of it."""
    name = secrets.token_hex(16)
    picture = side.picture or Path()
    scan_folders.keep(run, name, picture)
    digest = hashlib.sha256(picture.read_bytes()).hexdigest()
    return {"page": side.said["page"], "sha256": digest, "file": name}


def alike(sheets: list[ScanSheet]) -> list[ScanPair]:
    """Papers of which a side looks like a side of another: the same paper, scanned twice."""
    read = [sheet for sheet in sheets if sheet.status == ScanSheet.Status.READ]
    found: set[tuple[int, int]] = set()
    for place in range(max((len(sheet.signatures) for sheet in read), default=0)):
        found.update(
            same_paper.alike([base64.b64decode(sheet.signatures[place]) for sheet in read])
        )
    pairs = [
        ScanPair(first=read[one], second=read[other])
        for one, other in sorted(found, key=lambda pair: (read[pair[0]].key, read[pair[1]].key))
    ]
    LOTS.shuffle(pairs)
    return pairs


def rows_for_people(run: ScanRun, sheets: list[ScanSheet]) -> list[ScanTask]:
    """The rows that two people look at, in no order."""
    tasks = [
        ScanTask(sheet=sheet, entry_code=code, purpose=ScanTask.Purpose.REVIEW)
        for sheet in sheets
        for code, mark in sheet.marks.items()
        if rules.needs_people(mark, has_ink=has_ink(sheet, code), is_strict=run.is_strict)
    ]
    LOTS.shuffle(tasks)
    return tasks


def has_ink(sheet: ScanSheet, code: str) -> bool:
    """Whether there is ink in or beside a box of the row."""
    return any(box["area"] > 0 or box["around"] > 0 for box in sheet.rows[code]["boxes"])

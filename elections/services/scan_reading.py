"""The worker's part of a scan: each page once, whatever stops in between.

What was read lies in the work folder, page by page: a picture and what the reader said. A worker
that dies leaves whole pages; the next one goes on after them.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import cv2
from django.db import transaction
from django.utils.translation import gettext as _

from council.models import Job
from council.rules.refusals import Refusal, gettext_noop
from council.services import jobs
from elections.models import ScanRun, ScanUpload
from elections.scanning import geometry, images
from elections.scanning.reader import read_image
from elections.scanning.readings import SheetReading, Style
from elections.services import scan_checks, scan_folders

PAGES_OF_A_FILE: Final = 400
"""A larger pile goes into several files, so that a lost worker costs little."""
TOO_MANY: Final = gettext_noop("Tệp có hơn %(limit)d trang. Chia thành nhiều tệp nhỏ hơn.")


def read_upload(key: str, *, job: Job | None = None) -> None:
    """Read the pages of one file that were not read yet; stops where the run is paused."""
    upload = ScanUpload.objects.select_related("run__poll").get(pk=key)
    source = scan_folders.incoming(upload)
    if upload.state != ScanUpload.State.WAITING or not source.exists():
        return
    box_map = scan_checks.printed_paper(upload.run.poll).box_map or {}
    style = geometry.style_of(upload.run.poll_id, box_map)
    number, refusal = 0, None
    for page in images.pages(source):
        if not is_taking(upload.run):
            return
        number = page.number
        if number > PAGES_OF_A_FILE:
            refusal = Refusal("scan.too_many_pages", TOO_MANY, params={"limit": PAGES_OF_A_FILE})
            break
        refusal = refusal or page.refusal
        read_page(upload, page, box_map, style)
        tell(job, number)
    close(upload, refusal)


def is_taking(run: ScanRun) -> bool:
    """Whether the run still wants its pages read."""
    return ScanRun.objects.filter(pk=run.pk, state=ScanRun.State.TAKING).exists()


def read_page(upload: ScanUpload, page: images.Page, box_map: dict[str, Any], style: Style) -> None:
    """Keep the page's pixels and what they say; what lies there already is left."""
    target = result_path(upload, page.number)
    if target.exists():
        return
    if page.gray is None:
        reading = unread(page.refusal)
    else:
        done, pixels = cv2.imencode(".png", page.gray, [cv2.IMWRITE_PNG_COMPRESSION, 2])
        if not done:
            message = "the page could not be kept"
            raise OSError(message)
        scan_folders.write_whole(target.with_suffix(".png"), pixels.tobytes())
        reading = read_image(page.gray, box_map, style)
    scan_folders.write_whole(target, json.dumps(stored(reading)).encode())


def unread(refusal: Refusal | None) -> SheetReading:
    """A page that has no pixels, and why."""
    return SheetReading(
        status="refused",
        code="scan.unreadable",
        why=refusal.sentence if refusal else "",
        params=refusal.params if refusal else {},
        page=0,
    )


def without_place(values: Mapping[str, object]) -> dict[str, object]:
    """What fills a sentence, without the file's name and page, which would tell the order."""
    return {name: value for name, value in values.items() if name != "name"}


def stored(reading: SheetReading) -> dict[str, Any]:
    """A reading as JSON; its sentence is filled in the language of whoever reads it."""
    signature = base64.b64encode(reading.signature).decode()
    return {**asdict(reading), "signature": signature, "params": without_place(reading.params)}


def result_path(upload: ScanUpload, number: int) -> Path:
    """Where what the reader said of the page lies."""
    return scan_folders.pages_of(upload) / f"{number:04}.json"


def close(upload: ScanUpload, refusal: Refusal | None) -> None:
    """All pages are read. A file of which no page could be opened, or too long, is not taken."""
    results = sorted(scan_folders.pages_of(upload).glob("*.json"))
    is_refused = refusal is not None and (
        len(results) >= PAGES_OF_A_FILE
        or not any(path.with_suffix(".png").exists() for path in results)
    )
    with transaction.atomic():
        run = scan_checks.run(upload.run_id)
        if run.state != ScanRun.State.TAKING:
            return  # it was paused or void meanwhile; a resumed run asks again
        upload.state = ScanUpload.State.REFUSED if is_refused else ScanUpload.State.READ
        if refusal is not None and is_refused:
            upload.why, upload.why_values = refusal.sentence, without_place(refusal.params)
        upload.save(update_fields=["state", "why", "why_values"])
        scan_checks.record("scan.file_read", upload, run.poll, by=None)


def tell(job: Job | None, done: int) -> None:
    """How many pages are read, where a job waits for it."""
    if job is not None:
        jobs.progress(job, done=done, total=done, step=_("trang %(page)d") % {"page": done})

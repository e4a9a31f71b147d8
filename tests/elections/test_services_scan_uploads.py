"""Files come in through the page or the watched folder; what is no scan stays out."""

import json
import os
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from council.rules.refusals import Refusal
from council.services import jobs
from elections.models import ScanSheet, ScanUpload
from elections.scanning import geometry, images
from elections.services import (
    scan_folders,
    scan_reading,
    scan_runs,
    scan_uploads,
)
from elections.web import scan_page
from tests.elections import scan_stage
from tests.elections.stage import Stage, build, candidate, election

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]


@pytest.fixture
def stage() -> Stage:
    return build()


def small_poll(stage: Stage, *, returned: int = 6):
    """Two persons stand: papers of two rows."""
    poll = election(stage)
    for person in (20, 21):
        candidate(stage, poll, person)
    return scan_stage.scanning(stage, poll, returned=returned)


def sides_of(poll, heap):
    form = scan_stage.form_of(poll)
    return [side for n, marks in enumerate(heap) for side in scan_stage.paper(form, marks, seed=n)]


def refused(code, call, **arguments):
    with pytest.raises(Refusal) as error:
        call(**arguments)
    assert error.value.code == code


def test_the_same_file_is_taken_once(stage):
    poll, by = small_poll(stage), stage.user("counter1")
    run = scan_stage.started(stage, poll)
    file = scan_stage.pdf_of(sides_of(poll, scan_stage.heap_of(poll, 2)))
    assert scan_uploads.add(run, files=[file, file], by=by) == 1
    assert scan_uploads.add(run, files=[file], by=by) == 0
    assert run.uploads.count() == 1
    assert len(list(scan_folders.work_folder(run).glob("*.in"))) == 1


@pytest.mark.parametrize("content", [b"hello", b"PK\x03\x04", b"", b"\x89PNG"])
def test_only_scans_are_taken(stage, content):
    poll = small_poll(stage)
    run = scan_stage.started(stage, poll)
    with pytest.raises(Refusal):
        scan_uploads.add(
            run, files=[SimpleUploadedFile("x.pdf", content)], by=stage.user("counter1")
        )
    assert not run.uploads.exists()


def test_a_file_that_cannot_be_opened_is_refused_with_a_sentence(stage):
    poll, by = small_poll(stage), stage.user("counter1")
    run = scan_stage.started(stage, poll)
    scan_uploads.add(run, files=[SimpleUploadedFile("x.pdf", b"%PDF-1.4 rubbish")], by=by)
    jobs.run_due()
    upload = run.uploads.get()
    assert upload.state == ScanUpload.State.REFUSED
    assert "%(name)s" in upload.why, "kept with its gaps, filled in the reader's language"
    assert upload.why_values == {}
    assert scan_page.words_of(upload).startswith("Không mở được tệp này:")
    refused("scan.nothing_read", scan_runs.finish, run=run, by=by)


def test_the_watched_folder_is_taken_when_its_files_rest(stage, tmp_path):
    poll = small_poll(stage)
    run = scan_stage.started(stage, poll)
    place = tmp_path / str(poll.pk)
    place.mkdir()
    scan = place / "0001.pdf"
    scan.write_bytes(scan_stage.pdf_of(sides_of(poll, scan_stage.heap_of(poll, 1))).read())
    (place / "note.txt").write_text("no scan")
    (tmp_path / "999999").mkdir()
    assert scan_uploads.take_folder(tmp_path) == 0, "a scanner may still be writing"
    old = time.time() - 60
    for path in place.iterdir():
        os.utime(path, (old, old))
    call_command("take_scans", "--folder", str(tmp_path))
    assert not scan.exists()
    assert (place / scan_uploads.NOT_TAKEN / "note.txt").exists()
    assert run.uploads.count() == 1


def test_a_page_without_pixels_is_refused_without_a_word_of_its_place(stage):
    poll = small_poll(stage)
    run = scan_stage.started(stage, poll)
    upload = ScanUpload.objects.create(run=run, sha256="0" * 64)
    sentence = "Ảnh %(name)s quá lớn (trên %(limit)d triệu điểm ảnh)."
    refusal = Refusal("scan.too_large", sentence, params={"name": "a.pdf#17", "limit": 50})
    page = images.Page("a.pdf#17", 17, None, refusal)
    box_map = scan_stage.form_of(poll).box_map
    style = geometry.style_of(poll.pk, box_map)
    scan_reading.read_page(upload, page, box_map, style)
    said = json.loads(scan_reading.result_path(upload, 17).read_text())
    assert (said["why"], said["params"]) == (sentence, {"limit": 50})
    sheet = ScanSheet(why=said["why"], why_values=said["params"])
    assert scan_page.words_of(sheet) == "Ảnh này quá lớn (trên 50 triệu điểm ảnh)."
    assert "a.pdf" not in json.dumps(said)
    assert said["status"] == "refused"

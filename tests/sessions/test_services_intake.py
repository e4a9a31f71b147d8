"""Files come in piece by piece: offsets, resumption, sums, quarantine, sweeping, four eyes."""

import hashlib
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from council.models import Job
from sessions.models import Document, PaperUpload
from sessions.services import admissions, inspections, intake, papers, quarantine, sweeping
from tests.cast import Cast
from tests.hostile.kit import document
from tests.sessions.desk import Desk, desk_of, pdf, refusal_of, verbs_of

CONTENT = document()
HALF = len(CONTENT) // 2


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast)


def begun(desk: Desk, **changes: Any) -> PaperUpload:
    given = {
        "filename": "Báo cáo.pdf", "size": len(CONTENT), "mark": "17", "by": desk.user("clerk"),
    }  # fmt: skip
    return intake.begin(desk.council_session, **{**given, **changes})


def sent(desk: Desk, upload: PaperUpload, offset: int, content: bytes) -> PaperUpload:
    return intake.append(upload, offset=offset, content=content, by=desk.user("clerk"))


def passed(desk: Desk, run_jobs: Any, content: bytes = CONTENT, **values: Any) -> PaperUpload:
    upload = desk.upload(SimpleUploadedFile("a.pdf", content), **values)
    run_jobs()
    upload.refresh_from_db()
    assert upload.state == "passed", upload.refusal_sentence
    return upload


def test_a_file_comes_in_pieces_and_goes_on_where_it_stopped(desk: Desk) -> None:
    upload = begun(desk)
    sent(desk, upload, 0, CONTENT[:HALF])
    again = begun(desk)
    assert (again.pk, again.received) == (upload.pk, HALF)
    sent(desk, again, HALF, CONTENT[HALF:])
    digest = hashlib.sha256(CONTENT).hexdigest()
    done = intake.finish(upload, sha256=digest, by=desk.user("clerk"))
    assert (done.state, done.sha256) == ("waiting", digest)
    assert quarantine.path_of(done).read_bytes() == CONTENT
    assert Job.objects.get(name=intake.CHECK).args == [upload.pk]


def test_another_file_of_the_same_name_begins_anew(desk: Desk) -> None:
    upload = begun(desk)
    assert begun(desk, mark="18").pk != upload.pk
    assert begun(desk, by=desk.user("approver")).pk != upload.pk
    assert begun(desk, size=9).pk != upload.pk
    assert begun(desk, mark="").pk != begun(desk, mark="").pk


@pytest.mark.parametrize("offset", [0, HALF - 1, HALF + 1, 10**12])
def test_a_piece_at_a_wrong_place_is_told_the_right_one(desk: Desk, offset: int) -> None:
    upload = begun(desk)
    sent(desk, upload, 0, CONTENT[:HALF])
    refusal = refusal_of(sent, desk, upload, offset, b"x")
    assert isinstance(refusal, intake.WrongOffset)
    assert refusal.received == HALF
    assert quarantine.path_of(upload).read_bytes() == CONTENT[:HALF]


def test_what_a_broken_piece_left_behind_is_written_over(desk: Desk) -> None:
    upload = begun(desk)
    sent(desk, upload, 0, CONTENT[:HALF])
    with quarantine.path_of(upload).open("ab") as file:
        file.write(b"torn" * 1000)
    sent(desk, upload, HALF, CONTENT[HALF:])
    assert intake.finish(upload, by=desk.user("clerk")).state == "waiting"
    assert quarantine.path_of(upload).read_bytes() == CONTENT


def test_a_damaged_file_is_sent_again_from_the_start(desk: Desk) -> None:
    upload = begun(desk)
    sent(desk, upload, 0, CONTENT)
    refusal = refusal_of(intake.finish, upload, sha256="0" * 64, by=desk.user("clerk"))
    assert refusal.code == "upload.checksum"
    upload.refresh_from_db()
    assert (upload.state, upload.received) == ("receiving", 0)


def test_refusals_of_pieces(desk: Desk) -> None:
    upload = begun(desk)
    unfinished = refusal_of(intake.finish, upload, by=desk.user("clerk"))
    assert unfinished.code == "upload.incomplete"
    assert refusal_of(sent, desk, upload, 0, CONTENT + b"x").code == "upload.longer"
    other = refusal_of(intake.append, upload, offset=0, content=b"%", by=desk.user("approver"))
    assert other.code == "upload.not_receiving"
    for name in ("chair", "delegate", "outsider"):
        assert refusal_of(begun, desk, by=desk.user(name)).code == "access.denied"


def test_too_many_files_at_once_are_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "OPEN_MAX", 2)
    begun(desk, mark="1")
    begun(desk, mark="2")
    assert refusal_of(begun, desk, mark="3").code == "upload.too_many"
    assert begun(desk, mark="2").received == 0


def test_nothing_is_a_paper_before_it_passed_and_was_described(desk: Desk, run_jobs: Any) -> None:
    upload = desk.upload(SimpleUploadedFile("a.pdf", CONTENT))
    early = refusal_of(
        admissions.as_paper, upload, item=None, kind="report", title="x", by=desk.user("clerk")
    )
    assert early.code == "upload.not_passed"
    run_jobs()
    assert not Document.objects.exists()
    assert list(Path(quarantine.folder()).parent.glob("files/papers/*/*")) == []


def test_the_saved_paper_has_the_bytes_that_were_looked_at(
    desk: Desk, run_jobs: Any, django_capture_on_commit_callbacks: Any
) -> None:
    upload = passed(desk, run_jobs)
    with django_capture_on_commit_callbacks(execute=True):
        made = admissions.as_paper(
            upload, item=desk.roots[0], kind="report", title="Báo cáo", by=desk.user("clerk")
        )
    version = made.versions.get()
    with version.file.open() as content:
        assert content.read() == CONTENT
    assert version.sha256 == upload.sha256
    assert list(quarantine.folder().iterdir()) == []
    twice = refusal_of(
        admissions.as_paper, upload, item=None, kind="report", title="x", by=desk.user("clerk")
    )
    assert twice.code == "upload.not_passed"
    assert verbs_of(upload) == ["upload.receive"]


def test_who_uploaded_does_not_release_whoever_described_it(desk: Desk, run_jobs: Any) -> None:
    upload = passed(desk, run_jobs, by=desk.user("approver"))
    made = admissions.as_paper(
        upload, item=None, kind="report", title="Báo cáo", by=desk.user("clerk")
    )
    refusal = refusal_of(papers.release, made, visibility="delegates", by=desk.user("approver"))
    assert refusal.code == "paper.own_release"
    assert made.created_by == desk.user("clerk")


def test_a_refused_row_leaves_no_second_copy(desk: Desk, run_jobs: Any, settings: Any) -> None:
    upload = passed(desk, run_jobs)
    other = desk_of(desk.cast, number=6)
    refusal = refusal_of(
        admissions.as_paper, upload, item=other.roots[0], kind="report", title="x",
        by=desk.user("clerk"),
    )  # fmt: skip
    assert refusal.code == "paper.item_of_another_session"
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
    assert quarantine.path_of(upload).exists()


def test_a_file_that_changed_on_the_disk_is_refused(desk: Desk, run_jobs: Any) -> None:
    for change in (lambda path: path.write_bytes(b"%PDF-1.7 other"), Path.unlink):
        upload = desk.upload(SimpleUploadedFile("a.pdf", CONTENT))
        change(quarantine.path_of(upload))
        run_jobs()
        upload.refresh_from_db()
        assert (upload.state, upload.refusal_code) == ("refused", "file.changed")


def test_a_busy_machine_is_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = desk.upload(SimpleUploadedFile("a.pdf", CONTENT))
    slow = inspections.Limits(wall_seconds=0.001)
    monkeypatch.setattr(inspections, "LIMITS", slow)
    with pytest.raises(TimeoutError):
        inspections.inspect(upload, attempts=1)
    assert inspections.inspect(upload, attempts=3).code == "file.too_heavy"


def test_a_version_for_a_paper_withdrawn_meanwhile_is_refused(desk: Desk, run_jobs: Any) -> None:
    held = desk.paper()
    upload = desk.upload(SimpleUploadedFile("a.pdf", CONTENT), document=held)
    papers.withdraw(held, reason="Nhầm", by=desk.user("clerk"))
    run_jobs()
    upload.refresh_from_db()
    assert (upload.state, upload.refusal_code) == ("refused", "paper.withdrawn")
    held.refresh_from_db()
    late = desk.upload(SimpleUploadedFile("a.pdf", CONTENT), document=held)
    assert (late.state, late.refusal_code) == ("refused", "paper.withdrawn")


def test_a_file_taken_off_the_list_is_gone(
    desk: Desk, django_capture_on_commit_callbacks: Any
) -> None:
    upload = desk.upload(pdf())
    with django_capture_on_commit_callbacks(execute=True):
        intake.discard(upload, by=desk.user("approver"))
    assert not quarantine.path_of(upload).exists()
    assert not PaperUpload.objects.exists()
    assert verbs_of(upload) == ["upload.receive", "upload.discard"]
    intake.discard(upload, by=desk.user("clerk"))
    assert refusal_of(intake.discard, upload, by=desk.user("chair")).code == "access.denied"


def test_what_nobody_goes_on_with_is_swept(desk: Desk) -> None:
    fresh, stale = begun(desk, mark="1"), begun(desk, mark="2")
    for upload in (fresh, stale):
        sent(desk, upload, 0, CONTENT[:HALF])
    waiting = desk.upload(pdf())
    refused = desk.upload(SimpleUploadedFile("a.exe", b"MZ"))
    long_ago = timezone.now() - timedelta(days=31)
    PaperUpload.objects.exclude(pk=fresh.pk).update(touched_at=long_ago)
    lost = quarantine.folder() / "lost"
    lost.write_bytes(b"x")
    old = time.time() - 25 * 3600
    os.utime(lost, (old, old))
    assert sweeping.sweep() == 3
    assert set(PaperUpload.objects.all()) == {fresh, waiting}
    assert refused not in PaperUpload.objects.all()
    left = {path.name for path in quarantine.folder().iterdir()}
    assert left == {fresh.key, waiting.key}
    assert sweeping.sweep() == 0

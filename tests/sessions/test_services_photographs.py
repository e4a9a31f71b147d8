"""What a telephone writes into a photograph reaches nobody: paper, version, archive."""

import hashlib
import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from council.models import AuditEntry
from resolutions.models import ArchivedResolution
from resolutions.services import archives
from sessions.models import DocumentVersion, PaperUpload
from sessions.services import admissions, photographs, quarantine
from sessions.services.uploads import StoredFile
from tests.cast import Cast
from tests.resolutions.archive_kit import handed_in, row
from tests.sessions.desk import Desk, desk_of, refusal_of
from tests.sessions.inspection.test_photographs import CANARY, jpeg, opened, png

FILES = {"anh.jpg": jpeg(), "anh.png": png()}


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast)


def received(desk: Desk, name: str, content: bytes, **more: Any) -> PaperUpload:
    return desk.upload(SimpleUploadedFile(name, content), **more)


def bytes_of(version: DocumentVersion) -> bytes:
    with version.file.open("rb") as stream:
        return bytes(stream.read())


@pytest.mark.parametrize("name", FILES)
def test_a_photograph_is_clean_before_it_becomes_a_paper(
    desk: Desk, run_jobs: Any, name: str, django_capture_on_commit_callbacks: Any
) -> None:
    upload = received(desk, name, FILES[name])
    first_key = upload.key
    with django_capture_on_commit_callbacks(execute=True):
        run_jobs()
    upload.refresh_from_db()
    assert upload.state == "passed", upload.refusal_sentence
    kept = quarantine.path_of(upload).read_bytes()
    assert CANARY.encode() not in kept
    assert (upload.sha256, upload.size) == (hashlib.sha256(kept).hexdigest(), len(kept))
    assert upload.guess["cleaned"] is True
    assert first_key not in {path.name for path in quarantine.folder().iterdir()}
    document = admissions.as_paper(
        upload, kind="other", title="Ảnh", by=desk.user("clerk"), number="", issued_on=None,
        issuer="", item=None,
    )  # fmt: skip
    content = bytes_of(document.versions.get())
    assert content == kept
    assert opened(content).tobytes() == opened(FILES[name]).tobytes()


def test_the_log_keeps_the_hash_that_the_file_came_with(desk: Desk, run_jobs: Any) -> None:
    received(desk, "anh.jpg", FILES["anh.jpg"])
    run_jobs()
    told = json.loads(AuditEntry.objects.get(verb="upload.clean").payload)
    assert hashlib.sha256(FILES["anh.jpg"]).hexdigest() in json.dumps(told)
    assert PaperUpload.objects.get().sha256 in json.dumps(told)


def test_a_clean_photograph_and_other_files_stay_as_they_came(desk: Desk, run_jobs: Any) -> None:
    once = received(desk, "anh.jpg", FILES["anh.jpg"])
    run_jobs()
    once.refresh_from_db()
    clean = quarantine.path_of(once).read_bytes()
    again = received(desk, "sach.jpg", clean)
    run_jobs()
    key = again.key
    again.refresh_from_db()
    assert again.guess["cleaned"] is False
    assert (again.key, again.sha256) == (key, hashlib.sha256(clean).hexdigest())
    assert AuditEntry.objects.filter(verb="upload.clean").count() == 1


def test_a_new_version_is_cleaned_too_and_the_same_photograph_is_no_new_version(
    desk: Desk, run_jobs: Any
) -> None:
    document = desk.paper()
    received(desk, "anh.jpg", FILES["anh.jpg"], document=document)
    run_jobs()
    assert document.versions.count() == 2
    assert CANARY.encode() not in bytes_of(document.versions.first())
    again = received(desk, "anh.jpg", FILES["anh.jpg"], document=document)
    run_jobs()
    again.refresh_from_db()
    assert (again.state, again.refusal_code) == ("refused", "paper.same_file")


def test_a_photograph_of_the_archives_is_published_clean(cast: Cast, run_jobs: Any) -> None:
    archive = handed_in(cast, [row(7, file="7.jpg")], {"7.jpg": FILES["anh.jpg"]})
    run_jobs()
    archives.submit(archive, by=cast.user["clerk"])
    archives.approve(archive, by=cast.user["approver"])
    run_jobs()
    made = ArchivedResolution.objects.get()
    answer = Client().get(made.get_absolute_url() + "tep/")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert content.startswith(b"\xff\xd8")
    assert CANARY.encode() not in content
    assert made.sha256 == hashlib.sha256(content).hexdigest()


def test_a_picture_that_cannot_be_read_to_its_end_is_refused_and_goes(cast: Cast) -> None:
    path = default_storage.save("papers/1/x", ContentFile(b"\xff\xd8\xff\xe0\x00\x02nonsense"))
    stored = StoredFile(path, "x", "anh.jpg", "image/jpeg", 15, "0" * 64)
    refusal = refusal_of(photographs.cleaned_store, stored, folder="papers/1")
    assert refusal.code == "image.broken"
    assert not default_storage.exists(path)

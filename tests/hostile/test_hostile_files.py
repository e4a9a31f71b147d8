"""Each hostile file ends in its sentence through the service; nothing of it is stored."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import File

from council.models import AuditEntry, Job
from council.services import jobs
from sessions.models import Document, PaperUpload
from sessions.rules.refused_files import SENTENCES, refusal_of
from sessions.services import quarantine
from tests.cast import Cast
from tests.hostile.kit import Hostile
from tests.hostile.make import ALL
from tests.sessions.desk import Desk, desk_of

WHAT_TO_DO = ("Hãy", "hãy", "Chọn", "chọn", "rồi tải lên")


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast)


def test_the_list_has_what_it_promises() -> None:
    keys = [hostile.key for hostile in ALL]
    assert len(keys) == len(set(keys))
    assert len(keys) >= 60
    assert {"pdf", "office", "picture", "other", "name"} == {key.split("-")[0] for key in keys}


@pytest.mark.once
@pytest.mark.timeout(300)
@pytest.mark.parametrize("hostile", ALL, ids=lambda hostile: hostile.key)
def test_a_hostile_file_ends_in_a_sentence_and_leaves_nothing(
    desk: Desk,
    tmp_path: Path,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
    hostile: Hostile,
) -> None:
    content = tmp_path / "content"
    content.write_bytes(hostile.build())
    with django_capture_on_commit_callbacks(execute=True), content.open("rb") as stream:
        file = File(stream, name="x")
        file.name = hostile.filename
        upload = desk.upload(file)
        jobs.run_due()
    upload.refresh_from_db()
    assert upload.state == PaperUpload.State.REFUSED
    assert upload.refusal_code in hostile.codes
    assert any(word in upload.refusal_sentence for word in WHAT_TO_DO)
    upload.refusal_sentence % upload.refusal_params
    assert not Document.objects.exists()
    for folder in (quarantine.folder(), Path(settings.MEDIA_ROOT)):
        assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert AuditEntry.objects.filter(verb="upload.refuse", object_id=str(upload.pk)).count() == 1
    for job in Job.objects.all():
        assert (job.state, job.attempts) == ("failed", 1), job.error


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_reason_says_what_to_do(code: str) -> None:
    params = {"limit": 5, "part": "a.bin", "what": "image"}
    sentence = str(refusal_of(code, params))
    assert sentence.endswith(".")
    assert any(word in sentence for word in ("Hãy", "hãy"))


@pytest.mark.parametrize(
    ("code", "params"),
    [("no.such_code", {}), ("office.ole", {}), ("pdf.pixels", {"limit": "many"})],
)
def test_an_answer_that_makes_no_sense_is_an_unreadable_file(
    code: str, params: dict[str, object]
) -> None:
    assert refusal_of(code, params).code == "file.unreadable"

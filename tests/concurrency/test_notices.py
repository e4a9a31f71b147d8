"""Notices that are signed at the same moment: each once, and none upon a text that moved on."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from council.models import Job
from council.services import access
from portal.models import SearchEntry
from portal.services import search
from resolutions.models import Notice, Resolution
from resolutions.queries import notices as queries
from resolutions.services import notice_files, notice_signing, notices
from tests.cast import PASSWORD
from tests.resolutions import notices_stage as kit
from tests.resolutions.stage import Stage, build_stage

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Make all calls at the same moment; "done" or the refusal's code for each."""
    together = threading.Barrier(len(calls))
    said: list[str] = []

    def make(call: Callable[[], object]) -> None:
        try:
            together.wait(20)
            call()
            said.append("done")
        except Exception as fault:  # noqa: BLE001 - told to the main thread
            said.append(getattr(fault, "code", repr(fault)))
        finally:
            connection.close()

    threads = [threading.Thread(target=make, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(50)
    return sorted(said)


@pytest.fixture
def stage(db: None) -> Stage:
    stage = build_stage()
    access.grant(stage.user["approver"], council=stage.cast.council, kind="chair")
    return stage


def sign(stage: Stage, notice: Notice, who: str = "chair") -> Callable[[], object]:
    return lambda: notice_signing.sign(
        notice, sha256=notice.sha256, password=PASSWORD, by=stage.user[who]
    )


def test_a_notice_that_two_sign_at_once_is_signed_once(stage: Stage) -> None:
    notice = kit.submitted(stage, kit.corrected(stage, kit.target_of(stage)))
    said = at_once(sign(stage, notice), sign(stage, notice, "approver"))
    assert said == ["done", "notice.not_now"]
    assert Job.objects.filter(key=f"portal.purge.notice.{notice.pk}").count() == 1


def test_two_corrections_of_the_same_words_signed_at_once_leave_one(stage: Stage) -> None:
    target = kit.target_of(stage)
    first = kit.submitted(stage, kit.corrected(stage, target, kit.slip(target, new="thu, chi")))
    again = kit.slip(target, new="ngân sách")
    second = kit.submitted(stage, kit.corrected(stage, target, again, symbol="16/HĐND-VP"))
    said = at_once(sign(stage, first), sign(stage, second, "approver"))
    assert said == ["done", "notice.words_not_found"]
    assert Notice.objects.published().count() == 1


def test_a_correction_and_a_withdrawal_signed_at_once_never_pass_each_other(stage: Stage) -> None:
    target = kit.target_of(stage)
    correction = kit.submitted(stage, kit.corrected(stage, target))
    withdrawal = kit.submitted(stage, kit.withdrawn(stage, target, hides_text=True))
    said = at_once(sign(stage, correction), sign(stage, withdrawal, "approver"))
    assert said in (["done", "done"], ["done", "notice.withdrawn_already"])
    search.index("resolution", target.pk)
    assert SearchEntry.objects.get(kind="resolution", object_id=target.pk).body == target.title
    assert Resolution.objects.get(pk=target.pk).body == target.body


def test_a_file_that_two_workers_make_at_once_is_kept_once(stage: Stage) -> None:
    notice = notices.submit(kit.corrected(stage, kit.target_of(stage)), by=stage.user["clerk"])
    job = Job.objects.get(key=queries.render_key(notice))
    assert at_once(lambda: notice_files.run(job), lambda: notice_files.run(job)) == ["done"] * 2
    notice.refresh_from_db()
    _folders, files = notice.file.storage.listdir("notices")
    assert [f"notices/{name}" for name in files] == [notice.file.name]

"""Twenty power cuts during publication: each resolution still comes out exactly once.

A real worker on a real broker is killed with its whole process group while it publishes, at a
random moment. A lease of a dead worker runs out after 90 seconds; the test only turns that clock
forward, everything else is as in life.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from email import message_from_string
from pathlib import Path

import pytest
from django.utils import timezone

from council.models import AuditEntry, Job
from council.services import audit, jobs
from elections.models import Poll
from portal.models import SearchEntry
from resolutions.models import Publication, PublicationMail, PublicationStep, Resolution
from resolutions.services import drafts, integrity, signing
from tests.cast import PASSWORD
from tests.processes import Worker, wait_until
from tests.resolutions.stage import Stage, agreed_poll, build_stage, drafted, ready_to_sign

KILLS = int(os.environ.get("KILLS", "20"))
"""`make soak` asks for more."""
RESOLUTIONS = KILLS + 10  # one may be published before its kill comes
LONGEST_SECONDS = 0.6  # of waiting before a kill; less where a publication takes less
SEED = 20231212
pytestmark = [
    pytest.mark.broker,
    pytest.mark.timeout(30 * KILLS),
    pytest.mark.django_db(transaction=True),
]


def ready_resolutions(stage: Stage) -> list[Resolution]:
    """One that confirms a poll, then others; all made before there is a worker to interfere."""
    confirming = drafts.from_poll(agreed_poll(stage), by=stage.user["clerk"])
    others = [drafted(stage, title=f"Về việc thứ {n}") for n in range(2, RESOLUTIONS + 1)]
    return [ready_to_sign(stage, draft) for draft in [confirming, *others]]


def is_busy() -> bool:
    """A worker is in the middle of a publication."""
    return Job.objects.filter(name="resolutions.publish", state=Job.State.RUNNING).exists()


def all_is_done() -> bool:
    """Nothing is left to do in the background."""
    return not Job.objects.exclude(state=Job.State.DONE).exists()


def let_leases_run_out() -> None:
    """The clock goes on by the lease of a dead worker; then the sweeper comes round."""
    past = timezone.now() - timedelta(minutes=1)
    Job.objects.filter(state=Job.State.RUNNING).update(lease_until=past)
    Job.objects.filter(state=Job.State.WAITING).update(not_before=past)
    jobs.sweep(timezone.now())


def letters(folder: Path) -> Counter[tuple[str, str]]:
    """Recipient and subject of every letter that left."""
    found: Counter[tuple[str, str]] = Counter()
    for file in folder.glob("*.log"):
        for written in file.read_text().split("-" * 79):
            letter = message_from_string(written.strip())
            if letter["To"]:
                found[letter["To"], str(letter["Message-ID"])] += 1
    return found


def test_publication_survives_twenty_kills(
    start_worker: Callable[..., Worker], tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    stage = build_stage()
    waiting = iter(ready_resolutions(stage))
    kills, longest = 0, LONGEST_SECONDS
    worker = start_worker()
    while kills < KILLS:
        if all_is_done():
            signing.sign(next(waiting), password=PASSWORD, by=stage.user["chair"])
        assert wait_until(lambda: is_busy() or all_is_done(), every=0.01), worker.output
        time.sleep(chance.uniform(0, longest))
        if not is_busy():
            longest *= 0.8  # it was quicker; only a death in the middle counts
            continue
        worker.kill()
        kills += 1
        let_leases_run_out()
        worker = start_worker()
    for resolution in waiting:
        signing.sign(resolution, password=PASSWORD, by=stage.user["chair"])
    assert wait_until(all_is_done, seconds=8 * RESOLUTIONS), worker.output
    check_everything_once(tmp_path / "mail")


def check_everything_once(mail_folder: Path) -> None:
    """What publication promises, whatever happened on the way."""
    resolutions = list(Resolution.objects.order_by("number"))
    assert [one.number for one in resolutions] == list(range(1, RESOLUTIONS + 1))
    assert {one.state for one in resolutions} == {"published"}
    assert Poll.objects.get().state == "published"
    for publication in Publication.objects.all():
        assert publication.finished_at
        assert publication.steps.count() == len(PublicationStep)
    published = AuditEntry.objects.filter(verb="resolution.publish")
    assert published.count() == published.values("object_id").distinct().count() == RESOLUTIONS
    assert audit.first_broken() is None
    assert list(integrity.verify()) == []
    assert SearchEntry.objects.filter(kind="resolution").count() == RESOLUTIONS
    check_letters(letters(mail_folder))


def check_letters(sent: Counter[tuple[str, str]]) -> None:
    """No letter twice; one that is marked as sent did leave; each unknown one is shown as such."""
    assert max(sent.values()) == 1
    rows = PublicationMail.objects.all()
    assert rows.count() == 35 * RESOLUTIONS
    marked, unknown = rows.filter(sent_at__isnull=False), rows.filter(sent_at=None)
    assert marked.count() <= sum(sent.values()) <= rows.count()
    assert unknown.filter(claimed_at=None).count() == 0
    assert unknown.count() <= KILLS

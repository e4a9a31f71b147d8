"""Publication: each step once, interrupted anywhere, never half visible."""

import hashlib
import json
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.files.storage import default_storage

from council.models import AuditEntry, Job, Person
from council.rules.refusals import Refusal
from council.services import jobs
from elections.models import Poll
from resolutions.models import (
    Publication,
    PublicationMail,
    PublicationStep,
    Resolution,
    StepDone,
)
from resolutions.queries import texts
from resolutions.services import announcements, drafts, integrity, publication, signing
from tests.cast import PASSWORD
from tests.resolutions.stage import Stage, agreed_poll, ready_to_sign


class PowerCutError(BaseException):
    """The worker is gone; no handler of ordinary errors sees it."""


def signed(stage: Stage, *, with_poll: bool = False) -> Resolution:
    draft = drafts.from_poll(agreed_poll(stage), by=stage.user["clerk"]) if with_poll else None
    resolution = ready_to_sign(stage, draft)
    return signing.sign(resolution, password=PASSWORD, by=stage.user["chair"])


def job_of(resolution: Resolution) -> Job:
    return Job.objects.get(key=publication.job_key(resolution.pk))


def publish(resolution: Resolution) -> Publication:
    publication.run(job_of(resolution))
    return Publication.objects.select_related("resolution").get(resolution=resolution)


def is_visible(resolution: Resolution) -> bool:
    return Resolution.objects.published().filter(pk=resolution.pk).exists()


def check_whole(published: Publication) -> None:
    """Everything that publication promises, once."""
    done = list(published.steps.order_by("pk").values_list("step", flat=True))
    assert done == [step.value for step in PublicationStep]
    assert integrity.file_matches(published.pdf, published.pdf_sha256)
    assert published.finished_at
    assert published.resolution.state == "published"
    assert AuditEntry.objects.filter(verb="resolution.publish").count() == 1
    recipients = [message.to[0] for message in mail.outbox]
    assert len(recipients) == len(set(recipients)) == 35
    assert list(integrity.verify()) == []


def test_a_signed_resolution_is_published_whole(stage: Stage) -> None:
    check_whole(publish(signed(stage)))


def test_the_frozen_text_is_canonical_and_says_what_was_signed(stage: Stage) -> None:
    published = publish(signed(stage, with_poll=True))
    frozen = json.loads(published.frozen)
    assert hashlib.sha256(published.frozen.encode()).hexdigest() == published.frozen_sha256
    assert frozen["text_digest"] == published.resolution.signature.text_digest
    assert (frozen["symbol"], frozen["adopted_on"]) == ("01/NQ-HĐND", "2026-07-10")
    assert frozen["vote"] == {
        "total_delegates": 35, "present": 35, "for": 35, "against": 0, "not_voting": 0,
        "needed": 18, "article": "Điều 35 khoản 2 Luật 72/2025/QH15",
    }  # fmt: skip
    assert frozen["poll"]["digest"] == Poll.objects.get().outcome.digest
    assert "ngày 10 tháng 7 năm 2026" in frozen["closing"]


def test_the_poll_becomes_public_in_the_same_moment(stage: Stage) -> None:
    resolution = signed(stage, with_poll=True)
    assert Poll.objects.get().state == "agreed"
    publish(resolution)
    assert Poll.objects.get().state == "published"


def test_search_and_stored_pages_are_asked_for_after_visibility(stage: Stage) -> None:
    resolution = signed(stage, with_poll=True)
    publish(resolution)
    wanted = {
        f"portal.index.resolution.{resolution.pk}": ["resolution", resolution.pk],
        f"portal.index.poll.{resolution.poll_id}": ["poll", resolution.poll_id],
        f"portal.purge.resolution.{resolution.pk}": [stage.cast.council.slug],
    }
    asked = dict(Job.objects.filter(name__startswith="portal.").values_list("key", "args"))
    assert asked == wanted


@pytest.mark.parametrize("last", PublicationStep)
def test_interrupted_after_any_step_the_rest_is_done_once(
    stage: Stage, last: PublicationStep, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolution = signed(stage, with_poll=True)
    work = publication.STEPS[last]

    def then_die(publication_pk: int) -> None:
        work(publication_pk)
        raise PowerCutError

    with monkeypatch.context() as patch:
        patch.setitem(publication.STEPS, last, then_die)
        with pytest.raises(PowerCutError):
            publish(resolution)
    visible_from = list(PublicationStep).index(PublicationStep.FEED)
    assert is_visible(resolution) == (list(PublicationStep).index(last) >= visible_from)
    check_whole(publish(resolution))


@pytest.mark.parametrize("step", PublicationStep)
def test_a_step_whose_transaction_fails_leaves_nothing(
    stage: Stage, step: PublicationStep, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolution = signed(stage, with_poll=True)
    create = StepDone.objects.create

    def cut(**values: object) -> StepDone:
        if values["step"] == step:
            raise PowerCutError
        return create(**values)

    with monkeypatch.context() as patch:
        patch.setattr(StepDone.objects, "create", cut)
        with pytest.raises(PowerCutError):
            publish(resolution)
    assert not StepDone.objects.filter(step=step).exists()
    if step == PublicationStep.FEED:
        assert not is_visible(resolution)
        assert Poll.objects.get().state == "agreed"
    check_whole(publish(resolution))
    assert integrity.orphans() == []


def test_a_published_file_left_by_a_dead_worker_is_an_orphan_that_nothing_names(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolution = signed(stage)
    with monkeypatch.context() as patch:
        patch.setattr(publication, "_keep_pdf", _die)
        patch.setattr(default_storage, "delete", lambda name: None)
        with pytest.raises(PowerCutError):
            publish(resolution)
    assert len(integrity.orphans()) == 1
    published = publish(resolution)
    assert len(integrity.orphans()) == 1
    assert str(published.pdf.name).removeprefix("published/") not in integrity.orphans()


def _die(*_args: object, **_values: object) -> None:
    raise PowerCutError


def test_running_the_job_ten_times_publishes_once(stage: Stage) -> None:
    resolution = signed(stage)
    for _ in range(9):
        publish(resolution)
    check_whole(publish(resolution))


def test_two_workers_at_once_do_each_step_once(stage: Stage) -> None:
    resolution = signed(stage)
    job = job_of(resolution)
    first = publication.STEPS[PublicationStep.FREEZE]
    first(resolution.publication.pk)
    frozen = Publication.objects.get().frozen
    first(resolution.publication.pk)
    assert Publication.objects.get().frozen == frozen
    assert StepDone.objects.count() == 1
    publication.run(job)
    check_whole(Publication.objects.get())


def test_a_text_that_is_not_what_was_signed_is_not_frozen(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolution = signed(stage)
    monkeypatch.setattr(texts, "digest_of", lambda _resolution: "0" * 64)
    with pytest.raises(Refusal) as refused:
        publish(resolution)
    assert refused.value.code == "publication.text_changed"
    assert not is_visible(resolution)


def test_a_file_damaged_before_the_check_is_never_visible(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolution = signed(stage)
    render = publication.STEPS[PublicationStep.RENDER]

    def damage(publication_pk: int) -> None:
        render(publication_pk)
        name = str(Publication.objects.get(pk=publication_pk).pdf.name)
        with default_storage.open(name, "wb") as stored:
            stored.write(b"%PDF-1.7 nothing")

    monkeypatch.setitem(publication.STEPS, PublicationStep.RENDER, damage)
    jobs.run_due()
    assert (job_of(resolution).state, is_visible(resolution)) == ("failed", False)
    assert "không khớp mã kiểm tra" in job_of(resolution).error


def test_a_failed_publication_is_resumed_by_a_person(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolution = signed(stage)
    with monkeypatch.context() as patch:
        patch.setattr(texts, "digest_of", lambda _resolution: "0" * 64)
        jobs.run_due()
    assert job_of(resolution).state == "failed"
    publication.resume(resolution, by=stage.user["clerk"])
    jobs.run_due()
    check_whole(Publication.objects.select_related("resolution").get())
    publication.resume(resolution, by=stage.user["clerk"])
    assert job_of(resolution).state == "done"


def test_resuming_is_refused_before_signing_and_to_strangers(stage: Stage) -> None:
    resolution = ready_to_sign(stage)
    with pytest.raises(Refusal) as refused:
        publication.resume(resolution, by=stage.user["clerk"])
    assert refused.value.code == "publication.not_signed"
    with pytest.raises(Refusal) as refused:
        publication.resume(resolution, by=stage.user["outsider"])
    assert refused.value.code == "access.denied"


# --- letters -------------------------------------------------------------------------------------


def test_letters_name_the_resolution_and_its_address(stage: Stage) -> None:
    resolution = publish(signed(stage)).resolution
    letter = mail.outbox[0]
    assert letter.subject == f"Nghị quyết số 01/NQ-HĐND: {resolution.title}"
    assert resolution.get_absolute_url() in letter.body
    assert "Kính gửi" in letter.body


def test_delegates_without_an_address_are_left_out(stage: Stage) -> None:
    Person.objects.filter(pk=stage.cast.people[3].pk).update(email="")
    publish(signed(stage))
    assert len(mail.outbox) == 34


def test_a_letter_claimed_by_a_dead_worker_is_not_sent_by_a_retry_but_by_a_person(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolution = signed(stage)
    sent: list[int] = []

    def die_on_the_third(letter: PublicationMail, *_args: object) -> object:
        sent.append(letter.pk)
        if len(sent) == 3:
            raise PowerCutError
        return _Sent()

    with monkeypatch.context() as patch:
        patch.setattr(announcements, "_letter", die_on_the_third)
        with pytest.raises(PowerCutError):
            publish(resolution)
    published = publish(resolution)
    assert published.finished_at
    unknown = published.mails.get(sent_at=None)
    assert unknown.pk == sent[2]
    assert len(mail.outbox) == 32
    assert announcements.resend_unknown(resolution, by=stage.user["clerk"]) == 1
    jobs.run_due()
    assert published.mails.filter(sent_at=None).count() == 0
    with pytest.raises(Refusal) as refused:
        announcements.resend_unknown(resolution, by=stage.user["clerk"])
    assert refused.value.code == "announcement.none_unknown"


class _Sent:
    def send(self) -> None:
        return None


def test_a_mail_server_that_is_down_delays_letters_not_the_publication(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolution = signed(stage)
    letter_of: Callable[..., object] = announcements._letter

    def refused(*_args: object) -> object:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(announcements, "_letter", refused)
        with pytest.raises(announcements.NotAllSentError):
            publish(resolution)
    assert is_visible(resolution)
    waiting = PublicationMail.objects.filter(claimed_at=None)
    assert waiting.filter(error__startswith="ConnectionRefused").count() == 35
    assert announcements._letter is letter_of
    check_whole(publish(resolution))


def test_after_three_refusals_a_letter_is_given_up_and_shown(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolution = signed(stage)
    monkeypatch.setattr(announcements, "_letter", _refuse_letter)
    for _ in range(announcements.MAX_ATTEMPTS - 1):
        with pytest.raises(announcements.NotAllSentError):
            publish(resolution)
    published = publish(resolution)
    assert published.finished_at
    assert published.mails.filter(sent_at=None).count() == 35


def _refuse_letter(*_args: object) -> object:
    raise ConnectionRefusedError

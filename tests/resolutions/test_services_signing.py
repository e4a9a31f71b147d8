"""Signing: password, approval, adoption, the number, and what follows it."""

from datetime import date

import pytest
from django.core.cache import cache

from council.models import AuditEntry, Job, Role
from council.rules.refusals import Refusal
from council.services import jobs
from elections.models import Poll
from resolutions.models import NumberEntry, NumberSeries, Resolution
from resolutions.queries import texts
from resolutions.services import approvals, attempts, drafts, register, signing
from tests.cast import GRANTED, PASSWORD
from tests.resolutions.stage import (
    Stage,
    adopted,
    agreed_poll,
    copied,
    digests,
    drafted,
    ready_to_sign,
    submitted,
    voted,
)
from tests.resolutions.test_services_drafts import saved


def signed(stage: Stage, resolution: Resolution | None = None) -> Resolution:
    return signing.sign(
        resolution or ready_to_sign(stage), password=PASSWORD, by=stage.user["chair"]
    )


def test_the_chair_signs_and_the_number_is_given(stage: Stage) -> None:
    resolution = signed(stage)
    assert (resolution.symbol, resolution.slug) == ("01/NQ-HĐND", "01-nq-hdnd")
    assert (resolution.year, resolution.number, resolution.state) == (2026, 1, "signed")
    assert resolution.signature.text_digest == texts.digest_of(resolution)
    assert "ngày 10 tháng 7 năm 2026" in resolution.closing
    assert resolution.effective_on == resolution.adopted_on
    assert Job.objects.get(name="resolutions.publish").args == [resolution.pk]
    assert AuditEntry.objects.filter(verb="resolution.sign").count() == 1


def test_filling_in_the_day_does_not_change_what_was_approved(stage: Stage) -> None:
    resolution = ready_to_sign(stage)
    before = texts.digest_of(resolution)
    assert texts.digest_of(signed(stage, resolution)) == before


def test_numbers_follow_each_other(stage: Stage) -> None:
    assert [signed(stage).number for _ in range(3)] == [1, 2, 3]
    assert NumberSeries.objects.get().last == 3


def test_a_series_goes_on_from_the_paper_register(stage: Stage) -> None:
    register.start_series(
        stage.cast.council, year=2026, kind="individual", last=34, by=stage.user["clerk"]
    )
    assert signed(stage).symbol == "35/NQ-HĐND"


def test_a_normative_resolution_has_its_own_series_and_takes_effect_later(stage: Stage) -> None:
    signed(stage)
    resolution = drafted(stage)
    Resolution.objects.filter(pk=resolution.pk).update(kind="normative")
    resolution = signed(stage, ready_to_sign(stage, Resolution.objects.get(pk=resolution.pk)))
    assert resolution.symbol == "01/2026/NQ-HĐND"
    assert resolution.effective_on == date(2026, 7, 20)


def test_signing_twice_is_refused_and_takes_no_number(stage: Stage) -> None:
    resolution = signed(stage)
    with pytest.raises(Refusal) as refused:
        signed(stage, resolution)
    assert refused.value.code == "resolution.not_now"
    assert NumberSeries.objects.get().last == 1


def test_a_wrong_password_signs_nothing_and_is_noted(stage: Stage) -> None:
    resolution = ready_to_sign(stage)
    with pytest.raises(Refusal) as refused:
        signing.sign(resolution, password="khong-dung", by=stage.user["chair"])
    assert (refused.value.code, refused.value.field) == ("sign.wrong_password", "password")
    assert Resolution.objects.get(pk=resolution.pk).state == "approved"
    assert AuditEntry.objects.latest("seq").verb == "resolution.sign_wrong_password"


def test_after_five_wrong_passwords_even_the_right_one_waits(stage: Stage) -> None:
    resolution = ready_to_sign(stage)
    for _ in range(attempts.FAILURES_MAX):
        with pytest.raises(Refusal):
            signing.sign(resolution, password="sai", by=stage.user["chair"])
    with pytest.raises(Refusal) as refused:
        signed(stage, resolution)
    assert refused.value.code == "sign.too_many_failures"
    cache.clear()  # a quarter of an hour later
    assert signed(stage, resolution).number == 1


def test_a_right_password_forgets_the_wrong_ones(stage: Stage) -> None:
    for _ in range(2):
        resolution = ready_to_sign(stage)
        for _again in range(attempts.FAILURES_MAX - 1):
            with pytest.raises(Refusal):
                signing.sign(resolution, password="sai", by=stage.user["chair"])
        signed(stage, resolution)


@pytest.mark.parametrize("who", ["clerk", "approver", "delegate", "admin", "outsider"])
def test_only_the_chair_signs(stage: Stage, who: str) -> None:
    with pytest.raises(Refusal) as refused:
        signing.sign(ready_to_sign(stage), password=PASSWORD, by=stage.user[who])
    assert refused.value.code == "access.denied"


def test_not_without_approval(stage: Stage) -> None:
    with pytest.raises(Refusal) as refused:
        signed(stage, adopted(stage))
    assert refused.value.code == "resolution.not_approved"


@pytest.mark.parametrize("in_favour", [None, 17])
def test_not_without_a_carried_vote(stage: Stage, in_favour: int | None) -> None:
    resolution = submitted(stage)
    if in_favour:
        voted(stage, resolution, in_favour=in_favour)
    with pytest.raises(Refusal) as refused:
        signed(stage, resolution)
    assert refused.value.code in {"resolution.not_approved", "resolution.not_adopted"}
    assert Resolution.objects.get(pk=resolution.pk).number is None


def test_another_paper_than_the_approved_one_is_not_signed(stage: Stage) -> None:
    resolution = ready_to_sign(stage)
    copy = resolution.signing_copies.get()
    with copy.file.storage.open(str(copy.file.name), "ab") as stored:
        stored.write(b"%")
    with pytest.raises(Refusal) as refused:
        signed(stage, resolution)
    assert refused.value.code == "resolution.paper_changed"


def test_what_is_published_are_the_bytes_that_were_approved(stage: Stage) -> None:
    resolution = ready_to_sign(stage)
    approval = resolution.approvals.get()
    signed(stage, resolution)
    jobs.run_due()
    assert resolution.publication.pdf_sha256 == approval.pdf_sha256
    assert NumberEntry.objects.get().state == "used"


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("title", "resolution.changed_since_approval"),
        ("recipients", "resolution.changed_since_approval"),
    ],
)
def test_a_text_changed_behind_the_back_of_the_services_is_not_signed(
    stage: Stage, field: str, code: str
) -> None:
    resolution = ready_to_sign(stage)
    Resolution.objects.filter(pk=resolution.pk).update(**{field: "Khác"})
    with pytest.raises(Refusal) as refused:
        signed(stage, resolution)
    assert refused.value.code == code


def test_another_text_than_the_council_adopted_is_not_signed(stage: Stage) -> None:
    resolution = ready_to_sign(stage)
    Resolution.objects.filter(pk=resolution.pk).update(title="Khác")
    resolution = Resolution.objects.get(pk=resolution.pk)
    resolution.approvals.update(text_digest=texts.digest_of(resolution))
    with pytest.raises(Refusal) as refused:
        signed(stage, resolution)
    assert refused.value.code == "resolution.changed_since_adoption"


def test_a_closing_formula_with_another_day_is_not_signed(stage: Stage) -> None:
    resolution = drafted(stage)
    closing = resolution.closing.replace(texts.ADOPTION_DOTS, "ngày 09 tháng 7 năm 2026")
    resolution = drafts.edit(
        resolution, by=stage.user["clerk"], **saved(resolution, closing=closing)
    )
    with pytest.raises(Refusal) as refused:
        signed(stage, ready_to_sign(stage, resolution))
    assert refused.value.code == "resolution.closing_date"


def test_recipients_mended_after_the_vote_and_approved_anew_are_signed(stage: Stage) -> None:
    resolution = ready_to_sign(stage)
    resolution = drafts.edit(
        resolution, by=stage.user["clerk"], **saved(resolution, recipients="Sở Tài chính\nLưu: VT")
    )
    resolution = copied(drafts.submit(resolution, by=stage.user["clerk"]))
    approvals.approve(resolution, by=stage.user["approver"], **digests(resolution))
    assert signed(stage, resolution).state == "signed"


def test_the_account_of_one_person_does_not_sign_for_another(stage: Stage) -> None:
    other = stage.user["clerk2"]
    Role.objects.create(
        user=other, council=stage.cast.council, kind="chair", person=stage.cast.people[1],
        granted_at=GRANTED,
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        signing.sign(ready_to_sign(stage), password=PASSWORD, by=other)
    assert refused.value.code == "sign.not_the_signatory"


def test_the_result_of_an_annulled_poll_is_not_confirmed(stage: Stage) -> None:
    resolution = ready_to_sign(stage, drafts.from_poll(agreed_poll(stage), by=stage.user["clerk"]))
    Poll.objects.update(state="annulled")
    with pytest.raises(Refusal) as refused:
        signed(stage, resolution)
    assert refused.value.code == "resolution.poll_annulled"


def test_what_is_signed_is_not_edited_sent_back_or_voted_on(stage: Stage) -> None:
    resolution = signed(stage)
    with pytest.raises(Refusal):
        drafts.edit(resolution, by=stage.user["clerk"], **saved(resolution))
    with pytest.raises(Refusal):
        approvals.send_back(resolution, reason="x", by=stage.user["approver"])
    with pytest.raises(Refusal):
        voted(stage, resolution)

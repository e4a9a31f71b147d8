"""Four eyes: a second person's approval, bound to the exact bytes that he or she read."""

from django.db import transaction
from django.utils import timezone

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from resolutions.models import Approval, Resolution
from resolutions.queries import pages, texts
from resolutions.rules import lifecycle
from resolutions.rules.lifecycle import ResolutionVerb
from resolutions.services import integrity, locks, signing_copies


def approve(resolution: Resolution, *, text_digest: str, pdf_sha256: str, by: User) -> Approval:
    """Approve the final paper that was read, named by its digests. Twice is refused.

    Raises:
        Refusal: ``access.denied``, ``resolution.not_now``, ``resolution.not_adopted``,
            ``resolution.own_draft`` (who drafted or submitted it does not approve it),
            ``resolution.text_changed``.
    """
    access.authorise(by, "resolution.approve", resolution.council)
    with transaction.atomic():
        resolution = locks.resolution(resolution.pk)
        reached = lifecycle.next_state(
            resolution.state, ResolutionVerb.APPROVE, is_adopted=pages.is_adopted(resolution)
        )
        lifecycle.four_eyes(resolution.created_by_id, by.pk)
        if resolution.submitted_by_id:
            lifecycle.four_eyes(resolution.submitted_by_id, by.pk)
        _check_is_what_was_read(resolution, text_digest=text_digest, pdf_sha256=pdf_sha256)
        approval = Approval(
            resolution=resolution, text_digest=text_digest, pdf_sha256=pdf_sha256,
            submitted_by=resolution.submitted_by, approved_by=by, approved_at=timezone.now(),
        )  # fmt: skip
        approval.full_clean()
        approval.save()
        resolution.state = reached
        resolution.save(update_fields=["state"])
        audit.record(
            "resolution.approve", resolution, by=by, council=resolution.council,
            after={"text_digest": text_digest, "pdf_sha256": pdf_sha256},
        )  # fmt: skip
    return approval


def _check_is_what_was_read(resolution: Resolution, *, text_digest: str, pdf_sha256: str) -> None:
    copy = signing_copies.current(resolution)
    if (
        copy is None
        or texts.digest_of(resolution) != text_digest
        or copy.text_digest != text_digest
        or copy.sha256 != pdf_sha256
        or not integrity.file_matches(copy.file, pdf_sha256)
    ):
        raise Refusal(
            "resolution.text_changed",
            gettext_noop(
                "Văn bản vừa thay đổi. Hãy xem lại bản mới rồi duyệt; chưa có gì được duyệt."
            ),
        )


def send_back(resolution: Resolution, *, reason: str, by: User) -> Resolution:
    """Give a submitted or approved text back to its authors; an approval given is void.

    Raises:
        Refusal: ``access.denied``, ``resolution.not_now``, ``resolution.reason_missing``.
    """
    access.authorise(by, "resolution.approve", resolution.council)
    if not reason.strip():
        raise Refusal(
            "resolution.reason_missing",
            gettext_noop("Ghi lý do trả lại để người soạn biết cần sửa gì."),
            field="reason",
        )
    with transaction.atomic():
        resolution = locks.resolution(resolution.pk)
        before = audit.snapshot(resolution, ["state"])
        resolution.state = lifecycle.next_state(resolution.state, ResolutionVerb.RETURN)
        resolution.sent_back_reason, resolution.sent_back_by = reason.strip(), by
        resolution.full_clean()
        resolution.save(update_fields=["state", "sent_back_reason", "sent_back_by"])
        void(resolution, reason=f"{by} trả lại: {reason.strip()}"[:300])
        audit.record(
            "resolution.send_back", resolution, by=by, council=resolution.council,
            before=before, after={"state": resolution.state, "reason": reason.strip()},
        )  # fmt: skip
    return resolution


def void(resolution: Resolution, *, reason: str) -> int:
    """End the standing approval, in the caller's transaction; returns how many ended (0 or 1)."""
    return Approval.objects.filter(resolution=resolution, voided_at=None).update(
        voided_at=timezone.now(), voided_reason=reason[:300]
    )

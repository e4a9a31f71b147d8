"""The second person on a notice: sends it back, or signs it, and it is published at once."""

from django.db import transaction
from django.utils import timezone

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, jobs
from resolutions.models import Notice, Resolution
from resolutions.queries import notices as queries
from resolutions.queries import relations
from resolutions.rules import notices as rules
from resolutions.rules.notices import NoticeVerb
from resolutions.services import attempts, integrity, locks, notices, signing


def send_back(notice: Notice, *, reason: str, by: User) -> Notice:
    """Give a notice that waits for its signature back to its authors.

    Raises:
        Refusal: ``access.denied``, ``notice.not_now``, ``notice.reason_missing``.
    """
    access.authorise(by, "notice.sign", notice.council)
    if not reason.strip():
        raise Refusal(
            "notice.reason_missing",
            gettext_noop("Ghi lý do trả lại để người soạn biết cần sửa gì."),
            field="reason",
        )
    with transaction.atomic():
        notice = locks.notice(notice.pk)
        reached = rules.next_state(notice.state, NoticeVerb.SEND_BACK)
        notices.reopen(notice, reached.value)
        notice.sent_back_reason = reason.strip()
        notice.full_clean()
        notice.save()
        audit.record(
            "notice.send_back", notice, by=by, council=notice.council,
            after={"state": notice.state, "reason": notice.sent_back_reason},
        )  # fmt: skip
    return notice


def sign(notice: Notice, *, sha256: str, password: str, by: User) -> Notice:
    """Sign exactly the file that was read; the public sees the notice from this moment on.

    Args:
        notice: one that waits for its signature.
        sha256: of the file that the signer's page offered.
        password: of the account, once more.
        by: who signs: neither who drafted nor who edited nor who submitted it.

    Raises:
        Refusal: ``access.denied``, ``sign.too_many_failures``, ``sign.wrong_password``,
            ``notice.not_now`` (signing twice too), ``notice.own_text``,
            ``sign.not_the_signatory``, ``notice.in_future``, ``notice.file_not_made``,
            ``notice.file_changed``, and those of `resolutions.services.notices.draft`.

    Source: Decree 30/2020/NĐ-CP Art. 13, 18(1) for signature and issue; practice for the rest.
    """
    access.authorise(by, "notice.sign", notice.council)
    _check_password(notice, password=password, by=by)
    with transaction.atomic():
        # Whoever acts on the resolution waits for it: two notices never pass each other.
        target = locks.resolution(notice.target_id)
        notice = locks.notice(notice.pk)
        reached = rules.next_state(notice.state, NoticeVerb.SIGN)
        _check_may_sign(notice, sha256=sha256, by=by)
        notice.state, notice.signed_by = reached.value, by
        notice.published_at = timezone.now()
        notice.full_clean()
        notice.save(update_fields=["state", "signed_by", "published_at"])
        audit.record(
            "notice.publish", notice, by=by, council=notice.council,
            after={**notices.said(notice), "sha256": notice.sha256},
        )  # fmt: skip
        _tell_portal(target, of=f"notice.{notice.pk}")
    return notice


def _check_password(notice: Notice, *, password: str, by: User) -> None:
    attempts.check(by, field="password")
    if by.check_password(password):
        attempts.succeeded(by)
        return
    attempts.failed(notice, by=by, verb="notice.sign_wrong_password")
    raise Refusal(
        "sign.wrong_password",
        gettext_noop("Mật khẩu chưa đúng; văn bản chưa được ký. Hãy nhập lại."),
        field="password",
    )


def _check_may_sign(notice: Notice, *, sha256: str, by: User) -> None:
    rules.check_four_eyes(signer=by.pk, authors=queries.authors_of(notice))
    signing.check_signatory(notice.council, notice.signatory_name, by=by)
    today = timezone.localdate()
    rules.check_dated(notice.dated, adopted_on=notice.target.adopted_on, today=today)
    notices.check_fits(notice)
    if not notice.file:
        raise Refusal(
            "notice.file_not_made",
            gettext_noop("Bản PDF đang được dàn trang; đọc bản đó xong mới ký được."),
        )
    if sha256 != notice.sha256 or not integrity.file_matches(notice.file, notice.sha256):
        raise Refusal(
            "notice.file_changed",
            gettext_noop(
                "Văn bản không còn đúng bản bạn đã đọc. Tải lại trang, đọc bản mới rồi ký; chưa có "
                "gì được ký."
            ),
        )


def _tell_portal(target: Resolution, *, of: str) -> None:
    """Search and stored pages follow: the resolution's own, and those that it acts on."""
    for kind, pk in [("resolution", target.pk), *relations.acted_on(target)]:
        jobs.enqueue(
            "portal.index", key=f"portal.index.{kind}.{pk}.by.{of}", args=[kind, pk],
            title="Đưa vào tìm kiếm", council=target.council,
        )  # fmt: skip
    jobs.enqueue(
        "portal.purge", key=f"portal.purge.{of}", args=[target.council.slug],
        title="Làm mới trang đã lưu", council=target.council,
    )  # fmt: skip

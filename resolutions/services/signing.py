"""The chair signs the approved paper: password again, and the publication begins."""

import re
from typing import Final

from django.db import transaction
from django.utils import timezone

from council.models import Council, Role, RoleKind, User
from council.rules import figures
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from resolutions.models import Approval, Resolution, Signature, SignatureMethod
from resolutions.queries import pages, texts
from resolutions.queries import signing as queries
from resolutions.rules import lifecycle
from resolutions.rules.lifecycle import ResolutionVerb, SigningCase
from resolutions.services import (
    attempts,
    integrity,
    locks,
    polls,
    publication,
    register,
    signing_copies,
)

_DATE: Final = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")


def sign(resolution: Resolution, *, password: str, by: User) -> Resolution:
    """Sign the approved paper, as it lies there byte for byte, and begin its publication.

    Signature and the publication's first row are one transaction; the password is checked before
    it, so that nobody waits for the hash under a lock.

    Raises:
        Refusal: ``access.denied``, ``sign.not_on_paper``, ``sign.too_many_failures``,
            ``sign.wrong_password``, ``resolution.not_now`` (signing twice too), those of
            `lifecycle.check_may_sign`, ``resolution.closing_date``, ``sign.not_the_signatory``.

    Source: Decree 30/2020/NĐ-CP Art. 13, 15; Law 77/2015/QH13 Art. 86.
    """
    access.authorise(by, "resolution.sign", resolution.council)
    check_on_paper(resolution)
    check_password(resolution, password=password, by=by)
    with transaction.atomic():
        resolution = locks.resolution(resolution.pk)
        digest = texts.digest_of(resolution)
        check_may_sign(resolution, digest=digest, by=by)
        mark_signed(resolution, method=SignatureMethod.PASSWORD, by=by)
        audit.record(
            "resolution.sign", resolution, by=by, council=resolution.council,
            after={"symbol": resolution.symbol, "text_digest": digest},
        )  # fmt: skip
        publication.start(resolution, by=by)
    return resolution


def mark_signed(resolution: Resolution, *, method: str, by: User) -> None:
    """All that follows from a signature but its publication; under the caller's lock."""
    digest = texts.digest_of(resolution)
    register.use(resolution)
    resolution.closing = texts.dated_closing(resolution)
    resolution.state = lifecycle.next_state(resolution.state, ResolutionVerb.SIGN)
    resolution.signed_at = timezone.now()
    resolution.full_clean()
    resolution.save(update_fields=["closing", "state", "signed_at"])
    Signature.objects.create(
        resolution=resolution, signed_by=by, signed_at=resolution.signed_at, text_digest=digest,
        method=method,
    )  # fmt: skip


def check_on_paper(resolution: Resolution) -> None:
    """The account's password stands for a signature on paper only where the council signs on paper.

    Raises:
        Refusal: ``sign.not_on_paper``.
    """
    if not queries.signs_on_paper(resolution.council):
        raise Refusal(
            "sign.not_on_paper",
            gettext_noop(
                "Quy chế của Hội đồng không cho ký trên giấy, nên nghị quyết phải được ký số. Dùng "
                "tệp khóa, thiết bị ký, hoặc ký bên ngoài rồi tải lên."
            ),
            field="password",
        )


def check_password(resolution: Resolution, *, password: str, by: User) -> None:
    """The signer is at the keyboard: the account's password, at most five wrong ones in 15 minutes.

    Raises:
        Refusal: ``sign.too_many_failures``, ``sign.wrong_password``.
    """
    attempts.check(by, field="password")
    if by.check_password(password):
        attempts.succeeded(by)
        return
    attempts.failed(resolution, by=by, verb="resolution.sign_wrong_password")
    raise Refusal(
        "sign.wrong_password",
        gettext_noop("Mật khẩu chưa đúng; nghị quyết chưa được ký. Hãy nhập lại."),
        field="password",
    )


def check_may_sign(resolution: Resolution, *, digest: str, by: User) -> None:
    """Everything that signing demands of the text, the approval, the vote and the signatory.

    Raises:
        Refusal: see `sign`.
    """
    approval = pages.standing_approval(resolution)
    enacted = texts.enacted_digest_of(resolution)
    lifecycle.check_may_sign(
        SigningCase(
            state=lifecycle.ResolutionState(resolution.state),
            text_digest=digest,
            approved_digest=approval.text_digest if approval else None,
            author=resolution.submitted_by_id or resolution.created_by_id,
            approver=approval.approved_by_id if approval else None,
            is_adopted=pages.is_adopted(resolution),
            # What the council votes on is digested by itself: recipients may change after the vote.
            adopted_digest=digest
            if enacted == resolution.adopted_digest
            else resolution.adopted_digest,
        )
    )
    _check_paper(resolution, approval)
    polls.check_stands(resolution)
    _check_closing_date(resolution)
    check_signatory(resolution.council, resolution.signatory_name, by=by)


def _check_paper(resolution: Resolution, approval: Approval | None) -> None:
    """What is signed are the bytes that were approved, and they still lie on the disk."""
    copy = signing_copies.current(resolution)
    if (
        copy is None
        or approval is None
        or copy.sha256 != approval.pdf_sha256
        or not integrity.file_matches(copy.file, copy.sha256)
    ):
        raise Refusal(
            "resolution.paper_changed",
            gettext_noop(
                "Bản trình ký không còn đúng bản đã duyệt. Trả lại bản soạn rồi trình duyệt lại; "
                "nghị quyết chưa được ký."
            ),
        )


def _check_closing_date(resolution: Resolution) -> None:
    for day, month, year in _DATE.findall(resolution.closing):
        typed = f"{int(day):02d}/{int(month):02d}/{year}"
        adopted = figures.date_short(resolution.adopted_on) if resolution.adopted_on else ""
        if typed != adopted:
            raise Refusal(
                "resolution.closing_date",
                gettext_noop(
                    "Đoạn kết ghi ngày %(typed)s nhưng Hội đồng thông qua ngày %(adopted)s. Hãy để "
                    "“%(dots)s” trong đoạn kết, hệ thống tự điền ngày; rồi trình duyệt lại."
                ),
                params={"typed": typed, "adopted": adopted, "dots": texts.ADOPTION_DOTS},
            )


def check_signatory(council: Council, signatory: str, *, by: User) -> None:
    """An account tied to a person signs only for that person; one that is not, signs as chair.

    Raises:
        Refusal: ``sign.not_the_signatory``.
    """
    names = set(
        Role.objects.filter(
            user=by, council=council, kind=RoleKind.CHAIR, revoked_at=None,
            person__isnull=False,
        ).values_list("person__full_name", flat=True)
    )  # fmt: skip
    if names and signatory not in names:
        raise Refusal(
            "sign.not_the_signatory",
            gettext_noop(
                "Văn bản ghi người ký là %(signatory)s, tài khoản của bạn là của %(holder)s. Hãy "
                "sửa người ký trong văn bản, hoặc để đúng người ký."
            ),
            params={"signatory": signatory, "holder": ", ".join(sorted(names))},
        )

"""The second person's approval of minutes and summaries, and what ends it: words or facts moved."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from resolutions.models import SessionText, SessionTextApproval, SessionTextState
from resolutions.queries import session_texts as queries
from resolutions.rules import grown_text
from resolutions.rules import session_texts as rules
from resolutions.rules.session_texts import TextVerb
from resolutions.services import session_text_files
from resolutions.services.session_texts import council_of, locked, reopen
from sessions.services import public_pages


def approve(text: SessionText, *, digest: str, by: User) -> SessionTextApproval:
    """Approve exactly the words that were read; a summary is on the public page at once.

    Raises:
        Refusal: ``access.denied``, ``session_text.not_now``, ``session_text.own_text``,
            ``session_text.changed`` (other words than those read), ``session_text.facts_moved``.
    """
    access.authorise(by, "session_text.approve", council_of(text))
    follow_facts(text)
    with transaction.atomic():
        text = locked(text)
        reached = rules.next_state(text.kind, text.state, TextVerb.APPROVE)
        rules.check_four_eyes(approver=by.pk, authors=queries.authors_of(text))
        _check_is_what_was_read(text, digest)
        approval = SessionTextApproval(
            text=text, digest=digest, submitted_by=text.submitted_by, approved_by=by,
            approved_at=timezone.now(),
        )  # fmt: skip
        approval.full_clean()
        approval.save()
        text.state = reached.value
        if not text.is_minutes:
            text.public_text = public_text_of(text)
        text.full_clean()
        text.save()
        audit.record(
            "session_text.approve", text, by=by, council=council_of(text), after={"digest": digest}
        )
        _tell(text, approval.pk, by=by)
    return approval


def _check_is_what_was_read(text: SessionText, digest: str) -> None:
    if text.digest != digest or queries.stored_digest(text) != digest:
        raise Refusal(
            "session_text.changed",
            gettext_noop(
                "Văn bản vừa thay đổi. Hãy đọc lại bản mới rồi duyệt; chưa có gì được duyệt."
            ),
        )
    if not queries.read(text).stands:
        raise Refusal(
            "session_text.facts_moved",
            gettext_noop(
                "Số liệu của kỳ họp vừa thay đổi nên văn bản không còn khớp. Tải lại trang; người "
                "soạn phải trình lại."
            ),
        )


def public_text_of(text: SessionText) -> str:
    """The summary for the page: one paragraph a line, the headline first."""
    saved = grown_text.from_data(text.content)
    return "\n".join(" ".join(one.words.split()) for one in saved if one.words)


def _tell(text: SessionText, approval: int, *, by: User) -> None:
    """The public page is made anew; minutes lose the mark of a draft."""
    if text.is_minutes:
        session_text_files.enqueue(text, by=by)
    else:
        public_pages.purge(text.council_session, of=f"session-text.{text.pk}.{approval}")


def send_back(text: SessionText, *, reason: str, by: User) -> SessionText:
    """Give a submitted or approved text back; a public summary leaves the page.

    Raises:
        Refusal: ``access.denied``, ``session_text.not_now``, ``session_text.reason_missing``.
    """
    access.authorise(by, "session_text.approve", council_of(text))
    if not reason.strip():
        raise Refusal(
            "session_text.reason_missing",
            gettext_noop("Ghi lý do trả lại để người soạn biết cần sửa gì."),
            field="reason",
        )
    with transaction.atomic():
        text = locked(text)
        rules.next_state(text.kind, text.state, TextVerb.SEND_BACK)
        was_public = bool(text.public_text)
        text.sent_back_reason, text.sent_back_by = reason.strip(), by
        told = _("%(who)s trả lại: %(reason)s") % {"who": by, "reason": reason.strip()}
        reopen(text, reason=told[:300], verb="session_text.send_back", by=by)
        if was_public:
            public_pages.purge(text.council_session, of=f"session-text.{text.pk}.{text.version}.b")
    return text


def follow_facts(text: SessionText) -> bool:
    """End submission and approval of a text that the books have left behind; True where it did.

    Signed minutes stay what they are. For the worker, and before each approval and signature.
    """
    with override("vi"), transaction.atomic():
        text = locked(text)
        if text.state not in (SessionTextState.SUBMITTED, SessionTextState.APPROVED):
            return False
        seq = queries.newest_entry(council_of(text))
        if queries.read(text).stands:
            SessionText.objects.filter(pk=text.pk).update(checked_seq=seq)
            return False
        approval = queries.standing_approval(text)
        reason = _("Số liệu của kỳ họp đã thay đổi sau khi trình.")
        if approval is not None:
            reason = _("Số liệu của kỳ họp đã thay đổi sau khi %(who)s duyệt.") % {
                "who": approval.approved_by
            }
        was_public = bool(text.public_text)
        reopen(text, reason=reason, verb="session_text.facts_moved", by=None)
        if was_public:
            public_pages.purge(text.council_session, of=f"session-text.{text.pk}.facts.{seq}")
    return True


def follow_all() -> int:
    """Check every text in whose council something changed; returns how many lost their approval."""
    return sum(follow_facts(text) for text in queries.to_check())


def record_signature(
    text: SessionText, *, signed_on: date, presiding: str, secretary: str, by: User
) -> SessionText:
    """Write down that the printed minutes were signed by hand, when and by whom.

    Raises:
        Refusal: ``access.denied``, ``session_text.not_now``, ``session_text.press_is_not_signed``,
            ``minutes.signed_before_approval``, ``minutes.signed_in_future``.
    """
    access.authorise(by, "session_text.sign", council_of(text))
    follow_facts(text)
    with transaction.atomic():
        text = locked(text)
        reached = rules.next_state(text.kind, text.state, TextVerb.SIGN)
        approval = queries.standing_approval(text)
        assert approval is not None  # noqa: S101 - approved texts have one, by their course
        rules.check_signed_on(
            signed_on, approved_on=timezone.localdate(approval.approved_at),
            today=timezone.localdate(),
        )  # fmt: skip
        text.state, text.signed_on = reached.value, signed_on
        text.signed_presiding, text.signed_secretary = presiding, secretary
        text.signature_recorded_by, text.signature_recorded_at = by, timezone.now()
        text.full_clean()
        text.save()
        audit.record(
            "session_text.sign", text, by=by, council=council_of(text),
            after={
                "signed_on": signed_on.isoformat(), "presiding": presiding,
                "secretary": secretary, "digest": text.digest,
            },
        )  # fmt: skip
    return text

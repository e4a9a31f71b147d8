"""Minutes and press summary under the clerk's hands: begun from the books, saved, submitted."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from council.models import Council, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from resolutions.models import (
    SessionText,
    SessionTextApproval,
    SessionTextState,
    SessionTextVersion,
)
from resolutions.queries import session_texts as queries
from resolutions.rules import grown_text
from resolutions.rules import session_texts as rules
from resolutions.rules.grown_text import Conflict, Edit, Paragraph
from resolutions.rules.session_texts import TextVerb
from resolutions.services import session_text_files
from sessions.models import Session, SessionState

HEAD_FIELDS: Final = ("number", "presiding", "secretaries")


class EditConflict(Refusal):
    """Somebody else, or the books, changed the same paragraphs meanwhile; nothing was saved."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__(
            "edit.stale",
            gettext_noop(
                "Có đoạn vừa được người khác lưu hoặc vừa đổi theo số liệu trong lúc bạn sửa. So "
                "sánh hai bản bên dưới rồi lưu lần nữa; chưa có gì bị mất."
            ),
        )
        self.conflicts = tuple(conflicts)


def council_of(text: SessionText) -> Council:
    """The council whose session it is."""
    return text.council_session.term.council


def locked(text: SessionText) -> SessionText:
    """The text as it stands now, locked until the transaction ends."""
    return (
        SessionText.objects.select_for_update(of=("self",))
        .select_related("council_session__term__council", "submitted_by", "created_by")
        .get(pk=text.pk)
    )


def start(
    held: Session, *, kind: str, presiding: str = "", secretaries: str = "", by: User
) -> SessionText:
    """Begin the minutes or the summary from the books; a no-op where somebody has begun.

    Args:
        held: a session that was convened.
        kind: one of `SessionTextKind`.
        presiding: who presides, one a line, for minutes.
        secretaries: who keeps the minutes, one a line.
        by: who begins.

    Raises:
        Refusal: ``access.denied``, ``session_text.not_convened``.
    """
    access.authorise(by, "session_text.edit", held.term.council)
    with transaction.atomic():
        held = Session.objects.select_for_update(of=("self",)).get(pk=held.pk)
        if not held.is_public:
            raise Refusal(
                "session_text.not_convened",
                gettext_noop("Kỳ họp chưa được triệu tập nên chưa có gì để ghi."),
            )
        found = queries.of_session(held, kind)
        if found is not None:
            return found
        text = SessionText(
            council_session=held, kind=kind, created_by=by, presiding=presiding,
            secretaries=secretaries,
        )  # fmt: skip
        text.content = grown_text.as_data(grown_text.settled(queries.read(text).grown))
        text.full_clean()
        text.save()
        _keep_version(text, _("Lập từ số liệu của kỳ họp"), by=by)
        audit.record("session_text.start", text, by=by, council=council_of(text))
    return text


def save(
    text: SessionText, *, edits: Sequence[Edit], head: Mapping[str, tuple[str, str]], by: User
) -> SessionText:
    """Save what the clerk changed on a page; what others saved since the page was shown stays.

    Args:
        text: the text.
        edits: every paragraph of the page, with the fingerprint of what the page had shown.
        head: by name of `HEAD_FIELDS`, what was typed and the fingerprint of what was shown.
        by: who saves.

    Raises:
        EditConflict: two people changed the same paragraph or field.
        Refusal: ``access.denied``, ``session_text.not_now`` (signed minutes).
    """
    access.authorise(by, "session_text.edit", council_of(text))
    with transaction.atomic():
        text = locked(text)
        paragraphs, conflicts = grown_text.apply(queries.read(text).grown, edits)
        conflicts += _set_head(text, head)
        if conflicts:
            raise EditConflict(conflicts)
        return _store(text, paragraphs, what=_("Sửa văn bản"), verb="session_text.save", by=by)


def follow_data(text: SessionText, *, key: str, by: User) -> SessionText:
    """Take a paragraph as the books tell it now; the clerk's words stay in the saved versions.

    Raises:
        Refusal: ``access.denied``, ``session_text.not_now``.
    """
    access.authorise(by, "session_text.edit", council_of(text))
    with transaction.atomic():
        text = locked(text)
        paragraphs = grown_text.follow_data(queries.read(text).grown, key)
        what = _("Lấy lại một đoạn theo số liệu")
        return _store(text, paragraphs, what=what, verb="session_text.follow_data", by=by)


def keep_words(text: SessionText, *, key: str, by: User) -> SessionText:
    """Keep the clerk's words of a paragraph, having seen what the books say now.

    Raises:
        Refusal: ``access.denied``, ``session_text.not_now``.
    """
    access.authorise(by, "session_text.edit", council_of(text))
    with transaction.atomic():
        text = locked(text)
        paragraphs = grown_text.keep_words(queries.read(text).grown, key)
        what = _("Giữ lời của thư ký ở một đoạn")
        return _store(text, paragraphs, what=what, verb="session_text.keep_words", by=by)


def submit(text: SessionText, *, by: User) -> SessionText:
    """Freeze the text as it stands now and hand it to a second person.

    Raises:
        Refusal: ``access.denied``, ``session_text.not_now``, ``minutes.number_taken`` and those of
            `resolutions.rules.session_texts.check_settled` and `check_minutes_complete`.
    """
    access.authorise(by, "session_text.edit", council_of(text))
    with transaction.atomic():
        text = locked(text)
        reached = rules.next_state(text.kind, text.state, TextVerb.SUBMIT)
        reading = queries.read(text)
        rules.check_settled(reading.grown)
        if text.is_minutes:
            _check_minutes(text)
        seq = queries.newest_entry(council_of(text))
        content = grown_text.as_data(grown_text.settled(reading.grown))
        if content != text.content:
            text.content = content
            text.version += 1
            _keep_version(text, _("Cập nhật theo số liệu khi trình"), by=by)
        text.state, text.submitted_by, text.submitted_at = reached.value, by, timezone.now()
        text.digest, text.facts_digest = queries.stored_digest(text), reading.facts_digest
        text.checked_seq, text.sent_back_reason, text.sent_back_by = seq, "", None
        text.full_clean()
        text.save()
        audit.record(
            "session_text.submit", text, by=by, council=council_of(text),
            after={"digest": text.digest, "facts_digest": text.facts_digest},
        )  # fmt: skip
        if text.is_minutes:
            session_text_files.enqueue(text, by=by)
    return text


def _check_minutes(text: SessionText) -> None:
    held = text.council_session
    rules.check_minutes_complete(
        is_closed=held.state == SessionState.CLOSED, number=text.number, presiding=text.presiding,
        secretaries=text.secretaries, hidden_polls=queries.hidden_polls(held),
    )  # fmt: skip
    if queries.number_taken(text):
        raise Refusal(
            "minutes.number_taken",
            gettext_noop("Số %(number)s đã ghi cho biên bản của kỳ họp khác trong năm."),
            params={"number": text.number},
            field="number",
        )


def _set_head(text: SessionText, head: Mapping[str, tuple[str, str]]) -> tuple[Conflict, ...]:
    """Take what was typed of the head; the conflicts, where others changed it too."""
    conflicts = []
    for name in HEAD_FIELDS:
        if name not in head:
            continue
        (typed, shown), current = head[name], getattr(text, name)
        if grown_text.fingerprint(typed) == shown or typed == current:
            continue
        if grown_text.fingerprint(current) != shown:
            conflicts.append(Conflict(name, typed, current))
            continue
        setattr(text, name, typed)
    return tuple(conflicts)


def _store(
    text: SessionText, paragraphs: Sequence[Paragraph], *, what: str, verb: str, by: User
) -> SessionText:
    """Save a changed text as a new version; an approval or a submission it had is void."""
    text.state = rules.next_state(text.kind, text.state, TextVerb.EDIT).value
    text.content = grown_text.as_data(paragraphs)
    text.version += 1
    text.digest = text.facts_digest = text.public_text = ""
    text.full_clean()
    text.save()
    _keep_version(text, what, by=by)
    void(text, reason=_("%(who)s sửa văn bản.") % {"who": by})
    audit.record(verb, text, by=by, council=council_of(text), after={"version": text.version})
    return text


def _keep_version(text: SessionText, what: str, *, by: User) -> None:
    SessionTextVersion.objects.create(
        text=text, ordinal=text.version, content=text.content, what=what, saved_by=by,
        saved_at=timezone.now(),
    )  # fmt: skip


def void(text: SessionText, *, reason: str) -> int:
    """End the standing approval, in the caller's transaction; returns how many ended (0 or 1)."""
    return SessionTextApproval.objects.filter(text=text, voided_at=None).update(
        voided_at=timezone.now(), voided_reason=reason[:300]
    )


def reopen(text: SessionText, *, reason: str, verb: str, by: User | None) -> None:
    """Back to a draft, off the public page, its approval void; in the caller's transaction."""
    before = audit.snapshot(text, ["state"])
    ended = void(text, reason=reason)
    text.state = SessionTextState.DRAFT
    text.digest = text.facts_digest = text.public_text = ""
    text.full_clean()
    text.save()
    audit.record(
        verb, text, by=by, council=council_of(text), before=before,
        after={"state": text.state, "reason": reason, "approvals_voided": ended},
    )  # fmt: skip

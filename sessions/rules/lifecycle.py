"""States of a session and of a sitting, and which verb leads from where to where."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from council.rules.refusals import Refusal, gettext_noop


class SessionState(StrEnum):
    """draft → submitted → approved → convened → in_progress → closed."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    CONVENED = "convened"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"


class SessionVerb(StrEnum):
    """What can be done to a session as a whole."""

    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    CONVENE = "convene"
    BEGIN = "begin"
    CLOSE = "close"


class SittingState(StrEnum):
    """planned → open ⇄ suspended; open → closed."""

    PLANNED = "planned"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class SittingVerb(StrEnum):
    """What the chair does with a sitting."""

    OPEN = "open"
    SUSPEND = "suspend"
    RESUME = "resume"
    CLOSE = "close"


SESSION_VERBS: Final[Mapping[SessionState, Mapping[SessionVerb, SessionState]]] = {
    SessionState.DRAFT: {SessionVerb.SUBMIT: SessionState.SUBMITTED},
    SessionState.SUBMITTED: {
        SessionVerb.APPROVE: SessionState.APPROVED,
        SessionVerb.RETURN: SessionState.DRAFT,
    },
    SessionState.APPROVED: {
        SessionVerb.CONVENE: SessionState.CONVENED,
        SessionVerb.RETURN: SessionState.DRAFT,
    },
    SessionState.CONVENED: {SessionVerb.BEGIN: SessionState.IN_PROGRESS},
    SessionState.IN_PROGRESS: {SessionVerb.CLOSE: SessionState.CLOSED},
    SessionState.CLOSED: {},
}

SITTING_VERBS: Final[Mapping[SittingState, Mapping[SittingVerb, SittingState]]] = {
    SittingState.PLANNED: {SittingVerb.OPEN: SittingState.OPEN},
    SittingState.OPEN: {
        SittingVerb.SUSPEND: SittingState.SUSPENDED,
        SittingVerb.CLOSE: SittingState.CLOSED,
    },
    SittingState.SUSPENDED: {SittingVerb.RESUME: SittingState.OPEN},
    SittingState.CLOSED: {},
}

_SESSION_NOW: Final = {
    SessionState.DRAFT: gettext_noop(
        "Kỳ họp đang được soạn. Hãy trình duyệt trước, rồi người khác duyệt."
    ),
    SessionState.SUBMITTED: gettext_noop(
        "Kỳ họp đang chờ duyệt. Hãy đợi người duyệt, hoặc nhờ trả lại để sửa."
    ),
    SessionState.APPROVED: gettext_noop(
        "Kỳ họp đã được duyệt. Việc tiếp theo là triệu tập; muốn sửa thì trả lại bản soạn."
    ),
    SessionState.CONVENED: gettext_noop(
        "Kỳ họp đã được triệu tập. Việc tiếp theo là khai mạc phiên đầu tiên."
    ),
    SessionState.IN_PROGRESS: gettext_noop(
        "Kỳ họp đang diễn ra. Việc tiếp theo là bế mạc khi mọi phiên đã kết thúc."
    ),
    SessionState.CLOSED: gettext_noop("Kỳ họp đã bế mạc, không thay đổi được nữa."),
}

_SITTING_NOW: Final = {
    SittingState.PLANNED: gettext_noop("Phiên họp chưa mở. Hãy mở phiên họp trước."),
    SittingState.OPEN: gettext_noop("Phiên họp đang mở. Có thể tạm nghỉ hoặc kết thúc."),
    SittingState.SUSPENDED: gettext_noop("Phiên họp đang tạm nghỉ. Hãy tiếp tục phiên họp trước."),
    SittingState.CLOSED: gettext_noop("Phiên họp đã kết thúc, không mở lại được."),
}


def next_session_state(state: SessionState | str, verb: SessionVerb | str) -> SessionState:
    """Where ``verb`` leads.

    Raises:
        Refusal: ``session.not_now``, with what can be done instead.
    """
    reached = SESSION_VERBS[SessionState(state)].get(SessionVerb(verb))
    if reached is None:
        raise Refusal("session.not_now", _SESSION_NOW[SessionState(state)])
    return reached


def next_sitting_state(state: SittingState | str, verb: SittingVerb | str) -> SittingState:
    """Where ``verb`` leads.

    Raises:
        Refusal: ``sitting.not_now``, with what can be done instead.
    """
    reached = SITTING_VERBS[SittingState(state)].get(SittingVerb(verb))
    if reached is None:
        raise Refusal("sitting.not_now", _SITTING_NOW[SittingState(state)])
    return reached


def check_may_prepare(state: SessionState | str) -> None:
    """Dates, place and papers' frame may be changed only while the session is a draft.

    Raises:
        Refusal: ``session.not_a_draft``.
    """
    if SessionState(state) is not SessionState.DRAFT:
        raise Refusal(
            "session.not_a_draft",
            gettext_noop(
                "Chỉ sửa được kỳ họp khi còn là bản soạn. Hãy nhờ người duyệt trả lại để sửa."
            ),
        )


def check_agenda_change(state: SessionState | str, *, is_adopted: bool, has_decision: bool) -> None:
    """The agenda is free while it is prepared; once adopted, each change needs a decision.

    Between approval and adoption the agenda that was approved stands; it is opened again by
    returning the session to draft, or changed by the council after its adoption.

    Args:
        state: of the session.
        is_adopted: the council has adopted the agenda by open vote.
        has_decision: a recorded decision to change the agenda is at hand and not yet used.

    Raises:
        Refusal: ``agenda.closed``, ``agenda.needs_decision``, ``agenda.approved``.

    Source: Law 77/2015 Art. 79, now the council's working regulation.
    """
    if SessionState(state) is SessionState.CLOSED:
        raise Refusal("agenda.closed", _SESSION_NOW[SessionState.CLOSED])
    if is_adopted and not has_decision:
        raise Refusal(
            "agenda.needs_decision",
            gettext_noop(
                "Hội đồng đã thông qua chương trình. Muốn thay đổi, hãy ghi một quyết định "
                "điều chỉnh chương trình bằng biểu quyết."
            ),
        )
    if not is_adopted and SessionState(state) is not SessionState.DRAFT:
        raise Refusal(
            "agenda.approved",
            gettext_noop(
                "Chương trình đã trình duyệt. Hãy nhờ người duyệt trả lại để sửa, hoặc đợi Hội "
                "đồng thông qua rồi điều chỉnh bằng biểu quyết."
            ),
        )

"""The council's decisions about its agenda: checked, written, used up by the change they allow.

Parts of the verbs in `sessions.services.agenda`, which hold the session's lock and record.
"""

import hashlib
import json
from datetime import datetime

from django.utils import timezone

from council.rules.refusals import Refusal, gettext_noop
from sessions.models import AgendaDecision, AgendaItem, Matter, OpenVote, Session
from sessions.queries import agenda as queries
from sessions.rules import lifecycle


def digest(held: Session) -> str:
    """SHA-256 of the agenda as it stands: what the council adopted, in reading order."""
    rows = queries.in_tree_order(held.items.exclude(state=AgendaItem.State.DROPPED))
    lines = [
        [row.label, row.item.title, row.item.kind, row.item.presenter, row.item.minutes,
         row.item.sitting_id]
        for row in rows
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()


def take(held: Session) -> AgendaDecision | None:
    """The decision that allows the next change; None while the agenda is a free draft.

    Raises:
        Refusal: ``agenda.closed``, ``agenda.approved``, ``agenda.needs_decision``.
    """
    decision = queries.unused_decision(held)
    lifecycle.check_agenda_change(
        lifecycle.SessionState(held.state),
        is_adopted=held.agenda_adopted_at is not None,
        has_decision=decision is not None,
    )
    return decision if held.agenda_adopted_at else None


def use(decision: AgendaDecision | None) -> None:
    """The change is written: the decision is used up and covers the agenda as it now stands."""
    if decision is None:
        return
    decision.used_at = timezone.now()
    decision.agenda_digest = digest(decision.council_session)
    decision.full_clean()
    decision.save(update_fields=["used_at", "agenda_digest"])


def write(
    held: Session,
    *,
    vote: OpenVote,
    kind: str,
    what: str,
    decided_at: datetime,
    used_at: datetime | None,
) -> AgendaDecision:
    """Write a decision down with the digest of the agenda it was taken on."""
    decision = AgendaDecision(
        council_session=held, open_vote=vote, kind=kind, what=what, decided_at=decided_at,
        used_at=used_at, agenda_digest=digest(held),
    )  # fmt: skip
    decision.full_clean()
    decision.save()
    return decision


def check_may_decide(held: Session) -> None:
    """Only an adopted agenda of a session that still runs is changed by decision."""
    if held.agenda_adopted_at is None:
        raise Refusal(
            "agenda.not_adopted",
            gettext_noop(
                "Chương trình chưa được Hội đồng thông qua. Ghi việc thông qua trước, rồi mới ghi "
                "việc điều chỉnh."
            ),
        )
    lifecycle.check_agenda_change(
        lifecycle.SessionState(held.state), is_adopted=True, has_decision=True
    )


def check_vote(held: Session, vote: OpenVote, matter: str) -> datetime:
    """The vote is this session's, on this matter, carried, and not used yet; when it closed.

    Raises:
        Refusal: ``agenda.vote_of_another_matter``, ``agenda.vote_not_passed``,
            ``agenda.vote_used``.
    """
    if vote.council_session_id != held.pk or vote.matter != matter:
        raise Refusal(
            "agenda.vote_of_another_matter",
            gettext_noop("Chọn lần biểu quyết “%(matter)s” của chính kỳ họp này."),
            params={"matter": Matter(matter).label},
            field="vote",
        )
    if not vote.passed or vote.closed_at is None:
        raise Refusal(
            "agenda.vote_not_passed",
            gettext_noop("Lần biểu quyết này không được thông qua, không làm căn cứ được."),
            field="vote",
        )
    if AgendaDecision.objects.filter(open_vote=vote).exists():
        raise Refusal(
            "agenda.vote_used",
            gettext_noop("Lần biểu quyết này đã dùng cho một quyết định về chương trình."),
            field="vote",
        )
    return vote.closed_at

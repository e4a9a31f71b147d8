"""The council's vote on its agenda, and the decision that rests on it, recorded in one step."""

from django.db import transaction

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access
from sessions.models import Matter, OpenVote, Session
from sessions.queries import open_sitting_of
from sessions.services import agenda, agenda_decisions, votes


def decide(
    council_session: Session,
    *,
    what: str,
    for_count: int | None,
    against_count: int | None,
    not_voting_count: int | None,
    newest_seen: int | None = None,
    by: User,
) -> OpenVote:
    """Record the vote; where it is carried, the agenda is adopted, or a change of it decided.

    A vote that is not carried stays in the books, since it was held.

    Raises:
        Refusal: ``access.denied``, ``agenda.no_sitting_open``, ``agenda.closed`` and those of
            `sessions.services.votes.take`.
    """
    access.authorise(by, "agenda.run", council_session.term.council)
    with transaction.atomic():
        sitting = open_sitting_of(council_session)
        if sitting is None:
            raise Refusal(
                "agenda.no_sitting_open",
                gettext_noop("Chưa có phiên họp nào đang mở. Mở phiên họp rồi mới biểu quyết."),
            )
        is_adopted = council_session.agenda_adopted_at is not None
        if is_adopted:
            agenda_decisions.check_may_decide(council_session)
        vote = votes.take(
            sitting, matter=Matter.AGENDA_CHANGE if is_adopted else Matter.AGENDA, subject=what,
            for_count=for_count or 0, against_count=against_count or 0,
            not_voting_count=not_voting_count or 0, newest_seen=newest_seen, by=by,
        )  # fmt: skip
        if vote.passed and is_adopted:
            agenda.decide_change(council_session, vote=vote, what=what, by=by)
        elif vote.passed:
            agenda.adopt(council_session, vote=vote, by=by)
    return vote

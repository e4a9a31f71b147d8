"""Open votes that a poll rests on: the council approves the list and elects the committee."""

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from elections.models import BallotCommittee, ListChange, Poll, PollState
from sessions.models import AgendaItem, OpenVote, Session
from sessions.queries import sittings as session_queries
from sessions.services import votes


def check_vote(vote: OpenVote, *, council_session: Session, matters: tuple[str, ...]) -> None:
    """Refuse a vote that does not decide this: of another session or matter, lost, or used before.

    Raises:
        Refusal: ``vote.of_another_session``, ``vote.wrong_matter``, ``vote.not_passed``,
            ``vote.already_used``.
    """
    if vote.council_session_id != council_session.pk:
        raise Refusal(
            "vote.of_another_session",
            gettext_noop("Biểu quyết này thuộc kỳ họp khác. Chọn biểu quyết của kỳ họp này."),
            field="vote",
        )
    if vote.matter not in matters:
        raise Refusal(
            "vote.wrong_matter",
            gettext_noop("Biểu quyết “%(subject)s” về việc khác. Chọn đúng biểu quyết."),
            params={"subject": vote.subject},
            field="vote",
        )
    if vote.state != OpenVote.State.CLOSED or not vote.passed:
        raise Refusal(
            "vote.not_passed",
            gettext_noop("Biểu quyết “%(subject)s” chưa kết thúc hoặc không được thông qua."),
            params={"subject": vote.subject},
            field="vote",
        )
    check_unused(vote)


def check_unused(vote: OpenVote) -> None:
    """One decision, one use. Annulled polls set theirs free."""
    lists = Poll.objects.filter(list_vote=vote).exclude(state=PollState.ANNULLED)
    others = (BallotCommittee.objects, ListChange.objects)
    if lists.exists() or any(rows.filter(open_vote=vote).exists() for rows in others):
        raise Refusal(
            "vote.already_used",
            gettext_noop(
                "Biểu quyết “%(subject)s” đã dùng cho một danh sách khác. Ghi một biểu quyết mới."
            ),
            params={"subject": vote.subject},
            field="vote",
        )


def take(
    council_session: Session,
    *,
    item: AgendaItem | None,
    matter: str,
    subject: str,
    for_count: int,
    against_count: int,
    not_voting_count: int,
    by: User,
) -> OpenVote:
    """Record an open vote by totals in the sitting that is open now.

    Raises:
        Refusal: ``sitting.none_open``, and those of `sessions.services.votes.take`.
    """
    sitting = session_queries.open_sitting_of(council_session)
    if sitting is None:
        raise Refusal(
            "sitting.none_open",
            gettext_noop("Chưa có phiên họp nào đang mở. Mở phiên họp trước khi biểu quyết."),
        )
    return votes.take(
        sitting,
        item=item,
        matter=matter,
        subject=subject,
        for_count=for_count,
        against_count=against_count,
        not_voting_count=not_voting_count,
        by=by,
    )

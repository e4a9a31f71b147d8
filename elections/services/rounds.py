"""Another round of an election in which not all seats were filled."""

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from elections.models import Nomination, Poll, PollEntry
from elections.queries import rounds as queries
from elections.services import entries


def begin_next(poll: Poll, *, by: User) -> Poll:
    """The following round in draft, with the candidates who were not elected.

    Raises:
        Refusal: ``round.not_needed``, ``round.no_more``.
    """
    stand = queries.rounds_of(poll)
    if stand is None or not stand.is_open:
        raise Refusal(
            "round.not_needed",
            gettext_noop("Chỉ bầu lại khi đã xác nhận kết quả và còn thiếu người trúng cử."),
        )
    if not stand.may_go_on:
        raise Refusal(
            "round.no_more",
            gettext_noop(
                "Đã bầu %(round)d vòng, quy chế cho tối đa %(max)d vòng. Việc bầu trở lại từ khâu "
                "giới thiệu nhân sự: lập một cuộc bầu mới."
            ),
            params={"round": stand.round, "max": stand.max_rounds},
            cites=stand.source,
        )
    following = entries.new_poll(
        poll.council_session,
        kind=poll.kind,
        item=poll.item,
        title=title_of_round(poll, poll.round + 1),
        held_on=poll.held_on,
        office=poll.office,
        seats=stand.seats_left,
        previous_round=poll,
        by=by,
    )
    copy_candidates(poll, following)
    return following


def title_of_round(poll: Poll, number: int) -> str:
    """The poll's title with the number of the round behind it."""
    stem = poll.title.removesuffix(f" (vòng {poll.round})")
    return f"{stem} (vòng {number})"


def copy_candidates(poll: Poll, following: Poll) -> None:
    """Those who were not elected stand again, as they were introduced."""
    nominations = queries.nominations_of(poll)
    for position, line in enumerate(queries.not_elected(poll), start=1):
        entry = PollEntry.objects.create(
            poll=following,
            code=entries.code_of(position),
            position=position,
            person=line.entry.person,
            post=line.entry.post,
            block=line.entry.block,
        )
        introduced = nominations.get(line.entry.person_id)
        if introduced is not None:
            Nomination.objects.create(
                entry=entry,
                nominator_id=introduced.nominator_id,
                nominated_on=introduced.nominated_on,
                submission_id=introduced.submission_id,
                summary_id=introduced.summary_id,
                article=introduced.article,
            )
    entries.sort_candidates(following)

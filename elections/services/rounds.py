"""Another round of an election in which not all seats were filled: only what is open goes on."""

from collections.abc import Collection

from django.db import transaction

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from elections.models import Nomination, OutcomeLine, Poll, PollPost
from elections.queries import rounds as queries
from elections.services import entries, locks


def prepare_next(poll: Poll, *, going_on: Collection[int] | None = None, by: User) -> Poll:
    """Prepare another round for the seats that were not filled.

    The list must be approved again; candidates may withdraw. Asking twice gives the same round.

    Args:
        poll: an election with a confirmed result.
        going_on: keys of the persons who go on, by the council's decision; None is everybody who
            was not elected to a post that is still open.
        by: who prepares it.

    Raises:
        Refusal: ``access.denied``, ``round.not_needed``, ``round.no_more`` (the council's
            regulation sets how many; then the nomination begins anew), ``round.not_a_candidate``,
            ``round.post_left_empty``.

    Source: the council's working regulation (law.md: no text settles it).
    """
    council = poll.council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        existing = Poll.objects.filter(previous_round=poll).first()
        if existing is not None:
            return existing
        stand = standing_of(poll)
        chosen = choose(stand, going_on)
        following = begin(poll, chosen, by=by)
        audit.record(
            "poll.next_round",
            following,
            by=by,
            council=council,
            after={
                "round": following.round,
                "previous": poll.pk,
                "seats": following.seats,
                "candidates": sum(len(lines) for _post, lines in chosen),
            },
        )
    return following


Chosen = list[tuple[queries.PostStand, list[OutcomeLine]]]


def standing_of(poll: Poll) -> queries.Rounds:
    """How the election stands, if another round may be held.

    Raises:
        Refusal: ``round.not_needed``, ``round.no_more``.
    """
    stand = queries.rounds_of(poll)
    if stand is None or not stand.is_open:
        raise Refusal(
            "round.not_needed",
            gettext_noop("Chỉ bầu lại khi đã xác nhận kết quả và còn thiếu người trúng cử."),
        )
    if stand.round >= stand.max_rounds:
        raise Refusal(
            "round.no_more",
            gettext_noop(
                "Đã bầu %(round)d vòng, quy chế cho tối đa %(max)d vòng. Việc bầu trở lại từ khâu "
                "giới thiệu nhân sự: lập một cuộc bầu mới."
            ),
            params={"round": stand.round, "max": stand.max_rounds},
            cites=stand.source,
        )
    if not stand.may_go_on:
        raise Refusal(
            "round.nobody_left",
            gettext_noop(
                "Mọi người trong danh sách đã trúng cử, không còn ai để bầu tiếp. Việc bầu trở lại "
                "từ khâu giới thiệu nhân sự: lập một cuộc bầu mới."
            ),
        )
    return stand


def choose(stand: queries.Rounds, going_on: Collection[int] | None) -> Chosen:
    """The open posts with those who go on; a post of which everybody was elected has nobody.

    Raises:
        Refusal: ``round.not_a_candidate``, ``round.post_left_empty``.
    """
    others = {line.entry.person_id for post in stand.open_posts for line in post.going_on}
    wanted = others if going_on is None else set(going_on)
    if not wanted <= others:
        raise Refusal(
            "round.not_a_candidate",
            gettext_noop(
                "Chỉ những người chưa trúng cử ở chức vụ còn thiếu mới vào vòng sau. Chọn lại danh "
                "sách."
            ),
            field="going_on",
        )
    chosen = [
        (post, [line for line in post.going_on if line.entry.person_id in wanted])
        for post in stand.open_posts
        if post.going_on
    ]
    for post, lines in chosen:
        if not lines:
            raise Refusal(
                "round.post_left_empty",
                gettext_noop("Chọn ít nhất một người vào vòng sau cho chức vụ %(office)s."),
                params={"office": post.post.office.title},
                field="going_on",
            )
    return chosen


def begin(poll: Poll, chosen: Chosen, *, by: User) -> Poll:
    """The following round in draft, with its posts and candidates."""
    first = chosen[0][0]
    following = entries.new_poll(
        poll.council_session,
        kind=poll.kind,
        item=poll.item,
        title=title_of_round(poll, poll.round + 1),
        held_on=poll.held_on,
        office=first.post.office,
        seats=first.seats_left,
        previous_round=poll,
        by=by,
    )
    nominations = queries.nominations_of(poll)
    for place, (post, lines) in enumerate(chosen, start=1):
        here, _made = PollPost.objects.get_or_create(
            poll=following,
            position=place,
            defaults={"office": post.post.office, "seats": post.seats_left},
        )
        for line in lines:
            copy_candidate(line, following, here, nominations.get(line.entry.person_id))
    following.seats = sum(post.seats_left for post, _lines in chosen)
    following.full_clean()
    following.save(update_fields=["seats"])
    entries.sort_candidates(following)
    return following


def title_of_round(poll: Poll, number: int) -> str:
    """The poll's title with the number of the round behind it."""
    stem = poll.title.removesuffix(f" (vòng {poll.round})")
    return f"{stem} (vòng {number})"


def copy_candidate(
    line: OutcomeLine, following: Poll, post: PollPost, introduced: Nomination | None
) -> None:
    """Somebody who was not elected stands again, as he or she was introduced."""
    entry = entries.add_line(
        following,
        poll_post=post,
        person=line.entry.person,
        post=line.entry.post,
        block=line.entry.block,
    )
    if introduced is not None:
        Nomination.objects.create(
            entry=entry,
            nominator_id=introduced.nominator_id,
            nominated_on=introduced.nominated_on,
            submission_id=introduced.submission_id,
            summary_id=introduced.summary_id,
            article=introduced.article,
        )

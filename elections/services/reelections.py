"""An election that begins anew from the nomination: after a refused approval, or after the rounds.

The new poll stores which one it repeats and why, so that the history can be followed both ways.

Source: Law 72/2025 Art. 36(7): a refusal is in writing, with reasons and a request to re-elect.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from council.models import Council, Office, Tenure, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from elections.models import Poll, PollKind, PollPost, PollState, RepeatReason
from elections.queries import posts, reelections, rounds
from elections.services import entries, locks
from sessions.models import Session

REQUEST_ARTICLE = "Điều 36 khoản 7 Luật 72/2025/QH15"


def after_refusal(tenure: Tenure, *, by: User) -> Poll:
    """Prepare the new election that a refused approval asks for; asking twice gives the same.

    It is put into the council's next session that is not over, on its first day or today.

    Raises:
        Refusal: ``access.denied``, ``reelect.not_refused``, ``reelect.no_session``,
            ``office.no_free_seat``.
    """
    council = tenure.office.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        tenure = (
            Tenure.objects.select_for_update(of=("self",))
            .select_related("office__council", "person")
            .get(pk=tenure.pk)
        )
        if tenure.approval != Tenure.Approval.REFUSED:
            raise Refusal(
                "reelect.not_refused",
                gettext_noop("Chỉ bầu lại khi kết quả bầu không được phê chuẩn."),
                cites=REQUEST_ARTICLE,
            )
        existing = reelections.poll_after(tenure)
        if existing is not None:
            return existing
        return begin(
            council,
            [(tenure.office, 1)],
            repeats=reelections.poll_of(tenure),
            because=RepeatReason.NOT_APPROVED,
            refused=tenure,
            by=by,
        )


def after_rounds(poll: Poll, *, by: User) -> Poll:
    """Begin anew where no further round is left, or the poll was annulled; twice gives the same.

    Raises:
        Refusal: ``access.denied``, ``reelect.not_needed``, ``reelect.no_session``,
            ``office.no_free_seat``.

    Source: the council's working regulation (law.md: after the last round a new nomination).
    """
    council = poll.council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        existing = reelections.poll_replacing(poll)
        if existing is not None:
            return existing
        because, wanted = open_offices(poll)
        return begin(council, wanted, repeats=poll, because=because, refused=None, by=by)


def open_offices(poll: Poll) -> tuple[str, list[tuple[Office, int]]]:
    """Why the election begins anew, and which offices with how many seats.

    Raises:
        Refusal: ``reelect.not_needed``.
    """
    if poll.kind == PollKind.ELECTION and poll.state == PollState.ANNULLED:
        every = [(post.office, post.seats) for post in posts.posts_of(poll)]
        return RepeatReason.ANNULLED, every
    left = rounds.offices_left(poll)
    if not left:
        raise Refusal(
            "reelect.not_needed",
            gettext_noop(
                "Chỉ lập cuộc bầu mới khi đã hết số vòng bầu mà chưa bầu đủ, hoặc cuộc bầu bị hủy."
            ),
        )
    return RepeatReason.ROUNDS_ENDED, left


def begin(
    council: Council,
    wanted: list[tuple[Office, int]],
    *,
    repeats: Poll | None,
    because: str,
    refused: Tenure | None,
    by: User,
) -> Poll:
    """A draft election to these offices in the session that meets next."""
    council_session = next_session(council)
    held_on = max(council_session.opens_on, min(timezone.localdate(), council_session.closes_on))
    check_free(wanted, council=council, day=held_on)
    (office, seats), *others = wanted
    poll = entries.new_poll(
        council_session,
        kind=PollKind.ELECTION,
        item=None,
        title=f"Bầu lại {', '.join(found.title for found, _seats in wanted)}"[:300],
        held_on=held_on,
        office=office,
        seats=seats,
        repeats=repeats,
        repeats_because=because,
        refused_tenure=refused,
        by=by,
    )
    PollPost.objects.bulk_create(
        PollPost(poll=poll, office=found, seats=count, position=place)
        for place, (found, count) in enumerate(others, start=2)
    )
    poll.seats = sum(count for _office, count in wanted)
    poll.save(update_fields=["seats"])
    audit.record(
        "poll.reelect",
        poll,
        by=by,
        council=council,
        after={
            "because": because,
            "repeats": repeats.pk if repeats else None,
            "refused_tenure": refused.pk if refused else None,
            "offices": [found.title for found, _seats in wanted],
        },
    )
    return poll


def check_free(wanted: list[tuple[Office, int]], *, council: Council, day: date) -> None:
    """Each office still has the seats to be filled.

    Raises:
        Refusal: ``office.no_free_seat``.
    """
    for office, seats in wanted:
        entries.check_seats(office, council=council, seats=seats, day=day)


def next_session(council: Council) -> Session:
    """The session in which the council can elect again.

    Raises:
        Refusal: ``reelect.no_session``.
    """
    found = reelections.next_session(council, timezone.localdate())
    if found is None:
        raise Refusal(
            "reelect.no_session",
            gettext_noop(
                "Chưa có kỳ họp nào sắp tới để bầu lại. Lập kỳ họp mới, rồi bấm lại nút này."
            ),
            cites=REQUEST_ARTICLE,
        )
    return found

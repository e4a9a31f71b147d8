"""The posts on one election's paper: added, changed and taken off while the list is open."""

from django.db import transaction
from django.db.models import Sum

from council.models import Office, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from elections.models import ListChange, Poll, PollEntry, PollPost
from elections.queries import posts as queries
from elections.services import entries, locks


def add(poll: Poll, *, office: Office, seats: int, by: User) -> PollPost:
    """Put another post on the same paper, with its own seats.

    Raises:
        Refusal: ``access.denied``, ``nomination.not_an_election``, ``poll.list_is_closed``,
            ``post.twice``, ``post.in_a_round`` (a further round fills what is open, no more),
            ``office.of_another_council``, ``office.no_free_seat``.
    """
    council = poll.council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        poll = locks.poll(poll.pk)
        entries.check_list_open(poll)
        check_first_round(poll)
        written = written_posts(poll)
        if any(post.office_id == office.pk for post in written):
            raise Refusal(
                "post.twice",
                gettext_noop("Chức vụ %(office)s đã có trên phiếu này."),
                params={"office": office.title},
                field="office",
            )
        entries.check_seats(office, council=council, seats=seats, day=poll.held_on)
        post = PollPost(poll=poll, office=office, seats=seats, position=written[-1].position + 1)
        post.full_clean()
        post.save()
        store_sum(poll)
        audit.record(
            "poll.post_add",
            post,
            by=by,
            council=council,
            after={"poll": poll.pk, "office": office.title, "seats": seats},
        )
    return post


def set_seats(post: PollPost, *, seats: int, by: User) -> PollPost:
    """Elect another number of people to the post.

    Raises:
        Refusal: as `add`.
    """
    council = post.poll.council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        poll = locks.poll(post.poll_id)
        entries.check_list_open(poll)
        check_first_round(poll)
        post = PollPost.objects.select_for_update().get(pk=post.pk)
        entries.check_seats(post.office, council=council, seats=seats, day=poll.held_on)
        before, post.seats = post.seats, seats
        post.full_clean()
        post.save(update_fields=["seats"])
        store_sum(poll)
        audit.record(
            "poll.post_seats",
            post,
            by=by,
            council=council,
            before={"seats": before},
            after={"poll": poll.pk, "seats": seats},
        )
    return post


def remove(post: PollPost, *, by: User) -> None:
    """Take a post without candidates off the paper; the last one stays.

    Raises:
        Refusal: ``access.denied``, ``poll.list_is_closed``, ``post.last``, ``post.has_candidates``.
    """
    council = post.poll.council_session.term.council
    access.authorise(by, "poll.edit", council)
    with transaction.atomic():
        poll = locks.poll(post.poll_id)
        entries.check_list_open(poll)
        written = written_posts(poll)
        if len(written) == 1:
            raise Refusal(
                "post.last",
                gettext_noop("Phiếu bầu phải có ít nhất một chức vụ. Bỏ bản nháp nếu không bầu."),
            )
        named = (PollEntry.objects, ListChange.objects)
        if any(rows.filter(poll_post=post).exists() for rows in named):
            raise Refusal(
                "post.has_candidates",
                gettext_noop(
                    "Chức vụ %(office)s đã có người được giới thiệu nên không bỏ khỏi phiếu được."
                ),
                params={"office": post.office.title},
            )
        audit.record(
            "poll.post_remove",
            post,
            by=by,
            council=council,
            before={"poll": poll.pk, "office": post.office.title, "seats": post.seats},
        )
        post.delete()
        store_sum(poll)


def check_first_round(poll: Poll) -> None:
    """A further round fills the seats that stayed open; it has no posts of its own.

    Raises:
        Refusal: ``post.in_a_round``.
    """
    if poll.previous_round_id is not None:
        raise Refusal(
            "post.in_a_round",
            gettext_noop(
                "Vòng sau chỉ bầu những chức vụ và số người chưa bầu đủ ở vòng trước. Muốn bầu "
                "chức vụ khác, lập một cuộc bầu mới."
            ),
        )


def written_posts(poll: Poll) -> list[PollPost]:
    """The posts as rows; a poll prepared before there were any gets its one row now."""
    written = queries.posts_of(poll)
    if written and not written[0].pk:
        written[0].save()
        PollEntry.objects.filter(poll=poll).update(poll_post=written[0])
    return written


def store_sum(poll: Poll) -> None:
    """The poll's office is its first post's, its seats are the sum of all."""
    rows = PollPost.objects.filter(poll=poll)
    first = rows.select_related("office").order_by("position")[0]
    poll.office = first.office
    poll.seats = rows.aggregate(all=Sum("seats"))["all"]
    poll.version += 1
    poll.full_clean()
    poll.save(update_fields=["office", "seats", "version"])


def post_for(poll: Poll, chosen: PollPost | None) -> PollPost | None:
    """The post for which somebody stands: the one chosen, or the only one.

    Raises:
        Refusal: ``nomination.which_post``, ``nomination.post_of_another_poll``.
    """
    if chosen is not None and chosen.poll_id != poll.pk:
        raise Refusal(
            "nomination.post_of_another_poll",
            gettext_noop("Chức vụ này không có trên phiếu của cuộc bầu này."),
            field="poll_post",
        )
    written = queries.posts_of(poll)
    if chosen is None and len(written) > 1:
        raise Refusal(
            "nomination.which_post",
            gettext_noop("Phiếu này bầu nhiều chức vụ. Chọn chức vụ mà người này ứng cử."),
            field="poll_post",
        )
    return chosen or next((post for post in written if post.pk), None)

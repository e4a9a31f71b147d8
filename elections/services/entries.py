"""The lines of a ballot paper: who is written down, and what forbids it."""

from datetime import date

from council.models import Council, Office, Person, Tenure, User
from council.rules import figures, text
from council.rules.refusals import Refusal, gettext_noop
from council.services import rulebook
from elections.models import (
    BallotCommittee,
    BallotCommitteeMember,
    Exemption,
    ListChange,
    Motion,
    Nomination,
    Poll,
    PollEntry,
    PollKind,
    PollPost,
    PollState,
    SubjectPaper,
    Trigger,
)
from elections.queries import polls as queries
from elections.queries import posts
from elections.queries.subjects import Derived
from sessions.models import AgendaItem, Document, Session

SLUG_MAX = 70


def lock_session(council_session: Session, held_on: date) -> Session:
    """The session, locked; refuses a day on which it does not meet.

    Raises:
        Refusal: ``date.outside_session``.
    """
    rulebook.refresh()
    locked = (
        Session.objects.select_for_update(of=("self",))
        .select_related("term__council")
        .get(pk=council_session.pk)
    )
    if not locked.opens_on <= held_on <= locked.closes_on:
        raise Refusal(
            "date.outside_session",
            gettext_noop("Kỳ họp diễn ra từ %(first)s đến %(last)s. Chọn một ngày trong kỳ họp."),
            params={
                "first": figures.date_short(locked.opens_on),
                "last": figures.date_short(locked.closes_on),
            },
            field="held_on",
        )
    return locked


def check_only_confidence(council_session: Session) -> None:
    """One confidence vote a session is enough; an annulled one may be repeated."""
    polls = Poll.objects.filter(council_session=council_session, kind=PollKind.CONFIDENCE)
    if polls.exclude(state=PollState.ANNULLED).exists():
        raise Refusal(
            "poll.confidence_twice",
            gettext_noop("Kỳ họp này đã có cuộc lấy phiếu tín nhiệm. Mở cuộc đó để làm tiếp."),
        )


def check_seats(office: Office, *, council: Council, seats: int, day: date) -> None:
    """Refuse to elect more people than the office has free seats on the day.

    Acting holders do not count: their time ends with the election. Who leaves that day is gone.
    """
    if office.council_id != council.pk:
        raise Refusal(
            "office.of_another_council",
            gettext_noop("Chức vụ này thuộc hội đồng khác."),
            field="office",
        )
    holders = queries.holders_on(office, day).exclude(basis=Tenure.Basis.ACTING)
    names = [holder.person.full_name for holder in holders]
    if seats > office.seats - len(names):
        raise Refusal(
            "office.no_free_seat",
            gettext_noop(
                "Chức vụ %(office)s có tối đa %(seats)d người, %(held)d người đang giữ%(names)s. "
                "Ghi ngày thôi giữ chức vụ của người trước, hoặc bầu ít người hơn."
            ),
            params={
                "office": office.title,
                "seats": office.seats,
                "held": len(names),
                "names": f" ({', '.join(names)})" if names else "",
            },
            field="seats",
        )


def free_slug(council_session: Session, title: str) -> str:
    """An address for the poll, free within its session."""
    stem = text.slug(title)[:SLUG_MAX].strip("-") or "cuoc-bo-phieu"
    taken = set(Poll.objects.filter(council_session=council_session).values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def new_poll(
    council_session: Session,
    *,
    kind: str,
    item: AgendaItem | None,
    title: str,
    held_on: date,
    by: User,
    act: str = "",
    office: Office | None = None,
    seats: int = 1,
    previous_round: Poll | None = None,
    repeats: Poll | None = None,
    repeats_because: str = "",
    refused_tenure: Tenure | None = None,
    block: str = "",
    split_from: Poll | None = None,
) -> Poll:
    """A poll in draft, checked and saved; an election with its first post."""
    if item is not None and item.council_session_id != council_session.pk:
        raise Refusal(
            "item.of_another_session",
            gettext_noop("Nội dung chương trình này thuộc kỳ họp khác."),
            field="item",
        )
    poll = Poll(
        council_session=council_session,
        kind=kind,
        act=act,
        item=item,
        title=title,
        held_on=held_on,
        slug=free_slug(council_session, title),
        office=office,
        seats=seats,
        created_by=by,
        previous_round=previous_round,
        round=previous_round.round + 1 if previous_round else 1,
        repeats=repeats,
        repeats_because=repeats_because,
        refused_tenure=refused_tenure,
        block=block,
        split_from=split_from,
        illustrative_note=council_session.illustrative_note,
    )
    poll.full_clean()
    poll.save()
    if office is not None and kind == PollKind.ELECTION:
        PollPost.objects.create(poll=poll, office=office, seats=seats)
    return poll


def code_of(position: int) -> str:
    """The code of the line at a position: ``c01`` is the first."""
    return f"c{position:02d}"


def write_subjects(poll: Poll, derived: Derived) -> None:
    """Write down who is voted on, in the order of the ballot paper, and who is exempt and why."""
    PollEntry.objects.bulk_create(
        PollEntry(
            poll=poll,
            code=code_of(position),
            position=position,
            person_id=subject.person_id,
            tenure_id=subject.tenure_id,
            post=subject.post,
            block=subject.block,
        )
        for position, subject in enumerate(derived.subjects, start=1)
    )
    Exemption.objects.bulk_create(
        Exemption(
            poll=poll,
            person_id=exempt.person_id,
            post=exempt.post,
            code=exempt.code,
            reason=exempt.reason,
            article=exempt.article,
        )
        for exempt in derived.exemptions
    )


def check_list_open(poll: Poll) -> None:
    """Candidates are added to an election whose list the council has not yet approved."""
    if poll.kind != PollKind.ELECTION:
        raise Refusal(
            "nomination.not_an_election",
            gettext_noop("Chỉ giới thiệu người ứng cử trong cuộc bầu."),
        )
    if poll.state != PollState.DRAFT:
        raise Refusal(
            "poll.list_is_closed",
            gettext_noop("Danh sách đã được Hội đồng nhân dân chốt, không thêm người được nữa."),
        )


def check_may_stand(poll: Poll, person: Person) -> None:
    """A candidate stands once, is in this council's books and does not count the votes."""
    if person.council_id != poll.council_session.term.council_id:
        raise Refusal(
            "entry.of_another_council",
            gettext_noop("Người này thuộc hội đồng khác."),
            field="person",
        )
    if PollEntry.objects.filter(poll=poll, person=person).exists():
        raise Refusal(
            "entry.person_twice",
            gettext_noop("%(name)s đã có trong danh sách."),
            params={"name": person.full_name},
            field="person",
        )
    counts = BallotCommitteeMember.objects.filter(
        committee__council_session=poll.council_session,
        committee__state=BallotCommittee.State.PROPOSED,
        mandate__person=person,
    )
    if counts.exists():
        raise Refusal(
            "nomination.counts_the_votes",
            gettext_noop(
                "%(name)s đang trong Ban kiểm phiếu dự kiến. Thay người khác vào Ban kiểm phiếu "
                "trước khi giới thiệu."
            ),
            params={"name": person.full_name},
            field="person",
        )


def check_papers(poll: Poll, *papers: Document | None) -> None:
    """Papers of a nomination are papers of this session."""
    for paper in papers:
        if paper is not None and paper.council_session_id != poll.council_session_id:
            raise Refusal(
                "nomination.paper_of_another_session",
                gettext_noop("Tài liệu này thuộc kỳ họp khác."),
            )


def add_candidate(
    poll: Poll,
    *,
    poll_post: PollPost | None,
    person: Person,
    nominator: Tenure,
    nominated_on: date,
    post: str,
    submission: Document | None,
    summary: Document | None,
    article: str,
) -> PollEntry:
    """Write the candidate down with who introduced him or her."""
    entry = add_line(poll, poll_post=poll_post, person=person, post=post)
    nomination = Nomination(
        entry=entry,
        nominator=nominator,
        nominated_on=nominated_on,
        submission=submission,
        summary=summary,
        article=article,
    )
    nomination.full_clean()
    nomination.save()
    sort_candidates(poll)
    return entry


def add_line(
    poll: Poll, *, poll_post: PollPost | None, person: Person, post: str, block: str = ""
) -> PollEntry:
    """A line at the end of the paper; `sort_candidates` gives it its place."""
    count = PollEntry.objects.filter(poll=poll).count()
    entry = PollEntry(
        poll=poll,
        code=code_of(count + 1),
        position=count + 1,
        person=person,
        post=post,
        poll_post=poll_post,
        block=block or PollEntry.Block.NONE,
    )
    entry.full_clean()
    entry.save()
    return entry


def sort_candidates(poll: Poll) -> None:
    """Give the lines their places, post by post and by name: the Vietnamese alphabet.

    In two steps, because each place is unique.

    Source: guidance 883/HD-UBTVQH14: names in A-B-C order.
    """
    in_order = ("poll_post__position", "person__sort_key", "pk")
    rows = list(PollEntry.objects.filter(poll=poll).order_by(*in_order))
    for offset in (len(rows) + 1, 1):
        for place, row in enumerate(rows):
            row.position = place + offset
            row.save(update_fields=["position"])


def check_may_close(poll: Poll) -> None:
    """A list needs somebody on it, each of its posts too, and nothing left to be decided.

    Raises:
        Refusal: ``poll.empty_list``, ``poll.empty_post``, ``poll.changes_undecided``.
    """
    standing = list(queries.standing_entries(poll))
    if not standing:
        raise Refusal(
            "poll.empty_list", gettext_noop("Danh sách chưa có ai. Giới thiệu người ứng cử trước.")
        )
    lists = posts.lists_of(posts.posts_of(poll), standing)
    empty = next((found.post for found in lists if not found.entries), None)
    if empty is not None:
        raise Refusal(
            "poll.empty_post",
            gettext_noop(
                "Chức vụ %(office)s chưa có người ứng cử. Giới thiệu người hoặc bỏ chức vụ này "
                "khỏi phiếu."
            ),
            params={"office": empty.office.title},
        )
    if ListChange.objects.filter(poll=poll, state=ListChange.State.PROPOSED).exists():
        raise Refusal(
            "poll.changes_undecided",
            gettext_noop(
                "Còn đề nghị giới thiệu thêm hoặc rút chưa được Hội đồng nhân dân quyết định. Ghi "
                "biểu quyết từng đề nghị trước khi chốt danh sách."
            ),
        )


def remove_draft(poll: Poll) -> None:
    """Delete a draft with everything that hangs on it.

    Raises:
        Refusal: ``poll.council_decided``: the council voted on a change of its list.
    """
    if ListChange.objects.filter(poll=poll, open_vote__isnull=False).exists():
        raise Refusal(
            "poll.council_decided",
            gettext_noop(
                "Hội đồng nhân dân đã biểu quyết về danh sách này nên không bỏ được. Chốt danh "
                "sách rồi hủy cuộc bỏ phiếu nếu cần."
            ),
        )
    ListChange.objects.filter(poll=poll).delete()
    Nomination.objects.filter(entry__poll=poll).delete()
    Motion.objects.filter(entry__poll=poll).delete()
    SubjectPaper.objects.filter(entry__poll=poll).delete()
    Trigger.objects.filter(entry__poll=poll).update(entry=None)
    PollEntry.objects.filter(poll=poll).delete()
    PollPost.objects.filter(poll=poll).delete()
    Exemption.objects.filter(poll=poll).delete()
    poll.delete()

"""Lines of the checklist about an election's list: each candidate, each post, each paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from council.models import Mandate, SettingKey, Tenure
from council.queries import setting_on
from council.rules import figures
from council.rules.refusals import Refusal, gettext_noop
from elections.models import ListChange, Poll, PollEntry, PollKind, PollPost
from elections.queries import nominations, posts
from elections.queries import polls as queries
from elections.queries.checklist_lines import Line, Page, cited, met, unmet, warning
from sessions.models import Document, OpenVote, Visibility


def lines(poll: Poll) -> Iterator[Line]:
    """Everything about the list of an election; nothing for other polls."""
    if poll.kind != PollKind.ELECTION:
        return
    written = posts.posts_of(poll)
    standing = list(queries.standing_entries(poll))
    known = Known.of(poll)
    yield from undecided_lines(poll)
    for found in posts.lists_of(written, standing):
        yield seats_line(poll, found.post)
        yield from candidates_line(found)
        for entry in found.entries:
            yield from candidate_lines(poll, found.post, entry, known)
    yield from summary_lines(poll, standing, known)


def undecided_lines(poll: Poll) -> Iterator[Line]:
    """What a delegate proposed and the council has not decided keeps the voting closed."""
    waiting = ListChange.objects.filter(poll=poll, state=ListChange.State.PROPOSED)
    names = [change.person.full_name for change in waiting.select_related("person")]
    if names:
        yield unmet(
            "open.list_undecided",
            gettext_noop(
                "Hội đồng nhân dân chưa biểu quyết đề nghị về danh sách đối với %(names)s. Ghi kết "
                "quả biểu quyết ở mục danh sách."
            ),
            {"names": ", ".join(names)},
            cited("election.extra_candidates", poll),
            Page.LIST,
        )


def candidates_line(found: posts.PostList) -> Iterator[Line]:
    """Each post has somebody who stands."""
    if not found.entries:
        yield unmet(
            "open.empty_post",
            gettext_noop(
                "Chức vụ %(office)s không còn ai ứng cử. Hủy cuộc bỏ phiếu này và lập cuộc bầu mới."
            ),
            {"office": found.post.office.title},
        )


def seats_line(poll: Poll, post: PollPost) -> Line:
    """The office still has as many free seats as are to be filled."""
    holders = queries.holders_on(post.office, poll.held_on).exclude(basis=Tenure.Basis.ACTING)
    free = post.office.seats - holders.count()
    if free < post.seats:
        return unmet(
            "open.no_free_seat",
            gettext_noop(
                "Chức vụ %(office)s chỉ còn khuyết %(free)d người, cuộc bầu cần %(seats)d. Ghi "
                "ngày thôi giữ chức vụ của người trước."
            ),
            {"office": post.office.title, "free": max(free, 0), "seats": post.seats},
            page=Page.OFFICES,
        )
    return met(
        "open.no_free_seat",
        gettext_noop("Chức vụ %(office)s còn khuyết %(free)d người."),
        {"office": post.office.title, "free": free},
    )


def candidate_lines(poll: Poll, post: PollPost, entry: PollEntry, known: "Known") -> Iterator[Line]:
    """Introduced with authority on that very day, or let on the list; a delegate where needed."""
    found = getattr(entry, "nomination", None)
    article = found.article if found else known.article
    if found is not None:
        yield nominator_line(poll, post, entry)
    elif entry.person_id in known.additions:
        yield addition_line(entry, known.additions[entry.person_id].vote, article)
    if nominations.must_be_delegate(post.office) and entry.person_id not in known.delegates:
        refusal = nominations.not_a_delegate(post.office, entry.person, article)
        yield unmet(refusal.code, refusal.sentence, refusal.params, refusal.cites)


def nominator_line(poll: Poll, post: PollPost, entry: PollEntry) -> Line:
    """Whether the nominator held the office on the day of the nomination."""
    found = entry.nomination
    try:
        rule = nominations.check_nominator(poll, post.office, found.nominator, found.nominated_on)
    except Refusal as refusal:
        return unmet(refusal.code, refusal.sentence, refusal.params, refusal.cites, Page.OFFICES)
    return met(
        "open.nominator",
        gettext_noop("%(name)s: người giới thiệu (%(post)s) có thẩm quyền vào ngày %(day)s."),
        {
            "name": entry.person.full_name,
            "post": found.nominator.office.title,
            "day": figures.date_short(found.nominated_on),
        },
        rule,
    )


@dataclass(frozen=True, slots=True)
class Addition:
    """The council's vote that let a candidate on the list, and the summary that was attached."""

    vote: OpenVote
    summary: Document | None


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked once for all candidates.

    Attributes:
        article: the article on candidates beyond the list.
        additions: person → how the council let him or her on the list.
        delegates: persons with a seat on the poll's day.
    """

    article: str
    additions: Mapping[int, Addition]
    delegates: frozenset[int]

    @classmethod
    def of(cls, poll: Poll) -> "Known":
        """Read it."""
        changes = ListChange.objects.filter(
            poll__in=rounds_before(poll),
            kind=ListChange.Kind.ADDITION,
            state=ListChange.State.ACCEPTED,
        ).select_related("open_vote", "summary")
        term = poll.council_session.term
        seats = Mandate.objects.on(poll.held_on).filter(term=term)
        return cls(
            article=cited("election.extra_candidates", poll),
            additions={
                row.person_id: Addition(row.open_vote, row.summary)
                for row in changes
                if row.open_vote
            },
            delegates=frozenset(seats.values_list("person_id", flat=True)),
        )


def addition_line(entry: PollEntry, vote: OpenVote, article: str) -> Line:
    """A candidate beyond the list stands by the council's vote, in this round or an earlier one."""
    return met(
        "open.nominator",
        gettext_noop(
            "%(name)s: Hội đồng nhân dân quyết định bổ sung vào danh sách (%(for)s/%(total)s tán "
            "thành)."
        ),
        {
            "name": entry.person.full_name,
            "for": vote.for_count,
            "total": vote.total_delegates,
        },
        article,
    )


def rounds_before(poll: Poll) -> list[int]:
    """The poll and the rounds before it, by their keys."""
    found, at = [poll.pk], poll.previous_round
    while at is not None:
        found.append(at.pk)
        at = at.previous_round
    return found


def summary_lines(poll: Poll, standing: list[PollEntry], known: Known) -> Iterator[Line]:
    """Submission and summary of each candidate, attached and sent in time: said, never blocking.

    Source: practice; the days are the council's own regulation (`session.papers`).
    """
    missing = [entry.person.full_name for entry in standing if not any(papers_of(entry, known))]
    if missing:
        yield warning(
            "papers.missing",
            gettext_noop(
                "Chưa đính kèm tờ trình hoặc tóm tắt lý lịch của %(names)s. Tải tài liệu lên kỳ "
                "họp rồi chọn khi giới thiệu."
            ),
            {"names": ", ".join(missing)},
            page=Page.PAPERS,
        )
    council = poll.council_session.term.council
    value, source = setting_on(council, SettingKey.PAPERS_DAYS, poll.held_on)
    last = poll.council_session.opens_on - timedelta(days=int(value or 0))
    for paper in {
        paper.pk: paper for entry in standing for paper in papers_of(entry, known) if paper
    }.values():
        yield from sent_line(paper, last, source)


def papers_of(entry: PollEntry, known: Known) -> tuple[Document | None, ...]:
    """The papers of the candidate's nomination, or of the proposal beyond the list."""
    found = getattr(entry, "nomination", None)
    if found is not None:
        return found.submission, found.summary
    addition = known.additions.get(entry.person_id)
    return (addition.summary,) if addition else ()


def sent_line(paper: Document, last: date, source: str) -> Iterator[Line]:
    """Whether the delegates have the paper, and since when."""
    name = f"{paper}: {paper.title}"
    if paper.visibility == Visibility.STAFF or paper.released_at is None:
        yield warning(
            "papers.not_sent",
            gettext_noop("%(paper)s chưa được phát hành cho đại biểu. Phát hành tài liệu này."),
            {"paper": name},
            source,
            Page.PAPERS,
        )
    elif timezone.localdate(paper.released_at) > last:
        yield warning(
            "papers.late",
            gettext_noop(
                "%(paper)s gửi đại biểu ngày %(day)s, sau hạn %(last)s. Báo cáo Hội đồng nhân dân "
                "trước khi bỏ phiếu."
            ),
            {
                "paper": name,
                "day": figures.date_short(timezone.localdate(paper.released_at)),
                "last": figures.date_short(last),
            },
            source,
        )

"""What the books know of a session, as its minutes and its press summary are told from.

Nothing secret passes here: polls only with a confirmed result, papers only that delegates have,
no staff notes, no reasons of absence, nobody's vote. All in Vietnamese: these are documents.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Prefetch
from django.utils.timezone import localtime
from django.utils.translation import override

from council import queries as council_queries
from council.models import Mandate
from council.rules import figures
from council.rules.majorities import Base
from elections.models import (
    BallotCommitteeMember,
    OutcomeLine,
    Poll,
    PollPost,
    PollState,
    public_result,
)
from elections.queries import paper_words
from elections.rules import polls as poll_rules
from resolutions.models import Resolution, ResolutionState
from resolutions.rules import session_facts as facts
from sessions.models import (
    AgendaDecision,
    AgendaItem,
    Document,
    Indicator,
    OpenVote,
    Session,
    SessionState,
    Sitting,
    Visibility,
)
from sessions.queries import agenda
from sessions.queries import indicators as indicator_queries
from sessions.rules import indicators as indicator_rules

WITH_NUMBER = (ResolutionState.SIGNED, ResolutionState.PUBLISHED)


def for_minutes(
    held: Session, *, presiding: Sequence[str] = (), secretaries: Sequence[str] = ()
) -> facts.SessionFacts:
    """Everything that happened, for the staff; `presiding` and `secretaries` are the clerk's."""
    with override("vi"):
        return replace(
            _facts(held, polls=_polls(held), resolutions=_resolutions(held)),
            presiding=tuple(presiding),
            secretaries=tuple(secretaries),
            sittings=tuple(_sittings(held)),
            items=tuple(_items(held)),
        )


def for_press(held: Session) -> facts.SessionFacts:
    """What the public may know: published polls and resolutions, indicators, the public story."""
    with override("vi"):
        told = _facts(
            held,
            polls=[poll for poll in _polls(held) if poll.is_published],
            resolutions=[one for one in _resolutions(held) if one.is_published],
        )
        return replace(
            told,
            sittings=tuple(_sittings(held)),
            indicators=tuple(_indicator(row) for row in held.indicators.order_by("position")),
            notes=tuple(
                facts.NoteFact(note.pk, note.kind, note.text)
                for note in held.notes.order_by("kind", "position")
            ),
        )


def _facts(
    held: Session, *, polls: list[facts.PollFact], resolutions: list[facts.ResolutionFact]
) -> facts.SessionFacts:
    council = held.term.council
    adopted = AgendaDecision.objects.filter(
        council_session=held, kind=AgendaDecision.Kind.ADOPTED
    ).first()
    return facts.SessionFacts(
        pk=held.pk,
        number=held.number,
        kind=str(held.get_kind_display()),
        unit=council.unit,
        term=held.term.number,
        years=held.term.label,
        place=held.place,
        opens_on=held.opens_on,
        closes_on=held.closes_on,
        closed_at=_closed_at(held),
        agenda_vote=adopted.open_vote_id if adopted else None,
        votes=tuple(_votes(held)),
        polls=tuple(polls),
        resolutions=tuple(resolutions),
    )


def _closed_at(held: Session) -> datetime | None:
    """The end of the last sitting, once the session is closed."""
    if held.state != SessionState.CLOSED:
        return None
    last = held.sittings.filter(closed_at__isnull=False).order_by("-closed_at").first()
    return localtime(last.closed_at) if last and last.closed_at else None


# --- sittings -------------------------------------------------------------------------------------


def _sittings(held: Session) -> list[facts.SittingFact]:
    found = list(
        held.sittings.exclude(state=Sitting.State.PLANNED)
        .prefetch_related("presences", "excuses")
        .order_by("ordinal")
    )
    if not found:
        return []
    seats = list(
        Mandate.objects.filter(term=held.term_id)
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )
    totals = {
        day: council_queries.total_delegates(held.term, day)
        for day in {sitting.held_on for sitting in found}
    }
    return [_sitting(sitting, seats, totals[sitting.held_on]) for sitting in found]


def _sitting(sitting: Sitting, seats: list[Mandate], total: int) -> facts.SittingFact:
    opened = localtime(sitting.opened_at)
    arrivals: dict[int, datetime] = {}
    at_opening: set[int] = set()
    for stay in sitting.presences.all():
        arrived = localtime(stay.arrived_at)
        arrivals[stay.mandate_id] = min(arrived, arrivals.get(stay.mandate_id, arrived))
        if arrived <= opened and (stay.left_at is None or stay.left_at > opened):
            at_opening.add(stay.mandate_id)
    excused = {excuse.mandate_id for excuse in sitting.excuses.all()}
    called = {seat.pk: str(seat.person) for seat in seats if _sits_on(seat, sitting.held_on)}
    absent = [pk for pk in called if pk not in arrivals]
    return facts.SittingFact(
        pk=sitting.pk,
        part=str(sitting.get_part_display()),
        held_on=sitting.held_on,
        opened_at=opened,
        closed_at=localtime(sitting.closed_at) if sitting.closed_at else None,
        total=total,
        attended=len(arrivals),
        present_at_opening=len(at_opening),
        excused=tuple(called[pk] for pk in absent if pk in excused),
        unexcused=tuple(called[pk] for pk in absent if pk not in excused),
        late=tuple(
            (called[pk], arrivals[pk]) for pk in called if pk in arrivals and arrivals[pk] > opened
        ),
    )


def _sits_on(seat: Mandate, day: date) -> bool:
    return seat.starts_on <= day and (seat.ends_on is None or seat.ends_on >= day)


# --- agenda, open votes ---------------------------------------------------------------------------


def _items(held: Session) -> list[facts.ItemFact]:
    released = Document.objects.filter(
        withdrawn_at=None, visibility__in=[Visibility.DELEGATES, Visibility.PUBLIC]
    )
    items = held.items.defer("staff_note").prefetch_related(
        Prefetch("documents", queryset=released)
    )
    return [
        facts.ItemFact(
            row.item.pk,
            row.label,
            row.item.title,
            row.item.presenter,
            tuple(_paper(document) for document in row.item.documents.all()),
            is_dropped=row.item.state == AgendaItem.State.DROPPED,
        )
        for row in agenda.in_tree_order(items)
    ]


def _paper(document: Document) -> facts.PaperFact:
    return facts.PaperFact(
        document.pk,
        str(document.get_kind_display()),
        document.number,
        document.issued_on,
        document.issuer,
        document.title,
    )


def _votes(held: Session) -> list[facts.VoteFact]:
    found = held.open_votes.filter(state=OpenVote.State.CLOSED).order_by("opened_at", "pk")
    return [_vote(vote) for vote in found]


def _vote(vote: OpenVote) -> facts.VoteFact:
    return facts.VoteFact(
        pk=vote.pk,
        matter=vote.matter,
        subject=vote.subject,
        item=vote.item_id,
        at=localtime(vote.opened_at),
        total=vote.total_delegates,
        present=vote.present,
        in_favour=vote.for_count or 0,
        against=vote.against_count or 0,
        not_voting=vote.not_voting_count or 0,
        passed=bool(vote.passed),
    )


# --- polls ----------------------------------------------------------------------------------------


def _polls(held: Session) -> list[facts.PollFact]:
    """Polls with a confirmed result, in the order in which they were opened."""
    lines = OutcomeLine.objects.select_related("entry__person", "entry__poll_post__office")
    members = BallotCommitteeMember.objects.select_related("mandate__person").order_by("pk")
    found = (
        Poll.objects.filter(council_session=held, outcome__isnull=False)
        .select_related(
            "outcome__count", "office", "annulment", "committee", "council_session__term__council"
        )
        .prefetch_related(
            Prefetch("outcome__lines", queryset=lines.order_by("entry__position")),
            Prefetch("committee__members", queryset=members),
            Prefetch("posts", queryset=PollPost.objects.select_related("office")),
        )
        .order_by("opened_at", "pk")
    )
    public = set(
        Poll.objects.filter(public_result(), council_session=held).values_list("pk", flat=True)
    )
    told: set[int | None] = set()
    polls = []
    for poll in found:
        is_first = poll.committee_id not in told
        told.add(poll.committee_id)
        polls.append(_poll(poll, is_published=poll.pk in public, names_committee=is_first))
    return polls


def _poll(poll: Poll, *, is_published: bool, names_committee: bool) -> facts.PollFact:
    outcome, count = poll.outcome, poll.outcome.count
    annulment = getattr(poll, "annulment", None)
    return facts.PollFact(
        pk=poll.pk,
        kind=poll.kind,
        title=poll.title,
        subject=paper_words.subject_in_minutes(poll, _posts(poll)),
        item=poll.item_id,
        list_vote=poll.list_vote_id,
        held_on=poll.held_on,
        total=poll.total_delegates or 0,
        present=poll.present or 0,
        issued=count.issued or 0,
        returned=count.returned or 0,
        valid=count.valid or 0,
        invalid=count.invalid or 0,
        base_words=Base(outcome.base).words,
        base_value=outcome.base_value,
        lines=tuple(_line(poll, line) for line in outcome.lines.all()),
        committee=_committee(poll) if names_committee else (),
        committee_vote=poll.committee.open_vote_id if poll.committee and names_committee else None,
        is_published=is_published,
        annulled_on=annulment.decided_on if annulment else _annulled_on(poll),
        annulled_reason=annulment.reason if annulment else poll.annulled_reason,
    )


def _posts(poll: Poll) -> list[PollPost]:
    """As `elections.queries.posts.posts_of`, from rows that are read already."""
    if poll.office is None:
        return []
    rows = sorted(poll.posts.all(), key=lambda post: post.position)
    return rows or [PollPost(poll=poll, office=poll.office, seats=poll.seats, position=1)]


def _annulled_on(poll: Poll) -> date | None:
    if poll.state != PollState.ANNULLED:
        return None
    return localtime(poll.annulled_at).date() if poll.annulled_at else poll.held_on


def _committee(poll: Poll) -> tuple[tuple[str, str], ...]:
    order = list(BallotCommitteeMember.Post.values)
    members = poll.committee.members.all() if poll.committee else []
    return tuple(
        (str(member.mandate.person), str(member.get_post_display()))
        for member in sorted(members, key=lambda one: (order.index(one.post), one.pk))
    )


def _line(poll: Poll, line: OutcomeLine) -> facts.LineFact:
    post = line.entry.poll_post
    office = post.office if post else poll.office
    council = poll.council_session.term.council
    return facts.LineFact(
        name=str(line.entry.person),
        post=line.entry.post,
        votes=tuple(
            (
                label,
                line.votes.get(option, 0),
                Decimal(line.percent[option]) if line.percent.get(option) else None,
            )
            for option, label in poll_rules.labels_of(poll.kind)
        ),
        void=line.void,
        verdict=line.verdict,
        consequence=line.consequence,
        office=paper_words.office_name(council, office) if office else "",
    )


# --- resolutions, indicators ----------------------------------------------------------------------


def _resolutions(held: Session) -> list[facts.ResolutionFact]:
    """Resolutions that the council adopted; by number, those without one last."""
    found = Resolution.objects.filter(council_session=held, adoption__passed=True).select_related(
        "adoption"
    )
    return [
        facts.ResolutionFact(
            pk=one.pk,
            symbol=one.symbol if one.state in WITH_NUMBER else "",
            title=one.title,
            vote=_vote(one.adoption) if one.adoption else None,
            is_published=one.state == ResolutionState.PUBLISHED,
        )
        for one in sorted(found, key=lambda one: (one.number or 10**6, one.pk))
    ]


def _indicator(row: Indicator) -> facts.IndicatorFact:
    judged = indicator_queries.as_rule(row)
    plan_form, prior_form = indicator_queries.stated_forms(row)
    return facts.IndicatorFact(
        pk=row.pk,
        name=row.name,
        period=row.period,
        result=indicator_queries.amount(row.result, row.unit) if row.result is not None else "",
        plan=_compared(indicator_rules.against_plan(judged), row.stated_plan, plan_form),
        prior=_compared(indicator_rules.against_prior(judged), row.stated_prior, prior_form),
        is_missed=row.assessment == Indicator.Assessment.MISSED,
    )


def _compared(
    exact: indicator_rules.Comparison | None, stated: Decimal | None, form: indicator_rules.Form
) -> facts.Compared | None:
    """The report's own comparison; the computed one where there is none or it does not follow."""
    follows = indicator_rules.check_stated(exact, stated, form) is None
    if stated is not None and follows:
        return facts.Compared(form, stated)
    if exact is None:
        return None
    return facts.Compared(exact.form, figures.rounded(exact.value, indicator_rules.SHOWN_PLACES))

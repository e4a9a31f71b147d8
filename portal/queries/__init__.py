"""What the public may see, in one file. Every function filters by publication itself."""

from datetime import date

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from council.models import CommitteeSeat, Council, Mandate, Tenure, Term
from elections.models import (
    BallotCommitteeMember,
    Exemption,
    OutcomeLine,
    Poll,
    PollEntry,
    PollKind,
    PollState,
    public_result,
)
from elections.queries import split_papers
from portal.models import SearchEntry
from portal.queries import notices, status
from resolutions.models import Resolution, ResolutionPaper, ResolutionState
from resolutions.queries import press_page
from sessions.models import (
    AgendaItem,
    Document,
    Indicator,
    Presence,
    Session,
    SessionNote,
    Sitting,
    Visibility,
)

NEWEST = 8


def councils() -> QuerySet[Council]:
    """All councils of the installation: provinces, then the others, by name."""
    rank = Case(
        When(level="province", then=Value(1)),
        When(level="commune", then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return Council.objects.select_related("successor").order_by(rank, "unit_name", "pk")


def newest_resolutions(council: Council | None = None) -> QuerySet[Resolution]:
    """Published resolutions, newest first."""
    rows = Resolution.objects.published().select_related("council", "council_session__term")
    found = status.with_status(rows, SearchEntry.Kind.RESOLUTION)
    if council is not None:
        found = found.filter(council=council)
    return found.order_by("-published_at", "-number", "-pk")


def sessions_in_view(council: Council | None = None) -> QuerySet[Session]:
    """Public sessions, newest first."""
    found = Session.objects.published().select_related("term__council")
    if council is not None:
        found = found.filter(term__council=council)
    return found.order_by("-opens_on", "-number", "-pk")


def unpublished_lines() -> QuerySet[OutcomeLine]:
    """Outcome lines that gave a tenure (OuterRef) before their poll was published."""
    lines = OutcomeLine.objects.filter(tenure=OuterRef("pk"))
    return lines.exclude(public_result("outcome__poll__"))


def unpublished_ends(person: str = "person") -> QuerySet[PollEntry]:
    """Lines by which an office or a seat (OuterRef) ended and whose poll is not published yet.

    Args:
        person: the way from that row to its person.
    """
    ended = PollEntry.objects.filter(
        person=OuterRef(person),
        poll__held_on=OuterRef("ends_on"),
        poll__kind__in=[PollKind.DISMISSAL, PollKind.REMOVAL],
        outcome_line__verdict="passed",
    )
    return ended.exclude(public_result("poll__")).exclude(poll__state=PollState.ANNULLED)


def seen_on(day: date) -> Q:
    """What runs on the day as the public knows it: an end that is not published is none."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day) | Q(hides_end=True))


def office_holders(council: Council, day: date) -> QuerySet[Tenure]:
    """Who holds which office on the day; who was elected by a poll, once it is published."""
    return (
        Tenure.objects.annotate(hides_end=Exists(unpublished_ends()))
        .filter(seen_on(day))
        .filter(~Exists(unpublished_lines()), office__council=council)
        .select_related("office", "person")
        .order_by("office__position", "person__sort_key", "pk")
    )


def tenures(council: Council) -> QuerySet[Tenure]:
    """All holders of all offices, by office, newest first."""
    return (
        Tenure.objects.filter(~Exists(unpublished_lines()), office__council=council)
        .annotate(hides_end=Exists(unpublished_ends()))
        .select_related("office", "person", "term", "appointment")
        .order_by("office__position", "office_id", "-starts_on", "person__sort_key")
    )


def delegates(term: Term, day: date) -> QuerySet[Mandate]:
    """The delegates on the day with their groups, committees and offices, by given name."""
    return (
        Mandate.objects.annotate(hides_end=Exists(unpublished_ends()))
        .filter(seen_on(day), term=term)
        .select_related("person", "group")
        .prefetch_related(
            Prefetch(
                "committee_seats",
                queryset=CommitteeSeat.objects.filter(ends_on=None).select_related("committee"),
            )
        )
        .order_by("person__sort_key", "pk")
    )


def current_term(council: Council, day: date) -> Term | None:
    """The term that runs on the day, or the last one, with its number of delegates that day."""
    seats = Mandate.objects.on(day).filter(term=OuterRef("pk")).order_by().values("term")
    counted = seats.annotate(n=Count("pk")).values("n")
    terms = council.terms.annotate(seats_today=Coalesce(Subquery(counted), 0))
    return terms.filter(starts_on__lte=day).order_by("-starts_on").first()


def session(slug: str, label: str, number: int) -> QuerySet[Session]:
    """One public session with the counts that its page shows."""
    first_sitting = (
        Sitting.objects.filter(council_session=OuterRef("pk"), opened_at__isnull=False)
        .order_by("ordinal")
        .values("pk")[:1]
    )
    present = (
        Presence.objects.filter(sitting=OuterRef("first_sitting"))
        .order_by()
        .values("sitting")
        .annotate(n=Count("mandate", distinct=True))
        .values("n")
    )
    last_closed = (
        Sitting.objects.filter(council_session=OuterRef("pk"), closed_at__isnull=False)
        .order_by("-closed_at")
        .values("closed_at")[:1]
    )
    seats = (
        Mandate.objects.filter(term=OuterRef("term"), starts_on__lte=OuterRef("opens_on"))
        .filter(Q(ends_on=None) | Q(ends_on__gte=OuterRef("opens_on")))
        .order_by()
        .values("term")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        press_page.with_summary(Session.objects.published())
        .filter(term__council__slug=slug, term__label=label, number=number)
        .select_related("term__council__successor")
        .annotate(
            first_sitting=Subquery(first_sitting),
            last_closed_at=Subquery(last_closed),
            item_count=counted(AgendaItem.objects.exclude(state="dropped")),
            paper_count=counted(public_papers()),
        )
        .annotate(
            present_count=Subquery(present),
            seat_count=Coalesce(Subquery(seats), 0),
        )
    )


def press_summary(shown: Session) -> list[str]:
    """The approved press summary as long as it says what the books say, headline first."""
    return press_page.summary_of(shown)


def counted(rows: QuerySet[AgendaItem] | QuerySet[Document]) -> Coalesce:
    """How many of these rows a session has, as a subquery."""
    inner = rows.filter(council_session=OuterRef("pk")).order_by().values("council_session")
    return Coalesce(Subquery(inner.annotate(n=Count("pk")).values("n")), 0)


def public_papers() -> QuerySet[Document]:
    """Papers released to the public and not withdrawn."""
    return Document.objects.filter(visibility=Visibility.PUBLIC, withdrawn_at=None)


def session_of_paper(document_pk: int) -> Session:
    """The session of a paper that is known to be public."""
    return Session.objects.select_related("term__council").get(documents=document_pk)


def outcome_lines(council_session: Session) -> QuerySet[OutcomeLine]:
    """The published results of a session, line by line, in ballot order."""
    return (
        OutcomeLine.objects.filter(
            public_result("outcome__poll__"), outcome__poll__council_session=council_session
        )
        .select_related(
            "outcome__poll",
            "outcome__count",
            "entry__person",
            "entry__poll_post__office",
            "tenure__office",
        )
        .order_by("outcome__poll__opened_at", "outcome__poll_id", "entry__position")
    )


def poll_lines(shown: Poll) -> QuerySet[OutcomeLine]:
    """The lines of one published result, in ballot order."""
    return (
        OutcomeLine.objects.filter(outcome__poll=shown)
        .select_related("entry__person", "entry__poll_post__office", "tenure__office")
        .order_by("entry__position")
    )


def session_resolutions(council_session: Session) -> QuerySet[Resolution]:
    """The session's published resolutions with the votes that adopted them, by number."""
    found = Resolution.objects.published().filter(council_session=council_session)
    return status.with_status(
        found.select_related("council", "adoption").order_by("kind", "number"),
        SearchEntry.Kind.RESOLUTION,
    )


def notes(council_session: Session) -> QuerySet[SessionNote]:
    """The sentences of the session's story."""
    return council_session.notes.order_by("kind", "position")


def indicators(council_session: Session) -> QuerySet[Indicator]:
    """The session's indicators in order."""
    return council_session.indicators.order_by("position")


def agenda(council_session: Session) -> QuerySet[AgendaItem]:
    """The public agenda with its public papers; staff notes stay behind (deferred)."""
    return (
        council_session.items.exclude(state="dropped")
        .defer("staff_note")
        .select_related("sitting")
        .prefetch_related(Prefetch("documents", queryset=public_papers()))
        .order_by("position", "pk")
    )


def poll(slug: str, label: str, number: int, poll_slug: str) -> QuerySet[Poll]:
    """One published poll."""
    return (
        Poll.objects.published()
        .filter(
            council_session__term__council__slug=slug,
            council_session__term__label=label,
            council_session__number=number,
            slug=poll_slug,
        )
        .select_related(
            "council_session__term__council",
            "outcome__count",
            "office",
            "resolution__council",
            "annulment__open_vote__council_session",
        )
    )


def act_of(shown: Poll) -> Resolution | None:
    """The resolution that confirms the result; one stands for both papers of a split vote.

    A paper that was annulled keeps the resolution that confirmed it before.
    """
    own: Resolution | None = getattr(shown, "resolution", None)
    if own is not None or not shown.block:
        return own
    found = (
        Resolution.objects.published()
        .filter(poll__in=split_papers.papers_of(shown))
        .select_related("council")
        .order_by("published_at")
    )
    return found.first() if shown.annulled_at else found.last()


def voted_again(shown: Poll) -> Poll | None:
    """The published vote that took the place of this annulled paper."""
    if not shown.block or shown.annulled_at is None:
        return None
    later = Poll.objects.published().filter(repeats=shown)
    return later.select_related("council_session__term__council").order_by("pk").last()


def exemptions(shown: Poll) -> QuerySet[Exemption]:
    """Who was not polled, and why."""
    return shown.exemptions.select_related("person").order_by("pk")


def committee_members(shown: Poll) -> QuerySet[BallotCommitteeMember]:
    """The ballot committee that counted."""
    return BallotCommitteeMember.objects.filter(committee=shown.committee_id).select_related(
        "mandate__person"
    )


def resolution(slug: str, year: int, number_slug: str) -> QuerySet[Resolution]:
    """One published resolution with what its page shows, and whether its words are hidden."""
    return (
        Resolution.objects.published()
        .annotate(hides_text=notices.hides_text())
        .filter(council__slug=slug, year=year, slug=number_slug)
        .select_related(
            "council__successor",
            "council_session__term",
            "poll__outcome",
            "poll__council_session__term__council",
            "adoption",
            "publication",
            "signature",
        )
    )


def resolution_papers(shown: Resolution) -> QuerySet[ResolutionPaper]:
    """The public papers behind a resolution."""
    public = shown.papers.filter(
        document__visibility=Visibility.PUBLIC, document__withdrawn_at=None
    )
    return public.select_related("document").order_by("position", "pk")


def resolutions_of(
    council: Council, *, year: int | None, session_number: int | None = None
) -> QuerySet[Resolution]:
    """The council's published resolutions for its list."""
    found = newest_resolutions(council)
    if year is not None:
        found = found.filter(year=year)
    if session_number is not None:
        found = found.filter(council_session__number=session_number)
    return found


def years_of(council: Council) -> list[int]:
    """Years in which the council published resolutions, newest first."""
    found = Resolution.objects.filter(council=council, state=ResolutionState.PUBLISHED)
    years = found.order_by("-year").values_list("year", flat=True).distinct()
    return [year for year in years if year is not None]

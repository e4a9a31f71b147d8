"""The search table: derived from what is published, written by the worker, made anew at will."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists

from council.models import Council, Job, Person
from council.rules import text
from council.services import jobs
from elections.models import Poll
from portal import queries
from portal.models import SearchEntry
from resolutions.models import ArchivedResolution, Resolution, ResolutionState
from resolutions.queries import texts
from sessions.models import PUBLIC_STATES, Session

Kind = SearchEntry.Kind
COLUMNS = (
    "council", "path", "title", "summary", "title_folded", "body_folded", "dated_on", "year",
)  # fmt: skip


def index(kind: str, pk: int) -> bool:
    """Bring the entry of one object up to date; True where it can be found afterwards.

    What is not (or no longer) public is taken out. Doing it twice changes nothing.
    """
    entry = entry_of(kind, pk)
    with transaction.atomic():
        if entry is None:
            SearchEntry.objects.filter(kind=kind, object_id=pk).delete()
            return False
        values = {name: getattr(entry, name) for name in COLUMNS}
        SearchEntry.objects.update_or_create(kind=kind, object_id=pk, defaults=values)
    return True


def reindex(council: Council | None = None) -> int:
    """Index everything that is public, of one council or of all; returns the number of entries."""
    scope = (
        SearchEntry.objects.all()
        if council is None
        else SearchEntry.objects.filter(council=council)
    )
    with transaction.atomic():
        scope.delete()
        return sum(index(kind, pk) for kind, pk in everything(council))


def everything(council: Council | None) -> Iterable[tuple[str, int]]:
    """Kind and key of all that may be found."""
    resolutions, polls = Resolution.objects.published(), Poll.objects.published()
    sessions, people = Session.objects.published(), Person.objects.filter(mandates__isnull=False)
    people |= Person.objects.filter(tenures__isnull=False)
    past = ArchivedResolution.objects.all()
    if council is not None:
        resolutions, people = resolutions.filter(council=council), people.filter(council=council)
        polls = polls.filter(council_session__term__council=council)
        sessions, past = sessions.filter(term__council=council), past.filter(council=council)
    for kind, rows in (
        (Kind.RESOLUTION, resolutions),
        (Kind.POLL, polls),
        (Kind.SESSION, sessions),
        (Kind.PERSON, people.distinct()),
        (Kind.ARCHIVED, past),
    ):
        for pk in rows.order_by("pk").values_list("pk", flat=True):
            yield kind, pk


def entry_of(kind: str, pk: int) -> SearchEntry | None:
    """The entry that the object should have now; None where it is not public."""
    match Kind(kind):
        case Kind.RESOLUTION:
            return resolution_entry(pk)
        case Kind.SESSION:
            return session_entry(pk)
        case Kind.POLL:
            return poll_entry(pk)
        case Kind.PERSON:
            return person_entry(pk)
        case Kind.ARCHIVED:
            return archived_entry(pk)


def index_archive(job: Job) -> None:
    """Index everything that one import of past resolutions brought; args: the import's key."""
    made = ArchivedResolution.objects.filter(row__archive=int(job.args[0])).order_by("pk")
    keys = list(made.values_list("pk", flat=True))
    for done, pk in enumerate(keys):
        if done % 50 == 0:
            jobs.progress(job, done=done, total=len(keys))
        index(Kind.ARCHIVED, pk)
    jobs.progress(job, done=len(keys), total=len(keys))


def archived_entry(pk: int) -> SearchEntry | None:
    """A resolution from the archives: symbol, title, and the words of its file."""
    found = ArchivedResolution.objects.select_related("council").filter(pk=pk).first()
    if found is None:
        return None
    return SearchEntry(
        council=found.council,
        path=found.get_absolute_url(),
        title=f"{found.symbol} {found.title}",
        summary=found.title,
        title_folded=folded(found.symbol, found.title),
        body_folded=folded(found.symbol, found.title, str(found.council), found.text),
        dated_on=found.issued_on,
        year=found.year,
    )


def resolution_entry(pk: int) -> SearchEntry | None:
    """A published resolution: symbol and title, its articles and bases."""
    found = (
        Resolution.objects.select_related("council")
        .filter(pk=pk, state=ResolutionState.PUBLISHED, published_at__isnull=False)
        .first()
    )
    if found is None:
        return None
    return SearchEntry(
        council=found.council,
        path=found.get_absolute_url(),
        title=f"{found.symbol} {found.title}",
        summary=found.title,
        title_folded=folded(found.symbol, found.title),
        body_folded=folded(
            found.symbol, found.title, str(found.council), texts.words_of(found), found.bases
        ),
        dated_on=found.adopted_on,
        year=found.year,
    )


def session_entry(pk: int) -> SearchEntry | None:
    """A public session: its name, agenda and story."""
    found = (
        Session.objects.select_related("term__council")
        .filter(pk=pk, state__in=PUBLIC_STATES)
        .first()
    )
    if found is None:
        return None
    title = f"{found}, {found.term.council}"
    items = found.items.exclude(state="dropped").values_list("title", flat=True)
    notes = found.notes.values_list("text", flat=True)
    return SearchEntry(
        council=found.term.council,
        path=found.get_absolute_url(),
        title=title,
        summary=found.summary,
        title_folded=folded(title),
        body_folded=folded(title, found.summary, *items, *notes),
        dated_on=found.opens_on,
        year=found.opens_on.year,
    )


def poll_entry(pk: int) -> SearchEntry | None:
    """A published poll: its title, the names on it and what followed."""
    found = (
        Poll.objects.published()
        .select_related("council_session__term__council")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        return None
    council = found.council_session.term.council
    people = [
        f"{entry.person.full_name} {entry.post}" for entry in found.entries.select_related("person")
    ]
    return SearchEntry(
        council=council,
        path=found.get_absolute_url(),
        title=f"{found.title}, {council}",
        summary="; ".join(people)[:600],
        title_folded=folded(found.title, str(council)),
        body_folded=folded(found.title, str(council), *people),
        dated_on=found.held_on,
        year=found.held_on.year,
    )


def person_entry(pk: int) -> SearchEntry | None:
    """A delegate or office holder: name, seats and offices."""
    found = Person.objects.select_related("council").filter(pk=pk).first()
    if found is None:
        return None
    tenures = list(
        found.tenures.filter(~Exists(queries.unpublished_lines()))
        .select_related("office", "term")
        .order_by("-starts_on")
    )
    seats = list(found.mandates.select_related("term").order_by("-starts_on"))
    if not tenures and not seats:
        return None
    roles = [f"{tenure.office.title}, {tenure.term}" for tenure in tenures]
    roles += [f"Đại biểu, {seat.term}" for seat in seats]
    starts = [tenure.starts_on for tenure in tenures] + [seat.starts_on for seat in seats]
    page = "chuc-vu" if tenures else "dai-bieu"
    return SearchEntry(
        council=found.council,
        path=f"/{found.council.slug}/{page}/#nguoi-{found.pk}",
        title=str(found),
        summary="; ".join(roles),
        title_folded=folded(found.full_name),
        body_folded=folded(found.full_name, str(found.council), found.occupation, *roles),
        dated_on=max(starts),
        year=max(starts).year,
    )


def folded(*parts: str) -> str:
    """Search text: folded words, one blank before each, so that " word" means a beginning."""
    return " " + " ".join(text.fold(part) for part in parts if part)

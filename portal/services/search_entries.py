"""What of each published object can be found: made of what the public may read, nothing else."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists
from django.utils import timezone

from council.models import Council, Person
from elections.models import Poll
from portal import queries
from portal.models import SearchEntry
from portal.queries import notices, status
from portal.rules.words import words_of
from resolutions.models import ArchivedResolution, Resolution, ResolutionState
from resolutions.queries import relations, texts
from resolutions.rules import blocks
from resolutions.rules.relations import Action, RelationKind
from sessions.models import PUBLIC_STATES, Session

Kind = SearchEntry.Kind


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


def of_archive(archive_pk: int) -> list[int]:
    """Keys of what one import of past resolutions brought."""
    made = ArchivedResolution.objects.filter(row__archive=archive_pk).order_by("pk")
    return list(made.values_list("pk", flat=True))


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


def archived_entry(pk: int) -> SearchEntry | None:
    """A resolution from the archives: symbol, title, and the words of its file."""
    found = ArchivedResolution.objects.select_related("council").filter(pk=pk).first()
    if found is None:
        return None
    return written(
        SearchEntry(
            council=found.council,
            path=found.get_absolute_url(),
            title=f"{found.symbol} {found.title}",
            summary=found.title,
            symbol=found.symbol,
            body=lines(found.title, found.text),
            dated_on=found.issued_on,
            year=found.year,
            published_at=found.published_at,
        ),
        standing=status.status_of(found, timezone.localdate()),
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
    actions = relations.actions_on(found)
    return written(
        SearchEntry(
            council=found.council,
            path=found.get_absolute_url(),
            title=f"{found.symbol} {found.title}",
            summary=found.title,
            symbol=found.symbol,
            body=readable_words(found, actions),
            dated_on=found.adopted_on,
            year=found.year,
            published_at=found.published_at,
        ),
        standing=status.status_of(found, timezone.localdate(), actions=actions),
    )


def readable_words(found: Resolution, actions: Sequence[Action]) -> str:
    """What a resolution says, as it was published and as it reads corrected; its title if hidden.

    Args:
        found: the published resolution.
        actions: all that was done to it.
    """
    kinds = {one.kind for one in actions}
    if RelationKind.WITHDRAWS in kinds and notices.hiding(found) is not None:
        return found.title
    said = [texts.words_of(found)]
    if RelationKind.CORRECTS in kinds:
        corrections = [one for one in actions if one.kind is RelationKind.CORRECTS]
        text = relations.text_on(found, date.max, actions=corrections)
        said += [one.words for one in blocks.blocks_of(text.body) if one.key in text.events]
    return lines(found.title, *said, found.bases)


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
    return written(
        SearchEntry(
            council=found.term.council,
            path=found.get_absolute_url(),
            title=title,
            summary=found.summary,
            body=lines(found.summary, *items, *notes),
            dated_on=found.opens_on,
            year=found.opens_on.year,
            published_at=found.convened_at,
        )
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
    return written(
        SearchEntry(
            council=council,
            path=found.get_absolute_url(),
            title=f"{found.title}, {council}",
            summary="; ".join(people)[:600],
            body=lines(*people),
            dated_on=found.held_on,
            year=found.held_on.year,
            published_at=found.published_at,
        )
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
    return written(
        SearchEntry(
            council=found.council,
            path=found.get_absolute_url(),
            title=str(found),
            summary="; ".join(roles),
            body=lines(found.occupation, *roles),
            dated_on=max(starts),
            year=max(starts).year,
        )
    )


def written(entry: SearchEntry, *, standing: status.Status = status.NONE) -> SearchEntry:
    """The entry with what follows from its other columns."""
    entry.status, entry.status_until = standing
    entry.title_folded = folded(entry.title)
    entry.body_folded = folded(entry.title, str(entry.council), entry.body)
    return entry


def lines(*parts: str) -> str:
    """The parts that say something, a line each."""
    return "\n".join(part for part in parts if part)


def folded(*parts: str) -> str:
    """Search text: folded words, one blank before each, so that " word" means a beginning."""
    return " " + " ".join(word.folded for part in parts for word in words_of(part))

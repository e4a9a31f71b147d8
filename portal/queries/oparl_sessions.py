"""OParl objects about sessions: meetings with their agenda, items, places."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from portal.queries import public_rows as rows
from portal.queries.oparl_papers import (
    day_of,
    document_rows,
    file_of_document,
    files_of_resolution,
    local,
    public_item,
    readable,
    resolution_rows,
)
from portal.queries.oparl_people import Objects, at, made, numbers
from portal.queries.records import absolute
from portal.rules.oparl import Kind, Object
from resolutions.models import Resolution
from sessions.models import (
    AgendaItem,
    Document,
    DocumentKind,
    Presence,
    Session,
    SessionState,
    Sitting,
)
from sessions.queries import agenda

STATES = {
    SessionState.CONVENED: "eingeladen",
    SessionState.IN_PROGRESS: "eingeladen",
    SessionState.CLOSED: "durchgeführt",
}
"""The words that the specification recommends for `meetingState`."""


@dataclass
class Table:
    """What lies on the tables of some sessions: files by item and by session, acts by item."""

    of_item: dict[int, list[Object]] = field(default_factory=lambda: defaultdict(list))
    of_session: dict[int, list[tuple[Document, Object]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    acts: dict[int, list[Resolution]] = field(default_factory=lambda: defaultdict(list))
    consultations: dict[int, str] = field(default_factory=dict)


def tables(sessions: Collection[int]) -> Table:
    """Read them: four queries."""
    found = Table()
    documents = document_rows().filter(council_session__in=sessions).order_by("position", "pk")
    files = readable(documents)
    for document in documents:
        if document.pk not in files:
            continue
        made_file, item = file_of_document(document, files[document.pk]), public_item(document.item)
        if item is None:
            found.of_session[document.council_session_id].append((document, made_file))
        else:
            found.of_item[item].append(made_file)
            found.consultations.setdefault(item, at(Kind.CONSULTATION, f"document-{document.pk}"))
    acts = resolution_rows().select_related("adoption").filter(council_session__in=sessions)
    for act in acts.order_by("number", "pk"):
        item = public_item(act.item)
        if item is not None:
            found.acts[item].append(act)
    for item, adopted in found.acts.items():  # what was decided matters more than what was read
        found.consultations[item] = at(Kind.CONSULTATION, f"resolution-{adopted[0].pk}")
    return found


def agendas(sessions: Collection[int], table: Table) -> dict[int, list[Object]]:
    """The public items of these sessions in reading order, by session."""
    by_session: dict[int, list[AgendaItem]] = defaultdict(list)
    for item in rows.agenda_items().filter(council_session__in=sessions):
        by_session[item.council_session_id].append(item)
    return {pk: _items(items, table) for pk, items in by_session.items()}


def _items(items: Sequence[AgendaItem], table: Table) -> list[Object]:
    return [
        _item(row.item, order, row.label, table)
        for order, row in enumerate(agenda.in_tree_order(items))
    ]


def _item(item: AgendaItem, order: int, label: str, table: Table) -> Object:
    acts = table.acts[item.pk]
    files = [file for act in acts for file in files_of_resolution(act).values()]
    return made(
        Kind.AGENDA_ITEM, item.pk, meeting=at(Kind.MEETING, item.council_session_id),
        number=label, order=order, name=item.title, public=True,
        consultation=table.consultations.get(item.pk),
        result="; ".join(_result(act) for act in acts),
        resolutionText="; ".join(f"{act.symbol} {act.title}" for act in acts),
        resolutionFile=files[0] if files else None, auxiliaryFile=table.of_item[item.pk],
        start=local(item.started_at), end=local(item.finished_at),
        web=absolute(f"{item.council_session.get_absolute_url()}chuong-trinh/"),
        own={"itemKind": item.kind, "presenter": item.presenter, "state": item.state},
    )  # fmt: skip


def _result(act: Resolution) -> str:
    vote = act.adoption
    if vote is None or not vote.passed:
        return ""
    return f"Thông qua: {vote.for_count}/{vote.total_delegates} đại biểu tán thành"


def agenda_items(keys: Collection[str]) -> Objects:
    """Items of public agendas; their place is told by the whole agenda."""
    wanted = rows.agenda_items().filter(pk__in=numbers(keys)).order_by()
    sessions = set(wanted.values_list("council_session", flat=True))
    found = {}
    for items in agendas(sessions, tables(sessions)).values():
        for one in items:
            found[one["id"].rpartition("/")[2]] = one
    return {key: one for key, one in found.items() if key in keys}


def meetings(keys: Collection[str]) -> Objects:
    """Sessions that were convened, with agenda and papers."""
    found = list(rows.sessions().filter(pk__in=numbers(keys)))
    pks = [one.pk for one in found]
    sittings: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in Sitting.objects.filter(council_session__in=pks).order_by("ordinal"):
        sittings[sitting.council_session_id].append(sitting)
    table, present = tables(pks), participants(pks)
    items = agendas(pks, table)
    return {
        str(one.pk): {
            **_meeting(one, sittings[one.pk], items.get(one.pk, []), table), **present[one.pk]
        }
        for one in found
    }  # fmt: skip


def participants(sessions: Collection[int]) -> dict[int, Object]:
    """Who was at one sitting at least, as the pages of persons tell it: once it is closed."""
    came = (
        Presence.objects.filter(
            sitting__council_session__in=sessions,
            sitting__council_session__state=SessionState.CLOSED,
        )
        .order_by("mandate__person")
        .values_list("sitting__council_session", "mandate__person")
        .distinct()
    )
    found: dict[int, Object] = defaultdict(dict)
    for session, person in came:
        found[session].setdefault("participant", []).append(at(Kind.PERSON, person))
    return found


def _meeting(
    row: Session, sittings: Sequence[Sitting], items: list[Object], table: Table
) -> Object:
    council = row.term.council
    notices = [file for paper, file in table.of_session[row.pk] if is_notice(paper)]
    others = [file for paper, file in table.of_session[row.pk] if not is_notice(paper)]
    return made(
        Kind.MEETING, row.pk, name=f"{row}, {row.term}",
        meetingState=STATES[SessionState(row.state)], cancelled=False, **_times(row, sittings),
        location=_place(row),
        organization=[at(Kind.ORGANIZATION, f"council-{council.pk}")],
        invitation=notices[0] if notices else None, auxiliaryFile=[*notices[1:], *others],
        agendaItem=items, web=absolute(row.get_absolute_url()),
        own={
            "sessionKind": row.kind, "state": row.state, "opensOn": row.opens_on,
            "closesOn": row.closes_on, "convenedOn": day_of(row.convened_at),
            "legislativeTerm": at(Kind.TERM, row.term_id),
            "illustrativeNote": row.illustrative_note,
        },
    )  # fmt: skip


def is_notice(paper: Document) -> bool:
    """Whether it calls to the session."""
    return paper.kind == DocumentKind.NOTICE


def _times(row: Session, sittings: Sequence[Sitting]) -> dict[str, Any]:
    """When it really began and ended, else when it is to begin; nothing where nobody knows."""
    if not sittings:
        return {}
    first, last = sittings[0], sittings[-1]
    planned = timezone.make_aware(datetime.combine(first.held_on, first.starts_at))
    ended = local(last.closed_at) if row.state == SessionState.CLOSED else None
    return {"start": local(first.opened_at) or planned, "end": ended}


def places(keys: Collection[str]) -> Objects:
    """Where sessions are held."""
    found = rows.sessions().filter(pk__in=numbers(keys, "session"))
    return {f"session-{one.pk}": place for one in found if (place := _place(one))}


def _place(row: Session) -> Object | None:
    if not row.place:
        return None
    return made(
        Kind.LOCATION, f"session-{row.pk}", description=row.place, locality=row.term.council.seat,
        meetings=[at(Kind.MEETING, row.pk)],
    )  # fmt: skip
